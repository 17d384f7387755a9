from __future__ import annotations

from collections.abc import Iterator

import matplotlib as mpl
import pytest

from govreport_kit import codebook
from govreport_kit.corpus import Corpus
from govreport_kit.report import Cell, Report

mpl.use("Agg")
from matplotlib import pyplot as plt


@pytest.fixture(autouse=True)
def no_figure_stays_open() -> Iterator[None]:
    yield
    left = plt.get_fignums()
    plt.close("all")
    assert left == []


def report(agency: str, year: int, scope: str, granted: int, refused: int) -> Report:
    """An invented report of a county whose requests were granted or refused as state secrets."""
    counts = {"granted": granted, "refused.state_secret": refused, "total_closed": granted + refused}
    form = ("granted", "partially_granted", "refused", "unable", "not_processed", "other")
    cells = [
        Cell("requests", row, "total", counts.get(row, 0), "reported" if counts.get(row) else "zero")
        for row in (*_rows(form), "total_closed")
    ]
    return Report(
        f"{year}/{agency}", agency=agency, level="county", scope=scope, year=year, form="f2021", complete=True,
        cells=tuple(cells),
    )  # fmt: skip


def _rows(groups: tuple[str, ...]) -> list[str]:
    return [row for group in groups for row in (codebook.group_members(group) if group in codebook.groups else [group])]


@pytest.fixture
def corpus() -> Corpus:
    """Own figures of 2022 and 2023 (10 of 40 refused, then 6 of 60), and an aggregate report of 2023 (30 of 300)."""
    return Corpus.from_reports(
        [
            report("示例县<甲>局", 2022, "own", 30, 10),
            report("示例县<甲>局", 2023, "own", 54, 6),
            report("示例县人民政府", 2023, "aggregate", 270, 30),
        ]
    )
