"""The one choice among several readings with which sums hold."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import product
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

_MOST_STEPS = 20_000


def only_choice(
    choices: Mapping[Key, Sequence[float]],
    sums: Sequence[frozenset[Key]],
    holds: Callable[[int, Mapping[Key, float]], bool],
) -> dict[Key, float] | None:
    """Choose a value for each key so that all sums hold.

    Parameters
    ----------
    choices : mapping of key to sequence of float
        The values that each key may have.
    sums : sequence of frozenset
        For each sum the keys which it adds.
    holds : callable
        Tells, given the number of a sum and the values of its keys, whether it holds.

    Returns
    -------
    dict or None
        None where no choice fulfils all sums, where several do, or where finding out takes too long.
    """
    found: list[dict[Key, float]] = []
    try:
        for values in _fitting(choices, sums, holds, {}, set(range(len(sums))), [_MOST_STEPS]):
            found.append(values)
            if len(found) > 1:
                return None
    except TimeoutError:
        return None
    return found[0] if found else None


def _fitting(
    choices: Mapping[Key, Sequence[float]],
    sums: Sequence[frozenset[Key]],
    holds: Callable[[int, Mapping[Key, float]], bool],
    chosen: dict[Key, float],
    left: set[int],
    steps: list[int],
) -> Iterator[dict[Key, float]]:
    """Yield the fitting choices, sum by sum, that with the fewest keys to choose first."""
    if not left:
        yield chosen
        return
    number = min(left, key=lambda sum_: (len(sums[sum_] - chosen.keys()), sum_))
    keys = sorted(sums[number] - chosen.keys(), key=repr)
    for values in product(*(choices[key] for key in keys)):
        steps[0] -= 1
        if steps[0] < 0:
            raise TimeoutError
        more = {**chosen, **dict(zip(keys, values, strict=True))}
        if holds(number, more):
            yield from _fitting(choices, sums, holds, more, left - {number}, steps)
