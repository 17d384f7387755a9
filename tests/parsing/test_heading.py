"""Who, when, at which level."""

import pytest

from govreport_kit.documents import Document
from govreport_kit.parsing.heading import read_heading
from govreport_kit.parsing.places import locate
from govreport_kit.parsing.title import is_report_title


def heading(text, title=None, **metadata):
    return read_heading(Document(text, (), "x.html", "0", "text/html", "utf-8", title, 0, metadata))


@pytest.mark.parametrize(
    ("title", "agency", "year", "level", "province"),
    [
        ("紫金县人民政府2024年政府信息公开工作年度报告", "紫金县人民政府", 2024, "county", "广东省"),
        ("2019年上海市人民政府办公厅政府信息公开工作年度报告", "上海市人民政府办公厅", 2019, "province", "上海市"),
        ("杭州市2023年度政府信息公开工作年度报告", "杭州市人民政府", 2023, "prefecture", "浙江省"),
        ("义乌市人民政府2022年政府信息公开工作年度报告", "义乌市人民政府", 2022, "county", "浙江省"),
        ("2021年浙江省财政厅政府信息公开工作年度报告", "浙江省财政厅", 2021, "department", "浙江省"),
        ("水利部2020年政府信息公开工作年度报告", "水利部", 2020, "ministry", None),
        ("国家统计局2020年政府信息公开工作年度报告", "国家统计局", 2020, "ministry", None),
        ("某县示例镇2023年政府信息公开工作年度报告", "某县示例镇人民政府", 2023, "township", None),
        ("上海市徐汇区天平街道办事处二〇二二年政府信息公开年度报告", "上海市徐汇区天平街道办事处", 2022, "township", "上海市"),
        ("重庆两江新区管理委员会2024年度政府信息公开工作报告", "重庆两江新区管理委员会", 2024, "other", None),
        ("湖北省发改委2021年政府信息公开工作年度报告", "湖北省发展和改革委员会", 2021, "department", "湖北省"),
    ],
)  # fmt: skip
def test_a_title_names_agency_year_and_level(title, agency, year, level, province):
    read = heading(f"首页\n{title}\n正文。")
    assert (read.agency, read.year, read.level, read.province) == (agency, year, level, province)
    assert read.notes == ()


def test_a_name_that_several_places_share_settles_no_province():
    read = heading("鼓楼区人民政府2023年政府信息公开工作年度报告\n")
    assert (read.agency, read.level, read.province, read.region_code) == ("鼓楼区人民政府", "county", None, None)
    read = heading("南京市鼓楼区人民政府2023年政府信息公开工作年度报告\n")
    assert (read.province, read.region_code) == ("江苏省", "320106")


@pytest.mark.parametrize(
    ("agency", "level", "province", "code"),
    [
        ("淮安市洪泽区水利局", "department", "江苏省", "320813"),
        ("国家税务总局上海市税务局", "department", "上海市", "310000"),
        ("国家税务总局", "ministry", None, None),
        ("恩施州水利局", "department", "湖北省", "422800"),
        ("湘西州人民政府", "prefecture", "湖南省", "433100"),
        ("内蒙古教育厅", "department", "内蒙古自治区", "150000"),
        ("嘉峪关市人民政府", "prefecture", "甘肃省", "620200"),
        ("桂林市临桂区四塘镇人民政府", "township", "广西壮族自治区", "450312"),
        ("上海市市场监督管理局", "department", "上海市", "310000"),
        ("济南市城市管理局", "department", "山东省", "370100"),
        ("济南市高新区管理委员会", "other", "山东省", "370100"),
    ],
)
def test_a_name_gives_province_and_code(agency, level, province, code):
    read = heading(f"{agency}2023年政府信息公开工作年度报告\n")
    assert (read.agency, read.level, read.province, read.region_code) == (agency, level, province, code)
    assert read.notes == ()


@pytest.mark.parametrize(
    ("agency", "province", "told"),
    [
        ("鼓楼区水利局", None, "鼓楼区 is the name of several divisions (320106 in 江苏省, 320302 in 江苏省"),
        ("江苏省鼓楼区人民政府", "江苏省", "鼓楼区 is the name of several divisions"),
        ("成都市郫县教育局", "四川省", "郫县 is not among the divisions of the place before it"),
    ],
)
def test_a_division_that_could_not_be_settled_is_told_and_has_no_code(agency, province, told):
    read = heading(f"{agency}2013年政府信息公开工作年度报告\n")
    assert (read.province, read.region_code) == (province, None)
    (note,) = read.notes
    assert note.code == "region_unclear"
    assert note.message.startswith(told)


def test_a_city_that_is_not_known_has_the_level_that_its_parts_show():
    title = "虚构市人民政府2023年政府信息公开工作年度报告\n"
    assert heading(title + "办公室指导各县区开展工作。").level == "prefecture"
    read = heading(title + "办公室指导各单位开展工作。")
    assert read.level is None
    assert [note.message for note in read.notes] == ["no level could be read from the head of the document"]


def test_the_text_completes_a_short_name_with_its_larger_place():
    read = heading("洪泽区人民政府\n2023年政府信息公开工作年度报告\n由淮安市洪泽区人民政府办公室编制。")
    assert (read.agency, read.year, read.region_code) == ("淮安市洪泽区人民政府", 2023, "320813")


