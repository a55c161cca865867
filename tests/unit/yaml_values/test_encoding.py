"""Files that are UTF-8, and files that are not."""

from __future__ import annotations

import pytest

from mujaz.yaml_values.encoding import decode


def test_a_byte_order_mark_and_windows_line_ends_are_taken() -> None:
    assert decode("\ufeff---\r\ntitle: نص\r\n".encode(), "x.md") == ("---\ntitle: نص\n", None)


ENCODINGS = {
    "cp1256": (
        "---\ntitle: ناتو\n".encode("cp1256"),
        "x.md:2:8: byte 0xe4 is not UTF-8; the file is likely Windows-1256 (cp1256)\n  help: save it again as UTF-8",
    ),
    "iso-8859-6": (
        "---\ntitle: ناتو\n".encode("iso8859-6"),
        "x.md:2:8: byte 0xe6 is not UTF-8; the file is likely ISO-8859-6\n  help: save it again as UTF-8",
    ),
    "latin-1": (
        "---\ntitle: 20 €\n".encode("cp1252"),
        "x.md:2:11: byte 0x80 is not UTF-8; the file is likely Windows-1252 or Latin-1\n  help: save it again as UTF-8",
    ),
    "utf-16": (
        "---\ntitle: نص\n".encode("utf-16"),
        "x.md:1:1: the file is UTF-16, not UTF-8\n  help: save it again as UTF-8",
    ),
    "utf-16 without a mark": (
        "---\ntitle: نص\n".encode("utf-16-be"),
        "x.md:1:1: the file is UTF-16, not UTF-8\n  help: save it again as UTF-8",
    ),
    "a damaged byte": (
        "---\r\ntitle: ناتو".encode() + b"\xff\n",
        "x.md:2:12: byte 0xff is not UTF-8\n"
        "  help: the text before it is UTF-8, so something here is damaged: type it again",
    ),
}


@pytest.mark.parametrize(("raw", "expected"), ENCODINGS.values(), ids=ENCODINGS.keys())
def test_another_encoding_is_named_with_the_first_bad_byte(raw: bytes, expected: str) -> None:
    text, problem = decode(raw, "x.md")
    assert (text, str(problem)) == ("", expected)
