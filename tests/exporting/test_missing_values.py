"""What is missing stays missing in every format: never 0, never a text such as nan."""

import csv
import io

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyreadstat
import pytest

import govreport_kit as gk

LEVELS = list(gk.codebook.levels)


@pytest.fixture
def frame():
    return pd.DataFrame(
        {
            "received_new": pd.array([5, None, 0], "Int64"),
            "on_time_rate": pd.array([99.5, None, 0.0], "Float64"),
            "complete": pd.array([True, None, False], "boolean"),
            "published": pd.to_datetime(pd.Series(["2024-01-31", None, "2020-02-29"])).dt.as_unit("s"),
            "level": pd.Categorical(["county", None, "ministry"], LEVELS),
            "agency": pd.array(["示例县人民政府", None, ""], "str"),
            "plain": [1.5, float("nan"), 0.0],
        }
    )


def test_csv(frame, tmp_path):
    gk.export(frame, tmp_path / "x.csv")
    text = (tmp_path / "x.csv").read_text("utf-8-sig")
    assert text.splitlines() == [
        '"received_new","on_time_rate","complete","published","level","agency","plain"',
        '5,99.5,true,2024-01-31,"county","示例县人民政府",1.5',
        ",,,,,,",
        '0,0,false,2020-02-29,"ministry","",0',
    ]
    assert list(csv.reader(io.StringIO(text)))[2] == [""] * 7


def test_parquet(frame, tmp_path):
    gk.export(frame, tmp_path / "x.parquet", lang="zh")
    table = pq.read_table(tmp_path / "x.parquet")
    assert table.slice(1, 1).to_pylist() == [dict.fromkeys(frame.columns)]
    assert table.slice(2, 1).to_pylist()[0]["agency"] == ""
    assert table.schema.field("level").metadata[b"description"].decode() == "机关层级"


def test_stata(frame, tmp_path):
    gk.export(frame, tmp_path / "x.dta")
    for read in (
        pd.read_stata(tmp_path / "x.dta", convert_categoricals=False),
        pyreadstat.read_dta(str(tmp_path / "x.dta"))[0],
    ):
        for name in ("received_new", "on_time_rate", "complete", "level", "plain"):
            assert read[name].isna().tolist() == [False, True, False], name
        assert [float(read[name][2]) for name in ("received_new", "on_time_rate", "complete", "plain")] == [0] * 4
        assert (float(read["received_new"][0]), float(read["complete"][0])) == (5, 1)
        assert read["agency"].tolist() == ["示例县人民政府", "", ""]
        assert pd.to_datetime(read["published"]).dt.strftime("%Y-%m-%d").tolist()[::2] == ["2024-01-31", "2020-02-29"]
        assert pd.isna(read["published"][1])
        assert [int(code) for code in read["level"].dropna()] == [4, 1]


def test_spss(frame, tmp_path):
    gk.export(frame, tmp_path / "x.sav", lang="zh")
    read, meta = pyreadstat.read_sav(str(tmp_path / "x.sav"))
    for name in ("received_new", "on_time_rate", "complete", "published", "level", "plain"):
        assert read[name].isna().tolist() == [False, True, False], name
    assert read["received_new"].tolist()[::2] == [5, 0]
    assert read["agency"].tolist() == ["示例县人民政府", "", ""]
    assert [str(date) for date in read["published"].dropna()] == ["2024-01-31", "2020-02-29"]
    assert meta.variable_value_labels["level"][4] == "县级政府"
    assert meta.column_names_to_labels["received_new"] == "申请总计：本年新收政府信息公开申请数量（件）"


def test_excel(frame, tmp_path):
    gk.export(frame, tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    name, _ = book.sheetnames
    head, first, second, third = [[cell.value for cell in row] for row in book[name].iter_rows()]
    assert head == list(frame.columns)
    assert first[:3] == [5, 99.5, True]
    assert f"{first[3]:%Y-%m-%d}" == "2024-01-31"
    assert second == [None] * 7
    assert third[:3] == [0, 0, False]
    assert book[name]["F4"].value in ("", None)


def test_latex(frame, tmp_path):
    gk.export(frame, tmp_path / "x.tex")
    lines = (tmp_path / "x.tex").read_text("utf-8").splitlines()
    rows = lines[lines.index(r"\midrule") + 1 : lines.index(r"\bottomrule")]
    assert rows[1] == " & ".join(["-{}-"] * 7) + r" \\"
    assert rows[2] == r"0 & 0 & no & 2020-02-29 & department of the State Council &  & 0 \\"


@pytest.mark.parametrize("ending", ["dta", "sav", "xlsx", "csv", "parquet", "tex", "R"])
def test_a_frame_without_rows_and_a_column_without_values_can_be_written(frame, tmp_path, ending):
    gk.export(frame.iloc[:0], tmp_path / f"rows.{ending}")
    gk.export(frame.assign(agency=None, note=pd.NA), tmp_path / f"values.{ending}")
