"""What the project's own files promise about each other."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
PYTHONS = [classifier.rpartition(" ")[2] for classifier in PROJECT["classifiers"] if ":: Python :: 3." in classifier]

# Escaped dots keep these patterns from matching themselves.
FORBIDDEN = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.org|debian\.org|conda\.anaconda\.org"
    r"|index-url[\s=\"']+https?:"
    r"|(?<![\w.)\]}-])/(?:work|root|home|Users|tmp)/"
)


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def declared():
    """Every requirement of pyproject.toml on another project."""
    groups = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
    requirements = [Requirement(line) for group in groups for line in group]
    return [requirement for requirement in requirements if requirement.name != PROJECT["name"]]


def locked(name, python):
    """Return the versions to which constraints.txt holds a project on Linux under one Python."""
    environment = {"python_version": python, "python_full_version": f"{python}.9", "sys_platform": "linux"}
    lines = [Requirement(line) for line in read("constraints.txt").splitlines()]
    return [
        str(line.specifier).removeprefix("==")
        for line in lines
        if canonicalize_name(line.name) == canonicalize_name(name)
        and (line.marker is None or line.marker.evaluate(environment))
    ]


def repository_files():
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True, encoding="utf-8")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout: which files belong to the project cannot be told")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("requirement", declared(), ids=str)
@pytest.mark.parametrize("python", [*PYTHONS, "3.14"])  # the newest is locked, though the suite has not run on it
def test_constraints_lock_each_requirement_once_within_its_bounds(requirement, python):
    versions = locked(requirement.name, python)
    assert len(versions) == 1, f"run make constraints: {requirement.name} is locked to {versions}"
    assert requirement.specifier.contains(versions[0], prereleases=True)


def test_constraints_pin_exact_versions():
    loose = [line for line in read("constraints.txt").splitlines() if not re.match(r"[a-z0-9-]+==[\w.]+( ; |$)", line)]
    assert loose == []


def test_the_oldest_python_is_the_same_everywhere():
    assert PROJECT["requires-python"] == f">={PYTHONS[0]}"
    assert f"py{PYTHONS[0].replace('.', '')}" == PYPROJECT["tool"]["ruff"]["target-version"]
    assert PYTHONS[0] == PYPROJECT["tool"]["mypy"]["python_version"]
    assert f"sys.version_info < ({PYTHONS[0].replace('.', ', ')})" in read("Makefile")


def test_environment_agrees_with_pyproject():
    environment = yaml.safe_load(read("environment.yml"))
    python, pip, from_pip = environment["dependencies"]
    assert environment["name"] == PROJECT["name"]
    assert python == f"python{PROJECT['requires-python']}"
    assert pip == "pip"
    constraints, package = from_pip["pip"]
    assert constraints == "-c constraints.txt"
    extra = re.fullmatch(r"-e \.\[(\w+)\]", package)
    assert extra is not None
    assert extra[1] in PROJECT["optional-dependencies"]


def test_versions_agree():
    changelog = re.search(r"^## \[([^\]]+)\]", read("CHANGELOG.md"), re.MULTILINE)
    assert changelog is not None, "CHANGELOG.md has no version"
    assert changelog[1] == PROJECT["version"]
    assert str(yaml.safe_load(read("CITATION.cff"))["version"]) == PROJECT["version"]
    assert str(Version(PROJECT["version"])) == PROJECT["version"]


def test_no_file_names_a_registry_or_a_path_of_one_machine():
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in repository_files()
        for match in FORBIDDEN.finditer(path.read_bytes().decode("utf-8", errors="ignore"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "https://" + "pypi" + ".org/simple",
        "--index-url" + " http://127.0.0.1/",
        "open('/" + "work/x')",
        "Saved to /" + "root/figure.pdf",
    ],
)
def test_the_search_for_such_names_finds_them(text):
    assert FORBIDDEN.search(text)


@pytest.mark.parametrize("text", ["https://www.example.cn/home/x", "data/work/x", "../tmp/x", "//table/root/cell"])
def test_the_search_for_such_names_lets_others_pass(text):
    assert not FORBIDDEN.search(text)


def test_modules_are_short():
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / "govreport_kit").rglob("*.py")
    }
    assert lengths
    assert {name: length for name, length in lengths.items() if length > 300} == {}


def test_import_loads_no_heavy_module():
    heavy = {"matplotlib", "numpy", "pandas", "pandera", "pyarrow", "scipy", "seaborn"}
    code = "import sys, govreport_kit; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True)
    assert heavy.isdisjoint(loaded.stdout.split())
    assert "govreport_kit" in loaded.stdout.split()


def make_commands(name):
    """Return the `make` targets which the code of a Markdown file names."""
    code = re.findall(r"```.*?```|`[^`\n]+`", read(name), re.DOTALL)
    return {target for piece in code for target in re.findall(r"\bmake ([a-z]+)", piece)}


def test_both_readmes_name_the_same_commands_and_all_exist():
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    english = make_commands("README.md")
    assert english == make_commands("README.zh.md")
    assert {"setup", "figures", "test"} <= english <= targets
