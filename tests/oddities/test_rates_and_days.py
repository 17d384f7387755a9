"""Rates and days: only those of requests, and what was reached apart from what was demanded."""

import pytest


@pytest.mark.parametrize(
    "sentence",
    [
        "全年县长信箱来信按时办结率100%。", "全年办理人大代表建议和政协提案，办结率100%。", "政策文件解读率100%。",
        "群众满意率100%。", "办理网民留言，按期答复率100%。", "12345热线工单按时办结率达100%。", "信息发布准确率100%。",
        "规范性文件公开率100%。", "承办政协提案21件，按期答复率100%。",
    ],
)  # fmt: skip
def test_a_hundred_percent_of_something_else_is_not_timeliness(told, sentence):
    assert "on_time_rate" not in told(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "全年政府信息公开申请按时答复率100%。", "依申请公开按期办结率达到100%。", "政府信息公开申请答复及时率为百分之百。",
        "申请按时办结率均为100%。",
    ],
)  # fmt: skip
def test_the_timeliness_of_requests(told, sentence):
    assert told(sentence) == {"on_time_rate": 100}


def test_the_timeliness_of_requests_beside_that_of_letters(told):
    assert told("政府信息公开申请按时答复率98.5%，县长信箱按期办结率100%。") == {"on_time_rate": 98.5}
    assert told("县长信箱按期办结率100%，政府信息公开申请按时答复率98.5%。") == {"on_time_rate": 98.5}


@pytest.mark.parametrize(
    "sentence", ["全年收到政府信息公开申请5件，均在法定期限内答复。", "全年收到政府信息公开申请5件，全部按时办结。"]
)
def test_all_in_time_without_a_number_is_no_rate(told, sentence):
    assert told(sentence) == {"requests_received": 5}


@pytest.mark.parametrize(
    "sentence",
    [
        "网民留言在3个工作日内答复。", "热线工单在5个工作日内办结。", "县长信箱来信15个工作日内回复。",
        "政策文件印发后3个工作日内发布解读材料。", "信息形成后7个工作日内上网公开。", "制定主动公开信息自形成之日起20个工作日内予以公开。",
        "行政许可事项承诺15个工作日内办结。", "每月巡检不少于3个工作日。",
    ],
)  # fmt: skip
def test_working_days_of_something_else(told, sentence):
    assert not {"processing_days_limit", "processing_days_average"} & told(sentence).keys()


def test_a_rule_and_what_was_reached(told):
    assert told("政府信息公开申请平均办理时间为10个工作日，短于法定20个工作日的答复时限。") == {
        "processing_days_average": 10, "processing_days_limit": 20,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("政府信息公开申请在20个工作日内答复。", {"processing_days_limit": 20}),
        ("政府信息公开申请平均答复时间10个工作日。", {"processing_days_average": 10}),
        ("政府信息公开申请平均办理时长由16个工作日压缩至10.5个工作日。", {"processing_days_average": 10.5}),
        ("政府信息公开申请答复比法定时限平均提前8个工作日。", {}),
        ("收到政府信息公开申请后在3个工作日内登记转办。", {}),
    ],
)
def test_limits_averages_and_differences(told, sentence, expected):
    assert told(sentence) == expected


def test_the_mean_of_a_mailbox_is_not_that_of_requests(told):
    assert told("县长信箱平均答复时间3天。") == {}


def test_all_answered_in_time_beside_requests_carried_forward(told):
    got = told("全年新收政府信息公开申请42件，上年结转1件，办结38件，结转下年度5件，按时答复率100%。")
    assert got == {
        "requests_received": 42, "requests_carried_over": 1, "requests_closed": 38, "requests_carried_forward": 5,
        "on_time_rate": 100,
    }  # fmt: skip


def test_a_rate_of_answers_is_not_one_of_timeliness(told):
    assert told("全年收到政府信息公开申请5件，答复率100%，均在法定期限内答复。") == {"requests_received": 5}


def test_a_rate_of_adoption_is_no_count(told):
    assert "suggestions_adopted" not in told("全年征求公众意见，意见采纳率100%。")
