"""Doubtful figures and the sums of the form; every expected value is worked out by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govreport_kit import codebook
from govreport_kit.documents import GridCell
from govreport_kit.parsing.cells import TableReading, table_cell
from govreport_kit.parsing.choices import only_choice
from govreport_kit.parsing.corrections import settle
from govreport_kit.parsing.identities import imbalances
from govreport_kit.parsing.request_table import in_the_order_of_the_form

OUTCOMES = ["upheld", "corrected", "other", "pending", "total"]
PERSONS = [column.key for column in codebook.table_columns("requests")]
ROWS = [row.key for row in codebook.table_rows("requests", "f2021")]


def reviews(*figures, **doubtful):
    """A row of reconsiderations as read; `doubtful` gives confidence and further readings by outcome."""
    reading = TableReading()
    for place, (outcome, text) in enumerate(zip(OUTCOMES, figures, strict=True)):
        confidence, *others = doubtful.get(outcome, (1.0,))
        printed = GridCell(0, place, 1, 1, text, place, place + 1, 1, None, confidence, tuple(others))
        reading.add(table_cell("reviews", "reconsideration", outcome, printed), printed)
    return reading


def requests(changes=(), doubtful=()):
    """A whole table of requests: one natural person's request, granted; then cells as they were read."""
    printed = {(row, column): "0" for row in ROWS for column in PERSONS}
    for row in ("received_new", "granted", "total_closed"):
        printed[row, "natural_person"] = printed[row, "total"] = "38"
    printed |= dict(changes)
    reading = TableReading()
    for number, ((row, column), text) in enumerate(printed.items()):
        confidence, *others = dict(doubtful).get((row, column), (1.0,))
        cell = GridCell(0, number, 1, 1, text, number, number + 1, 1, None, confidence, tuple(others))
        reading.add(table_cell("requests", row, column, cell), cell)
    return reading


def value(reading, row, column):
    return reading.cells[row, column].value


def codes(reading):
    return [note.code for note in reading.notes]


def test_a_second_reading_that_the_sum_wants_is_taken_and_told():
    reading = reviews("3", "0", "1", "0", "4", upheld=(0.6, "8"))
    assert settle("reviews", reading) == []
    assert value(reading, "reconsideration", "upheld") == 3

    reading = reviews("8", "0", "1", "0", "4", upheld=(0.6, "3"))
    (correction,) = settle("reviews", reading)
    assert (correction.read, correction.value, correction.reason, correction.column) == (8, 3, "identities", "upheld")
    assert value(reading, "reconsideration", "upheld") == 3
    assert reading.cells["reconsideration", "upheld"].state == "reported"
    assert codes(reading) == ["corrected_cell"]


def test_one_sum_alone_gives_no_figure_that_was_not_read():
    reading = reviews("8", "0", "1", "0", "4", upheld=(0.6, "6"))
    assert settle("reviews", reading) == []
    assert reading.cells["reconsideration", "upheld"].state == "unreadable"
    assert value(reading, "reconsideration", "upheld") is None
    assert codes(reading) == ["unreadable_cell"]


def test_two_sums_without_a_cell_in_common_give_a_figure_that_was_not_read():
    place = ("granted", "natural_person")
    reading = requests({place: "88"}, {place: (0.4,)})
    (correction,) = settle("requests", reading)
    assert (correction.read, correction.value) == (88, 38)
    assert imbalances("requests", reading.cells) == []


def test_a_published_error_read_with_certainty_stays_as_published():
    place = ("granted", "natural_person")
    reading = requests({place: "88"})
    assert settle("requests", reading) == []
    assert value(reading, *place) == 88
    assert [item.identity.name for item in imbalances("requests", reading.cells)] == [
        "granted/total", "total_closed/natural_person",
    ]  # fmt: skip


def test_a_likely_figure_is_not_changed_to_one_that_was_never_read():
    place = ("granted", "natural_person")
    reading = requests({place: "88"}, {place: (0.95,)})
    assert settle("requests", reading) == []
    assert reading.cells[place].state == "unreadable"


