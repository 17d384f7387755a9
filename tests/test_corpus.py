from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from govreport_kit import codebook
from govreport_kit.corpus import Corpus, load_corpus
from govreport_kit.corpus.frames import vocabulary
from govreport_kit.corpus.storage import file_sha256
from govreport_kit.errors import CorpusError, MissingPathError, UnknownKeyError
from govreport_kit.report import Cell, Claim, Correction, Fact, Note, Report, Section, Source

COUNTY = Report(
    id="2023/示例县人民政府",
    title="示例县人民政府2023年政府信息公开工作年度报告",
    agency="示例县人民政府",
    level="county",
    scope="aggregate",
    province="示例省",
    year=2023,
    form="f2021",
    published="2024-01-30",
    complete=True,
    source=Source(path="示例县.html", url="https://example.org/1", sha256="ab" * 32, media_type="text/html"),
    sections=(Section("一", "overview", "一、总体情况", 0, 90), Section(None, None, "附件")),
    cells=(
        Cell("disclosure", "fees", "amount_10k_cny", 12.5, "reported", unit="万元", start=200, end=204),
        Cell("requests", "received_new", "natural_person", 20, "reported"),
        Cell("requests", "received_new", "total", 21, "reported", start=100, end=102),
        Cell("requests", "granted", "total", None, "blank"),
        Cell("reviews", "reconsideration", "total", 0, "zero"),
    ),
    facts=(
        Fact("requests_received", 21, "件", quote="收到21件", section="一", start=30, end=35),
        Fact("processing_days_average", 7.5, "工作日", approx=True),
    ),
    claims=(Claim("share", "requests_granted", 47.6, "%", 1, "占47.6%", 36, 42),),
    corrections=(Correction("requests", "received_new", "natural_person", None, "unreadable", 20, "identities"),),
    notes=(Note("missing_section", "other", 5, 9),),
)
CITY = Report(
    id="2024/示范市人民政府", agency="示范市人民政府", level="prefecture", province="示范省", year=2024,
    source=Source(path="示范市.html"),
    cells=(Cell("requests", "received_new", "total", 8, "reported", source="narrative"),),
    facts=(Fact("requests_received", 8, "件"),),
)  # fmt: skip
STRANGER = Report(id="无年度/不明")


@pytest.fixture
def corpus() -> Corpus:
    failure = {"path": "通知.html", "kind": "not_a_report", "message": "a notice about reports"}
    return Corpus.from_reports([COUNTY, CITY, STRANGER], [failure])


def assert_same(left: Corpus, right: Corpus) -> None:
    for name, frame in left.frames().items():
        assert_frame_equal(frame, right.frames()[name])


def test_reports_become_frames(corpus):
    assert len(corpus) == 3
    assert {name: len(frame) for name, frame in corpus.frames().items()} == {
        "reports": 3, "requests": 4, "disclosure": 1, "reviews": 1, "facts": 3, "sections": 2, "claims": 1,
        "corrections": 1, "notes": 1, "failures": 1,
    }  # fmt: skip
    about = corpus.reports.iloc[0]
    assert (about["level"], about["year"], about["path"], about["complete"]) == ("county", 2023, "示例县.html", True)
    assert about["published"] == pd.Timestamp("2024-01-30")
    assert corpus.requests["report_id"].tolist() == [COUNTY.id] * 3 + [CITY.id]
    assert corpus.requests["count"].tolist() == [20, 21, pd.NA, 8]
    assert corpus.failures["kind"].tolist() == ["not_a_report"]


def test_a_report_comes_back_as_it_went_in(corpus):
    assert corpus.report(COUNTY.id) == COUNTY
    assert list(corpus.iter_reports()) == [COUNTY, CITY, STRANGER]


def test_the_same_json_comes_back_too(corpus):
    assert corpus.report(COUNTY.id).to_json() == COUNTY.to_json()


def test_an_unknown_report_is_answered_with_the_nearest(corpus):
    with pytest.raises(UnknownKeyError, match=r"'2022/示例县人民政府'.*2023/示例县人民政府"):
        corpus.report("2022/示例县人民政府")


def test_a_faulty_report_is_refused_by_name():
    with pytest.raises(CorpusError, match=r"'2024/示范市人民政府'.*level is 'city'"):
        Corpus.from_reports([COUNTY, replace(CITY, level="city")])


def test_a_failure_of_unknown_kind_is_refused():
    with pytest.raises(CorpusError, match=r"frame 'failures', column 'kind': \['broken'\]"):
        Corpus.from_reports([], [{"path": "a.pdf", "kind": "broken", "message": "?"}])


