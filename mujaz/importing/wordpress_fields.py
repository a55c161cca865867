"""Fields of WordPress posts that readers saw: texts of page builders, and names of authors."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from mujaz.importing.incoming import MOST_TOLD
from mujaz.importing.kept_parts import is_field_for_some
from mujaz.messages.message import Message, say

Fields = Mapping[str, Sequence[str]]

# Where page builders keep the text that readers saw; what stands in the post itself may be less of it, or nothing.
_BUILT = re.compile(
    r"_?(?:elementor_data|bricks_page_content\w*|ct_builder_\w+|oxygen_data|breakdance_data|fl_builder_data|panels_data"
    r"|cornerstone_data|tve_updated_post)"
)
_PHP_TEXT = re.compile(r"s:\d{1,9}:\"(?P<text>[^\"]*)\";")
_PHP_SET = re.compile(r"s:\d{1,9}:\"(?P<key>[^\"]{1,100})\";(?!a:0:|N;|b:0|s:\d:\"(?:|no|off|0)\")")
_BYLINES = re.compile("author|by_?line|writer|reporter|photographer|كاتب|مترجم", re.I)


def built(meta: Fields) -> tuple[bool, str]:
    """Whether a page builder showed a part of a post to some alone, and the texts that it showed, as HTML."""
    for_some = False
    texts: list[str] = []
    for value in (value for key, values in meta.items() if _BUILT.fullmatch(key) for value in values):
        try:
            pairs = list(_pairs(json.loads(value)))
        except (ValueError, RecursionError):
            pairs = [(found["key"], True) for found in _PHP_SET.finditer(value)]
            pairs += [("", found["text"]) for found in _PHP_TEXT.finditer(value)] or [("", value)]
        for_some = for_some or any(is_field_for_some(key, one) for key, one in pairs if key)
        texts += (one for _, one in pairs if isinstance(one, str) and (not one.isascii() or "<p" in one))
    return for_some, "\n".join(texts)


def _pairs(value: Any) -> Iterator[tuple[str, Any]]:
    """All keys with their values, and all texts, in their order."""
    waiting = [("", value)]
    while waiting:
        key, one = waiting.pop()
        yield key, one
        if isinstance(one, dict):
            waiting += reversed([(str(name), inner) for name, inner in one.items()])
        elif isinstance(one, list):
            waiting += [("", inner) for inner in reversed(one)]


def writers(meta: Fields, authors: Mapping[str, str]) -> list[str]:
    """Who wrote a post by plug-ins that name another than the user who typed it."""
    named = [authors.get(one, "") for one in meta.get("_molongui_author", ())]
    return list(filter(None, named)) or [
        name for one in meta.get("sfly_guest_author_names", ()) if (name := one.strip())
    ]


def untold_writers(meta: Fields, names: Iterable[str], authors: Mapping[str, str]) -> Iterator[Message]:
    """A message about each field that says who wrote a post, and names somebody else."""
    known = set(names)
    for key, value in ((key, value.strip()) for key, values in meta.items() for value in values):
        is_name = re.fullmatch(r"guest-\d+", value) or not value.isascii() or re.search(r"[A-Za-z] [A-Za-z]", value)
        if (
            _BYLINES.search(key)
            and is_name
            and authors.get(value, value) not in known
            and not re.match(r"[\[{<]|a:\d", value)
        ):
            yield say("import-key", key=key, value=value[:MOST_TOLD])
