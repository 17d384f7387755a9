"""The script for R: read by an independent lexer, and run where R is at hand."""

import re
import shutil
import subprocess

import pandas as pd
import pytest
from pygments.lexers import SLexer
from pygments.token import Error, Punctuation, String

import govreport_kit as gk

PAIRS = {")": "(", "]": "[", "}": "{"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("r")
    gk.export(gk.load_corpus().select(year=2024), folder / "panel.R", lang="zh")
    return folder


def require_whole(script):
    """Check that every string and bracket that opens is closed."""
    open_ones = []
    for kind, text in SLexer().get_tokens(script):
        assert kind is not Error, text
        for char in text if kind in Punctuation else "":
            if char in PAIRS.values():
                open_ones.append(char)
            elif char in PAIRS:
                assert open_ones.pop() == PAIRS[char]
    assert open_ones == []


def test_every_string_and_bracket_is_closed(folder):
    require_whole((folder / "panel.R").read_text("utf-8"))


def test_hostile_words_stay_inside_their_strings(tmp_path):
    name = 'a"); system("x")\\\n\u2028#'
    gk.export(pd.DataFrame({name: ["x"], "b": [1]}), tmp_path / "x.R")
    script = (tmp_path / "x.R").read_text("utf-8")
    require_whole(script)
    strings = "".join(text for kind, text in SLexer().get_tokens(script) if kind in String)
    assert script.count("system") == strings.count("system") == 1


def test_each_column_has_a_class_and_a_label(folder):
    script = (folder / "panel.R").read_text("utf-8")
    panel = gk.load_corpus().panel()
    classes = re.findall(r'^    "(\w+)",?$', script, re.MULTILINE)
    assert len(classes) == len(panel.columns)
    kinds = dict(zip(panel.columns, classes, strict=True))
    assert kinds["report_id"] == kinds["level"] == "character"
    assert (kinds["year"], kinds["published"], kinds["complete"], kinds["granted"]) == (
        "numeric", "Date", "logical", "numeric",
    )  # fmt: skip
    assert len(re.search(r"^labels <- c\((.*)\)$", script, re.MULTILINE)[1].split('", "')) == len(panel.columns)


def test_a_vocabulary_is_a_factor_with_its_keys_and_words(folder):
    script = (folder / "panel.R").read_text("utf-8")
    place = list(gk.load_corpus().panel().columns).index("level") + 1
    found = re.search(rf"panel\[\[{place}\]\] <- factor\(.*\n  levels = c\((.*)\),\n  labels = c\((.*)\)\)", script)
    assert found[1].replace('"', "").split(", ") == list(gk.codebook.levels)
    assert found[2].replace('"', "").split(", ") == [level.zh for level in gk.codebook.levels.values()]


def test_the_script_reads_the_file_beside_it(folder):
    assert 'read.csv("panel.csv"' in (folder / "panel.R").read_text("utf-8")
    assert (folder / "panel.csv").exists()


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not at hand: no Rscript on the path")
def test_r_reads_the_same_figures(folder):
    code = """source("panel.R", encoding = "UTF-8")
        cat(dim(panel), sum(panel$received_new, na.rm = TRUE), sum(is.na(panel$received_new)), sum(panel$complete),
            sum(panel$level == "\u53bf\u7ea7\u653f\u5e9c"), class(panel$published), ls())"""
    told = subprocess.run(
        ["Rscript", "-e", code], cwd=folder, check=True, capture_output=True, text=True, encoding="utf-8"
    ).stdout.split()
    panel = gk.load_corpus().select(year=2024).panel()
    received, complete, county = panel["received_new"], panel["complete"].sum(), (panel["level"] == "county").sum()
    counts = [*panel.shape, received.sum(), received.isna().sum(), complete, county]
    assert told == [*map(str, counts), "Date", "panel"]
