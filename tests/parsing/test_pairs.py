"""Lists of names with a list of numbers."""

import pytest

from govreport_kit.parsing.pairs import read_pairs


@pytest.mark.parametrize(
    ("sentence", "pairs"),
    [
        ("予以公开、部分公开、不予公开的申请分别为26件、9件、5件",
         {"requests_granted": 26, "requests_partially_granted": 9, "requests_refused": 5}),
        ("行政复议和行政诉讼分别为3件、2件", {"reconsideration_cases": 3, "litigation_cases": 2}),
        ("部分公开、不予公开、其他处理均为0件",
         {"requests_partially_granted": 0, "requests_refused": 0, "requests_other": 0}),
        ("行政复议、行政诉讼各1,204件", {"reconsideration_cases": 1204, "litigation_cases": 1204}),
        ("予以公开、部分公开分别为3件", {}),
        ("予以公开3件、部分公开2件", {}),
    ],
)  # fmt: skip
def test_each_name_has_its_number(sentence, pairs):
    assert {indicator: value for indicator, value, _, _ in read_pairs(sentence)} == pairs
