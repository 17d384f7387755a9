import pandas as pd
import pytest

from govreport_kit.errors import CorpusError
from govreport_kit.figures import alt_text, caption, estimates


@pytest.fixture
def answers():
    """Two invented models of one effect."""
    return pd.DataFrame(
        {"model": ["pooled", "two-way"], "estimate": [0.18, 0.03], "low": [0.15, -0.016], "high": [0.21, 0.083]}
    )


def test_points_and_lines_stand_at_the_estimates(answers):
    ax = estimates(answers, "Simulated data: an effect")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["pooled", "two-way"]
    assert [tuple(line.get_xdata()) for line in ax.lines if line.get_marker() == "o"] == [(0.18,), (0.03,)]
    lines = [tuple(line.get_xdata()) for line in ax.lines]
    assert {(0.15, 0.21), (-0.016, 0.083)} <= set(lines)


def test_no_effect_has_a_line_and_so_has_the_known_one(answers):
    def places(ax):
        return {line.get_xdata()[0] for line in ax.lines if list(line.get_ydata()) == [0, 1]}

    assert places(estimates(answers, "an effect")) == {0.0}
    assert places(estimates(answers, "an effect", reference=0.05)) == {0.0, 0.05}


def test_estimates_are_told_in_percentage_points(answers):
    ax = estimates(answers, "an effect")
    said = [text.get_text() for text in ax.texts]
    assert {"18.0 (15.0 to 21.0)", "3.0 (−1.6 to 8.3)"} <= set(said)
    assert "3.0 (−1.6 to 8.3)" in alt_text(ax)
    assert "3.0(−1.6至8.3)" in alt_text(ax, "zh")


def test_the_caption_tells_the_data_and_the_level(answers):
    ax = estimates(answers, "Simulated data: an effect", level=0.9)
    assert caption(ax) == "Simulated data: an effect. Percentage points; lines: 90 % interval."


@pytest.mark.parametrize(
    ("change", "message"),
    [(lambda frame: frame.drop(columns="low"), "no column low"), (lambda frame: frame.head(0), "no row")],
)
def test_a_frame_without_intervals_or_rows_is_refused(answers, change, message):
    with pytest.raises(CorpusError, match=message):
        estimates(change(answers), "an effect")
