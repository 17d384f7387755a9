"""Invented reports as web pages."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import numpy as np

from govreport_kit.simulate.arrangement import Arranged
from govreport_kit.simulate.printed import PrintedCell, Rows, whole

LAYOUTS = ("spans", "word_made", "nested", "split_blocks", "one_table")
_NAVIGATION = "首页 公开指南 公开制度 法定主动公开内容 公开年报 依申请公开".split()


def html_page(arranged: Arranged, layout: str, charset: str, rng: np.random.Generator) -> str:
    """Write a page.

    Parameters
    ----------
    arranged : Arranged
        Paragraphs and tables in their order.
    layout : {"spans", "word_made", "nested", "split_blocks", "one_table"}
        Merged cells as a form has them; the same as a word processor writes it, runs split inside
        words; inside a table that lays out the page; one table a block; all tables in one.
    charset : str
        What the page declares.
    rng : numpy.random.Generator
        Splits the runs.
    """
    write = _WordMade(rng) if layout == "word_made" else _Plain()
    body = "\n".join(_blocks(arranged, layout, write))
    if layout == "nested":
        links = "".join(f'<li><a href="#">{words}</a></li>' for words in _NAVIGATION)
        body = (
            f'<table width="1000"><tr><td class="left"><ul>{links}</ul></td>'
            f'<td class="content"><table><tr><td>{body}</td></tr></table></td></tr></table>'
        )
    head = f'<meta charset="{charset}"><title>{escape(arranged.title)}</title>'
    return f'<!DOCTYPE html>\n<html lang="zh"><head>{head}</head>\n<body>\n{body}\n</body></html>\n'


class _Plain:
    """Writes words as they are."""

    def inline(self, words: str) -> str:
        return escape(words).replace("\n", "<br>")

    def cell(self, words: str) -> str:
        return self.inline(words) or "&nbsp;"

    def paragraph(self, words: str) -> str:
        return f"<p>{self.inline(words)}</p>"


class _WordMade(_Plain):
    """Writes words as a word processor does: a paragraph in each cell, runs split anywhere."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng

    def inline(self, words: str) -> str:
        cut = int(self.rng.integers(len(words) + 1))
        runs = [super(_WordMade, self).inline(run) for run in (words[:cut], words[cut:]) if run]
        spans = "".join(f'<span lang="EN-US" style="font-size:10.5pt;font-family:宋体">{run}</span>' for run in runs)
        return f'<span style="color:#333">{spans}</span><span><o:p></o:p></span>'

    def cell(self, words: str) -> str:
        inner = self.inline(words) if words else "<span><o:p>&nbsp;</o:p></span>"
        return f'<p class="MsoNormal" align="center" style="line-height:20.0pt">{inner}</p>'

    def paragraph(self, words: str) -> str:
        return f'<p class="MsoNormal" style="text-indent:32.0pt">{self.inline(words)}</p>'


def _blocks(arranged: Arranged, layout: str, write: _Plain) -> Iterator[str]:
    yield f"<h1>{escape(arranged.title)}</h1>"
    gathered: list[Rows] = []
    for block in arranged.blocks[1:]:
        if isinstance(block, str):
            yield write.paragraph(block)
        elif layout == "one_table":
            gathered.append(whole(block))
            if len(gathered) == arranged.tables:
                yield _table([row for rows in gathered for row in rows], write)
        elif layout == "split_blocks":
            yield "\n".join(_table(rows, write) for rows in block)
        else:
            yield _table(whole(block), write)


def _table(rows: Rows, write: _Plain) -> str:
    lines = ["".join(_cell(cell, write) for cell in row) for row in rows]
    return '<table border="1">' + "\n".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def _cell(cell: PrintedCell, write: _Plain) -> str:
    rowspan = f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    colspan = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    return f"<td{rowspan}{colspan}>{write.cell(cell.text)}</td>"
