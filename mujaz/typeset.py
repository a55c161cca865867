"""One walk over a body's sanitised HTML: quotes, isolates, ids, headings, plain text, the holes of `mujaz.markup`.

It relies on nh3's serialisation (every tag closed, `<` and `>` escaped in texts and attributes) and on nothing else.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from mujaz.dialect import Dialect, slug
from mujaz.errors import Problem, quoted
from mujaz.inline import OBJECT, Piece, set_pieces, text_piece
from mujaz.model import Body, Heading, PictureReference, Place, Reference
from mujaz.typography import clean, quotes

WORDS = ("footnotes", "footnote_back", "embed")  # the keys that a hole may ask for
HOLE = "\x1a"
MAX_REFERENCES = 2_000  # links and pictures in one body: each is looked for in the source to tell its line

_INLINE_NAMES = (
    "a abbr b bdi bdo br cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr"
)
INLINE = frozenset(_INLINE_NAMES.split())
_OPAQUE = frozenset({"code", "kbd", "samp", "var", "bdi", "bdo", "pre"})
_NOT_FIRST = frozenset({"blockquote", "li", "figure", "table", "dl", "details"})
_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h5", "h6": "h6"}  # the page's one h1 is its title

_TAG = re.compile(r"(<[^>]*>)")
_ATTRIBUTE = re.compile(r'([^\s=">/]+)(?:="([^"]*)")?')
_EXTERNAL = re.compile(r"(?:https?|mailto|tel):", re.I)
_WEB = re.compile(r"https?:|[/\\]{2}", re.I)
# Written out rather than parsed: browsers and urllib do not agree on where a host with '@' or '\' in it ends.
_EMBED = re.compile(r"https://([a-z0-9.-]+)(?::443)?(?:[/?#][^\s\\]*)?", re.I)
_FOOTNOTE_ID = re.compile(r"(fn(?:ref[0-9]*)?):(.*)", re.S)
_FRAGMENT = re.compile(f"{HOLE}#([0-9]+){HOLE}")
_WORD = re.compile(r"[^\W_]\S*")


def typeset(
    safe: str, source: str, dialect: Dialect, *, path: str, first_line: int
) -> tuple[Body, tuple[Problem, ...]]:
    """The body of the sanitised HTML `safe`, made from the Markdown `source`, and its problems."""
    walk = _Walk(dialect=dialect, path=path, places=_Places(source, first_line))
    tokens = _TAG.split(safe)
    if clean(safe) != safe:
        # Entities wrote what had been removed. One token at a time: NFC would join a '>' with a U+0338 after it.
        tokens = [clean(token) for token in tokens]
    for number, token in enumerate(tokens):
        if number % 2:
            walk.tag(token)
        elif token:
            walk.text(token)
    return walk.body(), tuple(walk.problems)


def _attributes(rest: str) -> dict[str, str]:
    return {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(rest)} if rest else {}


class _Places:
    """Finds where in the source a target is written: searched in the order of the document, from the last one found."""

    def __init__(self, text: str, first_line: int) -> None:
        self._text, self._first_line = text, first_line
        self._at = 0
        self._breaks: list[int] | None = None

    def of(self, target: str) -> Place:
        for written in dict.fromkeys((target, html.escape(target), unquote(target))):
            if not written:
                continue
            found = self._text.find(written, self._at)
            if found < 0:
                found = self._text.find(written)
            if found >= 0:
                self._at = found + len(written)
                return self._place(found)
        return Place(line=self._first_line, column=1)

    def _place(self, offset: int) -> Place:
        if self._breaks is None:
            self._breaks = [match.start() for match in re.finditer("\n", self._text)]
        line = bisect_left(self._breaks, offset)
        before = self._breaks[line - 1] if line else -1
        return Place(line=self._first_line + line, column=offset - before)


@dataclass(slots=True)
class _Walk:
    """Blocks go to `out` as they are; an inline run gathers in `pieces` until its block ends."""

    dialect: Dialect
    path: str
    places: _Places
    out: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    links: list[Reference] = field(default_factory=list)
    pictures: list[PictureReference] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    first: str = ""
    ids: dict[str, str] = field(default_factory=dict)  # as written, and as made
    made_ids: set[str] = field(default_factory=set)
    repeats: dict[str, int] = field(default_factory=dict)  # how many headings had a name so far
    fragments: list[tuple[str, Place]] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)  # what closes each open link
    heading: tuple[int, str, int] = (0, "", 0)  # where its tag stands in `out`, its own id, where its texts begin
    opaque: str = ""  # the element whose text is not prose of this language, and how deep it is in itself
    opaque_depth: int = 0
    footnotes: int = 0  # how many divs deep in the list of footnotes
    nested: int = 0  # in how many elements that hold no first paragraph
    note: bool = False  # in the number of a footnote
    embed: bool = False

    # ------------------------------------------------ texts

    def text(self, escaped: str) -> None:
        if self.embed:
            return
        if self.opaque:
            plain = "" if self.opaque == "pre" else html.unescape(escaped)
            self.pieces.append(Piece(html=escaped, shown=OBJECT, plain=plain))
        elif self.note:
            self.pieces.append(Piece(html=escaped))
        else:
            self.pieces.append(text_piece(escaped))

    def flush(self, block: str = "") -> str:
        """Set the gathered run and write it out; returns its plain text."""
        if not self.pieces:
            return ""
        pieces, self.pieces = self.pieces, []
        set_pieces(pieces, style=self.dialect.quotes, rtl=self.dialect.dir == "rtl")
        self.out += [piece.html for piece in pieces]
        plain = " ".join("".join([piece.plain for piece in pieces]).split())
        if plain and not self.footnotes:
            self.texts.append(plain)
            if block == "p" and not self.nested and not self.first:
                self.first = plain
        return plain

    def body(self) -> Body:
        self.flush()
        made = "".join(self.out).strip()
        if self.fragments:
            made = _FRAGMENT.sub(lambda hole: self._fragment(int(hole[1])), made)
        text = "\n".join(self.texts)
        return Body(
            html=made,
            text=text,
            first_paragraph=self.first or (self.texts[0] if self.texts else ""),
            words=len(_WORD.findall(text)),
            headings=tuple(self.headings),
            links=tuple(self.links),
            pictures=tuple(self.pictures),
        )

    # ------------------------------------------------ tags

    def tag(self, token: str) -> None:
        closing = token[1] == "/"
        name, _, rest = token[2 if closing else 1 : -1].partition(" ")
        if self.embed:
            self.embed = not (closing and name == "iframe")
            return
        attributes = _attributes(rest)
        if self.opaque == name:
            self.opaque_depth += -1 if closing else 1
        if name in INLINE or name == "img":
            self._inline(token, name, closing, attributes)
        elif closing:
            self._end(name)
        else:
            self._start(name, attributes)
        if self.opaque and not self.opaque_depth:
            self.opaque = ""
        if not (closing or self.opaque or name == "img") and (name in _OPAQUE or self._is_foreign(attributes)):
            self.opaque, self.opaque_depth = name, 1

    def _is_foreign(self, attributes: dict[str, str]) -> bool:
        language = attributes.get("lang", "").split("-")[0].lower()
        direction = attributes.get("dir", "")
        return (language or self.dialect.language) != self.dialect.language or (direction or self.dialect.dir) != (
            self.dialect.dir
        )

    def _made(self, name: str, attributes: dict[str, str]) -> str:
        """A start tag; its id gets the prefix that keeps it from clobbering the document's own names."""
        parts = [name]
        for key, value in attributes.items():
            if key == "id":
                value = self._ident(value)
            if value or key not in ("id", "class", "title"):
                parts.append(f'{key}="{html.escape(value)}"' if value else key)
        return f"<{' '.join(parts)}>"

    def _inline(self, token: str, name: str, closing: bool, attributes: dict[str, str]) -> None:
        piece = Piece(html=token, step=-1 if closing else 1)
        if name == "img":
            piece = self._picture(attributes)
        elif name == "a":
            piece = self._end_link() if closing else self._link(attributes)
        elif name == "br":
            piece = Piece(html=token, shown="\n", plain=" ")
        elif name == "wbr":
            piece = Piece(html=token)
        elif closing:
            self.note = self.note and name != "sup"
        else:
            self.note = self.note or (name == "sup" and attributes.get("id", "").startswith("fnref"))
            if name == "code" and self.opaque != "pre":
                attributes.setdefault("dir", "auto")
            if attributes:
                piece.html = self._made(name, attributes)
        self.pieces.append(piece)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.flush()
        self.nested += name in _NOT_FIRST
        if name in _HEADINGS:
            self.heading = (len(self.out), attributes.pop("id", ""), len(self.texts))
            name = _HEADINGS[name]
        elif name == "iframe":
            self.embed = True
            self.out.append(self._frame(attributes))
            return
        elif name in ("video", "audio", "source"):
            if made := self._media(name, attributes):
                self.out.append(made)
            return
        elif name == "pre":
            attributes.setdefault("dir", "auto")
        elif name == "div" and (self.footnotes or attributes.get("class")):
            self.footnotes += 1
            if self.footnotes == 1:
                self.out.append(f'<div class="footnotes" role="doc-endnotes" aria-label="{HOLE}T:footnotes{HOLE}">')
                return
        self.out.append(self._made(name, attributes) if attributes else f"<{name}>")

    def _end(self, name: str) -> None:
        if name in _HEADINGS:
            self._end_heading(_HEADINGS[name])
            return
        if name == "p" and self._became_figure():
            return
        self.flush(name)
        self.nested -= name in _NOT_FIRST
        if name == "div" and self.footnotes:
            self.footnotes -= 1
        self.out.append(f"</{name}>")

    def _end_heading(self, name: str) -> None:
        plain = self.flush(name)
        index, own, texts = self.heading
        text = " ".join(self.texts[texts:]) or plain
        ident = self._ident(own) if own else self._heading_id(text)
        self.headings.append(Heading(level=int(name[1]), id=ident, text=text))
        self.out[index] = f'{self.out[index][:-1]} id="{html.escape(ident)}">'
        self.out.append(f"</{name}>")

    # ------------------------------------------------ ids and what points to them

    def _heading_id(self, text: str) -> str:
        written = slug(text) or "1"
        # Counted, not searched for: ten thousand equal headings are ten thousand steps.
        count = self.repeats[written] = self.repeats.get(written, 0) + 1
        name = written if count == 1 else f"{written}-{count}"
        while (ident := f"h-{name}") in self.made_ids:
            name += "-"
        self.made_ids.add(ident)
        self.ids.setdefault(name, ident)
        return ident

    def _ident(self, written: str) -> str:
        """The prefixed form of an id as written; a second use of one is a problem, and is dropped."""
        footnote = _FOOTNOTE_ID.fullmatch(written)
        ident = "-".join((f"{footnote[1]}-{footnote[2]}" if footnote else f"u-{written}").split())
        if ident in self.made_ids:
            help = "give each place of the body its own name"
            self._problem(f"the id {quoted(written)} is used twice", help, self.places.of(written))
            return ""
        self.made_ids.add(ident)
        self.ids[written] = ident
        return ident

    def _fragment(self, number: int) -> str:
        target, place = self.fragments[number]
        written = unicodedata.normalize("NFC", unquote(target))
        if not written:
            return "#"
        ident = self.ids.get(written, written)
        if ident not in self.made_ids:
            known = ", ".join(quoted("#" + name) for name in list(self.ids)[:8])
            help = f"the body has {known}" if known else "give the heading or paragraph an id: {#name}"
            self._problem(f"the link {quoted('#' + written)} leads to no place of this body", help, place)
            return "#"
        return html.escape("#" + quote(ident, safe="-._~:"))

    def _problem(self, text: str, help: str, place: Place | None = None, *, warning: bool = False) -> None:
        line, column = (place.line, place.column) if place else (0, 0)
        self.problems.append(Problem(path=self.path, line=line, column=column, text=text, help=help, warning=warning))

    # ------------------------------------------------ links, pictures, embeds

    def _place(self, target: str) -> Place:
        count = len(self.links) + len(self.pictures) + len(self.fragments)
        if count < MAX_REFERENCES:
            return self.places.of(target)
        if count == MAX_REFERENCES:
            text = f"the body has more than {MAX_REFERENCES} links and pictures"
            self._problem(text, "split it into several articles")
        return Place()

    def _reference(self, target: str) -> int:
        written = unicodedata.normalize("NFC", unquote(target)).strip()
        self.links.append(Reference(target=written, place=self._place(target)))
        return len(self.links) - 1

    def _end_link(self) -> Piece:
        end = self.ends.pop() if self.ends else ""
        return Piece(html=end, step=-1 if end else 0)

    def _link(self, attributes: dict[str, str]) -> Piece:
        address = attributes.pop("href", None)
        kind = attributes.get("class", "")
        end = "</a>"
        if kind == "footnote-ref":
            attributes["role"] = "doc-noteref"
        elif kind == "footnote-backref":
            attributes |= {"role": "doc-backlink", "aria-label": f"{HOLE}T:footnote_back{HOLE}"}
        if address is None and not attributes.get("id"):
            what = "a link has no address, or one of a kind that is not allowed"
            self._problem(what, "write http, https, mailto, tel, or the path of a file", warning=True)
            self.ends.append("")
            return Piece(html="")
        made = self._made("a", attributes)[2:]
        if address is None:
            made = f"<a{made}"
        elif address.startswith("#"):
            place = Place() if kind else self._place(address)
            self.fragments.append((address[1:], place))
            made = f'<a href="{HOLE}#{len(self.fragments) - 1}{HOLE}"{made}'
        elif _EXTERNAL.match(address):
            made = f'<a href="{html.escape(address)}"{made}'
        else:
            number = self._reference(address)
            made, end = f"{HOLE}L{number}{made[:-1]}{HOLE}", f"{HOLE}E{number}{HOLE}"
        self.ends.append(end)
        return Piece(html=made, step=1)

    def _picture(self, attributes: dict[str, str]) -> Piece:
        source = attributes.get("src", "").strip()
        place = self._place(source)
        if not source or _WEB.match(source):
            what = f"the picture {quoted(source)} is on another site" if source else "a picture has no usable address"
            self._problem(what, "save it beside the article and write its file name", place)
            return Piece(html="", shown=OBJECT)
        alt = attributes.get("alt", "").strip()
        if not alt:
            help = "say in a few words what it shows: ![وصف الصورة](file.jpg)"
            self._problem(f"the picture {quoted(source)} has no alternative text", help, place)
        language = attributes.get("lang")
        caption, bar, credit = attributes.get("title", "").rpartition("|")
        style = self.dialect.quotes
        self.pictures.append(
            PictureReference(
                src=unicodedata.normalize("NFC", unquote(source)),
                alt=alt if language else quotes(alt, style),
                alt_lang=language,
                caption=quotes((caption if bar else credit).strip(), style),
                credit=quotes(credit.strip(), style) if bar else "",
                place=place,
            )
        )
        return Piece(html=f"{HOLE}P{len(self.pictures) - 1}{HOLE}", shown=OBJECT)

    def _became_figure(self) -> bool:
        """Whether the paragraph that ends is one picture and nothing else; then a figure has taken its place."""
        marks = [piece for piece in self.pieces if not piece.prose or piece.shown.strip()]
        if len(marks) != 1 or not marks[0].html.startswith(f"{HOLE}P") or self.out[-1] != "<p>":
            return False
        self.pieces = []
        self.out[-1] = f"{HOLE}F{marks[0].html[2:]}"
        return True

    def _media(self, name: str, attributes: dict[str, str]) -> str:
        """A video or audio: its file is a link like any other, since no page may load from another site unasked.

        A source without a file (one of a `picture`, whose sizes the build makes) is nothing.
        """
        source = attributes.pop("src", "").strip()
        if name != "source":
            attributes.setdefault("controls", "")
        made = self._made(name, attributes)
        if not source:
            return made if name != "source" else ""
        if _WEB.match(source):
            help = "save it below content/ and write its path, or link to it"
            self._problem(f"the file {quoted(source)} is on another site", help, self._place(source))
            return made
        return f"<{name}{HOLE}U{self._reference(source)}{HOLE}{made[len(name) + 1 :]}"

    def _frame(self, attributes: dict[str, str]) -> str:
        source = attributes.get("src", "").strip()
        host = _EMBED.fullmatch(source)
        if not host or host[1].lower() not in self.dialect.iframes:
            what = f"the frame {quoted(source)} was removed: its host is not among 'iframes' in config.yaml"
            help = "allowed are https addresses on: " + (", ".join(self.dialect.iframes) or "none")
            self._problem(what, help, self._place(source), warning=True)
            return ""
        title = html.escape(attributes.get("title", "")) or f"{HOLE}T:embed{HOLE}"
        sides = [key for key in ("width", "height") if attributes.get(key, "").isdecimal()]
        size = "".join(f' {key}="{attributes[key]}"' for key in sides)
        full = " allowfullscreen" if "allowfullscreen" in attributes else ""
        return f'<iframe src="{html.escape(source)}" title="{title}" loading="lazy"{size}{full}></iframe>'
