"""Numbers as reports print them: cells of tables and figures in sentences."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_CHINESE_DIGITS = {character: value for value, characters in enumerate(
    ("零〇", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
) for character in characters}  # fmt: skip
_CHINESE_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE_UNITS = {"千": 10**3, "万": 10**4, "亿": 10**8}
_ONE = "[一二两三四五六七八九]"
_TENS = f"{_ONE}?十{_ONE}?"
_HUNDREDS = f"{_ONE}百(?:零{_ONE}|{_TENS})?"
_THOUSANDS_OF = f"{_ONE}千(?:零(?:{_TENS}|{_ONE})|{_HUNDREDS})?"
_BELOW_TEN_THOUSAND = f"(?:{_THOUSANDS_OF}|{_HUNDREDS}|{_TENS}|{_ONE})"
# A numeral that names one number: 三四十, 数百 and 上千 name none.
CHINESE_NUMERAL = (
    f"(?:(?<![数几上成第一二两三四五六七八九十百千万零])(?:零|{_BELOW_TEN_THOUSAND}(?:万(?:零?{_BELOW_TEN_THOUSAND})?)?)"
    "|(?<=[近约])[百千])"
)
_NOT_APPLICABLE = re.compile(r"[/\\|\-—–－_·.…]+|无|不适用|N/?A", re.IGNORECASE)
_CELL = re.compile(
    r"(?P<about>约|近)?(?P<sign>[+]|-+|减少?|增加?|[－−])?(?P<digits>\d[\d,]*(?:\.\d+)?|\.\d+)(?P<large>万|亿)?"
    r"(?P<more>余|多)?(?P<unit>元|人民币|件|项|条|宗|个|次|份|起)*(?P<remark>[(（\[【].*)?$"
)
# A change is printed with a sign or its word, money with its unit.
_WORDS = re.compile(r"[^\W\d_万亿元增加减少零〇]|[(（\[【]")
_SPACES = re.compile(r"[\s\u200b]+")
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?|\d+(\.\d+)?|\.\d+")


@dataclass(frozen=True, slots=True)
class CellValue:
    """What stands in a cell: a number or None, a state of the codebook, a unit if one is printed."""

    value: float | int | None
    state: str
    unit: str | None = None


@lru_cache(maxsize=16384)
def read_cell(text: str) -> CellValue:
    """Read the text of a cell.

    Parameters
    ----------
    text : str
        As printed; spaces, full-width digits, thousands separators, a sign, a unit and a remark in
        brackets behind the number are understood.

    Returns
    -------
    CellValue
        State ``blank`` for nothing, ``not_applicable`` for a dash, a stroke or 无, ``zero`` for a
        printed 0, ``reported`` for another number, ``unreadable`` for anything else. Money keeps
        its unit: "160.5万元" is 160.5 with the unit 万元.
    """
    if text.isdecimal():
        return CellValue(int(text), "reported" if int(text) else "zero")
    words = _SPACES.sub("", unicodedata.normalize("NFKC", text))
    if not words:
        return CellValue(None, "blank")
    if _NOT_APPLICABLE.fullmatch(words):
        return CellValue(None, "not_applicable")
    found = _CELL.match(words)
    if not found or not _THOUSANDS.fullmatch(found["digits"]):
        return CellValue(None, "unreadable")
    money = "元" in (found["unit"] or "")
    large = found["large"] or ""
    value = plain_number(found["digits"] + ("" if money else large))
    if found["sign"] and (found["sign"][0] in "-－−减"):
        value = -value
    unit = large + "元" if money else found["unit"]
    return CellValue(value, "zero" if value == 0 else "reported", unit)


def has_words(text: str) -> bool:
    """Tell whether words stand in a cell beside its number: a unit other than one of money, a remark."""
    return not text.isdecimal() and bool(_WORDS.search(text))


def plain_number(words: str) -> float | int:
    """Turn a figure of a sentence into a number.

    Parameters
    ----------
    words : str
        Arabic digits with thousands separators (a comma or a blank), decimals and 万 or 亿 behind
        them, or a Chinese numeral.

    Returns
    -------
    int or float
        An int wherever the number is whole.

    Raises
    ------
    ValueError
        If the words are no number.
    """
    if words.isdecimal():
        return int(words)
    if words == "百分之百":
        return 100
    if words[:1] in _CHINESE_DIGITS or words[:1] in _CHINESE_UNITS:
        return _chinese_number(words)
    factor = 1
    while words and words[-1] in _LARGE_UNITS:
        factor *= _LARGE_UNITS[words[-1]]
        words = words[:-1]
    digits = words.replace(",", "").replace(" ", "")
    whole, _, decimals = digits.partition(".")
    # In integers: 5320.41 * 10000 is not 53204100 in binary floating point.
    scaled = int((whole or "0") + decimals) * factor
    quotient, rest = divmod(scaled, 10 ** len(decimals))
    return quotient if not rest else float(digits) * factor


def _chinese_number(words: str) -> int:
    for name, factor in (("亿", 10**8), ("万", 10**4)):
        if name in words:
            large, _, small = words.partition(name)
            return _chinese_number(large) * factor + (_chinese_number(small) if small else 0)
    total = 0
    digit: int | None = None
    for character in words:
        if character in _CHINESE_DIGITS:
            if digit:
                raise ValueError(f"{words!r} is no number")
            digit = _CHINESE_DIGITS[character]
        elif character in _CHINESE_UNITS:
            # 十 is one ten, and so is 零十: the nought tells only that a place before it is empty.
            total += (digit or 1) * _CHINESE_UNITS[character]
            digit = None
        else:
            raise ValueError(f"{words!r} is no number")
    return total + (digit or 0)
