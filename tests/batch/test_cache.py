"""What was read is not read again, and nothing else is served in its place."""

import sqlite3
from pathlib import Path

import pytest

from govreport_kit.batch import cache as cache_module
from govreport_kit.batch.cache import FILE_NAME, cache_folder, parser_version
from govreport_kit.batch.work import read_one
from govreport_kit.documents import reads_pictures
from govreport_kit.documents.limits import DEFAULT, Limits
from govreport_kit.errors import GovReportError


@pytest.fixture
def folder(texts):
    return texts("a.txt", "b.txt", "c.txt", "d.txt")


@pytest.fixture
def read_names(folder):
    """A function which returns the documents that were read since it was last called."""

    def names():
        log = folder / "read.log.json"
        lines = log.read_text("utf-8").split() if log.exists() else []
        log.unlink(missing_ok=True)
        return sorted(lines)

    return names


@pytest.mark.parametrize("workers", [1, 2])
def test_an_unchanged_folder_is_not_read_again(folder, outcomes, read_names, workers, doing):
    (folder / "notice.txt").write_text("通知", "utf-8")
    first = outcomes(folder, work=doing.recording, workers=workers)
    assert read_names() == ["a.txt", "b.txt", "c.txt", "d.txt", "notice.txt"]
    second = outcomes(folder, work=doing.recording, workers=workers)
    assert read_names() == []
    assert second[0] == first[0]
    assert second[1]["notice.txt"].args == first[1]["notice.txt"].args


def test_a_copy_is_not_read_at_all(folder, outcomes, read_names, doing):
    (folder / "copy.txt").write_bytes((folder / "a.txt").read_bytes())
    ids, failures = outcomes(folder, work=doing.recording)
    assert read_names() == ["a.txt", "b.txt", "c.txt", "d.txt"]
    assert (len(ids), failures) == (4, {})


def test_changed_content_is_read_again(folder, outcomes, read_names, doing):
    outcomes(folder, work=doing.recording)
    read_names()
    (folder / "b.txt").write_text((folder / "b.txt").read_text("utf-8") + "\n", "utf-8")
    outcomes(folder, work=doing.recording)
    assert read_names() == ["b.txt"]


def test_another_parser_or_other_limits_read_again(folder, outcomes, read_names, monkeypatch, doing):
    outcomes(folder, work=doing.recording)
    read_names()
    outcomes(folder, work=doing.recording, limits=Limits(most_seconds=30))
    assert len(read_names()) == 4
    monkeypatch.setattr(cache_module, "_installed_parser", lambda: "another")
    outcomes(folder, work=doing.recording, limits=Limits(most_seconds=30))
    assert len(read_names()) == 4


@pytest.mark.parametrize("name", ["parsing/facts.py", "documents/html.py", "codebook/data/labels.csv", "report.py"])
def test_the_version_follows_the_files_of_the_parser(name, tmp_path, monkeypatch):
    package = tmp_path / "package"
    for part in ("parsing/facts.py", "documents/html.py", "codebook/data/labels.csv", "report.py"):
        (package / part).parent.mkdir(parents=True, exist_ok=True)
        (package / part).write_text("x", "utf-8")
    monkeypatch.setattr(cache_module, "files", lambda name: package)

    def version():
        cache_module._installed_parser.cache_clear()
        return parser_version(DEFAULT)

    before = version()
    assert version() == before
    (package / name).write_text("y", "utf-8")
    assert version() != before
    cache_module._installed_parser.cache_clear()


def test_the_version_follows_the_minor_version_of_python(monkeypatch):
    def version(python):
        monkeypatch.setattr("platform.python_version_tuple", lambda: tuple(python.split(".")))
        cache_module._installed_parser.cache_clear()
        return parser_version(DEFAULT)

    assert version("3.12.1") == version("3.12.9")
    assert version("3.12.1") != version("3.13.1")
    cache_module._installed_parser.cache_clear()


def test_an_interrupted_run_goes_on_where_it_was(folder, outcomes, read_names, doing):
    whole = outcomes(folder, cache=False)
    with pytest.raises(KeyboardInterrupt):
        outcomes(folder, work=doing.interrupted, workers=1)
    assert read_names() == ["a.txt", "b.txt"]
    assert outcomes(folder, work=doing.interrupted, workers=1) == whole
    assert read_names() == ["c.txt", "d.txt"]


