"""Single invented reports."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

import numpy as np

from govreport_kit import codebook
from govreport_kit.codebook import nearest
from govreport_kit.errors import UnknownKeyError
from govreport_kit.report import Cell, Fact, Report
from govreport_kit.simulate.agencies import agency, names_at
from govreport_kit.simulate.effects import Effects
from govreport_kit.simulate.model import Figures, draw_stocks, draw_year, means_of
from govreport_kit.simulate.narrative import with_text

FORMS = ("f2021", "f2019")
_LAST_DAYS = 31
# The form names no unit for the value of procurement; reports print one or none.
_UNITS = ("", "元", "万元")


def synthetic_report(
    seed: int | np.random.Generator = 0,
    *,
    form: str = "f2021",
    level: str = "county",
    year: int | None = None,
    blanks: float = 0.0,
    one_other_row: bool | None = None,
    **effects: float,
) -> Report:
    """Invent a report.

    Parameters
    ----------
    seed : int or numpy.random.Generator
        The same seed gives the same report.
    form : {"f2021", "f2019"}
        The form of its tables.
    level : str
        A key of ``codebook.levels``.
    year : int, optional
        The report year; the first year of the form where it is not given.
    blanks : float
        The share of cells which hold no figure: half of them blank, half marked as not applicable.
        What the running text tells stays as it was.
    one_other_row : bool, optional
        Whether the table of requests has the single row 其他处理; usually so in the form of 2019
        only, but reports mix the forms.
    **effects : float
        Fields of `Effects`.

    Returns
    -------
    Report
        Its figures are the truth: every sum of the form holds, facts agree with the tables, and
        `text` tells them; `write_document` makes a document of it.

    Raises
    ------
    UnknownKeyError
        If there is no such form, level or effect.
    """
    if form not in FORMS:
        raise UnknownKeyError("form of invented reports", form, nearest(form, FORMS), FORMS)
    codebook.levels[level]
    rng = np.random.default_rng(seed)
    drawn_effects = Effects.of(effects)
    body = agency(level, int(rng.integers(names_at(level))))
    means = means_of([level], rng.normal(0.0, drawn_effects.spread, 1))
    one_other_row = form == "f2019" if one_other_row is None else one_other_row
    stocks = draw_stocks(rng, means)
    figures = draw_year(rng, means, stocks, drawn_effects, form, one_other_row=one_other_row)
    year = codebook.forms[form].first_year if year is None else year
    cells = tuple(_cells(figures, rng))
    report = Report(
        id=f"{year}/{body.name}",
        title=f"{body.name}{year}年政府信息公开工作年度报告",
        agency=body.name,
        level=level,
        scope=body.scope,
        province=body.province,
        year=year,
        form=form,
        published=f"{year + 1}-01-{rng.integers(1, _LAST_DAYS + 1):02}",
        cells=cells,
        facts=tuple(_facts(figures, cells)),
    )
    emptied = [cell for cell in cells if rng.random() < blanks]
    half = len(emptied) // 2
    order = rng.permutation(len(emptied))
    report = without_figures(report, [_place(emptied[place]) for place in order[:half]], "blank")
    report = without_figures(report, [_place(emptied[place]) for place in order[half:]], "not_applicable")
    return with_text(report, rng)


def without_figures(report: Report, places: Collection[tuple[str, str, str]], state: str) -> Report:
    """Return a report some of whose cells hold no figure.

    Parameters
    ----------
    report : Report
        Any report.
    places : collection of (str, str, str)
        The cells, by table, row and column.
    state : {"blank", "not_applicable"}
        What stands in them instead.
    """
    chosen = set(places)
    cells = (_emptied(cell, state) if _place(cell) in chosen else cell for cell in report.cells)
    return replace(report, cells=tuple(cells))


def _emptied(cell: Cell, state: str) -> Cell:
    """Return a cell without its figure, and without a unit that was printed behind it."""
    return replace(cell, value=None, state=state, unit=_unit(cell.column) if cell.unit else None)


def _unit(column: str) -> str | None:
    return next(entry.unit for entry in codebook.table_columns("disclosure") if entry.key == column) or None


def _place(cell: Cell) -> tuple[str, str, str]:
    return (cell.table, cell.row, cell.column)


def _cells(figures: Figures, rng: np.random.Generator) -> Iterator[Cell]:
    for row, column in codebook.table_cells("disclosure", figures.form):
        unit = str(rng.choice(_UNITS)) or None if column == "amount" else _unit(column)
        yield _cell("disclosure", row, column, figures.disclosure[row, column][0].item(), unit)
    rows = codebook.table_rows("requests", "f2019" if figures.requests.shape[1] < 25 else "f2021")
    for place, entry in enumerate(rows):
        for number, column_entry in enumerate(codebook.table_columns("requests")):
            yield _cell("requests", entry.key, column_entry.key, int(figures.requests[0, place, number]))
    for place, entry in enumerate(codebook.table_rows("reviews")):
        for number, column_entry in enumerate(codebook.table_columns("reviews")):
            yield _cell("reviews", entry.key, column_entry.key, int(figures.reviews[0, place, number]))


def _cell(table: str, row: str, column: str, value: float, unit: str | None = None) -> Cell:
    value = int(value) if value == int(value) else value
    return Cell(table, row, column, value, "reported" if value else "zero", unit)


def _facts(figures: Figures, cells: Collection[Cell]) -> Iterator[Fact]:
    """Yield what the tables tell, summed up as indicators, and what only the text tells."""
    values = {_place(cell): int(cell.value or 0) for cell in cells}
    for indicator in codebook.indicators.values():
        if indicator.key == "requests_disclosed":
            continue
        if indicator.row in codebook.groups:
            members = codebook.group_members(indicator.row)
            yield Fact(indicator.key, sum(values.get(("requests", row, "total"), 0) for row in members))
        elif (place := (indicator.table, indicator.row, indicator.column)) in values:
            yield Fact(indicator.key, values[place])
    litigation = ("litigation_direct", "litigation_after_reconsideration")
    yield Fact("litigation_cases", sum(values["reviews", row, "total"] for row in litigation))
    for key, told in figures.facts.items():
        if not np.isnan(told[0]):
            value = float(told[0])
            yield Fact(key, int(value) if value.is_integer() else value)
