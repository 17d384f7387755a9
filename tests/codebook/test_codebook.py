"""The codebook's data hold together: counts of the forms, references, both languages."""

import re
from dataclasses import fields

import pytest

from govreport_kit import codebook
from govreport_kit.codebook.figure_keys import parse_figure_key
from govreport_kit.codebook.vocabulary import Vocabulary
from govreport_kit.errors import UnknownKeyError
from govreport_kit.parsing.labels import normal_label

VOCABULARIES = {name: value for name, value in vars(codebook).items() if isinstance(value, Vocabulary)}


@pytest.mark.parametrize(
    ("form", "disclosure", "requests", "reviews"),
    # 国办公开办函〔2021〕30号: 3+3+1+1+1+1 cells, 25 rows x 7, 3 channels x 5; the form of 2019: 3+3+3+3+3+3+2+2, 23 x 7.
    [("f2021", 10, 175, 15), ("f2019", 22, 161, 15)],
)
def test_a_form_has_as_many_cells_as_it_prints(form, disclosure, requests, reviews):
    counts = [len(codebook.table_cells(table, form)) for table in ("disclosure", "requests", "reviews")]
    assert counts == [disclosure, requests, reviews]


def test_groups_hold_the_rows_that_are_printed_below_them():
    sizes = {group: len(codebook.group_members(group)) for group in codebook.groups}
    assert sizes == {"disclosed": 2, "refused": 8, "unable": 3, "not_processed": 5, "other": 3}


def test_every_cell_of_2019_is_mapped_and_leads_to_a_cell_or_group_of_2021():
    targets = {table: set(codebook.table_cells(table, "f2021")) for table in codebook.tables}
    for table in codebook.tables:
        for row, column in codebook.table_cells(table, "f2019"):
            entry = codebook.map_cell(table, row, column, "f2019", "f2021")
            assert entry.quality in ("exact", "approximate", "none")
            target = (entry.to_row, entry.to_column)
            assert (target == ("", "")) == (entry.quality == "none")
            assert entry.quality == "none" or target in targets[table] or entry.to_row in codebook.groups


@pytest.mark.parametrize(
    ("cell", "target"),
    [
        (("requests", "other.other", "total"), ("other", "total", "exact")),
        (("requests", "granted", "total"), ("granted", "total", "exact")),
        (("disclosure", "regulations", "total_disclosed"), ("", "", "none")),
        (("disclosure", "fees", "change"), ("", "", "none")),
        (("disclosure", "normative_documents", "made"), ("normative_documents", "issued", "approximate")),
        (("disclosure", "penalties", "decisions"), ("penalties", "decisions", "exact")),
    ],
)
def test_what_changed_between_the_forms_is_never_mapped_in_silence(cell, target):
    entry = codebook.map_cell(*cell, "f2019", "f2021")
    assert (entry.to_row, entry.to_column, entry.quality) == target


def test_a_cell_that_a_form_does_not_have_is_refused():
    with pytest.raises(UnknownKeyError, match="licences/decisions"):
        codebook.map_cell("disclosure", "licences", "issued", "f2019", "f2021")
    with pytest.raises(UnknownKeyError, match="f2019 to f2021"):
        codebook.map_cell("disclosure", "licences", "decisions", "f2021", "f2019")


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_entry_has_both_languages(name):
    for entry in VOCABULARIES[name].values():
        names = {field.name for field in fields(entry)}
        if "zh" in names:
            assert re.search(r"[\u4e00-\u9fff]", entry.zh), entry.key
            assert re.search(r"[a-z]", entry.en), entry.key


def test_rows_columns_and_frames_have_both_languages():
    for entry in (*codebook.rows, *codebook.columns, *codebook.frame_columns):
        assert re.search(r"[\u4e00-\u9fff]", entry.zh), entry
        assert re.search(r"[a-z]", entry.en), entry


def test_every_reference_leads_somewhere():
    rows = {(row.table, row.key) for row in codebook.rows} | {("requests", group) for group in codebook.groups}
    columns = {(column.table, column.key) for column in codebook.columns}
    for indicator in codebook.indicators.values():
        if indicator.table:
            assert (indicator.table, indicator.row) in rows
            assert (indicator.table, indicator.column) in columns
    for label in codebook.labels:
        assert (label.table, label.key) in (rows if label.axis == "row" else columns)
    for metric in codebook.metrics.values():
        plain = {key for key in metric.figures if ":" not in key}
        assert all(("requests", key) in rows or key in codebook.indicators for key in plain)
        assert all(parse_figure_key(key) for key in metric.figures)
        assert not metric.indicator or metric.indicator in codebook.indicators
    for column in codebook.columns:
        assert set(column.forms) <= set(codebook.forms)
        assert all((column.table, part) in columns for part in column.sums)


