"""Whose figures a report holds."""

import pytest

from govreport_kit.parsing.clean import clean_text
from govreport_kit.parsing.scope import read_scope
from govreport_kit.parsing.sections import read_sections


def scope(text):
    return read_scope(clean_text(text), read_sections(text))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("本报告汇总了全县24个部门、13个乡镇报送的材料", "aggregate"),
        ("本报告覆盖市政府各部门和六个县", "aggregate"),
        ("表格反映全县的数据", "aggregate"),
        ("全市各级行政机关共收到政府信息公开申请90件", "aggregate"),
        ("本报告仅限局机关", "own"),
        ("我局共收到政府信息公开申请3件", "own"),
        ("全省税务系统收到政府信息公开申请88件", "system"),
        ("2023年收到政府信息公开申请3件", "unknown"),
        ("房价指数按季汇总", "unknown"),
    ],
)
def test_a_sentence_shows_the_scope(sentence, expected):
    found, notes = scope(f"题\n一、总体情况\n{sentence}。\n二、主动公开政府信息情况\n无。")
    assert found == expected
    assert [note.message for note in notes] == ([f"{expected}: {sentence}"] if expected != "unknown" else [])


def test_an_explicit_word_outweighs_a_count():
    assert scope("本报告只涉及局机关。\n一、总体情况\n全县收到政府信息公开申请9件。")[0] == "own"


def test_later_sections_show_nothing():
    text = "题\n一、总体情况\n甲。\n" + "无关的话。" * 400 + "\n二、主动公开政府信息情况\n本报告汇总了各部门情况。"
    assert scope(text)[0] == "unknown"
