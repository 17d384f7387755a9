"""What a figure is about: the subject, the channel and the time that were named last before it."""

from __future__ import annotations

import re
from bisect import bisect_left

from govreport_kit.parsing.cues import Cues

# A subject named longer ago than this is no longer meant.
_SUBJECT_REACH = 400
# Words around a year which compare with it, or carry something over from it, do not turn to it.
_COMPARED = re.compile(r"(?:比|较|与|同|由|从|含|包括|加上|除|不含|高于|低于)$")
_CARRIED = re.compile(r"(?:度)?(?:底|末)?(?:未办结)?(?:而)?(?:的)?(?:结转|转结|增至|转)")
_CARRIED_TO = re.compile(r"(?:结转|转结|顺延|转|转入)(?:到|至|入)?$")


class Context:
    """The subjects, channels and times which a clean text names, by position."""

    def __init__(self, text: str, cues: Cues) -> None:
        self._subjects = _places(cues.subjects, text)
        self._channels = _places(cues.channels, text)
        self._times = [
            (start, name, words)
            for start, name, words in _places(cues.times, text)
            if name != "year" or not _is_aside(text, start, start + len(words))
        ]

    def subject(self, position: int) -> str:
        """Return the subject named last before a position; "none" if none was named near enough."""
        found = _last(self._subjects, position)
        return found[1] if found and position - found[0] <= _SUBJECT_REACH else "none"

    def channel(self, position: int, sentence: int) -> str:
        """Return the channel of publication named last before a position in its sentence, or "none"."""
        found = _last(self._channels, position)
        return found[1] if found and found[0] >= sentence else "none"

    def is_own_time(self, position: int, sentence: int, year: int | None) -> bool:
        """Tell whether the time named last before a position in its sentence is the whole report year."""
        found = _last(self._times, position)
        if found is None or found[0] < sentence or found[1] == "own":
            return True
        if found[1] == "part":
            return False
        return year is None or int(found[2][:4]) == year


def _places(pattern: re.Pattern[str], text: str) -> list[tuple[int, str, str]]:
    return [(found.start(), found.lastgroup or "", found[0]) for found in pattern.finditer(text)]


def _last(places: list[tuple[int, str, str]], position: int) -> tuple[int, str, str] | None:
    place = bisect_left(places, (position,)) - 1
    return places[place] if place >= 0 else None


def _is_aside(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 6) : start]
    return bool(_COMPARED.search(before) or _CARRIED_TO.search(before) or _CARRIED.match(text, end))
