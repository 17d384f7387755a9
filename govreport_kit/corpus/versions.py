"""Reports of one agency and year: versions of one report, whose figures may be counted once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from govreport_kit import codebook
from govreport_kit.corpus.combine import selected
from govreport_kit.corpus.frames import make_frames
from govreport_kit.corpus.positions import Positions

_AGENCY = ["agency", "province", "region_code"]


def versions(reports: pd.DataFrame) -> Positions:
    """Tell which reports of the same agency and year are versions of one: these have the same number.

    Parameters
    ----------
    reports : pandas.DataFrame
        The frame ``reports`` of a corpus.

    Returns
    -------
    numpy.ndarray of int
        One number a report, -1 where it has no other version, or tells no agency or no year. Agencies of
        one name are told apart by province and region code, and an agency's reports of one year by their
        scopes (own figures, aggregate, system), where these are known of all of them.
    """
    number = np.full(len(reports), -1, np.intp)
    told = (reports["agency"].notna() & reports["year"].notna()).to_numpy(bool)
    place = np.flatnonzero(told & reports.duplicated(["agency", "year"], keep=False).to_numpy(bool))
    if not len(place):
        return number
    about = reports.iloc[place].reset_index(drop=True)
    agency = about.groupby([*_AGENCY, "year"], dropna=False, sort=False).ngroup()
    scope = about["scope"].astype("str")
    unclear = (scope == "unknown").groupby(agency).transform("any")
    grouped = scope.groupby([agency, scope.mask(unclear, "unknown")], sort=False)
    number[place] = grouped.ngroup().where(grouped.transform("size") > 1, -1)
    return number


def latest(frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Keep one version of each report, with a note on each of the others; see `Corpus.latest`."""
    reports = frames["reports"].assign(version=versions(frames["reports"]), figures=_figures(frames))
    listed = reports[reports["version"] >= 0]
    undated = listed["published"].isna().groupby(listed["version"]).transform("any")
    ranked = listed.assign(last=listed["published"].mask(undated)).sort_values(
        ["last", "figures", "report_id"], ascending=[False, False, True]
    )
    kept = ranked.drop_duplicates("version").set_index("version")
    left_out = listed[~listed["report_id"].isin(kept["report_id"])]
    beside = kept.loc[left_out["version"]]
    messages = [
        f"{_told(older)} is left out beside {_told(newer)}"
        for older, newer in zip(left_out.itertuples(), beside.itertuples(), strict=True)
    ]
    notes = pd.DataFrame({"report_id": beside["report_id"].array, "code": "version_left_out", "message": messages})
    notes = notes.reindex(columns=frames["notes"].columns)
    narrowed = selected(frames, ~reports["report_id"].isin(left_out["report_id"]), {})
    return make_frames({**narrowed, "notes": pd.concat([narrowed["notes"], notes])})


def _figures(frames: Mapping[str, pd.DataFrame]) -> pd.Series[int]:
    """Count the cells of each report which hold a number."""
    names = {table: entry.value_name for table, entry in codebook.tables.items()}
    given = pd.concat([frames[table]["report_id"][frames[table][name].notna()] for table, name in names.items()])
    return frames["reports"]["report_id"].map(given.astype("str").value_counts()).fillna(0).astype(np.int64)


def _told(report: Any) -> str:
    place = next((name for name in (report.path, report.url) if not pd.isna(name)), "no path or address")
    day = "undated" if pd.isna(report.published) else f"published {report.published.date()}"
    return f"{report.report_id} ({place}; {day}; {report.figures} figures)"
