"""How long a picture of the tables takes, and how much memory, as a multiple of bare rapidocr on the same picture.

Run: python tests/benchmarks/bench_pictures.py [PICTURE] [--rounds 3]
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median


def by_the_kit(file: str) -> Callable[[], object]:
    """Return what reads a picture to a report."""
    from govreport_kit import read_report
    from govreport_kit.documents import Limits

    return lambda: read_report(file, Limits(most_seconds=None))


def by_rapidocr(file: str) -> Callable[[], object]:
    """Return what finds and reads the lines of a picture, without tables, second looks and sums."""
    import numpy as np
    from PIL import Image
    from rapidocr import RapidOCR

    engine = RapidOCR()
    return lambda: engine(np.asarray(Image.open(file).convert("RGB")))


READERS = {"kit": by_the_kit, "rapidocr": by_rapidocr}


def measure(reader: str, file: str, rounds: int) -> dict[str, float]:
    """Read a picture in a process of its own: median seconds of its clock and of the wall's, and its peak of memory."""
    command = [sys.executable, __file__, file, "--reader", reader, "--rounds", str(rounds)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1]
    measured: dict[str, float] = json.loads(told)
    return measured


def measure_here(reader: str, file: str, rounds: int) -> dict[str, float]:
    """As `measure`, in this process; the first reading loads the models and does not count."""
    read = READERS[reader](file)
    read()
    clocks, walls = [], []
    for _ in range(rounds):
        clock, wall = time.process_time(), time.perf_counter()
        read()
        clocks.append(time.process_time() - clock)
        walls.append(time.perf_counter() - wall)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6  # in KB on Linux
    return {"process": median(clocks), "wall": median(walls), "peak": peak}


def picture(folder: str) -> str:
    """Draw an invented report of three tables, 1000 pixels wide."""
    from govreport_kit.simulate import synthetic_report
    from govreport_kit.simulate.picture import picture_of

    file = Path(folder, "picture.png")
    file.write_bytes(picture_of(synthetic_report(1, form="f2021", level="county")))
    return str(file)


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", help="a picture; default: an invented report")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--reader", choices=list(READERS), help="print what one reader takes, as JSON")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = given.file or picture(folder)
        if given.reader:
            print(json.dumps(measure_here(given.reader, file, given.rounds)))
            return
        found = {reader: measure(reader, file, given.rounds) for reader in READERS}
    for reader, took in found.items():
        print(
            f"{reader:9} {took['process']:6.1f} s of the process, {took['wall']:6.1f} s, {took['peak']:.2f} GB at the peak"
        )
    ratio = found["kit"]["process"] / found["rapidocr"]["process"]
    print(f"the kit takes {ratio:.2f} of bare rapidocr (target at most 1.5)")


if __name__ == "__main__":
    main()
