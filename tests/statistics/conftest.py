import pandas as pd
import pytest


@pytest.fixture
def twelve() -> pd.DataFrame:
    """Twelve invented agencies, which differ by much more than chance."""
    k = [18, 19, 3, 0, 62, 140, 9, 5, 33, 2, 88, 27]
    n = [40, 38, 3, 4, 90, 210, 30, 6, 75, 9, 120, 31]
    return pd.DataFrame({"k": k, "n": n}, index=[f"示例县{number}" for number in range(1, 13)])
