"""The parsed-report format: what is written is read."""

import json
from pathlib import Path

import pytest

from govreport_kit import read_report
from govreport_kit.errors import UnknownKeyError
from govreport_kit.report import Report

PAGE = Path(__file__).parents[1] / "data" / "examples" / "shili-xian-2023.html"


def test_a_report_survives_the_way_through_json():
    report = read_report(PAGE)
    assert Report.from_json(report.to_json()) == report


def test_the_keys_are_those_of_the_format():
    parsed = read_report(PAGE).to_dict()
    assert list(parsed) == [
        "schema", "report", "sections", "disclosure", "requests", "reviews", "facts", "claims", "corrections", "notes",
    ]  # fmt: skip
    assert parsed["requests"][6] | {"start": 0, "end": 0} == {
        "row": "received_new", "applicant": "total", "count": 86, "state": "reported", "source": "table", "start": 0, "end": 0,
    }  # fmt: skip
    assert parsed["disclosure"][-1]["unit"] == "万元"
    assert set(parsed["facts"][0]) == {"indicator", "value", "unit", "approx", "quote", "section", "start", "end"}


def test_tables_and_facts_are_asked_for_by_name():
    report = read_report(PAGE)
    assert len(report.table("reviews")) == 15
    assert [fact.value for fact in report.fact("suggestions_adopted")] == [21]
    with pytest.raises(UnknownKeyError, match="suggestions_adopted"):
        report.fact("suggestion_adopted")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ({"schema": "other/1"}, "schema 'other/1' is not 'govreport/1'"),
        ({"schema": "govreport/1"}, "'report'"),
        ({"schema": "govreport/1", "report": {"id": "x", "colour": "red"}, "requests": [], "reviews": [],
          "disclosure": [], "facts": []}, "colour"),
    ],
)  # fmt: skip
def test_what_is_no_report_is_refused(line, told):
    with pytest.raises(ValueError, match=told):
        Report.from_json(json.dumps(line))
