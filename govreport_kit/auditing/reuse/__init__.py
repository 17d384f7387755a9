"""Text reuse: reports which share their text with last year's, or with those of other agencies."""

from govreport_kit.auditing.reuse.comparison import SideBySide, side_by_side
from govreport_kit.auditing.reuse.pairs import text_reuse
from govreport_kit.auditing.reuse.passages import Passage
from govreport_kit.auditing.reuse.texts import CorpusTexts, TextNotAtHandError, texts_of

__all__ = ["CorpusTexts", "Passage", "SideBySide", "TextNotAtHandError", "side_by_side", "text_reuse", "texts_of"]
