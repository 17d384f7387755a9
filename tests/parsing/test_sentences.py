"""The figures of the invented labelled sentences: precision before recall.

The sentences were written without sight of the patterns. When the patterns first met them, precision
and recall were 0.941 and 0.735 (`sentences.json`, 607 figures), 0.903 and 0.729 (`sentences_2.json`,
653 figures), 0.878 and 0.562 (`sentences_3.json`, 128 figures in terse and unusual words). What was
learnt from them went into the patterns, so the bounds below guard what was reached and measure
nothing new. `sentences_4.json` was written with sight of errors: variants of phrasings that had been
misread or missed, and their negative counterparts. `sentences_5.json` was written without sight of the
patterns again (0.947 and 0.789 at first sight, of a set of 200 of which 150 stand here), but for its
last fifteen.
"""

import json
from pathlib import Path

import pytest

from govreport_kit import codebook
from govreport_kit.parsing.clean import clean_text
from govreport_kit.parsing.facts import read_facts

FOLDER = Path(__file__).parents[1] / "corpus"
SETS = {
    name: json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    for name in ("sentences", "sentences_2", "sentences_3", "sentences_4", "sentences_5")
}
UNTOLD = {"sentences_3": {"requests_partially_granted"}}
FEWEST = {"sentences": 260, "sentences_2": 490, "sentences_3": 130, "sentences_4": 280, "sentences_5": 150}


@pytest.fixture(scope="module", params=SETS)
def outcome(request):
    right, wrong, missed = [], [], []
    for item in SETS[request.param]:
        found, _ = read_facts(clean_text(item["text"]), [], item["year"])
        have = {(fact.indicator, fact.value) for fact in found}
        want = {(fact["indicator"], fact["value"]) for fact in item["facts"]}
        right += have & want
        wrong += [(item["text"], figure) for figure in have - want if figure[0] not in item.get("unsure", [])]
        missed += [(item["text"], figure) for figure in want - have]
    return right, wrong, missed


@pytest.mark.parametrize("name", SETS)
def test_the_labels_are_those_of_the_codebook(name):
    labels = {fact["indicator"] for item in SETS[name] for fact in item["facts"]}
    assert len(SETS[name]) >= FEWEST[name]
    assert labels == set(codebook.indicators) - UNTOLD.get(name, set())


def test_hardly_a_figure_is_wrong(outcome):
    right, wrong, _ = outcome
    assert len(right) / (len(right) + len(wrong)) >= 0.99, wrong


def test_most_figures_are_found(outcome):
    right, _, missed = outcome
    assert len(right) / (len(right) + len(missed)) >= 0.95, missed


@pytest.mark.parametrize("name", SETS)
def test_units_and_about_words_are_kept(name):
    for item in SETS[name]:
        found, _ = read_facts(clean_text(item["text"]), [], item["year"])
        labels = {(fact["indicator"], fact["value"]): fact.get("approx", False) for fact in item["facts"]}
        for fact in found:
            if (fact.indicator, fact.value) in labels:
                assert fact.approx == labels[fact.indicator, fact.value], (item["text"], fact)
