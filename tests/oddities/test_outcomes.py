"""How requests were answered, told in lists, sums, pairs and by their reasons."""

import pytest


def test_a_list_with_a_share_behind_each(told):
    sentence = (
        "全年办结政府信息公开申请250件，其中予以公开75件，占30%；部分公开20件，占8%；不予公开15件，占6%；无法提供110件，占44%；"
        "不予处理10件，占4%；其他处理20件，占8%。"
    )
    assert told(sentence) == {
        "requests_closed": 250, "requests_granted": 75, "requests_partially_granted": 20, "requests_refused": 15,
        "requests_unable": 110, "requests_not_processed": 10, "requests_other": 20,
    }  # fmt: skip


@pytest.mark.parametrize("share", ["（占30.0%）", "，占比30.00%", "（30%）", "，占总数的30%"])
def test_shares_in_brackets_and_with_decimals(told, share):
    got = told(
        f"全年答复政府信息公开申请40件，其中予以公开12件{share}，不予公开8件{share.replace('30', '20')}，无法提供20件{share.replace('30', '50')}。"
    )
    assert got == {"requests_closed": 40, "requests_granted": 12, "requests_refused": 8, "requests_unable": 20}


def test_outcomes_told_as_shares_only_give_no_counts(told):
    got = told(
        "全年办结政府信息公开申请400件，其中予以公开占31.25%，部分公开占4.5%，不予公开占10.75%，无法提供占40.5%，其他占13%。"
    )
    assert got == {"requests_closed": 400}


@pytest.mark.parametrize(
    "words",
    ["予以公开及部分公开", "予以公开或部分公开", "予以公开和部分公开", "全部或部分公开", "予以公开（含区分处理）"],
)
def test_granted_and_partial_told_as_one_sum(told, words):
    assert told(f"全年办结政府信息公开申请66件，其中{words}52件，不予公开14件。") == {
        "requests_closed": 66, "requests_disclosed": 52, "requests_refused": 14,
    }  # fmt: skip


def test_granted_and_partial_told_one_by_one_are_not_a_sum(told):
    assert told("全年办结政府信息公开申请30件，其中予以公开21件，部分公开9件。") == {
        "requests_closed": 30, "requests_granted": 21, "requests_partially_granted": 9,
    }  # fmt: skip


@pytest.mark.parametrize("words", ["本机关不掌握相关政府信息", "本机关不掌握", "无法提供", "不掌握相关信息"])
def test_not_held_for_unable(told, words):
    assert told(f"全年办结政府信息公开申请30件，其中予以公开21件，{words}9件。") == {
        "requests_closed": 30, "requests_granted": 21, "requests_unable": 9,
    }  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "结转下年度继续办理3件", "顺延至下年度办理3件", "转结下年度3件", "转接下年度办理3件", "3件结转下年办理", "3件顺延至2024年办理",
        "结转2024年3件", "剩余3件转入2024年继续办理", "3件转结至2024年", "另有3件转接到下一年度",
    ],
)  # fmt: skip
def test_words_for_carried_forward(told, words):
    assert told(f"全年收到政府信息公开申请30件，办结27件，{words}。") == {
        "requests_received": 30, "requests_closed": 27, "requests_carried_forward": 3,
    }  # fmt: skip


@pytest.mark.parametrize("words", ["上年结转", "上年度转结", "2022年结转", "上一年度结转"])
def test_words_for_carried_over(told, words):
    assert told(f"全年收到政府信息公开申请30件，{words}3件，办结33件。") == {
        "requests_received": 30, "requests_carried_over": 3, "requests_closed": 33,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "indicator"),
    [
        ("为部分公开", "requests_partially_granted"),
        ("为予以公开", "requests_granted"),
        ("均为不予公开", "requests_refused"),
    ],
)
def test_the_only_answer_named_behind_its_number(told, answer, indicator):
    assert told(f"全年收到政府信息公开申请1件，答复1件，{answer}。") == {
        "requests_received": 1, "requests_closed": 1, indicator: 1,
    }  # fmt: skip


