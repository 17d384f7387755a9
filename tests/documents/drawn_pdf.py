"""Pages of PDF files, drawn stroke by stroke and word by word in points from their upper left corner."""

import functools
from pathlib import Path

from fontTools import ttLib

TYPE = Path(__file__).parents[2] / "govreport_kit" / "figures" / "fonts" / "GovReportSansSC-Regular.ttf"


@functools.cache
def glyphs():
    with ttLib.TTFont(TYPE) as font:
        unit = font["head"].unitsPerEm
        cmap = font.getBestCmap()
        numbers = {code: font.getGlyphID(name) for code, name in cmap.items()}
        return numbers, {numbers[code]: 1000 * font["hmtx"][name][0] // unit for code, name in cmap.items()}


@functools.cache
def font_objects(first, unnamed=""):
    """Return the objects of an embedded font, so that no font of the machine is needed.

    Characters in `unnamed` have no Unicode.
    """
    numbers, widths = glyphs()
    to_unicode = "1 begincodespacerange <0000> <ffff> endcodespacerange\n" + "".join(
        f"1 beginbfchar <{number:04x}> <{code:04x}> endbfchar\n"
        for code, number in sorted(numbers.items(), reverse=True)
        if code < 0x10000 and chr(code) not in unnamed
    )
    across = " ".join(f"{number}[{width}]" for number, width in sorted(widths.items()))
    type0 = (
        f"<</Type/Font/Subtype/Type0/BaseFont/Kit/Encoding/Identity-H/ToUnicode {first + 1} 0 R/DescendantFonts[<<"
        f"/Type/Font/Subtype/CIDFontType2/BaseFont/Kit/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        f"/CIDToGIDMap/Identity/W[{across}]/FontDescriptor<</Type/FontDescriptor/FontName/Kit/Flags 4/Ascent 880"
        f"/Descent -120/CapHeight 700/ItalicAngle 0/StemV 80/FontBBox[0 -120 1000 880]/FontFile2 {first + 2} 0 R>>>>]>>"
    )
    return [type0.encode(), stream(to_unicode.encode()), stream(TYPE.read_bytes())]


def drawn(*pages, rotate=0, form="", font=None, title=b""):
    """Return a PDF of A4 pages, each given by its content stream; `form` is a content that pages can `/X Do`."""
    objects = [b"", b"", *(font or font_objects(3))]
    resources = b"/Resources<</Font<</F 3 0 R>>/XObject<</X %d 0 R>>>>" % (len(objects) + 1)
    objects.append(stream(form.encode("latin-1"), b"/Type/XObject/Subtype/Form/BBox[-999 -999 999 999]" + resources))
    kids = []
    for content in pages:
        kids.append(b"%d 0 R" % (len(objects) + 1))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate %d/Contents %d 0 R%s>>"
            % (rotate, len(objects) + 2, resources)
        )
        objects.append(stream(content.encode("latin-1")))
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), b" ".join(kids))
    objects.append(b"<</Title<%s>>>" % title)
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    size = len(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, size - 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end


def stream(data, entries=b""):
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def words(x, y, text, size=10):
    """Draw words whose baseline begins x, y points from the page's upper left corner."""
    codes = "".join(f"{glyphs()[0][ord(character)]:04x}" for character in text)
    return f"BT /F {size} Tf {x} {842 - y} Td <{codes}> Tj ET "


def line(x0, y0, x1, y1):
    return f"{x0} {842 - y0} m {x1} {842 - y1} l S "


def dotted(x0, y0, x1, y1):
    """Draw a line as squares of half a point, as office programs do."""
    steps = int(max(x1 - x0, y1 - y0) / 2)
    return "".join(
        f"{x0 + (x1 - x0) * step / steps:.2f} {842 - y0 - (y1 - y0) * step / steps:.2f} .5 .5 re f "
        for step in range(steps + 1)
    )


def ruled(xs, ys, rows, rule=line, size=10):
    """Draw a table: column and row edges, and the words of each row; None leaves out the rule left of a cell."""
    content = "".join(rule(xs[0], y, xs[-1], y) for y in ys)
    content += rule(xs[0], ys[0], xs[0], ys[-1]) + rule(xs[-1], ys[0], xs[-1], ys[-1])
    for top, bottom, row in zip(ys, ys[1:], rows, strict=False):
        for x, text in zip(xs, row, strict=False):
            if text is None:
                continue
            content += rule(x, top, x, bottom)
            if text:
                content += words(x + 4, bottom - 5, text, size)
    return content
