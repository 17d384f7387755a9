"""A real published report rendered to pictures, against figures read by hand."""

import io
import json

import pypdfium2
import pytest
from PIL import Image

from govreport_kit import read_report
from govreport_kit.documents import reads_pictures
from govreport_kit.documents.limits import Limits

pytestmark = pytest.mark.skipif(not reads_pictures(), reason="the extra ocr is not installed")
NAME = "2023_hongze-qu"


def rendered(file, scale, **saved):
    """The pages as one TIFF file; each was saved and opened again before."""
    frames = []
    document = pypdfium2.PdfDocument(file)
    for page in document:
        target = io.BytesIO()
        page.render(scale=scale).to_pil().convert("RGB").save(target, **saved)
        frames.append(Image.open(target).convert("RGB"))
    document.close()
    target = io.BytesIO()
    frames[0].save(target, "TIFF", save_all=True, append_images=frames[1:], compression="tiff_deflate")
    return target.getvalue()


@pytest.mark.parametrize(
    ("scale", "saved", "least"),
    [(150 / 72, {"format": "PNG"}, 0.995), (1, {"format": "JPEG", "quality": 40}, 0.93)],
    ids=["150 dpi", "72 dpi, JPEG 40"],
)
def test_nearly_every_cell_is_read_and_none_wrong(shared, tmp_path, scale, saved, least):
    original = shared / "eval" / "dev" / f"{NAME}.pdf"
    label = json.loads(original.with_suffix(".json").read_text("utf-8"))
    expected = {
        (table, row, column): value
        for table, rows in label["tables"].items()
        for row, columns in rows.items()
        for column, value in columns.items()
        if not isinstance(value, str)
    }
    file = tmp_path / f"{NAME}.tif"
    file.write_bytes(rendered(original, scale, **saved))
    report = read_report(file, limits=Limits(most_seconds=600))  # several processes may share the processor
    cells = {(c.table, c.row, c.column): c.value for c in report.cells if c.source == "table" and c.value is not None}
    assert {place: value for place, value in cells.items() if value != expected.get(place)} == {}
    assert len(cells) >= least * len(expected)
    # The published totals of the reviews do not hold; they are no misreadings and stay.
    assert cells["reviews", "reconsideration", "total"] == 0
    assert "identity_fails" in {note.code for note in report.notes}
    assert report.corrections == ()
    facts = {(fact.indicator, fact.value) for fact in report.facts}
    assert facts <= {(fact["indicator"], fact["value"]) for fact in label["facts"]}
