"""What figures say, in English or Chinese, from the codebook."""

from __future__ import annotations

import csv
from collections.abc import Hashable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

import pandas as pd

from govreport_kit import codebook
from govreport_kit.errors import UnknownKeyError

Lang: TypeAlias = Literal["en", "zh"]
LANGUAGES: tuple[Lang, ...] = ("en", "zh")

_TERMS: dict[str, Mapping[str, Any]] = {
    "level": codebook.levels,
    "scope": codebook.scopes,
    "form": codebook.forms,
}


def check_lang(lang: str) -> None:
    """Refuse a language other than English and Chinese."""
    if lang not in LANGUAGES:
        raise UnknownKeyError("language", lang, LANGUAGES)


def word(key: str, lang: Lang, **values: object) -> str:
    """Return a fixed word or phrase of the figures."""
    return _words()[key][lang].format(**values)


def outcome_label(outcome: str, lang: Lang) -> str:
    """Return the codebook's name of an outcome: a row of the request table or a group of rows."""
    entries = {row.key: row for row in codebook.table_rows("requests")} | dict(codebook.groups)
    return _capital(str(getattr(entries[outcome], lang)).partition(" (")[0])


def group_label(values: Mapping[Hashable, Any], lang: Lang) -> str:
    """Return the label of one group of reports: its value in each column of `by`, in words.

    Parameters
    ----------
    values : mapping
        From columns of ``corpus.reports`` to the group's value, which may be missing.
    lang : {"en", "zh"}
        Language.
    """
    labels = [_value_label(str(column), value, lang, values.get("year")) for column, value in values.items()]
    return (", " if lang == "en" else "，").join(labels) or _capital(word("all", lang))


def metric_label(metric: str, lang: Lang) -> str:
    """Return the name of a metric, which tells its denominator."""
    return _capital(str(getattr(codebook.metrics[metric], lang)))


def metric_unit(metric: str, lang: Lang) -> str:
    """Return the unit of a metric's axis: percent, or the metric's own unit."""
    entry = codebook.metrics[metric]
    return (entry.unit if lang == "en" else entry.unit_zh) or "%"


def with_unit(name: str, unit: str, lang: Lang) -> str:
    """Return an axis label."""
    return f"{name} ({unit})" if lang == "en" else f"{name}（{unit}）"


def interval_label(method: str, lang: Lang) -> str:
    """Return the name of a method of intervals: ``clopper_pearson`` is Clopper–Pearson in every language."""
    if f"interval.{method}" in _words():
        return word(f"interval.{method}", lang)
    return "–".join(part if len(part) == 1 else _capital(part) for part in method.split("_"))


def whole_percent(share: float) -> str:
    """Return a share in whole percent, which is neither 0 nor 100 unless the share is."""
    if 0 < share < 0.5:
        return "<1"
    return ">99" if 99.5 <= share < 100 else f"{share:.0f}"


def reason_label(reason: str, lang: Lang) -> str:
    """Return the name of a ground of refusal, without the word refused."""
    entry = next(row for row in codebook.table_rows("requests") if row.key == reason)
    return _capital(str(getattr(entry, lang)).rpartition(": ")[2].partition(" (")[0])


def flow_label(row: str, lang: Lang) -> str:
    """Return the short name of a row of the year's account of requests."""
    return _capital(word(f"flow.{row}", lang))


def short_label(column: str, key: Any, lang: Lang, year: Any = None) -> str:
    """Return the short name of a scope or form in a caption; of a form which was not read the year tells more."""
    if pd.isna(key):
        return _unread_form(year, lang) if column == "form" else word("not_stated", lang)
    return str(key) if column == "scope" and lang == "en" else str(getattr(_TERMS[column][key], lang))


def _unread_form(year: Any, lang: Lang) -> str:
    """Tell that no form was read; of years in which there was no national one, that none could be."""
    without = [form for form in codebook.forms.values() if not form.instrument]
    known = not pd.isna(year)
    none_there = known and any(form.first_year <= year <= (form.last_year or year) for form in without)
    return word("no_form" if none_there else "form_unread", lang)


def _missing(column: str, year: Any, lang: Lang) -> str:
    if column == "form":
        return _unread_form(year, lang)
    return word("no_province" if column == "province" else "not_stated", lang)


def _value_label(column: str, value: Any, lang: Lang, year: Any) -> str:
    if pd.isna(value):
        return _capital(_missing(column, year, lang))
    if pd.api.types.is_bool(value):
        name = _zh_columns().get(column, column) if lang == "zh" else column
        mark = ": " if lang == "en" else "："
        return f"{name}{mark}{word('yes' if value else 'no', lang)}"
    if pd.api.types.is_float(value) and float(value).is_integer():
        return str(int(value))
    if column == "region_code":
        return _region_names().get(str(value), str(value))
    terms = _TERMS.get(column, {})
    return _capital(str(getattr(terms[value], lang))) if value in terms else str(value)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@cache
def _words() -> dict[str, dict[str, str]]:
    with (Path(__file__).parent / "words.csv").open(encoding="utf-8", newline="") as lines:
        return {line["key"]: line for line in csv.DictReader(lines)}


@cache
def _zh_columns() -> dict[str, str]:
    return {column.name: column.zh for column in codebook.frame_columns if column.frame == "reports"}


@cache
def _region_names() -> dict[str, str]:
    return {region.code: region.name for region in codebook.regions()}
