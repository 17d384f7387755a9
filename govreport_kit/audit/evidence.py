"""What the checks of an audit look at: the frames of a corpus, laid out once for all rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from govreport_kit import codebook
from govreport_kit.corpus import Corpus
from govreport_kit.corpus.arrays import Positions, TableArray, table_array

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Evidence:
    """A corpus, and the texts of its reports where they are at hand.

    Attributes
    ----------
    corpus : Corpus
        The reports.
    texts : mapping of str to str
        The text of a document by the id of its report.
    """

    corpus: Corpus
    texts: Mapping[str, str] = field(default_factory=dict)

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
        total = np.zeros(len(self.corpus))
        for term in terms:
            table, row, column = term.removeprefix("-").split("/")
            array = self.tables[table]
            value = array.value[:, *array.place(row, column)]
            total = total - value if term.startswith("-") else total + value
        return total

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
