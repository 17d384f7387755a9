import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyreadstat
import pytest
from pandas.testing import assert_frame_equal

import govreport_kit as gk
from govreport_kit.corpus.frames import FRAMES
from govreport_kit.errors import ExportError, MissingExtraError, UnknownKeyError
from govreport_kit.exporting.names import short_names

ROOT = Path(gk.__file__).parents[1]


@pytest.fixture(scope="module")
def corpus():
    return gk.load_corpus().select(year=[2023, 2024])


@pytest.fixture(scope="module")
def panel(corpus):
    return corpus.panel()


def test_one_table_of_a_corpus_is_its_panel(corpus, panel, tmp_path):
    assert gk.export(corpus, tmp_path / "new" / "panel.parquet") == [tmp_path / "new" / "panel.parquet"]
    read = pd.read_parquet(tmp_path / "new" / "panel.parquet")
    assert list(read) == list(panel)
    assert read["received_new"].isna().sum() == panel["received_new"].isna().sum() > 0
    assert read["received_new"].sum() == panel["received_new"].sum()


def test_several_tables_of_a_corpus_are_the_panel_and_every_frame(corpus, tmp_path):
    gk.export(corpus, tmp_path / "all.xlsx")
    assert openpyxl.load_workbook(tmp_path / "all.xlsx", read_only=True).sheetnames == ["panel", *FRAMES, "codebook"]
    names = [path.name for path in gk.export(corpus, tmp_path / "folder")]
    assert names == ["panel.csv", *(f"{name}.csv" for name in FRAMES), "codebook.csv"]


