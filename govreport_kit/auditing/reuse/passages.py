"""Passages which two texts share, and how much of the texts they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from govreport_kit.auditing.reuse.folding import Folded
from govreport_kit.auditing.reuse.shingles import Hashes, Shingled, measure


class Passage(NamedTuple):
    """A shared passage: its span and words in one text, and its span in the other."""

    start: int
    end: int
    other_start: int
    other_end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that two folded texts share without a break."""

    start: int
    other_start: int
    length: int


def jaccard(first: Hashes, second: Hashes) -> float:
    """Return the share of the shingles of two texts which stand in both; each array distinct; 0 for two empty ones."""
    shared = len(np.intersect1d(first, second, assume_unique=True))
    together = len(first) + len(second) - shared
    return shared / together if together else 0.0


def containment(first: Hashes, second: Hashes) -> float:
    """Return the share of the shingles of the shorter text which stand in the other; 0 for an empty one."""
    fewer = min(len(first), len(second))
    return len(np.intersect1d(first, second, assume_unique=True)) / fewer if fewer else 0.0


def shared_runs(first: Shingled, second: Shingled, own: NDArray[np.bool_] | None = None) -> list[Run]:
    """Return the longest shared runs, none of which overlaps a longer one, the longest first.

    Parameters
    ----------
    first, second : Shingled
        The texts.
    own : array of bool, optional
        Which shingles of `first` are not template; a run of mostly template is left out.
    """
    starts, others, lengths = _diagonals(*_matches(first, second))
    size = measure()["shingle"]
    if own is not None:
        before = np.zeros(int(first.starts[-1]) + 2 if len(first.starts) else 1)
        before[first.starts + 1] = own
        before = np.cumsum(before)
        mostly = 2 * (before[starts + lengths] - before[starts]) > lengths
        starts, others, lengths = starts[mostly], others[mostly], lengths[mostly]
    order = np.lexsort((others, starts, -lengths))
    runs: list[Run] = []
    taken, taken_other = _flags(first, size), _flags(second, size)
    for index in order:
        start, other, length = int(starts[index]), int(others[index]), int(lengths[index]) + size - 1
        span, other_span = slice(start, start + length), slice(other, other + length)
        if not (taken[span].any() or taken_other[other_span].any()):
            taken[span] = taken_other[other_span] = True
            runs.append(Run(start, other, length))
    return runs


def passages(runs: list[Run], first: Folded, second: Folded, text: str) -> tuple[Passage, ...]:
    """Return shared runs as passages of the texts as they were given; `text` is the first of the two."""
    found = []
    for run in runs:
        start, end = first.span(run.start, run.start + run.length)
        other_start, other_end = second.span(run.other_start, run.other_start + run.length)
        found.append(Passage(start, end, other_start, other_end, text[start:end]))
    return tuple(found)


def _flags(shingles: Shingled, size: int) -> NDArray[np.bool_]:
    return np.zeros(int(shingles.starts[-1]) + size if len(shingles.starts) else 0, dtype=bool)


def _matches(first: Shingled, second: Shingled) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the places of every pair of equal shingles."""
    order = np.argsort(second.hashes, kind="stable")
    ordered = second.hashes[order]
    low, high = np.searchsorted(ordered, first.hashes, "left"), np.searchsorted(ordered, first.hashes, "right")
    counts = high - low
    places = np.repeat(first.starts, counts)
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return places, second.starts[order[np.repeat(low, counts) + within]]


def _diagonals(
    places: NDArray[np.int64], others: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Join pairs of places which follow each other in both texts: first places, and numbers of shingles."""
    order = np.lexsort((places, places - others))
    places, others = places[order], others[order]
    follows = (np.diff(places) == 1) & (np.diff(others) == 1)
    first = np.flatnonzero(np.append(True, ~follows)) if len(places) else np.empty(0, np.int64)
    return places[first], others[first], np.diff(np.append(first, len(places)))
