from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import matplotlib as mpl
import pandas as pd
import pytest

from govreport_kit import codebook
from govreport_kit.corpus import Corpus
from govreport_kit.report import Cell, Fact, Report

mpl.use("Agg")
from matplotlib import pyplot as plt


@pytest.fixture(autouse=True)
def figures_are_closed() -> Iterator[None]:
    yield
    plt.close("all")


def table_report(report_id: str, year: int, level: str | None, counts: Mapping[str, int | None]) -> Report:
    """An invented report whose table holds the counts in the first row of each group; the other rows are 0."""
    members = {key: codebook.group_members(key) for key in counts if key in codebook.groups}
    cells = []
    for key, count in counts.items():
        rows = members.get(key, [key])
        cells += [_cell(rows[0], count), *(_cell(row, 0) for row in rows[1:])]
    agency = {"甲": "示例县人民政府", "乙": "样例县人民政府"}[report_id[5:]]
    return Report(report_id, agency=agency, level=level, year=year, form="f2021", cells=tuple(cells))


def _cell(row: str, count: int | None) -> Cell:
    state = "blank" if count is None else "zero" if count == 0 else "reported"
    return Cell("requests", row, "total", count, state)


@pytest.fixture
def corpus() -> Corpus:
    """Two reports of 2023 with 40 and 60 closed requests, one of 2024 with a blank, one without requests."""
    parts = ("granted", "partially_granted", "refused", "unable", "not_processed", "other")
    return Corpus.from_reports(
        [
            table_report("2023/甲", 2023, "county", dict(zip(parts, (20, 4, 6, 8, 2, 0), strict=True))),
            table_report("2023/乙", 2023, "county", dict(zip(parts, (30, 0, 0, 24, 6, 0), strict=True))),
            table_report("2024/甲", 2024, None, dict(zip(parts, (20, 4, None, 8, 2, 0), strict=True))),
            table_report("2025/甲", 2025, "township", dict.fromkeys(parts, 0)),
            Report("2025/丙", agency="示范市某局", level="department", year=2025),
        ]
    )


@pytest.fixture
def rates() -> pd.DataFrame:
    """Refusal rates by year: one of many, one of few, one of too few, one of none."""
    return pd.DataFrame(
        {
            "year": [2021, 2022, 2023, 2024],
            "metric": "refusal_rate",
            "k": pd.array([65, 3, 1, pd.NA], "Int64"),
            "n": pd.array([1336, 12, 4, pd.NA], "Int64"),
            "rate": [0.049, 0.25, 0.25, float("nan")],
            "low": [0.038, 0.089, 0.046, float("nan")],
            "high": [0.062, 0.532, 0.699, float("nan")],
            "method": "wilson",
            "definition": "refused / total_closed",
            "reports": [9, 3, 1, 0],
            "coverage": [0.5, 0.1, 0.25, 0.0],
        }
    )


@pytest.fixture
def make_report() -> Callable[..., Report]:
    """Make an invented report of the year in its id, with these totals of the request table, and facts of its text."""

    def make(report_id: str, counts: Mapping[str, int | None] = MappingProxyType({}), *facts: Fact) -> Report:
        cells = tuple(_cell(row, count) for row, count in counts.items())
        return Report(report_id, agency=report_id[5:], year=int(report_id[:4]), form="f2021", cells=cells, facts=facts)

    return make
