"""The markup of a page as runs of tags between its words; no tree is built.

A tree of a page costs several times what is done here, and a report needs none of it: only which
blocks and cells begin and end between two pieces of words. Where a tag ends is told as in the HTML
Standard (13.2.5, tokenization).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from string import ascii_lowercase

# Their content is no markup, whatever it looks like; one left open reaches to the end of the page.
_CODE = ("script", "style", "textarea", "iframe")
# Their content is not shown, struck out or no running text; one left open hides nothing.
_ASIDE = ("select", "option", "button", "object", "noscript", "template", "svg", "math", "del", "s", "strike")
# Readings above characters, which the next one ends too.
_RUBY = ("rt", "rp")

# Patterns for where spaces are the only white space. What is repeated with no way back (++, *+) is a set of
# characters, or a group that cannot fail behind its first sign: before 3.11.5 Python keeps a half of the last
# repetition that failed, be it in a look ahead. Other groups are atomic; their repetitions take memory, so they have
# a limit.
_MOST_REPEATED = 1_000_000
_ATTRIBUTES = r"""[^>=]*+(?:=(?:"[^"]*+"|'[^']*+'| ++(?:"[^"]*+"|'[^']*+')|)[^>=]*+)*+"""
_CLOSE = r"(?:>|\Z)"


def _repeated(group: str) -> str:
    return rf"(?>(?:{group}){{0,{_MOST_REPEATED}}})"


_COMMENT = rf"!--(?:-?>|[^-]*+{_repeated('(?!--!?>)-[^-]*+')}(?:--!?>|\Z))|[!?/][^>]*+{_CLOSE}"


def _set(letters: Iterable[str]) -> str:
    return "".join(letter + letter.upper() for letter in letters)


def _any_case(name: str) -> str:
    return "".join(f"[{letter}{letter.upper()}]" if letter.isalpha() else letter for letter in name)


def _named(name: str) -> str:
    """Return a pattern for a name in any case; a set comes first, since the matcher skips by it."""
    return rf"{_any_case(name)}(?=[ />])"


def _until(tag: str) -> str:
    return rf"[^<]*+{_repeated(f'(?!<{tag})<[^<]*+')}"


def _other_than(names: Iterable[str]) -> str:
    """Return a pattern for the first letters of nearly all names but these; it saves most tags a long search."""
    second: dict[str, str] = {}
    for name in names:
        second[name[0]] = second.get(name[0], "") + (name[1:2] or " /")
    free = _set(letter for letter in ascii_lowercase if letter not in second)
    return "|".join((f"[{free}]", *(f"[{_set(first)}][^>{_set(letters)}]" for first, letters in second.items())))


_HIDDEN = "|".join(
    (
        *(
            rf"{_named(name)}{_ATTRIBUTES}(?<!/)>{_until('/' + _named(name))}(?:</(?i:{name})[^>]*+{_CLOSE}|\Z)"
            for name in _CODE
        ),
        # No further than to the next of the same name: a page full of them is passed over only once.
        *(
            rf"{_named(name)}{_ATTRIBUTES}(?<!/)>{_until('/?' + _named(name))}</(?i:{name})[^>]*+{_CLOSE}"
            for name in _ASIDE
        ),
        *(rf"{_named(name)}{_ATTRIBUTES}(?<!/)>{_until('/?[rR](?i:t|p|uby)(?=[ />])')}" for name in _RUBY),
    )
)
_USUAL = _other_than((*_CODE, *_ASIDE, *_RUBY))
# The frequent tags come first.
_RUN = re.compile(
    rf"((?:(?=<[/!?a-zA-Z])<(?:/[^>=]*+>|(?:{_USUAL}){_ATTRIBUTES}{_CLOSE}|{_HIDDEN}|/?[a-zA-Z]{_ATTRIBUTES}{_CLOSE}|{_COMMENT}))++)"
)
_NAME = rf"(?:t[dh]|meta)(?=[ />]){_ATTRIBUTES}|/?[^ />]++"
_TAG = re.compile(
    rf"<(?:(?:(?=/|{_USUAL})|(?!{_HIDDEN}|{_COMMENT}))((?i:{_NAME})){_ATTRIBUTES}{_CLOSE}|{_HIDDEN}|{_COMMENT})"
)
_ATTRIBUTE = re.compile(r"""([^ "'/>=]++)(?: *+= *+(?:"([^"]*+)"|'([^']*+)'|([^ >]*+)))?+""")
_SPACE_REFERENCE = re.compile(r"&(?:#0*(?:9|1[0-3])(?!\d);?|#[xX]0*[9a-dA-D](?![0-9a-fA-F]);?|Tab;|NewLine;)")
# What folds to a space besides the space itself.
_SPACES = "\t\n\r\f\v\u200b\ufeff"


def split_at_tags(source: str) -> list[str]:
    """Split a page into words, a run of tags, words, a run of tags, ..., words; the words may be empty."""
    source = source.replace("\x00", "")
    for space in _SPACES:
        source = source.replace(space, " ")
    return _RUN.split(source)


def tags(run: str) -> list[str]:
    """Return the names of the tags in a run, `/` before those of end tags.

    The names of cells and metadata are followed by their attributes as they are written. A comment
    and what is not shown have an empty name.
    """
    return _TAG.findall(run)


def attributes(written: str) -> dict[str, str]:
    """Return what `tags` tells of a cell or metadata by names in small letters; the first of a name counts.

    The tag's own name is among them and tells nothing.
    """
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(written):
        found.setdefault(name.lower(), unescape("".join(values)))
    return found


def plain(words: str) -> str:
    """Return words with their character references replaced; one that stands for white space becomes a space."""
    if "&" not in words:
        return words
    words = unescape(_SPACE_REFERENCE.sub(" ", words))
    return words.replace("\u200b", " ").replace("\ufeff", " ")
