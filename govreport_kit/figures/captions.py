"""What stands below a figure, and what is read out in its place: written from what was drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.axes import Axes

from govreport_kit import codebook
from govreport_kit.figures.labels import Lang, check_lang, short_label, word
from govreport_kit.figures.plotted import Plotted, plotted_in

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

MOST_VALUES = 12  # read out one by one; of more the first and the last are told


def caption(ax: Axes, lang: Lang | None = None) -> str:
    """Return the caption of a figure: what is shown, of what, how many, from where, and how.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        What one of the kit's figures returned.
    lang : {"en", "zh"}, optional
        By default the language of the figure.

    Returns
    -------
    str
        The title with the denominator, then n, reports and what was left out, the method of the
        intervals, and, where the figure was drawn from a corpus, the scope, the forms and the years of
        the reports with the first digits of the corpus' fingerprint.

    Raises
    ------
    CorpusError
        If the kit drew nothing on these axes.
    """
    return full_caption(plotted_in(ax), lang)


def full_caption(plotted: Plotted, lang: Lang | None = None) -> str:
    """Return the caption of what was plotted."""
    chosen = lang or plotted.lang
    check_lang(chosen)
    sentences = [*plotted.sentences(chosen)] or [plotted.title]
    if plotted.corpus is not None and plotted.reports is not None:
        sentences.append(source_sentence(plotted.corpus, plotted.reports, chosen))
    return joined(sentences, chosen)


def alt_text(ax: Axes, lang: Lang | None = None) -> str:
    """Return a text for those who cannot see the figure: its kind, what it shows, and the values.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        What one of the kit's figures returned.
    lang : {"en", "zh"}, optional
        By default the language of the figure.

    Returns
    -------
    str
        Up to twelve values are told one by one; of more the first six and the last six.
    """
    return alternative(plotted_in(ax), lang)


def alternative(plotted: Plotted, lang: Lang | None = None) -> str:
    """Return the alternative text of what was plotted."""
    chosen = lang or plotted.lang
    check_lang(chosen)
    title = (*plotted.sentences(chosen), plotted.title)[0]
    values = list(plotted.values(chosen))
    if len(values) > MOST_VALUES:
        half = MOST_VALUES // 2
        values = [*values[:half], word("left_out_here", chosen, count=len(values) - MOST_VALUES), *values[-half:]]
    told = ("; " if chosen == "en" else "；").join(values)
    kind = word(f"picture.{plotted.kind}", chosen)
    colon = ": " if chosen == "en" else "："
    return joined([f"{kind}{colon}{title}", *([told] if told else [])], chosen)


def joined(sentences: Sequence[str], lang: Lang) -> str:
    """Write sentences one behind the other."""
    stop, space = (".", " ") if lang == "en" else ("。", "")
    capital = (sentence[:1].upper() + sentence[1:] for sentence in sentences if sentence)
    return space.join(sentence if sentence.endswith(stop) else sentence + stop for sentence in capital)


def source_sentence(corpus: Corpus, report_ids: Sequence[str], lang: Lang) -> str:
    """Tell which reports stand behind a figure: how many of the corpus, their years, scopes and forms."""
    reports = corpus.reports[corpus.reports["report_id"].isin(report_ids)]
    if reports.empty:
        return word("source_none", lang, all=f"{len(corpus):,}")
    years = reports["year"].dropna()
    span = "–".join(dict.fromkeys(str(year) for year in (years.min(), years.max()))) if len(years) else "?"
    return word(
        "source", lang, reports=f"{len(reports):,}", all=f"{len(corpus):,}", years=span,
        scopes=_counted(reports, "scope", lang), forms=_counted(reports, "form", lang),
        fingerprint=corpus.fingerprint()[:12],
    )  # fmt: skip


def _counted(reports: pd.DataFrame, column: str, lang: Lang) -> str:
    known = list(codebook.scopes if column == "scope" else codebook.forms)
    values = zip(reports[column].astype("object"), reports["year"].astype("object"), strict=True)
    ordered = sorted(values, key=lambda value: known.index(value[0]) if value[0] in known else len(known))
    counts = Counter(short_label(column, key, lang, year) for key, year in ordered)
    named = (f"{label} {count:,}" for label, count in counts.items())
    return (", " if lang == "en" else "、").join(named)
