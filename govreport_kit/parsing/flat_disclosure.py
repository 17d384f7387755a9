"""The table of proactive disclosure in flattened text: a label and the figures behind it."""

from __future__ import annotations

from collections.abc import Sequence

from govreport_kit import codebook
from govreport_kit.parsing.cells import FlatReading, span_of, table_cell
from govreport_kit.parsing.groups import Group, heading_key, is_sentence, printed_cell, single_words
from govreport_kit.parsing.labels import find_key, plain_words, torn_labels
from govreport_kit.parsing.pieces import Piece
from govreport_kit.report import Note

_LONGEST_LABEL = 14
_ORDER = list(dict.fromkeys(column.key for column in codebook.table_columns("disclosure")))


def read_flat_disclosure(groups: Sequence[Group], form: str | None) -> list[FlatReading]:
    """Read the blocks of the disclosure table among the groups of a text.

    Parameters
    ----------
    groups : sequence of Group
        All groups of the text, in order.
    form : str or None
        The form that the text shows, for rows whose heads are missing or torn.

    Returns
    -------
    list of FlatReading
        One a run of blocks without text between them.
    """
    readings: list[FlatReading] = []
    current: FlatReading | None = None
    heads: list[str] = []
    for group in groups:
        words, interrupted = _words_of_table(group)
        if interrupted:
            current, heads = None, []
        named = _measures(words)
        heads = named or heads
        if current is None and (named or _has_mark(words)):
            current = FlatReading(start=next(piece.start for piece in words if not heading_key(piece)))
        if current is None:
            continue
        label = group.near[-1] if group.near and not is_sentence(group.near[-1]) else None
        item = _item(group.near)
        if label and item:
            _read_row(current, label, group.cells, item, heads, form)
        elif label and not named and not group.is_blank and heads and len(group.cells) <= len(heads):
            figures = ", ".join(cell.text for cell in group.cells)
            message = f"row {label.text!r} is not part of the form; its figures: {figures}"
            current.notes.append(Note("unknown_row", message, *span_of(label, *group.cells)))
        else:
            continue
        if not current.end:
            readings.append(current)
        current.end = group.cells[-1].end
    return readings


def _words_of_table(group: Group) -> tuple[list[Piece], bool]:
    """Return the words behind the last running text, and whether text or another heading stood before them."""
    words: list[Piece] = []
    interrupted = False
    for piece in group.before:
        key = heading_key(piece)
        if is_sentence(piece) or (key and key != "disclosure") or find_key("requests", "row", piece.text):
            words, interrupted = [], True
        elif key is None:
            words.append(piece)
    return words, interrupted


def _has_mark(words: Sequence[Piece]) -> bool:
    marks = torn_labels()["disclosure_first_head"], torn_labels()["disclosure_article"]
    return any(mark in plain_words(piece.text) for piece in words for mark in marks)


def _measures(words: Sequence[Piece]) -> list[str]:
    """Return the measures that the last heads name, in their order."""
    named: list[str] = []
    # Blocks without a row may stand before: only the last block's heads belong to the figures.
    for word in single_words(words):
        key = find_key("disclosure", "column", word)
        if named and (
            torn_labels()["disclosure_first_head"] in plain_words(word)
            or (key and _ORDER.index(key) <= _ORDER.index(named[-1]))
        ):
            named = []
        named += [key] if key else []
    return named


def _item(near: Sequence[Piece]) -> str | None:
    """Return the row that the last piece names, or the last two together."""
    texts = [near[-1].text, near[-2].text + near[-1].text] if len(near) > 1 else [piece.text for piece in near]
    for text in texts:
        if len(plain_words(text)) <= _LONGEST_LABEL:
            key = find_key("disclosure", "row", text)
            if key:
                return key
    return None


def _read_row(
    reading: FlatReading, label: Piece, cells: Sequence[Piece], item: str, heads: Sequence[str], form: str | None
) -> None:
    measures = _measures_of(item, heads, form)
    fits = len(cells) >= len(measures) > 0 and all(cell.kind == "blank" for cell in cells[len(measures) :])
    if not fits:
        figures = ", ".join(repr(cell.text) for cell in cells)
        message = f"{label.text!r} has {len(cells)} figures ({figures}) below the heads {list(heads)}"
        reading.notes.append(Note("unknown_column", message, *span_of(label, *cells)))
        return
    for measure, piece in zip(measures, cells, strict=False):
        reading.add(table_cell("disclosure", item, measure, printed_cell(piece)), printed_cell(piece))


def _measures_of(item: str, heads: Sequence[str], form: str | None) -> list[str]:
    """Return the measures of a row: those of the form whose heads stand above it, or the whole form's."""
    known = {column.key for column in codebook.table_columns("disclosure", row=item)}
    if heads and set(heads) <= known:
        return list(heads)
    return [column.key for column in codebook.table_columns("disclosure", form, item)] if form and not heads else []