def test_a_published_error_beside_a_doubtful_figure_is_not_mended_through_it():
    # The total is published as 5 where 4 would be right; the doubtful 3 is right.
    reading = reviews("3", "0", "1", "0", "5", upheld=(0.6,))
    assert settle("reviews", reading) == []
    assert reading.cells["reconsideration", "upheld"].state == "unreadable"


def test_a_figure_that_one_sum_confirms_is_kept_where_another_sum_is_published_wrong():
    place = ("granted", "natural_person")
    reading = requests({("granted", "total"): "83"}, {place: (0.6,)})
    assert settle("requests", reading) == []
    assert value(reading, *place) == 38
    assert "granted/total" in {item.identity.name for item in imbalances("requests", reading.cells)}


def test_several_doubtful_figures_are_settled_by_the_only_choice_that_fits():
    reading = reviews("8", "6", "1", "0", "4", upheld=(0.5, "3"), corrected=(0.5, "0"))
    corrections = settle("reviews", reading)
    assert corrections == []  # one sum is too little for two changes
    assert {reading.cells["reconsideration", outcome].state for outcome in ("upheld", "corrected")} == {"unreadable"}

    person, firm = ("granted", "natural_person"), ("granted", "enterprise")
    reading = requests({person: "88", firm: "6"}, {person: (0.5, "38"), firm: (0.5, "0")})
    assert [correction.value for correction in settle("requests", reading)] == [38, 0]


def test_something_printed_that_was_not_read_is_neither_blank_nor_nought():
    place = ("granted", "enterprise")
    reading = requests({place: ""}, {place: (0.0,)})
    assert settle("requests", reading) == []
    assert reading.cells[place].state == "unreadable"
    reading = requests({place: ""}, {place: (0.0, "0")})
    (correction,) = settle("requests", reading)
    assert (correction.read, correction.read_state, correction.value) == (None, "blank", 0)
    assert reading.cells[place].state == "zero"


def test_words_and_blanks_are_no_nought_because_the_sums_leave_none():
    place = ("granted", "enterprise")
    for printed, others in [("四", ("0",)), ("0", ("",))]:
        reading = requests({place: printed}, {place: (0.3, *others)})
        assert settle("requests", reading) == []
        assert reading.cells[place].state == "unreadable"


@pytest.mark.parametrize(("confidence", "state"), [(0.985, "unreadable"), (0.995, "reported")])
def test_an_amount_which_no_sum_checks_must_be_more_certain(confidence, state):
    printed = GridCell(0, 0, 1, 1, "20317683", 0, 8, 1, None, confidence)
    reading = TableReading()
    reading.add(table_cell("disclosure", "fees", "amount_10k_cny", printed), printed)
    settle("disclosure", reading)
    assert reading.cells["fees", "amount_10k_cny"].state == state


def test_of_two_rows_with_one_label_in_a_picture_neither_is_believed_where_they_differ():
    reading = requests({("granted", "enterprise"): "2"})
    for column, text in (("enterprise", "3"), ("research_institute", "0")):
        printed = GridCell(0, 0, 1, 1, text, 900, 901, 1, None, 1.0)
        reading.add(table_cell("requests", "granted", column, printed), printed)
    assert reading.cells["granted", "enterprise"].state == "unreadable"
    assert reading.cells["granted", "research_institute"].value == 0
    assert codes(reading) == ["conflicting_figures"]


def test_a_cell_of_two_rows_of_a_picture_is_believed_in_neither():
    reading = TableReading()
    printed = GridCell(0, 0, 2, 1, "42\n39", 5, 10, 1, None, 1.0)
    rows = ("not_processed.petition", "not_processed.repeat")
    for row in rows:
        reading.add(table_cell("requests", row, "natural_person", printed), printed)
    settle("requests", reading)
    assert [reading.cells[row, "natural_person"].state for row in rows] == ["unreadable"] * 2


def test_rows_of_a_picture_keep_the_order_of_the_form():
    read = ["total_closed", None, "received_new", "granted", "refused.internal_affairs", "partially_granted",
            "refused.state_secret", "refused.state_secret", "total_closed"]  # fmt: skip
    kept = [None, None, "received_new", "granted", None, *read[5:]]
    assert in_the_order_of_the_form(read) == kept


