"""The kit works from an installed wheel: its data travel with it."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Return a folder that holds what a wheel installs."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def test_the_bundled_corpus_is_read_from_the_wheel(installed, tmp_path):
    code = (
        "import govreport_kit as gk; corpus = gk.load_corpus();"
        "print(gk.__file__, len(corpus), gk.rate(corpus, 'suggestion_adoption')['k'].item());"
        "print(gk.figures.rate_intervals(gk.rate(corpus, 'refusal_rate')).figure.get_figwidth() > 0)"
    )
    environment = {**os.environ, "PYTHONPATH": str(installed), "MPLBACKEND": "agg"}
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
    ).stdout.split()
    assert told == [str(installed / "govreport_kit" / "__init__.py"), "590", "18", "True"]


def test_the_wheel_holds_the_licences_and_no_tests(installed):
    names = [path.relative_to(installed).as_posix() for path in installed.rglob("*") if path.is_file()]
    assert {Path(name).name for name in names if "/licenses/" in name} >= {"LICENSE", "OFL.txt"}
    assert not [name for name in names if name.startswith(("tests/", "notebooks/"))]
