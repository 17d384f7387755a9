"""Another place or another year named where the report's own belongs: words carried over from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govreport_kit import codebook
from govreport_kit.codebook.entries import Region
from govreport_kit.parsing.clean import CleanText
from govreport_kit.parsing.places import locate, shared_digits
from govreport_kit.report import Note

_LONGEST_NAME = 12
_NO_NAME = re.compile(r"[^\u4e00-\u9fff]")


def read_strangers(clean: CleanText, region_code: str | None, year: int | None) -> list[Note]:
    """Note the websites of governments of other places, and a statistical period of another year.

    Parameters
    ----------
    clean : CleanText
        The running text.
    region_code : str or None
        The report's own division. Larger divisions around it and smaller ones inside of it are no
        strangers; without it, and for names that several places share, nothing can be told.
    year : int or None
        The report year.

    Returns
    -------
    list of Note
        Of codes ``other_place`` and ``other_period``, one for each name or year.
    """
    notes: dict[str, Note] = {}
    if region_code:
        for start, end, region in _places(clean.text):
            if not _is_related(region.code, region_code):
                message = (
                    f"the website of {region.name} ({region.code}) is named; the report's own place is {region_code}"
                )
                notes.setdefault(region.code, Note("other_place", message, *clean.span(start, end)))
    if year:
        for found in codebook.pattern("strangers", "period").finditer(clean.text):
            if int(found[1]) != year:
                message = f"the statistics are said to be of {found[1]}, the report year is {year}"
                notes.setdefault(found[1], Note("other_period", message, *clean.span(*found.span())))
    return list(notes.values())


def _places(text: str) -> Iterator[tuple[int, int, Region]]:
    """Yield the places whose name ends where words about their website begin, and the span of the words before."""
    for website in codebook.pattern("strangers", "website").finditer(text):
        end = website.start()
        start = end - len(_NO_NAME.split(text[max(0, end - _LONGEST_NAME) : end])[-1])
        named = (locate(text[place:end]) for place in range(start, end - 1))
        region = next((place.region for place in named if place.region and not place.rest), None)
        if region:
            yield start, end, region


def _is_related(one: str, other: str) -> bool:
    shorter, longer = sorted((shared_digits(one), shared_digits(other)), key=len)
    return longer.startswith(shorter)
