"""Groups of figures in a flattened table, each with the words that lead to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from govreport_kit.documents import GridCell
from govreport_kit.parsing.labels import plain_words
from govreport_kit.parsing.pieces import Piece
from govreport_kit.parsing.sections import section_key

_SENTENCE = re.compile(r"[。；！？]")
_NUMBERED = re.compile(r"^[#\s]*[一二三四五六七八九十][、.．,，]\s*")
_LONGEST_LABEL = 60


@dataclass(slots=True)
class Group:
    """Figures and blank cells in one run.

    Attributes
    ----------
    before : list of Piece
        The words since the group before, in their order; those of `near` are among them.
    near : list of Piece
        The words to which the figures belong by their place: those of the same line, or, where
        every figure has a line of its own, all of `before`.
    cells : list of Piece
        Values and blanks.
    first : int
        The place of the first cell among all pieces of the text.
    width : int
        The number of pieces on the line of the first cell: labels, blanks and figures.
    """

    before: list[Piece]
    near: list[Piece]
    cells: list[Piece] = field(default_factory=list)
    first: int = 0
    width: int = 0

    @property
    def has_a_line(self) -> bool:
        """Whether the cells stand on one line, together or behind their label."""
        neighbours = [*self.near[-1:], *self.cells[1:2]]
        return any(piece.line == self.cells[0].line for piece in neighbours)

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds a figure."""
        return all(cell.kind == "blank" for cell in self.cells)


def read_groups(pieces: Sequence[Piece]) -> list[Group]:
    """Gather the figures of a text in groups.

    A line with words and figures, or with several figures, is a group of its own; figures with a
    line each are gathered until words follow. A single figure between rows of figures is a page
    number: the words around it stay together.
    """
    widths = Counter(piece.line for piece in pieces)
    crowded = {line for line, count in widths.items() if count > 1}
    groups: list[Group] = []
    words: list[Piece] = []
    current: Group | None = None
    for place, piece in enumerate(pieces):
        if piece.kind == "words":
            words.append(piece)
            current = None
            continue
        before = pieces[place - 1] if place else None
        if current is None or (before and before.line != piece.line and {before.line, piece.line} & crowded):
            near = [word for word in words if word.line == piece.line] if piece.line in crowded else words
            current = Group(words, near, first=place, width=widths[piece.line])
            groups.append(current)
            words = []
        current.cells.append(piece)
    return _without_page_numbers(groups, crowded)


def _without_page_numbers(groups: list[Group], crowded: set[int]) -> list[Group]:
    kept: list[Group] = []
    words: list[Piece] = []
    for place, group in enumerate(groups):
        around = [*groups[max(0, place - 1) : place], *groups[place + 1 : place + 2]]
        alone = len(group.cells) == 1 and group.cells[0].line not in crowded
        if alone and len(around) > 1 and all(neighbour.cells[0].line in crowded for neighbour in around):
            words = [*words, *group.before]
            continue
        near = group.near if group.cells[0].line in crowded else [*words, *group.near]
        kept.append(replace(group, before=[*words, *group.before], near=near))
        words = []
    return kept


def is_sentence(piece: Piece) -> bool:
    """Tell running text from the labels of a table."""
    text = piece.text
    return bool(_SENTENCE.search(text)) or (len(text) > _LONGEST_LABEL < len("".join(text.split())))


def heading_key(piece: Piece) -> str | None:
    """Return the statutory section that a piece heads, or None."""
    numbered = _NUMBERED.match(piece.text)
    return section_key(plain_words(piece.text[numbered.end() :])) if numbered else None


def since_the_text(words: Sequence[Piece]) -> list[Piece]:
    """Return the last words that neither are running text nor a heading."""
    first = next(
        (place for place in range(len(words), 0, -1) if is_sentence(words[place - 1]) or heading_key(words[place - 1])),
        0,
    )
    return list(words[first:])


def single_words(pieces: Sequence[Piece]) -> list[str]:
    """Return the words of pieces, cut at their spaces."""
    return [word for piece in pieces for word in piece.text.split()]


def printed_cell(piece: Piece) -> GridCell:
    """Return a piece as the cell of a table."""
    return GridCell(0, 0, 1, 1, piece.text, piece.start, piece.end)
