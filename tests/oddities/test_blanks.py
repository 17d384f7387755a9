"""A cell without a figure is no nought: nothing, a blank, a stroke and a dash each say something else."""

import pytest


@pytest.mark.parametrize(
    ("printed", "cell"),
    [
        ("&nbsp;", (None, "blank")),
        ("", (None, "blank")),
        ("<p>&nbsp;</p>", (None, "blank")),
        ("/", (None, "not_applicable")),
        ("-", (None, "not_applicable")),
        ("—", (None, "not_applicable")),
        ("－", (None, "not_applicable")),
        ("0", (0, "zero")),
        ("０", (0, "zero")),
    ],
)
def test_blank_stroke_dash_and_nought_are_different_things(made, read, printed, cell):
    rows = made.relabelled(made.REQUESTS, figures={"refused.state_secret": f"0|{printed}|0|0|0|0|0"})
    report = read(made.page(requests=made.request_table(rows)))
    assert made.states(report, "requests", "refused.state_secret")["enterprise"] == cell
    assert made.codes(report) == []


def test_a_whole_row_left_blank(made, read):
    rows = made.relabelled(made.REQUESTS, figures={"not_processed.repeat": "||||||"})
    report = read(made.page(requests=made.request_table(rows)))
    assert set(made.states(report, "requests", "not_processed.repeat").values()) == {(None, "blank")}
    blank = {place: None for place in made.expected if place[1] == "not_processed.repeat"}
    assert made.values(report) == made.expected | blank
    assert made.codes(report) == []


def test_a_whole_total_column_left_blank_but_for_four_totals(made, read):
    filled = ("received_new", "carried_over", "total_closed", "carried_forward")
    figures = {
        key: "|".join([*printed.split()[:-1], ""]) for key, _, printed in made.REQUESTS_2019 if key not in filled
    }
    report = read(made.page(
        title="示例县人民政府2019年政府信息公开工作年度报告", disclosure=made.disclosure_table(made.DISCLOSURE_2019),
        requests=made.request_table(made.relabelled(made.REQUESTS_2019, figures=figures)),
    ))  # fmt: skip
    totals = {
        cell.row: (cell.value, cell.state)
        for cell in report.cells
        if cell.table == "requests" and cell.column == "total"
    }
    assert {row: total for row, total in totals.items() if row in filled} == {
        "received_new": (24, "reported"), "carried_over": (2, "reported"), "total_closed": (24, "reported"),
        "carried_forward": (2, "reported"),
    }  # fmt: skip
    assert {total for row, total in totals.items() if row not in filled} == {(None, "blank")}
    assert made.codes(report) == []


def test_a_page_published_as_a_blank_form(made, read):
    empty = {key: "||||||" for key, _, _ in made.REQUESTS}
    blocks = [
        (block, heads, [(key, label, " ".join("&nbsp;" for _ in figures.split())) for key, label, figures in rows])
        for block, heads, rows in made.DISCLOSURE
    ]
    report = read(made.page(
        requests=made.request_table(made.relabelled(made.REQUESTS, figures=empty)),
        disclosure=made.disclosure_table(blocks), reviews=made.review_table(" ".join(["&nbsp;"] * 15)),
        overview="全年无新增事项。",
    ))  # fmt: skip
    assert set(made.values(report).values()) == {None}
    assert {cell.state for cell in report.cells} == {"blank"}
    assert {(cell.table, cell.row, cell.column) for cell in report.cells} == set(made.expected)


def test_the_number_of_the_next_label_of_a_blank_form_is_no_value(made, read):
    requests = "\n".join([*made.HEADS, *(label for _, labels, _ in made.REQUESTS for label in labels[-1:])])
    assert [
        value for value in made.values(read(made.text(requests=requests), "report.txt")).values() if value is not None
    ] == []


def test_the_number_of_the_next_label_behind_a_bar_is_no_value(made, read):
    requests = "\n".join(f"{labels[-1]} | | | | | | | |" for _, labels, _ in made.REQUESTS)
    report = read(made.text(requests=" | ".join(["", *made.HEADS]) + "\n" + requests), "report.txt")
    assert [value for value in made.values(report).values() if value is not None] == []


def test_strokes_in_all_cells_but_one(made, read):
    blocks = [
        (block, heads, [(key, label, "11839" if key == "licences" else " ".join("/" for _ in figures.split())) for key, label, figures in rows])
        for block, heads, rows in made.DISCLOSURE
    ]  # fmt: skip
    report = read(made.page(disclosure=made.disclosure_table(blocks)))
    cells = {(cell.row, cell.column): (cell.value, cell.state) for cell in report.table("disclosure")}
    assert cells.pop(("licences", "decisions")) == (11839, "reported")
    assert len(cells) == 9
    assert set(cells.values()) == {(None, "not_applicable")}


