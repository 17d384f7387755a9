"""Build the font of the figures from Noto Sans SC: ``python data/build_font.py NotoSansSC-Regular.otf``.

The source is the file of that name in the PyPI package pylopdf-fonts-zh-cn 0.1.1. The result holds GB2312,
Latin letters, symbols, and every character of the codebook's data files and of the published figures; its
outlines are TrueType, so that a PDF embeds them without complaint. The same source and the same characters give
the same bytes.

The family has a name of its own: the licence keeps reserved names from changed fonts, "Noto" is a trademark,
and no font of the reader's system must be taken for this one.
"""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

ROOT = Path(__file__).resolve().parents[1]
FONT = ROOT / "govreport_kit" / "figures" / "fonts" / "GovReportSansSC-Regular.ttf"
TEXTS = ("govreport_kit/codebook/data/*.csv", "govreport_kit/codebook/data/*.toml", "data/published/*.csv")
READ_ONLY = ("traditional.csv",)  # read from documents, never written on a figure
FAMILY = "GovReport Sans SC"
VERSION = "1.000"
EPOCH = 3786912000  # 1 January 2024 in seconds since 1904, as fonts count
LARGEST_ERROR = 1.0  # of the quadratic curves, in units of 1/1000 em

NAMES = {
    1: FAMILY,
    2: "Regular",
    3: f"{VERSION};GovReportSansSC-Regular",
    4: FAMILY,
    5: f"Version {VERSION}; a subset of Noto Sans SC 2.004 with TrueType outlines",
    6: "GovReportSansSC-Regular",
}


def main(source: str) -> None:
    """Write the font, made from the file `source`."""
    font = TTFont(source, recalcTimestamp=False)
    keep_only(font, wanted_characters())
    use_truetype_outlines(font)
    rename(font)
    font["head"].created = font["head"].modified = EPOCH
    font.save(FONT, reorderTables=True)


def wanted_characters() -> set[str]:
    """Return GB2312, Latin and symbols, and what the kit's own data hold."""
    blocks = [(0x20, 0x17F), (0x391, 0x3C9), (0x2010, 0x2044), (0x2070, 0x209C), (0x20A0, 0x20BF), (0x2100, 0x218B),
              (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2460, 0x24FF), (0x25A0, 0x25FF), (0x3000, 0x303F),
              (0xFF00, 0xFFEF)]  # fmt: skip
    characters = {chr(code) for first, last in blocks for code in range(first, last + 1)}
    for row, cell in product(range(0xA1, 0xF8), range(0xA1, 0xFF)):
        characters |= set(bytes([row, cell]).decode("gb2312", "ignore"))
    for path in (path for pattern in TEXTS for path in ROOT.glob(pattern) if path.name not in READ_ONLY):
        characters |= set(path.read_text("utf-8"))
    return characters


def keep_only(font: TTFont, characters: set[str]) -> None:
    """Drop the glyphs of other characters, and tables which figures do not use."""
    options = Options()
    options.layout_features = ["kern", "ccmp", "mark"]
    options.drop_tables += ["BASE", "DSIG", "GlyphOrder", "VORG", "vhea", "vmtx"]
    options.name_IDs = ["*"]
    options.name_languages = [0x409]
    options.hinting = False
    options.desubroutinize = True
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(sorted(characters)))
    subsetter.subset(font)


def use_truetype_outlines(font: TTFont) -> None:
    """Replace the cubic outlines of the CFF table by quadratic ones."""
    outlines = font.getGlyphSet()
    glyphs = {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(outlines)
        outlines[name].draw(Cu2QuPen(pen, LARGEST_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder = font.getGlyphOrder()
    glyf.glyphs = glyphs
    for name, glyph in glyphs.items():
        glyph.recalcBounds(glyf)
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(glyph, "xMin", 0))
    del font["CFF "]

    font["maxp"] = maxp = newTable("maxp")
    maxp.tableVersion = 0x00010000
    for field in ("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
                  "maxSizeOfInstructions", "maxComponentElements", "maxPoints", "maxContours", "maxCompositePoints",
                  "maxCompositeContours", "maxComponentDepth"):  # fmt: skip
        setattr(maxp, field, 0)
    maxp.maxZones = 1
    maxp.numGlyphs = len(glyphs)
    font["post"].formatType = 3.0
    font["head"].glyphDataFormat = 0
    font.sfntVersion = "\x00\x01\x00\x00"


def rename(font: TTFont) -> None:
    """Give the font its own names; copyright, authors and licence stay as they are."""
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in (0, 8, 9, 10, 11, 12, 13, 14)]
    for number, text in NAMES.items():
        table.setName(text, number, 3, 1, 0x409)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
