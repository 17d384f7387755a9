"""Nothing that is done to a frame which a corpus handed out, or was given, reaches the corpus."""

import pickle
from dataclasses import FrozenInstanceError, replace

import pandas as pd
import pytest
from pandas.errors import ChainedAssignmentError

from govreport_kit.corpus import Corpus
from govreport_kit.metrics import rate
from govreport_kit.report import Cell, Report


@pytest.fixture
def corpus():
    cells = [
        Cell("requests", row, "total", count, "reported") for row, count in {"granted": 4, "total_closed": 10}.items()
    ]
    return Corpus.from_reports([Report("2023/示例县", agency="示例县", year=2023, form="f2021", cells=tuple(cells))])


def set_a_column(frame):
    frame["count"] = 0


def set_a_value(frame):
    frame.loc[0, "count"] = 0


def set_by_place(frame):
    frame.iloc[:, list(frame).index("count")] = 0


@pytest.mark.parametrize("change", [set_a_column, set_a_value, set_by_place])
@pytest.mark.parametrize("frame_of", [lambda corpus: corpus.requests, lambda corpus: corpus.frames()["requests"]])
def test_a_changed_frame_changes_no_rate(corpus, change, frame_of):
    before = corpus.fingerprint()
    frame = frame_of(corpus)
    change(frame)
    assert frame["count"].iloc[0] == 0
    assert corpus.fingerprint() == before
    assert rate(corpus, "disclosure_full")[["k", "n"]].values.tolist() == [[4, 10]]


def test_pandas_warns_where_a_change_goes_nowhere(corpus):
    with pytest.warns(ChainedAssignmentError):
        corpus.reports["level"] = "county"
    with pytest.warns(ChainedAssignmentError):
        corpus.reports.loc[0, "level"] = "county"
    assert corpus.reports["level"].isna().all()


def test_another_frame_makes_another_corpus(corpus):
    cells = corpus.requests
    cells.loc[0, "count"] = 6
    changed = replace(corpus, requests=cells)
    assert rate(changed, "disclosure_full")["k"].tolist() == [6]
    assert rate(corpus, "disclosure_full")["k"].tolist() == [4]
    cells.loc[0, "count"] = 8
    assert rate(changed, "disclosure_full")["k"].tolist() == [6]


def test_the_frames_are_what_they_were(corpus):
    assert pickle.loads(pickle.dumps(corpus)).fingerprint() == corpus.fingerprint()
    pd.testing.assert_frame_equal(corpus.requests, corpus.requests)
    with pytest.raises(FrozenInstanceError):
        corpus.reports = corpus.reports.head(0)
