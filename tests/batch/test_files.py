"""Which files of a folder are read."""

import pytest

from govreport_kit.batch import find_files
from govreport_kit.errors import GovReportError, MissingPathError


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


def test_a_folder_without_documents_is_named(tmp_path):
    with pytest.raises(GovReportError, match="No file to read in"):
        find_files(tmp_path)


def test_a_missing_path_is_named(tmp_path):
    with pytest.raises(MissingPathError, match="nowhere"):
        find_files([tmp_path, tmp_path / "nowhere"])
