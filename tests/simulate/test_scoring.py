"""What an audit found of planted errors: counted on findings made by hand."""

import pandas as pd

from govreport_kit import simulate
from govreport_kit.auditing import FINDING_COLUMNS

KEY = ["report_id", "rule", "table", "row", "column", "true", "planted"]
REPORTS = pd.DataFrame(
    [(f"{year}/{agency}", agency, year) for agency in ("示例县", "样例区") for year in (2022, 2023, 2024)],
    columns=["report_id", "agency", "year"],
)


def findings(*rows):
    frame = pd.DataFrame(rows, columns=["rule", "severity", "report_id", "where", "evidence"])
    return frame.reindex(columns=list(FINDING_COLUMNS))


def score(found, *key, texts=None):
    return simulate.score_findings(findings(*found), pd.DataFrame(key, columns=KEY), REPORTS, texts).to_dict("index")


def test_found_and_placed_are_counted_by_kind():
    key = [
        ("2022/示例县", "A.cell", "requests", "granted", "total", 3, 4),
        ("2023/样例区", "A.cell", "requests", "granted", "total", 3, 4),
        ("2024/样例区", "A.cell", "requests", "granted", "total", 3, 4),
    ]
    found = [
        ("A2", "error", "2022/示例县", "requests/granted/total", ""),
        ("A3", "error", "2023/样例区", "requests/granted/enterprise", ""),
        ("B1", "warning", "2024/样例区", "requests/granted/total", ""),
    ]
    told = score(found, *key)["A.cell"]
    assert [told[name] for name in ("planted", "found", "at_place")] == [3, 2, 1]
    assert told["recall"] == 2 / 3


def test_findings_elsewhere_lower_the_precision_unless_they_follow():
    key = [("2022/示例县", "B1.after", "requests", "carried_over", "total", 3, 4)]
    found = [
        ("B1", "warning", "2022/示例县", "requests/carried_over/total", ""),
        ("B1", "warning", "2023/示例县", "requests/carried_over/total", ""),  # the year after
        ("B1", "warning", "2023/样例区", "requests/carried_over/total", ""),
        ("B1", "info", "2024/样例区", "requests/carried_over/total", ""),  # less severe than the rule
    ]
    told = score(found, *key)["B1.after"]
    assert (told["found"], told["at_place"], told["elsewhere"], told["precision"]) == (1, 1, 1, 0.5)


def test_words_are_placed_by_their_span():
    key = [("2022/示例县", "F1", "text", "overview", "", None, "此处[填写]。")]
    found = [("F1", "warning", "2022/示例县", "text/4-8", "a placeholder left unfilled: [填写]")]
    assert score(found, *key, texts={"2022/示例县": "一二此处[填写]。三"})["F1"]["at_place"] == 1
    assert score(found, *key, texts={"2022/示例县": "一二三四五六七八九此处[填写]。"})["F1"]["at_place"] == 0
    assert score(found, *key)["F1"]["at_place"] == 0
