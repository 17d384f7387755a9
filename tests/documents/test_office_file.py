"""A Word file made by an office program (LibreOffice 7.4) from an invented report.

Its headings are numbered by the program, and a revision left a tracked deletion and insertion, a
footnote, a link, a date as a field and a text box between the first two sections. The report is the
one which `synthetic_report` gives for the seed below; it says of itself that it is invented.
"""

from pathlib import Path

import pytest

from govreport_kit import read_report
from govreport_kit.simulate import synthetic_report

FILE = Path(__file__).parent / "office" / "revised-report-2021.docx"
SEED = 100


@pytest.fixture(scope="module")
def read():
    return read_report(FILE)


def test_every_cell_is_that_of_the_invented_report(read):
    def cells(report):
        return {
            (cell.table, cell.row, cell.column): (cell.value, cell.state)
            for cell in report.cells
            if cell.source == "table"
        }

    truth = cells(synthetic_report(SEED))
    assert len(truth) == 200
    assert cells(read) == truth


def test_headings_numbered_by_the_program_are_sections(read):
    assert [(section.number, section.key) for section in read.sections] == [
        ("一", "overview"),
        ("二", "disclosure"),
        ("三", "requests"),
        ("四", "reviews"),
        ("五", "problems"),
        ("六", "other"),
    ]


def test_the_revised_text_is_read_as_it_stands(read):
    assert "全年举办培训7次。召开新闻发布会3场。见网站，打印于" in read.text
    assert "999" not in read.text  # deleted
    assert "88场" not in read.text  # a footnote
    assert [fact.value for fact in read.fact("policy_interpretations")] == [21]  # in a text box
