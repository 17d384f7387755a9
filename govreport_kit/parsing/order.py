"""Which of some rows stand in the order of the form; one out of order is not to be trusted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence


def certainly_in_order(ranks: Sequence[int], *, repeats: bool) -> list[int]:
    """Return the places of the ranks which stand in every longest run of rising ranks.

    Where two runs are as long, as in 1, 3, 2, 4, nothing tells which of the ranks they differ in is out of order.

    Parameters
    ----------
    ranks : sequence of int
        The place in the form of each row, in the order in which the rows were read.
    repeats : bool
        Whether a rank may follow itself in a run.

    Returns
    -------
    list of int
        Indices into `ranks`, rising.
    """
    before = _longest_runs(ranks, repeats=repeats)
    behind = _longest_runs([-rank for rank in reversed(ranks)], repeats=repeats)[::-1]
    longest = max(before, default=0)
    in_a_run = [place for place in range(len(ranks)) if before[place] + behind[place] == longest + 1]
    rivals = Counter(before[place] for place in in_a_run)
    return [place for place in in_a_run if rivals[before[place]] == 1]


def _longest_runs(ranks: Iterable[int], *, repeats: bool) -> list[int]:
    """Return the length of the longest run that ends at each rank, by patience sorting."""
    search = bisect_right if repeats else bisect_left
    lowest: list[int] = []
    lengths = []
    for rank in ranks:
        length = search(lowest, rank)
        lowest[length : length + 1] = [rank]
        lengths.append(length + 1)
    return lengths
