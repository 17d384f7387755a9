"""The most similar name for each of many names: a hint for a reader, never a match."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy import sparse

_BLOCK = 500
_LEAST = 0.3


def nearest_names(names: Sequence[str], others: Sequence[str]) -> dict[str, str]:
    """Return for each name the nearest of some other names, if one comes near.

    Parameters
    ----------
    names, others : sequence of str
        Names of agencies.

    Returns
    -------
    dict of str to str
        Names without a near one are left out.

    Notes
    -----
    Cosine between the characters and pairs of characters of two names, at least .3, each weighted by
    how rare it is among all names (inverse document frequency): 人民政府 counts for little. Time
    grows with the product of the two numbers; 5,000 names against 5,000 take seconds.
    """
    if not (names and others):
        return {}
    parts = sorted({part for name in (*names, *others) for part in _parts(name)})
    places = {part: place for place, part in enumerate(parts)}
    ours, theirs = _incidence(names, places), _incidence(others, places)
    rarity = np.log1p((len(names) + len(others)) / (ours.sum(axis=0) + theirs.sum(axis=0)))
    ours, theirs = _normal(ours, rarity), _normal(theirs, rarity)
    found = {}
    for start in range(0, len(names), _BLOCK):
        likeness = (ours[start : start + _BLOCK] @ theirs.T).toarray()
        best = likeness.argmax(axis=1)
        for row, column in enumerate(best):
            if likeness[row, column] >= _LEAST:
                found[names[start + row]] = others[column]
    return found


def _parts(name: str) -> set[str]:
    return {*name, *(name[place : place + 2] for place in range(len(name) - 1))}


def _incidence(names: Sequence[str], places: Mapping[str, int]) -> Any:
    cells = [(row, places[part]) for row, name in enumerate(names) for part in sorted(_parts(name))]
    rows, columns = np.array(cells).T
    return sparse.csr_array((np.ones(len(cells)), (rows, columns)), shape=(len(names), len(places)))


def _normal(incidence: Any, rarity: Any) -> Any:
    weighted = incidence * rarity
    lengths = np.sqrt((weighted * weighted).sum(axis=1))
    return sparse.csr_array(weighted * (1 / np.where(lengths > 0, lengths, 1))[:, None])
