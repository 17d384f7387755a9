"""Spellings of one body match; different bodies never do."""

import pytest

from govreport_kit.auditing.roster import agency_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("样例县", "样例县人民政府"),
        ("样例县政府", "样例县人民政府"),
        ("样例县 人民政府", "样例县人民政府"),
        ("樣例縣人民政府", "样例县人民政府"),
        ("样例县政府办公室", "样例县人民政府办公室"),
        ("样例县府办", "样例县人民政府办公室"),
        ("样例镇", "样例镇人民政府"),
        ("样例街道", "样例街道办事处"),
        ("样例县卫健委", "样例县卫生健康委"),
        ("样例高新区管委会", "样例高新区管理委员会"),
        ("河北省石家庄市长安区人民政府", "石家庄市长安区"),
        ("河北省", "河北省人民政府"),
        ("石家庄市财政局", "河北省石家庄市财政局"),
    ],
)
def test_spellings_of_one_body(one, other):
    assert agency_key(one) == agency_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("样例县人民政府", "样例县人民政府办公室"),
        ("样例县人民政府", "样例市人民政府"),
        ("样例县财政局", "样例县财政局办公室"),
        ("石家庄市长安区人民政府", "西安市长安区人民政府"),
        ("样例镇人民政府", "样例乡人民政府"),
    ],
)
def test_different_bodies(one, other):
    assert agency_key(one) != agency_key(other)


def test_a_code_settles_which_of_the_same_name_is_meant():
    # 130102 is 长安区 in Shijiazhuang; the name alone is shared by several districts.
    assert agency_key("长安区人民政府", "130102") == agency_key("石家庄市长安区")
    assert agency_key("长安区人民政府") != agency_key("石家庄市长安区")
