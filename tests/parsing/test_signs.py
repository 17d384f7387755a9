"""Placeholders, filling notes, missing numbers."""

import pytest

from govreport_kit.parsing.signs import read_signs


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("如在 [具体事项名称] 中", "placeholder", "[具体事项名称]"),
        ("在“具体项目名称”发布时", "placeholder", "“具体项目名称”"),
        ("全年受理XX件", "placeholder", "XX"),
        ("××县人民政府", "placeholder", "××"),
        ("数量为#REF!件", "placeholder", "#REF!"),
        ("该表格需要注意的是，", "filling_note", "该表格需要注意的是"),
        ("共受理件，", "missing_number", "受理件，"),
    ],
)
def test_a_sign_is_found_with_its_words(text, code, words):
    (note,) = read_signs(text)
    assert note.code == code
    assert words.rstrip("，") in note.message
    assert text[note.start : note.end] in note.message


@pytest.mark.parametrize(
    "text", ["具体措施如下", "[2021]30号", "EXX工程", "政务公开“具体化”", "Xi XXL", "共受理38件，", "（具体见附件）"]
)
def test_an_ordinary_sentence_is_no_sign(text):
    assert read_signs(text) == []
