"""Doubtful figures of pictures settled by the sums of the form.

The form prints every number at least twice: in its cell, and in the totals of its row and of its
column. Read as an error-correcting code, these sums tell a misread figure from a wrong one that was
published: only figures whose reading is doubtful are ever changed, and only to the one value which
the sums leave.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from govreport_kit.documents import GridCell
from govreport_kit.parsing.cells import TableReading, is_no_count
from govreport_kit.parsing.choices import only_choice
from govreport_kit.parsing.identities import Identity, Place, identities_of
from govreport_kit.parsing.numerals import read_cell
from govreport_kit.parsing.recognised import CERTAIN
from govreport_kit.report import Cell, Correction, Note


@dataclass(frozen=True, slots=True)
class Demand:
    """The value that a sum wants in a cell, the other cells which it rests on, and whether none of them is blank."""

    value: float
    rests_on: frozenset[Place]
    whole: bool


def settle(table: str, reading: TableReading) -> list[Correction]:
    """Settle the doubtful cells of a reading; what the sums leave open becomes unreadable.

    Parameters
    ----------
    table : str
        A key of ``codebook.tables``.
    reading : TableReading
        Its cells and notes are changed in place.

    Returns
    -------
    list of Correction
        The cells whose value is not the one that was read. A value is changed only to the one that
        all sums with it want, if it is a further reading of the recogniser, or if these are two sums
        that share no other cell; several cells at once only if just one choice among their readings
        fulfils as many sums as cells are changed.
    """
    if not reading.doubts:
        return []
    case = _Case(table, reading)
    while case.settle_one_by_one() or case.settle_together() or case.settle_as_read():
        pass
    case.keep_or_give_up()
    return case.corrections


class _Case:
    """The doubtful cells of one table."""

    def __init__(self, table: str, reading: TableReading) -> None:
        self.reading = reading
        self.identities = identities_of(table, reading.cells)
        self.summed = {place for identity in self.identities for place in (*identity.left, *identity.right)}
        self.open = dict(reading.doubts)
        self.corrections: list[Correction] = []

    def settle_one_by_one(self) -> bool:
        """Settle cells which are the only doubtful one of their sums; tell whether there was one."""
        found = False
        for place in list(self.open):
            value = wanted(self.demands(place), self.open[place])
            if value is not None:
                self.settle(place, value)
                found = True
        return found

    def settle_together(self) -> bool:
        """Settle cells which hang together by sums, if one choice among their readings fulfils all; tell whether so."""
        read = {place for place, printed in self.open.items() if readings_of(printed)}
        whole = [
            identity
            for identity in self.identities
            if self.is_whole(cells := {*identity.left, *identity.right}) and cells & self.open.keys() <= read
        ]
        found = False
        for places, sums in _connected(read, whole):
            for place, value in self.fitting(places, sums).items():
                self.settle(place, value)
                found = True
        return found

    def settle_as_read(self) -> bool:
        """Settle the cells of a sum without blanks which holds with them as read; tell whether there was one."""
        for identity in self.identities:
            cells = {*identity.left, *identity.right}
            first = {place: _first(self.open[place]) for place in cells & self.open.keys()}
            as_read = {place: value for place, value in first.items() if value is not None}
            if not first or len(as_read) < len(first) or not self.is_whole(cells) or not self.holds(identity, as_read):
                continue
            if any(demand.whole and demand.value != as_read[p] for p in as_read for demand in self.demands(p)):
                continue
            for place, value in as_read.items():
                self.settle(place, value)
            return True
        return False

    def fitting(self, places: Sequence[Place], sums: Sequence[Identity]) -> dict[Place, float]:
        """Return the values of cells as first read, if the sums hold; else the only other choice with which they do."""
        first = {place: _first(self.open[place]) for place in places}
        as_read = {place: value for place, value in first.items() if value is not None}
        if len(as_read) == len(places) and all(self.holds(identity, as_read) for identity in sums):
            return as_read
        choices = {place: readings_of(self.open[place]) for place in places}
        added = [frozenset(places) & {*identity.left, *identity.right} for identity in sums]
        chosen = only_choice(choices, added, lambda number, values: self.holds(sums[number], values))
        if chosen is None or sum(first[place] != value for place, value in chosen.items()) > len(sums):
            return {}
        return chosen

    def keep_or_give_up(self) -> None:
        """Keep likely readings that contradict none of their sums, and those that a sum supports; give up others."""
        for place, printed in self.open.items():
            demands = self.demands(place)
            first = _first(printed)
            confirmed = first is not None and first in {demand.value for demand in demands}
            contradicted = any(demand.whole for demand in demands)
            cell = self.reading.cells[place]
            likely = (printed.confidence or 0) >= CERTAIN and place in self.summed and not is_no_count(cell)
            if confirmed or (likely and not contradicted):
                continue
            self.reading.cells[place] = replace(cell, value=None, state="unreadable")
            told = f"read as {printed.text!r}" if printed.text else "something is printed"
            message = f"{'/'.join(place)}: {told} in a picture, which is not certain, and no sum settles it"
            self.reading.notes.append(Note("unreadable_cell", message, cell.start, cell.end))
        self.open = {}

    def demands(self, place: Place) -> list[Demand]:
        """Return what the sums want of which the cell is the only one in doubt."""
        found = []
        for identity in self.identities:
            others = frozenset((*identity.left, *identity.right)) - {place}
            if place not in (*identity.left, *identity.right) or others & self.open.keys():
                continue
            difference = self.difference(identity, {place: 0})
            if difference is not None:
                value = -difference if place in identity.left else difference
                found.append(Demand(value, others, self.is_whole(others)))
        return found

    def is_whole(self, places: Iterable[Place]) -> bool:
        """Tell whether no cell among these is blank: a sum with blanks may confirm a figure, not contradict one."""
        cells = self.reading.cells
        return all(place in self.open or (place in cells and cells[place].value is not None) for place in places)

    def holds(self, identity: Identity, values: Mapping[Place, float]) -> bool:
        """Tell whether a sum holds with these values."""
        return self.difference(identity, values) == 0

    def difference(self, identity: Identity, values: Mapping[Place, float]) -> float | None:
        """Return left minus right with these values for some cells; blanks add nothing."""
        sides = []
        for side in (identity.left, identity.right):
            added = [values[place] if place in values else _number(self.reading.cells.get(place)) for place in side]
            if None in added:
                return None
            sides.append(sum(number for number in added if number is not None))
        return sides[0] - sides[1]

    def settle(self, place: Place, value: float) -> None:
        """Give a cell its value; keep what was read where that is another one."""
        printed = self.open.pop(place)
        cell = self.reading.cells[place]
        if _first(printed) == value:
            return
        corrected = replace(cell, value=int(value), state="reported" if value else "zero")
        self.reading.cells[place] = corrected
        self.corrections.append(
            Correction(
                cell.table,
                cell.row,
                cell.column,
                cell.value,
                cell.state,
                int(value),
                "identities",
                cell.start,
                cell.end,
            )
        )
        message = f"{'/'.join(place)}: read as {printed.text!r} in a picture; the sums of the form want {value:g}"
        self.reading.notes.append(Note("corrected_cell", message, cell.start, cell.end))


def wanted(demands: Sequence[Demand], printed: GridCell) -> float | None:
    """Return the value of a doubtful cell if all sums agree on it and enough speaks for it.

    Enough is that it was read, be it as a further reading, or that another number was read with
    little confidence and two sums which share no other cell want this one; 0 must have been read, as
    a mark for none adds as little.
    """
    values = {demand.value for demand in demands}
    if len(values) != 1:
        return None
    (value,) = values
    first, whole = _first(printed), [demand for demand in demands if demand.whole]
    if value == first:
        return value
    if not whole or value < 0 or value != int(value):
        return None
    apart = any(not one.rests_on & other.rests_on for one in whole for other in whole)
    misread = any(map(str.isdecimal, printed.text)) and (printed.confidence or 0) < CERTAIN
    return value if value in readings_of(printed) or (apart and misread and value) else None


def readings_of(printed: GridCell) -> list[float]:
    """Return the values that a cell was read as, the likeliest first; 0 only if no mark, blank or word was read.

    To a sum 0, a mark for none and a blank with dust in it are the same.
    """
    values = [read_cell(text) for text in (printed.text, *printed.others) if "\n" not in text]
    numbers = dict.fromkeys(value.value for value in values if isinstance(value.value, int) and value.value >= 0)
    may_be_0 = read_cell(printed.text).state != "unreadable" and not _may_be_none(printed)
    return [number for number in numbers if number or may_be_0]


def _first(printed: GridCell) -> float | None:
    """Return what a cell adds to a sum as it was read; a mark for none adds nothing, a missing reading is unknown.

    So is one that may be 0 or none: to a sum they are the same.
    """
    if "\n" in printed.text:  # a figure stands on one line
        return None
    value = read_cell(printed.text)
    added = 0 if value.state == "not_applicable" else value.value
    return None if added is None or added < 0 or (added == 0 and _may_be_none(printed)) else added


def _may_be_none(printed: GridCell) -> bool:
    """Tell whether both 0 and a mark for none were read, or 0 and then nothing at all, and neither with confidence."""
    others = {read_cell(text).state for text in printed.others}
    states = {read_cell(printed.text).state, *others}
    may_be = "not_applicable" in states or "blank" in others
    return (printed.confidence or 0) < CERTAIN and "zero" in states and may_be


def _number(cell: Cell | None) -> float | None:
    """Return what a settled cell adds to a sum; None where that is not known."""
    if cell is None or cell.state == "unreadable":
        return None
    return 0 if cell.value is None else cell.value


def _connected(
    open_cells: Iterable[Place], identities: Sequence[Identity]
) -> Iterator[tuple[list[Place], list[Identity]]]:
    """Yield the groups of doubtful cells which sums connect, each with its sums."""
    left = set(open_cells)
    while left:
        group, sums = {left.pop()}, []
        grown = True
        while grown:
            touching = [
                identity
                for identity in identities
                if identity not in sums and group & {*identity.left, *identity.right}
            ]
            sums += touching
            more = {place for identity in touching for place in (*identity.left, *identity.right)} & left
            group |= more
            left -= more
            grown = bool(touching)
        if sums:
            yield sorted(group), sums
