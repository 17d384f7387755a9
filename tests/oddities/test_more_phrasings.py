"""Further ways in which reports tell the usual figures."""

import pytest


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("政府信息公开申请总量880件，同比增长9%。", {"requests_received": 880}),
        ("受理政府信息公开申请47件（自然人45件，法人2件）。", {"requests_received": 47}),
        ("全年政府信息公开工作“零申请”。", {"requests_received": 0}),
        ("承接2022年末未办结的4件申请。", {"requests_carried_over": 4}),
        ("7件政府信息公开申请滚存至下年。", {"requests_carried_forward": 7}),
        ("所有申请全部办结，没有跨年件。", {"requests_carried_forward": 0}),
        ("96份申请得到了书面答复。", {"requests_closed": 96}),
        ("申请的答复结果：予以公开（含主动公开）15件，不公开2件。", {"requests_granted": 15, "requests_refused": 2}),
        ("5件申请系信访事项，不予处理。", {"requests_not_processed": 5}),
        ("公开与部分公开之和为31件。", {"requests_disclosed": 31}),
        ("申请答复周期平均7.5个工作日。", {"processing_days_average": 7.5}),
        ("申请件均办理时间由上年的14个工作日减至11个工作日。", {"processing_days_average": 11}),
        ("申请的答复时限由15个工作日调整为20个工作日。", {"processing_days_limit": 20}),
        ("申请的法定期限内答复率99.5%。", {"on_time_rate": 99.5}),
        (
            "就8项决策草案征求意见，回收意见310余条，采纳90条。",
            {"suggestions_received": 310, "suggestions_adopted": 90},
        ),
        ("未制定行政规范性文件，现行有效的有13件。", {"normative_documents": 0, "normative_documents_in_force": 13}),
        ("没有政策解读。", {"policy_interpretations": 0}),
        ("发布前保密审查640条。", {"items_reviewed": 640}),
        ("约1300人次到档案馆查阅政府信息，代为查询460次。", {"onsite_visits": 1300, "onsite_services": 460}),
        ("县长信箱受理群众来信820件，办复815件。", {"messages_received": 820, "messages_answered": 815}),
        ("全年未单独召开新闻发布会。", {"press_conferences": 0}),
        ("信息公开类行政应诉1件。", {"litigation_cases": 1}),
        ("未向任何申请人收费。", {"information_fee": 0}),
        ("向1名申请人收取400元信息处理费。", {"information_fee": 400}),
        ("对3起违反规定的行为实施责任追究。", {"accountability_cases": 3}),
        ("上个年度末在办的5件。", {"requests_carried_over": 5}),
        ("由2022年转入申请7件。", {"requests_carried_over": 7}),
        (
            "前一年度结转申请3件，来年继续办理2件。",
            {"requests_carried_over": 3, "requests_carried_forward": 2},
        ),
        ("申请中5件经审查予以提供。", {"requests_granted": 5}),
        ("从受理到发出答复，平均每件耗时8.5个工作日。", {"processing_days_average": 8.5}),
        ("20个工作日内完成依申请公开答复。", {"processing_days_limit": 20}),
        ("新媒体推出作品560条。", {"new_media_items": 560}),
        ("130人次前来档案馆查阅政府信息。", {"onsite_visits": 130}),
        ("举办政务公开业务培训，共3期。", {"trainings": 3}),
        ("信息公开培训参训人次为0。", {"trainees": 0}),
        ("共80名信息员参加政务公开培训。", {"trainees": 80}),
    ],
)
def test_a_phrasing(told, sentence, expected):
    assert told(sentence) == expected
