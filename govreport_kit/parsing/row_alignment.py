"""Groups of figures to rows of the form: by their labels, and by the form's order between two labels."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from govreport_kit.parsing.order import certainly_in_order


def align_rows(rows: Sequence[str], strong: Sequence[str | None], weak: Sequence[str | None]) -> list[str | None]:
    """Give each group of figures its row.

    Parameters
    ----------
    rows : sequence of str
        The rows of the form in printed order.
    strong : sequence of (str or None)
        For each group the row that its own label names, None where its label is torn off.
    weak : sequence of (str or None)
        For each group the row named by words somewhere before it, which may be the end of the label above.

    Returns
    -------
    list of (str or None)
        A row, or None where it cannot be told. Groups without a label take the rows between their
        labelled neighbours only if there are as many of them as rows, and no weak label objects.
    """
    places = {row: place for place, row in enumerate(rows)}
    labelled = [(number, places[row]) for number, row in enumerate(strong) if row in places]
    anchors = [labelled[index] for index in certainly_in_order([place for _, place in labelled], repeats=False)]
    aligned: list[str | None] = [None] * len(strong)
    for number, place in anchors:
        aligned[number] = rows[place]
    for (before, above), (after, below) in pairwise([(-1, -1), *anchors, (len(strong), len(rows))]):
        torn = range(before + 1, after)
        placed = range(above + 1, below)
        if len(torn) != len(placed) or any(strong[number] for number in torn):
            continue
        pairs = list(zip(torn, placed, strict=True))
        if all(weak[number] in (None, *rows[max(0, place - 1) : place + 1]) for number, place in pairs):
            for number, place in pairs:
                aligned[number] = rows[place]
    return aligned
