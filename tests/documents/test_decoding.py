"""Bytes to text: UTF-8, byte order marks, and the GB family under whatever name it comes."""

import pytest

from govreport_kit.documents.decoding import decode

# 鄠 is in GB 18030 and GBK, not in GB 2312; 堃 likewise.
WORDS = "鄠邑区政府信息公开，堃"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (WORDS.encode("utf-8"), "utf-8"),
        (WORDS.encode("utf-8-sig"), "utf-8-sig"),
        (WORDS.encode("utf-16"), "utf-16"),
        (WORDS.encode("gb18030"), "gb18030"),
        (b'<meta charset="gb2312">' + WORDS.encode("gb18030"), "gb18030"),
        (b'<meta content="text/html; charset=gbk">' + WORDS.encode("gb18030"), "gb18030"),
        (b'<meta charset="gb2312">' + WORDS.encode("utf-8"), "utf-8"),
    ],
)
def test_the_text_comes_back_whole(content, encoding):
    text, used = decode(content)
    assert text.endswith(WORDS)
    assert used == encoding


def test_big5_is_read_where_the_page_declares_it():
    text, encoding = decode(b'<meta charset="big5">' + "政府資訊公開".encode("big5"))
    assert text.endswith("政府資訊公開")
    assert encoding == "big5hkscs"


def test_a_few_broken_bytes_do_not_lose_the_page():
    content = ("公开" * 2000).encode("utf-8") + b"\xe4\xb8"
    text, encoding = decode(content)
    assert encoding == "utf-8"
    assert text.count("公开") == 2000
    assert text.endswith("\ufffd")


def test_noise_is_no_text():
    assert decode(bytes([0xFF, 0x80, 0xC0, 0xFE]) * 500) is None
