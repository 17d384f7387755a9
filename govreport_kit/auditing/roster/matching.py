"""Names of agencies: when two spellings mean the same body."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any, NamedTuple

import pandas as pd

from govreport_kit import codebook
from govreport_kit.parsing.places import locate, region_of

_SPACES = re.compile(r"[\s\u200b\ufeff]+")


class AgencyKey(NamedTuple):
    """What two spellings of one body share: the code of the division it names, if that is certain, and the rest."""

    region_code: str
    body: str


@lru_cache(maxsize=65536)
def agency_key(name: str, region_code: str | None = None) -> AgencyKey:
    """Return what a body's name is matched by.

    Parameters
    ----------
    name : str
        With or without its larger divisions: 示例市样本县, 样本县政府 and 样本县人民政府 are one body
        if the divisions are known; 样本县人民政府办公室 is another.
    region_code : str, optional
        Six digits; settles which division a name means that several share.

    Returns
    -------
    AgencyKey
        Equal for two spellings of one body. Half-width and full-width, traditional and simplified
        characters and spaces make no difference; nothing else is held to be the same.
    """
    plain = _plain(name)
    place = locate(plain)
    code, rest = (place.region.code, place.rest) if place.region else ("", plain)
    given = region_of(region_code) if region_code else None
    if not code and given and plain.startswith(given.name):
        code, rest = given.code, plain.removeprefix(given.name)
    return AgencyKey(code, _with_usual_body(rest))


@lru_cache(maxsize=65536)
def one_spelling(name: str) -> str:
    """Return a body's name with the divisions that it names, and its body in one of the ways to write it."""
    return _with_usual_body(_plain(name))


def keys_of(names: pd.Series[Any], codes: pd.Series[Any]) -> pd.Series[str]:
    """Return the key of each name as one word."""
    known = codes.astype("object").where(codes.notna(), None)
    words = [" ".join(agency_key(name, code)) for name, code in zip(names, known, strict=True)]
    return pd.Series(words, index=names.index, dtype="str")


def _plain(name: str) -> str:
    return _SPACES.sub("", unicodedata.normalize("NFKC", name)).translate(_simplified())


def _with_usual_body(name: str) -> str:
    for pattern, body in _variants():
        name = pattern.sub(body, name)
    return name


@cache
def _variants() -> list[tuple[re.Pattern[str], str]]:
    short = codebook.read_toml("headings")["short_names"].items()
    variants = [(entry["pattern"], entry["name"]) for entry in codebook.read_toml("agency_names")["variant"]]
    return [(re.compile(pattern), name) for pattern, name in [*short, *variants]]


@cache
def _simplified() -> dict[int, str]:
    return {ord(variant.traditional): variant.simplified for variant in codebook.traditional()}
