import pandas as pd
import pytest
from matplotlib.colors import to_hex

from govreport_kit import codebook
from govreport_kit.errors import CorpusError
from govreport_kit.figures import alt_text, caption, coverage_matrix, findings_heatmap, trace


def white_edged(ax):
    return [patch for patch in ax.patches if patch.get_edgecolor() == (1, 1, 1, 1)]


def test_coverage_counts_reports_and_hatches_what_none_states(corpus):
    ax = coverage_matrix(corpus)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["2023", "2024", "2025"]
    assert len(white_edged(ax)) == 3 * 10
    texts = [text.get_text() for text in ax.texts]
    assert texts[:6] == ["2", "2", "1", "1", "1", "1"]  # in each year with a request table and with outcomes
    assert texts[-5:-1] == ["reports", "2", "1", "2"]
    hatched = [patch for patch in ax.patches if patch.get_hatch()]
    assert len(hatched) == 3 * 10 - sum(text.isdigit() for text in texts[: texts.index("read whole")])
    assert "2025, any outcome: 1/2 (50 %)" in alt_text(coverage_matrix(corpus.select(year=2025)))


def test_a_cell_of_the_coverage_leads_to_the_reports_that_state_it(corpus):
    traced = trace(coverage_matrix(corpus), {"year": 2025, "stated": "outcomes"}, corpus)
    assert set(traced["report_id"]) == {"2025/甲"}
    with pytest.raises(CorpusError, match="30 marks"):
        trace(coverage_matrix(corpus), {}, corpus)
    with pytest.raises(CorpusError, match="no mark 30"):
        trace(coverage_matrix(corpus), 30, corpus)


def test_coverage_by_whether_reports_were_read_whole_has_no_column_for_it(corpus):
    ax = coverage_matrix(corpus, "complete")  # none of the five was
    assert len(white_edged(ax)) == 9
    traced = trace(ax, {"complete": False, "stated": "outcomes"}, corpus)
    assert set(traced["report_id"]) == {"2023/甲", "2023/乙", "2024/甲", "2025/甲"}


def test_a_frame_which_is_no_summary_is_refused(corpus):
    with pytest.raises(CorpusError, match="no column reviews"):
        coverage_matrix(corpus.summary().drop(columns="reviews"))


@pytest.fixture
def findings():
    """Invented findings: three of one rule in a report of 2023, one of another in 2024."""
    frame = pd.DataFrame(
        {
            "rule": ["A3", "A3", "A3", "D1"],
            "severity": ["error", "error", "error", "warning"],
            "report_id": ["2023/甲", "2023/甲", "2023/乙", "2024/甲"],
            "where": ["requests/granted/total", "requests/other/total", "requests/granted/total", "facts/trainings"],
        }
    )
    frame.attrs["judged"] = {"A3": 9, "D1": 4, "A1": 3, "A4": 0}
    return frame


def test_findings_per_report(corpus, findings):
    ax = findings_heatmap(corpus, "year", findings=findings)
    assert [text.get_text() for text in ax.texts if text.get_text().isdigit()] == ["3", "1"]
    names = [text.get_text() for text in ax.texts if "n=" in text.get_text()]
    assert names == ["2023\nn=2", "2024\nn=1", "2025\nn=2"]
    colours = [to_hex(patch.get_facecolor()) for patch in white_edged(ax)]
    assert colours[0] == codebook.palette["much"].colour  # 3 findings in 2 reports
    assert colours[2] == codebook.palette["little"].colour
    said = [text.get_text().replace("\n", " ") for text in ax.texts]
    assert said[said.index("severity") + 1 :][:2] == ["error", "warning"]
    assert any("1 rules have no finding here, 1 more had nothing to judge" in text for text in said)


def test_a_cell_of_the_findings_leads_to_the_cells_that_do_not_agree(corpus, findings):
    ax = findings_heatmap(corpus, "year", findings=findings)
    traced = trace(ax, {"year": 2023, "rule": "A3"}, corpus)
    assert set(traced["report_id"]) == {"2023/甲", "2023/乙"}
    assert traced["row"].str.partition(".")[0].unique().tolist() == ["granted", "other"]
    assert traced.loc[traced["row"] == "granted", "value"].tolist() == [20, 30]


def test_no_finding_and_no_findings_are_refused(corpus, findings):
    with pytest.raises(CorpusError, match="found nothing"):
        findings_heatmap(corpus, findings=findings.iloc[:0])
    with pytest.raises(CorpusError, match="no column severity"):
        findings_heatmap(corpus, findings=findings.drop(columns="severity"))


@pytest.fixture
def finding_of():
    """One invented finding of a rule, in the first report of 2023."""

    def make(rule):
        return pd.DataFrame({"rule": [rule], "severity": "error", "report_id": "2023/甲", "where": "text"})

    return make


def test_nothing_found_is_told_apart_from_nothing_to_judge(corpus, finding_of):
    # A5 judges reports with a figure in a table: both of the counties, the township and the one without level have
    ax = findings_heatmap(corpus, findings=finding_of("A5"))
    names = [text.get_text().partition("\n")[0] for text in ax.texts if "n=" in text.get_text()]
    hatched = [names[int(patch.get_x())] for patch in ax.patches if patch.get_hatch()]
    assert len(names) == 4
    assert [name.partition(" n=")[0].strip() for name in hatched] == ["Department of a local government"]
    assert any("hatched: nothing to judge" in text.get_text().replace("\n", " ") for text in ax.texts)
    assert "hatched: nothing to judge" in caption(ax)
    assert alt_text(ax).endswith("A5, County government: 1 (1/2); nothing to judge in 1 of 4 cells.")
    assert alt_text(ax, "zh").endswith("4格中1格没有可判断的内容。")


def test_where_every_group_had_something_to_judge_nothing_is_hatched(corpus, finding_of):
    ax = findings_heatmap(corpus.select(level=["county", "township"]), findings=finding_of("A5"))
    assert not [patch for patch in ax.patches if patch.get_hatch()]
    assert "nothing to judge" not in caption(ax)


def test_what_a_rule_judged_by_texts_which_are_not_at_hand_is_not_known(corpus, finding_of):
    ax = findings_heatmap(corpus, findings=finding_of("F5"))
    assert [text.get_text() for text in ax.texts].count("?") == 3
    assert not [patch for patch in ax.patches if patch.get_hatch()]
    assert "?: not known whether anything was judged" in caption(ax)
