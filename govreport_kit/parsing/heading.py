"""Who issued the report, for which year, at which level, and when it was published."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from govreport_kit.codebook.entries import Region
from govreport_kit.documents import Document
from govreport_kit.parsing.heading_words import headings, pattern
from govreport_kit.parsing.places import (
    level_of_government,
    locate,
    open_division,
    province_of,
    settled_code,
    without_head_office,
)
from govreport_kit.parsing.publication_date import publication_date
from govreport_kit.parsing.title import Title, is_a_name, read_title, without_spaces
from govreport_kit.parsing.townships import with_its_county
from govreport_kit.report import Note

_TITLE_REACH = 4000
_MOST_LINES = 4
_CLOSING = 3000
_EDGES = re.compile(r"[-_|—–>»]+")
_WAY = re.compile("[>»]")


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
        text put before it; that of a township also by the county in its address or of its site. A
        title without a name, or with a placeholder for it, gets the name which stands alone on a
        line below it or above the closing date. What cannot be settled is None, with a note.
    """
    end = body if body is not None else _TITLE_REACH
    head = document.text[max(0, end - _TITLE_REACH) : end]
    title = _title(document, head, last=body is not None)
    agency = _agency(title, document.title or "", document.text, head) if title else None
    year = (title.year if title else None) or _year_told(without_spaces(head))
    level = _level(agency, document.text) if agency else None
    read = {"agency": (agency, True), "report year": (year, True), "level": (level, agency is not None)}
    notes = [
        Note("heading_unclear", f"no {what} could be read from the head of the document")
        for what, (value, is_wanted) in read.items()
        if value is None and is_wanted
    ]
    place = locate(without_head_office(agency)) if agency else None
    unsettled = open_division(place) if place else None
    region = place.region if place else None
    return Heading(
        title=title.words if title else None,
        agency=agency,
        level=level,
        province=province_of(region) if region else None,
        region_code=settled_code(agency) if agency else None,
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


def _title(document: Document, head: str, *, last: bool) -> Title | None:
    """Return the first title that tells both name and year, else the first of those that tell most."""
    best: Title | None = None
    for title in _titles(document, head, last=last):
        if title.name and title.year:
            return title
        if best is None or _told(title) > _told(best):
            best = title
    return best


def _told(title: Title) -> int:
    return (title.name is not None) + (title.year is not None)


def _titles(document: Document, head: str, *, last: bool) -> Iterator[Title]:
    """Yield the page's own word for its title, then the lines of the head, some of them together, and the page's name.

    A line that tells the same as the page's name comes before the others, then the last one (or the first).
    """
    names = (document.metadata.get(name, "") for name in headings()["title_metadata"])
    yield from filter(None, map(read_title, names))
    page = document.title or ""
    named = [title for part in (*_EDGES.split(page), page) if (title := read_title(part))]
    printed = head.split("\n")[:: -1 if last else 1]
    likely = [line for line in printed if "开" in line]
    lines = [
        title for line in likely for part in dict.fromkeys((*line.split("\t"), line)) if (title := read_title(part))
    ]
    yield from (title for title in lines if title.name and any(title[1:] == other[1:] for other in named))
    if last and lines:
        yield from _own_title_over_lines(printed, {title.name for title in lines})
    yield from lines
    yield from _titles_over_lines(printed, last=last)
    yield from named


def _own_title_over_lines(printed: Sequence[str], names: Collection[str | None]) -> Iterator[Title]:
    """Yield a title spread over lines which stands nearer to the text than those of other years by the same agency."""
    below = list(takewhile(lambda line: read_title(line) is None, printed))
    if any(map(pattern("ends_itself").search, map(str.rstrip, below))):
        titles = _titles_over_lines(below, last=True)
        yield from (title for title in titles if title.year and title.name and title.name in names)


def _titles_over_lines(printed: Sequence[str], *, last: bool) -> Iterator[Title]:
    """Yield the titles which a few lines make together, none of which holds a label or a date."""
    lines = [line for line in map(without_spaces, printed) if line and not pattern("title_parts").search(line)]
    found = []
    for count in range(2, _MOST_LINES + 1):
        for start in range(len(lines) - count + 1):
            some = lines[start : start + count]
            title = read_title("".join(reversed(some) if last else some))
            if title and pattern("ends_itself").search(title.words):
                found.append(title)
    yield from (title for title in found if title.name and pattern("placed").search(title.name))
    yield from found


def _agency(title: Title, page: str, text: str, head: str) -> str | None:
    """Return the name in a title, or the one that its page tells where the title has none or leaves out the place."""
    name = title.name
    if name is None:
        name = next((names.pop() for names in _names_elsewhere(page, text, head) if len(names) == 1), None)
    elif not pattern("placed").search(name):
        known = (
            other for names in _names_elsewhere(page, text, head) for other in sorted(names) if other.endswith(name)
        )
        name = next(known, name)
    if name is None:
        return None
    return with_its_county(_full_name(name, head), head, text[-_CLOSING:])


def _names_elsewhere(page: str, text: str, head: str) -> Iterator[set[str]]:
    """Yield the names that are told outside a title, those first which are the issuer's most surely.

    They stand in the first sentences, behind labels (of the issuer, of the source), on lines of their
    own, behind the issuer's label for a government's office, in the page's name and the way to the page.
    """
    lines = [without_spaces(line) for line in [*head.split("\n"), *text[-_CLOSING:].split("\n")]]
    first_sentences = [*pattern("introduction").finditer("".join(lines)), *map(pattern("author").match, lines)]
    issuers = _named(pattern("issuer").finditer(head))
    offices = {name for name in issuers if pattern("office").search(name)}
    yield _named(first_sentences)
    yield issuers - offices
    yield _named(pattern("origin").finditer(head))
    yield _names(line for line in lines if pattern("institution").fullmatch(line))
    yield offices
    way = _names(part for line in [page, *filter(_WAY.search, lines)] for part in _EDGES.split(line))
    yield {name for name in way if not pattern("office").search(name)}


def _named(found: Iterable[re.Match[str] | None]) -> set[str]:
    return _names(one["name"] for one in found if one)


def _names(words: Iterable[str | None]) -> set[str]:
    return {name for name in words if name and is_a_name(name) and pattern("placed").search(name)}


def _year_told(head: str) -> int | None:
    """Return the year of the period which the first sentences name, of the report they announce, or the only one."""
    found = pattern("period").search(head) or pattern("introduction").search(head)
    if found:
        return int(found["year"])
    years = set(re.findall(r"(20[012]\d)年度", head))
    return int(years.pop()) if len(years) == 1 else None


def _full_name(name: str, head: str) -> str:
    """Write out a short name, give a bare place its government, and find the larger divisions it is told with."""
    for short, full in headings()["short_names"].items():
        name = re.sub(short, full, name)
    place = locate(name)
    if (place.regions and not place.rest) or (not place.regions and re.search(r"[省市县区旗镇乡]$", name)):
        name += "" if name.endswith(("开发区", "新区", "园区", "示范区", "度假区", "社区", "库区")) else "人民政府"
    return _with_larger_divisions(name, without_spaces(head))


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
    for body in headings()["body"]:
        found = re.search(body["pattern"], agency)
        if found and body["level"] == "government":
            return _level_of_place(agency[: found.start()], text)
        if found:
            return str(body["level"])
    name = without_head_office(agency)
    if name == agency and not locate(name).regions and re.search(headings()["ministry"]["pattern"], agency):
        return "ministry"
    return "department"


def _level_of_place(place: str, text: str) -> str | None:
    """Return the level of a place; a city not among the known ones may stand above counties or among them."""
    level = level_of_government(place)
    if level is None and place.endswith("市"):
        return "prefecture" if pattern("parts_of_a_prefecture").search(text) else None
    return level or "other"
