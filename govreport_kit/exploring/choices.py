"""What was chosen, as steps which can be run and written as Python code: both come from the same step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

import govreport_kit
from govreport_kit.figures.labels import Lang

VIEWS = ("rate", "variants", "outcomes", "coverage")
SORTS: dict[str, tuple[str, ...]] = {
    "rate": ("n", "reports", "coverage"),
    "variants": ("n", "reports", "coverage"),
    "outcomes": (),
    "coverage": ("reports", "complete", "request_table"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A call of a function of the kit, or with a dot before its name of a method, on an earlier result."""

    result: str
    function: str
    given: str
    arguments: Sequence[Any] = ()
    keywords: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""

    def run(self, values: dict[str, Any]) -> None:
        """Add the result to the values by name."""
        given = values[self.given]
        if self.function.startswith("."):
            values[self.result] = getattr(given, self.function[1:])(*self.arguments, **self.keywords)
        else:
            function = attrgetter(self.function)(govreport_kit)
            values[self.result] = function(given, *self.arguments, **self.keywords)

    def code(self) -> str:
        """Return the step as a line of Python."""
        told = [*map(_literal, self.arguments), *(f"{name}={_literal(value)}" for name, value in self.keywords.items())]
        why = f"  # {self.why}" if self.why else ""
        if self.function.startswith("."):
            return f"{self.result} = {self.given}{self.function}({', '.join(told)}){why}"
        return f"{self.result} = gk.{self.function}({', '.join([self.given, *told])}){why}"


@dataclass(frozen=True, slots=True)
class Choices:
    """What to show of a corpus.

    Attributes
    ----------
    view : {"rate", "variants", "outcomes", "coverage"}
        A metric, the metrics of its family, how requests were decided, or what the reports state.
    metric : str
        A key of ``codebook.metrics``.
    by : tuple of str
        Columns of ``corpus.reports``; coverage without any is shown by year.
    years : tuple of int, optional
        The first and the last year; without it all reports enter, also those whose year is unknown.
    scope : str, optional
        See `govreport_kit.rate`.
    interval : str
        See `govreport_kit.rate`.
    sort : str, optional
        A column of the table (``SORTS``), whose largest value then stands first.
    lang : {"en", "zh"}
        Language of the labels.
    """

    view: str = "rate"
    metric: str = "disclosure_rate"
    by: tuple[str, ...] = ("year",)
    years: tuple[int, int] | None = None
    scope: str | None = None
    interval: str = "wilson"
    sort: str | None = None
    lang: Lang = "en"

    def selection(self) -> list[Step]:
        """Return the step which narrows the corpus, if one is needed; its result is called ``chosen``."""
        columns: dict[str, Any] = {}
        if self.years:
            columns["year"] = range(self.years[0], self.years[1] + 1)
        if self.view == "coverage" and self.scope not in (None, "any"):
            columns["scope"] = self.scope
        return [Step("chosen", ".select", "corpus", keywords=columns)] if columns else []

    def tabulation(self) -> list[Step]:
        """Return the steps from the corpus to ``table``."""
        selection = self.selection()
        given = "chosen" if selection else "corpus"
        by = self._by()
        guarded = by | ({"scope": self.scope} if self.scope else {})
        of_rates = {**guarded, "interval": self.interval}
        if self.view == "rate":
            steps = [Step("table", "rate", given, [self.metric], of_rates)]
        elif self.view == "variants":
            family = govreport_kit.codebook.metrics[self.metric].family
            steps = [Step("table", "sensitivity", given, [family], of_rates)]
        elif self.view == "outcomes":
            steps = [Step("table", "figures.composition", given, (), guarded)]
        else:
            steps = [Step("table", ".summary", given, (), by or {"by": "year"})]
        return [*selection, *steps, *self._sorting()]

    def drawing(self) -> list[Step]:
        """Return the step from ``table`` to the axes ``ax``; the coverage has no figure."""
        drawn = {"outcomes": "outcome_composition", "rate": "rate_intervals", "variants": "rate_intervals"}
        if self.view not in drawn:
            return []
        return [Step("ax", f"figures.{drawn[self.view]}", "table", (), {"lang": self.lang})]

    def code(self, corpus: str, *, drawn: bool = True) -> str:
        """Return Python code which makes the table and the figure.

        Parameters
        ----------
        corpus : str
            The line that makes, or tells of, the corpus.
        drawn : bool
            Whether the figure is made, too.
        """
        lines = [step.code() for step in (*self.tabulation(), *(self.drawing() if drawn else ()))]
        return "\n".join(["import govreport_kit as gk", "", corpus, *lines, ""])

    def _by(self) -> dict[str, Any]:
        columns = list(dict.fromkeys(self.by))
        if not columns:
            return {}
        return {"by": columns[0] if len(columns) == 1 else columns}

    def _sorting(self) -> list[Step]:
        if self.sort not in SORTS[self.view]:
            return []
        how = {"ascending": False, "kind": "stable", "ignore_index": True}
        return [Step("table", ".sort_values", "table", [self.sort], how)]


def _literal(value: Any) -> str:
    """Write a value as Python code, strings in double quotes."""
    if isinstance(value, str) and '"' not in value and value.isprintable() and "\\" not in value:
        return f'"{value}"'
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    return repr(value)
