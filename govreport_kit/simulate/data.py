"""The data files of the simulation: names, means, labels and sentences."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read_data(name: str) -> dict[str, Any]:
    """Read ``simulate/NAME.toml``."""
    return tomllib.loads((files("govreport_kit.simulate") / f"{name}.toml").read_text("utf-8"))