def test_an_empty_corpus_is_a_corpus(tmp_path):
    empty = Corpus.from_reports([])
    empty.save(tmp_path)
    assert_same(load_corpus(tmp_path), empty)
    assert len(empty.panel()) == len(empty.summary()) == 0
    assert "reports: 0" in repr(empty)


# documents of the same agency and year


def test_the_same_document_twice_stands_once_and_says_so():
    mirror = replace(COUNTY, source=Source(url="https://example.org/mirror", copy=True))
    (kept,) = Corpus.from_reports([COUNTY, mirror]).iter_reports()
    assert kept == replace(COUNTY, notes=(*COUNTY.notes, Note("duplicate_document", "https://example.org/mirror")))


def test_two_documents_of_one_agency_and_year_are_told_apart_by_their_hashes():
    revised = replace(COUNTY, facts=(), source=Source(path="示例县-更正.html", sha256="cd" * 32))
    first, second, city = Corpus.from_reports([COUNTY, CITY, revised]).iter_reports()
    assert (first.id, second.id, city.id) == (f"{COUNTY.id}#abababab", f"{COUNTY.id}#cdcdcdcd", CITY.id)
    assert first.notes[-1] == Note("second_document", "示例县-更正.html")
    assert second.notes[-1] == Note("second_document", "示例县.html")
    assert (first.cells, second.facts) == (COUNTY.cells, ())


def test_ids_do_not_depend_on_the_order_of_reading():
    revised = replace(COUNTY, facts=(), source=Source(path="示例县-更正.html"))
    one = {report.id: report.facts for report in Corpus.from_reports([COUNTY, revised]).iter_reports()}
    other = {report.id: report.facts for report in Corpus.from_reports([revised, COUNTY]).iter_reports()}
    assert one == other
    assert len(one) == 2


# saving and loading


def test_what_is_saved_is_loaded(corpus, tmp_path):
    corpus.save(tmp_path / "new" / "corpus")
    assert_same(load_corpus(tmp_path / "new" / "corpus"), corpus)


def test_saving_twice_gives_the_same_bytes(corpus, tmp_path):
    corpus.save(tmp_path / "one")
    load_corpus(tmp_path / "one").save(tmp_path / "two")
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert files == [
        "claims.parquet", "corpus.json", "corrections.parquet", "disclosure.parquet", "facts.parquet",
        "failures.parquet", "notes.parquet", "reports.parquet", "requests.parquet", "reviews.parquet",
        "sections.parquet",
    ]  # fmt: skip
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_the_manifest_tells_rows_and_hashes(corpus, tmp_path):
    corpus.save(tmp_path)
    manifest = json.loads((tmp_path / "corpus.json").read_text("utf-8"))
    assert manifest["schema"] == "govreport/1"
    assert manifest["frames"]["requests"] == {
        "file": "requests.parquet", "rows": 4, "sha256": file_sha256(tmp_path / "requests.parquet"),
    }  # fmt: skip


def test_dates_and_vocabularies_are_plain_in_the_files(corpus, tmp_path):
    corpus.save(tmp_path)
    assert str(pq.read_schema(tmp_path / "reports.parquet").field("published").type) == "date32[day]"
    states = pq.read_table(tmp_path / "requests.parquet")["state"].to_pylist()
    assert states == ["reported", "reported", "blank", "reported"]


def test_a_changed_frame_is_not_saved(corpus, tmp_path):
    broken = replace(corpus, requests=corpus.requests.drop(columns="state"))
    with pytest.raises(CorpusError, match="frame 'requests': missing column 'state'"):
        broken.save(tmp_path / "broken")
    assert not (tmp_path / "broken").exists()


def test_rows_of_a_dropped_report_are_found(corpus):
    broken = replace(corpus, reports=corpus.reports.iloc[1:])
    with pytest.raises(CorpusError, match=r"3 rows name reports that are not in frame 'reports'.*Corpus.select"):
        broken.validate()


def test_a_missing_folder_is_answered_with_the_nearest(tmp_path):
    (tmp_path / "corpora").mkdir()
    with pytest.raises(MissingPathError, match=r"Nearest: corpora"):
        load_corpus(tmp_path / "corpus")


def test_a_folder_of_documents_is_no_corpus(tmp_path):
    with pytest.raises(CorpusError, match=r"no corpus\.json there.*read_reports reads a folder"):
        load_corpus(tmp_path)


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"schema": "govreport/1", "frames": {"reports": {}}}'])
def test_a_broken_manifest_is_named(corpus, tmp_path, text):
    corpus.save(tmp_path)
    (tmp_path / "corpus.json").write_text(text)
    with pytest.raises(CorpusError, match=r"corpus\.json: not the manifest of a corpus .* save the corpus again"):
        load_corpus(tmp_path)


