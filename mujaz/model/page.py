"""One file of the output: its path, its layout, its view."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mujaz.frozen import Value
from mujaz.messages.message import Message


class Page(Value):
    """One file of the output: its path, the layout that renders it (or "" where none does), and its closed view.

    `origin` names what asks for this file, for messages: a source file, or a list of the site in words.
    """

    path: str
    layout: str
    view: Any  # a frozen Struct of one of the modules of views beside this one
    origin: str | Message


COMPRESSED = (".html", ".css", ".js", ".xml", ".json", ".txt", ".svg", ".opml", ".webmanifest")
COPIES = (".gz", ".br")


def copies_of(path: str) -> tuple[str, ...]:
    """The files that may hold the compressed copies of the output file `path`; none where it is no text."""
    return tuple([path + ending for ending in COPIES]) if path.endswith(COMPRESSED) else ()


def copies_for(pages: Iterable[Page], compressed: bool) -> list[str]:
    """The compressed copies that `pages` may have, if there are any."""
    return [copy for page in pages for copy in copies_of(page.path)] if compressed else []
