"""Files that attack their reader: refused by name, within bounded time and memory, or read as far as they go."""

import base64
import io
import quopri
import random
import re
import signal
import struct
import subprocess
import sys
import threading
import time
import traceback
import zipfile

import pytest

import govreport_kit
from govreport_kit.batch import read_reports
from govreport_kit.documents import Limits, read_document
from govreport_kit.documents.limits import Watch, watch, within
from govreport_kit.errors import DocumentError, GovReportError
from govreport_kit.parsing import read_report

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PARAGRAPH = "<w:p><w:r><w:t>甲</w:t></w:r></w:p>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
MEGABYTE = 1024 * 1024


@pytest.fixture
def read(tmp_path):
    """Read some bytes as the content of a file."""

    def read_bytes(content, **limits):
        file = tmp_path / "report.bin"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_document(file, Limits(**{"most_seconds": 30, **limits}))

    return read_bytes


@pytest.fixture
def refusal(read):
    """Read some bytes which must be refused, and tell the kind and the message."""

    def refused(content, **limits):
        with pytest.raises(DocumentError, match=r"report\.bin") as caught:
            read(content, **limits)
        return caught.value.kind, caught.value.message

    return refused


def outcome(read, content, **limits):
    """The media type of what was read, or the kind of the refusal."""
    try:
        return read(content, **limits).media_type
    except DocumentError as error:
        return error.kind


