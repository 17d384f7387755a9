"""Numbers as printed."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from govreport_kit.parsing.numerals import CHINESE_NUMERAL, CellValue, has_words, plain_number, read_cell


@pytest.mark.parametrize(
    ("printed", "value", "state", "unit"),
    [
        ("", None, "blank", None),
        (" \xa0\u3000", None, "blank", None),
        ("/", None, "not_applicable", None),
        ("—", None, "not_applicable", None),
        ("－", None, "not_applicable", None),
        ("无", None, "not_applicable", None),
        ("0", 0, "zero", None),
        ("0.00", 0, "zero", None),
        ("12", 12, "reported", None),
        ("１２", 12, "reported", None),
        ("1 2", 12, "reported", None),
        ("1,234", 1234, "reported", None),
        ("11，398，889", 11398889, "reported", None),
        ("+19", 19, "reported", None),
        ("-417", -417, "reported", None),
        ("--253", -253, "reported", None),
        ("减3", -3, "reported", None),
        ("增2", 2, "reported", None),
        ("316441.5", 316441.5, "reported", None),
        ("251000元", 251000, "reported", "元"),
        ("160.5964万元", 160.5964, "reported", "万元"),
        ("3.2万", 32000, "reported", None),
        ("22（其中修订16件）", 22, "reported", None),
        ("0件", 0, "zero", "件"),
        ("12,34", None, "unreadable", None),
        ("约多", None, "unreadable", None),
        ("见附件", None, "unreadable", None),
    ],
)
def test_a_cell_is_read_as_it_is_printed(printed, value, state, unit):
    assert read_cell(printed) == CellValue(value, state, unit)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("38", 38), ("1,234", 1234), ("3.2万", 32000), ("5320.41万", 53204100), ("1.05亿", 105_000_000),
        ("98.50", 98.5), ("一", 1), ("两", 2), ("十", 10), ("十二", 12), ("二十三", 23), ("一百零五", 105), ("三千二百", 3200),
        ("一千零十", 1010), ("一千零十五", 1015), ("一千零一十五", 1015), ("一千零二十", 1020), ("一万零十", 10010),
    ],
)  # fmt: skip
def test_a_figure_of_a_sentence(words, number):
    assert plain_number(words) == number
    assert isinstance(plain_number(words), type(number))


def test_what_is_no_number_is_refused():
    with pytest.raises(ValueError, match="一二"):
        plain_number("一二")


@given(st.integers(min_value=0, max_value=10**12))
def test_thousands_separators_change_nothing(number):
    assert plain_number(f"{number:,}") == number == read_cell(f"{number:,}").value


@given(st.integers(min_value=-(10**9), max_value=10**9))
def test_a_sign_is_kept(number):
    assert read_cell(f"{number:+d}").value == number


@given(st.text(max_size=12))
def test_any_text_has_a_state_and_only_numbers_have_a_value(text):
    cell = read_cell(text)
    assert (cell.value is not None) == (cell.state in ("zero", "reported"))


@pytest.mark.parametrize("text", ["12件", "12(含上年2件)", "3项", "约12"])
def test_words_beside_the_number_of_a_cell_are_seen(text):
    assert has_words(text)


@pytest.mark.parametrize("text", ["12", "１２", "1,200", "+3", "-3", "增加3", "160.5万元", " 7 ", "2.5"])
def test_a_sign_money_and_digits_of_any_kind_are_no_words(text):
    assert not has_words(text)


DIGITS = "零一二三四五六七八九"


def in_chinese(number):
    """Write a number below a hundred million as it is read aloud; independent of the parser."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        return in_chinese(high) + "万" + ("" if not low else ("零" if low < 1_000 else "") + in_chinese(low))
    for value, name in ((1_000, "千"), (100, "百"), (10, "十")):
        if number >= value:
            high, low = divmod(number, value)
            first = "" if (number < 20 and value == 10) else DIGITS[high]
            gap = "零" if low and low < value // 10 else ""
            return first + name + ("" if not low else gap + (("一" if 10 <= low < 20 else "") + in_chinese(low)))
    return DIGITS[number]


@given(st.integers(min_value=0, max_value=10**8 - 1))
@example(10_010)
def test_a_chinese_numeral_is_found_whole_and_read_back(number):
    words = in_chinese(number)
    found = re.search(CHINESE_NUMERAL, f"共{words}件")
    assert found is not None
    assert (found[0], plain_number(found[0])) == (words, number)


@given(st.text("零一二两三四五六七八九十百千万", min_size=1, max_size=6))
def test_whatever_is_taken_for_a_chinese_numeral_is_a_number(words):
    for found in re.finditer(CHINESE_NUMERAL, words):
        assert plain_number(found[0]) >= 0


@pytest.mark.parametrize("vague", ["数十", "几百", "三四十", "上千", "百万", "成千上万", "十几", "万"])
def test_a_vague_numeral_is_none(vague):
    assert not re.search(f"{CHINESE_NUMERAL}(?=件)", f"约有{vague}件")
