"""A parsed report and its parts; the same thing as one line of a JSON Lines file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from govreport_kit import codebook

if TYPE_CHECKING:
    import pandas as pd

SCHEMA = "govreport/1"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a report was read from."""

    path: str | None = None
    url: str | None = None
    copy: bool = False
    sha256: str | None = None
    media_type: str | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report; `start` and `end` are positions in the document's text."""

    number: str | None
    key: str | None
    title: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a statutory table: codebook keys, value, state and span."""

    table: str
    row: str
    column: str
    value: float | int | None
    state: str
    unit: str | None = None
    source: str = "table"
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Print:
    """Where a cell is printed: its span, the page from 1, the box there, and how certain its reading from a picture is.

    The box is left, top, right, bottom in points of the page of a PDF, or in pixels of a picture once it
    is turned upright; `confidence` is None for what was typed.
    """

    start: int
    end: int
    page: int
    box: tuple[float, float, float, float]
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure of the running text, with the clause that holds it."""

    indicator: str
    value: float | int
    unit: str | None = None
    approx: bool = False
    quote: str | None = None
    section: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What the running text says about a figure: its share, its growth, its value of the year before.

    `kind` is a key of ``codebook.claims``; `decimals` is how many the text prints, because a share
    that was rounded to them must still be possible.
    """

    kind: str
    indicator: str
    value: float | int
    unit: str | None = None
    decimals: int = 0
    quote: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A cell whose value is not the one that was read: what was read, and why `value` stands in its place."""

    table: str
    row: str
    column: str
    read: float | int | None
    read_state: str
    value: float | int
    reason: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a reader of the figures should know; `code` is a key of ``codebook.notes``."""

    code: str
    message: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """One annual report: who, when, and every figure with its place.

    `text` is the document's text, to which all spans refer, and `prints` tell where its cells stand on
    pages and in pictures; they are not part of the parsed-report format, so a report read back from
    JSON has none.
    """

    id: str
    title: str | None = None
    agency: str | None = None
    level: str | None = None
    scope: str = "unknown"
    province: str | None = None
    region_code: str | None = None
    year: int | None = None
    form: str | None = None
    published: str | None = None
    complete: bool = False
    source: Source = Source()
    sections: tuple[Section, ...] = ()
    cells: tuple[Cell, ...] = ()
    facts: tuple[Fact, ...] = ()
    claims: tuple[Claim, ...] = ()
    corrections: tuple[Correction, ...] = ()
    notes: tuple[Note, ...] = ()
    text: str | None = field(default=None, compare=False)
    prints: tuple[Print, ...] = field(default=(), compare=False)

    @property
    def office(self) -> bool | None:
        """Whether the issuer is a government's general office, and not the government; None where it is unknown."""
        return None if self.agency is None else codebook.is_general_office(self.agency)

    def table(self, table: str) -> list[Cell]:
        """Return the cells of one statutory table."""
        codebook.tables[table]
        return [cell for cell in self.cells if cell.table == table]

    def fact(self, indicator: str) -> list[Fact]:
        """Return the facts of one indicator, in the order of the text."""
        codebook.indicators[indicator]
        return [fact for fact in self.facts if fact.indicator == indicator]

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(self.table(table))} {table} cells" for table in codebook.tables)
        return (
            f"<Report {self.agency or 'agency unknown'}, {self.year or 'year unknown'}:"
            f" {len(self.sections)} sections, {counts}, {len(self.facts)} facts, {len(self.notes)} notes>"
        )

    def to_html(self, findings: pd.DataFrame | None = None, lang: str = "en") -> str:
        """Return the report as HTML: figures in their sentences, tables with the states of their cells, notes.

        Figures that were read from a picture are shown as pieces of it too, while the document lies
        where it was and is unchanged.

        Parameters
        ----------
        findings : pandas.DataFrame, optional
            What `govreport_kit.audit` returns; those of the report are listed.
        lang : {"en", "zh"}
            Language of the names of figures, rows and columns.

        Returns
        -------
        str
            A fragment in which every word of the document is escaped; ``IPython.display.HTML`` shows it.
        """
        from govreport_kit.show import report_html

        return report_html(self, findings, lang)

    def _repr_html_(self) -> str:
        return self.to_html()

    def to_dict(self) -> dict[str, Any]:
        """Return the report in the parsed-report format."""
        meta = {
            name: getattr(self, name)
            for name in (
                "id", "title", "agency", "level", "scope", "province",
                "region_code", "year", "form", "published", "complete",
            )
        }  # fmt: skip
        parsed: dict[str, Any] = {"schema": SCHEMA, "report": {**meta, "source": asdict(self.source)}}
        parsed["sections"] = [asdict(section) for section in self.sections]
        for table in codebook.tables.values():
            parsed[table.key] = [_cell_to_dict(cell) for cell in self.cells if cell.table == table.key]
        parsed["facts"] = [asdict(fact) for fact in self.facts]
        parsed["claims"] = [asdict(claim) for claim in self.claims]
        parsed["corrections"] = [asdict(correction) for correction in self.corrections]
        parsed["notes"] = [asdict(note) for note in self.notes]
        return parsed

    def to_json(self) -> str:
        """Return the report as one line of JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    @classmethod
    def from_dict(cls, parsed: dict[str, Any]) -> Report:
        """Build a report from the parsed-report format.

        Raises
        ------
        ValueError
            If the schema is not ``govreport/1``, a part is missing, or a field is not part of it.
        """
        if parsed.get("schema") != SCHEMA:
            raise ValueError(f"schema {parsed.get('schema')!r} is not {SCHEMA!r}")
        try:
            meta = {name: value for name, value in parsed["report"].items() if name != "coverage"}
            source = Source(**meta.pop("source", {}))
            meta["scope"] = meta.get("scope") or "unknown"
            return cls(
                **meta,
                source=source,
                sections=tuple(Section(**section) for section in parsed.get("sections", ())),
                cells=tuple(
                    _cell_from_dict(table.key, cell) for table in codebook.tables.values() for cell in parsed[table.key]
                ),
                facts=tuple(Fact(**fact) for fact in parsed["facts"]),
                claims=tuple(Claim(**claim) for claim in parsed.get("claims", ())),
                corrections=tuple(Correction(**correction) for correction in parsed.get("corrections", ())),
                notes=tuple(Note(**note) for note in parsed.get("notes", ())),
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a parsed report: {error}") from error

    @classmethod
    def from_json(cls, line: str) -> Report:
        """Build a report from one line of JSON; see `from_dict`."""
        return cls.from_dict(json.loads(line))


def _cell_to_dict(cell: Cell) -> dict[str, Any]:
    names = codebook.tables[cell.table]
    named = {names.row_name: cell.row, names.column_name: cell.column, names.value_name: cell.value}
    unit = {"unit": cell.unit} if cell.table == "disclosure" else {}
    return {**named, "state": cell.state, **unit, "source": cell.source, "start": cell.start, "end": cell.end}


def _cell_from_dict(table: str, cell: dict[str, Any]) -> Cell:
    names = codebook.tables[table]
    rest = dict(cell)
    row, column, value = rest.pop(names.row_name), rest.pop(names.column_name), rest.pop(names.value_name)
    return Cell(table, row, column, value, **rest)
