"""Planted copies are told with their passages; independent texts are not."""

import hashlib
import sys
from dataclasses import replace

import numpy as np
import pytest

from govreport_kit import codebook
from govreport_kit.auditing.reuse import TextNotAtHandError, pairs, side_by_side, text_reuse, texts_of
from govreport_kit.corpus import Corpus
from govreport_kit.errors import GovReportError, UnknownKeyError
from govreport_kit.report import Report, Source

CHARACTERS = [variant.simplified for variant in codebook.traditional()]


def sentences(seed, count=40):
    """Invented sentences of 12 characters and a figure."""
    rng = np.random.default_rng(seed)
    return ["".join(rng.choice(CHARACTERS, 12)) + f"{rng.integers(1, 999)}件。" for _ in range(count)]


def text(agency, year, parts):
    return f"{agency}{year}年政府信息公开工作年度报告\n一、总体情况\n{agency}编写。{''.join(parts)}\n六、其他需要报告的事项\n无。"


def corpus_of(ids, **sources):
    parts = {report_id: report_id.partition("#")[0].split("/") for report_id in ids}
    return Corpus.from_reports(
        Report(id=report_id, agency=agency, year=int(year), source=sources.get(report_id, Source()))
        for report_id, (year, agency) in parts.items()
    )


COPY, SOURCE, OTHER = "2023/样例县人民政府", "2022/示例县人民政府", "2023/虚构县人民政府"


@pytest.fixture
def texts():
    """The first report has 36 of its 40 sentences from the second, under its own name and with other figures."""
    source = sentences(1)
    copied = [sentence[:12] + "7件。" for sentence in source[:36]] + sentences(2, 4)
    return {
        COPY: text("样例县人民政府", 2023, copied),
        SOURCE: text("示例县人民政府", 2022, source),
        OTHER: text("虚构县人民政府", 2023, sentences(3)),
    }


def test_a_copy_of_another_agency_is_told(texts):
    found = text_reuse(texts, corpus=corpus_of(texts))
    assert found[["report_id", "other_id"]].values.tolist() == [[COPY, SOURCE]]
    row = found.iloc[0]
    assert not row["same_agency"]
    assert (row["year"], row["other_year"]) == (2023, 2022)
    # 36 of 40 sentences: 36/44 = .818, up to the shingles which reach from one sentence into the next.
    assert row["jaccard"] == pytest.approx(36 / 44, abs=0.02)
    assert row["containment"] == pytest.approx(36 / 40, abs=0.02)
    assert row["jaccard_unmasked"] < row["jaccard"]
    # 36 sentences of 15 characters once the figure is one, and the closing words that stand before them.
    assert row["longest_run"] == pytest.approx(36 * 15, abs=6)
    passage = row["passages"][0]
    assert texts[COPY][passage.start : passage.end] == passage.quote
    assert sentences(1)[0][:12] in texts[SOURCE][passage.other_start : passage.other_end]


def test_independent_texts_are_not_told(texts):
    texts.pop(COPY)
    found = text_reuse(texts, corpus=corpus_of(texts))
    assert found.empty
    assert found.attrs["not_compared"] == {}
    assert str(found["year"].dtype) == "Int16"


def test_last_years_text_needs_more_to_be_told(texts):
    same = {"2022/样例县人民政府": texts[SOURCE].replace("示例县", "样例县"), COPY: texts[COPY]}
    assert len(text_reuse(same, corpus=corpus_of(same))) == 1
    assert text_reuse(same, corpus=corpus_of(same), same_agency=0.9).empty
    assert text_reuse(same, corpus=corpus_of(same))["same_agency"].tolist() == [True]


def test_every_report_is_compared_with_the_one_before(texts):
    own = {f"{year}/样例县人民政府": text("样例县人民政府", year, sentences(year)) for year in (2020, 2021, 2023)}
    found = text_reuse(own, corpus=corpus_of(own), same_agency=0)
    assert sorted(zip(found["year"], found["other_year"], strict=True)) == [(2021, 2020), (2023, 2021)]
    assert (found["jaccard"] < 0.05).all()


def test_two_documents_of_one_report_are_no_reuse(texts):
    ids = {"2022/示例县人民政府#aaaaaaaa": texts[SOURCE], "2022/示例县人民政府#bbbbbbbb": texts[SOURCE]}
    assert text_reuse(ids, corpus=corpus_of(ids)).empty


def test_without_a_corpus_nothing_is_known_of_the_agencies(texts):
    found = text_reuse(texts.items())
    assert len(found) == 1
    assert found["same_agency"].isna().all()
    assert found["year"].isna().all()


