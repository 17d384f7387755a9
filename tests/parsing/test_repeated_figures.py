"""One figure under two sub-headings."""

import pytest

from govreport_kit.parsing.clean import clean_text
from govreport_kit.parsing.facts import read_facts

DECISIONS = "1.决策公开。就草案征集到意见建议{}条。\n"
OPINIONS = "（2）评议。通过问卷收集到意见建议{}条。\n"


def codes(text):
    return [note.code for note in read_facts(clean_text(text), (), 2024)[1]]


def test_the_note_stands_at_the_second_place():
    text = DECISIONS.format(63) + OPINIONS.format(63)
    facts, (note,) = read_facts(clean_text(text), (), 2024)
    assert [(fact.indicator, fact.value) for fact in facts] == [("suggestions_received", 63)]
    assert (note.code, "63" in text[note.start : note.end], note.start > len(DECISIONS)) == (
        "repeated_figure",
        True,
        True,
    )
    assert "under “1.决策公开” and under “(2)评议”" in note.message


@pytest.mark.parametrize(
    "text",
    [
        DECISIONS.format(6) + OPINIONS.format(6),  # too small to mean anything
        "就草案征集到意见建议63条。\n" + OPINIONS.format(63),  # under one sub-heading only
        DECISIONS.format(63) + "其中，通过问卷收集到意见建议63条。\n",  # under the same
        "1.公开。公开政策文件63件。\n2.文件。公开政策文件63件。\n",  # an indicator which is not asked about
    ],
)
def test_a_figure_told_again_is_not_noted(text):
    assert "repeated_figure" not in codes(text)


def test_another_figure_is_a_conflict():
    assert codes(DECISIONS.format(63) + OPINIONS.format(36)) == ["conflicting_figures"]
