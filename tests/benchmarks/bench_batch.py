"""How much faster two processes read a folder than one, what a second run costs, and how memory grows.

Usage: python tests/benchmarks/bench_batch.py [DOCUMENTS] [ROUNDS]

The runs alternate, so that what else the machine does falls on all of them; ratios and medians tell
more than seconds. Memory is that of the main process, which gathers and writes.
"""

import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "data" / "examples" / "shili-xian-2023.html"

RUN = """
import json, resource, sys, time
from govreport_kit.batch import write_reports

folder, output, workers, cache = sys.argv[1:]
start = time.perf_counter()
written = write_reports(folder, output, workers=int(workers), cache=cache or False, progress=False)
seconds = time.perf_counter() - start
own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({
    "reports": written.reports, "seconds": seconds, "memory": own.ru_maxrss / 1024,
    "own cpu": own.ru_utime + own.ru_stime, "workers cpu": children.ru_utime + children.ru_stime,
}))
"""


def make_documents(folder, count):
    """Write pages like the example, each of another agency and with other figures."""
    page = EXAMPLE.read_text("utf-8")
    folder.mkdir()
    for number in range(count):
        figures = random.Random(number)
        text = re.sub(r"(?<=>)\d+(?=<)", lambda _, figures=figures: str(figures.randrange(1, 100)), page)
        (folder / f"{number:06}.html").write_text(text.replace("示例县", f"示例{number}县"), "utf-8")


def run(folder, workers, cache=""):
    """Read a folder in a fresh process, and return what it took."""
    command = [sys.executable, "-c", RUN, folder, folder.with_name("out"), str(workers), str(cache)]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert told["reports"] == len(list(folder.iterdir()))
    return told


def main(count=10_000, rounds=3):
    with tempfile.TemporaryDirectory() as place:
        folder, small, cache = Path(place, "documents"), Path(place, "small"), Path(place, "cache")
        make_documents(folder, count)
        make_documents(small, count // 10)
        run(small, 2)
        kinds = {
            "one process": lambda: run(folder, 1),
            "two processes": lambda: run(folder, 2),
            "two, a tenth": lambda: run(small, 2),
        }
        runs = {name: [] for name in kinds}
        for _ in range(rounds):
            for name, measure in kinds.items():
                runs[name].append(measure())
        run(folder, 2, cache)
        runs["second run"] = [run(folder, 2, cache)]
    print(f"{count} documents, {rounds} rounds, {os.cpu_count()} cores; medians")
    columns = ["reports", "seconds", "own cpu", "workers cpu", "memory"]
    print(f"{'':<16}" + "".join(f"{column:>14}" for column in columns))
    for name, told in runs.items():
        medians = [statistics.median(one[column] for one in told) for column in columns]
        print(f"{name:<16}" + "".join(f"{median:>14.1f}" for median in medians))
    pairs = zip(runs["one process"], runs["two processes"], strict=True)
    ratios = [one["seconds"] / two["seconds"] for one, two in pairs]
    listed = ", ".join(f"{ratio:.2f}" for ratio in ratios)
    print(f"one process / two processes: {statistics.median(ratios):.2f} ({listed})")
    memory = statistics.median(one["memory"] for one in runs["two processes"])
    tenth = statistics.median(one["memory"] for one in runs["two, a tenth"])
    print(f"memory of the folder / of a tenth of it: {memory / tenth:.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
