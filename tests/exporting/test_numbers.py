import json
import re

import pandas as pd
import pytest

import govreport_kit as gk
from govreport_kit.errors import ExportError, UnknownKeyError
from govreport_kit.exporting import formatting
from govreport_kit.report import Cell


def macros(path):
    found = re.findall(r"^\\newcommand\{\\([A-Za-z]+)\}\{(.*)\}$", path.read_text("utf-8"), re.MULTILINE)
    assert len(found) == len(path.read_text("utf-8").splitlines())
    return dict(found)


@pytest.fixture(scope="module")
def corpus():
    return gk.load_corpus()


def test_a_rate_gives_its_value_counts_interval_and_definition(corpus, tmp_path):
    # 18 of 40: Wilson's interval with z = 1.959964 is 0.3071 to 0.6017 (worked out by hand)
    tex, data = gk.export_numbers({"adoption": gk.rate(corpus, "suggestion_adoption")}, tmp_path / "numbers.tex")
    written = macros(tex)
    assert {name: written[f"adoption{name}"] for name in ("", "K", "N", "Low", "High", "Interval", "Reports")} == {
        "": r"45.0\%", "K": "18", "N": "40", "Low": r"30.7\%", "High": r"60.2\%", "Interval": r"30.7\% to 60.2\%",
        "Reports": "1",
    }  # fmt: skip
    assert written["adoptionDefinition"].endswith(r"suggestions\_adopted / suggestions\_received")
    entry = json.loads(data.read_text("utf-8"))["results"]["adoption"]
    assert (entry["value"], entry["k"], entry["n"], entry["reports"]) == (0.45, 18, 40, 1)
    assert (round(entry["low"], 4), round(entry["high"], 4), entry["confidence"]) == (0.3071, 0.6017, 0.95)
    assert entry["definition"] == "suggestions_adopted / suggestions_received"
    assert entry["formatted"][""] == "45.0%"


def test_groups_have_names_of_their_own_spelt_in_letters(corpus, tmp_path):
    rates = gk.rate(corpus, "refusal_rate", by=["level", "year"])
    tex, data = gk.export_numbers({"refusal": rates}, tmp_path / "numbers.json", lang="zh")
    results = json.loads(data.read_text("utf-8"))["results"]
    assert len(results) == len(rates)
    row = rates[(rates["level"] == "county") & (rates["year"] == 2024)].iloc[0]
    assert results["refusal.county.2024"]["k"] == row["k"]
    written = macros(tex)
    assert written["refusalCountyTwoZeroTwoFourK"] == f"{row['k']:,}"
    assert "至" in written["refusalCountyTwoZeroTwoFourInterval"]


def rates_of(*provinces):
    """Invented reports, each the only one of its province: 1 of 20 refused in the first, 2 of 20 in the second."""
    nothing = dict.fromkeys(gk.codebook.group_members("refused"), 0)
    reports = [
        gk.Report(
            f"2024/{number}", agency=f"样例{number}局", year=2024, province=province, scope="own", form="f2021",
            cells=tuple(
                Cell("requests", row, "total", count, "reported" if count else "zero")
                for row, count in (nothing | {"refused.state_secret": number, "total_closed": 20}).items()
            ),
        )
        for number, province in enumerate(provinces, 1)
    ]  # fmt: skip
    return gk.rate(gk.Corpus.from_reports(reports), "refusal_rate", by="province")


def test_chinese_groups_are_told_by_the_numbers_of_their_letters(tmp_path):
    # 浙 is U+6D59, 江 U+6C5F, 省 U+7701; 市 is U+5E02, 北 U+5317, 京 U+4EAC
    tex, data = gk.export_numbers({"refusal": rates_of("浙江省", "北京市")}, tmp_path / "n.tex")
    written = macros(tex)
    assert written["refusalUSixDFiveNineUSixCFiveFUSevenSevenZeroOneK"] == "1"
    assert written["refusalUFiveThreeOneSevenUFourEACUFiveEZeroTwoK"] == "2"
    assert set(json.loads(data.read_text("utf-8"))["results"]) == {"refusal.浙江省", "refusal.北京市"}


def test_groups_take_the_names_that_are_given(tmp_path):
    names = {"浙江省": "zhejiang", "北京市": "beijing"}
    tex, data = gk.export_numbers({"refusal": rates_of(*names)}, tmp_path / "n.tex", names=names)
    assert (macros(tex)["refusalZhejiang"], macros(tex)["refusalBeijing"]) == (r"5.0\%", r"10.0\%")
    assert set(json.loads(data.read_text("utf-8"))["results"]) == {"refusal.zhejiang", "refusal.beijing"}


def test_names_which_no_group_has_or_which_two_would_share_are_refused(tmp_path):
    results = {"refusal": rates_of("浙江省", "北京市")}
    with pytest.raises(ExportError, match=r"'浙江' of names= is no group of the results\. Nearest: 浙江省"):
        gk.export_numbers(results, tmp_path / "n.tex", names={"浙江": "zhejiang"})
    with pytest.raises(ExportError, match="two results have the name"):
        gk.export_numbers(results, tmp_path / "n.tex", names=dict.fromkeys(["浙江省", "北京市"], "one"))


def test_what_is_missing_is_null_and_a_dash_and_never_zero(corpus, tmp_path):
    rate = gk.rate(corpus.select(year=2010), "refusal_rate")
    tex, data = gk.export_numbers({"refusal": rate, "nothing": pd.NA}, tmp_path / "n.tex")
    entry = json.loads(data.read_text("utf-8"))["results"]["refusal"]
    assert [entry[key] for key in ("value", "k", "n", "low", "high")] == [None] * 5
    written = macros(tex)
    assert {written[f"refusal{part}"] for part in ("", "K", "N", "Low", "High", "Interval")} == {"-{}-"}
    assert written["nothing"] == "-{}-"


