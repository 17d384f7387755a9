"""The county of a township whose name leaves it out; the street offices and towns are invented."""

import pytest

from govreport_kit.documents import Document
from govreport_kit.parsing.heading import read_heading

TITLE = "样例路街道办事处2023年政府信息公开年度报告\n"
REPORT = "一、总体情况\n全年收到政府信息公开申请3件。\n"


def heading(text):
    body = text.find("一、总体情况")
    return read_heading(Document(text, (), "x.html", "0", "text/html", "utf-8", None, 0, {}), body)


@pytest.mark.parametrize(
    ("text", "county"),
    [
        (TITLE + "来源：静安区人民政府\n" + REPORT, "静安区"),
        (TITLE + "来源：上海市静安区人民政府网\n" + REPORT, "上海市静安区"),
        (TITLE + "如有疑问，请与本街道联系（地址：上海市静安区样例路1号）。\n" + REPORT, "上海市静安区"),
        (TITLE + REPORT + "上海市静安区人民政府 主办\n", "上海市静安区"),
        (TITLE + REPORT + "主办单位：静安区人民政府办公室\n", "静安区"),
        (TITLE + "静安区样例路街道办事处编制。\n来源：上海市静安区人民政府\n" + REPORT, "上海市静安区"),
    ],
)
def test_the_county_is_told_by_the_source_the_address_the_host_or_before_the_name(text, county):
    read = heading(text)
    assert (read.agency, read.level) == (f"{county}样例路街道办事处", "township")
    assert (read.province, read.region_code) == ("上海市", "310106")


def test_a_city_without_counties_has_townships_of_its_own():
    read = heading("样例镇人民政府2023年政府信息公开年度报告\n地址：广东省东莞市样例镇1号\n" + REPORT)
    assert (read.agency, read.region_code) == ("广东省东莞市样例镇人民政府", "441900")


@pytest.mark.parametrize(
    "text",
    [
        TITLE + "来源：静安区人民政府\n地址：上海市徐汇区样例路1号\n" + REPORT,  # two counties
        TITLE + "来源：上海市人民政府\n" + REPORT,  # a city of many districts
        TITLE + "来源：鼓楼区人民政府\n" + REPORT,  # a district of four cities
        TITLE + REPORT + "2023年，静安区人民政府开展检查。\n",
    ],
)
def test_what_tells_no_county_or_two_leaves_the_name_as_it_is(text):
    read = heading(text)
    assert (read.agency, read.province, read.region_code) == ("样例路街道办事处", None, None)


@pytest.mark.parametrize("name", ["示例县样例镇人民政府", "样例区示范街道办事处", "虚构市水利局", "示例县人民政府"])
def test_names_with_a_larger_division_and_other_bodies_stay(name):
    read = heading(f"{name}2023年政府信息公开年度报告\n来源：静安区人民政府\n地址：上海市静安区1号\n{REPORT}")
    assert read.agency == name
