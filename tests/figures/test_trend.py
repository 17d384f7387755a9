from dataclasses import replace

import pandas as pd
import pytest

from govreport_kit import codebook
from govreport_kit.corpus import Corpus
from govreport_kit.errors import CorpusError
from govreport_kit.figures import alt_text, caption, trend


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
    ax = trend(reviews, least_common=0)
    assert joins(ax) == [(2022, 2023), (2024, 2025)]
    assert dashed(ax) == [2023.5]
    assert "a" in said(ax)
    assert any("a: revised Administrative Reconsideration Law" in text for text in said(ax))


def test_the_line_goes_on_if_asked(reviews):
    assert joins(trend(reviews, across_breaks=True, least_common=0)) == [(2022, 2023), (2023, 2024), (2024, 2025)]


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
    ax = trend(frame, least_common=0)
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


@pytest.fixture
def of_agencies(make_report):
    """Make invented reports: by year the letters of the agencies of which each refused 1 of 20 requests."""

    def make(by_year):
        refused = dict.fromkeys(codebook.group_members("refused"), 0)
        first = next(iter(refused))
        counts = refused | {first: 1, "total_closed": 20}
        return Corpus.from_reports(
            make_report(f"{year}/虚构{agency}局", counts) for year, agencies in by_year.items() for agency in agencies
        )

    return make


def test_years_are_joined_where_four_fifths_of_the_agencies_of_either_are_common(of_agencies):
    # 8 of 10 and 10 in common; then 7 of 10 and 10; then all 10, of 13
    years = {2021: "ABCDEFGHIJ", 2022: "CDEFGHIJKL", 2023: "FGHIJKLMNO", 2024: "FGHIJKLMNOPQR"}
    ax = trend(of_agencies(years), "refusal_rate")
    assert joins(ax) == [(2021, 2022)]
    texts = said(ax)
    assert texts[texts.index("in common") + 1 :][:4] == ["–", "8", "7", "10"]
    why = "no line 2022–2023, 2023–2024: they are fewer than 80 % of the agencies of either year"
    assert any(why in text for text in texts)
    assert why in caption(ax)
    assert "2022: 5.0 % (10/200), 8 of 10 agencies as in 2021; 2023: 5.0 % (10/200), 7 of 10 agencies" in alt_text(ax)
    assert "2022–2023、2023–2024年不连线：共有机关不足任一年机关数的80 %" in caption(ax, "zh")
    assert "2024: 5.0 % (13/260)，13个机关中10个与2023年相同" in alt_text(ax, "zh")


def test_which_share_must_be_common_is_the_users_choice(of_agencies):
    corpus = of_agencies({2021: "ABCDEFGHIJ", 2022: "DEFGHIJKLM", 2023: "XYZUVWOPQR"})
    assert joins(trend(corpus, "refusal_rate", least_common=0.7)) == [(2021, 2022)]
    assert joins(trend(corpus, "refusal_rate", least_common=0.71)) == []
    assert joins(trend(corpus, "refusal_rate", least_common=0)) == [(2021, 2022), (2022, 2023)]


def test_a_balanced_panel_is_joined_and_no_line_is_missed(of_agencies):
    ax = trend(of_agencies(dict.fromkeys((2021, 2022, 2023), "ABC")), "refusal_rate")
    assert joins(ax) == [(2021, 2022), (2022, 2023)]
    assert "no line" not in caption(ax)
    assert "In common: agencies which stand behind the year before, too." in caption(ax)


def test_a_year_behind_which_no_report_stands_has_nothing_in_common(of_agencies, make_report):
    silent = make_report("2020/虚构A局")  # of the year, but without a table
    given = of_agencies({2021: "A", 2022: "AB"})
    corpus = Corpus.from_reports([silent, *(given.report(report_id) for report_id in given.reports["report_id"])])
    ax = trend(corpus, "refusal_rate")
    assert said(ax)[said(ax).index("in common") + 1 :][:2] == ["–", "1"]
    assert "2021: 5.0 % (1/20); 2022: 5.0 % (2/40), 1 of 2 agencies as in 2021" in alt_text(ax)


def test_reports_without_an_agency_have_none_in_common(of_agencies):
    corpus = of_agencies(dict.fromkeys((2021, 2022), "AB"))
    nameless = Corpus.from_reports(
        replace(corpus.report(report_id), agency=None) for report_id in corpus.reports["report_id"]
    )
    assert joins(trend(nameless, "refusal_rate")) == []


def test_the_agencies_of_a_frame_are_not_known(reviews):
    ax = trend(reviews)
    assert joins(ax) == []
    assert "in common" not in said(ax)
    assert "No lines: how many agencies the years have in common is not known." in caption(ax)


def test_the_share_of_the_codebook_is_a_share_with_its_reason():
    entry = codebook.read_toml("trend")["joined"]
    assert entry["least_common"] == 0.8
    assert all(entry[key] for key in ("zh", "en", "source"))
