"""When a report is due, and how late it came."""

from __future__ import annotations

from datetime import date

from govreport_kit import codebook


def due_date(year: int, level: str | None) -> date | None:
    """Return the day by which the report of a year is to be published.

    Parameters
    ----------
    year : int
        Report year.
    level : str or None
        Key of ``codebook.levels``.

    Returns
    -------
    datetime.date or None
        None where no national rule sets a day: townships, sub-districts and other bodies from report
        year 2019 on, years before 2008, and an unknown level. Local rules may set an earlier day.

    Raises
    ------
    UnknownKeyError
        If there is no such level.

    Notes
    -----
    From report year 2019: departments 31 January, governments at county level and above 31 March of
    the following year (Regulation on Open Government Information, State Council Order 711, Art. 49).
    Until 2018: 31 March for all (Order 492, Art. 31); this was not confirmed with the text of that
    article, see ``confirmed`` in ``codebook.deadlines``.
    """
    if level is None:
        return None
    codebook.levels[level]
    for rule in codebook.deadlines:
        if rule.first_year <= year <= (rule.last_year or year) and level in rule.levels:
            return date(year + 1, rule.month, rule.day)
    return None


def publication_lag(published: date, year: int, level: str | None) -> int | None:
    """Return the days from the due date to the day of publication; negative if it came before.

    Parameters
    ----------
    published : datetime.date
        As printed on the page; a page may have been put up later than it says.
    year, level
        See `due_date`.

    Returns
    -------
    int or None
        None where no day is set.
    """
    due = due_date(year, level)
    return None if due is None else (published - due).days
