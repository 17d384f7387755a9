"""How long reading takes, beside the floor below it and the peers around it; see README.md.

Run: python tests/benchmarks/bench_reading.py [html | docx | pdf] [--rounds N] [--profile]
"""

from __future__ import annotations

import argparse
import cProfile
import io
import logging
import pstats
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from govreport_kit import simulate
from govreport_kit.documents import read_document
from govreport_kit.parsing import read_report

SEEDS = range(8)
PAGE_BYTES = 150_000


@dataclass(frozen=True)
class Peer:
    """Another way to read the same file; `target` bounds the kit's time as a multiple of the peer's."""

    name: str
    read: Callable[[Path], Any]
    target: float


def padded_page(content: bytes) -> bytes:
    """Surround a page with what sites put around a report: navigation, scripts, styles and a table as layout."""
    head, body = re.split(r"<body>\n", content.decode(), maxsplit=1)
    links = "".join(
        f'<li class="item"><a href="/channel/{number}/index.html" target="_blank" title="栏目{number}">栏目{number}</a></li>'
        for number in range(120)
    )
    navigation = f'<div class="nav"><ul>{links}</ul></div>'
    layout = f'{navigation}<table width="1000"><tr><td>{navigation}</td><td>{body.replace("</body></html>", "")}</td></tr></table>'
    script = "var a=function(e){return e&&e.length>0?e[0]:null};\n"
    style = ".c1 td{border:1px solid #ccc;padding:2px}\n"
    room = max(0, PAGE_BYTES - len((head + layout).encode()))
    scripts = f"<script>{script * (room * 2 // 3 // len(script))}</script>"
    styles = f"<style>{style * (room // 3 // len(style))}</style>"
    return f"{head.replace('</head>', styles + scripts + '</head>')}<body>\n{layout}</body></html>".encode()


def write_files(format: str, folder: Path) -> list[Path]:
    """Write one file a seed."""
    layout = {"html": "word_made", "docx": "merged", "pdf": "ruled"}[format]
    paths = []
    for seed in SEEDS:
        content = simulate.write_document(simulate.synthetic_report(seed, blanks=0.05), format, layout, seed)
        path = folder / f"{seed}.{format}"
        path.write_bytes(padded_page(content) if format == "html" else content)
        paths.append(path)
    return paths


def html_peers() -> list[Peer]:
    """Return lxml's parser alone, and the usual way to get tables out of a page."""
    import pandas as pd
    from lxml import html

    return [
        Peer("lxml.html, parsing alone", lambda path: html.fromstring(path.read_bytes()), 3),
        Peer(
            "pandas.read_html, tables only",
            lambda path: pd.read_html(io.StringIO(path.read_text("utf-8")), flavor="lxml"),
            1 / 4,
        ),
    ]


def docx_peers() -> list[Peer]:
    """Return python-docx."""
    import docx

    def walk(path: Path) -> list[str]:
        document = docx.Document(str(path))
        words = [paragraph.text for paragraph in document.paragraphs]
        return words + [cell.text for table in document.tables for row in table.rows for cell in row.cells]

    return [Peer("python-docx, text and tables", walk, 1 / 8)]


def pdf_peers() -> list[Peer]:
    """Return PDFium's text alone, and pdfplumber."""
    import pdfplumber
    import pypdfium2

    logging.getLogger("pdfminer").setLevel(logging.ERROR)

    def text(path: Path) -> list[str]:
        with pypdfium2.PdfDocument(path) as document:
            return [page.get_textpage().get_text_range() for page in document]

    def tables(path: Path) -> list[Any]:
        with pdfplumber.open(path) as document:
            return [page.extract_tables() for page in document.pages]

    return [Peer("PDFium, text alone", text, 2.5), Peer("pdfplumber, tables only", tables, 1 / 8)]


PEERS = {"html": html_peers, "docx": docx_peers, "pdf": pdf_peers}


def measure(paths: list[Path], readers: dict[str, Callable[[Path], Any]], rounds: int) -> dict[str, float]:
    """Return the median time of each reader in milliseconds; readers alternate file by file.

    It is the time of the process, not of the clock: what else runs on the machine counts little.
    """
    times: dict[str, list[float]] = {name: [] for name in readers}
    for number in range(rounds + 1):
        for path in paths:
            for name, read in readers.items():
                start = time.process_time()
                read(path)
                if number:
                    times[name].append(1000 * (time.process_time() - start))
    return {name: statistics.median(taken) for name, taken in times.items()}


def bench(format: str, rounds: int, *, profile: bool) -> None:
    """Measure one format and print the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        paths = write_files(format, Path(folder))
        peers = PEERS[format]()
        kit = {"the kit, to a Report": read_report, "the kit, to a Document": read_document}
        medians = measure(paths, kit | {peer.name: peer.read for peer in peers}, rounds)
        own = medians["the kit, to a Report"]
        size = np.mean([path.stat().st_size for path in paths]) / 1000
        print(f"{format}: {len(paths)} files of {size:.0f} KB, {rounds} rounds")
        for name, median in medians.items():
            print(f"  {name:32}{median:9.2f} ms")
        for peer in peers:
            verdict = "reached" if own <= peer.target * medians[peer.name] else "missed"
            print(f"  Report / {peer.name:32}{own / medians[peer.name]:7.2f}  target {peer.target:g}, {verdict}")
        if profile:
            print_profile(paths, rounds)


def print_profile(paths: list[Path], rounds: int) -> None:
    """Print where the time of reading goes."""
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(rounds):
        for path in paths:
            read_report(path)
    profiler.disable()
    written = io.StringIO()
    pstats.Stats(profiler, stream=written).sort_stats("tottime").print_stats(25)
    print(written.getvalue())


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("format", nargs="?", choices=list(PEERS), help="what to measure; everything if not given")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--profile", action="store_true", help="print a profile, too")
    given = parser.parse_args()
    for format in [given.format] if given.format else PEERS:
        bench(format, given.rounds, profile=given.profile)


if __name__ == "__main__":
    main()
