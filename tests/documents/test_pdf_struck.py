"""Text of PDF files with a line through it."""

import pytest

from govreport_kit import codebook, read_report
from govreport_kit.documents.pdf import read_pdf

from .drawn_pdf import dotted, drawn, glyphs, line, ruled, words


def width(text, size=10):
    numbers, widths = glyphs()
    return sum(widths[numbers[ord(character)]] for character in text) * size / 1000


def stroke(left, right, y):
    return f"{left:.2f} {842 - y:.2f} m {right:.2f} {842 - y:.2f} l S "


def box(left, right, y):
    return f"{left:.2f} {842 - y - 0.3:.2f} {right - left:.2f} .6 re f "


def double(left, right, y):
    return stroke(left, right, y - 0.8) + stroke(left, right, y + 0.8)


def by_character(left, right, y):
    half = (left + right) / 2
    return "1 0 0 RG " + stroke(left, half, y) + stroke(half, right, y) + "0 0 0 RG "


STRIKES = pytest.mark.parametrize("strike", [stroke, box, double, by_character])


def sentence(before, struck, behind, strike, size=10, above=0.33, longer=0.0, y=100):
    """Draw a sentence at the left margin with a line over some of its words, a share of the size above their feet."""
    left = 60 + width(before, size)
    right = left + width(struck, size)
    text = words(60, y, before + struck + behind, size)
    return text + strike(left - longer, right + longer, y - above * size)


def read(content):
    return read_pdf(drawn(content + words(60, 700, "末行")))


@STRIKES
@pytest.mark.parametrize("size", [7, 10.5, 16, 22])
def test_characters_with_a_line_through_them_are_left_out_and_counted(strike, size):
    reading = read(sentence("全年新收申请", "99", "31件。", strike, size))
    assert reading.text == "全年新收申请31件。\n末行\n"
    assert reading.metadata["struck_out"] == "2"


@STRIKES
def test_a_line_drawn_by_hand_may_be_a_little_longer(strike):
    assert read(sentence("全年新收申请", "99", "件。", strike, longer=2.0)).text == "全年新收申请件。\n末行\n"


def test_a_number_is_unreadable_of_which_a_digit_is_struck_out_by_half():
    reading = read(sentence("全年新收申请", "99", "31件，结转5件。", stroke, longer=2.0))
    assert reading.text == "全年新收申请\ufffd\ufffd件，结转5件。\n末行\n"


@STRIKES
def test_a_whole_line_may_be_struck_out(strike):
    content = sentence("", "上年结转12件，一切如旧。", "", strike) + words(60, 120, "上年结转6件。")
    assert read(content).text == "上年结转6件。\n末行\n"


def test_flat_characters_go_with_the_words_around_them():
    assert read(sentence("共有", "一一、十一家，", "二家。", stroke)).text == "共有二家。\n末行\n"


@pytest.mark.parametrize("above", [-0.12, -0.05, 0.9], ids=["underline", "close underline", "line above"])
def test_lines_below_and_above_words_strike_nothing_out(above):
    reading = read(sentence("全年新收申请", "99", "件。", stroke, above=above))
    assert reading.text == "全年新收申请99件。\n末行\n"
    assert "struck_out" not in reading.metadata


def test_a_line_which_runs_on_beyond_the_words_is_a_rule():
    assert read(words(100, 100, "示例县") + stroke(60, 500, 97)).text == "示例县\n末行\n"
    beside = stroke(40, 95, 97) + words(100, 100, "示例县") + stroke(135, 190, 97)
    assert read(beside).text == "示例县\n末行\n"


def test_the_middle_line_of_a_curve_strikes_nothing_out():
    steps = "".join(f"{60 + 6 * step} {742 + 3.4 + 0.2 * step:.1f} l " for step in range(1, 40))
    assert read(words(100, 100, "8件") + f"60 745 m {steps} S ").text == "8件\n末行\n"


@pytest.mark.parametrize("rule", [line, dotted])
def test_a_rule_of_a_table_strikes_no_word_out_that_stands_on_it(rule):
    table = ruled([50, 100, 150], [50, 70, 90], [["", "1"], ["", "2"]], rule)
    reading = read(table + words(56, 74, "合计数") + words(60, 120, "表后"))
    assert "合计数" in reading.text.replace("\n", "")
    assert "struck_out" not in reading.metadata


def test_a_cell_is_blank_whose_figure_is_struck_out():
    table = ruled([50, 150, 250], [50, 70, 90], [["新收", "9931"], ["结转", "8"]])
    table += stroke(154, 154 + width("99"), 61.5) + stroke(154, 154 + width("8"), 81.5)
    grid = read(table).grids[0]
    assert [[cell.text for cell in row] for row in grid.rows] == [["新收", "31"], ["结转", ""]]


def test_a_mark_of_a_reader_strikes_out_what_it_covers():
    left = 60 + width("共")
    corners = f"{left:.1f} 752 {left + width('99'):.1f} 752 {left:.1f} 740 {left + width('99'):.1f} 740"
    mark = "<</Type/Annot/Subtype/{}/Rect[60 740 90 752]/QuadPoints[" + corners + "]>>"
    page = b"/MediaBox[0 0 595 842]"
    plain = drawn(words(60, 100, "共9931件。"))
    for kind, expected in (("StrikeOut", "共31件。\n"), ("Underline", "共9931件。\n"), ("Highlight", "共9931件。\n")):
        marked = plain.replace(page, page + b"/Annots[%s]" % mark.format(kind).encode())
        assert read_pdf(marked).text == expected


def test_a_report_tells_what_was_left_out(tmp_path):
    content = words(60, 60, "示例县人民政府2023年政府信息公开工作年度报告", 14) + words(60, 80, "一、总体情况")
    content += sentence("全年新收到政府信息公开申请", "99", "31件。", stroke)
    file = tmp_path / "a.pdf"
    file.write_bytes(drawn(content))
    report = read_report(file)
    assert [fact.value for fact in report.facts if fact.indicator == "requests_received"] == [31]
    note = next(note for note in report.notes if note.code == "struck_out")
    assert note.message.startswith("2 characters")
    assert note.code in codebook.notes
