"""The figures of the invented labelled sentences: precision before recall.

The sentences were written without sight of the patterns; when the patterns first met them, precision
was 0.941 and recall 0.735 (607 figures). What was learnt from them went into the patterns, so the
bounds below guard what was reached and measure nothing new.
"""

import json
from pathlib import Path

import pytest

from govreport_kit import codebook
from govreport_kit.parsing.clean import clean_text
from govreport_kit.parsing.facts import read_facts

SENTENCES = json.loads((Path(__file__).parents[1] / "corpus" / "sentences.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def outcome():
    right, wrong, missed = [], [], []
    for item in SENTENCES:
        found, _ = read_facts(clean_text(item["text"]), [], item["year"])
        have = {(fact.indicator, fact.value) for fact in found}
        want = {(fact["indicator"], fact["value"]) for fact in item["facts"]}
        right += have & want
        wrong += [(item["text"], figure) for figure in have - want]
        missed += [(item["text"], figure) for figure in want - have]
    return right, wrong, missed


def test_the_labels_are_those_of_the_codebook():
    assert len(SENTENCES) >= 260
    assert {fact["indicator"] for item in SENTENCES for fact in item["facts"]} == set(codebook.indicators)


def test_hardly_a_figure_is_wrong(outcome):
    right, wrong, _ = outcome
    assert len(right) / (len(right) + len(wrong)) >= 0.99, wrong


def test_most_figures_are_found(outcome):
    right, _, missed = outcome
    assert len(right) / (len(right) + len(missed)) >= 0.95, missed


def test_units_and_about_words_are_kept():
    for item in SENTENCES:
        found, _ = read_facts(clean_text(item["text"]), [], item["year"])
        labels = {(fact["indicator"], fact["value"]): fact.get("approx", False) for fact in item["facts"]}
        for fact in found:
            if (fact.indicator, fact.value) in labels:
                assert fact.approx == labels[fact.indicator, fact.value], (item["text"], fact)
