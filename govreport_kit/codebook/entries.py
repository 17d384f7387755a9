"""The types of the codebook's entries; their fields are the columns of the data files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a closed vocabulary (level, scope, state, source, failure, note)."""

    key: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Form:
    """A version of the statutory form; the years are report years."""

    key: str
    zh: str
    en: str
    instrument: str
    first_year: int
    last_year: int | None


@dataclass(frozen=True, slots=True)
class FormMark:
    """Words of a table's head or label which show that a table belongs to a form."""

    form: str
    table: str
    mark: str


@dataclass(frozen=True, slots=True)
class Table:
    """A statutory table; the names are those of its columns in the parsed-report format."""

    key: str
    zh: str
    en: str
    row_name: str
    column_name: str
    value_name: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a statutory table. `group` is the group whose count it is part of."""

    table: str
    key: str
    group: str
    forms: tuple[str, ...]
    symbol: str
    zh: str
    en: str
    unit: str
    legal_basis: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group of outcome rows; the running text tells groups, the table tells their rows."""

    table: str
    key: str
    symbol: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a statutory table. `rows` names the rows that have it (empty: all); `sums` the columns it totals."""

    table: str
    key: str
    forms: tuple[str, ...]
    rows: tuple[str, ...]
    sums: tuple[str, ...]
    zh: str
    en: str
    unit: str


@dataclass(frozen=True, slots=True)
class Label:
    """A regular expression that a normalised row or column label of a table matches."""

    table: str
    axis: str
    key: str
    pattern: str


@dataclass(frozen=True, slots=True)
class StatisticsRow:
    """A row of the statistics table of 2014: its label's pattern, below which main row it stands (empty: any)."""

    key: str
    under: str
    pattern: str
    zh: str
    en: str
    unit: str


@dataclass(frozen=True, slots=True)
class CellMapping:
    """How a cell of one form corresponds to a cell of another: exact, approximate or none; "*" is any, or the same."""

    from_form: str
    to_form: str
    table: str
    row: str
    column: str
    to_row: str
    to_column: str
    quality: str
    note: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure of the running text; `table`, `row` and `column` name the table cell of the same count, if any."""

    key: str
    unit: str
    kind: str
    table: str
    row: str
    column: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class SectionName:
    """A statutory section of the report."""

    key: str
    number: int
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Region:
    """An administrative division at county level or above, with its six-digit code."""

    code: str
    name: str
    level: str


@dataclass(frozen=True, slots=True)
class ShortName:
    """A short name of a division, such as 恩施州, and the division's code."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Variant:
    """A traditional character and its simplified form."""

    traditional: str
    simplified: str


@dataclass(frozen=True, slots=True)
class Colour:
    """The one colour of a thing in every figure, as #rrggbb."""

    key: str
    colour: str


@dataclass(frozen=True, slots=True)
class FrameColumn:
    """A column of one of a corpus's frames."""

    frame: str
    name: str
    dtype: str
    vocabulary: str
    nullable: bool
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class AuditRule:
    """A rule of the audit; the fields are explained at the top of audit_rules.toml."""

    key: str
    severity: str
    check: str
    zh: str
    en: str
    message_zh: str
    message_en: str
    source: str
    needs: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def group(self) -> str:
        """The rule's group, a key of ``codebook.rule_groups``."""
        return self.key[0]


@dataclass(frozen=True, slots=True)
class Threshold:
    """How many cases it takes before a rate is given, drawn in full, or ranked."""

    key: str
    fewest: int
    zh: str
    en: str
    source: str


@dataclass(frozen=True, slots=True)
class FigureKey:
    """A figure that a metric may rest on.

    `table` is a statutory table, ``facts`` (`row` is an indicator of the running text) or ``exposure``
    (`row` is a column of the user's frame); `previous` is the report of the year before.
    """

    table: str
    row: str
    column: str = ""
    previous: bool = False


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric of the registry; the fields are explained at the top of metrics.toml."""

    key: str
    family: str
    kind: str
    zh: str
    en: str
    forms: tuple[str, ...]
    caveats: str
    caveats_zh: str
    source: str
    headline: bool = False
    numerator: tuple[str, ...] = ()
    denominator: tuple[str, ...] = ()
    indicator: str = ""
    test: tuple[str, float] | None = None
    interval: str = "share"
    scale: float = 1
    additive: bool = True
    scope: str = ""
    breaks: tuple[str, ...] = ()
    unit: str = ""
    unit_zh: str = ""

    @property
    def figures(self) -> tuple[str, ...]:
        """The figures which the metric rests on, in the notation of metrics.toml, without signs."""
        signed = (*self.numerator, *self.denominator) or (self.indicator,)
        return tuple(dict.fromkeys(key.removeprefix("-") for key in signed))

    @property
    def definition(self) -> str:
        """The metric in keys: its numerator over its denominator, or its test."""
        if self.kind == "ratio":
            scale = f"{self.scale:g} * " if self.scale != 1 else ""
            return f"{scale}{_sum(self.numerator)} / {_sum(self.denominator)}"
        if self.kind == "share" and self.test is not None:
            sign = {"at_most": "<=", "at_least": ">="}[self.test[0]]
            return f"reports with {self.indicator} {sign} {self.test[1]:g} / reports with {self.indicator}"
        if self.kind == "stated":
            return f"reports with {self.indicator} / reports read whole"
        return f"mean of {self.indicator or _sum(self.numerator)} over the reports with it"


def _sum(keys: tuple[str, ...]) -> str:
    parts = [f"- {key[1:]}" if key.startswith("-") else f"+ {key}" for key in keys]
    joined = " ".join(parts).removeprefix("+ ")
    return f"({joined})" if len(keys) > 1 else joined
