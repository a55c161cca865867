"""Figures of HTML: a picture, a film or a frame with its caption, and galleries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from mujaz.importing.html import Node, text_of
from mujaz.importing.inline import Picture, Token
from mujaz.importing.notes import without_notes
from mujaz.importing.shapes import without
from mujaz.importing.spans import MEDIA, URL_ALONE
from mujaz.markdown_body.embeds import embed_of

CELLS = ("td", "th", "table", "ul", "ol", "blockquote", "pre")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LONGEST_CAPTION = 500  # characters; what stands round a picture in a gallery and is longer is text
GALLERIES = frozenset(
    "wp-block-gallery blocks-gallery-grid wp-block-jetpack-slideshow wp-block-jetpack-tiled-gallery tiled-gallery"
    " kg-gallery-card gallery".split()
)
PULLED = "wp-block-pullquote"


class Converter(Protocol):
    """What writes the parts of a figure."""

    def blocks(self, children: Sequence[Node | str], *, top: bool) -> list[str]: ...
    def run(self, pieces: Sequence[Node | str]) -> list[str]: ...
    def tokens(self, children: Sequence[Node | str]) -> list[Token]: ...
    def shown(self, picture: Picture) -> list[str]: ...
    def embedded(self, node: Node, caption: str = "", *, alone: bool = False) -> list[str]: ...


def figure(converter: Converter, node: Node, *, top: bool) -> list[str]:
    """A picture, a film or a frame with its caption; of all else the caption is a paragraph where it stands."""
    caption = _caption(node)
    rest = list(without(node, caption)) if caption else node.children
    words = text_of(caption) if caption else ""
    if words and (film := _film(rest)):
        return converter.embedded(film, words, alone=True)
    pictures = list(node.all("img"))
    if PULLED in node.classes and top:
        quotes = converter.blocks(node.children, top=top)
        alone = len(quotes) == 1 and quotes[0].startswith("> ")
        # One with a speaker is a quotation here.
        return [f"{quotes[0]}\n{{: .pull }}"] if alone and "\n> — " not in quotes[0] else quotes
    plain = not any(True for _ in node.all(*CELLS, "figure", "iframe", *MEDIA))
    if len(pictures) != 1 or not plain:
        return converter.blocks(node.children, top=top)
    words = " ".join(filter(None, (text_of(Node("figure", children=rest)), words)))
    made = [token for token in converter.tokens(rest) if isinstance(token, Picture)]
    if not made:
        return converter.run([words])
    credit = node.get("data-credit")
    return converter.shown(made[0]._replace(caption=f"{words} | {credit}" if credit else words, bars=bool(credit)))


def _caption(node: Node) -> Node | None:
    """The caption of the figure itself, not of one within it."""
    for child in node.children:
        if isinstance(child, Node):
            if child.tag == "figcaption":
                return child
            if child.tag != "figure" and (found := _caption(child)):
                return found
    return None


def _film(rest: Sequence[Node | str]) -> Node | None:
    """The one frame, film or sound that stands there, also as the bare address of a page that is a card here."""
    whole = Node("figure", children=list(rest))
    films, text = list(whole.all("iframe", *MEDIA)), text_of(whole)
    if len(films) == 1 and not text and not any(True for _ in whole.all("img")):
        return films[0]
    if not films and URL_ALONE.fullmatch(text) and embed_of(text):
        return Node("iframe", {"src": text})
    return None


def is_gallery(node: Node) -> bool:
    """Whether it is a gallery of several pictures."""
    return not GALLERIES.isdisjoint(node.classes) and len(list(node.all("img"))) > 1


def gallery(converter: Converter, node: Node, *, top: bool) -> list[str]:
    """Its pictures, each with its caption, as a gallery where all are here; what else it says stands after them."""
    caption = _caption(node)
    rest = without(node, caption) if caption else node.children
    pictures: list[Picture] = []
    marks = ""
    others: list[Node | str] = []
    for part in _parts(rest):
        if isinstance(part, Node) and _is_picture(part):
            made = converter.tokens([part])
            marks += "".join(token for token in made if isinstance(token, str) and not without_notes(token).strip())
            pictures += [one._replace(caption=text_of(part)) for one in made if isinstance(one, Picture)]
        else:
            others.append(part)
    after = [*converter.blocks(others, top=top), *(converter.blocks(caption.children, top=top) if caption else ())]
    shown = [converter.shown(one) for one in pictures]
    if not top or len(pictures) < 2 or any(one.name is None for one in pictures):
        return [*(block for blocks in shown for block in blocks), *([marks.strip()] if marks.strip() else []), *after]
    return ["\n".join([*(f"- {blocks[0]}" for blocks in shown), "{: .gallery }" + marks.strip()]), *after]


def _parts(children: Sequence[Node | str]) -> Iterator[Node | str]:
    """The largest elements that hold one picture each, and what stands between them."""
    for child in children:
        if isinstance(child, Node) and len(list(child.all("img"))) > 1:
            yield from _parts(child.children)
        elif isinstance(child, Node) or child.strip():
            yield child


def _is_picture(part: Node) -> bool:
    """Whether it is a picture with its caption, and no more."""
    if part.tag == "img":
        return True
    alone = len(list(part.all("img"))) == 1 and not any(True for _ in part.all(*CELLS, *HEADINGS, "iframe", *MEDIA))
    return alone and len(text_of(part)) <= LONGEST_CAPTION
