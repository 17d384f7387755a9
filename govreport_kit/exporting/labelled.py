"""Frames as statistical packages hold them: short names, labels, and numbers for the keys of vocabularies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from govreport_kit.exporting.cleaning import Clean, clean_texts, refuse_inexact_numbers
from govreport_kit.exporting.names import short_names
from govreport_kit.exporting.tables import Table


@dataclass(frozen=True)
class Labelled:
    """A frame with short names; a key is its place in the vocabulary, counted from 1.

    Attributes
    ----------
    frame : pandas.DataFrame
        Numbers as nullable, texts as objects (``None`` where nothing stands), dates.
    variable_labels : dict of str to str
        By short name.
    value_labels : dict of str to (dict of int to str)
        By short name, for the columns that hold keys.
    """

    frame: pd.DataFrame
    variable_labels: dict[str, str]
    value_labels: dict[str, Any]


def labelled(table: Table, lang: str, clean: Clean, why: str, what: str) -> Labelled:
    """Lay a table out for a statistical package; see `clean_texts` for `clean` and `why`."""
    keys = table.value_words(lang)
    codes = {
        name: pd.Series(pd.Categorical(table.frame[name], list(words)).codes + 1, dtype="Int16").replace(0, pd.NA)
        for name, words in keys.items()
    }
    frame = clean_texts(table.frame.assign(**codes), clean, why)
    refuse_inexact_numbers(frame, what)
    names = short_names(table.frame.columns)
    return Labelled(
        frame.rename(columns=names),
        {names[name]: clean(words) for name, words in table.words(lang).items()},
        {names[name]: dict(enumerate(words.values(), 1)) for name, words in keys.items()},
    )
