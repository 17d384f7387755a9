"""A thousand hostile texts come back from every format as they went in, or as the documentation says."""

import csv
import io
import itertools
import re
import zipfile

import openpyxl
import pandas as pd
import pyreadstat
import pytest
from frictionless import Resource

import govreport_kit as gk
from govreport_kit.exporting import TextChangedWarning

LONG = "很长的文字" * 8_000  # 40,000 characters, 120,000 bytes

BEGINNINGS = (
    "", "=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''=2", '=HYPERLINK("http://x","y")',
    "<r>", "<b>&amp;", "_x0041_", "nan", "NA", "NULL", "None", "#N/A", "007", "1e5", "2024-01-01", "TRUE", "  blanks",
    'say "yes"', "a,b;c\td", "a\x00b", "\x01\x08\x1f", "\u202eRTL\u202c عربى", "👩‍👩‍👧🇨🇳", "\\n\\%${}_^~#&",
    "\ufeffmark", "line\nbreak", "carriage\rreturn", "both\r\nof them", "\u2028\u2029\x85", "--", "``''", "[x]*", "行政机关",
    "\ufffe\uffff",
)  # fmt: skip
ENDINGS = (
    "", "!", "'", '"', "\n", "\r\n", "\t", " ", "  ", ",", ";", "\\", "</r>", "&", "%", "=", "\x00", "é", "e\u0301", "的",
    "😀", "\u200f", "\u200b", "}", "[",
)  # fmt: skip

TEXTS = [beginning + ending for beginning, ending in itertools.product(BEGINNINGS, ENDINGS)]


def without_nul(text):
    return text.replace("\x00", "\ufffd")


def for_excel(text):
    text = re.sub(r"\r\n?", "\n", text)
    return "".join("\ufffd" if (char < " " and char not in "\t\n") or char in "\ufffe\uffff" else char for char in text)


def for_spss(text):
    return without_nul(text).rstrip(" ")


FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@pytest.fixture
def frame():
    return pd.DataFrame({"number": pd.array(range(len(TEXTS)), "Int64"), "text": pd.array(TEXTS, "str")})


def write(frame, path, **options):
    with pytest.warns(TextChangedWarning, match=r"\d+ texts were changed \(\w+\): "):
        gk.export(frame, path, **options)
    return path


def unescape(text):
    """Take back the apostrophe, as the documentation of `export` says."""
    return re.sub(r"^'('*[=+\-@\t\r\n])", r"\1", text)


def test_there_are_a_thousand_different_texts():
    assert len(set(TEXTS)) == 1_000


def test_parquet_changes_nothing(frame, tmp_path):
    gk.export(frame, tmp_path / "x.parquet")
    assert pd.read_parquet(tmp_path / "x.parquet")["text"].tolist() == TEXTS


