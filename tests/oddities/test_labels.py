"""The same row under the names, numbers and brackets in which it is printed."""

import pytest

KEYS = {
    "refused.state_secret": "属于国家秘密", "refused.third_party_rights": "保护第三方合法权益",
    "refused.internal_affairs": "属于三类内部事务信息", "refused.enforcement_file": "属于行政执法案卷",
    "not_processed.repeat": "重复申请",
}  # fmt: skip


def distinct_figures(made, key, label):
    """The request table with one label as given, and figures in its row that stand nowhere else."""
    return made.request_table(made.relabelled(made.REQUESTS, {key: label}, {key: "61 0 0 7 0 0 68"}))


def row(report, key):
    return [cell.value for cell in report.table("requests") if cell.row == key]


@pytest.mark.parametrize(
    "label", ["规范性文件", "行政规范性文件", "行政规范性文件（含修订）", " 行 政 规 范 性 文 件 "]
)
def test_normative_documents_with_and_without_the_word_administrative(made, read, label):
    blocks = [(block, heads, [(key, label if key == "normative_documents" else name, figures) for key, name, figures in rows]) for block, heads, rows in made.DISCLOSURE]  # fmt: skip
    assert made.values(read(made.page(disclosure=made.disclosure_table(blocks)))) == made.expected


@pytest.mark.parametrize("label", ["行政事业性收费", "行政事业型收费", "行政事业收费", "行政事业性 收费"])
def test_charges_under_their_variants(made, read, label):
    blocks = [(block, heads, [(key, label.replace(" ", "<br>") if key == "fees" else name, figures) for key, name, figures in rows]) for block, heads, rows in made.DISCLOSURE]  # fmt: skip
    assert made.values(read(made.page(disclosure=made.disclosure_table(blocks)))) == made.expected


@pytest.mark.parametrize(
    "label",
    [
        "2.其他法律行政法规禁止公开", "2.其他法律行政止公开", "2.其他法律行政法规禁止", "2.其他法律法规禁止公开",
        "2.其他法律、行政法规禁止公开", "2.其它法律行政法规禁止公开", "2.法律行政法规禁止公开",
    ],
)  # fmt: skip
def test_prohibited_by_law_with_characters_missing(made, read, label):
    report = read(made.page(requests=distinct_figures(made, "refused.prohibited_by_law", label)))
    assert row(report, "refused.prohibited_by_law") == [61, 0, 0, 7, 0, 0, 68]


@pytest.mark.parametrize("number", ["1.", "1、", "(1)", "（1）", "1．", "1 .", "①", ""])
@pytest.mark.parametrize("key", KEYS)
def test_enumerators_of_every_kind_and_none(made, read, key, number):
    report = read(made.page(requests=distinct_figures(made, key, number + KEYS[key])))
    assert row(report, key) == [61, 0, 0, 7, 0, 0, 68]


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("granted", "(一)予以公开"),
        ("granted", "（一） 予以公开"),
        ("granted", "予以公开"),
        ("partially_granted", "(二)部分公开(区分处理的,只计这一情形,不计其他情形)"),
        ("partially_granted", "（二）部分公开"),
        ("partially_granted", "（二）部分公开（区分处理的，只计这一情形，\n不计其他情形）"),
        ("refused.safety_stability", "3.危及三安全一稳定"),
        ("refused.safety_stability", "3.危及\"三安全一稳定\""),
        ("refused.safety_stability", "3.危及“三安全 一稳定”"),
        ("refused.process_information", "6.属于四类过程性 信息"),
        ("total_closed", "(七)总计"),
        ("total_closed", "（七）合计"),
        ("carried_forward", "四、结转下年度 继续办理"),
        ("carried_forward", "四、结转下年继续办理"),
        ("received_new", "一、本年新收政府信息 公开申请数量"),
        ("carried_over", "二、上年度结转政府信息公开申请数量"),
    ],
)  # fmt: skip
def test_full_width_and_half_width_brackets_and_stray_spaces(made, read, key, label):
    report = read(made.page(requests=distinct_figures(made, key, label)))
    assert row(report, key) == [61, 0, 0, 7, 0, 0, 68]


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("unable.not_held", "1.本机关不掌握"),
        ("unable.needs_creation", "2.没有现成信息"),
        ("unable.needs_creation", "2.需要另行制作"),
        ("unable.unclear", "3.补正后仍不明确"),
        ("not_processed.petition", "1.信访举报投诉类"),
        ("not_processed.publication", "3.公开出版物"),
        ("not_processed.excessive", "4.大量反复申请"),
        ("not_processed.reconfirm", "5.要求确认或重新出具已获取信息"),
        ("other.correction_overdue", "1.申请人无正当理由逾期不补正"),
        ("other.correction_overdue", "1.逾期不补正"),
        ("other.fee_overdue", "2.申请人逾期未按收费通知要求缴纳费用"),
        ("other.fee_overdue", "2.逾期未缴纳费用"),
        ("refused.administrative_query", "8.行政查询事项"),
    ],
)  # fmt: skip
def test_long_labels_shortened(made, read, key, label):
    report = read(made.page(requests=distinct_figures(made, key, label)))
    assert row(report, key) == [61, 0, 0, 7, 0, 0, 68]


def test_the_other_row_and_the_other_column_are_not_confused(made, read):
    report = read(made.page(requests=distinct_figures(made, "other.other", "其他")))
    assert row(report, "other.other") == [61, 0, 0, 7, 0, 0, 68]
    assert made.values(report)["requests", "received_new", "other_organization"] == 0


def test_the_total_row_and_the_total_column_are_not_confused(made, read):
    report = read(made.page(requests=distinct_figures(made, "total_closed", "总计")))
    assert row(report, "total_closed") == [61, 0, 0, 7, 0, 0, 68]
    assert made.values(report)["requests", "received_new", "total"] == 24
