"""What the checks of an audit look at: the frames of a corpus, laid out once for all rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import add
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from govreport_kit import codebook
from govreport_kit.codebook.entries import AuditRule
from govreport_kit.corpus import Corpus
from govreport_kit.corpus.arrays import NO_CELL, TableArray, table_array
from govreport_kit.corpus.positions import Positions, report_positions

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Evidence:
    """A corpus, and the texts of its reports where they are at hand.

    Attributes
    ----------
    corpus : Corpus
        The reports.
    texts : mapping of str to str
        The text of a document by the id of its report.
    judged : dict of str to array
        How many figures each rule could judge of each report, by the report's place: filled by the checks.
    """

    corpus: Corpus
    texts: Mapping[str, str] = field(default_factory=dict)
    judged: dict[str, NDArray[np.int64]] = field(default_factory=dict)

    @cached_property
    def tables(self) -> Mapping[str, TableArray]:
        """Return each statutory table of all reports as an array."""
        return {table: table_array(self.corpus, table) for table in codebook.tables}

    def sum(self, terms: Sequence[str]) -> Floats:
        """Return the sum of cells by report, NaN where one of them holds no number.

        Parameters
        ----------
        terms : sequence of str
            Cells as ``table/row/column``; one behind a minus sign is subtracted.
        """
        signed = (-self.value(term[1:]) if term.startswith("-") else self.value(term) for term in terms)
        return reduce(add, signed)

    def value(self, term: str) -> Floats:
        """Return a cell, or a group of rows, by report; NaN where no number stands.

        Parameters
        ----------
        term : str
            ``table/row/column``; the row may be a group of outcomes, which is the sum of those of
            its rows that the report's form has.
        """
        table, row, column = term.split("/")
        array = self.tables[table]
        if row not in codebook.groups:
            return array.value[:, *array.place(row, column)]
        rows = [array.rows.index(member) for member in codebook.group_members(row)]
        value, there = (part[:, rows, array.columns.index(column)] for part in (array.value, array.state != NO_CELL))
        total = np.where(there, value, 0.0).sum(axis=1)
        return np.where(there.any(axis=1), total, np.nan)

    @cached_property
    def facts(self) -> pd.DataFrame:
        """Return the figures of the running text, one row a report and indicator told with one value, not about.

        The columns are those of ``corpus.facts`` and ``place``, the place of the report.
        """
        facts = self.corpus.facts.assign(place=report_positions(self.corpus, self.corpus.facts["report_id"]))
        facts = facts[~facts["approx"]].drop_duplicates(["place", "indicator", "value"])
        return facts[~facts.duplicated(["place", "indicator"], keep=False)]

    def told(self, indicator: str) -> Floats:
        """Return a figure of the running text by report, NaN where the text does not tell it with one value."""
        facts = self.facts[self.facts["indicator"] == indicator]
        told = np.full(len(self.corpus), np.nan)
        told[facts["place"].to_numpy()] = facts["value"].to_numpy(np.float64)
        return told

    def figure(self, indicator: str) -> Floats:
        """Return a figure by report: as the running text tells it, or else from its cell of a table."""
        entry, told = codebook.indicators[indicator], self.told(indicator)
        if not entry.table:
            return told
        printed: Floats = np.where(np.isnan(told), self.value(f"{entry.table}/{entry.row}/{entry.column}"), told)
        return printed

    def count(self, rule: AuditRule, reports: Any) -> None:
        """Count what a rule judged: reports by place, as often as they were judged, or a mask over all of them."""
        places = np.atleast_1d(np.asarray(reports))
        np.add.at(self.judged_by(rule), places if places.dtype == bool else places.astype(np.intp), 1)

    def judged_by(self, rule: AuditRule) -> NDArray[np.int64]:
        """Return how many figures a rule could judge of each report."""
        return self.judged.setdefault(rule.key, np.zeros(len(self.corpus), np.int64))

    def quote(self, indicator: str, report: int) -> str:
        """Return the clause which tells a figure; where none was kept, the indicator and its value."""
        quote, value = self._quotes[indicator, report]
        return f"{indicator} {value:.12g}" if quote is None else quote

    @cached_property
    def _quotes(self) -> dict[tuple[str, int], tuple[str | None, float]]:
        """Return the clause and the value of every figure of the running text."""
        facts = self.facts
        quotes = facts["quote"].astype(object).where(facts["quote"].notna(), None)
        places = zip(facts["indicator"].astype(object), facts["place"].tolist(), strict=True)
        return dict(zip(places, zip(quotes, facts["value"], strict=True), strict=True))

    @cached_property
    def links(self) -> tuple[Positions, Positions]:
        """Return the places of reports of the same agency in a year and in the year after."""
        about = self.corpus.reports[["agency", "year"]].reset_index(names="place")
        about["place"] = np.arange(len(about))
        about = about.dropna().astype({"year": np.int64})
        about = about[~about.duplicated(["agency", "year"], keep=False)]
        after = about.assign(year=about["year"] - 1)
        pairs = about.merge(after, on=["agency", "year"], suffixes=("", "_after"))
        return pairs["place"].to_numpy(), pairs["place_after"].to_numpy()
