"""How many of the public's suggestions each agency says it adopted."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.axes import Axes

from govreport_kit.errors import CorpusError
from govreport_kit.figures.few_cases import with_flags
from govreport_kit.figures.labels import Lang, word
from govreport_kit.figures.marks import marks_of_rates
from govreport_kit.figures.plotted import attach, plotted_in
from govreport_kit.figures.rate_intervals import rate_intervals
from govreport_kit.figures.rates_in_words import rate_sentences, rate_values
from govreport_kit.metrics import rate

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

METRIC = "suggestion_adoption"


def suggestion_adoption(corpus: Corpus | pd.DataFrame, *, ax: Axes | None = None, lang: Lang = "en") -> Axes:
    """Draw the stated share of suggestions which were adopted, one row a report which states both counts.

    Parameters
    ----------
    corpus : Corpus or pandas.DataFrame
        A corpus, or the rows of ``govreport_kit.rate(corpus, "suggestion_adoption", by="report_id")`` to draw.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; by default those of a new figure, as high as its rows need.
    lang : {"en", "zh"}
        Language of the labels.

    Returns
    -------
    matplotlib.axes.Axes
        Each row has the interval and k/n. These are claims of the running text: how many of the reports
        make any stands in the caption.

    Raises
    ------
    CorpusError
        If no report states both counts.
    """
    drawn_from = None if isinstance(corpus, pd.DataFrame) else corpus
    rates = corpus if isinstance(corpus, pd.DataFrame) else rate(corpus, METRIC, by="report_id")
    stated = with_flags(rates[rates["reports"] > 0].reset_index(drop=True))
    if stated.empty:
        raise CorpusError("No report states both how many suggestions it received and how many it adopted.")
    ax = rate_intervals(stated, ax=ax, lang=lang)
    silent = len(rates) - len(stated)
    marks = partial(marks_of_rates, stated)

    def sentences(language: Lang) -> list[str]:
        told = rate_sentences(stated, language, title="title.suggestion_adoption")
        return [*told, word("claims_of", language, stated=f"{len(stated):,}", all=f"{len(stated) + silent:,}")]

    attach(
        ax,
        replace(
            plotted_in(ax), kind="suggestion_adoption", corpus=drawn_from, sentences=sentences,
            values=partial(rate_values, stated), marks=marks,
            reports=tuple(stated["report_id"]) if "report_id" in stated else None,
        ),
    )  # fmt: skip
    return ax
