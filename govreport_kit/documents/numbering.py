"""The numbers which Word writes before paragraphs by itself: 一、（一） 1. and their like."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VALUE = f"{W}val"
_NUMBERS = f"{W}numPr"
_PLACE = re.compile(r"%([1-9])")
_SMALL_NUMBER = re.compile(r"\d{1,6}")
_DIGITS = "〇一二三四五六七八九"
_CHINESE = frozenset(
    "chineseCounting chineseCountingThousand taiwaneseCounting taiwaneseCountingThousand taiwaneseDigital"
    " japaneseCounting japaneseDigitalTenThousand ideographDigital".split()
)
_DECIMAL = frozenset("decimal decimalFullWidth decimalFullWidth2 decimalHalfWidth decimalZero".split())
_SYMBOLS = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "chineseLegalSimplified": "壹贰叁肆伍陆柒捌玖拾",
    "ideographLegalTraditional": "壹貳參肆伍陸柒捌玖拾",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
}


@dataclass(slots=True)
class _Level:
    start: int
    kind: str
    text: str
    joint: str
    legal: bool


@dataclass(slots=True)
class _List:
    """A list of the document; lists of one `scheme` count on together."""

    scheme: str
    levels: dict[int, _Level]
    restarts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the numbered paragraphs of a document in their order.

    Parameters
    ----------
    numbering, styles : callable
        Return the roots of the parts of these names, or None. They are often the largest parts of a
        file, so they are asked for only when a paragraph names a list or a style.
    """

    def __init__(self, numbering: Callable[[], Any], styles: Callable[[], Any]) -> None:
        self._read_numbering = numbering
        self._read_styles = styles
        self._by_style: dict[str, tuple[str | None, int | None]] = {}
        self._counts: dict[str, dict[int, int]] = {}

    def next(self, properties: Any) -> str:
        """Count a paragraph and return what Word writes before it; nothing where it has no number.

        Parameters
        ----------
        properties : Element or None
            The paragraph's ``pPr``.
        """
        if properties is None:
            return ""
        own_list, own_level = _numbers(properties)
        style = None if own_list and own_level is not None else _value(properties, "pStyle")
        list_of_style, level_of_style = self._of_style(style) if style and self._lists else (None, None)
        list_id = own_list or list_of_style
        known = self._lists.get(list_id) if list_id else None
        level = own_level if own_level is not None else level_of_style or 0
        if known is None or level not in known.levels:
            return ""
        return self._write(known, level, self._count(known, level))

    @cached_property
    def _lists(self) -> dict[str, _List]:
        numbering = self._read_numbering()
        if numbering is None:
            return {}
        schemes = {
            scheme.get(f"{W}abstractNumId"): _levels(scheme) for scheme in numbering.iterchildren(f"{W}abstractNum")
        }
        lists = {}
        for number in numbering.iterchildren(f"{W}num"):
            scheme = _value(number, "abstractNumId") or ""
            lists[number.get(f"{W}numId")] = _list(number, scheme, schemes.get(scheme, {}))
        return lists

    @cached_property
    def _styles(self) -> dict[str, Any]:
        styles = self._read_styles()
        return {} if styles is None else {
            style.get(f"{W}styleId"): style for style in styles.iterchildren(f"{W}style")
        }  # fmt: skip

    def _of_style(self, style: str) -> tuple[str | None, int | None]:
        """Return the list and the level which a style, or a style that it is based on, gives its paragraphs."""
        if style not in self._by_style:
            name: str | None = style
            seen: set[str] = set()
            found: tuple[str | None, int | None] = (None, None)
            while name and name in self._styles and name not in seen and found[0] is None:
                seen.add(name)
                properties = child_of(self._styles[name], f"{W}pPr")
                found = (None, None) if properties is None else _numbers(properties)
                name = _value(self._styles[name], "basedOn")
            self._by_style[style] = found
        return self._by_style[style]

    def _count(self, known: _List, level: int) -> dict[int, int]:
        counts = self._counts.setdefault(known.scheme, {})
        while known.restarts:
            restarted, start = known.restarts.popitem()
            counts[restarted] = start - 1
        counts[level] = counts.get(level, known.levels[level].start - 1) + 1
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        return counts

    def _write(self, known: _List, level: int, counts: dict[int, int]) -> str:
        own = known.levels[level]

        def written(place: re.Match[str]) -> str:
            number = int(place[1]) - 1
            of = known.levels.get(number)
            if of is None:
                return ""
            return _written(counts.get(number, of.start), "decimal" if own.legal else of.kind)

        if own.kind == "bullet":
            return ""
        text = _PLACE.sub(written, own.text)
        return text + own.joint if text else ""


def _levels(parent: Any) -> dict[int, _Level]:
    levels = {}
    for level in parent.iterchildren(f"{W}lvl"):
        text = _value(level, "lvlText") or ""
        # A number that is glued to its sentence would run into a figure at its beginning.
        glued = _value(level, "suff") == "nothing" and not text.endswith(".")
        levels[_number(level.get(f"{W}ilvl"))] = _Level(
            start=_number(_value(level, "start"), 1),
            kind=_value(level, "numFmt") or "decimal",
            text=text,
            joint="" if glued else " ",
            legal=child_of(level, f"{W}isLgl") is not None,
        )
    return levels


def _list(number: Any, scheme: str, levels: dict[int, _Level]) -> _List:
    """Return a list with the levels of its scheme, those changed and started anew which it overrides."""
    known = _List(scheme, dict(levels))
    for override in number.iterchildren(f"{W}lvlOverride"):
        known.levels |= _levels(override)
        start = _value(override, "startOverride")
        if start is not None:
            known.restarts[_number(override.get(f"{W}ilvl"))] = _number(start, 1)
    return known


def _numbers(properties: Any) -> tuple[str | None, int | None]:
    """Return the list and the level that properties name."""
    numbers = child_of(properties, _NUMBERS)
    if numbers is None:
        return None, None
    level = _value(numbers, "ilvl")
    return _value(numbers, "numId"), None if level is None else _number(level)


def _written(number: int, kind: str) -> str:
    if kind in _CHINESE:
        return _chinese(number)
    symbols = _SYMBOLS.get(kind, "")
    if 1 <= number <= len(symbols):
        return symbols[number - 1]
    return str(number) if kind in _DECIMAL or symbols else ""


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not 1 <= number <= 99:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    return ("" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (_DIGITS[ones] if ones else "")


def _value(parent: Any, name: str) -> str | None:
    child = child_of(parent, f"{W}{name}")
    return None if child is None else child.get(_VALUE)


def child_of(parent: Any, tag: str) -> Any:
    """Return the first child of a tag, or None; `find` takes three times as long."""
    return next(parent.iterchildren(tag), None)


def _number(words: str | None, default: int = 0) -> int:
    return int(words) if words and _SMALL_NUMBER.fullmatch(words) else default
