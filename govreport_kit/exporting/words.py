"""Fixed words of exported tables and of the codebook's document, in English and Chinese."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from govreport_kit.errors import UnknownKeyError


def check_lang(lang: str) -> None:
    """Refuse a language other than English and Chinese."""
    if lang not in ("en", "zh"):
        raise UnknownKeyError("language", lang, ["en", "zh"])


def word(key: str, lang: str, **values: object) -> str:
    """Return a fixed word or phrase."""
    return _words()[key][lang].format(**values)


@cache
def _words() -> dict[str, dict[str, str]]:
    text = (files("govreport_kit.exporting") / "words.csv").read_text("utf-8")
    return {line["key"]: line for line in csv.DictReader(text.splitlines())}
