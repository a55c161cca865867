"""What click says by itself, in Arabic: of a wrong call, and around the help of a command.

click asks gettext for each of its sentences. What it asks for is looked up here among the entries of our catalogue
whose ids begin with `click-`, and filled as ours are. In English nothing is done, so that click has its own words.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from functools import lru_cache

import click

from mujaz.messages.catalogue import FSI, PDI, catalogue, joined, quoted

MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "types")
ARABIC = re.compile("[\u0621-\u064a]")
HOLE = re.compile(r"(«?)\{([a-z_]+)\}(»?)")


class Words(str):
    """A sentence with holes, which click fills by `format`."""

    def format(self, *args: object, **values: object) -> str:
        def fill(hole: re.Match[str]) -> str:
            before, name, after = hole.groups()
            parts = [part.strip("'") for part in re.split(r",\s+", str(values[name]))]
            if before and after:
                return joined([quoted(part, "ar") for part in parts], "ar")
            return (
                before + joined([part if ARABIC.search(part) else f"{FSI}{part}{PDI}" for part in parts], "ar") + after
            )

        return HOLE.sub(fill, self)


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    """What click says → the same in Arabic."""
    return {entry["en"]: entry["ar"] for id, entry in catalogue().items() if id.startswith("click-")}


def _gettext(text: str) -> str:
    known = _words().get(" ".join(text.split()))
    return text if known is None else Words(known)


def _ngettext(one: str, more: str, n: int) -> str:
    return _gettext(one if n == 1 else more)


@contextlib.contextmanager
def spoken(language: str) -> Iterator[None]:
    """click speaks `language` within the block."""
    ours = {"_": _gettext, "ngettext": _ngettext} if language == "ar" else {}
    modules = [getattr(click, name) for name in MODULES]
    before = [(module, name, getattr(module, name)) for module in modules for name in ours if hasattr(module, name)]
    try:
        for module, name, _ in before:
            setattr(module, name, ours[name])
        yield
    finally:
        for module, name, theirs in before:
            setattr(module, name, theirs)
