"""Every planted error is found, and sound reports have none: a small run of tests/benchmarks/proof_of_audit.py."""

import importlib.util
from pathlib import Path

import pandas as pd
import pytest

from govreport_kit import simulate

PATH = Path(__file__).parents[1] / "benchmarks" / "proof_of_audit.py"
SPEC = importlib.util.spec_from_file_location("proof_of_audit", PATH)
proof = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(proof)

# The sums leave open at which of the outcomes a shift begins; charges may grow or fall beyond the range of a slip.
PLACE_STAYS_OPEN = {"A.shifted_rows"}
MAY_BE_MISSED = {"D6.after"}


@pytest.fixture(scope="module")
def panel():
    return proof.panel(280, seed=1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("documents")


def test_every_error_of_the_figures_is_found_where_it_was_planted(panel):
    score = pd.concat(proof.judged_by_group(panel, 1))
    assert len(score) >= 24
    certain = score.drop(MAY_BE_MISSED & set(score.index))
    assert certain["found"].tolist() == certain["planted"].tolist()
    placed = certain.drop(PLACE_STAYS_OPEN)
    assert placed["at_place"].tolist() == placed["planted"].tolist()


def test_sound_reports_have_no_error_and_warnings_of_screening_rules_only(panel):
    found = proof.alarms(panel)
    assert found["error"].sum() == 0
    assert set(found.index[found["warning"] > 0]) <= {"D5", "D5a", "F7"}
    assert (found["judged"] > 0).all()


def test_every_error_of_a_document_is_found_where_it_was_planted(folder):
    reports, key = proof.documents(26, folder, simulate.DOCUMENT_RULES, seed=5)
    score = proof.judged(reports, key)
    assert score["planted"].sum() >= 20
    assert score["found"].tolist() == score["planted"].tolist()
    assert score["at_place"].tolist() == score["planted"].tolist()


def test_sound_documents_have_neither_error_nor_warning(folder):
    reports, _ = proof.documents(12, folder, (), seed=5)
    found = proof.alarms(reports)
    assert found["error"].sum() == 0
    assert set(found.index[found["warning"] > 0]) <= {"F7"}
