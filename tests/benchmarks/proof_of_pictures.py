"""How many figures are read right from pictures of invented tables, and how many wrong ones nothing tells of."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import numpy as np

from govreport_kit.documents import Document, Limits, read_document
from govreport_kit.errors import DocumentError
from govreport_kit.parsing import tables as reading
from govreport_kit.parsing.identities import imbalances
from govreport_kit.parsing.recognised import as_far_as_certain
from govreport_kit.report import Cell, Report
from govreport_kit.simulate import synthetic_report
from govreport_kit.simulate.picture import Wear, picture_of

Place = tuple[str, str, str]

WEAR = {
    "clean, 1000 px": Wear(),
    "clean, 2000 px": Wear(width=2000),
    "width 800": Wear(width=800),
    "width 600": Wear(width=600),
    "JPEG 60": Wear(quality=60),
    "JPEG 20": Wear(quality=20),
    "width 600, JPEG 40": Wear(width=600, quality=40),
    "blur 1.0": Wear(blur=1.0, quality=80),
    "blur 1.6": Wear(blur=1.6, quality=80),
    "rotation 1": Wear(width=1200, rotation=1.0, quality=80),
    "rotation -3": Wear(width=1200, rotation=-3.0, quality=80),
    "noise 12": Wear(noise=12, quality=80),
    "noise 25": Wear(noise=25, quality=80),
    "red seal": Wear(seal=True, quality=80),
    "light rules": Wear(rules="light", quality=80),
    "dotted rules": Wear(rules="dotted", quality=90),
    "scan": Wear(width=1200, blur=0.7, rotation=0.6, noise=8, quality=70, seal=True),
    "bad scan": Wear(width=800, blur=0.9, rotation=-1.7, noise=14, quality=40, seal=True),
}
HARD = ("width 600, JPEG 40", "blur 1.6", "JPEG 20", "noise 25", "bad scan")


def truths(seed: int, pages: int) -> Iterator[Report]:
    """Yield invented reports; in every third some cells which would hold 0 are blank or hold a mark for none."""
    for page in range(pages):
        form = "f2019" if page % 4 == 3 else "f2021"
        level = ("county", "prefecture", "province")[page % 3]
        report = synthetic_report(seed + page, form=form, level=level)
        yield with_nothing_for_0(report, 0.15, np.random.default_rng(seed + page)) if page % 3 == 1 else report


def with_nothing_for_0(report: Report, share: float, rng: np.random.Generator) -> Report:
    """Return a report with a share of its zeros left out, half of them blank."""
    drawn = rng.random(len(report.cells)) < share
    states = rng.choice(["blank", "not_applicable"], len(report.cells))
    cells = tuple(
        replace(cell, value=None, state=str(state)) if none and cell.state == "zero" else cell
        for cell, none, state in zip(report.cells, drawn, states, strict=True)
    )
    return replace(report, cells=cells)


def values(cells: tuple[Cell, ...]) -> dict[Place, Cell]:
    """Return the cells of the tables by their place."""
    return {(cell.table, cell.row, cell.column): cell for cell in cells if cell.source == "table"}


def measure(truth: Report, document: Document) -> Counter[str]:
    """Count the cells of one picture by what became of them."""
    certain = as_far_as_certain(document)
    with patch.object(reading, "settle", lambda table, found: []):
        before = values(reading.read_tables(certain).cells)
    tables = reading.read_tables(certain)
    after = values(tables.cells)
    told = suspected(after)
    count: Counter[str] = Counter()
    for place, cell in values(truth.cells).items():
        got = after.get(place)
        count["cells"] += 1
        count["before"] += place in before and before[place].value == cell.value
        count["unreadable" if got and got.state == "unreadable" else "lost" if got is None else "read"] += 1
        right = got is not None and got.state != "unreadable" and got.value == cell.value
        count["after"] += right
        if got is not None and got.state != "unreadable" and not right:
            count["told" if place in told else "silent"] += 1
            if place not in told:
                print("  silent:", "/".join(place), "is", cell.value, cell.state, "read", got.value, got.state)
    count["corrected"] += len(tables.corrections)
    return count


def suspected(cells: dict[Place, Cell]) -> set[Place]:
    """Return the cells of sums which do not hold."""
    found: set[Place] = set()
    for table in ("requests", "reviews"):
        own = {place[1:]: cell for place, cell in cells.items() if place[0] == table}
        for broken in imbalances(table, own):
            found |= {(table, *place) for place in (*broken.identity.left, *broken.identity.right)}
    return found


def main() -> None:
    """Print a table, one row a kind of wear."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2, help="pictures for each kind of wear")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", choices=list(WEAR), help="kinds of wear; all by default")
    options = parser.parse_args()
    total: dict[bool, Counter[str]] = {False: Counter(), True: Counter()}
    print(
        f"{'wear':20}{'cells':>7}{'before':>9}{'after':>9}{'corrected':>10}{'unread.':>9}{'lost':>6}{'told':>6}{'silent':>7}{'s':>6}"
    )
    for number, name in enumerate(options.only or WEAR):
        count: Counter[str] = Counter()
        began = time.process_time()
        for page, truth in enumerate(truths(options.seed + 1000 * number, options.pages)):
            rng = np.random.default_rng([options.seed, number, page])
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder, "picture")
                file.write_bytes(picture_of(truth, WEAR[name], rng))
                try:
                    count += measure(truth, read_document(file, Limits(most_seconds=None)))
                except DocumentError as error:
                    print("  refused:", error)
                    count += Counter(cells=len(values(truth.cells)), lost=len(values(truth.cells)))
        total[name in HARD] += count
        print_row(name, count, (time.process_time() - began) / options.pages)
    for hard, count in total.items():
        if count:
            print_row("all hard" if hard else "all moderate", count)


def print_row(name: str, count: Counter[str], seconds: float = 0.0) -> None:
    """Print one row of the table."""
    cells = max(count["cells"], 1)
    print(
        f"{name:20}{count['cells']:>7}{count['before'] / cells:>9.2%}{count['after'] / cells:>9.2%}{count['corrected']:>10}"
        f"{count['unreadable']:>9}{count['lost']:>6}{count['told']:>6}{count['silent']:>7}{seconds:>6.1f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
