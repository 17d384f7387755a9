"""What was chosen becomes a table, and code which makes the same table."""

from __future__ import annotations

import string
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib import pyplot as plt
from pandas.testing import assert_frame_equal

from govreport_kit import codebook
from govreport_kit.corpus import Corpus
from govreport_kit.exploring import Choices, Exploration
from govreport_kit.exploring.choices import SORTS, VIEWS
from govreport_kit.exploring.shown import MOST_ROWS_DRAWN
from govreport_kit.metrics.intervals import INTERVALS

from .conftest import report


def run(code, corpus):
    """Run the code where the corpus that was explored has the name which the code gives it."""
    values = {"corpus": corpus}
    exec(compile(code, "code of the explorer", "exec"), values)
    return values


def test_a_rate_is_shown_with_its_definition_and_coverage(corpus):
    shown = Exploration(corpus).show(Choices(metric="refusal_rate", scope="own"))
    assert shown.table["year"].tolist() == [2022, 2023]
    assert shown.table["k"].tolist() == [10, 6]
    assert shown.table["n"].tolist() == [40, 60]
    assert shown.picture.startswith(b"\x89PNG")
    assert shown.problem == ""
    assert shown.about[0] == "refusal rate: refused, of all closed [refusal_rate]"
    assert shown.about[1] == "definition: refused / total_closed"
    assert shown.contributing == "2 of 2 reports contribute (100.0%)"
    assert shown.contributing in shown.about


def test_the_code_is_what_one_would_write(corpus):
    choices = Choices(metric="refusal_rate", by=("year", "level"), years=(2022, 2023), scope="own", sort="n", lang="zh")
    assert Exploration(corpus).show(choices).code == (
        "import govreport_kit as gk\n"
        "\n"
        "# corpus: the one that was given to gk.explore()\n"
        "chosen = corpus.select(year=range(2022, 2024))\n"
        'table = gk.rate(chosen, "refusal_rate", by=["year", "level"], scope="own", interval="wilson")\n'
        'table = table.sort_values("n", ascending=False, kind="stable", ignore_index=True)\n'
        'ax = gk.figures.rate_intervals(table, lang="zh")\n'
    )


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_code_makes_the_table_and_the_figure(view, lang, corpus):
    shown = Exploration(corpus).show(
        Choices(view, "refusal_rate", scope="own", sort=(*SORTS[view], None)[0], lang=lang)
    )
    values = run(shown.code, corpus)
    assert_frame_equal(values["table"], shown.table)
    assert ("ax" in values) == (shown.picture is not None) == (view != "coverage")
    if "ax" in values:
        plt.close(values["ax"].figure)


def choices():
    columns = st.sampled_from(["year", "level", "office", "scope", "agency", "form"])
    return st.builds(
        Choices,
        view=st.sampled_from(VIEWS),
        metric=st.sampled_from(list(codebook.metrics)),
        by=st.lists(columns, max_size=2).map(tuple),
        years=st.sampled_from([None, (2022, 2022), (2022, 2023), (2030, 2031)]),
        scope=st.sampled_from([None, "any", *codebook.scopes]),
        interval=st.sampled_from(INTERVALS),
        sort=st.sampled_from([None, *(name for sorts in SORTS.values() for name in sorts)]),
        lang=st.sampled_from(["en", "zh"]),
    )


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_whatever_is_chosen_the_code_makes_what_is_shown_or_the_way_out_is_told(monkeypatch, corpus, data):
    monkeypatch.setattr("govreport_kit.exploring.shown._picture", lambda *_: (None, ""))
    shown = Exploration(corpus).show(data.draw(choices()))
    if shown.table is None:
        assert shown.problem
        assert shown.code == ""
    else:
        assert_frame_equal(run(shown.code, corpus)["table"], shown.table)


def test_a_government_and_its_general_office_are_told_apart(corpus):
    office = report("示例县人民政府办公室", 2023, "own", 54, 6)
    both = corpus.merge(Corpus.from_reports([office]))
    shown = Exploration(both).show(Choices(metric="refusal_rate", by=("office",), scope="own"))
    # the bureau: 10 of 40 and 6 of 60; the office: 6 of 60
    assert shown.table[["office", "k", "n"]].to_numpy().tolist() == [[False, 16, 100], [True, 6, 60]]
    assert shown.picture is not None


@pytest.mark.parametrize("view", ["rate", "variants", "outcomes"])
def test_mixed_scopes_are_told_with_the_way_out(view, corpus):
    shown = Exploration(corpus).show(Choices(view, "disclosure_rate"))
    assert shown.table is None
    assert "Give scope='own' or scope='aggregate'" in shown.problem
    assert "1 own, 1 aggregate where year is 2023" in shown.problem


