"""Readings of chances worked out by hand: a blank or the same letter again adds no letter (CTC)."""

import numpy as np
import pytest

from govreport_kit.documents.candidates import candidates, spelled

LETTERS = ["", "0", "1"]


def test_the_likeliest_letters_are_spelled_once_each():
    chances = np.array([[0.1, 0.9, 0], [0.2, 0.8, 0], [0.9, 0.1, 0], [0, 0.3, 0.7]])
    assert spelled(chances, LETTERS) == ("01", 0.7, (0.9, 0.7))


def test_no_letter_is_no_text():
    assert spelled(np.array([[1.0, 0, 0]]), LETTERS) == ("", 1.0, ())


def test_a_text_has_the_chances_of_all_ways_to_spell_it():
    # Two steps: "0" as 00, 0_ or _0: .36 + .24 + .24; "" as __: .16
    text, chance, _, others = candidates(np.array([[0.4, 0.6, 0], [0.4, 0.6, 0]]), LETTERS)
    assert (text, others) == ("0", ("",))
    assert chance == pytest.approx(0.84)


def test_a_letter_twice_needs_a_blank_between():
    chances = np.array([[0.01, 0.99, 0], [0.98, 0.02, 0], [0.01, 0.99, 0]])
    text, _, _, others = candidates(chances, LETTERS)
    assert (text, others) == ("00", ("0",))
