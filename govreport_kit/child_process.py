"""What a process started by this one needs to find the same modules."""

from __future__ import annotations

import os
import sys


def environment(**settings: str) -> dict[str, str]:
    """Return the environment of a process which shall find the modules that this one finds.

    Parameters
    ----------
    **settings : str
        Variables which are set unless the user has set them.
    """
    return {**settings, **os.environ, "PYTHONPATH": os.pathsep.join(entry or os.getcwd() for entry in sys.path)}
