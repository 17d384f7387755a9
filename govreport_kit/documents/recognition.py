"""Pictures of words to words: the models which rapidocr's wheel holds, run by onnxruntime, nothing fetched."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from govreport_kit.documents.candidates import CTC_BLANK, candidates, spelled
from govreport_kit.documents.extra import INSTALL
from govreport_kit.documents.limits import Unreadable, watch

Pixels = np.ndarray

# The height that the recognition model was trained on, and the room behind the words which it needs.
_HEIGHT = 48
_NARROWEST = 96
_WIDTH_STEP = 32
_BATCH_PIXELS = 4096
_FIGURES = "0123456789.,-+/—"
# Where only a figure can stand, these are taken for one.
_LIKE = {
    **{digit: digit + chr(ord(digit) + 0xFEE0) for digit in "123456789"},  # printed at full width
    **{"0": "0OoО〇○口０", ".": ".．", ",": ",，", "-": "-－–", "—": "—一―─"},
}
# Words may be a figure below a seal if they are short and not certain.
_VAGUE, _SHORT = 0.6, 4
_STRIDE = 32
_REGION = 0.3
_LARGEST_SIDE = 1536


@dataclass(frozen=True, slots=True)
class Word:
    """What stands on one line of a picture.

    Attributes
    ----------
    text : str
        The words.
    confidence : float
        Probability of the least certain character; 1 for no words.
    certainties : tuple of float
        Probability of each character of `text`.
    others : tuple of str
        Further readings as a figure, the likeliest first.
    is_figure : bool
        Whether the line was read as a figure, which leaves no other characters to choose from.
    """

    text: str
    confidence: float
    certainties: tuple[float, ...] = ()
    others: tuple[str, ...] = ()
    is_figure: bool = False


def read_words(crops: Sequence[Pixels], is_figure: Callable[[Word], bool] | None = None) -> list[Word]:
    """Read lines of words.

    Parameters
    ----------
    crops : sequence of array of uint8, of shape (height, width)
        One line of words each, dark on light.
    is_figure : callable, optional
        Tells from the free reading of a line whether only a figure can stand there; such a line is
        read once more from the same chances as figures and the signs beside them, with its further
        readings.

    Returns
    -------
    list of Word
        One for each crop, in their order.
    """
    session, letters = _reader()
    figures = [[letters.index(like) for like in _LIKE.get(sign, sign) if like in letters] for sign in _FIGURES]
    words: list[Word] = [Word("", 1.0)] * len(crops)
    for places, batch in _batches(crops):
        watch().check_time()
        (chances,) = session.run(None, {session.get_inputs()[0].name: batch})
        for place, chance in zip(places, chances, strict=True):
            word = Word(*spelled(chance, letters))
            if is_figure is not None and is_figure(word):
                word = Word(*candidates(_figure_chances(chance, figures), ["", *_FIGURES]), is_figure=True)
            elif is_figure is not None and word.confidence < _VAGUE and len(word.text) <= _SHORT:
                figure = Word(*candidates(_figure_chances(chance, figures), ["", *_FIGURES]))
                word = replace(word, others=(figure.text, *figure.others))
            words[place] = word
    return words


def find_words(page: Pixels) -> list[tuple[int, int, int, int]]:
    """Return the boxes of the lines of words on a page: left, top, right, bottom in pixels."""
    import cv2

    height, width = page.shape
    scale = min(1.0, _LARGEST_SIDE / max(height, width))
    size = [max(_STRIDE, round(side * scale / _STRIDE) * _STRIDE) for side in (width, height)]
    resized = cv2.resize(page, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    session = _session("det")
    batch = np.repeat((resized.astype(np.float32) / 127.5 - 1)[None, None], 3, axis=1)
    (chances,) = session.run(None, {session.get_inputs()[0].name: batch})
    found = (chances[0, 0] > _REGION).astype(np.uint8)
    count, _, boxes, _ = cv2.connectedComponentsWithStats(found)
    across, down = width / size[0], height / size[1]
    regions = []
    for left, top, wide, high, _ in boxes[1:count].tolist():
        grown = round(0.45 * min(wide, high)) + 1  # the model marks the middle of a line only
        edges = (
            (left - grown) * across,
            (top - grown) * down,
            (left + wide + grown) * across,
            (top + high + grown) * down,
        )
        regions.append(
            (max(0, int(edges[0])), max(0, int(edges[1])), min(width, int(edges[2])), min(height, int(edges[3])))
        )
    return regions


def _batches(crops: Sequence[Pixels]) -> Iterator[tuple[list[int], np.ndarray]]:
    """Yield crops of about the same width together, as the model wants them."""
    shaped = {place: _shaped(crop) for place, crop in enumerate(crops)}
    order = sorted(shaped, key=lambda place: shaped[place].shape[1])
    first = 0
    while first < len(order):
        width = -(-shaped[order[first]].shape[1] // _WIDTH_STEP) * _WIDTH_STEP
        places = [place for place in order[first:] if shaped[place].shape[1] <= width][: max(1, _BATCH_PIXELS // width)]
        batch = np.stack([_padded(shaped[place], width) for place in places])
        yield places, np.repeat(batch[:, None], 3, axis=1)
        first += len(places)


def _shaped(crop: Pixels) -> np.ndarray:
    import cv2

    width = max(8, round(crop.shape[1] * _HEIGHT / crop.shape[0]))
    method = cv2.INTER_CUBIC if crop.shape[0] < _HEIGHT else cv2.INTER_AREA
    return cv2.resize(crop, (width, _HEIGHT), interpolation=method).astype(np.float32) / 127.5 - 1


def _padded(crop: np.ndarray, width: int) -> np.ndarray:
    padded = np.zeros((_HEIGHT, max(width, _NARROWEST)), np.float32)  # as the model was trained: grey behind the words
    padded[:, : crop.shape[1]] = crop
    return padded


@cache
def _reader() -> tuple[Any, list[str]]:
    session = _session("rec")
    return session, [CTC_BLANK, *session.get_modelmeta().custom_metadata_map["character"].splitlines(), " "]


@cache
def _session(task: str) -> Any:
    """Load a model from the wheel of rapidocr; the package itself, which writes to the console, is not imported."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    threads = os.environ.get("OMP_NUM_THREADS", "")
    if threads.isdecimal():
        options.intra_op_num_threads = int(threads)
    spec = find_spec("rapidocr")
    folders = spec.submodule_search_locations if spec else None
    models = sorted(Path(next(iter(folders or ["."])), "models").glob(f"*_{task}_*.onnx"))
    if not models:
        raise Unreadable("unsupported", f"rapidocr holds no model for this kit; {INSTALL} --force-reinstall mends it")
    return onnxruntime.InferenceSession(str(models[-1]), options, providers=["CPUExecutionProvider"])


def _figure_chances(chances: np.ndarray, figures: list[list[int]]) -> np.ndarray:
    """Return the probabilities of no character and of each sign of figures, what looks like it among it.

    The space, which is the last letter, is no character between digits printed at full width.
    """
    return np.stack([chances[:, 0] + chances[:, -1], *(chances[:, places].sum(axis=1) for places in figures)], axis=1)
