"""The sums of the form among counts of requests which the running text tells."""

from __future__ import annotations

from collections.abc import Mapping

from govreport_kit import codebook

_GROUPS_BESIDE_DISCLOSED = ("refused", "unable", "not_processed", "other")
_FEWEST_OUTCOMES = 2


def told_outcomes(counts: Mapping[str, float]) -> dict[str, float] | None:
    """Return the outcomes among counts by row, each request in one of them; None if a sum of two is not their sum."""
    disclosed = {row: counts[row] for row in ("granted", "partially_granted") if row in counts}
    if "disclosed" in counts:
        if len(disclosed) == 2 and sum(disclosed.values()) != counts["disclosed"]:
            return None
        disclosed = {"disclosed": counts["disclosed"]}
    return disclosed | {group: counts[group] for group in _GROUPS_BESIDE_DISCLOSED if group in counts}


def makes_a_sum(indicator: str, told: Mapping[str, float]) -> bool:
    """Tell whether a count of requests is part of a sum that holds among the counts which the text tells.

    Parameters
    ----------
    indicator : str
        A key of ``codebook.indicators``.
    told : mapping of str to float
        One value an indicator, that of the indicator among them.

    Returns
    -------
    bool
        True if at least two outcomes are told and make up the closed requests, or if those received and
        carried over are those closed and carried forward, one of the two that are carried being told.
    """
    entries = {key: codebook.indicators[key] for key in told}
    counts = {entry.row: told[key] for key, entry in entries.items() if entry.table == "requests"}
    row, outcomes = codebook.indicators[indicator].row, told_outcomes(counts) or {}
    if row not in counts or "total_closed" not in counts:
        return False
    among_outcomes = len(outcomes) >= _FEWEST_OUTCOMES and row in (*outcomes, "total_closed")
    if among_outcomes and sum(outcomes.values()) == counts["total_closed"]:
        return True
    carried = counts.keys() & {"carried_over", "carried_forward"}
    if "received_new" not in counts or not carried or row not in ("received_new", "total_closed", *carried):
        return False
    open_before, open_behind = counts.get("carried_over", 0), counts.get("carried_forward", 0)
    return counts["received_new"] + open_before == counts["total_closed"] + open_behind
