"""Subject, channel and time of a figure."""

import pytest

from govreport_kit.parsing.context import Context
from govreport_kit.parsing.cues import load_cues


def context(text):
    return Context(text, 0, len(text), load_cues())


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("收到政府信息公开申请5件", "requests"),
        ("县长信箱收到", "letters"),
        ("人大代表建议", "proposals"),
        ("行政许可申请", "permits"),
        ("今年", "none"),
        ("申请人来信", "letters"),
    ],
)
def test_the_last_subject_counts(text, subject):
    assert context(text).subject(len(text)) == subject


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("通过政府网站发布", "website"),
        ("政务新媒体发布", "media"),
        ("微信公众号发布", "account"),
        ("政府网站、政务新媒体等渠道发布", "several"),
        ("政务新媒体和微信公众号发布", "media"),
        ("网站发布5条，微信发布", "account"),
        ("主动公开", "none"),
    ],
)
def test_the_channel_of_a_list_is_several(text, channel):
    assert context(text).channel(len(text)) == channel


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("收到", True),
        ("2023年收到", True),
        ("2022年收到", False),
        ("比2022年多，收到", True),
        ("2023年上半年收到", False),
        ("2022年收到5件，本年收到", True),
        ("含2022年结转4件，办结", True),
        ("结转到2024年", True),
        ("截至12月31日，办结", True),
        ("截至6月30日，办结", False),
        ("收到58件(2022年74件)，办结", True),
        ("2022年收到(含2023年补办)", False),
        ("收到58件(2022年为", False),
        ("创近五年新高，办结", True),
    ],
)
def test_the_time_named_last_counts(text, own):
    assert context(text).is_own_time(len(text), 2023) is own
