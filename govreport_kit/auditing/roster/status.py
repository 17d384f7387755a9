"""What became of every expected report: when it was published, and what stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govreport_kit import codebook
from govreport_kit.auditing.roster.deadlines import due_date
from govreport_kit.auditing.roster.errors import RosterError
from govreport_kit.auditing.roster.matching import keys_of
from govreport_kit.auditing.roster.similar import nearest_names

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

_ABOUT = ("level", "province", "region_code")
_WORDS = ("agency", *_ABOUT, "report_id", "printed_name", "failure", "nearest")
_COLUMNS = (
    "agency", *_ABOUT, "year", "publication", "content", "published", "due", "lag",
    "report_id", "printed_name", "documents", "failure", "nearest",
)  # fmt: skip


def roster_of(corpus: Corpus, years: Iterable[int] | None = None) -> pd.DataFrame:
    """Expect a report of every agency of a corpus in every year.

    Parameters
    ----------
    corpus : Corpus
        Reports without agency or year are left out; `unexpected_reports` tells them.
    years : iterable of int, optional
        By default from the first to the last report year of the corpus.

    Returns
    -------
    pandas.DataFrame
        agency (the latest spelling), level, province, region_code, year. An agency that never
        reported is not in it, and one that was founded or abolished within the years counts as
        missing before and after: a list from another source is better.
    """
    known = _keyed(corpus).sort_values("year", kind="stable").drop_duplicates("key", keep="last")
    span = corpus.reports["year"].dropna()
    every = list(years) if years is not None else list(range(int(span.min()), int(span.max()) + 1)) if len(span) else []
    crossed = known[["agency", *_ABOUT]].merge(pd.DataFrame({"year": pd.array(every, dtype="Int16")}), how="cross")
    return crossed.sort_values(["agency", "year"], ignore_index=True)


def roster_status(corpus: Corpus, roster: pd.DataFrame | None = None, *, as_of: date | None = None) -> pd.DataFrame:
    """Tell of every expected report whether and when it was published, and what it holds.

    Parameters
    ----------
    corpus : Corpus
        What was found.
    roster : DataFrame, optional
        One row an expected report: ``agency`` and ``year``, and if known ``level``, ``province``,
        ``region_code``, and ``path`` or ``url`` of the document, by which a failed document is
        linked to its place. `roster_of` by default.
    as_of : datetime.date, optional
        When the corpus was gathered: a report not found is ``not_due`` up to its due date.

    Returns
    -------
    pandas.DataFrame
        One row an expected report, in the order of the roster:

        - agency, level, province, region_code, year: of the roster, else of the corpus;
        - ``publication``: key of ``codebook.publications`` (on_time, late, undated, no_deadline,
          not_due, missing); ``content``: key of ``codebook.contents`` (reported, zero_requests,
          blank, no_table, part_read, unreadable), empty where there is no document;
        - ``published``, ``due`` (dates) and ``lag``, days from due to published;
        - ``report_id`` and ``printed_name`` of the report found, and how many ``documents`` stand
          for it: of several the one published first is taken, undated ones last;
        - ``failure``: key of ``codebook.failures`` where the document could not be read. A document
          that is no report (``not_a_report``) leaves its place missing;
        - ``nearest``: for an agency that was never found, the agency of the corpus with the most
          similar name among those that the roster does not expect. It is a hint, never a match.

    Raises
    ------
    RosterError
        If a column is missing, an agency or year is empty, or two rows expect the same report.
    """
    expected = _checked(roster_of(corpus) if roster is None else roster)
    reports = _keyed(corpus)
    found = _first_of_each(reports)
    status = expected.merge(found, on=["key", "year"], how="left", suffixes=("", "_found"))
    status["documents"] = status["documents"].fillna(0).astype("Int64")
    for name in _ABOUT:
        known = expected["key"].map(reports.dropna(subset=name).drop_duplicates("key").set_index("key")[name])
        status[name] = status[name].fillna(known)
    status["failure"] = _failures(expected, corpus).where(status["report_id"].isna())
    status["due"] = _due(status["year"], status["level"])
    status["lag"] = (status["published"] - status["due"]).dt.days.astype("Int64")
    status["publication"] = _publication(status, as_of)
    status["content"] = _content(status)
    status["nearest"] = _nearest(status, reports)
    return status[list(_COLUMNS)].astype(dict.fromkeys(_WORDS, "str"))


def unexpected_reports(corpus: Corpus, roster: pd.DataFrame) -> pd.DataFrame:
    """Tell the reports of a corpus which no row of a roster expects.

    Returns
    -------
    pandas.DataFrame
        report_id, agency, year, ``reason`` (key of ``codebook.unexpected``) and ``nearest``, the
        agency of the roster with the most similar name.

    Raises
    ------
    RosterError
        See `roster_status`.
    """
    expected = _checked(roster)
    keyed = _keyed(corpus)[["report_id", "key"]]
    reports = corpus.reports[["report_id", "agency", "year"]].merge(keyed, on="report_id", how="left")
    pairs = set(zip(expected["key"], expected["year"], strict=True))
    wanted = [(key, year) in pairs for key, year in zip(reports["key"], reports["year"], strict=True)]
    rest = reports[~np.array(wanted, dtype=bool)].reset_index(drop=True)
    listed = rest["key"].isin(set(expected["key"]))
    unclear = rest["key"].isna()
    rest["reason"] = np.select([unclear, listed], ["heading_unclear", "year_not_listed"], "agency_not_listed")
    strange = rest.loc[~listed & ~unclear, "agency"].unique().tolist()
    nearest = nearest_names(strange, expected["agency"].unique().tolist())
    rest["nearest"] = rest["agency"].map(nearest).astype("str").where(~listed & ~unclear)
    return rest[["report_id", "agency", "year", "reason", "nearest"]]


def _checked(roster: pd.DataFrame) -> pd.DataFrame:
    """Return a roster with every column and the key of each agency."""
    lacking = [name for name in ("agency", "year") if name not in roster]
    if lacking:
        raise RosterError(f"A roster needs the columns agency and year; {', '.join(lacking)} is not among its columns.")
    expected = roster.reindex(columns=["agency", *_ABOUT, "year", "path", "url"]).reset_index(drop=True)
    empty = expected[["agency", "year"]].isna().any(axis=1)
    if empty.any():
        raise RosterError(f"Agency or year is empty in {empty.sum()} rows of the roster, first row {empty.idxmax()}.")
    expected[["agency", *_ABOUT, "path", "url"]] = expected[["agency", *_ABOUT, "path", "url"]].astype("object")
    expected["year"] = expected["year"].astype("Int16")
    expected["key"] = keys_of(expected["agency"], expected["region_code"])
    twice = expected.duplicated(["key", "year"], keep=False)
    if twice.any():
        names = "; ".join(f"{row.agency} {row.year}" for row in expected[twice].head(4).itertuples())
        raise RosterError(f"The roster expects {twice.sum()} reports more than once: {names}. Keep one row of each.")
    return expected


def _keyed(corpus: Corpus) -> pd.DataFrame:
    """Return the reports with an agency and a year, with the key of the agency."""
    reports = corpus.reports.dropna(subset=["agency", "year"]).reset_index(drop=True)
    for name in _ABOUT:
        reports[name] = reports[name].astype("object")
    reports["key"] = keys_of(reports["agency"], reports["region_code"])
    reports["published"] = pd.to_datetime(reports["published"])
    stated = corpus.panel()[["report_id", "received_new", "requests_received"]]
    reports = reports.merge(stated, on="report_id", how="left")
    reports["with_table"] = reports["report_id"].isin(
        corpus.requests.loc[corpus.requests["source"] == "table", "report_id"]
    )
    return reports


def _first_of_each(reports: pd.DataFrame) -> pd.DataFrame:
    ordered = reports.sort_values(["published", "report_id"], kind="stable", na_position="last")
    documents = ordered.groupby(["key", "year"], sort=False)["report_id"].transform("size")
    first = ordered.assign(documents=documents).drop_duplicates(["key", "year"])
    columns = ["report_id", "published", "complete", "received_new", "requests_received", "with_table", "documents"]
    return first[["key", "year", *columns]].assign(printed_name=first["agency"])


def _due(years: pd.Series, levels: pd.Series) -> pd.Series:
    known = levels.where(levels.notna(), None)
    days = [due_date(int(year), level) for year, level in zip(years, known, strict=True)]
    return pd.Series(pd.DatetimeIndex(np.array(days, dtype="datetime64[s]")))


def _failures(expected: pd.DataFrame, corpus: Corpus) -> pd.Series:
    kinds = dict(zip(corpus.failures["path"], corpus.failures["kind"].astype("object"), strict=True))
    return expected["path"].map(kinds).fillna(expected["url"].map(kinds))


def _publication(status: pd.DataFrame, as_of: date | None) -> pd.Series:
    absent = status["report_id"].isna() & (status["failure"].isna() | (status["failure"] == "not_a_report"))
    not_due = absent & (status["due"] >= pd.Timestamp(as_of) if as_of else False)
    conditions = [not_due, absent, status["published"].isna(), status["due"].isna(), status["lag"].fillna(0) > 0]
    keys = ["not_due", "missing", "undated", "no_deadline", "late"]
    return _category(conditions, keys, "on_time", codebook.publications)


def _content(status: pd.DataFrame) -> pd.Series:
    received = status["received_new"].astype("Float64").fillna(status["requests_received"])
    found = status["report_id"].notna()
    conditions = [
        ~found & status["publication"].isin(["missing", "not_due"]),
        ~found,
        (received == 0).fillna(False),
        received.notna(),
        status["with_table"].eq(True),
        ~status["complete"].eq(True),
    ]
    keys = ["", "unreadable", "zero_requests", "reported", "blank", "part_read"]
    return _category(conditions, keys, "no_table", codebook.contents)


def _category(
    conditions: Sequence[pd.Series], keys: Sequence[str], default: str, vocabulary: Iterable[str]
) -> pd.Series:
    """Give each row the key of the first condition that holds, or the default; an empty key stands for none."""
    codes = {key: code for code, key in enumerate(vocabulary)} | {"": -1}
    held = [np.asarray(condition, dtype=bool) for condition in conditions]
    chosen = np.select(held, [codes[key] for key in keys], codes[default])
    return pd.Series(pd.Categorical.from_codes(chosen, categories=pd.Index(list(vocabulary))))


def _nearest(status: pd.DataFrame, reports: pd.DataFrame) -> pd.Series:
    never = status.groupby("key", sort=False)["report_id"].transform("count") == 0
    free = reports.loc[~reports["key"].isin(set(status["key"])), "agency"].unique().tolist()
    hints = nearest_names(status.loc[never, "agency"].unique().tolist(), free)
    return status["agency"].map(hints).astype("object").where(never)
