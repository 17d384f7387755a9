"""Signs in the text which a reader of the figures should know of: placeholders, filling notes, missing numbers."""

from __future__ import annotations

import re
from functools import cache

from govreport_kit import codebook
from govreport_kit.report import Note

_LONGEST_QUOTE = 60


def read_signs(text: str) -> list[Note]:
    """Find the signs that the codebook lists.

    Parameters
    ----------
    text : str
        The document's text.

    Returns
    -------
    list of Note
        One note a sign and line of the text, with the words that were found and their span.
    """
    notes = []
    for code, what, patterns in _signs():
        seen: set[int] = set()
        for pattern in patterns:
            for found in pattern.finditer(text):
                line = text.count("\n", 0, found.start())
                if code == "filling_note" and line in seen:
                    continue
                seen.add(line)
                quote = found[0] if len(found[0]) <= _LONGEST_QUOTE else found[0][:_LONGEST_QUOTE] + "…"
                notes.append(Note(code, f"{what}: {quote}", *found.span()))
    return sorted(notes, key=lambda note: note.start or 0)


@cache
def _signs() -> list[tuple[str, str, list[re.Pattern[str]]]]:
    return [
        (sign["code"], sign["what"], [re.compile(pattern) for pattern in sign["patterns"]])
        for sign in codebook.read_toml("signs")["sign"]
    ]
