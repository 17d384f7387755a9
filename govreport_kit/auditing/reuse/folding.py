"""A text as it is compared: characters folded, template cut out, numbers and own names masked, places kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from govreport_kit import codebook
from govreport_kit.auditing.reuse.names import own_names
from govreport_kit.parsing.labels import find_key
from govreport_kit.parsing.sections import section_key

Places: TypeAlias = NDArray[np.int64]
Span: TypeAlias = tuple[int, int]

# Stand for what was taken out; Unicode gives these two no meaning of their own.
GAP = "\ue000"
NUMBER, NAME = "0", "\ue001"
_BREAKS = re.compile(r"[\n\t]+")
_LINE = re.compile(r"[^\n]+")
_FRAGMENT = re.compile(r"[^\t\n]+")
_SENTENCE = re.compile(rf"[^。；;!?{GAP}]+[。；;!?]?")
_NUMBERED = re.compile(r"^[一二三四五六七八九十][、.,](?P<title>.{2,40})$")
_PUNCTUATION = re.compile(r"[。,;:]")
_LONGEST_LINE = 60
_WORDLESS = re.compile(r"^[^\u4e00-\u9fff]*$")


@dataclass(frozen=True, slots=True)
class Traced:
    """A text made from another; ``at`` tells for each character, and for the end, its place in that other one."""

    text: str
    at: Places

    def cut(self, spans: Iterable[Span], mark: str) -> Traced:
        """Put one `mark` for every span; spans may overlap, an empty `mark` removes them."""
        kept = np.ones(len(self.text), dtype=bool)
        marked = []
        for start, end in spans:
            kept[start:end] = False
            marked.append(start)
        characters = _codes(self.text).copy()
        if mark:
            characters[marked] = ord(mark)
            kept[marked] = True
        return Traced(_string(characters[kept]), self.at[np.append(kept, True)])


@dataclass(frozen=True, slots=True)
class Folded:
    """A text ready to be compared.

    Attributes
    ----------
    printed : Traced
        All of its characters folded, without white space, with places in the text as it was given.
    compared : Traced
        Without template, numbers and own names masked, with places in `printed`.
    """

    printed: Traced
    compared: Traced

    def span(self, start: int, end: int) -> Span:
        """Return where characters of `compared` stand in the text as it was given."""
        first, last = self.compared.at[start], self.compared.at[end] - 1
        return int(self.printed.at[first]), int(self.printed.at[last]) + 1


def fold(text: str, agency: str | None = None, region_code: str | None = None) -> Folded:
    """Fold a text, cut out its template, and mask its numbers and the names of its own agency and place.

    Parameters
    ----------
    text : str
        Best as `read_document` gives it: cells of tables each followed by a tab.
    agency, region_code : str, optional
        Whose report it is; without them no names are masked.
    """
    lined = _fold_characters(text)
    printed = lined.cut(_found(_BREAKS, lined.text), "")
    kept = Traced(lined.text, _counted(lined.text)).cut(_template_lines(lined.text), GAP)
    kept = kept.cut(_found(_BREAKS, kept.text), "")
    kept = kept.cut(_template_sentences(kept.text), GAP)
    kept = kept.cut(_found(_words()["words"], kept.text), GAP)
    kept = kept.cut(_found(_names_pattern(own_names(agency, region_code)), kept.text), NAME)
    kept = kept.cut(_found(_words()["number"], kept.text), NUMBER)
    return Folded(printed, kept)


def _fold_characters(text: str) -> Traced:
    parts = list(map(_folding().__getitem__, text))
    lengths = np.fromiter(map(len, parts), dtype=np.int64, count=len(parts))
    places = np.repeat(np.arange(len(text), dtype=np.int64), lengths)
    return Traced("".join(parts), np.append(places, len(text)))


def _counted(lined: str) -> Places:
    """Return the place of every character, and of the end, in the same text without its breaks."""
    solid = np.ones(len(lined), dtype=bool)
    for start, end in _found(_BREAKS, lined):
        solid[start:end] = False
    return np.append(0, np.cumsum(solid))


def _template_lines(text: str) -> list[Span]:
    spans = []
    for line in _LINE.finditer(text):
        in_table = "\t" in line[0]
        for fragment in _FRAGMENT.finditer(text, *line.span()):
            if _is_template(fragment[0], in_table):
                spans.append(fragment.span())
    return spans


def _is_template(fragment: str, in_table: bool) -> bool:
    if in_table and len(fragment) <= _words()["longest_cell"]:
        return True
    return len(fragment) <= _LONGEST_LINE and _is_template_line(fragment)


@lru_cache(maxsize=8192)
def _is_template_line(line: str) -> bool:
    heading = _NUMBERED.match(line)
    if heading and section_key(heading["title"]):
        return True
    return bool(_WORDLESS.match(line) or _words()["lines"].search(line) or _is_label(line))


def _is_label(line: str) -> bool:
    return not _PUNCTUATION.search(line) and any(
        find_key(table, axis, line) for table in codebook.tables for axis in ("row", "column")
    )


def _template_sentences(text: str) -> list[Span]:
    found = _words()["sentences"]
    return [sentence.span() for sentence in _SENTENCE.finditer(text) if found.search(sentence[0])]


def _found(pattern: re.Pattern[str], text: str) -> list[Span]:
    return [found.span() for found in pattern.finditer(text)]


@lru_cache(maxsize=1024)
def _names_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join([*map(re.escape, names), _words()["self"]]))


@cache
def _words() -> dict[str, Any]:
    data = codebook.read_toml("reuse")
    joined = {name: re.compile("|".join(data["template"][name])) for name in ("lines", "sentences", "words")}
    number = re.compile(data["masks"]["number"])
    return {**joined, "number": number, "self": data["masks"]["self"], "longest_cell": data["template"]["longest_cell"]}


class _Folding(dict[str, str]):
    """What each character folds to; grows as characters are met."""

    def __missing__(self, character: str) -> str:
        folded = unicodedata.normalize("NFKC", character)
        folded = "".join(part for part in folded if not (part.isspace() or unicodedata.category(part) in _SILENT))
        self[character] = folded
        return folded


# Control characters, marks of direction and width, and private ones, two of which stand for gaps and names.
_SILENT = ("Cc", "Cf", "Co", "Cs")


@cache
def _folding() -> _Folding:
    simplified = {variant.traditional: variant.simplified for variant in codebook.traditional()}
    # Bars part the cells of tables in plain text, as tabs do elsewhere.
    return _Folding({**simplified, "\n": "\n", "\r": "\n", **dict.fromkeys("\t|｜│", "\t")})


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le"), dtype="<u4")


def _string(codes: NDArray[np.uint32]) -> str:
    return codes.astype("<u4").tobytes().decode("utf-32-le")
