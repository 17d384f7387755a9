import os
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import pytest
from fontTools.ttLib import TTFont
from matplotlib import font_manager

import govreport_kit
from govreport_kit import load_corpus
from govreport_kit.errors import UnknownKeyError
from govreport_kit.figures import current_theme, outcome_composition, themed, themes, use_theme
from govreport_kit.figures.theme import FONT

PACKAGE = Path(govreport_kit.__file__).parent
WIDTHS = {"paper-1col": 89, "paper-2col": 183, "slide": 254}


@pytest.fixture(scope="module")
def font():
    return TTFont(FONT)


def test_every_character_of_the_kits_data_has_a_glyph(font):
    # Traditional characters and patterns are read from documents and never written on a figure.
    read_only = {"traditional.csv", "cues.toml", "headings.toml", "signs.toml"}
    data = [path for path in (PACKAGE / "codebook" / "data").iterdir() if path.name not in read_only]
    files = [*data, PACKAGE / "figures" / "words.csv"]
    said = set("".join(path.read_text("utf-8") for path in files))
    said |= set("".join(load_corpus().reports[["agency", "province"]].fillna("").to_numpy().ravel()))
    assert {character for character in said if ord(character) not in font.getBestCmap()} == {"\n"}


def test_font_holds_gb2312_and_the_minus_sign(font):
    pairs = (bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    characters = "".join(pair.decode("gb2312", "ignore") for pair in pairs)
    assert len(characters) == 6763
    assert {ord(character) for character in characters + "−–±≤≥×"} <= font.getBestCmap().keys()


def test_font_has_a_name_of_its_own_and_truetype_outlines(font):
    names = {record.nameID: record.toUnicode() for record in font["name"].names}
    assert names[1] == names[4] == "GovReport Sans SC"
    assert names[6] == "GovReportSansSC-Regular"
    assert "SIL Open Font License" in names[13]
    assert "glyf" in font
    assert "CFF " not in font
    licence = (FONT.parent / "OFL.txt").read_text("utf-8")
    assert names[0] in licence
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def test_a_theme_for_each_style_file():
    assert set(themes) == set(WIDTHS)


@pytest.mark.parametrize("theme", themes)
def test_themes_set_width_font_and_vector_formats(theme):
    with themed(theme):
        assert mpl.rcParams["figure.figsize"][0] * 25.4 == pytest.approx(WIDTHS[theme], abs=0.02)
        assert mpl.rcParams["font.family"] == ["GovReport Sans SC", "DejaVu Sans"]
        assert mpl.rcParams["pdf.fonttype"] == 42
        assert mpl.rcParams["svg.fonttype"] == "path"
        assert mpl.rcParams["svg.hashsalt"]
        assert Path(font_manager.findfont("GovReport Sans SC", fallback_to_default=False)) == FONT


@pytest.mark.parametrize("theme", themes)
def test_figures_are_as_wide_as_the_theme(corpus, theme):
    with use_theme(theme):
        ax = outcome_composition(corpus)
    assert ax.figure.get_figwidth() * 25.4 == pytest.approx(WIDTHS[theme], abs=0.02)


def test_a_chosen_theme_stays_or_ends_with_its_block():
    assert current_theme() == "paper-1col"
    with use_theme("slide"):
        assert current_theme() == "slide"
    assert current_theme() == "paper-1col"
    use_theme("paper-2col")
    assert current_theme() == "paper-2col"
    use_theme("paper-1col")


def test_an_unknown_theme_is_named_with_the_nearest():
    with pytest.raises(UnknownKeyError, match=r"no theme 'paper'\. Nearest: paper-"):
        use_theme("paper")


def test_importing_the_figures_sets_nothing():
    code = (
        "import matplotlib as mpl\n"
        "settings = lambda: {key: mpl.rcParams[key] for key in mpl.rcParams if key != 'backend'}\n"
        "before = settings()\n"
        "import govreport_kit.figures\n"
        "assert settings() == before\n"
        "assert mpl.get_backend(auto_select=False) is None"
    )
    environment = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}
    subprocess.run([sys.executable, "-c", code], check=True, cwd=PACKAGE.parent, env=environment)
