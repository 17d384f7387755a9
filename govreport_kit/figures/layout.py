"""What figures of one row a group share: labels at the left, columns of figures at the right, a legend above."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from itertools import takewhile
from typing import Any, cast

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.legend_handler import HandlerPatch
from matplotlib.patches import Patch, Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Bbox, ScaledTranslation

from govreport_kit.figures.theme import colour

_LINE = 1.3  # height of a line of text, in font sizes
_FINE = 720  # dots per inch for measuring texts
_LABEL_SHARE = 0.43  # of the width of empty axes, for the labels at the left


def new_axes() -> Axes:
    """Return the axes of a new figure of the theme's width; `settle` gives it its height.

    Until then it is high enough for whatever stands above and below the axes.
    """
    from matplotlib import pyplot as plt  # only here: its import settles the user's backend

    width, _ = mpl.rcParams["figure.figsize"]
    return plt.figure(figsize=(width, 2 * width)).add_subplot()


def figure_of(ax: Axes) -> Figure:
    """Return the figure, which may hold the axes in a subfigure."""
    return cast(Figure, ax.get_figure(root=True))


def text_width(text: str, size: float) -> float:
    """Return the width of a line of text in points."""
    return float(_ruler().get_text_width_height_descent(text, FontProperties(size=size), False)[0]) * 72 / _FINE


@cache
def _ruler() -> Any:
    return RendererAgg(1, 1, _FINE)  # type: ignore[no-untyped-call]  # matplotlib leaves its backends untyped


def wrap(text: str, width: float, size: float) -> str:
    """Break a text into lines no wider than `width` points and about as long as each other.

    Lines break at spaces, and between Chinese characters but not before closing marks.
    """
    lines = _lines(text, width, size)
    narrower = (_lines(text, width * part / 20, size) for part in range(19, 9, -1))
    even = takewhile(lambda tried: len(tried) == len(lines), narrower)
    return "\n".join([lines, *even][-1])


def _lines(text: str, width: float, size: float) -> list[str]:
    lines = [""]
    for part in _unbreakable_parts(text):
        if lines[-1] and text_width((lines[-1] + part).rstrip(), size) > width:
            lines.append("")
        lines[-1] += part if lines[-1] else part.lstrip()
    return [line.rstrip() for line in lines]


def _unbreakable_parts(text: str) -> list[str]:
    parts = [""]
    for before, character in zip(" " + text, text, strict=False):
        wide = _is_wide(character) or _is_wide(before)
        closing, opening = character in "，。、；：）)】》%,.;:”’", before in "（(【《“‘"
        if (before == " " or wide) and not closing and not opening and character != " ":
            parts.append("")
        parts[-1] += character
    return [part for part in parts if part]


def _is_wide(character: str) -> bool:
    return character > "\u2e7f"


def style_rows(
    ax: Axes,
    labels: Sequence[str],
    headings: Collection[int] = (),
    *,
    lowest: float | Sequence[float] = 0.0,
    even: bool = False,
) -> list[float]:
    """Give the axes one row for each label, the first at the top, and the theme's look.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        The axes; their y axis counts points, so that rows are as high as their labels need.
    labels : sequence of str
        The labels; long ones are wrapped.
    headings : collection of int
        Rows whose label is a heading of the rows below: it begins where their labels begin.
    lowest : float or sequence of float
        How high the rows are at least, in points.
    even : bool
        Whether all rows are as high as the highest.

    Returns
    -------
    list of float
        The middle of each row on the y axis.
    """
    size = mpl.rcParams["ytick.labelsize"]
    width = ax.get_window_extent().width / figure_of(ax).dpi * 72
    wrapped = [wrap(label, width * (1 if row in headings else _LABEL_SHARE), size) for row, label in enumerate(labels)]
    least = [lowest] * len(wrapped) if isinstance(lowest, int | float) else lowest
    heights = [
        max(size * (_LINE * (label.count("\n") + 1) + 0.8), low) for label, low in zip(wrapped, least, strict=True)
    ]
    heights = [max(heights)] * len(heights) if even else heights
    # The built-in sum rounds otherwise before Python 3.12; a figure is the same bytes on each.
    middles = [math.fsum(heights[:row]) + height / 2 for row, height in enumerate(heights)]
    named = [row for row in range(len(labels)) if row not in headings]
    ax.set_ylim(math.fsum(heights), 0)
    ax.set_yticks([middles[row] for row in named], [wrapped[row] for row in named], parse_math=False)
    ax.grid(visible=False)
    ax.set_facecolor("none")
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.spines["bottom"].set(color=colour("text"), linewidth=mpl.rcParams["axes.linewidth"])
    ink = {"colors": colour("text"), "labelfontfamily": mpl.rcParams["font.family"]}
    ax.tick_params(axis="y", length=0, labelsize=size, **ink)
    ax.tick_params(
        axis="x",
        length=mpl.rcParams["xtick.major.size"],
        width=mpl.rcParams["xtick.major.width"],
        labelsize=mpl.rcParams["xtick.labelsize"],
        **ink,
    )
    _write_headings(ax, {middles[row]: wrapped[row] for row in headings})
    return middles


def row_edges(middles: Sequence[float], bottom: float) -> list[float]:
    """Return where rows begin and end on the y axis, from their middles and the end of the last."""
    edges = [0.0]
    for middle in middles:
        edges.append(2 * middle - edges[-1])
    edges[-1] = bottom
    return edges


def _write_headings(ax: Axes, texts: Mapping[float, str]) -> None:
    inside, rows = _extents(ax)
    to_points = 72 / figure_of(ax).dpi
    for y, text in texts.items():
        ax.annotate(
            text, (0, y), xycoords=ax.get_yaxis_transform(),
            xytext=((rows.x0 - inside.x0) * to_points, 0), textcoords="offset points",
            va="center", fontsize=mpl.rcParams["ytick.labelsize"], color=colour("text"),
        )  # fmt: skip


def label_values(ax: Axes, label: str, note: str = "") -> None:
    """Label the axis of values, with a note in small print below."""
    size = mpl.rcParams["axes.labelsize"]
    width = _width_below(ax)
    ax.set_xlabel(wrap(label, width, size), color=colour("text"), fontsize=size, fontfamily=mpl.rcParams["font.family"])
    if note:
        ax.annotate(
            wrap(note, width, _small()), (0.5, 0), xycoords=ax.xaxis.label, xytext=(0, -0.4 * size),
            textcoords="offset points", ha="center", va="top", fontsize=_small(), color=colour("note"),
        )  # fmt: skip


def heading_at(ax: Axes, value: float, text: str, ha: str = "center") -> None:
    """Write a short text above the axes, at a value."""
    size = mpl.rcParams["xtick.labelsize"]
    ax.annotate(
        text, (value, 1), xycoords=ax.get_xaxis_transform(), xytext=(0, 0.5 * size), textcoords="offset points",
        ha=ha, va="baseline", fontsize=size, color=colour("reference"),
    )  # fmt: skip


def _width_below(ax: Axes) -> float:
    """Return how wide a text centred below the axes may be, in points: as far as the rows reach on both sides."""
    inside, rows = _extents(ax)
    middle = (inside.x0 + inside.x1) / 2
    return float(2 * min(middle - rows.x0, rows.x1 - middle) / figure_of(ax).dpi * 72)


def _extents(ax: Axes) -> tuple[Bbox, Bbox]:
    """Return where the axes are, without and with the texts around them, in pixels."""
    figure_of(ax).draw_without_rendering()
    rows = ax.get_tightbbox()
    assert rows is not None
    return ax.get_window_extent(), rows


def right_columns(ax: Axes, middles: Sequence[float], columns: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Write columns of figures at the right of the axes: for each a heading, and a cell for each row."""
    size = mpl.rcParams["xtick.labelsize"]
    edge = 0.0
    for heading, cells in columns:
        edge += size + max(text_width(text, size) for text in (heading, *cells))
        at_edge = {"textcoords": "offset points", "ha": "right", "fontsize": size}
        ax.annotate(
            heading, (1, 1), xycoords="axes fraction", xytext=(edge, 0.5 * size), **at_edge,
            va="baseline", color=colour("note"),
        )  # fmt: skip
        for middle, cell in zip(middles, cells, strict=True):
            ax.annotate(
                cell, (1, middle), xycoords=ax.get_yaxis_transform(), xytext=(edge, 0), **at_edge,
                va="center_baseline", color=colour("text"),
            )  # fmt: skip


