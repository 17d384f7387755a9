"""A figure for each report, and why a report gives none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, IntFlag
from functools import reduce
from operator import add
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from govreport_kit.corpus.positions import Floats, Positions

Bools: TypeAlias = NDArray[np.bool_]
Bytes: TypeAlias = NDArray[np.uint8]

SOURCES = ("table", "narrative", "derived")


class Why(IntEnum):
    """Why a report gives no figure; where several reasons hold, the last of them is told."""

    GIVEN = 0
    MISSING = 1
    NO_NUMBER = 2
    AMBIGUOUS = 3
    INCONSISTENT = 4
    OTHER_FORM = 5
    PARTLY_READ = 6
    OTHER_SCOPE = 7


class Flag(IntFlag):
    """What a reader of a figure should know."""

    APPROX = 1
    SUMMED = 2
    OTHER_UNIT = 4
    NARRATIVE = 8
    DERIVED = 16


@dataclass(frozen=True, slots=True)
class Figures:
    """A figure for each report; `value` is NaN exactly where `why` is not ``GIVEN``.

    A grid of figures has a second axis in front, for the rows of the table.
    """

    value: Floats
    why: Bytes
    flags: Bytes

    def __getitem__(self, row: int) -> Figures:
        """Return one row of a grid."""
        return Figures(self.value[row], self.why[row], self.flags[row])

    def __add__(self, other: Figures) -> Figures:
        """Add figures; the sum is given where both are given."""
        return Figures(self.value + other.value, np.maximum(self.why, other.why), self.flags | other.flags)

    def __neg__(self) -> Figures:
        """Return the figures with the opposite sign."""
        return Figures(-self.value, self.why, self.flags)

    def where(self, keep: Bools, other: Figures) -> Figures:
        """Keep these figures where `keep` holds and take the others elsewhere."""
        return Figures(
            np.where(keep, self.value, other.value),
            np.where(keep, self.why, other.why),
            np.where(keep, self.flags, other.flags),
        )

    def or_else(self, other: Figures) -> Figures:
        """Take the others where they are given and these are not."""
        chosen = self.where((self.why == Why.GIVEN) | (other.why != Why.GIVEN), other)
        neither = np.isnan(chosen.value)
        return Figures(chosen.value, np.where(neither, np.maximum(self.why, other.why), chosen.why), chosen.flags)

    def without(self, mask: Bools, why: Why) -> Figures:
        """Leave out the figures of `mask` for the reason `why`."""
        return Figures(np.where(mask, np.nan, self.value), np.where(mask, np.uint8(why), self.why), self.flags)

    def only_with(self, other: Figures) -> Figures:
        """Leave out the figures of the reports which do not give the other one."""
        why = np.maximum(self.why, other.why)
        return Figures(np.where(why == Why.GIVEN, self.value, np.nan), why, self.flags | other.flags)

    def of(self, report: Positions) -> Figures:
        """Return the figures of other reports in the place of these; missing where the position is negative."""
        known = report >= 0
        return Figures(
            np.where(known, self.value[report], np.nan),
            np.where(known, self.why[report], np.uint8(Why.MISSING)),
            np.where(known, self.flags[report], np.uint8(0)),
        )

    def replaced(self, value: Floats | Bools | float) -> Figures:
        """Put other values in the place of those which are given."""
        return Figures(np.where(self.why == Why.GIVEN, value, np.nan), self.why, self.flags)

    def has(self, flag: Flag) -> Bools:
        """Tell which figures have a flag."""
        return (self.flags & np.uint8(flag)) > 0

    def flagged(self, flag: Flag) -> Figures:
        """Put a flag on every figure."""
        return Figures(self.value, self.why, self.flags | np.uint8(flag))


def signed_sum(keys: Sequence[str], figures: dict[str, Figures]) -> Figures:
    """Add the figures of the keys; a key behind a minus sign is subtracted."""
    return reduce(add, (-figures[key[1:]] if key.startswith("-") else figures[key] for key in keys))


def consistent(k: Figures, n: Figures, interval: str) -> tuple[Figures, Figures]:
    """Leave out what cannot be: negative counts, fractions of a thing and, of a share, a part above its whole."""
    wrong = (n.value < 0) | _fractional(k.value) | _fractional(n.value)
    if interval != "none":
        wrong |= k.value < 0
    if interval == "share":
        wrong |= k.value > n.value
    return k.without(wrong, Why.INCONSISTENT), n.without(wrong, Why.INCONSISTENT)


def laid_out(shape: int | tuple[int, int], place: Positions, count: Floats) -> Figures:
    """Lay counts out by their place; two different ones in the same place are ambiguous."""
    value, why = np.full(shape, np.nan), np.full(shape, Why.MISSING, np.uint8)
    flat_value, flat_why = value.reshape(-1), why.reshape(-1)
    flat_why[place] = Why.NO_NUMBER
    is_number = ~np.isnan(count)
    place, count = place[is_number], count[is_number]
    flat_value[place], flat_why[place] = count, Why.GIVEN
    differing = place[flat_value[place] != count]
    flat_value[differing], flat_why[differing] = np.nan, Why.AMBIGUOUS
    return Figures(value, why, np.zeros(shape, np.uint8))


def _fractional(values: Floats) -> Bools:
    fractional: Bools = np.abs(values - np.rint(values)) > 1e-6
    return fractional
