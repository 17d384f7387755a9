"""PDF files whose forms draw forms are read in a process of their own."""

import pytest

from govreport_kit.documents import Limits, read_document
from govreport_kit.documents.limits import Unreadable
from govreport_kit.documents.pdf import read_pdf
from govreport_kit.documents.pdf_apart import draws_forms_in_forms, read_apart
from govreport_kit.errors import DocumentError


def stream(content, told=b""):
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (told, len(content), content)


def form(content, drawn=b"", resources=b""):
    resources = resources or b"/Resources<</Font<</F 3 0 R>>/XObject<<%s>>>>" % drawn
    return stream(content, b"/Type/XObject/Subtype /Form/BBox[0 0 595 842]" + resources)


def pdf(*forms):
    """Return a PDF with a page that draws the first form, which is object 6."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</XObject<</X 6 0 R>>>>>>"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    catalog, pages = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[4 0 R]/Count 1>>"
    written, places = b"%PDF-1.7\n", []
    for number, told in enumerate([catalog, pages, font, page, stream(b"/X Do"), *forms], start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, told)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, len(written))
    return written + head + table + end


WORDS = b"BT /F 12 Tf 72 700 Td (The forms of this invented page draw each other.) Tj ET"
PLAIN = pdf(form(WORDS), form(WORDS))
NESTED = pdf(form(b"/X Do", b"/X 7 0 R"), form(WORDS))
# Each of twelve forms draws the next one twenty times.
ENDLESS = pdf(*(form(b"/X Do " * 20, b"/X %d 0 R" % (7 + depth)) for depth in range(12)), form(WORDS))


@pytest.mark.parametrize(
    ("content", "nested"),
    [
        (PLAIN, False),
        (NESTED, True),
        (ENDLESS, True),
        (pdf(form(WORDS, b"/X 6 0 R"), form(WORDS)), False),  # one that names itself is not drawn again
        (pdf(form(WORDS, b"/I 8 0 R"), form(WORDS), stream(b"", b"/Subtype/Image")), False),
        (pdf(form(b"/X Do", resources=b"/Resources 8 0 R"), form(WORDS), b"<</XObject<</X 7 0 R>>>>"), True),
        (pdf(form(b"/X Do", resources=b"/Resources 99 0 R"), form(WORDS)), True),  # it may stand in a packed object
        (pdf(form(b"/X Do", resources=b"/Resources<</XObject 8 0 R>>"), form(WORDS), b"<</X 7 0 R>>"), True),
        (b"", False),
    ],
)
def test_forms_in_forms_are_seen(content, nested):
    assert draws_forms_in_forms(content) is nested


def test_what_is_read_apart_is_what_is_read_here():
    assert read_apart(NESTED, pictures=False) == read_pdf(NESTED)


def test_a_refusal_comes_back_with_its_kind_and_words():
    with pytest.raises(Unreadable) as here:
        read_pdf(NESTED[:-90])
    with pytest.raises(Unreadable) as apart:
        read_apart(NESTED[:-90], pictures=False)
    assert (apart.value.kind, str(apart.value)) == (here.value.kind, str(here.value))


def test_forms_without_end_are_broken_off(tmp_path):
    path = tmp_path / "endless.pdf"
    path.write_bytes(ENDLESS)
    with pytest.raises(DocumentError, match="endless") as error:
        read_document(path, Limits(most_seconds=2))
    assert error.value.kind == "too_slow"
