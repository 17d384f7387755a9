"""Files of every kind: read, or refused with a reason which names the file."""

import io
import zipfile

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


def zipped(*names, mimetype=""):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "<x/>")
    return stream.getvalue()


OPEN_DOCUMENT = "application/vnd.oasis.opendocument.text"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{\\rtf1\\ansi 1}", r"RTF .* save it as \.docx"),
        (zipped("content.xml", mimetype=OPEN_DOCUMENT), r"\(\.odt, \.fodt\) .* save it as \.docx"),
        (
            b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">'
            b"<text:p>1</text:p><table:table/><p>2</p></office:document>",
            r"\(\.odt, \.fodt\) .* save it as \.docx",
        ),
        (zipped("OFD.xml", "Doc_0/Document.xml"), "OFD .* PDF"),
        (
            b'<?xml version="1.0"?>\r\n<?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="x"/>',
            r"Word's XML .* \.docx",
        ),
        (
            b'\xef\xbb\xbf<?xml version="1.0"?><pkg:package xmlns:pkg="x"><p>1</p></pkg:package>',
            r"Word's XML .* \.docx",
        ),
        (
            '<?xml version="1.0" encoding="UTF-16"?><pkg:package xmlns:pkg="x"><p>1</p></pkg:package>'.encode("utf-16"),
            r"Word's XML .* \.docx",
        ),
    ],
    ids=["rtf", "odt", "fodt", "ofd", "Word 2003 XML", "flat OPC", "flat OPC in UTF-16"],
)
def test_files_of_office_programs_are_told_with_what_to_do(tmp_path, content, words):
    file = tmp_path / "2023.doc"
    file.write_bytes(content)
    with pytest.raises(DocumentError, match=words) as caught:
        read_document(file)
    assert caught.value.kind == "unsupported"


def test_a_single_file_page_may_begin_with_a_mark_of_its_byte_order(tmp_path):
    file = tmp_path / "2023.doc"
    page = "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<html><p>甲</p></html>"
    file.write_text(page, "utf-8-sig")
    assert read_document(file).text == "甲\n"


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