def test_another_format_is_named(corpus, tmp_path):
    corpus.save(tmp_path)
    manifest = (tmp_path / "corpus.json").read_text().replace("govreport/1", "govreport/9")
    (tmp_path / "corpus.json").write_text(manifest)
    with pytest.raises(CorpusError, match="written in the format 'govreport/9', this kit reads 'govreport/1'"):
        load_corpus(tmp_path)


def test_a_missing_file_is_named(corpus, tmp_path):
    corpus.save(tmp_path)
    (tmp_path / "facts.parquet").unlink()
    with pytest.raises(CorpusError, match=r"facts\.parquet: missing, though the manifest lists it; fetch or save"):
        load_corpus(tmp_path)


def test_a_changed_file_is_named(corpus, tmp_path):
    corpus.save(tmp_path)
    path = tmp_path / "facts.parquet"
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(CorpusError, match=r"facts\.parquet: SHA-256 is [0-9a-f]{64}, the manifest says [0-9a-f]{64}"):
        load_corpus(tmp_path)


def with_new_hash(folder, frame):
    manifest = json.loads((folder / "corpus.json").read_text("utf-8"))
    manifest["frames"][frame]["sha256"] = file_sha256(folder / f"{frame}.parquet")
    (folder / "corpus.json").write_text(json.dumps(manifest))


def test_a_truncated_file_is_named_though_its_hash_is_right(corpus, tmp_path):
    corpus.save(tmp_path)
    path = tmp_path / "facts.parquet"
    path.write_bytes(path.read_bytes()[:-9])
    with_new_hash(tmp_path, "facts")
    with pytest.raises(CorpusError, match=r"facts\.parquet: not a readable Parquet file"):
        load_corpus(tmp_path)


def test_other_columns_are_named(corpus, tmp_path):
    corpus.save(tmp_path)
    path = tmp_path / "requests.parquet"
    table = pq.read_table(path).rename_columns({"count": "number"})
    pq.write_table(table.set_column(6, "start", table["start"].cast("double")), path)
    with_new_hash(tmp_path, "requests")
    with pytest.raises(CorpusError, match=r"requests\.parquet: the column 'count' is missing") as caught:
        load_corpus(tmp_path)
    assert "'number' is not part of the frame; the column 'start' is double, expected int32" in str(caught.value)


def test_a_key_outside_the_vocabulary_is_named_with_its_file(corpus, tmp_path):
    corpus.save(tmp_path)
    path = tmp_path / "reviews.parquet"
    table = pq.read_table(path)
    other = pd.Series(["appeal"]).astype("category")
    pq.write_table(table.set_column(1, "channel", [other.tolist()]).cast(table.schema), path)
    with_new_hash(tmp_path, "reviews")
    with pytest.raises(CorpusError, match=r"reviews\.parquet: frame 'reviews', column 'channel': \['appeal'\]"):
        load_corpus(tmp_path)


# JSON Lines


def test_json_lines_are_written_and_loaded(corpus, tmp_path):
    corpus.to_jsonl(tmp_path / "parsed.jsonl")
    assert (tmp_path / "parsed.jsonl").read_text("utf-8").splitlines()[0] == COUNTY.to_json()
    assert list(load_corpus(tmp_path / "parsed.jsonl").iter_reports()) == [COUNTY, CITY, STRANGER]


def test_a_byte_order_mark_and_empty_lines_do_no_harm(tmp_path):
    path = tmp_path / "parsed.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + COUNTY.to_json().encode() + b"\r\n\r\n" + CITY.to_json().encode())
    loaded = load_corpus(path)
    assert list(loaded.iter_reports()) == [COUNTY, CITY]
    assert loaded.failures.empty


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "Expecting property name"),
        (b"\xff\xfe{}", "utf-8"),
        (b"[1, 2]", "list"),
        (b'{"schema": "govreport/1"}', "not a parsed report: 'report'"),
        (b'{"schema": "govreport/1", "report": 5}', "int"),
        (b'{"schema": "govreport/7"}', "schema 'govreport/7' is not 'govreport/1'"),
        (b"[" * 100_000, "recursion"),
        (CITY.to_json().replace('"prefecture"', '"city"').encode(), "level is 'city'"),
        (CITY.to_json().replace('"count": 8', '"count": "8"').encode(), "count is '8'"),
        (CITY.to_json().replace('"value": 8', '"value": NaN').encode(), "value is nan"),
        (CITY.to_json().replace("示范省", "\\ud800").encode(), "province is"),
    ],
)
def test_a_bad_line_becomes_a_failure_and_the_rest_is_read(tmp_path, line, reason):
    path = tmp_path / "parsed.jsonl"
    path.write_bytes(COUNTY.to_json().encode() + b"\n" + line + b"\n")
    loaded = load_corpus(path)
    assert list(loaded.iter_reports()) == [COUNTY]
    ((where, kind, message),) = loaded.failures.itertuples(index=False)
    assert (where, kind) == (str(path), "invalid")
    assert message.startswith("line 2 is left out: ")
    assert message.endswith("; parse its document again")
    assert reason in message


