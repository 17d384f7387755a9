"""Whatever a file holds, reading it ends in a document, a report or a refusal."""

import runpy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "data" / "examples"
TOOLS = runpy.run_path(str(HERE / "targets.py"))
TARGETS, packed, wrapped = TOOLS["TARGETS"], TOOLS["packed"], TOOLS["wrapped"]
CRASHES = sorted(path for path in (HERE / "crashes").iterdir() if not path.name.startswith("."))

NOTHING = st.just("")
words = st.sampled_from(
    "一、总体情况|（一）予以公开|三、本年度办理结果|总计|其他|自然人|商业企业|行政许可|规章|本年收费金额|结果维持|行政复议|12|1,234.5|-|/|"
    "示例县人民政府2023年政府信息公开工作年度报告|全年新收申请12件，答复10件。|不予公开3件、|同比增长5%| |\n|。|一、本年新收政府信息公开申请数量".split(
        "|"
    )
) | st.text(max_size=8)
spans = st.sampled_from(["", "0", "2", "3", "-1", "7", "99999999999", "x", "100%"])


def tagged(name, inside, attributes=NOTHING):
    return st.builds(lambda given, content: f"<{name}{given}>{content}</{name}>", attributes, inside)


def several(*kinds):
    return st.lists(st.one_of(*kinds), max_size=5).map("".join)


cell_spans = st.builds(lambda down, right: f' rowspan="{down}" colspan="{right}"', spans, spans)
pages = st.recursive(
    words | st.sampled_from(["<br>", "<img>", "<!-- x -->", "</td>", "<p>", "&nbsp;", "&#0;", "<![CDATA["]),
    lambda inner: st.one_of(
        tagged("p", inner),
        tagged("div", several(inner)),
        tagged("table", several(tagged("tr", several(tagged("td", inner, cell_spans), inner)), inner)),
    ),
    max_leaves=25,
)

values = st.sampled_from(["0", "1", "2", "restart", "continue", "-3", "999999", "x"])


def switched(name, value=values):
    return value.map(lambda given: f'<w:{name} w:val="{given}"/>')


runs = several(
    tagged("w:t", words.map(lambda text: "".join(c for c in text if c.isprintable() and c not in "<&"))),
    tagged("w:rPr", switched("vanish")),
    st.sampled_from(["<w:tab/>", "<w:br/>", "<w:drawing/>", "<w:ruby/>"]),
)
numbers = tagged("w:numPr", several(switched("ilvl"), switched("numId")))
paragraphs = tagged("w:p", several(tagged("w:pPr", numbers | switched("pStyle")), tagged("w:r", runs),
                                   tagged("w:del", tagged("w:r", runs)), tagged("w:ins", tagged("w:r", runs))))  # fmt: skip
properties = tagged("w:tcPr", several(switched("gridSpan"), switched("vMerge")))
bodies = st.recursive(
    paragraphs,
    lambda inner: st.one_of(
        tagged("w:tbl", several(tagged("w:tr", several(
            tagged("w:trPr", several(switched("gridBefore"), st.just("<w:del/>"))),
            tagged("w:tc", st.builds(str.__add__, properties, inner)))))),
        tagged("w:sdt", tagged("w:sdtContent", inner)),
        tagged("w:p", tagged("w:r", tagged("w:pict", tagged("w:txbxContent", inner)))),
        several(inner),
    ),
    max_leaves=12,
)  # fmt: skip
formats = st.sampled_from(["decimal", "chineseCounting", "ideographTraditional", "bullet", "none", "upperLetter"])
levels = st.builds(
    lambda level, start, kind, text: f'<w:lvl w:ilvl="{level}">{start}{kind}<w:lvlText w:val="{text}"/></w:lvl>',
    values, switched("start"), switched("numFmt", formats), st.sampled_from(["%1、", "（%2）", "%1.%2", "%9", ""]),
)  # fmt: skip
schemes = st.lists(levels, max_size=4).map(
    lambda all_levels: (
        f'<w:abstractNum w:abstractNumId="0">{"".join(all_levels)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num>'
    )
)
rows = st.lists(st.lists(words, max_size=6).map("|".join), max_size=8).map("\n".join)
encodings = st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
heads = st.sampled_from(
    [b"", b"PK\x03\x04", b"%PDF-1.7\n", b"\xff\xfe", b"\xef\xbb\xbf", b"<html>", b"MIME-Version: 1.0\n", b"{\\rtf"]
)
files = st.one_of(
    st.builds(lambda text, encoding: text.encode(encoding, "ignore"), several(pages, rows, words), encodings),
    st.builds(bytes.__add__, heads, st.binary(max_size=400)),
)


@st.composite
def damaged(draw, content):
    """A file of which some bytes were changed, and perhaps the end was lost."""
    changed = bytearray(draw(content))
    for _ in range(draw(st.integers(0, 6))):
        changed[draw(st.integers(0, len(changed) - 1))] = draw(st.integers(0, 255))
    return bytes(changed[: draw(st.integers(1, len(changed)))]) if draw(st.booleans()) else bytes(changed)


@st.composite
def word_files(draw):
    return packed({
        "word/document.xml": wrapped(draw(bodies).encode(), b"document"),
        "word/numbering.xml": wrapped(draw(schemes).encode(), b"numbering"),
    })  # fmt: skip


@pytest.mark.parametrize("crash", CRASHES, ids=lambda path: path.name)
def test_what_once_crashed_is_read_or_refused(crash):
    TARGETS[crash.name.partition("-")[0]](crash.read_bytes())


@given(st.binary(max_size=300) | files)
@settings(max_examples=100)
def test_decoding(content):
    TARGETS["decode"](content)


@given(pages)
@settings(max_examples=100, deadline=None)
def test_pages(page):
    TARGETS["html"](page.encode("utf-8", "replace"))


@given(rows)
@settings(max_examples=100, deadline=None)
def test_texts(text):
    TARGETS["text"](text.encode("utf-8", "replace"))


@given(word_files() | damaged(word_files()))
@settings(max_examples=100, deadline=None)
def test_word_files(content):
    TARGETS["docx"](content)


@given(damaged(st.just((EXAMPLES / "shili-xian-2023.html").read_bytes())) | files | word_files())
@settings(max_examples=60, deadline=None)
def test_whole_files_to_reports(content):
    TARGETS["document"](content)
