"""The county of a township or sub-district office whose name leaves it out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govreport_kit.parsing.heading_words import pattern
from govreport_kit.parsing.places import has_counties, locate
from govreport_kit.parsing.title import without_spaces

_FURTHEST = 40


def with_its_county(agency: str, head: str, end: str) -> str:
    """Return the name of a township's government or office behind that of its county.

    Parameters
    ----------
    agency : str
        The name as read from the title.
    head, end : str
        What stands before the report's text and at its end. A county is told right before the same
        name, in the address to write to, or as the source or host of the page.

    Returns
    -------
    str
        The name as it was where it is no township's or names a larger division, and where no county
        or more than one is told.
    """
    if not pattern("township").search(agency) or pattern("within").match(agency):
        return agency
    told = list(filter(None, _counties(agency, without_spaces(head), without_spaces(end))))
    if len({locate(county).region for county in told}) != 1:
        return agency
    return max(told, key=len) + agency


def _counties(agency: str, head: str, end: str) -> Iterator[str]:
    """Yield the names of counties as they are told, with the larger divisions before them."""
    places = (found.start() for found in re.finditer(re.escape(agency), head))
    before = (head[start:place] for place in places for start in range(max(0, place - _FURTHEST), place))
    hosts = (
        found["name"] for text in (head, end) for name in ("source", "host") for found in pattern(name).finditer(text)
    )
    for words in (*before, *hosts):
        if (county := _county(words)) == words:
            yield county
    for found in pattern("address").finditer(head):
        yield _county(head[found.end() : found.end() + _FURTHEST])


def _county(words: str) -> str:
    """Return the divisions at the head of some words if the smallest of them has townships, else nothing."""
    place = locate(words)
    return "" if place.region is None or has_counties(place.region) else words[: len(words) - len(place.rest)]
