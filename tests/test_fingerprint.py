from dataclasses import replace

from govreport_kit.corpus import Corpus, load_corpus
from govreport_kit.report import Cell, Report


def one(**changes):
    cells = (
        Cell("requests", "received_new", "total", 3, "reported"),
        Cell("requests", "other", "total", None, "blank"),
    )
    return Corpus.from_reports([replace(Report("2023/示例县", year=2023, cells=cells), **changes)])


def test_the_same_figures_have_the_same_fingerprint():
    assert one().fingerprint() == one().fingerprint()
    assert len(one().fingerprint()) == 64


def test_saved_and_loaded_a_corpus_keeps_its_fingerprint(tmp_path):
    one().save(tmp_path)
    assert load_corpus(tmp_path).fingerprint() == one().fingerprint()


def test_unused_categories_do_not_matter():
    two = one().merge(Corpus.from_reports([Report("2024/样例区", year=2024)]))
    assert two.select(year=2023).fingerprint() == one().fingerprint()


def test_a_blank_is_not_a_zero_and_every_value_matters():
    blank = one()
    zero = replace(blank, requests=blank.requests.fillna({"count": 0}))
    assert blank.fingerprint() != zero.fingerprint()
    assert one(year=2022).fingerprint() != one().fingerprint()


def test_where_the_file_lies_does_not_matter():
    here = one()
    there = replace(here, reports=here.reports.assign(path="elsewhere/report.html"))
    assert here.fingerprint() == there.fingerprint()
