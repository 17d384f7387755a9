from __future__ import annotations

import pandas as pd
import pytest

from govreport_kit import codebook
from govreport_kit.corpus import Corpus, panel_columns
from govreport_kit.errors import UnknownKeyError
from govreport_kit.report import Cell, Fact, Report


def cell(table, row, column, value, source="table", unit=None):
    state = {None: "blank", 0: "zero"}.get(value, "reported")
    return Cell(table, row, column, value, state, unit, source)


def totals(source="table", **rows):
    return [cell("requests", row.replace("__", "."), "total", value, source) for row, value in rows.items()]


def refused(first, **others):
    rows = [row.key for row in codebook.table_rows("requests") if row.group == "refused"]
    return [cell("requests", row, "total", others.get(row.removeprefix("refused."), first)) for row in rows]


def report(*cells, facts=(), **about):
    return Report(**{"id": "2023/示例县人民政府", "year": 2023, **about}, cells=tuple(cells), facts=tuple(facts))


def panel_row(*args, **kwargs):
    return Corpus.from_reports([report(*args, **kwargs)]).panel().iloc[0]


def test_the_panel_has_its_columns_whatever_the_corpus_holds():
    names = [column.name for column in panel_columns()]
    assert list(Corpus.from_reports([]).panel()) == names
    panel = Corpus.from_reports([report(), report(id="2024/示例县人民政府", year=2024)]).panel()
    assert list(panel) == names
    assert len(panel) == 2
    assert len(set(names)) == len(names)
    # 12 about the report, 5 breaks, the source, 25 rows and 5 groups; the disclosure table has 10 cells in 2021 and
    # 22 in 2019, of which 3 (the decisions) are the same; 15 cells of the review table, 37 indicators
    assert len(names) == 12 + 5 + 1 + 25 + 5 + (10 + 22 - 3) + 15 + 37


def test_every_column_is_described_in_both_languages():
    for column in panel_columns():
        assert column.en
        assert any("\u4e00" <= sign <= "\u9fff" for sign in column.zh), column.name
    described = {column.name: column for column in panel_columns()}
    assert described["disclosure.fees.amount_10k_cny"].en == (
        "administrative and institutional charges: amount collected in the year (万元)"
    )


def test_dtypes_are_the_described_ones():
    panel = Corpus.from_reports([report()]).panel()
    written = {"string": "str", "date": "datetime64[s]"}
    for column in panel_columns():
        assert panel[column.name].dtype.name == written.get(column.dtype, column.dtype), column.name


def test_totals_of_the_request_table_are_columns_and_parts_are_not():
    row = panel_row(*totals(received_new=21, carried_over=0), cell("requests", "received_new", "natural_person", 20))
    assert (row["received_new"], row["carried_over"]) == (21, 0)
    assert row["carried_forward"] is pd.NA
    assert row["requests_source"] == "table"


def test_a_misread_count_is_kept_to_the_last_digit():
    assert panel_row(*totals(received_new=2**53 + 1))["received_new"] == 2**53 + 1


def test_a_group_is_the_sum_of_its_rows():
    # 2 for each of eight reasons, but 5 for process information: 7 x 2 + 5 = 19
    row = panel_row(*refused(2, process_information=5), *totals(granted=12, partially_granted=5))
    assert row["refused"] == 19
    assert row["disclosed"] == 17
    assert row["refused.process_information"] == 5
    assert row["unable"] is pd.NA


def test_a_group_with_a_blank_row_is_missing():
    assert panel_row(*refused(2, process_information=None))["refused"] is pd.NA


def test_a_group_of_a_table_that_was_cut_off_is_missing():
    assert panel_row(*refused(2)[:-1])["refused"] is pd.NA
    assert panel_row(*totals(granted=12))["disclosed"] is pd.NA


def test_other_outcomes_are_one_row_in_2019_and_three_in_2021():
    assert panel_row(*totals(other__other=4), form="f2019")["other"] == 4
    three = totals(other__correction_overdue=1, other__fee_overdue=2, other__other=4)
    assert panel_row(*three, form="f2021")["other"] == 7
    blanks = totals(other__correction_overdue=None, other__fee_overdue=None, other__other=4)
    assert panel_row(*blanks, form="f2021")["other"] is pd.NA


def test_the_table_wins_over_the_running_text_row_by_row():
    row = panel_row(*totals(received_new=9, granted=None), *totals("narrative", received_new=8, granted=3, unable=4))
    assert row["received_new"] == 9
    assert row["granted"] is pd.NA
    assert row["unable"] == 4
    assert row["requests_source"] == "mixed"


def test_rows_of_a_group_in_the_table_keep_the_told_group_out():
    row = panel_row(*totals(refused__process_information=1), *totals("narrative", refused=3))
    assert row["refused"] is pd.NA
    assert row["refused.process_information"] == 1


def test_a_group_is_not_summed_from_two_sources():
    row = panel_row(*totals(granted=12), *totals("narrative", partially_granted=5))
    assert (row["granted"], row["partially_granted"]) == (12, 5)
    assert row["disclosed"] is pd.NA


