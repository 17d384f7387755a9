"""The codebook as a document: complete, in both languages, and readable by a browser."""

import re

import pytest
from lxml import html

from govreport_kit import codebook
from govreport_kit.corpus import panel_columns
from govreport_kit.corpus.frames import vocabulary_entries
from govreport_kit.errors import ExportError, UnknownKeyError
from govreport_kit.exporting.codebook_document import codebook_html, codebook_markdown, sections, write_codebook


def described():
    """Everything that the document describes, each with zh and en."""
    columns = [*codebook.frame_columns, *panel_columns(), *codebook.result_columns]
    vocabularies = {column.vocabulary for column in columns} - {"", "report"}
    return [
        *columns,
        *(entry for name in vocabularies for entry in vocabulary_entries(name).values()),
        *codebook.rows,
        *codebook.columns,
        *(
            entry
            for name in (
                "forms",
                "groups",
                "indicators",
                "metrics",
                "rate_caveats",
                "audit_rules",
                "notes",
                "breaks",
                "frames",
            )
            for entry in getattr(codebook, name).values()
        ),
    ]


def test_every_variable_metric_and_rule_has_both_descriptions():
    for entry in described():
        assert re.search(r"[\u4e00-\u9fff]", entry.zh), entry
        assert re.search(r"[A-Za-z]", entry.en), entry


def test_every_metric_has_its_caveats_and_source_and_every_rule_its_source():
    assert not [metric.key for metric in codebook.metrics.values() if not (metric.caveats and metric.source)]
    assert all(re.search(r"[\u4e00-\u9fff].*。$", metric.caveats_zh) for metric in codebook.metrics.values())
    assert not [rule.key for rule in codebook.audit_rules.values() if not rule.source]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_document_holds_every_entry(lang):
    cells = {cell for section in sections(lang) for row in section.rows for cell in row}
    for entry in described():
        if entry not in codebook.frames.values():  # they are titles
            assert getattr(entry, "key", getattr(entry, "name", "")) in cells
            assert getattr(entry, lang) in cells
    assert "refused / total_closed" in cells
    metric = codebook.metrics["refusal_rate"]
    assert (metric.caveats if lang == "en" else metric.caveats_zh) in cells


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_markdown_and_html_hold_the_same_tables(lang, tmp_path):
    page = html.fromstring(write_codebook(tmp_path / "c.html", lang=lang).read_text("utf-8"))
    markdown = write_codebook(tmp_path / "c.md", lang=lang).read_text("utf-8")
    expected = sections(lang)
    tables = page.xpath("//table")
    assert [[[cell.text or "" for cell in row] for row in table] for table in tables] == [
        [list(section.head), *map(list, section.rows)] for section in expected
    ]
    lines = [line for line in markdown.splitlines() if line.startswith("| ")]
    assert len(lines) == sum(len(section.rows) + 2 for section in expected)
    blocks = re.split(r"^## .*$", markdown, flags=re.MULTILINE)[1:]
    for block, section in zip(blocks, expected, strict=True):
        bars = {len(re.findall(r"(?<!\\)\|", line)) for line in block.strip().splitlines()}
        assert bars == {len(section.head) + 1}


def test_a_code_is_the_number_that_stata_gets():
    rows = sections("en")[-1].rows
    assert ["level", "4", "county", "county government"] in rows


def test_other_formats_and_languages_are_refused(tmp_path):
    with pytest.raises(ExportError, match=r"\.md or \.html"):
        write_codebook(tmp_path / "codebook.pdf")
    for make in (codebook_markdown, codebook_html):
        with pytest.raises(UnknownKeyError, match="en, zh"):
            make("fr")
