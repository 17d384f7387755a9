"""The same tables in every layout in which they are published: all cells are read, or those that cannot be are told."""

import io
import re
from pathlib import Path

import pytest
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

import govreport_kit

FONT = Path(govreport_kit.__file__).parent / "figures" / "fonts" / "GovReportSansSC-Regular.ttf"
WIDTH, HEIGHT = 595, 842


@pytest.fixture
def drawn(made):
    """Write a text whose three tables are drawn by a function of their rows."""

    def writer(draw, between="\n"):
        disclosure, requests, reviews = (draw(rows) for rows in made.rows_of_text())
        return made.text(disclosure=disclosure, requests=requests, reviews=reviews, between=between)

    return writer


# --- web pages ---------------------------------------------------------------------------------------------------


def test_html_with_rowspan_and_colspan(made, read):
    report = read(made.page())
    assert made.values(report) == made.expected
    assert {cell.state for cell in report.cells if cell.value == 0} == {"zero"}
    assert made.codes(report) == []
    assert report.form == "f2021"


def test_the_form_of_2019_with_rowspan_and_colspan(made, read):
    report = read(made.page(
        title="示例县人民政府2020年政府信息公开工作年度报告", requests=made.request_table(made.REQUESTS_2019),
        disclosure=made.disclosure_table(made.DISCLOSURE_2019),
    ))  # fmt: skip
    assert made.values(report) == made.expected_2019
    assert report.form == "f2019"
    assert made.codes(report) == []


def test_word_made_html_with_empty_tags_nested_spans_and_words_in_pieces(made, read):
    def in_runs(words):
        pieces = [words[start : start + 2] for start in range(0, len(words), 2)]
        runs = "".join(f'<span lang="EN-US"><span style="font-family:宋体">{piece}</span></span>' for piece in pieces)
        return f'<p class="MsoNormal"><b>{runs}<span lang="EN-US"><o:p></o:p></span></b></p>'

    page = re.sub(r"(<td[^>]*>)([^<]*)</td>", lambda found: found[1] + in_runs(found[2]) + "</td>", made.page())
    page = page.replace("示例县人民政府2023年", "示例县人民政府<span>20</span><span>23年</span>")
    report = read(page)
    assert made.values(report) == made.expected
    assert (report.agency, report.year) == ("示例县人民政府", 2023)


def test_a_heading_split_into_runs_is_still_a_section(made, read):
    page = made.page().replace(
        "<p>三、收到和处理", "<p><span>三、</span><span>收</span><span>到</span><span><o:p></o:p>和处理</span>"
    )
    assert [section.key for section in read(page).sections] == [
        "overview", "disclosure", "requests", "reviews", "problems", "other",
    ]  # fmt: skip


def test_row_labels_split_into_runs(made, read):
    page = made.page().replace("三、本年度办理结果", "三、<span>本</span><span>年</span>\n<span>度</span>办理结果")
    assert made.values(read(page)) == made.expected


def test_word_made_html_with_a_row_of_no_height_and_conditional_comments(made, read):
    widths = "<![if !supportMisalignedColumns]><tr height=0>" + "<td width=44></td>" * 10 + "</tr><![endif]>"
    table = made.request_table()
    report = read(
        made.page(
            requests="<!--[if gte mso 9]><xml></xml><![endif]-->" + table.replace("</table>", widths + "</table>")
        )
    )
    assert made.values(report) == made.expected


def test_a_table_inside_a_table_that_lays_out_the_page(made, read):
    page = (
        made.page()
        .replace("<body>", "<body><table><tr><td>首页</td><td>")
        .replace("</body>", "</td></tr></table></body>")
    )
    report = read(page)
    assert made.values(report) == made.expected
    assert made.facts(report) == {"proactive_items": 1260}


# --- plain text --------------------------------------------------------------------------------------------------


def test_plain_text_with_rows_of_bars(made, read, drawn):
    report = read(drawn(lambda rows: "\n".join(" | ".join(row) + " |" for row in rows)), "report.txt")
    assert made.values(report) == made.expected


