"""Parts of the reading of pictures, on pictures drawn for the purpose."""

import numpy as np
import pytest

pytest.importorskip("cv2")

from PIL import Image, ImageDraw, ImageFont

from govreport_kit.documents.picture_ink import prepare, slant, without_colours
from govreport_kit.documents.picture_lines import Spot, lines_in, mark_in, without_specks
from govreport_kit.documents.picture_rules import rules_of
from govreport_kit.documents.picture_separators import differs_in_signs, fits_spacing, fits_width, hides_point
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


@pytest.mark.parametrize(
    ("printed", "read", "fits"),
    [("-4", "4", False), ("-4", "-4", True), ("965", "99", False), ("38", "38", True), ("25,736", "25,736", True),
     ("３６", "36", True), ("1 2", "12", True), ("1    2", "12", False), ("4件", "4件", True)],
)  # fmt: skip
def test_a_lost_sign_or_digit_leaves_its_room(printed, read, fits):
    pixels = words(printed)
    ys, xs = np.nonzero(pixels < 128)
    spot = Spot(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1)
    piece = np.asarray(Image.fromarray(pixels).resize((pixels.shape[1] * 3, pixels.shape[0] * 3)))
    assert fits_width(read, spot, piece) is fits


def test_readings_with_the_same_digits_may_differ_in_signs():
    assert differs_in_signs("4", "-4")
    assert differs_in_signs("6139", "61.39")
    assert not differs_in_signs("2,111", "2111")
    assert not differs_in_signs("16", "160")
    assert not differs_in_signs("-", "")
    assert [hides_point(text) for text in ("20317683", "203176.83", "38")] == [True, False, False]


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


def small_table(colour, row, words, size=16):
    """A table of eight rules across and three down, with words between the first two."""
    picture, draw = page(400, 240)
    font = ImageFont.truetype(str(FONT), size)
    for number in range(8):
        y = 20 + number * row
        draw.line((40, y, 360, y), fill=colour)
        if number < 7:
            draw.text((100, y - 1), words, fill="black", font=font)
    for x in (40, 300, 360):
        draw.line((x, 20, x, 20 + 7 * row), fill=colour)
    return np.asarray(picture)


@pytest.mark.parametrize(("row", "size"), [(20, 16), (22, 20), (26, 20)])
@pytest.mark.parametrize("words", ["中国申报", "十中申由"])
def test_strokes_in_line_through_narrow_rows_are_no_rule(row, size, words):
    across, down, _ = rules_of(prepare(small_table("black", row, words, size)))
    assert np.unique(down[:, 0].round()) == pytest.approx([40, 300, 360], abs=1)
    assert np.unique(across[:, 0].round()) == pytest.approx(range(20, 21 + 7 * row, row), abs=1)


def test_rules_of_a_light_blue_are_found():
    across, down, _ = rules_of(prepare(small_table((182, 208, 234), 26, "公开")))
    assert np.unique(down[:, 0].round()) == pytest.approx([40, 300, 360], abs=1)
    assert np.unique(across[:, 0].round()) == pytest.approx(range(20, 203, 26), abs=1)


def test_rules_that_run_a_little_beyond_the_last_crossing_one_are_found():
    picture, draw = page()
    for y in (50, 120, 190):
        draw.line((40, y, 520, y), fill="black")
    for x in (40, 280, 520):
        draw.line((x, 0, x, 202), fill="black")  # the table begins on the page before
    _, down, _ = rules_of(prepare(np.asarray(picture)))
    assert np.unique(down[:, 0].round()) == pytest.approx([40, 280, 520], abs=1)
    assert down[:, 2] == pytest.approx(190, abs=1)


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
