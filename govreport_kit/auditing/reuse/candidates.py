"""Candidates: pairs of texts which are worth an exact comparison, found without comparing every pair."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govreport_kit.auditing.reuse.shingles import Hashes, measure
from govreport_kit.errors import GovReportError

# The estimate of a pair from 128 hash values has a standard error of at most .044.
_MARGIN = 0.15


class CandidateSearch:
    """Minwise hashing with banding: similar texts agree in all rows of some band.

    Broder (1997), Proc. Compression and Complexity of Sequences: 21; Leskovec, Rajaraman and Ullman
    (2020), Mining of Massive Datasets, ch. 3. The chance to find a pair stands in ``reuse.toml``.

    Raises
    ------
    GovReportError
        If datasketch is not installed.
    """

    def __init__(self) -> None:
        try:
            from datasketch import LeanMinHash, MinHash, MinHashLSH
        except ImportError as error:
            raise GovReportError(
                f"Searching for shared text needs datasketch, which is not installed ({error});"
                " run: pip install 'govreport-kit[reuse]'"
            ) from error
        bands, rows = measure()["bands"], measure()["rows"]
        self._index = MinHashLSH(num_perm=bands * rows, params=(bands, rows))
        self._first = MinHash(bands * rows, hashfunc=int)
        self._lean: Callable[..., Any] = LeanMinHash
        self._signatures: list[NDArray[np.uint32]] = []

    def similar(self, hashes: Hashes, lowest: float) -> Iterator[int]:
        """Add the next text, and yield the numbers of the earlier ones which may be similar from `lowest` on."""
        sketch = self._first.copy()
        sketch.update_batch(hashes.tolist())
        found = self._index.query(sketch)
        self._index.insert(len(self._signatures), self._lean(sketch))
        self._signatures.append(sketch.hashvalues)
        for number in sorted(found):
            if np.mean(self._signatures[number] == sketch.hashvalues) >= lowest - _MARGIN:
                yield number

    def skip(self) -> None:
        """Give a text that is not compared its number."""
        self._signatures.append(np.empty(0, np.uint32))
