"""A document as the patterns read it: same length, other characters."""

from govreport_kit.codebook import traditional
from govreport_kit.documents import Document
from govreport_kit.documents.html import read_html
from govreport_kit.documents.text import read_text
from govreport_kit.parsing import parse
from govreport_kit.parsing.view import in_plain_characters, with_a_cell_a_line


def document(text):
    body, grids = read_text(text)
    return Document(body, grids, "x.txt", "0", "text/plain")


def test_traditional_characters_are_read_and_quoted_as_printed():
    text = (
        "示例縣人民政府2023年政府信息公開工作年度報告\n一、總體情況\n全年收到政府信息公開申請64件，辦結65件。\n"
        "二、主動公開政府信息情況\n無。"
    )
    report = parse(document(text))
    assert (report.agency, report.year) == ("示例县人民政府", 2023)
    assert [(fact.indicator, fact.value, fact.quote) for fact in report.facts] == [
        ("requests_received", 64, "全年收到政府信息公開申請64件"),
        ("requests_closed", 65, "辦結65件"),
    ]


def test_a_simplified_text_with_one_traditional_word_stays_as_it_is():
    original = document("政府信息公开\n書法展\n")
    assert in_plain_characters(original) is original


def test_labels_of_tables_are_simplified_too():
    page = read_html("<p>政府信息公開條例申請</p><table><tr><td>行政許可</td><td>本年處理決定數量</td></tr></table>")
    view = in_plain_characters(Document(page.text, page.grids, "x.html", "0", "text/html"))
    assert [cell.text for cell in view.grids[0].rows[0]] == ["行政许可", "本年处理决定数量"]


def test_a_merged_cell_stays_one_cell():
    page = read_html(
        "<p>政府信息公開條例申請</p><table><tr><td colspan=2>行政許可</td></tr><tr><td>1</td><td>2</td></tr></table>"
    )
    row = in_plain_characters(Document(page.text, page.grids, "x.html", "0", "text/html")).grids[0].rows[0]
    assert row[0] is row[1]


def test_a_text_on_one_line_is_broken_at_its_bars():
    text = "| ".join(["示例镇2023年政府信息公开工作年度报告 ", "一、总体情况 ", "收到申请7件。 "] + ["甲" * 30] * 25)
    view = with_a_cell_a_line(document(text))
    assert len(view.text) == len(text)
    assert view.text.split("\n")[1].strip() == "一、总体情况"


def test_the_running_text_of_a_page_on_one_line_is_read_and_its_plans_are_not():
    table = "|".join(["行政许可", "12", *[""] * 9, "行政处罚", "3", *[""] * 9])
    words = (
        "示例区人民政府办公室2023年政府信息公开工作年度报告　　一、总体情况　　（一）主动公开。全年主动公开政府信息1423条。"
        + "公开内容以教育、住房、交通为主，更新及时。" * 4
        + "　　（二）依申请公开。全年新收申请73件，办结72件。　　二、主动公开政府信息情况　　"
    )
    plans = (
        "　　五、存在的主要问题及改进情况　　解读形式不够多。举办培训5场，覆盖600人次。"
        + "　　六、其他需要报告的事项　　无。"
    )
    report = parse(document(f"{words}|第二十条第（五）项|信息内容|本年处理决定数量|{table}|{'甲' * 400}|{plans}\n"))
    assert {fact.indicator: fact.value for fact in report.facts} == {
        "proactive_items": 1423, "requests_received": 73, "requests_closed": 72,
    }  # fmt: skip
    assert [section.key for section in report.sections] == ["overview", "disclosure", "problems", "other"]
    assert {(cell.row, cell.value) for cell in report.cells if cell.table == "disclosure" and cell.source == "table"} == {
        ("licences", 12), ("penalties", 3),
    }  # fmt: skip


def test_every_pair_is_one_character_each():
    pairs = traditional()
    assert all(len(pair.traditional) == len(pair.simplified) == 1 for pair in pairs)
    assert len({pair.traditional for pair in pairs}) == len(pairs) == 2552
