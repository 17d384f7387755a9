"""A researcher's verdicts: kept beside the corpus, applied on load, never lost by a new parse."""

import pandas as pd
import pytest

from govreport_kit.auditing import audit
from govreport_kit.corpus import Corpus, load_corpus
from govreport_kit.corpus.verdicts import judge
from govreport_kit.errors import CorpusError, UnknownKeyError
from govreport_kit.report import Cell, Fact, Report

ROW = {"upheld": 3, "corrected": 1, "other": 0, "pending": 2, "total": 7}  # 3 + 1 + 0 + 2 = 6
REPORT = Report(
    "2024/示例县人民政府",
    agency="示例县人民政府",
    year=2024,
    cells=tuple(Cell("reviews", "reconsideration", key, n, "reported" if n else "zero") for key, n in ROW.items()),
    facts=(Fact("requests_received", 21, "件", quote="收到21件", start=30, end=35),),
)


@pytest.fixture
def corpus():
    return Corpus.from_reports([REPORT])


def finding(corpus):
    (row,) = audit(corpus, ["A4"]).to_dict("records")
    return row


def total(corpus):
    return corpus.reviews.set_index("outcome")["count"]["total"]


def test_a_verdict_stands_beside_its_finding(corpus):
    assert finding(corpus)["verdict"] == "open"
    judged = judge(corpus, finding(corpus), "confirmed", note="printed so", by="A. B.", date="2026-11-26")
    assert finding(judged)["verdict"] == "confirmed"
    assert judged.verdicts.to_dict("records") == [
        {
            "report_id": REPORT.id, "rule": "A4", "where": "reviews/reconsideration/total", "verdict": "confirmed",
            "published": 7.0, "value": None, "note": "printed so", "by": "A. B.", "date": pd.Timestamp("2026-11-26"),
        }
    ]  # fmt: skip
    assert corpus.verdicts.empty


def test_a_later_verdict_takes_the_place_of_an_earlier_one(corpus):
    judged = judge(judge(corpus, finding(corpus), "confirmed"), finding(corpus), "explained", note="two instances")
    assert judged.verdicts["verdict"].tolist() == ["explained"]


def test_a_reading_error_is_corrected_and_the_published_value_stays_beside_it(corpus):
    judged = judge(corpus, finding(corpus), "reading_error", value=6, note="the 7 is a smudged 6")
    assert total(judged) == 6
    assert audit(judged, ["A4"]).empty
    (made,) = judged.corrections.to_dict("records")
    assert (made["read"], made["read_state"], made["value"], made["reason"]) == (7, "reported", 6, "verdict")
    assert total(corpus) == 7


def test_verdicts_survive_saving_and_a_new_parse_into_the_same_folder(corpus, tmp_path):
    judge(corpus, finding(corpus), "reading_error", value=6).save(tmp_path)
    corpus.save(tmp_path)
    assert total(load_corpus(tmp_path)) == 6
    assert len(load_corpus(tmp_path).corrections) == 1


def test_verdicts_stand_beside_a_file_of_parsed_reports(corpus, tmp_path):
    corpus.to_jsonl(tmp_path / "parsed.jsonl")
    judge(corpus, finding(corpus), "reading_error", value=6).save(tmp_path / "saved")
    (tmp_path / "saved" / "verdicts.csv").rename(tmp_path / "parsed.verdicts.csv")
    assert total(load_corpus(tmp_path / "parsed.jsonl")) == 6


def test_a_correction_does_not_touch_a_value_that_was_never_judged(corpus, tmp_path):
    judge(corpus, finding(corpus), "reading_error", value=6).save(tmp_path)
    cells = [Cell("reviews", "reconsideration", "total", 8, "reported")]
    Corpus.from_reports([Report(REPORT.id, agency=REPORT.agency, year=2024, cells=tuple(cells))]).save(tmp_path)
    assert total(load_corpus(tmp_path)) == 8
    assert load_corpus(tmp_path).corrections.empty


def test_a_figure_of_the_running_text_can_be_corrected(corpus):
    seen = {"report_id": REPORT.id, "rule": "C1", "where": "facts/requests_received", "observed": 21}
    judged = judge(corpus, seen, "reading_error", value=27)
    assert judged.facts["value"].tolist() == [27]
    assert judged.report(REPORT.id).corrections[0].table == "facts"


def test_a_part_of_a_corpus_keeps_its_verdicts(corpus):
    judged = judge(corpus, finding(corpus), "explained")
    assert finding(judged.select(year=2024))["verdict"] == "explained"
    assert finding(judged.merge())["verdict"] == "explained"


def test_what_cannot_be_a_verdict_is_refused(corpus):
    with pytest.raises(CorpusError, match="needs the right value"):
        judge(corpus, finding(corpus), "reading_error")
    with pytest.raises(CorpusError, match="correct nothing"):
        judge(corpus, finding(corpus), "confirmed", value=6)
    with pytest.raises(UnknownKeyError, match="explained"):
        judge(corpus, finding(corpus), "explain")
    with pytest.raises(UnknownKeyError, match="2024/示例县人民政府"):
        judge(corpus, finding(corpus) | {"report_id": "2024/示例县"}, "confirmed")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text.replace("verdicts/1", "verdicts/9"), "first two lines"),
        (lambda text: text.replace("explained", "explain"), "explained"),
        (lambda text: text + "2024/示例县人民政府,A4\n", "line 4"),
    ],
)
def test_a_damaged_file_of_verdicts_is_told_with_its_place(corpus, tmp_path, change, told):
    judge(corpus, finding(corpus), "explained").save(tmp_path)
    path = tmp_path / "verdicts.csv"
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    with pytest.raises(CorpusError, match=f"verdicts.csv.*{told}"):
        load_corpus(tmp_path)
