"""Real published reports with hand-made labels, where they are at hand."""

import json

import pytest

from govreport_kit import codebook, read_report
from govreport_kit.documents import read_document


def labelled(shared, name):
    return json.loads((shared / "eval" / "dev" / f"{name}.json").read_text("utf-8"))


def figures(tables):
    return {
        (table, row, column): value
        for table, rows in tables.items()
        for row, columns in rows.items()
        for column, value in columns.items()
        if not isinstance(value, str)
    }


def test_the_seed_report(shared):
    report = read_report(shared / "seeds" / "zijin-2024.txt")
    label = labelled(shared, "2024_zijin-xian")
    assert (report.agency, report.year, report.level) == ("紫金县人民政府", 2024, "county")
    assert (report.province, report.published, report.form) == ("广东省", "2025-01-17", None)
    assert [section.key for section in report.sections] == list(codebook.sections)
    assert {(fact.indicator, fact.value) for fact in report.facts} == {
        (fact["indicator"], fact["value"]) for fact in label["facts"]
    }
    assert len(report.facts) == 17
    text = read_document(shared / "seeds" / "zijin-2024.txt").text
    assert all(text[fact.start : fact.end] == fact.quote for fact in report.facts)
    codes = [note.code for note in report.notes]
    counts = {"missing_table": 3, "placeholder": 2, "filling_note": 2, "repeated_figure": 1}
    assert {code: codes.count(code) for code in codes} == counts
    # 12 + 5 + 19 = 36 = 38 - 2
    derived = [(cell.row, cell.value) for cell in report.cells if cell.source == "derived"]
    assert derived == [("total_closed", 36)]


def test_the_page_of_2019_whose_totals_are_blank(shared):
    name = "2019_shanghai-shi-bangongting"
    report = read_report(shared / "eval" / "dev" / f"{name}.html")
    label = labelled(shared, name)
    table = [cell for cell in report.cells if cell.source == "table"]
    assert {(c.table, c.row, c.column): c.value for c in table if c.value is not None} == figures(label["tables"])
    assert len(table) == 22 + 161 + 15
    blank = {(c.row, c.column) for c in table if c.state == "blank"}
    assert ("granted", "total") in blank
    assert {(fact.indicator, fact.value) for fact in report.facts} == {
        (fact["indicator"], fact["value"]) for fact in label["facts"]
    }
    assert (report.form, report.published, report.level) == ("f2019", "2020-01-31", "province")


def test_the_invented_sentences(shared):
    from govreport_kit.parsing.clean import clean_text
    from govreport_kit.parsing.facts import read_facts

    wrong = missed = 0
    for item in json.loads((shared / "eval" / "invented_sentences.json").read_text("utf-8")):
        found, _ = read_facts(clean_text(item["text"]), [], None)
        have = {(fact.indicator, fact.value) for fact in found}
        want = {(fact["indicator"], fact["value"]) for fact in item["facts"]}
        wrong += len(have - want)
        missed += len(want - have)
    assert (wrong, missed) == (0, 0)


@pytest.mark.parametrize("name", ["2024_shanghai-shi-kewei", "2024_zijin-xian"])
def test_no_figure_is_false(shared, tmp_path, name):
    label = labelled(shared, name)
    (tmp_path / f"{name}.txt").write_text(label["text"], "utf-8")
    report = read_report(tmp_path / f"{name}.txt")
    assert (report.agency, report.year) == (label["agency"], label["year"])
    assert {(fact.indicator, fact.value) for fact in report.facts} <= {
        (fact["indicator"], fact["value"]) for fact in label["facts"]
    }
