"""Where the bundled figures of published reports lie."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from govreport_kit.errors import CorpusError


def published_folder() -> Path:
    """Return the folder of the bundled corpus.

    Returns
    -------
    pathlib.Path
        ``govreport_kit/published`` of an installed kit, else ``data/published`` of a checkout.

    Raises
    ------
    CorpusError
        If there is neither.
    """
    package = Path(str(files("govreport_kit")))
    candidates = [package / "published", package.parent / "data" / "published"]
    for folder in candidates:
        if (folder / "corpus.json").is_file():
            return folder
    looked = " and ".join(str(folder) for folder in candidates)
    raise CorpusError(
        f"the bundled figures are in neither of {looked}; install the kit again, or name a corpus to load"
    )
