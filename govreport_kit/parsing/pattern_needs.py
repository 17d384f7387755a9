"""What a pattern cannot do without, read off the pattern itself: words of a match, characters that begin one."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

# The parser of the standard library's regular expressions has no public name.
_parser: Any = importlib.import_module("re._parser")
_op: Any = importlib.import_module("re._constants")
_REPEATS = (_op.MAX_REPEAT, _op.MIN_REPEAT, _op.POSSESSIVE_REPEAT)
_LOOKS = (_op.ASSERT, _op.ASSERT_NOT, _op.AT)

Group = frozenset[str]
_MOST_GROUPS = 4
_MOST_WORDS = 40


def needed_words(pattern: re.Pattern[str]) -> list[Group]:
    """Return what must stand in every match of a pattern.

    Parameters
    ----------
    pattern : re.Pattern
        One that ignores case needs nothing, as far as this function tells.

    Returns
    -------
    list of frozenset of str
        Of each group one word must stand in the match or, for a look-ahead, in what follows it. The
        groups that tell most come first: those of words rather than single characters, and of few.
    """
    if pattern.flags & re.IGNORECASE:
        return []
    groups = {group for group in _groups(_parser.parse(pattern.pattern)) if len(group) <= _MOST_WORDS}
    return sorted(groups, key=lambda group: (_telling(group), sorted(group)), reverse=True)[:_MOST_GROUPS]


def can_match(needed: Iterable[Group], text: str) -> bool:
    """Tell whether a pattern with these needed words can match a text."""
    return all(any(word in text for word in group) for group in needed)


def _groups(parsed: Iterable[tuple[Any, Any]]) -> Iterator[Group]:
    """Yield the groups of words that a part of a pattern needs."""
    literal = ""
    for operator, argument in parsed:
        if operator is _op.LITERAL:
            literal += chr(argument)
            continue
        if literal:
            yield frozenset((literal,))
            literal = ""
        yield from _groups_of(operator, argument)
    if literal:
        yield frozenset((literal,))


def _groups_of(operator: Any, argument: Any) -> Iterator[Group]:
    if operator is _op.BRANCH:
        alternatives = [max(_groups(part), key=_telling, default=None) for part in argument[1]]
        if None not in alternatives:
            yield frozenset().union(*(group for group in alternatives if group))
    elif operator is _op.SUBPATTERN:
        yield from _groups(argument[3])
    elif operator is _op.ATOMIC_GROUP:
        yield from _groups(argument)
    elif operator is _op.ASSERT and argument[0] > 0:
        yield from _groups(argument[1])
    elif operator in _REPEATS and argument[0]:
        yield from _groups(argument[2])
    elif operator is _op.IN and all(kind is _op.LITERAL for kind, _ in argument):
        yield frozenset(chr(character) for _, character in argument)


def _telling(group: Group) -> tuple[int, int]:
    return min(2, *map(len, group)), -len(group)


class Finder:
    """Finds the matches of a pattern as `finditer` does, but looks only at characters which can begin one.

    Parameters
    ----------
    pattern : re.Pattern
        A search for a set of characters is ten times as quick as trying to match at every place.
    """

    def __init__(self, pattern: re.Pattern[str]) -> None:
        first = _first(_parser.parse(pattern.pattern))
        self.pattern = pattern
        self._begins = re.compile(f"[{''.join(sorted(first))}]" if first else "", re.DOTALL)

    def find(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Yield the matches between two positions, none of which overlaps the one before."""
        behind = start
        for begin in self._begins.finditer(text, start, end):
            place = begin.start()
            if place >= behind and (found := self.pattern.match(text, place, end)):
                yield found
                behind = found.end()


def _first(parsed: Sequence[tuple[Any, Any]]) -> set[str] | None:
    """Return pieces of a set of characters one of which begins every match, or None if any character can."""
    first: set[str] = set()
    for operator, argument in parsed:
        if operator in _LOOKS:
            continue
        begins = _first_of(operator, argument)
        if begins is None:
            return None
        first |= begins
        if not (operator in _REPEATS and argument[0] == 0):
            return first
    return None


def _first_of(operator: Any, argument: Any) -> set[str] | None:
    if operator is _op.LITERAL:
        return {re.escape(chr(argument))}
    if operator is _op.SUBPATTERN:
        return _first(argument[3])
    if operator in _REPEATS:
        return _first(argument[2])
    if operator is _op.BRANCH:
        parts = [_first(part) for part in argument[1]]
        return None if None in parts else {piece for part in parts if part for piece in part}
    if operator is _op.IN:
        pieces = [_piece(kind, value) for kind, value in argument]
        return None if None in pieces else {piece for piece in pieces if piece}
    return None


def _piece(kind: Any, value: Any) -> str | None:
    if kind is _op.LITERAL:
        return re.escape(chr(value))
    if kind is _op.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return r"\d" if kind is _op.CATEGORY and value is _op.CATEGORY_DIGIT else None
