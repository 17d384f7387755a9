import pandas as pd
import pytest
from matplotlib.colors import to_hex

from govreport_kit import codebook
from govreport_kit.corpus import Corpus
from govreport_kit.errors import CorpusError
from govreport_kit.figures import caption, response_times, stated_response_times, trace
from govreport_kit.report import Fact

DAYS = "processing_days_average"


@pytest.fixture
def reports(make_report):
    told = Fact(DAYS, 12, "个工作日", approx=True, quote="平均约12个工作日答复", start=40, end=51)
    return Corpus.from_reports(
        [
            make_report("2023/示例县", {}, Fact(DAYS, 10.5, "工作日")),
            make_report("2023/样例区", {}, told),
            make_report("2023/虚构市", {}, Fact(DAYS, 25, "天")),
            make_report("2023/示例镇", {}, Fact(DAYS, 5, "工作日"), Fact(DAYS, 6, "工作日")),
            make_report("2024/示例县"),
        ]
    )


def marks(ax):
    return [line for line in ax.lines if line.get_marker() in ("o", "D")]


def test_one_row_a_stated_average_and_the_others_counted(reports):
    frame = stated_response_times(reports)
    assert frame["days"].tolist()[:3] == [10.5, 12, 25]
    assert pd.isna(frame["days"].iloc[3])
    assert frame["reports"].tolist() == [4, 4, 4, 1]
    assert frame["ambiguous"].tolist() == [1, 1, 1, 0]


def test_marks_and_the_limit(reports):
    ax = response_times(reports)
    assert [line.get_xdata()[0] for line in marks(ax)] == [10.5, 12, 25]
    assert [line.get_marker() for line in marks(ax)] == ["o", "o", "D"]
    fills = [line.get_markerfacecolor() for line in marks(ax)]
    assert fills == [codebook.palette["estimate"].colour, "white", codebook.palette["estimate"].colour]
    (limit,) = [line for line in ax.lines if line.is_dashed()]
    assert list(limit.get_xdata()) == [20, 20]
    assert to_hex(limit.get_color()) == codebook.palette["signal"].colour


def test_coverage_stands_at_the_right_and_in_the_caption(reports):
    ax = response_times(reports)
    assert {"3/4", "0/1", "no report states an average"} <= {text.get_text() for text in ax.texts}
    assert "3 of 5 reports state one average. 1 more state two different ones and are not drawn." in caption(ax)


def test_equal_averages_lie_beside_each_other(make_report):
    same = [make_report(f"2023/{name}", {}, Fact(DAYS, 10, "工作日")) for name in ("示例县", "样例区", "虚构市")]
    places = [line.get_ydata()[0] for line in marks(response_times(Corpus.from_reports(same)))]
    assert len(set(places)) == 3


def test_a_point_leads_to_its_quote(reports):
    traced = trace(response_times(reports), {"days": 12}, reports)
    assert traced[["report_id", "frame", "row", "value", "quote", "start", "end"]].to_numpy().tolist() == [
        ["2023/样例区", "facts", DAYS, 12.0, "平均约12个工作日答复", 40, 51]
    ]


def test_other_frames_are_refused(reports):
    with pytest.raises(CorpusError, match="no column days"):
        response_times(stated_response_times(reports).drop(columns="days"))
