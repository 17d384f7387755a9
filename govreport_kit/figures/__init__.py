"""Figures that can stand in a paper: each function returns its axes, and `save` writes figure and data.

>>> ax = outcome_composition(corpus, by="year")  # doctest: +SKIP
>>> save(ax, "outcomes_by_year")  # doctest: +SKIP
"""

from govreport_kit.figures.composition import composition
from govreport_kit.figures.outcome_composition import outcome_composition
from govreport_kit.figures.rate_intervals import rate_intervals
from govreport_kit.figures.saving import save
from govreport_kit.figures.theme import current_theme, themed, themes, use_theme

__all__ = [
    "composition",
    "current_theme",
    "outcome_composition",
    "rate_intervals",
    "save",
    "themed",
    "themes",
    "use_theme",
]
