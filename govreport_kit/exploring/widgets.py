"""The controls of a notebook around an exploration."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from os import PathLike
from types import ModuleType
from typing import Any

import pandas as pd

from govreport_kit import codebook
from govreport_kit.corpus import Corpus
from govreport_kit.errors import GovReportError
from govreport_kit.exploring.choices import SORTS, VIEWS, Choices
from govreport_kit.exploring.shown import Exploration, Shown
from govreport_kit.figures.labels import metric_label
from govreport_kit.metrics.intervals import INTERVALS
from govreport_kit.show import STYLE, rows_html

BY = ("year", "level", "office", "scope", "province", "form", "agency")
MOST_ROWS_SHOWN = 200
_TOLD_ABOVE = ("definition", "source")  # columns of the table whose words stand above it
_STYLE = STYLE.replace("max-width:64em", "max-width:none")


def explore(corpus: Corpus | str | PathLike[str] | None = None) -> Any:
    """Look at a corpus in a notebook: choose what to see, and take its Python code along.

    Parameters
    ----------
    corpus : Corpus or path, optional
        The reports, or where a saved corpus lies; by default the bundled figures.

    Returns
    -------
    ipywidgets.HBox
        Controls for view, metric, groups, years, scope, interval, order and language; beside them the
        figure, the definition with caveats and coverage, and the table. A button writes Python code
        which makes the same table and figure. What the kit refuses is told with the way out.

    Raises
    ------
    GovReportError
        If ipywidgets is not installed.
    CorpusError, MissingPathError
        As in `load_corpus`.
    """
    return Explorer(Exploration(corpus)).box


class Explorer:
    """The widgets, which turn into `Choices` and show what an `Exploration` makes of them."""

    def __init__(self, exploration: Exploration) -> None:
        self.exploration = exploration
        self.shown = Shown()
        w = _ipywidgets()
        style, layout = {"description_width": "76px"}, w.Layout(width="310px")
        first, last = exploration.years or (0, 0)
        self.language = w.ToggleButtons(options=[("English", "en"), ("中文", "zh")], style={"button_width": "76px"})
        self.controls: dict[str, Any] = {
            name: w.Dropdown(style=style, layout=layout)
            for name in ("view", "metric", "by", "then_by", "scope", "interval", "sort")
        }
        self.years = w.IntRangeSlider(
            value=(first, last), min=first, max=last, continuous_update=False, disabled=first == last,
            readout=False, style={"description_width": "116px"}, layout=layout,
        )  # fmt: skip
        self.button = w.Button(layout=layout, icon="code")
        self.code = w.Textarea(layout=w.Layout(width="100%", height="11em", display="none"))
        self.results = {name: w.HTML() for name in ("problem", "picture", "about", "table")}
        left = w.VBox([self.language, *self.controls.values(), self.years, self.button])
        right = w.VBox(
            [self.code, *self.results.values()], layout=w.Layout(flex="1 1 0", min_width="0", margin="0 0 0 12px")
        )
        self.box = w.HBox([left, right], layout=w.Layout(overflow="visible"))
        self._label()
        self.controls["by"].value = "year"
        self._show()
        for control in (*self.controls.values(), self.years):
            control.observe(self._on_choice, "value")
        self.language.observe(self._on_language, "value")
        self.button.on_click(lambda _: self.write_code())

    def choices(self) -> Choices:
        """Return what the controls say."""
        values: dict[str, Any] = {name: control.value or None for name, control in self.controls.items()}
        by = tuple(column for column in (values.pop("by"), values.pop("then_by")) if column)
        whole = self.years.value == (self.years.min, self.years.max)
        return Choices(by=by, years=None if whole else self.years.value, lang=self.language.value, **values)

    def write_code(self) -> None:
        """Show Python code for what is shown."""
        self.code.value = self.shown.code
        self.code.layout.display = None if self.shown.code else "none"

    def _on_choice(self, change: Any) -> None:
        if self._settling:
            return
        if change.owner is self.controls["view"]:
            self._label()
        self._show()

    def _on_language(self, _: Any) -> None:
        self._label()
        self._show()

    def _label(self) -> None:
        """Name the controls and their options in the language; what was chosen stays."""
        lang, view = self.language.value, self.controls["view"].value or VIEWS[0]
        words = {key: getattr(term, lang) for key, term in codebook.explorer.items()}
        columns = {column.name: column for column in codebook.frame_columns if column.frame == "reports"}
        by = [(columns[name].zh if lang == "zh" else name.replace("_", " "), name) for name in BY]
        options: dict[str, list[tuple[str, str]]] = {
            "view": [(words[f"view.{key}"], key) for key in VIEWS],
            "metric": [(metric_label(key, lang), key) for key in codebook.metrics],
            "by": [(words["by.none"], ""), *by],
            "then_by": [("–", ""), *by],
            "scope": [
                (words["scope.none"], ""),
                *((getattr(term, lang), key) for key, term in codebook.scopes.items()),
                (words["scope.any"], "any"),
            ],
            "interval": [(method.replace("_", "–").title(), method) for method in INTERVALS],
            "sort": [(words["sort.none"], ""), *((name, name) for name in SORTS[view])],
        }
        self._settling = True  # new options change the values for a moment
        for name, control in self.controls.items():
            chosen, possible = control.value, [value for _, value in options[name]]
            control.options = options[name]
            control.value = chosen if chosen in possible else possible[0]
            control.description = words[name]
        self._settling = False
        self.button.description = words["write_code"]

    def _show(self) -> None:
        choices = self.choices()
        before, self.shown = self.shown.contributing, self.exploration.show(choices)
        for name in ("metric", "interval"):
            self.controls[name].disabled = choices.view not in ("rate", "variants")
        first, last = self.years.value
        self.years.description = f"{getattr(codebook.explorer['years'], choices.lang)} {first}–{last}"
        self.code.value, self.code.layout.display = "", "none"
        about = list(self.shown.about)
        if before and self.shown.contributing and before != self.shown.contributing:
            place = about.index(self.shown.contributing)
            about[place] += f" ({getattr(codebook.explorer['before'], choices.lang).format(before=before)})"
        self.results["problem"].value = _paragraphs([self.shown.problem] if self.shown.problem else [])
        self.results["picture"].value = _image(self.shown.picture, codebook.explorer[f"view.{choices.view}"].en)
        self.results["about"].value = _paragraphs(about)
        self.results["table"].value = _table(self.shown.table, choices)


def _ipywidgets() -> ModuleType:
    try:
        import ipywidgets
    except ImportError as error:
        raise GovReportError(
            f"Exploring a corpus needs ipywidgets, which is not installed ({error});"
            " run: pip install 'govreport-kit[notebooks]'"
        ) from error
    module: ModuleType = ipywidgets
    return module


def _paragraphs(sentences: list[str]) -> str:
    lines = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return f'<div class="govreport"><ul>{lines}</ul></div>' if lines else ""


def _image(png: bytes | None, alternative: str) -> str:
    if png is None:
        return ""
    data = b64encode(png).decode("ascii")
    look = "max-width:100%;width:46em;background:white;padding:.5em"
    return f'<img alt="figure: {escape(alternative)}" style="{look}" src="data:image/png;base64,{data}">'


def _table(table: pd.DataFrame | None, choices: Choices) -> str:
    if table is None:
        return ""
    told_above = [*_TOLD_ABOVE, *(["metric"] if choices.view == "rate" else [])]
    shown = table.drop(columns=told_above, errors="ignore").head(MOST_ROWS_SHOWN)
    below = ""
    if len(table) > MOST_ROWS_SHOWN:
        told = getattr(codebook.explorer["first_rows"], choices.lang).format(most=MOST_ROWS_SHOWN, rows=len(table))
        below = f"<p>{escape(told)}</p>"
    rows = ([_written(cell) for cell in row] for row in shown.itertuples(index=False))
    return f'{_STYLE}<div class="govreport" style="overflow-x:auto">{rows_html(list(shown.columns), rows)}{below}</div>'


def _written(cell: Any) -> str:
    if pd.isna(cell):
        return "NA"
    return f"{cell:.4f}" if isinstance(cell, float) else str(cell)
