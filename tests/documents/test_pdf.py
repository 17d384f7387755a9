"""PDF files to text and grids."""

import re
from pathlib import Path

import pytest

from govreport_kit import read_report
from govreport_kit.documents import extra, read_document
from govreport_kit.documents.html import read_html
from govreport_kit.documents.limits import Limits, Unreadable, within
from govreport_kit.documents.pdf import read_pdf
from govreport_kit.errors import DocumentError

from .drawn_pdf import dotted, drawn, font_objects, glyphs, line, ruled, words

FOLDER = Path(__file__).parent / "pdf"
EXAMPLE = Path(__file__).parents[2] / "data" / "examples" / "shili-xian-2023.html"
PRINTED = FOLDER / "shili-xian-2023.pdf"  # A4
BROKEN = FOLDER / "shili-xian-2023-broken.pdf"  # pages so low that rows and labels break

UNEMBEDDED = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
    b"/DW 1000/W[1 95 500]>>]>>"
)
SCAN = "q 500 0 0 700 50 50 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q"


def texts(grid):
    return [[cell and re.sub(r"\s", "", cell.text) for cell in row] for row in grid.rows]


def without_twin_columns(rows):
    columns = list(zip(*rows, strict=True))
    kept = [column for place, column in enumerate(columns) if place == 0 or column != columns[place - 1]]
    return list(zip(*kept, strict=True))


def cells(report):
    return {(cell.table, cell.row, cell.column): (cell.value, cell.state) for cell in report.cells}


@pytest.mark.parametrize("file", [PRINTED, BROKEN], ids=lambda file: file.stem)
def test_a_printed_page_reads_like_the_page(file):
    page, printed = read_html(EXAMPLE.read_text("utf-8")), read_document(file)
    assert len(printed.grids) == len(page.grids) == 3
    for ours, theirs in zip(printed.grids, page.grids, strict=True):
        assert without_twin_columns(texts(ours)) == without_twin_columns(texts(theirs))
    reading, original = read_report(file), read_report(EXAMPLE)
    assert cells(reading) == cells(original)
    assert len(reading.cells) == 200
    assert (reading.agency, reading.year, reading.published) == (original.agency, original.year, original.published)
    assert [(f.indicator, f.value) for f in reading.facts] == [(f.indicator, f.value) for f in original.facts]


@pytest.mark.parametrize("file", [PRINTED, BROKEN], ids=lambda file: file.stem)
def test_cells_and_tables_stand_in_the_text(file):
    document = read_document(file)
    for grid in document.grids:
        held = {id(cell): cell for row in grid.rows for cell in row if cell}.values()
        for cell in held:
            assert document.text[cell.start : cell.end] == cell.text
            assert document.text[cell.end] == "\t"
            assert grid.start <= cell.start <= cell.end <= grid.end
        assert document.text[grid.start - 1] == document.text[grid.end - 1] == "\n"


def test_a_cell_knows_its_page_and_box():
    content = ruled([100, 200, 300], [50, 70, 90], [["甲", "1"], ["乙", "2"]])
    grid = read_pdf(drawn(words(100, 60, "第一页"), content)).grids[0]
    cell = grid.rows[1][1]
    assert (cell.text, cell.page) == ("2", 2)
    assert cell.box == pytest.approx((200, 70, 300, 90), abs=1)


def test_lines_are_in_reading_order_and_columns_stay_apart():
    content = words(300, 100, "86") + words(60, 140, "尾行") + words(60, 100, "一、新收") + words(60, 80, "标题")
    assert read_pdf(drawn(content)).text.split("\n")[0] == "标题"
    second = read_pdf(drawn(content)).text.split("\n")[1]
    assert re.fullmatch(r"一、新收 {2,}86", second)


def test_words_drawn_into_the_gaps_of_their_line_stand_where_they_are_seen():
    # Office programs draw what the typeface of a line lacks after all the rest of it.
    codes = [
        "".join(f"{glyphs()[0][ord(character)]:04x}" for character in part) for part in ("公开信息", "条，解读", "件")
    ]
    holed = "BT /F 10 Tf 60 742 Td [<{}> -2400 <{}> -1200 <{}>] TJ ET ".format(*codes)
    content = words(60, 80, "总体情况") + holed + words(101, 100, "8450") + words(165, 100, "19")
    assert read_pdf(drawn(content)).text == "总体情况\n公开信息8450条，解读19件\n"


