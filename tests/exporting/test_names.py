import re

from hypothesis import given
from hypothesis import strategies as st

from govreport_kit.corpus import panel_columns
from govreport_kit.exporting.names import short_names


def test_every_name_of_the_panel_is_short_legible_and_its_own():
    names = short_names(column.name for column in panel_columns())
    assert len(set(names.values())) == len(panel_columns())
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,31}", name) for name in names.values())
    assert not [name for name in names.values() if re.search(r"_[0-9a-f]{6}$", name)]


def test_names_are_what_a_reader_expects():
    assert short_names(
        ["year", "refused.state_secret", "disclosure.normative_documents.total_disclosed", "break.form_2021"]
    ) == {
        "year": "year",
        "refused.state_secret": "refused_state_secret",
        "disclosure.normative_documents.total_disclosed": "disc_norm_docs_total_disc",
        "break.form_2021": "break_form_2021",
    }  # fmt: skip


def test_a_name_that_had_to_change_is_the_same_whatever_stands_beside_it():
    name = "a_name_of_far_more_than_thirty_two_characters"
    assert short_names([name])[name] == short_names(["x", "机关", name])[name]
    assert short_names([name])[name].startswith("a_name_of_far_more_than_t")


def test_words_of_stata_and_names_alike_but_for_case_are_kept_apart():
    names = short_names(["if", "_n", "str12", "Year", "year", "a.b", "a_b", "县", "市", "2024", ""])
    assert names["if"] == "if_"
    assert short_names(["end", "class", "by"]) == {"end": "end_", "class": "class_", "by": "by_"}
    assert len({name.lower() for name in names.values()}) == 11


@given(st.lists(st.text(max_size=60), unique=True, max_size=30))
def test_any_names_become_short_names_of_their_own(names):
    short = list(short_names(names).values())
    assert len({name.lower() for name in short}) == len(names)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,31}", name) for name in short)
