"""Pictures of tables: what is read from them, within which limits, and that nothing is fetched or printed."""

import base64
import io
import re
import socket
import subprocess
import sys

import numpy as np
import pytest

from govreport_kit import read_report
from govreport_kit.documents import Limits, extra, read_document, reads_pictures
from govreport_kit.documents.limits import Unreadable
from govreport_kit.documents.pdf import read_pdf
from govreport_kit.documents.picture import read_picture
from govreport_kit.errors import DocumentError
from govreport_kit.parsing.tables import read_tables
from govreport_kit.report import Cell, Report
from govreport_kit.simulate.picture import Wear, picture_of

pytest.importorskip("PIL")
from PIL import Image

needs_recognition = pytest.mark.skipif(not reads_pictures(), reason="the extra ocr is not installed")
TITLE = "示例县人民政府2023年政府信息公开工作年度报告"
FIGURES = [3, 38, 11, 0, 52, 3, 0, 0, 0, 3, 0, 0, 0, 12, 12]
PLACES = [
    (channel, outcome)
    for channel in ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    for outcome in ("upheld", "corrected", "other", "pending", "total")
]
TRUTH = dict(zip(PLACES, FIGURES, strict=True))


def review_report():
    cells = tuple(
        Cell("reviews", row, column, number, "reported" if number else "zero")
        for (row, column), number in TRUTH.items()
    )
    text = f"{TITLE}\n四、政府信息公开行政复议、行政诉讼情况"
    from govreport_kit.parsing.sections import read_sections

    return Report("r", title=TITLE, year=2023, cells=cells, text=text, sections=tuple(read_sections(text, ())))


def drawn(**wear):
    return picture_of(review_report(), Wear(width=900, **wear), 1)


@pytest.fixture(scope="module")
def clean():
    return drawn()


def saved(content, kind, **options):
    target = io.BytesIO()
    Image.open(io.BytesIO(content)).save(target, kind, **options)
    return target.getvalue()


def values(document):
    return {(cell.row, cell.column): cell.value for cell in read_tables(document).cells if cell.table == "reviews"}


@needs_recognition
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF"])
def test_the_table_of_a_picture_is_read_whatever_its_kind(tmp_path, clean, kind):
    file = tmp_path / "report.bin"
    file.write_bytes(saved(clean, kind))
    document = read_document(file)
    assert values(document) == TRUTH
    assert document.media_type == f"image/{kind.lower()}"
    assert document.text.splitlines()[0] == TITLE


@needs_recognition
@pytest.mark.parametrize(
    "wear",
    [{"quality": 40}, {"rotation": 2.0}, {"rules": "light"}, {"rules": "dotted"}, {"noise": 10.0}, {"blur": 1.0}],
    ids=lambda wear: next(iter(wear)) + str(next(iter(wear.values()))),
)
def test_the_table_of_a_worn_picture_is_read(tmp_path, wear):
    file = tmp_path / "report.png"
    file.write_bytes(drawn(**wear))
    assert values(read_document(file)) == TRUTH


@needs_recognition
def test_cells_know_where_in_the_picture_they_stand_and_how_certain_they_are(clean):
    (grid,) = read_picture(clean).grids
    width, height = Image.open(io.BytesIO(clean)).size
    cell = grid.rows[-1][1]
    left, top, right, bottom = cell.box
    assert (cell.text, cell.page) == ("38", 1)
    assert 0 < left < right < width
    assert 0.5 * height < top < bottom <= height
    assert 0.98 < cell.confidence <= 1
    # The ink of the figure is inside of its box.
    inside = Image.open(io.BytesIO(clean)).convert("L").crop((left + 3, top + 3, right - 3, bottom - 3))
    assert inside.getextrema()[0] < 60


@needs_recognition
def test_the_parsed_report_tells_that_it_was_read_from_a_picture(tmp_path, clean):
    file = tmp_path / "report.png"
    file.write_bytes(clean)
    report = read_report(file)
    assert (report.year, report.agency, report.source.media_type) == (2023, "示例县人民政府", "image/png")
    codes = {note.code for note in report.notes}
    assert "picture_read" in codes
    assert "picture" not in codes  # the tables that are missing stand in no picture that was left unread
    assert {(cell.row, cell.column): cell.value for cell in report.table("reviews")} == TRUTH
    for cell in report.table("reviews"):
        assert report.text[cell.start : cell.end] == str(cell.value)


