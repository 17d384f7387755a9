"""Colours must stay apart for readers with any kind of colour vision, and in grey."""

from itertools import combinations, pairwise

import numpy as np
import pytest

from govreport_kit import codebook
from govreport_kit.figures.composition import OUTCOMES
from govreport_kit.figures.theme import shade

# Machado, Oliveira and Fernandes 2009 (doi 10.1109/TVCG.2009.113), severity 1, for linear RGB.
VISION = {
    "trichromat": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanope": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranope": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanope": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)


def linear(key):
    colour = codebook.palette[key].colour
    parts = np.array([int(colour[start : start + 2], 16) for start in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(light):
    ratio = TO_XYZ @ light / TO_XYZ.sum(axis=1)
    x, y, z = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def lightness(key):
    return lab(linear(key))[0]


def test_the_conversion_by_known_values():
    assert lab(np.ones(3)) == pytest.approx([100, 0, 0], abs=0.1)
    assert lab(np.array([1.0, 0.0, 0.0])) == pytest.approx([53.24, 80.09, 67.20], abs=0.1)


@pytest.mark.parametrize("vision", VISION)
def test_outcomes_stay_apart_for_every_reader(vision):
    seen = {key: lab(np.clip(np.array(VISION[vision]) @ linear(key), 0, 1)) for key in OUTCOMES}
    distances = {(a, b): np.linalg.norm(seen[a] - seen[b]) for a, b in combinations(OUTCOMES, 2)}
    assert {pair: distance for pair, distance in distances.items() if distance < 25} == {}


def test_neighbours_differ_in_grey():
    steps = [abs(lightness(a) - lightness(b)) for a, b in pairwise(OUTCOMES)]
    assert min(steps) > 20


def test_all_outcomes_differ_in_grey():
    levels = sorted(lightness(key) for key in OUTCOMES)
    assert min(b - a for a, b in pairwise(levels)) > 7


@pytest.mark.parametrize("key", ["text", "note", "reference"])
def test_writing_can_be_read_on_white(key):
    assert 1.05 / (TO_XYZ[1] @ linear(key) + 0.05) > 4.5


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize(
    "pair",
    [
        ("carried_over", "received_new"),
        ("total_closed", "carried_forward"),
        ("received_new", "total_closed"),
        ("estimate", "signal"),
    ],
)
def test_neighbours_in_other_figures_stay_apart_for_every_reader(vision, pair):
    a, b = (lab(np.clip(np.array(VISION[vision]) @ linear(key), 0, 1)) for key in pair)
    assert np.linalg.norm(a - b) > 25


@pytest.mark.parametrize(
    "pair", [("carried_over", "received_new"), ("total_closed", "carried_forward"), ("carried_over", "total_closed")]
)
def test_parts_of_a_flow_differ_in_grey(pair):
    assert abs(lightness(pair[0]) - lightness(pair[1])) > 20


def test_shades_get_darker_all_the_way():
    levels = []
    for step in range(11):
        red, green, blue = (int(shade(step / 10)[start : start + 2], 16) / 255 for start in (1, 3, 5))
        light = np.array(
            [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue)]
        )
        levels.append(lab(light)[0])
    assert all(a - b > 5 for a, b in pairwise(levels))
