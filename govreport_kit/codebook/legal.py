"""Entries on the law: its changes, the due dates of reports, the periods for answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Break:
    """A change of law or form across which a series is not like for like."""

    key: str
    date: str
    first_year: int
    zh: str
    en: str
    source: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """The day by which the reports of some years and levels are due, in the year after the report year."""

    first_year: int
    last_year: int | None
    levels: tuple[str, ...]
    month: int
    day: int
    confirmed: bool
    source: str


@dataclass(frozen=True, slots=True)
class AnswerPeriod:
    """How many working days an answer may take, and how many more if extended, for requests from a day on."""

    first_day: str
    working_days: int
    extension: int
    source: str
