"""The sums of the form among the counts which a text tells."""

import pytest

from govreport_kit.parsing.clean import clean_text
from govreport_kit.parsing.facts import read_facts
from govreport_kit.parsing.told_sums import makes_a_sum, told_outcomes

CLOSED = {"requests_closed": 36, "requests_disclosed": 12, "requests_refused": 5, "requests_unable": 19}
FLOW = {"requests_received": 38, "requests_carried_forward": 2, "requests_closed": 36}


@pytest.mark.parametrize(
    ("indicator", "told", "holds"),
    [
        ("requests_closed", CLOSED, True),  # 12 + 5 + 19
        ("requests_refused", CLOSED, True),
        ("requests_closed", {**CLOSED, "requests_closed": 73}, False),
        ("requests_closed", {"requests_closed": 12, "requests_disclosed": 12}, False),  # one outcome is no sum
        ("requests_closed", FLOW, True),  # 38 = 36 + 2
        ("requests_received", {**FLOW, "requests_received": 41}, False),
        ("requests_received", {**FLOW, "requests_received": 30, "requests_carried_over": 8}, True),
        ("requests_received", {"requests_received": 36, "requests_closed": 36}, False),  # nothing is carried
        ("requests_refused", {**FLOW, "requests_refused": 1}, False),  # that sum is not of its making
        ("website_visits", {**CLOSED, "website_visits": 36}, False),
        ("requests_received", {"requests_received": 3}, False),
    ],
)
def test_a_figure_belongs_to_a_sum_that_holds(indicator, told, holds):
    assert makes_a_sum(indicator, told) is holds


def test_a_sum_of_two_outcomes_stands_for_both_or_contradicts_them():
    assert told_outcomes({"granted": 7, "partially_granted": 5, "disclosed": 12}) == {"disclosed": 12}
    assert told_outcomes({"granted": 7, "partially_granted": 5, "disclosed": 13}) is None
    assert told_outcomes({"granted": 7, "refused": 1, "received_new": 9}) == {"granted": 7, "refused": 1}


def test_of_two_figures_the_one_that_makes_the_sum_is_taken():
    first = "全年办结申请41件。"
    rest = "收到政府信息公开申请38件，办结申请36件，其中予以公开30件，不予公开6件。"
    facts, notes = read_facts(clean_text(first + rest), [], 2031)
    assert {fact.indicator: fact.value for fact in facts}["requests_closed"] == 36
    assert any("36 was taken; also seen: 41" in note.message for note in notes)
