"""Invented agencies: names which no real body has, each with its level and province."""

from __future__ import annotations

from dataclasses import dataclass

from govreport_kit.simulate.data import read_data

_DEFAULT_LEVEL = "township"
# A prime, so that multiples of it meet every number below a count of names.
_STRIDE = 7919


@dataclass(frozen=True, slots=True)
class Agency:
    """An invented issuing body."""

    name: str
    level: str
    province: str | None

    @property
    def scope(self) -> str:
        """Whose figures it reports: a government sums up its departments, another body tells its own."""
        return "aggregate" if self.level in ("province", "prefecture", "county") else "own"


def agency(level: str, number: int) -> Agency:
    """Return one of the invented agencies of a level.

    Parameters
    ----------
    level : str
        A key of ``codebook.levels``.
    number : int
        Each number below ``names_at(level)`` gives another agency; neighbours stand in different provinces.
    """
    number = number * _STRIDE % names_at(level)
    names = read_data("names")
    stems, bureaus = names["stems"], names["bureaus"]
    pattern = names["levels"][level]["name"]
    bureau = bureaus[number % len(bureaus)]
    rest = number // len(bureaus) if "{bureau}" in pattern else number
    chosen = []
    for _ in range(pattern.count("{}")):
        rest, place = divmod(rest, len(stems))
        chosen.append(stems[place])
    chosen.reverse()
    province = f"{chosen[0]}省" if pattern.startswith("{}省") else None
    return Agency(pattern.format(*chosen, bureau=bureau), level, province)


def county_of(prefecture: Agency, number: int) -> Agency:
    """Return one of the invented counties of a prefecture; there are as many as stems."""
    stem = read_data("names")["stems"][number]
    name = f"{prefecture.name.removesuffix('人民政府')}{stem}县人民政府"
    return Agency(name, "county", prefecture.province)


def names_at(level: str) -> int:
    """Return how many agencies of a level have a name of their own."""
    names = read_data("names")
    pattern = names["levels"][level]["name"]
    bureaus = len(names["bureaus"]) if "{bureau}" in pattern else 1
    return int(len(names["stems"]) ** pattern.count("{}") * bureaus)


def agencies(count: int) -> list[Agency]:
    """Return that many agencies of all levels; where the names of a level run out, townships take the places."""
    shares = {level: entry["share"] for level, entry in read_data("names")["levels"].items()}
    counts = {level: min(round(count * share), names_at(level)) for level, share in shares.items()}
    counts[_DEFAULT_LEVEL] += count - sum(counts.values())
    return [agency(level, number) for level, many in counts.items() for number in range(many)]
