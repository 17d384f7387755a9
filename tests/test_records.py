from __future__ import annotations

from dataclasses import replace

import pytest

from govreport_kit.corpus.records import report_faults, require_sound
from govreport_kit.errors import CorpusError
from govreport_kit.report import Cell, Fact, Note, Report, Section, Source

SOUND = Report(
    id="2023/示例县人民政府",
    agency="示例县人民政府",
    level="county",
    year=2023,
    form="f2021",
    published="2024-01-30",
    source=Source(path="示例.html", sha256="ab" * 32),
    sections=(Section("一", "overview", "一、总体情况", 0, 90),),
    cells=(
        Cell("requests", "received_new", "total", 21, "reported", start=100, end=102),
        Cell("requests", "granted", "total", None, "blank"),
        Cell("disclosure", "fees", "amount_10k_cny", 12.5, "reported", unit="万元"),
        Cell("reviews", "reconsideration", "total", 0, "zero"),
    ),
    facts=(Fact("requests_received", 21, "件", quote="收到21件", start=30, end=35),),
    notes=(Note("missing_section", "other"),),
)

A_KEY = "expected a key of the vocabulary"


def changed_cell(**changes):
    return replace(SOUND, cells=(replace(SOUND.cells[0], **changes), *SOUND.cells[1:]))


def changed_fact(**changes):
    return replace(SOUND, facts=(replace(SOUND.facts[0], **changes),))


def test_a_sound_report_has_no_faults():
    assert report_faults(SOUND) == []


@pytest.mark.parametrize(
    ("report", "fault"),
    [
        (replace(SOUND, level="conty"), f"reports[0].level is 'conty', {A_KEY} 'level' or null"),
        (replace(SOUND, id=None), "reports[0].report_id is None, expected string"),
        (replace(SOUND, year=2023.5), "reports[0].year is 2023.5, expected Int16 or null"),
        (replace(SOUND, year=202300), "reports[0].year is 202300, expected Int16 or null"),
        (replace(SOUND, year=True), "reports[0].year is True, expected Int16 or null"),
        (replace(SOUND, complete="yes"), "reports[0].complete is 'yes', expected bool"),
        (replace(SOUND, published="2024年1月30日"), "reports[0].published is '2024年1月30日', expected date or null"),
        (replace(SOUND, published="20240130"), "reports[0].published is '20240130', expected date or null"),
        (replace(SOUND, title="\ud800"), "reports[0].title is '\\ud800', expected string or null"),
        (changed_cell(row="received"), f"requests[0].row is 'received', {A_KEY} 'requests_row'"),
        (changed_cell(row=["received_new"]), f"requests[0].row is ['received_new'], {A_KEY} 'requests_row'"),
        (changed_cell(value="21"), "requests[0].count is '21', expected Int64 or null"),
        (changed_cell(value=21.5), "requests[0].count is 21.5, expected Int64 or null"),
        (changed_cell(value=2**63), f"requests[0].count is {2**63}, expected Int64 or null"),
        (changed_cell(start=2**31), f"requests[0].start is {2**31}, expected Int32 or null"),
        (changed_cell(state="blank"), "requests[0] has the value 21 and the state 'blank'"),
        (changed_cell(value=None), "requests[0] has the value None and the state 'reported'"),
        (changed_cell(value=0), "requests[0] has the value 0 and the state 'reported'"),
        (changed_cell(end=99), "requests[0] spans 100 to 99, expected start before end"),
        (changed_cell(end=None), "requests[0] spans 100 to None, expected start before end"),
        (changed_cell(row="granted"), "requests[1] gives the cell granted/total/table a second time"),
        (changed_cell(table="request"), "no table 'request'"),
        (changed_fact(value=None), "facts[0].value is None, expected Float64"),
        (changed_fact(value=float("nan")), "facts[0].value is nan, expected Float64"),
        (changed_fact(value=float("inf")), "facts[0].value is inf, expected Float64"),
        (changed_fact(value=10**400), f"facts[0].value is {10**400}, expected Float64"),
        (changed_fact(indicator="requests"), f"facts[0].indicator is 'requests', {A_KEY} 'indicator'"),
    ],
)  # fmt: skip
def test_a_fault_names_frame_row_column_and_value(report, fault):
    assert report_faults(report) == [fault]


def test_requiring_a_sound_report_names_it_and_its_faults():
    faulty = replace(SOUND, level="conty", scope="all", form="f2020", complete=None)
    with pytest.raises(CorpusError, match=r"report '2023/示例县人民政府' is not .*level is 'conty'.* and 1 more$"):
        require_sound(faulty)
    require_sound(SOUND)