def test_a_blank_cell_in_a_text_with_bars_keeps_its_neighbours_in_their_columns(made, read):
    lines = [" | ".join(["项目", *made.HEADS])]
    for key, labels, figures in made.REQUESTS:
        cells = figures.split()
        if key == "granted":
            cells[1] = ""
        lines.append(" | ".join([labels[-1], *cells]))
    report = read(made.text(requests="\n".join(lines)), "report.txt")
    assert made.states(report, "requests", "granted") == {
        "natural_person": (8, "reported"), "enterprise": (None, "blank"), "research_institute": (0, "zero"),
        "social_organization": (0, "zero"), "legal_service": (1, "reported"), "other_organization": (0, "zero"),
        "total": (10, "reported"),
    }  # fmt: skip


def test_a_blank_that_shifts_the_columns_of_a_flat_row_is_not_filled_by_guessing(made, read):
    lines = [f"{labels[-1]} {figures}" for _, labels, figures in made.REQUESTS]
    lines[2] = "（一）予以公开 8 0 0 1 0 10"  # one of seven cells left blank, which one is lost
    report = read(made.text(requests="\n".join([" ".join(made.HEADS), *lines])), "report.txt")
    got = {place: value for place, value in made.values(report).items() if value is not None}
    assert got.items() <= made.expected.items()


def lines_of(made, change):
    """One list of cells a row of the request table; `change` maps a row and its figures to other figures."""
    return [
        ["项目", *made.HEADS],
        *([labels[-1], *change(key, figures.split())] for key, labels, figures in made.REQUESTS),
    ]


def filled(report, made):
    return {place: value for place, value in made.values(report).items() if value is not None}


def requests_of(made):
    return {place: value for place, value in made.expected.items() if place[0] == "requests"}


def test_a_total_column_left_blank_between_bars(made, read):
    rows = lines_of(made, lambda key, figures: [*figures[:-1], ""])
    report = read(made.text(requests="\n".join(" | ".join(row) + " |" for row in rows)), "report.txt")
    assert filled(report, made) == {place: value for place, value in requests_of(made).items() if place[2] != "total"}
    assert {cell.state for cell in report.cells if cell.column == "total"} == {"blank"}


def test_a_whole_row_left_blank_between_bars(made, read):
    rows = lines_of(made, lambda key, figures: [""] * 7 if key == "granted" else figures)
    report = read(made.text(requests="\n".join(" | ".join(row) + " |" for row in rows)), "report.txt")
    assert filled(report, made) == {place: value for place, value in requests_of(made).items() if place[1] != "granted"}
    assert set(made.states(report, "requests", "granted").values()) == {(None, "blank")}


def test_a_whole_row_left_blank_where_a_cell_stands_on_each_line(made, read):
    rows = lines_of(made, lambda key, figures: [] if key == "granted" else figures)
    report = read(made.text(requests="\n".join(cell for row in rows for cell in row)), "report.txt")
    assert filled(report, made) == {place: value for place, value in requests_of(made).items() if place[1] != "granted"}


def test_a_total_column_lost_where_a_cell_stands_on_each_line_moves_no_figure(made, read):
    rows = lines_of(made, lambda key, figures: figures[:-1])
    report = read(made.text(requests="\n".join(cell for row in rows for cell in row)), "report.txt")
    assert filled(report, made).items() <= requests_of(made).items()


def test_blanks_lost_here_and_there_where_a_cell_stands_on_each_line_move_no_figure(made, read):
    # Noughts are printed as nothing, as many offices do.
    rows = lines_of(made, lambda key, figures: [figure for figure in figures if figure != "0"])
    report = read(made.text(requests="\n".join(cell for row in rows for cell in row)), "report.txt")
    assert filled(report, made).items() <= requests_of(made).items()


def test_noughts_printed_as_nothing_between_bars_are_blank(made, read):
    rows = lines_of(made, lambda key, figures: ["" if figure == "0" else figure for figure in figures])
    report = read(made.text(requests="\n".join(" | ".join(row) + " |" for row in rows)), "report.txt")
    assert filled(report, made) == {place: value for place, value in requests_of(made).items() if value}


def test_noughts_printed_as_nothing_on_a_web_page_are_blank(made, read):
    rows = [
        (key, labels, "|".join("" if one == "0" else one for one in figures.split()))
        for key, labels, figures in made.REQUESTS
    ]
    report = read(made.page(requests=made.request_table(rows)))
    assert {place: value for place, value in filled(report, made).items() if place[0] == "requests"} == {
        place: value for place, value in requests_of(made).items() if value
    }
    assert made.codes(report) == []


def test_a_review_row_with_lost_blanks_is_not_guessed(made, read):
    reviews = "行政复议 行政诉讼\n" + " ".join(made.OUTCOME_HEADS * 3) + "\n2 1 1 4 1 1"
    assert made.values(read(made.text(reviews=reviews), "report.txt")) == {}


def test_a_review_table_of_strokes(made, read):
    report = read(made.page(reviews=made.review_table(" ".join(["/"] * 15))))
    assert {(cell.value, cell.state) for cell in report.table("reviews")} == {(None, "not_applicable")}
    assert len(report.table("reviews")) == 15
