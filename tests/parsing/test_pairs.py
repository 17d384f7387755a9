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
        ("予以公开、部分公开、不予公开三类分别为20件、5件、3件",
         {"requests_granted": 20, "requests_partially_granted": 5, "requests_refused": 3}),
        ("行政复议案件及诉讼案件为5件和3件", {"reconsideration_cases": 5, "litigation_cases": 3}),
        ("信息公开申请、行政复议、行政诉讼均为零",
         {"requests_received": 0, "reconsideration_cases": 0, "litigation_cases": 0}),
        ("收到群众留言、办结回复分别为1204条、1187条", {"messages_received": 1204, "messages_answered": 1187}),
        ("受理、答复政府信息公开申请分别为320件、318件", {"requests_received": 320, "requests_closed": 318}),
        ("培训场次、培训人次分别为3场、210人次", {"trainings": 3, "trainees": 210}),
        ("行政复议、行政诉讼均无法律障碍", {}),
        ("行政复议、行政诉讼为5件", {}),
        ("予以公开、部分公开分别为3件", {}),
        ("予以公开3件、部分公开2件", {}),
    ],
)  # fmt: skip
def test_each_name_has_its_number(sentence, pairs):
    assert {indicator: value for indicator, value, _, _ in read_pairs(sentence)} == pairs
