"""One value told twice of an indicator, under two sub-headings: two matters, or one counted twice."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from govreport_kit import codebook
from govreport_kit.parsing.clean import CleanText
from govreport_kit.report import Note


def note_repeated_figure(
    indicator: str, value: float, places: Sequence[tuple[int, int]], clean: CleanText
) -> Iterator[Note]:
    """Note a figure that stands under several sub-headings.

    Parameters
    ----------
    indicator : str
        What the figure counts; those asked about stand in repeated_figures.toml.
    value : float
        The figure.
    places : sequence of (int, int)
        Where the clean text tells it.
    clean : CleanText
        The running text.

    Yields
    ------
    Note
        At most one, of code ``repeated_figure``, at the second place.
    """
    if len(places) < 2 or indicator not in _data()["indicators"] or value < _data()["smallest"]:
        return
    first, *others = sorted(places)
    heading = _heading_above(first[0], clean.text)
    for start, end in others:
        other = _heading_above(start, clean.text)
        if heading and other and other != heading:
            name = codebook.indicators[indicator].en
            message = f"{indicator} ({name}): {value:.12g} is told under “{heading[0]}” and under “{other[0]}”"
            yield Note("repeated_figure", message, *clean.span(start, end))
            return


def _heading_above(position: int, text: str) -> tuple[str, int] | None:
    """Return the last sub-heading at or before a position, and where it stands."""
    headings = codebook.pattern("repeated_figures", "heading").finditer(text, 0, position)
    last = next(iter(deque(headings, maxlen=1)), None)
    return (last[0], last.start()) if last else None


@cache
def _data() -> dict[str, Any]:
    return codebook.read_toml("repeated_figures")
