"""What each report tells of a count, and why it tells nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, IntFlag
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from govreport_kit import codebook
from govreport_kit.errors import CorpusError

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]
Bytes: TypeAlias = NDArray[np.uint8]
Positions: TypeAlias = NDArray[np.integer[Any]]

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


def consistent(k: Figures, n: Figures) -> tuple[Figures, Figures]:
    """Leave out numerators above their denominators, negative counts and fractions of a request."""
    wrong = (k.value < 0) | (k.value > n.value) | _fractional(k.value) | _fractional(n.value)
    return k.without(wrong, Why.INCONSISTENT), n.without(wrong, Why.INCONSISTENT)


def indicator_figures(corpus: Corpus, indicator: str) -> Figures:
    """Return a figure of the running text; ambiguous where a report tells two values."""
    position = _positions(corpus.facts["indicator"], [indicator])
    facts = corpus.facts[["report_id", "value", "unit", "approx"]].iloc[np.flatnonzero(position == 0)]
    report = _report_positions(corpus, facts["report_id"])
    figures = _figures(len(corpus.reports), report, _floats(facts["value"])).flagged(Flag.NARRATIVE)
    standard = codebook.indicators[indicator].unit
    other_unit = ~facts["unit"].astype("str").fillna(standard).str.endswith(standard).to_numpy(bool)
    figures.flags[report[facts["approx"].to_numpy(bool)]] |= np.uint8(Flag.APPROX)
    figures.flags[report[other_unit]] |= np.uint8(Flag.OTHER_UNIT)
    return figures


def request_figures(corpus: Corpus, keys: Sequence[str]) -> tuple[dict[str, Figures], dict[str, Figures]]:
    """Return rows and groups of the request table as the table tells them, and as the running text does.

    Only the applicant ``total`` is read. Where the table leaves it blank, or has no cell for it,
    while the count of every kind of applicant is a number, their sum stands in for it. A group is
    the sum of the rows which the report's form has in it, or else the count told of the group.
    """
    rows = list(dict.fromkeys(row for key in keys for row in (key, *_members(key))))
    if not rows:
        return {}, {}
    requests, forms = corpus.requests, corpus.reports["form"]
    cells = _read_cells(corpus, rows, _positions(requests["applicant"], ["total"]) == 0)
    table = _table_grid(corpus, rows, cells)
    text = _text_grid(corpus, rows, cells)
    return (
        {key: _outcome(key, rows, table, forms) for key in keys},
        {key: _outcome(key, rows, text, forms) for key in keys},
    )


@dataclass(frozen=True, slots=True)
class _Cells:
    """Cells of the request table; `place` is the position in the flattened grid of rows by reports."""

    place: Positions
    applicant: Positions
    count: Floats
    blank: Bools
    source: Positions

    def of(self, mask: Bools) -> _Cells:
        return _Cells(self.place[mask], self.applicant[mask], self.count[mask], self.blank[mask], self.source[mask])


def _read_cells(corpus: Corpus, rows: Sequence[str], wanted: Bools) -> _Cells:
    where = np.flatnonzero(wanted)
    where = where[_positions(corpus.requests["row"], rows)[where] >= 0]
    cells = corpus.requests[["report_id", "row", "applicant", "count", "state", "source"]].iloc[where]
    report = _report_positions(corpus, cells["report_id"])
    return _Cells(
        _positions(cells["row"], rows).astype(np.intp) * len(corpus.reports) + report,
        _positions(cells["applicant"], _kinds_of_applicant()),
        _floats(cells["count"]),
        _positions(cells["state"], ["blank"]) == 0,
        _positions(cells["source"], SOURCES),
    )


def _table_grid(corpus: Corpus, rows: Sequence[str], totals: _Cells) -> Figures:
    shape = (len(rows), len(corpus.reports))
    totals = totals.of(totals.source == 0)
    printed = _figures(shape, totals.place, totals.count)
    unfilled = printed.why == Why.MISSING
    unfilled.reshape(-1)[totals.place[totals.blank]] = True
    unfilled &= printed.why != Why.GIVEN
    unfilled[[row in codebook.groups for row in rows]] = False  # the form prints no totals of groups
    if not unfilled.any():
        return printed
    reports = corpus.reports["report_id"][unfilled.any(axis=0)]
    kinds = _positions(corpus.requests["applicant"], _kinds_of_applicant()) >= 0
    parts = _read_cells(corpus, rows, kinds & (_positions(corpus.requests["report_id"], reports) >= 0))
    parts = parts.of(parts.source == 0)
    summed = reduce(
        add,
        (
            _figures(shape, parts.place[parts.applicant == kind], parts.count[parts.applicant == kind])
            for kind in range(len(_kinds_of_applicant()))
        ),
    )
    return printed.where(~unfilled, printed.or_else(summed.flagged(Flag.SUMMED)))


def _text_grid(corpus: Corpus, rows: Sequence[str], totals: _Cells) -> Figures:
    totals = totals.of(totals.source > 0)
    grid = _figures((len(rows), len(corpus.reports)), totals.place, totals.count).flagged(Flag.NARRATIVE)
    flags = grid.flags.reshape(-1)
    flags[totals.place[totals.source == 2]] |= np.uint8(Flag.DERIVED)
    flags[totals.place[totals.source == 1]] &= ~np.uint8(Flag.DERIVED)
    flags[_approximate_places(corpus, rows)] |= np.uint8(Flag.APPROX)
    return grid


def _approximate_places(corpus: Corpus, rows: Sequence[str]) -> Positions:
    """Return the places of counts of which the running text says about."""
    told = {
        entry.key: rows.index(entry.row)
        for entry in codebook.indicators.values()
        if entry.table == "requests" and entry.row in rows
    }
    facts = corpus.facts[corpus.facts["approx"] & corpus.facts["indicator"].isin(list(told))]
    row = facts["indicator"].map(told).to_numpy(np.intp)
    return row * len(corpus.reports) + _report_positions(corpus, facts["report_id"])


def _outcome(key: str, rows: Sequence[str], grid: Figures, forms: pd.Series[str]) -> Figures:
    own = grid[rows.index(key)]
    members = [row for row in codebook.table_rows("requests") if row.key in _members(key)]
    if not members:
        return own
    printing = {form for member in members for form in member.forms}
    nothing = Figures(np.zeros_like(own.value), np.zeros_like(own.why), np.zeros_like(own.flags))
    parts = (
        grid[rows.index(member.key)].where((~forms.isin(printing) | forms.isin(member.forms)).to_numpy(bool), nothing)
        for member in members
    )
    return reduce(add, parts).or_else(own)


def _figures(shape: int | tuple[int, int], place: Positions, count: Floats) -> Figures:
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


def _members(key: str) -> list[str]:
    return codebook.group_members(key) if key in codebook.groups else []


def _kinds_of_applicant() -> tuple[str, ...]:
    return next(column.sums for column in codebook.table_columns("requests") if column.key == "total")


def _positions(values: pd.Series[Any], keys: Sequence[str] | pd.Series[str]) -> Positions:
    """Return the position of each value in `keys`, -1 where it is none of them."""
    categorical = values if isinstance(values.dtype, pd.CategoricalDtype) else values.astype("category")
    position = pd.Index(keys).get_indexer(categorical.cat.categories)
    lookup: Positions = np.append(position, -1).astype(np.int16 if len(keys) < 2**15 else np.int32)
    codes: Positions = categorical.cat.codes.to_numpy()
    return lookup[codes]


def _report_positions(corpus: Corpus, report_id: pd.Series[str]) -> Positions:
    position = _positions(report_id, corpus.reports["report_id"])
    if (position < 0).any():
        stranger = report_id.iloc[int(np.argmax(position < 0))]
        raise CorpusError(f"A frame holds figures of {stranger!r}, but the frame reports does not list that report.")
    return position.astype(np.intp)


def _floats(values: pd.Series[Any]) -> Floats:
    floats: Floats = values.to_numpy(dtype=np.float64, na_value=np.nan)
    return floats
