"""Numbers of orders, documents, telephones and dates, and counts of things which no indicator counts."""

import pytest


@pytest.mark.parametrize(
    "sentence",
    [
        "根据《中华人民共和国政府信息公开条例》（国务院令第711号）编制本报告。",
        "按照《国务院办公厅政府信息与政务公开办公室关于印发报告格式的通知》（国办公开办函〔2021〕30号）要求编制。",
        "如对本报告有疑问，请联系示例县人民政府办公室（地址：示例路12号，邮编：123456，电话：0123-4567890）。",
        "本报告数据统计期限为2023年1月1日至2023年12月31日。",
        "申请由县政府办公室办理，联系电话0123-4567890，邮政编码123456。",
        "落实稳经济32条、惠企20条等政策。",
        "办理答复文书编号为〔2023〕第7号的政府信息公开申请。",
        "编发政务公开工作简报第七期。",
        "政策解读第七期上线。",
        "召开第七次政务公开工作培训会。",
    ],
    ids=["order", "document number", "address", "period", "telephone", "policy name", "request number", "issue in words", "ordinal of interpretation", "ordinal of training"],
)  # fmt: skip
def test_a_number_that_counts_nothing(told, sentence):
    assert told(sentence) == {}


@pytest.mark.parametrize(
    "title", ["一、总体情况\n2025年，全县主动公开政府信息3120条。", "一、总体情况2025年，全县主动公开政府信息3120条。"]
)
def test_a_heading_run_into_the_year(made, read, title):
    words = (
        made.text("占位")
        .replace("一、总体情况\n占位", title)
        .replace("2023年政府", "2025年政府")
        .replace("2024年1月", "2026年1月")
    )
    report = read(words, "report.txt")
    assert report.year == 2025
    assert made.facts(report) == {"proactive_items": 3120}


def test_a_heading_run_into_the_year_and_a_count(made, read):
    words = (
        made.text("占位")
        .replace("一、总体情况\n占位", "（二）依申请公开情况2025年收到政府信息公开申请12件。")
        .replace("2023年政府", "2025年政府")
    )
    assert made.facts(read(words, "report.txt")) == {"requests_received": 12}


@pytest.mark.parametrize(
    ("sentence", "absent"),
    [
        ("全年受理12345热线来电4210件。", {"requests_received", "requests_closed"}),
        ("全年办理行政许可申请531件。", {"requests_received", "requests_closed"}),
        ("政务微信公众号阅读量21万次，粉丝3.2万人。", {"new_media_items", "website_visits"}),
        ("政务微信公众号关注人数达32000人。", {"new_media_items", "trainees"}),
        ("组织观摩新闻发布会3场。", {"press_conferences"}),
        ("参加市政府新闻发布会3场。", {"press_conferences"}),
        ("全年开展网上意见征集33期。", {"suggestions_received", "suggestions_adopted"}),
        ("承办人大代表建议43件、政协提案21件。", {"suggestions_received", "requests_received"}),
        ("信息被省级媒体采用56条。", {"suggestions_adopted"}),
        ("发放调查问卷500份。", {"suggestions_received"}),
    ],
)  # fmt: skip
def test_counts_of_something_else(told, sentence, absent):
    assert not absent & told(sentence).keys()


def test_rounds_of_consultation_against_opinions(told):
    assert told("全年开展意见征集33期，收到意见建议382条，采纳106条。") == {
        "suggestions_received": 382, "suggestions_adopted": 106,
    }  # fmt: skip


def test_press_conferences_held_against_attended(told):
    assert told("全年召开新闻发布会5场，参加省市新闻发布会3场。") == {"press_conferences": 5}


def test_an_interpretation_of_the_seventh_issue_beside_their_number(told):
    assert told("发布政策解读24篇，其中第七期解读了惠企政策。") == {"policy_interpretations": 24}


@pytest.mark.parametrize(
    ("sentence", "value", "approx"),
    [
        ("全年主动公开政府信息3.2万余条。", 32000, True),
        ("全年主动公开政府信息近5000条。", 5000, True),
        ("全年主动公开政府信息约5000条。", 5000, True),
        ("全年主动公开政府信息5000多条。", 5000, True),
        ("全年主动公开政府信息5000余条。", 5000, True),
        ("全年主动公开政府信息3.2万条。", 32000, False),
        ("全年主动公开政府信息5,000条。", 5000, False),
        ("全年主动公开政府信息10万余条。", 100000, True),
    ],
)
def test_about_and_ten_thousands(made, read, sentence, value, approx):
    report = read(made.text(sentence), "report.txt")
    assert [(fact.indicator, fact.value, fact.approx) for fact in report.facts] == [("proactive_items", value, approx)]


def test_many_decimals_of_ten_thousands_stay_exact(told):
    assert told("县政府门户网站全年访问量5320.41万人次。") == {"website_visits": 53204100}


def test_a_count_whose_unit_is_about_is_no_cell(made, read):
    report = read(made.text("全年收到政府信息公开申请400余件。"), "report.txt")
    assert made.facts(report) == {"requests_received": 400}
    assert report.table("requests") == []


def test_plans_for_the_next_year_are_no_results(made, read):
    words = made.text("全年组织培训3次。").replace("下一步将加以改进", "下一步将组织培训6次、召开新闻发布会9场")
    assert made.facts(read(words, "report.txt")) == {"trainings": 3}
