from dataclasses import replace

import pytest
from matplotlib.colors import to_hex

from govreport_kit import codebook
from govreport_kit.corpus import Corpus
from govreport_kit.errors import CorpusError
from govreport_kit.figures import alt_text, caption, flows, request_flow
from govreport_kit.metrics import MixedScopesError

FLOW = ("carried_over", "received_new", "total_closed", "carried_forward")


@pytest.fixture
def reports(make_report):
    """Of 2023 two reports balance, one does not and one lacks a count; the one of 2024 has a blank."""
    counts = {
        "2023/示例县": (10, 90, 95, 5),
        "2023/样例区": (0, 20, 18, 2),
        "2023/虚构市": (1, 20, 18, 2),
        "2024/示例县": (5, None, 30, 1),
    }
    made = [make_report(key, dict(zip(FLOW, values, strict=True))) for key, values in counts.items()]
    return Corpus.from_reports([*made, make_report("2023/示例镇", {"received_new": 3})])


def test_only_reports_that_balance_are_summed(reports):
    frame = flows(reports, "year")
    assert frame["flow"].tolist() == [*FLOW, *FLOW]
    assert frame["count"].tolist()[:4] == [10, 110, 113, 7]
    assert frame["count"].isna().tolist()[4:] == [True] * 4
    first = frame.iloc[0]
    assert (first["reports"], first["unbalanced"], first["incomplete"], first["all_reports"]) == (2, 1, 1, 4)


def test_both_bars_are_equally_long(reports):
    ax = request_flow(reports)
    ends = [(bars[0].get_x(), bars[0].get_width()) for bars in ax.containers]
    assert ends == [(0, 10), (10, 110), (0, 113), (113, 7)]
    coming, _, going, _ = (bars[0].get_y() for bars in ax.containers)
    assert coming < going  # the y axis points down
    colours = [to_hex(bars[0].get_facecolor()) for bars in ax.containers]
    assert colours == [codebook.palette[key].colour for key in FLOW]


def test_what_was_left_out_is_told(reports):
    ax = request_flow(reports)
    said = [text.get_text().replace("\n", " ") for text in ax.texts]
    assert {"120", "2/4", "0/1", "no report gives all four counts"} <= set(said)
    assert "left out: 1 reports whose counts do not balance, 2 which do not give all four" in said
    assert "Based on n = 120 requests of the 2 reports whose counts balance." in caption(ax)
    assert "未计入：1份四项数值不平衡，2份未载明全部四项。" in caption(ax, "zh")
    assert "2023, Received: 110" in alt_text(ax)


def test_a_frame_which_does_not_balance_is_refused(reports):
    frame = flows(reports, "year")
    frame.loc[0, "count"] = 11
    with pytest.raises(CorpusError, match="in group 1"):
        request_flow(frame)
    with pytest.raises(CorpusError, match="no column flow"):
        request_flow(frame.drop(columns="flow"))


def test_aggregates_are_not_pooled_with_what_they_hold(reports):
    scopes = reports.reports["scope"].where(reports.reports["agency"] != "示例县", "aggregate")
    scopes = scopes.where(reports.reports["agency"] != "样例区", "own")
    reports = replace(reports, reports=reports.reports.assign(scope=scopes))
    with pytest.raises(MixedScopesError, match="scope='own'"):
        request_flow(reports)
    assert request_flow(reports, scope="own").containers[1][0].get_width() == 20
    assert request_flow(reports, scope="any").containers[1][0].get_width() == 110
