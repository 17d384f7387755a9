"""A rate over the years, with its intervals, and where the law or the form changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from govreport_kit import codebook
from govreport_kit.codebook.legal import Break
from govreport_kit.errors import CorpusError
from govreport_kit.figures import layout, plane
from govreport_kit.figures.common_agencies import has_enough_in_common, with_agencies
from govreport_kit.figures.few_cases import drawn_rates, is_drawn, with_flags
from govreport_kit.figures.labels import Lang, check_lang, metric_unit, with_unit, word
from govreport_kit.figures.marks import marks_of_rates
from govreport_kit.figures.means import is_mean, rate_label
from govreport_kit.figures.plotted import Plotted, attach, corpus_of, rows_of
from govreport_kit.figures.rate_intervals import check_rates, draw_interval, interval_note
from govreport_kit.figures.rates_in_words import rate_sentences, rate_values
from govreport_kit.figures.theme import colour, themed
from govreport_kit.metrics import rate
from govreport_kit.metrics.coverage import reports_of_all
from govreport_kit.metrics.intervals import caveats_of

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

LEAST_COMMON: float = codebook.read_toml("trend")["joined"]["least_common"]
_HEIGHT = 0.42  # of the width of the figure


def trend(
    rates: Corpus | pd.DataFrame,
    metric: str = "refusal_rate",
    *,
    across_breaks: bool = False,
    least_common: float = LEAST_COMMON,
    ax: Axes | None = None,
    lang: Lang = "en",
) -> Axes:
    """Draw a rate by year, with its intervals and the changes of law or form that matter to it.

    Parameters
    ----------
    rates : Corpus or pandas.DataFrame
        A corpus, or what ``govreport_kit.rate(corpus, metric, by="year")`` returns, of one metric. For a
        trend of each of several groups give each its own axes.
    metric : str
        Key of ``codebook.metrics``, where a corpus is given.
    across_breaks : bool
        Whether the line between the years goes on where the law or the form changed. By default it is
        broken there, and wherever a year between has no rate: the years are not like for like.
    least_common : float
        Which share of the agencies of either year must stand behind both for a line to join them; by default
        that of ``codebook/data/trend.toml``. Years of other agencies are not like for like either. A frame
        does not tell its agencies, so that its years have no lines; 0 joins them all the same.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; by default those of a new figure.
    lang : {"en", "zh"}
        Language of the labels.

    Returns
    -------
    matplotlib.axes.Axes
        Below each year stand k, n, the reports behind it, and how many agencies it has in common with the
        year before. Breaks are dashed lines with letters, which
        the note explains. Points are hollow or left out as in `rate_intervals`. Years
        without any count before the first and after the last with one are left out and told.

    Raises
    ------
    CorpusError
        If the rates are not those of one metric by year.
    """
    check_lang(lang)
    corpus = corpus_of(rates)
    frame = rates if isinstance(rates, pd.DataFrame) else rate(rates, metric, by="year")
    _check(frame)
    without_year = int(frame.loc[frame["year"].isna(), "reports"].sum())
    frame = with_flags(frame[frame["year"].notna()]).sort_values("year", ignore_index=True)
    frame.attrs["reports_without_year"] = without_year
    frame = with_agencies(frame, corpus)
    shown = _between_first_and_last(frame)
    breaks = breaks_between(str(frame["metric"].iloc[0]), shown["year"])
    with themed():
        drawn = ax if ax is not None else layout.new_axes()
        lines = _Lines(breaks, across_breaks, least_common)
        _draw(drawn, shown, lines, _note(frame, shown, lines, lang), lang, own_figure=ax is None)
    attach(drawn, _plotted(frame, shown, lines, corpus, lang))
    return drawn


def breaks_between(metric: str, years: pd.Series) -> list[Break]:
    """Return the breaks of a metric's series that fall between the first and the last of the years."""
    known = [codebook.breaks[key] for key in codebook.metrics[metric].breaks]
    return [entry for entry in known if years.min() < entry.first_year <= years.max()]


