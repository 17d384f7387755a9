"""Where a finding stands, in words."""

from __future__ import annotations

from functools import cache

from govreport_kit import codebook
from govreport_kit.corpus.frames import frame_columns


def place_in_words(where: str, language: str) -> str:
    """Write a place with the labels of the codebook.

    Parameters
    ----------
    where : str
        ``table/row/column``, a part of it, ``facts/indicator``, or ``reports/column``; anything else
        is returned as it is.
    language : {"en", "zh"}
        The language of the labels.

    Returns
    -------
    str
        Such as ``granted in full, natural persons (requests)``.
    """
    table, *parts = where.split("/")
    words = _labels(table, language)
    if not parts and where in codebook.tables:
        return str(getattr(codebook.tables[where], language))
    if not parts or not all(part in words for part in parts):
        return where
    told = [words[part] for part in parts]
    if table not in codebook.tables:
        return told[0]
    return "、".join(told) if language == "zh" else f"{', '.join(told)} ({table})"


@cache
def _labels(table: str, language: str) -> dict[str, str]:
    if table == "reports":
        return {column.name: getattr(column, language) for column in frame_columns("reports")}
    if table == "facts":
        return {key: getattr(entry, language) for key, entry in codebook.indicators.items()}
    if table not in codebook.tables:
        return {}
    columns = {column.key: getattr(column, language) for column in codebook.table_columns(table)}
    groups = {key: getattr(group, language) for key, group in codebook.groups.items() if group.table == table}
    rows = {row.key: getattr(row, language) for row in codebook.table_rows(table)}
    return {**columns, **groups, **rows, "balance": {"zh": "收支勾稽", "en": "balance"}[language]}
