"""A folded text: what is cut out, what is masked, and where every character stood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_kit import simulate
from govreport_kit.auditing.reuse.folding import GAP, NAME, fold
from govreport_kit.auditing.reuse.names import own_names
from govreport_kit.auditing.reuse.passages import jaccard
from govreport_kit.auditing.reuse.shingles import distinct, shingled
from govreport_kit.documents import read_document

OWN = "样例县人民政府"


def words(text, agency=None):
    """Return what is left of a text, gaps as bars and names as #."""
    return fold(text, agency).compared.text.replace(GAP, "|").replace(NAME, "#")


def test_characters_are_half_width_simplified_and_without_spaces():
    assert words("我們 受理 Ａ１２　件，\n辦理完畢。") == "我们受理A0件,办理完毕。"


def test_numbers_are_masked_whole():
    assert words("共受理1,234件,占45.5%,比上年增12件") == "共受理0件,占0%,比上年增0件"


def test_a_line_break_within_a_sentence_is_no_gap():
    assert words("窗口服务逐步改\n善,群众满意。") == "窗口服务逐步改善,群众满意。"


@pytest.mark.parametrize(
    "template",
    [
        "二、主动公开政府信息情况\n",
        "2023年政府信息公开工作年度报告\n",
        "发布日期：2024-01-20\n",
        "行政规范性文件\t1\t0\t5\t\n",
        "| 行政规范性文件 | 1 | 0 | 5 |\n|---|---|---|---|\n",
        "行政许可\n",
        "本报告根据《示例条例》的要求编制。",
        "所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
        "如有疑问，请与本办公室联系，电话：0000-0000000。",
        "（一）主动公开情况。",
        "《示例办法》第十条第（二）项",
    ],
)
def test_what_every_report_has_is_cut_out(template):
    assert words(template + "窗口逐日登记来件。").replace("|", "") == "窗口逐日登记来件。"


@pytest.mark.parametrize(
    ("format", "layout"),
    [("docx", "merged"), ("pdf", "ruled"), ("html", "word_made"), ("text", "tabs"), ("text", "markdown")],
)
def test_the_format_of_a_report_makes_no_difference(format, layout, tmp_path):
    report = simulate.synthetic_report(seed=3)

    def shingles(format, layout):
        path = tmp_path / f"{format}_{layout}"
        path.write_bytes(simulate.write_document(report, format, layout))
        return distinct(shingled(fold(read_document(path).text, report.agency)).hashes)

    assert jaccard(shingles(format, layout), shingles("html", "spans")) > 0.97


def test_a_long_cell_of_a_layout_table_is_kept():
    sentence = "窗口逐日登记来件，专人核对往来文书，" * 4
    assert words(sentence + "\t\n") == sentence.replace("，", ",")


def test_a_heading_that_is_not_statutory_is_kept():
    assert words("二、数字乡村建设的经验\n窗口登记。") == "二、数字乡村建设的经验窗口登记。"


def test_own_names_are_masked_and_those_of_others_are_not():
    text = "样例县登记来件，样例县人民政府派人核对，邻县某镇除外，全县推广。"
    assert words(text, OWN) == "#登记来件,#派人核对,邻县某镇除外,#推广。"


def test_names_reach_from_the_whole_to_the_short_one():
    assert own_names(OWN) == ("样例县人民政府", "样例县", "样例")
    assert own_names(None) == ()


def test_the_code_tells_the_larger_divisions():
    names = own_names("样例镇人民政府", "130102")
    assert {"河北省", "河北", "石家庄市", "石家庄", "长安区", "长安", "样例镇", "样例"} <= set(names)


def test_words_that_any_body_bears_are_no_names():
    assert "人民政府" not in own_names("河北省人民政府")
    assert "河北" in own_names("河北省人民政府")


def test_places_lead_back_to_the_text_as_given():
    text = "　样例县　共受理１２３件\n，窗口\n登记。"
    folded = fold(text, OWN)
    assert folded.compared.text == f"{NAME}共受理0件,窗口登记。"
    assert text[slice(*folded.span(0, 1))] == "样例县"
    assert text[slice(*folded.span(4, 5))] == "１２３"
    assert text[slice(*folded.span(7, 11))] == "窗口\n登记"


@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=200)
    | st.text("样例县一、公开情况12３,。\t\n 《》", max_size=80)
)
def test_every_character_has_a_place_in_the_text(text):
    folded = fold(text, OWN)
    printed, compared = folded.printed, folded.compared
    assert len(printed.at) == len(printed.text) + 1
    assert len(compared.at) == len(compared.text) + 1
    assert all(0 <= place <= len(text) for place in printed.at)
    assert list(printed.at) == sorted(printed.at)
    assert all(0 <= place <= len(printed.text) for place in compared.at)
    assert list(compared.at) == sorted(compared.at)
    for place, character in enumerate(compared.text):
        if character not in (GAP, NAME, "0"):
            assert printed.text[compared.at[place]] == character
