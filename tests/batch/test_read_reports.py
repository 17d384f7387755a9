"""Folders: every file is read or told, never dropped."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from govreport_kit import load_corpus, read_reports
from govreport_kit.batch import write_reports
from govreport_kit.codebook import failures as kinds_of_failure
from govreport_kit.corpus import Corpus
from govreport_kit.documents.limits import Limits
from govreport_kit.errors import GovReportError
from govreport_kit.parsing import read_report
from govreport_kit.report import Report

EXAMPLES = Path(__file__).parents[2] / "data" / "examples"


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


def frames_equal(one, other):
    for name, frame in one.frames().items():
        pd.testing.assert_frame_equal(frame, other.frames()[name])


def test_the_good_are_read_and_the_bad_are_told(folder):
    corpus = read_reports(folder, progress=False)
    assert list(corpus.reports["report_id"]) == ["2023/示例县人民政府", "2022/虚构市样例区人民政府"]
    kinds = {Path(row.path).name: row.kind for row in corpus.failures.itertuples()}
    assert kinds == {
        "empty.html": "empty", "picture.html": "unsupported", "notice.txt": "not_a_report", "old.doc": "unsupported",
        "deep.html": "not_a_report",
    }  # fmt: skip
    assert [Path(path).name for path in corpus.failures["path"]] == sorted(kinds)


def test_two_processes_a_second_run_and_no_cache_give_the_same(folder):
    alone = read_reports(folder, workers=1, cache=False, progress=False)
    frames_equal(read_reports(folder, workers=2, progress=False), alone)
    frames_equal(read_reports(folder, progress=False), alone)


def test_the_corpus_is_that_of_the_reports_read_one_by_one(folder):
    files = sorted(folder.glob("*-20*"))
    frames_equal(read_reports(files, progress=False), Corpus.from_reports([read_report(file) for file in files]))


@pytest.mark.parametrize("name", ["out", "out.jsonl"])
def test_written_reports_are_the_corpus(folder, tmp_path, name):
    written = write_reports(folder, tmp_path / name, progress=False)
    expected = read_reports(folder, progress=False)
    assert written.reports == 2
    assert [str(failure.path) for failure in written.failures] == list(expected.failures["path"])
    loaded = load_corpus(tmp_path / name)
    assert list(loaded.iter_reports()) == list(expected.iter_reports())
    if name == "out":
        frames_equal(loaded, expected)
    else:
        table = pd.read_csv(tmp_path / "out.failures.csv")
        assert table["kind"].tolist() == expected.failures["kind"].tolist()
    assert not list(tmp_path.glob(".govreport-*"))


def test_parts_are_put_together(texts, tmp_path, monkeypatch):
    monkeypatch.setattr("govreport_kit.batch.results._REPORTS_IN_A_PART", 2)
    folder = texts("a.txt", "b.txt", "c.txt", "d.txt", "e.txt")
    write_reports(folder, tmp_path / "out", progress=False)
    loaded = load_corpus(tmp_path / "out")
    frames_equal(loaded, read_reports(folder, progress=False))
    frames_equal(loaded, Corpus.from_reports([read_report(file) for file in sorted(folder.glob("?.txt"))]))


def test_reports_of_the_same_agency_and_year_are_told_apart_across_parts(texts, tmp_path, monkeypatch):
    monkeypatch.setattr("govreport_kit.batch.results._REPORTS_IN_A_PART", 1)
    folder = texts("a.txt", "b.txt")
    text = (folder / "a.txt").read_text("utf-8")
    (folder / "c.txt").write_text(text, "utf-8")
    (folder / "d.txt").write_text(text.replace("2件", "9件"), "utf-8")
    files = sorted(folder.glob("?.txt"))
    expected = Corpus.from_reports([read_report(file) for file in files])
    write_reports(folder, tmp_path / "out", progress=False)
    frames_equal(load_corpus(tmp_path / "out"), expected)
    assert list(expected.reports["report_id"].str.contains("#")) == [True, True, False]
    assert set(expected.notes["code"]) >= {"duplicate_document", "second_document"}


def test_a_report_named_after_its_file_is_named_after_each_file(tmp_path):
    text = "政府信息公开工作年度报告\n一、总体情况\n全年收到政府信息公开申请3件。\n"
    (tmp_path / "one.txt").write_text(text, "utf-8")
    assert list(read_reports(tmp_path, progress=False).reports["report_id"]) == ["one"]
    (tmp_path / "one.txt").rename(tmp_path / "two.txt")
    corpus = read_reports(tmp_path, progress=False)
    assert list(corpus.reports["report_id"]) == ["two"]
    assert list(corpus.reports["path"]) == [str(tmp_path / "two.txt")]


def test_a_report_which_frames_cannot_hold_is_a_failure(texts, outcomes, monkeypatch):
    folder = texts("a.txt", "b.txt")
    read = Report.from_json.__func__

    def broken(cls, line):
        report = read(cls, line)
        if "示例县b局" in line:
            object.__setattr__(report, "level", "galaxy")
        return report

    monkeypatch.setattr(Report, "from_json", classmethod(broken))
    ids, failures = outcomes(folder)
    assert ids == ["2023/示例县a局"]
    assert failures["b.txt"].kind == "invalid"
    assert "galaxy" in failures["b.txt"].message


def test_a_fault_of_the_kit_is_a_failure(texts, outcomes, doing):
    ids, failures = outcomes(texts("a.txt"), work=doing.faulty)
    assert ids == []
    assert failures["a.txt"].kind == "crashed"
    assert "TypeError" in failures["a.txt"].message
    assert "please report it" in failures["a.txt"].message


def test_limits_are_kept(texts, outcomes):
    folder = texts("a.txt")
    assert outcomes(folder, limits=Limits(largest_file=10))[1]["a.txt"].kind == "too_large"
    assert outcomes(folder)[1] == {}
    assert outcomes(folder, limits=Limits(longest_text=10))[1]["a.txt"].kind == "too_large"


def test_a_file_that_vanishes_is_a_failure(texts, outcomes, monkeypatch):
    folder = texts("a.txt", "b.txt")
    find = __import__("govreport_kit.batch.files", fromlist=["find_files"]).find_files
    monkeypatch.setattr("govreport_kit.batch.run.find_files", lambda paths: [*find(paths), folder / "gone.txt"])
    ids, failures = outcomes(folder)
    assert len(ids) == 2
    assert failures["gone.txt"].kind == "unopened"
    assert "check that the file is still there" in failures["gone.txt"].message


def test_kinds_of_failures_stand_in_the_codebook():
    assert {"crashed", "unopened", "too_slow", "invalid"} <= set(kinds_of_failure)


def test_a_folder_without_reports_says_what_was_tried(tmp_path):
    (tmp_path / "x.html").write_text("<p>天气</p>", "utf-8")
    with pytest.raises(GovReportError, match=r"(?s)None of 1 files .*x\.html.*not_a_report"):
        read_reports(tmp_path, progress=False)


@pytest.mark.parametrize(("name", "told"), [("file.txt", "is a file"), ("folder.jsonl", "is a folder")])
def test_an_output_that_cannot_be_written_is_told_before_anything_is_read(tmp_path, name, told):
    (tmp_path / "file.txt").touch()
    (tmp_path / "folder.jsonl").mkdir()
    with pytest.raises(GovReportError, match=told):
        write_reports(tmp_path / "nowhere", tmp_path / name)


def test_a_table_of_failures_goes_away_with_the_failures(folder, tmp_path):
    output, table = tmp_path / "out.jsonl", tmp_path / "out.failures.csv"
    write_reports(folder, output, progress=False)
    assert table.exists()
    write_reports(sorted(folder.glob("*-20*")), output, progress=False)
    assert not table.exists()


def test_no_name_of_a_file_becomes_a_formula(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("=1+1.txt").write_text("天气", "utf-8")
    write_reports(".", "out.jsonl", progress=False)
    assert pd.read_csv("out.failures.csv")["path"].tolist() == ["'=1+1.txt"]
