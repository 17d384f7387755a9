"""How many reports stand behind a figure, of how many."""

from __future__ import annotations


def reports_of_all(reports: int, coverage: float) -> str:
    """Write how many reports contribute, of all of the group: ``9/53``; ``0`` where none does."""
    return f"{reports:,}/{round(reports / coverage):,}" if reports else "0"
