"""Parts of the reading of pictures, on pictures drawn for the purpose."""

import numpy as np
import pytest

pytest.importorskip("cv2")

from PIL import Image, ImageDraw, ImageFont

from govreport_kit.documents.picture_ink import prepare, slant, without_colours
from govreport_kit.documents.picture_lines import lines_in, mark_in, without_specks
from govreport_kit.documents.picture_rules import rules_of
from govreport_kit.documents.picture_separators import fits_spacing
from govreport_kit.figures.theme import FONT


def page(width=600, height=400):
    picture = Image.new("RGB", (width, height), "white")
    return picture, ImageDraw.Draw(picture)


def words(text, size=40):
    picture, draw = page(60 + 40 * len(text), 80)
    draw.text((20, 10), text, fill="black", font=ImageFont.truetype(str(FONT), size))
    return np.asarray(picture.convert("L"))


@pytest.mark.parametrize("text", ["25736.45", "25,736", "4119", "38", "257364553万元", "1649.61万元"])
def test_a_figure_fits_its_own_spacing(text):
    assert fits_spacing(text, words(text))


@pytest.mark.parametrize(
    ("printed", "read"),
    [("25736.45", "2573645"), ("4119", "41.19"), ("164.961", "1649.61"), ("25736.45万元", "2573645万元")],
)
def test_a_lost_or_misplaced_point_does_not(printed, read):
    assert not fits_spacing(read, words(printed))


@pytest.mark.parametrize(("text", "mark"), [("-", "-"), ("—", "-"), ("/", "/"), ("1", ""), ("0", ""), ("8", "")])
def test_marks_for_none_are_told_by_their_shape(text, mark):
    ink = (words(text, 24) < 128).astype(np.uint8)
    assert mark_in(ink, 20.0) == mark


def test_two_rows_and_columns_of_rules_are_found_where_they_are_drawn():
    picture, draw = page()
    for y in (50, 120, 190):
        draw.line((40, y, 520, y), fill=(120, 120, 120))
    for x in (40, 280, 520):
        draw.line((x, 50, x, 190), fill=(120, 120, 120))
    across, down, mask = rules_of(prepare(np.asarray(picture)))
    # Each is found twice, as a line drawn through and as a dotted one.
    assert np.unique(across[:, 0].round()) == pytest.approx([50, 120, 190], abs=1)
    assert across[:, 1:] == pytest.approx(np.array([[40, 521]] * len(across)), abs=2)
    assert np.unique(down[:, 0].round()) == pytest.approx([40, 280, 520], abs=1)
    assert mask[50, 300] == 1
    assert mask[85, 150] == 0


def test_a_row_of_characters_is_no_rule():
    picture, draw = page()
    font = ImageFont.truetype(str(FONT), 20)
    for y in range(20, 380, 30):
        draw.text((20, y), "三一二三一王三二一三一二三一王三", fill="black", font=font)
    across, down, _ = rules_of(prepare(np.asarray(picture)))
    assert (len(across), len(down)) == (0, 0)


@pytest.mark.parametrize("angle", [-3.0, -0.6, 0.0, 1.4, 3.0])
def test_the_slant_of_a_page_is_told(angle):
    picture, draw = page(900, 700)
    for y in range(60, 640, 40):
        draw.line((60, y, 840, y), fill="black", width=2)
    turned = np.asarray(picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor="white").convert("L"))
    assert slant(turned) == pytest.approx(-angle, abs=0.11)


def test_a_red_seal_becomes_paper_and_black_ink_on_it_stays():
    pixels = np.array([[[205, 40, 40], [30, 30, 30], [255, 255, 255], [25, 5, 5]]], np.uint8)
    assert without_colours(pixels).tolist() == [[255, 30, 255, 25]]


def test_lines_of_words_are_told_apart_and_dust_is_none():
    ink = np.zeros((60, 100), np.uint8)
    ink[5:17, 10:60] = 1
    ink[25:37, 10:40] = 1
    ink[50, 90] = 1
    kept, faint = without_specks(ink, 12.0)
    assert [(line.top, line.bottom, line.left, line.right) for line in lines_in(kept, 12.0)] == [
        (5, 17, 10, 60), (25, 37, 10, 40),
    ]  # fmt: skip
    assert not faint
