"""PDF files whose running text is printed in columns, and those which only look like it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govreport_kit import codebook, read_report
from govreport_kit.documents.pages import PageBlocks
from govreport_kit.documents.pdf import read_pdf
from govreport_kit.documents.pdf_lines import Line

from .drawn_pdf import drawn, glyphs, line, ruled, words

LEFT, RIGHT, TOP, BOTTOM = 60.0, 535.0, 90.0, 770.0
TITLE = "示例县人民政府2023年政府信息公开工作年度报告"
# An invented report.
REPORT = [
    "一、总体情况",
    "示例县人民政府把政策公开同日常工作一起部署，全年在门户网站主动公开政府信息1136条，政务新媒体发布信息452条。",
    "全年收到政府信息公开申请86件，上年结转5件，办结88件，结转下年度继续办理3件。其中予以公开40件，部分公开12件。",
    "样例区围绕年度重点任务，制发规范性文件7件，发布政策解读材料19件，召开新闻发布会4场，回应群众关切的问题。",
    "举办业务培训3期，参加培训215人次，讲解条例的适用和答复文书的写法，并对公开栏目逐一检查，发现的错漏当场改正。",
    "二、存在的主要问题及改进情况",
    "有的单位更新不够及时，有的栏目内容偏少，基层工作人员变动较快。下一步将细化公开事项的标准，做好平台的维护。",
    "三、其他需要报告的事项",
    "全年没有收取信息处理费，没有发生责任追究的情形，本年度没有其他需要报告的事项。",
]


def width(text, size):
    numbers, widths = glyphs()
    return sum(widths[numbers[ord(character)]] for character in text) * size / 1000


def broken(paragraph, room, size):
    """Break a paragraph into lines, the first of them indented if it is no heading; return pairs of indent and words."""
    indent = 0.0 if re.match("[一二三]、", paragraph) else 2 * size
    lines = [[indent, ""]]
    for piece in re.findall(r"\d+|\D", paragraph):
        if lines[-1][0] + width(lines[-1][1] + piece, size) > room:
            lines.append([0.0, ""])
        lines[-1][1] += piece
    return lines


def printed(paragraphs, columns=2, gutter=20.0, size=10.5, pitch=1.6, top=TOP, bottom=BOTTOM, by_row=False, shift=0.0):
    """Print paragraphs in columns; return the contents of the pages and where the last one ends.

    The columns of the last page are of the same length. `by_row` draws line beside line; `shift` moves each
    column down from the one before.
    """
    room = (RIGHT - LEFT - (columns - 1) * gutter) / columns
    lines = [found for paragraph in paragraphs for found in broken(paragraph, room, size)]
    rows = int((bottom - top) / (pitch * size))
    pages = []
    end = top
    while lines:
        page, lines = lines[: rows * columns], lines[rows * columns :]
        filled = -(-len(page) // columns)
        placed = []
        for number, (indent, text) in enumerate(page):
            column, row = divmod(number, filled)
            y = top + (row + 1) * pitch * size + column * shift
            placed.append((row if by_row else column, number, LEFT + column * (room + gutter) + indent, y, text))
        pages.append("".join(words(x, y, text, size) for _, _, x, y, text in sorted(placed)))
        end = max(y for _, _, _, y, _ in placed)
    return pages, end


def bare(text):
    return "".join(text.split())


def flat(paragraphs):
    return "".join(paragraphs)


def facts(tmp_path, content):
    file = tmp_path / "a.pdf"
    file.write_bytes(content)
    return sorted((fact.indicator, fact.value) for fact in read_report(file).facts)


LAYOUTS = pytest.mark.parametrize(
    "layout",
    [
        {},
        {"gutter": 12.0},
        {"gutter": 40.0, "size": 9.0},
        {"by_row": True},
        {"by_row": True, "gutter": 11.0},
        {"shift": 4.0},
        {"shift": 8.5},
        {"columns": 3, "size": 9.0},
        {"columns": 4, "size": 7.5, "gutter": 14.0},
        {"size": 16.0, "gutter": 32.0},
    ],
    ids=str,
)


@LAYOUTS
def test_the_same_text_in_one_column_and_in_several_gives_the_same_facts(tmp_path, layout):
    title = words(120, 70, TITLE, 14)
    single, _ = printed(REPORT, 1)
    several, _ = printed(REPORT, **layout)
    expected = facts(tmp_path, drawn(title + single[0], *single[1:]))
    assert len(expected) >= 10
    assert ("requests_received", 86) in expected
    content = drawn(title + several[0], *several[1:])
    assert bare(read_pdf(content).text) == bare(TITLE + flat(REPORT))
    assert facts(tmp_path, content) == expected


PARAGRAPHS = st.lists(
    st.builds(
        lambda start, numbers: "".join(
            f"{part}{number}件，" for part, number in zip(("本年新收申请", "答复", "其中公开", "不予公开", "转入下年度办理"), numbers, strict=False)
        ).join((start, "各项工作按期完成。")),
        st.sampled_from(["示例县围绕重点任务，", "样例区的各单位一起", "按照年初的部署，虚构市"]),
        st.lists(st.integers(0, 99_999), min_size=4, max_size=5),
    ),
    min_size=5,
    max_size=24,
)  # fmt: skip


@settings(max_examples=12, deadline=None)
@given(
    paragraphs=PARAGRAPHS,
    columns=st.integers(2, 3),
    gutter=st.floats(12, 40),
    size=st.sampled_from([8.0, 9.0, 10.5, 12.0]),
    pitch=st.floats(1.25, 1.9),
    by_row=st.booleans(),
    shift=st.floats(0, 9),
)
def test_columns_of_any_measure_are_read_one_after_the_other(paragraphs, **layout):
    pages, _ = printed(paragraphs, **layout)
    assert bare(read_pdf(drawn(*pages)).text) == flat(paragraphs)


def test_heads_and_page_numbers_stand_between_no_columns():
    pages, _ = printed(REPORT * 4)
    heads = [words(60, 50, "示例县人民政府公报") + words(440, 50, "2024年第3期") + line(60, 55, 535, 55)] * len(pages)
    feet = [words(290, 800, f"· {number} ·") for number in range(1, len(pages) + 1)]
    corners = [words(520, 800, f"{number}") for number in range(1, len(pages) + 1)]
    for foot in (feet, corners):
        content = drawn(*map("".join, zip(heads, pages, foot, strict=True)))
        assert bare(read_pdf(content).text) == "示例县人民政府公报2024年第3期" + flat(REPORT * 4)


@pytest.mark.parametrize("ends", [(80, 780), (60, 790)], ids=["free", "on the rules"])
def test_a_rule_between_the_columns_makes_no_table(ends):
    pages, _ = printed(REPORT * 3)
    rules = line(60, 60, 535, 60) + line(60, 790, 535, 790) + line(297.5, ends[0], 297.5, ends[1])
    reading = read_pdf(drawn(*(rules + page for page in pages)))
    assert reading.grids == ()
    assert bare(reading.text) == flat(REPORT * 3)


ROWS = [["信息内容", "本年制发件数"], ["规章", "0"], ["行政规范性文件", "7"]]


def test_a_table_across_the_columns_ends_them():
    pages, end = printed(REPORT[:7])
    after, _ = printed(REPORT[7:], top=end + 90)
    table = ruled([60, 300, 535], [end + 10, end + 30, end + 50, end + 70], ROWS)
    reading = read_pdf(drawn(pages[0] + table + after[0]))
    assert len(reading.grids) == 1
    assert bare(reading.text) == flat(REPORT[:7]) + "".join(map("".join, ROWS)) + flat(REPORT[7:])


ROOM = 227.5
SECOND = LEFT + ROOM + 20


def column(x, paragraphs, y=TOP, unfinished=False):
    """Print paragraphs in a column, the last of them perhaps without its last line; return them and where they end."""
    lines = [found for paragraph in paragraphs for found in broken(paragraph, ROOM, 10.5)]
    content = ""
    for indent, text in lines[: len(lines) - unfinished]:
        y += 17
        content += words(x + indent, y, text, 10.5)
    return content, y


def test_a_table_in_a_column_belongs_to_it():
    first, y = column(LEFT, REPORT[:5])
    second, _ = column(SECOND, REPORT[5:])
    table = ruled([60, 180, 287.5], [y + 10, y + 30, y + 50, y + 70], ROWS)
    reading = read_pdf(drawn(second + first + table))
    assert bare(reading.text) == flat(REPORT[:5]) + "".join(map("".join, ROWS)) + flat(REPORT[5:])
    assert [[cell.text for cell in row] for row in reading.grids[0].rows] == ROWS


def test_a_table_goes_on_in_the_next_column_and_on_the_next_page():
    more = [["行政许可", "12"], ["行政处罚", "3"], ["行政强制", "1"]]
    first, y = column(LEFT, REPORT)
    upper = ruled([60, 180, 287.5], [y + 10, y + 30, y + 50, y + 70], ROWS)
    lower = ruled([307.5, 427.5, 535], [690, 710, 730], more[:2])
    second, _ = column(SECOND, REPORT[:3], 100)
    last = ruled([60, 180, 287.5], [90, 110], more[2:]) + words(60, 140, "表后的话。", 10.5)
    reading = read_pdf(drawn(first + upper + second + lower, last))
    assert [[[cell.text for cell in row] for row in grid.rows] for grid in reading.grids] == [ROWS, more]
    beside = ruled([307.5, 427.5, 535], [90, 110, 130, 150], more)
    second, _ = column(SECOND, REPORT[:3], 160)
    reading = read_pdf(drawn(first + upper + beside + second))
    assert [[[cell.text for cell in row] for row in grid.rows] for grid in reading.grids] == [ROWS + more]


def test_the_last_page_may_have_a_line_or_two_in_each_column():
    pages, _ = printed(REPORT * 3)
    last = words(60, 107, "最后一段话还没有说完，要到下一栏才会", 10.5) + words(
        307.5, 107, "说完的话，共收到来信12件。", 10.5
    )
    reading = read_pdf(drawn(*pages, last))
    assert bare(reading.text) == flat(REPORT * 3) + "最后一段话还没有说完，要到下一栏才会说完的话，共收到来信12件。"


def test_a_last_page_may_fill_one_column_only():
    pages, _ = printed(REPORT * 3)
    last = "".join(words(60, 107 + 17 * row, text, 10.5) for row, text in enumerate(["最后一段话。", "2024年1月5日"]))
    assert read_pdf(drawn(*pages, last)).text.endswith("最后一段话。\n2024年1月5日\n")


def test_where_columns_may_go_on_below_a_table_no_figure_is_taken(tmp_path):
    """Whether the text goes on beside the table or below it cannot be told."""
    above = column(LEFT, REPORT[:4])[0] + column(SECOND, REPORT[3:5], unfinished=True)[0]
    below = column(LEFT, REPORT[1:4], 350)[0] + column(SECOND, REPORT[4:], 350)[0]
    table = ruled([60, 300, 535], [290, 310, 330, 350], ROWS)
    content = drawn(words(120, 70, TITLE, 14) + above + table + below)
    reading = read_pdf(content)
    assert reading.metadata["unclear_columns"] == "1"
    outside = reading.text[: reading.grids[0].start] + reading.text[reading.grids[0].end :]
    assert not re.search(r"\d", outside.replace(TITLE, ""))
    assert [[cell.text for cell in row] for row in reading.grids[0].rows] == ROWS
    assert not any(value for _, value in facts(tmp_path, content))
    notes = {note.code for note in read_report(tmp_path / "a.pdf").notes}
    assert "unclear_columns" in notes <= set(codebook.notes)


def test_what_a_picture_tells_stands_in_its_column():
    left = [Line(60, 100, 280, 110, "左上"), Line(60, 300, 280, 310, "左下")]
    page = PageBlocks(842, [*left, Line(308, 100, 535, 110, "右上")], in_columns=True)
    page.add([Line(70, 200, 270, 210, "左中"), Line(310, 200, 530, 210, "右中"), Line(70, 50, 270, 60, "首")])
    assert [block.text for block in page.blocks] == ["首", "左上", "左中", "左下", "右上", "右中"]


LABELS = ["1.属于国家秘密的情形", "2.其他法律行政法规禁止公开", "3.危及三安全一稳定的信息", "4.保护第三方合法权益"]


@pytest.mark.parametrize(
    "content",
    [
        "".join(
            words(60, 100 + 20 * row, label) + "".join(words(260 + 40 * at, 100 + 20 * row, str(row + at)) for at in range(7))
            for row, label in enumerate(LABELS * 3)
        ),
        "".join(words(60, 100 + 20 * row, label) + words(320, 100 + 20 * row, LABELS[-1 - row % 4]) for row, label in enumerate(LABELS * 3)),
        "".join(
            words(80, 100 + 20 * row, f"{row + 1}.") + words(120, 100 + 20 * row, "公开的事项，按类列出。") + words(400, 100 + 20 * row, f"{row * 7}件")
            for row in range(12)
        ),
        "".join(words(60, 100 + 40 * row, "有的单位公开不及时，内容更新慢") + words(320, 100 + 40 * row, "已开展培训，督促其限期整改") for row in range(6)),
        "".join(words(60, 100 + 17 * row, "公开不及时，内容更新慢；") + words(320, 100 + 17 * row, "已开展培训，限期整改。") for row in range(6)),
        words(200, 60, "示例县  年度报告", 16) + "".join(words(60, 100 + 17 * row, "公开工作有序推进，群众满意度不断提高。" * 2) for row in range(12))
        + words(360, 330, "示例县人民政府办公室") + words(390, 350, "2024年1月5日"),
    ],
    ids=["figures", "labels", "list", "pairs", "close pairs", "signature"],
)  # fmt: skip
def test_a_page_of_one_column_is_read_row_by_row(content):
    reading = read_pdf(drawn(content))
    tops = sorted({float(found) for found in re.findall(r"Tf [\d.]+ ([\d.]+) Td", content)}, reverse=True)
    assert len(reading.text.splitlines()) == len(tops)
    assert "unclear_columns" not in reading.metadata
