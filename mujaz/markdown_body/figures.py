"""A picture with a caption, film and sound stand alone: what they were written into is parted round them.

A title has no other place to be shown, and a player is no word of a line. It works on sanitised HTML, and
`mujaz.markdown_body.typeset` makes a figure of each paragraph that holds one picture and nothing else.
"""

from __future__ import annotations

import html
import re

from mujaz.frozen import Struct
from mujaz.markdown_body.embeds import is_player
from mujaz.markdown_body.placeholders import INLINE, VOID
from mujaz.model.names import RECORDINGS

_TOKEN = re.compile(r"(<[^<>]*>)")
_TITLED = re.compile(r'<img\b[^<>]*\btitle="(?!\s*")')
_ID = re.compile(r' id="[^"]*"')
_SOURCE = re.compile(r'\bsrc="([^"]*)"')
_PLAYED = re.compile(rf'\bsrc="(?:https?://|[^"]*\.(?:{"|".join(RECORDINGS)})")', re.I)  # may be a player
# What may hold a figure. Nothing stands in "": the body itself.
_HOLDS = frozenset(["", "p", "li", "dd", "td", "th", "div", "blockquote", "details"])
_EMPTY = re.compile(r"(?:\s|<br>|<wbr>)*+\Z")


class Misplaced(Struct):
    """A picture whose caption can stand nowhere, or a player: its address as HTML, and the element that it is in."""

    source: str
    element: str


class _Open(Struct):
    name: str
    tag: str


def parted(safe: str) -> tuple[str, list[Misplaced]]:
    """`safe` with each captioned picture and each player in its own paragraph, and those for which there can be none.

    A link around the picture goes along. Linear in the length of `safe`, but for what is open around a picture.
    """
    if "<img" not in safe or not (_TITLED.search(safe) or _PLAYED.search(safe)):
        return safe, []
    walk = _Walk()
    for number, token in enumerate(_TOKEN.split(safe)):
        if number % 2:
            walk.tag(token)
        else:
            walk.out[-1].append(token)
    return "".join(map("".join, walk.out)), walk.misplaced


def _stands_alone(image: str) -> bool:
    source = _SOURCE.search(image)
    return bool(_TITLED.match(image) or (source and _PLAYED.search(image) and is_player(html.unescape(source[1]))))


class _Walk:
    """`out` holds runs of tokens: one, but within a paragraph that is being parted."""

    def __init__(self) -> None:
        self.out: list[list[str]] = [[]]
        self.open: list[_Open] = []
        self.start = 0  # where in `out` the open paragraph begins
        self.misplaced: list[Misplaced] = []

    def tag(self, token: str) -> None:
        name = token.strip("</>").partition(" ")[0]
        if name == "img" and _stands_alone(token):
            self._picture(token)
        elif token[1] == "/":
            if self.open and self.open[-1].name == name:
                self.open.pop()
            self.out[-1].append(token)
            if name == "p":
                self._end_paragraph()
        else:
            if name == "p":
                self.out.append([])
                self.start = len(self.out) - 1
            self.out[-1].append(token)
            if name not in VOID:
                self.open.append(_Open(name=name, tag=token))

    def _picture(self, token: str) -> None:
        around: list[_Open] = []
        for element in reversed(self.open):
            if element.name not in INLINE:
                break
            around.insert(0, element)
        block = self.open[-len(around) - 1] if len(around) < len(self.open) else _Open(name="", tag="")
        if block.name not in _HOLDS:
            source = _SOURCE.search(token)
            self.misplaced.append(Misplaced(source=source[1] if source else "", element=block.name))
            self.out[-1].append(token)
            return
        link = next((element.tag for element in around if element.name == "a"), "")
        alone = f"<p>{_ID.sub('', link)}{token}{'</a>' if link else ''}</p>"
        ends = "".join(f"</{element.name}>" for element in reversed(around))
        begins = "".join(_ID.sub("", element.tag) for element in around)
        if block.name == "p":
            self.out[-1].append(f"{ends}</p>")
            self.out += [[alone], [_ID.sub("", block.tag), begins]]
        else:
            self.out[-1] += [ends, alone, begins]

    def _end_paragraph(self) -> None:
        """Drop the parts of a paragraph that hold nothing; its id goes to the first that is left."""
        parts = [run for run in self.out[self.start :] if not _is_empty(run)]
        if len(self.out) - self.start > 1 and (ident := _ID.search(self.out[self.start][0])) and parts:
            first = parts[0]
            first[0] = re.sub(r"^<p(?: id=\"[^\"]*\")?", f"<p{ident[0]}", _ID.sub("", first[0], count=1), count=1)
        if len(self.out) - self.start > 1:
            self.out[self.start :] = [["\n".join(_tight("".join(run)) for run in parts)]]
        self.out.append([])


_EDGES = re.compile(r"^(<p[^>]*>)(?:\s|<br>)++|(?<!\s)(?<!<br>)(?:\s|<br>)++(</p>)$")


def _tight(paragraph: str) -> str:
    """A part of a paragraph without the blanks and line breaks at its ends."""
    return _EDGES.sub(lambda edge: edge[1] or edge[2], paragraph)


def _is_empty(run: list[str]) -> bool:
    inner = re.sub(r"</?(?!img\b|br\b|wbr\b)[a-z0-9]++[^<>]*+>", "", "".join(run))
    return _EMPTY.match(inner) is not None
