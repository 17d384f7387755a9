import pytest
from matplotlib.colors import to_hex

from govreport_kit import codebook
from govreport_kit.corpus import Corpus
from govreport_kit.figures import reasons_heatmap, refusal_reasons, trace
from govreport_kit.figures.composition import REASONS


@pytest.fixture
def reports(make_report):
    """Forty refusals of 2022, ten of 2023, four of 2024, none told of 2025."""
    counts = {"2022/示例县": (20, 10, 5, 5, 0, 0, 0, 0), "2023/示例县": (5, 5, 0, 0, 0, 0, 0, 0)}
    counts["2024/示例县"] = (4, 0, 0, 0, 0, 0, 0, 0)
    made = [make_report(key, dict(zip(REASONS, values, strict=True))) for key, values in counts.items()]
    return Corpus.from_reports([*made, make_report("2025/示例县", {REASONS[0]: 3})])


def cells(ax):
    return [patch for patch in ax.patches if patch.get_edgecolor() == (1, 1, 1, 1)]


def numbers(ax):
    return [text.get_text() for text in ax.texts if text.get_text().isdigit() and len(text.get_text()) < 4]


def test_shares_of_refusals(reports):
    frame = refusal_reasons(reports, "year")
    assert frame["share"].tolist()[:8] == [0.5, 0.25, 0.125, 0.125, 0, 0, 0, 0]
    assert frame["n"].tolist()[::8][:3] == [40, 10, 4]
    assert frame["n"].isna().tolist()[-1]


def test_cells_hold_shares_and_the_largest_is_darkest(reports):
    ax = reasons_heatmap(reports)
    assert numbers(ax) == ["50", "50", "25", "50", "12", "0", "12", "0", *["0"] * 8]
    assert to_hex(cells(ax)[0].get_facecolor()) == codebook.palette["much"].colour
    assert [text.get_text() for text in ax.texts if "n=" in text.get_text()] == [
        "2022\nn=40",
        "2023\nn=10",
        "2024\nn=4",
        "2025\nn=–",
    ]


def test_few_refusals_are_hatched_and_fewer_have_no_share(reports):
    hatched = [(patch.get_x(), patch.get_y()) for patch in reasons_heatmap(reports).patches if patch.get_hatch()]
    assert sorted({x for x, _ in hatched}) == [1, 2]
    assert len(hatched) == 2 * len(REASONS)


def test_a_cell_leads_to_its_count_and_its_denominator(reports):
    ax = reasons_heatmap(reports)
    traced = trace(ax, {"year": 2022, "reason": REASONS[1]}, reports)
    assert set(traced["report_id"]) == {"2022/示例县"}
    assert traced.loc[traced["part"] == "numerator", ["row", "column", "value"]].to_numpy().tolist() == [
        [REASONS[1], "total", 10.0]
    ]
    assert traced.loc[traced["part"] == "denominator", "value"].sum() == 30
