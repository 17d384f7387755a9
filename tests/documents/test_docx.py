"""Word files to text and grids."""

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from lxml import html as lxml_html

from govreport_kit.documents.docx import read_docx
from govreport_kit.documents.grid import LARGEST_SPAN
from govreport_kit.documents.html import read_html
from govreport_kit.documents.limits import Unreadable
from govreport_kit.parsing import read_report

EXAMPLE = Path(__file__).parents[2] / "data" / "examples" / "shili-xian-2023.html"
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def word(body, numbering="", styles="", parts=None):
    """A Word file with the parts given as markup."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/numbering.xml", f"<w:numbering {SPACES}>{numbering}</w:numbering>")
        archive.writestr("word/styles.xml", f"<w:styles {SPACES}>{styles}</w:styles>")
        for name, part in (parts or {}).items():
            archive.writestr(name, part)
    return stream.getvalue()


def read(body, numbering="", styles=""):
    return read_docx(word(body, numbering, styles))


def run(words, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(*runs, properties=""):
    inside = "".join(piece if piece.startswith("<") else run(piece) for piece in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def cell(*blocks, properties=""):
    inside = "".join(block if block.startswith("<") else paragraph(block) for block in blocks)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def row(*cells, properties=""):
    inside = "".join(words if words.startswith("<") else cell(words) for words in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def table(*rows):
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def texts(grid):
    return [[slot.text if slot else None for slot in line] for line in grid.rows]


def assert_cells_stand_in_the_text(reading):
    for grid in reading.grids:
        for slot in {slot for line in grid.rows for slot in line if slot}:
            assert reading.text[slot.start : slot.end] == slot.text


SPAN = '<w:gridSpan w:val="2"/>'
TOP, BELOW = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_paragraphs_runs_tabs_and_breaks():
    reading = read(
        paragraph("20", "23年")
        + paragraph(run("甲"), "<w:r><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/></w:r>")
        + paragraph()
        + paragraph("  丁 \n 戊")
    )
    assert reading.text == "2023年\n甲 乙\n丙-\n丁 戊\n"


def test_links_fields_controls_and_formulas_hold_text():
    reading = read(
        paragraph(f"<w:hyperlink>{run('链接')}</w:hyperlink>", f'<w:fldSimple w:instr="PAGE">{run("7")}</w:fldSimple>')
        + f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('控件')}</w:sdtContent></w:sdt>"
        + paragraph("<w:r><w:instrText>TOC</w:instrText></w:r>", "<m:oMath><m:r><m:t>30%</m:t></m:r></m:oMath>")
        + paragraph(f"<w:r><w:ruby><w:rt>{run('pin')}</w:rt><w:rubyBase>{run('拼')}</w:rubyBase></w:ruby></w:r>")
    )
    assert reading.text == "链接7\n控件\n30%\n拼\n"


def test_deleted_moved_and_hidden_text_is_out_and_inserted_text_in():
    reading = read(
        paragraph(
            "收到",
            "<w:del><w:r><w:delText>9</w:delText><w:t>8</w:t></w:r></w:del>",
            f"<w:ins>{run('12')}</w:ins>",
            f"<w:moveFrom>{run('旧')}</w:moveFrom>",
            f"<w:moveTo>{run('件')}</w:moveTo>",
            run("隐", "<w:vanish/>"),
            run("显", '<w:vanish w:val="0"/>'),
        )
        + paragraph("合", properties="<w:rPr><w:del/></w:rPr>")
        + paragraph("并")
        + table(row("甲", "1"), row("乙", "2", properties="<w:del/>"))
    )
    assert reading.text == "收到12件显\n合并\n甲\t1\t\n"


@pytest.mark.parametrize("mark", ["strike", "dstrike"])
def test_text_that_is_struck_out_is_out(mark):
    struck, unstruck = run("99", f"<w:{mark}/>"), run("3", f'<w:{mark} w:val="false"/>')
    assert read(paragraph("共", struck, unstruck, "1件")).text == "共31件\n"


def test_merged_cells_stand_in_every_slot_they_cover():
    reading = read(
        paragraph("前面")
        + table(
            row(cell("甲", properties=SPAN + TOP), "一", cell("高", properties=TOP)),
            row(cell("", properties=SPAN + BELOW), "二", cell("", properties='<w:vMerge w:val="continue"/>')),
            row("丙", "丁", "三", cell("", properties=BELOW)),
        )
        + paragraph("后面")
    )
    (grid,) = reading.grids
    assert texts(grid) == [["甲", "甲", "一", "高"], ["甲", "甲", "二", "高"], ["丙", "丁", "三", "高"]]
    assert reading.text == "前面\n甲\t一\t高\t\n二\t\n丙\t丁\t三\t\n后面\n"
    assert_cells_stand_in_the_text(reading)


def test_a_merge_that_nothing_begins_or_that_changes_its_width_is_a_cell_of_its_own():
    reading = read(
        table(
            row(cell("甲", properties=BELOW), "1", "2"),
            row(cell("乙", properties=SPAN + BELOW), "3"),
        )
    )
    assert texts(reading.grids[0]) == [["甲", "1", "2"], ["乙", "乙", "3"]]


def test_cells_merged_across_in_the_old_way_are_one():
    goes_on = cell("", properties="<w:hMerge/>")
    grid = read(
        table(row(cell("头", properties='<w:hMerge w:val="restart"/>'), goes_on, "丙"), row("1", "2", "3"))
    ).grids[0]
    assert texts(grid) == [["头", "头", "丙"], ["1", "2", "3"]]
    assert grid.rows[0][0].colspan == 2


def test_a_deleted_cell_takes_no_column():
    deleted = cell("9", properties='<w:cellDel w:id="1"/>')
    inserted = cell("1", properties='<w:cellIns w:id="2"/>')
    assert texts(read(table(row("甲", deleted, inserted), row("乙", "2"))).grids[0]) == [["甲", "1"], ["乙", "2"]]


def test_words_that_a_run_gives_a_choice_of_are_read_once():
    choice = "<mc:Choice><w:t>①</w:t></mc:Choice><mc:Fallback><w:t>1</w:t></mc:Fallback>"
    assert (
        read(paragraph("第", f"<w:r><mc:AlternateContent>{choice}</mc:AlternateContent></w:r>", "项")).text == "第①项\n"
    )


@pytest.mark.parametrize(
    "body",
    [
        '<w:altChunk r:id="rId1"/>' + paragraph("六、其他"),
        table(row(cell('<w:altChunk r:id="rId1"/>'))),
        paragraph('<w:subDoc r:id="rId1"/>'),
    ],
)
def test_text_in_another_file_is_told(body):
    with pytest.raises(Unreadable, match="another file") as caught:
        read(body)
    assert caught.value.kind == "unsupported"


def test_slots_left_out_before_a_row_are_blank():
    reading = read(table(row("甲", "乙", "丙"), row("1", properties='<w:gridBefore w:val="2"/>')))
    assert texts(reading.grids[0]) == [["甲", "乙", "丙"], ["", "", "1"]]
    assert_cells_stand_in_the_text(reading)


def test_rows_and_cells_inside_controls_are_read():
    inside = f"<w:sdt><w:sdtContent>{cell('1')}</w:sdtContent></w:sdt>"
    reading = read(table(f"<w:sdt><w:sdtPr/><w:sdtContent>{row('甲', inside)}</w:sdtContent></w:sdt>"))
    assert texts(reading.grids[0]) == [["甲", "1"]]


def test_a_table_that_holds_tables_is_layout():
    reading = read(table(row(cell("正文", table(row("甲", "1")), "<w:p/>"), "旁")))
    assert [texts(grid) for grid in reading.grids] == [[["甲", "1"]]]
    assert reading.text == "正文\n甲\t1\t\n旁\n"


def test_a_text_box_is_read_once_behind_its_paragraph():
    box = f"<w:txbxContent>{paragraph('框内')}{table(row('甲', '1'))}</w:txbxContent>"
    drawing = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    reading = read(paragraph("前", drawing, "后"))
    assert reading.text == "前后\n框内\n甲\t1\t\n"
    assert len(reading.grids) == 1
    assert read(paragraph("前", f"<w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r>")).text.startswith(
        "前\n框内"
    )


def test_pictures_are_counted_once():
    picture = "<w:drawing><a:graphic><a:blip/></a:graphic></w:drawing>"
    both = (
        f"<mc:AlternateContent><mc:Choice>{picture}</mc:Choice>"
        "<mc:Fallback><w:pict><v:imagedata/></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    reading = read(
        paragraph(f"<w:r>{picture}</w:r>", f"<w:r>{both}</w:r>", "<w:r><w:pict><v:imagedata/></w:pict></w:r>")
    )
    assert reading.pictures == 3


def level(number, kind, text, extra=""):
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{extra}<w:lvlText w:val="{text}"/></w:lvl>'


GLUED = '<w:suff w:val="nothing"/>'
NUMBERING = (
    '<w:abstractNum w:abstractNumId="5">'
    + level(0, "chineseCounting", "%1、", GLUED)
    + level(1, "chineseCountingThousand", "（%2）", GLUED)
    + level(2, "decimal", "%3.", GLUED)
    + level(3, "decimal", "%1.%4", "<w:isLgl/>")
    + level(4, "bullet", "·")
    + level(5, "decimalEnclosedCircle", "%6")
    + level(6, "somethingNew", "%7")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="5"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/>'
    "</w:lvlOverride></w:num>"
)
STYLES = (
    '<w:style w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="H2"><w:basedOn w:val="H1"/></w:style>'
    '<w:style w:styleId="X"><w:basedOn w:val="Y"/></w:style><w:style w:styleId="Y"><w:basedOn w:val="X"/></w:style>'
)


def numbered(words, level, number=1):
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(words, properties=properties)


def lines(body):
    return read(body, NUMBERING, STYLES).text.splitlines()


def test_numbers_that_word_writes_are_read():
    body = "".join(numbered("题", depth) for depth in (0, 1, 1, 2, 0, 1, 2, 2, 3, 4, 5, 6))
    assert lines(body) == [
        "一、题", "（一）题", "（二）题", "1. 题", "二、题", "（一）题", "1. 题", "2. 题", "2.1 题", "题", "① 题", "题",
    ]  # fmt: skip


def test_numbers_go_on_beyond_ten_and_stand_before_figures_apart():
    assert lines(numbered("题", 0) * 21)[9:] == [
        f"{n}、题" for n in "十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十 二十一".split()
    ]
    assert lines(numbered("2023年", 2)) == ["1. 2023年"]


def test_a_list_may_start_anew_and_unnumbered_paragraphs_do_not_count():
    body = numbered("甲", 0) + numbered("乙", 0, 0) + paragraph("丙") + numbered("丁", 0, 2) + numbered("戊", 0)
    assert lines(body) == ["一、甲", "乙", "丙", "九、丁", "十、戊"]


def test_numbers_come_from_styles_too():
    styled = [paragraph("题", properties=f'<w:pStyle w:val="{style}"/>') for style in ("H1", "H2", "X", "没有")]
    off = paragraph("题", properties='<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert lines("".join([*styled, off])) == ["一、题", "二、题", "题", "题", "题"]


def test_a_main_part_of_another_name_is_found():
    relations = '<Relationships><Relationship Type="x/officeDocument" Target="/word/main.xml"/></Relationships>'
    main = f"<w:document {SPACES}><w:body>{paragraph('正')}</w:body></w:document>"
    parts = {"_rels/.rels": relations, "word/main.xml": main}
    assert read_docx(word(paragraph("副"), parts=parts)).text == "正\n"


def test_the_title_of_the_properties_is_told():
    core = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title> 题 </dc:title></c>'
    assert read_docx(word(paragraph("甲"), parts={"docProps/core.xml": core})).title == "题"
    assert read(paragraph("甲")).title is None


def test_the_strict_form_is_the_same():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        space = (
            'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
            ' xmlns:m="http://purl.oclc.org/ooxml/officeDocument/math"'
        )
        words = paragraph("甲", "<m:oMath><m:r><m:t>30%</m:t></m:r></m:oMath>")
        archive.writestr("word/document.xml", f"<w:document {space}>{words}</w:document>")
    assert read_docx(content.getvalue()).text == "甲30%\n"


def test_a_file_without_its_text_is_damaged():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/styles.xml", "<a/>")
    with pytest.raises(Unreadable, match=r"word/document\.xml"):
        read_docx(content.getvalue())


def test_spans_that_lie_are_cut():
    reading = read(table(row(cell("甲", properties='<w:gridSpan w:val="9999"/>'), "1")))
    assert len(reading.grids[0].rows[0]) == LARGEST_SPAN + 1
    assert texts(read(table(row(cell("甲", properties='<w:gridSpan w:val="-7"/>'), "1"))).grids[0]) == [["甲", "1"]]


def test_nesting_beyond_the_limit_ends_in_order():
    deep = "<w:sdt><w:sdtContent>" * 110 + paragraph("甲") + "</w:sdtContent></w:sdt>" * 110
    assert read(deep).text == "甲\n"
    with pytest.raises(Unreadable):
        read("<w:sdt>" * 5000 + "</w:sdt>" * 5000)


def as_word_file(page):
    """The example page, written by python-docx: paragraphs, and tables with merged cells."""
    document = docx.Document()
    for element in lxml_html.fromstring(page).find("body"):
        if element.tag != "table":
            document.add_paragraph(element.text_content())
            continue
        (grid,) = read_html(lxml_html.tostring(element, encoding="unicode")).grids
        written = document.add_table(len(grid.rows), len(grid.rows[0]))
        for slot in sorted({slot for line in grid.rows for slot in line if slot}, key=lambda slot: slot.start):
            first = written.cell(slot.row, slot.column)
            last = written.cell(slot.row + slot.rowspan - 1, slot.column + slot.colspan - 1)
            (first.merge(last) if first is not last else first).text = slot.text
    return document


@pytest.fixture(scope="module")
def example_file(tmp_path_factory):
    file = tmp_path_factory.mktemp("word") / "shili-xian-2023.docx"
    as_word_file(EXAMPLE.read_text("utf-8")).save(file)
    return file


def test_the_example_as_a_word_file_gives_what_the_page_gives(example_file):
    page, report = read_report(EXAMPLE), read_report(example_file)
    assert report.source.media_type.endswith("wordprocessingml.document")

    def cells(of):
        return [(cell.table, cell.row, cell.column, cell.value, cell.state, cell.source) for cell in of.cells]

    assert len([cell for cell in report.cells if cell.source == "table"]) == 200
    assert cells(report) == cells(page)
    assert [(fact.indicator, fact.value, fact.unit, fact.section) for fact in report.facts] == [
        (fact.indicator, fact.value, fact.unit, fact.section) for fact in page.facts
    ]
    assert (report.agency, report.year, report.form, report.published) == (
        page.agency,
        page.year,
        page.form,
        page.published,
    )


def test_headings_numbered_by_word_are_sections(tmp_path):
    document = as_word_file(EXAMPLE.read_text("utf-8"))
    numbering = document.part.numbering_part.element
    scheme = level(0, "chineseCounting", "%1、", GLUED)
    numbering.insert(0, parse_xml(f'<w:abstractNum {SPACES} w:abstractNumId="905">{scheme}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {SPACES} w:numId="91"><w:abstractNumId w:val="905"/></w:num>'))
    headings = 0
    for block in document.paragraphs:
        heading = re.match("[一二三四五六]、", block.text)
        if heading:
            headings += 1
            block.text = block.text[heading.end() :]
            properties = block._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = 0, 91
    assert headings == 6
    file = tmp_path / "report.docx"
    document.save(file)
    report, page = read_report(file), read_report(EXAMPLE)
    assert [(section.number, section.key) for section in report.sections] == [
        (section.number, section.key) for section in page.sections
    ]
