"""Reports as tidy frames: gather, save, load, merge, narrow, and lay out as a panel."""

from govreport_kit.corpus.corpus import Corpus
from govreport_kit.corpus.join import join_panel
from govreport_kit.corpus.loading import load_corpus
from govreport_kit.corpus.panel import panel_columns

__all__ = ["Corpus", "join_panel", "load_corpus", "panel_columns"]
