"""Pages to text and grids."""

import pytest

from govreport_kit.documents.html import read_html


def test_blocks_stand_on_lines_of_their_own_and_spaces_are_folded():
    page = read_html("<html><body><h1>标题</h1><p>甲 \n 乙<br>丙</p><div>丁<span>戊</span></div></body></html>")
    assert page.text == "标题\n甲 乙\n丙\n丁戊\n"


def test_scripts_styles_and_comments_are_not_text():
    page = read_html("<body><script>var a=1</script><style>p{}</style><!-- no --><p>甲</p></body>")
    assert page.text == "甲\n"


@pytest.mark.parametrize("tag", ["del", "s", "strike", "S", 'del datetime="2024-01-05"', 's class="a"'])
def test_text_that_is_struck_out_is_not_read(tag):
    struck = f"<{tag}>99</{tag.split()[0]}>"
    assert (
        read_html(f"<p>共{struck}<ins>31</ins>件，<span>含{struck}4件</span><small>等</small></p>").text
        == "共31件，含4件等\n"
    )
    assert read_html(f"<p>甲<{tag}>乙</p><p>丙</p>").text == "甲乙\n丙\n"


def test_cells_point_into_the_text():
    page = read_html(
        "<p>前</p><table><tr><td>甲</td><td> 1 </td></tr><tr><td>乙</td><td>&nbsp;</td></tr></table><p>后</p>"
    )
    (grid,) = page.grids
    assert [[cell.text for cell in row] for row in grid.rows] == [["甲", "1"], ["乙", ""]]
    assert all(page.text[cell.start : cell.end] == cell.text for row in grid.rows for cell in row)
    assert page.text[grid.start : grid.end] == "甲\t1\t\n乙\t\t\n"
    assert page.text.endswith("\n后\n")


def test_runs_split_inside_a_word_are_joined():
    page = read_html(
        "<table><tr><td><p><span>20</span><span>23年</span></p></td><td><p>商业</p><p>企业</p></td></tr></table>"
    )
    assert [cell.text for cell in page.grids[0].rows[0]] == ["2023年", "商业\n企业"]


def test_a_table_that_holds_tables_is_layout():
    page = read_html("<table><tr><td><p>正文</p><table><tr><td>甲</td><td>1</td></tr></table></td></tr></table>")
    assert len(page.grids) == 1
    assert page.text.startswith("正文\n甲\t1\t\n")


@pytest.mark.parametrize("span", ["100%", "x", "", "-3"])
def test_a_span_that_is_no_number_counts_as_one(span):
    page = read_html(f'<table><tr><td colspan="{span}">甲</td><td>1</td></tr></table>')
    assert len(page.grids[0].rows[0]) == 2 or span == "100%"


def test_title_metadata_and_pictures_are_told():
    page = read_html(
        '<head><title> 题 </title><meta name="PubDate" content="2024-01-05"></head><body><img src="a.png"></body>'
    )
    assert (page.title, page.metadata["pubdate"], page.pictures) == ("题", "2024-01-05", 1)


def test_a_caption_is_not_lost():
    assert read_html("<table><caption>表一</caption><tr><td>1</td></tr></table>").text == "表一\n1\t\n"


def test_nesting_without_end_is_read_as_far_as_it_goes():
    page = read_html("<p>甲</p>" + "<div>" * 100_000 + "乙")
    assert page.text.startswith("甲\n")


def test_entities_are_not_expanded_from_outside(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密")
    page = read_html(f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]><p>&x;甲</p>')
    assert "秘密" not in page.text
    assert "甲" in page.text
