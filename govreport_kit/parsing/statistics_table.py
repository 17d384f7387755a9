"""The national statistics table of 2014 (国办发〔2014〕32号): a label, a unit and a figure a row.

The parsed-report format has no table for it, and its rows are not those of the later forms: the
answers 已主动公开 stand apart, the grounds of refusal differ. Each row that is recognised is
therefore told in a note of its own, with its key, its figure and its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from govreport_kit import codebook
from govreport_kit.codebook.entries import StatisticsRow
from govreport_kit.parsing.cells import span_of
from govreport_kit.parsing.groups import Group, is_sentence, read_groups
from govreport_kit.parsing.labels import normal_label, plain_words
from govreport_kit.parsing.numerals import read_cell
from govreport_kit.parsing.pieces import Piece, read_pieces
from govreport_kit.report import Note

_FORM = "gb2014"
_FEWEST_ROWS = 4
_FEWEST_MARKS = 2
# Rows without a figure, such as that of a main topic, may stand between the heads and the first row.
_HEAD_ROWS = 2
_MAIN_ROW = re.compile(r"^[一二三四五六七八九十][、.．]")
_UNIT = re.compile(r"^(?:条|件|次|篇|个|人|人次|万元|元|场)$")
_THIS_YEAR = re.compile(r"^(?:统计数|本年|当年|年度数|20\d\d年)")
_RUNNING_TOTAL = re.compile(r"累计|历年|以来")


@dataclass(frozen=True, slots=True)
class Statistics:
    """The form whose statistics table stands in a text, the table's span, and a note a row; empty if none does."""

    form: str | None = None
    span: tuple[int, int] | None = None
    notes: tuple[Note, ...] = ()


def read_statistics(text: str) -> Statistics:
    """Read the statistics table of 2014 from a text.

    Parameters
    ----------
    text : str
        The document's text.

    Returns
    -------
    Statistics
        For each row with a known label the note ``statistics_row`` ("closed_on_time (按时办结数): 55 件"),
        for each other row of the table the note ``unknown_row``. Where a running total stands beside
        the figure of the year, the heads have to tell which is which; else the row is not read.
    """
    words = "".join(text.split())
    if sum(mark in words for mark in _marks()) < _FEWEST_MARKS:
        return Statistics()
    groups = [group for group in read_groups(read_pieces(text)) if not any(is_sentence(word) for word in group.near)]
    known = [place for place, group in enumerate(groups) if _labelled(group)[1]]
    if len(known) < _FEWEST_ROWS:
        return Statistics()
    table = groups[known[0] : known[-1] + 1]
    above = groups[max(0, known[0] - _HEAD_ROWS) : known[0] + 1]
    heads = _heads([word for group in above for word in group.before if not is_sentence(word)])
    notes: list[Note] = []
    main_row = ""
    for group in table:
        main_row = next((word.text for word in reversed(group.before) if _MAIN_ROW.match(word.text)), main_row)
        notes += _notes(group, heads, main_row)
    start = next(piece.start for piece in table[0].before if _labelled_piece(piece))
    return Statistics(_FORM, (start, table[-1].cells[-1].end), tuple(notes))


def _labelled(group: Group) -> tuple[Piece | None, StatisticsRow | None]:
    """Return the label of a row and the row that it names: units stand between the label and the figure."""
    words = [word for word in group.near if not _UNIT.match(word.text)]
    return (words[-1], _labelled_piece(words[-1])) if words else (None, None)


def _labelled_piece(piece: Piece) -> StatisticsRow | None:
    label = normal_label(piece.text).removeprefix("其中:").removeprefix("其中")
    return next((row for row, pattern in _rows() if pattern.search(label)), None)


def _heads(words: Sequence[Piece]) -> list[bool]:
    """Return, for each column of figures that the heads name, whether it is that of the year."""
    heads = [plain_words(word) for piece in words for word in piece.text.split()]
    return [bool(_THIS_YEAR.search(head)) for head in heads if _THIS_YEAR.search(head) or _RUNNING_TOTAL.search(head)]


def _notes(group: Group, heads: Sequence[bool], main_row: str) -> list[Note]:
    label, row = _labelled(group)
    figures = [cell for cell in group.cells if cell.kind == "value" and read_cell(cell.text).value is not None]
    if label is None or not figures:
        return []
    span = span_of(label, *group.cells)
    cell = _of_the_year(group.cells, heads)
    if row is None or cell is None or (row.under and row.under not in main_row):
        told = ", ".join(figure.text for figure in figures)
        return [Note("unknown_row", f"statistics table: row {label.text!r} was not read; its figures: {told}", *span)]
    unit = next((word.text for word in group.near if _UNIT.match(word.text)), row.unit)
    return [Note("statistics_row", f"{row.key} ({row.zh}): {cell.text} {unit}", *span)]


def _of_the_year(cells: Sequence[Piece], heads: Sequence[bool]) -> Piece | None:
    """Return the cell of the year: the only one, or the one that the heads name."""
    if len(heads) <= 1:
        first, *others = cells
        return first if all(cell.kind == "blank" for cell in others) else None
    named = [cell for cell, is_year in zip(cells, heads, strict=False) if is_year]
    return named[0] if len(cells) >= len(heads) and heads.count(True) == 1 else None


@cache
def _marks() -> list[str]:
    return [mark.mark for mark in codebook.form_marks if mark.form == _FORM]


@cache
def _rows() -> list[tuple[StatisticsRow, re.Pattern[str]]]:
    return [(row, re.compile(row.pattern)) for row in codebook.statistics.values()]