def test_a_table_of_which_a_row_was_not_found_is_settled_without_it():
    reading = requests({("granted", "natural_person"): "83"}, {("granted", "natural_person"): (0.5, "38")})
    reading.cells = {place: cell for place, cell in reading.cells.items() if place != ("granted", "enterprise")}
    settle("requests", reading)
    assert value(reading, "granted", "natural_person") in (38, None)


def test_a_mark_for_none_is_not_replaced_by_what_the_sums_lack():
    place = ("granted", "natural_person")
    reading = requests({place: "-"}, {place: (0.5,)})
    assert settle("requests", reading) == []
    assert reading.cells[place].state == "unreadable"


@pytest.mark.parametrize(("text", "other"), [("0", "-"), ("-", "0"), ("", "0")])
def test_what_may_be_nought_or_a_mark_is_neither_as_sums_cannot_tell(text, other):
    place = ("granted", "enterprise")
    reading = requests({place: text}, {place: (0.5, other, "-")})
    assert settle("requests", reading) == []
    assert reading.cells[place].state == "unreadable"


def test_a_stroke_before_a_count_makes_it_doubtful_however_certain_it_was_read():
    place = ("granted", "natural_person")
    reading = requests({place: "-38"}, {place: (1.0, "38")})
    assert [correction.value for correction in settle("requests", reading)] == [38]
    reading = requests({place: "-38", ("granted", "total"): "", ("total_closed", "natural_person"): ""})
    assert settle("requests", reading) == []
    assert reading.cells[place].state == "unreadable"


def test_sums_with_blanks_confirm_but_do_not_contradict():
    place = ("granted", "natural_person")
    blanks = {("granted", "enterprise"): "", ("unable.unclear", "natural_person"): ""}
    reading = requests({place: "35", **blanks}, {place: (0.95, "38")})
    settle("requests", reading)
    assert value(reading, *place) == 35


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.integers(0, 400), min_size=18 * 2, max_size=18 * 2),
    st.sampled_from([(row, column) for row in ROWS for column in PERSONS]),
    st.integers(0, 999),
    st.booleans(),
)
def test_a_misread_figure_is_put_right_or_given_up_but_never_wrong(figures, place, misread, second_reading):
    outcomes = [row for row in ROWS if row not in ("received_new", "carried_over", "total_closed", "carried_forward")]
    truth = {(row, column): 0 for row in ROWS for column in PERSONS}
    for number, row in enumerate(outcomes[:18]):
        truth[row, "natural_person"], truth[row, "enterprise"] = figures[2 * number : 2 * number + 2]
    for column in PERSONS[:-1]:
        truth["total_closed", column] = sum(truth[row, column] for row in outcomes)
        truth["received_new", column] = truth["total_closed", column]
    for row in ROWS:
        truth[row, "total"] = sum(truth[row, column] for column in PERSONS[:-1])
    read = {cell: str(number) for cell, number in truth.items()} | {place: str(misread)}
    others = (str(truth[place]),) if second_reading else ()
    reading = requests(read, {place: (0.5, *others)})
    settle("requests", reading)
    cell = reading.cells[place]
    assert cell.value == truth[place] or (cell.state == "unreadable" and not others and truth[place] == 0)


@pytest.mark.parametrize(
    ("choices", "chosen"),
    [
        ({"a": [1, 7], "b": [3, 8]}, {"a": 1, "b": 8}),
        ({"a": [1, 2], "b": [7, 8]}, None),  # 1 + 8 and 2 + 7
        ({"a": [1], "b": [3]}, None),
    ],
)
def test_only_choice_of_two_values_that_add_up_to_nine(choices, chosen):
    assert only_choice(choices, [frozenset("ab")], lambda _, values: values["a"] + values["b"] == 9) == chosen


def test_a_choice_that_takes_too_long_is_none():
    choices = {number: range(40) for number in range(4)}
    assert only_choice(choices, [frozenset(range(4))], lambda _, values: sum(values.values()) == -1) is None