def test_findings_are_counted_by_severity(corpus, tmp_path):
    findings = gk.audit(corpus)
    tex, data = gk.export_numbers({"audit": findings}, tmp_path / "n.tex")
    entry = json.loads(data.read_text("utf-8"))["results"]["audit"]
    assert entry["value"] == len(findings) == entry["errors"] + entry["warnings"] + entry["infos"]
    assert entry["errors"] == list(findings["severity"]).count("error")
    assert entry["judged"]["A1"] == findings.attrs["judged"]["A1"]
    assert macros(tex)["auditErrors"] == str(entry["errors"])


def test_what_a_frame_has_lost_is_null(corpus, tmp_path):
    findings = gk.audit(corpus, "A")
    findings.attrs = {}
    rates = gk.rate(corpus, "suggestion_adoption", level=0.9)
    rates.attrs = {}
    _, data = gk.export_numbers(
        {"audit": findings, "kept": rates, "lost": rates.drop(columns="confidence")}, tmp_path / "n.tex"
    )
    results = json.loads(data.read_text("utf-8"))["results"]
    assert (results["audit"]["judged"], results["audit"]["value"]) == (None, len(findings))
    assert (results["kept"]["confidence"], results["lost"]["confidence"]) == (0.9, None)


def test_scalars_stand_for_themselves(tmp_path):
    given = {"reports": 12345, "ratio": 0.03456, "place": "示例县 & 50%", "large": 12345.678, "yes": True}
    tex, data = gk.export_numbers(given, tmp_path / "n.tex")
    assert macros(tex) == {
        "reports": "12,345", "ratio": "0.03456", "place": r"示例县 \& 50\%", "large": "12,346", "yes": "yes",
    }  # fmt: skip
    results = json.loads(data.read_text("utf-8"))["results"]
    assert {name: entry["value"] for name, entry in results.items()} == given


@pytest.mark.parametrize(
    ("results", "told"),
    [
        ({"a b": 1, "aB": 2}, "both be"),
        ({"县": 1}, "ASCII letters"),
        ({"2024": pd.Series([1])}, "no number"),
        ({"x": pd.DataFrame({"a": [1]})}, "neither a frame of rates nor of findings"),
        ({"x": float("inf")}, "no number that a paper can print"),
    ],
)
def test_what_has_no_name_or_no_number_is_refused(tmp_path, results, told):
    with pytest.raises(ExportError, match=told):
        gk.export_numbers(results, tmp_path / "n.tex")
    assert list(tmp_path.iterdir()) == []


def test_endings_and_languages_are_checked(tmp_path):
    with pytest.raises(ExportError, match=r"\.tex and \.json"):
        gk.export_numbers({}, tmp_path / "n.csv")
    with pytest.raises(UnknownKeyError, match="language"):
        gk.export_numbers({}, tmp_path / "n.tex", lang="fr")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0.0%"),
        (0.0004, "<0.1%"),
        (0.0005, "0.1%"),
        (0.174, "17.4%"),
        (0.9996, ">99.9%"),
        (1, "100.0%"),
        (pd.NA, "--"),
    ],
)
def test_a_share_is_never_rounded_to_none_or_all(value, text):
    assert formatting.share(value) == text


def test_a_mean_is_written_in_its_unit_not_in_percent():
    mean = next(metric for metric in gk.codebook.metrics.values() if metric.unit)
    assert formatting.rate(12.5, mean.key) == "12.5"
    assert formatting.interval(10.25, 14.75, mean.key, "en") == "10.25 to 14.75"


def test_the_unit_of_a_metric_is_in_the_language():
    assert formatting.metric("requests_per_100k", "zh").endswith(" (件/10万人)")
    assert formatting.metric("disposition_days", "zh").endswith(" (天)")
    assert formatting.metric("requests_per_100k", "en").endswith(" (requests per 100,000 people)")
    assert "(" not in formatting.metric("clearance", "en").removeprefix(gk.codebook.metrics["clearance"].en)


@pytest.fixture(scope="module")
def mean_of_rates():
    """The mean of the rates of two invented reports, 1/20 and 2/20: 7.5 %, whose k is no count."""
    rates = rates_of("浙江省", "北京市").head(1)
    return rates.assign(
        k=pd.array([0.15], "Float64"), n=pd.array([2], "Int64"), rate=0.075, method="t", reports=2,
        definition=f"mean over reports of {rates['definition'].iloc[0]}",
    )  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_mean_of_rates_keeps_its_definition_and_has_no_counts(mean_of_rates, tmp_path, lang):
    for frame in (mean_of_rates, mean_of_rates.assign(k=pd.array([pd.NA], "Int64"))):
        tex, data = gk.export_numbers({"p": frame}, tmp_path / "n.tex", lang=lang)
        written = macros(tex)
        assert (written["p"], written["pK"], written["pReports"]) == (r"7.5\%", "-{}-", "2")
        assert written["pDefinition"].endswith(r": mean over reports of refused / total\_closed")
        assert ("mean over reports" if lang == "en" else "各报告比率的均值") in written["pDefinition"].rpartition(": ")[
            0
        ]
        entry = json.loads(data.read_text("utf-8"))["results"]["p"]
        assert (entry["k"], entry["n"], entry["definition"]) == (None, 2, "mean over reports of refused / total_closed")