def test_every_printed_label_is_known_by_its_pattern():
    from govreport_kit.parsing.labels import find_key

    for row in codebook.rows:
        assert find_key(row.table, "row", row.zh) == row.key
    for column in codebook.columns:
        assert find_key(column.table, "column", column.zh) == column.key


def test_the_indicators_are_those_of_the_guide():
    assert len(codebook.indicators) == 37
    assert {entry.kind for entry in codebook.indicators.values()} == {"count", "days", "percent", "money"}


def test_divisions_are_those_of_mid_2023():
    regions = codebook.regions()
    levels = {level: sum(region.level == level for region in regions) for level in ("province", "prefecture", "county")}
    # 34 provinces, 333 prefectures; the county level with direct-controlled cities, forest districts and islands.
    assert levels == {"province": 34, "prefecture": 333, "county": 2851}
    assert len({region.code for region in regions}) == len(regions)
    assert {region.code[:2] + "0000" for region in regions} <= {region.code for region in regions}


def test_a_definition_reads_as_numerator_over_denominator():
    assert codebook.metrics["refusal_rate"].definition == "refused / total_closed"
    assert codebook.metrics["nondisclosure_rate"].definition == "(total_closed - disclosed) / total_closed"
    assert codebook.metrics["carry_over_ratio"].definition == "carried_forward / (received_new + carried_over)"


def test_a_wrong_key_names_its_neighbours():
    with pytest.raises(UnknownKeyError, match="refusal_rate"):
        codebook.metrics["refusal"]


def test_a_vocabulary_shows_itself_as_a_table():
    frame = codebook.indicators.to_frame()
    assert list(frame.columns) == ["key", "unit", "kind", "table", "row", "column", "zh", "en"]
    assert "requests_received" in codebook.indicators._repr_html_()


def test_short_names_of_divisions_name_known_ones_and_no_other_division():
    names = {region.code: region.name for region in codebook.regions()}
    short = {entry.name: names[entry.code] for entry in codebook.short_regions()}
    assert short["恩施州"] == "恩施土家族苗族自治州"
    assert sum(name.endswith("自治州") for name in names.values()) == sum(name.endswith("州") for name in short)
    assert not short.keys() & set(names.values())


def test_rows_of_the_statistics_table_are_told_by_their_own_labels_alone():
    for row in codebook.statistics.values():
        label = normal_label(row.zh).removeprefix("其中:").removeprefix("其中")
        named = [other.key for other in codebook.statistics.values() if re.search(other.pattern, label)]
        assert named == [row.key]


@pytest.mark.parametrize(
    ("agency", "office"),
    [
        ("示例县人民政府", False),
        ("示例县人民政府办公室", True),
        ("示范省人民政府办公厅", True),
        ("示例县人民政府(政府办公室)", True),
        ("示例盟行政公署办公室", True),
        ("样例新区管理委员会办公室", True),
        ("示例县人民政府外事办公室", False),  # a department of its own
        ("示例县人民政府样例街道办事处", False),
        ("示例县信访办公室", False),
    ],
)
def test_the_general_office_of_a_government_is_told_from_the_government_and_its_departments(agency, office):
    assert codebook.is_general_office(agency) is office


@pytest.mark.parametrize(
    ("agency", "government"),
    [
        ("示例县人民政府办公室", "示例县人民政府"),
        ("示例省人民政府办公厅", "示例省人民政府"),
        ("样例开发区管理委员会办公室", "样例开发区管理委员会"),
        ("示例县人民政府", "示例县人民政府"),
        ("示例县信访局办公室", "示例县信访局办公室"),
    ],
)
def test_a_general_office_has_a_government(agency, government):
    assert codebook.government_of(agency) == government
    assert codebook.is_general_office(agency) == (agency != government)


def test_a_pattern_is_compiled_once():
    assert codebook.pattern("claims", "count") is codebook.pattern("claims", "count")
    assert codebook.pattern("claims", "count").pattern == codebook.read_toml("claims")["count"]
