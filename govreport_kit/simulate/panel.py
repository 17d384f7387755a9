"""A corpus of invented agencies over the years, drawn as arrays and written straight into the frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from govreport_kit import codebook
from govreport_kit.corpus import Corpus
from govreport_kit.corpus.frames import FRAMES
from govreport_kit.simulate.agencies import Agency, agencies
from govreport_kit.simulate.effects import Effects
from govreport_kit.simulate.frames import Columns, code, frame_of
from govreport_kit.simulate.model import Figures, draw_stocks, draw_year, means_of

_DAYS = 31


def synthetic_corpus(
    reports: int = 1000,
    years: Sequence[int] = range(2021, 2026),
    seed: int = 0,
    *,
    applicants: Literal["all", "total"] = "all",
    **effects: float,
) -> Corpus:
    """Invent a panel of agencies.

    Parameters
    ----------
    reports : int
        How many reports; the agencies are as many as the years need, and where the number is no
        multiple of the years, some agencies do not report in the last ones.
    years : sequence of int
        Report years, without a gap; those before 2021 have the form of 2019.
    seed : int
        The same seed gives the same corpus.
    applicants : {"all", "total"}
        Whether the request tables hold every kind of applicant, or the totals only: a seventh of
        the memory.
    **effects : float
        Fields of `Effects`.

    Returns
    -------
    Corpus
        Its figures are the truth: every sum of the forms holds, and what an agency carries forward
        is what it carries over in the next year. Documents for its reports come from
        `write_document`.

    Raises
    ------
    UnknownKeyError
        If there is no such effect.
    """
    drawn_effects = Effects.of(effects)
    rng = np.random.default_rng(seed)
    bodies = agencies(-(-reports // len(years)))
    levels = [body.level for body in bodies]
    sizes = rng.normal(0.0, drawn_effects.spread, len(bodies))
    stocks = draw_stocks(rng, means_of(levels, sizes))
    parts: dict[str, list[Columns]] = {frame: [] for frame in FRAMES}
    first = 0
    for passed, year in enumerate(years):
        form = "f2021" if year >= codebook.forms["f2021"].first_year else "f2019"
        means = means_of(levels, sizes + passed * drawn_effects.growth)
        figures = draw_year(rng, means, stocks, drawn_effects, form, one_other_row=form == "f2019")
        written = min(len(bodies), reports - first)
        ids = np.arange(first, first + written, dtype=np.int32)
        parts["reports"].append(_reports(bodies[:written], year, form, rng))
        parts["requests"].append(_requests(figures, ids, applicants))
        parts["disclosure"].append(_disclosure(figures, ids))
        parts["reviews"].append(_table("reviews", figures.reviews[:written], ids, form))
        parts["facts"].append(_facts(figures, ids))
        first += written
    return _corpus(parts)


def _corpus(parts: Mapping[str, list[Columns]]) -> Corpus:
    """Join the years."""
    joined = {
        frame: {name: np.concatenate([year[name] for year in years]) for name in (years[0] if years else ())}
        for frame, years in parts.items()
    }
    ids = pd.Index(joined["reports"]["report_id"], dtype="str")
    corpus = Corpus(**{frame: frame_of(frame, columns, ids) for frame, columns in joined.items()})
    corpus.validate()
    return corpus


def _reports(bodies: Sequence[Agency], year: int, form: str, rng: np.random.Generator) -> Columns:
    days = rng.integers(0, _DAYS, len(bodies)).astype("timedelta64[D]")
    return {
        "report_id": np.array([f"{year}/{body.name}" for body in bodies], object),
        "title": np.array([f"{body.name}{year}年政府信息公开工作年度报告" for body in bodies], object),
        "agency": np.array([body.name for body in bodies], object),
        "level": np.array([code("level", body.level) for body in bodies], np.int8),
        "office": np.array([codebook.is_general_office(body.name) for body in bodies], bool),
        "scope": np.array([code("scope", body.scope) for body in bodies], np.int8),
        "province": np.array([body.province for body in bodies], object),
        "year": np.full(len(bodies), year, np.int16),
        "form": np.full(len(bodies), code("form", form), np.int8),
        "published": (np.datetime64(f"{year + 1}-01-01") + days).astype("datetime64[s]"),
        "complete": np.ones(len(bodies), bool),
        "copy": np.zeros(len(bodies), bool),
    }


def _requests(figures: Figures, ids: npt.NDArray[np.int32], applicants: str) -> Columns:
    counts = figures.requests[: len(ids)]
    return _table("requests", counts if applicants == "all" else counts[:, :, -1:], ids, figures.form)


def _table(table: str, counts: npt.NDArray[np.int64], ids: npt.NDArray[np.int32], form: str) -> Columns:
    """Lay out counts by report, row and column, one below the other; of columns the last ones are given."""
    names = codebook.tables[table]
    rows = [code(f"{table}_row", row.key) for row in codebook.table_rows(table, form)]
    columns = [code(f"{table}_column", column.key) for column in codebook.table_columns(table, form)]
    columns = columns[-counts.shape[2] :]
    flat = counts.ravel()
    return {
        "report_id": np.repeat(ids, len(rows) * len(columns)),
        names.row_name: np.tile(np.repeat(np.array(rows, np.int8), len(columns)), len(ids)),
        names.column_name: np.tile(np.array(columns, np.int8), len(rows) * len(ids)),
        names.value_name: flat,
        **_stated(flat),
    }


def _stated(values: npt.NDArray[Any]) -> Columns:
    states = np.where(values == 0, np.int8(code("state", "zero")), np.int8(code("state", "reported")))
    return {"state": states, "source": np.full(len(values), code("source", "table"), np.int8)}


def _disclosure(figures: Figures, ids: npt.NDArray[np.int32]) -> Columns:
    cells = codebook.table_cells("disclosure", figures.form)
    values = np.stack([figures.disclosure[place][: len(ids)] for place in cells], axis=1).astype(np.float64).ravel()
    units = {column.key: column.unit or None for column in codebook.table_columns("disclosure")}
    return {
        "report_id": np.repeat(ids, len(cells)),
        "item": np.tile(np.array([code("disclosure_row", row) for row, _ in cells], np.int8), len(ids)),
        "measure": np.tile(np.array([code("disclosure_column", column) for _, column in cells], np.int8), len(ids)),
        "value": values,
        "unit": np.tile(np.array([units[column] for _, column in cells], object), len(ids)),
        **_stated(values),
    }


def _facts(figures: Figures, ids: npt.NDArray[np.int32]) -> Columns:
    """Lay out what only the running text tells."""
    indicators = list(figures.facts)
    told = np.stack([figures.facts[indicator][: len(ids)] for indicator in indicators], axis=1)
    report, place = np.nonzero(~np.isnan(told))
    units = np.array([codebook.indicators[indicator].unit for indicator in indicators], object)
    return {
        "report_id": ids[report],
        "indicator": np.array([code("indicator", key) for key in indicators], np.int8)[place],
        "value": told[report, place],
        "unit": units[place],
        "approx": np.zeros(len(place), bool),
    }
