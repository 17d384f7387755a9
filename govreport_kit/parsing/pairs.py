"""Lists of names with a list of numbers: 予以公开、部分公开分别为3件、2件."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from govreport_kit.parsing.cues import load_cues
from govreport_kit.parsing.numerals import plain_number

_JOINT = r"(?:、|，|和|与|及|以及)"
# No list is told without one of these words before a number.
_SHARED = re.compile(r"(?:分别(?:为|有|是|发生)?|[均都]为|均是?|各为?)[\d零无]|为\d+[件宗起份][、，和与及以]")
_COUNT = r"(?:[零无](?![^，。；\n])|\d{1,3}(?:,\d{3})+|\d+)(?![\d.])(?:件次|件|宗|份|起|条|项|次|封|人次|场次|场|期)?"


def read_pairs(sentence: str) -> Iterator[tuple[str, int, int, int]]:
    """Read the lists of a sentence in which each name has its number, or all names have one.

    Parameters
    ----------
    sentence : str
        Of a clean text.

    Yields
    ------
    tuple of (str, int, int, int)
        Indicator, value, and the span of the whole list. A list whose names and numbers differ in
        count is passed over.
    """
    if not _SHARED.search(sentence):
        return
    for found in _list_pattern().finditer(sentence):
        names = [name.lastgroup or "" for name in load_cues().names.finditer(found["names"])]
        numbers = [_whole_number(count) for count in re.findall(_COUNT, found["numbers"])]
        if len(names) != len(numbers) and not (found["each"] and len(numbers) == 1):
            continue
        for place, name in enumerate(names):
            yield name, numbers[place if len(numbers) > 1 else 0], found.start(), found.end()


def _whole_number(count: str) -> int:
    digits = re.match(r"[\d,]+", count)
    return int(plain_number(digits[0])) if digits else 0


@cache
def _list_pattern() -> re.Pattern[str]:
    name = re.sub(r"\?P<\w+>", "?:", load_cues().names.pattern)
    return re.compile(
        rf"(?P<names>(?:{name})(?:{_JOINT}(?:{name}))+)(?:的)?(?:申请)?(?:数量|数|件数|案件)?(?:[两二三四五六]类)?"
        rf"(?:分别(?:为|有|是|发生)?|(?P<each>均为|都为|均是|各为|各|均)|为)(?P<numbers>{_COUNT}(?:{_JOINT}{_COUNT})*)"
    )
