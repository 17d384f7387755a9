"""True claims of invented reports."""

from govreport_kit import simulate
from govreport_kit.report import Cell, Fact, Report


def report(year, **cells):
    made = (Cell("requests", row, "total", value, "reported" if value else "zero") for row, value in cells.items())
    return Report(f"{year}/示例县", agency="示例县", year=year, cells=tuple(made), facts=(Fact("trainings", 2),))


def test_facts_tell_the_tables_and_claims_follow_from_them():
    # 12 of 16 closed are 75 %; from 20 to 25 received is a growth of 25 %.
    first, second = simulate.with_claims(
        [report(2023, received_new=20), report(2024, received_new=25, total_closed=16, granted=12)]
    )
    assert [(fact.indicator, fact.value) for fact in second.facts] == [
        ("trainings", 2), ("requests_received", 25), ("requests_closed", 16), ("requests_granted", 12),
    ]  # fmt: skip
    assert [(claim.kind, claim.indicator, claim.value) for claim in second.claims] == [
        ("share", "requests_granted", 75.0), ("growth", "requests_received", 25.0), ("previous", "requests_received", 20),
    ]  # fmt: skip
    assert first.claims == ()


def test_a_blank_is_not_told():
    blank = Report(
        "2023/示例县", agency="示例县", year=2023, cells=(Cell("requests", "granted", "total", None, "blank"),)
    )
    assert simulate.with_claims([blank]) == [blank]
