"""The cues of the running text: the codebook's patterns, compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from govreport_kit import codebook

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CHINESE = r"[一二两三四五六七八九十百]{1,5}(?=[件条宗份起项场])"
_MACROS = {
    "N": r"(?P<b>约|近|将近|大约|超过|超|逾)?(?<![\d.第,])"
    rf"(?P<n>(?:{_NUMBER})(?![\d.])|{_CHINESE})(?P<k>万|亿)?(?P<a>余|多)?",
    "M": rf"(?:{_NUMBER})(?![\d.])",
}
_NAME = re.compile(r"\{([A-Za-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Cue:
    """How the running text tells an indicator; the fields are explained at the top of cues.toml."""

    indicator: str
    words: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]
    rank: int
    value: int | None
    year: int | None
    subject: frozenset[str]
    unless: re.Pattern[str] | None
    unless_behind: re.Pattern[str] | None
    unless_text: re.Pattern[str] | None
    other_years: bool
    growth_is_fine: bool


@dataclass(frozen=True, slots=True)
class Cues:
    """All cues, and what holds for every one of them."""

    cues: tuple[Cue, ...]
    subjects: re.Pattern[str]
    growth: re.Pattern[str]
    part_of_year: re.Pattern[str]


@cache
def load_cues() -> Cues:
    """Compile the cues of the codebook.

    Raises
    ------
    UnknownKeyError
        If a cue names an indicator which is not in the codebook.
    ValueError
        If a pattern names an unknown macro.
    """
    data = codebook.read_toml("cues")
    macros = {**_MACROS, **data["macros"], **data["guards"]}
    subjects = "|".join(f"(?P<{name}>{pattern})" for name, pattern in data["subjects"].items())
    return Cues(
        tuple(_cue(entry, macros) for entry in data["cue"]),
        re.compile(subjects),
        re.compile(data["guards"]["growth"]),
        re.compile(data["guards"]["part_of_year"]),
    )


def _cue(entry: dict[str, Any], macros: dict[str, str]) -> Cue:
    codebook.indicators[entry["indicator"]]

    def compiled(name: str) -> re.Pattern[str] | None:
        return re.compile(_expand(entry[name], macros)) if name in entry else None

    return Cue(
        indicator=entry["indicator"],
        words=tuple(entry["words"]),
        patterns=tuple(re.compile(_expand(pattern, macros)) for pattern in entry["patterns"]),
        rank=entry.get("rank", 1),
        value=entry.get("value"),
        year=entry.get("year"),
        subject=frozenset(entry.get("subject", ())),
        unless=compiled("unless"),
        unless_behind=compiled("unless_behind"),
        unless_text=compiled("unless_text"),
        other_years=entry.get("other_years", False),
        growth_is_fine=entry.get("growth_is_fine", False),
    )


def _expand(pattern: str, macros: dict[str, str]) -> str:
    """Replace {NAME} by its macro until none is left; {0,20} and its like are no names."""
    while True:
        found = _NAME.search(pattern)
        if not found:
            return pattern
        if found[1] not in macros:
            raise ValueError(f"cues.toml: there is no macro {found[0]} (in {pattern!r})")
        pattern = pattern.replace(found[0], macros[found[1]])
