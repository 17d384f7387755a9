"""Write the invented example documents of data/examples/.

Every agency, figure and sentence is invented. Run: python data/build_examples.py
"""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent / "examples"

PARAGRAPHS = [
    "本文件为虚构的示例，机关、数字和文字均为编造，仅供软件演示。",
    "一、总体情况",
    "（一）主动公开情况",
    "2023年，示例县通过县政府门户网站发布信息1860条，制发行政规范性文件6件，发布政策解读稿件24篇。"
    "召开新闻发布会5场。教育、医疗等民生领域共发布信息402条。",
    "（二）依申请公开情况",
    "全年新收政府信息公开申请86件，上年结转5件，答复申请86件，结转下年度继续办理5件。"
    "办理结果中，予以公开30件，部分公开8件，不予公开15件，无法提供20件，不予处理8件，其他处理5件。"
    "申请平均办理时间9.5个工作日，短于法定20个工作日的答复时限。",
    "（三）公众参与情况",
    "围绕城区停车、老旧小区改造两项决策公开征求意见，共收到意见建议52条，采纳21条。"
    "如在[具体决策事项]中，草案根据意见作了修改。",
    "（四）监督保障情况",
    "全年组织政务公开业务培训3次，培训人员210人次。全年未发生责任追究情况。",
    "二、主动公开政府信息情况",
]
DISCLOSURE = [
    ("第二十条第（一）项", ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
     [["规章", "0", "0", "0"], ["行政规范性文件", "6", "2", "41"]]),
    ("第二十条第（五）项", ["信息内容", "本年处理决定数量"], [["行政许可", "18,542"]]),
    ("第二十条第（六）项", ["信息内容", "本年处理决定数量"], [["行政处罚", "932"], ["行政强制", "14"]]),
    ("第二十条第（八）项", ["信息内容", "本年收费金额（单位：万元）"], [["行政事业性收费", "1250.36"]]),
]  # fmt: skip
REQUESTS = [
    ("", "一、本年新收政府信息公开申请数量", "70 10 1 0 4 1 86"),
    ("", "二、上年结转政府信息公开申请数量", "5 0 0 0 0 0 5"),
    ("", "（一）予以公开", "24 5 0 0 1 0 30"),
    ("", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "7 1 0 0 0 0 8"),
    ("（三）不予公开", "1.属于国家秘密", "0 0 0 0 0 0 0"),
    ("（三）不予公开", "2.其他法律行政法规禁止公开", "1 0 0 0 0 0 1"),
    ("（三）不予公开", "3.危及“三安全一稳定”", "1 0 0 0 0 0 1"),
    ("（三）不予公开", "4.保护第三方合法权益", "2 0 0 0 0 0 2"),
    ("（三）不予公开", "5.属于三类内部事务信息", "1 0 0 0 1 0 2"),
    ("（三）不予公开", "6.属于四类过程性信息", "3 1 0 0 0 0 4"),
    ("（三）不予公开", "7.属于行政执法案卷", "3 0 0 0 0 0 3"),
    ("（三）不予公开", "8.属于行政查询事项", "2 0 0 0 0 0 2"),
    ("（四）无法提供", "1.本机关不掌握相关政府信息", "12 1 0 0 1 0 14"),
    ("（四）无法提供", "2.没有现成信息需要另行制作", "4 0 1 0 0 0 5"),
    ("（四）无法提供", "3.补正后申请内容仍不明确", "1 0 0 0 0 0 1"),
    ("（五）不予处理", "1.信访举报投诉类申请", "3 0 0 0 0 0 3"),
    ("（五）不予处理", "2.重复申请", "3 0 0 0 0 1 4"),
    ("（五）不予处理", "3.要求提供公开出版物", "0 0 0 _ 0 0 0"),
    ("（五）不予处理", "4.无正当理由大量反复申请", "0 0 0 0 0 0 0"),
    ("（五）不予处理", "5.要求行政机关确认或重新出具已获取信息", "1 0 0 0 0 0 1"),
    ("（六）其他处理", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "2 0 0 0 0 0 2"),
    ("（六）其他处理", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "/ / / / / / 0"),
    ("（六）其他处理", "3.其他", "2 0 0 0 1 0 3"),
    ("", "（七）总计", "72 8 1 0 4 1 86"),
    ("", "四、结转下年度继续办理", "3 2 0 0 0 0 5"),
]
REVIEWS = "2 1 0 1 4 1 0 0 0 1 0 0 0 0 0"
CLOSING = [
    "五、存在的主要问题及改进情况",
    "（一）存在的问题。个别单位答复文书不够规范。（二）改进情况。将组织2期专题培训。",
    "六、其他需要报告的事项",
    "本年度未收取信息处理费。",
    "示例县人民政府",
    "2024年1月18日",
]