@pytest.mark.parametrize(("content", "reason"), [(b"", "The file is empty"), (b"no json\n", "The first: line 1")])
def test_a_file_without_any_report_is_refused(tmp_path, content, reason):
    path = tmp_path / "parsed.jsonl"
    path.write_bytes(content)
    with pytest.raises(CorpusError, match=rf"parsed\.jsonl: no line holds a parsed report.*{reason}"):
        load_corpus(path)


# narrowing and merging


def test_select_by_column_narrows_every_frame(corpus):
    county = corpus.select(level="county")
    assert list(county.iter_reports()) == [COUNTY]
    assert county.requests["report_id"].cat.categories.tolist() == [COUNTY.id]
    assert len(county.failures) == 1
    county.validate()


def test_select_by_several_values_and_columns(corpus):
    assert len(corpus.select(year=range(2020, 2025))) == 2
    assert len(corpus.select(year=range(2020, 2025), level=["county", "township"])) == 1
    assert len(corpus.select(agency="示范市人民政府", complete=False)) == 1


def test_select_by_mask_takes_missing_as_false(corpus):
    assert list(corpus.select(corpus.reports["year"] > 2023).iter_reports()) == [CITY]
    assert list(corpus.select([False, False, True]).iter_reports()) == [STRANGER]


def test_select_explains_typing_errors(corpus):
    with pytest.raises(UnknownKeyError, match=r"no column of reports 'levle'\. Nearest: level"):
        corpus.select(levle="county")
    with pytest.raises(UnknownKeyError, match=r"no level 'conty'\. Nearest: county"):
        corpus.select(level="conty")
    with pytest.raises(CorpusError, match="the mask has 2 values and must have one for each of the 3 rows"):
        corpus.select([True, False])


def test_merge_unites(corpus):
    one, other = Corpus.from_reports([COUNTY]), Corpus.from_reports([CITY, STRANGER])
    united = one.merge(other)
    assert list(united.iter_reports()) == [COUNTY, CITY, STRANGER]
    united.validate()
    assert_same(united.merge(), united)
    assert_same(corpus.merge(corpus, corpus), corpus)


def test_merge_keeps_a_report_once_though_its_path_differs():
    elsewhere = replace(COUNTY, source=replace(COUNTY.source, path="C:/报告/示例县.html"))
    united = Corpus.from_reports([COUNTY]).merge(Corpus.from_reports([elsewhere]))
    assert list(united.iter_reports()) == [COUNTY]


def test_merge_refuses_two_contents_for_one_id_unless_told():
    one, other = Corpus.from_reports([COUNTY, CITY]), Corpus.from_reports([replace(COUNTY, facts=())])
    with pytest.raises(
        CorpusError, match="1 reports have the same id and different content: 2023/示例县人民政府; pass"
    ):
        one.merge(other)
    assert one.merge(other, on_conflict="first").report(COUNTY.id) == COUNTY
    assert one.merge(other, on_conflict="last").report(COUNTY.id).facts == ()
    assert len(one.merge(other, on_conflict="last")) == 2


# how it shows itself


def test_a_corpus_tells_what_it_holds(corpus):
    assert repr(corpus) == (
        "<Corpus\n  reports: 3\n  years: 2023-2024\n  levels: prefecture 1, county 1, unknown 1\n  provinces: 2\n"
        "  read whole: 1 of 3\n  cells: 1 disclosure, 4 requests, 1 reviews\n  facts: 3\n  documents that failed: 1>"
    )
    html = corpus._repr_html_()
    assert "<tr><th>levels</th><td>prefecture 1, county 1, unknown 1</td></tr>" in html
    assert "<th>year</th><th>prefecture</th><th>county</th><th>unknown</th><th>all</th>" in html
    assert "<td>2023</td><td>0</td><td>1</td><td>0</td><td>1</td>" in html
    assert "<td>unknown</td><td>0</td><td>0</td><td>1</td><td>1</td>" in html