def _check(rates: pd.DataFrame) -> None:
    check_rates(rates)
    if "year" not in rates or len(rates["metric"].unique()) != 1 or rates["year"].dropna().duplicated().any():
        raise CorpusError(
            'A trend is of one metric with one rate a year: give what govreport_kit.rate(corpus, metric, by="year")'
            " returns; select the rows of one group where there are several."
        )


def _between_first_and_last(rates: pd.DataFrame) -> pd.DataFrame:
    counted = np.flatnonzero((rates["n"].notna()).to_numpy())
    if not len(counted):
        raise CorpusError("No year has a count of which to draw a rate.")
    return rates.iloc[counted[0] : counted[-1] + 1]


@dataclass(frozen=True, slots=True)
class _Lines:
    """What keeps two neighbouring years from being joined by a line."""

    breaks: Sequence[Break]
    across_breaks: bool
    least_common: float

    def neighbours(self, rates: pd.DataFrame) -> list[tuple[Any, Any]]:
        """Return the years with rates beside each other which no break divides."""
        pairs = pairwise(rows_of(drawn_rates(rates)))
        return [(one, other) for one, other in pairs if other.year - one.year == 1 and not self._divided(one, other)]

    def joined(self, rates: pd.DataFrame) -> list[tuple[Any, Any]]:
        """Return the years which a line joins."""
        return [pair for pair in self.neighbours(rates) if has_enough_in_common(*pair, self.least_common)]

    def _divided(self, before: Any, after: Any) -> bool:
        crossed = any(before.year < entry.first_year <= after.year for entry in self.breaks)
        return crossed and not self.across_breaks


def _draw(ax: Axes, rates: pd.DataFrame, lines: _Lines, note: str, lang: Lang, *, own_figure: bool) -> None:
    metric = str(rates["metric"].iloc[0])
    plane.style_plane(ax)
    drawn = drawn_rates(rates)
    for before, after in lines.joined(rates):
        ax.plot([before.year, after.year], [before.rate, after.rate], color=colour("estimate"),
                linewidth=mpl.rcParams["lines.linewidth"] * 0.8, zorder=2.5)  # fmt: skip
    for row in rows_of(drawn):
        draw_interval(ax, row, row.year, upright=True)
    _scale(ax, rates, drawn, metric)
    for letter, entry in _lettered(lines.breaks):
        _draw_break(ax, entry.first_year - 0.5, letter)
    years = list(range(int(rates["year"].min()), int(rates["year"].max()) + 1))
    rows = _write_counts(ax, rates, years, lang)
    plane.name_above(
        ax,
        with_unit(rate_label(metric, _definition(rates), lang), metric_unit(metric, lang), lang),
        lines_between=bool(lines.breaks),
    )
    plane.note_below(ax, note, rows)
    width = layout.figure_of(ax).get_figwidth() * 72
    plane.settle_plane(ax, _HEIGHT * width, own_figure=own_figure)


def _scale(ax: Axes, rates: pd.DataFrame, drawn: pd.DataFrame, metric: str) -> None:
    entry = codebook.metrics[metric]
    highest = drawn[["rate", "high"]].astype("float64").max().max() if len(drawn) else 1.0
    lowest = min(0.0, drawn[["rate", "low"]].astype("float64").min().min()) if len(drawn) else 0.0
    room = 1.06 * (highest or 1.0)
    is_share = not entry.unit and entry.interval == "share"
    ax.set_ylim(lowest, min(room, 1.02) if is_share else room)
    plane.scale_of_rates(ax, percent=not entry.unit)
    ax.set_xlim(rates["year"].min() - 0.5, rates["year"].max() + 0.5)


def _draw_break(ax: Axes, place: float, letter: str) -> None:
    ax.axvline(place, color=colour("reference"), linewidth=mpl.rcParams["axes.linewidth"], dashes=(4, 2), zorder=1)
    layout.heading_at(ax, place, letter)


