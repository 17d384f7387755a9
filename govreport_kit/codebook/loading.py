"""Data files to typed entries: the one place which knows how the files are written."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable
from dataclasses import fields
from importlib.resources import files
from typing import Any, TypeVar

from govreport_kit.codebook.entries import AuditRule, Metric, Term
from govreport_kit.codebook.vocabulary import Vocabulary

T = TypeVar("T")

_CONVERT: dict[str, Callable[[str], Any]] = {
    "str": str,
    "int": int,
    "int | None": lambda text: int(text) if text else None,
    "bool": lambda text: {"true": True, "false": False}[text],
    "tuple[str, ...]": lambda text: tuple(text.split()),
}


def read_csv(name: str, entry: type[T]) -> tuple[T, ...]:
    """Read ``data/NAME.csv``; its columns must be the fields of `entry`, in their order.

    Raises
    ------
    ValueError
        If the columns differ from the fields or a cell does not convert.
    """
    converters = [_CONVERT[str(field.type)] for field in fields(entry)]  # type: ignore[arg-type]
    names = [field.name for field in fields(entry)]  # type: ignore[arg-type]
    head, *lines = csv.reader(_read(f"{name}.csv").splitlines())
    if head != names:
        raise ValueError(f"codebook/data/{name}.csv has the columns {head}, expected {names}")
    return tuple(entry(*[convert(cell) for convert, cell in zip(converters, line, strict=True)]) for line in lines)


def read_toml(name: str) -> dict[str, Any]:
    """Read ``data/NAME.toml``."""
    return tomllib.loads(_read(f"{name}.toml"))


def read_terms(vocabulary: str) -> Vocabulary[Term]:
    """Read one of the small vocabularies of ``data/vocabularies.csv``."""
    lines = csv.DictReader(_read("vocabularies.csv").splitlines())
    return Vocabulary(
        vocabulary,
        [Term(line["key"], line["zh"], line["en"]) for line in lines if line["vocabulary"] == vocabulary],
    )


def read_metrics() -> Vocabulary[Metric]:
    """Read the registry of metrics, ``data/metrics.toml``."""
    return Vocabulary("metric", [_metric(key, table) for key, table in read_toml("metrics").items()])


def read_audit_rules() -> Vocabulary[AuditRule]:
    """Read the audit rules, ``data/audit_rules.toml``; what is no field of a rule is one of its settings."""
    return Vocabulary("audit rule", [_audit_rule(key, table) for key, table in read_toml("audit_rules").items()])


def _read(name: str) -> str:
    return (files("govreport_kit.codebook") / "data" / name).read_text("utf-8")


def _audit_rule(key: str, table: dict[str, Any]) -> AuditRule:
    names = {field.name for field in fields(AuditRule)}
    own: dict[str, Any] = {name: table[name] for name in table.keys() & names}
    own["needs"] = tuple(own.get("needs", ()))
    return AuditRule(key=key, **own, settings={name: table[name] for name in table.keys() - names})


def _metric(key: str, table: dict[str, Any]) -> Metric:
    sequences = {name: tuple(value) for name, value in table.items() if isinstance(value, list)}
    test = {"test": next(iter(table["test"].items()))} if "test" in table else {}
    return Metric(key=key, **{**table, **sequences, **test})