def test_the_sheet_codebook_tells_every_column_and_key(corpus, tmp_path):
    gk.export(corpus, tmp_path / "x.xlsx", what=["requests", "panel"], lang="zh")
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["codebook"]
    rows = {(row[0], row[1]): row[2:] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert len(rows) == 8 + len(corpus.panel().columns)
    kind, label, values = rows["requests", "source"]
    assert (kind, label, values) == ("category", "来源", "table = 表格; narrative = 正文; derived = 推算")


def test_named_frames_are_written(corpus, tmp_path):
    gk.export(corpus, tmp_path / "x.parquet", what="requests")
    assert pq.read_metadata(tmp_path / "x.parquet").num_rows == len(corpus.requests)
    gk.export(corpus, tmp_path / "verdicts.csv", what="verdicts")
    gk.export(corpus, tmp_path / "two.zip", what=["reports", "facts"])


def test_what_cannot_be_written_is_told_before_anything_is(corpus, panel, tmp_path):
    with pytest.raises(ExportError, match=r"holds one frame, asked for were \['reports', 'facts'\]; .*\.xlsx"):
        gk.export(corpus, tmp_path / "x.dta", what=["reports", "facts"])
    with pytest.raises(UnknownKeyError, match="requests"):
        gk.export(corpus, tmp_path / "x.dta", what="request")
    with pytest.raises(ExportError, match="single frame"):
        gk.export(panel, tmp_path / "x.dta", what="panel")
    with pytest.raises(ExportError, match=r"'x.doc': no format has this ending; there are \.dta, \.sav"):
        gk.export(panel, tmp_path / "x.doc")
    with pytest.raises(UnknownKeyError, match="language 'fr'"):
        gk.export(panel, tmp_path / "x.dta", lang="fr")
    with pytest.raises(ExportError, match="more than one column of the name year"):
        gk.export(panel[["year", "year"]], tmp_path / "x.dta")
    with pytest.raises(ExportError, match="several levels"):
        gk.export(panel.groupby("year")[["granted"]].agg(["sum", "max"]), tmp_path / "x.csv")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", ["dta", "sav", "xlsx"])
def test_numbers_which_a_format_would_round_are_refused(tmp_path, ending):
    frame = pd.DataFrame({"n": pd.array([1, None, 2**53 - 1, 2**53 + 1], "Int64")})
    with pytest.raises(ExportError, match=r"'n' holds whole numbers of 2\*\*53 or more \(rows 3\)"):
        gk.export(frame, tmp_path / f"x.{ending}")
    with pytest.raises(ExportError, match="infinite"):
        gk.export(pd.DataFrame({"x": [1.0, np.inf]}), tmp_path / f"x.{ending}")
    gk.export(frame.iloc[:3], tmp_path / f"x.{ending}")
    gk.export(frame, tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_text("utf-8-sig").split() == ['"n"', "1", "9007199254740991", "9007199254740993"]


def test_more_rows_than_a_sheet_has_are_refused(tmp_path):
    with pytest.raises(ExportError, match="1,048,576 rows"):
        gk.export(pd.DataFrame({"x": np.zeros(1_048_576, "int8")}), tmp_path / "x.xlsx")


def test_the_index_of_a_frame_is_kept_where_it_has_a_name(tmp_path):
    frame = pd.DataFrame({"year": [2023, 2024, 2023], "n": [1, 2, 3]})
    gk.export(frame.groupby("year").sum(), tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_text("utf-8-sig") == '"year","n"\n2023,4\n2024,2\n'


@pytest.mark.parametrize(("module", "ending"), [("pyreadstat", "sav"), ("xlsxwriter", "xlsx")])
def test_a_missing_library_is_named_with_the_command_that_installs_it(panel, tmp_path, monkeypatch, module, ending):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=rf"\.{ending} needs {module} .*pip install 'govreport-kit\[export\]'"):
        gk.export(panel, tmp_path / f"x.{ending}")


@pytest.fixture(scope="module")
def stata(corpus, tmp_path_factory):
    path = tmp_path_factory.mktemp("stata") / "panel.dta"
    gk.export(corpus, path, lang="zh")
    return path


def test_stata_holds_every_figure_of_the_panel(stata, panel):
    read = pd.read_stata(stata, convert_categoricals=False)
    names = short_names(panel.columns)
    assert list(read) == list(names.values())
    for column in panel.select_dtypes("number"):
        written = panel[column].astype("Float64")
        assert read[names[column]].astype("Float64").tolist() == written.tolist(), column


def test_stata_and_spss_hold_the_same(stata, corpus, tmp_path):
    gk.export(corpus, tmp_path / "panel.sav", lang="zh")
    spss, spss_meta = pyreadstat.read_sav(str(tmp_path / "panel.sav"))
    dta, dta_meta = pyreadstat.read_dta(str(stata))
    assert list(spss) == list(dta)
    figures = [name for name in spss if spss[name].dtype == "float64"]
    assert len(figures) > 90
    assert_frame_equal(spss[figures].astype("float64"), dta[figures].astype("float64"))
    assert spss_meta.column_names_to_labels == dta_meta.column_names_to_labels


def test_labels_are_chinese_and_keys_are_numbers_with_labels(stata, corpus):
    with pd.read_stata(stata, iterator=True) as reader:
        labels, values = reader.variable_labels(), reader.value_labels()
    assert labels["level"] == "机关层级"
    assert labels["total_closed"] == "申请总计：总计（件）"
    assert values["level"][4] == "县级政府"
    assert values["form"] == {
        1: "2021年修订格式",
        2: "2019年试行格式",
        3: "2014年政府信息公开情况统计表",
        4: "地方自定格式",
    }
    read = pd.read_stata(stata)
    assert (read["level"] == "县级政府").sum() == (corpus.reports["level"] == "county").sum() > 0


def test_the_file_says_version_118_and_no_time_of_today(stata):
    assert b"<release>118</release>" in stata.read_bytes()[:200]
    assert b"01 Jan 2000" in stata.read_bytes()[:500]


@pytest.mark.parametrize("frame", [*FRAMES, "verdicts"])
def test_every_frame_reads_back_with_its_figures_and_labels(corpus, tmp_path, frame):
    for ending in ("dta", "sav"):
        gk.export(corpus, tmp_path / f"x.{ending}", what=frame)
    expected = getattr(corpus, frame)
    names = short_names(expected.columns)
    for read, meta in (pyreadstat.read_dta(str(tmp_path / "x.dta")), pyreadstat.read_sav(str(tmp_path / "x.sav"))):
        assert list(read) == list(names.values())
        assert all(meta.column_names_to_labels.values())
        for column in expected.select_dtypes("number"):
            figures = read[names[column]].astype("Float64").tolist()
            assert figures == expected[column].astype("Float64").tolist(), column


def test_a_key_that_is_not_in_the_vocabulary_stays_a_text(tmp_path):
    gk.export(pd.DataFrame({"level": ["county", "moon"], "year": [1, 2]}), tmp_path / "x.dta")
    assert pd.read_stata(tmp_path / "x.dta")["level"].tolist() == ["county", "moon"]


def test_times_and_days_of_long_ago_are_kept(tmp_path):
    frame = pd.DataFrame(
        {
            "at": pd.to_datetime(["2024-01-31 12:30:00", None]).as_unit("s"),
            "day": pd.array(["1024-02-03", "1900-03-01"], "datetime64[s]"),
        }
    )
    for ending in ("dta", "sav", "xlsx"):
        gk.export(frame, tmp_path / f"x.{ending}")
    stata, spss = pd.read_stata(tmp_path / "x.dta"), pyreadstat.read_sav(str(tmp_path / "x.sav"))[0]
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets[0]
    for at, day in ((stata["at"], stata["day"]), (spss["at"], spss["day"]), ([sheet["A2"].value], [sheet["B2"].value])):
        assert str(at[0]) == "2024-01-31 12:30:00"
        assert str(day[0]).removesuffix(" 00:00:00") == "1024-02-03"
    assert stata["at"].isna().tolist() == spss["at"].isna().tolist() == [False, True]
    assert f"{sheet['B3'].value:%Y-%m-%d}" == "1900-03-01"
    with pytest.raises(ExportError, match="time zone"):
        gk.export(pd.DataFrame({"at": pd.to_datetime(["2024-01-31T12:30Z"])}), tmp_path / "x.dta")


def test_objects_get_the_type_of_what_they_hold_or_become_texts(tmp_path):
    frame = pd.DataFrame({"n": pd.Series([1, None], dtype=object), "list": [[1, 2], None], "empty": [None, None]})
    gk.export(frame, tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_text("utf-8-sig") == '"n","list","empty"\n1,"[1, 2]",\n,,\n'
    gk.export(frame, tmp_path / "x.tex")
    assert r"1 & {[}1, 2] & -{}- \\" in (tmp_path / "x.tex").read_text("utf-8")
    with pytest.raises(ExportError, match="half a character"):
        gk.export(pd.DataFrame({"text": pd.Series(["a", "\ud83d"], dtype=object)}), tmp_path / "x.dta")


@pytest.mark.parametrize("ending", ["dta", "sav", "xlsx", "csv", "zip", "parquet", "tex", "R"])
def test_a_frame_of_rates_and_one_of_findings_are_written(corpus, tmp_path, ending):
    gk.export(gk.rate(corpus, "refusal_rate", by=["level", "year"]), tmp_path / f"rates.{ending}")
    gk.export(gk.audit(corpus), tmp_path / f"findings.{ending}")


def test_rates_know_their_labels(corpus, tmp_path):
    gk.export(gk.rate(corpus, "refusal_rate", by="level"), tmp_path / "x.dta", lang="zh")
    with pd.read_stata(tmp_path / "x.dta", iterator=True) as reader:
        labels = reader.variable_labels()
    assert {"level": "机关层级", "n": "分母", "low": "区间下限"}.items() <= labels.items()


def test_a_column_of_a_frame_of_ones_own_is_not_taken_for_one_of_the_kit(tmp_path):
    frame = pd.DataFrame({"n": [1, 2], "level": ["high", "low"], "rate": [0.5, 1.0], "year": [2023, 2024]})
    gk.export(frame, tmp_path / "x.dta")
    with pd.read_stata(tmp_path / "x.dta", iterator=True) as reader:
        labels = reader.variable_labels()
    assert {name: labels[name] for name in ("n", "level", "rate")} == {"n": "n", "level": "level", "rate": "rate"}


def test_a_table_of_rates_tells_counts_interval_definition_and_unit(tmp_path):
    mean = next(key for key, metric in gk.codebook.metrics.items() if metric.kind == "mean")
    rates = gk.rate(gk.load_corpus(), ["suggestion_adoption", mean])
    gk.export(rates, tmp_path / "x.tex")
    lines = (tmp_path / "x.tex").read_text("utf-8").splitlines()
    assert lines[3] == r"rate & k & n & value & interval & reports \\"
    assert lines[5] == (r"suggestions adopted, of suggestions received & 18 & 40 & 45.0\% & 30.7\% to 60.2\% & 1 \\")
    assert f"({gk.codebook.metrics[mean].unit})" in lines[6]
    assert "% suggestions adopted" in lines[-2]
    assert "suggestions\\_adopted / suggestions\\_received" in lines[-2]


def test_the_columns_of_every_result_have_words_in_both_languages(tmp_path):
    corpus = gk.load_corpus().select(year=2024)
    results = {
        "bounds": gk.bounds(corpus, "refusal_rate"),
        "components": gk.components(corpus, "refusal_rate"),
        "summary": corpus.summary("level"),
    }
    for name, frame in results.items():
        heads = {}
        for lang in ("en", "zh"):
            gk.export(frame, tmp_path / f"{lang}.tex", lang=lang)
            heads[lang] = (
                (tmp_path / f"{lang}.tex").read_text("utf-8").splitlines()[3].removesuffix(r" \\").split(" & ")
            )
        assert all(not head.isascii() for head in heads["zh"]), name
        assert all(head.isascii() and "\\_" not in head for head in heads["en"]), name


WRITE = """
import sys
import govreport_kit as gk
corpus = gk.load_corpus().select(year=2024)
for name in ("x.dta", "x.sav", "x.xlsx", "x.csv", "x.zip", "x.parquet", "x.tex", "r.R", "package/datapackage.json"):
    gk.export(corpus, f"{sys.argv[1]}/{name}", lang="zh")
gk.export_numbers({"refusal": gk.rate(corpus, "refusal_rate"), "findings": gk.audit(corpus)}, f"{sys.argv[1]}/n.tex")
"""


def test_the_same_bytes_in_every_process_and_zone(tmp_path):
    for name, seed, zone in (("one", "1", "UTC"), ("two", "20", "Asia/Shanghai")):
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "TZ": zone}
        subprocess.run([sys.executable, "-c", WRITE, str(tmp_path / name)], check=True, env=environment, cwd=tmp_path)
    one, two = (
        {
            path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in folder.rglob("*")
            if path.is_file()
        }
        for folder in (tmp_path / "one", tmp_path / "two")
    )
    assert len(one) == 11 + 12
    assert one == two
