"""The order of a document: paragraphs, and each table behind the heading of its section."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from govreport_kit.report import Report
from govreport_kit.simulate.printed import Rows, Style, printed_tables

Block = str | list[Rows]


@dataclass(frozen=True, slots=True)
class Arranged:
    """A document's blocks; the first is the title, a table stands as the list of its parts."""

    blocks: Sequence[Block]

    @property
    def title(self) -> str:
        """The title of the report."""
        return str(self.blocks[0])

    @property
    def tables(self) -> int:
        """How many tables stand in the document."""
        return sum(not isinstance(block, str) for block in self.blocks)


def arrange(report: Report, rng: np.random.Generator) -> Arranged:
    """Put the tables of a report behind the headings of their sections."""
    tables = printed_tables(report, Style.draw(rng))
    starts = {section.start: section.key for section in report.sections}
    blocks: list[Block] = []
    at = 0
    for line in (report.text or "").split("\n"):
        blocks.append(line)
        if (table := tables.get(starts.get(at) or "")) is not None:
            blocks.append(table)
        at += len(line) + 1
    return Arranged(blocks)
