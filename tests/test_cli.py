"""The command line, as its users type it."""

import json
import runpy
import shutil
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from govreport_kit import Corpus, load_corpus
from govreport_kit.cli import app
from govreport_kit.report import Cell, Report, Source

EXAMPLES = Path(__file__).parents[1] / "data" / "examples"
PAGE = EXAMPLES / "shili-xian-2023.html"


@pytest.fixture(autouse=True)
def cache_folder(tmp_path_factory, monkeypatch):
    """A cache of the test's own."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("GOVREPORT_CACHE", str(folder))
    return folder


@pytest.fixture
def run():
    runner = CliRunner()
    return lambda *words: runner.invoke(app, [str(word) for word in words])


def test_parse_writes_json_lines(run, tmp_path):
    outcome = run("parse", EXAMPLES, "-o", tmp_path / "out" / "parsed.jsonl", "--workers", "1")
    # The folder's README is no report, which is told.
    assert outcome.exit_code == 1
    assert "README.md" in outcome.stderr
    lines = [json.loads(line) for line in (tmp_path / "out" / "parsed.jsonl").read_text("utf-8").splitlines()]
    assert [line["report"]["id"] for line in lines] == ["2023/示例县人民政府", "2022/虚构市样例区人民政府"]
    assert lines[0]["schema"] == "govreport/1"


def test_the_kit_runs_as_a_module(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["govreport_kit", "rate", "suggestion_adoption"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("govreport_kit", run_name="__main__")
    assert ended.value.code in (None, 0)
    assert "suggestion_adoption" in capsys.readouterr().out


def test_the_first_command_of_the_readme_reads_every_file_it_names(run, tmp_path):
    assert "parse data/examples/*-20* -o" in (EXAMPLES.parents[1] / "README.md").read_text("utf-8")
    outcome = run("parse", *sorted(EXAMPLES.glob("*-20*")), "-o", tmp_path / "parsed.jsonl")
    assert outcome.exit_code == 0, outcome.output


def test_parse_writes_a_corpus(run, tmp_path):
    outcome = run("parse", PAGE, "-o", tmp_path / "corpus")
    assert outcome.exit_code == 0, outcome.output
    assert "1 reports written" in outcome.stdout
    assert list(load_corpus(tmp_path / "corpus").reports["agency"]) == ["示例县人民政府"]


def test_parse_lists_failures_in_a_table_and_writes_them_beside_the_output(run, tmp_path):
    shutil.copy(PAGE, tmp_path / "a.html")
    (tmp_path / "空.html").touch()
    (tmp_path / "notice.txt").write_text("关于报送报告的通知", "utf-8")
    outcome = run("parse", tmp_path, "-o", tmp_path / "out.jsonl")
    assert outcome.exit_code == 1
    assert outcome.stdout == f"1 reports written to {tmp_path / 'out.jsonl'}\n"
    told, head, first, second = outcome.stderr.splitlines()
    assert told == f"2 files were not read; they also stand in {tmp_path / 'out.failures.csv'}"
    assert head.split() == ["file", "kind", "reason", "and", "what", "to", "do"]
    assert first.startswith(f"{tmp_path / 'notice.txt'}  not_a_report  ")
    assert second.startswith(f"{tmp_path / '空.html'}     empty         the file holds no text; fetch it again")
    table = pd.read_csv(tmp_path / "out.failures.csv")
    assert list(table.columns) == ["path", "kind", "message"]
    assert table["kind"].tolist() == ["not_a_report", "empty"]


def test_parse_of_failures_only_writes_an_empty_corpus(run, tmp_path):
    (tmp_path / "empty.html").touch()
    outcome = run("parse", tmp_path / "empty.html", "-o", tmp_path / "out")
    assert outcome.exit_code == 1
    corpus = load_corpus(tmp_path / "out")
    assert len(corpus) == 0
    assert corpus.failures["kind"].tolist() == ["empty"]


def test_parse_keeps_what_it_read_unless_told_not_to(run, tmp_path, cache_folder):
    run("parse", PAGE, "-o", tmp_path / "a.jsonl", "--no-cache")
    assert list(cache_folder.iterdir()) == []
    run("parse", PAGE, "-o", tmp_path / "b.jsonl", "--cache", tmp_path / "kept")
    assert list(cache_folder.iterdir()) == []
    run("parse", PAGE, "-o", tmp_path / "c.jsonl")
    assert len(list(cache_folder.iterdir())) == len(list((tmp_path / "kept").iterdir())) == 1
    texts = {(tmp_path / f"{name}.jsonl").read_text("utf-8") for name in "abc"}
    assert len(texts) == 1


@pytest.mark.parametrize("words", [["--cache", "x", "--no-cache"], ["--workers", "0"], ["--scheduler", "nowhere:x"]])
def test_parse_refuses_options_that_make_no_sense(run, tmp_path, words):
    outcome = run("parse", PAGE, "-o", tmp_path / "out.jsonl", *words)
    assert outcome.exit_code == 2
    assert not (tmp_path / "out.jsonl").exists()


def test_parse_of_nothing_is_an_error(run, tmp_path):
    outcome = run("parse", tmp_path / "nowhere", "-o", tmp_path / "out.jsonl")
    assert outcome.exit_code == 2
    assert "There is no" in outcome.stderr
    assert not (tmp_path / "out.jsonl").exists()


def test_rate_of_a_parsed_file(run, tmp_path):
    shutil.copy(PAGE, tmp_path / "a.html")
    run("parse", tmp_path / "a.html", "-o", tmp_path / "a.jsonl")
    outcome = run("rate", "refusal_rate", tmp_path / "a.jsonl", "--by", "year", "-o", tmp_path / "rate.csv")
    assert outcome.exit_code == 0, outcome.output
    (line,) = pd.read_csv(tmp_path / "rate.csv").itertuples()
    assert (line.year, line.k, line.n, line.reports) == (2023, 15, 86, 1)
    assert round(line.rate, 4) == 0.1744


def test_rate_of_one_scope(run, tmp_path):
    outcome = run("rate", "suggestion_adoption", "--scope", "system")
    assert outcome.exit_code == 2
    assert "no report with the scope system" in " ".join(outcome.output.split())  # of none is it known
    assert "18" not in outcome.stdout.split()
    assert run("rate", "suggestion_adoption", "--scope", "any").exit_code == 0
    assert run("rate", "suggestion_adoption", "--scope", "owned").exit_code == 2


def test_rate_of_the_bundled_corpus_stands_on_the_screen(run):
    outcome = run("rate", "suggestion_adoption")
    assert outcome.exit_code == 0, outcome.output
    assert "18" in outcome.stdout
    assert "0.45" in outcome.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["rate", "refusal"], "refusal_rate"),
        (["rate", "refusal_rate", "--by", "yaer"], "year"),
        (["rate", "refusal_rate", "nowhere"], "nowhere"),
    ],
)
def test_a_wrong_word_names_the_right_one(run, words, told):
    outcome = run(*words)
    assert outcome.exit_code == 2
    assert told in outcome.stderr


def test_export_writes_the_panel_or_named_frames(run, tmp_path):
    outcome = run("export", "-o", tmp_path / "new" / "panel.dta", "--lang", "zh")
    assert outcome.exit_code == 0, outcome.output
    assert outcome.stdout == f"written: {tmp_path / 'new' / 'panel.dta'}\n"
    assert len(pd.read_stata(tmp_path / "new" / "panel.dta")) == 590
    assert run("export", "-o", tmp_path / "x.csv", "--what", "requests").exit_code == 0
    assert len(pd.read_csv(tmp_path / "x.csv")) == len(load_corpus().requests)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["-o", "x.doc"], ".dta"),
        (["-o", "x.dta", "--what", "request"], "requests"),
        (["-o", "x.dta", "--lang", "fr"], "zh"),
        (["nowhere", "-o", "x.dta"], "nowhere"),
    ],
)
def test_export_says_what_is_wrong(run, tmp_path, monkeypatch, words, told):
    monkeypatch.chdir(tmp_path)
    outcome = run("export", *words)
    assert outcome.exit_code == 2
    assert told in outcome.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_codebook_is_a_file_or_stands_on_the_screen(run, tmp_path):
    assert run("codebook", "--lang", "zh", "-o", tmp_path / "new" / "codebook.html").exit_code == 0
    assert "编码手册" in (tmp_path / "new" / "codebook.html").read_text("utf-8")
    assert run("codebook").stdout.startswith("# Codebook\n")
    assert run("codebook", "-o", tmp_path / "codebook.pdf").exit_code == 2
    assert run("codebook", "--lang", "fr").exit_code == 2


def two_versions(tmp_path):
    """A parsed file with a county's report, and the corrected one that it published in March."""
    versions = [
        Report(
            "2024/示例县", agency="示例县", year=2024, form="f2021", published=published, source=Source(path=path),
            cells=(Cell("requests", "granted", "total", granted, "reported"), closed),
        )
        for path, published, granted in (("第一版.html", "2025-01-20", 4), ("更正.html", "2025-03-05", 5))
        for closed in [Cell("requests", "total_closed", "total", 10, "reported")]
    ]  # fmt: skip
    path = tmp_path / "parsed.jsonl"
    Corpus.from_reports(versions).to_jsonl(path)
    return path


