"""Pieces of a line of Markdown, and how they are joined so that each is parsed as what it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

from mujaz.importing.notes import without_notes


class Mark(NamedTuple):
    """The end of a line, or of a paragraph."""

    name: str


BREAK: Final = Mark("line")
PARAGRAPH: Final = Mark("paragraph")


class Text(str):
    """Escaped text."""


class Emphasis(NamedTuple):
    """`inner` between the marks where Markdown parses them as marks; else within the HTML element."""

    mark: str
    element: str
    attributes: str
    inner: str


class Picture(NamedTuple):
    """A picture. `name` is its file beside the article, None where there is none; `marks` are marks of notes.

    `bars` is whether a bar in the caption separates it from a credit.
    """

    name: str | None
    src: str
    alt: str
    caption: str = ""
    marks: str = ""
    tiny: bool = False
    bars: bool = False


Token: TypeAlias = str | Mark | Emphasis | Picture
MARKS = 200  # characters for a few marks of notes
_BLANK = re.compile(r"(?:\s|<br>)*")


def split(tokens: Iterable[Token], *, paragraphs: bool = False) -> Iterator[Picture | list[Token]]:
    """The tokens of each paragraph, and each picture. Two line ends separate paragraphs, as they look to a reader.

    With `paragraphs` a PARAGRAPH is a part of its own, and line ends stay.
    """
    part: list[Token] = []
    for token in tokens:
        if isinstance(token, Picture):
            yield part
            yield token
            part = []
        elif token is PARAGRAPH:
            yield part
            if paragraphs:
                yield [PARAGRAPH]
            part = []
        elif token is BREAK and not paragraphs and _ends_in_break(part):
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _ends_in_break(part: list[Token]) -> bool:
    """Whether the part ends in a line break, not counting blanks."""
    for token in reversed(part):
        if token is BREAK:
            return True
        if not (isinstance(token, str) and not token.strip()):
            return False
    return False


def joined(tokens: Sequence[Token], *, strip: bool = True) -> str:
    """The Markdown. White space is collapsed; a line break is `<br>`, since editors strip blanks at a line's end."""
    text = ""
    for place, token in enumerate(tokens):
        if token is BREAK or token is PARAGRAPH:
            text = text.rstrip(" ") + "<br>\n"
            continue
        if isinstance(token, Emphasis):
            piece = _emphasised(token, text[-MARKS:], tokens, place + 1)
        elif isinstance(token, str):
            piece = token
        else:
            raise AssertionError("a picture is no text")
        if text.endswith((" ", "\n")) or (strip and not text):
            piece = piece.lstrip(" ")
        if text.endswith("`") and piece.startswith("`"):
            text += "<wbr>"  # else the marks of two code spans would be parsed as one
        if text.endswith("!") and piece.startswith("["):
            text = text[:-1] + "\\!"  # else the link would be a picture
        text += piece
    return stripped(text)[1] if strip else text


def stripped(text: str) -> tuple[str, str, str]:
    """(white space and line ends before, the text, those after)."""
    blank = _BLANK.match(text)
    start, end = blank.end() if blank else 0, len(text)
    while end > start:
        if text[end - 1].isspace():
            end -= 1
        elif text.endswith("<br>", start, end):
            end -= 4
        else:
            break
    return text[:start], text[start:end], text[end:]


def _emphasised(token: Emphasis, before: str, tokens: Sequence[Token], place: int) -> str:
    inner = token.inner
    reads = token.mark and "*" not in inner.replace("\\*", "") and not inner.startswith("_") and not inner.endswith("_")
    if reads and _is_boundary(without_notes(before)[-1:]) and _is_boundary(_first(tokens, place)):
        return f"{token.mark}{inner}{token.mark}"
    return f"<{token.element}{token.attributes}>{inner}</{token.element}>"


def _first(tokens: Sequence[Token], place: int) -> str:
    """The next character from `place` on; a letter for a token that begins with a mark."""
    for number in range(place, len(tokens)):
        token = tokens[number]
        if isinstance(token, Mark):
            return "\n"
        if isinstance(token, Emphasis):
            return "x"
        if isinstance(token, str) and (text := without_notes(token)):
            return text[0]
    return ""


def _is_boundary(character: str) -> bool:
    """Whether marks of emphasis are parsed next to it: white space, and punctuation that is not a mark."""
    return character in ("", " ", "\n") or (
        unicodedata.category(character)[0] not in "LNMSC" and character not in "*_\\`<>&[]!"
    )
