"""Reports of an invented county, with the cells and figures that a test is about."""

import pandas as pd
import pytest

from govreport_kit.auditing import audit
from govreport_kit.corpus import Corpus
from govreport_kit.report import Cell, Claim, Fact, Report, Source


def cell(place, value):
    state = "blank" if value is None else "reported" if value else "zero"
    return Cell(*place.split("/"), value, state)


@pytest.fixture
def make():
    """Return a report with cells by place, facts by indicator, and claims as (kind, indicator, value, unit, decimals)."""

    def report(cells=(), facts=(), claims=(), **about):
        about = {"agency": "示例县人民政府", "year": 2024, "form": "f2021", "level": "county"} | about
        return Report(
            f"{about['year']}/{about['agency']}",
            cells=tuple(cell(*item) for item in dict(cells).items()),
            facts=tuple(Fact(key, value, quote=f"{key}为{value}") for key, value in dict(facts).items()),
            claims=tuple(Claim(*claim, quote="说法") for claim in claims),
            **about,
        )

    return report


@pytest.fixture
def read_whole():
    """What makes a report one whose document was read to its end."""
    return {"source": Source("示例.html", sha256="0" * 64), "complete": True}


@pytest.fixture
def findings():
    return lambda *reports, rules: audit(Corpus.from_reports(reports), rules)


@pytest.fixture
def told():
    """Return findings as tuples: rule, report, where, observed, expected."""

    def tuples(frame):
        return [
            (row.rule, row.report_id, row.where, *(None if pd.isna(v) else v for v in (row.observed, row.expected)))
            for row in frame.itertuples()
        ]

    return tuples