def _write_counts(ax: Axes, rates: pd.DataFrame, years: list[int], lang: Lang) -> int:
    by_year = {row.year: row for row in rows_of(rates)}
    told = {year: reports_of_all(row.reports, row.coverage) for year, row in by_year.items()}
    rows = [
        ("k", [_count(by_year[year].k) if year in by_year else "" for year in years]),
        ("n", [_count(by_year[year].n) if year in by_year else "" for year in years]),
        (
            word("reports", lang),
            [told.get(year, "0") for year in years],
        ),
    ]
    if rates["common"].notna().any():
        common = {year: _count(row.common) for year, row in by_year.items()}
        rows.append((word("common", lang), [common.get(year, "–") for year in years]))
    if is_mean(rates.iloc[0]):
        rows = rows[1:]
    fits = plane.room_for([cell for _, cells in rows for cell in cells], ax, len(years))
    ax.set_xticks(years, [str(year) for year in years], parse_math=False)
    if not fits:
        rows = [(name, [cell.partition("/")[0] for cell in cells]) for name, cells in rows]
    return plane.rows_below(ax, years, rows)


def _definition(rates: pd.DataFrame) -> str:
    return str(rates["definition"].iloc[0])


def _count(count: Any) -> str:
    return "–" if pd.isna(count) else f"{count:,.0f}"


def _lettered(breaks: Sequence[Break]) -> list[tuple[str, Break]]:
    return [(chr(ord("a") + place), entry) for place, entry in enumerate(breaks)]


def _note(rates: pd.DataFrame, shown: pd.DataFrame, lines: _Lines, lang: Lang) -> str:
    colon = ": " if lang == "en" else "："
    notes = [interval_note(shown, lang, upright=True), _note_on_lines(shown, lines, lang)]
    notes += [
        f"{letter}{colon}{getattr(entry, lang)} ({entry.date or entry.first_year})"
        for letter, entry in _lettered(lines.breaks)
    ]
    blank = rates.loc[rates["n"].isna(), "year"]
    outside = blank[(blank < shown["year"].min()) | (blank > shown["year"].max())]
    if len(outside):
        notes.append(word("years_without", lang, years=", ".join(map(str, outside))))
    if count := rates.attrs["reports_without_year"]:
        notes.append(word("years_missing", lang, count=f"{count:,}"))
    return "\n".join(note for note in notes if note)


def _note_on_lines(shown: pd.DataFrame, lines: _Lines, lang: Lang) -> str:
    """Tell what is in common, and why years stand alone which no break divides."""
    joined = {after.year for _, after in lines.joined(shown)}
    apart = [f"{before.year}–{after.year}" for before, after in lines.neighbours(shown) if after.year not in joined]
    if shown["common"].isna().all():
        return word("common_unknown", lang) if apart else ""
    notes = [word("common_agencies", lang)]
    if apart:
        share = f"{100 * lines.least_common:g}"
        notes.append(word("common_few", lang, years=(", " if lang == "en" else "、").join(apart), share=share))
    return ("; " if lang == "en" else "；").join(notes)


def _values(rates: pd.DataFrame, lang: Lang) -> list[str]:
    """Return each rate in words, with the agencies which it has in common with the year before."""
    return [
        value
        if pd.isna(row.common) or not is_drawn(row)
        else word("common_told", lang, value=value, common=row.common, agencies=row.agencies, before=row.year - 1)
        for value, row in zip(rate_values(rates, lang), rows_of(rates), strict=True)
    ]


def _plotted(frame: pd.DataFrame, shown: pd.DataFrame, lines: _Lines, corpus: Corpus | None, lang: Lang) -> Plotted:
    metric = str(frame["metric"].iloc[0])
    marks = partial(marks_of_rates, frame)
    reports = None if corpus is None else tuple(dict.fromkeys(r for mark in marks(corpus) for r in mark.reports))

    def sentences(language: Lang) -> Sequence[str]:
        return [
            *rate_sentences(frame, language, title="title.trend"),
            *_note(frame, shown, lines, language).split("\n"),
            *(getattr(entry, language) for entry in caveats_of(frame)),
        ]

    return Plotted(
        "trend", rate_label(metric, _definition(frame), "en"), frame, {metric: _definition(frame)}, reports, lang,
        corpus, sentences, partial(_values, frame), marks,
    )  # fmt: skip
