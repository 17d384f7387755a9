"""Twelve made-up agencies, whose funnel and shrunk shares were computed beside the kit."""

import pandas as pd
import pytest
from scipy import stats

from govreport_kit.errors import CorpusError
from govreport_kit.figures import caption, funnel, shrinkage

K = [18, 19, 3, 0, 62, 140, 9, 5, 33, 2, 88, 27]
N = [40, 38, 3, 4, 90, 210, 30, 6, 75, 9, 120, 31]


@pytest.fixture
def agencies():
    return pd.DataFrame(
        {
            "agency": [f"虚构{number}局" for number in range(12)],
            "metric": "disclosure_rate",
            "k": pd.array(K, "Int64"),
            "n": pd.array(N, "Int64"),
            "rate": [k / n for k, n in zip(K, N, strict=True)],
            "low": 0.0,
            "high": 1.0,
            "method": "wilson",
            "definition": "disclosed / total_closed",
            "reports": 1,
            "coverage": 1.0,
        }
    )


def marks(ax, marker):
    found = [line for line in ax.lines if line.get_marker() == marker]
    return [(x, y) for line in found for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)]


def mid_p(k, n, target):
    """Twice the smaller binomial tail, the count itself counting half; by scipy."""
    below = stats.binom.cdf(k, n, target) - stats.binom.pmf(k, n, target) / 2
    return 2 * min(below, 1 - below)


def test_marks_follow_the_mid_p_values(agencies):
    ax = funnel(agencies, dispersion="none")
    target = sum(K) / sum(N)
    p = {(n, k / n): mid_p(k, n, target) for k, n in zip(K, N, strict=True)}
    assert set(marks(ax, "^")) == {place for place, value in p.items() if value < 0.002}
    assert set(marks(ax, "D")) == {place for place, value in p.items() if 0.002 <= value < 0.05}
    assert (30, 0.3) in marks(ax, "^")


def test_additive_dispersion_leaves_none_beyond(agencies):
    ax = funnel(agencies)
    assert marks(ax, "^") == []
    assert len(marks(ax, "o")) + len(marks(ax, "D")) == 12
    target = sum(K) / sum(N)
    phi = sum((k / n - target) ** 2 * n / (target * (1 - target)) for k, n in zip(K, N, strict=True)) / 12
    assert f"φ = {phi:.1f}, p < 0.001" in caption(ax)


def test_target_is_the_pooled_share_and_numbers_are_named_below(agencies):
    ax = funnel(agencies, dispersion="none")
    assert sum(K) / sum(N) == pytest.approx(406 / 656)
    level = [line for line in ax.lines if list(line.get_xdata()) == [0, 1]]
    assert level[0].get_ydata()[0] == pytest.approx(406 / 656)
    said = [text.get_text() for text in ax.texts]
    assert "1" in said
    assert any("1 虚构" in text for text in said)
    assert ax.get_legend() is not None


def test_numbers_cover_neither_marks_nor_each_other(agencies):
    ax = funnel(agencies, dispersion="none")
    ax.figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in ax.texts if text.get_text().isdigit()]
    assert all(not a.overlaps(b) for place, a in enumerate(boxes) for b in boxes[:place])


def test_shares_are_drawn_towards_the_mean(agencies):
    ax = shrinkage(agencies)
    means = [x for x, _ in marks(ax, "o")]
    for mean in (0.466, 0.509, 0.704, 0.345, 0.725):
        assert min(abs(x - mean) for x in means) < 0.001
    raw = {round(x, 3) for x, _ in marks(ax, "D")}
    assert {0.45, 0.5, 1.0, 0.0, 0.733} <= raw


def test_rows_stand_in_the_order_of_the_posterior_means_with_their_ranks(agencies):
    ax = shrinkage(agencies)
    means = [x for x, _ in marks(ax, "o")]
    assert means == sorted(means, reverse=True)
    texts = [text.get_text() for text in ax.texts]
    ranks = [text for text in texts if "–" in text]
    assert [rank.partition(" ")[0] for rank in ranks] == [str(number) for number in range(1, 13)]
    assert "18/40" in texts


def test_units_without_a_case_are_told(agencies):
    more = pd.concat([agencies, agencies.iloc[:1].assign(agency="示例局", k=0, n=0)], ignore_index=True)
    assert "1 units without a case are not drawn" in caption(funnel(more))
    assert "1 units without a case are not drawn" in caption(shrinkage(more))


@pytest.mark.parametrize("draw", [funnel, shrinkage])
def test_only_shares_of_one_metric_are_drawn(agencies, draw):
    with pytest.raises(CorpusError, match="k of n"):
        draw(agencies.assign(metric=["disclosure_rate"] * 11 + ["refusal_rate"]))
    with pytest.raises(CorpusError, match="k of n"):
        draw(agencies.assign(k=agencies["n"] + 1))


def test_two_units_say_nothing_of_how_units_differ(agencies):
    with pytest.raises(CorpusError, match="too few units"):
        shrinkage(agencies.head(2))


@pytest.mark.parametrize("draw", [funnel, shrinkage])
def test_means_over_reports_are_no_shares_of_cases(agencies, draw):
    means = agencies.assign(k=pd.NA, definition="mean over reports of disclosed / total_closed")
    with pytest.raises(CorpusError, match="not means over reports"):
        draw(means)


@pytest.mark.parametrize("draw", [funnel, shrinkage])
def test_units_which_state_nothing_are_told_apart_from_those_without_a_case(agencies, draw):
    silent = agencies.iloc[:3].assign(agency=["甲", "乙", "丙"], k=pd.NA, n=pd.NA, reports=0)
    without = agencies.iloc[:1].assign(agency="丁", k=0, n=0)
    ax = draw(pd.concat([agencies, silent, without], ignore_index=True).astype({"k": "Int64", "n": "Int64"}))
    told = caption(ax)
    assert "3 units which do not state both counts are not drawn" in told
    assert "1 units without a case are not drawn" in told
    assert "3个未载明两项数值的单位未画出" in caption(ax, "zh")
    assert "1个分母为零的单位未画出" in caption(ax, "zh")
    assert "without a case" not in caption(draw(pd.concat([agencies, silent], ignore_index=True)))
