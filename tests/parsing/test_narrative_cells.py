from __future__ import annotations

import pytest

from govreport_kit.parsing.narrative_cells import narrative_cells
from govreport_kit.report import Cell, Fact


def counts(cells):
    return {(cell.row, cell.source): cell.value for cell in cells}


def facts(**values):
    return [Fact(f"requests_{name}", value, "件") for name, value in values.items()]


def in_table(row, value, column="total"):
    state = {None: "blank", 0: "zero"}.get(value, "reported")
    return Cell("requests", row, column, value, state)


def test_a_count_of_the_running_text_becomes_a_cell_with_its_span():
    told = Fact("requests_refused", 19, "件", quote="不予公开19件", start=40, end=47)
    assert narrative_cells([told], []) == [
        Cell("requests", "refused", "total", 19, "reported", unit=None, source="narrative", start=40, end=47)
    ]


def test_a_told_zero_has_the_state_zero():
    (cell,) = narrative_cells(facts(received=0), [])
    assert (cell.row, cell.value, cell.state) == ("received_new", 0, "zero")


def test_figures_about_something_else_make_no_cell():
    assert narrative_cells([Fact("normative_documents", 3, "件"), Fact("reconsideration_cases", 1, "件")], []) == []


def test_the_first_of_two_equal_figures_gives_the_span():
    twice = [Fact("requests_received", 7, start=5, end=9), Fact("requests_received", 7, start=80, end=84)]
    (cell,) = narrative_cells(twice, [])
    assert (cell.value, cell.start, cell.end) == (7, 5, 9)


@pytest.mark.parametrize(
    "told",
    [
        [Fact("requests_received", 17), Fact("requests_received", 95)],
        [Fact("requests_received", 400, approx=True)],
        [Fact("requests_received", 400), Fact("requests_received", 400, approx=True)],
        [Fact("requests_received", 12.5)],
        [Fact("requests_received", -3)],
    ],
    ids=["two values", "about", "about and exact", "fraction", "negative"],
)
def test_a_count_that_is_not_one_exact_number_makes_no_cell(told):
    assert narrative_cells(told, []) == []


def test_a_cell_of_the_table_keeps_the_running_text_out_of_its_row():
    table = [in_table("received_new", 9), in_table("granted", None)]
    assert counts(narrative_cells(facts(received=8, granted=4, carried_forward=1), table)) == {
        ("carried_forward", "narrative"): 1
    }


def test_a_cell_of_one_applicant_is_enough_to_keep_the_row():
    assert narrative_cells(facts(received=8), [in_table("received_new", 6, "natural_person")]) == []


def test_a_row_of_a_group_keeps_the_group():
    table = [in_table("refused.process_information", 2), in_table("granted", 5)]
    told = facts(refused=3, unable=4, disclosed=6)
    assert counts(narrative_cells(told, table)) == {("unable", "narrative"): 4}


def test_cells_of_other_tables_do_not_matter():
    reviews = [Cell("reviews", "reconsideration", "other", 1, "reported")]
    assert counts(narrative_cells(facts(other=2), reviews)) == {("other", "narrative"): 2}


def derived(*args, **kwargs):
    return [cell for cell in narrative_cells(*args, **kwargs) if cell.source == "derived"]


def test_the_total_follows_where_two_ways_agree():
    # 12 + 5 + 19 = 36 = 38 - 2
    told = facts(received=38, granted=12, partially_granted=5, refused=19, carried_forward=2)
    assert derived(told, []) == [Cell("requests", "total_closed", "total", 36, "reported", source="derived")]


def test_a_stated_carry_over_counts():
    # 149 + 13 + 68 + 14 + 12 = 256 = 298 + 3 - 45
    told = facts(
        received=298, carried_over=3, carried_forward=45, disclosed=149, refused=13, unable=68,
        not_processed=14, other=12,
    )  # fmt: skip
    (total,) = derived(told, [])
    assert total.value == 256


def test_told_parts_of_the_disclosed_are_not_counted_twice():
    # 10 (of them 7 and 3) + 5 = 15 = 16 - 1
    told = facts(received=16, carried_forward=1, disclosed=10, granted=7, partially_granted=3, refused=5)
    (total,) = derived(told, [])
    assert total.value == 15


def test_nothing_closed_is_a_derived_zero():
    (total,) = derived(facts(received=2, carried_forward=2, granted=0), [])
    assert (total.value, total.state) == (0, "zero")


@pytest.mark.parametrize(
    "told",
    [
        facts(received=38, granted=12, refused=19, carried_forward=2),
        facts(received=31, granted=12, refused=19),
        facts(granted=12, refused=19, carried_forward=2),
        facts(received=36, carried_forward=0),
        facts(received=38, closed=36, granted=12, partially_granted=5, refused=19, carried_forward=2),
        [*facts(received=31, granted=12, refused=19, carried_forward=0), *facts(closed=30), *facts(closed=31)],
        facts(received=16, carried_forward=1, disclosed=10, granted=7, partially_granted=4, refused=5),
        [*facts(received=31, granted=12, refused=19, carried_forward=0), Fact("requests_unable", 2, approx=True)],
    ],
    ids=[
        "ways differ", "nothing carried forward is told", "received is not told", "no outcome is told",
        "the total is stated", "two totals are stated", "the disclosed contradict their parts", "an outcome is about",
    ],
)  # fmt: skip
def test_no_total_is_derived(told):
    assert derived(told, []) == []


def test_no_total_is_derived_beside_a_table():
    told = facts(received=38, granted=12, partially_granted=5, refused=19, carried_forward=2)
    assert derived(told, [in_table("carried_over", 0)]) == []
