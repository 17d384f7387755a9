"""A rate straight from a saved corpus is the rate of the corpus."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from govreport_kit import codebook
from govreport_kit.corpus import Corpus
from govreport_kit.corpus.storage import read_figures
from govreport_kit.errors import CorpusError, MissingPathError
from govreport_kit.metrics import components, rate, sensitivity
from govreport_kit.report import Cell, Fact, Report
from govreport_kit.simulate import synthetic_corpus

PEOPLE = pd.DataFrame({"agency": ["虚构局"], "year": [2024], "population": [450_000]})


@pytest.fixture(scope="module")
def corpus():
    """Invented reports, a third of their totals blank or not there, and two reports without tables."""
    whole = synthetic_corpus(40, range(2020, 2024), seed=3)
    rng = np.random.default_rng(3)
    cells = whole.requests.copy()
    total = (cells["applicant"] == "total").to_numpy(bool)
    blank = total & (rng.random(len(cells)) < 0.2)
    cells.loc[blank, "count"], cells.loc[blank, "state"] = pd.NA, "blank"
    cells = cells[~(total & (rng.random(len(cells)) < 0.1))].reset_index(drop=True)
    told = [
        Cell("requests", "refused", "total", 5, "reported", source="narrative"),
        Cell("requests", "total_closed", "total", 40, "reported", source="narrative"),
    ]
    facts = [
        Fact("requests_closed", 40, "件", approx=True),
        Fact("suggestions_received", 40, "条"),
        Fact("suggestions_adopted", 18, "条"),
    ]
    about = {"agency": "虚构局", "year": 2024, "level": "county", "scope": "aggregate"}
    text = Report("2024/虚构局", cells=tuple(told), facts=tuple(facts), **about)
    return replace(whole, requests=cells).merge(Corpus.from_reports([text, Report("2025/虚构局", agency="虚构局")]))


@pytest.fixture(scope="module")
def folder(corpus, tmp_path_factory):
    path = tmp_path_factory.mktemp("saved") / "corpus"
    corpus.save(path)
    return path


@pytest.mark.parametrize("metric", codebook.metrics)
def test_every_metric_is_the_same_from_disk(corpus, folder, metric):
    pd.testing.assert_frame_equal(
        rate(str(folder), metric, ["year", "level"], scope="any", exposure=PEOPLE),
        rate(corpus, metric, ["year", "level"], scope="any", exposure=PEOPLE),
    )
    pd.testing.assert_frame_equal(
        components(folder, metric, exposure=PEOPLE), components(corpus, metric, exposure=PEOPLE)
    )


def test_families_and_several_metrics_too(corpus, folder, tmp_path):
    expected = sensitivity(corpus, "disclosure", "year", scope="any")
    pd.testing.assert_frame_equal(sensitivity(folder, "disclosure", "year", scope="any"), expected)
    corpus.to_jsonl(tmp_path / "corpus.jsonl")
    from_lines = rate(tmp_path / "corpus.jsonl", ["refusal_rate", "suggestion_adoption"], scope="any")
    assert from_lines["k"].tolist() == rate(corpus, ["refusal_rate", "suggestion_adoption"], scope="any")["k"].tolist()


def test_only_what_is_asked_for_is_read(corpus, folder):
    frames = read_figures(folder, {"requests": {"row": ["granted"], "applicant": ["total", "enterprise"]}})
    cells = corpus.requests
    wanted = (cells["row"] == "granted") & cells["applicant"].isin(["total", "enterprise"])
    pd.testing.assert_frame_equal(frames["requests"], cells[wanted].reset_index(drop=True))
    pd.testing.assert_frame_equal(frames["reports"], corpus.reports)
    assert [name for name, frame in frames.items() if frame.empty] == ["disclosure", "reviews", "facts", "sections", "claims", "corrections", "notes", "failures"]  # fmt: skip


def test_a_changed_file_is_refused_and_a_missing_folder_named(corpus, tmp_path):
    corpus.save(tmp_path / "corpus")
    (tmp_path / "corpus" / "requests.parquet").write_bytes(b"")
    with pytest.raises(CorpusError, match="damaged or was changed"):
        rate(tmp_path / "corpus", "refusal_rate")
    with pytest.raises(MissingPathError, match="Nearest: corpus"):
        rate(tmp_path / "corpse", "refusal_rate")
