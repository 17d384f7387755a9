"""The tables of invented reports as pictures, from a clean screenshot to a worn scan."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from govreport_kit.figures.theme import FONT
from govreport_kit.report import Report
from govreport_kit.simulate.arrangement import arrange
from govreport_kit.simulate.narrative import with_text
from govreport_kit.simulate.printed import PrintedCell, Rows, slots, whole

RULES = ("dark", "light", "dotted")

_TYPE, _LINE, _PADDING, _MARGIN = 0.0165, 1.4, 0.35, 0.04
_LABEL_PARTS = (1.5, 2.0, 3.6)
_REQUEST_COLUMNS = 10
_INK = {"dark": 30, "light": 190, "dotted": 90}
_SEAL = (205, 40, 40)


@dataclass(frozen=True, slots=True)
class Wear:
    """What a picture has gone through.

    Attributes
    ----------
    width : int
        Width of the picture in pixels.
    blur : float
        Standard deviation of a Gaussian blur in pixels.
    quality : int or None
        Quality of the JPEG file; None for a PNG file.
    rotation : float
        Degrees, counter-clockwise.
    noise : float
        Standard deviation of noise on the 256 levels of grey.
    seal : bool
        Whether a red seal lies over figures.
    rules : {"dark", "light", "dotted"}
        How the tables are ruled.
    """

    width: int = 1000
    blur: float = 0.0
    quality: int | None = None
    rotation: float = 0.0
    noise: float = 0.0
    seal: bool = False
    rules: str = "dark"


def picture_of(report: Report, wear: Wear | None = None, rng: int | np.random.Generator = 0) -> bytes:
    """Draw the title and the tables of a report.

    Parameters
    ----------
    report : Report
        Its cells are the truth about the picture.
    wear : Wear, optional
        A clean picture by default.
    rng : int or numpy.random.Generator
        Chooses how figures are printed, where the seal lies, and the noise.

    Returns
    -------
    bytes
        A PNG or a JPEG file.
    """
    wear = wear or Wear()
    rng = np.random.default_rng(rng)
    blocks = arrange(report if report.text else with_text(report, rng), rng).blocks
    picture = _drawn(str(blocks[0]), [whole(block) for block in blocks if not isinstance(block, str)], wear)
    content = io.BytesIO()
    worn = _worn(picture, wear, rng)
    if wear.quality is None:
        worn.save(content, "PNG")
    else:
        worn.save(content, "JPEG", quality=wear.quality)
    return content.getvalue()


def _drawn(title: str, tables: list[Rows], wear: Wear) -> Image.Image:
    size = max(8, round(_TYPE * wear.width))
    font = ImageFont.truetype(str(FONT), size)
    sheet = _Sheet(wear, font, size)
    sheet.words(title, sheet.left, sheet.right)
    for table in tables:
        sheet.y += 2 * size
        sheet.table(table)
    return sheet.picture.crop((0, 0, wear.width, int(sheet.y + 2 * size)))


class _Sheet:
    """Paper that is filled from the top."""

    def __init__(self, wear: Wear, font: ImageFont.FreeTypeFont, size: int) -> None:
        self.wear, self.font, self.size = wear, font, size
        self.picture = Image.new("RGB", (wear.width, 4 * wear.width), "white")
        self.draw = ImageDraw.Draw(self.picture)
        self.left, self.right = int(_MARGIN * wear.width), int((1 - _MARGIN) * wear.width)
        self.y = 2.0 * size

    def words(self, words: str, left: float, right: float) -> None:
        for line in self.broken(words, right - left):
            self.draw.text((left, self.y), line, fill=(0, 0, 0), font=self.font)
            self.y += _LINE * self.size

    def broken(self, words: str, width: float) -> list[str]:
        lines = [""]
        for character in words:
            if character == "\n" or self.font.getlength(lines[-1] + character) > width:
                lines.append("")
            if character != "\n":
                lines[-1] += character
        return lines

    def table(self, rows: Rows) -> None:
        laid = slots(rows)
        edges = self.edges(len(laid[0]))
        tops = [self.y]
        for line in laid:
            most = (
                max(self.lines_of(cell, edges, at) for at, (cell, begins) in enumerate(line) if begins)
                if any(begins and cell.rowspan == 1 for cell, begins in line)
                else 1
            )
            tops.append(round(tops[-1] + (_LINE * most + 2 * _PADDING) * self.size))
        seen: set[int] = set()
        for number, line in enumerate(laid):
            for at, (cell, _) in enumerate(line):
                if id(cell) not in seen:
                    seen.add(id(cell))
                    box = edges[at], tops[number], edges[at + cell.colspan], tops[min(number + cell.rowspan, len(laid))]
                    self.cell(cell, *box)
        self.y = tops[-1]

    def edges(self, columns: int) -> list[float]:
        few = [1.0] * (columns - len(_LABEL_PARTS))
        parts = [*_LABEL_PARTS, *few] if columns == _REQUEST_COLUMNS else [1.0] * columns
        ends = np.cumsum([0.0, *parts]) / sum(parts)
        return [round(self.left + (self.right - self.left) * float(end)) for end in ends]

    def lines_of(self, cell: PrintedCell, edges: list[float], at: int) -> int:
        if cell.rowspan > 1:
            return 1
        return len(self.broken(cell.text, edges[at + cell.colspan] - edges[at] - 2 * _PADDING * self.size))

    def cell(self, cell: PrintedCell, left: float, top: float, right: float, bottom: float) -> None:
        for line in ((left, top, right, top), (left, bottom, right, bottom)):
            self.rule(*line)
        for line in ((left, top, left, bottom), (right, top, right, bottom)):
            self.rule(*line)
        lines = self.broken(cell.text, right - left - 2 * _PADDING * self.size)
        y = (top + bottom) / 2 - _LINE * self.size * len(lines) / 2 + 0.1 * self.size
        for words in lines:
            x = (left + right - self.font.getlength(words)) / 2
            self.draw.text((x, y), words, fill=(0, 0, 0), font=self.font)
            y += _LINE * self.size

    def rule(self, left: float, top: float, right: float, bottom: float) -> None:
        ink = (_INK[self.wear.rules],) * 3
        if self.wear.rules != "dotted":
            self.draw.line((left, top, right, bottom), fill=ink, width=max(1, self.size // 16))
            return
        steps = int(max(right - left, bottom - top))
        for step in range(0, steps, 4):
            x, y = (left + step, top) if top == bottom else (left, top + step)
            self.draw.line(
                (x, y, min(x + 1, right), min(y + 1, bottom)) if top != bottom else (x, y, x + 1, y), fill=ink
            )


def _worn(picture: Image.Image, wear: Wear, rng: np.random.Generator) -> Image.Image:
    if wear.seal:
        picture = _sealed(picture, rng)
    if wear.rotation:
        picture = picture.rotate(wear.rotation, Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    if wear.blur:
        picture = picture.filter(ImageFilter.GaussianBlur(wear.blur))
    if wear.noise:
        grain = rng.normal(0, wear.noise, (picture.height, picture.width, 1))
        picture = Image.fromarray(np.clip(np.asarray(picture) + grain, 0, 255).astype(np.uint8))
    return picture


def _sealed(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Press a red seal over the lower half; ink below it stays as dark as it was."""
    layer = Image.new("RGB", picture.size, "white")
    draw = ImageDraw.Draw(layer)
    radius = 0.13 * picture.width
    x = float(rng.uniform(0.4, 0.8)) * picture.width
    y = float(rng.uniform(0.4, 0.8)) * picture.height
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=_SEAL, width=max(2, int(radius / 12)))
    star = [
        (x + 0.4 * radius * reach * np.sin(turn), y - 0.4 * radius * reach * np.cos(turn))
        for turn, reach in zip(np.arange(10) * np.pi / 5, (1, 0.4) * 5, strict=True)
    ]
    draw.polygon(star, fill=_SEAL)
    return Image.fromarray(np.minimum(np.asarray(picture), np.asarray(layer)))
