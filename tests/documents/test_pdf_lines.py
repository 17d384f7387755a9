"""Characters with boxes to lines."""

import numpy as np

from govreport_kit.documents.pdf_drawings import Drawings
from govreport_kit.documents.pdf_lines import read_lines
from govreport_kit.documents.pdf_page import PrintedPage


def lines(text, boxes):
    nothing = np.zeros((0, 3))
    page = PrintedPage(
        595, 842, Drawings(nothing, nothing, nothing, []), text, len(text), np.arange(len(text)), np.array(boxes, float)
    )
    return [line.text for line in read_lines(page, np.full(len(text), -1))[-1]]


def test_a_flat_character_in_a_flat_box_stands_in_its_line():
    # Embedded fonts may tell no size of their type; the box of 一 is that of its ink then.
    assert lines(
        "一、总体", [(57, 122.4, 69, 127.6), (69, 122, 81, 133.4), (81, 122, 93, 133.4), (93, 122, 105, 133.4)]
    ) == ["一、总体"]
    assert lines("第一项", [(57, 122, 69, 133.4), (69, 127, 81, 129), (81, 122, 93, 133.4)]) == ["第一项"]


def test_characters_above_each_other_are_lines_of_their_own():
    assert lines("上下", [(57, 100, 69, 112), (60, 110, 72, 122)]) == ["上", "下"]