def cell(words: str, **spans: int) -> str:
    """Return a table cell with its spans."""
    attributes = "".join(f' {name}="{value}"' for name, value in spans.items() if value > 1)
    return f"<td{attributes}>{'&nbsp;' if words == '_' else words}</td>"


def row(*cells: str) -> str:
    """Return a table row."""
    return f"<tr>{''.join(cells)}</tr>"


def disclosure_table() -> str:
    """Return the table of proactive disclosure, its heads spread over twelve columns."""
    rows = []
    for block, heads, lines in DISCLOSURE:
        rows.append(row(cell(block, colspan=12)))
        for line in [heads, *lines]:
            rows.append(row(*[cell(words, colspan=12 // len(line)) for words in line]))
    return f"<table>{''.join(rows)}</table>"


def request_table() -> str:
    """Return the table of requests with the merged heads and labels of the form."""
    rows = [
        row(cell("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", rowspan=3, colspan=3),
            cell("申请人情况", colspan=7)),
        row(cell("自然人", rowspan=2), cell("法人或其他组织", colspan=5), cell("总计", rowspan=2)),
        row(*map(cell, ["商业<br>企业", "科研<br>机构", "社会公益组织", "法律服务机构", "其他"])),
    ]  # fmt: skip
    groups = [group for group, _, _ in REQUESTS]
    for number, (group, label, figures) in enumerate(REQUESTS):
        cells = []
        if number == 2:
            cells.append(cell("三、本年度办理结果", rowspan=22))
        if group and group != groups[number - 1]:
            cells.append(cell(group, rowspan=groups.count(group)))
        inside = 2 <= number <= 23
        cells.append(cell(label, colspan=1 if group else 2 if inside else 3))
        rows.append(row(*cells, *map(cell, figures.split())))
    return f"<table>{''.join(rows)}</table>"


def review_table() -> str:
    """Return the table of reconsideration and litigation."""
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    rows = [
        row(cell("行政复议", colspan=5), cell("行政诉讼", colspan=10)),
        row(*[cell(words, rowspan=2) for words in outcomes], cell("未经复议直接起诉", colspan=5),
            cell("复议后起诉", colspan=5)),
        row(*map(cell, outcomes * 2)),
        row(*map(cell, REVIEWS.split())),
    ]  # fmt: skip
    return f"<table>{''.join(rows)}</table>"


def page() -> str:
    """Return the example page."""
    title = "示例县人民政府2023年政府信息公开工作年度报告"
    body = [f"<h1>{title}</h1>", "<p>发布日期：2024-01-18</p>"]
    body += [f"<p>{words}</p>" for words in PARAGRAPHS]
    body += [disclosure_table(), "<p>三、收到和处理政府信息公开申请情况</p>", request_table()]
    body += ["<p>四、政府信息公开行政复议、行政诉讼情况</p>", review_table()]
    body += [f"<p>{words}</p>" for words in CLOSING]
    style = "<style>table{border-collapse:collapse}td{border:1px solid #999;padding:2px 6px}</style>"
    lines = "\n".join(body)
    head = f'<meta charset="utf-8"><title>{title}</title>{style}'
    return f'<!DOCTYPE html>\n<html lang="zh"><head>{head}</head>\n<body>\n{lines}\n</body></html>\n'


TEXT = """虚构市样例区人民政府2022年政府信息公开工作年度报告
本文件为虚构的示例，机关、数字和文字均为编造，仅供软件演示。
一、总体情况
2022年，样例区主动公开政府信息3,120条。
全年收到依申请公开41宗，其中予以公开12宗，部分公开3宗，不予公开6宗，无法提供14宗，不予处理4宗，结转下年度继续办理2宗。
依申请公开按时答复率为100%。
二、主动公开政府信息情况
（表格以图片形式发布）
三、收到和处理政府信息公开申请情况
（表格以图片形式发布）
四、政府信息公开行政复议、行政诉讼情况
（表格以图片形式发布）
五、存在的主要问题及改进情况
公开平台的检索功能有待完善。
六、其他需要报告的事项
无。
虚构市样例区人民政府
2023年1月20日
"""


def main() -> None:
    """Write the documents."""
    HERE.mkdir(exist_ok=True)
    (HERE / "shili-xian-2023.html").write_text(page(), "utf-8")
    (HERE / "yangli-qu-2022.txt").write_text(TEXT, "gb18030")


if __name__ == "__main__":
    main()
