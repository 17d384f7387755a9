"""Reports of one year under two names which may be versions of one report (E6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from operator import attrgetter
from typing import Any

import numpy as np
import pandas as pd

from govreport_kit import codebook
from govreport_kit.auditing.evidence import Evidence, Floats
from govreport_kit.auditing.findings import Finding
from govreport_kit.auditing.roster.matching import AgencyKey, agency_key, one_spelling
from govreport_kit.codebook.entries import AuditRule

_SHORTEST = 4  # signs of a name with which a longer one may end: 示例县人民政府 in 示例省示例县人民政府
_CLOSED = "requests/total_closed/total"


def check_suspected_versions(evidence: Evidence, rules: Sequence[AuditRule]) -> Iterator[tuple[AuditRule, Finding]]:
    """Yield the reports beside which one of the same year stands under another name.

    It is of the same body by its name, or of the same place (by the region code, or since one name ends with
    the other) and no cell which both tables give differs.
    """
    reports = evidence.corpus.reports
    ids = reports["report_id"].to_numpy(str)
    named = _named(reports)
    for rule in rules:
        evidence.count(rule, np.array([one.place for one in named], np.intp))
        for (place, why), others in sorted(_suspects(evidence, named, rule.settings["fewest"]).items()):
            words = {"other": ", ".join(ids[sorted(others)])}
            told = f"{ids[place]}; {words['other']}"
            if why == "spelling":
                yield rule, Finding(place, "reports/agency", 1.0 + len(others), 1.0, told, words=words)
            else:
                common, messages = float(min(others.values())), rule.settings["messages"]["figures"]
                yield rule, Finding(place, "tables", common, None, told, words=words, messages=messages)


def _suspects(evidence: Evidence, named: Sequence[_Named], fewest: int) -> dict[tuple[int, str], dict[int, int]]:
    """Return by report and reason the other reports, with how many figures they have in common."""
    others: dict[tuple[int, str], dict[int, int]] = defaultdict(dict)
    for one, other in _pairs(named, evidence.value(_CLOSED)):
        common = _common_figures(evidence, one.place, other.place)
        why = "spelling" if one.body == other.body else "figures" if common >= fewest else ""
        if why:
            others[one.place, why][other.place] = others[other.place, why][one.place] = common
    return others


@dataclass(frozen=True, slots=True)
class _Named:
    """A report with agency and year, and what tells its body; a scope or place which is not known is None.

    `name` is the agency's in one spelling, a general office's that of its government.
    """

    place: int
    year: int
    agency: str
    name: str
    body: AgencyKey
    province: str | None
    region_code: str | None
    scope: str | None

    def may_be_of(self, other: _Named) -> bool:
        """Tell whether the agencies have two names, and nothing known tells their places or scopes apart."""
        known = attrgetter("province", "region_code", "scope")
        pairs = zip(known(self), known(other), strict=True)
        return self.agency != other.agency and all(None in pair or len(set(pair)) == 1 for pair in pairs)


def _named(reports: pd.DataFrame) -> list[_Named]:
    about = reports[["agency", "year", "province", "region_code", "scope"]].reset_index(drop=True)
    about["scope"] = about["scope"].astype("str").mask(about["scope"] == "unknown")
    told = about.dropna(subset=["agency", "year"])
    rows = told.astype(object).where(told.notna(), None).itertuples(name=None)
    return [
        _Named(
            place, year, agency, one_spelling(codebook.government_of(agency)), agency_key(agency, code),
            province, code, scope,
        )
        for place, agency, year, province, code, scope in rows
    ]  # fmt: skip


def _pairs(named: Sequence[_Named], closed: Floats) -> Iterator[tuple[_Named, _Named]]:
    """Yield once each two reports of a year which may be of one body."""
    by_name: dict[tuple[int, str], list[_Named]] = defaultdict(list)
    alike: dict[tuple[Any, ...], list[_Named]] = defaultdict(list)
    for one in named:
        by_name[one.year, one.name].append(one)
        alike[one.year, one.body].append(one)
        if one.region_code and closed[one.place] > 0:
            alike[one.year, one.region_code, closed[one.place]].append(one)
    found = {pair for group in alike.values() for pair in combinations(group, 2)}
    for one in named:
        ends = (one.name[start:] for start in range(len(one.name) - _SHORTEST + 1))
        others = (other for end in ends for other in by_name.get((one.year, end), ()))
        found |= {(one, other) if one.place < other.place else (other, one) for other in others}
    yield from (pair for pair in found if pair[0].may_be_of(pair[1]))


def _common_figures(evidence: Evidence, one: int, other: int) -> int:
    """Return how many different figures but 0 the tables of both reports give; 0 where they differ in any cell."""
    tables = [(table.value[one].ravel(), table.value[other].ravel()) for table in evidence.tables.values()]
    ours, theirs = (np.concatenate(values) for values in zip(*tables, strict=True))
    both = ~np.isnan(ours) & ~np.isnan(theirs)
    if (ours != theirs)[both].any():
        return 0
    return len(np.unique(ours[both & (ours != 0)]))
