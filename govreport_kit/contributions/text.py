"""Figures of the running text, one for each report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from govreport_kit import codebook
from govreport_kit.contributions.figures import Figures, Flag, laid_out
from govreport_kit.corpus.positions import floats, positions, report_positions

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus


def indicator_figures(corpus: Corpus, indicator: str) -> Figures:
    """Return a figure of the running text; ambiguous where a report tells two values."""
    position = positions(corpus.facts["indicator"], [indicator])
    facts = corpus.facts[["report_id", "value", "unit", "approx"]].iloc[np.flatnonzero(position == 0)]
    report = report_positions(corpus, facts["report_id"])
    figures = laid_out(len(corpus.reports), report, floats(facts["value"])).flagged(Flag.NARRATIVE)
    standard = codebook.indicators[indicator].unit
    other_unit = ~facts["unit"].astype("str").fillna(standard).str.endswith(standard).to_numpy(bool)
    figures.flags[report[facts["approx"].to_numpy(bool)]] |= np.uint8(Flag.APPROX)
    figures.flags[report[other_unit]] |= np.uint8(Flag.OTHER_UNIT)
    return figures
