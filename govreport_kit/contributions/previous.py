"""The report of the same agency for the year before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from govreport_kit.contributions.figures import Bools, Figures, Why
from govreport_kit.corpus.positions import Positions


@dataclass(frozen=True, slots=True)
class PreviousReports:
    """The position of the report before each one: -1 where there is none; `several` where there is no single one."""

    position: Positions
    several: Bools

    def of(self, figures: Figures) -> Figures:
        """Return the figures which the reports of the year before give."""
        return figures.of(self.position).without(self.several, Why.AMBIGUOUS)


def previous_reports(reports: pd.DataFrame) -> PreviousReports:
    """Find for each report that of the same agency, in the same province, for the year before.

    Parameters
    ----------
    reports : pandas.DataFrame
        The frame ``reports`` of a corpus. A report without agency or year has none before it.
    """
    agency = reports.groupby(["agency", "province"], dropna=False, sort=False).ngroup()
    listed = pd.DataFrame({"agency": agency.array, "year": reports["year"].astype("Float64").array})
    listed = listed[(reports["agency"].notna() & reports["year"].notna()).to_numpy(bool)]
    by_key = listed.reset_index(names="position").groupby(["agency", "year"])["position"].agg(["first", "size"])
    wanted = pd.MultiIndex.from_arrays([listed["agency"], listed["year"] - 1])
    found = by_key.reindex(wanted)
    position, several = np.full(len(reports), -1, np.intp), np.zeros(len(reports), bool)
    position[listed.index] = found["first"].fillna(-1).to_numpy(np.intp)
    several[listed.index] = (found["size"] > 1).to_numpy(bool)
    return PreviousReports(position, several)
