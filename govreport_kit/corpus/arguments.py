"""Arguments of the kind that a function takes, or an error which tells what to give in their place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from govreport_kit import codebook
from govreport_kit.codebook.entries import Metric
from govreport_kit.errors import ArgumentError


def require_corpus(given: object) -> None:
    """Raise an `ArgumentError` if something else than a corpus was given."""
    if not isinstance(getattr(given, "reports", None), pd.DataFrame):
        raise ArgumentError(
            f"A Corpus is needed here, not {_kind(given)}: give the corpus itself and not one of its frames,"
            " load_corpus(path) for a saved one, or Corpus.from_reports(reports)."
        )


def chosen_metrics(metric: Any) -> list[Metric]:
    """Return one metric or several by their keys.

    Raises
    ------
    ArgumentError
        If there is none, or something else than keys.
    UnknownKeyError
        If there is no such metric; names the nearest.
    """
    keys = _strings(metric)
    if not keys:
        raise ArgumentError(
            f"Give a key of codebook.metrics, as 'refusal_rate', or a list of them, not {_kind(metric)}."
        )
    return [codebook.metrics[key] for key in keys]


def one_metric(metric: Any) -> Metric:
    """Return a metric by its key, where only one can be given; errors as in `chosen_metrics`."""
    if not isinstance(metric, str):
        raise ArgumentError(f"Give one key of codebook.metrics, as 'refusal_rate', not {_kind(metric)}.")
    return codebook.metrics[metric]


def chosen_columns(by: Any) -> list[str]:
    """Return the names of columns, each once.

    Raises
    ------
    ArgumentError
        If they are something else than names.
    """
    columns = _strings([] if by is None else by)
    if columns is None:
        raise ArgumentError(
            f"by= takes a column of corpus.reports, as 'year', or a list of them, not {_kind(by)}: to group otherwise,"
            " narrow the corpus with Corpus.select and ask of each part."
        )
    return list(dict.fromkeys(columns))


def _strings(given: Any) -> list[str] | None:
    """Return one string or several as a list; None where it is something else."""
    if isinstance(given, str):
        return [given]
    listed: list[Any] = list(given) if isinstance(given, Iterable) else [None]
    return listed if all(isinstance(one, str) for one in listed) else None


def _kind(given: object) -> str:
    return "an empty list" if isinstance(given, list) and not given else f"a {type(given).__name__}"
