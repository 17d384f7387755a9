from __future__ import annotations

import pandas as pd
import pytest

from govreport_kit import codebook
from govreport_kit.corpus.frames import (
    FRAMES,
    frame_columns,
    make_frame,
    report_ids,
    table_schema,
    validate_frame,
    vocabulary,
)
from govreport_kit.errors import CorpusError

IDS = pd.Index(["2023/示例县人民政府", "2024/示例县人民政府"], dtype="str")


def requests_frame(**changed):
    values = {
        "report_id": list(IDS),
        "row": ["received_new", "refused"],
        "applicant": ["total", "total"],
        "count": [5, None],
        "state": ["reported", "blank"],
        "source": ["table", "table"],
        "start": [10, None],
        "end": [11, None],
    }
    return make_frame("requests", values | changed, IDS)


def test_the_frames_are_those_of_the_design():
    assert set(FRAMES) == {
        "reports", "requests", "disclosure", "reviews", "facts", "sections", "claims", "corrections", "notes",
        "failures",
    }  # fmt: skip


@pytest.mark.parametrize("frame", FRAMES)
def test_an_empty_frame_has_every_column_with_its_dtype(frame):
    data = make_frame(frame, {column.name: [] for column in frame_columns(frame)}, IDS[:0])
    assert list(data) == [column.name for column in frame_columns(frame)]
    written = {"string": "str", "date": "datetime64[s]"}
    for column in frame_columns(frame):
        assert data[column.name].dtype.name == written.get(column.dtype, column.dtype), column.name
    validate_frame(frame, data, IDS[:0])


def test_the_rows_of_requests_are_the_printed_rows_and_the_groups():
    rows = vocabulary("requests_row")
    assert rows[:4] == ("received_new", "carried_over", "granted", "partially_granted")
    assert rows[-5:] == ("disclosed", "refused", "unable", "not_processed", "other")
    assert len(rows) == 25 + 5


def test_a_column_stands_once_in_its_vocabulary_though_two_forms_print_it():
    assert vocabulary("disclosure_column").count("decisions") == 1


def test_categories_are_the_vocabulary_whatever_occurs():
    frame = requests_frame()
    assert tuple(frame["state"].cat.categories) == tuple(codebook.states)
    assert list(frame["report_id"].cat.categories) == list(IDS)


def test_an_open_category_has_the_values_that_occur():
    facts = make_frame(
        "facts",
        {
            "report_id": [IDS[0]] * 3, "indicator": ["trainings"] * 3, "value": [1, 2.5, 3], "unit": ["次", None, "场"],
            "approx": [False] * 3, "quote": [None] * 3, "section": [None] * 3, "start": [None] * 3, "end": [None] * 3,
        },
        IDS,
    )  # fmt: skip
    assert sorted(facts["unit"].cat.categories) == ["场", "次"]
    assert facts["value"].tolist() == [1, 2.5, 3]


def test_blank_is_missing_and_sums_to_missing():
    count = requests_frame()["count"]
    assert count.isna().tolist() == [False, True]
    assert count.sum(skipna=False) is pd.NA


def test_a_value_outside_the_vocabulary_is_named_with_the_nearest():
    with pytest.raises(CorpusError, match=r"frame 'requests', column 'row': \['refussed'\].*refused"):
        requests_frame(row=["received_new", "refussed"])


def test_a_value_of_the_wrong_kind_is_named():
    with pytest.raises(CorpusError, match="frame 'requests', column 'count': not Int64"):
        requests_frame(count=["five", None])


def test_a_missing_column_is_named():
    values = requests_frame().drop(columns="state")
    with pytest.raises(CorpusError, match=r"frame 'requests' lacks the columns \['state'\]"):
        make_frame("requests", values, IDS)


def test_a_frame_in_order_passes():
    validate_frame("requests", requests_frame(), IDS)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"state": ["blank", "blank"]}, "value and state agree, rows 0$"),
        ({"count": [0, None]}, "value and state agree, rows 0$"),
        ({"end": [9, None]}, "start before end, rows 0$"),
        ({"start": [None, 3]}, "start before end, rows 0, 1$"),
        ({"source": ["table", None]}, "column source: expected not_nullable, rows 1$"),
    ],
)
def test_a_fault_names_column_check_and_rows(changed, message):
    with pytest.raises(CorpusError, match=f"^frame 'requests': .*{message}"):
        validate_frame("requests", requests_frame(**changed), IDS)


def test_a_cell_stands_once_for_each_source():
    one = {"report_id": [IDS[0]] * 2, "row": ["refused"] * 2}
    validate_frame("requests", requests_frame(**one, source=["table", "narrative"]), IDS)
    with pytest.raises(CorpusError, match="expected multiple_fields_uniqueness, rows 0, 1"):
        validate_frame("requests", requests_frame(**one), IDS)


def test_other_columns_and_dtypes_are_named():
    frame = requests_frame().assign(count=[5.0, 6.0], rate=0.5)
    with pytest.raises(CorpusError, match="unexpected column 'rate'") as caught:
        validate_frame("requests", frame, IDS)
    assert "column count: expected dtype('Int64'), found float64" in str(caught.value)


def test_a_row_of_no_report_is_named():
    with pytest.raises(CorpusError, match=r"1 rows name reports that are not in frame 'reports' \(rows 1: 2024/示例县"):
        validate_frame("requests", requests_frame(), IDS[:1])


def test_a_category_with_other_keys_is_named():
    frame = requests_frame()
    frame["state"] = frame["state"].cat.add_categories("guessed")
    with pytest.raises(CorpusError, match="column state: expected category of the vocabulary 'state'"):
        validate_frame("requests", frame, IDS)


def test_report_ids_are_those_of_the_reports():
    ids = report_ids({"report_id": ["b", "a"]})
    assert list(ids) == ["b", "a"]
    assert ids.name is None


@pytest.mark.parametrize("frame", FRAMES)
def test_the_table_schema_describes_each_column_in_both_languages(frame):
    fields = table_schema(frame_columns(frame))["fields"]
    assert [field["name"] for field in fields] == [column.name for column in frame_columns(frame)]
    for field in fields:
        assert field["description"]
        assert any("\u4e00" <= sign <= "\u9fff" for sign in field["description_zh"]), field["name"]


def test_the_table_schema_gives_types_and_vocabularies():
    fields = {field["name"]: field for field in table_schema(frame_columns("requests"))["fields"]}
    assert fields["count"]["type"] == "integer"
    assert fields["count"]["constraints"] == {"required": False}
    assert fields["state"]["constraints"]["enum"] == ["reported", "zero", "blank", "not_applicable", "unreadable"]
    assert "enum" not in fields["report_id"]["constraints"]
