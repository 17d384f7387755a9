"""A Frictionless data package: files, and a description of every column in both languages.

The form is that of the Data Package standard, version 1 (specs.frictionlessdata.io).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from govreport_kit import __version__, codebook
from govreport_kit.corpus.frames import table_schema
from govreport_kit.corpus.storage import file_sha256
from govreport_kit.errors import ExportError
from govreport_kit.exporting.delimited import csv_bytes
from govreport_kit.exporting.tables import PANEL, Table

DESCRIPTOR = "datapackage.json"
_FORMATS = {
    ".parquet": {"format": "parquet", "mediatype": "application/vnd.apache.parquet"},
    ".csv": {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "profile": "tabular-data-resource"},
}
_ABOUT = {
    "name": "govreport-data",
    "title": "Figures of Chinese annual reports on government information disclosure",
    "title_zh": "政府信息公开工作年度报告数据",
    "description": (
        f"Written by govreport_kit {__version__}. A figure that is absent is not zero. A text which a spreadsheet"
        " would take for a formula has one apostrophe more than it had."
    ),
    "version": "1.0.0",
}


def write_package(tables: Sequence[Table], path: Path, lang: str, *, safe: bool = True) -> list[Path]:
    """Write the tables as CSV and ``datapackage.json`` into one folder."""
    written, resources = [], []
    whole = {table.name for table in tables} >= {"reports"}
    for table in tables:
        if table.name == "data":
            raise ExportError("a data package describes frames of the kit; this frame is none that the codebook knows")
        file = path.parent / f"{table.name}.csv"
        file.write_bytes(csv_bytes(table, safe=safe))
        resources.append(_without_blank_required(resource(table, file, beside_reports=whole), table))
        written.append(file)
    write_descriptor(path, _ABOUT, resources)
    return [path, *written]


def write_descriptor(path: Path, about: Mapping[str, Any], resources: Sequence[Mapping[str, Any]]) -> None:
    """Write the description of a package: `about` it, then its resources."""
    package = {"profile": "data-package", **about, "resources": list(resources)}
    path.write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")


def resource(
    table: Table, path: Path, titles: tuple[str, str] | None = None, *, beside_reports: bool = True
) -> dict[str, Any]:
    """Describe a file of a package.

    Parameters
    ----------
    table : Table
        What the file holds.
    path : pathlib.Path
        The file, ``.csv`` or ``.parquet``.
    titles : tuple of str, optional
        Title in English and Chinese; by default the codebook's.
    beside_reports : bool
        Whether the frame ``reports`` is a part of the package, to which the other frames refer.
    """
    schema = table_schema(table.columns)
    ids = {"reports", PANEL}
    if table.name in ids:
        schema["primaryKey"] = "report_id"
    elif beside_reports and "report_id" in table.frame:
        reference = {"resource": "reports", "fields": "report_id"}
        schema["foreignKeys"] = [{"fields": "report_id", "reference": reference}]
    entry = codebook.frames[table.name]
    title, title_zh = titles or (entry.en[:1].upper() + entry.en[1:], entry.zh)
    return {
        "name": table.name,
        "path": path.name,
        "title": title,
        "title_zh": title_zh,
        **_FORMATS[path.suffix],
        "bytes": path.stat().st_size,
        "hash": f"sha256:{file_sha256(path)}",
        "schema": schema,
    }


def _without_blank_required(described: dict[str, Any], table: Table) -> dict[str, Any]:
    """Ask for no value where an empty text is one, because the standard takes it for a missing one."""
    for field in described["schema"]["fields"]:
        if (table.frame[field["name"]].astype(object) == "").any():
            field["constraints"]["required"] = False
    return described
