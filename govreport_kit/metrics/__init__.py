"""The registry of metrics at work: pooled rates with counts, definition, interval and coverage.

A rate of a group of reports pools their counts; the rates of reports are averaged only by name. It
comes with its counts and the share of the group's reports behind it; `components` tells what each gave.
"""

from __future__ import annotations

from govreport_kit.metrics.blank_cells import bounds
from govreport_kit.metrics.families import sensitivity
from govreport_kit.metrics.guards import MixedScopesError, NoReportsError, RepeatedReportsError, Thresholds
from govreport_kit.metrics.pooling import PoolingError, rate
from govreport_kit.metrics.reports import components

__all__ = [
    "MixedScopesError",
    "NoReportsError",
    "PoolingError",
    "RepeatedReportsError",
    "Thresholds",
    "bounds",
    "components",
    "rate",
    "sensitivity",
]