@needs_recognition
def test_a_blank_cell_is_blank_and_a_dash_is_a_mark(tmp_path):
    report = review_report()
    states = {("reconsideration", "other"): "blank", ("reconsideration", "pending"): "not_applicable"}
    cells = tuple(
        Cell("reviews", cell.row, cell.column, None, states[cell.row, cell.column])
        if (cell.row, cell.column) in states
        else cell
        for cell in report.cells
    )
    from dataclasses import replace

    file = tmp_path / "report.png"
    file.write_bytes(picture_of(replace(report, cells=cells), Wear(width=900), 1))
    read = {(cell.row, cell.column): cell.state for cell in read_tables(read_document(file)).cells}
    assert {place: read[place] for place in states} == states


@needs_recognition
def test_a_scan_in_a_pdf_is_read(tmp_path, clean):
    file = tmp_path / "scan.pdf"
    Image.open(io.BytesIO(clean)).save(file, "PDF", resolution=110)
    document = read_document(file)
    assert values(document) == TRUTH
    assert {cell.page for grid in document.grids for row in grid.rows for cell in row} == {1}


@needs_recognition
def test_pictures_of_a_page_are_read_from_the_page_and_from_its_folder_only(tmp_path, clean):
    folder = tmp_path / "page"
    (folder / "files").mkdir(parents=True)
    (tmp_path / "outside.png").write_bytes(clean)
    (folder / "files" / "表 1.png").write_bytes(clean)
    (folder / "link.png").symlink_to(tmp_path / "outside.png")
    inline = "data:image/png;base64," + base64.b64encode(clean).decode()
    page = folder / "report.html"
    for address, is_read in [
        ("files/%E8%A1%A8%201.png?v=2", True),
        (inline, True),
        ("../outside.png", False),
        ("link.png", False),
        (str(tmp_path / "outside.png"), False),
        ((tmp_path / "outside.png").as_uri(), False),
        ("https://example.invalid/table.png", False),
        ("//example.invalid/table.png", False),
    ]:
        page.write_text(f"<h1>{TITLE}</h1><p>一、总体情况</p><p><img src='{address}'></p><p>六、其他</p>", "utf-8")
        document = read_document(page, pictures=True)
        assert values(document) == (TRUTH if is_read else {}), address
        assert document.text.rstrip().endswith("六、其他")
    page.write_text(f"<h1>{TITLE}</h1><p>一、总体情况</p><img src='files/表 1.png'><p>六、其他</p>", "utf-8")
    report = read_report(page)
    assert {(cell.row, cell.column): cell.value for cell in report.table("reviews")} == TRUTH
    for cell in report.table("reviews"):
        assert report.text[cell.start : cell.end] == str(cell.value)


@needs_recognition
@pytest.mark.parametrize("location", ["cid:table", "files/table.png"])
def test_a_picture_of_a_page_saved_as_a_single_file_is_read(tmp_path, clean, location):
    from email.mime.image import MIMEImage
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText

    whole = MIMEMultipart("related")
    page = MIMEText(f"<h1>{TITLE}</h1><p>一、总体情况</p><img src='{location}'><p>六、其他</p>", "html", "utf-8")
    page["Content-Location"] = "http://example.invalid/2023/report.html"
    picture = MIMEImage(clean, "png")
    picture["Content-ID"] = "<table>"
    picture["Content-Location"] = "http://example.invalid/2023/files/table.png"
    whole.attach(page)
    whole.attach(picture)
    file = tmp_path / "report.mhtml"
    file.write_bytes(whole.as_bytes())
    assert read_document(file).pictures == 1
    assert values(read_document(file, pictures=True)) == TRUTH


@needs_recognition
def test_a_page_on_its_side_is_turned(clean):
    from govreport_kit.documents.picture_facing import upright

    page = np.asarray(Image.open(io.BytesIO(clean)).convert("RGB"))
    for quarters in range(4):
        assert np.array_equal(upright(np.rot90(page, quarters)), page), quarters


