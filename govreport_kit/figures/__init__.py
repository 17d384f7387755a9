"""Figures that can stand in a paper: each function returns its axes, and `save` writes figure and data.

`caption` and `alt_text` write what stands below a figure, and what is read out in its place; `trace` leads
from a mark back to the cells and sentences behind it. There is no map: no file of administrative boundaries
with an open licence comes with the kit.

>>> ax = outcome_composition(corpus, by="year")  # doctest: +SKIP
>>> save(ax, "outcomes_by_year")  # doctest: +SKIP
>>> trace(ax, {"year": 2023, "outcome": "refused"}, corpus)  # doctest: +SKIP
"""

from govreport_kit.figures.captions import alt_text, caption
from govreport_kit.figures.composition import composition, refusal_reasons
from govreport_kit.figures.coverage_matrix import coverage_matrix
from govreport_kit.figures.estimates import estimates
from govreport_kit.figures.findings_heatmap import findings_heatmap
from govreport_kit.figures.flows import flows
from govreport_kit.figures.funnel import funnel
from govreport_kit.figures.outcome_composition import outcome_composition
from govreport_kit.figures.rate_intervals import rate_intervals
from govreport_kit.figures.reasons_heatmap import reasons_heatmap
from govreport_kit.figures.request_flow import request_flow
from govreport_kit.figures.response_times import response_times, stated_response_times
from govreport_kit.figures.saving import save
from govreport_kit.figures.shrinkage import shrinkage
from govreport_kit.figures.suggestion_adoption import suggestion_adoption
from govreport_kit.figures.theme import current_theme, themed, themes, use_theme
from govreport_kit.figures.tracing import trace
from govreport_kit.figures.trend import trend

__all__ = [
    "alt_text",
    "caption",
    "composition",
    "coverage_matrix",
    "current_theme",
    "estimates",
    "findings_heatmap",
    "flows",
    "funnel",
    "outcome_composition",
    "rate_intervals",
    "reasons_heatmap",
    "refusal_reasons",
    "request_flow",
    "response_times",
    "save",
    "shrinkage",
    "stated_response_times",
    "suggestion_adoption",
    "themed",
    "themes",
    "trace",
    "trend",
    "use_theme",
]
