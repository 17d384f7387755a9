"""What a figure is about: the subject, the channel and the time that were named last before it."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

from govreport_kit.parsing.cues import Cues

# A subject named longer ago than this is no longer meant.
_SUBJECT_REACH = 400
# Words around a year which compare with it, or carry something over from it, do not turn to it.
_COMPARED = re.compile(r"(?:比|较|与|同|由|从|含|包括|加上|除|不含|高于|低于)$")
_CARRIED = re.compile(r"(?:度)?(?:底|末)?(?:未办结)?(?:而)?(?:的)?(?:结转|转结|增至|转)")
# What stands between two channels of one list; accounts belong to the social media.
_LIST = re.compile(r"[^，。；：\d\n]{0,8}?(?:、|和|及|与|以及)[^，。；：\d\n]{0,8}")
_SOCIAL = {"media", "account"}
_CARRIED_TO = re.compile(r"(?:结转|转结|顺延|转|转入)(?:到|至|入)?$")


class Context:
    """The subjects, channels and times which a sentence of a clean text names, and the subjects before it.

    Parameters
    ----------
    text : str
        The clean text.
    start, end : int
        The sentence.
    cues : Cues
        What names a subject, a channel, a time.
    """

    def __init__(self, text: str, start: int, end: int, cues: Cues) -> None:
        self._text, self._start, self._end, self._cues = text, start, end, cues

    @cached_property
    def _subjects(self) -> list[tuple[int, str, str]]:
        return _places(self._cues.subjects, self._text, max(0, self._start - _SUBJECT_REACH), self._end)

    @cached_property
    def _channels(self) -> list[tuple[int, str, str]]:
        return _places(self._cues.channels, self._text, self._start, self._end)

    @cached_property
    def _times(self) -> list[tuple[int, str, str]]:
        return [
            (start, name, words)
            for start, name, words in _places(self._cues.times, self._text, self._start, self._end)
            if name != "year" or not _is_aside(self._text, start, start + len(words))
        ]

    def subject(self, position: int) -> str:
        """Return the subject named last before a position; "none" if none was named near enough."""
        place = bisect_left(self._subjects, (position,)) - 1
        if place < 0 or position - self._subjects[place][0] > _SUBJECT_REACH:
            return "none"
        return self._subjects[place][1]

    def channel(self, position: int) -> str:
        """Return the channel of publication named last before a position, or "none".

        Channels of different kinds in one list (网站、新媒体等) are "several": the figure is of all of them.
        """
        place = bisect_left(self._channels, (position,)) - 1
        if place < 0:
            return "none"
        start, last, _ = self._channels[place]
        before = place - 1
        while before >= 0 and self._in_one_list(self._channels[before], start):
            kinds = {last, self._channels[before][1]}
            if len(kinds) > 1 and kinds != _SOCIAL:
                return "several"
            last = "media" if kinds == _SOCIAL else last
            start, before = self._channels[before][0], before - 1
        return last

    def is_own_time(self, position: int, year: int | None) -> bool:
        """Tell whether the time named last before a position is the whole report year."""
        place = bisect_left(self._times, (position,)) - 1
        if place < 0 or self._times[place][1] == "own":
            return True
        if self._times[place][1] == "part":
            return False
        return year is None or int(self._times[place][2][:4]) == year

    def _in_one_list(self, earlier: tuple[int, str, str], start: int) -> bool:
        return bool(_LIST.fullmatch(self._text, earlier[0] + len(earlier[2]), start))


def _places(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[tuple[int, str, str]]:
    return [(found.start(), found.lastgroup or "", found[0]) for found in pattern.finditer(text, start, end)]


def _is_aside(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 6) : start]
    return bool(_COMPARED.search(before) or _CARRIED_TO.search(before) or _CARRIED.match(text, end))