def test_one_cell_a_line_ending_in_a_bar(made, read, drawn):
    report = read(drawn(lambda rows: "\n".join(f"{cell} |" for row in rows for cell in row)), "report.txt")
    assert made.values(report) == made.expected


def test_bar_and_value_on_alternate_lines(made, read, drawn):
    report = read(drawn(lambda rows: "|\n" + "\n|\n".join(cell for row in rows for cell in row) + "\n|"), "report.txt")
    assert made.values(report) == made.expected


def test_one_cell_a_line_without_a_bar(made, read, drawn):
    report = read(drawn(lambda rows: "\n".join(cell for row in rows for cell in row)), "report.txt")
    assert made.values(report) == made.expected


def test_one_cell_a_line_with_an_empty_line_between(made, read, drawn):
    report = read(drawn(lambda rows: "\n\n".join(cell for row in rows for cell in row)), "report.txt")
    assert made.values(report) == made.expected


def test_the_whole_body_on_one_line_with_hundreds_of_empty_bars(made, read, drawn):
    def draw(rows):
        return "| " + " | | ".join(cell for row in rows for cell in row) + " | | | | " + "| " * 60

    words = drawn(draw, between=" | | ").strip().replace("\n", " | ")
    assert words.count("|") > 400
    report = read(words, "report.txt")
    assert made.values(report) == made.expected
    assert (report.agency, report.year) == ("示例县人民政府", 2023)


def test_merged_cells_become_empty_cells_between_bars(made, read):
    disclosure, requests, reviews = made.rows_of_text()
    slots = [row + [""] * (10 - len(row)) for row in requests[:3]]
    for key, labels, figures in made.REQUESTS:
        outer = labels[0] if len(labels) == 1 or key == "granted" else ""
        if len(labels) == 3:
            names = [outer, labels[1] if labels[2].startswith("1.") else "", labels[2]]
        else:
            names = [outer, *labels[1:], ""] if len(labels) == 2 else [outer, "", ""]
        slots.append([*names, *figures.split()])
    report = read(made.text(
        disclosure="\n".join("|".join(row) + "|||" for row in disclosure), requests="\n".join("|".join(row) + "|" for row in slots),
        reviews="\n".join(["行政复议|||||行政诉讼||||||||||", *("|".join(row) + "|" for row in reviews[1:])]),
    ), "report.txt")  # fmt: skip
    assert made.values(report) == made.expected


def test_merged_cells_vanish_so_that_rows_have_unlike_numbers_of_bars(made, read, drawn):
    words = drawn(lambda rows: "\n".join("|" + "|".join(row) + "|" for row in rows))
    assert {line.count("|") for line in words.split("\n") if "申请" in line and "|" in line} == {3, 9, 10}
    assert made.values(read(words, "report.txt")) == made.expected


def test_markdown_with_generic_heads_and_a_table_cut_in_two(made, read):
    disclosure, requests, reviews = made.rows_of_text()

    def markdown(rows, heads):
        width = len(heads)
        lines = ["| " + " | ".join((row + [""] * width)[:width]) + " |" for row in rows]
        return "\n".join(["| " + " | ".join(heads) + " |", "|" + " --- |" * width, *lines])

    wide = [[" ".join(row[:-7]), *row[-7:]] for row in requests[3:]]
    generic = ["项目", "数据1", "数据2", "数据3", "数据4", "数据5", "数据6", "数据7"]
    cut = 14
    words = made.text(
        disclosure=markdown(disclosure, ["数据1", "数据2", "数据3", "数据4"]),
        requests=markdown(wide[:cut], generic) + "\n\n" + markdown(wide[cut:], generic),
        reviews=markdown(reviews[2:], [f"数据{place}" for place in range(1, 16)]),
    )
    report = read(words, "report.md")
    assert made.values(report, "requests") == {
        place: value for place, value in made.expected.items() if place[0] == "requests"
    }
    assert made.values(report).items() <= made.expected.items()


