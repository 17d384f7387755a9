"""The table of reconsideration and litigation in flattened text: fifteen figures, or three times five."""

from __future__ import annotations

from collections.abc import Sequence

from govreport_kit import codebook
from govreport_kit.parsing.cells import FlatReading, span_of, table_cell
from govreport_kit.parsing.groups import Group, heading_key, is_sentence, printed_cell, single_words
from govreport_kit.parsing.identities import imbalances
from govreport_kit.parsing.labels import find_key, innermost_key, plain_words, torn_labels
from govreport_kit.parsing.numerals import read_cell
from govreport_kit.parsing.pieces import Piece
from govreport_kit.report import Note

_OUTCOMES = 5
_WHOLE_HEAD = 4
_FEWEST_HEADS = 2
_MISPRINTED = 1
# Labels of the table of requests that are heads of this table, too.
_HEADS_OF_REVIEWS = (None, "total_closed", "other.other")
_Block = tuple[str | None, list[Piece]]


def read_flat_reviews(groups: Sequence[Group]) -> list[FlatReading]:
    """Read every review table among the groups of a text.

    Parameters
    ----------
    groups : sequence of Group
        All groups of the text, in order.

    Returns
    -------
    list of FlatReading
        The fifteen cells of a table whose figures stand in the form's order, or in rows of five
        behind the names of the three channels. Without heads, only sums that hold tell a table.
    """
    channels = [row.key for row in codebook.table_rows("reviews")]
    readings: list[FlatReading] = []
    rows: list[_Block] = []
    heads: list[Piece] = []
    for group in groups:
        words, interrupted = _heads_of(group)
        if interrupted:
            heads, rows = [], []
        heads = [*heads, *words]
        if not any(word in piece.text for piece in heads for word in torn_labels()["review_subject"]):
            continue
        whole = _first(group.cells, _OUTCOMES * len(channels))
        part = _first(group.cells, _OUTCOMES)
        if _is_short(group, channels) and not rows:
            readings.append(_read_short(heads, group.cells, channels))
            heads = []
            continue
        if _lost_blanks(group, channels) and not rows:
            readings.append(_unread(heads, group.cells))
            heads = []
            continue
        if whole:
            readings += _read(heads, [(None, whole)], channels)
            heads, rows = [], []
        elif part:
            rows.append((innermost_key("reviews", single_words(group.near)), part))
            if len(rows) == len(channels):
                readings += _read(heads, rows, channels)
                heads, rows = [], []
    return readings


def _heads_of(group: Group) -> tuple[list[Piece], bool]:
    """Return the words behind the last running text or row of requests, and whether one stood before them."""
    words: list[Piece] = []
    interrupted = False
    for piece in group.before:
        key = heading_key(piece)
        if key == "reviews":
            words, interrupted = [piece], True
        elif key or is_sentence(piece) or find_key("requests", "row", piece.text) not in _HEADS_OF_REVIEWS:
            words, interrupted = [], True
        else:
            words.append(piece)
    return words, interrupted


def _first(cells: Sequence[Piece], count: int) -> list[Piece]:
    """Return the first cells, if there are enough of them and only blanks follow."""
    enough = len(cells) >= count and all(cell.kind == "blank" for cell in cells[count:])
    return list(cells[:count]) if enough else []


def _read(heads: Sequence[Piece], rows: Sequence[_Block], channels: Sequence[str]) -> list[FlatReading]:
    cells = [cell for _, row in rows for cell in row]
    start = next((piece.start for piece in heads if not heading_key(piece)), cells[0].start)
    reading = FlatReading(start=start, end=max(cell.end for cell in cells))
    named = [channel for channel, _ in rows if channel]
    labelled = sorted(named) == sorted(channels)
    if named and not labelled:
        return []
    if not _in_order(heads, labelled):
        message = "the heads of the review table stand in another order than the form's"
        reading.notes.append(Note("unknown_column", message, reading.start, reading.end))
        return [reading]
    order = named if labelled else channels
    for place, channel in enumerate(order):
        block = cells[place * _OUTCOMES : (place + 1) * _OUTCOMES]
        for column, piece in zip(codebook.table_columns("reviews"), block, strict=True):
            reading.add(table_cell("reviews", channel, column.key, printed_cell(piece)), printed_cell(piece))
    words = plain_words("".join(piece.text for piece in heads))
    if sum(head in words for head in torn_labels()["review_heads"]) < _FEWEST_HEADS and (
        imbalances("reviews", reading.cells) or any(cell.value is None for cell in reading.cells.values())
    ):
        reading.cells.clear()
        message = "fifteen figures without heads stand where the review table belongs, but their sums do not hold"
        reading.notes.append(Note("table_unclear", message, reading.start, reading.end))
    return [reading]


