import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom, chisquare
from statsmodels.stats.power import GofChisquarePower

from govreport_kit.statistics import StatisticsError, last_digits


def counts_with(frequencies):
    """Return counts of three digits whose last digits have the frequencies."""
    return 100 + np.repeat(np.arange(10), frequencies)


def test_thirty_one_of_a_hundred_end_in_0_or_5():
    tests = last_digits(counts_with([16, 9, 9, 9, 8, 15, 9, 9, 8, 8])).set_index("test")
    assert tests.loc["heaping", ["n", "statistic"]].tolist() == [100, 31]
    assert round(tests.loc["heaping", "p"], 3) == 0.006
    assert tests.loc["heaping", "p"] == pytest.approx(binom.sf(30, 100, 0.2), rel=1e-10)


def test_chi_square_is_scipys():
    frequencies = [31, 18, 22, 19, 20, 14, 17, 25, 21, 13]
    tests = last_digits(counts_with(frequencies)).set_index("test")
    expected = chisquare(frequencies)
    assert tests.loc["uniform", "statistic"] == pytest.approx(expected.statistic)
    assert tests.loc["uniform", "p"] == pytest.approx(expected.pvalue, rel=1e-10)


@pytest.mark.parametrize(("n", "power"), [(50, 0.25), (100, 0.51), (200, 0.86), (300, 0.97)])
def test_power_for_a_medium_deviation(n, power):
    uniform, heaping = last_digits(np.arange(100, 100 + n))["power"]
    assert round(uniform, 2) == power
    assert uniform == pytest.approx(GofChisquarePower().power(0.3, n, 0.05, n_bins=10), abs=1e-10)
    # Heaping by hand: the smallest count whose tail is at most 5 %, then its tail at 0.2 + 0.3 sqrt(0.16).
    critical = next(x for x in range(n + 2) if binom.sf(x - 1, n, 0.2) <= 0.05)
    assert heaping == pytest.approx(binom.sf(critical - 1, n, 0.32), abs=1e-10)


def test_small_and_missing_counts_are_left_out():
    counts = pd.Series([99, 100, None, 105, 5, 1010, 107], dtype="Int64")
    tests = last_digits(counts).set_index("test")
    assert tests["n"].tolist() == [4, 4]
    assert tests.loc["heaping", "statistic"] == 3
    assert last_digits(counts, minimum=10)["n"].tolist() == [5, 5]
    # 5 expected in each of ten cells ask for 50 counts.
    assert tests.loc["uniform", ["statistic", "p", "power"]].isna().all()
    assert last_digits([]).drop(columns=["test", "n"]).isna().all(axis=None)


def test_groups_are_tested_each_for_itself():
    counts = pd.Series([100, 101, 102, 105])
    tests = last_digits(counts, by=pd.Series(["b", "a", "b", None]))
    assert list(tests) == ["group", "test", "n", "statistic", "p", "power"]
    heaping = tests[tests["test"] == "heaping"]
    assert heaping["group"].iloc[:2].tolist() == ["a", "b"]
    assert heaping["group"].isna().tolist() == [False, False, True]
    assert heaping["statistic"].tolist() == [0, 1, 1]
    assert heaping["p"].tolist() == pytest.approx([1, 1 - 0.8**2, 0.2])
    by_two = last_digits(counts, by=pd.DataFrame({"level": list("xxyy"), "year": [1, 2, 1, 1]}))
    assert by_two["group"].tolist()[::2] == [("x", 1), ("x", 2), ("y", 1)]


def test_uniform_digits_are_seldom_accused_and_the_power_is_true():
    rng = np.random.default_rng(9)
    groups = np.repeat(np.arange(400), 200)
    # 400 tests at 5 %: the standard error is 1.1 points; the exact test keeps below its level.
    uniform, heaping = rejected(rng.integers(100, 1000, 80_000), groups)
    assert uniform == pytest.approx(0.05, abs=0.033)
    assert heaping <= 0.05 + 0.033
    # Digits 0 and 5 with 0.16 each and the others alike: w = 0.3.
    shares = [0.16, *[0.085] * 4, 0.16, *[0.085] * 4]
    power = last_digits(np.arange(100, 300))["power"]
    found = rejected(100 + rng.choice(10, 80_000, p=shares), groups)
    np.testing.assert_allclose(found, power, rtol=0, atol=3 * 0.018)


def rejected(counts, groups):
    """Return how often each test, uniform and heaping, rejects at 5 %."""
    tests = last_digits(counts, by=groups)
    return [(tests.loc[tests["test"] == test, "p"] <= 0.05).mean() for test in ("uniform", "heaping")]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"counts": [-100]}, "whole numbers which are not negative"),
        ({"counts": [100.5]}, "whole numbers which are not negative"),
        ({"counts": [100], "minimum": 1}, "minimum is 1, not 10 or more"),
        ({"counts": [100], "effect": 3}, "between 0 and 1, for example 0.3; it is 3"),
        ({"counts": [100], "by": ["a", "b"]}, "There are 1 units but 2 keys"),
        ({"counts": [100], "level": 95}, "level must lie"),
    ],
)
def test_what_has_no_digits_says_why(arguments, message):
    with pytest.raises(StatisticsError, match=message):
        last_digits(**arguments)
