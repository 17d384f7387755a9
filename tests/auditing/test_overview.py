"""An audit as a whole: which rules, what they judged, in which order."""

import pandas as pd
import pytest

from govreport_kit import codebook
from govreport_kit.auditing import audit, audited, overview
from govreport_kit.corpus import Corpus
from govreport_kit.errors import ArgumentError, UnknownKeyError

RECEIVED = "requests/received_new/total"


@pytest.fixture
def corpus(make):
    good = make({RECEIVED: 8}, {"requests_received": 8}, agency="示例县样例局")
    bad = make({RECEIVED: 7, "disclosure/regulations/issued": 1}, {"requests_received": 8})
    return Corpus.from_reports([good, bad])


def test_findings_stand_in_the_order_of_reports_then_of_rules(corpus):
    frame = audit(corpus)
    assert frame["rule"].tolist() == ["C1", "D1"]
    assert frame["report_id"].tolist() == ["2024/示例县人民政府"] * 2


def test_a_letter_chooses_a_group(corpus):
    assert audit(corpus, ["D"])["rule"].tolist() == ["D1"]
    assert list(audit(corpus, ["B1", "G"]).attrs["judged"]) == ["B1", "G1"]


def test_a_rule_or_a_group_can_be_named_alone(corpus):
    assert list(audit(corpus, "C1").attrs["judged"]) == ["C1"]
    assert audit(corpus, "C1")["rule"].tolist() == ["C1"]
    assert audit(corpus, "D")["rule"].tolist() == ["D1"]
    with pytest.raises(UnknownKeyError, match="no audit rule 'A11'"):
        audit(corpus, "A11")


def test_an_unknown_rule_names_the_nearest(corpus):
    with pytest.raises(UnknownKeyError, match="B1"):
        audit(corpus, ["B11"])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_overview_tells_a_rule_that_could_judge_nothing_from_one_without_findings(corpus, language):
    counts = overview(audit(corpus), language).set_index("rule")
    assert list(counts.index) == list(codebook.audit_rules)
    assert counts.loc["C1", ["judged", "findings", "reports"]].tolist() == [2, 1, 1]
    assert counts.loc["D1", ["judged", "findings", "reports"]].tolist() == [1, 1, 1]
    assert counts.loc["B1", ["judged", "findings"]].tolist() == [0, 0]
    assert counts.loc["B1", "statement"] == getattr(codebook.audit_rules["B1"], language)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_overview_tells_what_a_rule_needs_that_could_judge_nothing(make, corpus, language):
    needs = overview(audit(corpus), language).set_index("rule")["needs"]
    assert needs["F5"].endswith("gk.audit(corpus, texts=gk.texts_of(corpus))")
    assert needs["B1"] == getattr(codebook.audit_needs["years"], language)
    assert needs[["C1", "D1", "A1"]].tolist() == ["", "", ""]  # A1 needs nothing but the figures of a report
    year_after = make({RECEIVED: 8}, agency="示例县样例局", year=2025)
    signs = "".join(chr(0x4E00 + 31 * number % 8000) for number in range(4000))  # no sentences, but never the same
    texts = {report_id: signs[2000 * n :][:2000] for n, report_id in enumerate(corpus.reports["report_id"])}
    assert overview(audit(corpus, texts=texts), language).set_index("rule").loc["F5", "needs"] == ""
    assert (
        overview(audit(corpus.merge(Corpus.from_reports([year_after]))), language)["needs"].ne("").sum()
        < needs.ne("").sum()
    )


def test_every_rule_needs_what_the_vocabulary_names():
    assert {need for rule in codebook.audit_rules.values() for need in rule.needs} == set(codebook.audit_needs)


def test_nothing_to_judge_gives_an_empty_frame_of_the_same_columns(corpus):
    empty = audit(Corpus.from_reports([]))
    assert (len(empty), list(empty.columns)) == (0, list(audit(corpus).columns))


def test_every_message_can_be_written_in_both_languages():
    """Each {name} of a message is one that findings give."""
    words = dict.fromkeys(
        ("where", "observed", "expected", "before", "unit", "stated", "member", "cell", "other", "other_zh", "note",
         "quote", "published", "due", "told_zh", "told_en", "blank", "determined", "bounded", "cells_zh", "cells_en"), 1.0,
    )  # fmt: skip
    for rule in codebook.audit_rules.values():
        messages = [rule.message_en, rule.message_zh]
        messages += [words for entry in rule.settings.get("messages", {}).values() for words in entry.values()]
        assert all(message.format_map(words) for message in messages)


def test_what_was_judged_is_told_of_each_report(make):
    forward, over = "requests/carried_forward/total", "requests/carried_over/total"
    corpus = Corpus.from_reports(
        [make({forward: 4}, year=2023), make({over: 6}), make({over: 5}, agency="虚构县人民政府")]
    )
    findings, judged = audited(corpus, ["B1", "A5"])
    assert list(judged.index) == list(corpus.reports["report_id"])
    # what is handed on is judged in the later report, beside which the earlier one stands; A5 in all with a figure
    by_report = judged.loc[["2023/示例县人民政府", "2024/示例县人民政府", "2024/虚构县人民政府"]]
    assert by_report["B1"].tolist() == [0, 1, 0]
    assert by_report["A5"].tolist() == [1, 1, 1]
    assert findings.attrs["judged"] == {"B1": 1, "A5": 3}
    assert findings["rule"].tolist() == ["B1"]


def test_an_overview_without_what_was_judged_is_refused(make):
    found = audit(Corpus.from_reports([make()]), "A")
    for lost in (found.merge(pd.DataFrame({"rule": ["A1"], "note": ["x"]}), how="left"), {}, None):
        with pytest.raises(
            ArgumentError, match=r"do not tell what each rule judged .* give what audit\(corpus\) returns"
        ):
            overview(lost)
