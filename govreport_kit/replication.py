"""A replication package: the notebooks run anew, with data, figures, codebook, environment and checksums."""

from __future__ import annotations

import hashlib
import platform
import shutil
from collections.abc import Iterator
from importlib.metadata import distributions
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govreport_kit import __version__
from govreport_kit.errors import CorpusError, MissingExtraError, MissingPathError

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

CHECKSUMS = "SHA256SUMS"
_SECONDS_A_CELL = 600
_README = """# Replication package

Made by `govreport replicate` of govreport_kit {version}.

- `notebooks/`: the analysis, as it ran here
- `build/figures/`: every figure that the notebooks save, with its data (CSV) and a manifest (JSON)
- `data/`: what the notebooks read
- `corpus/`: the figures of the reports as a data package (CSV, `datapackage.json`)
- `codebook.en.md`, `codebook.zh.md`: every variable, metric and rule
- `environment.txt`: Python and the version of every package
- `{checksums}`: check it with `sha256sum -c {checksums}`

To run it again: `pip install govreport-kit[notebooks]=={version}`, then
`govreport replicate --notebooks notebooks -o AGAIN`. With the same versions the figures have the same bytes.
"""


def replicate(
    folder: str | PathLike[str], notebooks: str | PathLike[str] = "notebooks", corpus: Corpus | None = None
) -> list[Path]:
    """Run notebooks and put everything that a reader needs to check them into one folder.

    Parameters
    ----------
    folder : path
        Where the package goes; must be new or empty.
    notebooks : path
        The folder of the notebooks. A folder ``data`` beside it goes along, as notebooks read
        ``../data`` and write ``../build/figures``.
    corpus : Corpus, optional
        The reports of the analysis; the bundled ones by default.

    Returns
    -------
    list of Path
        The files of the package, relative to its folder, in the order of their names. The last
        step writes ``SHA256SUMS`` over all others.

    Raises
    ------
    MissingPathError
        If there is no such folder of notebooks.
    CorpusError
        If it holds no notebook, or `folder` already holds files.
    MissingExtraError
        If the packages that run notebooks are not installed.
    """
    source, target = Path(notebooks), Path(folder)
    if not source.is_dir():
        raise MissingPathError(source)
    names = sorted(path.name for path in source.glob("*.ipynb"))
    if not names:
        raise CorpusError(f"{source}: no notebook (.ipynb) there; name their folder with notebooks=...")
    if target.exists() and any(target.iterdir()):
        raise CorpusError(f"{target}: holds files already; name a new folder, so that nothing old is taken along")
    _copy(source, target / "notebooks", "*.ipynb")
    if (source.parent / "data").is_dir():
        shutil.copytree(source.parent / "data", target / "data", ignore=shutil.ignore_patterns("__pycache__"))
    for name in names:
        _run(target / "notebooks" / name)
    _describe(target, corpus)
    return _seal(target)


def _copy(source: Path, target: Path, pattern: str) -> None:
    target.mkdir(parents=True)
    for path in sorted(source.glob(pattern)):
        shutil.copy(path, target / path.name)


def _run(path: Path) -> None:
    """Run a notebook in its folder and keep its outputs in place."""
    try:
        import nbformat
        from nbclient import NotebookClient
    except ImportError as error:
        raise MissingExtraError("Running notebooks needs nbclient", "notebooks", error) from error

    book: Any = nbformat.read(path, as_version=4)
    client = NotebookClient(
        book,
        timeout=_SECONDS_A_CELL,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()
    nbformat.write(book, path)


def _describe(target: Path, corpus: Corpus | None) -> None:
    """Write what stands beside the notebooks: the data package, the codebook, the environment, the way to use them."""
    from govreport_kit.corpus import load_corpus
    from govreport_kit.exporting import export, write_codebook

    export(corpus if corpus is not None else load_corpus(), target / "corpus" / "datapackage.json")
    for lang in ("en", "zh"):
        write_codebook(target / f"codebook.{lang}.md", lang=lang)
    (target / "environment.txt").write_text("\n".join(_environment()) + "\n", "utf-8")
    readme = _README.format(version=__version__, checksums=CHECKSUMS)
    (target / "README.md").write_text(readme, "utf-8")


def _environment() -> Iterator[str]:
    """Yield Python and every installed package with its version."""
    yield f"python=={platform.python_version()}"
    yield from sorted({f"{found.metadata['Name'].lower()}=={found.version}" for found in distributions()})


def _seal(target: Path) -> list[Path]:
    files = sorted(path.relative_to(target) for path in target.rglob("*") if path.is_file())
    lines = (f"{hashlib.sha256((target / path).read_bytes()).hexdigest()}  {path.as_posix()}\n" for path in files)
    (target / CHECKSUMS).write_text("".join(lines), "utf-8")
    return [*files, Path(CHECKSUMS)]