def zipped(parts, method=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def word(markup, declaration=""):
    return zipped({"word/document.xml": f"{declaration}<w:document {SPACE}>{markup}</w:document>"})


def test_a_file_above_the_limit_is_refused_before_it_is_read(tmp_path):
    file = tmp_path / "noise.html"
    with file.open("wb") as stream:
        stream.truncate(200 * MEGABYTE)
    file.chmod(0)  # who opened it would fail, unless root
    with pytest.raises(DocumentError, match=r"209,715,200 bytes exceed .*; raise `largest_file`"):
        read_document(file)


@pytest.mark.parametrize("alphabet", [bytes(range(256)), bytes(range(32, 256)), bytes(range(128, 256)), b"<>/=\"' ap"])
def test_noise_ends_in_order(read, alphabet):
    noise = bytes(random.Random(7).choices(alphabet, k=2 * MEGABYTE))
    assert outcome(read, noise, longest_text=3_000_000) in {"text/html", "text/plain", "unsupported", "damaged"}


def test_a_text_longer_than_any_report_is_refused(refusal):
    kind, message = refusal("甲" * 1001, longest_text=1000)
    assert (kind, "1,001 characters" in message) == ("too_large", True)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize("markup", ["<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", '<w:p w:a="&l9;"/>', "<w:p/>"])
def test_entities_are_refused_in_word_files(refusal, markup):
    laughs = f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'
    assert refusal(word(markup, laughs))[0] == "damaged"


def test_entities_from_outside_are_not_read(read, refusal, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密")
    outside = f'<!DOCTYPE x [<!ENTITY l9 SYSTEM "{secret.as_uri()}">]>'
    kind, message = refusal(word("<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", outside))
    assert (kind, "秘密" in message) == ("damaged", False)
    page = f'<!DOCTYPE html [<!ENTITY l0 "ha">{LAUGHS}]><p>&l9;甲</p>'
    assert "haha" not in read(page).text


def test_a_bomb_in_a_zip_file_is_refused(refusal):
    assert refusal(word("<w:p>" + " " * 3 * MEGABYTE + "</w:p>"))[1].startswith("it unpacks to more than 200 times")
    assert refusal(word(PARAGRAPH * 30_000), largest_unpacked=MEGABYTE, largest_ratio=1e9)[0] == "too_large"


def test_a_size_that_the_file_lies_about_is_not_believed(refusal):
    content = word("<w:p>" + " " * 3 * MEGABYTE + "</w:p>")
    real = struct.pack("<I", len(f"<w:document {SPACE}><w:p></w:p></w:document>") + 3 * MEGABYTE)
    assert real in content
    assert refusal(content.replace(real, struct.pack("<I", 100)))[0] in {"too_large", "damaged"}


def test_a_bomb_takes_little_memory(tmp_path):
    file = tmp_path / "bomb.docx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(150):
            part.write(b" " * MEGABYTE)
    script = """
import resource, sys
from govreport_kit.documents import read_document
from govreport_kit.errors import DocumentError, GovReportError
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    read_document(sys.argv[1])
except DocumentError as error:
    print(error.kind, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    pytest.importorskip("resource")
    done = subprocess.run([sys.executable, "-c", script, str(file)], capture_output=True, text=True, check=True)
    kind, kilobytes = done.stdout.split()
    assert kind == "too_large"
    assert int(kilobytes) * (1 if sys.platform == "darwin" else 1024) < 60 * MEGABYTE


def test_a_zip_file_of_countless_parts_is_refused(refusal):
    assert refusal(zipped({f"word/{number}": b"" for number in range(10_001)}))[0] == "too_large"


def test_broken_zip_files_are_damaged(refusal):
    content = word(PARAGRAPH * 500)
    assert refusal(content[: len(content) // 2])[0] == "damaged"
    assert refusal(content[:60] + bytes(20) + content[80:])[0] == "damaged"
    assert refusal(zipped({"word/document.xml": "<w:p/>"}, zipfile.ZIP_LZMA))[0] == "damaged"
    assert refusal(zipped({"word/document.xml": "<w:p>"}))[0] == "damaged"
    locked = bytearray(content)
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(header) + flags] |= 1
    assert refusal(bytes(locked)) == ("unsupported", "the file is protected by a password; save it without one")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (OLE, r"\.wps"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"{\\rtf1\\ansi}", "RTF"),
        (zipped({"xl/workbook.xml": "<a/>"}), "spreadsheetml"),
        (zipped({"ppt/presentation.xml": "<a/>"}), "presentationml"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}, zipfile.ZIP_STORED), "OpenDocument"),
        (zipped({"a.html": "<p>"}), "unpack it"),
        (b'<?xml version="1.0"?>\n<w:wordDocument xmlns:w="x"></w:wordDocument>', "Word's XML"),
        (b'<?xml version="1.0"?><pkg:package xmlns:pkg="x"></pkg:package>', "Word's XML"),
    ],
)
def test_kinds_which_are_not_read_are_refused_with_advice(refusal, content, words):
    kind, message = refusal(content)
    assert kind == "unsupported"
    assert re.search(words, message)


@pytest.mark.parametrize("opening", ["<div>", "<table><tr><td>", "<span><b>", "<ul><li>"])
def test_a_page_of_a_hundred_thousand_levels_is_read_as_far_as_it_goes(read, opening):
    assert read(f"<p>甲</p>{opening * (100_000 // opening.count('<'))}乙").text.startswith("甲\n")


def test_the_words_below_a_hundred_thousand_levels_of_a_page_are_read(read):
    assert read("<p>甲</p>" + "<div>" * 100_000 + "乙").text == "甲\n乙\n"


def test_markup_of_a_hundred_thousand_levels_is_no_word_file(refusal):
    deep = "<w:sdt>" * 100_000 + "</w:sdt>" * 100_000
    assert refusal(word(deep), largest_ratio=1e9)[0] == "damaged"


def test_nesting_beyond_the_stack_is_refused(refusal):
    file = word("<w:sdt>" * 240 + PARAGRAPH + "</w:sdt>" * 240)

    def deep(levels):
        return deep(levels - 1) if levels else refusal(file, largest_ratio=1e9)

    frames = sum(1 for _ in traceback.walk_stack(None))
    assert deep(sys.getrecursionlimit() - frames - 150)[0] == "too_large"


@pytest.mark.parametrize(
    "piece",
    [
        "<", "<a ", '<a b="', "<a b='>", "<a b = ", "<!--", "<!-- -", "<script>", "<style><script/>", "</script", "<button>",
        "<select><svg>", "<rt>", "<title>", "<table>", "<table><tr><td>", "<td>", "<tr>", "</td>", "&amp", "&#", "\u200b<p>",
    ],
)  # fmt: skip
def test_a_page_of_one_piece_over_and_over_takes_time_in_proportion(read, piece):
    assert outcome(read, "<p>甲</p>" + piece * 100_000, most_seconds=20) == "text/html"


def test_too_many_elements_are_refused(refusal):
    assert refusal("<p>甲" * 1001, most_elements=1000)[0] == "too_large"
    assert refusal(word(PARAGRAPH * 1001), most_elements=1000)[0] == "too_large"


def test_tables_take_no_more_slots_than_all_together_may(read):
    lying = '<table><tr><td rowspan="100000" colspan="100000">甲</td></tr><tr><td>1</td></tr></table>'
    document = read(lying * 1000, most_slots=4020)
    assert len(document.grids) == 10
    assert document.text.count("甲") == 1000
    wide = "<table><tr>" + '<td colspan="200">' * 50 + "</tr>" + "<tr><td>1</td></tr>" * 1000 + "</table>"
    assert read(wide).grids == ()


def test_null_bytes_are_dropped(read):
    assert read(b"<p>\x00\xe7\x94\xb2" + b"<p>\xe4\xb9\x99" * 200).text.startswith("甲\n乙\n")
    assert "\x00" not in read("甲乙".encode() * 500 + b"\x00").text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["<html><body><p>总体情况</p></body></html>", "一、总体情况 2023 年\n" * 5])
def test_utf16_without_a_mark_is_read(read, encoding, text):
    document = read(text.encode(encoding))
    assert (document.encoding, "总体情况" in document.text) == (encoding, True)
    assert document.media_type == ("text/html" if "<" in text else "text/plain")


def test_mixed_encodings_end_in_order(read):
    mixed = ("政府信息公开" * 50).encode("gb18030") + ("依申请公开" * 50).encode()
    assert outcome(read, mixed) in {"text/plain", "damaged"}


PAGE = '<html><body><table><tr><td>总计</td><td>5</td></tr></table><img src="a.png"></body></html>'


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("quoted-printable", quopri.encodestring(PAGE.encode("gb18030"))),
        ("base64", base64.encodebytes(PAGE.encode("utf-16"))),
        ("base64", base64.encodebytes(PAGE.encode("utf-16-le"))),
        ("8bit", PAGE.encode()),
    ],
)
@pytest.mark.parametrize("nested", [False, True])
def test_a_page_saved_as_a_single_file_is_read(read, name, payload, nested):
    part = (
        b"Content-Type: text/html; charset=unknown-8bit\nContent-Transfer-Encoding: "
        + name.encode()
        + b"\n\n"
        + payload
    )
    image = b"\n--x\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--x--\n"
    kind = b'Content-Type: multipart/related; type="text/html";\n\tboundary="x"\n\n'
    content = b"From: <Saved by Word>\nMIME-Version: 1.0\n" + (
        kind + b"preamble\n--x\n" + part + image if nested else part
    )
    document = read(content)
    assert (document.media_type, document.pictures) == ("multipart/related", 1)
    assert [[slot.text for slot in line] for line in document.grids[0].rows] == [["总计", "5"]]


def test_mails_without_a_page_and_of_countless_parts_are_refused(refusal):
    head = b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n\n'
    assert refusal(head + b"--x\nContent-Type: text/plain\n\n5\n--x--")[0] == "damaged"
    assert refusal(head + b"--x\n\n" * 10_001)[0] == "too_large"
    nested = b"".join(b'--%d\nContent-Type: multipart/mixed; boundary="%d"\n\n' % (n, n + 1) for n in range(3000))
    assert refusal(b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="0"\n\n' + nested)[0] in {
        "damaged", "too_large",
    }  # fmt: skip


def test_a_document_over_its_time_is_too_slow():
    with pytest.raises(DocumentError, match=r"longer than 0\.05 seconds") as caught:
        within(Limits(most_seconds=0.05), "slow.html", lambda: re.search("(a+)+b", "a" * 60))
    assert caught.value.kind == "too_slow"
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_time_is_kept_where_there_is_no_timer():
    kinds = []

    def work():
        try:
            within(Limits(most_seconds=0.02), "slow.html", lambda: [watch().check_time() for _ in iter(int, 1)])
        except DocumentError as error:
            kinds.append(error.kind)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert kinds == ["too_slow"]


def test_a_timer_of_another_program_is_left_alone():
    rung = []
    previous = signal.signal(signal.SIGALRM, lambda *_: rung.append(1))
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        within(Limits(most_seconds=0.01), "a.html", lambda: time.sleep(0.1))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
    assert rung == [1]


def test_no_handler_between_may_swallow_the_end_of_the_time():
    def stubborn():
        try:
            while True:
                pass
        except Exception:  # what a reader may do
            return "swallowed"

    with pytest.raises(DocumentError, match="too_slow"):
        within(Limits(most_seconds=0.02), "a.html", stubborn)


def test_nested_work_is_broken_off_by_the_outer_limit():
    inner = Limits(most_seconds=100)
    with pytest.raises(DocumentError, match=r"longer than 0\.02"):
        within(Limits(most_seconds=0.02), "a", lambda: within(inner, "a", lambda: time.sleep(30)))


def test_without_a_limit_of_time_no_timer_is_set():
    assert within(Limits(most_seconds=None), "a", lambda: signal.getitimer(signal.ITIMER_REAL)[0]) == 0
    assert Watch(Limits(most_seconds=None)).deadline is None


@pytest.mark.parametrize("workers", [1, 2])
def test_limits_reach_every_file_of_a_folder(tmp_path, workers):
    files = [tmp_path / name for name in ("a.txt", "b.txt")]
    for file in files:
        file.write_text("示例县2023年政府信息公开工作年度报告\n申请\n" * 20_000, "utf-8")
    with pytest.raises(GovReportError, match=r"(?s)a\.txt: .*\(too_slow\).*b\.txt: .*\(too_slow\)"):
        read_reports(files, workers=workers, cache=False, progress=False, limits=Limits(most_seconds=0.001))
    with pytest.raises(DocumentError, match="largest_file"):
        read_report(files[0], Limits(largest_file=10))


def test_limits_are_a_public_name():
    assert govreport_kit.Limits is Limits
