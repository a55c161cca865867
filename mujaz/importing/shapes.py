"""What other systems write round pictures, films and links, as the plain HTML that it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from mujaz.importing.html import HIDDEN, Node, text_of
from mujaz.importing.kept_parts import UNSEEN_CLASSES
from mujaz.importing.unseen_styles import hides

# Buttons and clocks of players, signs on cards, a form for letters that its page shows late, and a viewer beside the
# link to its file: no words of an article.
_CHROME = frozenset(
    "kg-audio-player kg-audio-thumbnail-placeholder kg-video-overlay kg-video-player-container kg-file-card-icon"
    " kg-toggle-card-icon kg-product-card-rating-star kg-signup-card wp-block-file__embed"
    " wp-block-accordion-heading__toggle-icon".split()
)
_BOOKMARK = ("kg-bookmark-description", "kg-bookmark-author", "kg-bookmark-publisher")
_POSTS = frozenset(("fb-post", "fb-video"))
_BACKGROUND = re.compile(
    r"background(?:-image)?\s{0,9}:[^;]{0,200}?url\(\s{0,9}[\"']?(?!data:)([^\"'()]{1,2000})[\"']?\s{0,9}\)"
)
_OF_PARTS = frozenset("dl menu ol table tbody tfoot thead tr ul".split())  # they hold text in cells and items alone
_OLD_YOUTUBE = re.compile(
    r"(?:https?:)?//(?:www\.)?(?:youtube(?:-nocookie)?|youtube\.googleapis)\.com/v/([A-Za-z0-9_-]{11})(?:[?&/].*)?"
)


def plain_shapes(node: Node) -> Node:
    """`node`, changed in place."""
    node.children = list(chain.from_iterable(map(_plain, node.children)))
    return node


def _plain(child: Node | str) -> Iterable[Node | str]:
    if isinstance(child, str):
        return [child]
    classes = frozenset(child.classes)
    if classes & _CHROME:
        return []
    if "kg-bookmark-card" in classes and (made := _bookmark(child)):
        return made
    if "tr-caption-container" in classes:
        child = _captioned(child)
    if child.tag in ("object", "embed") and (address := _played(child)):
        return [Node("iframe", {"src": address})]
    if child.tag == "oembed" and child.get("url"):  # of CKEditor, whose sites made a frame of it
        return [Node("iframe", {"src": child.get("url")})]
    if classes & _POSTS and child.get("data-href"):
        child.children.insert(0, Node("iframe", {"src": child.get("data-href")}))
    if child.tag == "button":
        child.children = [one for one in child.children if isinstance(one, str) or one.tag != "svg"]
    is_off = not child.attributes.keys().isdisjoint(("hidden", "popover"))
    unseen = is_off or classes & UNSEEN_CLASSES or hides(child.get("style"))
    if unseen and text_of(child):
        _begin(child, Node("embed", {"class": HIDDEN}))
    # A film has its poster there, and a picture what it shows until it has come.
    if child.tag not in ("audio", "iframe", "img", "video") and (found := _BACKGROUND.search(child.get("style"))):
        _begin(child, Node("img", {"src": found[1]}))
    return [plain_shapes(child)]


def _begin(node: Node, first: Node) -> None:
    """Put `first` at the beginning of the text of `node`."""
    parts = node.all("td", "th", "li", "dt", "dd") if node.tag in _OF_PARTS else iter((node,))
    next(parts, node).children.insert(0, first)


def _bookmark(card: Node) -> list[Node | str]:
    """Ghost's card of a link: the link, and what the card says of it. The pictures are those of the other site."""
    link = next((one for one in card.all("a") if one.get("href")), None)
    if link is None:
        return []
    title = next(map(text_of, _of_class(link, "kg-bookmark-title")), "") or link.get("href")
    said = [text_of(one) for name in _BOOKMARK for one in _of_class(link, name)]
    lines: list[Node | str] = [Node("a", {"href": link.get("href")}, [title])]
    for line in (said[0] if said else "", " · ".join(filter(None, said[1:]))):
        lines += [Node("br"), line] if line else []
    captions = [Node("p", children=one.children) for one in card.all("figcaption")]
    return [Node("p", children=lines), *map(plain_shapes, captions)]


def _captioned(table: Node) -> Node:
    """Blogger's picture with its caption, which is a table of two rows; another table as it is."""
    cells = list(table.all("td"))
    said = [cell for cell in cells if "tr-caption" in cell.classes]
    if len(said) != 1 or len(list(table.all("img"))) != 1 or any(True for _ in said[0].all("img")):
        return table
    shown = chain.from_iterable(cell.children for cell in cells if cell is not said[0])
    return Node("figure", children=[*shown, Node("figcaption", children=said[0].children)])


def _played(node: Node) -> str:
    """The address that a plug-in of its time showed; a film of YouTube by the address of its page."""
    named = [node.get("data"), node.get("src")]
    named += [one.get("src") for one in node.all("embed")]
    named += [one.get("value") for one in node.all("param") if one.get("name").lower() in ("movie", "src")]
    address = next((one for one in named if one.startswith(("http://", "https://", "//"))), "")
    film = _OLD_YOUTUBE.fullmatch(address)
    return f"https://www.youtube.com/watch?v={film[1]}" if film else address


def _of_class(node: Node, name: str) -> Iterator[Node]:
    for child in node.children:
        if isinstance(child, Node):
            if name in child.classes:
                yield child
            yield from _of_class(child, name)


def without(node: Node, gone: Node) -> Sequence[Node | str]:
    """The children of `node` without `gone`, wherever it stands in it."""
    kept: list[Node | str] = []
    for child in node.children:
        if child is gone:
            continue
        if isinstance(child, Node) and any(one is gone for one in child.all(gone.tag)):
            child = Node(child.tag, child.attributes, list(without(child, gone)))
        kept.append(child)
    return kept
