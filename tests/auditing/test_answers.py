"""Due days counted by hand on the calendars of 2019 and 2024."""

import sys
from datetime import date

import pytest

from govreport_kit.auditing.answers import AnswerError, answer_due
from govreport_kit.errors import GovReportError

pytest.importorskip("chinese_calendar", reason="chinesecalendar is not installed")


@pytest.mark.parametrize(
    ("received", "given", "due"),
    [
        # Monday 4 March 2024: 4 days of that week, three weeks of 5, and Monday 1 April.
        (date(2024, 3, 4), {}, date(2024, 4, 1)),
        # 1 to 3 April, Sunday 7 April made up, three weeks of 5, and Sunday 28 April made up; 4 and 5 April are holidays.
        (date(2024, 3, 29), {}, date(2024, 4, 28)),
        (date(2024, 3, 4), {"excluded_days": 2}, date(2024, 4, 3)),
        (date(2024, 2, 1), {"corrected": date(2024, 3, 4)}, date(2024, 4, 1)),
        # The 40th working day: 20 to 1 April, then 2, 3, 7 (5 days to 12) 15-19, 22-26, 28 are 19, and 29 April.
        (date(2024, 3, 4), {"extended": True}, date(2024, 4, 29)),
        # Before 15 May 2019 it was 15: Monday 4 March 2019, 4 days, two weeks of 5, and Monday 25 March.
        (date(2019, 3, 4), {}, date(2019, 3, 25)),
    ],
)
def test_working_days_are_counted_from_the_day_after(received, given, due):
    assert answer_due(received, **given) == due


@pytest.mark.parametrize(
    ("received", "given"),
    [
        (date(2024, 3, 4), {"excluded_days": -1}),
        (date(2024, 3, 4), {"corrected": date(2024, 3, 1)}),
        (date(2007, 3, 4), {}),
        (date(2099, 3, 4), {}),
    ],
)
def test_days_without_a_due_day_are_refused(received, given):
    with pytest.raises(AnswerError):
        answer_due(received, **given)


def test_without_the_calendar_the_line_to_install_it_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "chinese_calendar", None)
    with pytest.raises(GovReportError, match=r"pip install 'govreport-kit\[calendar\]'"):
        answer_due(date(2024, 3, 4))
