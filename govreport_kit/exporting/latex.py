"""LaTeX tables in the style of booktabs, and texts that are safe in LaTeX."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from govreport_kit import codebook
from govreport_kit.exporting import formatting
from govreport_kit.exporting.tables import Table, is_rates
from govreport_kit.exporting.words import word

_SPECIAL = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", "`": r"\textasciigrave{}", "[": "{[}", "*": "{*}",  # the last two mean something behind \\
}  # fmt: skip
_NEEDS_CARE = re.compile("[" + re.escape("".join(_SPECIAL)) + "]|(?<=-)-|(?<=')'")
_BLANKS = re.compile("[\x00-\x20\x7f\x85\u2028\u2029]+")


def escape(text: str) -> str:
    """Return a text that LaTeX prints as it is; line breaks and control characters become one blank."""
    return _NEEDS_CARE.sub(lambda match: _SPECIAL.get(match[0], "{}" + match[0]), _BLANKS.sub(" ", text))


def write_latex(tables: Sequence[Table], path: Path, lang: str) -> list[Path]:
    r"""Write one table as a ``tabular`` to be read with ``\input``; rates with interval and definitions.

    What is missing is printed as ``--``. Texts keep their meaning, not their line breaks.
    """
    (table,) = tables
    head, rows, right, notes = (_rates if is_rates(table.frame) else _plain)(table, lang)
    lines = [
        "% needs \\usepackage{booktabs}, and for Chinese a document class or package such as ctex",
        f"\\begin{{tabular}}{{{''.join('r' if numeric else 'l' for numeric in right)}}}",
        "\\toprule",
        _row(head),
        "\\midrule",
        *map(_row, rows),
        "\\bottomrule",
        "\\end{tabular}",
        *(f"% {escape(note)}" for note in notes),
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8", newline="\n")
    return [path]


def _row(cells: Sequence[str]) -> str:
    return " & ".join(map(escape, cells)) + r" \\"


Layout = tuple[list[str], list[list[str]], list[bool], list[str]]


def _plain(table: Table, lang: str) -> Layout:
    words, keys = table.words(lang), table.value_words(lang)
    right = [pd.api.types.is_numeric_dtype(dtype) for dtype in table.frame.dtypes]
    columns = [
        [_cell(value, keys.get(str(name), {}), lang) for value in table.frame[name].astype(object)]
        for name in table.frame
    ]
    return list(words.values()), [list(cells) for cells in zip(*columns, strict=True)], right, []


def _cell(value: Any, words: dict[str, str], lang: str) -> str:
    if pd.isna(value):
        return formatting.MISSING
    if isinstance(value, bool):
        return word("yes" if value else "no", lang)
    if isinstance(value, pd.Timestamp):
        return value.isoformat().removesuffix("T00:00:00")
    return f"{value:.12g}" if isinstance(value, float) else words.get(value, str(value))


def _rates(table: Table, lang: str) -> Layout:
    frame = table.frame
    groups = list(frame.columns[: frame.columns.get_loc("metric")])
    by = Table("", frame[groups], table.columns[: len(groups)])
    head, by_rows, right, _ = _plain(by, lang)
    rows = [
        [
            *(by_rows[place] if groups else []),
            formatting.metric(key, lang),
            formatting.count(line.k),
            formatting.count(line.n),
            formatting.rate(line.rate, key),
            formatting.interval(line.low, line.high, key, lang),
            formatting.count(line.reports),
        ]
        for place, (key, line) in enumerate(zip(frame["metric"], frame.itertuples(), strict=True))
    ]
    names = ["metric", "k", "n", "rate", "interval", "reports"]
    metrics = [codebook.metrics[key] for key in dict.fromkeys(frame["metric"])]
    notes = [f"{getattr(entry, lang)}: {entry.definition}" for entry in metrics]
    return [*head, *(word(name, lang) for name in names)], rows, [*right, False, *[True] * 5], notes
