"""Build ``data/published`` from the figures read by hand.

Usage: ``python data/build_published.py FIGURES.jsonl [FOLDER]``. The input holds one report a line
in the parsed-report format; ``published_mends.toml`` tells what is left out and renamed, and codes of
divisions are added where the agency's name settles them. The output is a corpus as `Corpus.save`
writes it, the panel as plain CSV, a Frictionless ``datapackage.json``, and the table of counts in the
folder's README.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from govreport_kit import codebook
from govreport_kit.corpus import Corpus
from govreport_kit.corpus.frames import FRAMES
from govreport_kit.exporting.data_package import DESCRIPTOR, resource, write_descriptor
from govreport_kit.exporting.tables import Table, tables_of
from govreport_kit.parsing.narrative_cells import narrative_cells
from govreport_kit.parsing.places import settled_code
from govreport_kit.report import Cell, Fact, Report

FOLDER = Path(__file__).parent / "published"
MENDS = Path(__file__).parent / "published_mends.toml"
VERSION = "1.0.0"
COUNTS_BEGIN, COUNTS_END = "<!-- counts: written by data/build_published.py -->", "<!-- end of counts -->"

FRAME_TITLES = {  # where the bundled figures differ from what the frame is for
    "sections": ("Sections of the reports (none were recorded)", "报告各部分（未记录）"),
    "claims": ("What the running text says about figures (none were recorded)", "正文对数据的说明（未记录）"),
    "corrections": ("Cells whose value is not the one that was read (none)", "更正过的单元格（无）"),
    "notes": ("What was noticed in the reports (nothing was recorded)", "读取时的说明（未记录）"),
    "failures": ("Documents that could not be read (none)", "未能读取的文件（无）"),
}


def read_figures(path: Path) -> list[Report]:
    """Read the reports, mend and check them, name the units of the form, add counts of the running text."""
    reports = mended([Report.from_json(line) for line in path.read_text("utf-8").splitlines()])
    require_one_a_report(reports)
    return [_completed(report) for report in reports]


def mended(reports: Sequence[Report]) -> list[Report]:
    """Leave out and rename what ``published_mends.toml`` lists; raise if it lists what is not there."""
    mends = tomllib.loads(MENDS.read_text("utf-8"))
    listed = set(mends["left_out"]) | set(mends["renamed"])
    if unknown := listed - {name for report in reports for name in (report.id, report.agency)}:
        raise ValueError(f"{MENDS.name} lists {sorted(unknown)}, which the figures do not hold")
    return [_renamed(report, mends["renamed"]) for report in reports if report.id not in mends["left_out"]]


def _renamed(report: Report, names: dict[str, str]) -> Report:
    if report.agency not in names:
        return report
    return replace(report, id=f"{report.year}/{names[report.agency]}", agency=names[report.agency])


def require_one_a_report(reports: Sequence[Report]) -> None:
    """Raise if a page was read twice, or if an agency's name holds words of the reader.

    The copies of several reports may have one address.
    """
    pages = Counter(report.source.url for report in reports if not report.source.copy)
    if twice := [page for page, count in pages.items() if count > 1]:
        raise ValueError(f"read more than once: {twice}; leave all but one reading out in {MENDS.name}")
    if odd := [report.id for report in reports if re.search("[A-Za-z]", report.agency or "")]:
        raise ValueError(f"latin letters in the agency's name: {odd}; rename them in {MENDS.name}")


def _completed(report: Report) -> Report:
    facts = tuple(_without_empty_unit(fact) for fact in report.facts)
    cells = tuple(_with_unit_of_the_form(cell) for cell in report.cells)
    code = settled_code(report.agency) if report.agency else None
    return replace(report, region_code=code, facts=facts, cells=(*cells, *narrative_cells(facts, cells)))


def _without_empty_unit(fact: Fact) -> Fact:
    return replace(fact, unit=fact.unit or None)


def _with_unit_of_the_form(cell: Cell) -> Cell:
    if cell.table != "disclosure" or cell.unit:
        return cell
    columns = codebook.table_columns(cell.table, row=cell.row)
    unit = next(column.unit for column in columns if column.key == cell.column)
    return replace(cell, unit=unit or None)


def build(figures: Path, folder: Path) -> None:
    """Write the corpus, the panel, the data package and the counts into the folder."""
    corpus = Corpus.from_reports(read_figures(figures))
    corpus.save(folder)
    corpus.panel().to_csv(folder / "panel.csv", index=False, lineterminator="\n")
    tables = tables_of(corpus, [*FRAMES, "panel"], several=True)
    write_descriptor(folder / DESCRIPTOR, ABOUT, [_resource(table, folder) for table in tables])
    readme = folder / "README.md"
    if readme.exists():
        readme.write_text(with_counts(readme.read_text("utf-8"), counts_table(corpus)), "utf-8")


ABOUT = {
    "name": "govreport-published",
    "title": "Figures of published Chinese annual reports on government information disclosure",
    "title_zh": "政府信息公开工作年度报告数据（已公布报告）",
    "description": (
        "Read by hand, most from the opening of the report only. A sample of convenience:"
        " no estimate of the nation or of a province. A figure that is absent is not zero. See README.md."
    ),
    "version": VERSION,
    "licenses": [
        {
            "name": "CC0-1.0",
            "path": "https://creativecommons.org/publicdomain/zero/1.0/",
            "title": "Creative Commons Zero v1.0 Universal",
        }
    ],
    "sources": [
        {
            "title": "Annual reports as the agencies published them; the address of each stands in reports.url",
            "title_zh": "各机关公布的年度报告，网址见 reports.url",
        }
    ],
}


def _resource(table: Table, folder: Path) -> dict[str, Any]:
    file = "panel.csv" if table.name == "panel" else f"{table.name}.parquet"
    return resource(table, folder / file, FRAME_TITLES.get(table.name))


def counts_table(corpus: Corpus) -> str:
    """Return Markdown tables of the numbers of reports by year, level and province."""
    reports = corpus.reports
    by_province = reports["province"].fillna("(State Council department)").value_counts()
    offices = reports.loc[reports["office"], "level"].value_counts(sort=False).loc[lambda count: count > 0]
    parts = [
        f"{len(reports)} reports, {reports['complete'].sum()} of them read whole.",
        _markdown("year", reports["year"].value_counts().sort_index().items()),
        _markdown("level", reports["level"].value_counts(sort=False).items()),
        _markdown("general offices by level", offices.items()),
        _markdown("province", sorted(by_province.items(), key=lambda item: (-item[1], str(item[0])))),
    ]
    return "\n\n".join(parts)


def _markdown(head: str, counts: Iterable[tuple[Any, Any]]) -> str:
    return "\n".join([f"| {head} | reports |", "|---|---:|", *(f"| {key} | {count} |" for key, count in counts)])


def with_counts(readme: str, counts: str) -> str:
    """Put the counts between their marks in the README."""
    before, rest = readme.split(COUNTS_BEGIN)
    after = rest.split(COUNTS_END)[1]
    return f"{before}{COUNTS_BEGIN}\n\n{counts}\n\n{COUNTS_END}{after}"


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    build(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else FOLDER)
