"""Escapes text for Markdown, so that it is read back as the same text.

Everything that our dialect or CommonMark could read as markup is escaped. Python-Markdown supports a backslash before
some characters only; the others are written as entities.
"""

from __future__ import annotations

import re

_WITHIN = re.compile(r"[\\`*\[\]{|]|(?<![^\W_])_|_(?![^\W_])|<|&(?=[#A-Za-z0-9])")
_ENTITIES = {"<": "&lt;", "&": "&amp;"}
# Starts of lines that are markup: headings, quotes, items of lists (with any digits), the underline of a heading, a
# definition, a fence.
_START = re.compile(
    r"(?P<before>(?:\x1a\d++\x1a|[ ])*+\d{0,18}+)"
    r"(?:(?<=\d)(?P<number>[.)\-])(?=\s|$)|(?<!\d)(?P<mark>[#>]|[+-](?=\s|$|[-=+])|[=~:]))"
)
_IN_ATTRIBUTE = {c: f"&#{ord(c)};" for c in "\\`[]{'"} | {'"': "&quot;", "<": "&lt;", "&": "&amp;"}
_UNSAFE_ADDRESS = re.compile(r"[\s\\`<>()\[\]{}\"'*|^\x00-\x1f\x7f]")


def text(written: str) -> str:
    """Text within a line."""
    return _WITHIN.sub(lambda mark: _ENTITIES.get(mark[0], f"\\{mark[0]}"), written)


def line_start(line: str) -> str:
    """A line whose inner markup is escaped already, with its start escaped too."""
    found = _START.match(line)
    if found is None:
        return line
    mark = found["number"] or found["mark"]
    safe = f"&#{ord(mark)};" if mark in "=~:" else f"\\{mark}"
    return found["before"] + safe + line[found.end() :]


def heading_end(line: str) -> str:
    """A heading with `#` at its end escaped, which Markdown would drop."""
    bare = line.rstrip("#")
    return bare + "\\#" * (len(line) - len(bare))


def attribute(written: str) -> str:
    """Text of an `alt`, or of a title between quotes."""
    return "".join(_IN_ATTRIBUTE.get(c, c) for c in " ".join(written.split()))


def code(written: str) -> str:
    """A code span."""
    inner = " ".join(written.split())
    fence = "`" * (max((len(run) for run in re.findall("`+", inner)), default=0) + 1)
    blank = " " if inner.startswith("`") or inner.endswith("`") else ""
    return f"{fence}{blank}{inner}{blank}{fence}"


def address(href: str) -> str:
    """An address for the parentheses of a link."""
    return _UNSAFE_ADDRESS.sub(lambda c: "".join(f"%{byte:02X}" for byte in c[0].encode()), href)
