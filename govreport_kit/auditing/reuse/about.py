"""What a corpus knows of the reports whose texts are compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from govreport_kit import codebook
from govreport_kit.errors import UnknownKeyError

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus


@dataclass(frozen=True, slots=True)
class AboutReport:
    """Whose report it is, and of which year."""

    agency: str | None = None
    region_code: str | None = None
    year: int | None = None


def about_reports(ids: Iterable[str], corpus: Corpus | None) -> Mapping[str, AboutReport]:
    """Look up reports by id; without a corpus nothing is known of them.

    Raises
    ------
    UnknownKeyError
        If the corpus has no report of an id.
    """
    if corpus is None:
        return dict.fromkeys(ids, AboutReport())
    columns = corpus.reports[["report_id", "agency", "region_code", "year"]]
    known = {
        report_id: AboutReport(*(None if pd.isna(value) else value for value in values))
        for report_id, *values in columns.itertuples(index=False)
    }
    for report_id in ids:
        if report_id not in known:
            raise UnknownKeyError("report", report_id, codebook.nearest(report_id, known))
    return known
