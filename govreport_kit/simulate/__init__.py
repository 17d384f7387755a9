"""Invented reports with known truth: single ones, whole corpora, and their documents in every format."""

from govreport_kit.simulate.claims import with_claims
from govreport_kit.simulate.documents import ENCODINGS, LAYOUTS, write_document
from govreport_kit.simulate.effects import Effects
from govreport_kit.simulate.known_shares import corpus_of_shares, known_effect, known_shares
from govreport_kit.simulate.panel import synthetic_corpus
from govreport_kit.simulate.planting import DOCUMENT_RULES, PANEL_RULES, RULES, plant_errors
from govreport_kit.simulate.reports import synthetic_report, without_figures
from govreport_kit.simulate.scoring import score_findings

__all__ = [
    "DOCUMENT_RULES",
    "ENCODINGS",
    "LAYOUTS",
    "PANEL_RULES",
    "RULES",
    "Effects",
    "corpus_of_shares",
    "known_effect",
    "known_shares",
    "plant_errors",
    "score_findings",
    "synthetic_corpus",
    "synthetic_report",
    "with_claims",
    "without_figures",
    "write_document",
]
