"""Places: which division a name means, and at which level its government stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from govreport_kit import codebook
from govreport_kit.codebook.entries import Region

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
        regions.append(following)
        rest = rest[len(following.name) :]


def region_of(code: str) -> Region | None:
    """Return the division that has a six-digit code, or None."""
    return _by_code().get(code)


def province_of(region: Region) -> str:
    """Return the name of the province-level division that a region belongs to."""
    return _by_code()[region.code[:2] + "0000"].name


def level_of_government(place: str) -> str | None:
    """Return the level of the government of a place by its name; None if the name does not tell."""
    region = locate(place)
    if region.region is not None and not region.rest:
        return region.region.level
    return next((level for level, pattern in _endings() if pattern.search(place)), None)


def _longest(name: str, within: Region | None) -> Region | None:
    for length in _lengths().get(name[:2], ()):
        candidates = [region for region in _by_name().get(name[:length], ()) if _inside(region, within)]
        if len(candidates) == 1:
            return candidates[0]
    return None


def _inside(region: Region, within: Region | None) -> bool:
    if within is None:
        return True
    digits = {"province": 2, "prefecture": 4}.get(within.level)
    return digits is not None and region.code != within.code and region.code[:digits] == within.code[:digits]


@cache
def _endings() -> list[tuple[str, re.Pattern[str]]]:
    return [(level, re.compile(pattern)) for level, pattern in codebook.read_toml("headings")["place"].items()]


@cache
def _by_name() -> dict[str, list[Region]]:
    names: dict[str, list[Region]] = {}
    for region in codebook.regions():
        names.setdefault(region.name, []).append(region)
    return names


@cache
def _by_code() -> dict[str, Region]:
    return {region.code: region for region in codebook.regions()}


@cache
def _lengths() -> dict[str, list[int]]:
    """Return, for each beginning of two characters, the lengths of the names with it, the longest first."""
    lengths: dict[str, set[int]] = {}
    for name in _by_name():
        lengths.setdefault(name[:2], set()).add(len(name))
    return {beginning: sorted(found, reverse=True) for beginning, found in lengths.items()}
