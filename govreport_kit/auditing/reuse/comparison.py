"""Two texts beside each other, with the passages which they share marked."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from govreport_kit.auditing.reuse.folding import fold
from govreport_kit.auditing.reuse.passages import passages, shared_runs
from govreport_kit.auditing.reuse.shingles import measure, shingled

_STYLE = """<style scoped>
.govreport-pair{display:grid;grid-template-columns:1fr 1fr;gap:1.5em;font-family:sans-serif;line-height:1.6}
.govreport-pair div{white-space:pre-wrap;overflow-wrap:anywhere}
.govreport-pair mark{background:#d6e9f5;color:inherit}
.govreport-pair sup{color:#5f6b73}
</style>"""


@dataclass(frozen=True, slots=True, repr=False)
class SideBySide:
    """Two texts as a fragment of HTML, which a notebook shows."""

    html: str
    shared: int

    def __repr__(self) -> str:
        return f"<two texts side by side, shared passages: {self.shared}; a notebook shows them>"

    def _repr_html_(self) -> str:
        return self.html


def side_by_side(
    text_a: str,
    text_b: str,
    *,
    titles: tuple[str, str] = ("", ""),
    agencies: tuple[str | None, str | None] = (None, None),
    fewest_characters: int | None = None,
) -> SideBySide:
    """Show two texts beside each other.

    Parameters
    ----------
    text_a, text_b : str
        The texts.
    titles : tuple of str
        What stands above each.
    agencies : tuple of (str or None)
        Whose reports they are; their names count as equal.
    fewest_characters : int, optional
        The shortest passage that is marked; 15 by default. Statutory headings, tables and the
        preamble are not marked, nor is a difference of figures or of own names.

    Returns
    -------
    SideBySide
        Shared passages are marked and bear the same number in both texts, from the longest to the
        shortest. Every word of the texts is escaped.
    """
    fewest = fewest_characters or measure()["fewest_characters"]
    first, second = fold(text_a, agencies[0]), fold(text_b, agencies[1])
    runs = [run for run in shared_runs(shingled(first), shingled(second)) if run.length >= fewest]
    shared = passages(runs, first, second, text_a)
    left = _marked(text_a, [(passage.start, passage.end) for passage in shared])
    right = _marked(text_b, [(passage.other_start, passage.other_end) for passage in shared])
    columns = zip(titles, (left, right), strict=True)
    sides = "".join(f"<section><h4>{escape(title)}</h4><div>{body}</div></section>" for title, body in columns)
    return SideBySide(f'{_STYLE}<div class="govreport-pair">{sides}</div>', len(shared))


def _marked(text: str, spans: list[tuple[int, int]]) -> str:
    parts, behind = [], 0
    for (start, end), number in sorted(zip(spans, range(1, len(spans) + 1), strict=True)):
        parts += [escape(text[behind:start]), f"<mark>{escape(text[start:end])}</mark><sup>{number}</sup>"]
        behind = end
    return "".join([*parts, escape(text[behind:])])
