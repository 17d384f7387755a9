"""What a figure shows, kept beside its axes, so that saving a figure saves its data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from govreport_kit.errors import CorpusError
from govreport_kit.figures.labels import Lang

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands behind one mark of a figure.

    Attributes
    ----------
    reports : tuple of str
        Ids of the reports whose figures it shows.
    figures : tuple of str
        Which figures: rows or groups of the request table, indicators, ``TABLE:ROW.COLUMN``.
    of : tuple of str
        The figures of the denominator.
    """

    reports: tuple[str, ...]
    figures: tuple[str, ...]
    of: tuple[str, ...] = ()


def _nothing(_: Lang) -> Sequence[str]:
    return ()


def _no_marks(_: Corpus) -> Sequence[Mark]:
    return ()


@dataclass(frozen=True)
class Plotted:
    """The data of one figure.

    Attributes
    ----------
    kind : str
        Name of the function which drew it.
    title : str
        What it shows, in English.
    frame : pandas.DataFrame
        The plotted data, one row a mark.
    definitions : mapping
        From each metric or quantity to its definition.
    reports : tuple of str or None
        Ids of the reports behind the data; None where they are not known.
    lang : {"en", "zh"}
        The language of the figure.
    corpus : Corpus or None
        The corpus that it was drawn from; None where a frame was drawn.
    sentences, values : callable
        The sentences of the caption, the first of which is the title, and the marks in words, in a language.
    marks : callable
        From a corpus to what stands behind each row of the data.
    """

    kind: str
    title: str
    frame: pd.DataFrame
    definitions: Mapping[str, str] = field(default_factory=dict)
    reports: tuple[str, ...] | None = None
    lang: Lang = "en"
    corpus: Corpus | None = None
    sentences: Callable[[Lang], Sequence[str]] = _nothing
    values: Callable[[Lang], Sequence[str]] = _nothing
    marks: Callable[[Corpus], Sequence[Mark]] = _no_marks


def rows_of(frame: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows of a frame, whose columns are attributes."""
    return iter(frame.itertuples())


def corpus_of(source: Corpus | pd.DataFrame) -> Corpus | None:
    """Return the corpus which a figure is drawn from; None where it is drawn from a frame."""
    return None if isinstance(source, pd.DataFrame) else source


_plotted: WeakKeyDictionary[Axes, Plotted] = WeakKeyDictionary()


def attach(ax: Axes, plotted: Plotted) -> None:
    """Keep what was plotted beside its axes."""
    _plotted[ax] = plotted


def plotted_on(figure: Figure) -> list[Plotted]:
    """Return what the kit plotted on a figure, in the order of its axes."""
    return [_plotted[ax] for ax in figure.axes if ax in _plotted]


def plotted_in(ax: Axes) -> Plotted:
    """Return what the kit plotted on the axes.

    Raises
    ------
    CorpusError
        If it plotted nothing there.
    """
    if ax not in _plotted:
        raise CorpusError("The kit drew nothing on these axes: give the axes which one of its figures returned.")
    return _plotted[ax]
