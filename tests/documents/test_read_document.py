"""Files of every kind: read, or refused with a reason which names the file."""

import pytest

from govreport_kit.documents import Limits, read_document
from govreport_kit.errors import DocumentError, MissingPathError


def test_content_decides_the_kind_not_the_name(tmp_path):
    file = tmp_path / "report.pdf"
    file.write_text("<html><body><p>甲</p></body></html>", "utf-8")
    document = read_document(file)
    assert (document.media_type, document.text, document.encoding) == ("text/html", "甲\n", "utf-8")
    # printf '<html><body><p>甲</p></body></html>' | sha256sum
    assert document.sha256 == "383933f5973dff961c872d55b05d67768ab750533ab64f79f894b5fb60650d99"


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (b"", "empty", "no text"),
        (b"\xef\xbb\xbf  \r\n\x00", "empty", "no text"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "unsupported", "a picture"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 50, "unsupported", "a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 50, "unsupported", "old Word"),
        (b"%PDF-1.7\n", "damaged", "PDF"),
        (bytes(range(256)) * 40, "unsupported", "octet-stream"),
        (bytes([0xFF, 0x80, 0xC0, 0xFE]) * 500, "damaged", "no encoding"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(tmp_path, content, kind, words):
    file = tmp_path / "2023.html"
    file.write_bytes(content)
    with pytest.raises(DocumentError, match=r"2023\.html") as caught:
        read_document(file)
    assert caught.value.kind == kind
    assert words in str(caught.value)


def test_a_file_above_the_limit_is_refused(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("甲" * 100, "utf-8")
    with pytest.raises(DocumentError, match="300 bytes exceed the limit of 299"):
        read_document(file, Limits(largest_file=299))


def test_a_missing_file_names_its_nearest_neighbour(tmp_path):
    (tmp_path / "zijin-2024.txt").write_text("甲")
    with pytest.raises(MissingPathError, match=r"Nearest: zijin-2024\.txt"):
        read_document(tmp_path / "zijn-2024.txt")


def test_a_folder_is_not_a_document(tmp_path):
    with pytest.raises(DocumentError, match="read_reports"):
        read_document(tmp_path)