def test_versions_of_one_report_are_brought_down_to_the_latest(run, tmp_path):
    path = two_versions(tmp_path)
    refused = run("rate", "disclosure_full", path)
    assert refused.exit_code == 2
    assert "on the command line --latest" in refused.stderr
    outcome = run("rate", "disclosure_full", path, "--latest", "-o", tmp_path / "rate.csv")
    assert outcome.exit_code == 0, outcome.output
    (line,) = pd.read_csv(tmp_path / "rate.csv").itertuples()
    assert (line.k, line.n, line.reports) == (5, 10, 1)
    (told,) = outcome.stderr.splitlines()
    assert "(第一版.html; published 2025-01-20; 2 figures) is left out beside 2024/示例县#" in told


def test_export_has_a_row_for_each_version_or_for_the_latest(run, tmp_path):
    path = two_versions(tmp_path)
    assert run("export", path, "-o", tmp_path / "all.csv").exit_code == 0
    assert pd.read_csv(tmp_path / "all.csv")["granted"].tolist() == [4, 5]
    outcome = run("export", path, "-o", tmp_path / "latest.csv", "--latest")
    assert "is left out beside" in outcome.stderr
    assert pd.read_csv(tmp_path / "latest.csv")["granted"].tolist() == [5]


def test_latest_of_what_is_no_corpus_says_what_is_wrong(run):
    outcome = run("rate", "refusal_rate", "nowhere", "--latest")
    assert (outcome.exit_code, "nowhere" in outcome.stderr) == (2, True)


