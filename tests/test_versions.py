"""Several reports of one agency and year: told, refused where they would be counted, and brought down to one."""

import pytest

from govreport_kit import figures
from govreport_kit.auditing import audit, overview
from govreport_kit.corpus import Corpus, load_corpus
from govreport_kit.metrics import RepeatedReportsError, bounds, components, rate, sensitivity
from govreport_kit.report import Cell, Fact, Report, Source

COUNTY, BUREAU = "示例县人民政府", "示例县样例局"


def report(closed, granted=4, *, path="第一版.html", extra=(), **about):
    counts = {"granted": granted, "total_closed": closed}
    cells = [Cell("requests", row, "total", count, "reported") for row, count in counts.items()]
    about = {"agency": COUNTY, "year": 2024, "scope": "own", "form": "f2021"} | about
    return Report(
        f"{about['year']}/{about['agency']}",
        cells=(*cells, *extra),
        source=Source(path=path, sha256=f"{closed:02d}" * 32),
        **about,
    )


def corpus_of(*reports):
    return Corpus.from_reports(reports)


def ids(corpus):
    return corpus.reports["report_id"].tolist()


NONE_CARRIED = [Cell("requests", row, "total", 0, "zero") for row in ("carried_over", "carried_forward")]
JANUARY, MARCH = "2025-01-20", "2025-03-05"
FIRST, SECOND = f"2024/{COUNTY}#35353535", f"2024/{COUNTY}#36363636"
REVISED = report(36, 5, path="更正.html", published=MARCH)
TWO = corpus_of(report(35, published=JANUARY), REVISED, report(20, agency=BUREAU))


@pytest.mark.parametrize("by", [None, "year", "report_id", ["published", "level"]])
@pytest.mark.parametrize("scope", [None, "own", "any"])
def test_versions_of_one_report_are_neither_added_up_nor_compared(by, scope):
    with pytest.raises(
        RepeatedReportsError, match=rf"^disclosure_full .*\({FIRST} and {SECOND}\)\. Corpus\.latest\(\)"
    ):
        rate(TWO, "disclosure_full", by, scope=scope)


def test_every_count_of_reports_refuses_them(tmp_path):
    TWO.save(tmp_path)
    days = {"facts": (Fact("processing_days_average", 9, unit="工作日"),)}
    balanced = [
        report(closed, extra=[Cell("requests", "received_new", "total", closed, "reported"), *NONE_CARRIED])
        for closed in (35, 36)
    ]
    for ask in (
        lambda: rate(tmp_path, "disclosure_full"),
        lambda: bounds(TWO, "disclosure_full"),
        lambda: sensitivity(TWO, "disclosure"),
        lambda: figures.funnel(TWO, "disclosure_full", by="report_id"),
        lambda: figures.trend(TWO, "disclosure_full"),
        lambda: figures.request_flow(corpus_of(*balanced)),
        lambda: figures.response_times(corpus_of(report(35, **days), report(36, **days))),
    ):
        with pytest.raises(RepeatedReportsError, match=f"2024/{COUNTY}#"):
            ask()
    assert components(TWO, "disclosure_full")["n"].tolist() == [35, 36, 20]


def test_only_reports_which_contribute_are_judged():
    silent = Report(f"2024/{COUNTY}", agency=COUNTY, year=2024, scope="own", source=Source(sha256="00" * 32))
    row = rate(corpus_of(report(35), silent), "disclosure_full")
    assert row[["k", "n", "reports", "coverage"]].to_numpy().tolist() == [[4, 35, 1, 0.5]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"year": 2023}),
        ({}, {"agency": BUREAU}),
        ({"province": "甲省"}, {"province": "乙省"}),
        ({"region_code": "990101"}, {"region_code": "990102"}),
        ({"scope": "own"}, {"scope": "system"}),
    ],
)
def test_reports_of_different_agencies_years_or_scopes_are_no_versions(one, other):
    corpus = corpus_of(report(35, **one), report(36, **other))
    assert rate(corpus, "disclosure_full")["n"].item() == 71
    assert ids(corpus.latest()) == ids(corpus)
    assert audit(corpus, ["E5"]).empty


def test_own_figures_and_an_aggregate_of_one_agency_stand_side_by_side():
    corpus = corpus_of(report(35), report(90, scope="aggregate"))
    assert rate(corpus, "disclosure_full", "scope")["n"].tolist() == [35, 90]
    assert len(corpus.latest()) == 2


def test_an_unknown_scope_may_be_a_version_of_either():
    corpus = corpus_of(report(35), report(90, scope="unknown"))
    with pytest.raises(RepeatedReportsError):
        rate(corpus, "disclosure_full", "scope")
    assert rate(corpus, "disclosure_full", scope="own")["n"].item() == 35


def test_reports_without_agency_or_year_are_no_versions():
    nameless = [Report(f"?/{number}", year=2024, cells=report(number).cells) for number in (35, 36)]
    undated = [Report(f"?/{COUNTY}{number}", agency=COUNTY, cells=report(number).cells) for number in (35, 36)]
    assert rate(corpus_of(*nameless, *undated), "disclosure_full")["n"].item() == 142


def test_the_latest_is_kept_and_the_other_told(tmp_path):
    kept = TWO.latest()
    assert ids(kept) == [SECOND, f"2024/{BUREAU}"]
    row = rate(kept, "disclosure_full")
    assert row[["k", "n", "reports"]].to_numpy().tolist() == [[9, 56, 2]]  # 5 + 4 of 36 + 20
    (note,) = kept.notes[kept.notes["code"] == "version_left_out"].itertuples()
    assert (note.report_id, note.message) == (
        SECOND,
        f"{FIRST} (第一版.html; published 2025-01-20; 2 figures) is left out beside"
        f" {SECOND} (更正.html; published 2025-03-05; 2 figures)",
    )
    kept.save(tmp_path)
    assert load_corpus(tmp_path).fingerprint() == kept.fingerprint()
    assert ids(kept.latest()) == ids(kept)
    assert ids(corpus_of(REVISED, report(35, published=JANUARY)).latest()) == [SECOND]


@pytest.mark.parametrize("days", [(MARCH, None), (None, JANUARY), (None, None), (MARCH, MARCH)])
def test_where_the_days_do_not_tell_the_one_with_most_numbers_is_kept(days):
    blank = Cell("requests", "received_new", "total", None, "blank")
    more = Cell("reviews", "reconsideration", "total", 0, "zero")
    fuller, other = report(36, published=days[0], extra=[more]), report(35, published=days[1], extra=[blank])
    for order in ([fuller, other], [other, fuller]):
        assert ids(corpus_of(*order).latest()) == [SECOND]


def test_of_two_with_as_many_numbers_the_first_by_id_is_kept_and_both_are_told():
    kept = corpus_of(report(36), report(35)).latest()
    assert ids(kept) == [FIRST]
    assert "undated; 2 figures) is left out beside" in kept.notes["message"].iloc[-1]


def test_the_audit_tells_them():
    findings = audit(TWO, ["E5"])
    assert findings[["report_id", "observed", "expected"]].to_numpy().tolist() == [[FIRST, 2, 1], [SECOND, 2, 1]]
    assert f"other reports stand for the same agency and year: {SECOND};" in findings["message_en"].iloc[0]
    assert f"同一机关同一年度另有报告：{FIRST}；" in findings["message_zh"].iloc[1]
    assert overview(findings)["judged"].tolist() == [3]
    assert audit(TWO.latest(), ["E5"]).empty
