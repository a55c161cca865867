"""HTML of other systems to the Markdown that articles are written in.

It comes from anybody, so nothing here takes more than a time that grows with its length.
"""

from __future__ import annotations

import html as entities
import re
import warnings
from collections.abc import Callable, Mapping
from typing import Any

from mujaz.messages.message import Message, say

SHORTCODE = re.compile(
    r"\[/?(?P<name>[a-z][a-z0-9_-]{0,50})"
    r"(?P<rest>(?:\s{1,9}[a-z_-]{1,50}=(?:\"[^\"]{0,1000}\"|'[^']{0,1000}'|[^\s\"'\]][^\s\]]{0,199})){0,20})\s{0,9}/?\](?!\()"
)
BLOCK = re.compile(r"<(p|div|blockquote|ul|ol|table|h[1-6]|figure|pre)\b", re.I)
SILENT = ("script", "style", "iframe", "form", "object")  # left out with what is in them
SILENT_START = re.compile(rf"<(?:{'|'.join(SILENT)})\b", re.I)
SILENT_END = {f"<{name}": re.compile(rf"</{name}\s*>", re.I) for name in SILENT}
COMMENT_START, COMMENT_END = re.compile("<!--"), {"<!--": re.compile("-->")}
WASTE = re.compile(r"\s{100,}")  # a run of n blanks takes the library a time of n²
TAG = re.compile(r"<[^<>]{0,1000}>")
FRAME = re.compile(r"\[(?P<end>/?)caption\b[^\]]{0,1000}\]")  # WordPress's old way to write a figure
FRAMED = re.compile(r"(?P<picture>(?:<a\b[^<>]{0,1000}>\s{0,9})?<img\b[^<>]{0,2000}>(?:\s{0,9}</a>)?)")


def markdown(html: str) -> tuple[str, tuple[Message, ...]]:
    """The text, and what was lost: the markup, where it nests too deep or is so broken that the library gives up."""
    lost: tuple[Message, ...] = ()
    html = WASTE.sub("\n\n", without(html, SILENT_START, SILENT_END))
    try:
        with warnings.catch_warnings(action="ignore"):  # a title that looks like a file's name is no file's name
            text = _converted(html)
    except Exception:  # RecursionError, and what the library makes of an AssertionError of Python's own parser
        text, lost = entities.unescape(TAG.sub(" ", html)), (say("html-broken"),)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.splitlines())).strip(), lost


def _converted(html: str) -> str:
    from markdownify import MarkdownConverter

    class Converter(MarkdownConverter):
        """Captions go with their pictures, speakers with their quotes, as our dialect has them."""

        def convert_img(self, picture: Any, text: str, parent_tags: set[str]) -> str:
            figure = picture.find_parent("figure")
            if figure and (caption := figure.find("figcaption")) and len(figure.find_all("img")) == 1:
                picture["title"] = " ".join(caption.get_text(" ").replace('"', "'").split())
                caption.clear()
            return str(super().convert_img(picture, text, parent_tags))  # type: ignore[misc]

        def convert_figure(self, figure: Any, text: str, parent_tags: set[str]) -> str:
            return f"\n\n{text.strip()}\n\n"

        def convert_cite(self, speaker: Any, text: str, parent_tags: set[str]) -> str:
            return f"\n\n— {text.strip()}" if speaker.find_parent("blockquote") and text.strip() else text

    return str(Converter(heading_style="ATX", bullets="-").convert(html))


def without(
    text: str, start: re.Pattern[str], ends: Mapping[str, re.Pattern[str]], gone: Callable[[str], str] = lambda _: ""
) -> str:
    """`text` with each piece from a `start` to the end of its kind put through `gone`; what never ends stays.

    One expression from start to end would look for the end of each start up to the end of the text.
    """
    parts: list[str] = []
    at = 0
    endless: set[str] = set()
    for opening in start.finditer(text):
        kind = opening[0].lower()
        if opening.start() < at or kind in endless:
            continue
        closing = ends[kind].search(text, opening.end())
        if closing is None:
            endless.add(kind)
            continue
        parts += text[at : opening.start()], gone(text[opening.start() : closing.end()])
        at = closing.end()
    return "".join((*parts, text[at:]))


def paragraphs(html: str) -> str:
    """WordPress keeps paragraphs as empty lines; a text without a block gets them as elements."""
    html = FRAME.sub(
        lambda frame: "</figure>\n\n" if frame["end"] else "\n\n<figure>", without(html, COMMENT_START, COMMENT_END)
    )
    parts = [part.strip() for part in re.split(r"\n\s*\n", html) if part.strip()]
    parts = [_captioned(part) if part.startswith("<figure>") else part for part in parts]
    return "\n".join(part if BLOCK.match(part) else f"<p>{part.replace(chr(10), '<br>')}</p>" for part in parts)


def _captioned(frame: str) -> str:
    """What followed the picture within `[caption]` is its caption."""
    found = FRAMED.search(frame)
    if found is None or not frame.endswith("</figure>"):
        return frame
    rest = frame[found.end() :].removesuffix("</figure>").strip()
    return f"<figure>{found['picture']}<figcaption>{rest}</figcaption></figure>" if rest else frame


def without_shortcodes(text: str) -> tuple[str, list[str]]:
    """The text without `[gallery …]` and the like, and the names of those that were more than a frame."""
    lost: list[str] = []

    def gone(match: re.Match[str]) -> str:
        if match["name"] == "caption":
            return match[0]  # `paragraphs` makes a figure of it
        if not match[0].startswith("[/"):
            lost.append(match["name"])
        return ""

    return SHORTCODE.sub(gone, text), lost