def test_a_merged_cell_stands_in_all_its_slots():
    content = (
        line(50, 50, 350, 50) + line(150, 70, 350, 70) + line(50, 90, 350, 90)
        + line(50, 50, 50, 90) + line(150, 50, 150, 90) + line(250, 70, 250, 90) + line(350, 50, 350, 90)
        + words(60, 72, "合并") + words(200, 65, "表头") + words(180, 85, "1") + words(280, 85, "2")
    )  # fmt: skip
    grid = read_pdf(drawn(content)).grids[0]
    assert texts(grid) == [["合并", "表头", "表头"], ["合并", "1", "2"]]
    assert (grid.rows[0][0].rowspan, grid.rows[0][1].colspan) == (2, 2)


def test_two_tables_on_a_page_with_words_between():
    rows = [["甲", "1"], ["乙", "2"]]
    content = ruled([50, 150, 250], [50, 70, 90], rows) + words(50, 120, "两表之间")
    content += ruled([50, 150, 250], [150, 170, 190], [["丙", "3"], ["丁", "4"]])
    reading = read_pdf(drawn(content))
    assert [texts(grid) for grid in reading.grids] == [rows, [["丙", "3"], ["丁", "4"]]]
    assert reading.text == "甲\t1\t\n乙\t2\t\n两表之间\n丙\t3\t\n丁\t4\t\n"


@pytest.mark.parametrize(
    "rule",
    [
        dotted,
        lambda x0, y0, x1, y1: "[1 2] 0 d " + line(x0, y0, x1, y1) + "[] 0 d ",
        lambda x0, y0, x1, y1: line(x0, y0, x1, y1) + line(x0 + 2, y0 + 2, x1 + 2, y1 + 2),
        lambda x0, y0, x1, y1: f"{x0} {842 - y1} {max(x1 - x0, 0.7)} {max(y1 - y0, 0.7)} re f ",
    ],
    ids=["dots", "dashes", "double", "thin boxes"],
)
def test_rules_of_every_kind(rule):
    rows = [["甲", "1", "2"], ["乙", "3", "4"]]
    assert [texts(grid) for grid in read_pdf(drawn(ruled([50, 150, 200, 250], [50, 70, 90], rows, rule))).grids] == [
        rows
    ]


def test_another_table_does_not_part_the_lines_of_a_double_rule():
    rows = [["甲", "1", "2"], ["乙", "3", "4"]]
    double = ruled([50, 150, 200, 250], [50, 70, 90], rows) + line(152, 50, 152, 90)
    other = ruled([50, 146.5, 200, 250], [150, 170, 190], rows)
    assert [texts(grid) for grid in read_pdf(drawn(double + other)).grids] == [rows, rows]


def test_cells_drawn_as_boxes():
    content = "".join(
        f"{50 + 60 * column} {742 - 20 * row} 60 20 re S " + words(55 + 60 * column, 95 + 20 * row, str(row + column))
        for row in range(3)
        for column in range(3)
    )
    assert texts(read_pdf(drawn(content)).grids[0]) == [list("012"), list("123"), list("234")]


@pytest.mark.parametrize(
    ("rule", "paint"),
    [
        (lambda x0, y0, x1, y1: f"{x0} {842 - y0} m {x1} {842 - y1} l ", "S"),
        (lambda x0, y0, x1, y1: f"{x0} {842 - y1} {max(x1 - x0, 0.7)} {max(y1 - y0, 0.7)} re ", "f"),
    ],
    ids=["strokes", "thin boxes"],
)
def test_all_rules_in_one_path(rule, paint):
    rules = "".join(rule(50, y, 250, y) for y in (50, 70, 90)) + "".join(rule(x, 50, x, 90) for x in (50, 150, 250))
    content = words(60, 65, "甲") + words(160, 65, "1") + words(60, 85, "乙") + words(160, 85, "2")
    assert [texts(grid) for grid in read_pdf(drawn(f"{rules} {paint} {content}")).grids] == [[["甲", "1"], ["乙", "2"]]]


@pytest.mark.parametrize(("end", "grids"), [("s", [[["合并", "1"], ["合并", "2"]]]), ("S", [])])
def test_a_path_is_closed_only_where_the_file_closes_it(end, grids):
    """The box of the label begins at its lower right corner, so that what closes it is the rule between the columns."""
    box = f"150 752 m 50 752 l 50 792 l 150 792 l {end} "
    rest = "".join(line(150, y, 250, y) for y in (50, 70, 90)) + line(250, 50, 250, 90)
    content = words(60, 75, "合并") + words(160, 65, "1") + words(160, 85, "2")
    assert [texts(grid) for grid in read_pdf(drawn(box + rest + content)).grids] == grids


