import json
from pathlib import Path

import pytest
from frictionless import Package, validate

import govreport_kit as gk
from govreport_kit.corpus.frames import FRAMES
from govreport_kit.errors import ExportError

PUBLISHED = Path(gk.__file__).parents[1] / "data" / "published"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("package")
    gk.export(gk.load_corpus().select(year=[2019, 2024]), folder / "datapackage.json")
    return folder


def test_frictionless_finds_no_fault(folder):
    report = validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "message"])[:5]
    assert [task.name for task in report.tasks] == ["panel", *FRAMES]


@pytest.mark.parametrize(
    ("file", "before", "after", "fault"),
    [
        ("requests.csv", '"table"', '"tabel"', "constraint-error"),
        ("requests.csv", '"2024/', '"2042/', "foreign-key"),
        ("panel.csv", "true", "maybe", "type-error"),
    ],
)
def test_frictionless_finds_a_fault_that_is_put_there(folder, tmp_path, file, before, after, fault):
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    text = (tmp_path / file).read_text("utf-8").replace(before, after, 1)
    (tmp_path / file).write_text(text, "utf-8", newline="")
    faults = {kind for (kind,) in validate(str(tmp_path / "datapackage.json")).flatten(["type"])}
    assert fault in faults


def test_every_field_is_described_in_both_languages(folder):
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    fields = [field for resource in package["resources"] for field in resource["schema"]["fields"]]
    assert all(field["description"] and field["description_zh"] for field in fields)


def test_a_frame_that_nobody_knows_is_refused(tmp_path):
    import pandas as pd

    with pytest.raises(ExportError, match="none that the codebook knows"):
        gk.export(pd.DataFrame({"x": [1]}), tmp_path / "datapackage.json")


def test_a_part_of_the_frames_does_not_refer_to_those_that_are_not_there(tmp_path):
    gk.export(gk.load_corpus().select(year=2024), tmp_path / "datapackage.json", what=["facts", "panel"])
    assert validate(str(tmp_path / "datapackage.json")).valid


def test_the_description_of_the_bundled_figures_is_one_and_its_panel_holds():
    package = Package(str(PUBLISHED / "datapackage.json"))  # refuses what is no description
    assert package.resource_names == [*FRAMES, "panel"]
    panel = package.get_resource("panel")
    assert panel.validate().valid