def test_markdown_cut_in_two_with_a_row_of_figures_as_false_head(made, read):
    _, requests, _ = made.rows_of_text()
    rows = [[" ".join(row[:-7]), *row[-7:]] for row in requests[3:]]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    rule = "|" + " --- |" * 8
    heads = "| 申请人情况 | " + " | ".join(made.HEADS) + " |"
    words = made.text(requests="\n".join([heads, rule, *lines[:12], "", lines[12], rule, *lines[13:]]))
    report = read(words, "report.md")
    assert made.values(report) == {place: value for place, value in made.expected.items() if place[0] == "requests"}


def test_tabs_between_the_cells(made, read, drawn):
    report = read(drawn(lambda rows: "\n".join("\t".join(row) for row in rows)), "report.txt")
    assert made.values(report) == made.expected


def test_full_width_bars_between_the_cells(made, read, drawn):
    report = read(drawn(lambda rows: "\n".join("｜".join(row) + "｜" for row in rows)), "report.txt")
    assert made.values(report) == made.expected


def test_windows_line_ends(made, read, drawn):
    words = drawn(lambda rows: "\n".join(" | ".join(row) + " |" for row in rows))
    assert made.values(read(words.replace("\n", "\r\n"), "report.txt")) == made.expected


def test_the_form_of_2019_in_every_plain_layout(made, read):
    for draw in (
        lambda rows: "\n".join(" | ".join(row) + " |" for row in rows),
        lambda rows: "\n".join(f"{cell} |" for row in rows for cell in row),
        lambda rows: "\n".join(cell for row in rows for cell in row),
    ):
        parts = made.rows_of_text(made.REQUESTS_2019, made.DISCLOSURE_2019)
        disclosure, requests, reviews = (draw(rows) for rows in parts)
        title = "示例县人民政府2020年政府信息公开工作年度报告"
        report = read(made.text(title=title, disclosure=disclosure, requests=requests, reviews=reviews), "report.txt")
        assert made.values(report) == made.expected_2019
        assert report.form == "f2019"


# --- PDF ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def pdf():
    """Print pages: each page is a list of ("words", x, y from the top, text) and ("line", x0, y0, x1, y1)."""
    font = FontProperties(fname=FONT, size=8)

    def writer(*pages):
        stream = io.BytesIO()
        with PdfPages(stream) as book:
            for things in pages:
                figure = Figure(figsize=(WIDTH / 72, HEIGHT / 72))
                axes = figure.add_axes((0, 0, 1, 1))
                axes.set(xlim=(0, WIDTH), ylim=(HEIGHT, 0))
                axes.axis("off")
                for kind, *thing in things:
                    if kind == "words":
                        axes.text(*thing, fontproperties=font, va="center")
                sides = {tuple(thing) for kind, *thing in things if kind == "line"}
                axes.add_collection(
                    LineCollection(
                        [((x0, y0), (x1, y1)) for x0, y0, x1, y1 in sorted(sides)], linewidths=0.7, colors="black"
                    )
                )
                book.savefig(figure)
        return stream.getvalue()

    return writer


def ruled(rows, top, edges, height=22):
    """Print rows of cells between ruled lines."""
    things = []
    for place, row in enumerate(rows):
        for left, right, words in zip(edges, edges[1:], row, strict=False):
            y = top + place * height
            things += [("line", *side) for side in (
                (left, y, right, y), (left, y + height, right, y + height), (left, y, left, y + height), (right, y, right, y + height),
            )]  # fmt: skip
            lines = [words[start : start + 26] for start in range(0, len(words), 26)]
            step = height / (len(lines) + 1)
            things += [("words", left + 2, y + step * (number + 1), line) for number, line in enumerate(lines)]
    return things


def sentences(lines, top=40, step=24):
    return [("words", 40, top + step * place, line) for place, line in enumerate(lines)]


EDGES = [30, 280, 320, 360, 400, 440, 480, 520, 560]


def request_lines(made):
    return [
        ["（一览）" + made.CHECK, *made.HEADS],
        *([labels[-1], *figures.split()] for _, labels, figures in made.REQUESTS),
    ]


def only_requests(made):
    return {place: value for place, value in made.expected.items() if place[0] == "requests"}


