"""Requests received, in the words in which they are told."""

import pytest

VERBS = ["收到", "受理", "新收", "新收到", "新受理", "收办"]
NOUNS = ["政府信息公开申请", "依申请公开", "依申请公开申请", "申请公开件", "依申请公开事项", "依申请事项"]
UNITS = ["件", "条", "份", "宗", "起", "项", ""]


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_with_every_noun_before_the_number(told, verb, noun):
    assert told(f"2023年，我县共{verb}{noun}37件。") == {"requests_received": 37}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("unit", UNITS, ids=[*UNITS[:-1], "no unit"])
def test_every_unit_of_requests_and_none(told, verb, unit):
    assert told(f"全年{verb}政府信息公开申请37{unit}。") == {"requests_received": 37}


@pytest.mark.parametrize(
    "noun", ["政府信息公开申请", "依申请公开", "依申请公开申请", "依申请公开件", "依申请公开事项", "信息公开申请"]
)
@pytest.mark.parametrize("verb", ["收到", "受理", "新收到", "新受理"])
def test_the_number_before_the_noun(told, verb, noun):
    assert told(f"全年共{verb}37件{noun}。") == {"requests_received": 37}


@pytest.mark.parametrize(
    "sentence",
    [
        "全年依申请公开共收到37件。", "全年政府信息公开申请收件数37件。", "全年收到政府信息公开申请数量为37件。",
        "本年度新增依申请公开37件。", "全年收到群众提出的公开申请37封。", "全年收到政府信息公开申请三十七件。",
        "全年收到政府信息公开申请 37 件。", "全年收到政府信息公开申请３７件。", "全年收到政府信息公开申请共计37件次。",
    ],
)  # fmt: skip
def test_other_word_orders_and_number_forms(told, sentence):
    assert told(sentence) == {"requests_received": 37}


@pytest.mark.parametrize("verb", ["办理", "处理"])
def test_requests_handled_with_the_new_ones_told_apart(told, verb):
    assert told(f"全年共{verb}依申请公开68件，其中新收63件，上年结转5件。") == {
        "requests_received": 63, "requests_carried_over": 5,
    }  # fmt: skip


@pytest.mark.parametrize("verb", ["办理", "处理"])
def test_requests_handled_are_never_more_than_one_of_intake_and_closed(told, verb):
    # The words leave open whether the stock, the intake or the closed requests are meant.
    assert told(f"全年共{verb}依申请公开申请37件。") in ({}, {"requests_received": 37}, {"requests_closed": 37})


@pytest.mark.parametrize(
    "sentence",
    ["全年受理和办结政府信息公开申请6件。", "全年受理并办结依申请公开6件。", "全年共收到、办结政府信息公开申请6件。"],
)
def test_one_number_for_received_and_closed(told, sentence):
    assert told(sentence) == {"requests_received": 6, "requests_closed": 6}


@pytest.mark.parametrize(
    "sentence",
    [
        "全年未收到政府信息公开申请。", "本年度没有收到政府信息公开申请。", "本年度无政府信息公开申请。", "全年收到政府信息公开申请0件。",
        "全年未收到公民、法人和其他组织的信息公开申请。", "全年没有收到依申请公开事项。", "本单位未接到依申请公开政府信息的申请。",
        "全年收到政府信息公开申请为零。",
    ],
)  # fmt: skip
def test_nought_without_a_digit(told, sentence):
    assert told(sentence) == {"requests_received": 0}


@pytest.mark.parametrize(
    "sentence",
    [
        "全年共收办政府信息公开申请3607件（其中新收3511件，上年结转96件）。",
        "全年共收办政府信息公开申请3607件，其中新收3511件、上年结转96件。",
        "全年收办申请3607件，其中上年结转96件，新收到3511件。",
    ],
)
def test_received_with_the_carry_over_told(told, sentence):
    assert told(sentence) == {"requests_received": 3511, "requests_carried_over": 96}


def test_received_with_the_carry_over_told_but_not_the_new_ones(told):
    got = told("全年受理依申请公开政府信息3607件（含上年结转96件）。")
    assert got["requests_carried_over"] == 96
    assert got.get("requests_received") != 3607


def test_received_with_the_carry_over_not_told_leaves_the_table_as_it_is(made, read):
    report = read(made.page(overview="全年共收办政府信息公开申请26件。"))  # 24 + 2 of the table
    assert made.values(report) == made.expected
    assert all(cell.source == "table" for cell in report.cells)
    assert made.facts(report).get("requests_received") in (None, 26)


@pytest.mark.parametrize(
    "sentence",
    [
        "2023 年，全县共收到政府信息公开申请 37 件。", "20 23年，全县共收到政府信息公开申请37件。", "2023年，示例县人民政府办公室和各部门共收到政府信息\n公开申请37件。",
        "全年收到政府信息公开申请:37件;", "2023年1月1日至12月31日，全县收到政府信息公开申请37件。",
        "1—12月，全县收到政府信息公开申请37件。", "全年收到政府信息公开申请达37件，比2022年多12件。",
    ],
)  # fmt: skip
def test_stray_spaces_line_breaks_and_periods_around_the_count(told, sentence):
    assert told(sentence) == {"requests_received": 37}


def test_nought_for_everything_in_one_sentence(told):
    assert told("全年未收到政府信息公开申请，未发生行政复议和行政诉讼，未收取信息处理费。") == {
        "requests_received": 0, "reconsideration_cases": 0, "litigation_cases": 0, "information_fee": 0,
    }  # fmt: skip


def test_closed_may_exceed_received(told):
    assert told("全年收到政府信息公开申请30件，办结41件。") == {"requests_received": 30, "requests_closed": 41}


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("全年收到政府信息公开申请37件，同比增长30%。", 37),
        ("全年收到政府信息公开申请37件，较上年增加12件。", 37),
        ("全年收到政府信息公开申请37件（2022年为25件）。", 37),
        ("2022年收到政府信息公开申请25件，2023年收到37件。", 37),
    ],
)
def test_the_figure_of_last_year_or_the_change_behind_it(told, sentence, value):
    assert told(sentence) == {"requests_received": value}


@pytest.mark.parametrize(
    "sentence",
    [
        "全年受理道路挖掘申请37件。", "全年受理占道挖掘修复申请37件。", "全年受理行政许可申请37件。", "全年受理低保申请37件。",
        "全年受理专利申请37件。", "全年受理排污许可证申请37件。", "全年收到12345热线37件。", "全年受理群众来信37件。",
    ],
)  # fmt: skip
def test_applications_for_something_else_and_calls_are_no_requests(told, sentence):
    assert "requests_received" not in told(sentence)
    assert "requests_closed" not in told(sentence)


def test_a_running_total_with_the_year_in_brackets(told):
    assert told("自条例施行以来累计受理政府信息公开申请1860件（其中2023年37件）。") in ({}, {"requests_received": 37})


def test_half_a_year_is_not_the_year(told):
    assert told("2023年上半年，全县收到政府信息公开申请18件。") == {}


def test_channels_with_shares_are_no_outcomes(told):
    assert told("全年收到政府信息公开申请40件，其中网络申请30件，占75%，信函申请8件，占20%，当面申请2件，占5%。") == {
        "requests_received": 40
    }


def test_kinds_of_applicants_are_no_outcomes(told):
    assert told("全年收到政府信息公开申请40件，其中自然人申请36件，企业申请4件。") == {"requests_received": 40}
