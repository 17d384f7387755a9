"""The cues of the running text: the codebook's patterns, compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from govreport_kit import codebook
from govreport_kit.parsing.numerals import CHINESE_NUMERAL
from govreport_kit.parsing.pattern_needs import Finder, needed_words
from govreport_kit.parsing.sieve import Sieve

_NUMBER = r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_UNITS = "个?工作日|天|人次|件|条|宗|份|起|项|场|篇|期|次|封|元"
_CHINESE = rf"{CHINESE_NUMERAL}(?=余?(?:{_UNITS}|人|名|班))"
_MACROS = {
    "RISE": rf"(?P<rise>(?:由|从)[^，。；\d]{{0,8}}(?:20\d\d年(?:度)?的?)?(?:{_NUMBER})(?:%|{_UNITS})?"
    rf"[^，。；\d]{{0,4}}(?:20\d\d年的?|今年的?|本年的?)?{{ROSE_TO}}(?:20\d\d年的?|今年的?)?"
    r"|(?:首次)?突破[^，。；]{1,6}，(?:达到?|为))?",
    # The first look ahead only spares time: most places hold nothing that begins a number.
    "N": r"(?=[\d零一二两三四五六七八九十百千万约近将大超逾由从首突]){RISE}(?:约|近|将近|大约|超过|超|逾)?(?<![\d.第,])"
    rf"(?P<n>(?:{_NUMBER})(?![\d.])|{_CHINESE})(?P<k>[千万亿])?(?P<a>余|多)?",
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
    channel: frozenset[str]
    unless: re.Pattern[str] | None
    unless_sentence: re.Pattern[str] | None
    unless_behind: re.Pattern[str] | None
    unless_text: re.Pattern[str] | None
    other_years: bool
    growth_is_fine: bool
    respectively: bool


@dataclass(frozen=True, slots=True)
class Cues:
    """All cues, each of their patterns with its cue, what sieves these, and what holds for every cue."""

    cues: tuple[Cue, ...]
    patterns: tuple[tuple[Cue, re.Pattern[str]], ...]
    sieve: Sieve
    subjects: Finder
    channels: Finder
    times: Finder
    names: re.Pattern[str]
    guards: dict[str, re.Pattern[str]]


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
    guards = data["guards"]
    macros = {**_MACROS, **data["macros"], **guards}
    for indicator in data["names"]:
        codebook.indicators[indicator]
    cues = tuple(_cue(entry, macros) for entry in data["cue"])
    patterns = tuple((cue, pattern) for cue in cues for pattern in cue.patterns)
    return Cues(
        cues=cues,
        patterns=patterns,
        sieve=Sieve([[frozenset(cue.words), *needed_words(pattern)] for cue, pattern in patterns]),
        subjects=Finder(_alternatives(data["subjects"])),
        channels=Finder(_alternatives(data["channels"])),
        times=Finder(_alternatives({**data["times"], "year": r"(?<!\d)20\d\d年"})),
        names=_alternatives(data["names"]),
        guards={name: re.compile(_expand(pattern, macros)) for name, pattern in guards.items()},
    )


def _alternatives(named: dict[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in named.items()))


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
        channel=frozenset(entry.get("channel", ())),
        unless=compiled("unless"),
        unless_sentence=compiled("unless_sentence"),
        unless_behind=compiled("unless_behind"),
        unless_text=compiled("unless_text"),
        other_years=entry.get("other_years", False),
        growth_is_fine=entry.get("growth_is_fine", False),
        respectively=entry.get("respectively", False),
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
