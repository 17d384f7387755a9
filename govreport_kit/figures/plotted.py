"""What a figure shows, kept beside its axes, so that saving a figure saves its data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure


@dataclass(frozen=True)
class Plotted:
    """The data of one figure.

    Parameters
    ----------
    kind : str
        Name of the function which drew it.
    title : str
        What it shows, in English.
    frame : pandas.DataFrame
        The plotted data.
    definitions : mapping
        From each metric or quantity to its definition.
    reports : tuple of str or None
        Ids of the reports behind the data; None where they are not known.
    """

    kind: str
    title: str
    frame: pd.DataFrame
    definitions: Mapping[str, str] = field(default_factory=dict)
    reports: tuple[str, ...] | None = None


_plotted: WeakKeyDictionary[Axes, Plotted] = WeakKeyDictionary()


def attach(ax: Axes, plotted: Plotted) -> None:
    """Keep what was plotted beside its axes."""
    _plotted[ax] = plotted


def plotted_on(figure: Figure) -> list[Plotted]:
    """Return what the kit plotted on a figure, in the order of its axes."""
    return [_plotted[ax] for ax in figure.axes if ax in _plotted]
