"""Invented reports: the truth in them is consistent, told in words, and the same for the same seed."""

import os
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govreport_kit import codebook, simulate
from govreport_kit.corpus.records import report_faults
from govreport_kit.errors import UnknownKeyError
from govreport_kit.parsing.identities import identities
from govreport_kit.parsing.places import locate
from govreport_kit.report import Fact
from govreport_kit.simulate.agencies import agencies, agency, names_at
from govreport_kit.simulate.narrative import with_text

LONG = os.environ.get("GOVREPORT_HYPOTHESIS") == "long"
some = settings(max_examples=300 if LONG else 15, deadline=None, derandomize=not LONG)
seeds = st.integers(0, 2**32 - 1)
forms = st.sampled_from(["f2021", "f2019"])
levels = st.sampled_from(list(codebook.levels))


def values(report, table):
    return {(cell.row, cell.column): cell.value for cell in report.table(table)}


def total(report, places):
    cells = {(cell.table, cell.row, cell.column): cell.value for cell in report.cells}
    return sum(cells[place] for place in places)


@some
@given(seeds, forms, levels)
def test_every_sum_of_the_form_holds(seed, form, level):
    report = simulate.synthetic_report(seed, form=form, level=level)
    checked = 0
    for table in codebook.tables:
        cells = values(report, table)
        assert list(cells) == codebook.table_cells(table, form)
        for identity in identities(table, {row for row, _ in cells}):
            assert sum(map(cells.get, identity.left)) == sum(map(cells.get, identity.right)), identity.name
            checked += 1
    assert checked == {"f2021": 42, "f2019": 40}[form]


@some
@given(seeds, forms, levels, st.floats(0, 1))
def test_the_same_seed_gives_the_same_report(seed, form, level, blanks):
    one, other = (simulate.synthetic_report(seed, form=form, level=level, blanks=blanks) for _ in range(2))
    assert one == other
    assert one.text == other.text


@some
@given(seeds, forms, levels, st.floats(0, 1))
def test_a_report_is_in_the_parsed_report_format(seed, form, level, blanks):
    report = simulate.synthetic_report(seed, form=form, level=level, blanks=blanks)
    assert report_faults(report) == []
    assert type(report).from_json(report.to_json()) == report


@some
@given(seeds, forms, levels)
def test_the_text_tells_what_the_tables_hold(seed, form, level):
    report = simulate.synthetic_report(seed, form=form, level=level)
    told = {fact.indicator: fact.value for fact in report.facts}
    for indicator in codebook.indicators.values():
        if indicator.table and indicator.key in told:
            rows = codebook.group_members(indicator.row) if indicator.row in codebook.groups else [indicator.row]
            cells = values(report, indicator.table)
            assert told[indicator.key] == sum(cells.get((row, indicator.column), 0) for row in rows)
    litigation = ("litigation_direct", "litigation_after_reconsideration")
    assert told["litigation_cases"] == total(report, [("reviews", row, "total") for row in litigation])


@some
@given(seeds, forms)
def test_facts_and_sections_stand_where_they_say(seed, form):
    report = simulate.synthetic_report(seed, form=form)
    for fact in report.facts:
        assert report.text[fact.start : fact.end] == fact.quote
    for section in report.sections:
        assert report.text[section.start :].startswith(f"{section.number}、{section.title}\n")


def test_there_are_words_for_every_figure_that_is_drawn():
    drawn = {fact.indicator for seed in range(300) for fact in simulate.synthetic_report(seed).facts}
    silent = {"requests_disclosed", "processing_days_limit", "onsite_services"}
    assert drawn == set(codebook.indicators) - silent


@pytest.mark.parametrize("value", [0, 7])
def test_every_fact_given_is_told(value):
    silent = {"requests_disclosed", "processing_days_limit", "onsite_services"}
    facts = tuple(Fact(key, value) for key in codebook.indicators if key not in silent)
    for seed in range(20):
        told = with_text(replace(simulate.synthetic_report(seed), facts=facts), np.random.default_rng(seed)).facts
        assert {fact.indicator for fact in told} == {fact.indicator for fact in facts}


def test_cells_without_figures_are_as_many_as_asked_for():
    report = simulate.synthetic_report(1, level="province", blanks=0.5)
    states = [cell.state for cell in report.cells]
    assert 0.4 < sum(cell.value is None for cell in report.cells) / len(states) < 0.6
    assert abs(states.count("blank") - states.count("not_applicable")) <= 1


def test_chosen_cells_can_be_emptied():
    report = simulate.synthetic_report(1, level="province")
    place = ("requests", "received_new", "total")
    emptied = simulate.without_figures(report, [place], "not_applicable")
    changed = [cell for cell, before in zip(emptied.cells, report.cells, strict=True) if cell != before]
    assert [(cell.table, cell.row, cell.column) for cell in changed] == [place]
    assert (changed[0].value, changed[0].state) == (None, "not_applicable")


def test_forms_can_be_mixed():
    report = simulate.synthetic_report(1, one_other_row=True)
    assert {"issued", "amount_10k_cny"} <= {cell.column for cell in report.table("disclosure")}
    assert [cell.row for cell in report.table("requests")].count("other.fee_overdue") == 0


def test_effects_move_the_figures():
    refused = {
        share: sum(
            fact.value
            for seed in range(40)
            for fact in simulate.synthetic_report(seed, level="prefecture", refusal=share).fact("requests_refused")
        )
        for share in (0.05, 0.4)
    }
    assert refused[0.4] > 3 * refused[0.05]


def test_what_is_not_known_is_refused():
    with pytest.raises(UnknownKeyError, match="refusal"):
        simulate.synthetic_report(1, refusals=0.3)
    with pytest.raises(UnknownKeyError, match="county"):
        simulate.synthetic_report(1, level="country")
    with pytest.raises(UnknownKeyError, match="f2021"):
        simulate.synthetic_report(1, form="gb2014")


def test_no_invented_name_is_that_of_a_real_division():
    for level in codebook.levels:
        for number in range(min(names_at(level), 8000)):
            assert locate(agency(level, number).name).regions == ()


def test_agencies_are_named_once():
    names = [body.name for body in agencies(20000)]
    assert len(set(names)) == 20000
