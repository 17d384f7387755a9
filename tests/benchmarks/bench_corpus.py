"""How long an invented corpus takes, and how much memory.

Run: python tests/benchmarks/bench_corpus.py [REPORTS] [--applicants total]
"""

from __future__ import annotations

import argparse
import resource
import time

from govreport_kit import simulate


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", nargs="?", type=int, default=100_000)
    parser.add_argument("--applicants", choices=["all", "total"], default="all")
    given = parser.parse_args()
    start = time.perf_counter()
    corpus = simulate.synthetic_corpus(given.reports, range(2019, 2026), applicants=given.applicants)
    seconds = time.perf_counter() - start
    # In KB on Linux.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    frames = sum(frame.memory_usage(deep=True).sum() for frame in corpus.frames().values()) / 1e9
    print(f"{len(corpus):,} reports with {len(corpus.requests):,} cells of request tables")
    print(f"{seconds:.1f} s, {peak:.1f} GB at the peak, {frames:.2f} GB of frames")


if __name__ == "__main__":
    main()
