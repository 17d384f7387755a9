"""Which files of a folder are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from govreport_kit.errors import GovReportError, MissingPathError

Paths = str | Path | Iterable[str | Path]

# Files which lie beside saved pages and hold no report by themselves.
_NO_DOCUMENTS = frozenset(
    ".css .js .json .jsonl .csv .parquet .xml .ico .woff .woff2 .ttf .map .svg .py .ipynb .toml .yml .yaml".split()
)
_PAGE_PARTS = ("_files", ".files")


def find_files(paths: Paths) -> list[Path]:
    """Return the files to read, in the order given; the files of a folder in the order of their names.

    Raises
    ------
    GovReportError
        If the paths hold no file to read.
    MissingPathError
        If a path does not exist.
    """
    given = [Path(paths)] if isinstance(paths, (str, Path)) else [Path(path) for path in paths]
    files: list[Path] = []
    for path in given:
        if path.is_dir():
            files.extend(_in_folder(path))
        elif path.exists():
            files.append(path)
        else:
            raise MissingPathError(path)
    if not files:
        raise GovReportError(
            f"No file to read in {', '.join(map(str, given))}: web pages, PDF and Word files and plain texts are read."
        )
    return list(dict.fromkeys(files))


def _in_folder(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith((".", "~$")) or part.endswith(_PAGE_PARTS) for part in parts)
        if path.suffix.lower() not in _NO_DOCUMENTS and not hidden and path.is_file():
            yield path
