"""The extra `ocr`: whether text recognition is installed, without loading it."""

from __future__ import annotations

from importlib.util import find_spec

from govreport_kit.documents.limits import Unreadable

INSTALL = 'pip install "govreport-kit[ocr]"'
_MODULES = ("rapidocr", "onnxruntime", "cv2")


def reads_pictures() -> bool:
    """Tell whether text recognition is installed."""
    return all(find_spec(name) is not None for name in _MODULES)


def require_recognition(what: str) -> None:
    """Refuse a picture where text recognition is missing, with the line that installs it."""
    if not reads_pictures():
        raise Unreadable("unsupported", f"{what}, which needs text recognition (OCR); {INSTALL} adds it")
