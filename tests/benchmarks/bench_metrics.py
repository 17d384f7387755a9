"""How long rates of a large corpus take: against the pandas groupby they rest on, and against loading first.

Run: python tests/benchmarks/bench_metrics.py [REPORTS] [--rounds N] [--metrics KEY ...]
"""

from __future__ import annotations

import argparse
import gc
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pandas as pd

from govreport_kit import codebook, load_corpus, rate, simulate
from govreport_kit.codebook.figure_keys import cells_of, parse_figure_key
from govreport_kit.corpus import Corpus

BY = ["year", "level", "province"]
METRICS = ["refusal_rate", "disclosure_on_merits_no_referral", "clearance", "reconsideration_per_closed"]


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", nargs="?", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--metrics", nargs="+", default=METRICS)
    given = parser.parse_args()
    corpus = simulate.synthetic_corpus(given.reports, range(2019, 2026))
    frames = sum(frame.memory_usage(deep=True).sum() for frame in corpus.frames().values()) / 1e9
    cells = sum(len(getattr(corpus, table)) for table in codebook.tables)
    print(f"{len(corpus):,} reports, {cells:,} cells, {frames:.2f} GB of frames")
    print(f"{'metric':36} {'pandas s':>9} {'rate s':>9} {'ratio':>6} (target 1.2)")
    for metric in given.metrics:
        floor, ours = _in_turn(
            given.rounds, lambda m=metric: _by_hand(corpus, m), lambda m=metric: rate(corpus, m, BY, scope="any")
        )
        print(f"{metric:36} {floor:9.3f} {ours:9.3f} {ours / floor:6.2f}")
    with tempfile.TemporaryDirectory() as folder:
        corpus.save(folder)
        _from_disk(Path(folder), given.metrics, given.rounds)
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.1f} GB at the peak")


def _from_disk(folder: Path, metrics: list[str], rounds: int) -> None:
    print(f"{'metric':36} {'load s':>9} {'path s':>9} {'times faster':>12} (target 5)")
    for metric in metrics:
        loaded, direct = _in_turn(
            rounds,
            lambda m=metric: rate(load_corpus(folder), m, BY, scope="any"),
            lambda m=metric: rate(folder, m, BY, scope="any"),
        )
        print(f"{metric:36} {loaded:9.3f} {direct:9.3f} {loaded / direct:12.1f}")


def _by_hand(corpus: Corpus, metric: str) -> pd.DataFrame:
    """Sum the cells of numerator and denominator by group: the groupby which a rate rests on, with no check at all."""
    entry = codebook.metrics[metric]
    sums = {"k": _signs(entry.numerator), "n": _signs(entry.denominator)}
    pooled = dict.fromkeys(sums, 0)
    for table in dict.fromkeys(place[0] for signs in sums.values() for place in signs):
        names = codebook.tables[table]
        places = {place for signs in sums.values() for place in signs if place[0] == table}
        frame = getattr(corpus, table)
        wanted = frame[names.column_name].isin({place[2] for place in places})
        wanted &= frame[names.row_name].isin({place[1] for place in places})
        cells = frame.loc[wanted, ["report_id", names.row_name, names.value_name]]
        cells = cells.merge(corpus.reports[["report_id", *BY]], on="report_id")
        for name, signs in sums.items():
            for sign in (1, -1):
                rows = {place[1] for place, number in signs.items() if place[0] == table and number == sign}
                if rows:
                    some = cells[cells[names.row_name].isin(rows)]
                    total = some.groupby(BY, observed=True, dropna=False)[names.value_name].sum()
                    pooled[name] = pooled[name] + sign * total
    frame = pd.DataFrame(pooled)
    return frame.assign(rate=frame["k"] / frame["n"])


def _signs(keys: tuple[str, ...]) -> dict[tuple[str, str, str], int]:
    signs: dict[tuple[str, str, str], int] = {}
    for key in keys:
        figure = parse_figure_key(key.removeprefix("-"))
        for row, column in cells_of(figure):
            place = (figure.table, row, column)
            signs[place] = signs.get(place, 0) + (-1 if key.startswith("-") else 1)
    return signs


def _in_turn(rounds: int, *calls: Callable[[], object]) -> list[float]:
    """Return the median time of the process for each call, all called in turn."""
    times: list[list[float]] = [[] for _ in calls]
    for _ in range(rounds):
        for call, taken in zip(calls, times, strict=True):
            gc.collect()
            start = time.process_time()
            call()
            taken.append(time.process_time() - start)
    return [median(taken) for taken in times]


if __name__ == "__main__":
    main()
