"""Where tags and words begin and end, checked against the trees that lxml builds of the same pages."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from govreport_kit.documents import markup
from govreport_kit.documents.html import read_html
from govreport_kit.documents.markup import attributes, plain, split_at_tags, tags

WORDS = st.sampled_from(["甲", "乙 丙", "12", " ", "\n", "a < 5", "&nbsp;", "&lt;td&gt;", "&#65;", "3 > 2", ""])
INLINE = st.sampled_from(
    ["span", "a href=\"x?y=1&z='2'\"", "B", "font color=red", 'span title="a>b"', "i title='<td>\"'", "u a = '>'"]
)
BLOCK = st.sampled_from(["div", "P", "li", 'div class="a" ID=b', "section"])
ALONE = st.sampled_from(
    [
        "<br>", "<br/>", '<img src="a>b">', "<!-- <td> -->", "<!---->", "<![if x]>", "<script>if (a<b) '</p>'</script>",
        '<STYLE type="a">p>a{}</style >', "<input value='<script>'>", "<select><option>x<option>y</select>", "<hr />",
        "<o:p></o:p>", "<noscript><p>n</p></noscript>", "<textarea><td></textarea>", "<script src=a />",
    ]
)  # fmt: skip
HIDDEN = {"script", "style", "select", "noscript", "textarea"}


def wrapped(tags_of, content):
    return st.builds(lambda tag, inside: f"<{tag}>{inside}</{tag.split()[0]}>", tags_of, content)


def several(pieces):
    return st.lists(pieces, max_size=4).map("".join)


PHRASE = st.recursive(WORDS | ALONE, lambda inner: wrapped(INLINE, several(inner)), max_leaves=6)
CELL = st.builds(
    lambda name, inside: f"<{name}>{inside}</{name.split()[0]}>",
    st.sampled_from(["td", "th", "TD width=5%", "td rowspan='1' colspan=1"]),
    several(PHRASE),
)
ROW = st.lists(CELL, min_size=1, max_size=3).map(lambda cells: f"<tr>{''.join(cells)}</tr>")
TABLE = st.lists(ROW, min_size=1, max_size=3).map(lambda rows: f'<table border="1">{"".join(rows)}</table>')
PAGE = several(st.recursive(PHRASE | TABLE, lambda inner: wrapped(BLOCK, several(inner)), max_leaves=8))


def shown(element):
    """The words of an element without white space and what is hidden, as lxml's tree has them."""
    if element.tag in HIDDEN or not isinstance(element.tag, str):
        return ""
    words = element.text or ""
    for child in element:
        words += shown(child) + (child.tail or "")
    return re.sub(r"[\s\u200b\ufeff]", "", words)


@given(PAGE)
def test_words_and_cells_are_those_of_the_tree(page):
    source = f"<html><body><div>{page}</div></body></html>"
    tree = html.document_fromstring(source)
    reading = read_html(source)
    assert "".join(reading.text.split()) == shown(tree)
    assert [[["".join(slot.text.split()) for slot in row if slot] for row in grid.rows] for grid in reading.grids] == [
        [[shown(cell) for cell in row.iter("td", "th")] for row in table.iter("tr")] for table in tree.iter("table")
    ]
    assert reading.pictures == sum(1 for _ in tree.iter("img"))


PIECES = st.sampled_from(
    [
        "<table>", "</table>", "<tr>", "</tr>", "<td>", "<td colspan=2>", "</td>", "<TH ROWSPAN='2'>", "甲", " ", "1", "<p",
        ">", "</p>", '"', "'", "=", "<script>", "</script>", "<!--", "-->", "<title>", "</title>", "<caption>", "<button>",
        "</button>", "<rt>", "&", "&#10;", "\x00", "<", "</", "<tbody>", "<img>", "<meta name='a' content='b'>",
    ]
)  # fmt: skip


@given(st.lists(PIECES, min_size=1, max_size=30).map("".join))
def test_of_any_markup_every_cell_stands_in_the_text_where_it_says(soup):
    page = read_html(f"<body>{soup}")
    for grid in page.grids:
        assert len({len(row) for row in grid.rows}) == 1
        for cell in (cell for row in grid.rows for cell in row if cell):
            assert page.text[cell.start : cell.end] == cell.text
    assert "\x00" not in page.text


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ('<p title="a>b">甲</p>', "甲\n"),
        ("<p>甲<5 乙</p>", "甲<5 乙\n"),
        ("<a onclick=\"w('<script>x')\">甲</a>", "甲\n"),
        ('<td width=5" colspan=2>甲</td>', "甲\n"),
        ("<p>甲<!-- <p> -->乙<!-->丙", "甲乙丙\n"),
        ("<p>甲<script>'<p>乙'</script>丙<script>丁", "甲丙\n"),
        ('<script src="a.js"/><p>甲</p>', "甲\n"),
        ("<button>甲<p>乙", "甲\n乙\n"),
        ("<ruby>甲<rt>jiǎ</rt></ruby><ruby>乙<rt>yǐ<rp>)</ruby>", "甲乙\n"),
        ("<span>甲 </span> <span> 乙</span>", "甲 乙\n"),
        ("<p>甲&#10;乙&ZeroWidthSpace;丙&amp;lt;", "甲 乙 丙&lt;\n"),
        ("<P>甲<BR>乙</P >丙", "甲\n乙\n丙\n"),
        ("<p>甲<p", "甲\n"),
        ("甲<svg><title>乙</title></svg><object><embed>丙</object>", "甲\n"),
    ],
)
def test_the_words_of_a_page(page, text):
    assert read_html(page).text == text


