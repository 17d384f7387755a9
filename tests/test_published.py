from __future__ import annotations

import importlib.util
import json
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from govreport_kit import codebook, published
from govreport_kit.corpus import load_corpus, panel_columns
from govreport_kit.corpus.frames import FRAMES, frame_columns
from govreport_kit.corpus.storage import file_sha256
from govreport_kit.errors import CorpusError
from govreport_kit.metrics import components
from govreport_kit.report import Report, Source

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "data" / "published"


@pytest.fixture(scope="module")
def corpus():
    return load_corpus()


@pytest.fixture(scope="module")
def package():
    return json.loads((FOLDER / "datapackage.json").read_text("utf-8"))


READ_TWICE = "2020/广州市荔湾区南源街道办事处"  # the page of 2020/广州市荔湾区人民政府南源街道办事处
WORDS_OF_THE_READER = (" (by content)", "(辽宁)")


@pytest.fixture(scope="module")
def figures(shared):
    """What was read by hand, without the second reading of a page and without the reader's words in names."""
    lines = map(json.loads, (shared / "data" / "published.jsonl").read_text("utf-8").splitlines())
    kept = [line for line in lines if line["report"]["id"] != READ_TWICE]
    for line in kept:
        for words in WORDS_OF_THE_READER:
            line["report"]["id"] = line["report"]["id"].removesuffix(words)
    return kept


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("build_published", ROOT / "data" / "build_published.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_bundled_corpus_lies_in_the_checkout_or_in_the_package():
    assert (published.published_folder() / "corpus.json").is_file()


def test_a_missing_bundle_is_explained(monkeypatch, tmp_path):
    monkeypatch.setattr(published, "files", lambda package: tmp_path / package)
    with pytest.raises(CorpusError, match=r"in neither of .*govreport_kit.published and .*data.published; install"):
        published.published_folder()


def test_a_bundle_in_the_package_comes_first(monkeypatch, tmp_path):
    for folder in (tmp_path / "govreport_kit" / "published", tmp_path / "data" / "published"):
        folder.mkdir(parents=True)
        (folder / "corpus.json").touch()
    monkeypatch.setattr(published, "files", lambda package: tmp_path / package)
    assert published.published_folder() == tmp_path / "govreport_kit" / "published"


# counted in the input with a few lines of plain Python, which share nothing with the kit


def test_the_reports_are_590_of_14_years_and_30_provinces(corpus):
    reports = corpus.reports
    assert len(corpus) == 590
    assert reports["complete"].sum() == 12
    assert reports["year"].value_counts().nlargest(3).to_dict() == {2023: 157, 2024: 143, 2025: 117}
    assert (reports["year"].min(), reports["year"].max(), reports["year"].nunique()) == (2010, 2025, 14)
    assert reports["level"].value_counts().to_dict() == {
        "department": 251, "county": 150, "township": 104, "prefecture": 53, "other": 24, "province": 6, "ministry": 2,
    }  # fmt: skip
    assert reports.loc[reports["office"], "level"].value_counts().loc[["county", "prefecture", "province"]].tolist() == [
        58, 24, 3,
    ]  # fmt: skip
    assert reports["province"].nunique() == 30
    assert reports["province"].isna().sum() == 2
    assert set(reports["scope"]) == {"unknown"}
    assert reports["copy"].sum() == 8
    assert reports["published"].isna().sum() == 287
    assert reports["form"].value_counts().to_dict() == {"f2021": 21, "f2019": 12, "gb2014": 0, "local": 0}
    assert reports["url"].notna().all()


def test_the_cells_and_facts_are_all_there(corpus):
    from_table = corpus.requests[corpus.requests["source"] == "table"]
    assert (len(from_table), (from_table["state"] == "zero").sum()) == (1816, 1376)
    assert (len(corpus.disclosure), (corpus.disclosure["state"] == "zero").sum()) == (831, 634)
    assert (len(corpus.reviews), (corpus.reviews["state"] == "zero").sum()) == (171, 85)
    assert (len(corpus.facts), corpus.facts["approx"].sum()) == (2378, 75)
    assert (corpus.facts["indicator"] == "requests_received").sum() == 390
    assert len(corpus.failures) == 0


def test_every_report_has_a_page_of_its_own_and_a_name_without_words_of_the_reader(corpus):
    reports = corpus.reports
    assert reports.loc[~reports["copy"], "url"].is_unique
    assert not reports["agency"].str.contains("[A-Za-z]").any()
    assert {"汉中市自然资源局经济技术开发区分局", "盐城市大丰区人民政府办公室", "朝阳市自然资源局"} <= set(
        reports["agency"]
    )
    assert (reports["report_id"] == reports["year"].astype("str") + "/" + reports["agency"]).all()


def test_codes_of_divisions_lie_in_the_province_that_was_read_by_hand(corpus):
    known = corpus.reports.dropna(subset="region_code")
    provinces = {region.code: region.name for region in codebook.regions() if region.code.endswith("0000")}
    assert (known["region_code"].str[:2].add("0000").map(provinces) == known["province"]).all()
    codes = corpus.reports.drop_duplicates("agency").set_index("agency")["region_code"]
    assert codes["紫金县人民政府"] == "441621"
    assert codes["上海市住房和城乡建设管理委员会"] == "310000"
    assert codes[["水利部", "江苏常州经济开发区管理委员会", "广州市公安局荔湾区分局"]].isna().all()  # left open


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (
            Report("2023/乙县人民政府", agency="乙县人民政府", source=Source(url="page")),
            r"read more than once: \['page'\]",
        ),
        (Report("2023/乙县 (by content)", agency="乙县 (by content)", source=Source(url="other")), "rename them"),
    ],
)
def test_a_page_read_twice_and_words_of_the_reader_are_refused(script, second, told):
    first = Report("2023/甲县人民政府", agency="甲县人民政府", source=Source(url="page"))
    script.require_one_a_report([first])
    with pytest.raises(ValueError, match=told):
        script.require_one_a_report([first, second])


