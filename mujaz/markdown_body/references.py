"""What a body points to and what points into it: ids, links, pictures, media and frames, with their places.

Each becomes a piece of HTML with a hole where something outside the file decides (`mujaz.markdown_body.body` lists the
holes).
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from urllib.parse import quote, unquote

from mujaz.arabic.typography import set_in_type
from mujaz.markdown_body.embeds import embed_of, is_player, without_cookies
from mujaz.markdown_body.inline import OBJECT, Piece
from mujaz.markdown_body.parser import Dialect, slug
from mujaz.markdown_body.placeholders import HOLE
from mujaz.markdown_body.source import quotes_in
from mujaz.messages.errors import Problem
from mujaz.messages.message import Message, say
from mujaz.model.content import PictureReference, Place, PlayerReference, Reference
from mujaz.model.normal_forms import normalized

# Letters of the source that searches for places may pass, in all. Targets in the order of the body pass each letter
# once; one that is written otherwise than it is read, as `id="&#97;"`, passes all of them. What is not looked for any
# more is told at the first line.
MAX_SEARCHED = 200_000_000
MAX_REFERENCES = 2_000  # links and pictures in one body: each is looked for in the source to tell its line

_EXTERNAL = re.compile(r"(?:https?|mailto|tel):", re.I)
_WEB = re.compile(r"https?:|[/\\]{2}", re.I)
# Written out rather than parsed: browsers and urllib do not agree on where a host with '@' or '\' in it ends.
_EMBED = re.compile(r"https://([a-z0-9.-]+)(?::443)?(?:[/?#][^\s\\]*)?", re.I)
_FOOTNOTE_ID = re.compile(r"(fn(?:ref[0-9]*)?):(.*)", re.S)
_FRAGMENT = re.compile(f"{HOLE}#([0-9]+){HOLE}")


class Places:
    """Finds where in the source a target is written: searched in the order of the document, from the last one found."""

    def __init__(self, path: str, text: str, first_line: int) -> None:
        self._path, self._text, self._first_line = path, text, first_line
        self.problems: list[Problem] = []
        self._at = 0
        self._room = MAX_SEARCHED
        self._breaks: list[int] | None = None

    def of(self, target: str) -> Place:
        for written in dict.fromkeys((target, html.escape(target), unquote(target))):
            if not written:
                continue
            found = self._find(written, self._at)
            if found < 0:
                found = self._find(written, 0)
            if found >= 0:
                self._at = found + len(written)
                return self._place(found)
        return Place(line=self._first_line, column=1)

    def _find(self, written: str, start: int) -> int:
        if self._room < 0:
            return -1
        found = self._text.find(written, start)
        self._room -= (found if found >= 0 else len(self._text)) - start
        return found

    def of_quotes(self, shown: str) -> list[Place]:
        """Where each straight quote of `shown` is written, the text of blocks in the order of the body."""
        return [self._place(offset) for offset in quotes_in(self._text, shown)]

    def _place(self, offset: int) -> Place:
        if self._breaks is None:
            self._breaks = [match.start() for match in re.finditer("\n", self._text)]
        line = bisect_left(self._breaks, offset)
        before = self._breaks[line - 1] if line else -1
        return Place(line=self._first_line + line, column=offset - before)

    def problem(self, text: Message, help: Message, place: Place | None = None, *, warning: bool = False) -> None:
        line, column = (place.line, place.column) if place else (0, 0)
        self.problems.append(
            Problem(path=self._path, line=line, column=column, message=text, help=help, warning=warning)
        )


class Ids:
    """The ids of one body, each with a prefix, so that none clobbers a name of the document; and the links to them."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self.ids: dict[str, str] = {}  # as written, and as made
        self.made_ids: set[str] = set()
        self.repeats: dict[str, int] = {}  # how many headings had a name so far
        self.fragments: list[tuple[str, Place]] = []

    def resolve(self, made: str) -> str:
        """`made` with its links to places within it filled in: only now is every id known."""
        return _FRAGMENT.sub(lambda hole: self._fragment(int(hole[1])), made) if self.fragments else made

    def tag(self, name: str, attributes: dict[str, str]) -> str:
        """A start tag; its id gets the prefix that keeps it from clobbering the document's own names."""
        parts = [name]
        for key, value in attributes.items():
            if key == "id":
                value = self.own(value)
            if value or key not in ("id", "class", "title"):
                parts.append(f'{key}="{html.escape(value)}"' if value else key)
        return f"<{' '.join(parts)}>"

    def heading(self, text: str) -> str:
        """The id that a heading gets from its text."""
        written = slug(text) or "1"
        # Counted, not searched for: ten thousand equal headings are ten thousand steps.
        count = self.repeats[written] = self.repeats.get(written, 0) + 1
        name = written if count == 1 else f"{written}-{count}"
        while (ident := f"h-{name}") in self.made_ids:
            name += "-"
        self.made_ids.add(ident)
        self.ids.setdefault(name, ident)
        return ident

    def also(self, text: str, ident: str) -> None:
        """Let links find the place `ident` by a heading's text too."""
        if written := slug(text):
            self.ids.setdefault(written, ident)

    def own(self, written: str) -> str:
        """The prefixed form of an id as written; a second use of one is a problem, and is dropped."""
        footnote = _FOOTNOTE_ID.fullmatch(written)
        ident = "-".join((f"{footnote[1]}-{footnote[2]}" if footnote else f"u-{written}").split())
        if ident in self.made_ids:
            help = say("name-each-place")
            self._places.problem(say("body-id-twice", id=written), help, self._places.of(written))
            return ""
        self.made_ids.add(ident)
        self.ids[written] = ident
        return ident

    def _fragment(self, number: int) -> str:
        target, place = self.fragments[number]
        written = normalized("NFC", unquote(target))
        if not written:
            return "#"
        ident = self.ids.get(written, written)
        if ident not in self.made_ids:
            known = tuple("#" + name for name in list(self.ids)[:8])
            help = say("body-has", names=known) if known else say("give-an-id")
            self._places.problem(say("no-such-place", link="#" + written), help, place)
            return "#"
        return html.escape("#" + quote(ident, safe="-._~:"))


