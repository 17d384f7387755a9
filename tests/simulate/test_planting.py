"""Planted errors: each breaks its own rule where the key says, and the key names every change."""

from dataclasses import replace

import pytest

from govreport_kit import codebook, simulate
from govreport_kit.corpus.records import report_faults
from govreport_kit.errors import UnknownKeyError
from govreport_kit.parsing.identities import imbalances

DRAWN = [
    simulate.synthetic_report(seed, level=level)
    for level in ("county", "prefecture", "department")
    for seed in range(30)
]
SOUND = simulate.with_claims({report.id: report for report in DRAWN}.values())
BROKEN = {"A1": {"balance"}, "A2": {"total_closed"}, "A3": {"granted", "partially_granted"}}


def figures(report):
    told = {("facts", fact.indicator, ""): fact.value for fact in report.facts}
    told |= {("claims", claim.indicator, claim.kind): claim.value for claim in report.claims}
    return told | {(cell.table, cell.row, cell.column): cell.value for cell in report.cells}


def changes(before, after):
    """Return the figures of a report which are not what they were."""
    were = figures(before)
    return {place: value for place, value in figures(after).items() if value != were[place]}


def broken(report):
    return {
        item.identity.name
        for table in codebook.tables
        for item in imbalances(table, {(cell.row, cell.column): cell for cell in report.table(table)})
    }


@pytest.mark.parametrize("rule", simulate.RULES)
def test_the_key_names_every_change(rule):
    planted, key = simulate.plant_errors(SOUND, [rule], share=1)
    assert len(key) > 0
    assert set(key["rule"]) == {rule}
    for before, after in zip(SOUND, planted, strict=True):
        changed = changes(before, after)
        rows = key[key["report_id"] == after.id] if after != before else key[:0]
        assert {(row.table, row.row, row.column): row.planted for row in rows.itertuples()} == changed
        assert report_faults(after) == []


@pytest.mark.parametrize("rule", BROKEN)
def test_a_broken_sum_is_the_one_meant(rule):
    planted, _ = simulate.plant_errors(SOUND, [rule], share=1)
    changed = [after for before, after in zip(SOUND, planted, strict=True) if after != before]
    assert len(changed) > 20
    assert all({name.split("/")[0] for name in broken(report)} == BROKEN[rule] for report in changed)


@pytest.mark.parametrize("rule", ["B1", "C1", "D1", "D6"])
def test_the_other_errors_leave_every_sum_as_it_was(rule):
    planted, _ = simulate.plant_errors(SOUND, [rule], share=1)
    assert all(broken(report) == set() for report in planted)


def test_a_planted_fact_stands_in_the_text():
    planted, key = simulate.plant_errors(SOUND, ["C1"], share=1)
    by_id = {report.id: report for report in planted}
    for row in key.itertuples():
        (fact,) = by_id[row.report_id].fact(row.row)
        assert by_id[row.report_id].text[fact.start : fact.end] == fact.quote


def test_the_share_and_the_seed_decide():
    planted, key = simulate.plant_errors(SOUND, simulate.RULES, 3, share=0.3)
    assert 5 < sum(after != before for before, after in zip(SOUND, planted, strict=True)) < 30
    again, same = simulate.plant_errors(SOUND, simulate.RULES, 3, share=0.3)
    assert (again, key.equals(same)) == (planted, True)
    assert simulate.plant_errors(SOUND, simulate.RULES, share=0)[0] == SOUND


def test_a_rule_that_is_not_known_is_refused():
    with pytest.raises(UnknownKeyError, match="A1"):
        simulate.plant_errors(SOUND, ["A11"])


PANEL = list(simulate.synthetic_corpus(210, range(2019, 2026), 3).iter_reports())


@pytest.fixture(scope="module")
def panel():
    """Reports of 30 agencies over seven years; the governments have a code, and so members can stand below them."""
    coded = [replace(report, region_code="990001" if report.scope == "aggregate" else None) for report in PANEL]
    return simulate.with_claims(coded)


@pytest.mark.parametrize("rule", [rule for rule in simulate.PANEL_RULES if rule != "D8"])
def test_errors_which_other_reports_show_are_named_in_the_key(panel, rule):
    planted, key = simulate.plant_errors(panel, [rule], 1, share=1)
    assert len(key) > 0
    first_year = {report.id for report in panel if report.year == 2019}
    assert not first_year & set(key["report_id"])
    for before, after in zip(panel, planted, strict=True):
        changed = changes(before, after)
        rows = key[key["report_id"] == after.id] if after != before else key[:0]
        assert {(row.table, row.row, row.column): row.planted for row in rows.itertuples()} == changed
        assert report_faults(after) == []


@pytest.mark.parametrize("rule", ["B1.after", "B2", "B4", "C4", "D5", "D5a", "G1"])
def test_errors_which_other_reports_show_leave_every_sum_of_the_report(panel, rule):
    planted, _ = simulate.plant_errors(panel, [rule], 1, share=1)
    assert all(broken(report) == set() for report in planted)


@pytest.mark.parametrize("rule", [rule for rule, entry in simulate.DOCUMENT_RULES.items() if rule not in ("A5", "E2")])
def test_planted_words_stand_in_the_text_and_every_figure_at_its_place(rule):
    planted, key = simulate.plant_errors(SOUND, [rule], share=1)
    assert len(key) > 0
    by_id = {report.id: report for report in planted}
    for row in key.itertuples():
        report = by_id[row.report_id]
        assert report != next(sound for sound in SOUND if sound.id == report.id) or row.table == "text"
        assert row.table == "reports" or row.planted in report.text
        if rule not in ("E1.empty", "E1.renamed"):
            told = [fact for fact in report.facts if fact.start is not None]
            assert all(report.text[fact.start : fact.end] == fact.quote for fact in told)


def test_a_table_is_left_out_and_a_unit_printed():
    planted, key = simulate.plant_errors(SOUND, ["E2"], share=1)
    assert len(key) == len(SOUND)
    for report, row in zip(planted, key.itertuples(), strict=True):
        assert report.table(row.table) == []
    planted, key = simulate.plant_errors(SOUND, ["A5"], share=1)
    by_id = {report.id: report for report in planted}
    for row in key.itertuples():
        assert row.planted == f"{row.true}件"
        assert f">{row.planted}<" in simulate.write_document(by_id[row.report_id]).decode()


def test_words_are_planted_only_where_they_are_an_error():
    old = [replace(report, year=2020) for report in SOUND]
    assert simulate.plant_errors(old, ["E3"], share=1)[1].empty
    assert simulate.plant_errors([replace(report, text=None) for report in SOUND], ["F1"], share=1)[1].empty
