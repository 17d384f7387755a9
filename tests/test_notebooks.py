"""The committed notebooks are executed, clean and compared; and the comparison can fail.

`make test` runs every notebook anew and compares its stored outputs. That comparison passes a cell
which was never executed and cannot see a warning's cause, so both are refused here.
"""

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

ROOT = Path(__file__).parent.parent
SANITIZE = ROOT / "tests" / "nbval_sanitize.cfg"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LONGEST_CELL = 12
ON_TWO = ["-p", "xdist", "-n", "2", "--dist", "loadfile"]


def is_alarm(output):
    """Tell whether a stored output is an error, a warning, or anything else on standard error."""
    if output.output_type == "error" or output.get("name") == "stderr":
        return True
    return re.search(r"\w+Warning: ", output.get("text", "")) is not None


def problems(notebook):
    """Return what keeps a notebook from being committed, one sentence each."""
    found = []
    if notebook.metadata.get("kernelspec", {}).get("name") != "python3":
        found.append("the kernel is not python3, the only one that every machine has")
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    for expected, cell in enumerate(cells, start=1):
        place = f"cell {cell.source.splitlines()[0]!r}"
        if cell.execution_count is None:
            found.append(f"{place} was never executed")
        elif cell.execution_count != expected:
            found.append(f"{place} ran as number {cell.execution_count}, not {expected}: run from top to bottom")
        if len([line for line in cell.source.splitlines() if line.strip()]) > LONGEST_CELL:
            found.append(f"{place} has more than {LONGEST_CELL} lines: move code into the package")
        if any(is_alarm(output) for output in cell.outputs):
            found.append(f"{place} stores an error or a warning")
    return found


def test_there_are_notebooks():
    assert NOTEBOOKS, "no notebook stands in notebooks/"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_notebook_is_executed_and_clean(path):
    assert problems(nbformat.read(path, as_version=4)) == []


@pytest.fixture(scope="module")
def executed():
    """Return a small invented notebook, executed."""
    cells = [
        new_markdown_cell("An invented count of requests."),
        new_code_cell("closed = 12 + 5 + 19\nclosed"),
        new_code_cell('print(f"{closed} requests closed, {closed / 48:.1%} of those received")'),
    ]
    notebook = new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
    return NotebookClient(notebook, record_timing=False).execute()


@pytest.fixture
def notebook(executed):
    return nbformat.from_dict(nbformat.v4.reads(nbformat.writes(executed)))


def compare(notebook, folder):
    """Run a notebook and compare its outputs as `make test` does."""
    path = folder / "invented.ipynb"
    nbformat.write(notebook, path)
    options = [*ON_TWO, "-p", "nbval", "--nbval", "--nbval-current-env", "--nbval-sanitize-with", SANITIZE]
    command = [sys.executable, "-m", "pytest", "-c", ROOT / "pyproject.toml", "-p", "no:cacheprovider", *options, path]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT)


def test_unchanged_notebook_passes(notebook, tmp_path):
    assert problems(notebook) == []
    run = compare(notebook, tmp_path)
    assert run.returncode == 0, run.stdout
    assert "2 passed" in run.stdout


def test_changed_number_fails(notebook, tmp_path):
    assert notebook.cells[1].outputs[0].data["text/plain"] == "36"
    notebook.cells[1].outputs[0].data["text/plain"] = "37"
    run = compare(notebook, tmp_path)
    assert run.returncode == 1, run.stdout
    assert "1 failed, 1 passed" in run.stdout


def test_changed_text_fails(notebook, tmp_path):
    printed = notebook.cells[2].outputs[0]
    printed.text = printed.text.replace("75.0%", "75.1%")
    run = compare(notebook, tmp_path)
    assert run.returncode == 1, run.stdout
    assert "1 failed, 1 passed" in run.stdout


def test_make_compares_in_the_same_way():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "-p nbval --nbval --nbval-current-env --nbval-sanitize-with tests/nbval_sanitize.cfg notebooks" in makefile
    assert f"ON_TWO := {' '.join(ON_TWO)}\n" in makefile
    assert "pytest $(ON_TWO) -p nbval" in makefile


def never_executed(notebook):
    notebook.cells[2].execution_count = None
    notebook.cells[2].outputs = []


def executed_out_of_order(notebook):
    notebook.cells[2].execution_count = 7


def with_a_stored_warning(notebook):
    notebook.cells[1].outputs.append(new_output("stream", name="stderr", text="UserWarning: invented"))


def with_a_printed_warning(notebook):
    notebook.cells[1].outputs.append(new_output("stream", name="stdout", text="UserWarning: invented"))


def with_a_stored_error(notebook):
    notebook.cells[1].outputs.append(new_output("error", ename="ValueError", evalue="invented", traceback=[]))


def with_a_long_cell(notebook):
    notebook.cells[1].source = "\n".join(["closed = 36"] * (LONGEST_CELL + 1))


def with_another_kernel(notebook):
    notebook.metadata.kernelspec.name = "invented"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (never_executed, "was never executed"),
        (executed_out_of_order, "ran as number 7, not 2"),
        (with_a_stored_warning, "stores an error or a warning"),
        (with_a_printed_warning, "stores an error or a warning"),
        (with_a_stored_error, "stores an error or a warning"),
        (with_a_long_cell, "more than 12 lines"),
        (with_another_kernel, "the kernel is not python3"),
    ],
)
def test_notebook_is_refused(notebook, change, message):
    change(notebook)
    found = problems(notebook)
    assert len(found) == 1
    assert message in found[0]


def sanitize(text):
    patterns = re.findall(r"^regex: (.*)\nreplace: (.*)$", SANITIZE.read_text(encoding="utf-8"), re.MULTILINE)
    assert 1 <= len(patterns) <= 3
    for pattern, replacement in patterns:
        text = re.sub(pattern, replacement, text)
    return text


@pytest.mark.parametrize("text", ["36", "3.6e-05", "2024-01-31", "38.5 % [30.1, 47.2]", "示例县 1,008 件"])
def test_sanitizing_touches_no_number(text):
    assert sanitize(text) == text


def test_sanitizing_evens_out_addresses_and_sizes_of_figures():
    assert sanitize("<object at 0x7f3a>") == sanitize("<object at 0x55b1>")
    assert sanitize("<Figure size 640x480 with 1 Axes>") == sanitize("<Figure size 641x480 with 1 Axes>")
    assert sanitize("<Figure size 640x480 with 1 Axes>") != sanitize("<Figure size 640x480 with 2 Axes>")
