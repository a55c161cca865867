"""Divides the bytes of an article into front matter and body, and changes either of them.

Line ends, a byte order mark and unchanged lines stay as they are, byte for byte.
"""

from __future__ import annotations

import codecs
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from mujaz.content.front_matter import KEYS
from mujaz.content.rewriting import front_matter
from mujaz.frozen import Value
from mujaz.messages.errors import Problem
from mujaz.yaml_values.edit import NoEdit, Wanted, below, change, rewrite
from mujaz.yaml_values.encoding import decode
from mujaz.yaml_values.form import NOTHING
from mujaz.yaml_values.loader import Node, nodes

NO_TEXTS: Mapping[str, str] = MappingProxyType({})


class NoDocument(Exception):
    """The bytes are not UTF-8 text; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


class Document(Value):
    """The text of a file with `\\n` as its only line end; `head` is `text[head_start:head_end]`, the body everything
    from `body_start` on. Without front matter everything is body.
    """

    raw: bytes
    text: str
    head_start: int
    head_end: int
    body_start: int

    @property
    def head(self) -> str:
        return self.text[self.head_start : self.head_end]

    @property
    def body(self) -> str:
        """The text below the front matter, without the blank lines before and after it."""
        return self.text[self.body_start :].strip("\n")

    @property
    def first_line(self) -> int:
        """The line of the file on which `body` begins, from 1."""
        shown = self.text[self.body_start :]
        return self.text.count("\n", 0, self.body_start) + len(shown) - len(shown.lstrip("\n")) + 1


def parse(raw: bytes) -> Document:
    """Divide a file. Raises NoDocument for bytes that are not UTF-8."""
    text, problem = decode(raw, "")
    if problem:
        raise NoDocument(problem)
    place = front_matter(text)
    if place is None:
        return Document(raw=raw, text=text, head_start=0, head_end=0, body_start=0)
    start, end = place
    return Document(
        raw=raw, text=text, head_start=start, head_end=end, body_start=text.find("\n", end) + 1 or len(text)
    )


def values(document: Document) -> dict[str, Any] | None:
    """Key → text, list or dict of its value as written; None where the front matter is not valid YAML."""
    if not document.head_start:
        return None
    if not document.head.strip():
        return {}
    found = nodes(document.head)
    return _written(found) if found is not None else None


def _written(node: Node) -> Any:
    """The value as texts, lists and dicts, as they are written; a missing value or `null` is an empty text."""
    if node.kind == "scalar":
        return "" if not node.style and node.text in NOTHING else node.text
    if node.kind == "sequence":
        return [_written(part) for part in node.parts]
    return {key.text: _written(part) for key, part in zip(node.keys, node.parts, strict=True)}


def lines_of(document: Document) -> dict[str, tuple[int, int]]:
    """Key → its first and last line in the file, from 1."""
    found = nodes(document.head) if document.head.strip() else None
    if found is None:
        return {}
    before = document.text.count("\n", 0, document.head_start) + 1
    return {
        key.text: (before + document.head.count("\n", 0, key.start), before + document.head.count("\n", 0, part.end))
        for key, part in zip(found.keys, found.parts, strict=True)
    }


def text_below(document: Document, key: str) -> str:
    """The YAML below a key of free form, `extra` or `data`."""
    return below(document.head, key)


def changed(
    document: Document,
    keys: Mapping[str, Wanted | None],
    body: str | None = None,
    texts: Mapping[str, str] = NO_TEXTS,
    order: Sequence[str] = KEYS,
) -> bytes:
    """The bytes with these keys, this body (None: unchanged) and these texts below keys of free form. Raises NoEdit."""
    for key, wanted in keys.items():
        document = _with_head(document, change(document.head, key, wanted, order))
    for key, text in texts.items():
        head = document.head
        head = rewrite(head, key, text, order) if text.strip() else change(head, key, None, order)
        document = _with_head(document, head)
    if body is not None and body != document.body:
        at = document.body_start
        return with_text(document, document.text[:at] + _around(document.text[at:], body))
    return document.raw


def _with_head(document: Document, head: str) -> Document:
    """The document with another front matter; called for one key at a time, so that lines between keep their ends."""
    if head == document.head:
        return document
    if not document.head_start:
        raise NoEdit("---")
    return parse(with_text(document, document.text[: document.head_start] + head + document.text[document.head_end :]))


def _around(old: str, body: str) -> str:
    """`body` with the blank lines that are around the old one."""
    inner = old.strip("\n")
    lead = old[: len(old) - len(old.lstrip("\n"))] if inner else ""
    tail = old[len(old.rstrip("\n")) :] if inner else ""
    body = body.strip("\n")
    return (lead or "\n") + body + (tail or "\n" if body else "")


def with_text(document: Document, text: str) -> bytes:
    """The bytes of the file with `text` as its text; lines that are in both keep their line ends."""
    if text == document.text:
        return document.raw
    mark = codecs.BOM_UTF8 if document.raw.startswith(codecs.BOM_UTF8) else b""
    written = document.raw.removeprefix(mark).decode("utf-8")
    if "\r" not in written:
        return mark + text.encode()
    start = _common(document.text, text)
    end = _common(document.text[start:][::-1], text[start:][::-1])
    # Whole lines, so that no line break is split.
    start = document.text.rfind("\n", 0, start) + 1
    while end and document.text[len(document.text) - end - 1] != "\n":
        end -= 1
    ends = _ends(written)
    new = text[start : len(text) - end].replace("\n", _line_end(written))
    last = len(document.text) - end
    return mark + (written[: _place(ends, start)] + new + written[_place(ends, last) :]).encode()


def _ends(written: str) -> list[int]:
    """Offsets, in the text with `\\n` only, after each line end that has two characters in the file."""
    found, at, taken = [], written.find("\r\n"), 0
    while at >= 0:
        taken += 1
        found.append(at + 2 - taken)
        at = written.find("\r\n", at + 2)
    return found


def _place(ends: Sequence[int], at: int) -> int:
    return at + bisect_left(ends, at + 1)


def _line_end(written: str) -> str:
    at = written.find("\r")
    first = written.find("\n")
    if at < 0 or 0 <= first < at:
        return "\n"
    return "\r\n" if written[at : at + 2] == "\r\n" else "\r"


def _common(one: str, other: str) -> int:
    """The length of the common prefix."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