def test_mends_of_what_is_not_there_are_refused(script):
    with pytest.raises(ValueError, match="which the figures do not hold"):
        script.mended([])


def test_no_sentence_of_a_report_stands_in_the_data(corpus):
    assert corpus.facts["quote"].isna().all()
    assert corpus.reports["title"].isna().all()
    assert corpus.facts["section"].dropna().astype("str").str.len().max() < 8


def test_a_derived_total_can_be_followed_by_hand(corpus):
    # 12 + 5 + 19 = 36 = 38 received - 2 carried forward
    row = corpus.panel().set_index("report_id").loc["2024/紫金县人民政府"]
    assert row[["received_new", "granted", "partially_granted", "refused", "carried_forward"]].tolist() == [
        38,
        12,
        5,
        19,
        2,
    ]
    assert row["total_closed"] == 36
    derived = corpus.requests[corpus.requests["source"] == "derived"]
    assert derived["row"].unique().tolist() == ["total_closed"]
    assert len(derived) == 7


def test_units_are_those_of_the_form_where_the_cell_names_none(corpus):
    units = corpus.disclosure.groupby(["item", "measure"], observed=True)["unit"].agg(lambda unit: set(unit.dropna()))
    assert units["licences", "decisions"] == {"件"}
    assert units["fees", "amount_10k_cny"] == {"万元"}
    assert units["procurement", "amount"] == {"元", "万元"}


def test_the_input_is_the_committed_data(corpus, figures):
    assert set(corpus.reports["report_id"]) == {line["report"]["id"] for line in figures}
    for table, row, column, value in [
        ("requests", "row", "applicant", "count"),
        ("disclosure", "item", "measure", "value"),
        ("reviews", "channel", "outcome", "count"),
    ]:
        expected = Counter(
            (line["report"]["id"], cell[row], cell[column], cell[value]) for line in figures for cell in line[table]
        )
        frame = getattr(corpus, table)
        read = frame[frame["source"] == "table"]
        assert Counter(read[["report_id", row, column, value]].itertuples(index=False, name=None)) == expected
    expected = Counter(
        (line["report"]["id"], fact["indicator"], fact["value"]) for line in figures for fact in line["facts"]
    )
    assert Counter(corpus.facts[["report_id", "indicator", "value"]].itertuples(index=False, name=None)) == expected


def test_counts_told_in_reports_without_a_table_are_in_the_requests(corpus, figures):
    """Counted apart from the kit: pairs of report and indicator with one value, none of them about."""
    without_table = [line for line in figures if not line["requests"]]
    told = Counter()
    for line in without_table:
        values = {}
        for fact in line["facts"]:
            if fact["indicator"].startswith("requests_"):
                values.setdefault(fact["indicator"], set()).add((fact["value"], fact["approx"]))
        told.update(key for key, found in values.items() if len(found) == 1 and not next(iter(found))[1])
    ids = {line["report"]["id"] for line in without_table}
    narrative = corpus.requests[(corpus.requests["source"] == "narrative") & corpus.requests["report_id"].isin(ids)]
    rows = {
        "received_new": "received", "total_closed": "closed", "carried_over": "carried_over", "refused": "refused",
        "carried_forward": "carried_forward", "granted": "granted", "unable": "unable", "disclosed": "disclosed",
    }  # fmt: skip
    counts = narrative["row"].value_counts()
    assert {row: counts[row] for row in rows} == {row: told[f"requests_{key}"] for row, key in rows.items()}
    assert len(narrative) == told.total()