def test_pdf_with_ruled_cells(made, read, pdf):
    head = sentences([made.TITLE, *made.SECTIONS[:3]])
    report = read(pdf([*head, *ruled(request_lines(made), 140, EDGES)], sentences(made.SECTIONS[3:])), "report.pdf")
    assert made.values(report) == only_requests(made)
    assert (report.agency, report.year) == ("示例县人民政府", 2023)


def test_pdf_whose_request_table_breaks_over_two_pages_inside_a_row_label(made, read, pdf):
    rows = [[labels[-1], *figures.split()] for _, labels, figures in made.REQUESTS]
    cut = next(place for place, (key, _, _) in enumerate(made.REQUESTS) if key == "unable.not_held")
    above = [["", *made.HEADS], *rows[:cut], ["1.本机关不掌握", *[""] * 7]]
    below = [["相关政府信息", *rows[cut][1:]], *rows[cut + 1 :]]
    report = read(pdf(
        [*sentences([made.TITLE, *made.SECTIONS[:3]]), *ruled(above, 200, EDGES, 40), ("words", 290, 825, "- 1 -")],
        [*ruled(below, 40, EDGES, 40), ("words", 290, 825, "- 2 -")], sentences(made.SECTIONS[3:]),
    ), "report.pdf")  # fmt: skip
    assert made.values(report) == only_requests(made)


def test_text_whose_request_table_breaks_inside_the_label_of_a_group(made, read):
    lines = [f"{labels[-1]} {figures}" for _, labels, figures in made.REQUESTS]
    cut = next(place for place, (key, _, _) in enumerate(made.REQUESTS) if key == "unable.not_held")
    lines[cut:cut] = ["（四）无", "- 2 -", "法提供"]
    report = read(made.text(requests="\n".join([" ".join(made.HEADS), *lines])), "report.txt")
    assert made.values(report) == only_requests(made)


def test_pdf_text_flattened_with_a_page_number_between_rows(made, read):
    lines = [f"{labels[-1]} {figures}" for _, labels, figures in made.REQUESTS]
    lines[9:9] = ["— 3 —"]
    lines[18:18] = ["4"]
    report = read(made.text(requests="\n".join([" ".join(made.HEADS), *lines])), "report.txt")
    assert made.values(report) == only_requests(made)


def test_pdf_text_flattened_with_labels_torn_from_their_figures(made, read):
    lines = []
    for _, labels, figures in made.REQUESTS:
        label = labels[-1]
        half = len(label) // 2
        # The figures stand in the middle of the height of the cell, between the two lines of its label.
        lines += [label[:half], figures, label[half:]] if len(label) > 14 else [f"{label} {figures}"]
    report = read(made.text(requests="\n".join([" ".join(made.HEADS), *lines])), "report.txt")
    got = made.values(report)
    assert got.items() <= only_requests(made).items()
    assert got == only_requests(made) or "table_unclear" in made.codes(report)


def test_a_frame_on_a_text_page_is_no_table(made, read, pdf):
    frame = [
        ("line", 25, 25, 570, 25),
        ("line", 570, 25, 570, 815),
        ("line", 570, 815, 25, 815),
        ("line", 25, 815, 25, 25),
    ]
    lines = [
        made.TITLE, made.SECTIONS[0], "全年收到政府信息公开申请24件，上年结转2件。", "共办结24件，结转下年度继续办理2件。",
        *made.SECTIONS[1:],
    ]  # fmt: skip
    report = read(pdf([*frame, *sentences(lines)]), "report.pdf")
    assert made.values(report) == {}
    assert made.facts(report) == {
        "requests_received": 24, "requests_carried_over": 2, "requests_closed": 24, "requests_carried_forward": 2,
    }  # fmt: skip


def unruled(rows, top, height=26):
    """Print rows without lines, long labels on two lines with the figures between them."""
    things = []
    for place, (label, *figures) in enumerate(rows):
        y = top + place * height
        lines = [label[:20], label[20:]] if len(label) > 20 else [label]
        things += [("words", 40, y + (number - (len(lines) - 1) / 2) * 11, line) for number, line in enumerate(lines)]
        things += [("words", 240 + 45 * column, y, figure) for column, figure in enumerate(figures)]
    return things


