"""What the tables print for the counts of the running text."""

from __future__ import annotations

from govreport_kit import codebook
from govreport_kit.parsing.printed_counts import printed_counts
from govreport_kit.report import Cell


def cell(row: str, value: int | None, table: str = "requests", column: str = "total") -> Cell:
    state = "blank" if value is None else "reported" if value else "zero"
    return Cell(table, row, column, value, state)


def test_a_cell_and_the_sum_of_a_group_are_told():
    refused = [cell(row, number) for number, row in enumerate(codebook.group_members("refused"))]
    counts = printed_counts([cell("received_new", 140), cell("granted", 0), *refused])
    assert counts == {"requests_received": 140, "requests_granted": 0, "requests_refused": 28}


def test_a_blank_is_no_zero_and_leaves_its_group_open():
    refused = [cell(row, None if number == 3 else 1) for number, row in enumerate(codebook.group_members("refused"))]
    assert printed_counts([cell("received_new", None), *refused]) == {}


def test_other_kinds_of_applicants_are_not_the_total():
    assert printed_counts([cell("received_new", 3, column="natural_person")]) == {}


def test_documents_and_reviews_are_told():
    cells = [cell("normative_documents", 6, "disclosure", "issued"), cell("reconsideration", 2, "reviews")]
    assert printed_counts(cells) == {"normative_documents": 6, "reconsideration_cases": 2}
