"""Whose figures a report holds."""

import pytest

from govreport_kit.parsing.clean import clean_text
from govreport_kit.parsing.scope import read_scope
from govreport_kit.parsing.sections import read_sections


def scope(text):
    return read_scope(clean_text(text), read_sections(text))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("本报告汇总了全县24个部门、13个乡镇报送的材料", "aggregate"),
        ("本报告覆盖市政府各部门和六个县", "aggregate"),
        ("表格反映全县的数据", "aggregate"),
        ("全市各级行政机关共收到政府信息公开申请90件", "aggregate"),
        ("本报告仅限局机关", "own"),
        ("我局共收到政府信息公开申请3件", "own"),
        ("全省税务系统收到政府信息公开申请88件", "system"),
        ("2023年收到政府信息公开申请3件", "unknown"),
        ("房价指数按季汇总", "unknown"),
    ],
)
def test_a_sentence_shows_the_scope(sentence, expected):
    found, notes = scope(f"题\n一、总体情况\n{sentence}。\n二、主动公开政府信息情况\n无。")
    assert found == expected
    assert [note.message for note in notes] == ([f"{expected}: {sentence}"] if expected != "unknown" else [])


def test_an_explicit_word_outweighs_a_count():
    assert scope("本报告只涉及局机关。\n一、总体情况\n全县收到政府信息公开申请9件。")[0] == "own"


BUREAU = ("示例市水利局", "department")
GOVERNMENT = ("示例县人民政府", "county")


def scope_of(sentence, agency, level):
    text = f"题\n一、总体情况\n{sentence}。\n二、主动公开政府信息情况\n无。"
    return read_scope(clean_text(text), read_sections(text), agency, level)[0]


@pytest.mark.parametrize(
    ("sentence", "issuer", "expected"),
    [
        ("数据取自局机关", BUREAU, "own"),
        ("本报告由办公室一家的数据构成", ("示例县人民政府办公室", "county"), "own"),
        ("统计数据不含所属单位", BUREAU, "own"),
        ("本局收到20件，上年结转2件", BUREAU, "own"),
        ("因本局未保存记录无法提供2件", BUREAU, "own"),
        ("我局依照《中华人民共和国政府信息公开条例》编制本报告", BUREAU, "own"),
        ("水利局全年收到申请12件", BUREAU, "own"),
        ("示例市水利局依照条例编制本报告", BUREAU, "own"),
        ("样例乡人民政府编制并发布", ("示例县样例乡人民政府", "township"), "own"),
        ("全镇主动公开信息318条", ("示例县样例镇人民政府", "township"), "own"),
        ("办公室全年收到公开申请19件", ("示例县人民政府办公室", "county"), "own"),
        ("全县本年新收84件，上年结转4件", GOVERNMENT, "aggregate"),
        ("县政府及工作部门共接到公开申请25件", GOVERNMENT, "aggregate"),
        ("答卷由办公室汇编，还收进18个部门、11个镇的数据", GOVERNMENT, "aggregate"),
        ("统计数据包括县政府各部门和各乡镇", GOVERNMENT, "aggregate"),
        ("全县共主动公开政府信息1.2万条", GOVERNMENT, "aggregate"),
        ("全省海关共受理申请31件", ("示例海关", "department"), "system"),
        ("全市各级税务机关主动公开信息4210条", ("国家税务总局示例市税务局", "department"), "system"),
        ("报告数据覆盖全市税务系统", ("国家税务总局示例市税务局", "department"), "system"),
    ],
)
def test_a_sentence_shows_the_scope_of_its_issuer(sentence, issuer, expected):
    assert scope_of(sentence, *issuer) == expected


@pytest.mark.parametrize(
    ("sentence", "issuer"),
    [
        ("通过依申请公开系统收到政府信息公开申请12件", GOVERNMENT),
        ("培训覆盖县政府各部门和各乡镇", GOVERNMENT),
        ("居民意见由各部门汇总", GOVERNMENT),
        ("发布反映全市经济运行情况的文章12篇", ("示例市统计局", "department")),
        ("全县行政复议2件", GOVERNMENT),
        ("本县收到依申请公开64件", GOVERNMENT),
        ("我县共出台规范性文件7件", GOVERNMENT),
        ("我局编制本报告", ("国家税务总局示例市税务局", "department")),
        ("我乡常住人口4000余人", ("示例县样例乡人民政府", "township")),
        ("本报告由局办公室汇总各科室、直属单位情况编制", BUREAU),
        ("其余15件不归本机关管", BUREAU),
        ("示例市水利局编制本报告。全市水利部门主动公开信息3100条", BUREAU),
        ("示例县人民政府编制本报告", GOVERNMENT),
        ("本报告由本级政府办公室编制", GOVERNMENT),
    ],
)
def test_a_sentence_that_shows_no_scope(sentence, issuer):
    assert scope_of(sentence, *issuer) == "unknown"


def test_later_sections_show_nothing():
    text = "题\n一、总体情况\n甲。\n" + "无关的话。" * 400 + "\n二、主动公开政府信息情况\n本报告汇总了各部门情况。"
    assert scope(text)[0] == "unknown"
