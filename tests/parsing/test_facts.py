"""Figures of the running text, each trap on its own; the large labelled set is tests/corpus/sentences.json."""

import re

import pytest

from govreport_kit import codebook
from govreport_kit.parsing.clean import clean_text
from govreport_kit.parsing.cues import load_cues
from govreport_kit.parsing.facts import read_facts
from govreport_kit.parsing.sections import read_sections


def facts(text, year=2031):
    found, _ = read_facts(clean_text(text), read_sections(text), year)
    return {fact.indicator: fact.value for fact in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("示例县本年新收政府信息公开申请92件，上年结转4件，办结89件，结转下年度继续办理7件。",
         {"requests_received": 92, "requests_carried_over": 4, "requests_closed": 89, "requests_carried_forward": 7}),
        ("办结申请中，予以公开及部分公开52件，不予公开14件。", {"requests_disclosed": 52, "requests_refused": 14}),
        ("示例市共办理依申请公开276件，其中上年度结转8件、本年新增268件。",
         {"requests_received": 268, "requests_carried_over": 8}),
        ("2030年结转15件，2031年新收申请144件，结转2032年9件。",
         {"requests_carried_over": 15, "requests_received": 144, "requests_carried_forward": 9}),
        ("未收到政府信息公开申请。", {"requests_received": 0}),
        ("收到政府信息公开申请1,204件。", {"requests_received": 1204}),
        ("收到信息公开申请十二件。", {"requests_received": 12}),
        ("申请平均办理时长由16个工作日缩短至10.5个工作日。", {"processing_days_average": 10.5}),
        ("申请按时办结率和规范率均为100%。", {"on_time_rate": 100}),
        ("收到公众意见75条，采纳30条，部分采纳15条，未采纳30条。",
         {"suggestions_received": 75, "suggestions_adopted": 30}),
        ("政府网站访问量达5320.41万人次。", {"website_visits": 53204100}),
        ("全年行政复议和行政诉讼分别为3件、2件。", {"reconsideration_cases": 3, "litigation_cases": 2}),
        ("未发生因政府信息公开引起的行政复议和行政诉讼。", {"reconsideration_cases": 0, "litigation_cases": 0}),
        ("收取信息处理费0.38万元。", {"information_fee": 3800}),
        ("政府信息公开申请量由上年的86件回落至61件。", {"requests_received": 61}),
        ("政府信息公开申请首次突破千件，达1024件。", {"requests_received": 1024}),
        ("新收申请58件（2030年为74件，下降21.6%）；办结申请61件，结转下一年度2件。",
         {"requests_received": 58, "requests_closed": 61, "requests_carried_forward": 2}),
        ("主动公开政府信息386条，比上年增加25条，其中镇政府网站214条。",
         {"proactive_items": 386, "website_items": 214}),
        ("政府网站、政务新媒体分别发布信息1.2万条、3.1万条。",
         {"website_items": 12000, "new_media_items": 31000}),
        ("政府网站、微信分别发布信息1200条、860条。", {"website_items": 1200}),  # 微信 is one account of several
        ("2030年收到公开申请140件，2031年增至166件。", {"requests_received": 166}),
        ("网站改版3个频道、新设7个专题，全年发布信息5281条。", {"website_items": 5281}),
        ("答复中，因不掌握无法提供6件，3件属于过程性信息、内部事务信息，决定不予公开。",
         {"requests_unable": 6, "requests_refused": 3}),
        ("信息公开申请、行政复议、行政诉讼均为0。",
         {"requests_received": 0, "reconsideration_cases": 0, "litigation_cases": 0}),
    ],
)  # fmt: skip
def test_a_figure_is_read(text, expected):
    assert facts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2030年受理政府信息公开申请50件。",  # another year
        "上年收到政府信息公开申请50件。",
        "2031年上半年受理政府信息公开申请188件。",  # half a year
        "受理申请同比增加30件。",  # a change
        "区长信箱按期办结率100%。",  # another subject
        "主动公开、依申请公开、不予公开的公文分别为150件、62件、81件。",  # classes of documents
        "申请的平均答复时间比法定时限提前8个工作日。",  # a difference
        "历年累计收到申请1860件。",  # a running total
        "共有120名申请人。",  # people
        "根据国务院令第711号。",
        "未经复议直接起诉3件。",
        "该行政复议未被纠错。",
        "部分采纳15条。",
        "下一步，将新增解读材料50篇，主动公开信息1万条。",  # plans
        "户籍申请受理3210件，办结3190件。",
        "部分公开和不予公开合计21件。",  # a sum of two outcomes
        "减免信息处理费320元。",  # waived, not charged
        "合法性审核规范性文件33件。",
        "力争明年网站访问量突破500万人次，新媒体发布量达到1万条。",
        "有11个乡镇全年没有收到政府信息公开申请。",  # some bodies only
        "道路挖掘申请受理56件。",  # applications of another kind
        "参加省政府办公厅组织的业务培训3次。",  # attended, not held
        "开展消防安全培训9场，参训1260人次。",
        "向上级平台推送信息630条，被采纳204条。",
        "区本级收到政府信息公开申请40件，街道收到申请8件。",  # bodies, none of which is the whole
        "条例施行十年以来，受理政府信息公开申请903件。",  # a running total
        "收到政府信息公开申请三四十件。",  # no exact number
    ],
)
def test_a_trap_gives_nothing(text):
    assert facts(text) == {}


