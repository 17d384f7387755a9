"""What patterns need, and that a search which rests on it finds what a plain search finds."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_kit.parsing.cues import load_cues
from govreport_kit.parsing.pattern_needs import Finder, can_match, needed_words
from govreport_kit.parsing.sieve import Sieve

SENTENCES = [
    entry["text"]
    for path in sorted((Path(__file__).parents[1] / "corpus").glob("sentences*.json"))
    for entry in json.loads(path.read_text("utf-8"))
]
PATTERNS = [
    r"(?:收到|受理)申请\d+件",
    r"申请(?!人|表)(?:共|计)*\d+",
    r"(?<!未)办结(?:率|数)?(?=达到)",
    r"(?:网站|门户)[^。]{0,5}(?:发布|公开)了?\d",
    r"(?:甲乙|丙)丁",
    r"[甲乙]丙?丁戊",
    r"(?:甲乙)?丙丁",
    r"(?:甲|乙丙)*丁",
    r"(?P<y>20\d\d)年",
]


@pytest.mark.parametrize(
    ("pattern", "groups"),
    [
        (r"(?:收到|受理)申请\d+件", [{"申请"}, {"收到", "受理"}, {"件"}]),
        (r"申请(?!人|表)(?:共|计)*\d+", [{"申请"}]),
        (r"(?<!未)办结(?:率|数)?(?=达到)", [{"达到"}, {"办结"}]),
        (r"(?:甲乙|[^丙])丁", [{"丁"}]),
        (r"[甲乙]丁戊", [{"丁戊"}, {"甲", "乙"}]),
        (r"(?:甲乙)?", []),
        (r"(?i:ab)", []),
    ],
)
def test_what_every_match_holds_is_needed(pattern, groups):
    flags = re.IGNORECASE if "?i" in pattern else 0
    found = needed_words(re.compile(pattern.replace("?i:", "?:"), flags))
    assert sorted(map(sorted, found)) == sorted(map(sorted, groups))
    assert [min(map(len, group)) for group in found] == sorted((min(map(len, group)) for group in found), reverse=True)


@given(
    st.sampled_from(PATTERNS).flatmap(lambda p: st.tuples(st.just(p), st.from_regex(p), st.text("甲乙丙丁戊申请收到")))
)
def test_no_match_lacks_a_needed_word(drawn):
    pattern, matching, around = drawn
    text = around + matching + around
    if re.search(pattern, text):
        assert can_match(needed_words(re.compile(pattern)), text)


def test_no_pattern_of_the_codebook_is_passed_over_where_it_matches():
    cues = load_cues()
    for sentence in SENTENCES:
        left = set(cues.sieve.left(sentence))
        matching = {
            number
            for number, (cue, pattern) in enumerate(cues.patterns)
            if pattern.search(sentence) and any(word in sentence for word in cue.words)
        }
        assert matching <= left


def test_most_patterns_are_passed_over():
    cues = load_cues()
    tried = sum(len(cues.sieve.left(sentence)) for sentence in SENTENCES)
    assert tried < len(SENTENCES) * len(cues.patterns) / 10


@pytest.mark.parametrize(
    ("sentence", "left"),
    [("收到申请5件", [0, 2]), ("网站发布", [1, 2]), ("申请网站", [2]), ("", [2]), ("收到网站，发布申请", [0, 1, 2])],
)
def test_what_is_left_has_a_word_of_each_group(sentence, left):
    sieve = Sieve([[{"收到", "受理"}, {"申请"}], [{"网站"}, {"发布"}], [{"费"}]])
    assert sieve.left(sentence) == left


def test_a_sieve_without_patterns_leaves_none():
    assert Sieve([]).left("申请") == []


@pytest.mark.parametrize("named", ["subjects", "channels", "times"])
def test_a_finder_finds_what_its_pattern_finds(named):
    finder = getattr(load_cues(), named)
    for sentence in SENTENCES:
        for start in (0, len(sentence) // 3):
            plain = finder.pattern.finditer(sentence, start, len(sentence))
            found = finder.find(sentence, start, len(sentence))
            assert [match.span() for match in found] == [match.span() for match in plain]


@given(st.sampled_from(PATTERNS), st.text("甲乙丙丁戊申请收到办结达网站发布公开了未120年件", max_size=40))
def test_a_finder_of_any_pattern_finds_the_same(pattern, text):
    compiled = re.compile(pattern)
    found = [match.span() for match in Finder(compiled).find(text, 0, len(text))]
    assert found == [match.span() for match in compiled.finditer(text)]
