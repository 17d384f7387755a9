"""Statistics of counts and shares: intervals, comparisons, funnels, shrinkage, screening, few clusters.

The counts of a report are a census of the agency's own files. An interval around a rate therefore
does not describe a sample: it describes the propensity of which the year's files are one outcome
(a super-population).
"""

from govreport_kit.statistics.arrays import Interval, StatisticsError
from govreport_kit.statistics.clusters import clustered_interval, interval_on, ratio_errors
from govreport_kit.statistics.compositions import composition_interval
from govreport_kit.statistics.differences import Difference, ScoreTest, difference, fisher_test, score_test
from govreport_kit.statistics.digits import last_digits
from govreport_kit.statistics.discoveries import q_values
from govreport_kit.statistics.events import poisson_interval
from govreport_kit.statistics.funnels import funnel, funnel_limits
from govreport_kit.statistics.intervals import (
    METHODS,
    check_interval,
    interval,
    mean_interval,
    t_interval,
    upper_limit,
)
from govreport_kit.statistics.missingness import worst_case_bounds
from govreport_kit.statistics.overdispersion import Overdispersion, overdispersion
from govreport_kit.statistics.panels import WildBootstrap, wild_cluster_bootstrap
from govreport_kit.statistics.shrinkage import shrink

IntervalError = StatisticsError  # its name where only intervals are made

__all__ = [
    "METHODS",
    "Difference",
    "Interval",
    "IntervalError",
    "Overdispersion",
    "ScoreTest",
    "StatisticsError",
    "WildBootstrap",
    "check_interval",
    "clustered_interval",
    "composition_interval",
    "difference",
    "fisher_test",
    "funnel",
    "funnel_limits",
    "interval",
    "interval_on",
    "last_digits",
    "mean_interval",
    "overdispersion",
    "poisson_interval",
    "q_values",
    "ratio_errors",
    "score_test",
    "shrink",
    "t_interval",
    "upper_limit",
    "wild_cluster_bootstrap",
    "worst_case_bounds",
]
