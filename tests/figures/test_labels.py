from fractions import Fraction

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt

from govreport_kit.corpus import Corpus
from govreport_kit.figures import labels
from govreport_kit.figures.captions import source_sentence
from govreport_kit.figures.layout import style_rows, text_width, wrap
from govreport_kit.figures.theme import themed
from govreport_kit.report import Report


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
        ({"complete": np.True_}, "complete: yes", "是否读取全文：是"),
        ({"level": "county", "year": 2023}, "County government, 2023", "县级政府，2023"),
        ({"level": pd.NA}, "Not stated", "不明"),
        ({"form": pd.NA}, "Form not read", "未读出格式"),
        ({"form": None, "year": 2021}, "Form not read, 2021", "未读出格式，2021"),
        ({"year": 2014, "form": None}, "2014, Form not read", "2014，未读出格式"),
        ({"form": None, "year": 2013}, "No national table, 2013", "无国家统一表格，2013"),
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
    [("wilson", "Wilson"), ("clopper_pearson", "Clopper–Pearson"), ("t", "t"), ("clustered", "按报告聚类的")],
)
def test_methods_are_named(method, name):
    assert labels.interval_label(method, "zh") == name


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


def test_a_caption_tells_a_form_which_was_not_read_from_years_without_a_national_one():
    years, forms = (2024, 2024, 2014, 2013, None), ("f2021", None, None, None, None)
    reports = [
        Report(f"{place}", agency=f"虚构{place}局", year=year, form=form)
        for place, (year, form) in enumerate(zip(years, forms, strict=True))
    ]
    corpus = Corpus.from_reports(reports)
    ids = tuple(corpus.reports["report_id"])
    told = "form: revised form of 2021 1, form not read 3, no national table 1"
    assert told in source_sentence(corpus, ids, "en")
    assert "格式：2021年修订格式 1、未读出格式 3、无国家统一表格 1" in source_sentence(corpus, ids, "zh")


def test_rows_stand_at_the_exact_sum_of_the_heights_above_them():
    heights = [20.1] * 10  # of six and more, the sum from top to bottom is not the nearest number
    with mpl.rc_context({"ytick.labelsize": 7}):
        ax = plt.figure().add_subplot()
        middles = style_rows(ax, ["one"] * 10, lowest=heights)
    above = [float(sum(map(Fraction, heights[:row]))) for row in range(11)]
    assert middles == [top + 20.1 / 2 for top in above[:-1]]
    assert ax.get_ylim() == (above[-1], 0)
