"""When the answer to a request is due, in Chinese working days."""

from __future__ import annotations

from datetime import date, timedelta
from types import ModuleType

from govreport_kit import codebook
from govreport_kit.errors import GovReportError


class AnswerError(GovReportError, ValueError):
    """Days of which no due day can be made."""


def answer_due(
    received: date, *, extended: bool = False, excluded_days: int = 0, corrected: date | None = None
) -> date:
    """Return the last day on which a request may be answered.

    Parameters
    ----------
    received : datetime.date
        When the request came in; tells which regulation holds.
    extended : bool
        Whether the time was extended.
    excluded_days : int
        Working days spent on asking third parties or other bodies, which do not count.
    corrected : datetime.date, optional
        When the applicant corrected the request: the time starts anew.

    Returns
    -------
    datetime.date
        20 working days after the day of receipt or correction, 40 if extended; 15 and 30 for
        requests received before 15 May 2019. The day itself is not counted.

    Raises
    ------
    AnswerError
        If a request is older than the regulation, the correction than the request,
        `excluded_days` is negative, or the calendar does not reach the day.
    GovReportError
        If chinesecalendar is not installed.

    Notes
    -----
    Regulation on Open Government Information, State Council Order 711, Art. 30 and 33. Holidays and
    the working days which make up for them are those of chinesecalendar, after the yearly notices of
    the State Council.
    """
    if excluded_days < 0 or (corrected and corrected < received):
        raise AnswerError("excluded_days must not be negative, nor the correction earlier than the request.")
    periods = [period for period in codebook.answer_periods if period.first_day <= received.isoformat()]
    if not periods:
        raise AnswerError(f"A request of {received} is older than the first regulation; there is no due day.")
    days = periods[-1].working_days + periods[-1].extension * extended + excluded_days
    return _after_working_days(corrected or received, days)


def _after_working_days(start: date, days: int) -> date:
    calendar = _calendar()
    day = start
    while days:
        day += timedelta(days=1)
        try:
            days -= calendar.is_workday(day)
        except NotImplementedError as error:
            raise AnswerError(
                f"The working days of {day.year} are not known ({error});"
                " a newer version may know them: pip install --upgrade chinesecalendar"
            ) from error
    return day


def _calendar() -> ModuleType:
    try:
        import chinese_calendar
    except ImportError as error:
        raise GovReportError(
            f"Working days need chinesecalendar, which is not installed ({error});"
            " run: pip install 'govreport-kit[calendar]'"
        ) from error
    module: ModuleType = chinese_calendar
    return module