def test_plans_of_the_section_on_problems_are_no_results():
    text = "一、总体情况\n收到申请8件。\n五、存在的主要问题及改进情况\n组织培训4次。\n六、其他需要报告的事项\n无。"
    assert facts(text) == {"requests_received": 8}


def test_a_fact_carries_its_clause_and_its_place():
    text = "一、总体情况\n全年共收到意见 建议 ４０ 余条，采纳18条。"
    (received, adopted), _ = read_facts(clean_text(text), read_sections(text), 2031)
    assert received.quote == "全年共收到意见 建议 ４０ 余条"
    assert text[received.start : received.end] == received.quote
    assert (received.value, received.approx, received.unit, received.section) == (40, True, "条", "overview")
    assert (adopted.quote, adopted.approx) == ("采纳18条", False)


def test_the_first_of_two_values_is_taken_and_the_other_told():
    text = "示例市受理申请950件；市政府办公室受理申请140件。"
    found, (note,) = read_facts(clean_text(text), [], 2031)
    assert [fact.value for fact in found] == [950]
    assert note.code == "conflicting_figures"
    assert "950 was taken; also seen: 140" in note.message


def test_of_two_values_the_one_that_a_table_prints_is_taken():
    text = "示例市受理申请950件；市政府办公室受理申请140件。"
    (fact,), (note,) = read_facts(clean_text(text), [], 2031, {"requests_received": 140})
    assert fact.value == 140
    assert "140 was taken; also seen: 950" in note.message


def test_a_value_beside_which_no_other_stands_is_told_though_a_table_prints_another():
    (fact,), _ = read_facts(clean_text("示例市受理申请950件。"), [], 2031, {"requests_received": 140})
    assert fact.value == 950


def test_every_cue_compiles_and_says_what_it_looks_for():
    cues = load_cues()
    assert {cue.indicator for cue in cues.cues} == set(codebook.indicators)
    for cue in cues.cues:
        assert cue.words
        for pattern in cue.patterns:
            assert (cue.value is None) == ("n" in pattern.groupindex)
            assert (cue.year is not None) <= ("y" in pattern.groupindex)


def test_an_unknown_macro_is_refused():
    from govreport_kit.parsing.cues import _expand

    with pytest.raises(ValueError, match=re.escape("there is no macro {NOPE}")):
        _expand("{NOPE}", {})


@pytest.mark.parametrize(
    "number", ["5", "约5", "近5", "将近5", "大约5", "超过5", "超5", "逾5", "五", "由3件增至5", "从3件升至5"]
)
def test_a_number_may_begin_with_any_word_that_leads_to_it(number):
    text = f"采纳意见{number}条。"
    assert facts(text)["suggestions_adopted"] == 5


def test_a_figure_far_behind_in_a_text_without_full_stops_is_found():
    # Pieces of 1,000 characters: the figure stands in the third.
    text = "、".join(["甲乙丙丁"] * 450) + "，采纳意见5条"
    assert facts(text)["suggestions_adopted"] == 5
