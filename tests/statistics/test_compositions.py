import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import multinomial_proportions_confint

from govreport_kit.statistics import StatisticsError, composition_interval

# Songjiang 2024: full, partial, refused, unable, not handled, other of 1,336 closed requests. The published
# shares (28.1 %, 29.9 %, 86.0 %, 4.9 %) leave no other counts with the intervals below.
SONGJIANG = {"G": 376, "P": 24, "R": 65, "U": 603, "N": 49, "O": 219}


def test_the_composition_of_a_district():
    low, high = composition_interval(pd.Series(SONGJIANG))
    assert low.round(3).to_dict() == {"G": 0.250, "P": 0.011, "R": 0.035, "U": 0.416, "N": 0.025, "O": 0.139}
    assert high.round(3).to_dict() == {"G": 0.315, "P": 0.030, "R": 0.067, "U": 0.487, "N": 0.053, "O": 0.192}


@pytest.mark.parametrize("level", [0.8, 0.95, 0.998])
@pytest.mark.parametrize("counts", [[376, 24, 65, 603, 49, 219], [0, 3, 9], [1, 1], [0, 0, 12]], ids=str)
def test_agreement_with_statsmodels(counts, level):
    low, high = composition_interval(counts, level)
    expected = multinomial_proportions_confint(counts, 1 - level, method="goodman")
    np.testing.assert_allclose(np.column_stack([low, high]), expected, rtol=0, atol=1e-10)


def test_all_parts_are_covered_at_once():
    rng = np.random.default_rng(20240)
    shares = np.array([0.28, 0.02, 0.05, 0.45, 0.04, 0.16])
    low, high = composition_interval(rng.multinomial(1336, shares, size=4000))
    covered = np.all((low <= shares) & (shares <= high), axis=1).mean()
    # Bonferroni: 0.95 or a little more; the Monte Carlo error of 4,000 draws is 0.0034.
    assert 0.95 - 3 * 0.0034 < covered < 0.97


def test_frames_keep_their_labels_and_blanks_stay_blank():
    counts = pd.DataFrame({"a": [0, 0, None, 4], "b": [3, 0, 2, 4]}, index=[5, 6, 7, 8], dtype="Int64")
    low, high = composition_interval(counts)
    assert list(low.columns) == ["a", "b"]
    assert low.isna().all(axis=1).tolist() == high.isna().all(axis=1).tolist() == [False, True, True, False]
    assert (low.loc[5, "a"], high.loc[5, "b"]) == (0, 1)
    assert 0 < low.loc[5, "b"] < high.loc[5, "b"]
    assert low.loc[8, "a"] == pytest.approx(1 - high.loc[8, "b"])


@pytest.mark.parametrize(
    ("counts", "level", "message"),
    [
        ([3], 0.95, r"two parts or more; the counts have the shape \(1,\)"),
        (3, 0.95, "two parts or more"),
        ([3, -1], 0.95, "finite and not negative"),
        ([3, np.inf], 0.95, "finite and not negative"),
        ([3, 1], 95, "between 0 and 1"),
    ],
)
def test_what_is_no_composition_says_why(counts, level, message):
    with pytest.raises(StatisticsError, match=message):
        composition_interval(counts, level)
