"""A grid of cells, each with its number: what heat maps share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from govreport_kit.figures import layout
from govreport_kit.figures.theme import colour, ink_on, shade

_CELL = 1.9  # height of a cell at least, in font sizes


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One cell: its number as it is printed, how dark it is from 0 to 1, and whether it is hatched.

    A cell without a shade is blank: nothing is known there.
    """

    text: str
    shade: float | None = None
    hatched: bool = False


def draw_heatmap(
    ax: Axes, rows: Sequence[str], columns: Sequence[str], cells: Sequence[Sequence[HeatCell]], *, even: bool = True
) -> list[float]:
    """Draw a grid of cells, names of rows at the left and of columns above; with `even` the rows are equally high.

    Returns
    -------
    list of float
        The middle of each row on the y axis.
    """
    size = mpl.rcParams["ytick.labelsize"]
    middles = layout.style_rows(ax, rows, lowest=_CELL * size, even=even)
    edges = layout.row_edges(middles, ax.get_ylim()[0])
    ax.set_xlim(0, len(columns))
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    for row, line in enumerate(cells):
        for column, cell in enumerate(line):
            _draw_cell(ax, column, edges[row], edges[row + 1], cell)
    _name_columns(ax, columns)
    return middles


def _draw_cell(ax: Axes, column: int, top: float, bottom: float, cell: HeatCell) -> None:
    background = "white" if cell.shade is None else shade(cell.shade)
    if cell.hatched:  # a patch of its own, whose colour is that of the hatches and not of the edges
        with mpl.rc_context({"hatch.linewidth": mpl.rcParams["grid.linewidth"]}):
            ax.add_patch(
                Rectangle((column, top), 1, bottom - top, facecolor=background, edgecolor=colour("reference"),
                          linewidth=0, hatch="////")
            )  # fmt: skip
    ax.add_patch(
        Rectangle((column, top), 1, bottom - top, facecolor="none" if cell.hatched else background,
                  edgecolor="white", linewidth=2 * mpl.rcParams["axes.linewidth"])
    )  # fmt: skip
    if cell.text:
        box = {"facecolor": background, "edgecolor": "none", "pad": 0.8} if cell.hatched else None
        ax.text(
            column + 0.5, (top + bottom) / 2, cell.text, ha="center", va="center_baseline",
            fontsize=mpl.rcParams["xtick.labelsize"], color=ink_on(background), bbox=box,
        )  # fmt: skip


def _name_columns(ax: Axes, columns: Sequence[str]) -> None:
    """Write the names above the columns, upright where they are wider than the columns."""
    size = mpl.rcParams["xtick.labelsize"]
    width = ax.get_window_extent().width / layout.figure_of(ax).dpi * 72 / len(columns)
    upright = any(layout.text_width(line, size) > 0.93 * width for name in columns for line in name.split("\n"))
    for column, name in enumerate(columns):
        ax.annotate(
            name.replace("\n", "  ") if upright else name, (column + 0.5, 1), xycoords=ax.get_xaxis_transform(),
            xytext=(0, 0.5 * size), textcoords="offset points", rotation=90 if upright else 0, ha="center",
            va="bottom", fontsize=size, color=colour("text"), linespacing=1.15,
        )  # fmt: skip