def test_without_a_cache_everything_is_read_and_nothing_kept(folder, outcomes, read_names, cache_folder, doing):
    outcomes(folder, work=doing.recording, cache=False)
    outcomes(folder, work=doing.recording, cache=False)
    assert len(read_names()) == 8
    assert list(cache_folder.iterdir()) == []


def test_a_named_cache_is_used(folder, outcomes, tmp_path, cache_folder):
    outcomes(folder, cache=tmp_path / "kept" / "here")
    assert (tmp_path / "kept" / "here" / FILE_NAME).is_file()
    assert list(cache_folder.iterdir()) == []


def test_a_damaged_cache_is_named(folder, outcomes, cache_folder):
    (cache_folder / FILE_NAME).write_bytes(b"no database" * 100)
    with pytest.raises(GovReportError, match=rf"{FILE_NAME}.*delete it.*--no-cache"):
        outcomes(folder)


def test_a_cache_in_an_impossible_place_is_named(folder, outcomes, tmp_path):
    (tmp_path / "file.json").touch()
    with pytest.raises(GovReportError, match=r"file\.json.*--no-cache"):
        outcomes(folder, cache=tmp_path / "file.json")


def test_a_document_that_changes_while_it_is_read_is_not_kept(folder, outcomes, read_names, doing):
    def changing(path, limits):
        with open(path, "a", encoding="utf-8") as file:
            file.write("。")
        return doing.recording(path, limits)

    ids, failures = outcomes(folder, work=changing)
    assert ids == []
    assert {failure.kind for failure in failures.values()} == {"unopened"}
    assert "changed while it was read" in failures["a.txt"].message
    read_names()
    assert len(outcomes(folder, work=doing.recording)[0]) == 4


def test_the_cache_holds_each_content_once(folder, outcomes, cache_folder):
    outcomes(folder)
    outcomes(folder, limits=Limits(most_seconds=30))
    connection = sqlite3.connect(cache_folder / FILE_NAME)
    assert connection.execute("SELECT count(*) FROM outcomes").fetchone() == (4,)
    connection.close()


def test_the_usual_place_is_that_of_the_system(monkeypatch):
    monkeypatch.delenv("GOVREPORT_CACHE")
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", "caches")
    assert cache_folder().as_posix() == "caches/govreport_kit"
    monkeypatch.setattr("sys.platform", "darwin")
    assert cache_folder().as_posix().endswith("Library/Caches/govreport_kit")
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", "local")
    assert cache_folder().as_posix() == "local/govreport_kit"


def test_a_page_with_pictures_beside_it_is_read_again_as_they_may_have_changed(tmp_path, outcomes):
    heading = (
        "<h1>示例县人民政府2023年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>全年收到政府信息公开申请3件。</p>"
    )
    (tmp_path / "page.html").write_text(heading, "utf-8")
    (tmp_path / "pictures.html").write_text(f"{heading}<img src='table.png'>", "utf-8")
    read = []

    def recording(path, limits):
        read.append(Path(path).name)
        return read_one(path, limits)

    for _ in range(2):
        outcomes(tmp_path, work=recording, workers=1)
    assert sorted(read) == ["page.html", "pictures.html", "pictures.html"]


@pytest.mark.skipif(not reads_pictures(), reason="the extra ocr is not installed")
def test_the_same_page_with_other_pictures_beside_it_is_another_document(tmp_path, outcomes, doing):
    page = "<h1>示例县人民政府2023年政府信息公开工作年度报告</h1><p>一、总体情况</p><img src='table.bin'>"
    for name, picture in (("a", b"one"), ("b", b"another"), ("c", b"one")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.html").write_text(page, "utf-8")
        (tmp_path / name / "table.bin").write_bytes(picture)
    read = []

    def recording(path, limits):
        read.append(Path(path).parent.name)
        return read_one(path, limits)

    pages = [tmp_path / name / "page.html" for name in "abc"]
    outcomes(pages, work=recording, workers=1)
    assert sorted(read) == ["a", "b"]  # c is the same as a
