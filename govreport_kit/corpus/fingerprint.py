"""A number which tells whether two corpora hold the same figures."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import numpy as np
import pandas as pd

ELSEWHERE = "path"  # where a file lies on one computer is no part of what it says


def frames_fingerprint(frames: Mapping[str, pd.DataFrame]) -> str:
    """Return the SHA-256 of the frames' columns and values, in the order of their rows.

    It does not depend on how frames are stored, on the categories which no row uses, or on the place
    of the files that were read.
    """
    digest = hashlib.sha256()
    for name, frame in frames.items():
        digest.update(f"\n{name} {len(frame)}".encode())
        for column in frame.columns.drop(ELSEWHERE, errors="ignore"):
            digest.update(f"\n{column}\n".encode())
            for part in _parts(frame[column]):
                digest.update(part)
    return digest.hexdigest()


def _parts(values: pd.Series) -> tuple[bytes, ...]:
    """Return a column as bytes: which values are missing, and those which are not."""
    missing = values.isna().to_numpy(bool)
    given = values[~missing]
    if pd.api.types.is_numeric_dtype(given.dtype):  # booleans as well
        return missing.tobytes(), given.to_numpy(np.dtype("<f8")).tobytes()
    codes, texts = pd.factorize(given)
    return missing.tobytes(), codes.astype("<i8").tobytes(), "\0".join(map(str, texts)).encode()
