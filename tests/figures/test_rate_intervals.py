import pandas as pd
import pytest
from matplotlib.colors import to_hex

from govreport_kit import codebook, rate, sensitivity
from govreport_kit.corpus import Corpus
from govreport_kit.errors import CorpusError
from govreport_kit.figures import alt_text, caption, rate_intervals, themes, use_theme
from govreport_kit.metrics import Thresholds
from govreport_kit.report import Report


def texts(ax):
    return [text.get_text() for text in ax.texts]


def points(ax):
    return {tuple(line.get_xdata()): line for line in ax.lines if line.get_marker() == "o"}


def whiskers(ax):
    return [tuple(line.get_xdata()) for line in ax.lines if line.get_marker() != "o"]


def axis_numbers(ax):
    low, high = ax.get_xlim()
    return [label.get_text() for label in ax.get_xticklabels() if low <= label.get_position()[0] <= high]


def test_points_and_lines(rates):
    ax = rate_intervals(rates)
    assert list(points(ax)) == [(0.049,), (0.25,)]
    assert whiskers(ax) == [(0.038, 0.062), (0.089, 0.532)]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["2021", "2022", "2023", "2024"]


def test_the_caption_says_what_the_interval_does_not_hold(rates):
    entry = codebook.rate_caveats["between_reports"]
    assert entry.en in caption(rate_intervals(rates))
    assert entry.zh in caption(rate_intervals(rates, lang="zh"))
    assert entry.en not in caption(rate_intervals(rates.assign(method="clustered")))


def test_few_cases_are_hollow(rates):
    solid, hollow = points(rate_intervals(rates)).values()
    assert to_hex(solid.get_markerfacecolor()) == codebook.palette["estimate"].colour
    assert to_hex(hollow.get_markerfacecolor()) == "#ffffff"


@pytest.mark.parametrize(
    ("n", "hollow", "drawn"), [(4, False, False), (5, True, True), (19, True, True), (20, False, True)]
)
def test_the_limits_of_few(rates, n, hollow, drawn):
    one = rates.iloc[[1]].assign(n=pd.array([n], "Int64"))
    marks = list(points(rate_intervals(one)).values())
    assert bool(marks) == drawn
    assert [to_hex(mark.get_markerfacecolor()) == "#ffffff" for mark in marks] == ([hollow] if drawn else [])


def test_counts_and_reports_stand_at_the_right(rates):
    said = texts(rate_intervals(rates))
    assert {"k/n", "65/1,336", "3/12", "1/4", "reports", "9/18", "3/30", "0"} <= set(said)


def test_what_is_missing_is_told(rates):
    assert {"n < 5: no rate", "no report gives both counts"} <= set(texts(rate_intervals(rates)))
    assert {"n < 5，不计算比率", "没有报告载明两项数值"} <= set(texts(rate_intervals(rates, lang="zh")))
    empty = rates.iloc[[0]].assign(k=0, n=0, rate=float("nan"), low=float("nan"), high=float("nan"))
    assert "n = 0" in texts(rate_intervals(empty))


def test_the_axis_names_the_denominator(rates):
    assert rate_intervals(rates).get_xlabel() == "Refusal rate: refused, of all closed (%)"
    assert rate_intervals(rates, lang="zh").get_xlabel() == "不予公开率（不予公开占办结）（%）"
    assert "lines: Wilson interval; hollow: n < 20" in texts(rate_intervals(rates))


def test_percent_axis_for_ratios_and_units_for_means(rates):
    ax = rate_intervals(rates)
    assert axis_numbers(ax) == ["0", "20", "40"]
    days = rates.assign(metric="response_days", n=25, rate=[11.0, 12.0, 13.0, 14.0], low=10.0, high=15.0, method="t")
    ax = rate_intervals(days, reference=20)
    assert ax.get_xlabel() == "Mean of the stated average days to answer (working days)"
    assert axis_numbers(ax) == ["0", "5", "10", "15", "20"]
    assert "k/n" not in texts(ax)
    assert rate_intervals(days, lang="zh").get_xlabel() == "自述平均办理天数（工作日）"


def test_a_ratio_above_one_and_a_rate_with_a_unit_are_drawn_whole(rates):
    above = rates.assign(metric="clearance", n=25, rate=[0.9, 1.0, 1.1, 1.25], low=float("nan"), high=float("nan"))
    ax = rate_intervals(above.assign(method="none"))
    assert ax.get_xlim()[1] == pytest.approx(1.3)
    assert whiskers(ax) == []
    assert not [said for said in texts(ax) if "lines" in said]
    people = rates.assign(metric="requests_per_100k", n=450_000, rate=19.8, low=15.9, high=24.3, method="poisson")
    ax = rate_intervals(people)
    assert ax.get_xlabel().replace("\n", " ") == "Requests received per 100,000 people (requests per 100,000 people)"
    assert axis_numbers(ax) == ["0", "10", "20"]
    assert rate_intervals(people, lang="zh").get_xlabel() == "每10万人新收申请（件/10万人）"


