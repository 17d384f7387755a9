"""What a recognition model may have meant: the likeliest readings of its chances (CTC decoding).

Source of the search: Graves, Fernández, Gomez and Schmidhuber (2006), Connectionist temporal
classification, ICML; prefix search as in Hannun (2014), arXiv:1408.2873.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

# Stands for no character at the first place of the model's alphabet.
CTC_BLANK = ""
_BEAMS = 8
_LIKELY = 1e-3
_TOLD = 4
_WORTH_TELLING = 0.01


def spelled(chances: np.ndarray, letters: Sequence[str]) -> tuple[str, float, tuple[float, ...]]:
    """Return the likeliest character at each step as a text, its least probability, and all of them.

    Parameters
    ----------
    chances : array of float, of shape (steps, letters)
        Probability of each character at each step.
    letters : sequence of str
        The alphabet; the first stands for no character.
    """
    best = chances.argmax(axis=1)
    begins = np.append(True, best[1:] != best[:-1]) & (best != 0)
    firsts = np.flatnonzero(begins)
    if not len(firsts):
        return "", 1.0, ()
    certainties = []
    for first in firsts.tolist():
        last = first
        while last + 1 < len(best) and best[last + 1] == best[first]:
            last += 1
        certainties.append(float(chances[first : last + 1, best[first]].max()))
    return "".join(letters[number] for number in best[firsts]), min(certainties), tuple(certainties)


def candidates(chances: np.ndarray, letters: Sequence[str]) -> tuple[str, float, tuple[float, ...], tuple[str, ...]]:
    """Return the likeliest text over a part of the alphabet, its probability, and the next likely texts.

    Parameters
    ----------
    chances : array of float, of shape (steps, letters)
        Probabilities of the letters allowed; what is missing to 1 was given to others, and lowers
        the probability of the text.
    letters : sequence of str
        The letters allowed; the first stands for no character.

    Returns
    -------
    tuple
        Text, probability, an empty tuple, other texts.
    """
    beams: dict[tuple[int, ...], tuple[float, float]] = {(): (1.0, 0.0)}
    for step in chances:
        beams = _extended(beams, step)
    ranked = sorted(beams.items(), key=lambda beam: -sum(beam[1]))
    texts = [("".join(letters[number] for number in prefix), sum(chance)) for prefix, chance in ranked]
    (text, probability), *rest = texts
    others = tuple(other for other, chance in rest[:_TOLD] if chance >= _WORTH_TELLING * probability)
    return text, float(min(probability, 1.0)), (), others


def _extended(
    beams: dict[tuple[int, ...], tuple[float, float]], step: np.ndarray
) -> dict[tuple[int, ...], tuple[float, float]]:
    """Go one step further: each text stays, or gets one letter more."""
    likely = [number for number in np.flatnonzero(step > _LIKELY).tolist() if number]
    blank = max(float(step[0]), 1e-9)
    following: dict[tuple[int, ...], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for prefix, (after_blank, after_letter) in beams.items():
        both = after_blank + after_letter
        following[prefix][0] += both * blank
        for number in likely:
            chance = float(step[number])
            if prefix and prefix[-1] == number:
                following[prefix][1] += after_letter * chance
                following[(*prefix, number)][1] += after_blank * chance
            else:
                following[(*prefix, number)][1] += both * chance
    best = sorted(following.items(), key=lambda beam: -sum(beam[1]))[:_BEAMS]
    return {prefix: (chance[0], chance[1]) for prefix, chance in best}