def test_a_title_broken_over_lines_or_kept_only_by_the_page():
    assert heading("示例县人民政府\n2023年政府信息公开\n").agency is None
    read = heading("正文", title="示例县2023年政府信息公开工作年度报告_示例县政府网")
    assert (read.agency, read.year) == ("示例县人民政府", 2023)
    read = heading("正文", articletitle="示例县2022年政府信息公开工作年度报告")
    assert read.year == 2022


def test_the_year_may_stand_in_the_period_only():
    read = heading("示例县人民政府政府信息公开工作年度报告\n统计期限为2022年1月1日至2022年12月31日。")
    assert (read.agency, read.year) == ("示例县人民政府", 2022)


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("示例县2023年政府信息公开工作年度报告\n发布日期：2024-01-05 10:20\n", "2024-01-05"),
        ("示例县2023年政府信息公开工作年度报告\n正文\n示例县人民政府\n2024年1月18日\n", "2024-01-18"),
        ("示例县2023年政府信息公开工作年度报告\n2023年1月1日至12月31日。\n", None),
        ("示例县2023年政府信息公开工作年度报告\n来源：办公室　时间：2024-02-03 09:41　字号：大\n", "2024-02-03"),
        ("示例县2023年政府信息公开工作年度报告\n2024-02-04 09:41 来源：办公室\n", "2024-02-04"),
        ("示例县2023年政府信息公开工作年度报告\n示例县人民政府　2024年2月5日\n", "2024-02-05"),
        ("示例县2023年政府信息公开工作年度报告\n示例县人民政府编制，2024年2月6日发布。\n", "2024-02-06"),
        ("示例县2023年政府信息公开工作年度报告\n正文\n落款：示例县水利局，2024年2月7日。\n", "2024-02-07"),
        ("示例县2023年政府信息公开工作年度报告\n正文\n二〇二四年二月十八日\n", "2024-02-18"),
        ("示例县2023年政府信息公开工作年度报告\n正文\n发布日期：2024-02-09\n", "2024-02-09"),
        ("示例县2023年政府信息公开工作年度报告\n条例自2019年5月15日起施行。\n会议时间：2023年5月1日\n", None),
        ("示例县2023年政府信息公开工作年度报告\n发布日期：20221月1日\n", None),
        ("示例县2023年政府信息公开工作年度报告\n发布日期：2024-13-45\n", None),
    ],
)
def test_the_date_of_publication(text, published):
    assert heading(text).published == published


def test_a_notice_about_reports_is_no_report():
    assert not is_report_title("关于做好2023年政府信息公开工作年度报告编制工作的通知")
    assert not is_report_title("示例县统计年鉴")
    assert is_report_title("示例县2023年政府信息公开年报")


def test_what_is_unknown_is_told():
    read = heading("无题\n")
    assert (read.agency, read.year) == (None, None)
    assert [note.code for note in read.notes] == ["heading_unclear", "heading_unclear"]


def test_places_nest_from_the_largest():
    place = locate("浙江省杭州市西湖区民政局")
    assert [region.name for region in place.regions] == ["浙江省", "杭州市", "西湖区"]
    assert place.rest == "民政局"
    assert locate("西湖区民政局").regions == ()


def test_the_title_nearest_to_the_body_wins_over_the_titles_of_other_years():
    text = "示例县2024年政府信息公开工作年度报告\n示例县2022年政府信息公开工作年度报告\n示例县2023年政府信息公开工作年度报告\n一、总体情况"
    document = Document(text, (), "x.html", "0", "text/html")
    assert read_heading(document, text.index("一、")).year == 2023


def test_a_broken_title_nearest_to_the_body_wins_over_whole_titles_of_other_years():
    links = "• 示例县2022年政府信息公开工作年度报告\n• 示例县2021年政府信息公开工作年度报告\n"
    text = f"{links}示例县2023年政府信息公开工作年度\n报告\n索引号：1    发布机构：示例县\n一、总体情况"
    read = read_heading(Document(text, (), "x.pdf", "0", "application/pdf"), text.index("一、"))
    assert (read.title, read.agency, read.year) == ("示例县2023年政府信息公开工作年度报告", "示例县人民政府", 2023)


@pytest.mark.parametrize("bullet", "•●◆■▪◦►▶★※")
def test_a_bullet_before_the_title_is_no_part_of_the_name(bullet):
    assert heading(f"{bullet} 示例县财政局2023年政府信息公开工作年度报告\n").agency == "示例县财政局"


def test_a_breadcrumb_is_no_title():
    read = heading("当前位置：首页>政务公开>政府信息公开年报\n示例县2023年政府信息公开工作年度报告\n")
    assert read.agency == "示例县人民政府"


@pytest.mark.parametrize("link", ["上一篇：", "下一篇: ", "您的位置："])
def test_a_link_to_another_report_is_no_title(link):
    read = heading(f"示例县2023年政府信息公开工作年度报告\n{link}样例区2022年政府信息公开工作年度报告\n一、总体情况\n")
    assert (read.agency, read.year) == ("示例县人民政府", 2023)


@pytest.mark.parametrize("title", ["XX区人民政府2024年政府信息公开工作年度报告", "2024年政府信息公开工作年度报告"])
def test_a_title_without_a_name_gets_the_one_that_stands_alone(title):
    read = heading(f"{title}\n样例区人民政府\n一、总体情况\n正文。\n2025年1月3日\n")
    assert (read.agency, read.year) == ("样例区人民政府", 2024)


def test_two_names_that_stand_alone_settle_nothing():
    read = heading("2024年政府信息公开工作年度报告\n样例区人民政府\n示例县教育局\n正文。")
    assert read.agency is None
