"""Invented reports, built from a few parts: title, sections, tables with chosen cells.

Every place, figure and sentence is invented. The figures of the default tables were added up by hand.
"""

from __future__ import annotations

from types import SimpleNamespace

import pytest

import govreport_kit as gk

TITLE = "示例县人民政府2023年政府信息公开工作年度报告"
APPLICANTS = "natural_person enterprise research_institute social_organization legal_service other_organization total"
CHANNELS = "reconsideration litigation_direct litigation_after_reconsideration"
OUTCOMES = "upheld corrected other pending total"
HEADS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
OUTCOME_HEADS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
CHECK = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
RESULTS = "三、本年度办理结果"
SECTIONS = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]

# row, labels from the outermost to the innermost, figures of the seven kinds of applicant
REQUESTS = [
    ("received_new", ["一、本年新收政府信息公开申请数量"], "20 3 0 0 1 0 24"),
    ("carried_over", ["二、上年结转政府信息公开申请数量"], "2 0 0 0 0 0 2"),
    ("granted", [RESULTS, "（一）予以公开"], "8 1 0 0 1 0 10"),
    ("partially_granted", [RESULTS, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"], "2 0 0 0 0 0 2"),
    ("refused.state_secret", [RESULTS, "（三）不予公开", "1.属于国家秘密"], "0 0 0 0 0 0 0"),
    ("refused.prohibited_by_law", [RESULTS, "（三）不予公开", "2.其他法律行政法规禁止公开"], "1 0 0 0 0 0 1"),
    ("refused.safety_stability", [RESULTS, "（三）不予公开", "3.危及“三安全一稳定”"], "0 0 0 0 0 0 0"),
    ("refused.third_party_rights", [RESULTS, "（三）不予公开", "4.保护第三方合法权益"], "1 1 0 0 0 0 2"),
    ("refused.internal_affairs", [RESULTS, "（三）不予公开", "5.属于三类内部事务信息"], "0 0 0 0 0 0 0"),
    ("refused.process_information", [RESULTS, "（三）不予公开", "6.属于四类过程性信息"], "1 0 0 0 0 0 1"),
    ("refused.enforcement_file", [RESULTS, "（三）不予公开", "7.属于行政执法案卷"], "0 0 0 0 0 0 0"),
    ("refused.administrative_query", [RESULTS, "（三）不予公开", "8.属于行政查询事项"], "1 0 0 0 0 0 1"),
    ("unable.not_held", [RESULTS, "（四）无法提供", "1.本机关不掌握相关政府信息"], "4 0 0 0 0 0 4"),
    ("unable.needs_creation", [RESULTS, "（四）无法提供", "2.没有现成信息需要另行制作"], "1 0 0 0 0 0 1"),
    ("unable.unclear", [RESULTS, "（四）无法提供", "3.补正后申请内容仍不明确"], "0 0 0 0 0 0 0"),
    ("not_processed.petition", [RESULTS, "（五）不予处理", "1.信访举报投诉类申请"], "1 0 0 0 0 0 1"),
    ("not_processed.repeat", [RESULTS, "（五）不予处理", "2.重复申请"], "0 0 0 0 0 0 0"),
    ("not_processed.publication", [RESULTS, "（五）不予处理", "3.要求提供公开出版物"], "0 0 0 0 0 0 0"),
    ("not_processed.excessive", [RESULTS, "（五）不予处理", "4.无正当理由大量反复申请"], "0 0 0 0 0 0 0"),
    ("not_processed.reconfirm", [RESULTS, "（五）不予处理", "5.要求行政机关确认或重新出具已获取信息"], "0 0 0 0 0 0 0"),
    ("other.correction_overdue",
     [RESULTS, "（六）其他处理", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"], "1 0 0 0 0 0 1"),
    ("other.fee_overdue",
     [RESULTS, "（六）其他处理", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"], "0 0 0 0 0 0 0"),
    ("other.other", [RESULTS, "（六）其他处理", "3.其他"], "0 0 0 0 0 0 0"),
    ("total_closed", [RESULTS, "（七）总计"], "21 2 0 0 1 0 24"),
    ("carried_forward", ["四、结转下年度继续办理"], "1 1 0 0 0 0 2"),
]  # fmt: skip
REQUESTS_2019 = [
    *REQUESTS[:20],
    ("other.other", [RESULTS, "（六）其他处理"], "1 0 0 0 0 0 1"),
    *REQUESTS[23:],
]
REVIEWS = "2 1 0 1 4 1 0 0 0 1 0 0 0 0 0"
# block, heads, and for each row: key, label, figures
DISCLOSURE = [
    ("第二十条第（一）项", {"issued": "本年制发件数", "repealed": "本年废止件数", "in_force": "现行有效件数"},
     [("regulations", "规章", "0 0 3"), ("normative_documents", "行政规范性文件", "6 2 41")]),
    ("第二十条第（五）项", {"decisions": "本年处理决定数量"}, [("licences", "行政许可", "1854")]),
    ("第二十条第（六）项", {"decisions": "本年处理决定数量"},
     [("penalties", "行政处罚", "93"), ("compulsory_measures", "行政强制", "14")]),
    ("第二十条第（八）项", {"amount_10k_cny": "本年收费金额（单位：万元）"}, [("fees", "行政事业性收费", "125.36")]),
]  # fmt: skip
_ITEMS = {"last_year_items": "上一年项目数量", "change": "本年增/减"}
_DECISIONS = {**_ITEMS, "decisions": "处理决定数量"}
DISCLOSURE_2019 = [
    ("第二十条第（一）项", {"made": "本年新制作数量", "newly_disclosed": "本年新公开数量", "total_disclosed": "对外公开总数量"},
     [("regulations", "规章", "0 0 2"), ("normative_documents", "规范性文件", "7 5 38")]),
    ("第二十条第（五）项", _DECISIONS, [("licences", "行政许可", "120 -4 1760"), ("other_services", "其他对外管理服务事项", "61 3 880")]),
    ("第二十条第（六）项", _DECISIONS, [("penalties", "行政处罚", "210 12 85"), ("compulsory_measures", "行政强制", "33 0 9")]),
    ("第二十条第（八）项", _ITEMS, [("fees", "行政事业性收费", "8 -1")]),
    ("第二十条第（九）项", {"projects": "采购项目数量", "amount": "采购总金额"}, [("procurement", "政府集中采购", "27 8040")]),
]  # fmt: skip


def number(words):
    """Return the number that a cell of the default tables prints."""
    return float(words) if "." in words else int(words)


def expected_requests(rows):
    return {
        ("requests", row, applicant): number(figure)
        for row, _, figures in rows
        for applicant, figure in zip(APPLICANTS.split(), figures.split(), strict=True)
    }


def expected_reviews(figures=REVIEWS):
    places = [(channel, outcome) for channel in CHANNELS.split() for outcome in OUTCOMES.split()]
    return {("reviews", *place): number(figure) for place, figure in zip(places, figures.split(), strict=True)}


def expected_disclosure(blocks):
    return {
        ("disclosure", row, measure): number(figure)
        for _, heads, rows in blocks
        for row, _, figures in rows
        for measure, figure in zip(heads, figures.split(), strict=True)
    }


def cell(words, **spans):
    attributes = "".join(f' {name}="{value}"' for name, value in spans.items() if value > 1)
    return f"<td{attributes}>{words}</td>"


def table(rows):
    """Draw rows of words; a tuple is (words, rowspan, colspan)."""
    drawn = [
        [cell(item) if isinstance(item, str) else cell(item[0], rowspan=item[1], colspan=item[2]) for item in row]
        for row in rows
    ]
    return "<table>" + "".join(f"<tr>{''.join(cells)}</tr>" for cells in drawn) + "</table>"


def relabelled(rows, labels=(), figures=()):
    """Return request rows with other innermost labels or other figures for the rows named."""
    labels, figures = dict(labels), dict(figures)
    return [(key, [*names[:-1], labels.get(key, names[-1])], figures.get(key, values)) for key, names, values in rows]


def shown_labels(rows):
    """Yield row, labels (None where the label of the row above reaches down) and figures."""
    above = []
    for key, labels, figures in rows:
        shown = [
            None if labels[:depth] == above[:depth] and depth < len(labels) else label
            for depth, label in enumerate(labels, 1)
        ]
        yield key, shown, figures.split("|") if "|" in figures else figures.split()
        above = labels


def request_table(rows=REQUESTS, heads=HEADS, check=CHECK):
    """Draw the request table with the merged heads and labels of the form."""
    lines = [
        [(check, 3, 3), ("申请人情况", 1, 7)],
        [(heads[0], 2, 1), ("法人或其他组织", 1, 5), (heads[6], 2, 1)],
        heads[1:6],
    ]
    every = [labels for _, labels, _ in rows]
    for place, (_, shown, figures) in enumerate(shown_labels(rows)):
        depth = len(shown)
        line = []
        for level, label in enumerate(shown):
            if label is None:
                continue
            same = sum(labels[: level + 1] == every[place][: level + 1] for labels in every) if level < depth - 1 else 1
            wide = 4 - depth if level == depth - 1 else 1
            line.append((label, same, wide))
        lines.append([*line, *figures])
    return table(lines)


def disclosure_rows(blocks=DISCLOSURE):
    for block, heads, rows in blocks:
        yield [block]
        yield ["信息内容", *heads.values()]
        for _, label, figures in rows:
            yield [label, *figures.split()]


def disclosure_table(blocks=DISCLOSURE):
    """Draw the disclosure table, each line spread over twelve columns."""
    return table([[(words, 1, 12 // len(line)) for words in line] for line in disclosure_rows(blocks)])


def review_table(figures=REVIEWS):
    return table([
        [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
        [*((head, 2, 1) for head in OUTCOME_HEADS), ("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
        OUTCOME_HEADS * 2,
        figures.split(),
    ])  # fmt: skip


def page(
    *,
    title=TITLE,
    overview="全年主动公开政府信息1260条。",
    disclosure=None,
    requests=None,
    reviews=None,
    other="无。",
    closing="<p>示例县人民政府</p><p>2024年1月18日</p>",
    head='<meta charset="utf-8">',
):
    """Write a web page: the six sections of the form, the three default tables unless others are given."""
    parts = [
        f"<h1>{title}</h1>",
        f"<p>{SECTIONS[0]}</p>",
        overview if overview.startswith("<") else f"<p>{overview}</p>",
        f"<p>{SECTIONS[1]}</p>",
        disclosure_table() if disclosure is None else disclosure,
        f"<p>{SECTIONS[2]}</p>",
        request_table() if requests is None else requests,
        f"<p>{SECTIONS[3]}</p>",
        review_table() if reviews is None else reviews,
        f"<p>{SECTIONS[4]}</p>",
        "<p>检索功能还不完善，下一步将加以改进。</p>",
        f"<p>{SECTIONS[5]}</p>",
        f"<p>{other}</p>",
        closing,
    ]
    body = "\n".join(parts)
    return f"<!DOCTYPE html>\n<html><head>{head}<title>{title}</title></head>\n<body>\n{body}\n</body></html>\n"


def text(
    overview="全年主动公开政府信息1260条。",
    *,
    title=TITLE,
    disclosure="",
    requests="",
    reviews="",
    other="无。",
    closing="示例县人民政府\n2024年1月18日",
    between="\n",
):
    """Write a plain text with the six sections; no tables unless they are given."""
    parts = [
        title, SECTIONS[0], overview, SECTIONS[1], disclosure, SECTIONS[2], requests, SECTIONS[3], reviews,
        SECTIONS[4], "检索功能还不完善，下一步将加以改进。", SECTIONS[5], other, closing, "",
    ]  # fmt: skip
    return between.join(part for part in parts if part)


def rows_of_text(requests=REQUESTS, disclosure=DISCLOSURE, reviews=REVIEWS):
    """Return the rows of the three tables as cells: merged cells printed once, their other slots gone."""
    return (
        list(disclosure_rows(disclosure)),
        [
            [CHECK, "申请人情况"], ["自然人", "法人或其他组织", "总计"], HEADS[1:6],
            *([label for label in shown if label] + figures for _, shown, figures in shown_labels(requests)),
        ],
        [
            ["行政复议", "行政诉讼"], [*OUTCOME_HEADS, "未经复议直接起诉", "复议后起诉"], OUTCOME_HEADS * 2,
            reviews.split(),
        ],
    )  # fmt: skip


def values(report, table=None):
    """Return the value of each cell that a table of the document holds."""
    return {
        (cell.table, cell.row, cell.column): cell.value
        for cell in report.cells
        if cell.source == "table" and table in (None, cell.table)
    }


def states(report, table, row):
    """Return value and state of the cells of a row."""
    return {cell.column: (cell.value, cell.state) for cell in report.cells if (cell.table, cell.row) == (table, row)}


def facts(report):
    return {fact.indicator: fact.value for fact in report.facts}


def codes(report):
    """Return the note codes, but for those on whose figures the report holds and on tables and sections left out."""
    left_out = {"scope_evidence", "missing_table", "missing_section"}
    return [note.code for note in report.notes if note.code not in left_out]


@pytest.fixture(scope="session")
def made():
    """The parts from which documents are built, and what the default tables hold."""
    return SimpleNamespace(
        page=page, text=text, table=table, request_table=request_table, disclosure_table=disclosure_table,
        review_table=review_table, rows_of_text=rows_of_text, relabelled=relabelled, values=values, states=states,
        facts=facts, codes=codes, expected_requests=expected_requests, expected_reviews=expected_reviews,
        expected_disclosure=expected_disclosure,
        expected={**expected_disclosure(DISCLOSURE), **expected_requests(REQUESTS), **expected_reviews()},
        expected_2019={**expected_disclosure(DISCLOSURE_2019), **expected_requests(REQUESTS_2019), **expected_reviews()},
        REQUESTS=REQUESTS, REQUESTS_2019=REQUESTS_2019, DISCLOSURE=DISCLOSURE, DISCLOSURE_2019=DISCLOSURE_2019,
        HEADS=HEADS, OUTCOME_HEADS=OUTCOME_HEADS, SECTIONS=SECTIONS, TITLE=TITLE, CHECK=CHECK,
    )  # fmt: skip


@pytest.fixture
def read(tmp_path):
    """Read a document given as words or bytes."""

    def reader(content, name="report.html", encoding="utf-8"):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return gk.read_report(file)

    return reader


@pytest.fixture
def told(read):
    """Read a report whose first section holds the sentences given; return what they tell."""

    def reader(sentences, **parts):
        return facts(read(text(sentences, **parts), "report.txt"))

    return reader
