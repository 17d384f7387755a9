"""A data file that does not fit its type is refused by name."""

import pytest

from govreport_kit.codebook import loading
from govreport_kit.codebook.entries import Colour, Table


def test_a_file_with_other_columns_is_refused():
    with pytest.raises(ValueError, match=r"codebook/data/tables\.csv has the columns .* expected \['key', 'colour'\]"):
        loading.read_csv("tables", Colour)


def test_entries_come_in_the_order_of_the_file():
    assert [table.key for table in loading.read_csv("tables", Table)] == ["disclosure", "requests", "reviews"]
