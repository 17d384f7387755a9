"""When a report was published."""

import pytest

ID = "2024/示例县人民政府"


@pytest.mark.parametrize(
    ("level", "published", "days"),
    [("county", "2025-03-31", []), ("county", "2025-04-02", [2]), ("department", "2025-02-01", [1]), ("township", "2025-06-01", [])],
)  # fmt: skip
def test_governments_publish_by_the_end_of_march_and_departments_by_that_of_january(
    make, findings, level, published, days
):
    frame = findings(make(level=level, published=published), rules=["E4"])
    assert frame["observed"].tolist() == days
    assert frame["where"].tolist() == ["reports/published"] * len(days)


def test_the_message_tells_both_days(make, findings):
    frame = findings(make(published="2025-04-02"), rules=["E4"])
    assert frame["message_en"].tolist() == ["published on 2025-04-02, 2 days after 2025-03-31"]
    assert frame["message_zh"].tolist() == ["公布日期为2025-04-02，晚于期限2025-03-31共2天"]


def test_until_2018_all_were_due_at_the_end_of_march(make, findings):
    assert findings(make(level="department", year=2018, published="2019-03-01"), rules=["E4"]).empty
    assert len(findings(make(level="township", year=2018, published="2019-04-01"), rules=["E4"])) == 1


def test_a_report_read_whole_should_tell_its_day(make, findings, read_whole):
    assert findings(make(**read_whole), rules=["E4"])["message_en"].tolist() == [
        "no date of publication stands in the report"
    ]
    assert findings(make(), rules=["E4"]).attrs["judged"]["E4"] == 0