@needs_recognition
def test_a_report_shows_the_pieces_of_the_picture_while_it_is_unchanged(tmp_path, clean):
    file = tmp_path / "report.png"
    file.write_bytes(clean)
    report = read_report(file)
    assert {place.page for place in report.prints} == {1}
    assert min(place.confidence for place in report.prints) > 0.9
    shown = report.to_html()
    pieces = re.findall('<img src="data:image/png;base64,([^"]+)"', shown)
    assert len(pieces) == len(TRUTH)
    for piece in pieces:
        inside = Image.open(io.BytesIO(base64.b64decode(piece))).convert("L")
        assert inside.getextrema()[0] < 60
        assert inside.height <= 40
    assert Report.from_json(report.to_json()).to_html().count("<img") == 0
    file.write_bytes(saved(clean, "PNG", compress_level=1))
    assert "<img" not in report.to_html()
    file.unlink()
    assert "<img" not in report.to_html()


@needs_recognition
def test_pieces_are_cut_out_of_the_picture_of_a_page_and_of_its_folder(tmp_path, clean):
    from govreport_kit.documents.digests import digest_of
    from govreport_kit.documents.picture_crops import cut_out

    table = Image.open(io.BytesIO(clean))
    (tmp_path / "table.png").write_bytes(clean)
    inline = "data:image/png;base64," + base64.b64encode(saved(table_of(100), "PNG")).decode()
    page = tmp_path / "report.html"
    page.write_text(f"<p><img src='table.png'><img src='{inline}'></p>", "utf-8")
    whole = digest_of(page.read_bytes(), page)
    places = [(1, (0.0, 0.0, table.width, 30.0)), (2, (0.0, 0.0, 100.0, 30.0))]
    pieces = cut_out(page, whole, places)
    assert [Image.open(io.BytesIO(pieces[place])).size for place in places] == [(table.width, 30), (100, 30)]
    (tmp_path / "table.png").write_bytes(table_of(300))
    assert cut_out(page, whole, places) == {}


def table_of(width):
    target = io.BytesIO()
    Image.new("RGB", (width, 60), "white").save(target, "PNG")
    return target.getvalue()


@needs_recognition
def test_a_picture_of_a_word_file_is_read_where_it_stands(tmp_path, clean):
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for words in (TITLE, "一、总体情况"):
        document.add_paragraph(words)
    document.add_picture(io.BytesIO(clean))
    document.add_paragraph("六、其他需要报告的事项")
    file = tmp_path / "report.docx"
    document.save(file)
    report = read_report(file)
    assert {(cell.row, cell.column): cell.value for cell in report.table("reviews")} == TRUTH
    lines = report.text.splitlines()
    assert lines[:2] == [TITLE, "一、总体情况"]
    assert lines[-1] == "六、其他需要报告的事项"
    for cell in report.table("reviews"):
        assert report.text[cell.start : cell.end] == str(cell.value)


@needs_recognition
def test_a_picture_on_a_page_of_text_is_read_only_on_demand(tmp_path, clean):
    from govreport_kit.documents.pdf import read_pdf

    file = tmp_path / "mixed.pdf"
    file.write_bytes(with_text_above(clean))
    plain = read_pdf(file.read_bytes())
    assert (plain.pictures, plain.grids) == (1, ())
    report = read_report(file)
    assert {(cell.row, cell.column): cell.value for cell in report.table("reviews")} == TRUTH
    assert report.year == 2023


def with_text_above(picture):
    """A PDF page which prints a title and headings as text, and a picture below them."""
    import matplotlib as mpl
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

    from govreport_kit.figures.theme import FONT

    target = io.BytesIO()
    with mpl.rc_context({"pdf.fonttype": 42}), PdfPages(target) as pages:
        page = Figure(figsize=(8.27, 11.69))
        font = FontProperties(fname=str(FONT), size=10)
        for y, words in ((0.95, TITLE), (0.9, "一、总体情况"), (0.85, "全年收到政府信息公开申请，均按时办理。")):
            page.text(0.1, y, words, fontproperties=font, parse_math=False)
        axes = page.add_axes((0.08, 0.4, 0.84, 0.4))
        axes.set_axis_off()
        axes.imshow(Image.open(io.BytesIO(picture)), interpolation="none")
        pages.savefig(page)
    return target.getvalue()