def test_pdf_without_ruled_lines_and_with_labels_on_two_lines(made, read, pdf):
    rows = [["", *made.HEADS], *([labels[-1], *figures.split()] for _, labels, figures in made.REQUESTS)]
    report = read(pdf(
        [*sentences([made.TITLE, *made.SECTIONS[:3]]), *unruled(rows[:14], 160), ("words", 290, 825, "- 1 -")],
        [*unruled(rows[14:], 60), ("words", 290, 825, "- 2 -")], sentences(made.SECTIONS[3:]),
    ), "report.pdf")  # fmt: skip
    got = made.values(report)
    assert got.items() <= only_requests(made).items()
    assert got == only_requests(made) or "table_unclear" in made.codes(report)


def test_pdf_with_vertical_heads_of_one_character_a_line(made, read, pdf):
    rows = request_lines(made)
    things = ruled([[rows[0][0], *[""] * 7], *rows[1:]], 200, EDGES, 20)
    for left, head in zip(EDGES[1:], made.HEADS, strict=False):
        things += [
            ("words", left + 14, 203 - 9 * (len(head) - 1 - place), character) for place, character in enumerate(head)
        ]
    report = read(
        pdf([*sentences([made.TITLE, *made.SECTIONS[:3]], step=14), *things], sentences(made.SECTIONS[3:])),
        "report.pdf",
    )
    assert made.values(report) == only_requests(made)


# --- reading order -----------------------------------------------------------------------------------------------


def test_figures_printed_before_all_labels_are_not_guessed(made, read):
    figures = [figures for _, _, figures in made.REQUESTS]
    labels = [labels[-1] for _, labels, _ in made.REQUESTS]
    report = read(made.text(requests="\n".join([*figures[5:], *labels, *figures[:5]])), "report.txt")
    assert made.values(report).items() <= made.expected.items()


def test_rows_in_scrambled_order_are_known_by_their_labels(made, read):
    rows = [*made.REQUESTS[13:23], *made.REQUESTS[:13], *made.REQUESTS[23:]]
    drawn = made.table([["", "", *made.HEADS], *([labels[-2] if len(labels) > 1 else "", labels[-1], *figures.split()] for _, labels, figures in rows)])  # fmt: skip
    assert made.values(read(made.page(requests=drawn)), "requests") == only_requests(made)


# --- the review table --------------------------------------------------------------------------------------------


def test_the_review_table_flattened_to_fifteen_numbers(made, read):
    words = (
        "行政复议 行政诉讼\n未经复议直接起诉 复议后起诉\n"
        + " ".join(made.OUTCOME_HEADS * 3)
        + "\n2 1 0 1 4 1 0 0 0 1 0 0 0 0 0"
    )
    assert made.values(read(made.text(reviews=words), "report.txt")) == made.expected_reviews()


def test_the_three_blocks_of_the_review_table_under_one_head(made, read):
    reviews = made.table([[("行政复议", 1, 15)], made.OUTCOME_HEADS * 3, "3 0 1 0 4 2 1 0 0 3 0 0 0 5 5".split()])
    assert made.values(read(made.page(reviews=reviews)), "reviews") == made.expected_reviews(
        "3 0 1 0 4 2 1 0 0 3 0 0 0 5 5"
    )


def test_published_totals_of_nought_beside_parts_are_kept_as_printed(made, read):
    figures = "2 1 0 1 0 1 0 0 0 0 0 0 0 0 0"
    report = read(made.page(reviews=made.review_table(figures)))
    assert made.values(report, "reviews") == made.expected_reviews(figures)
    assert made.codes(report) == ["identity_fails"]


def test_the_review_table_as_three_tables_below_each_other(made, read):
    blocks = [("行政复议", "2 1 0 1 4"), ("未经复议直接起诉", "1 0 0 0 1"), ("复议后起诉", "0 0 0 0 0")]
    reviews = "".join(made.table([[(name, 1, 5)], made.OUTCOME_HEADS, figures.split()]) for name, figures in blocks)
    assert made.values(read(made.page(reviews=reviews)), "reviews") == made.expected_reviews()