def test_told_counts_and_a_derived_total_come_from_the_running_text():
    told = totals("narrative", received_new=38, granted=12, partially_granted=5, refused=19, carried_forward=2)
    row = panel_row(*told, *totals("derived", total_closed=36))
    assert (row["total_closed"], row["disclosed"], row["refused"]) == (36, 17, 19)
    assert row["requests_source"] == "narrative"


def test_a_told_group_stands_before_the_sum_of_told_parts():
    assert panel_row(*totals("narrative", granted=12, partially_granted=5, disclosed=18))["disclosed"] == 18


def test_cells_of_the_other_tables():
    row = panel_row(
        cell("disclosure", "licences", "decisions", 600), cell("disclosure", "licences", "change", -3),
        cell("disclosure", "penalties", "decisions", None), cell("reviews", "reconsideration", "total", 0),
    )  # fmt: skip
    assert row["disclosure.licences.decisions"] == 600
    assert row["disclosure.licences.change"] == -3
    assert row["disclosure.penalties.decisions"] is pd.NA
    assert row["reviews.reconsideration.total"] == 0
    assert pd.isna(row["requests_source"])


@pytest.mark.parametrize(
    ("item", "measure", "value", "unit", "expected"),
    [
        ("fees", "amount_10k_cny", 251000, "元", 25.1),
        ("fees", "amount_10k_cny", 160.5, "万元", 160.5),
        ("fees", "amount_10k_cny", 160.5, None, 160.5),
        ("fees", "amount_10k_cny", 2, "亿元", 20000),
        ("procurement", "amount", 240, "万元", 2_400_000),
        ("procurement", "amount", 251000, "元", 251000),
        ("procurement", "amount", 8040, None, 8040),
        ("licences", "decisions", 7, "件", 7),
    ],
)
def test_money_is_in_the_unit_of_the_form(item, measure, value, unit, expected):
    row = panel_row(cell("disclosure", item, measure, value, unit=unit))
    assert row[f"disclosure.{item}.{measure}"] == pytest.approx(expected)


def test_a_fact_told_with_two_values_is_missing():
    told = [
        Fact("messages_received", 929), Fact("messages_received", 16),
        Fact("trainings", 3, start=1, end=2), Fact("trainings", 3, start=8, end=9), Fact("website_items", 0),
    ]  # fmt: skip
    row = panel_row(facts=told)
    assert row["messages_received"] is pd.NA
    assert (row["trainings"], row["website_items"]) == (3, 0)


def test_breaks_begin_with_their_first_year():
    reports = [report(id=str(year), year=year) for year in (2018, 2020, 2024, 2025)] + [report(id="?", year=None)]
    panel = Corpus.from_reports(reports).panel()
    assert panel["break.form_2021"].tolist() == [False, False, True, True, pd.NA]
    assert panel["break.regulation_2019"].tolist() == [False, True, True, True, pd.NA]
    assert panel["break.litigation_2025"].tolist() == [False, False, False, True, pd.NA]


def test_the_summary_counts_what_reports_state():
    reports = [
        report(*totals(received_new=0, total_closed=None), id="1", level="county", complete=True),
        report(*totals("narrative", refused=3), id="2", level="county", facts=[Fact("suggestions_adopted", 2)]),
        report(id="3", level="township", facts=[Fact("processing_days_average", 9), Fact("proactive_items", 0)]),
        report(id="4", facts=[Fact("on_time_rate", 100), Fact("litigation_cases", 0)]),
    ]
    summary = Corpus.from_reports(reports).summary("level")
    assert list(summary) == [
        "level", "reports", "complete", "request_table", "requests_received", "requests_closed", "outcomes", "reviews",
        "proactive", "suggestions", "response_time", "on_time_rate",
    ]  # fmt: skip
    assert summary["level"].tolist()[:2] == ["county", "township"]
    assert summary["level"].isna().tolist() == [False, False, True]
    assert summary.drop(columns="level").to_numpy().tolist() == [
        [2, 1, 1, 1, 0, 1, 0, 0, 1, 0, 0],
        [1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0],
        [1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1],
    ]


def test_the_summary_by_several_columns():
    reports = [
        report(id="1", level="county"),
        report(id="2", level="county", year=2024),
        report(id="3", level="county"),
    ]
    summary = Corpus.from_reports(reports).summary(["level", "year"])
    assert summary[["level", "year", "reports"]].to_numpy().tolist() == [["county", 2023, 2], ["county", 2024, 1]]


def test_the_summary_by_whether_reports_were_read_whole_counts_them_once():
    reports = [
        report(id="1", complete=True, facts=[Fact("on_time_rate", 100)]),
        report(id="2", complete=True),
        report(id="3", complete=False),
    ]
    summary = Corpus.from_reports(reports).summary("complete")
    assert list(summary)[:3] == ["complete", "reports", "request_table"]
    assert summary[["complete", "reports", "on_time_rate"]].to_numpy().tolist() == [[False, 1, 0], [True, 2, 1]]
    assert summary.equals(Corpus.from_reports(reports).summary(["complete", "complete"]))


def test_the_summary_by_an_unknown_column_names_the_nearest():
    with pytest.raises(UnknownKeyError, match=r"no column of reports 'provinces'\. Nearest: province"):
        Corpus.from_reports([]).summary("provinces")