def test_hidden_rules_divide_nothing():
    hidden = "1 1 1 RG " + line(150, 60, 350, 60) + line(100, 50, 100, 90) + "0 0 0 RG "
    rows = [["甲", "1"], ["乙", "2"]]
    content = ruled([50, 150, 350], [50, 70, 90], rows) + hidden
    assert [texts(grid) for grid in read_pdf(drawn(content)).grids] == [rows]


def test_a_table_without_side_lines():
    content = "".join(line(50, y, 350, y) for y in (50, 70, 90)) + line(200, 50, 200, 90)
    content += words(60, 65, "甲") + words(60, 85, "乙") + words(220, 65, "1") + words(220, 85, "2")
    assert texts(read_pdf(drawn(content)).grids[0]) == [["甲", "1"], ["乙", "2"]]


def test_frames_and_underlines_are_no_tables():
    frame = "40 40 515 762 re S " + words(60, 100, "第一段在框内。") + line(60, 104, 130, 104)
    listed = ruled([50, 300], [200, 220, 240, 260], [["甲"], ["乙"], ["丙"]])
    reading = read_pdf(drawn(frame, listed))
    assert reading.grids == ()
    assert reading.text == "第一段在框内。\n甲\n乙\n丙\n"


def test_a_frame_around_a_table_is_left_out():
    rows = [["甲", "1"], ["乙", "2"]]
    content = "20 20 555 802 re S " + words(60, 45, "标题") + ruled([50, 150, 250], [60, 80, 100], rows)
    reading = read_pdf(drawn(content))
    assert [texts(grid) for grid in reading.grids] == [rows]
    assert reading.text.startswith("标题\n甲\t1\t\n")


def test_words_broken_in_a_cell_are_joined_and_figures_below_each_other_are_not():
    content = ruled([50, 95, 200], [50, 90], [["", ""]]) + words(54, 65, "行政机") + words(54, 80, "关数量")
    content += words(120, 65, "12") + words(120, 80, "35")
    row = read_pdf(drawn(content + ruled([50, 95, 200], [90, 110], [["合计", "47"]]))).grids[0].rows[0]
    assert [cell.text for cell in row] == ["行政机关数量", "12\n35"]


def test_a_figure_that_fills_its_cell_is_joined():
    content = ruled([50, 120, 160], [50, 90, 110], [["金额", ""], ["数量", "5"]])
    content += words(124, 65, "12345") + words(124, 80, "67")
    assert read_pdf(drawn(content)).grids[0].rows[0][1].text == "1234567"


HEAD = [["项目", "甲类", "乙类"]]
EDGES = [50, 150, 250, 350]


def test_a_table_goes_on_over_the_page_without_page_number_and_repeated_head():
    first = ruled(EDGES, [700, 720, 740], [*HEAD, ["1.新收", "3", "4"]]) + words(290, 810, "- 1 -")
    second = (
        ruled(EDGES, [50, 70, 90], [*HEAD, ["2.结转", "5", "6"]]) + words(50, 130, "表后") + words(290, 810, "- 2 -")
    )
    reading = read_pdf(drawn(first, second))
    assert [texts(grid) for grid in reading.grids] == [[*HEAD, ["1.新收", "3", "4"], ["2.结转", "5", "6"]]]
    assert reading.text == "项目\t甲类\t乙类\t\n1.新收\t3\t4\t\n2.结转\t5\t6\t\n表后\n"
    assert [row[0].page for row in reading.grids[0].rows] == [1, 1, 2]


def test_a_running_head_does_not_come_between():
    head = words(200, 40, "示例县年度报告")
    first = head + ruled(EDGES, [700, 720, 740], [*HEAD, ["1.新收", "3", "4"]])
    second = head + ruled(EDGES, [60, 80], [["2.结转", "5", "6"]])
    third = head + words(50, 100, "末页")
    reading = read_pdf(drawn(first, second, third))
    assert [len(grid.rows) for grid in reading.grids] == [3]
    assert reading.text.count("示例县年度报告") == 1


def test_words_or_other_edges_keep_tables_apart():
    rows = [["甲", "1", "2"], ["乙", "3", "4"]]
    first = ruled(EDGES, [700, 720, 740], rows)
    assert len(read_pdf(drawn(first, words(50, 130, "另一张表") + ruled(EDGES, [150, 170, 190], rows))).grids) == 2
    assert len(read_pdf(drawn(first, ruled([50, 150, 250, 400], [50, 70, 90], rows))).grids) == 2


