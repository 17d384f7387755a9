import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.multitest import multipletests

from govreport_kit.statistics import StatisticsError, q_values


def test_four_tests_by_hand():
    # In order 0.01, 0.02, 0.03, 0.5: times 4/1, 4/2, 4/3, 4/4, none above those behind it.
    assert q_values([0.5, 0.01, 0.03, 0.02]).tolist() == pytest.approx([0.5, 0.04, 0.04, 0.04])


def test_agreement_with_statsmodels():
    p = np.random.default_rng(1995).uniform(size=300) ** 3
    np.testing.assert_allclose(q_values(p), multipletests(p, method="fdr_bh")[1], rtol=0, atol=1e-10)


def test_a_missing_test_is_no_test():
    q = q_values(pd.Series([0.01, None, 0.5], list("abc"), dtype="Float64"))
    assert q[["a", "c"]].tolist() == pytest.approx([0.02, 0.5])
    assert q.isna().tolist() == [False, True, False]
    assert q_values([]).shape == (0,)
    assert np.isnan(q_values([np.nan])).all()
    with pytest.raises(StatisticsError, match="between 0 and 1"):
        q_values([0.2, 1.2])


def test_few_alarms_are_false():
    # 1,000 tests, 100 of them of something: 5 % of the alarms at most are false on average, 900/1000 of that here.
    rng = np.random.default_rng(5)
    false_share = []
    for _ in range(200):
        p = np.concatenate([rng.uniform(size=900), rng.uniform(size=100) * 1e-3])
        alarms = q_values(p) <= 0.05
        false_share.append(alarms[:900].sum() / max(alarms.sum(), 1))
    assert np.mean(false_share) == pytest.approx(0.045, abs=0.006)