def test_findings_and_rates_are_written_for_other_programs(run, tmp_path):
    assert run("audit", "--rule", "A", "-o", tmp_path / "findings.xlsx").exit_code == 0
    assert run("rate", "refusal_rate", "--by", "year", "-o", tmp_path / "rates.tex").exit_code == 0
    assert r"\toprule" in (tmp_path / "rates.tex").read_text("utf-8")


def wrong_total(tmp_path):
    """A parsed file whose review table has the total 7 over 3 + 1 + 0 + 2."""
    values = {"upheld": 3, "corrected": 1, "other": 0, "pending": 2, "total": 7}
    cells = tuple(Cell("reviews", "reconsideration", key, n, "reported" if n else "zero") for key, n in values.items())
    path = tmp_path / "parsed.jsonl"
    path.write_text(Report("2024/示例县人民政府", agency="示例县人民政府", year=2024, cells=cells).to_json(), "utf-8")
    return path


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "the total is 7, the outcomes add up to 6"), ("zh", "总计为7，各种结果之和为6")]
)
def test_audit_tells_findings_and_what_was_judged(run, tmp_path, lang, words):
    outcome = run("audit", wrong_total(tmp_path), "--rule", "A4", "--lang", lang)
    assert outcome.exit_code == 0, outcome.output
    finding, head, counts = outcome.stdout.splitlines()
    assert finding.startswith("A4  error    2024/示例县人民政府: ")
    assert words in finding
    assert head.split() == ["rule", "severity", "judged", "findings", "reports", "statement"]
    assert counts.split()[:5] == ["A4", "error", "1", "1", "1"]


def test_audit_writes_a_table(run, tmp_path):
    outcome = run("audit", wrong_total(tmp_path), "--rule", "A", "-o", tmp_path / "new" / "findings.csv")
    assert outcome.exit_code == 0, outcome.output
    findings = pd.read_csv(tmp_path / "new" / "findings.csv")
    assert findings[["rule", "where", "observed", "expected"]].values.tolist() == [
        ["A4", "reviews/reconsideration/total", 7, 6]
    ]


@pytest.mark.parametrize(("words", "told"), [(["--rule", "A11"], "A1"), (["--lang", "fr"], "en or zh")])
def test_audit_says_what_it_does_not_know(run, tmp_path, words, told):
    outcome = run("audit", wrong_total(tmp_path), *words)
    assert outcome.exit_code == 2
    assert told in outcome.stderr
