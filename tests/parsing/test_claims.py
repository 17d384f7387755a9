"""What the text says about a figure that it tells; the sentences are invented."""

import pytest

from govreport_kit.parsing.claims import read_claims
from govreport_kit.parsing.clean import clean_text
from govreport_kit.parsing.facts import read_facts


def claims(text, year=2024):
    clean = clean_text(text)
    facts, _ = read_facts(clean, [], year)
    return [(claim.kind, claim.indicator, claim.value, claim.decimals) for claim in read_claims(clean, facts, year)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "全年办结申请40件，其中予以公开18件，占45.0%；不予公开4件，占10%。",
            [("share", "requests_granted", 45, 1), ("share", "requests_refused", 10, 0)],
        ),
        ("全年办结申请40件，其中予以公开18件（占比45%）。", [("share", "requests_granted", 45, 0)]),
        ("2024年共收到政府信息公开申请60件，同比增长20%。", [("growth", "requests_received", 20, 0)]),
        ("2024年共收到政府信息公开申请45件，较上年下降25.5%。", [("growth", "requests_received", -25.5, 1)]),
        ("2024年共收到政府信息公开申请60件，比2023年增加10件。", [("change", "requests_received", 10, 0)]),
        ("2024年共收到政府信息公开申请60件，比上年减少3件。", [("change", "requests_received", -3, 0)]),
        ("2024年共收到政府信息公开申请60件（上年为50件）。", [("previous", "requests_received", 50, 0)]),
        ("2024年共收到政府信息公开申请60件，2023年为50件。", [("previous", "requests_received", 50, 0)]),
        ("全年共收到意见建议40条，采纳18条，采纳率45%。", [("share", "suggestions_adopted", 45, 0)]),
    ],
)
def test_a_claim_is_read_with_its_figure(text, told):
    assert claims(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "2024年共收到政府信息公开申请60件，2019年为50件。",
        "2024年共收到政府信息公开申请60件。政务新媒体发布信息同比增长20%。",
        "2024年共收到政府信息公开申请60件，其中网络申请30件，占50%。",
    ],
)
def test_what_is_said_of_something_else_is_no_claim(text):
    assert claims(text) == []


def test_the_words_of_a_claim_are_quoted_with_their_place():
    text = "全年办结申请40件，其中予以公开 18 件，占 45.0 %。"
    clean = clean_text(text)
    (claim,) = read_claims(clean, read_facts(clean, [], 2024)[0], 2024)
    assert claim.quote == text[claim.start : claim.end] == "占 45.0 %"
