"""Look at a corpus with a few choices in a notebook, and take the Python code of what is shown along."""

from govreport_kit.exploring.choices import Choices
from govreport_kit.exploring.shown import Exploration, Shown
from govreport_kit.exploring.widgets import explore

__all__ = ["Choices", "Exploration", "Shown", "explore"]
