"""Read, audit and analyse Chinese annual reports on government information disclosure.

Modules load on first use, so that ``import govreport_kit`` is light and a worker process which only
reads documents never loads pandas.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOMES = {
    "Corpus": "corpus",
    "load_corpus": "corpus",
    "Limits": "documents.limits",
    "Report": "report",
    "read_report": "parsing",
    "read_reports": "batch",
    "rate": "metrics",
    "components": "metrics",
    "audit": "auditing",
    "judge": "corpus.verdicts",
    "text_reuse": "auditing.reuse",
    "texts_of": "auditing.reuse",
    "side_by_side": "auditing.reuse",
    "roster_of": "auditing.roster",
    "roster_status": "auditing.roster",
    "sensitivity": "metrics",
    "export": "exporting",
    "export_numbers": "exporting",
    "bounds": "metrics",
    "Thresholds": "metrics",
    "join_panel": "corpus",
    "interval": "statistics",
    "explore": "exploring",
    "codebook": "",
    "figures": "",
    "simulate": "",
}

__all__ = [*_HOMES, "__version__"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'govreport_kit' has no attribute {name!r}; it has {', '.join(_HOMES)}")
    if not _HOMES[name]:
        return import_module(f"govreport_kit.{name}")
    value = getattr(import_module(f"govreport_kit.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)


if TYPE_CHECKING:
    from govreport_kit import codebook as codebook
    from govreport_kit import figures as figures
    from govreport_kit import simulate as simulate
    from govreport_kit.auditing import audit as audit
    from govreport_kit.auditing.reuse import side_by_side as side_by_side
    from govreport_kit.auditing.reuse import text_reuse as text_reuse
    from govreport_kit.auditing.reuse import texts_of as texts_of
    from govreport_kit.auditing.roster import roster_of as roster_of
    from govreport_kit.auditing.roster import roster_status as roster_status
    from govreport_kit.batch import read_reports as read_reports
    from govreport_kit.corpus import Corpus as Corpus
    from govreport_kit.corpus import join_panel as join_panel
    from govreport_kit.corpus import load_corpus as load_corpus
    from govreport_kit.corpus.verdicts import judge as judge
    from govreport_kit.documents.limits import Limits as Limits
    from govreport_kit.exploring import explore as explore
    from govreport_kit.exporting import export as export
    from govreport_kit.exporting import export_numbers as export_numbers
    from govreport_kit.metrics import Thresholds as Thresholds
    from govreport_kit.metrics import bounds as bounds
    from govreport_kit.metrics import components as components
    from govreport_kit.metrics import rate as rate
    from govreport_kit.metrics import sensitivity as sensitivity
    from govreport_kit.parsing import read_report as read_report
    from govreport_kit.report import Report as Report
    from govreport_kit.statistics import interval as interval
