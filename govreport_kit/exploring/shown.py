"""What is to be seen for some choices: a table, a figure, what to know about them, or why there is none."""

from __future__ import annotations

import io
from dataclasses import dataclass
from os import PathLike, fspath
from typing import Any

import pandas as pd

from govreport_kit import codebook
from govreport_kit.corpus import Corpus, load_corpus
from govreport_kit.errors import GovReportError
from govreport_kit.exploring.choices import Choices
from govreport_kit.figures.composition import OUTCOMES
from govreport_kit.figures.theme import themed
from govreport_kit.metrics import components
from govreport_kit.metrics.intervals import caveats_of

MOST_ROWS_DRAWN = 60
_DOTS_PER_INCH = 160


@dataclass(frozen=True)
class Shown:
    """What is to be seen.

    Attributes
    ----------
    table : pandas.DataFrame or None
        As the functions of the kit return it.
    picture : bytes or None
        The figure as PNG.
    about : tuple of str
        Definition, caveats and coverage in sentences.
    problem : str
        Why there is no table or no figure, and the way out.
    code : str
        Python code which makes the same table and figure; empty where there is no table.
    contributing : str
        The sentence of ``about`` which tells how many reports stand behind the table.
    """

    table: pd.DataFrame | None = None
    picture: bytes | None = None
    about: tuple[str, ...] = ()
    problem: str = ""
    code: str = ""
    contributing: str = ""


class Exploration:
    """A corpus which is explored, without any widget.

    Parameters
    ----------
    corpus : Corpus, path or None
        The reports, where a saved corpus lies, or None for the bundled figures.

    Attributes
    ----------
    loading : str
        The line of Python code which makes the corpus, or a comment that names it.
    years : tuple of int, or None
        The first and the last report year.
    """

    def __init__(self, corpus: Corpus | str | PathLike[str] | None = None) -> None:
        self.sample = corpus is None
        if isinstance(corpus, Corpus):
            self.corpus, self.loading = corpus, "# corpus: the one that was given to gk.explore()"
        else:
            self.corpus = load_corpus(corpus)
            self.loading = f"corpus = gk.load_corpus({'' if corpus is None else repr(fspath(corpus))})"
        known = self.corpus.reports["year"].dropna()
        self.years = (int(known.min()), int(known.max())) if len(known) else None

    def show(self, choices: Choices) -> Shown:
        """Make table and figure; an error of the kit becomes the text of ``problem``."""
        values: dict[str, Any] = {"corpus": self.corpus}
        try:
            for step in choices.selection():
                step.run(values)
            corpus = values.get("chosen", self.corpus)
            chosen = int(_in_scope(corpus, choices.scope).sum())
            if not chosen:
                return Shown(problem=word("no_reports", choices))
            for step in choices.tabulation():
                step.run(values)
        except GovReportError as error:
            return Shown(problem=str(error))
        table = values["table"]
        contributing = _contributing(table, chosen, choices)
        about = (*_definition(choices), contributing, *_warnings(table, corpus, choices))
        if self.sample:
            about = (*about, word("sample", choices))
        picture, problem = _picture(values, choices)
        code = choices.code(self.loading, drawn=picture is not None)
        return Shown(table, picture, about, problem, code, contributing)


def word(key: str, choices: Choices, **values: object) -> str:
    """Return a word or sentence in the language that was chosen."""
    return str(getattr(codebook.explorer[key], choices.lang)).format(**values)


def _in_scope(corpus: Corpus, scope: str | None) -> pd.Series[bool]:
    scopes = corpus.reports["scope"]
    return (scopes == scope) | (scope in (None, "any"))


def _picture(values: dict[str, Any], choices: Choices) -> tuple[bytes | None, str]:
    """Return the figure, or why there is none."""
    from matplotlib import pyplot as plt

    if not choices.drawing():
        return None, word("no_figure", choices)
    rows = len(values["table"]) // (len(OUTCOMES) if choices.view == "outcomes" else 1)
    if rows > MOST_ROWS_DRAWN:
        return None, word("too_many_rows", choices, most=MOST_ROWS_DRAWN, rows=rows)
    with plt.ioff():
        try:
            for step in choices.drawing():
                step.run(values)
        except GovReportError as error:
            return None, str(error)
        png = io.BytesIO()
        with themed():
            values["ax"].figure.savefig(png, format="png", dpi=_DOTS_PER_INCH)
        plt.close(values["ax"].figure)
    return png.getvalue(), ""


def _definition(choices: Choices) -> list[str]:
    if choices.view not in ("rate", "variants"):
        return []
    metric = codebook.metrics[choices.metric]
    told = [f"{getattr(metric, choices.lang)} [{metric.key}]", f"{word('definition', choices)}: {metric.definition}"]
    caveats = metric.caveats_zh if choices.lang == "zh" else metric.caveats
    told.append(f"{word('caveats', choices)}: {caveats}")
    told.append(f"{word('source', choices)}: {metric.source}")
    if choices.years and any(name.endswith("@previous") for name in metric.figures):
        told.append(word("previous_year", choices))
    return told


def _contributing(table: pd.DataFrame, chosen: int, choices: Choices) -> str:
    """Tell how many of the reports that were chosen stand behind the table."""
    if choices.view == "coverage":
        whole = table["reports"][table["complete"]] if "complete" in choices.by else table["complete"]
        return word("complete", choices, reports=int(whole.sum()), n=chosen)
    rows = table
    if choices.view == "outcomes":
        rows = table[table["outcome"] == OUTCOMES[0]]
    elif choices.view == "variants":
        rows = table[table["metric"] == choices.metric]
    reports = int(rows["reports"].sum())
    return word("contributing", choices, reports=reports, n=chosen, share=reports / chosen)


def _warnings(table: pd.DataFrame, corpus: Corpus, choices: Choices) -> list[str]:
    """Explain the flags, changes of law, intervals and scopes of the table, and count totals that do not add up."""
    if "flag" not in table:
        return []
    flags = [codebook.thresholds[key] for key in codebook.thresholds if (table["flag"] == key).any()]
    crossed = {key for told in table["breaks"].dropna() for key in str(told).split("+")}
    breaks = [entry for key, entry in codebook.breaks.items() if key in crossed]
    told = [word("flag", choices, flag=entry.key, meaning=getattr(entry, choices.lang)) for entry in flags]
    told += [word("break", choices, law=entry.key, meaning=getattr(entry, choices.lang)) for entry in breaks]
    told += [getattr(entry, choices.lang) for entry in caveats_of(table)]
    if table["scopes"].str.contains("unknown", na=False).any():
        told.append(word("unknown_scope", choices))
    contradicted = components(corpus, choices.metric)["contradicted"].to_numpy(bool)
    if counted := int((contradicted & _in_scope(corpus, choices.scope).to_numpy(bool)).sum()):
        told.append(word("contradicted", choices, n=counted))
    return told
