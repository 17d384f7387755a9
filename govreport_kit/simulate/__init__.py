"""Invented reports with known truth: single ones, whole corpora, and their documents in every format."""

from govreport_kit.simulate.documents import ENCODINGS, LAYOUTS, write_document
from govreport_kit.simulate.effects import Effects
from govreport_kit.simulate.panel import synthetic_corpus
from govreport_kit.simulate.planting import RULES, plant_errors
from govreport_kit.simulate.reports import synthetic_report, without_figures

__all__ = [
    "ENCODINGS",
    "LAYOUTS",
    "RULES",
    "Effects",
    "plant_errors",
    "synthetic_corpus",
    "synthetic_report",
    "without_figures",
    "write_document",
]
