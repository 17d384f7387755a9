"""A hint names the agency that a reader would think of."""

import pytest

from govreport_kit.auditing.roster.similar import nearest_names

OTHERS = ["样例县人民政府", "示例县人民政府", "虚构市财政局", "示例县人民政府办公室"]


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("样列县人民政府", "样例县人民政府"),
        ("示例县人民政府办公厅", "示例县人民政府办公室"),
        ("虚构市财政与税务局", "虚构市财政局"),
        ("国家统计局", None),
    ],
)
def test_the_nearest_name_is_found_if_one_comes_near(name, nearest):
    assert nearest_names([name], OTHERS).get(name) == nearest


def test_what_all_names_share_makes_none_near():
    others = [f"{place}县人民政府" for place in "甲乙丙丁戊己庚辛壬癸"]
    assert nearest_names(["金木水县人民政府"], others) == {}


def test_without_names_there_is_no_hint():
    assert nearest_names([], OTHERS) == {}
    assert nearest_names(["样例县"], []) == {}
