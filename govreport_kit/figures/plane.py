"""What figures with two scales share: a name above, figures below the ticks, a note below all."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from govreport_kit.figures.layout import figure_of, text_width, wrap
from govreport_kit.figures.theme import colour

_LINE = 1.35  # height of a line of text, in font sizes


def style_plane(ax: Axes) -> None:
    """Give the axes the theme's look, whatever the user's own settings."""
    ink, family = colour("text"), mpl.rcParams["font.family"]
    ax.set_facecolor("none")
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["bottom", "left"]].set(color=ink, linewidth=mpl.rcParams["axes.linewidth"])
    for axis in ("x", "y"):
        ax.tick_params(
            axis=axis, colors=ink, labelfontfamily=family, labelsize=mpl.rcParams["xtick.labelsize"],
            length=mpl.rcParams["xtick.major.size"], width=mpl.rcParams["xtick.major.width"],
        )  # fmt: skip
    ax.grid(visible=False)
    ax.grid(visible=True, axis="y", color=colour("grid"), linewidth=mpl.rcParams["grid.linewidth"], zorder=0)


def scale_of_rates(ax: Axes, *, percent: bool) -> None:
    """Scale the y axis in percent, or in the rates' own unit."""
    ax.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value * 100 if percent else value:.10g}"))


def name_above(ax: Axes, text: str, *, lines_between: float = 0) -> float:
    """Write what the y axis counts above it, from the left edge of the figure, wrapped; return the height in points."""
    size = mpl.rcParams["axes.labelsize"]
    left, width = _span(ax)
    wrapped = wrap(text, width, size)
    ax.annotate(
        wrapped, (0, 1), xycoords="axes fraction", xytext=(left, (0.7 + lines_between * _LINE) * size),
        textcoords="offset points", ha="left", va="bottom", fontsize=size, color=colour("text"),
    )  # fmt: skip
    return float((wrapped.count("\n") + 1 + lines_between) * _LINE * size)


def rows_below(ax: Axes, places: Sequence[float], rows: Sequence[tuple[str, Sequence[str]]]) -> int:
    """Write rows of figures below the ticks of the x axis, each below its place, and their names at the left.

    Returns
    -------
    int
        How many lines of text the rows take.
    """
    size = mpl.rcParams["xtick.labelsize"]
    for line, (name, cells) in enumerate(rows, start=1):
        below = {"textcoords": "offset points", "va": "baseline", "fontsize": size, "annotation_clip": False}
        offset = -_ticks(ax) - (line + 1.05) * _LINE * size
        ax.annotate(
            name, (0, 0), xycoords="axes fraction", xytext=(-0.6 * size, offset), ha="right", color=colour("note"),
            **below,
        )  # fmt: skip
        for place, cell in zip(places, cells, strict=True):
            ax.annotate(
                cell, (place, 0), xycoords=ax.get_xaxis_transform(), xytext=(0, offset), ha="center",
                color=colour("text"), **below,
            )  # fmt: skip
    return len(rows)


def note_below(ax: Axes, text: str, lines_between: float = 0) -> None:
    """Write a note in small print below the ticks and what stands there, wrapped to the width of the figure."""
    size = mpl.rcParams["xtick.labelsize"] * 0.92
    left, width = _span(ax)
    lines = "\n".join(wrap(part, width, size) for part in text.split("\n") if part)
    offset = -_ticks(ax) - (lines_between + 1.5) * _LINE * mpl.rcParams["xtick.labelsize"]
    ax.annotate(
        lines, (0, 0), xycoords="axes fraction", xytext=(left, offset), textcoords="offset points",
        ha="left", va="top", fontsize=size, color=colour("note"), annotation_clip=False,
    )  # fmt: skip


def room_for(texts: Sequence[str], ax: Axes, places: int) -> bool:
    """Tell whether the texts stand side by side below as many places of the x axis."""
    width = ax.get_window_extent().width / figure_of(ax).dpi * 72 / max(places, 1)
    return all(text_width(text, mpl.rcParams["xtick.labelsize"]) * 1.08 < width for text in texts)


def settle_plane(ax: Axes, height: float, *, own_figure: bool) -> None:
    """Lay the figure out around axes `height` points high; see `layout.settle`."""
    figure = figure_of(ax)
    figure.draw_without_rendering()
    if own_figure:
        around = figure.bbox.height - ax.get_window_extent().height
        figure.set_figheight(around / figure.dpi + height / 72)
        figure.draw_without_rendering()
        figure.set_layout_engine("none")


def _ticks(ax: Axes) -> float:
    return float(mpl.rcParams["xtick.major.size"])


def _span(ax: Axes) -> tuple[float, float]:
    """Return where the figure's texts may begin, in points from the left of the axes, and how wide they may be."""
    figure = figure_of(ax)
    figure.draw_without_rendering()
    around = ax.get_tightbbox()
    assert around is not None
    inside, to_points = ax.get_window_extent(), 72 / figure.dpi
    return (around.x0 - inside.x0) * to_points, around.width * to_points
