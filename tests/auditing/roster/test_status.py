"""Expected reports and what became of them, case by case."""

from datetime import date

import pandas as pd
import pytest

from govreport_kit import codebook
from govreport_kit.auditing.roster import RosterError, roster_of, roster_status, unexpected_reports
from govreport_kit.corpus import Corpus
from govreport_kit.report import Cell, Report


def report(agency, year, published=None, received=5, *, complete=True, level="county", table=True, number=""):
    state = "blank" if received is None else "zero" if received == 0 else "reported"
    cells = (Cell("requests", "received_new", "total", received, state),) if table else ()
    return Report(
        id=f"{year}/{agency}{number}", agency=agency, year=year, level=level, published=published,
        complete=complete, cells=cells, form="f2021" if table else None,
    )  # fmt: skip


def roster(*rows, **columns):
    frame = pd.DataFrame(rows, columns=["agency", "year"])
    return frame.assign(**columns)


def plain(column):
    return [None if pd.isna(value) else value for value in column]


def status_of(reports, expected, failures=(), **given):
    return roster_status(Corpus.from_reports(reports, failures), expected, **given)


@pytest.mark.parametrize(
    ("found", "publication", "content", "lag"),
    [
        (report("样例县", 2023, "2024-03-31"), "on_time", "reported", 0),
        (report("样例县", 2023, "2024-04-02"), "late", "reported", 2),
        (report("样例县", 2023, None), "undated", "reported", None),
        (report("样例县", 2023, "2024-04-02", level="township"), "no_deadline", "reported", None),
        (report("样例县", 2023, "2024-01-02", received=0), "on_time", "zero_requests", -89),
        (report("样例县", 2023, "2024-01-02", received=None), "on_time", "blank", -89),
        (report("样例县", 2023, "2024-01-02", table=False), "on_time", "no_table", -89),
        (report("样例县", 2023, "2024-01-02", table=False, complete=False), "on_time", "part_read", -89),
        (report("邻县", 2023), "missing", None, None),
        (report("样例县", 2022), "missing", None, None),
    ],
)
def test_publication_and_content_are_told_apart(found, publication, content, lag):
    row = status_of([found], roster(("样例县人民政府", 2023))).iloc[0]
    assert (row["publication"], None if pd.isna(row["content"]) else row["content"]) == (publication, content)
    assert (None if pd.isna(row["lag"]) else row["lag"]) == lag


def test_before_the_due_date_nothing_is_missing():
    expected = roster(("样例县", 2023), level="county")
    assert status_of([], expected, as_of=date(2024, 3, 31))["publication"].tolist() == ["not_due"]
    assert status_of([], expected, as_of=date(2024, 4, 1))["publication"].tolist() == ["missing"]
    assert status_of([], expected)["publication"].tolist() == ["missing"]
    assert status_of([], roster(("样例镇", 2023), level="township"), as_of=date(2024, 1, 1))[
        "publication"
    ].tolist() == ["missing"]


def test_a_failed_document_is_linked_by_its_path():
    expected = roster(("样例县", 2023), ("示例县", 2023), ("虚构县", 2023), path=["a.pdf", "b.pdf", "c.pdf"])
    failures = [
        {"path": "a.pdf", "kind": "damaged", "message": "truncated"},
        {"path": "b.pdf", "kind": "not_a_report", "message": "a notice"},
    ]
    status = status_of([], expected, failures)
    assert status["publication"].tolist() == ["undated", "missing", "missing"]
    assert plain(status["content"]) == [
        "unreadable",
        None,
        None,
    ]
    assert plain(status["failure"]) == ["damaged", "not_a_report", None]


def test_of_several_documents_the_first_published_counts():
    found = [
        report("样例县", 2023, "2024-05-01", received=1),
        report("样例县", 2023, "2024-03-01", received=2),
        report("样例县", 2023, None, received=3),
    ]
    row = status_of(found, roster(("样例县", 2023))).iloc[0]
    assert (row["documents"], row["publication"], str(row["published"].date())) == (3, "on_time", "2024-03-01")


def test_names_are_matched_exactly_and_the_nearest_is_a_hint():
    found = [report("样例县人民政府", 2023), report("示例县人民政府办公室", 2023)]
    status = status_of(found, roster(("样例县政府", 2023), ("示例县人民政府", 2023)))
    assert plain(status["printed_name"]) == ["样例县人民政府", None]
    assert plain(status["nearest"]) == [None, "示例县人民政府办公室"]
    assert status["publication"].tolist() == ["undated", "missing"]


def test_reports_that_nobody_expects_are_told_with_the_reason():
    found = [
        report("样例县人民政府", 2023),
        report("样例县人民政府", 2021),
        report("示例县人民政府办公室", 2023),
        Report(id="scan", agency=None, year=2023),
    ]
    rest = unexpected_reports(Corpus.from_reports(found), roster(("样例县", 2023), ("示例县", 2023)))
    assert rest[["report_id", "reason"]].values.tolist() == [
        ["2021/样例县人民政府", "year_not_listed"],
        ["2023/示例县人民政府办公室", "agency_not_listed"],
        ["scan", "heading_unclear"],
    ]
    assert plain(rest["nearest"]) == [None, "示例县", None]
    assert set(rest["reason"]) <= set(codebook.unexpected)


def test_a_roster_of_the_corpus_crosses_its_agencies_and_years():
    corpus = Corpus.from_reports([report("样例县", 2021), report("样例县人民政府", 2023), report("示例县", 2022)])
    expected = roster_of(corpus)
    assert list(zip(expected["agency"], expected["year"], strict=True)) == [
        (agency, year) for agency in ("样例县人民政府", "示例县") for year in (2021, 2022, 2023)
    ]
    status = roster_status(corpus)
    assert status["publication"].tolist() == ["undated", "missing", "undated", "missing", "undated", "missing"]
    assert status["level"].tolist() == ["county"] * 6
    assert roster_of(corpus, [2022])["year"].tolist() == [2022, 2022]


def test_an_empty_corpus_expects_nothing():
    corpus = Corpus.from_reports([])
    assert roster_of(corpus).empty
    assert roster_status(corpus).empty
    assert roster_status(corpus)["publication"].dtype == "category"


@pytest.mark.parametrize(
    ("expected", "message"),
    [
        (pd.DataFrame({"agency": ["样例县"]}), "year is not among"),
        (roster(("样例县", None)), "empty in 1 rows"),
        (
            roster(("样例县", 2023), ("样例县人民政府", 2023)),
            "2 reports more than once: 样例县 2023; 样例县人民政府 2023",
        ),
    ],
)
def test_a_roster_that_cannot_be_used_is_refused(expected, message):
    with pytest.raises(RosterError, match=message):
        status_of([report("样例县", 2023)], expected)


def test_the_words_of_every_code_are_in_the_codebook():
    found = [report("样例县", 2023, "2024-01-02"), report("示例县", 2023)]
    status = status_of(found, roster(("样例县", 2023), ("示例县", 2023), ("虚构县", 2023)))
    assert list(status["publication"].cat.categories) == list(codebook.publications)
    assert list(status["content"].cat.categories) == list(codebook.contents)


def test_the_bundled_corpus_keeps_all_of_its_reports():
    from govreport_kit import load_corpus

    corpus = load_corpus()
    status = roster_status(corpus)
    told = set(status["report_id"].dropna()) | set(unexpected_reports(corpus, roster_of(corpus))["report_id"])
    assert status["documents"].sum() + corpus.reports[["agency", "year"]].isna().any(axis=1).sum() == len(corpus)
    assert told <= set(corpus.reports["report_id"])
