"""Due dates after the Regulation of 2019 (Art. 49) and before it."""

from datetime import date

import pytest

from govreport_kit import codebook
from govreport_kit.auditing.roster import due_date, publication_lag
from govreport_kit.errors import UnknownKeyError


@pytest.mark.parametrize(
    ("year", "level", "due"),
    [
        (2024, "department", date(2025, 1, 31)),
        (2019, "ministry", date(2020, 1, 31)),
        (2024, "province", date(2025, 3, 31)),
        (2024, "prefecture", date(2025, 3, 31)),
        (2019, "county", date(2020, 3, 31)),
        (2024, "township", None),
        (2024, "other", None),
        (2024, None, None),
        (2018, "department", date(2019, 3, 31)),
        (2018, "township", date(2019, 3, 31)),
        (2008, "county", date(2009, 3, 31)),
        (2007, "county", None),
    ],
)
def test_a_report_is_due_in_the_year_after(year, level, due):
    assert due_date(year, level) == due


def test_the_lag_is_in_days_and_negative_before_the_due_date():
    assert publication_lag(date(2025, 2, 3), 2024, "department") == 3
    assert publication_lag(date(2025, 1, 31), 2024, "department") == 0
    assert publication_lag(date(2025, 3, 1), 2024, "county") == -30
    assert publication_lag(date(2025, 3, 1), 2024, "township") is None


def test_a_level_that_is_none_is_refused():
    with pytest.raises(UnknownKeyError, match="county"):
        due_date(2024, "countys")


def test_every_rule_names_levels_and_source():
    for rule in codebook.deadlines:
        assert set(rule.levels) <= set(codebook.levels)
        assert rule.source
    # The article of the old Regulation is not confirmed.
    assert [rule.confirmed for rule in codebook.deadlines] == [False, True, True]
