"""How long reading takes, beside the floor below it and the peers around it; see README.md.

Run: python tests/benchmarks/bench_reading.py [html | docx | pdf] [--files FILE ...] [--rounds N] [--profile]
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
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from govreport_kit import simulate
from govreport_kit.documents import read_document
from govreport_kit.parsing import read_report
from govreport_kit.report import Report

SEEDS = range(8)
PAGE_BYTES = 150_000
# Characters of running text; published reports have some 1,300 to 5,000 beside their tables.
NARRATIVES = {"long narrative": 4_500, "short narrative": 0}
# Invented sentences, told again with other figures until the narrative is as long as it shall be.
SENTENCES = (
    "样例区围绕年度重点任务，把政策公开同日常工作一起部署，全年召开推进会{}次，印发工作提示{}份，明确责任单位{}家。",
    "虚构市在门户网站设立{}个专题栏目，集中发布规划、预算、采购等内容{}条，方便群众按主题查找。",
    "对群众来电来信逐件登记，全年接听咨询电话{}个，当场答复{}个，其余转由业务科室在规定时间内回复。",
    "加强公开内容的日常巡查，每季度抽查一次，共发现错漏{}处，均已在五个工作日内改正，没有发生泄密事件。",
    "示例县政务服务大厅设有查阅点{}处，配备电脑和打印设备，由专人引导，全年接待{}人次。",
    "组织各单位业务人员参加集中学习，讲解条例的适用和答复文书的写法，共举办{}期，参加{}人次，较上年增加{}人次。",
    "政策文件与解读材料同步起草、同步审核、同步发布，形式包括文字、图表和短视频，全年制作解读产品{}件。",
    "完善依申请公开的办理流程，从登记、审核、征求意见到送达都有记录可查，对情况复杂的申请由法律顾问参与研究。",
    "不足之处是：有的单位更新不够及时，有的栏目内容偏少，基层工作人员变动较快，业务水平还需要提高。",
    "下一步，将继续完善制度，细化公开事项的标准，做好公开平台的维护，让公众看得到、看得懂、用得上。",
)


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


def lengthened(report: Report, characters: int, seed: int) -> Report:
    """Return a report with more running text behind the headings of its overview and its problems."""
    rng = np.random.default_rng(seed)
    text, sections, longer = report.text or "", [], 0
    for section in report.sections:
        start = section.start + longer
        if section.key in ("overview", "problems"):
            paragraphs = ""
            while len(paragraphs) < characters / 2:
                chosen = rng.permutation(len(SENTENCES))[:3]
                paragraphs += "".join(SENTENCES[number].format(*rng.integers(2, 400, 3)) for number in chosen) + "\n"
            behind = text.index("\n", start) + 1
            text = text[:behind] + paragraphs + text[behind:]
            longer += len(paragraphs)
        sections.append(replace(section, start=start, end=section.end + longer))
    return replace(report, text=text, sections=tuple(sections))


def write_files(format: str, folder: Path, characters: int) -> list[Path]:
    """Write one file a seed."""
    layout = {"html": "word_made", "docx": "merged", "pdf": "ruled"}[format]
    paths = []
    for seed in SEEDS:
        report = lengthened(simulate.synthetic_report(seed, blanks=0.05), characters, seed)
        content = simulate.write_document(report, format, layout, seed)
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
    """Return the median time of each reader in milliseconds; each reads all files in a row, as in a folder, in turn.

    It is the time of the process, not of the clock: what else runs on the machine counts little.
    """
    times: dict[str, list[float]] = {name: [] for name in readers}
    for number in range(rounds + 1):
        for name, read in readers.items():
            for path in paths:
                start = time.process_time()
                read(path)
                if number:
                    times[name].append(1000 * (time.process_time() - start))
    return {name: statistics.median(taken) for name, taken in times.items()}


def bench(title: str, format: str, paths: list[Path], rounds: int, *, profile: bool) -> None:
    """Measure files of one format and print the ratios."""
    peers = PEERS[format]()
    kit = {"the kit, to a Report": read_report, "the kit, to a Document": read_document}
    medians = measure(paths, kit | {peer.name: peer.read for peer in peers}, rounds)
    own, document = medians["the kit, to a Report"], medians["the kit, to a Document"]
    size = np.mean([path.stat().st_size for path in paths]) / 1000
    length = np.mean([len(read_document(path).text) for path in paths])
    print(f"{format}, {title}: {len(paths)} files of {size:.0f} KB and {length:,.0f} characters, {rounds} rounds")
    for name, median in medians.items():
        print(f"  {name:32}{median:9.2f} ms")
    for peer in peers:
        for what, taken in (("Document", document), ("Report", own)):
            ratio = taken / medians[peer.name]
            verdict = "reached" if ratio <= peer.target else "missed"
            print(f"  {what:8} / {peer.name:30}{ratio:7.2f}  target {peer.target:g}, {verdict}")
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
    parser.add_argument("--files", nargs="+", type=Path, help="files of that format, instead of invented ones")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--profile", action="store_true", help="print a profile, too")
    given = parser.parse_args()
    if given.files:
        bench(
            "given files", given.format or given.files[0].suffix[1:], given.files, given.rounds, profile=given.profile
        )
        return
    for format in [given.format] if given.format else PEERS:
        for title, characters in NARRATIVES.items():
            with tempfile.TemporaryDirectory() as folder:
                paths = write_files(format, Path(folder), characters)
                bench(title, format, paths, given.rounds, profile=given.profile)


if __name__ == "__main__":
    main()