@pytest.mark.parametrize(
    ("page", "text", "grids"),
    [
        ("<table><td>甲<td>1<tr><td>乙<td>2</table>", "甲\t1\t\n乙\t2\t\n", [[["甲", "1"], ["乙", "2"]]]),
        ("<table>前<tr><td>甲</td>中<td>1</td></tr></table>后", "前\n中\n甲\t1\t\n后\n", [[["甲", "1"]]]),
        ("<table><tr><td>甲</td></tr><table><tr><td>乙</td></tr></table>", "甲\t\n乙\t\n", [[["甲"]], [["乙"]]]),
        ("<table><tr><td>甲<table><tr><td>乙</table>丙<td>丁</table>", "甲\n乙\t\n丙\n丁\n", [[["乙"]]]),
        ("<table><tr><td meta=a colspan=2>甲</td></tr></table>", "甲\t\n", [[["甲", "甲"]]]),
        ("<table><tr><td/colspan=2>甲</table>", "甲\t\n", [[["甲", "甲"]]]),
        ("<table>甲</table>", "甲\n", []),
    ],
)
def test_the_tables_of_a_page(page, text, grids):
    reading = read_html(page)
    assert reading.text == text
    assert [[[slot.text for slot in row] for row in grid.rows] for grid in reading.grids] == grids


def test_tags_are_named_with_the_attributes_of_cells():
    before, run, after = split_at_tags("前</p><TD colspan='2'><a href=\"x>y\"><!-- <tr> -->后")
    assert (before, after) == ("前", "后")
    assert tags(run) == ["/p", "TD colspan='2'", "a", ""]


def test_the_first_attribute_of_a_name_counts():
    told = attributes("td ROWSPAN = \"3\" rowspan=4 nowrap title='&lt;a'")
    assert told == {"td": "", "rowspan": "3", "nowrap": "", "title": "<a"}


def test_references_to_white_space_become_spaces():
    assert plain("甲&#10;乙&#x9;丙&Tab;丁&#8203;戊&nbsp;") == "甲 乙 丙 丁 戊\xa0"
    assert plain("&#100;&#x9a;") == "dš"


# The matchers of Python's releases differ: that of 3.11.2, which Debian 12 has, takes what a look ahead matched.
OTHERS = {str(Path(found).resolve()) for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14")
          for folder in (None, "/usr/bin", "/usr/local/bin") if (found := shutil.which(name, path=folder))}  # fmt: skip
SOUP = """<p>共<del>99</del>31件<!-- <p>7 -- -> - --!>甲<style>p>a{}</p</style>乙<script>if (a</b) '<p>'</script ><s>4</s>
<ruby>丙<rt>bǐng</rt></ruby><svg><title>丁</title></svg><select><option>戊</select><td rowspan="2" title='>'>己</td>
<noscript><p>庚</noscript><textarea></p></textarea><!-->辛<!---->壬<script>癸"""
ELSEWHERE = """
import importlib.util, json, sys
spec = importlib.util.spec_from_file_location("markup", sys.argv[1])
markup = importlib.util.module_from_spec(spec)
spec.loader.exec_module(markup)
parts = markup.split_at_tags(sys.argv[2])
print(json.dumps([list(sys.version_info[:2]), parts, list(map(markup.tags, parts[1::2]))]))
"""


def test_what_is_hidden_is_no_words():
    words = "".join(split_at_tags(SOUP)[::2])
    assert "".join(words.split()) == "共31件甲乙丙己辛壬"


@pytest.mark.parametrize("python", sorted(OTHERS))
def test_every_python_at_hand_splits_a_page_alike(python):
    ran = subprocess.run(
        [python, "-c", ELSEWHERE, markup.__file__, SOUP], capture_output=True, text=True, encoding="utf-8", check=False
    )
    if ran.returncode or json.loads(ran.stdout)[0] < [3, 11]:
        pytest.skip(f"{python} is too old for the kit, or does not run")
    parts = split_at_tags(SOUP)
    assert json.loads(ran.stdout)[1:] == [parts, list(map(tags, parts[1::2]))]
