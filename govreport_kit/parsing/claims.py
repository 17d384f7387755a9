"""What the running text says about a figure beside telling it: its share, its growth, last year's value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from govreport_kit import codebook
from govreport_kit.parsing.clean import CleanText
from govreport_kit.parsing.numerals import plain_number
from govreport_kit.report import Claim, Fact

_REACH = 80
_COMPARED = 24
_SENTENCE_END = re.compile(r"[。；！？\n]")


@dataclass(frozen=True, slots=True)
class _Kind:
    """A claim of claims.toml."""

    kind: str
    pattern: re.Pattern[str]
    indicators: frozenset[str]


def read_claims(clean: CleanText, facts: Sequence[Fact], year: int | None) -> list[Claim]:
    """Read what is claimed of figures, in the words that follow each.

    Parameters
    ----------
    clean : CleanText
        The running text.
    facts : sequence of Fact
        The figures that were read from it.
    year : int or None
        The report year; what is told of a year that is not the one before it is no claim.

    Returns
    -------
    list of Claim
        At most one of a kind for each figure. Growth and change are negative where the text says
        that something fell.
    """
    return [claim for fact in facts for claim in _claims_of(fact, clean, year)]


def _claims_of(fact: Fact, clean: CleanText, year: int | None) -> Iterator[Claim]:
    if fact.start is None or fact.end is None:
        return
    start = _behind_the_figure(fact, clean)
    end = _end_of_reach(clean.text, start)
    for kind in _kinds():
        if kind.indicators and fact.indicator not in kind.indicators:
            continue
        found = kind.pattern.search(clean.text, start, end)
        if found is None or not _is_of_the_year_before(found, year):
            continue
        told = found.groupdict()
        value = plain_number(found["v"] + (told.get("k") or ""))
        yield Claim(
            kind.kind,
            fact.indicator,
            -value if told.get("fall") else value,
            told.get("u") or "%",
            len(found["v"].partition(".")[2]),
            clean.source[slice(*clean.span(*found.span()))],
            *clean.span(*found.span()),
        )


def _behind_the_figure(fact: Fact, clean: CleanText) -> int:
    """Return where the words behind the number of a figure begin; its clause may go on behind the number."""
    start, end = clean.find(fact.start or 0), clean.find(fact.end or 0)
    figure = re.compile(rf"(?<![\d.]){re.escape(f'{fact.value:.12g}')}(?![\d.])").search(clean.text, start, end)
    return figure.end() if figure else end


def _end_of_reach(text: str, start: int) -> int:
    """Return the end of the sentence, or the next count behind the figure's own unit."""
    stop = _SENTENCE_END.search(text, start, start + _REACH)
    end = stop.start() if stop else min(len(text), start + _REACH)
    compared = codebook.pattern("claims", "compared")
    for count in codebook.pattern("claims", "count").finditer(text, start + 1, end):
        if not compared.search(text, max(start, count.start() - _COMPARED), count.start()):
            return count.start()
    return end


def _is_of_the_year_before(found: re.Match[str], year: int | None) -> bool:
    told = found.groupdict().get("y")
    return told is None or (year is not None and int(told) == year - 1)


@cache
def _kinds() -> list[_Kind]:
    return [
        _Kind(claim["kind"], re.compile(claim["pattern"]), frozenset(claim.get("indicators", ())))
        for claim in codebook.read_toml("claims")["claim"]
    ]
