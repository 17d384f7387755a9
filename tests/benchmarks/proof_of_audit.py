"""What the audit finds of errors that were planted in invented reports, and what it finds without any.

Run: python tests/benchmarks/proof_of_audit.py [REPORTS] [--documents N]
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

import govreport_kit as gk
from govreport_kit import simulate
from govreport_kit.corpus import Corpus
from govreport_kit.report import Report

YEARS = range(2019, 2026)
_LEVELS = ("county", "department", "prefecture")


def panel(reports: int, seed: int = 0) -> list[Report]:
    """Invent a panel whose text tells the tables; of some counties a body inside has the same figures."""
    told = simulate.with_claims(simulate.synthetic_corpus(reports, YEARS, seed).iter_reports())
    counties = list(dict.fromkeys(report.agency for report in told if report.level == "county"))[::5]
    codes = {agency: f"99{number:04}" for number, agency in enumerate(counties, start=1)}
    coded = [replace(report, region_code=codes.get(report.agency)) for report in told]
    inside = [
        replace(report, id=f"{report.id}办公室", agency=f"{report.agency}办公室", scope="own", level="other")
        for report in coded
        if report.region_code
    ]
    return [*coded, *inside]


def documents(count: int, folder: Path, rules: Collection[str], seed: int = 0) -> tuple[list[Report], pd.DataFrame]:
    """Write invented documents with errors and read them back."""
    drawn = [simulate.synthetic_report(seed + n, level=_LEVELS[n % 3], year=2022 + n % 3) for n in range(count)]
    sound = list({report.id: report for report in drawn}.values())
    planted, key = simulate.plant_errors(sound, rules, seed, share=bool(rules))
    return [_through_a_document(report, folder / f"{n}.html") for n, report in enumerate(planted)], key


def _through_a_document(report: Report, path: Path) -> Report:
    path.write_bytes(simulate.write_document(report))
    return gk.read_report(path)


def judged(reports: Sequence[Report], key: pd.DataFrame) -> pd.DataFrame:
    """Return the score of an audit."""
    corpus = Corpus.from_reports(reports)
    texts = {report.id: report.text for report in reports if report.text}
    return simulate.score_findings(gk.audit(corpus), key, corpus.reports, texts)


def judged_by_group(sound: Sequence[Report], seed: int) -> Iterator[pd.DataFrame]:
    """Plant the kinds of error of each group of rules in turn, and yield the scores."""
    kinds = [*simulate.RULES, *simulate.PANEL_RULES]
    for kind in ("B1", "D6"):  # planted in a first year they cannot show; B1.after and D6.after have a year before
        kinds.remove(kind)
    for group in sorted({kind[0] for kind in kinds}):
        of_group = [kind for kind in kinds if kind[0] == group]
        yield judged(*simulate.plant_errors(sound, of_group, seed, share=0.34))


def alarms(reports: Sequence[Report]) -> pd.DataFrame:
    """Return what the rules find in sound reports."""
    findings = gk.audit(Corpus.from_reports(reports))
    found = pd.crosstab(findings["rule"], findings["severity"], dropna=False)
    found["judged"] = pd.Series(findings.attrs["judged"])
    found["reports"] = findings.groupby("rule", observed=False)["report_id"].nunique()
    return found[found["judged"] > 0]


def main() -> None:
    """Read the command line, plant, judge and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", nargs="?", type=int, default=2000)
    parser.add_argument("--documents", type=int, default=120)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    sound = panel(given.reports, given.seed)
    print(f"errors planted in a panel of {len(sound):,} reports, a third of them with an error")
    print(pd.concat(judged_by_group(sound, given.seed)).sort_index().round(3).to_string())
    print("\nfindings in the same panel without errors")
    print(alarms(sound).to_string())
    with tempfile.TemporaryDirectory() as folder:
        read, key = documents(given.documents, Path(folder), simulate.DOCUMENT_RULES, given.seed)
        print(f"\nerrors planted in {key['report_id'].nunique()} of {len(read)} documents")
        print(judged(read, key).round(3).to_string())
        read, _ = documents(given.documents, Path(folder), (), given.seed)
    print("\nfindings in the same documents without errors")
    print(alarms(read).to_string())


if __name__ == "__main__":
    main()