def test_a_row_goes_on_over_the_page():
    first = ruled(EDGES, [700, 720, 740], [["1.新收", "3", "4"], ["2.其他法律行政法规", "5", "6"]], size=9)
    second = ruled(EDGES, [50, 70, 90], [["禁止公开的", "", ""], ["3.其他", "7", "8"]], size=9)
    grid = read_pdf(drawn(first, second)).grids[0]
    assert texts(grid) == [["1.新收", "3", "4"], ["2.其他法律行政法规禁止公开的", "5", "6"], ["3.其他", "7", "8"]]


def test_a_number_too_wide_for_its_cell_goes_on_over_the_page():
    edges = [50, 150, 170, 250]
    first = ruled(edges, [700, 720, 740], [["1.新收", "3", "4"], ["2.办结", "82", "6"]])
    second = ruled(edges, [50, 70, 90], [["", "1", ""], ["3.其他", "7", "8"]])
    grid = read_pdf(drawn(first, second)).grids[0]
    assert texts(grid) == [["1.新收", "3", "4"], ["2.办结", "821", "6"], ["3.其他", "7", "8"]]


@pytest.mark.parametrize(("label", "above", "right"), [("乙", "82", 170), ("", "8", 170), ("", "82", 220)])
def test_a_figure_below_the_break_that_may_be_another_one_is_not_added(label, above, right):
    edges = [50, 150, right, 300]
    first = ruled(edges, [700, 720], [["甲", above, "6"]])
    second = ruled(edges, [50, 70, 90], [[label, "1", ""], ["3.其他", "7", "8"]])
    assert [row[1] for row in texts(read_pdf(drawn(first, second)).grids[0])] == [above, "1", "7"]


def test_a_blank_row_below_the_break_is_a_row_of_its_own():
    first = ruled(EDGES, [700, 720], [["1.新收的申请数量合计", "3", "4"]])
    second = ruled(EDGES, [50, 70, 90], [["2.结转", "", ""], ["3.其他", "7", "8"]])
    assert [row[0] for row in texts(read_pdf(drawn(first, second)).grids[0])] == [
        "1.新收的申请数量合计",
        "2.结转",
        "3.其他",
    ]


def test_a_label_beside_its_rows_goes_on_over_the_page():
    edges = [50, 100, 250, 350]
    first = ruled(edges, [700, 720], [["", "1.不掌握", "4"]]) + words(54, 715, "(四)无")
    second = ruled(edges, [50, 70, 90], [["", "2.需制作", "5"], [None, "3.不明确", "6"]]) + words(54, 65, "法提供")
    second = second.replace(line(50, 70, 350, 70), line(100, 70, 350, 70))
    grid = read_pdf(drawn(first, second)).grids[0]
    assert texts(grid) == [
        ["(四)无法提供", "1.不掌握", "4"],
        ["(四)无法提供", "2.需制作", "5"],
        ["(四)无法提供", "3.不明确", "6"],
    ]
    assert grid.rows[0][0].rowspan == 3


def test_a_label_beside_all_rows_of_a_page():
    edges = [50, 100, 250, 350]
    first = ruled(edges, [700, 720], [["三、结果", "1.不掌握", "4"]])
    inner = ruled(edges[1:], [50, 70, 90], [["2.需制作", "5"], ["3.不明确", "6"]])
    grid = read_pdf(drawn(first, inner + line(50, 50, 50, 90))).grids[0]
    assert [row[0] for row in texts(grid)] == ["三、结果"] * 3


def test_a_form_object_may_draw_the_table_and_a_page_may_be_turned():
    rows = [["甲", "1"], ["乙", "2"]]
    content = ruled([50, 150, 250], [50, 70, 90], rows)
    moved = read_pdf(drawn("q .8 0 0 .8 30 100 cm /X Do Q", form=content))
    assert [texts(grid) for grid in moved.grids] == [rows]
    turned = read_pdf(drawn("q 0 1 -1 0 842 0 cm " + content + " Q", rotate=90))
    assert [texts(grid) for grid in turned.grids] == [rows]
    assert turned.grids[0].rows[0][0].box == pytest.approx((50, 50, 150, 70), abs=1)


def test_pictures_are_counted():
    reading = read_pdf(
        drawn(words(50, 50, "本页有一段文字和一张图片，文字超过三十个字，所以它不会被当作扫描件。") + SCAN)
    )
    assert reading.pictures == 1


def test_the_title_is_kept_even_if_it_is_damaged():
    content = words(50, 50, "甲")
    assert read_pdf(drawn(content, title=b"FEFF793A4F8B")).title == "示例"
    assert "\ufffd" in read_pdf(drawn(content, title=b"FEFF793AD8000041")).title
    assert read_pdf(drawn(content)).title is None


