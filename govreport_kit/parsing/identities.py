"""The sums that the statutory form prints: totals of rows and of outcomes, and the balance of every column."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from govreport_kit import codebook
from govreport_kit.report import Cell

Place = tuple[str, str]
_RECEIVED = ("received_new", "carried_over")
_SETTLED = ("total_closed", "carried_forward")


@dataclass(frozen=True, slots=True)
class Identity:
    """Two sums of cells, by (row, column), which the form wants to be equal.

    `kind` is ``row_total``, ``total_closed``, ``balance`` or, in the table of reviews, ``review_total``.
    """

    kind: str
    name: str
    left: tuple[Place, ...]
    right: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Imbalance:
    """An identity which does not hold, with both sums."""

    identity: Identity
    left: float
    right: float


def identities(table: str, rows: Collection[str]) -> Iterator[Identity]:
    """Yield the identities of a table.

    Parameters
    ----------
    table : str
        A key of ``codebook.tables``.
    rows : collection of str
        The rows that the table has; sums over rows are given only if no row of a form is missing.

    Yields
    ------
    Identity
        For each row the sum of its columns; for each column of the requests table the sum of the
        outcomes, and received and carried over against closed and carried forward.
    """
    columns = codebook.table_columns(table)
    for row in rows:
        for column in columns:
            if column.sums:
                kind = "review_total" if table == "reviews" else "row_total"
                yield Identity(
                    kind, f"{row}/{column.key}", ((row, column.key),), tuple((row, part) for part in column.sums)
                )
    if table != "requests" or not any(_has_every_row(rows, form) for form in ("f2019", "f2021")):
        return
    outcomes = [row for row in rows if row not in _RECEIVED + _SETTLED]
    for column in columns:
        closed = tuple((row, column.key) for row in outcomes)
        yield Identity("total_closed", f"total_closed/{column.key}", (("total_closed", column.key),), closed)
        received = tuple((row, column.key) for row in _RECEIVED)
        settled = tuple((row, column.key) for row in _SETTLED)
        yield Identity("balance", f"balance/{column.key}", received, settled)


def _has_every_row(rows: Collection[str], form: str) -> bool:
    return all(row.key in rows for row in codebook.table_rows("requests", form))


def imbalances(table: str, cells: Mapping[Place, Cell]) -> list[Imbalance]:
    """Return the identities of a table which its cells break; one with a cell that holds no number is not judged."""
    numbers = {place: cell.value for place, cell in cells.items() if cell.value is not None}
    broken = []
    for identity in identities_of(table, cells):
        try:
            left = sum(map(numbers.__getitem__, identity.left))
            right = sum(map(numbers.__getitem__, identity.right))
        except KeyError:
            continue
        if left != right:
            broken.append(Imbalance(identity, left, right))
    return broken


def identities_of(table: str, cells: Collection[Place]) -> tuple[Identity, ...]:
    """Return the identities of a table which has these cells."""
    present = {row for row, _ in cells}
    return _identities(table, tuple(row.key for row in codebook.table_rows(table) if row.key in present))


@lru_cache(maxsize=64)
def _identities(table: str, rows: tuple[str, ...]) -> tuple[Identity, ...]:
    return tuple(identities(table, rows))
