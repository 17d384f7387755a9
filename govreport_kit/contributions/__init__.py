"""What each report tells of a figure, and why it tells nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from govreport_kit import codebook
from govreport_kit.codebook.figure_keys import parse_figure_key
from govreport_kit.contributions.cells import cell_figures
from govreport_kit.contributions.exposure import exposure_figures
from govreport_kit.contributions.figures import (
    SOURCES,
    Bools,
    Figures,
    Flag,
    Why,
    consistent,
    signed_sum,
)
from govreport_kit.contributions.previous import previous_reports
from govreport_kit.contributions.text import indicator_figures
from govreport_kit.corpus.positions import Floats

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

request_figures = cell_figures


def figures_of(
    corpus: Corpus, keys: Sequence[str], exposure: pd.DataFrame | None = None
) -> tuple[dict[str, Figures], dict[str, Figures]]:
    """Return figures of every kind, by name: as the tables tell them, and as the running text does.

    Indicators of the running text and exposures are the same in both.
    """
    plain = {key: key.removesuffix("@previous") for key in keys}
    parsed = {name: parse_figure_key(name) for name in plain.values()}
    cells = [name for name, key in parsed.items() if key.table in codebook.tables]
    from_table, from_text = cell_figures(corpus, cells)
    for name, key in parsed.items():
        if key.table == "facts":
            from_table[name] = from_text[name] = indicator_figures(corpus, key.row)
        if key.table == "exposure":
            from_table[name] = from_text[name] = exposure_figures(corpus, key.row, exposure)
    if any(parse_figure_key(key).previous for key in keys):
        previous = previous_reports(corpus.reports)
        for figures in (from_table, from_text):
            figures.update({key: previous.of(figures[plain[key]]) for key in keys if key != plain[key]})
    return from_table, from_text


__all__ = [
    "SOURCES",
    "Bools",
    "Figures",
    "Flag",
    "Floats",
    "Why",
    "cell_figures",
    "consistent",
    "figures_of",
    "indicator_figures",
    "request_figures",
    "signed_sum",
]