def test_what_many_texts_share_is_template():
    shared = sentences(9, 60)
    texts = {
        f"2023/样{place}县人民政府": text("", 2023, [*shared, *sentences(number, 20)])
        for number, place in enumerate("甲乙丙丁")
    }
    assert len(text_reuse(texts, corpus=corpus_of(texts), cross_agency=0.55)) == 6  # 60 of 100 sentences of each pair
    assert text_reuse(texts, corpus=corpus_of(texts), template_share=0.5, template_floor=2).empty


def test_a_text_of_a_few_sentences_is_left_out_and_told():
    short = {COPY: text("样例县人民政府", 2023, sentences(1, 3)), SOURCE: text("示例县人民政府", 2022, sentences(1, 3))}
    found = text_reuse(short, corpus=corpus_of(short))
    assert found.empty
    assert found.attrs["not_compared"].keys() == {COPY, SOURCE}
    assert "fewer than 100 are not compared" in found.attrs["not_compared"][COPY]


def test_an_id_that_the_corpus_does_not_have_is_refused(texts):
    with pytest.raises(UnknownKeyError, match="2023/虚构县人民政府"):
        text_reuse(texts, corpus=corpus_of([COPY, SOURCE]))


def test_without_the_library_the_line_to_install_it_is_told(texts, monkeypatch):
    monkeypatch.setitem(sys.modules, "datasketch", None)
    with pytest.raises(GovReportError, match=r"pip install 'govreport-kit\[reuse\]'"):
        text_reuse(texts)


def written(folder, texts):
    sources = {}
    for number, (report_id, words) in enumerate(texts.items()):
        content = words.encode()
        (folder / f"{number}.txt").write_bytes(content)
        sources[report_id] = Source(path=f"{number}.txt", sha256=hashlib.sha256(content).hexdigest())
    return corpus_of(texts, **sources)


def test_texts_are_read_again_from_the_documents(texts, tmp_path):
    again = texts_of(written(tmp_path, texts), folder=tmp_path)
    assert dict(again) == texts
    assert again.missing().empty
    assert len(text_reuse(again, corpus=corpus_of(texts))) == 1


def test_what_is_not_at_hand_is_told(texts, tmp_path):
    corpus = written(tmp_path, {**texts, "2021/样例县人民政府": texts[OTHER]})
    (tmp_path / "0.txt").unlink()
    (tmp_path / "1.txt").write_text("另一份文件", "utf-8")
    paths = corpus.reports["path"].mask(corpus.reports["report_id"] == OTHER)
    corpus = replace(corpus, reports=corpus.reports.assign(path=paths))
    again = texts_of(corpus, folder=tmp_path)
    missing = again.missing()
    assert dict(zip(missing["report_id"], missing["reason"], strict=True)) == {
        COPY: "no_file",
        SOURCE: "changed",
        OTHER: "no_path",
    }
    with pytest.raises(TextNotAtHandError, match=r"示例县人民政府.*SHA-256 differs"):
        again[SOURCE]
    found = text_reuse(again, corpus=corpus)
    assert found.attrs["not_compared"].keys() == {COPY, SOURCE, OTHER}


def test_texts_side_by_side_name_themselves_in_a_line():
    shown = side_by_side("本年度按月公开重点领域的办理结果与收费标准。", "本年度按月公开重点领域的办理结果与收费标准。")
    assert repr(shown) == "<two texts side by side, shared passages: 1; a notebook shows them>"


def test_shared_passages_are_marked_in_both_texts_and_everything_is_escaped():
    shared = "窗口逐日登记来件并由专人核对往来文书<b>"
    html = side_by_side(f"<i>甲</i>，{shared}", f"{shared}，乙&", titles=("<今年>", "去年"))._repr_html_()
    escaped = shared.replace("<b>", "&lt;b&gt;")
    assert html.count(f"<mark>{escaped}</mark><sup>1</sup>") == 2
    assert "&lt;i&gt;甲" in html
    assert "乙&amp;" in html
    assert "&lt;今年&gt;" in html
    assert "<b>" not in html
    assert "<i>" not in html


def test_a_document_that_is_not_read_a_second_time_is_told(texts, monkeypatch):
    monkeypatch.setattr(pairs, "_HELD", 0)

    class ReadOnce(dict):
        def __getitem__(self, report_id):
            if report_id in read:
                raise TextNotAtHandError(report_id, None, "no_file")
            read.add(report_id)
            return texts[report_id]

    read = set()
    found = text_reuse(ReadOnce.fromkeys(texts, ""), corpus=corpus_of(texts))
    assert found.empty
    assert SOURCE in found.attrs["not_compared"][COPY]
