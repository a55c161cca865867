"""The paths by which a text names files, in its body and in its front matter, and how each is written anew."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote, unquote

from mujaz.content.rewriting import front_matter, with_keys, with_text
from mujaz.markdown_body.body import Dialect, parse
from mujaz.markdown_body.source import Source
from mujaz.model.fingerprint import digest
from mujaz.model.names import path_of
from mujaz.model.normal_forms import normalized
from mujaz.yaml_values.edit import value_of
from mujaz.yaml_values.encoding import decode
from mujaz.yaml_values.loader import nodes

# How a body names files: `](target` and `](<target>`, `[name]: target` (`[^name]:` is a note), and attributes of HTML.
TARGET = re.compile(
    r"\]\(\s*<(?P<angled>[^<>\n]*)>|\]\(\s*(?P<inline>(?:[^\s()<>]|\([^\s()]*\))+)"
    r"|^[ \t>*+-]*\[(?!\^)[^\]\n]+\]:\s*<?(?P<defined>(?!\[)[^\s<>]+)"
    r"|\b(?i:src|href)\s*=\s*(?:\"(?P<double>[^\"\n]*)\"|'(?P<single>[^'\n]*)'|(?P<bare>[^\s\"'<>=`]+))",
    re.M,
)
PINS = ("related", "unrelated")

Edit = tuple[int, int, str]
Follow = Callable[[str], str | None]  # a path as it is named → as it must be named; None where it stays


def composed(path: str) -> str:
    return path if path.isascii() else normalized("NFC", path)


def rewritten(raw: bytes, follow: Follow, content: str, *, pin: Follow | None = None) -> bytes:
    """The bytes with each path that is to be followed, in the body and in the front matter, where `pin` follows what
    names a story. Raises NoEdit.
    """
    text = decode(raw, "")[0]
    place = front_matter(text)
    at = (text.find("\n", place[1]) + 1 or len(text)) if place else 0
    body = text[at:]
    raw = with_text(raw, text[:at] + put(body, renamed(body, follow)))
    return with_keys(raw, _keys(text[place[0] : place[1]], follow, pin or follow, content)) if place else raw


def renamed(body: str, follow: Follow) -> list[Edit]:
    """(start, end, new text) of each path in a text that is to be followed.

    Only what the parser takes for a link, a picture or a recording: each place gets a name of its own, and the text
    with these is read. So code, and words that look like a link, stay.
    """
    found: list[tuple[str, Edit]] = []
    mark = digest(body)  # no text holds its own
    for match in TARGET.finditer(Source(body, "", 1).read):
        group = match.lastgroup or ""
        start, end = match.span(group)
        written = body[start:end]
        for path in (written, path_of(written)):  # of a picture, which may hold `#`, and of a link
            wanted = follow(composed(unquote(unquote(html.unescape(path)))).strip())  # as the build reads it
            if wanted is not None:
                name = f"{mark}-{len(found)}{posixpath.splitext(wanted)[1]}"
                found.append((name, (start, start + len(path), _spelled(wanted, path, group))))
                break
    if not found:
        return []
    read, _ = parse(put(body, [(start, end, name) for name, (start, end, _) in found]), Dialect(), path="")
    shown = [*(link.target for link in read.links), *(picture.src for picture in read.pictures)]
    shown += [player.src for player in read.players]
    named = {path_of(target) for target in shown}
    return [edit for name, edit in found if name in named]


def put(text: str, edits: Iterable[Edit]) -> str:
    """`text` with each `text[start:end]` replaced; edits are in order, and do not overlap."""
    parts, at = [], 0
    for start, end, new in edits:
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at:]])


def _spelled(path: str, before: str, group: str) -> str:
    """The path as it can be written there: percent-encoded where all of it was before, or where it must be."""
    if "%" in before and before.isascii():
        return quote(path)
    odd = " ()<>#?%" if group in ("inline", "defined") else "<>\"'&#?%"
    return "".join(quote(letter) if letter in odd else letter for letter in path)


def _keys(head: str, follow: Follow, pin: Follow, content: str) -> dict[str, Any]:
    """The keys of the front matter that name files, with their new values."""
    found = nodes(head) if head.strip() else None
    values = value_of(found) if found else {}
    keys: dict[str, Any] = {}
    image, data = values.get("image"), values.get("data")
    if isinstance(image, dict) and (src := follow(_named(image.get("src")))) is not None:
        keys["image"] = image | {"src": _encoded(src)}
    if isinstance(data, dict):
        files = {name: file for name, path in data.items() if (file := follow(_named(path))) is not None}
        keys |= {"data": data | {name: _encoded(file) for name, file in files.items()}} if files else {}
    for key in PINS:
        pins = values.get(key)
        if isinstance(pins, list):
            new = [one if (to := pin(_pinned(one, content))) is None else to for one in pins]
            keys |= {key: new} if new != pins else {}
    if (original := pin(_pinned(values.get("translation_of"), content))) is not None:
        keys["translation_of"] = original
    return keys


def _pinned(value: object, content: str) -> str:
    return composed(value).removeprefix(content + "/") if isinstance(value, str) else ""


def _named(value: object) -> str:
    return unquote(composed(value)) if isinstance(value, str) else ""


def _encoded(path: str) -> str:
    """The path as the front matter names it, where percent signs are decoded."""
    return path.replace("%", "%25")
