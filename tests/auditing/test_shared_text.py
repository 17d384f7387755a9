"""Reports which repeat another's text, as findings; the texts are invented."""

import random

import pytest

from govreport_kit.auditing import audit
from govreport_kit.corpus import Corpus
from govreport_kit.report import Report

pytest.importorskip("datasketch")

WORDS = "机关公开信息平台栏目群众更新审核培训制度服务网站渠道反馈流程材料解读答复乡镇部门检查整改计划会议"


def text(seed):
    """Sentences of words put together by chance."""
    chance = random.Random(seed)
    return "".join("".join(chance.sample(WORDS, 14)) + "。" for _ in range(60))


def corpus_of(*about):
    return Corpus.from_reports(
        Report(f"{year}/{agency}", agency=agency, year=year, title=f"{agency}{year}年报告") for agency, year in about
    )


def test_a_copy_of_last_year_is_told_of_the_later_report_with_the_passage():
    corpus = corpus_of(("示例县人民政府", 2023), ("示例县人民政府", 2024), ("样例区人民政府", 2024))
    texts = {"2023/示例县人民政府": text(1), "2024/示例县人民政府": text(1), "2024/样例区人民政府": text(2)}
    findings = audit(corpus, ["F5"], texts=texts)
    (finding,) = findings.to_dict("records")
    assert (finding["report_id"], finding["observed"], finding["expected"]) == ("2024/示例县人民政府", 1, 0.8)
    assert "2023/示例县人民政府" in finding["message_en"]
    assert finding["evidence"] in text(1)
    assert findings.attrs["judged"] == {"F5": 3}


def test_without_texts_nothing_is_judged():
    findings = audit(corpus_of(("示例县人民政府", 2023)), ["F5"])
    assert findings.empty
    assert findings.attrs["judged"] == {"F5": 0}
