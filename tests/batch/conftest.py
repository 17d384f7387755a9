from importlib import import_module
from pathlib import Path

import pytest

from govreport_kit.batch.run import results_of


@pytest.fixture(autouse=True)
def cache_folder(tmp_path_factory, monkeypatch):
    """A cache of the test's own."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("GOVREPORT_CACHE", str(folder))
    return folder


@pytest.fixture
def doing(monkeypatch):
    """What workers do in these tests, in a module which worker processes find too."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    return import_module("batch_workers")


@pytest.fixture
def texts(tmp_path):
    """A function which writes short reports of different agencies under the names given."""

    def write(*names):
        for number, name in enumerate(names):
            (tmp_path / name).write_text(
                f"示例县{name.partition('.')[0]}局2023年政府信息公开工作年度报告\n"
                f"一、总体情况\n全年收到政府信息公开申请{number + 2}件。\n",
                "utf-8",
            )
        return tmp_path

    return write


@pytest.fixture
def outcomes():
    """A function which reads a folder and returns the ids of the reports, and the failures by name of file."""

    def read(folder, **options):
        with results_of(folder, **{"progress": False, **options}) as results:
            ids = [report.id for reports, _ in results.parts() for report in reports]
            return ids, {Path(failure.path).name: failure for failure in results.failures}

    return read
