"""Themes: sizes and fonts of the figures, as ``styles/*.mplstyle``; the user's own settings stay as they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import TracebackType

import matplotlib.style
from matplotlib import font_manager
from matplotlib.colors import to_hex, to_rgb

from govreport_kit import codebook
from govreport_kit.codebook.vocabulary import nearest
from govreport_kit.errors import UnknownKeyError

_HERE = Path(__file__).parent
FONT = _HERE / "fonts" / "GovReportSansSC-Regular.ttf"
themes: tuple[str, ...] = tuple(sorted(path.stem for path in (_HERE / "styles").glob("*.mplstyle")))
_current = "paper-1col"


class use_theme:  # noqa: N801  (reads as a function, and as `with use_theme("slide"):`)
    """Choose the theme of the figures which are made from now on, or inside a ``with`` block.

    Parameters
    ----------
    name : {"paper-1col", "paper-2col", "slide"}
        A figure 89 mm wide, 183 mm wide, or a slide. Without a choice figures are ``paper-1col``.

    Raises
    ------
    UnknownKeyError
        If there is no such theme.

    Examples
    --------
    >>> with use_theme("paper-2col"):
    ...     current_theme()
    'paper-2col'
    """

    def __init__(self, name: str) -> None:
        global _current
        if name not in themes:
            raise UnknownKeyError("theme", name, nearest(name, themes), themes)
        self._before = _current
        _current = name

    def __enter__(self) -> None:
        """Leave the theme as it was chosen."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Go back to the theme from before."""
        global _current
        _current = self._before


def current_theme() -> str:
    """Return the name of the theme in use."""
    return _current


@contextmanager
def themed(name: str | None = None) -> Iterator[None]:
    """Draw or save under a theme (the one in use) whatever the user's own settings; they come back at the end."""
    _register_font()
    with matplotlib.style.context(["default", str(_HERE / "styles" / f"{name or _current}.mplstyle")]):
        yield
        interactive = matplotlib.is_interactive()
    # The first figure of a session loads the backend, which in a notebook turns this on: it must stay on.
    matplotlib.interactive(interactive)


def colour(key: str) -> str:
    """Return the one colour of a thing, as in ``codebook.palette``."""
    return codebook.palette[key].colour


def ink_on(background: str) -> str:
    """Return the colour of text, dark or white, which stands out more on a background."""
    light = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(background)]
    luminance = 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]
    return "white" if 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.06 else colour("text")


def shade(share: float) -> str:
    """Return the colour of a share from 0 to 1, from ``little`` to ``much``: the larger, the darker also in grey."""
    ends = zip(to_rgb(colour("little")), to_rgb(colour("much")), strict=True)
    red, green, blue = (a + (b - a) * min(max(share, 0.0), 1.0) for a, b in ends)
    return to_hex((red, green, blue))


@cache
def _register_font() -> None:
    font_manager.fontManager.addfont(FONT)
