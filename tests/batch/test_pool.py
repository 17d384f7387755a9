"""Worker processes: some die, some hang; no document is lost, and nothing is left running."""

import os
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from govreport_kit.batch.pool import chunks_of, read_here
from govreport_kit.batch.work import Task, patience_for, read_one
from govreport_kit.documents.limits import DEFAULT, Limits
from govreport_kit.errors import GovReportError


def names(count):
    return [f"{letter}.txt" for letter in "abcdefghijklmnopqrstuvwxyz"[:count]]


def test_a_document_that_ends_the_process_twice_is_a_failure(texts, outcomes, doing):
    folder = texts(*names(12), "deadly.txt")
    ids, failures = outcomes(folder, work=doing.dying, workers=2)
    assert len(ids) == 12
    assert list(failures) == ["deadly.txt"]
    assert failures["deadly.txt"].kind == "crashed"
    assert "exit status 7" in failures["deadly.txt"].message


def test_a_document_in_a_process_that_dies_once_is_read(texts, outcomes, doing):
    ids, failures = outcomes(texts(*names(12)), work=doing.dying_once, workers=2)
    assert (len(ids), failures) == (12, {})


def test_a_document_that_never_ends_is_a_failure(texts, outcomes, doing):
    ids, failures = outcomes(texts(*names(4), "endless.txt"), work=doing.hanging, workers=2, patience=10)
    assert len(ids) == 4
    assert failures["endless.txt"].kind == "too_slow"
    assert "10 seconds" in failures["endless.txt"].message


def test_what_a_document_did_to_its_process_is_not_kept(texts, outcomes, doing):
    folder = texts("a.txt", "deadly.txt")
    assert list(outcomes(folder, work=doing.dying, workers=2)[1]) == ["deadly.txt"]
    assert outcomes(folder)[1] == {}


def test_patience_is_longer_than_the_limit_of_time():
    assert patience_for(Limits(most_seconds=60)) == 130
    assert patience_for(Limits(most_seconds=None)) is None


def test_what_libraries_print_does_not_stand_among_the_outcomes(texts, outcomes, doing):
    ids, failures = outcomes(texts(*names(3)), work=doing.noisy, workers=2)
    assert (len(ids), failures) == (3, {})


def test_a_worker_loads_neither_pandas_nor_matplotlib(texts, outcomes, doing):
    _, failures = outcomes(texts("a.txt"), work=doing.loaded_modules, workers=2)
    loaded = failures["a.txt"].message.split()
    assert "govreport_kit.parsing" in loaded
    assert {"pandas", "numpy", "pyarrow", "matplotlib"}.isdisjoint(loaded)


def test_a_run_that_is_broken_off_leaves_no_process_and_no_thread(texts):
    folder = texts(*names(20))
    paths = [str(folder / name) for name in names(20)]
    before = threading.active_count()
    with closing(read_here(paths, Task(read_one, DEFAULT, "", None), 2)) as answers:
        next(answers)
    assert threading.active_count() == before


def test_a_worker_that_does_not_start_says_so(texts, monkeypatch):
    folder = texts("a.txt")
    monkeypatch.setattr("govreport_kit.batch.process._START", "raise SystemExit(3)")
    with pytest.raises(GovReportError, match=r"does not start .*exit status 3.*--workers 1"):
        list(read_here([str(folder / "a.txt")], Task(read_one, DEFAULT, "", None), 2))


def test_a_script_needs_no_main_guard(texts, tmp_path):
    folder = texts(*names(3))
    script = tmp_path / "script.py"
    script.write_text(
        "import govreport_kit as gk\n"
        f"print(len(gk.read_reports({str(folder)!r}, workers=2, progress=False).reports))\n",
        "utf-8",
    )
    told = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert (told.stdout, told.stderr) == ("3\n", "")


@pytest.mark.parametrize(("count", "workers"), [(1, 4), (7, 2), (100, 2), (1000, 8)])
def test_chunks_hold_every_path_once(count, workers):
    paths = [str(Path(str(number))) for number in range(count)]
    chunks = list(chunks_of(paths, workers))
    assert [path for chunk in chunks for path in chunk] == paths
    assert max(map(len, chunks)) <= 8


def test_pictures_are_left_to_their_own_number_of_workers(texts, doing):
    folder = texts(*names(12))
    pictures = [folder / f"{number}.png" for number in range(4)]
    for picture in pictures:
        picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 20)
    paths = [str(folder / name) for name in names(12)] + [str(picture) for picture in pictures]
    answers = dict(read_here(paths, Task(doing.telling_its_process, DEFAULT, "", None), 2, picture_workers=1))
    assert sorted(answers) == sorted(paths)
    assert len({answers[str(picture)].text for picture in pictures}) == 1
    assert os.getpid() not in {int(outcome.text) for outcome in answers.values()}
