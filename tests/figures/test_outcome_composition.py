from fractions import Fraction
from itertools import pairwise

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_hex

from govreport_kit import codebook
from govreport_kit.errors import UnknownKeyError
from govreport_kit.figures import composition, outcome_composition, themes, use_theme
from govreport_kit.figures.composition import OUTCOMES


def widths(ax, row):
    return [bars[row].get_width() for bars in ax.containers]


def texts(ax):
    return [text.get_text() for text in ax.texts]


def row_labels(ax):
    return [label.get_text() for label in ax.get_yticklabels()]


def test_one_bar_of_six_parts(corpus):
    ax = outcome_composition(corpus)
    assert row_labels(ax) == ["All reports"]
    assert widths(ax, 0) == pytest.approx([50, 4, 6, 32, 8, 0])
    assert [bars[0].get_x() for bars in ax.containers] == pytest.approx([0, 50, 54, 60, 92, 100])
    assert ax.get_xlim() == (0, 100)
    assert ax.get_xlabel() == "Share of closed requests (%)"


def test_colours_are_those_of_the_palette(corpus):
    ax = outcome_composition(corpus)
    drawn = [to_hex(bars[0].get_facecolor()) for bars in ax.containers]
    assert drawn == [codebook.palette[outcome].colour for outcome in OUTCOMES]
    assert [to_hex(handle.get_facecolor()) for handle in ax.get_legend().get_patches()[:1]] == drawn[:1]


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("en", "Granted in full|Granted in part|Refused|Unable to provide|Not processed|Otherwise closed"),
        ("zh", "予以公开|部分公开|不予公开|无法提供|不予处理|其他处理"),
    ],
)
@pytest.mark.parametrize("theme", themes)
def test_legend_reads_row_by_row_in_the_order_of_the_parts(corpus, lang, names, theme):
    with use_theme(theme):
        ax = outcome_composition(corpus, lang=lang)
    places = [(text.get_transform().transform(text.get_position()), text) for text in ax.get_legend().get_texts()]
    read = sorted(places, key=lambda entry: (-round(entry[0][1], 3), entry[0][0]))
    assert "|".join(text.get_text() for _, text in read) == names


def test_counts_stand_at_the_right(corpus):
    said = texts(outcome_composition(corpus, by="year"))
    assert said[:2] == ["closed", "100"]
    assert "2/2" in said
    assert "1/2" in said
    assert "no report gives all six parts" in said
    assert "no request closed" in said


def test_shares_are_printed_where_they_fit(corpus):
    said = texts(outcome_composition(corpus))
    assert {"50", "32"} <= set(said)
    assert "0" not in said


def test_a_small_share_is_neither_printed_nor_rounded_away():
    frame = pd.DataFrame(
        {
            "outcome": OUTCOMES,
            "count": pd.array([996, 4, 0, 0, 0, 0], "Int64"),
            "share": [0.996, 0.004, 0.0, 0.0, 0.0, 0.0],
            "n": pd.array([1000] * 6, "Int64"),
            "reports": 2,
            "coverage": 1.0,
        }
    )
    ax = outcome_composition(frame)
    assert widths(ax, 0)[1] == pytest.approx(0.4)
    assert ">99" in texts(ax)
    assert "<1" not in texts(ax)


def test_a_part_begins_at_the_exact_sum_of_the_parts_before_it():
    counts = [1, 1, 1, 2, 3, 3]  # of elevenths, the sum from left to right is not the nearest number
    frame = pd.DataFrame(
        {
            "outcome": OUTCOMES,
            "count": pd.array(counts, "Int64"),
            "share": [count / 11 for count in counts],
            "n": pd.array([11] * 6, "Int64"),
            "reports": 2,
            "coverage": 1.0,
        }
    )
    ax = outcome_composition(frame)
    parts = [Fraction(count / 11 * 100) for count in counts]
    assert [bars[0].get_x() for bars in ax.containers] == [float(sum(parts[:number])) for number in range(6)]


