"""An argument of another kind than a function takes ends in an error which tells what to give."""

import pickle

import pytest

from govreport_kit import errors, figures, simulate
from govreport_kit.auditing import audit
from govreport_kit.corpus.verdicts import judge
from govreport_kit.metrics import bounds, components, rate, sensitivity
from govreport_kit.statistics import StatisticsError

CORPUS = simulate.synthetic_corpus(6, [2024], 1)
RATE = "refusal_rate"
FINDING = {"report_id": CORPUS.reports["report_id"][0], "rule": "A1", "where": "requests", "observed": None}


@pytest.mark.parametrize(
    "ask",
    [
        lambda given: rate(given, RATE),
        lambda given: components(given, RATE),
        lambda given: sensitivity(given, "refusal"),
        lambda given: bounds(given, RATE),
        audit,
        figures.composition,
        figures.flows,
        figures.stated_response_times,
    ],
)
@pytest.mark.parametrize(("given", "kind"), [(CORPUS.reports, "DataFrame"), ([], "empty list"), (None, "NoneType")])
def test_a_corpus_is_asked_for(ask, given, kind):
    with pytest.raises(errors.ArgumentError, match=rf"Corpus is needed here, not an? {kind}: give the corpus itself"):
        ask(given)


@pytest.mark.parametrize(("metric", "kind"), [([], "an empty list"), (None, "a NoneType"), ([RATE, 3], "a list")])
def test_keys_of_metrics_are_asked_for(metric, kind):
    with pytest.raises(errors.ArgumentError, match=f"a key of codebook.metrics, as 'refusal_rate', .* not {kind}"):
        rate(CORPUS, metric)


@pytest.mark.parametrize("ask", [components, bounds])
def test_a_single_metric_is_asked_for(ask):
    with pytest.raises(errors.ArgumentError, match=r"Give one key of codebook\.metrics, as 'refusal_rate', not a list"):
        ask(CORPUS, [RATE])


@pytest.mark.parametrize("by", [CORPUS.reports["year"], 3, [CORPUS.reports["year"]], [2024]])
def test_groups_are_asked_for_by_name(by):
    for ask in (rate, bounds):
        with pytest.raises(errors.ArgumentError, match=r"by= takes a column of corpus\.reports, as 'year', or a list"):
            ask(CORPUS, RATE, by, scope="any")


def test_a_level_of_bodies_is_no_level_of_confidence():
    with pytest.raises(StatisticsError, match=r"it is 'county'\. Corpus\.select\(level='county'\) chooses"):
        rate(CORPUS, RATE, level="county")
    with pytest.raises(StatisticsError, match=r"confidence level must lie .*by='level' groups by it\.$"):
        sensitivity(CORPUS, "refusal", level="province")
    with pytest.raises(StatisticsError, match=r"must lie between 0 and 1, for example 0\.95; it is None\.$"):
        rate(CORPUS, RATE, level=None)


def test_a_figure_of_rates_asks_for_their_frame():
    with pytest.raises(errors.ArgumentError, match=r"the frame that govreport_kit\.rate.* returns, not a Corpus"):
        figures.rate_intervals(CORPUS)


@pytest.mark.parametrize(
    ("finding", "told"),
    [({}, "a dict without report_id, rule, where, observed"), (audit(CORPUS), "a DataFrame without"), ("A1", "a str")],
)
def test_a_verdict_asks_for_one_row_of_the_findings(finding, told):
    with pytest.raises(errors.ArgumentError, match=rf"as audit\(corpus\)\.iloc\[0\], not on {told}"):
        judge(CORPUS, finding, "explained")


@pytest.mark.parametrize(
    ("ask", "begins", "ends"),
    [
        (
            lambda: rate(CORPUS, RATE, scope="all"),
            "no scope 'all'.",
            "There are: own, aggregate, system, unknown, any.",
        ),
        (
            lambda: judge(CORPUS, FINDING, "maybe"),
            "no verdict 'maybe'.",
            "There are: open, confirmed, explained, reading_error.",
        ),
        (
            lambda: CORPUS.select(level="town"),
            "no level 'town'. Nearest: township",
            "There are: ministry, province, prefecture, county, township, department, other.",
        ),
        (
            lambda: rate(CORPUS, RATE, "levels"),
            "no column of reports 'levels'. Nearest: level",
            "copy, sha256, media_type, encoding.",
        ),
        (lambda: audit(CORPUS, ["Z9"]), "no audit rule 'Z9'.", "govreport_kit.codebook.audit_rules lists all."),
        (
            lambda: rate(CORPUS, "refusal_rat"),
            "no metric 'refusal_rat'. Nearest: refusal_rate",
            "govreport_kit.codebook.metrics lists all.",
        ),
    ],
)
def test_a_short_list_of_keys_is_told_in_full_and_of_a_long_one_where_it_stands(ask, begins, ends):
    with pytest.raises(errors.UnknownKeyError) as raised:
        ask()
    told = str(raised.value)
    assert told.startswith(f"There is {begins}")
    assert told.endswith(ends)
    assert str(pickle.loads(pickle.dumps(raised.value))) == told


def test_a_mask_in_another_order_is_told_from_one_of_another_length():
    mask = CORPUS.reports["year"] == 2024
    with pytest.raises(errors.CorpusError, match="the mask has 5 values and must have one for each of the 6 rows"):
        CORPUS.select(mask[:5])
    with pytest.raises(
        errors.CorpusError, match=r"but another index: it begins with 5, 4, 3 and 3 more, that of reports"
    ):
        CORPUS.select(mask[::-1])
    assert len(CORPUS.select(mask[::-1].to_numpy())) == len(CORPUS.select(mask)) == 6


def test_bounds_are_those_of_the_saved_corpus(tmp_path):
    CORPUS.save(tmp_path)
    told = bounds(tmp_path, RATE, "level", scope="any")
    assert told.equals(bounds(CORPUS, RATE, "level", scope="any"))
