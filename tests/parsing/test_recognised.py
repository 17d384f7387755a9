from govreport_kit.documents import Document, Grid, GridCell
from govreport_kit.parsing.recognised import as_far_as_certain, known_label


def test_misread_labels_are_spelled_as_the_form_has_them():
    assert known_label("1.值访举报投诉类申请") == "信访举报投诉类申请"
    assert known_label("(一)子以公开") == "予以公开"


def test_labels_that_are_known_and_words_unlike_any_stay_as_they_are():
    for label in ("4.无正当理由大量反复中请", "（七）总计", "示例县人民政府", "乙"):
        assert known_label(label) == label


def test_doubtful_figures_are_blotted_in_the_text_but_stay_in_their_cells():
    text = "予以公开\t38\t"
    cells = (GridCell(0, 0, 1, 1, "予以公开", 0, 4, 1, None, 0.5), GridCell(0, 1, 1, 1, "38", 5, 7, 1, None, 0.5))
    document = Document(text, (Grid((cells,), 0, 8),), "p", "", "image/png")
    seen = as_far_as_certain(document)
    assert seen.text == "予以公开\t\ufffd\ufffd\t"
    assert seen.grids[0].rows[0][1].text == "38"


def test_a_document_without_pictures_is_the_same_document():
    document = Document("38", (Grid(((GridCell(0, 0, 1, 1, "38", 0, 2),),), 0, 2),), "p", "", "text/html")
    assert as_far_as_certain(document) is document
