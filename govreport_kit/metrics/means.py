"""How the definition of a rate tells that the rates of single reports are averaged."""

from __future__ import annotations

MEAN_OVER_REPORTS = "mean over reports of"


def is_mean_of_rates(definition: str) -> bool:
    """Tell by its definition whether a rate averages those of single reports; its ``k`` is no count then."""
    return definition.startswith(MEAN_OVER_REPORTS)
