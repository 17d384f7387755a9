"""A replication package of a small notebook: what is in it, and that it is the same when it is made again."""

import hashlib

import nbformat
import pytest
from typer.testing import CliRunner

from govreport_kit.cli import app
from govreport_kit.errors import CorpusError, MissingPathError
from govreport_kit.replication import CHECKSUMS, replicate

CODE = """from pathlib import Path
import govreport_kit as gk
Path("../build/figures").mkdir(parents=True, exist_ok=True)
Path("../build/figures/note.csv").write_text(Path("../data/numbers.csv").read_text())
print(gk.codebook.metrics["suggestion_adoption"].definition)"""


@pytest.fixture
def project(tmp_path):
    """A folder with one notebook that reads a file and writes one."""
    for name in ("notebooks", "data"):
        (tmp_path / "project" / name).mkdir(parents=True)
    (tmp_path / "project" / "data" / "numbers.csv").write_text("received,adopted\n40,18\n")
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CODE, id="one")])
    nbformat.write(book, tmp_path / "project" / "notebooks" / "01.ipynb")
    return tmp_path / "project"


@pytest.fixture(autouse=True)
def no_debugger(monkeypatch):
    monkeypatch.setenv("PYDEVD_DISABLE_FILE_VALIDATION", "1")


def test_everything_that_a_reader_needs_is_in_it(project, tmp_path):
    files = replicate(tmp_path / "package", project / "notebooks")
    names = {path.as_posix() for path in files}
    assert {
        "README.md", "environment.txt", "codebook.en.md", "codebook.zh.md", "corpus/datapackage.json",
        "data/numbers.csv", "build/figures/note.csv", "notebooks/01.ipynb", CHECKSUMS,
    } <= names  # fmt: skip
    book = nbformat.read(tmp_path / "package" / "notebooks" / "01.ipynb", as_version=4)
    assert book.cells[0].outputs[0].text == "suggestions_adopted / suggestions_received\n"
    assert (tmp_path / "package" / "build" / "figures" / "note.csv").read_text().endswith("40,18\n")
    assert "pandas==" in (tmp_path / "package" / "environment.txt").read_text()


def test_the_checksums_are_those_of_the_files_and_the_same_the_second_time(project, tmp_path):
    for name in ("one", "two"):
        replicate(tmp_path / name, project / "notebooks")
    lines = (tmp_path / "one" / CHECKSUMS).read_text().splitlines()
    for line in lines:
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((tmp_path / "one" / name).read_bytes()).hexdigest() == digest
    assert lines == (tmp_path / "two" / CHECKSUMS).read_text().splitlines()


def test_a_folder_in_use_or_without_notebooks_is_refused(project, tmp_path):
    with pytest.raises(CorpusError, match="holds files already"):
        replicate(project, project / "notebooks")
    with pytest.raises(CorpusError, match="no notebook"):
        replicate(tmp_path / "package", project / "data")
    with pytest.raises(MissingPathError, match="notebooks"):
        replicate(tmp_path / "package", project / "notebook")


def test_the_command_line_makes_it(project, tmp_path):
    words = ["replicate", "-o", str(tmp_path / "package"), "--notebooks", str(project / "notebooks")]
    outcome = CliRunner().invoke(app, words)
    assert outcome.exit_code == 0, outcome.output
    assert f"sha256sum -c {CHECKSUMS}" in outcome.stdout
    assert (tmp_path / "package" / CHECKSUMS).is_file()
