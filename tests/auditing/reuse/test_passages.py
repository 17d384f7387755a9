"""Similarity and shared passages, worked out by hand and by a slow method."""

import difflib
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_kit.auditing.reuse.folding import GAP, fold
from govreport_kit.auditing.reuse.passages import containment, jaccard, passages, shared_runs
from govreport_kit.auditing.reuse.shingles import DocumentFrequency, Store, distinct, shingled


def of(text, agency=None):
    return shingled(fold(text, agency))


def test_similarity_counts_distinct_shingles():
    # 甲乙丙丁戊 and the two behind it against 乙丙丁戊己 and the two behind it: 2 of 4; each text has 3.
    first, second = distinct(of("甲乙丙丁戊己庚").hashes), distinct(of("乙丙丁戊己庚辛").hashes)
    assert jaccard(first, second) == pytest.approx(2 / 4)
    assert containment(first, second) == pytest.approx(2 / 3)


def test_a_text_contained_in_a_longer_one():
    first, second = distinct(of("窗口逐日登记来件").hashes), distinct(of("今年窗口逐日登记来件并且核对").hashes)
    assert containment(first, second) == 1
    assert jaccard(first, second) == pytest.approx(4 / 10)


def test_nothing_is_like_nothing():
    empty = np.empty(0, np.uint32)
    assert jaccard(empty, empty) == 0
    assert containment(empty, empty) == 0


def test_no_shingle_reaches_over_a_gap():
    assert len(of("窗口登记《示例条例》来件核对。").hashes) == 1  # 来件核对。
    assert len(of("窗口").hashes) == 0


def test_a_changed_figure_shows_unmasked_only():
    first, second = of("窗口共登记来件1234件,均已核对"), of("窗口共登记来件999件,均已核对")
    assert (first.hashes == second.hashes).all()
    # Of the 12 places those whose five characters of the printed text reach into the figure differ: 3 to 7.
    assert (first.printed != second.printed).sum() == 5


def test_runs_are_the_longest_ones_and_do_not_overlap():
    first, second = "甲乙丙丁戊己庚辛XX金木水火土日月", "YY金木水火土日月ZZ甲乙丙丁戊己庚辛"
    runs = shared_runs(of(first), of(second))
    assert [(run.start, run.other_start, run.length) for run in runs] == [(0, 11, 8), (10, 2, 7)]
    found = passages(runs, fold(first), fold(second), first)
    assert [passage.quote for passage in found] == ["甲乙丙丁戊己庚辛", "金木水火土日月"]
    assert [second[passage.other_start : passage.other_end] for passage in found] == [
        "甲乙丙丁戊己庚辛",
        "金木水火土日月",
    ]


def test_a_run_of_template_is_no_evidence():
    first, second = of("甲乙丙丁戊己庚辛"), of("甲乙丙丁戊己庚辛")
    assert shared_runs(first, second, np.zeros(4, bool)) == []
    assert len(shared_runs(first, second, np.array([True, True, True, False]))) == 1


@given(st.text("甲乙丙", min_size=0, max_size=60), st.text("甲乙丙", max_size=60))
def test_the_longest_run_is_that_of_difflib(first, second):
    longest = difflib.SequenceMatcher(None, first, second, autojunk=False).find_longest_match()
    runs = shared_runs(of(first), of(second))
    assert max((run.length for run in runs), default=0) == (longest.size if longest.size >= 5 else 0)
    for run in runs:
        assert first[run.start : run.start + run.length] == second[run.other_start : run.other_start + run.length]
    assert GAP not in first


def test_template_is_what_stands_in_many_texts():
    frequency = DocumentFrequency()
    for text in ("窗口登记来", "窗口登记来", "窗口登记来", "专人核对往"):
        frequency.add(distinct(of(text).hashes))
    common, rare = of("窗口登记来").hashes, of("专人核对往").hashes
    assert not frequency.is_own(common, share=0.5, floor=2).any()  # 3 of 4, more than 2
    assert frequency.is_own(common, share=0.75, floor=2).all()
    assert frequency.is_own(common, share=0.5, floor=3).all()
    assert frequency.is_own(rare, share=0.5, floor=1).all()


def test_a_store_gives_back_what_it_was_given():
    store = Store(io.BytesIO())
    for values in ([1, 2, 3], [], [7]):
        store.append(np.array(values, np.uint32))
    assert [store[number].tolist() for number in (2, 0, 1)] == [[7], [1, 2, 3], []]
    assert len(store) == 3
