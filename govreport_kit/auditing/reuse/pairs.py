"""Which reports share their text: one row a pair, with the passages as evidence."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pandas as pd

from govreport_kit import codebook
from govreport_kit.auditing.reuse.about import AboutReport, about_reports
from govreport_kit.auditing.reuse.candidates import CandidateSearch
from govreport_kit.auditing.reuse.folding import Folded, fold
from govreport_kit.auditing.reuse.passages import containment, jaccard, passages, shared_runs
from govreport_kit.auditing.reuse.shingles import (
    DocumentFrequency,
    Hashes,
    Shingled,
    Store,
    distinct,
    measure,
    shingled,
)
from govreport_kit.errors import GovReportError

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

# Texts held in full: of a group of reports from one source each is compared with all others.
_HELD = 256
_COLUMNS = {
    "report_id": "str", "other_id": "str", "same_agency": "boolean", "year": "Int16", "other_year": "Int16",
    "jaccard": "float64", "jaccard_unmasked": "float64", "containment": "float64", "longest_run": "int64",
    "shared_characters": "int64", "own_shingles": "int64", "other_shingles": "int64", "passages": "object",
}  # fmt: skip


def text_reuse(
    texts: Mapping[str, str] | Iterable[tuple[str, str]],
    *,
    corpus: Corpus | None = None,
    same_agency: float | None = None,
    cross_agency: float | None = None,
    template_share: float | None = None,
    template_floor: int | None = None,
    most_passages: int = 5,
) -> pd.DataFrame:
    """Find reports which share their text with the report before or with those of other agencies.

    Parameters
    ----------
    texts : mapping or iterable of (str, str)
        Text by report_id. Of a mapping each text is fetched once, and again for the pairs that are
        told; `texts_of` gives one which reads the documents of a corpus. Pairs of id and text are
        held in memory.
    corpus : Corpus, optional
        Tells agency, year and region of each id. Without it nothing is known of an id: no name is
        masked, every pair is held to `cross_agency`, and ``same_agency`` is ``<NA>``.
    same_agency, cross_agency : float, optional
        Similarity (``jaccard``) from which a pair is told; .80 and .60 by default. 0 for
        `same_agency` tells the similarity of every report to the one before.
    template_share, template_floor : float, int, optional
        A shingle is template if it stands in more than this share (.10) of the texts, and in more
        than this number (20) of them.
    most_passages : int
        How many of the longest shared passages are given.

    Returns
    -------
    pandas.DataFrame
        One row a pair, the most similar first:

        - ``report_id``, ``other_id``: the later and the earlier report (by year, then by id);
        - ``same_agency``, ``year``, ``other_year``;
        - ``jaccard``: shared share of the distinct shingles (five characters), without template,
          numbers and own names masked; ``jaccard_unmasked``: the same places as printed, so that a
          text of last year with new numbers has 1.00 and less;
        - ``containment``: the share of the shorter text which stands in the longer one;
        - ``longest_run``, ``shared_characters``: characters, after masking, of the longest shared
          passage and of all from 15 characters on;
        - ``own_shingles``, ``other_shingles``: how many distinct shingles each text has for itself;
        - ``passages``: tuple of `Passage` (start, end, other_start, other_end, quote), the longest
          first; spans are in the texts as given.

        ``attrs["not_compared"]`` maps each id that was left out to the reason. Two documents of the
        same agency and year are no reuse and not told.

    Raises
    ------
    GovReportError
        If datasketch is not installed.
    UnknownKeyError
        If `corpus` has no report of an id.

    Notes
    -----
    A report is always compared with the one before of the same agency. Other pairs are searched with
    minwise hashes (see `CandidateSearch`): a pair exactly at .60 is missed with a chance of 1.2 %, one
    at .70 of 0.01 %. The scores are exact. Shingles go to a temporary file (4 bytes each, about 15 KB a text).
    k reports from one source make k(k - 1)/2 pairs.

    Slogans and law make reports alike: shared text shows a common source, which may be an instruction
    from above, not who copied from whom.
    """
    held = texts if isinstance(texts, Mapping) else dict(texts)
    lowest = _Lowest(**_given(codebook.read_toml("reuse")["thresholds"], same_agency, cross_agency))
    share = measure()["template_share"] if template_share is None else template_share
    floor = measure()["template_floor"] if template_floor is None else template_floor
    candidates = CandidateSearch()
    with tempfile.TemporaryFile() as file:
        search = _Search(held, about_reports(held, corpus), Store(file), candidates, share, floor)
        search.read_all()
        rows = list(search.rows(list(search.pairs(lowest)), most_passages))
    found = pd.DataFrame({name: [row[name] for row in rows] for name in _COLUMNS}).astype(_COLUMNS)
    found = found.sort_values(["jaccard", "report_id", "other_id"], ascending=[False, True, True], ignore_index=True)
    found.attrs["not_compared"] = search.not_compared
    return found


@dataclass(frozen=True, slots=True)
class _Lowest:
    same_agency: float
    cross_agency: float

    def of(self, same: bool | None) -> float:
        return self.same_agency if same else self.cross_agency


@dataclass
class _Search:
    texts: Mapping[str, str]
    about: Mapping[str, AboutReport]
    store: Store
    candidates: CandidateSearch
    share: float
    floor: int
    ids: list[str] = field(default_factory=list)
    not_compared: dict[str, str] = field(default_factory=dict)
    frequency: DocumentFrequency = field(default_factory=DocumentFrequency)

    def __post_init__(self) -> None:
        self.in_full = lru_cache(maxsize=_HELD)(self._in_full)

    def read_all(self) -> None:
        """Read every text once: count its shingles and store them."""
        for report_id in self.texts:
            try:
                hashes = distinct(self._in_full(report_id)[2].hashes)
            except GovReportError as error:
                self.not_compared[report_id] = str(error)
                continue
            self.ids.append(report_id)
            self.frequency.add(hashes)
            self.store.append(hashes)

    def pairs(self, lowest: _Lowest) -> Iterator[tuple[int, int]]:
        """Yield the pairs, later report first, which are similar enough."""
        previous = self._reports_before()
        likely: set[tuple[int, int]] = set()
        for number in range(len(self.ids)):
            own = self._own(number)
            if len(own) < measure()["fewest_shingles"]:
                self.not_compared[self.ids[number]] = (
                    f"{len(own)} of its {len(self.store[number])} shingles are its own, the rest is template;"
                    f" fewer than {measure()['fewest_shingles']} are not compared"
                )
                self.candidates.skip()
                continue
            for other in self.candidates.similar(own, min(lowest.same_agency or 1, lowest.cross_agency)):
                likely.add((number, other))
        for one, other in sorted(likely | previous):
            pair = self._later_first(one, other)
            if self._is_similar(*pair, lowest):
                yield pair

    def rows(self, pairs: Sequence[tuple[int, int]], most_passages: int) -> Iterator[dict[str, Any]]:
        """Compare the texts of pairs in full; a document that is not read a second time is told."""
        for number, other in pairs:
            try:
                yield self.row(number, other, most_passages)
            except GovReportError as error:
                self.not_compared[self.ids[number]] = f"the passages shared with {self.ids[other]!r}: {error}"

    def row(self, number: int, other: int, most_passages: int) -> dict[str, Any]:
        """Compare two texts in full."""
        report_id, other_id = self.ids[number], self.ids[other]
        about, other_about = self.about[report_id], self.about[other_id]
        (text, folded, shingles), (_, other_folded, others) = self.in_full(report_id), self.in_full(other_id)
        own, other_own = self._is_own(shingles), self._is_own(others)
        runs = shared_runs(shingles, others, own)
        long = [run for run in runs if run.length >= measure()["fewest_characters"]]
        masked, other_masked = distinct(shingles.hashes[own]), distinct(others.hashes[other_own])
        printed, other_printed = distinct(shingles.printed[own]), distinct(others.printed[other_own])
        return {
            "report_id": report_id,
            "other_id": other_id,
            "same_agency": self._same_agency(number, other),
            "year": about.year,
            "other_year": other_about.year,
            "jaccard": jaccard(masked, other_masked),
            "jaccard_unmasked": jaccard(printed, other_printed),
            "containment": containment(masked, other_masked),
            "longest_run": max((run.length for run in runs), default=0),
            "shared_characters": sum(run.length for run in long),
            "own_shingles": len(masked),
            "other_shingles": len(other_masked),
            "passages": passages(long[:most_passages], folded, other_folded, text),
        }

    def _in_full(self, report_id: str) -> tuple[str, Folded, Shingled]:
        text, about = self.texts[report_id], self.about[report_id]
        folded = fold(text, about.agency, about.region_code)
        return text, folded, shingled(folded)

    def _is_own(self, shingles: Shingled) -> Any:
        return self.frequency.is_own(shingles.hashes, self.share, self.floor)

    def _own(self, number: int) -> Hashes:
        hashes = self.store[number]
        return hashes[self.frequency.is_own(hashes, self.share, self.floor)]

    def _is_similar(self, number: int, other: int, lowest: _Lowest) -> bool:
        if {self.ids[number], self.ids[other]} & self.not_compared.keys():
            return False
        same = self._same_agency(number, other)
        if same and self.about[self.ids[number]].year == self.about[self.ids[other]].year:
            return False
        return jaccard(self._own(number), self._own(other)) >= lowest.of(same)

    def _same_agency(self, number: int, other: int) -> bool | None:
        agency, other_agency = self.about[self.ids[number]].agency, self.about[self.ids[other]].agency
        return None if agency is None or other_agency is None else agency == other_agency

    def _later_first(self, number: int, other: int) -> tuple[int, int]:
        def age(place: int) -> tuple[int, str]:
            return (self.about[self.ids[place]].year or 0, self.ids[place])

        return (number, other) if age(number) > age(other) else (other, number)

    def _reports_before(self) -> set[tuple[int, int]]:
        """Return each report with the one before of the same agency."""
        series: dict[str, list[tuple[int, int]]] = {}
        for number, report_id in enumerate(self.ids):
            about = self.about[report_id]
            if about.agency is not None and about.year is not None:
                series.setdefault(about.agency, []).append((about.year, number))
        return {
            (max(one, other), min(one, other))
            for reports in series.values()
            for (_, one), (_, other) in pairwise(sorted(reports))
        }


def _given(defaults: Mapping[str, float], same_agency: float | None, cross_agency: float | None) -> dict[str, float]:
    given = {"same_agency": same_agency, "cross_agency": cross_agency}
    return {name: defaults[name] if value is None else value for name, value in given.items()}
