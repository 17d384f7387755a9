"""Rows of requests which lost their blanks: figures are placed where the sums of the form leave one way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from govreport_kit import codebook
from govreport_kit.parsing.identities import Place, identities
from govreport_kit.parsing.numerals import read_cell
from govreport_kit.parsing.pieces import Piece
from govreport_kit.report import Cell

_COLUMNS = [column.key for column in codebook.table_columns("requests")]
_MOST_TRIES = 4000
# The columns of a row's figures, and what the row gives to the equations.
_Way = tuple[int, ...]
_Gift = tuple[int, ...]


def placed_by_sums(
    rows: Sequence[str], placed: Mapping[Place, Cell], short: Mapping[str, Sequence[Piece]]
) -> dict[Place, Piece]:
    """Place the figures of rows which have fewer figures than columns.

    Parameters
    ----------
    rows : sequence of str
        The rows of the form.
    placed : mapping of (row, column) to Cell
        The cells of the other rows.
    short : mapping of str to sequence of Piece
        For each short row its figures, in their order.

    Returns
    -------
    dict of (row, column) to Piece
        The figures which stand in the same column in every way to fill the rows that the form's sums
        allow: the total of each row, of the outcomes in each column, and the balance of each column,
        a cell without a figure counting nothing. A row with one way only also gets its blanks, which
        have no extent. Nothing where no way fits or where there are too many to try.
    """
    figures = {row: _counts(pieces) for row, pieces in short.items()}
    if not short or not all(figures.values()):
        return {}
    equations = _equations_of_columns(rows)
    gifts = {row: _ways_by_gift(row, values, equations) for row, values in figures.items()}
    wanted = tuple(-value for value in _sums(placed, equations))
    fitting = _fitting(gifts, wanted)
    return {
        (row, _COLUMNS[column]): piece
        for row, given in fitting.items()
        for column, piece in _common(short[row], [way for gift in given for way in gifts[row][gift]])
    }


def _counts(pieces: Sequence[Piece]) -> list[int]:
    """Return the counts that pieces hold, or none if one of them is no count."""
    values = [read_cell(piece.text).value for piece in pieces]
    counts = [value for value in values if isinstance(value, int)]
    return counts if len(counts) == len(values) else []


def _equations_of_columns(rows: Sequence[str]) -> list[dict[str, int]]:
    """Return the sums over rows that are nought in every column: the sign of each row in them."""
    of_one_column = [
        identity
        for identity in identities("requests", rows)
        if {column for _, column in (*identity.left, *identity.right)} == {_COLUMNS[0]}
    ]
    return [{row: 1 for row, _ in one.left} | {row: -1 for row, _ in one.right} for one in of_one_column]


def _sums(placed: Mapping[Place, Cell], equations: Sequence[Mapping[str, int]]) -> list[int]:
    """Return the value of each equation in each column, a cell without a figure counting nothing."""
    return [
        sum(sign * int(cell.value or 0) for row, sign in equation.items() if (cell := placed.get((row, column))))
        for equation in equations
        for column in _COLUMNS
    ]


def _ways_by_gift(row: str, values: Sequence[int], equations: Sequence[Mapping[str, int]]) -> dict[_Gift, list[_Way]]:
    """Return the columns that the figures of a row can stand in, by what the row then gives to each equation.

    Where the last figure is the total, it is the sum of the others.
    """
    ways: dict[_Gift, list[_Way]] = {}
    for way in combinations(range(len(_COLUMNS)), len(values)):
        if way[-1] != len(_COLUMNS) - 1 or sum(values[:-1]) == values[-1]:
            given = dict(zip(way, values, strict=True))
            gift = tuple(
                equation.get(row, 0) * given.get(column, 0) for equation in equations for column in range(len(_COLUMNS))
            )
            ways.setdefault(gift, []).append(way)
    return ways


def _fitting(gifts: Mapping[str, Mapping[_Gift, object]], wanted: _Gift) -> dict[str, set[_Gift]]:
    """Return, for each row, its gifts in all choices of one gift a row which together give what is wanted.

    Nothing is returned if there is no such choice, or if too many had to be tried to know.
    """
    order = sorted(gifts, key=lambda row: len(gifts[row]))
    lowest, highest = [tuple(0 for _ in wanted)], [tuple(0 for _ in wanted)]
    for row in reversed(order):
        lowest.append(_plus(lowest[-1], tuple(map(min, zip(*gifts[row], strict=True)))))
        highest.append(_plus(highest[-1], tuple(map(max, zip(*gifts[row], strict=True)))))
    fitting: dict[str, set[_Gift]] = {row: set() for row in order}
    tried = 0
    open_choices: list[tuple[tuple[_Gift, ...], _Gift]] = [((), wanted)]
    while open_choices:
        chosen, left = open_choices.pop()
        tried += 1
        rest = len(order) - len(chosen)
        if tried > _MOST_TRIES:
            return {}
        if any(not low <= value <= high for low, value, high in zip(lowest[rest], left, highest[rest], strict=True)):
            continue
        if not rest:
            for row, gift in zip(order, chosen, strict=True):
                fitting[row].add(gift)
            continue
        open_choices += [((*chosen, gift), _minus(left, gift)) for gift in gifts[order[len(chosen)]]]
    return fitting


def _plus(left: _Gift, right: _Gift) -> _Gift:
    return tuple(one + other for one, other in zip(left, right, strict=True))


def _minus(left: _Gift, right: _Gift) -> _Gift:
    return tuple(one - other for one, other in zip(left, right, strict=True))


def _common(pieces: Sequence[Piece], ways: Sequence[_Way]) -> Iterator[tuple[int, Piece]]:
    """Yield the figures which stand in one column in all ways, and the blanks where there is one way."""
    for number, piece in enumerate(pieces):
        if len({way[number] for way in ways}) == 1:
            yield ways[0][number], piece
    if len(set(ways)) == 1:
        for column in range(len(_COLUMNS)):
            if column not in ways[0]:
                at = max(
                    (piece.end for place, piece in zip(ways[0], pieces, strict=True) if place < column),
                    default=pieces[0].start,
                )
                yield column, Piece("blank", "", at, at, pieces[0].line)
