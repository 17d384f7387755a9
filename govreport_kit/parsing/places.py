"""Places: which division a name means, and at which level its government stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from govreport_kit import codebook
from govreport_kit.codebook.entries import Region
from govreport_kit.parsing.heading_words import headings, pattern

_MUNICIPALITIES = ("11", "12", "31", "50")


@dataclass(frozen=True, slots=True)
class Place:
    """What the beginning of an agency's name says of where it is."""

    regions: tuple[Region, ...]
    rest: str

    @property
    def region(self) -> Region | None:
        """The smallest division named, if the name is not shared by several."""
        return self.regions[-1] if self.regions else None


def locate(name: str) -> Place:
    """Read the divisions at the head of an agency's name, from the largest to the smallest.

    Parameters
    ----------
    name : str
        Such as 示范省示例市样本区人民政府.

    Returns
    -------
    Place
        `regions` holds the divisions named; a name which several divisions share is taken only if
        a larger division before it settles which one is meant. `rest` is what follows.
    """
    regions: list[Region] = []
    rest = name
    while True:
        following = _longest(rest, regions[-1] if regions else None)
        if following is None:
            return Place(tuple(regions), rest)
        region, length = following
        regions.append(region)
        rest = rest[length:]


def without_head_office(agency: str) -> str:
    """Return the name of a local office of a vertically led system without that of the head office before it."""
    return pattern("head_office").sub("", agency)


def settled_code(agency: str) -> str | None:
    """Return the six-digit code of the smallest division in an agency's name, None where the name leaves it open."""
    place = locate(without_head_office(agency))
    return place.region.code if place.region and not open_division(place) else None


def region_of(code: str) -> Region | None:
    """Return the division that has a six-digit code, or None."""
    return _by_code().get(code)


def shared_digits(code: str) -> str:
    """Return the digits of a division's code with which the codes of all its parts begin."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def province_of(region: Region) -> str:
    """Return the name of the province-level division that a region belongs to."""
    return _by_code()[region.code[:2] + "0000"].name


def has_counties(region: Region) -> bool:
    """Tell whether a division is parted into counties or districts, as all provinces and most prefectures are."""
    return region.level in ("province", "prefecture") and shared_digits(region.code) in _digits_of_counties()


def level_of_government(place: str) -> str | None:
    """Return the level of the government of a place by its name; None if the name does not tell."""
    region = locate(place)
    if region.region is not None and not region.rest:
        return region.region.level
    return next((level for level, ending in _endings() if ending.search(place)), None)


def open_division(place: Place) -> tuple[str, tuple[Region, ...]] | None:
    """Return the division with which the rest of a name begins though it could not be told which one is meant.

    Returns
    -------
    tuple of (str, tuple of Region) or None
        Its name and the divisions of that name; none of them where the larger division named before
        it has no such part, as with one that was renamed since.
    """
    for length in _lengths().get(place.rest[:2], ()):
        named = _by_name().get(place.rest[:length])
        if named:
            return place.rest[:length], tuple(named)
    further = pattern("further_division").match(place.rest) if place.regions else None
    return (further[0], ()) if further else None


def _longest(name: str, within: Region | None) -> tuple[Region, int] | None:
    """Return the division with the longest name at the head of a name, and the length of its name."""
    for length in _lengths().get(name[:2], ()):
        named = [region for region in _by_name().get(name[:length], ()) if _inside(region, within)]
        # A city without districts (嘉峪关市) has a second code, as if it were its own district.
        candidates = [one for one in named if not any(_inside(one, other) for other in named if other is not one)]
        if len(candidates) == 1:
            return candidates[0], length
    return None


def _inside(region: Region, within: Region | None) -> bool:
    if within is None:
        return True
    digits = {"province": 2, "prefecture": 4}.get(within.level)
    return digits is not None and region.code != within.code and region.code[:digits] == within.code[:digits]


@cache
def _endings() -> list[tuple[str, re.Pattern[str]]]:
    return [(level, re.compile(ending)) for level, ending in headings()["place"].items()]


@cache
def _by_name() -> dict[str, list[Region]]:
    names: dict[str, list[Region]] = {}
    for region in codebook.regions():
        names.setdefault(region.name, []).append(region)
    for short in codebook.short_regions():
        names.setdefault(short.name, []).append(_by_code()[short.code])
    return names


@cache
def _by_code() -> dict[str, Region]:
    return {region.code: region for region in codebook.regions()}


@cache
def _digits_of_counties() -> frozenset[str]:
    """Return the digits that counties share with their province, and with their prefecture."""
    counties = (code for code, region in _by_code().items() if region.level == "county")
    return frozenset(code[:length] for code in counties for length in (2, 4))


@cache
def _lengths() -> dict[str, list[int]]:
    """Return, for each beginning of two characters, the lengths of the names with it, the longest first."""
    lengths: dict[str, set[int]] = {}
    for name in _by_name():
        lengths.setdefault(name[:2], set()).add(len(name))
    return {beginning: sorted(found, reverse=True) for beginning, found in lengths.items()}
