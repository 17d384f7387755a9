"""The statutory tables of a text whose merged cells, rows or columns are gone."""

from __future__ import annotations

import re

from govreport_kit import codebook
from govreport_kit.parsing.cells import FlatReading
from govreport_kit.parsing.flat_disclosure import read_flat_disclosure
from govreport_kit.parsing.flat_requests import read_flat_requests
from govreport_kit.parsing.flat_reviews import read_flat_reviews
from govreport_kit.parsing.groups import read_groups
from govreport_kit.parsing.labels import plain_words
from govreport_kit.parsing.pieces import read_pieces

_ANY_TABLE = re.compile(r"申请人情况|勾稽|钩稽|新收|行政处罚|國家秘密|国家秘密|复议|復議")


def read_flat_tables(text: str, form: str | None) -> dict[str, list[FlatReading]]:
    """Read the tables of a text by the known order of the form.

    Parameters
    ----------
    text : str
        The document's text.
    form : str or None
        The form, if it is known already; else its marks are looked for in the text.

    Returns
    -------
    dict of str to list of FlatReading
        For each table its parts, in the order of the text. A cell is given only if nothing else
        can be meant; what is left out is told in notes.
    """
    if not _ANY_TABLE.search(text):
        return {}
    groups = read_groups(read_pieces(text))
    return {
        "disclosure": read_flat_disclosure(groups, form or form_of(text)),
        "requests": read_flat_requests(groups),
        "reviews": read_flat_reviews(groups),
    }


def form_of(text: str) -> str | None:
    """Return the form whose marks alone stand in a text."""
    words = plain_words(text)
    forms = {mark.form for mark in codebook.form_marks if mark.mark in words}
    return forms.pop() if len(forms) == 1 else None
