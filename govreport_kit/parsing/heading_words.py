"""The words by which the head of a report is read: headings.toml."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from govreport_kit import codebook


@cache
def headings() -> dict[str, Any]:
    """Return the words of the codebook."""
    return codebook.read_toml("headings")


def pattern(name: str) -> re.Pattern[str]:
    """Return one of the patterns among them."""
    return codebook.pattern("headings", name)
