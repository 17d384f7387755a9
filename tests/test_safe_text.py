import re

from hypothesis import given
from hypothesis import strategies as st

from govreport_kit.safe_text import without_formula

FIRST = "=+-@\t\r\n'"


@given(st.text(st.sampled_from(FIRST + "a1\u4e00"), max_size=8))
def test_nothing_begins_a_formula_and_nothing_is_lost(text):
    safe = without_formula(text)
    assert not safe.startswith(tuple("=+-@\t\r\n"))
    assert re.sub(r"^'('*[=+\-@\t\r\n])", r"\1", safe) == text


def test_what_is_no_text_stays():
    assert without_formula(-1) == -1
    assert without_formula(None) is None
    assert without_formula("'tis") == "'tis"
