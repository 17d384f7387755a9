"""A dataclass whose frames cannot be changed from outside: it hands out copies, and keeps copies."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pandas as pd


class HandsOutCopies:
    """Frames are handed out as shallow copies, which share their values until one of the two is written to.

    pandas copies on write, so that a copy costs next to nothing and a change to it stays there. Where the
    frame has no other name (``corpus.reports["level"] = ...``) pandas warns that the change goes nowhere.
    """

    if not TYPE_CHECKING:  # a type checker would take every name for an attribute

        def __getattribute__(self, name: str) -> Any:
            value = super().__getattribute__(name)
            return value.copy(deep=False) if isinstance(value, pd.DataFrame) else value

    def __post_init__(self) -> None:
        """Keep copies of the frames that were given."""
        for field in fields(self):  # type: ignore[arg-type]
            object.__setattr__(self, field.name, getattr(self, field.name))
