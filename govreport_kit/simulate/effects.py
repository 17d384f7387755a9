"""What moves the figures of invented agencies beside chance."""

from __future__ import annotations

from dataclasses import dataclass, fields

from govreport_kit.codebook import nearest
from govreport_kit.errors import UnknownKeyError


@dataclass(frozen=True, slots=True)
class Effects:
    """The true parameters of a synthetic corpus.

    Attributes
    ----------
    spread : float
        Standard deviation of an agency's log size around its level; it lasts over the years.
    growth : float
        Growth of the log of all means in a year.
    dispersion : float
        Shape of the negative binomial counts: the smaller, the heavier their tail.
    refusal : float
        Mean share of refusals among the requests closed.
    refusal_concentration : float
        Sum of the parameters of the beta distribution of that share over agencies and years.
    carried : float
        Mean share of the year's requests which are carried forward.
    """

    spread: float = 0.8
    growth: float = 0.05
    dispersion: float = 1.2
    refusal: float = 0.14
    refusal_concentration: float = 9.0
    carried: float = 0.06

    @classmethod
    def of(cls, given: dict[str, float]) -> Effects:
        """Return the effects with those given in place of the usual ones."""
        names = [field.name for field in fields(cls)]
        if unknown := [name for name in given if name not in names]:
            raise UnknownKeyError("effect", unknown[0], nearest(unknown[0], names), names)
        return cls(**given)
