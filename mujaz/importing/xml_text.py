"""Reads XML of exports despite characters that XML may not hold: they are removed and reported."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree

from mujaz.arabic.typography import PARTING
from mujaz.messages.message import Message, say

# Characters that XML 1.0 (section 2.2) forbids, and references to them.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NUMBER = re.compile(r"&#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,9}));")
_NAMED = re.compile(r"&(?!amp;|lt;|gt;|quot;|apos;)([A-Za-z][A-Za-z0-9]{1,31});")  # entities of HTML, unknown to XML
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([A-Za-z0-9._-]{1,40})["']""")
_LETTERS = re.compile(r"(utf-(8|16|32)|iso8859|cp\d|mac|koi8|ascii|big5|gb|euc|shift_jis|tis|ptcp)[a-z0-9_-]*")
# UTF-32 first: its mark begins with that of UTF-16.
_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_LEADS = [bytes((byte,)) for byte in range(0xC3, 0xF5)]  # those that begin a letter of UTF-8
_FEW = 4  # a bad byte for so many letters
_CHUNK = 1 << 20
_LONGEST = 40  # characters of an entity


def elements(path: Path, notes: list[Message]) -> Iterator[ElementTree.Element]:
    """Each element when its end is read. Appends a message about removed characters to `notes`.

    Raises ElementTree.ParseError for invalid XML, OSError where the file cannot be read.
    """
    parser: ElementTree.XMLPullParser[Any] = ElementTree.XMLPullParser(("end",))
    gone: list[int] = []
    broken: list[int] = []
    line = 1
    for text in _clean(path, gone):
        for found in re.finditer("\ufffd", text):
            broken.append(0 if broken else line + text.count("\n", 0, found.start()))
        line += text.count("\n")
        parser.feed(text)
        for _, element in cast("Iterator[tuple[str, ElementTree.Element]]", parser.read_events()):
            yield element
    parser.close()
    if broken:
        notes.append(say("import-broken-letters", n=len(broken), line=broken[0]))
    if gone:
        notes.append(say("import-control-characters", n=len(gone), line=gone[0]))


def encoding_of(raw: bytes) -> str:
    """The encoding of a text that its own bytes show; "" where they do not.

    They show it by a mark at their beginning, as valid UTF-8 with letters beyond ASCII, or by a true declaration.
    With a few bad bytes what is said to be UTF-8, or of which nothing is said, still is.
    """
    for mark, name in _MARKS.items():
        if raw.startswith(mark):
            return name
    if raw.isascii() or b"\0" in raw[:4]:
        return ""
    declared = _DECLARED.match(raw)
    said = declared[1].decode("ascii") if declared else ""
    try:
        raw.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        raw.decode(codecs.lookup(said).name if said else "utf-8")
        return said
    except (LookupError, ValueError):
        bad = raw.decode("utf-8", "replace").count("\ufffd")
        letters = sum(map(raw.count, _LEADS))
        return "utf-8" if bad * _FEW <= letters else ""


def _clean(path: Path, gone: list[int]) -> Iterator[str]:
    """The text in pieces, without forbidden characters. Appends to `gone` the line of the first, 0 for the others."""
    with path.open("rb") as file:
        start = file.read(1024)
        file.seek(0)
        declared = _DECLARED.match(start.removeprefix(codecs.BOM_UTF8))
        encoding = declared[1].decode("ascii") if declared else "utf-8"
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            encoding = "utf-16"
        decoder = _decoder(encoding)("replace")
        line, rest = 1, ""
        while True:
            raw = file.read(_CHUNK)
            text = rest + decoder.decode(raw, not raw)
            if raw:  # a piece may end within an entity
                cut = text.rfind("&", max(0, len(text) - _LONGEST))
                text, rest = (text[:cut], text[cut:]) if cut >= 0 else (text, "")
            else:
                rest = ""
            text = text.removeprefix("\ufeff") if line == 1 else text
            yield _allowed(text, line, gone)
            line += text.count("\n")
            if not raw:
                return


def _decoder(encoding: str) -> Any:
    """A decoder for a text encoding; UTF-8 for Python's other codecs, some of which decompress or take very long."""
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        name = ""
    return codecs.getincrementaldecoder(name if _LETTERS.fullmatch(name) else "utf-8")


def _allowed(text: str, line: int, gone: list[int]) -> str:
    def out(found: re.Match[str], character: str) -> str:
        gone.append(0 if gone else line + text.count("\n", 0, found.start()))
        return PARTING.get(character, "")

    def number(found: re.Match[str]) -> str:
        code = int(found[1], 16) if found[1] else int(found[2])
        character = chr(code) if code < 0x110000 else "\0"
        return out(found, character) if _FORBIDDEN.match(character) else found[0]

    text = _FORBIDDEN.sub(lambda found: out(found, found[0]), text)
    text = _NUMBER.sub(number, text)
    return _NAMED.sub(lambda found: html.unescape(found[0]) if html.unescape(found[0]) not in "<&" else found[0], text)