def blank(ax: Axes, middle: float, reason: str) -> None:
    """Say in an empty row why it is empty."""
    ax.annotate(
        reason, (0, middle), xycoords=ax.get_yaxis_transform(), xytext=(_small() / 2, 0), textcoords="offset points",
        va="center_baseline", fontsize=_small(), color=colour("note"),
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
    )  # fmt: skip


def legend_above(ax: Axes, handles: Sequence[Artist], labels: Sequence[str], above: float = 0.0) -> None:
    """Place a legend above the axes and their right-hand columns, read row by row, `above` points higher."""
    size = mpl.rcParams["legend.fontsize"]
    figure = figure_of(ax)
    inside, rows = _extents(ax)
    to_points = 72 / figure.dpi
    widest = max(text_width(label, size) for label in labels) + 2.6 * size
    columns = max(1, min(len(labels), int(rows.width * to_points // widest)))
    columns = -(-len(labels) // -(-len(labels) // columns))
    by_column = [index for start in range(columns) for index in range(start, len(labels), columns)]
    raised = ScaledTranslation(0, (1.9 * size + above) / 72, figure.dpi_scale_trans)
    ax.legend(
        [handles[index] for index in by_column],
        [labels[index] for index in by_column],
        ncols=columns,
        loc="lower left",
        bbox_to_anchor=((rows.x0 - inside.x0) / inside.width, 1),
        bbox_transform=ax.transAxes + raised,
        labelcolor=colour("text"),
        handleheight=1.5,  # more than any letter reaches up or down, so that all lines are equally high
        handler_map={Patch: HandlerPatch(patch_func=_square)},
        prop={"size": size, "family": mpl.rcParams["font.family"]},
    )


def _square(*, width: float, fontsize: float, **_: Any) -> Rectangle:
    return Rectangle((0, -0.05 * fontsize), width, 0.85 * fontsize)


def settle(ax: Axes, *, fit_height: bool) -> None:
    """Lay the figure out, with `fit_height` as high as its rows need and from then on as it is.

    A layout which is made anew for each file moves by rounding errors, and the bytes of the files with it.
    """
    figure = figure_of(ax)
    figure.draw_without_rendering()
    if fit_height:
        around = figure.bbox.height - ax.get_window_extent().height
        figure.set_figheight(around / figure.dpi + ax.get_ylim()[0] / 72)
        figure.draw_without_rendering()
        figure.set_layout_engine("none")


def keep_if_fits(text: Text, width: float, height: float) -> None:
    """Remove a text which is wider or higher than the data coordinates given leave room for."""
    axes = cast(Axes, text.axes)
    (x0, y0), (x1, y1) = axes.transData.transform([(0, 0), (width, height)])
    box = text.get_window_extent()
    if box.width * 1.3 > abs(x1 - x0) or box.height > abs(y1 - y0):
        text.remove()


def _small() -> float:
    return float(mpl.rcParams["xtick.labelsize"]) * 0.92
