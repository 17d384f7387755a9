"""Fuzz one target, guided by the branches of the package that an input reaches; see README.md beside this file."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["govreport_kit"]):
    import targets

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "data" / "examples"
WORDS = [
    "一、总体情况",
    "（一）予以公开",
    "三、本年度办理结果",
    "总计",
    "政府信息公开工作年度报告",
    "2023年",
    "新收申请12件",
]
MARKUP = [
    "<table>", "<tr>", "<td rowspan=2>", "<td colspan=3>", "</table>", "<w:tbl>", "<w:tr>", "<w:tc>", "<w:vMerge/>",
    '<w:gridSpan w:val="2"/>', "<w:p><w:r><w:t>1</w:t></w:r></w:p>", "MIME-Version: 1.0", "PK\x03\x04", "%PDF-",
]  # fmt: skip
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
BODY = (
    '<w:body><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>总体</w:t></w:r>'
    '</w:p><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr><w:p/></w:tc></w:tr>'
    "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:tab/><w:t>5</w:t><w:br/></w:r></w:p></w:tc></w:tr></w:tbl>"
    "<w:p><w:r><w:pict><w:txbxContent><w:p/></w:txbxContent></w:pict></w:r><w:del/><w:ins><w:r/></w:ins></w:p></w:body>"
)


def seeds() -> list[bytes]:
    """Return whole documents to begin with."""
    page = (EXAMPLES / "shili-xian-2023.html").read_bytes()
    text = (EXAMPLES / "yangli-qu-2022.txt").read_bytes()
    body, numbering = BODY.encode(), NUMBERING.encode()
    word = targets.packed({
        "word/document.xml": targets.wrapped(body, b"document"),
        "word/numbering.xml": targets.wrapped(numbering, b"numbering"),
    })  # fmt: skip
    mail = b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\nContent-Type: text/html\n\n'
    return [page, page.decode().encode("utf-16-le"), text, text.decode("gb18030").encode(), body + b"\0" + numbering,
            word, mail + page[:2000] + b"\n--x--\n", "|甲|1|2|\n|---|---|---|\n|乙||3|\n".encode()]  # fmt: skip


def main() -> None:
    """Run the target named first; what follows goes to libFuzzer."""
    name, *options = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(seeds()):
            Path(folder, f"seed{number}").write_bytes(seed)
        words = Path(folder, "words.dict")
        words.write_text("".join(f'"{escaped(word)}"\n' for word in [*WORDS, *MARKUP]), encoding="ascii")
        atheris.Setup(
            [sys.argv[0], f"-dict={words}", f"-artifact_prefix={HERE / 'crashes'}/{name}-", *options, folder],
            targets.TARGETS[name],
        )
        atheris.Fuzz()


def escaped(word: str) -> str:
    """Return a word as a dictionary of libFuzzer wants it."""
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


if __name__ == "__main__":
    main()
