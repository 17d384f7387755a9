from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# On a build server the same examples are tried every time; elsewhere each run tries others.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports and hand-made labels, which is not part of the repository."""
    folder = Path(os.environ.get("GOVREPORT_SHARED", Path(__file__).parents[2] / "shared"))
    if not folder.is_dir():
        pytest.skip(f"real reports are not at hand: no folder {folder}; set GOVREPORT_SHARED to theirs")
    return folder


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep what the tests read out of the user's cache."""
    os.environ["GOVREPORT_CACHE"] = str(tmp_path_factory.mktemp("cache"))
