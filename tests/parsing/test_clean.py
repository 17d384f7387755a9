"""The running text without its layout, and the way back."""

from hypothesis import given
from hypothesis import strategies as st

from govreport_kit.parsing.clean import clean_text


def test_spaces_and_full_width_characters_go_and_positions_stay():
    text = "共 收到　１２ 件（含 ３ 件）"
    clean = clean_text(text)
    assert clean.text == "共收到12件(含3件)\n"
    start = clean.text.index("12件")
    assert text[slice(*clean.span(start, start + 3))] == "１２ 件"


def test_a_line_broken_inside_a_sentence_is_joined_over_a_page_number():
    clean = clean_text("所有办结的政府信息公开申请里面同意公开的答\n  - 3 -\n复 9 件。\n二、其他")
    assert clean.text == "所有办结的政府信息公开申请里面同意公开的答复9件。\n二、其他\n"


def test_a_short_line_and_a_heading_begin_anew():
    assert clean_text("总体情况\n全年收到申请").text == "总体情况\n全年收到申请\n"
    long = "本单位认真落实政府信息公开条例的各项要求并且"
    assert clean_text(f"{long}\n（二）依申请").text == f"{long}\n(二)依申请\n"


def test_a_decimal_at_the_beginning_of_a_line_is_no_numbered_heading():
    long = "全年办理的政府信息公开申请平均用时"
    for decimal in ("9.5个工作日", "12.75万元", "1.2万条"):
        assert clean_text(f"{long}为：约计\n{decimal}。").text == f"{long}为：约计{decimal}。\n"
    for heading in ("1.2023年概况", "2.政策解读", "3、3次培训"):
        assert clean_text(f"{long}为：约计\n{heading}").text == f"{long}为：约计\n{heading}\n"


def test_numbers_apart_stay_apart():
    assert clean_text("申请 38 12 件").text == "申请38 12件\n"


def test_rows_of_tables_and_lines_of_figures_are_left_out():
    text = "甲。\n一、本年新收政府信息公开申请数量 21 0 0 0 0 0 21\n38\n| 5 | 0 | 0 |\n乙。"
    assert clean_text(text).text == "甲。\n乙。\n"


def test_the_spans_of_tables_are_left_out():
    text = "甲\n12\t13\t\n乙"
    assert clean_text(text, [(2, 9)]).text == "甲\n乙\n"


def test_the_character_behind_touching_or_nested_tables_stays():
    text = "甲\n1\t2\t\n3\t4\t\n四、乙"
    assert clean_text(text, [(2, 7), (7, 12)]).text == "甲\n四、乙\n"
    assert clean_text(text, [(2, 12), (2, 7), (12, 12)]).text == "甲\n四、乙\n"


def test_lines_of_a_menu_stay_lines_and_end_an_open_sentence_only_if_it_is_whole():
    menu = "首页\n政务公开\n栏目12\n第3页\n互动 交流\n"
    assert clean_text(menu).text == "首页\n政务公开\n栏目12\n互动交流\n"
    long = "本单位认真落实政府信息公开条例的各项要求并且"
    assert clean_text(f"{long}\n答复\n公开\n完毕。\n首页\n").text == f"{long}答复公开完毕。\n首页\n"
    assert clean_text(f"{long}。\n首页\n{long}\n栏目1").text == f"{long}。\n首页\n{long}栏目1\n"


def test_a_comma_between_thousands_stays_a_comma():
    assert clean_text("收到1,234件,答复12,其他").text == "收到1,234件，答复12，其他\n"


@given(st.text(alphabet="甲乙，。 \n\t12,（）", max_size=60))
def test_every_character_comes_from_its_place(text):
    clean = clean_text(text)
    assert len(clean.text) == len(clean.origin)
    assert list(clean.origin) == sorted(clean.origin)
    for character, place in zip(clean.text, clean.origin, strict=True):
        if character in "甲乙。12":
            assert text[place] == character
