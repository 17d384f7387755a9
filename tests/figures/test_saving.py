import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib import pyplot as plt

import govreport_kit
from govreport_kit.errors import UnknownKeyError
from govreport_kit.figures import outcome_composition, rate_intervals, save

ROOT = Path(govreport_kit.__file__).parents[1]

DRAW = """
import sys
import matplotlib
matplotlib.use("Agg")
from govreport_kit import load_corpus, rate
from govreport_kit.figures import outcome_composition, rate_intervals, save
corpus = load_corpus().select(year=[2023, 2024, 2025])
save(outcome_composition(corpus, by="level", lang="zh"), "outcomes", sys.argv[1])
save(rate_intervals(rate(corpus, "refusal_rate", by="year")), "refusal", sys.argv[1])
"""


def hashes(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_the_same_bytes_in_every_process_and_folder(tmp_path):
    for name, seed, zone in (("one", "1", "UTC"), ("two", "20", "Asia/Shanghai")):
        (tmp_path / name).mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-W", "error", "-c", DRAW, str(tmp_path / name / "figures")]
        subprocess.run(command, check=True, env=environment, cwd=tmp_path / name)
    one = hashes(tmp_path / "one" / "figures")
    assert sorted(one) == [
        f"{name}.{kind}" for name in ("outcomes", "refusal") for kind in "csv json pdf png svg".split()
    ]
    assert one == hashes(tmp_path / "two" / "figures")


def test_files_data_and_manifest(corpus, tmp_path):
    files = save(outcome_composition(corpus, by="year"), "outcomes", tmp_path / "new" / "folder")
    assert list(files) == ["pdf", "svg", "png", "csv", "json"]
    assert all(path.is_file() for path in files.values())
    data = pd.read_csv(files["csv"])
    assert data.loc[data["year"] == 2023, "count"].tolist() == [50, 4, 6, 32, 8, 0]
    manifest = json.loads(files["json"].read_text("utf-8"))
    assert manifest["schema"] == "govreport-figure/1"
    (plot,) = manifest["plots"]
    assert plot["kind"] == "outcome_composition"
    assert plot["reports"] == ["2023/甲", "2023/乙", "2025/甲"]
    assert plot["definitions"]["refused"].startswith("refused / (granted + ")
    assert manifest["made_with"] == {"govreport-kit": govreport_kit.__version__, "matplotlib": mpl.__version__}
    assert manifest["size_mm"][0] == 89.0
    written = {file["name"]: file["sha256"] for file in manifest["files"]}
    assert written == {
        name: digest for name, digest in hashes(tmp_path / "new" / "folder").items() if "json" not in name
    }


def test_rates_keep_their_definition(rates, tmp_path):
    manifest = json.loads(save(rate_intervals(rates), "rates", tmp_path, formats=["svg"])["json"].read_text("utf-8"))
    (plot,) = manifest["plots"]
    assert plot["definitions"] == {"refusal_rate": "refused / total_closed"}
    assert plot["title"] == "Refusal rate: refused, of all closed"
    assert plot["reports"] is None


def test_pdf_embeds_truetype_and_nothing_else(corpus, tmp_path):
    pdf = save(outcome_composition(corpus, lang="zh"), "f", tmp_path, formats=["pdf"])["pdf"].read_bytes()
    assert b"/FontFile2" in pdf
    assert b"/Type3" not in pdf
    assert set(re.findall(rb"/BaseFont /[A-Z]{6}\+([\w-]+)", pdf)) == {b"GovReportSansSC-Regular"}
    assert b"CreationDate" not in pdf
    assert zlib.decompress(re.search(rb"FlateDecode.*?stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)[1])


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="poppler is not installed")
def test_poppler_finds_no_fault_in_the_fonts(corpus, tmp_path):
    pdf = save(outcome_composition(corpus, lang="zh"), "f", tmp_path, formats=["pdf"])["pdf"]
    told = subprocess.run(["pdffonts", pdf], check=True, capture_output=True, text=True)
    assert told.stderr == ""
    assert "CID TrueType" in told.stdout


def test_svg_holds_paths_and_no_date(corpus, tmp_path):
    svg = save(outcome_composition(corpus), "f", tmp_path, formats=["svg"])["svg"].read_text("utf-8")
    assert "<text" not in svg
    assert "dc:date" not in svg


def test_png_is_as_wide_as_the_paper_asks(corpus, tmp_path):
    ax = outcome_composition(corpus)
    png = plt.imread(save(ax, "f", tmp_path, formats=["png"], dpi=600)["png"])
    assert png.shape[1] == int(89 / 25.4 * 600)


def test_axes_and_figure_are_the_same(corpus, tmp_path):
    ax = outcome_composition(corpus)
    save(ax, "f", tmp_path / "axes")
    save(ax.figure, "f", tmp_path / "figure")
    assert hashes(tmp_path / "axes") == hashes(tmp_path / "figure")


def test_several_plots_on_a_figure(corpus, rates, tmp_path):
    figure, axes = plt.subplots(1, 2, figsize=(9, 3), layout="constrained")
    outcome_composition(corpus, ax=axes[0])
    rate_intervals(rates, ax=axes[1])
    files = save(figure, "two", tmp_path, formats=["png"])
    assert [path.name for path in files.values()] == ["two.png", "two-1.csv", "two-2.csv", "two.json"]
    assert [plot["kind"] for plot in json.loads(files["json"].read_text("utf-8"))["plots"]] == [
        "outcome_composition",
        "rate_intervals",
    ]


def test_data_of_another_figure(tmp_path):
    figure, _ = plt.subplots()
    assert list(save(figure, "bare", tmp_path, formats=["png"])) == ["png", "json"]
    data = pd.DataFrame({"x": [-1.5, 0.1 + 0.2], "=note": ["=1+1", "示例"], "kind": pd.Categorical(["-a", None])})
    path = save(figure, "mine", tmp_path, formats=[], data=data)["csv"]
    with path.open(encoding="utf-8", newline="") as lines:
        assert list(csv.reader(lines)) == [
            ["x", "'=note", "kind"],
            ["-1.5", "'=1+1", "'-a"],
            ["0.30000000000000004", "示例", ""],
        ]


@pytest.mark.parametrize("name", ["", "a/b", "..", "a\\b", "/a"])
def test_a_name_is_no_path(corpus, tmp_path, name):
    with pytest.raises(ValueError, match="no plain file name"):
        save(outcome_composition(corpus), name, tmp_path / "figures")
    assert not (tmp_path / "figures").exists()


def test_an_unknown_format_is_refused_before_anything_is_written(corpus, tmp_path):
    with pytest.raises(UnknownKeyError, match="no format of figures 'jpg'"):
        save(outcome_composition(corpus), "f", tmp_path / "figures", formats=["jpg"])
    assert not (tmp_path / "figures").exists()


def test_users_settings_do_not_change_the_files(corpus, tmp_path):
    ax = outcome_composition(corpus, lang="zh")
    save(ax, "f", tmp_path / "plain")
    with mpl.rc_context({"savefig.bbox": "tight", "svg.fonttype": "none", "pdf.fonttype": 3, "font.family": ["serif"]}):
        before = mpl.rcParams.copy()
        save(ax, "f", tmp_path / "other")
        assert mpl.rcParams == before
    assert hashes(tmp_path / "plain") == hashes(tmp_path / "other")


def test_nothing_is_told_of_fonts_where_a_library_has_turned_on_such_notes(rates, tmp_path, caplog):
    caplog.set_level("INFO")
    save(rate_intervals(rates, lang="zh"), "rates", tmp_path, formats=["pdf"])
    assert [record.name for record in caplog.records if record.name.startswith("fontTools")] == []
