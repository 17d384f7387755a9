"""LaTeX tables in the style of booktabs, and texts that are safe in LaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from govreport_kit.exporting import formatting
from govreport_kit.exporting.rate_notes import notes_on_rates
from govreport_kit.exporting.tables import Table, definitions_of, is_rates
from govreport_kit.exporting.words import word
from govreport_kit.metrics.means import is_mean_of_rates

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

    What is missing is printed as ``--``. Texts keep their meaning, not their line breaks. Below rates stands
    in small print what a single metric is (several have a column), which rates rest on few cases, lie across
    a change of law or form, or pool reports of unknown scope, and how many reports contribute.
    """
    (table,) = tables
    head, rows, right, notes, definitions = (_rates if is_rates(table.frame) else _plain)(table, lang)
    lines = [
        "% needs \\usepackage{booktabs}, and for Chinese a document class or package such as ctex",
        f"\\begin{{tabular}}{{{''.join('r' if numeric else 'l' for numeric in right)}}}",
        "\\toprule",
        _row(map(escape, head)),
        "\\midrule",
        *map(_row, rows),
        "\\bottomrule",
        "\\end{tabular}",
        *_small_print(notes),
        *(f"% {escape(definition)}" for definition in definitions),
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8", newline="\n")
    return [path]


def _row(cells: Iterable[str]) -> str:
    return " & ".join(cells) + r" \\"


def _small_print(notes: Sequence[tuple[str, str]]) -> list[str]:
    """Return notes below a table, each behind its mark; nothing where there is none."""
    if not notes:
        return []
    lines = [f"{_mark(mark)} {escape(text)}".strip() + r"\par" for mark, text in notes]
    return [r"\par\smallskip", r"\begin{minipage}{\linewidth}\footnotesize", *lines, r"\end{minipage}"]


def _mark(mark: str) -> str:
    return f"$^{{{mark}}}$" if mark else ""


class Layout(NamedTuple):
    """A table as it is printed.

    Attributes
    ----------
    head, rows : list
        Names of the columns, and the cells as LaTeX.
    right : list of bool
        Which columns stand flush right.
    notes : list of (str, str)
        Marks and texts of the small print.
    definitions : list of str
        Comments of the file.
    """

    head: list[str]
    rows: list[list[str]]
    right: list[bool]
    notes: list[tuple[str, str]]
    definitions: list[str]


def _plain(table: Table, lang: str) -> Layout:
    head = list(map(_briefly, table.words(lang).values()))
    keys = {
        name: {key: _briefly(told) for key, told in words.items()} for name, words in table.value_words(lang).items()
    }
    right = [is_numeric_dtype(dtype) and not is_bool_dtype(dtype) for dtype in table.frame.dtypes]
    columns = [
        [escape(_cell(value, keys.get(str(name), {}), lang)) for value in table.frame[name].astype(object)]
        for name in table.frame
    ]
    return Layout(head, [list(cells) for cells in zip(*columns, strict=True)], right, [], [])


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
    head, by_rows, right, *_ = _plain(by, lang)
    definitions = definitions_of(frame)
    metrics = [formatting.metric(key, lang, of) for key, of in zip(frame["metric"], definitions, strict=True)]
    marks, notes = notes_on_rates(frame, lang)
    cells = map(partial(_rate, lang=lang), frame.itertuples(), definitions, marks)
    names = ["k", "n", "rate", "interval", "reports"]
    if len(set(metrics)) == 1:
        notes = [("", metrics[0]), *notes]
        rows = list(cells)
    else:
        names = ["metric", *names]
        rows = [[escape(metric), *others] for metric, others in zip(metrics, cells, strict=True)]
    if groups:
        rows = [[*group, *others] for group, others in zip(by_rows, rows, strict=True)]
    head += [word(name, lang) for name in names]
    right += [name != "metric" for name in names]
    told = dict.fromkeys(f"{metric}: {of}" for metric, of in zip(metrics, definitions, strict=True))
    return Layout(head, rows, right, notes, list(told))


def _briefly(label: str) -> str:
    """Return a label without what it explains behind its first words, which is too long for a column."""
    return label.partition(";")[0].partition(" (")[0]


def _rate(line: Any, definition: str, mark: str, lang: str) -> list[str]:
    cells = [
        formatting.MISSING if is_mean_of_rates(definition) else formatting.count(line.k),
        formatting.count(line.n),
        formatting.rate(line.rate, line.metric),
        formatting.interval(line.low, line.high, line.metric, lang),
        formatting.count(line.reports),
    ]
    k, n, rate, *others = map(escape, cells)
    return [k, n, rate + _mark(mark), *others]
