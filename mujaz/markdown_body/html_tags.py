"""The tags of an HTML text as its parser reads them: not those in comments, in attributes or in what is text alone.

An end tag that the parser may take for text is left out, and a start tag that it may take for one is kept: so whoever
counts what is open counts never too little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# Within these all is text until their own end tag (the HTML Standard, 13.2.5.1).
_RAW = frozenset("iframe noembed noframes noscript plaintext script style textarea title xmp".split())
# Once one of these was there, an element of that kind may hold elements.
_ODD = frozenset("frameset math select svg template".split())

_BLANK = r"[\t\n\f\r ]"
# A comment, what is read as one, or a tag with its attributes as its parser reads them: a quote is one after `=` alone.
_MARKUP = re.compile(
    rf"<(?:(?P<other>!--|[!?]|/(?![a-zA-Z]))|(?P<end>/?)(?P<name>[a-zA-Z][^\t\n\f\r />]*+)"
    rf"(?:[\t\n\f\r /]++|(?:=[^\t\n\f\r />=]*+|[^\t\n\f\r />=]++)"
    rf"(?:{_BLANK}*+={_BLANK}*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])[^\t\n\f\r >]*+))?+)*+(?P<closed>>?))"
)
# The same, where all may be text: one that is `closed` is read alike in both ways, for it hides nothing.
_PERHAPS = re.compile(
    r"<(?:(?P<other>[!?]|/(?![a-zA-Z]))|(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]*+)"
    r"(?P<closed>(?![^\t\n\f\r />])(?:[^<>\"']|\"[^<>\"']*+\"|'[^<>\"']*+')*+>)?)"
)
_COMMENT_END = re.compile("--!?>")
_SCRIPT = re.compile("<script", re.I | re.A)


class Tag(NamedTuple):
    """`name` in small letters; its offset and its length; `in_drawing` where it may stand in SVG or a formula."""

    name: str
    is_end: bool
    start: int
    size: int
    in_drawing: bool


class _Ends:
    """Where what is text alone ends; each place is looked for once."""

    def __init__(self, html: str) -> None:
        self.html = html
        self._known: dict[str, int] = {}

    def of(self, what: str, at: int) -> int:
        """The place of the next `]]>`, or of the next end tag `what`; the end of the text where there is none."""
        if self._known.get(what, -1) < at:
            self._known[what] = self._find(what, at)
        return self._known[what]

    def _find(self, what: str, at: int) -> int:
        if what == "plaintext":
            return len(self.html)
        pattern = "]]>" if what == "]]>" else rf"</{what}(?=[\t\n\f\r />])"
        end = re.compile(pattern, re.I | re.A).search(self.html, at)
        return end.start() if end else len(self.html)


def tags(html: str) -> Iterator[Tag]:
    """Linear in the length of `html`."""
    at, unsure = 0, 0  # what stands before `unsure` may be text, or not
    is_odd = False
    ends = _Ends(html)
    while found := (_MARKUP if at >= unsure else _PERHAPS).search(html, at):
        is_sure = at >= unsure
        if not is_sure and found.start() >= unsure:
            at = unsure
            continue
        at = found.end()
        if not is_sure and not found["closed"]:  # one of both ways to read it may lead anywhere
            unsure = len(html)
        if found["other"]:
            at, cdata = _after_other(html, found, is_sure), html.startswith("<![CDATA[", found.start())
            unsure = max(unsure, ends.of("]]>", at)) if is_odd and cdata else unsure
        elif is_sure and not found["closed"]:
            return
        else:
            name = found["name"].lower() if found["name"].isascii() else found["name"]
            if is_sure or not found["end"]:
                yield Tag(name, bool(found["end"]), found.start(), at - found.start(), is_odd)
            is_odd = is_odd or (name in _ODD and not found["end"])
            if name in _RAW and not found["end"]:
                end = ends.of(name, at)
                if is_odd or not is_sure or name == "noscript" or _nests(html, name, at, end):
                    unsure = max(unsure, end)
                else:
                    at = end


def _after_other(html: str, found: re.Match[str], is_sure: bool) -> int:
    """Where a comment ends, or what is read as one; the end of the text where it does not."""
    at = found.end()
    if not is_sure:
        return at
    if found["other"] != "!--":
        close = html.find(">", at)
        return close + 1 or len(html)
    for short in (">", "->"):
        if html.startswith(short, at):
            return at + len(short)
    end = _COMMENT_END.search(html, at)
    return end.end() if end else len(html)


def _nests(html: str, name: str, at: int, end: int) -> bool:
    """Whether it is a script with a comment that holds `<script`, whose end tag may be another."""
    if name != "script":
        return False
    comment = html.find("<!--", at, end)
    return comment >= 0 and _SCRIPT.search(html, comment, end) is not None