def test_shares_lie_within_their_parts(corpus):
    ax = outcome_composition(corpus, by=["year", "level"])
    parts = [bar.get_window_extent() for bars in ax.containers for bar in bars]
    inside = [text for text in ax.texts if text.get_window_extent().x1 < ax.get_window_extent().x1]
    for text in inside:
        box = text.get_window_extent()
        if text.get_text().isdigit():
            assert any(
                part.x0 < box.x0 and box.x1 < part.x1 and part.y0 < box.y0 and box.y1 < part.y1 for part in parts
            )


def test_groups_are_named_by_the_codebook(corpus):
    assert row_labels(outcome_composition(corpus, by="level", lang="zh")) == [
        "县级政府",
        "乡镇（街道）",
        "地方政府部门",
        "不明",
    ]
    assert row_labels(outcome_composition(corpus, by="year")) == ["2023", "2024", "2025"]


def test_first_group_is_at_the_top(corpus):
    ax = outcome_composition(corpus, by="year")
    heights = [label.get_window_extent().y0 for label in ax.get_yticklabels()]
    assert heights == sorted(heights, reverse=True)


def test_a_frame_is_drawn_like_its_corpus(corpus):
    of_corpus, of_frame = outcome_composition(corpus, "year"), outcome_composition(composition(corpus, "year"))
    assert texts(of_corpus) == texts(of_frame)


@pytest.mark.parametrize(("theme", "lang"), [("paper-1col", "en"), ("paper-2col", "zh"), ("slide", "zh")])
def test_nothing_is_cut_and_labels_do_not_overlap(lang, theme):
    frame = pd.concat(
        [
            pd.DataFrame(
                {
                    "agency": f"示范省信息公开与政务服务数据管理局（省大数据发展管理局）第{number}分局",
                    "outcome": OUTCOMES,
                    "count": pd.array([50000, 900, 10, 200, 40, 1], "Int64"),
                    "share": [50000 / 51151, 900 / 51151, 10 / 51151, 200 / 51151, 40 / 51151, 1 / 51151],
                    "n": pd.array([51151] * 6, "Int64"),
                    "reports": 12,
                    "coverage": 0.1,
                }
            )
            for number in range(20)
        ],
        ignore_index=True,
    )
    with use_theme(theme):
        ax = outcome_composition(frame, lang=lang)
    figure = ax.figure.bbox
    for text in [*ax.texts, *ax.get_yticklabels(), *ax.get_legend().get_texts(), ax.xaxis.label]:
        box = text.get_window_extent()
        assert figure.x0 <= box.x0
        assert box.x1 <= figure.x1
        assert figure.y0 <= box.y0
        assert box.y1 <= figure.y1
    labels = [label.get_window_extent() for label in ax.get_yticklabels()]
    assert not any(upper.y0 < lower.y1 for upper, lower in pairwise(labels))


def test_own_axes_are_used_and_keep_their_size(corpus):
    figure, axes = plt.subplots(1, 2, figsize=(8, 3), layout="constrained")
    assert outcome_composition(corpus, "year", ax=axes[1], lang="zh") is axes[1]
    assert tuple(figure.get_size_inches()) == (8, 3)
    figure.canvas.draw()


def test_users_settings_do_not_change_the_figure_nor_are_changed(corpus):
    plain = outcome_composition(corpus)
    with mpl.rc_context({"font.family": ["monospace"], "font.size": 30, "axes.grid": True, "ytick.labelsize": 40}):
        before = mpl.rcParams.copy()
        ax = outcome_composition(corpus, by="level", lang="zh")
        ax.figure.canvas.draw()
        assert mpl.rcParams == before
        assert ax.get_yticklabels()[0].get_fontfamily() == plain.get_yticklabels()[0].get_fontfamily()
        assert ax.xaxis.label.get_fontfamily()[0] == "GovReport Sans SC"
        assert ax.get_yticklabels()[0].get_fontsize() == 7


def test_an_unknown_language_is_refused(corpus):
    with pytest.raises(UnknownKeyError, match="no language 'fr'"):
        outcome_composition(corpus, lang="fr")
