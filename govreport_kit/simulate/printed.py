"""The tables of a report as printed: labels, figures and merged cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np

from govreport_kit import codebook
from govreport_kit.report import Cell, Report
from govreport_kit.simulate.data import read_data
from govreport_kit.simulate.narrative import figure

_WIDTH = 12
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """What is printed in a cell, and over how many rows and columns it reaches."""

    text: str
    rowspan: int = 1
    colspan: int = 1


Rows = list[list[PrintedCell]]


@dataclass(frozen=True, slots=True)
class Style:
    """How one document prints its figures and labels."""

    separators: bool
    full_width: bool
    mark: str
    plus: bool
    wordings: int

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Style:
        """Choose a style."""
        return cls(
            separators=bool(rng.random() < 0.2),
            full_width=bool(rng.random() < 0.1),
            mark=str(rng.choice(["/", "-", "—"])),
            plus=bool(rng.random() < 0.3),
            wordings=int(rng.integers(1 << 16)),
        )

    def label(self, options: Sequence[str]) -> str:
        """Return one of several wordings, the same one throughout the document."""
        return options[self.wordings % len(options)]

    def print(self, cell: Cell | None) -> str:
        """Return what stands in a cell."""
        if cell is None or cell.state == "blank":
            return ""
        if cell.value is None:
            return self.mark
        words = figure(abs(cell.value), separators=self.separators)
        sign = "-" if cell.value < 0 else "+" if self.plus and cell.column == "change" and cell.value else ""
        has_unit = cell.column == "amount" or cell.table != "disclosure"  # that of other columns stands in their head
        unit = cell.unit if has_unit and cell.unit else ""
        return sign + (words.translate(_FULL_WIDTH) if self.full_width else words) + unit


def printed_tables(report: Report, style: Style) -> dict[str, list[Rows]]:
    """Return the tables of a report: that of disclosure in blocks, each with heads of its own."""
    cells = {(cell.table, cell.row, cell.column): cell for cell in report.cells}
    tables = {"disclosure": _disclosure_blocks, "requests": _request_table, "reviews": _review_table}
    return {
        table: blocks
        for table, print_table in tables.items()
        if (blocks := print_table({place[1:]: cell for place, cell in cells.items() if place[0] == table}, style))
    }


def whole(blocks: Sequence[Rows]) -> Rows:
    """Join blocks one below the other, their cells spread over the same width."""
    if len(blocks) == 1:
        return blocks[0]
    return [[PrintedCell(cell.text, 1, _WIDTH // len(row)) for cell in row] for block in blocks for row in block]


def slots(rows: Rows) -> list[list[tuple[PrintedCell, bool]]]:
    """Return every place of the table: the cell that covers it, and whether the cell begins there."""
    width = sum(cell.colspan for cell in rows[0])
    covered: dict[tuple[int, int], PrintedCell] = {}
    laid: list[list[tuple[PrintedCell, bool]]] = []
    for number, row in enumerate(rows):
        begun = iter(row)
        line: list[tuple[PrintedCell, bool]] = []
        while len(line) < width:
            place = (number, len(line))
            if place in covered:
                line.append((covered[place], False))
                continue
            cell = next(begun)
            for down in range(cell.rowspan):
                covered |= {(number + down, len(line) + right): cell for right in range(cell.colspan)}
            line.append((cell, True))
            line += [(cell, False)] * (cell.colspan - 1)
        laid.append(line)
    return laid


def _disclosure_blocks(cells: Mapping[tuple[str, str], Cell], style: Style) -> list[Rows]:
    labels = read_data("labels")["disclosure"]
    present = list(dict.fromkeys(row for row, _ in cells))
    entries = [row for row in codebook.table_rows("disclosure") if row.key in present]
    form = "f2019" if any(column in ("made", "last_year_items") for _, column in cells) else "f2021"
    blocks = []
    for basis, rows in groupby(entries, key=lambda row: row.legal_basis):
        listed = list(rows)
        columns = [column for row, column in cells if row == listed[0].key]
        heads = [style.label(labels["columns"].get(key) or [labels["decisions"][form]]) for key in columns]
        block = [
            [PrintedCell(labels["articles"][basis], colspan=1 + len(columns))],
            [PrintedCell(words) for words in [style.label(labels["item"]), *heads]],
        ]
        for row in listed:
            printed = [style.print(cells.get((row.key, column))) for column in columns]
            block.append([PrintedCell(words) for words in [style.label(labels["rows"][row.key]), *printed]])
        blocks.append(block)
    return blocks


def _request_table(cells: Mapping[tuple[str, str], Cell], style: Style) -> list[Rows]:
    if not cells:
        return []
    labels = read_data("labels")["requests"]
    one_other_row = ("other.fee_overdue", "total") not in cells
    entries = codebook.table_rows("requests", "f2019" if one_other_row else "f2021")
    rows = _request_heads(labels, style)
    inside = [entry for entry in entries if entry.key not in ("received_new", "carried_over", "carried_forward")]
    groups = [entry.group for entry in entries]
    for number, entry in enumerate(entries):
        row: list[PrintedCell] = []
        if entry is inside[0]:
            row.append(PrintedCell(labels["results"], rowspan=len(inside)))
        members = groups.count(entry.group) if entry.group in labels["groups"] else 1
        if members > 1 and groups[number - 1] != entry.group:
            row.append(PrintedCell(labels["groups"][entry.group], rowspan=members))
        words = style.label(labels["rows"][entry.key])
        if one_other_row and entry.key == "other.other":
            words = labels["groups"]["other"]
        row.append(PrintedCell(words, colspan=1 if members > 1 else 2 if entry in inside else 3))
        row += [PrintedCell(style.print(cells.get((entry.key, column)))) for column in labels["columns"]]
        rows.append(row)
    return [rows]


def _request_heads(labels: Mapping[str, Any], style: Style) -> Rows:
    person, *organizations, total = [style.label(words) for words in labels["columns"].values()]
    return [
        [PrintedCell(labels["corner"], 3, 3), PrintedCell(labels["applicants"], colspan=7)],
        [
            PrintedCell(person, rowspan=2),
            PrintedCell(labels["organizations"], colspan=len(organizations)),
            PrintedCell(total, rowspan=2),
        ],
        [PrintedCell(words) for words in organizations],
    ]


def _review_table(cells: Mapping[tuple[str, str], Cell], style: Style) -> list[Rows]:
    if not cells:
        return []
    labels = read_data("labels")["reviews"]
    outcomes = [style.label(words) for words in labels["columns"].values()]
    reconsideration, *litigation = labels["rows"].values()
    width = len(outcomes)
    printed = [style.print(cells.get((row, column))) for row, column in _places(labels)]
    return [
        [
            [PrintedCell(reconsideration, colspan=width), PrintedCell(labels["litigation"], colspan=2 * width)],
            [PrintedCell(words, rowspan=2) for words in outcomes]
            + [PrintedCell(channel, colspan=width) for channel in litigation],
            [PrintedCell(words) for words in outcomes * 2],
            [PrintedCell(words) for words in printed],
        ]
    ]


def _places(labels: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for row in labels["rows"]:
        for column in labels["columns"]:
            yield row, column
