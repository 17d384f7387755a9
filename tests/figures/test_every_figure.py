"""What holds of every figure, on an invented corpus."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import govreport_kit
from govreport_kit import figures, rate
from govreport_kit.corpus import Corpus
from govreport_kit.errors import CorpusError
from govreport_kit.figures import alt_text, caption, save, trace, use_theme
from govreport_kit.simulate import synthetic_corpus

ROOT = Path(govreport_kit.__file__).parents[1]
DRAWN = {
    "outcome_composition": lambda corpus, lang: figures.outcome_composition(corpus, "year", lang=lang),
    "rate_intervals": lambda corpus, lang: figures.rate_intervals(rate(corpus, "refusal_rate", "year"), lang=lang),
    "trend": lambda corpus, lang: figures.trend(corpus, "reconsideration_per_closed", lang=lang),
    "reasons_heatmap": lambda corpus, lang: figures.reasons_heatmap(corpus, "level", lang=lang),
    "response_times": lambda corpus, lang: figures.response_times(corpus, lang=lang),
    "suggestion_adoption": lambda corpus, lang: figures.suggestion_adoption(corpus, lang=lang),
    "funnel": lambda corpus, lang: figures.funnel(corpus, lang=lang),
    "shrinkage": lambda corpus, lang: figures.shrinkage(corpus.select(year=2024), lang=lang),
    "coverage_matrix": lambda corpus, lang: figures.coverage_matrix(corpus, "level", lang=lang),
    "findings_heatmap": lambda corpus, lang: figures.findings_heatmap(corpus, lang=lang),
    "request_flow": lambda corpus, lang: figures.request_flow(corpus, lang=lang),
}


@pytest.fixture(scope="module")
def invented() -> Corpus:
    return synthetic_corpus(120, range(2020, 2026), seed=5).select(scope="own")


def within(place, limits):
    """Tell whether a tick is drawn: matplotlib keeps some outside the limits."""
    return min(limits) <= place <= max(limits)


def texts_of(ax):
    legend = ax.get_legend()
    return [
        text
        for text in [
            *ax.texts,
            *(tick for tick in ax.get_xticklabels() if within(tick.get_position()[0], ax.get_xlim())),
            *(tick for tick in ax.get_yticklabels() if within(tick.get_position()[1], ax.get_ylim())),
            ax.xaxis.label,
            *(legend.get_texts() if legend else ()),
        ]
        if text.get_text() and text.get_visible()
    ]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", DRAWN)
def test_nothing_is_cut_off_and_no_column_of_texts_overlaps(invented, name, lang):
    ax = DRAWN[name](invented, lang)
    ax.figure.draw_without_rendering()
    page = ax.figure.bbox
    boxes = {text: text.get_window_extent() for text in texts_of(ax)}
    for text, box in boxes.items():
        assert page.x0 - 1 <= box.x0, text
        assert box.x1 <= page.x1 + 1, text
        assert page.y0 - 1 <= box.y0, text
        assert box.y1 <= page.y1 + 1, text
    assert ax.figure.get_figwidth() * 25.4 == pytest.approx(89, abs=0.02)
    written = [box.padded(-1.5) for text, box in boxes.items() if text in ax.texts]
    assert not [1 for place, a in enumerate(written) for b in written[:place] if a.overlaps(b)]


@pytest.mark.parametrize("theme", ["paper-2col", "slide"])
@pytest.mark.parametrize("name", DRAWN)
def test_every_theme_draws_every_figure(invented, name, theme):
    with use_theme(theme):
        DRAWN[name](invented, "zh").figure.draw_without_rendering()


@pytest.mark.parametrize("name", DRAWN)
def test_caption_and_alternative_text_in_both_languages(invented, name):
    ax = DRAWN[name](invented, "zh")
    for text in (caption(ax, "en"), alt_text(ax, "en")):
        assert text.endswith(".")
        assert "{" not in text
    assert caption(ax) == caption(ax, "zh")
    assert caption(ax).endswith("。")
    assert alt_text(ax).startswith(figures.labels.word(f"picture.{name}", "zh") + "：")
    if name != "rate_intervals":  # which is drawn from a frame
        assert "scope: own" in caption(ax, "en")
        assert "form: revised form of 2021" in caption(ax, "en")


@pytest.mark.parametrize("name", DRAWN)
def test_the_manifest_leads_from_every_mark_to_its_reports(invented, name, tmp_path):
    ax = DRAWN[name](invented, "en")
    corpus = invented.select(year=2024) if name == "shrinkage" else invented
    path = save(ax, name, tmp_path, formats=["svg"], corpus=corpus)["json"]
    (plot,) = json.loads(path.read_text("utf-8"))["plots"]
    assert plot["corpus"] == corpus.fingerprint()
    assert len(plot["marks"]) == plot["rows"]
    assert plot["captions"]["zh"].endswith("。")
    pd.testing.assert_frame_equal(trace(path, 0, corpus), trace(ax, 0, corpus))
    with pytest.raises(CorpusError, match="was written for the corpus"):
        trace(path, 0, invented.select(year=2020))


def test_a_figure_of_a_frame_alone_cannot_be_traced(invented, tmp_path):
    path = save(DRAWN["rate_intervals"](invented, "en"), "f", tmp_path, formats=[])["json"]
    with pytest.raises(CorpusError, match="save the figure with corpus="):
        trace(path, 0, invented)


def test_a_bar_of_outcomes_leads_to_cells_which_add_up_to_it(invented):
    ax = DRAWN["outcome_composition"](invented, "en")
    traced = trace(ax, {"year": 2023, "outcome": "refused"}, invented)
    bar = figures.composition(invented, "year").query("year == 2023 and outcome == 'refused'")
    refused = traced[(traced["part"] == "numerator") & (traced["frame"] == "requests") & (traced["source"] == "table")]
    assert refused["value"].sum() == bar["count"].iloc[0]


def test_a_point_of_a_trend_leads_to_both_of_its_counts(invented):
    ax = figures.trend(invented, "refusal_rate")
    traced = trace(ax, {"year": 2022}, invented).query("frame == 'requests' and source == 'table'")
    point = rate(invented, "refusal_rate", "year").query("year == 2022").iloc[0]
    assert traced.loc[traced["part"] == "numerator", "value"].sum() == point["k"]
    assert traced.loc[traced["part"] == "denominator", "value"].sum() == point["n"]


def test_another_corpus_is_not_taken_for_that_of_the_rates(invented):
    ax = DRAWN["rate_intervals"](invented, "en")
    with pytest.raises(CorpusError, match="the corpus that the rates were computed from"):
        trace(ax, 0, invented.select(year=2024))


def test_svg_and_pdf_hold_the_alternative_text(invented, tmp_path):
    ax = DRAWN["request_flow"](invented, "en")
    files = save(ax, "flow", tmp_path)
    svg = files["svg"].read_text("utf-8")
    assert svg.count("<title>") == 1
    assert "<desc>Pairs of stacked bars: Requests carried over" in svg
    assert b"/Subject (Pairs of stacked bars: Requests carried over" in files["pdf"].read_bytes()


DRAW = """
import sys
import matplotlib
matplotlib.use("Agg")
from govreport_kit import figures, load_corpus
corpus = load_corpus().select(year=[2022, 2023, 2024])
for lang in ("en", "zh"):
    for draw in (figures.trend, figures.reasons_heatmap, figures.request_flow, figures.coverage_matrix, figures.funnel,
                 figures.findings_heatmap, figures.response_times):
        figures.save(draw(corpus, lang=lang), f"{draw.__name__}_{lang}", sys.argv[1], formats=["svg", "pdf"])
"""


def test_the_same_bytes_in_two_processes_and_no_warning(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["-c", str(tmp_path / "one")])
    exec(DRAW, {})
    environment = {**os.environ, "PYTHONHASHSEED": "20", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "error", "-c", DRAW, str(tmp_path / "two")]
    subprocess.run(command, check=True, env=environment, cwd=tmp_path)
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert len(one) == 7 * 2 * 4
    assert one == two
