"""A table beside the reports: what matches, and what does not, is told."""

import numpy as np
import pandas as pd
import pytest

from govreport_kit import join_panel
from govreport_kit.corpus import Corpus
from govreport_kit.errors import CorpusError, UnknownKeyError
from govreport_kit.report import Report


def report(agency, year, code=None, province=None):
    return Report(f"{year}/{province or ''}{agency}", agency=agency, year=year, region_code=code, province=province)


CORPUS = Corpus.from_reports(
    [
        report("甲市人民政府", 2023, "330100"),
        report("甲市人民政府", 2024, "330100"),
        report("乙市人民政府", 2024, "330200"),
        report("样例局", 2024),
    ]
)


def test_a_table_by_region_stands_beside_every_report_of_the_region():
    people = pd.DataFrame({"region_code": ["330100", "330300"], "population": [450_000, 90_000]}, index=[7, 7])
    panel, unmatched = join_panel(CORPUS, people, "region_code")
    assert panel["report_id"].tolist() == CORPUS.reports["report_id"].tolist()
    assert panel["population"].tolist()[:2] == [450_000, 450_000]
    assert panel["population"].isna().tolist() == [False, False, True, True]
    assert [tuple(row) for row in unmatched.astype(object).where(unmatched.notna(), None).to_numpy()] == [
        ("panel", "330200", 1),
        ("panel", None, 1),
        ("table", "330300", 1),
    ]


def test_years_match_whatever_their_dtype():
    table = pd.DataFrame({"agency": ["甲市人民政府", "样例局"], "year": [2024.0, np.nan], "treated": [True, False]})
    panel, unmatched = join_panel(CORPUS.panel(), table, ("agency", "year"))
    assert panel["treated"].tolist()[1] is True
    assert panel["treated"].notna().sum() == 1
    assert unmatched["side"].tolist() == ["panel"] * 3 + ["table"]


def test_everything_matched_leaves_an_empty_list():
    table = pd.DataFrame({"year": [2023, 2024], "growth": [5.2, 5.0]})
    panel, unmatched = join_panel(CORPUS, table, "year")
    assert panel["growth"].tolist() == [5.2, 5.0, 5.0, 5.0]
    assert unmatched.empty
    assert list(unmatched.columns) == ["side", "year", "rows"]


@pytest.mark.parametrize(
    ("table", "on", "error", "message"),
    [
        ({"region_code": ["1", "1"], "x": [1, 2]}, "region_code", CorpusError, r"1 keys .* more than once in the table.*: 1;"),
        ({"region_code": [330100], "x": [1]}, "region_code", CorpusError, r"text in the panel and numbers in the table.*astype\('str'\)"),
        ({"year": ["2024"], "x": [1]}, "year", CorpusError, "numbers in the panel and text in the table"),
        ({"year": [2024], "level": ["county"]}, "year", CorpusError, "the columns level; rename"),
        ({"yr": [2024], "x": [1]}, "year", UnknownKeyError, "no column of the table 'year'. Nearest: yr"),
        ({"region": ["330100"], "x": [1]}, "region", UnknownKeyError, "no column of the panel 'region'"),
    ],
)  # fmt: skip
def test_a_key_that_is_not_single_or_not_there_is_refused(table, on, error, message):
    with pytest.raises(error, match=message):
        join_panel(CORPUS, pd.DataFrame(table), on)


def test_agencies_of_one_name_do_not_share_a_row():
    corpus = Corpus.from_reports([report("示例镇人民政府", 2024, None, name) for name in ("甲省", "乙省")])
    table = pd.DataFrame({"agency": ["示例镇人民政府"], "year": [2024], "staff": [3]})
    with pytest.raises(CorpusError, match=r"more than once in the panel.*two provinces: 示例镇人民政府/2024"):
        join_panel(corpus, table, ("agency", "year"))
    panel, _ = join_panel(corpus, table.assign(province="甲省"), ("agency", "year", "province"))
    assert panel["staff"].notna().tolist() == [True, False]
