"""Texts for feeds: clean characters, marks of direction, and bodies as HTML that works outside the site.

A feed reader drops scripts and styles, knows no base address, and guesses the direction of a text from its first
strong character. The only importer of lxml, which feedgen depends on.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, groupby
from typing import Any
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import lxml.etree  # type: ignore[import-untyped]
import lxml.html  # type: ignore[import-untyped]

from mujaz.arabic import direction as arabic_direction
from mujaz.arabic import typography
from mujaz.arabic.isolates import isolate, isolated, marked

RLM = "\u200f"

_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # lxml refuses the whole text
_MISREAD = re.compile(r"&(?!\s|$)|<")
_CANDIDATE = re.compile(r"(?<!,,)(\S*[^\s,])(?:\s++([^\s,]++(?:\s++[^\s,]++)*+))?+\s*+(?:,|$)")


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BLOCKS = _names(
    "address article aside blockquote details div dl figure footer h2 h3 h4 h5 h6 header hr main nav ol p pre section "
    "table ul"
)
_INLINE = _names(
    "a abbr b bdi br caption cite code col colgroup dd del dfn dt em figcaption i img ins kbd li mark q rp rt ruby s "
    "samp small span strong sub summary sup tbody td tfoot th thead time tr u var"
)
_DROPPED = _names("script style template noscript object svg math select textarea title")
_ATTRIBUTES = _names(
    "abbr align alt cite colspan datetime dir height href hreflang lang reversed rowspan scope sizes span src srcset "
    "start title type value width"
)
_PRESS_HINT = "asks"  # class of a card's words about its button, which does nothing in a reader
_ALIGNED = _names("div td th")
_GONE = "gone"  # what stays without its tag, until all such tags go at once: lxml copies the text above for each
_PLAYED = _names("iframe video audio")
_NO_OWN_TEXT = _names("ul ol dl table details")  # elements that hold text only in their parts


# ---------------------------------------------------------------- plain text


def clean(text: str) -> str:
    """`text` without characters that a feed may not hold, and without U+FFFD, about which validators warn."""
    return text if text.isascii() and text.isprintable() else typography.clean(text.replace("\ufffd", ""))


def line(text: str) -> str:
    """`clean(text)` on one line, without blanks at its ends. A text of nothing but U+FFFD stays: a title may not go."""
    return " ".join(clean(text).split()) or " ".join(typography.clean(text).split())


def directed(text: str, direction: str) -> str:
    """`text` with isolates (U+2066 to U+2069) around runs that plain text would reorder.

    U+200F comes first where a reader that looks for the first strong character would set all of it left to right.
    """
    text = isolated(text, rtl=direction == "rtl")
    if direction != "rtl" or not text or arabic_direction.first_strong(text) == "R":
        return text
    return RLM + text


def inline(text: str, direction: str) -> str:
    """Plain `text` as HTML, each run of the other direction in an isolate."""
    return isolate(text, rtl=direction == "rtl")


def as_html(text: str) -> str:
    """Plain `text` for RSS descriptions, which readers parse as HTML: only what they would misread is escaped."""
    return _MISREAD.sub(lambda found: html.escape(found[0]), text)


# ---------------------------------------------------------------- addresses


def absolute(address: str, base: str) -> str:
    """`address` made absolute and percent-encoded; empty unless it is http, https, mailto or tel."""
    try:
        parts = urlsplit(urljoin(base, address.strip()))
        host = _ascii_host(parts.netloc)
    except ValueError:  # not a valid host
        return ""
    if parts.scheme not in ("http", "https", "mailto", "tel"):
        return ""
    path, query, fragment = (quote(part, safe="/:?@!$&'()*+,;=%~-._") for part in parts[2:])
    return urlunsplit((parts.scheme, host, path, query, fragment))


@lru_cache(maxsize=256)  # most links of a site lead to a few hosts
def _ascii_host(host: str) -> str:
    return host.encode("idna").decode("ascii")


def _absolute_set(srcset: str, base: str) -> str:
    candidates = ((absolute(found[1], base), found[2]) for found in _CANDIDATE.finditer(srcset))
    return ", ".join(f"{url} {size}" if size else url for url, size in candidates if url)


# ---------------------------------------------------------------- bodies


def fit_for_readers(body: str, *, permalink: str, lang: str, direction: str) -> str:
    """A sanitised `body` as feed readers need it; `permalink` is the address of its page.

    Every address is absolute, a fragment leads to the page, every top-level block has its language and direction,
    elements that readers refuse are gone, players are links, and a right-to-left text begins with such a character.
    """
    root = lxml.html.fragment_fromstring(_UNREADABLE.sub("", body), create_parent="div")
    for element in list(root.iterdescendants()):
        if element.tag in _ALIGNED and element.getparent() is not None:
            _align(element, direction)
        _fit_element(element, permalink)
    lxml.etree.strip_tags(root, _GONE)
    for element in root.iter():
        _clean_texts(element)
    blocks = _blocks(root)
    for block in blocks:
        for name, value in (("lang", lang), ("dir", direction)):
            if not block.get(name):
                block.set(name, value)
    if direction == "rtl":
        _begin_right_to_left(blocks)
    return "\n".join(lxml.html.tostring(block, encoding="unicode", with_tail=False) for block in blocks)


def words_with(address: str, body: str, permalink: str) -> Iterator[str]:
    """The words of each figure in which `body` shows the picture at `address`; "" for all that stand in none."""
    root = lxml.html.fragment_fromstring(_UNREADABLE.sub("", body), create_parent="div")
    shown = (img for img in root.iter("img") if absolute(img.get("src", ""), permalink) == address)
    for figure in dict.fromkeys(next(img.iterancestors("figure"), None) for img in shown):  # one may hold thousands
        yield "" if figure is None else line(figure.text_content())


def words(body: str) -> str:
    """The text of a body without its elements, with one blank for each run of blanks."""
    root = lxml.html.fragment_fromstring(_UNREADABLE.sub("", body), create_parent="div")
    return line(root.text_content())


def _fit_element(element: Any, permalink: str) -> None:
    """Change one element for readers, or remove it; its children are handled by themselves."""
    # What it stood in, a player or a picture, is removed already, or only its words stay.
    if element.getparent() is None or element.tag == _GONE:
        return
    if not isinstance(element.tag, str) or element.tag in _DROPPED or element.get("class") == _PRESS_HINT:
        element.drop_tree()
        return
    if element.tag == "h1":
        element.tag = "h2"
    elif element.tag == "ul" and element.get("class") == "gallery":
        _unwrap_gallery(element)
        return
    elif element.tag == "picture":
        element = _only_picture(element)
    elif element.tag in _PLAYED:
        _make_link(element, permalink)
    elif element.tag == "bdo":  # an override, which readers refuse
        _unwrap_override(element)
        return
    elif element.tag not in _BLOCKS and element.tag not in _INLINE:
        element.tag = _GONE
        return
    if element is not None:
        _fit_attributes(element, permalink)


def _align(element: Any, direction: str) -> None:
    """Write the alignment of a table cell as the attribute `align`: readers drop classes and styles.

    Its values are left and right, so they depend on the direction of the cell. The box in which a table scrolls on the
    page is removed.
    """
    side = element.get("class", "")
    if element.tag == "div":
        if side == "table":
            element.tag = _GONE
        return
    said = (parent.get("dir") for parent in (element, *_above(element)))
    own = next((way for way in said if way in ("rtl", "ltr")), direction)
    sides = {"start": "right", "center": "center", "end": "left"}
    if own != "rtl":
        sides |= {"start": "left", "end": "right"}
    if side in sides:
        element.set("align", sides[side])


def _above(element: Any) -> Iterator[Any]:
    """The elements that it stands in, the innermost first."""
    return (one for one in element.iterancestors() if one.tag != _GONE)


def _unwrap_gallery(gallery: Any) -> None:
    """Keep only the figures of a gallery, without the links to their files: readers cannot show its grid."""
    for part in [*gallery.iter("li"), *gallery.iterfind(".//figure/a"), gallery]:
        part.tag = _GONE


def _unwrap_override(element: Any) -> None:
    """Keep the groups of a number in ٠-٩, which `isolates.tags` overrides, in their order."""
    if element.get("dir") == "ltr" and element.text:
        element.text = marked(element.text)
    element.tag = _GONE


def _only_picture(element: Any) -> Any | None:
    """Replace a `picture` by its `img`: few readers know `source`, and some then show nothing."""
    img = next(element.iter("img"), None)
    if img is None:
        element.drop_tree()
        return None
    img.tail = element.tail
    element.getparent().replace(element, img)
    return img


def _make_link(element: Any, permalink: str) -> None:
    """Replace a player by a link: readers drop players, and the recording with them."""
    places = (part.get("src") for part in element.iter(element.tag, "source"))
    address = absolute(next(filter(None, places), ""), permalink)
    text = element.get("title") or line(element.text_content()) or address
    tail, alone = element.tail, next(_above(element)).tag in ("div", "blockquote", "section")
    element.clear()
    element.tag, element.tail = "p" if alone else "a", tail
    link = lxml.etree.SubElement(element, "a") if alone else element
    link.text = text
    if address:
        link.set("href", address)


def _fit_attributes(element: Any, permalink: str) -> None:
    for name in [name for name in element.attrib if name not in _ATTRIBUTES]:
        del element.attrib[name]
    for name in ("href", "src", "cite", "srcset"):
        if name in element.attrib:
            resolve = _absolute_set if name == "srcset" else absolute
            address = resolve(element.attrib[name], permalink)
            if address:
                element.set(name, address)
            else:
                del element.attrib[name]
    if element.tag == "img":
        element.set("alt", element.get("alt", ""))
        if "src" not in element.attrib:
            element.drop_tree()
    elif element.tag == "a" and "href" not in element.attrib:
        element.tag = _GONE


def _clean_texts(element: Any) -> None:
    """Clean the decoded texts: character references such as `&#7;` are visible only after parsing."""
    for name in ("text", "tail"):
        text = getattr(element, name)
        if text and (cleaned := clean(text)) != text:
            setattr(element, name, cleaned)
    for name, value in element.attrib.items():
        if (cleaned := clean(value)) != value:
            element.set(name, cleaned)


def _is_block(piece: Any) -> bool:
    return not isinstance(piece, str) and any(part.tag in _BLOCKS for part in piece.iter())


def _blocks(root: Any) -> list[Any]:
    """The top-level blocks of `root`; loose text and inline elements between them become paragraphs."""
    pieces: list[Any] = [root.text or ""]
    for child in list(root):
        pieces += [child, child.tail or ""]
        child.tail = None
    blocks: list[Any] = []
    for stands_alone, run in groupby(pieces, key=_is_block):
        if stands_alone:
            blocks += run
            continue
        loose = list(run)
        if all(isinstance(piece, str) and not piece.strip() for piece in loose):
            continue
        paragraph, last = lxml.html.Element("p"), None
        for piece in loose:
            if not isinstance(piece, str):
                paragraph.append(piece)
                last = piece
            elif last is not None:  # lxml counts the children each time that it is asked for their number
                last.tail = piece
            else:
                paragraph.text = (paragraph.text or "") + piece
        if paragraph.text_content().strip() or paragraph.find(".//img") is not None:
            blocks.append(paragraph)
    return blocks


def _words(element: Any, *, alts: bool) -> Iterator[str]:
    """The text of an element in reading order; with `alts` also that of its pictures."""
    if alts:
        yield element.get("alt", "")
    yield element.text or ""
    for part in element:
        yield from _words(part, alts=alts)
        yield part.tail or ""


def _reads_right_to_left(blocks: list[Any], *, alts: bool) -> bool:
    words = (word for block in blocks for word in _words(block, alts=alts))
    return arabic_direction.first_strong(chain.from_iterable(words)) == "R"


def _begin_right_to_left(blocks: list[Any]) -> None:
    """Put U+200F first unless the first strong character is right-to-left, with and without the pictures' alts."""
    if all(_reads_right_to_left(blocks, alts=alts) for alts in (True, False)):
        return
    first = next((block for block in blocks if block.tag != "hr"), None)
    if first is None:
        return
    if first.tag in _NO_OWN_TEXT:
        first = next(first.iter("summary", "caption", "li", "dt", "dd", "th", "td"), first)
    first.text = RLM + (first.text or "")


# ---------------------------------------------------------------- documents


def stylesheet_instruction(address: str) -> Any:
    """The `<?xml-stylesheet?>` instruction that lets a browser show a feed right to left."""
    return lxml.etree.ProcessingInstruction("xml-stylesheet", f'type="text/css" href="{html.escape(address)}"')
