"""A county's report without tables, with what was left in while drafting: a real one, and an invented twin."""

import pytest

from govreport_kit import audit, read_report
from govreport_kit.corpus import Corpus

TWIN = """示例县人民政府2024年政府信息公开工作年度报告
本文件为虚构的示例，机关和数字均为编造。
一、总体情况
（一）主动公开
1.文件公开。全年公开政策文件207件。在“具体文件名称”印发后，配发了图解。
2.决策公开。就交通规划草案向公众征集意见建议40条，逐条研究后回复。其中，在[填写决策事项]一事上召开了座谈会。
（二）依申请公开
全年共收到政府信息公开申请38件，予以公开12件，部分公开5件，不予公开19件，结转下年度继续办理2件。
（三）监督
1.评议。
（1）听取意见。由问卷等渠道共收集到意见建议40条，采纳18条。
二、主动公开政府信息情况
这一项主要报告依法应当主动公开的内容。
三、收到和处理政府信息公开申请情况
四、政府信息公开行政复议、行政诉讼情况
该表格需要注意的是案件的口径。
五、存在的主要问题及改进情况
个别栏目更新不够及时，今后将安排专人逐月检查，并向各单位通报检查的结果。
六、其他需要报告的事项
没有其他需要报告的事项。
示例县人民政府
2025年1月20日
"""


@pytest.fixture(params=["twin", "real"])
def findings(request, tmp_path):
    if request.param == "real":
        path = request.getfixturevalue("shared") / "seeds" / "zijin-2024.txt"
    else:
        path = tmp_path / "twin.txt"
        path.write_text(TWIN, "utf-8")
    report = read_report(path)
    frame = audit(Corpus.from_reports([report]))
    return frame.assign(words=[_words(report.text, where) for where in frame["where"]]), frame.attrs["judged"]


def _words(text, where):
    part, _, span = where.partition("/")
    return text[slice(*map(int, span.split("-")))] if part == "text" else ""


def test_what_is_wrong_is_found_and_nothing_else(findings):
    frame, _ = findings
    assert frame["rule"].value_counts().loc[lambda count: count > 0].to_dict() == {"E2": 3, "F1": 2, "F3": 2, "F7": 1}
    assert set(frame["severity"]) == {"warning"}


def test_placeholders_and_filling_notes_are_named_where_they_stand(findings):
    frame, _ = findings
    placeholders = frame.loc[frame["rule"] == "F1", "words"]
    assert [words[0] + words[-1] for words in placeholders] == ["“”", "[]"]
    assert frame.loc[frame["rule"] == "F3", "words"].tolist() == ["这一项主要报告", "该表格需要注意的是"]


def test_the_three_tables_are_missing(findings):
    frame, _ = findings
    assert frame.loc[frame["rule"] == "E2", "where"].tolist() == ["disclosure", "requests", "reviews"]
    assert frame.loc[frame["rule"] == "E2", "message_zh"].tolist() == [
        "缺少法定表格：主动公开政府信息情况",
        "缺少法定表格：收到和处理政府信息公开申请情况",
        "缺少法定表格：政府信息公开行政复议、行政诉讼情况",
    ]


def test_forty_suggestions_are_told_of_two_matters(findings):
    frame, _ = findings
    (finding,) = frame[frame["rule"] == "F7"].itertuples()
    assert "40" in finding.words
    assert "40 is told under “2." in finding.message_en
    assert finding.message_zh == "同一指标的数值40在两个小标题下各述一次：请核是否重复计算"


def test_the_parts_of_38_requests_add_up(findings):
    """12 + 5 + 19 + 2 = 38."""
    frame, judged = findings
    assert judged["C2"] >= 1
    assert "C2" not in set(frame["rule"])