def _is_short(group: Group, channels: Sequence[str]) -> bool:
    """Tell whether figures stand alone and one is missing: its blank left no trace."""
    return len(group.cells) == _OUTCOMES * len(channels) - 1 and all(cell.kind == "value" for cell in group.cells)


def _lost_blanks(group: Group, channels: Sequence[str]) -> bool:
    """Tell whether figures stand alone and several are missing: which ones, nothing tells."""
    most = _OUTCOMES * len(channels) - 2
    return _OUTCOMES < len(group.cells) <= most and all(cell.kind == "value" for cell in group.cells)


def _unread(heads: Sequence[Piece], cells: Sequence[Piece]) -> FlatReading:
    start = next((piece.start for piece in heads if not heading_key(piece)), cells[0].start)
    reading = FlatReading(start=start, end=cells[-1].end)
    reading.notes.append(_short_of_figures(cells, "none"))
    return reading


def _short_of_figures(cells: Sequence[Piece], known: str) -> Note:
    figures = ", ".join(cell.text for cell in cells)
    message = f"{len(cells)} figures stand for the fifteen of the review table; {known} could be told: {figures}"
    return Note("table_unclear", message, *span_of(*cells))


def _read_short(heads: Sequence[Piece], cells: Sequence[Piece], channels: Sequence[str]) -> FlatReading:
    """Read the channels which stand in one place wherever the lost blank may have stood.

    The blank may be in any channel, as long as no more than one of the others does not add up: one sum
    may be misprinted. A channel of noughts adds up by chance, so it is left out.
    """
    start = next((piece.start for piece in heads if not heading_key(piece)), cells[0].start)
    reading = FlatReading(start=start, end=cells[-1].end)
    counts = [read_cell(cell.text).value for cell in cells]
    ways = [_whole_channels(short, channels) for short in range(len(channels))]
    possible = [
        whole
        for whole in ways
        if sum(not _may_add_up(counts[at : at + _OUTCOMES]) for at in whole.values()) <= _MISPRINTED
    ]
    for place, channel in enumerate(channels):
        at = {whole.get(place) for whole in possible}
        first = at.pop() if len(at) == 1 else None
        if first is None or not _adds_up(counts[first : first + _OUTCOMES]) or not _in_order(heads, labelled=False):
            continue
        for column, piece in zip(codebook.table_columns("reviews"), cells[first : first + _OUTCOMES], strict=True):
            reading.add(table_cell("reviews", channel, column.key, printed_cell(piece)), printed_cell(piece))
    known = ", ".join(dict.fromkeys(row for row, _ in reading.cells)) or "none"
    reading.notes.append(_short_of_figures(cells, known))
    return reading


def _whole_channels(short: int, channels: Sequence[str]) -> dict[int, int]:
    """Return where each channel begins, but for the one which lost a blank."""
    return {place: place * _OUTCOMES - (place > short) for place in range(len(channels)) if place != short}


def _may_add_up(counts: Sequence[float | None]) -> bool:
    """Tell whether the last count is the sum of the others; where a mark for none stands, that cannot be judged."""
    return any(count is None for count in counts) or _adds_up(counts) or not any(counts)


def _adds_up(counts: Sequence[float | None]) -> bool:
    """Tell whether the last count is the sum of the others, and more than nought."""
    *parts, total = [count if count is not None else -1 for count in counts]
    return total > 0 and min(parts) >= 0 and sum(parts) == total


def _in_order(heads: Sequence[Piece], labelled: bool) -> bool:
    """Tell whether the heads that are whole stand in the form's order."""
    words = single_words(heads)
    keys = [find_key("reviews", "column", word) for word in words if len(word) >= _WHOLE_HEAD]
    outcomes = [key for key in dict.fromkeys(keys) if key]
    form = [column.key for column in codebook.table_columns("reviews") if column.key in outcomes]
    joined = plain_words("".join(words))
    direct, after = (joined.find(words) for words in torn_labels()["review_channels"])
    channels_in_order = labelled or direct < 0 or after < 0 or direct < after
    return outcomes == form and channels_in_order
