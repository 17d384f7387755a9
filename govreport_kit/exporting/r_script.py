"""R: a CSV beside a script of base R that reads it with types, factors, and labels."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from govreport_kit.exporting.delimited import write_csv
from govreport_kit.exporting.tables import Table

_HEAD = """\
# Reads {csv} into the data frame `{name}`: types, factors and labels. Base R only.
# Run it in the folder of the file: source("{script}", encoding = "UTF-8")
{name} <- read.csv("{csv}", fileEncoding = "UTF-8-BOM", na.strings = "", check.names = FALSE,
  stringsAsFactors = FALSE, colClasses = c(
{classes}
  ))
"""
_UNQUOTE = """
# a text which a spreadsheet would take for a formula has one apostrophe too many
for (column in names({name})[vapply({name}, is.character, TRUE)]) {{
  {name}[[column]] <- sub("^'('*[=+@\\t\\r\\n-])", "\\\\1", {name}[[column]])
}}
"""


def write_r(tables: Sequence[Table], path: Path, lang: str, *, safe: bool = True) -> list[Path]:
    """Write one table as ``NAME.csv`` and ``NAME.R``.

    R takes an empty text for a missing one, and each kind of line break for a line feed.
    """
    (table,) = tables
    csv = path.with_suffix(".csv")
    write_csv(tables, csv, lang, safe=safe)
    name = table.name
    classes = ",\n".join(f"    {_class(dtype)}" for dtype in table.frame.dtypes)
    script = _HEAD.format(csv=_inside(csv.name), script=_inside(path.name), name=name, classes=classes)
    script += _UNQUOTE.format(name=name) if safe else ""
    for place, column in enumerate(table.frame.columns, 1):
        if words := table.value_words(lang).get(column):
            levels, labels = _vector(words), _vector(words.values())
            script += f"{name}[[{place}]] <- factor({name}[[{place}]],\n  levels = {levels},\n  labels = {labels})\n"
    labels = _vector(table.words(lang).values())
    script += f'labels <- {labels}\nfor (i in seq_along(labels)) attr({name}[[i]], "label") <- labels[[i]]\n'
    script += f"rm({'column, ' if safe else ''}labels, i)\n"
    path.write_text(script, "utf-8", newline="\n")
    return [path, csv]


def _class(dtype: Any) -> str:
    types = pd.api.types
    if types.is_bool_dtype(dtype):
        return '"logical"'
    if types.is_numeric_dtype(dtype):
        return '"numeric"'
    return '"Date"' if types.is_datetime64_any_dtype(dtype) else '"character"'


def _vector(texts: Any) -> str:
    return "c(" + ", ".join(f'"{_inside(text)}"' for text in texts) + ")"


def _inside(text: str) -> str:
    r"""Return a text for a place between quotes; control characters as ``\uXXXX``."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return "".join(f"\\u{ord(char):04x}" if ord(char) < 32 or char in "\x7f\u2028\u2029" else char for char in escaped)