def test_reference_line(rates):
    ax = rate_intervals(rates, reference=0.3)
    assert [0.3, 0.3] in [list(line.get_xdata()) for line in ax.lines]
    assert "30%" in texts(ax)


def test_a_missing_group_is_labelled(rates):
    frame = rates.rename(columns={"year": "level"}).assign(level=["county", "township", "department", None])
    assert [label.get_text() for label in rate_intervals(frame, lang="zh").get_yticklabels()] == [
        "县级政府",
        "乡镇（街道）",
        "地方政府部门",
        "不明",
    ]


@pytest.mark.parametrize("column", ["k", "n", "low", "high", "definition", "metric"])
def test_a_bare_rate_is_refused(rates, column):
    with pytest.raises(CorpusError, match=f"has no column {column}"):
        rate_intervals(rates.drop(columns=column))


def test_an_empty_frame_and_mixed_units_are_refused(rates):
    with pytest.raises(CorpusError, match="no row"):
        rate_intervals(rates.iloc[:0])
    with pytest.raises(CorpusError, match="%, working days"):
        rate_intervals(pd.concat([rates, rates.assign(metric="response_days")]))


def test_several_metrics_stand_below_their_names(rates):
    both = pd.concat([rates, rates.assign(metric="nondisclosure_rate")])
    with use_theme("paper-2col"):
        ax = rate_intervals(both)
    assert {"Refusal rate: refused, of all closed", "Not disclosed for whatever reason, of all closed"} <= set(
        texts(ax)
    )
    assert len(ax.get_yticklabels()) == 8
    assert ax.get_xlabel() == "Percent of the named denominator"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("theme", themes)
def test_rates_of_a_corpus_are_drawn(corpus, lang, theme):
    with use_theme(theme):
        for frame in (
            rate(corpus, "refusal_rate", "year"),
            sensitivity(corpus, "disclosure"),
            sensitivity(corpus, "refusal", "level"),
        ):
            ax = rate_intervals(frame, lang=lang, reference=0.1)
            figure = ax.figure.bbox
            for text in [*ax.texts, *ax.get_yticklabels(), ax.xaxis.label]:
                box = text.get_window_extent()
                assert figure.x0 <= box.x0 <= box.x1 <= figure.x1
                assert figure.y0 <= box.y0 <= box.y1 <= figure.y1


def test_rate_of_a_corpus_by_hand(corpus):
    ax = rate_intervals(rate(corpus, "disclosure_on_merits", "year"))
    assert (54 / 60,) in points(ax)
    assert "54/60" in texts(ax)


def test_what_is_hollow_and_what_is_left_out_follows_the_flags(rates):
    frame = rates.assign(flag=["few", None, "few", None])  # n = 1336, 12, 4: not what the codebook's limits say
    frame.attrs["thresholds"] = {"counts_only": 2, "few": 2000, "unranked": 2000}
    ax = rate_intervals(frame)
    drawn = [line for line in ax.lines if line.get_marker() == "o"]
    assert [line.get_xdata()[0] for line in drawn] == [0.049, 0.25, 0.25]
    assert [to_hex(line.get_markerfacecolor()) == "#ffffff" for line in drawn] == [True, False, True]
    assert "lines: Wilson interval; hollow: n < 2000" in texts(ax)
    assert "hollow: n < 2000." in caption(ax)


def test_a_rate_left_out_by_its_flag_tells_the_limit_that_was_used(rates):
    frame = rates.assign(flag=["counts_only", "counts_only", "counts_only", None], rate=float("nan"))
    frame.attrs["thresholds"] = {"counts_only": 5000, "few": 5000, "unranked": 5000}
    ax = rate_intervals(frame)
    assert points(ax) == {}
    assert texts(ax).count("n < 5000: no rate") == 3
    assert alt_text(ax).count("no rate") == 4


def test_where_a_frame_has_lost_its_limits_none_is_told(rates):
    frame = rates.assign(flag=["few", None, "counts_only", None])
    frame.attrs = {}
    ax = rate_intervals(frame)
    assert "lines: Wilson interval; hollow: few cases" in texts(ax)
    assert "too few cases: no rate" in texts(ax)