def test_csv_is_read_back_by_the_standard_library(frame, tmp_path):
    raw = write(frame, tmp_path / "x.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    head, *lines = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    assert head == ["number", "text"]
    assert [unescape(text) for _, text in lines] == [without_nul(text) for text in TEXTS]
    assert not [text for _, text in lines if text.startswith(FORMULA)]


def test_csv_is_read_back_by_pandas(frame, tmp_path):
    path = write(frame, tmp_path / "x.csv", safe=False)
    read = pd.read_csv(path, encoding="utf-8-sig", keep_default_na=False)
    assert read["text"].tolist() == [without_nul(text) for text in TEXTS]


def test_zip_holds_the_same_csv(frame, tmp_path):
    single = write(frame, tmp_path / "x.csv").read_bytes()
    with zipfile.ZipFile(write(frame, tmp_path / "x.zip")) as archive:
        assert archive.namelist() == ["data.csv", "codebook.csv"]
        assert archive.read("data.csv") == single


def test_excel_is_read_back_by_openpyxl_and_holds_no_formula(frame, tmp_path):
    book = openpyxl.load_workbook(write(frame, tmp_path / "x.xlsx"))
    cells = [row[1] for row in book["data"].iter_rows(min_row=2)]
    assert [cell.value or "" for cell in cells] == [for_excel(text) for text in TEXTS]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n"}
    assert not any(cell.hyperlink for cell in cells)
    assert book["data"].freeze_panes == "A2"


@pytest.mark.parametrize("texts", [TEXTS, [LONG, *TEXTS[1:]]], ids=["str", "strL"])
def test_stata_is_read_back_by_pandas_and_readstat(tmp_path, texts):
    path = write(pd.DataFrame({"text": pd.array(texts, "str")}), tmp_path / "x.dta")
    expected = [without_nul(text) for text in texts]
    assert pd.read_stata(path)["text"].tolist() == expected
    assert pyreadstat.read_dta(str(path))[0]["text"].tolist() == expected


def test_spss_is_read_back_by_readstat(frame, tmp_path):
    path = write(frame, tmp_path / "x.sav")
    read, _ = pyreadstat.read_sav(str(path))
    assert read["text"].tolist() == [for_spss(text) for text in TEXTS]


def test_a_data_package_is_read_back_by_frictionless(tmp_path):
    corpus = gk.Corpus.from_reports([])
    ids = pd.array([f"2024/{number}" for number in range(len(TEXTS))], "str")
    reports = corpus.reports.reindex(range(len(TEXTS))).assign(
        report_id=ids, title=pd.array(TEXTS, "str"), scope="unknown", complete=True, copy=False
    )
    write(reports, tmp_path / "datapackage.json")
    rows = Resource(path=str(tmp_path / "reports.csv"), encoding="utf-8").read_rows()
    titles = [unescape(row["title"] or "") for row in rows]
    assert titles == [without_nul(text) for text in TEXTS]


LATEX = {
    r"\textbackslash{}": "\\", r"\textasciitilde{}": "~", r"\textasciicircum{}": "^", r"\textless{}": "<",
    r"\textgreater{}": ">", r"\textbar{}": "|", r"\textasciigrave{}": "`", "{[}": "[", "{*}": "*", "{}": "",
    r"\&": "&", r"\%": "%", r"\$": "$", r"\#": "#", r"\_": "_", r"\{": "{", r"\}": "}",
}  # fmt: skip


def test_latex_prints_each_text_in_one_cell(frame, tmp_path):
    gk.export(frame, tmp_path / "x.tex")
    lines = (tmp_path / "x.tex").read_text("utf-8").split("\n")
    rows = lines[lines.index(r"\midrule") + 1 : lines.index(r"\bottomrule")]
    printed = re.compile("|".join(re.escape(key) for key in sorted(LATEX, key=len, reverse=True)))
    cells = [row.removesuffix(r" \\").split(" & ", 1)[1] for row in rows]
    assert [printed.sub(lambda found: LATEX[found[0]], cell) for cell in cells] == [
        re.sub("[\x00-\x20\x7f\x85\u2028\u2029]+", " ", text) for text in TEXTS
    ]
    assert not [cell for cell in cells if re.search(r"(?<!\\)[&%$#_]|^[\[*]|--|''|``", cell)]


def test_excel_and_spss_cut_what_is_too_long_and_say_so(tmp_path):
    emoji = "😀" * 20_000  # two units of UTF-16 each
    frame = pd.DataFrame({"text": pd.array([LONG, emoji], "str")})
    book = openpyxl.load_workbook(write(frame, tmp_path / "x.xlsx"))
    long, faces = [row[0].value for row in book["data"].iter_rows(min_row=2)]
    assert long == LONG[:32_766] + "…"
    assert faces == "😀" * 16_383 + "…"
    read, _ = pyreadstat.read_sav(str(write(frame, tmp_path / "x.sav")))
    assert read["text"][0] == LONG[:10_921] + "…"  # 3 bytes a character, 32,767 in all
