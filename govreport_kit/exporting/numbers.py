r"""The numbers of a paper's sentences, by name: LaTeX macros, and JSON for everything else."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd

from govreport_kit import __version__, codebook
from govreport_kit.errors import ExportError
from govreport_kit.exporting import formatting
from govreport_kit.exporting.latex import escape
from govreport_kit.exporting.tables import is_rates
from govreport_kit.exporting.words import check_lang, word
from govreport_kit.metrics.means import is_mean_of_rates

SCHEMA = "govreport-numbers/1"
_DIGITS = ("Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
_FINDINGS = {"rule", "severity", "report_id"}


def export_numbers(
    named_results: Mapping[str, Any],
    path: str | PathLike[str],
    *,
    lang: str = "en",
    names: Mapping[str, str] | None = None,
) -> list[Path]:
    r"""Write results by name, so that the sentences of a paper take their numbers from the data.

    Parameters
    ----------
    named_results : mapping of str to frame, number or text
        A frame of rates (as `govreport_kit.rate` gives) gives a result for each row: ``NAME`` where
        it is one row, else ``NAME.GROUP`` (``refusal.2023``), with the metric where there are
        several. A frame of findings gives their numbers, and what each rule judged (null where merging or
        reading back has taken ``attrs["judged"]`` from the frame). A number, a text or a missing value
        stands for itself; give a year as a text, or it gets a separator of thousands.
    path : path
        ``FOLDER/numbers.tex`` or ``numbers.json``: both are written.
    lang : {"en", "zh"}
        Language of the formatted words.
    names : mapping of str to str, optional
        Names for groups, as ``{"浙江省": "zhejiang"}``, in the place of their own.

    Returns
    -------
    list of pathlib.Path
        The ``.tex`` and the ``.json``. In the first, each formatted text is a macro with letters only:
        ``\refusalTwoZeroTwoThree`` is the rate, followed by ``K``, ``N``, ``Low``, ``High``,
        ``Interval``, ``Reports``, ``Coverage``, ``Definition``. Digits are spelt; other letters of a
        group are told by their number in Unicode, so that 县 (U+53BF) without a name of yours is
        ``UFiveThreeBF``, in every corpus the same. In the second, each result
        has ``value``, ``k``, ``n``, ``low``, ``high``, ``confidence``, ``method``, ``metric``,
        ``definition``, ``unit`` (empty for a share of 1), ``reports``, ``coverage`` and
        ``formatted``. A mean of the rates of single reports has no ``k``. A missing value is ``null``,
        and ``--`` in print.

    Raises
    ------
    ExportError
        If two results would have the same macro, a name of yours has no ASCII letters to make one of,
        `names` names a group that there is not, or something is no result.
    UnknownKeyError
        If there is no such language.
    """
    check_lang(lang)
    target = Path(path)
    if target.suffix not in (".tex", ".json"):
        raise ExportError(f"{target.name!r}: numbers are written as .tex and .json; give one of them as ending")
    results = _results(named_results, names or {}, lang)
    macros = _macros(results)
    target.parent.mkdir(parents=True, exist_ok=True)
    tex, data = target.with_suffix(".tex"), target.with_suffix(".json")
    tex.write_text(
        "".join(f"\\newcommand{{\\{name}}}{{{text}}}\n" for name, text in macros.items()), "utf-8", newline="\n"
    )
    whole = {"schema": SCHEMA, "made_with": {"govreport-kit": __version__}, "results": results}
    data.write_text(json.dumps(whole, ensure_ascii=False, indent=2, allow_nan=False) + "\n", "utf-8", newline="\n")
    return [tex, data]


def _results(named_results: Mapping[str, Any], names: Mapping[str, str], lang: str) -> dict[str, dict[str, Any]]:
    results: dict[str, dict[str, Any]] = {}
    groups: set[str] = set()
    for name, result in named_results.items():
        _check_name(name)
        for labels, entry in _entries(name, result, lang):
            groups.update(labels)
            full_name = ".".join([name, *(names.get(label, label) for label in labels)])
            if full_name in results:
                raise ExportError(f"two results have the name {full_name!r}; name them apart")
            results[full_name] = entry
    for label in names:
        if label not in groups:
            nearest = ", ".join(codebook.nearest(label, sorted(groups))) or "none"
            raise ExportError(f"{label!r} of names= is no group of the results. Nearest: {nearest}")
    return results


def _check_name(name: str) -> None:
    if not name.isascii() or not _words(name)[0]:
        raise ExportError(f"no LaTeX macro can be named after {name!r}: it has to begin with ASCII letters or digits")


def _entries(name: str, result: Any, lang: str) -> Iterator[tuple[list[str], dict[str, Any]]]:
    """Yield each result with the labels of its group, which tell it from the others of the same name."""
    if not isinstance(result, pd.DataFrame):
        yield [], _scalar(name, result, lang)
    elif is_rates(result):
        yield from _rates(result, lang)
    elif set(result.columns) >= _FINDINGS:
        yield [], _findings(result)
    else:
        raise ExportError(f"{name!r} is neither a frame of rates nor of findings; pass a single number of it")


def _scalar(name: str, value: Any, lang: str) -> dict[str, Any]:
    if not pd.api.types.is_scalar(value):
        raise ExportError(f"{name!r} is of type {type(value).__name__}: no number, text, frame of rates or of findings")
    plain = _plain(value)
    if isinstance(plain, bool | str):
        text = plain if isinstance(plain, str) else word("yes" if plain else "no", lang)
        return {"value": plain, "formatted": {"": text}}
    if plain is not None and not math.isfinite(plain):
        raise ExportError(f"{name!r} is {plain}: no number that a paper can print")
    return {"value": plain, "formatted": {"": formatting.number(value)}}


def _findings(frame: pd.DataFrame) -> dict[str, Any]:
    severities = {key: int((frame["severity"] == key).sum()) for key in codebook.severities}
    reports = int(frame["report_id"].nunique())
    formatted = {f"{key}s": formatting.count(count) for key, count in severities.items()}
    judged = frame.attrs.get("judged")
    return {
        "value": len(frame),
        **{f"{key}s": count for key, count in severities.items()},
        "reports": reports,
        "judged": None if judged is None else {str(rule): int(count) for rule, count in judged.items()},
        "formatted": {"": formatting.count(len(frame)), **formatted, "reports": formatting.count(reports)},
    }


def _rates(frame: pd.DataFrame, lang: str) -> Iterator[tuple[list[str], dict[str, Any]]]:
    groups = list(frame.columns[: list(frame.columns).index("metric")])
    parts = [*groups, *(["metric"] if len(frame["metric"].unique()) > 1 else [])]
    for _, row in frame.iterrows():
        labels = ["missing" if pd.isna(row[part]) else _label(row[part]) for part in parts]
        yield labels if len(frame) > 1 else [], _rate(row, lang)


def _label(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _rate(row: pd.Series[Any], lang: str) -> dict[str, Any]:
    metric = codebook.metrics[row["metric"]]
    given = {key: _plain(row[key]) for key in row.index.intersection(["k", "n", "low", "high", "method", "reports"])}
    definition = str(row.get("definition", metric.definition))
    if is_mean_of_rates(definition):
        given["k"] = None
    more = {key: _plain(row[key]) for key in row.index.intersection(["coverage", "flag", "scopes", "breaks"])}
    formatted = {
        "": formatting.rate(row["rate"], metric.key),
        "k": formatting.count(given["k"]),
        "n": formatting.count(row["n"]),
        "low": formatting.rate(row["low"], metric.key),
        "high": formatting.rate(row["high"], metric.key),
        "interval": formatting.interval(row["low"], row["high"], metric.key, lang),
        "reports": formatting.count(row.get("reports", pd.NA)),
        "coverage": formatting.share(row.get("coverage", pd.NA)),
        "definition": f"{formatting.metric(metric.key, lang, definition)}: {definition}",
    }
    about = {"metric": metric.key, "definition": definition, "unit": metric.unit}
    about["confidence"] = _plain(row.get("confidence", pd.NA))
    return {"value": _plain(row["rate"]), **given, **about, **more, "formatted": formatted}


def _plain(value: Any) -> Any:
    """Return a value as JSON knows it; what is missing is null."""
    if pd.isna(value):
        return None
    if isinstance(value, str):
        return value
    plain = value.item() if hasattr(value, "item") else value
    return plain if isinstance(plain, (bool, int, float)) else str(plain)


def _macros(results: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    macros: dict[str, str] = {}
    owners: dict[str, str] = {}
    for name, entry in results.items():
        for part, text in entry["formatted"].items():
            macro = _macro_name(name, part)
            if macro in macros:
                raise ExportError(f"{name!r} and {owners[macro]!r} would both be \\{macro} in LaTeX; rename one")
            macros[macro], owners[macro] = escape(text), name
    return macros


def _macro_name(name: str, part: str) -> str:
    first, *others = _words(f"{name} {part}")
    return first + "".join(word[:1].upper() + word[1:] for word in others)


def _words(name: str) -> list[str]:
    """Split a name into words of ASCII letters: digits are spelt, other letters told by their number in Unicode."""
    told = "".join(sign if sign.isascii() or not sign.isalnum() else f" U{ord(sign):X} " for sign in name)
    spelt = re.sub("[0-9]", lambda digit: f" {_DIGITS[int(digit[0])]} ", told)
    return re.split("[^A-Za-z]+", spelt.strip())
