"""A named list of entries which can be looked up, listed and shown."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from govreport_kit.errors import UnknownKeyError

if TYPE_CHECKING:
    import pandas as pd


class Entry(Protocol):
    """What every entry of a vocabulary carries."""

    @property
    def key(self) -> str:
        """The entry's name in code and in frames."""


E = TypeVar("E", bound=Entry)


class Vocabulary(Mapping[str, E]):
    """Entries by key, in the order of their data file.

    Parameters
    ----------
    name : str
        What the entries are, in the singular; used in messages.
    entries : iterable of Entry
        The entries, each with a ``key``.
    """

    def __init__(self, name: str, entries: Iterable[E]) -> None:
        self.name = name
        self._entries = {entry.key: entry for entry in entries}

    def __getitem__(self, key: str) -> E:
        """Return the entry, or say which keys come near.

        Raises
        ------
        UnknownKeyError
            If there is no such entry.
        """
        try:
            return self._entries[key]
        except KeyError:
            raise UnknownKeyError(self.name, key, nearest(key, self._entries), self, self._home()) from None

    def _home(self) -> str:
        from govreport_kit import codebook

        return next((f"govreport_kit.codebook.{name}" for name, value in vars(codebook).items() if value is self), "")

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def __repr__(self) -> str:
        return f"<{len(self)} entries of '{self.name}': {', '.join(self._entries)}>"

    def to_frame(self) -> pd.DataFrame:
        """Return the entries as a DataFrame, one row an entry, one column a field."""
        import pandas as pd

        return pd.DataFrame([asdict(entry) for entry in self.values()])  # type: ignore[call-overload]

    def _repr_html_(self) -> Any:
        return self.to_frame().to_html(index=False)


def nearest(key: str, keys: Iterable[str], count: int = 3) -> list[str]:
    """Return up to `count` keys which resemble `key`, the nearest first."""
    return difflib.get_close_matches(str(key), list(keys), n=count, cutoff=0.4)