def test_the_build_is_repeatable(shared, script, tmp_path):
    figures = shared / "data" / "published.jsonl"
    for name in ("one", "two"):
        script.build(figures, tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
    for name, frame in load_corpus(tmp_path / "one").frames().items():
        assert_frame_equal(frame, load_corpus(FOLDER).frames()[name])


def test_the_panel_is_there_as_plain_text(corpus):
    read = pd.read_csv(FOLDER / "panel.csv", dtype={column.name: "str" for column in panel_columns()})
    panel = corpus.panel()
    assert list(read) == list(panel)
    assert len(read) == 590
    for name in ("report_id", "received_new", "disclosure.licences.decisions", "website_items", "break.form_2021"):
        written = panel[name].astype("str").where(panel[name].notna())
        assert read[name].fillna("").tolist() == written.fillna("").tolist()


def test_the_counts_in_the_readme_are_those_of_the_corpus(corpus, script):
    readme = (FOLDER / "README.md").read_text("utf-8")
    assert script.with_counts(readme, script.counts_table(corpus)) == readme
    assert "| 2023 | 157 |" in readme
    assert "| department | 251 |" in readme
    assert "| 江苏省 | 67 |" in readme


def test_what_the_readme_says_of_copies_and_general_offices_is_so(corpus):
    readme = (FOLDER / "README.md").read_text("utf-8")
    about = corpus.reports.set_index("report_id")
    governments = about[about["level"].isin(["province", "prefecture", "county"])]
    assert f"{governments['office'].sum()} of the {len(governments)} reports at province, prefecture" in readme
    fine, rough = (components(corpus, metric).dropna(subset="n") for metric in ("not_held_share", "disclosure_rate"))
    copied = [about.loc[reports["report_id"], "copy"].to_numpy() for reports in (fine, rough)]
    assert f"Of the {len(fine)} reports which tell every outcome (`not_held_share`) {copied[0].sum()} are" in readme
    assert f"with {fine['n'][copied[0]].sum():,} of\n  {fine['n'].sum():,} requests" in readme
    assert f"Of the {len(rough)} reports behind `disclosure_rate` {copied[1].sum()} are" in readme
    assert f"with {rough['n'][copied[1]].sum():,} of {rough['n'].sum():,}." in readme
    assert f"{rough.set_index('report_id').loc['2023/上海市人民政府', 'n']:,} stand in the report" in readme


def test_the_data_package_lists_every_file_with_its_hash(package):
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert list(resources) == [*FRAMES, "panel"]
    for resource in resources.values():
        path = FOLDER / resource["path"]
        assert resource["bytes"] == path.stat().st_size
        assert resource["hash"] == f"sha256:{file_sha256(path)}"
    beside = {"README.md", "corpus.json", "datapackage.json"}
    assert {path.name for path in FOLDER.iterdir()} == beside | {resource["path"] for resource in resources.values()}


def test_the_data_package_names_licence_version_and_sources(package):
    assert [licence["name"] for licence in package["licenses"]] == ["CC0-1.0"]
    assert package["version"] == "1.0.0"
    assert package["sources"][0]["title"]


@pytest.mark.parametrize("name", [*FRAMES, "panel"])
def test_the_data_package_matches_the_frames_in_both_languages(package, name):
    resource = next(resource for resource in package["resources"] if resource["name"] == name)
    columns = panel_columns() if name == "panel" else frame_columns(name)
    fields = resource["schema"]["fields"]
    assert [(field["name"], field["description"], field["description_zh"]) for field in fields] == [
        (column.name, column.en, column.zh) for column in columns
    ]
    assert all(field["description"] and field["description_zh"] for field in fields)


def test_the_values_keep_to_the_data_package(package, corpus):
    for resource in package["resources"][:-1]:
        frame = getattr(corpus, resource["name"])
        for field in resource["schema"]["fields"]:
            values = frame[field["name"]]
            if field["constraints"]["required"]:
                assert values.notna().all()
            if "enum" in field["constraints"]:
                assert set(values.dropna()) <= set(field["constraints"]["enum"])
            if field["constraints"].get("unique"):
                assert values.is_unique
