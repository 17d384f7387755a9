"""The widgets, driven without a browser."""

from __future__ import annotations

import sys

import pytest

import govreport_kit as gk
from govreport_kit.errors import GovReportError
from govreport_kit.exploring import Exploration
from govreport_kit.exploring.widgets import Explorer


@pytest.fixture
def explorer(corpus):
    explorer = Explorer(Exploration(corpus))
    explorer.controls["scope"].value = "own"
    return explorer


def test_it_begins_with_the_first_metric_by_year(corpus):
    explorer = Explorer(Exploration(corpus))
    choices = explorer.choices()
    assert (choices.view, choices.metric, choices.by, choices.years) == ("rate", "disclosure_rate", ("year",), None)
    assert "Give scope=" in explorer.results["problem"].value
    assert explorer.results["table"].value == explorer.results["picture"].value == ""


def test_a_change_of_the_metric_changes_figure_table_and_definition(explorer):
    before = {name: result.value for name, result in explorer.results.items()}
    explorer.controls["metric"].value = "refusal_rate"
    after = {name: result.value for name, result in explorer.results.items()}
    assert "<td>2022</td><td>10</td><td>40</td><td>0.2500</td>" in after["table"]
    assert before["picture"] != after["picture"]
    assert "refused / total_closed" in after["about"]


def test_groups_can_be_made_by_every_column_that_tells_reports_apart(explorer):
    explorer.language.value = "zh"
    assert ("是否为政府办公厅（室）", "office") in explorer.controls["by"].options
    explorer.controls["by"].value, explorer.controls["then_by"].value = "level", "office"
    assert explorer.choices().by == ("level", "office")
    assert "<th>office</th>" in explorer.results["table"].value


def test_a_change_of_the_coverage_is_told(explorer):
    explorer.years.value = (2023, 2023)
    assert (
        "1 of 1 reports contribute (100.0%) (before the last change: 2 of 2 reports" in explorer.results["about"].value
    )
    assert explorer.choices().years == (2023, 2023)


def test_the_code_is_written_on_demand_and_never_stale(explorer):
    assert explorer.code.value == ""
    explorer.write_code()
    assert explorer.code.value == explorer.shown.code != ""
    assert explorer.code.layout.display is None
    explorer.controls["metric"].value = "refusal_rate"
    assert explorer.code.value == ""
    explorer.button.click()
    assert '"refusal_rate"' in explorer.code.value


def test_the_language_changes_the_labels_and_nothing_that_was_chosen(explorer):
    explorer.controls["metric"].value = "refusal_rate"
    explorer.controls["then_by"].value = "level"
    before = explorer.choices()
    explorer.language.value = "zh"
    after = explorer.choices()
    assert after.lang == "zh"
    assert (after.metric, after.by, after.scope) == (before.metric, before.by, before.scope)
    assert explorer.controls["metric"].label == "不予公开率（不予公开占办结）"
    assert explorer.controls["by"].description == "分组"
    assert explorer.button.description == "生成 Python 代码"


def test_a_view_has_its_own_orders_and_controls(explorer):
    explorer.controls["view"].value = "coverage"
    assert [value for _, value in explorer.controls["sort"].options] == ["", "reports", "complete", "request_table"]
    assert explorer.controls["metric"].disabled
    explorer.controls["sort"].value = "complete"
    explorer.controls["view"].value = "rate"
    assert explorer.controls["sort"].value == ""
    assert not explorer.controls["metric"].disabled


def test_the_words_of_documents_are_escaped(explorer):
    explorer.controls["by"].value = "agency"
    assert "示例县&lt;甲&gt;局" in explorer.results["table"].value
    assert "<甲>" not in explorer.results["table"].value


def test_a_corpus_without_years_can_be_explored():
    explorer = Explorer(Exploration(gk.Corpus.from_reports([gk.Report("x")])))
    assert explorer.years.disabled
    assert explorer.shown.table is not None


def test_the_function_returns_the_widgets(corpus):
    assert type(gk.explore(corpus)).__name__ == "HBox"


def test_without_ipywidgets_it_tells_what_to_install(corpus, monkeypatch):
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    with pytest.raises(GovReportError, match=r"pip install 'govreport-kit\[notebooks\]'"):
        gk.explore(corpus)
