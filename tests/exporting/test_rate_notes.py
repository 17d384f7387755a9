"""What stands below a table of rates in LaTeX."""

import shutil
import subprocess

import pandas as pd
import pytest

import govreport_kit as gk

REFUSED = "refused / total_closed"


@pytest.fixture
def rates():
    """Invented refusal rates of five years: of many, 25, 12, 4 and no cases."""
    frame = pd.DataFrame(
        {
            "year": [2021, 2022, 2023, 2024, 2025],
            "metric": "refusal_rate",
            "k": pd.array([65, 5, 3, 1, pd.NA], "Int64"),
            "n": pd.array([1336, 25, 12, 4, pd.NA], "Int64"),
            "rate": [0.049, 0.2, 0.25, None, None],
            "low": [0.038, 0.089, 0.089, None, None],
            "high": [0.062, 0.391, 0.532, None, None],
            "method": "wilson",
            "definition": REFUSED,
            "reports": [9, 3, 3, 1, 0],
            "coverage": [0.5, 0.1, 0.3, 0.25, 0.0],
            "flag": [None, "unranked", "few", "counts_only", None],
            "scopes": ["own", "own+unknown", "own", "unknown", None],
            "breaks": [None, "form_2021", None, None, None],
        }
    )
    frame.attrs["thresholds"] = {"counts_only": 5, "few": 20, "unranked": 30}
    return frame


def written(rates, path, lang="en"):
    gk.export(rates, path / "x.tex", lang=lang)
    return (path / "x.tex").read_text("utf-8").splitlines()


def cell(lines, year, column):
    row = next(line for line in lines if line.startswith(f"{year} "))
    return row.removesuffix(r" \\").split(" & ")[column]


def test_flags_breaks_and_unknown_scopes_are_marked_and_explained(rates, tmp_path):
    key, law = next(iter(gk.codebook.breaks.items()))
    lines = written(rates.assign(breaks=[None, key, None, None, None]), tmp_path)
    assert [cell(lines, year, 3) for year in range(2021, 2026)] == [
        r"4.9\%", r"20.0\%$^{\S,a,c}$", r"25.0\%$^{\dagger}$", r"-{}-$^{\ddagger,b}$", "-{}-",
    ]  # fmt: skip
    notes = lines[lines.index(r"\begin{minipage}{\linewidth}\footnotesize") + 1 : lines.index(r"\end{minipage}")]
    assert notes[0] == r"refusal rate: refused, of all closed\par"
    assert r"$^{\dagger}$ few cases (n \textless{} 20)\par" in notes
    assert r"$^{\ddagger}$ counts only, too few for a rate (n \textless{} 5)\par" in notes
    assert r"$^{\S}$ too few cases to be ranked (n \textless{} 30)\par" in notes
    assert any(note.startswith(f"$^{{a}}$ not like for like: {law.en[:20]}") for note in notes)
    assert any(note.startswith("$^{b}$ whose figures the reports hold (scope) is unknown") for note in notes)
    assert any(note.startswith("$^{c}$ whose figures some of the reports hold") for note in notes)
    # 9 of 18, 3 of 30, 3 of 10, 1 of 4, none
    assert notes[-2].endswith(r"from top to bottom: 9/18, 3/30, 3/10, 1/4, 0\par")
    assert notes[-1].startswith(gk.codebook.rate_caveats["between_reports"].en[:40])
    assert lines[-1] == rf"% refusal rate: refused, of all closed: {REFUSED.replace('_', chr(92) + '_')}"


def test_what_holds_for_all_rows_needs_no_mark(rates, tmp_path):
    lines = written(rates.assign(scopes=["unknown"] * 4 + [None], flag=None, breaks=None), tmp_path, "zh")
    assert [cell(lines, year, 3) for year in (2021, 2024)] == [r"4.9\%", "-{}-"]
    assert r"报告口径不明，可能重复计算\par" in lines


def test_limits_of_the_user_are_told_and_lost_ones_are_not(rates, tmp_path):
    rates.attrs["thresholds"] = {"counts_only": 0, "few": 10, "unranked": 30}
    assert r"$^{\dagger}$ 数量较少（n \textless{} 10）\par" in written(rates, tmp_path, "zh")
    rates.attrs = {}
    assert r"$^{\dagger}$ few cases\par" in written(rates, tmp_path)


def test_a_mean_of_rates_has_no_counts_and_its_own_definition(rates, tmp_path):
    means = rates.assign(
        k=pd.array([1.25, 0.5, 0.75, 0.1, pd.NA], "Float64"), definition=f"mean over reports of {REFUSED}"
    )
    lines = written(pd.concat([rates, means]), tmp_path)
    assert sum("& refusal rate: refused, of all closed, mean over reports & -{}- &" in line for line in lines) == 5
    assert any("& 65 & 1,336 &" in line for line in lines)
    assert lines[-2].endswith(r": refused / total\_closed")
    assert lines[-1].endswith(r", mean over reports: mean over reports of refused / total\_closed")


def test_a_column_of_groups_is_headed_by_the_first_words_of_its_label(tmp_path):
    rates = gk.rate(gk.load_corpus(), "refusal_rate", by=["level", "office", "form"])
    lines = written(rates, tmp_path)
    assert lines[1] == r"\begin{tabular}{lllrrrrr}"
    assert lines[3] == (
        "level of the issuing body & general office of a government & form read from the table heads"
        r" & k & n & value & interval & reports \\"
    )
    assert any(line.startswith("other body & no & ") for line in lines)


@pytest.mark.skipif(shutil.which("xelatex") is None, reason="XeLaTeX is not at hand: no xelatex on the path")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_latex_sets_tables_and_numbers_without_an_error(tmp_path, lang):
    corpus = gk.load_corpus()
    tables = {
        "levels": gk.rate(corpus, "refusal_rate", by=["level", "office"]),
        "clustered": gk.rate(corpus, "refusal_rate", by="level", interval="clustered"),
        "variants": gk.sensitivity(corpus.select(level="county", office=False), "disclosure"),
        "findings": gk.audit(corpus).head(40),
        "summary": corpus.summary("level"),
    }
    for name, frame in tables.items():
        gk.export(frame, tmp_path / f"{name}.tex", lang=lang)
    gk.export_numbers({"refusal": tables["levels"]}, tmp_path / "numbers.tex", lang=lang)
    inputs = "\n".join(rf"\begin{{table}}\input{{{name}}}\end{{table}}" for name in tables)
    (tmp_path / "paper.tex").write_text(
        "\n".join(
            [
                r"\documentclass{article}",
                r"\usepackage{booktabs}",
                r"\usepackage[fontset=fandol,scheme=plain]{ctex}",
                r"\input{numbers}",
                r"\begin{document}",
                inputs,
                r"\refusalCountyFalse{}",
                r"\end{document}",
            ]
        ),
        "utf-8",
    )
    subprocess.run(
        ["xelatex", "-interaction=nonstopmode", "-halt-on-error", "paper.tex"],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert "Missing character" not in (tmp_path / "paper.log").read_text("utf-8", errors="replace")
