"""The words that a browser shows of HTML, read by html5lib, which the program does not use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import html5lib

from mujaz.arabic.typography import clean

BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
UNSEEN = frozenset(
    "audio canvas iframe noscript object option script select style svg template textarea title video".split()
)


def words(html: str) -> list[str]:
    """Runs of letters and digits, in their order; elements within a line part no word.

    A document and not a fragment is parsed: of a fragment html5lib loses an element that stands between cells, which a
    browser shows before the table.
    """
    body = html5lib.parse(f"<!doctype html><body>{html}", namespaceHTMLElements=False).find("body")
    return re.findall(r"[^\W_]+", clean("".join(_texts(body))))


def _texts(element: Any, quoted: bool = False) -> Iterator[str]:
    """`quoted`: within a block quotation, whose `cite` is its last line."""
    if not isinstance(element.tag, str) or element.tag in UNSEEN:  # a comment has a function for its tag
        yield " " if element.tag in BLOCKS else ""
    else:
        between = " " if element.tag in BLOCKS or (quoted and element.tag == "cite") else ""
        yield between + (element.text or "")
        for child in element:
            yield from _texts(child, quoted or element.tag == "blockquote")
        yield between
    yield element.tail or ""
