"""Reports as tidy frames: gather, save, load, merge, narrow, and lay out as a panel."""

from govreport_kit.corpus.corpus import Corpus
from govreport_kit.corpus.loading import load_corpus
from govreport_kit.corpus.panel import panel_columns

__all__ = ["Corpus", "load_corpus", "panel_columns"]
