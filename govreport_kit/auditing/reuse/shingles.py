"""Shingles: the short runs of characters that a text consists of, as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import IO, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from govreport_kit import codebook
from govreport_kit.auditing.reuse.folding import GAP, Folded

Hashes: TypeAlias = NDArray[np.uint32]

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_COUNTERS = 24
_SLOT = np.uint32(2**_COUNTERS - 1)


@dataclass(frozen=True, slots=True)
class Shingled:
    """The shingles of a text in its order: hashes, masked and as printed, and the places where they begin."""

    hashes: Hashes
    printed: Hashes
    starts: NDArray[np.int64]


def measure() -> dict[str, Any]:
    """Return what texts are measured by: the table ``measure`` of the codebook's ``reuse.toml``."""
    return _measure()


def shingled(folded: Folded) -> Shingled:
    """Cut a folded text into overlapping shingles; none reaches over a place where template was cut out.

    ``printed`` has, for every shingle, the one that begins at the same place of the text as printed.
    """
    size = measure()["shingle"]
    codes = _codes(folded.compared.text)
    if len(codes) < size:
        return Shingled(np.empty(0, np.uint32), np.empty(0, np.uint32), np.empty(0, np.int64))
    gaps = np.append(0, np.cumsum(codes == ord(GAP)))
    starts = np.flatnonzero(gaps[size:] == gaps[:-size])
    # Past the end of the text stand zeros, so that its last characters begin a shingle as well.
    printed = _hashed(np.append(_codes(folded.printed.text), np.zeros(size, np.uint64)), size)
    return Shingled(_hashed(codes, size)[starts], printed[folded.compared.at[starts]], starts)


def distinct(hashes: Hashes) -> Hashes:
    """Return each hash once, in ascending order."""
    ordered = np.sort(hashes)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


class DocumentFrequency:
    """In how many texts each shingle stands, counted in a table of fixed size (64 MB).

    Shingles share counters, so a count may be too high: by about the number of all counted shingles
    over 16.8 million, 20 for 100,000 texts, where the bound for template is 10,000.
    """

    def __init__(self) -> None:
        self._counts = np.zeros(2**_COUNTERS, dtype=np.uint32)
        self._texts = 0

    def add(self, hashes: Hashes) -> None:
        """Count the distinct shingles of one text."""
        self._texts += 1
        self._counts[hashes & _SLOT] += np.uint32(1)

    def is_own(self, hashes: Hashes, share: float, floor: int) -> NDArray[np.bool_]:
        """Tell which shingles stand in at most `share` of the texts, or in at most `floor` of them."""
        return np.asarray(self._counts[hashes & _SLOT] <= max(share * self._texts, floor))


class Store:
    """Shingles of many texts in a file, text by text.

    Parameters
    ----------
    file : binary file
        Open for writing and reading; only the store uses it.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._ends = [0]

    def append(self, hashes: Hashes) -> None:
        """Add the shingles of the next text."""
        self._file.seek(self._ends[-1])
        self._file.write(hashes.tobytes())
        self._ends.append(self._file.tell())

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> Hashes:
        start, end = self._ends[number], self._ends[number + 1]
        self._file.seek(start)
        return np.frombuffer(self._file.read(end - start), dtype=np.uint32)


@cache
def _measure() -> dict[str, Any]:
    return dict(codebook.read_toml("reuse")["measure"])


def _codes(text: str) -> NDArray[np.uint64]:
    return np.frombuffer(text.encode("utf-32-le"), dtype="<u4").astype(np.uint64)


def _hashed(codes: NDArray[np.uint64], size: int) -> Hashes:
    """Hash every window of `size` characters: a polynomial modulo 2**64, whose high bits are mixed best."""
    count = len(codes) - size + 1
    mixed = np.zeros(count, dtype=np.uint64)
    for place in range(size):
        mixed = (mixed + codes[place : place + count]) * _FACTOR
        mixed ^= mixed >> np.uint64(29)
    return (mixed >> np.uint64(32)).astype(np.uint32)
