import numpy as np
import pandas as pd
import pytest

from govreport_kit.figures import labels
from govreport_kit.figures.layout import text_width, wrap
from govreport_kit.figures.theme import themed


@pytest.mark.parametrize(
    ("values", "en", "zh"),
    [
        ({}, "All reports", "全部报告"),
        ({"year": np.int16(2023)}, "2023", "2023"),
        ({"year": 2023.0}, "2023", "2023"),
        ({"level": "county"}, "County government", "县级政府"),
        ({"form": "f2021"}, "Revised form of 2021", "2021年修订格式"),
        ({"region_code": "110101"}, "东城区", "东城区"),
        ({"region_code": "999999"}, "999999", "999999"),
        ({"complete": np.True_}, "complete: yes", "是否读取全文: 是"),
        ({"level": "county", "year": 2023}, "County government, 2023", "县级政府，2023"),
        ({"level": pd.NA}, "Not stated", "不明"),
        ({"province": "示范省"}, "示范省", "示范省"),
        ({"province": pd.NA}, "State Council or no province known", "国务院部门或省份不明"),
    ],
)
def test_groups_in_words(values, en, zh):
    assert labels.group_label(values, "en") == en
    assert labels.group_label(values, "zh") == zh


def test_every_word_stands_in_both_languages():
    for key, words in labels._words().items():
        assert words["en"], key
        assert words["zh"], key


@pytest.mark.parametrize(
    ("method", "name"),
    [("wilson", "Wilson"), ("clopper_pearson", "Clopper–Pearson"), ("t", "t")],
)
def test_methods_are_named(method, name):
    assert labels.interval_label(method) == name


@pytest.mark.parametrize(
    "text", ["granted in full or in part, of all closed", "实体决定公开率（公开占公开与不予公开之和）"]
)
def test_wrapped_lines_keep_their_width_and_text(text):
    with themed():
        lines = wrap(text, 60, 7).split("\n")
        assert len(lines) > 1
        assert all(text_width(line, 7) <= 60 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not any(line.startswith(("）", "，", "、")) or line.endswith("（") for line in lines)


def test_a_word_wider_than_the_line_stays_whole():
    with themed():
        assert wrap("incomprehensible word", 10, 7) == "incomprehensible\nword"


def test_width_of_a_text():
    with themed():
        assert text_width("", 7) == 0
        assert text_width("公开", 7) == pytest.approx(14, abs=1.5)
