import pandas as pd
import pytest

from govreport_kit.errors import CorpusError
from govreport_kit.figures import caption, trend


@pytest.fixture
def reviews(rates):
    """Reconsideration against closed requests of 2022 to 2025: the law changed with 2024."""
    frame = rates.assign(metric="reconsideration_per_closed", year=[2022, 2023, 2024, 2025])
    frame["k"], frame["n"] = pd.array([4, 6, 30, 3], "Int64"), pd.array([100, 120, 200, 12], "Int64")
    return frame.assign(rate=[0.04, 0.05, 0.15, 0.25], low=[0.02, 0.03, 0.1, 0.1], high=[0.1, 0.1, 0.2, 0.5])


def joins(ax):
    """Where a line leads from one year to the next."""
    return [tuple(line.get_xdata()) for line in ax.lines if len(set(line.get_xdata())) == 2]


def dashed(ax):
    return [line.get_xdata()[0] for line in ax.lines if line.is_dashed()]


def said(ax):
    return [text.get_text().replace("\n", " ") for text in ax.texts]


def test_no_line_leads_across_a_change_of_law(reviews):
    ax = trend(reviews)
    assert joins(ax) == [(2022, 2023), (2024, 2025)]
    assert dashed(ax) == [2023.5]
    assert "a" in said(ax)
    assert any("a: revised Administrative Reconsideration Law" in text for text in said(ax))


def test_the_line_goes_on_if_asked(reviews):
    assert joins(trend(reviews, across_breaks=True)) == [(2022, 2023), (2023, 2024), (2024, 2025)]


def test_points_intervals_and_counts(reviews):
    ax = trend(reviews)
    points = [(line.get_xdata()[0], line.get_ydata()[0]) for line in ax.lines if line.get_marker() == "o"]
    assert points == [(2022, 0.04), (2023, 0.05), (2024, 0.15), (2025, 0.25)]
    assert [line.get_markerfacecolor() for line in ax.lines if line.get_marker() == "o"][-1] == "white"
    whiskers = [tuple(line.get_ydata()) for line in ax.lines if len(line.get_xdata()) == 2 and not line.is_dashed()]
    assert (0.02, 0.1) in whiskers
    texts = said(ax)
    assert texts[texts.index("k") + 1 :][:4] == ["4", "6", "30", "3"]
    assert texts[texts.index("n") + 1 :][:4] == ["100", "120", "200", "12"]


def test_a_year_between_without_a_rate_breaks_the_line(rates):
    frame = rates.assign(year=[2021, 2022, 2024, 2025])  # 2024 has n = 4, 2025 nothing
    ax = trend(frame)
    assert joins(ax) == [(2021, 2022)]
    assert ax.get_xlim() == (2020.5, 2024.5)
    assert "No report gives both counts in 2025: not drawn" in caption(ax)


def test_other_frames_are_refused(rates):
    with pytest.raises(CorpusError, match="one rate a year"):
        trend(rates.assign(year=2021))
    with pytest.raises(CorpusError, match="one rate a year"):
        trend(rates.rename(columns={"year": "level"}))
    with pytest.raises(CorpusError, match="No year has a count"):
        trend(rates.iloc[3:])


def test_reports_without_a_year_are_told(rates):
    frame = rates.astype({"year": "Int16"}).assign(reports=[9, 3, 1, 2])
    frame.loc[3, "year"] = pd.NA
    assert "2 reports without a year are not drawn" in caption(trend(frame))


def test_means_over_reports_have_no_k(reviews):
    means = reviews.assign(definition="mean over reports of reviews:reconsideration.total / total_closed")
    ax = trend(means.assign(k=pd.array([pd.NA] * 4, "Int64")))
    assert "k" not in said(ax)
    assert any("mean over reports" in text for text in said(ax))


def test_hollow_points_follow_the_flags(reviews):
    frame = reviews.assign(flag=["few", None, "counts_only", None])
    frame.attrs["thresholds"] = {"counts_only": 3, "few": 101, "unranked": 101}
    ax = trend(frame)
    points = {line.get_xdata()[0]: line.get_markerfacecolor() for line in ax.lines if line.get_marker() == "o"}
    assert [year for year, face in points.items() if face == "white"] == [2022]
    assert 2024 not in points
    assert "hollow: n < 101" in caption(ax)
