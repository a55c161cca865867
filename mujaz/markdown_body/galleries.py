"""Galleries: lists of pictures and of nothing else, which a page shows as a grid."""

from __future__ import annotations

import re

from mujaz.markdown_body.enclosed import replaced
from mujaz.markdown_body.placeholders import HOLE
from mujaz.markdown_body.references import Places
from mujaz.messages.message import say

_OPENING = '<ul class="gallery"'
_LIST, _LIST_END = re.compile(rf"{_OPENING}([^<>]*)>"), re.compile("</ul>")
_PICTURE = f"<li>\\s*{HOLE}F([0-9]+){HOLE}\\s*</li>"
_PICTURES = re.compile(rf"\s*(?:{_PICTURE}\s*)+")
_ITEM = re.compile(_PICTURE)
_HUNG = f"<li>{HOLE}G\\1{HOLE}</li>"


def hung(made: str, places: Places) -> str:
    """The HTML of a body with holes of their own for the pictures of its galleries.

    A list that holds anything but figures is a problem, and stays a list.
    """

    def hang(opening: re.Match[str], closing: re.Match[str]) -> str:
        attributes, items = opening[1], made[opening.end() : closing.start()]
        if _PICTURES.fullmatch(items):
            return f"{_OPENING}{attributes}>{_ITEM.sub(_HUNG, items)}</ul>"
        places.problem(say("gallery-of-others"), say("write-gallery"), places.of(".gallery"))
        return f"<ul{attributes}>{items}</ul>"

    return replaced(made, _LIST, _LIST_END, hang) if _OPENING in made else made
