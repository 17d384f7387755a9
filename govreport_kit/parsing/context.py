"""What a figure is about: the subject, the channel and the time that were named last before it."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

from govreport_kit.parsing.cues import Cues
from govreport_kit.parsing.pattern_needs import Finder

# A subject named longer ago than this is no longer meant.
_SUBJECT_REACH = 400
# What stands between two channels of one list; accounts belong to the social media.
_LIST = re.compile(r"[^，。；：\d\n]{0,8}?(?:、|和|及|与|以及)[^，。；：\d\n]{0,8}")
_SOCIAL = {"media", "account"}


class Subjects:
    """The subjects which a text names, found as far as its sentences ask for them, from the first to the last."""

    def __init__(self, text: str, finder: Finder) -> None:
        self._text, self._finder = text, finder
        self._found: list[tuple[int, str, str]] = []
        self._searched = 0

    def near(self, start: int, end: int) -> list[tuple[int, str, str]]:
        """Return the subjects up to `end`; all from near before `start` are among them."""
        first = max(self._searched, start - _SUBJECT_REACH)
        if first < end:
            self._found += _places(self._finder, self._text, first, end)
            self._searched = end
        return self._found


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
    subjects : Subjects, optional
        Those of the text, to be shared by the contexts of its sentences.
    """

    def __init__(self, text: str, start: int, end: int, cues: Cues, subjects: Subjects | None = None) -> None:
        self._text, self._start, self._end, self._cues = text, start, end, cues
        self._all_subjects = subjects or Subjects(text, cues.subjects)

    @cached_property
    def _subjects(self) -> list[tuple[int, str, str]]:
        return self._all_subjects.near(self._start, self._end)

    @cached_property
    def _channels(self) -> list[tuple[int, str, str]]:
        return _places(self._cues.channels, self._text, self._start, self._end)

    @cached_property
    def _times(self) -> list[tuple[int, str, str]]:
        return [
            (start, name, words)
            for start, name, words in _places(self._cues.times, self._text, self._start, self._end)
            if name != "year" or not self._is_aside(start, start + len(words))
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
        before = reversed(self._times[: bisect_left(self._times, (position,))])
        named = next((time for time in before if not self._is_closed_bracket(time[0], position)), None)
        if named is None or named[1] == "own":
            return True
        return named[1] == "year" and (year is None or int(named[2][:4]) == year)

    def _is_closed_bracket(self, start: int, position: int) -> bool:
        """Tell whether what is named at `start` stands in brackets that end before a position."""
        end = self._text.find(")", start, position)
        return end >= 0 and self._text.find("(", start, end) < 0

    def _in_one_list(self, earlier: tuple[int, str, str], start: int) -> bool:
        return bool(_LIST.fullmatch(self._text, earlier[0] + len(earlier[2]), start))

    def _is_aside(self, start: int, end: int) -> bool:
        """Tell whether a year is only compared with, or carried over from or to."""
        guards, before = self._cues.guards, self._text[max(0, start - 6) : start]
        return bool(
            guards["compared"].search(before)
            or guards["carried_to"].search(before)
            or guards["carried"].match(self._text, end)
        )


def _places(finder: Finder, text: str, start: int, end: int) -> list[tuple[int, str, str]]:
    return [(found.start(), found.lastgroup or "", found[0]) for found in finder.find(text, start, end)]
