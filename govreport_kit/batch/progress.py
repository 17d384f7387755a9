"""A progress bar, in a terminal or a notebook."""

from __future__ import annotations

import sys
import warnings
from typing import Any


def progress_bar(what: str, files: int, shown: bool) -> Any:
    """Return a bar of `tqdm`, which stays silent where nobody watches: in a file, or a pipe."""
    with warnings.catch_warnings():
        # Without ipywidgets the bar of a notebook is made of text, which is good enough.
        warnings.simplefilter("ignore")
        from tqdm.auto import tqdm

    watched = sys.stderr.isatty() or "ipykernel" in sys.modules
    return tqdm(desc=what, total=files, unit="file", disable=not (shown and watched))
