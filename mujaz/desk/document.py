"""Divides the bytes of an article into front matter and body, and changes either of them.

Line ends, a byte order mark and unchanged lines stay as they are, byte for byte.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from mujaz.content.front_matter import KEYS
from mujaz.content.reader import FENCE
from mujaz.content.rewriting import front_matter, with_text
from mujaz.frozen import Value
from mujaz.messages.errors import Problem
from mujaz.yaml_values.edit import Wanted, below, change, rewrite
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
    def is_bare(self) -> bool:
        """Whether no front matter is begun."""
        return not self.head_start and not FENCE.fullmatch(self.text.partition("\n")[0])

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
    """The bytes with these keys, this body (None: as it is) and these texts below keys of free form. Raises NoEdit.

    Where there was no front matter, keys that are given begin one.
    """
    head = document.head
    for key, wanted in keys.items():
        head = change(head, key, wanted, order)
    for key, text in texts.items():
        head = rewrite(head, key, text, order) if text.strip() else change(head, key, None, order)
    rest = document.text[document.body_start :]
    if body is not None and body != document.body:
        rest = _around(rest, body, bare=not document.head_start)
    return with_text(document.raw, _above(document, head) + rest)


def _above(document: Document, head: str) -> str:
    """All before the body, with `head` as the front matter, which begins here where there was none."""
    if document.head_start:
        return document.text[: document.head_start] + head + document.text[document.head_end : document.body_start]
    return f"---\n{head}---\n" if head else ""


def _around(old: str, body: str, *, bare: bool) -> str:
    """`body` between the blank lines that stand around the old one."""
    inner, body = old.strip("\n"), body.strip("\n")
    if not inner:
        lead = "" if bare else "\n"
        return f"{lead}{body}\n" if body else ""
    return old[: len(old) - len(old.lstrip("\n"))] + body + (old[len(old.rstrip("\n")) :] if body else "")
