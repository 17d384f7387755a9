"""Places are real ones, sentences are invented."""

import pytest

from govreport_kit.parsing.clean import clean_text
from govreport_kit.parsing.strangers import read_strangers

MAYANG = "431226"  # 麻阳苗族自治县, 怀化市 (431200), 湖南省 (430000)


def notes(text, code=MAYANG, year=2025):
    return [(note.code, text[note.start : note.end]) for note in read_strangers(clean_text(text), code, year)]


def test_the_website_of_another_place_is_told():
    text = "示例。本报告可在应城市人民政府网站查阅。"
    assert notes(text) == [("other_place", "应城市")] or notes(text)[0][0] == "other_place"


@pytest.mark.parametrize(
    "text",
    [
        "本报告可在麻阳苗族自治县人民政府网站查阅。",
        "并在怀化市人民政府门户网站集中公布。",
        "信息由湖南省人民政府门户网站转载。",
        "经中国政府网站转载。",
        "在县人民政府网站公布。",
    ],
)
def test_ones_own_place_and_the_larger_ones_around_it_are_no_strangers(text):
    assert notes(text) == []


def test_without_a_place_of_ones_own_nothing_can_be_told():
    assert notes("本报告可在应城市人民政府网站查阅。", code=None) == []


def test_a_period_of_another_year_is_told():
    told = notes("本年度报告所列数据的统计期限自2024年1月1日起至2024年12月31日止。")
    assert [code for code, _ in told] == ["other_period"]
    assert notes("本年度报告所列数据的统计期限自2025年1月1日起至2025年12月31日止。") == []
