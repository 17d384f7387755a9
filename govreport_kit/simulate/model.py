"""The figures of many invented agencies in one year, drawn together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from govreport_kit import codebook
from govreport_kit.simulate.data import read_data
from govreport_kit.simulate.effects import Effects

Counts = npt.NDArray[np.int64]
Place = tuple[str, str]
_DOCUMENTS = ("regulations", "normative_documents")
_DECISIONS = ("licences", "penalties", "compulsory_measures")
_LISTED = ("licences", "other_services", "penalties", "compulsory_measures", "fees")


@dataclass(slots=True)
class Stocks:
    """What an agency hands on to the next year, an array for each, by agency in the first dimension."""

    carried: Counts
    documents: dict[str, Counts]
    items: dict[str, Counts]


@dataclass(slots=True)
class Figures:
    """The figures of a year.

    Attributes
    ----------
    requests, reviews : array of int
        By agency, row and column of the codebook's table in the given form.
    disclosure : dict
        By row and column of the form, an array by agency.
    facts : dict
        What only the running text tells, by indicator; where an agency does not tell it, nan.
    """

    form: str
    requests: Counts
    reviews: Counts
    disclosure: dict[Place, npt.NDArray[Any]]
    facts: dict[str, npt.NDArray[np.float64]] = field(default_factory=dict)


def draw_stocks(rng: np.random.Generator, means: Mapping[str, npt.NDArray[np.float64]]) -> Stocks:
    """Draw what the agencies hold at the start of the first year."""
    open_requests = rng.poisson(0.05 * means["requests"])
    return Stocks(
        rng.multinomial(open_requests, _parts(rng, read_data("model")["applicants"], len(open_requests))),
        {row: rng.poisson(8.0 * means[row]) for row in _DOCUMENTS},
        {row: rng.poisson(40.0 + 0 * means["requests"]) for row in _LISTED},
    )


def means_of(levels: Sequence[str], log_sizes: npt.NDArray[np.float64]) -> dict[str, npt.NDArray[np.float64]]:
    """Return the means of each agency: those of its level times its size."""
    means = read_data("model")["means"]
    names = next(iter(means.values()))
    return {name: np.array([means[level][name] for level in levels]) * np.exp(log_sizes) for name in names}


def draw_year(
    rng: np.random.Generator,
    means: Mapping[str, npt.NDArray[np.float64]],
    stocks: Stocks,
    effects: Effects,
    form: str,
    *,
    one_other_row: bool,
) -> Figures:
    """Draw a year's figures; `stocks` afterwards holds what goes on to the next year.

    Parameters
    ----------
    rng : numpy.random.Generator
        The source of chance.
    means : mapping of str to array
        As `means_of` gives them.
    stocks : Stocks
        What came from the year before; changed in place.
    effects : Effects
        The true parameters.
    form : str
        ``f2021`` or ``f2019``.
    one_other_row : bool
        Whether 其他处理 is a single row, as in the form of 2019.
    """
    requests = _draw_requests(rng, means["requests"], stocks, effects, one_other_row=one_other_row)
    disclosure = _draw_documents(rng, means, stocks, effects, form)
    disclosure |= _draw_decisions(rng, means, stocks, effects, form)
    facts = _draw_told(rng, means["items"], effects, requests[:, _row("received_new"), -1])
    return Figures(form, requests, _draw_reviews(rng, means["reviews"], effects), disclosure, facts)


def count(rng: np.random.Generator, mean: npt.NDArray[np.float64], effects: Effects) -> Counts:
    """Draw negative binomial counts."""
    shape = effects.dispersion
    return rng.poisson(rng.gamma(shape, np.maximum(mean, 0.0) / shape)).astype(np.int64)


def _row(key: str) -> int:
    return [row.key for row in codebook.table_rows("requests")].index(key)


def _parts(rng: np.random.Generator, table: Mapping[str, Any], size: int) -> npt.NDArray[np.float64]:
    weights = np.array(list(table["parts"].values()))
    return rng.dirichlet(weights * table["concentration"], size)


def _draw_requests(
    rng: np.random.Generator,
    mean: npt.NDArray[np.float64],
    stocks: Stocks,
    effects: Effects,
    *,
    one_other_row: bool,
) -> Counts:
    """Draw the table of requests: every row and column adds up, and what is left open goes on to the next year."""
    size = len(mean)
    received = rng.multinomial(count(rng, mean, effects), _parts(rng, read_data("model")["applicants"], size))
    stock = received + stocks.carried
    share = rng.beta(4.0 * effects.carried, 4.0 * (1 - effects.carried), (size, 1))
    forward = rng.binomial(stock, share)
    closed = stock - forward
    outcomes = _draw_outcomes(rng, closed, effects)
    if one_other_row:
        outcomes["other.other"] += outcomes.pop("other.correction_overdue") + outcomes.pop("other.fee_overdue")
    rows = {"received_new": received, "carried_over": stocks.carried, **outcomes}
    rows |= {"total_closed": closed, "carried_forward": forward}
    stocks.carried = forward
    order = codebook.table_rows("requests", "f2019" if one_other_row else "f2021")
    table = np.stack([rows[row.key] for row in order], axis=1)
    return np.concatenate([table, table.sum(axis=2, keepdims=True)], axis=2)


def _draw_outcomes(rng: np.random.Generator, closed: Counts, effects: Effects) -> dict[str, Counts]:
    model = read_data("model")
    size = len(closed)
    concentration = effects.refusal_concentration
    refused = rng.beta(concentration * effects.refusal, concentration * (1 - effects.refusal), (size, 1))
    rest = _parts(rng, model["outcomes"], size) * (1 - refused)
    shares = {key: rest[:, place : place + 1] for place, key in enumerate(model["outcomes"]["parts"])}
    shares["refused"] = refused
    details: dict[str, npt.NDArray[np.float64]] = {}
    for group, share in shares.items():
        reasons = model["reasons"].get(group)
        if reasons is None:
            details[group] = share
            continue
        inside = rng.dirichlet(np.array(list(reasons.values())) * model["reasons"]["concentration"], size)
        details |= {key: share * inside[:, place : place + 1] for place, key in enumerate(reasons)}
    chances = np.concatenate(list(details.values()), axis=1)
    chances /= chances.sum(axis=1, keepdims=True)
    drawn = rng.multinomial(closed, chances[:, None, :])
    return {key: drawn[:, :, place] for place, key in enumerate(details)}


def _draw_reviews(rng: np.random.Generator, mean: npt.NDArray[np.float64], effects: Effects) -> Counts:
    model = read_data("model")["reviews"]
    shares = np.outer(list(model["channels"].values()), list(model["outcomes"].values())).ravel()
    chances = rng.dirichlet(shares * model["concentration"], len(mean))
    cases = rng.multinomial(count(rng, mean, effects), chances)
    table = cases.reshape(len(mean), len(model["channels"]), len(model["outcomes"]))
    return np.concatenate([table, table.sum(axis=2, keepdims=True)], axis=2)


def _draw_documents(
    rng: np.random.Generator,
    means: Mapping[str, npt.NDArray[np.float64]],
    stocks: Stocks,
    effects: Effects,
    form: str,
) -> dict[Place, npt.NDArray[Any]]:
    drawn: dict[Place, npt.NDArray[Any]] = {}
    for row in _DOCUMENTS:
        made = count(rng, means[row], effects)
        repealed = rng.binomial(stocks.documents[row], 0.08)
        stocks.documents[row] = stocks.documents[row] + made - repealed
        if form == "f2021":
            drawn |= {(row, "issued"): made, (row, "repealed"): repealed, (row, "in_force"): stocks.documents[row]}
        else:
            shown = rng.binomial(made, 0.9)
            drawn |= {(row, "made"): made, (row, "newly_disclosed"): shown}
            drawn[row, "total_disclosed"] = shown + rng.binomial(stocks.documents[row], 0.7)
    return drawn


def _draw_decisions(
    rng: np.random.Generator,
    means: Mapping[str, npt.NDArray[np.float64]],
    stocks: Stocks,
    effects: Effects,
    form: str,
) -> dict[Place, npt.NDArray[Any]]:
    decisions = {row: count(rng, means[row], effects) for row in _DECISIONS}
    fees = rng.gamma(effects.dispersion, means["fees"] / effects.dispersion)
    if form == "f2021":
        return {(row, "decisions"): made for row, made in decisions.items()} | {
            ("fees", "amount_10k_cny"): np.round(fees, 2)
        }
    decisions["other_services"] = count(rng, means["licences"] / 4, effects)
    drawn: dict[Place, npt.NDArray[Any]] = {(row, "decisions"): made for row, made in decisions.items()}
    for row, listed in stocks.items.items():
        change = rng.integers(-np.minimum(listed, 9), 10)
        drawn |= {(row, "last_year_items"): listed, (row, "change"): change}
        stocks.items[row] = listed + change
    return drawn | {
        ("procurement", "projects"): count(rng, 0.1 * means["penalties"], effects),
        ("procurement", "amount"): np.round(fees, 4),
    }


def _draw_told(
    rng: np.random.Generator, items: npt.NDArray[np.float64], effects: Effects, received: Counts
) -> dict[str, npt.NDArray[np.float64]]:
    """Draw what only the running text tells; nan where a report is silent."""
    told: dict[str, npt.NDArray[np.float64]] = {}
    for indicator, entry in read_data("model")["told"].items():
        mean = entry["of_items"] * items if "of_items" in entry else np.full(len(items), entry["mean"])
        said = rng.random(len(items)) < entry["share"]
        told[indicator] = np.where(said, count(rng, mean, effects), np.nan)
    told["suggestions_adopted"] = _part_of(rng, told["suggestions_received"], 0.4)
    told["messages_answered"] = _part_of(rng, told["messages_received"], 0.95)
    told["information_fee"] = told["information_fee"] * 100
    any_request = received > 0
    days = np.round(rng.gamma(12.0, 0.9, len(items)).clip(1, 20), 1)
    told["processing_days_average"] = np.where(any_request & (rng.random(len(items)) < 0.15), days, np.nan)
    rate = np.where(rng.random(len(items)) < 0.8, 100.0, np.round(rng.uniform(85, 100, len(items)), 1))
    told["on_time_rate"] = np.where(any_request & (rng.random(len(items)) < 0.4), rate, np.nan)
    return told


def _part_of(rng: np.random.Generator, whole: npt.NDArray[np.float64], share: float) -> npt.NDArray[np.float64]:
    drawn = rng.binomial(np.nan_to_num(whole).astype(np.int64), share)
    return np.where(np.isnan(whole), np.nan, drawn)