def test_a_list_that_does_not_exhaust_the_total_is_kept_as_told(told):
    # 8 + 66 = 74 of 80
    assert told("全年办结政府信息公开申请80件，其中予以公开8件，无法提供66件。") == {
        "requests_closed": 80, "requests_granted": 8, "requests_unable": 66,
    }  # fmt: skip


def test_a_list_that_exceeds_the_total_is_kept_as_told(told):
    # 8 + 66 = 74, but 38 were closed.
    assert told("全年办结政府信息公开申请38件，其中予以公开8件，无法提供66件。") == {
        "requests_closed": 38, "requests_granted": 8, "requests_unable": 66,
    }  # fmt: skip


def test_a_list_that_does_not_add_up_derives_no_total(made, read):
    report = read(
        made.text("全年收到政府信息公开申请40件，予以公开8件，无法提供26件，结转下年度继续办理5件。"), "report.txt"
    )
    rows = {cell.row: (cell.value, cell.source) for cell in report.table("requests")}
    assert rows == {
        "received_new": (40, "narrative"), "granted": (8, "narrative"), "unable": (26, "narrative"),
        "carried_forward": (5, "narrative"),
    }  # fmt: skip


def test_pairs_told_by_respectively(told):
    assert told("全年予以公开、不予公开的申请分别为12件、5件。") == {"requests_granted": 12, "requests_refused": 5}
    assert told("全年行政复议和行政诉讼分别为3件、2件。") == {"reconsideration_cases": 3, "litigation_cases": 2}


def test_two_accounts_paired_with_two_numbers_are_no_sum(told):
    assert "new_media_items" not in told("县政府微博、微信公众号分别发布信息812条、430条。")


@pytest.mark.parametrize(
    "sentence",
    [
        "未发生因政府信息公开引起的行政复议和行政诉讼。", "全年无行政复议、行政诉讼案件。", "全年没有因政府信息公开被申请行政复议、提起行政诉讼。",
        "全年行政复议、行政诉讼均为0件。", "全年未发生行政复议、行政诉讼情况。",
    ],
)  # fmt: skip
def test_one_phrase_of_nought_for_both_reconsideration_and_litigation(told, sentence):
    assert told(sentence) == {"reconsideration_cases": 0, "litigation_cases": 0}


def test_the_reasons_of_a_refusal_in_brackets_are_no_refusals_of_their_own(told):
    assert told("全年办结政府信息公开申请30件，其中予以公开21件，不予公开9件（其中属于国家秘密2件、行政执法案卷7件）。") == {
        "requests_closed": 30, "requests_granted": 21, "requests_refused": 9,
    }  # fmt: skip


def test_a_bracket_of_one_outcome_is_not_the_outcome(told):
    assert told("全年办结政府信息公开申请30件，其中予以公开21件，其他处理9件（其中申请人撤回6件）。") == {
        "requests_closed": 30, "requests_granted": 21, "requests_other": 9,
    }  # fmt: skip


@pytest.mark.parametrize(
    "sentence",
    [
        "全年制发公文255件，其中主动公开207件、依申请公开12件、不予公开36件。",
        "全年公文标注公开属性，主动公开207件，依申请公开12件，不予公开36件。",
        "主动公开、依申请公开、不予公开的公文分别为207件、12件、36件。",
    ],
)
def test_classes_of_documents_are_no_requests(told, sentence):
    assert not {"requests_received", "requests_closed", "requests_granted", "requests_refused"} & told(sentence).keys()


def test_granted_split_in_brackets_into_proactive_and_on_request(told):
    assert told("全年办结政府信息公开申请30件，予以公开21件（其中主动公开9件、依申请公开12件），不予公开9件。") == {
        "requests_closed": 30, "requests_granted": 21, "requests_refused": 9,
    }  # fmt: skip


def test_a_sum_of_parts_that_overlap_stays_as_told(told):
    # 120 + 76 = 196, but 212 were received.
    assert told("全年收到政府信息公开申请212件，其中网络申请120件、信函申请76件，办结212件。") == {
        "requests_received": 212, "requests_closed": 212,
    }  # fmt: skip


def test_a_principle_is_no_figure(told):
    assert told("坚持以公开为常态、不予公开为例外，依法做好政府信息公开申请办理工作。") == {}
