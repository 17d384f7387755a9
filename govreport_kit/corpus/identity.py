"""Ids of reports: every document keeps its own, and a report read twice stands once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from govreport_kit.report import Note, Report, Source

SUFFIX_LENGTH = 8


def with_unique_ids(reports: Iterable[Report]) -> list[Report]:
    """Keep one of each content, and tell apart different documents of the same agency and year.

    See `Corpus.from_reports` for the rules. Reports of the same id come to stand together, at the
    place of the first.
    """
    by_id: dict[str, list[Report]] = {}
    for report in reports:
        by_id.setdefault(report.id, []).append(report)
    groups = [group if len(group) == 1 else _told_apart(_once_each(group)) for group in by_id.values()]
    return [report for group in groups for report in group]


def without_path(report: Report) -> Report:
    """Return the report as if it had been read from nowhere in particular."""
    return replace(report, source=replace(report.source, path=None))


def _once_each(group: list[Report]) -> list[Report]:
    by_content: dict[Report, list[Report]] = {}
    for report in group:
        by_content.setdefault(replace(report, source=Source()), []).append(report)
    return [_noted(first, "duplicate_document", again) for first, *again in by_content.values()]


def _told_apart(group: list[Report]) -> list[Report]:
    if len(group) == 1:
        return group
    hashes = [report.source.sha256 for report in group]
    if None in hashes or len(set(hashes)) < len(group):
        hashes = [hashlib.sha256(report.to_json().encode()).hexdigest() for report in group]
    noted = [_noted(report, "second_document", [other for other in group if other is not report]) for report in group]
    return [
        replace(report, id=f"{report.id}#{str(digest)[:SUFFIX_LENGTH]}")
        for report, digest in zip(noted, hashes, strict=True)
    ]


def _noted(report: Report, code: str, others: list[Report]) -> Report:
    notes = [Note(code, _place(other.source)) for other in others]
    return replace(report, notes=(*report.notes, *notes))


def _place(source: Source) -> str:
    return source.path or source.url or "a document without path or address"
