"""Folders: every file is read or told, never dropped."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from govreport_kit.batch import find_files, read_each, read_reports
from govreport_kit.errors import GovReportError, MissingPathError
from govreport_kit.report import Report

EXAMPLES = Path(__file__).parents[1] / "data" / "examples"


@pytest.fixture
def folder(tmp_path):
    """Two reports, and five files which are none."""
    for name in ("shili-xian-2023.html", "yangli-qu-2022.txt"):
        shutil.copy(EXAMPLES / name, tmp_path / name)
    (tmp_path / "empty.html").write_bytes(b"")
    (tmp_path / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 20)
    (tmp_path / "notice.txt").write_text("关于报送报告的通知", "utf-8")
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 20)
    (tmp_path / "deep.html").write_text("<div>" * 100_000, "utf-8")
    return tmp_path


def test_the_good_are_read_and_the_bad_are_told(folder):
    corpus = read_reports(folder, progress=False)
    assert list(corpus.reports["report_id"]) == ["2023/示例县人民政府", "2022/虚构市样例区人民政府"]
    kinds = {Path(row.path).name: row.kind for row in corpus.failures.itertuples()}
    assert kinds == {
        "empty.html": "empty", "picture.html": "unsupported", "notice.txt": "not_a_report", "old.doc": "unsupported",
        "deep.html": "not_a_report",
    }  # fmt: skip


def test_two_processes_read_the_same(folder):
    files = find_files(folder)
    assert list(map(str, read_each(files, 2))) == list(map(str, read_each(files, 1)))


def test_a_folder_is_read_in_the_order_of_names_without_hidden_and_data_files(tmp_path):
    for name in ("b.html", "a.txt", ".hidden.html", "style.css", "page_files/c.html", "below/d.html", "~$e.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [file.relative_to(tmp_path).as_posix() for file in find_files(tmp_path)] == [
        "a.txt",
        "b.html",
        "below/d.html",
    ]
    assert find_files([tmp_path / "style.css", tmp_path / "style.css"]) == [tmp_path / "style.css"]


def test_a_folder_without_reports_says_what_was_tried(tmp_path):
    with pytest.raises(GovReportError, match="No file to read in"):
        read_reports(tmp_path, progress=False)
    (tmp_path / "x.html").write_text("<p>天气</p>", "utf-8")
    with pytest.raises(GovReportError, match=r"(?s)None of 1 files .*x\.html.*not_a_report"):
        read_reports(tmp_path, progress=False)


def test_a_missing_path_is_named(tmp_path):
    with pytest.raises(MissingPathError, match="nowhere"):
        read_reports([EXAMPLES, tmp_path / "nowhere"], progress=False)


def test_a_worker_loads_neither_pandas_nor_matplotlib():
    code = (
        "import sys, govreport_kit.batch as batch\n"
        f"outcome = batch.read_one(r'{EXAMPLES / 'shili-xian-2023.html'}')\n"
        "print(type(outcome).__name__, [name for name in ('pandas', 'numpy', 'matplotlib') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.strip() == f"{Report.__name__} []"