class References:
    """The links and pictures of one body, in the order of their holes."""

    def __init__(self, dialect: Dialect, places: Places, ids: Ids) -> None:
        self._dialect, self._places, self._ids = dialect, places, ids
        self.links: list[Reference] = []
        self.pictures: list[PictureReference] = []
        self.players: list[PlayerReference] = []
        self.ends: list[str] = []  # what closes each open link

    def _place(self, target: str) -> Place:
        count = len(self.links) + len(self.pictures) + len(self.players) + len(self._ids.fragments)
        if count < MAX_REFERENCES:
            return self._places.of(target)
        if count == MAX_REFERENCES:
            text = say("links-too-many", n=MAX_REFERENCES)
            self._places.problem(text, say("split-into-articles"))
        return Place()

    def _typed(self, text: str) -> str:
        return set_in_type(text, self._dialect.quotes, rtl=self._dialect.dir == "rtl")

    def _reference(self, target: str) -> int:
        written = normalized("NFC", unquote(target)).strip()
        self.links.append(Reference(target=written, place=self._place(target)))
        return len(self.links) - 1

    def end_link(self) -> Piece:
        end = self.ends.pop() if self.ends else ""
        return Piece(html=end, step=-1 if end else 0)

    def link(self, attributes: dict[str, str]) -> Piece:
        address = attributes.pop("href", None)
        address = address.strip() if address is not None else None
        end = "</a>"
        # Anyone may write the class; only links within the body are footnotes.
        kind = attributes.pop("class", "")
        if kind and address and address.startswith("#"):
            attributes["class"] = kind
        else:
            kind = ""
        if kind == "footnote-ref":
            attributes["role"] = "doc-noteref"
        elif kind == "footnote-backref":
            attributes |= {"role": "doc-backlink", "aria-label": f"{HOLE}T:footnote_back{HOLE}"}
        if address is None and not attributes.get("id"):
            what = say("link-without-address")
            self._places.problem(what, say("write-link"), warning=True)
            self.ends.append("")
            return Piece(html="")
        made = self._ids.tag("a", attributes)[2:]
        if address is None:
            made = f"<a{made}"
        elif address.startswith("#"):
            place = Place() if kind else self._place(address)
            self._ids.fragments.append((address[1:], place))
            made = f'<a href="{HOLE}#{len(self._ids.fragments) - 1}{HOLE}"{made}'
        elif _EXTERNAL.match(address):
            made = f'<a href="{html.escape(address)}"{made}'
        else:
            number = self._reference(address)
            made, end = f"{HOLE}L{number}{made[:-1]}{HOLE}", f"{HOLE}E{number}{HOLE}"
        self.ends.append(end)
        return Piece(html=made, step=1)

    def picture(self, attributes: dict[str, str]) -> Piece:
        source = attributes.get("src", "").strip()
        if is_player(source):
            return self._player(source, attributes)
        place = self._place(source)
        if not source or _WEB.match(source):
            what = say("body-picture-elsewhere", picture=source) if source else say("picture-without-address")
            self._places.problem(what, say("save-picture-beside"), place)
            return Piece(html="", shown=OBJECT)
        alt = attributes.get("alt", "").strip()
        if not alt:
            help = say("say-what-it-shows")
            self._places.problem(say("no-alternative-text", picture=source), help, place)
        language = attributes.get("lang")
        caption, credit = self._caption(attributes)
        self.pictures.append(
            PictureReference(
                src=normalized("NFC", unquote(source)),
                alt=alt if language else self._typed(alt),
                alt_lang=language,
                caption=caption,
                credit=credit,
                place=place,
            )
        )
        return Piece(html=f"{HOLE}P{len(self.pictures) - 1}{HOLE}", shown=OBJECT)

    def _caption(self, attributes: dict[str, str]) -> tuple[str, str]:
        """Caption and credit, which a title holds with a bar between them."""
        caption, bar, credit = attributes.get("title", "").rpartition("|")
        return self._typed((caption if bar else credit).strip()), self._typed(credit.strip()) if bar else ""

    def _player(self, source: str, attributes: dict[str, str]) -> Piece:
        """Film or sound: a file of ours is called by its title, a page elsewhere may go without."""
        place, embed = self._place(source), embed_of(source)
        title, (caption, credit) = self._typed(attributes.get("alt", "").strip()), self._caption(attributes)
        if embed is None:
            if _WEB.match(source):
                self._places.problem(say("file-elsewhere", file=source), say("save-file-or-link"), place)
                return Piece(html="", shown=OBJECT)
            if not title:
                self._places.problem(say("player-without-title", file=source), say("say-what-it-plays"), place)
            target = normalized("NFC", unquote(source))
            made = PlayerReference(src=target, title=title, caption=caption, credit=credit, place=place)
        else:
            allowed = embed.host in self._dialect.iframes
            if not allowed:
                what, mend = say("embed-only-linked", host=embed.host, address=source), self._allowing(embed.host)
                self._places.problem(what, mend, place, warning=True)
            made = PlayerReference(
                src=embed.url,
                title=title,
                caption=caption,
                credit=credit,
                provider=embed.provider,
                kind=embed.kind,
                frame=embed.frame if allowed else "",
                place=place,
            )
        self.players.append(made)
        return Piece(html=f"{HOLE}M{len(self.players) - 1}{HOLE}", shown=OBJECT)

    def _allowing(self, host: str) -> Message:
        """What to write in config.yaml so that frames of `host` may be shown too."""
        return say("allow-frames-of", line=f"iframes: [{', '.join((*self._dialect.iframes, host))}]")

    def has_caption(self, piece: Piece) -> bool:
        """Whether `piece` is a picture with a caption or a credit."""
        number = piece.html[2:-1] if piece.html.startswith(f"{HOLE}P") else ""
        return bool(number) and bool(self.pictures[int(number)].caption or self.pictures[int(number)].credit)

    def media(self, name: str, attributes: dict[str, str]) -> str:
        """A video or audio: its file is a link like any other, since no page may load from another site unasked.

        A source without a file (one of a `picture`, whose sizes the build makes) is nothing.
        """
        source = attributes.pop("src", "").strip()
        if name != "source":
            attributes.setdefault("controls", "")
        made = self._ids.tag(name, attributes)
        if not source:
            return made if name != "source" else ""
        if _WEB.match(source):
            help = say("save-file-or-link")
            self._places.problem(say("file-elsewhere", file=source), help, self._place(source))
            return made
        return f"<{name}{HOLE}U{self._reference(source)}{HOLE}{made[len(name) + 1 :]}"

    def frame(self, attributes: dict[str, str]) -> str:
        written = attributes.get("src", "").strip()
        source = without_cookies(written)
        host = _EMBED.fullmatch(source)
        if not host or host[1].lower() not in self._dialect.iframes:
            what = say("frame-removed", frame=written)
            hosts = tuple(self._dialect.iframes)
            help = say("frames-allowed", hosts=hosts) if hosts else say("frames-allowed-none")
            if host and "." in host[1]:
                help = self._allowing(host[1].lower())
            self._places.problem(what, help, self._place(written), warning=True)
            return ""
        title = html.escape(attributes.get("title", "")) or f"{HOLE}T:embed{HOLE}"
        sides = [key for key in ("width", "height") if attributes.get(key, "").isdecimal()]
        size = "".join(f' {key}="{attributes[key]}"' for key in sides)
        full = " allowfullscreen" if "allowfullscreen" in attributes else ""
        return f'<iframe src="{html.escape(source)}" title="{title}" loading="lazy"{size}{full}></iframe>'