def test_the_limits_of_the_user_reach_the_figure(corpus):
    limits = Thresholds(counts_only=0, few=60, unranked=200)  # 54 of 60 in 2023, 0 of 0 in 2025
    ax = rate_intervals(rate(corpus, "disclosure_on_merits", "year", thresholds=limits))
    (mark,) = points(ax).values()
    assert to_hex(mark.get_markerfacecolor()) == codebook.palette["estimate"].colour
    ax = rate_intervals(rate(corpus, "disclosure_on_merits", "year", thresholds=Thresholds(few=61)))
    assert "lines: 95 % Wilson interval; hollow: n < 61" in texts(ax)


def test_the_confidence_level_stands_in_the_frame_and_outlives_files_and_unions(corpus, tmp_path):
    wide, narrow = (rate(corpus, "disclosure_on_merits", "year", level=level) for level in (0.95, 0.9))
    assert "lines: 95 % Wilson, 90 % Wilson interval" in texts(rate_intervals(pd.concat([wide, narrow])))
    narrow.to_csv(tmp_path / "rates.csv", index=False)
    assert "lines: 90 % Wilson interval" in texts(rate_intervals(pd.read_csv(tmp_path / "rates.csv")))


@pytest.fixture
def means(rates):
    """Means over reports of their refusal rates: of 25 reports, of 12, of 4, of none; their k is no count."""
    frame = rates.assign(
        k=pd.array([pd.NA] * 4, "Int64"), n=pd.array([25, 12, 4, pd.NA], "Int64"), reports=[25, 12, 4, 0],
        method="t", definition="mean over reports of refused / total_closed", flag=[None, "few", "counts_only", None],
    )  # fmt: skip
    frame.attrs["thresholds"] = {"counts_only": 5, "few": 20, "unranked": 30}
    return frame


def test_a_mean_over_reports_is_not_shown_as_counts(means):
    ax = rate_intervals(means)
    assert ax.get_xlabel() == "Refusal rate: refused, of all closed, mean over reports (%)"
    assert "k/n" not in texts(ax)
    assert {"25/50", "12/120", "fewer than 5 reports: no mean"} <= set(texts(ax))
    assert "lines: t interval; hollow: fewer than 20 reports" in texts(ax)
    told = caption(ax)
    assert "41 reports have a rate, each counts once (mean over reports of refused / total_closed)" in told
    assert "over all rows" not in told
    assert "2021: 4.9 % (25 reports); 2022: 25.0 % (12 reports); 2023: no rate; 2024: no rate" in alt_text(ax)
    assert "41份报告有比率，每份权重相同" in caption(ax, "zh")
    assert rate_intervals(means, lang="zh").get_xlabel().startswith("不予公开率（不予公开占办结），各报告比率的均值")


def test_sums_of_rates_are_not_shown_as_counts_either(means):
    ax = rate_intervals(means.assign(k=pd.array([1.225, 3.0, 1.0, pd.NA], "Float64")))
    assert not [said for said in texts(ax) if said.startswith("1/")]
    assert "(1/25)" not in alt_text(ax)


def test_a_metric_pooled_and_averaged_keeps_its_two_definitions(rates, means):
    both = pd.concat([rates, means], ignore_index=True)
    ax = rate_intervals(both)
    said = texts(ax)
    assert {"Refusal rate: refused, of all closed", "Refusal rate: refused, of all closed, mean over reports"} <= {
        text.replace("\n", " ") for text in said
    }
    assert "65/1,336" in said
    # 65 + 3 + 1 of 1336 + 12 + 4 from 9 + 3 + 1 reports
    assert "69 of 1,352 over all rows, from 13 reports (refused / total_closed)" in caption(ax)
    assert "41 reports have a rate" in caption(ax)


def test_means_of_a_corpus_by_hand(corpus):
    # disclosed of disclosed and refused in 2023: 24 of 30 and 30 of 30, so 90 % over the two reports
    frame = rate(corpus, "disclosure_on_merits", "year", pool="mean_of_rates", thresholds=Thresholds(0, 0, 0))
    ax = rate_intervals(frame)
    assert "k/n" not in texts(ax)
    assert "2023: 90.0 % (2 reports)" in alt_text(ax)
    assert "2 reports have a rate" in caption(ax)


def test_where_no_report_gives_the_figures_the_caption_counts_nothing():
    silent = Corpus.from_reports([Report("2024/示例县", agency="示例县人民政府", year=2024)])
    ax = rate_intervals(rate(silent, "refusal_rate"))
    assert "No report gives the figures (refused / total_closed)." in caption(ax)
    assert "没有报告载明所需数值" in caption(ax, "zh")
    assert "0 of 0" not in caption(ax)
