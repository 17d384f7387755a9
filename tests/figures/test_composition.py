import pandas as pd
import pytest

from govreport_kit.corpus import Corpus
from govreport_kit.errors import CorpusError, UnknownKeyError
from govreport_kit.figures import composition, outcome_composition
from govreport_kit.figures.composition import OUTCOMES, reports_with_all_parts
from govreport_kit.report import Cell, Report


def test_outcomes_are_those_of_the_codebook():
    assert OUTCOMES == ("granted", "partially_granted", "refused", "unable", "not_processed", "other")


def test_counts_of_the_complete_reports_are_pooled(corpus):
    frame = composition(corpus)
    assert list(frame) == ["outcome", "count", "share", "n", "reports", "coverage"]
    assert frame["outcome"].tolist() == list(OUTCOMES)
    assert frame["count"].tolist() == [50, 4, 6, 32, 8, 0]
    assert frame["share"].tolist() == pytest.approx([0.50, 0.04, 0.06, 0.32, 0.08, 0.0])
    assert set(frame["n"]) == {100}
    assert set(frame["reports"]) == {3}
    assert set(frame["coverage"]) == {3 / 5}


def test_a_group_of_which_no_report_gives_all_parts_is_told(corpus):
    frame = composition(corpus, "year").set_index(["year", "outcome"])
    assert frame.loc[2023, "count"].tolist() == [50, 4, 6, 32, 8, 0]
    assert frame.loc[2023, "coverage"].unique().tolist() == [1.0]
    assert frame.loc[2024, "count"].isna().all()
    assert frame.loc[2024, "reports"].unique().tolist() == [0]
    assert frame.loc[2024, "coverage"].unique().tolist() == [0.0]


def test_of_no_request_there_is_no_share(corpus):
    frame = composition(corpus, "year").set_index(["year", "outcome"])
    assert frame.loc[2025, "n"].unique().tolist() == [0]
    assert frame.loc[2025, "share"].isna().all()
    assert frame.loc[2025, "coverage"].unique().tolist() == [0.5]


def test_groups_stand_in_the_order_of_the_codebook_and_the_missing_last(corpus):
    levels = composition(corpus, "level")["level"].tolist()[:: len(OUTCOMES)]
    assert levels[:3] == ["county", "township", "department"]
    assert pd.isna(levels[3])


def test_several_columns_make_groups(corpus):
    frame = composition(corpus, ["year", "level"])
    assert list(frame)[:3] == ["year", "level", "outcome"]
    assert len(frame) == 4 * len(OUTCOMES)


def test_table_and_text_are_not_mixed():
    told = [Cell("requests", key, "total", 3, "reported", source="narrative") for key in OUTCOMES]
    printed = [Cell("requests", "granted", "total", 5, "reported")]
    corpus = Corpus.from_reports(
        [
            Report("2023/甲", year=2023, cells=tuple(told + printed)),
            Report("2023/乙", year=2023, cells=tuple(told[1:] + printed)),
        ]
    )
    assert reports_with_all_parts(corpus) == ("2023/甲",)
    assert composition(corpus)["count"].tolist() == [3] * 6


def test_grants_told_together_are_not_split():
    together = ("disclosed", "refused", "unable", "not_processed", "other")
    cells = tuple(Cell("requests", key, "total", 3, "reported", source="narrative") for key in together)
    assert reports_with_all_parts(Corpus.from_reports([Report("2023/甲", year=2023, cells=cells)])) == ()


def test_an_unknown_column_is_named_with_the_nearest(corpus):
    with pytest.raises(UnknownKeyError, match=r"no column of reports 'yaer'\. Nearest: year"):
        composition(corpus, "yaer")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda frame: frame.drop(columns=["n", "share"]), "no column share, n"),
        (lambda frame: frame.iloc[::-1], "one row for each outcome in the order granted"),
        (lambda frame: frame.iloc[:0], "no report"),
    ],
)
def test_a_frame_which_is_no_composition_is_refused(corpus, spoil, message):
    with pytest.raises(CorpusError, match=message):
        outcome_composition(spoil(composition(corpus)))
