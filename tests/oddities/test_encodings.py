"""Encodings that are not what pages say, scripts, pinyin between the characters, and slips of recognition."""

import re

import pytest

TRADITIONAL = str.maketrans(
    "县务开报总况条动类况复议诉讼结维纠终审计数属国护业机构会团体贯过执档询关没补确举报复请无当续办转项关为发废现规处决费单万银个这种区别与还说门际应资产东车长开对书馆经处级级",
    "縣務開報總況條動類況復議訴訟結維糾終審計數屬國護業機構會團體貫過執檔詢關沒補確舉報復請無當續辦轉項關為發廢現規處決費單萬銀個這種區別與還說門際應資產東車長開對書館經處級級",
)
PINYIN = {"示": "shì", "例": "lì", "县": "xiàn", "人": "rén", "民": "mín", "政": "zhèng", "府": "fǔ", "年": "nián"}


def test_a_page_that_says_gb2312_and_is_gb18030(made, read):
    # 镕 is not in GB 2312 and 㙍 takes four bytes in GB 18030.
    page = made.page(overview="政务公开志愿者朱镕㙍等参加，全年主动公开政府信息1260条。").replace("utf-8", "gb2312")
    report = read(page, encoding="gb18030")
    assert "朱镕㙍" in report.text
    assert made.values(report) == made.expected
    assert made.facts(report) == {"proactive_items": 1260}
    assert report.source.encoding == "gb18030"


@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "gbk", "iso-8859-1", ""])
def test_utf_8_whatever_the_page_says(made, read, declared):
    head = f'<meta charset="{declared}">' if declared else ""
    report = read(made.page(head=head))
    assert report.agency == "示例县人民政府"
    assert made.values(report) == made.expected


def test_utf_8_with_a_byte_order_mark(made, read):
    report = read(made.page(), encoding="utf-8-sig")
    assert (report.agency, report.year) == ("示例县人民政府", 2023)
    assert made.values(report) == made.expected
    report = read(made.text("全年主动公开政府信息1260条。"), "report.txt", encoding="utf-8-sig")
    assert report.title == made.TITLE


def test_big5_with_traditional_characters(made, read):
    page = made.page().translate(TRADITIONAL).replace("utf-8", "big5")
    page = re.sub(r"[\u4e00-\u9fff“”]", lambda found: found[0] if encodable(found[0]) else "", page)
    report = read(page, encoding="big5hkscs")
    assert (report.source.encoding or "").startswith("big5")
    assert report.year == 2023
    requests = {place: value for place, value in made.values(report).items() if place[0] == "requests"}
    assert requests.items() <= made.expected.items()
    assert requests["requests", "received_new", "natural_person"] == 20


def encodable(character):
    try:
        character.encode("big5hkscs")
    except UnicodeEncodeError:
        return False
    return True


def test_a_mirror_in_traditional_characters(made, read):
    report = read(made.page(overview="全年主动公开政府信息1260条，收到政府信息公开申请24件。").translate(TRADITIONAL))
    assert report.year == 2023
    assert made.values(report) == made.expected
    assert made.facts(report) == {"proactive_items": 1260, "requests_received": 24}
    assert [section.key for section in report.sections] == [
        "overview", "disclosure", "requests", "reviews", "problems", "other",
    ]  # fmt: skip


def with_pinyin(words):
    return re.sub(r"[\u4e00-\u9fff]", lambda found: f"{found[0]}{PINYIN.get(found[0], 'zì')} ", words)


def test_the_labels_of_a_mirror_with_pinyin_between_the_characters(made, read):
    page = made.page(title=made.TITLE).translate(TRADITIONAL)
    page = re.sub(r"(<td[^>]*>)([^<]*)</td>", lambda found: found[1] + with_pinyin(found[2]) + "</td>", page)
    assert made.values(read(page)) == made.expected


def test_pinyin_between_the_characters_of_the_whole_page(made, read):
    page = made.page(overview="全年主动公开政府信息1260条。")
    body = re.sub(r">([^<]+)<", lambda found: f">{with_pinyin(found[1])}<", page)
    report = read(body)
    assert (report.agency, report.year) == ("示例县人民政府", 2023)
    assert made.values(report) == made.expected
    assert made.facts(report) == {"proactive_items": 1260}


def test_pinyin_as_ruby(made, read):
    page = re.sub(r"(<p>|<h1>)([^<]+)<", lambda found: found[1] + re.sub(r"[\u4e00-\u9fff]", lambda one: f"<ruby>{one[0]}<rt>zì</rt></ruby>", found[2]) + "<", made.page())  # fmt: skip
    report = read(page)
    assert (report.agency, report.year) == ("示例县人民政府", 2023)
    assert made.facts(report) == {"proactive_items": 1260}


def test_a_slip_of_recognition_in_the_agencys_own_name_is_kept_as_printed(made, read):
    report = read(
        made.text("示例县人民政府全年主动公开政府信息1260条。", title="示侧县人民政府2023年政府信息公开工作年度报告"),
        "report.txt",
    )
    assert (report.agency, report.year) == ("示侧县人民政府", 2023)
    assert made.facts(report) == {"proactive_items": 1260}


def test_slips_of_recognition_in_labels(made, read):
    labels = {"refused.third_party_rights": "4.保护第三方合法权盆", "unable.not_held": "1.本机关不掌握相关政府信恳"}
    report = read(made.page(requests=made.request_table(made.relabelled(made.REQUESTS, labels))))
    assert made.values(report) == made.expected


def test_utf_16(made, read):
    report = read(made.text("全年主动公开政府信息1260条。"), "report.txt", encoding="utf-16")
    assert (report.agency, report.year) == ("示例县人民政府", 2023)
