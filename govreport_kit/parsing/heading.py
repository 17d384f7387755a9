"""Who issued the report, for which year, at which level, and when it was published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from govreport_kit import codebook
from govreport_kit.codebook.entries import Region
from govreport_kit.documents import Document
from govreport_kit.parsing.places import level_of_government, locate, open_division, province_of
from govreport_kit.parsing.publication_date import publication_date, year_of
from govreport_kit.report import Note

_YEAR = re.compile(
    r"(?<!\d)[(（]?(20[012]\d|二[〇○零O0][一二三〇○零]?[〇○零一二三四五六七八九])(?:年度|年)?(?!\d)[)）]?"
)
_PERIOD = re.compile(r"(20[012]\d)年1月1日")
_TITLE_REACH = 4000
_LONGEST_TITLE = 90
_CLOSING = 3000
_EDGES = re.compile(r"[-_|—–>»]+")
_MARKUP = re.compile(r"^[#*>\-\s]+|[*\s]+$")


@dataclass(frozen=True, slots=True)
class Heading:
    """What the head of a report says."""

    title: str | None
    agency: str | None
    level: str | None
    province: str | None
    region_code: str | None
    year: int | None
    published: str | None
    notes: tuple[Note, ...]


def read_heading(document: Document, body: int | None = None) -> Heading:
    """Read the head of a report.

    Parameters
    ----------
    document : Document
        Its text and what the page says of itself.
    body : int, optional
        Where the first statutory section begins: the title is the last one before it. Pages list the
        titles of other years' reports around their own.

    Returns
    -------
    Heading
        The agency as printed in the title, a bare place standing for its government, an
        abbreviation written out, and preceded by the larger divisions which the first lines of the
        text put before it. A title without a name, or with a placeholder for it, gets the name which
        stands alone on a line below it or above the closing date. What cannot be settled is None,
        with a note.
    """
    end = body if body is not None else _TITLE_REACH
    head = document.text[max(0, end - _TITLE_REACH) : end]
    title = _title(document, head, last=body is not None)
    name, year = _name_and_year(title) if title else (None, None)
    year = year or _year_of_period(head)
    name = name or (_name_on_a_line(document.text, head) if title else None)
    agency = _full_name(name, head) if name else None
    level = _level(agency, document.text) if agency else None
    read = {"agency": (agency, True), "report year": (year, True), "level": (level, agency is not None)}
    notes = [
        Note("heading_unclear", f"no {what} could be read from the head of the document")
        for what, (value, is_wanted) in read.items()
        if value is None and is_wanted
    ]
    place = locate(_without_head_office(agency)) if agency else None
    unsettled = open_division(place) if place else None
    region = place.region if place else None
    return Heading(
        title=title,
        agency=agency,
        level=level,
        province=province_of(region) if region else None,
        region_code=region.code if region and not unsettled else None,
        year=year,
        published=publication_date(document, head),
        notes=(*notes, *([_which_division(*unsettled)] if unsettled else [])),
    )


def _which_division(name: str, named: Sequence[Region]) -> Note:
    """Tell why the code of a division stays open."""
    codes = ", ".join(f"{region.code} in {province_of(region)}" for region in named)
    told = (
        f"is the name of several divisions ({codes})" if codes else "is not among the divisions of the place before it"
    )
    return Note("region_unclear", f"{name} {told}; its code is left open")


def _without_head_office(agency: str) -> str:
    return _pattern("head_office").sub("", agency)


def is_report_title(title: str) -> bool:
    """Tell whether a title names an annual report on information disclosure, and hardly anything behind it."""
    words = _without_spaces(title)
    found = _pattern("report_name").search(words)
    if not found or _pattern("other_document").search(words):
        return False
    return len(words) - found.end() <= int(_headings()["longest_tail"])


def _title(document: Document, head: str, *, last: bool) -> str | None:
    """Return the page's own word for its title, else the last (or first) one in the head, else the page's name."""
    first = None
    for title in _title_candidates(document, head, last=last):
        if is_report_title(title):
            if all(_name_and_year(title)):
                return title
            first = first or title
    return first


def _title_candidates(document: Document, head: str, *, last: bool) -> Iterator[str]:
    """Yield the page's own word for its title, the lines of the head, pairs of them, and the page's name."""
    yield from (document.metadata.get(name, "") for name in _headings()["title_metadata"])
    lines = []
    for printed in reversed(head.split("\n")) if last else head.split("\n"):
        line = _title_line(printed)
        if line:
            lines.append(line)
            yield line
    for pair in pairwise(lines):
        upper, lower = reversed(pair) if last else pair
        if len(lower) <= _LONGEST_TITLE // 2:
            yield upper + lower
    yield from _EDGES.split(document.title or "")


def _title_line(line: str) -> str | None:
    """Return a line without spaces, but for a sentence or a way through the site."""
    words = _MARKUP.sub("", _without_spaces(line))
    return words if len(words) <= _LONGEST_TITLE and not _pattern("no_title").search(words) else None


def _name_and_year(title: str) -> tuple[str | None, int | None]:
    words = _without_spaces(title)
    found = _pattern("report_name").search(words)
    if not found:
        return None, None
    before = words[: found.start()]
    years = [*_YEAR.findall(before), *_YEAR.findall(words[found.start() :])]
    name = _YEAR.sub("", before)
    name = _pattern("around_name").sub("", re.sub(r"[《》“”\"·:：()（）]", "", name)).removesuffix("年度")
    plausible = name and not _pattern("placeholder").search(name)
    return name if plausible else None, year_of(years[-1]) if years else None


def _name_on_a_line(text: str, head: str) -> str | None:
    """Return the name of an institution which stands alone on a line of the head, or above the closing date."""
    lines = [_without_spaces(line) for line in [*head.split("\n"), *text[-_CLOSING:].split("\n")]]
    names = [
        line for line in lines if _pattern("institution").fullmatch(line) and not _pattern("placeholder").search(line)
    ]
    return names[0] if len(set(names)) == 1 else None


def _without_spaces(words: str) -> str:
    return "".join(words.split()).replace("\u200b", "").replace("\ufeff", "")


def _year_of_period(head: str) -> int | None:
    found = _PERIOD.search(_without_spaces(head))
    return int(found[1]) if found else None


def _full_name(name: str, head: str) -> str:
    """Write out a short name, give a bare place its government, and find the larger divisions it is told with."""
    for short, full in _headings()["short_names"].items():
        name = re.sub(short, full, name)
    place = locate(name)
    if (place.regions and not place.rest) or (not place.regions and re.search(r"[省市县区旗镇乡]$", name)):
        name += "" if name.endswith(("开发区", "新区", "园区", "示范区", "度假区")) else "人民政府"
    return _with_larger_divisions(name, _without_spaces(head))


def _with_larger_divisions(name: str, text: str) -> str:
    place = text.find(name)
    while place >= 0:
        for start in range(max(0, place - 20), place):
            prefix = text[start:place]
            larger = locate(prefix)
            if larger.regions and not larger.rest and locate(prefix + name).rest != name:
                return prefix + name
        place = text.find(name, place + len(name))
    return name


def _level(agency: str, text: str) -> str | None:
    for body in _headings()["body"]:
        found = re.search(body["pattern"], agency)
        if found and body["level"] == "government":
            return _level_of_place(agency[: found.start()], text)
        if found:
            return str(body["level"])
    name = _without_head_office(agency)
    if name == agency and not locate(name).regions and re.search(_headings()["ministry"]["pattern"], agency):
        return "ministry"
    return "department"


def _level_of_place(place: str, text: str) -> str | None:
    """Return the level of a place; a city not among the known ones may stand above counties or among them."""
    level = level_of_government(place)
    if level is None and place.endswith("市"):
        return "prefecture" if _pattern("parts_of_a_prefecture").search(text) else None
    return level or "other"


@cache
def _headings() -> dict[str, Any]:
    return codebook.read_toml("headings")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_headings()[name])
