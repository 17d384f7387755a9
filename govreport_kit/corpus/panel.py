"""One row a report: the long frames of a corpus laid out wide, with flags for structural breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govreport_kit import codebook
from govreport_kit.codebook.entries import FrameColumn, Group, Row
from govreport_kit.corpus.frames import frame_columns, vocabulary

if TYPE_CHECKING:
    from govreport_kit.corpus.corpus import Corpus

ABOUT = (
    "report_id", "agency", "level", "office", "scope", "province", "region_code", "year", "form", "published",
    "complete", "url",
)  # fmt: skip

_YUAN = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
_MONEY = {"amount_10k_cny": 10_000, "amount": 1}


@cache
def panel_columns() -> tuple[FrameColumn, ...]:
    """Return the columns of the panel in their order, each with dtype and words in both languages."""
    return tuple(_describe_columns())


def _describe_columns() -> Iterator[FrameColumn]:
    about = {column.name: column for column in frame_columns("reports")}
    for name in ABOUT:
        column = about[name]
        yield FrameColumn("panel", name, column.dtype, column.vocabulary, column.nullable, column.zh, column.en)
    for entry in codebook.breaks.values():
        zh, en = f"{entry.zh}（{entry.first_year}年度起）", f"{entry.en} (report years from {entry.first_year})"
        yield FrameColumn("panel", f"break.{entry.key}", "boolean", "", True, zh, en)
    yield FrameColumn(
        "panel", "requests_source", "category", "", True,
        "申请数据来源：表格、正文或两者混合",
        "where the counts of requests were read: table, narrative (running text), or mixed",
    )  # fmt: skip
    requests: list[Row | Group] = [*codebook.table_rows("requests"), *codebook.groups.values()]
    for row in requests:
        zh, en = f"申请总计：{row.zh}（件）", f"requests, total: {row.en}"
        yield FrameColumn("panel", row.key, "Int64", "", True, zh, en)
    for item, measure in _form_cells("disclosure"):
        zh, en, unit = _cell_words("disclosure", item, measure)
        unit_zh, unit_en = (f"（{unit}）", f" ({unit})") if unit else ("", "")
        yield FrameColumn("panel", f"disclosure.{item}.{measure}", "Float64", "", True, zh + unit_zh, en + unit_en)
    for channel, outcome in _form_cells("reviews"):
        zh, en, _ = _cell_words("reviews", channel, outcome)
        yield FrameColumn("panel", f"reviews.{channel}.{outcome}", "Int64", "", True, zh, en)
    for indicator in codebook.indicators.values():
        zh, en = f"正文：{indicator.zh}（{indicator.unit}）", f"running text: {indicator.en} ({indicator.unit})"
        yield FrameColumn("panel", indicator.key, "Float64", "", True, zh, en)


def _form_cells(table: str) -> list[tuple[str, str]]:
    return list(dict.fromkeys(cell for form in codebook.forms for cell in codebook.table_cells(table, form)))


def _cell_words(table: str, row: str, column: str) -> tuple[str, str, str]:
    row_entry = next(entry for entry in codebook.table_rows(table) if entry.key == row)
    column_entry = next(entry for entry in codebook.table_columns(table, row=row) if entry.key == column)
    return f"{row_entry.zh}：{column_entry.zh}", f"{row_entry.en}: {column_entry.en}", column_entry.unit


def make_panel(corpus: Corpus) -> pd.DataFrame:
    """Lay the frames of a corpus out wide; see `Corpus.panel`."""
    about = corpus.reports[list(ABOUT)].reset_index(drop=True)
    requests, requests_source = _request_totals(corpus.requests)
    parts = [
        about,
        _breaks(about["year"]),
        pd.DataFrame({"requests_source": requests_source}),
        requests,
        _table_cells("disclosure", _in_units_of_the_form(corpus.disclosure)),
        _table_cells("reviews", corpus.reviews),
        _single_facts(corpus.facts),
    ]
    return pd.concat(parts, axis=1)


def _breaks(year: pd.Series[int]) -> pd.DataFrame:
    return pd.DataFrame(
        {f"break.{entry.key}": (year >= entry.first_year).astype("boolean") for entry in codebook.breaks.values()}
    )


@dataclass(frozen=True)
class _Grid:
    """Values by report (axis 0) and name (axis 1); `given` cells stand in the data, `stated` ones hold a number."""

    names: Sequence[str]
    values: np.ndarray[Any, Any]
    stated: np.ndarray[Any, np.dtype[np.bool_]]
    given: np.ndarray[Any, np.dtype[np.bool_]]

    def to_frame(self) -> pd.DataFrame:
        frame = pd.DataFrame(self.values, columns=pd.Index(self.names))
        return frame.astype("Int64" if self.values.dtype == np.int64 else "Float64").mask(~self.stated)


def _grid(cells: pd.DataFrame, keys: list[str], value: str, names: Sequence[str]) -> _Grid:
    """Lay long cells out by report and by their keys, joined with dots; cells of other names are left out."""
    reports = cells["report_id"].cat.codes.to_numpy()
    labels = cells[keys[0]].astype(object)
    for key in keys[1:]:
        labels = labels + "." + cells[key].astype(object)
    columns = pd.Index(names).get_indexer(pd.Index(labels))
    reports, columns, column = reports[columns >= 0], columns[columns >= 0], cells[value][columns >= 0]
    shape = (len(cells["report_id"].cat.categories), len(names))
    dtype = np.dtype(column.dtype.numpy_dtype)  # type: ignore[union-attr]
    grid = _Grid(names, np.zeros(shape, dtype), np.zeros(shape, bool), np.zeros(shape, bool))
    grid.values[reports, columns] = column.to_numpy(dtype, na_value=0)
    grid.stated[reports, columns] = column.notna().to_numpy(bool)
    grid.given[reports, columns] = True
    return grid


def _request_totals(requests: pd.DataFrame) -> tuple[pd.DataFrame, pd.Categorical[Any]]:
    """Totals by row and group: from the table where it has the row, else from the text, else derived."""
    totals = requests[requests["applicant"] == "total"]
    merged = _grid(totals.iloc[:0], ["row"], "count", vocabulary("requests_row"))
    origins = []
    for source in codebook.sources:
        grid = _grid(totals[totals["source"] == source], ["row"], "count", merged.names)
        _add_groups(grid)
        new = grid.given & ~merged.given
        merged.values[new], merged.stated[new] = grid.values[new], grid.stated[new]
        merged.given[new] = True
        origins.append((new & grid.stated).any(axis=1))
    table, text = origins[0], np.logical_or.reduce(origins[1:])
    codes = np.select([table & text, table, text], [2, 0, 1], default=-1)
    return merged.to_frame(), pd.Categorical.from_codes(codes, pd.Index(["table", "narrative", "mixed"]))


def _add_groups(grid: _Grid) -> None:
    """Fill each group that is not told with the sum of its rows, if the rows of a form all stand there."""
    for group in codebook.groups:
        position = grid.names.index(group)
        members = codebook.group_members(group)
        rows = [grid.names.index(row) for row in members]
        given, stated = grid.given[:, rows], grid.stated[:, rows]
        whole = np.logical_or.reduce([(given == in_form).all(axis=1) for in_form in _members_in_forms(tuple(members))])
        whole &= ~grid.given[:, position]
        grid.values[whole, position] = grid.values[:, rows].sum(axis=1)[whole]
        grid.stated[whole, position] = (stated == given).all(axis=1)[whole]
        grid.given[:, position] |= given.any(axis=1)


@cache
def _members_in_forms(members: tuple[str, ...]) -> list[list[bool]]:
    forms = [{row.key for row in codebook.table_rows("requests", form)} for form in codebook.forms]
    return [[member in rows for member in members] for rows in forms if not rows.isdisjoint(members)]


def _table_cells(table: str, cells: pd.DataFrame) -> pd.DataFrame:
    names = codebook.tables[table]
    columns = [f"{row}.{column}" for row, column in _form_cells(table)]
    read = cells[cells["source"] == "table"]
    return (
        _grid(read, [names.row_name, names.column_name], names.value_name, columns).to_frame().add_prefix(f"{table}.")
    )


def _in_units_of_the_form(disclosure: pd.DataFrame) -> pd.DataFrame:
    """Convert money to the unit of the form, or to 元 where the form names none; bare numbers stay as they are."""
    printed = disclosure["unit"].astype(object).map(_YUAN).astype("Float64")
    wanted = disclosure["measure"].astype(object).map(_MONEY).astype("Float64")
    return disclosure.assign(value=disclosure["value"] * (printed / wanted).fillna(1))


def _single_facts(facts: pd.DataFrame) -> pd.DataFrame:
    values = facts[["report_id", "indicator", "value"]].drop_duplicates()
    single = values[~values.duplicated(["report_id", "indicator"], keep=False)]
    return _grid(single, ["indicator"], "value", list(codebook.indicators)).to_frame()