def test_all_scopes_are_pooled_on_demand(corpus):
    shown = Exploration(corpus).show(Choices("outcomes", scope="any", by=()))
    assert shown.table.set_index("outcome")["count"]["refused"] == 46
    assert shown.table["n"].unique().tolist() == [400]


def test_outcomes_of_one_scope_leave_the_others_out(corpus):
    shown = Exploration(corpus).show(Choices("outcomes", scope="aggregate", by=()))
    assert shown.table["n"].unique().tolist() == [300]
    assert shown.contributing == "1 of 1 reports contribute (100.0%)"


def test_caveats_are_told_in_the_language(corpus):
    metric = codebook.metrics["refusal_rate"]
    english, chinese = (
        Exploration(corpus).show(Choices(metric="refusal_rate", scope="own", lang=lang)).about for lang in ("en", "zh")
    )
    assert f"caveats: {metric.caveats}" in english
    assert f"注意: {metric.caveats_zh}" in chinese


def test_what_an_interval_does_not_hold_is_told_where_reports_are_pooled(corpus):
    entry = codebook.rate_caveats["between_reports"]
    pooled = Choices(metric="refusal_rate", scope="own", by=())
    assert entry.en in Exploration(corpus).show(pooled).about
    assert entry.zh in Exploration(corpus).show(replace(pooled, lang="zh")).about
    assert entry.en not in Exploration(corpus).show(replace(pooled, interval="clustered")).about


def test_reports_read_whole_are_counted_also_where_they_make_a_group(corpus):
    told = [Exploration(corpus).show(Choices("coverage", by=by)).contributing for by in (("year",), ("complete",))]
    assert told == ["3 of 3 reports were read whole"] * 2


def test_where_no_report_is_left_it_is_said(corpus):
    for choices in (Choices(years=(2030, 2031)), Choices(scope="system"), Choices("coverage", years=(2030, 2031))):
        assert Exploration(corpus).show(choices).problem == "No report is left: widen the years or the scope"


def test_more_rows_than_a_figure_holds_are_told_and_shown_as_table():
    offices = [report(f"样例区{number}局", 2023, "own", 5, 5) for number in range(MOST_ROWS_DRAWN + 1)]
    shown = Exploration(Corpus.from_reports(offices)).show(Choices(metric="refusal_rate", by=("agency",)))
    assert len(shown.table) == MOST_ROWS_DRAWN + 1
    assert shown.picture is None
    assert "choose fewer groups" in shown.problem
    assert "rate_intervals" not in shown.code


def test_a_figure_that_the_kit_refuses_is_told_beside_its_table(corpus):
    shown = Exploration(corpus).show(Choices("variants", "response_days", by=(), scope="own"))
    assert shown.table is not None
    assert shown.picture is None
    assert "cannot share an axis" in shown.problem
    assert "figures" not in shown.code


def test_flags_and_changes_of_law_are_explained():
    few = Corpus.from_reports(
        [report("示例县某局", 2023, "unknown", 2, 1), report("示例县某局", 2024, "unknown", 9, 3)]
    )
    about = Exploration(few).show(Choices(metric="refusal_rate")).about
    assert 'flag "counts_only": below five cases only the counts are given' in about
    assert 'flag "few": below twenty cases a rate is marked (drawn hollow)' in about
    assert "reports whose scope is unknown are pooled here" in about


def test_totals_that_their_parts_contradict_are_counted():
    sound, wrong = report("示例县甲局", 2023, "own", 30, 10), report("示例县乙局", 2023, "own", 30, 10)
    cells = [replace(cell, value=41) if cell.row == "total_closed" else cell for cell in wrong.cells]
    corpus = Corpus.from_reports([sound, replace(wrong, cells=tuple(cells))])
    told = "in 1 reports a printed total is not the sum of its printed parts; it enters as printed"
    for view in ("rate", "variants"):
        assert told in Exploration(corpus).show(Choices(view, metric="refusal_rate")).about
    assert not [
        each for each in Exploration(Corpus.from_reports([sound])).show(Choices()).about if "printed total" in each
    ]


def test_a_saved_corpus_and_the_bundled_one_are_loaded_by_the_code(corpus, tmp_path):
    folder = tmp_path / 'it\'s "here"'
    corpus.save(folder)
    shown = Exploration(folder).show(Choices(scope="own"))
    assert_frame_equal(run(shown.code.split("ax =")[0], None)["table"], shown.table)
    assert "corpus = gk.load_corpus()\n" in Exploration().show(Choices("coverage")).code
    assert "a sample of convenience" in Exploration().show(Choices("coverage")).about[-1]


def test_the_words_of_the_explorer_and_of_pages_take_the_same_values_in_both_languages():
    def fields(text):
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for term in (*codebook.explorer.values(), *codebook.report_page.values()):
        assert term.zh, term.key
        assert fields(term.zh) == fields(term.en), term.key
