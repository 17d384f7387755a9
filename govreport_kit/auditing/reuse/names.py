"""The names by which a report calls its own agency and place: they differ in a copy, and are masked."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from govreport_kit import codebook
from govreport_kit.parsing.places import locate, region_of

_SHORTEST = 2


def own_names(agency: str | None, region_code: str | None = None) -> tuple[str, ...]:
    """Return the names of an agency, of its place and of the places around it, the longest first.

    Parameters
    ----------
    agency : str or None
        As in ``reports.agency``.
    region_code : str or None
        Six digits; tells the larger divisions where the agency's name does not.

    Returns
    -------
    tuple of str
        For 示例市样本县人民政府 among others 样本县人民政府, 样本县 and 样本. Names of one character
        are left out: they would mask common words.
    """
    if not agency:
        return ()
    place = locate(agency)
    rest = place.rest
    long = [agency, rest, _without("body", agency), _without("body", rest)]
    long += [region.name for region in place.regions] + _lineage(region_code)
    names = {name for name in (*long, *(_without("suffix", name) for name in long)) if len(name) >= _SHORTEST}
    return tuple(sorted(names - set(_words()["generic"]), key=lambda name: (-len(name), name)))


def _lineage(code: str | None) -> list[str]:
    if not code:
        return []
    divisions = [region_of(part) for part in (code[:2] + "0000", code[:4] + "00", code)]
    return [division.name for division in divisions if division]


def _without(ending: str, name: str) -> str:
    return re.sub(_words()[ending], "", name)


@cache
def _words() -> dict[str, Any]:
    return dict(codebook.read_toml("reuse")["names"])