def test_a_corpus_shows_the_first_of_many_failures_and_escapes_them():
    many = [{"path": f"<b>{number}", "kind": "damaged", "message": "truncated"} for number in range(21)]
    html = Corpus.from_reports([], failures=many)._repr_html_()
    assert "Documents that failed (21), the first 20; all of them: corpus.failures" in html
    assert "&lt;b&gt;19<" in html
    assert "<b>" not in html
    assert "&lt;b&gt;20<" not in html


# any report whatever

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
optional_texts = st.none() | texts
spans = st.just((None, None)) | st.tuples(st.integers(0, 2**31 - 1), st.integers(0, 2**31 - 1)).map(
    lambda ends: tuple(sorted(ends))
)


def keys(name):
    return st.sampled_from(vocabulary(name))


@st.composite
def cells(draw, table):
    states = st.sampled_from(tuple(codebook.states))
    row, column, source = draw(keys(f"{table}_row")), draw(keys(f"{table}_column")), draw(keys("source"))
    state, (start, end) = draw(states), draw(spans)
    whole = st.integers(-(2**53), 2**53)
    numbers = whole | st.floats(allow_nan=False, allow_infinity=False) if table == "disclosure" else whole
    value = {"reported": draw(numbers.filter(bool)), "zero": 0}.get(state)
    unit = draw(optional_texts) if table == "disclosure" else None
    return Cell(table, row, column, value, state, unit, source, start, end)


@st.composite
def facts(draw):
    value = draw(st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False))
    text, approx, (start, end) = draw(optional_texts), draw(st.booleans()), draw(spans)
    return Fact(draw(keys("indicator")), value, draw(optional_texts), approx, text, draw(optional_texts), start, end)


@st.composite
def claims(draw):
    value = draw(st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False))
    decimals, text, (start, end) = draw(st.integers(0, 6)), draw(optional_texts), draw(spans)
    return Claim(draw(keys("claim")), draw(keys("indicator")), value, draw(optional_texts), decimals, text, start, end)


@st.composite
def corrections(draw):
    read = draw(st.none() | st.integers(-(2**53), 2**53))
    value, (start, end) = draw(st.integers(-(2**53), 2**53)), draw(spans)
    cell = (draw(keys("table")), draw(texts), draw(texts))
    return Correction(*cell, read, draw(keys("state")), value, draw(keys("correction")), start, end)


@st.composite
def reports(draw):
    tables = {
        table: draw(st.lists(cells(table), max_size=4, unique_by=lambda cell: (cell.row, cell.column, cell.source)))
        for table in codebook.tables
    }
    return Report(
        id=draw(texts),
        title=draw(optional_texts),
        agency=draw(optional_texts),
        level=draw(st.none() | keys("level")),
        scope=draw(keys("scope")),
        province=draw(optional_texts),
        region_code=draw(optional_texts),
        year=draw(st.none() | st.integers(-(2**15), 2**15 - 1)),
        form=draw(st.none() | keys("form")),
        published=draw(st.none() | st.dates().map(lambda day: day.isoformat())),
        complete=draw(st.booleans()),
        source=draw(st.builds(Source, optional_texts, optional_texts, st.booleans(), *[optional_texts] * 3)),
        sections=tuple(
            Section(draw(optional_texts), draw(st.none() | keys("section")), draw(texts), *draw(spans))
            for _ in range(draw(st.integers(0, 2)))
        ),
        cells=tuple(cell for table in tables.values() for cell in table),
        facts=tuple(draw(st.lists(facts(), max_size=3))),
        claims=tuple(draw(st.lists(claims(), max_size=2))),
        corrections=tuple(draw(st.lists(corrections(), max_size=2))),
        notes=tuple(Note(draw(keys("note")), draw(texts), *draw(spans)) for _ in range(draw(st.integers(0, 2)))),
    )  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(reports(), max_size=3, unique_by=lambda report: report.id))
def test_any_reports_survive_frames_files_and_lines(tmp_path_factory, drawn):
    folder = tmp_path_factory.mktemp("corpus")
    corpus = Corpus.from_reports(drawn)
    assert list(corpus.iter_reports()) == drawn
    corpus.save(folder)
    assert list(load_corpus(folder).iter_reports()) == drawn
    if drawn:
        corpus.to_jsonl(folder / "parsed.jsonl")
        assert list(load_corpus(folder / "parsed.jsonl").iter_reports()) == drawn
