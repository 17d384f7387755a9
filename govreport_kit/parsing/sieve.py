"""Which of many patterns can match a sentence at all: those whose needed words may stand in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import reduce
from operator import add, or_


class Sieve:
    """Most patterns match hardly any sentence; one look at its pairs of characters tells which are left to try.

    Parameters
    ----------
    needed : sequence of sequence of collection of str
        The groups of words of each pattern, of each of which one must stand in a match; a group with
        a single character in it is passed over.
    """

    def __init__(self, needed: Sequence[Sequence[Collection[str]]]) -> None:
        # One bit a pattern and group: set where a word of the group may stand, or where nothing is asked.
        self._width = len(needed)
        self._depth = max(map(len, needed), default=0)
        self._unasked = 0
        self._bits: dict[str, int] = {}
        often = Counter(pair for groups in needed for words in groups for word in words for pair in _pairs(word))
        for number, groups in enumerate(needed):
            for depth in range(self._depth):
                bit = 1 << (depth * self._width + number)
                words = groups[depth] if depth < len(groups) else ()
                if not words or min(map(len, words)) == 1:
                    self._unasked |= bit
                    continue
                for word in words:
                    rarest = min(_pairs(word), key=often.__getitem__)
                    self._bits[rarest] = self._bits.get(rarest, 0) | bit
        self._pairs = frozenset(self._bits)

    def left(self, sentence: str) -> list[int]:
        """Return the numbers of the patterns which can match a sentence, in their order."""
        pairs = self._pairs.intersection(_pairs(sentence))
        found = reduce(or_, map(self._bits.__getitem__, pairs), self._unasked)
        left = (1 << self._width) - 1
        for depth in range(self._depth):
            left &= found >> (depth * self._width)
        numbers = []
        while left:
            lowest = left & -left
            numbers.append(lowest.bit_length() - 1)
            left ^= lowest
        return numbers


def _pairs(words: str) -> Iterator[str]:
    return map(add, words, words[1:])
