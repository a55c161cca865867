"""One walk over the tags of a sanitised body: its texts, ids, headings, figures, and the holes of
`mujaz.markdown_body.body`.

It relies on nh3's serialisation (every tag closed, `<` and `>` escaped in texts and attributes) and on nothing else.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from mujaz.arabic.quotes import TOLD
from mujaz.arabic.typography import clean
from mujaz.markdown_body import parser as markdown
from mujaz.markdown_body.galleries import hung
from mujaz.markdown_body.inline import Piece
from mujaz.markdown_body.parser import Dialect
from mujaz.markdown_body.placeholders import HOLE, INLINE, STRUCK, VOID, others_say
from mujaz.markdown_body.plain_texts import PlainTexts
from mujaz.markdown_body.references import Ids, Places, References
from mujaz.markdown_body.running_text import RunningText
from mujaz.markdown_body.timed import Coverage
from mujaz.messages.errors import Problem
from mujaz.model.content import Body, Heading

_OPAQUE = frozenset({"code", "kbd", "samp", "var", "bdi", "bdo", "pre"})
_NOT_FIRST = frozenset({"blockquote", "li", "figure", "table", "dl", "details"})
_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h5", "h6": "h6"}  # the page's one h1 is its title

# A wide table scrolls by itself, with the keys too. A group and no region: several of one name are no landmarks.
_TABLE_BOX = f'<div class="table" role="group" tabindex="0" aria-label="{HOLE}T:table{HOLE}">'

_TAG = re.compile(r"(<[^<>]*>)")
_TABLE = re.compile(r"</?table\b[^<>]*>")
_ATTRIBUTE = re.compile(r'([^\s=">/]+)(?:="([^"]*)")?')
_WORDLESS = re.compile(r"[ \n](?:[^\w \n]|_)+(?![^ \n])")


def typeset(
    safe: str, source: str, dialect: Dialect, *, path: str, first_line: int
) -> tuple[Body, tuple[Problem, ...]]:
    """The body of the sanitised HTML `safe`, made from the Markdown `source`, and its problems."""
    places = Places(path, source, first_line)
    ids = Ids(places)
    texts = PlainTexts(style=dialect.quotes, places=places)
    live = Coverage(day=dialect.live, places=places)
    walk = _Walk(dialect=dialect, ids=ids, references=References(dialect, places, ids), texts=texts, live=live)
    tokens = _TAG.split(safe)
    if clean(safe) != safe:
        # Entities wrote what had been removed. One token at a time: NFC would join a '>' with a U+0338 after it.
        tokens = [clean(token) for token in tokens]
    number, last = 0, len(tokens)
    while number < last:
        if markdown.SKIP_ABSENT and (passed := walk.simple(tokens, number)):
            number += passed
            continue
        token = tokens[number]
        if number % 2:
            if dialect.live and token.startswith("<h2") and not walk.depth and _is_one_line(tokens, number):
                tokens[number + 1] = walk.timed_heading(tokens[number + 1])
            walk.tag(token)
        elif token:
            walk.text(token)
        number += 1
    return walk.body(), tuple(places.problems)


def count_words(text: str) -> int:
    """How many of the parts between the single spaces and line breaks of `text` have a letter or a digit."""
    if not text:
        return 0
    return 1 + text.count(" ") + text.count("\n") - len(_WORDLESS.findall("\n" + text))


def _attributes(rest: str) -> dict[str, str]:
    return {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(rest)} if rest else {}


def _is_foreign(attributes: dict[str, str], dialect: Dialect) -> bool:
    """Whether an element is of another language or direction than its body."""
    language = attributes.get("lang", "").split("-")[0].lower()
    direction = attributes.get("dir", "")
    return (language or dialect.language) != dialect.language or (direction or dialect.dir) != dialect.dir


def _is_one_line(tokens: Sequence[str], number: int) -> bool:
    """Whether the heading that begins at `number` holds no block, as HTML that is written out may."""
    for at in range(number + 2, len(tokens), 2):
        token = tokens[at]
        if token == "</h2>":
            return True
        if token.strip("</>").partition(" ")[0] not in INLINE:
            return False
    return False


def _boxed(made: str) -> str:
    """`made` with a box around each table; one within another scrolls with it."""
    depth = 0

    def box(tag: re.Match[str]) -> str:
        nonlocal depth
        closes = tag[0].startswith("</")
        depth += -1 if closes else 1
        if depth > (not closes):
            return tag[0]
        return f"{tag[0]}</div>" if closes else _TABLE_BOX + tag[0]

    return _TABLE.sub(box, made) if "<table" in made else made


def _figure(pieces: Sequence[Piece], opening: str, references: References) -> str | None:
    """The figure that a paragraph of these pieces becomes; None where it is no picture or player alone.

    A link may be around one with a caption. The attributes of the paragraph go to a box around the figure.
    """
    player = next((piece.html for piece in pieces if piece.html.startswith(f"{HOLE}M")), "")
    if player and opening.startswith("<p"):  # a link around it has no place: a press plays it
        return f"<div{opening[2:-1]}>{player}</div>" if opening[2:-1] else player
    marks = [piece for piece in pieces if not piece.prose or piece.shown.strip()]
    start, picture, end = marks if len(marks) == 3 else (None, marks[0] if len(marks) == 1 else None, None)
    if picture is None or not picture.html.startswith(f"{HOLE}P") or not opening.startswith("<p"):
        return None
    attributes = opening[2:-1]
    if not references.has_caption(picture) and (start or attributes):
        return None
    figure = f"{HOLE}F{picture.html[2:]}"
    if start and end:
        figure = f"{start.html}{figure}{end.html}"
    return f"<div{attributes}>{figure}</div>" if attributes else figure


@dataclass(slots=True, kw_only=True)
class _Walk(RunningText):
    """The tags around the texts: blocks go to `out` as they are."""

    references: References
    live: Coverage
    heading: tuple[int, str, int] = (0, "", 0)  # where its tag stands in `out`, its own id, where its texts begin
    opaque_depth: int = 0  # how deep `opaque` is in itself
    depth: int = 0  # how many elements are open

    def timed_heading(self, text: str) -> str:
        """What is left of the text of a heading when an entry of a live story has taken its time."""
        self.flush()
        hole, rest = self.live.begin(text, len(self.texts.blocks))
        self.out.append(hole)
        return rest

    def body(self) -> Body:
        self.flush()
        made, straight = self.texts.finish(hung(_boxed("".join(self.out).strip()), self.texts.places))
        blocks = self.texts.blocks or [""]
        text = "\n".join(blocks)
        told = self.texts.told() or [""]
        entries = self.live.finished(told, self.ids)
        self.headings += [Heading(level=2, id=entry.id, text=entry.title or entry.local) for entry in entries]
        return Body(
            entries=entries,
            opening="\n".join(blocks[: self.live.entries[0].texts]) if entries else "",
            html=self.ids.resolve(made),
            text=text,
            first_paragraph=told[max(self.texts.first, 0)],
            words=count_words(text),
            straight=straight,
            headings=tuple(self.headings),
            links=tuple(self.references.links),
            pictures=tuple(self.references.pictures),
            players=tuple(self.references.players),
        )

    # ------------------------------------------------ tags

    def tag(self, token: str) -> None:
        closing = token[1] == "/"
        name, _, rest = token[2 if closing else 1 : -1].partition(" ")
        if name not in VOID:
            self.depth += -1 if closing else 1
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
        if not (closing or self.opaque or name == "img") and (name in _OPAQUE or _is_foreign(attributes, self.dialect)):
            self.opaque, self.opaque_depth = name, 1

    def _inline(self, token: str, name: str, closing: bool, attributes: dict[str, str]) -> None:
        piece = Piece(html=token, step=-1 if closing else 1)
        if name in ("sup", "sub"):
            self.level = "" if closing else name
        if name == "img":
            piece = self.references.picture(attributes)
        elif name == "a":
            piece = self.references.end_link() if closing else self.references.link(attributes)
        elif name == "br":
            piece = Piece(html=token, shown="\n", plain=" ")
        elif name == "wbr":
            piece = Piece(html=token)
        elif name == "q" and self.opaque != "pre":  # a browser sets its marks
            piece.plain = TOLD[self.dialect.quotes][closing]
            piece.html = self.ids.tag(name, attributes) if attributes else token
        elif closing:
            self.note = self.note and name != "sup"
        else:
            self.note = self.note or (name == "sup" and attributes.get("id", "").startswith("fnref"))
            if name == "code" and self.opaque != "pre":
                attributes.setdefault("dir", "auto")
            if attributes:
                piece.html = self.ids.tag(name, attributes)
        piece.strikes = name in STRUCK
        self.pieces.append(piece)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.flush()
        self.nested += name in _NOT_FIRST
        if name == "blockquote":
            self.quotes.append(others_say("".join(self.out[-2:]), pulled=attributes.get("class") == "pull"))
        if self.live.in_title:
            self.live.entries[-1].own_id = attributes.get("id", "")
            return
        if before := self.live.before(name, self.depth):
            self.out.append(before)
        if name in _HEADINGS:
            self.heading = (len(self.out), attributes.pop("id", ""), len(self.texts.blocks))
            name = _HEADINGS[name]
        elif name == "iframe":
            self.embed = True
            self.out.append(self.references.frame(attributes))
            return
        elif name in ("video", "audio", "source"):
            if made := self.references.media(name, attributes):
                self.out.append(made)
            return
        elif name == "pre":
            attributes.setdefault("dir", "auto")
        elif name == "div" and (self.footnotes or attributes.get("class")):
            self.footnotes += 1
            if self.footnotes == 1:
                # Within an element that a text left open they belong to its entry.
                self.out.append(f"{HOLE}Z{HOLE}" if self.live.entries and self.depth == 1 else "")
                self.out.append(f'<div class="footnotes" role="doc-endnotes" aria-label="{HOLE}T:footnotes{HOLE}">')
                return
        self.out.append(self.ids.tag(name, attributes) if attributes else f"<{name}>")

    def _end(self, name: str) -> None:
        if self.live.in_title:
            title = self.flush(name)
            self.out.append(self.live.titled(title))
            return
        if name in _HEADINGS:
            self._end_heading(_HEADINGS[name])
            return
        if name == "p" and self._became_figure():
            return
        self.flush(name)
        self.nested -= name in _NOT_FIRST
        if name == "blockquote":
            self.quotes.pop()
        if name == "div" and self.footnotes:
            self.footnotes -= 1
        self.out.append(f"</{name}>")
        if after := self.live.after(self.depth):
            self.out.append(after)

    def _became_figure(self) -> bool:
        """Whether the paragraph that ends is one picture or player and nothing else; then that has taken its place."""
        figure = _figure(self.pieces, self.out[-1] if self.out else "", self.references)
        if figure is not None:
            self.pieces, self.out[-1] = [], figure
        return figure is not None

    def _end_heading(self, name: str) -> None:
        plain = self.flush(name)
        index, own, texts = self.heading
        text = " ".join(self.texts.blocks[texts:]) or plain
        ident = self.ids.own(own) if own else self.ids.heading(text)
        self.headings.append(Heading(level=int(name[1]), id=ident, text=text))
        if ident:
            self.out[index] = f'{self.out[index][:-1]} id="{html.escape(ident)}">'
        self.out.append(f"</{name}>")