def refusal(content):
    with pytest.raises(Unreadable) as caught:
        read_pdf(content)
    return caught.value.kind, str(caught.value)


def test_a_scan_is_refused_where_text_recognition_is_missing(monkeypatch):
    monkeypatch.setattr(extra, "_MODULES", ("no_such_module",))
    kind, message = refusal(drawn(SCAN, SCAN))
    assert kind == "unsupported"
    assert re.search(r"scan: 2 pages.*OCR.*pip install", message)


@pytest.mark.skipif(not extra.reads_pictures(), reason="the extra ocr is not installed")
def test_a_scan_in_which_nothing_is_recognised_is_refused():
    kind, message = refusal(drawn(SCAN, SCAN))
    assert kind == "empty"
    assert "2 pages" in message


def test_an_empty_file_is_refused():
    assert refusal(drawn(""))[0] == "empty"


def test_an_encrypted_file_is_refused():
    kind, message = refusal((FOLDER / "encrypted.pdf").read_bytes())
    assert kind == "unsupported"
    assert "password" in message


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_truncated_file_is_refused(share):
    content = PRINTED.read_bytes()
    assert refusal(content[: int(share * len(content))])[0] == "damaged"


def test_a_broken_file_is_refused():
    assert refusal(b"%PDF-1.7\n%%EOF\n")[0] == "damaged"


def test_characters_without_unicode_are_refused():
    font, *others = font_objects(3)
    content = drawn(
        words(50, 50, "本年新收政府信息公开申请86件。"), font=[font.replace(b"/ToUnicode", b"/Nothing"), *others]
    )
    kind, message = refusal(content)
    assert kind == "damaged"
    assert "Unicode" in message


@pytest.mark.parametrize("unnamed", ["7", "申", "答"])
def test_a_single_character_without_unicode_is_unreadable(unnamed):
    told = "本年新收政府信息公开申请173件，上年结转5件，答复公开申请170件，其余的案件结转下年度。"
    reading = read_pdf(drawn(words(50, 50, told), font=font_objects(3, unnamed)))
    expected = re.sub(r"[\d]*7[\d]*", lambda number: "\ufffd" * len(number[0]), told) if unnamed == "7" else told
    assert reading.text == expected.replace(unnamed, "\ufffd") + "\n"


def test_a_figure_of_a_font_that_is_not_there_is_never_blank():
    content = ruled([50, 150, 250], [50, 70], [["", ""]])
    content += f"BT /F 10 Tf 60 777 Td <{'新收'.encode('utf-16-be').hex()}> Tj ET "
    content += f"BT /F 10 Tf 160 777 Td <{'4'.encode('utf-16-be').hex()}> Tj ET "
    cell = read_pdf(drawn(content, font=[UNEMBEDDED])).grids[0].rows[0][1]
    assert cell.text in ("4", "\ufffd")  # as the fonts of the machine will have it


def test_a_figure_that_lost_a_digit_is_no_figure(monkeypatch):
    from govreport_kit.documents import pdf_page

    spelled = pdf_page._spelled
    monkeypatch.setattr(pdf_page, "_spelled", lambda *given: spelled(*given).replace("7", "\ufffd"))
    reading = read_pdf(
        drawn(words(50, 50, "本年新收政府信息公开申请1734件，上年结转5件，答复申请100件，其余的结转下年度。"))
    )
    assert "申请\ufffd\ufffd\ufffd\ufffd件" in reading.text
    assert "结转5件" in reading.text


def test_limits(tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(drawn(words(50, 50, "甲"), words(50, 50, "乙")))
    with pytest.raises(DocumentError, match="2 pages exceed the limit of 1; raise `most_pages`"):
        read_document(file, Limits(most_pages=1))
    with pytest.raises(DocumentError, match=r"page 1 holds .*characters"):
        within(Limits(longest_text=0), "a.pdf", lambda: read_document(file, Limits(longest_text=0)))
    file.write_bytes(drawn(words(50, 50, "甲") + "0 0 m 9 9 l S " * 50_001))
    with pytest.raises(DocumentError, match="drawings"):
        read_document(file)


def test_a_page_of_many_short_strokes_is_no_table():
    strokes = "".join(
        line(x, y, x + 8, y) + line(x, y, x, y + 8) for x in range(20, 570, 11) for y in range(20, 800, 11)
    )
    reading = read_pdf(drawn(words(50, 50, "甲") + strokes))
    assert reading.text.replace("\t", "").strip() == "甲"
