"""Names of variables for statistical packages: ASCII, at most 32 characters, no two the same."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

LONGEST = 32
_STRING_TYPE = re.compile(r"str\d+")  # reserved in Stata


def short_names(names: Iterable[str]) -> dict[str, str]:
    """Return a name for each column that Stata and SPSS accept.

    The parts of names in ``abbreviations.csv`` are shortened and dots become underlines; what is then
    still too long is cut. A name that was cut, that holds other letters, or that
    differs from an earlier one in case or dots only, ends in the first letters of the SHA-256 of the
    whole name: it is the same in every file.
    """
    given: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        short = _short(name)
        if short.lower() in taken:
            short = _marked(short, name)
        given[name] = short
        taken.add(short.lower())
    return given


def _short(name: str) -> str:
    plain = name
    for part, abbreviation in _abbreviations():
        plain = plain.replace(part, abbreviation)
    plain = re.sub(r"[. -]", "_", plain)
    ascii_only = re.sub(r"\W+", "_", plain, flags=re.ASCII)
    if not re.match(r"[A-Za-z]", ascii_only):
        ascii_only = f"v{ascii_only}" if re.search(r"\w", ascii_only.replace("_", "")) else "v"
    if ascii_only.removeprefix("v") != plain.removeprefix("v") or len(ascii_only) > LONGEST:
        return _marked(ascii_only, name)
    reserved = ascii_only.lower() in _reserved() or _STRING_TYPE.fullmatch(ascii_only)
    return f"{ascii_only}_" if reserved else ascii_only


def _marked(short: str, name: str) -> str:
    mark = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{short[: LONGEST - 7].rstrip('_')}_{mark}"


@cache
def _abbreviations() -> tuple[tuple[str, str], ...]:
    return tuple((line["part"], line["abbreviation"]) for line in _lines("abbreviations.csv"))


@cache
def _reserved() -> frozenset[str]:
    """Words that Stata (those of Mata among them) or SPSS keep for themselves."""
    return frozenset(line["word"] for line in _lines("reserved_names.csv"))


def _lines(name: str) -> Iterable[dict[str, str]]:
    return csv.DictReader((files("govreport_kit.exporting") / name).read_text("utf-8").splitlines())