@needs_recognition
def test_a_page_with_text_is_not_lost_because_its_pictures_take_too_long(tmp_path, clean, monkeypatch):
    from govreport_kit.documents.limits import Watch

    monkeypatch.setattr(Watch, "time_is_short", lambda self: True)
    page = tmp_path / "report.html"
    (tmp_path / "table.png").write_bytes(clean)
    words = "全年收到政府信息公开申请24件。"
    page.write_text(f"<h1>{TITLE}</h1><p>一、总体情况</p><p>{words}</p><img src='table.png'>", "utf-8")
    report = read_report(page)
    assert [(fact.indicator, fact.value) for fact in report.facts] == [("requests_received", 24)]
    assert "picture" in {note.code for note in report.notes}


@needs_recognition
def test_nothing_is_fetched_and_nothing_printed(monkeypatch, capfd, clean):
    def forbidden(*_, **__):
        raise AssertionError("the network was asked")

    from govreport_kit.documents import recognition

    monkeypatch.setattr(socket, "socket", forbidden)
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    recognition._reader.cache_clear()
    recognition._session.cache_clear()
    assert read_picture(clean).grids
    assert capfd.readouterr() == ("", "")
    assert "rapidocr" not in sys.modules


def test_without_the_extra_a_picture_is_refused_with_the_line_that_installs_it(monkeypatch, clean):
    monkeypatch.setattr(extra, "_MODULES", ("no_such_module",))
    with pytest.raises(Unreadable) as caught:
        read_picture(clean)
    assert caught.value.kind == "unsupported"
    assert 'pip install "govreport-kit[ocr]"' in str(caught.value)


def test_without_the_extra_a_page_of_pictures_tells_how_to_read_them(monkeypatch, tmp_path):
    monkeypatch.setattr(extra, "_MODULES", ("no_such_module",))
    page = tmp_path / "report.html"
    page.write_text(f"<h1>{TITLE}</h1><p>一、总体情况</p><img src='table.png'><p>六、其他</p>", "utf-8")
    (message,) = [note.message for note in read_report(page).notes if note.code == "picture"]
    assert 'pip install "govreport-kit[ocr]"' in message


def header(width, height):
    """A PNG file which claims a size and holds next to nothing."""
    import struct
    import zlib

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@needs_recognition
@pytest.mark.parametrize("size", [(60_000, 60_000), (12_000, 9_000), (40_000, 2_400)])
def test_a_picture_that_claims_too_many_pixels_is_refused_before_it_is_unpacked(tmp_path, size):
    file = tmp_path / "bomb.png"
    file.write_bytes(header(*size))
    with pytest.raises(DocumentError) as caught:
        read_document(file)
    assert caught.value.kind == "too_large"


@needs_recognition
def test_a_tiff_of_too_many_pages_or_pixels_is_refused():
    page = Image.new("L", (300, 300), 255)
    target = io.BytesIO()
    page.save(target, "TIFF", save_all=True, append_images=[page] * 3, compression="tiff_deflate")
    from govreport_kit.documents.limits import within

    for limits, told in ((Limits(most_pages=3), "4 pages"), (Limits(most_pixels=200_000), "pixels")):
        with pytest.raises(Unreadable, match=told) as caught:
            within(limits, "t.tif", lambda: read_picture(target.getvalue()))
        assert caught.value.kind == "too_large"


@needs_recognition
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_torn_picture_is_refused(clean, kind):
    whole = saved(clean, kind)
    with pytest.raises(Unreadable) as caught:
        read_picture(whole[: len(whole) // 2])
    assert caught.value.kind in ("damaged", "unsupported")


@needs_recognition
def test_a_white_picture_holds_nothing():
    target = io.BytesIO()
    Image.new("RGB", (800, 600), "white").save(target, "PNG")
    reading = read_picture(target.getvalue())
    assert (reading.text, reading.grids) == ("", ())


def test_a_pdf_with_text_is_read_without_the_models():
    script = "import sys, govreport_kit.documents.pdf as p; assert not {'cv2', 'onnxruntime', 'PIL'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", script], check=True)
    assert callable(read_pdf)
