"""Invented corpora: they validate, add up, hand on what is left open, and come out the same again."""

import pytest

from govreport_kit import codebook, simulate
from govreport_kit.parsing import read_report

PARTS = [column.key for column in codebook.table_columns("requests")][:-1]


@pytest.fixture(scope="module")
def corpus():
    return simulate.synthetic_corpus(700, range(2019, 2026), seed=5)


def by_cell(frame, row, column, value):
    return frame.pivot_table(index="report_id", columns=[row, column], values=value, aggfunc="sum", observed=True)


def test_it_has_as_many_reports_as_asked_for():
    for count in (0, 1, 23):
        assert len(simulate.synthetic_corpus(count, range(2020, 2025))) == count


def test_every_level_and_several_provinces_stand_in_it(corpus):
    assert set(corpus.reports["level"]) >= {"prefecture", "county", "department", "township"}
    assert corpus.reports["province"].nunique() > 5


def test_it_validates(corpus):
    corpus.validate()


def test_its_reports_are_in_the_parsed_report_format(corpus):
    for report in corpus.select(corpus.reports.index < 20).iter_reports():
        assert type(report).from_json(report.to_json()) == report


def test_the_form_follows_the_year(corpus):
    forms = corpus.reports.groupby("year")["form"].unique().map(list).to_dict()
    assert forms == {year: ["f2019" if year < 2021 else "f2021"] for year in range(2019, 2026)}


def test_rows_and_columns_add_up(corpus):
    wide = by_cell(corpus.requests, "row", "applicant", "count")
    for row in wide.columns.unique(0):
        assert (wide[row][PARTS].sum(axis=1) == wide[row]["total"]).all()
    outcomes = [row for row in wide.columns.unique(0) if row not in
                ("received_new", "carried_over", "total_closed", "carried_forward")]  # fmt: skip
    for applicant in [*PARTS, "total"]:
        column = wide.xs(applicant, axis=1, level=1)
        assert (column[outcomes].sum(axis=1) == column["total_closed"]).all()
        received = column["received_new"] + column["carried_over"]
        assert (received == column["total_closed"] + column["carried_forward"]).all()


def test_reviews_add_up(corpus):
    wide = by_cell(corpus.reviews, "channel", "outcome", "count")
    for channel in wide.columns.unique(0):
        assert (wide[channel].drop(columns="total").sum(axis=1) == wide[channel]["total"]).all()


def test_what_is_carried_forward_is_carried_over_in_the_next_year(corpus):
    cells = corpus.requests.merge(corpus.reports[["report_id", "agency", "year"]].astype({"report_id": str}))
    sent = cells[cells["row"] == "carried_forward"].assign(year=lambda rows: rows["year"] + 1)
    came = cells[cells["row"] == "carried_over"]
    linked = sent.merge(came, on=["agency", "year", "applicant"])
    assert len(linked) == 600 * 7
    assert (linked["count_x"] == linked["count_y"]).all()


def test_the_stock_of_documents_is_handed_on(corpus):
    panel = corpus.panel().set_index(["agency", "year"]).filter(like="disclosure.normative_documents")
    later = panel.xs(2023, level="year").add_prefix("now.").join(panel.xs(2022, level="year"))
    key = "disclosure.normative_documents"
    assert (
        later[f"now.{key}.in_force"]
        == later[f"{key}.in_force"] + later[f"now.{key}.issued"] - later[f"now.{key}.repealed"]
    ).all()


def test_the_same_seed_gives_the_same_corpus(corpus):
    again = simulate.synthetic_corpus(700, range(2019, 2026), seed=5)
    assert all(frame.equals(getattr(again, name)) for name, frame in corpus.frames().items())
    assert not simulate.synthetic_corpus(700, range(2019, 2026), seed=6).requests.equals(corpus.requests)


def test_totals_alone_are_the_totals_of_the_whole(corpus):
    totals = simulate.synthetic_corpus(700, range(2019, 2026), seed=5, applicants="total").requests
    whole = corpus.requests[corpus.requests["applicant"] == "total"].reset_index(drop=True)
    assert totals.equals(whole)


def test_a_report_of_a_corpus_can_be_written_and_read(corpus, tmp_path):
    truth = corpus.report(corpus.reports["report_id"].iloc[150])
    path = tmp_path / "report.html"
    path.write_bytes(simulate.write_document(truth))
    read = read_report(path)
    assert {(c.row, c.column): c.value for c in read.cells} == {(c.row, c.column): c.value for c in truth.cells}
    assert {(f.indicator, f.value) for f in read.facts} == {(f.indicator, f.value) for f in truth.facts}
