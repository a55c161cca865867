"""Bytes to text: UTF-8 only, and a guess at the encoding of any other file."""

from __future__ import annotations

import codecs

from mujaz.messages.errors import Problem
from mujaz.messages.message import say

SAVE_AGAIN = say("save-as-utf8")
ARABIC_SHARE = 0.7  # share of the bytes above 127 that must decode to Arabic letters before a code page is guessed


def decode(raw: bytes, path: str) -> tuple[str, Problem | None]:
    """The text of a file, without a byte order mark and with `\\n` as its only line end, or the problem with it.

    With a problem the text is empty. Lines of the text are the lines of the file.
    """
    if _utf16(raw):
        return "", Problem(path=path, line=1, column=1, message=say("file-is-utf16"), help=SAVE_AGAIN)
    body = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        return "", _bad_byte(body, error.start, path)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, None


def _utf16(raw: bytes) -> bool:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    # Without a mark: ASCII in UTF-16 has a zero in every second byte, and a front matter starts with ASCII.
    return len(raw) >= 4 and (raw[0] == raw[2] == 0 or raw[1] == raw[3] == 0)


def _bad_byte(raw: bytes, start: int, path: str) -> Problem:
    before = raw[:start].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    byte = f"{raw[start]:02x}"
    if before.isascii():
        message, mend = say("byte-of-another-encoding", byte=byte, encoding=_likely_encoding(raw)), SAVE_AGAIN
    else:
        message, mend = say("byte-not-utf8", byte=byte), say("type-damaged-again")
    column = len(before) - before.rfind("\n")
    return Problem(path=path, line=before.count("\n") + 1, column=column, message=message, help=mend)


def _likely_encoding(raw: bytes) -> str:
    high = bytes(byte for byte in raw if byte > 127)
    # Of two code pages that fit equally well the first is taken: newsrooms that do not use UTF-8 use Windows.
    pages = {"Windows-1256 (cp1256)": "cp1256", "ISO-8859-6": "iso8859-6"}
    shares = {name: _arabic_share(high.decode(page, errors="replace")) for name, page in pages.items()}
    name = max(shares, key=lambda page: shares[page])
    return name if shares[name] >= ARABIC_SHARE else "Windows-1252 or Latin-1"


def _arabic_share(text: str) -> float:
    return sum("\u0621" <= letter <= "\u064a" for letter in text) / len(text)
