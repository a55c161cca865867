"""The entries of a feed with their final texts, the same for every format."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import blake2b

from mujaz.feeds import html as feeds_html
from mujaz.frozen import Value
from mujaz.model.file_views import FeedEntry, FeedView
from mujaz.model.players import Player
from mujaz.model.settings import MOST_ENTRIES
from mujaz.model.views import Block, Figure

Bodies = Callable[[FeedEntry], str]
Sizes = Callable[[str], tuple[int, str]]

MOST_BYTES = 1_000_000
HELD = 128  # items that are held; few are shown again after so many others


class Enclosure(Value):
    """The file of a lead picture, or one of film or sound; `length` in bytes, `seconds` 0 where they are unknown."""

    url: str
    length: int
    type: str
    seconds: int = 0


class FeedItem(Value):
    """An entry with its final texts, the same for every format. `body` is HTML; empty in a feed of summaries."""

    entry: FeedEntry
    title: str
    summary: str
    body: str
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    source: str
    source_url: str
    enclosure: Enclosure | None
    published: datetime
    updated: datetime
    recordings: tuple[Enclosure, ...] = ()

    @property
    def enclosures(self) -> tuple[Enclosure, ...]:
        """The files of the entry, recordings first: some readers use only the first."""
        return (*self.recordings, *((self.enclosure,) if self.enclosure else ()))

    @property
    def unique_updated(self) -> datetime:
        """`updated` with a fraction of a second that depends on the guid alone.

        Validators warn about two Atom entries with the same `updated`, which a newsroom that writes dates without
        times has often. The fraction is the same in every feed, and no other story changes it.
        `published`, which readers show, has none: newsboat reads a time with a fraction as UTC.
        """
        digest = blake2b(self.entry.guid.encode(), digest_size=8).digest()
        return self.updated.replace(microsecond=int.from_bytes(digest) % 1_000_000)

    @property
    def weight(self) -> int:
        """An upper bound of the entry's bytes in any format, so that all formats drop the same entries."""
        entry, figure, file = self.entry, self.entry.picture, self.enclosure
        names = (*self.authors, *self.categories)
        texts = [self.body, self.title, self.summary, self.summary, self.source, self.source_url, *names]
        texts += [entry.permalink, entry.guid, *((file.url,) * 3 if file else ())]
        texts += [recording.url * 3 for recording in self.recordings]
        texts += [figure.alt, figure.caption, figure.credit] if figure else []
        plain = "".join(texts)
        lengths = len(html.escape(plain, quote=False).encode()), len(json.dumps(plain, ensure_ascii=False).encode())
        return 2_500 + 60 * len(names) + 400 * len(self.recordings) + max(lengths)


def title_of(view: FeedView) -> str:
    """The title of the feed, with marks of direction."""
    return feeds_html.directed(feeds_html.line(view.title), view.dir)


def moment_of(iso: str) -> datetime:
    """The aware datetime of a date in ISO format. Raises ValueError where its offset is missing."""
    moment = datetime.fromisoformat(iso)
    if moment.tzinfo is None:
        raise ValueError(f"a feed's date needs its offset: {iso}")
    return moment


Made = dict[tuple[object, ...], tuple[FeedItem, int]]  # items and their weights, the oldest first


class FeedItems:
    """Makes the items of feeds. What several feeds show, most often the three formats of one, is made once for all."""

    def __init__(self, bodies: Bodies, sizes: Sizes, made: Made | None = None) -> None:
        """`bodies(entry)` returns the entry's sanitised HTML, with site-absolute links; `sizes(url)` the length in
        bytes and the MIME type of a picture of the site; `made` holds what was made before, and what is made is added.
        """
        self._bodies, self._sizes = bodies, sizes
        self._made = {} if made is None else made

    def of(self, view: FeedView) -> list[FeedItem]:
        """The items of the feed, newest first, at most MOST_ENTRIES and MOST_BYTES; the oldest are left out.

        An archive keeps all of its entries, since readers that page back rely on them. Raises ValueError where two
        entries share an id or a date has no offset.
        """
        guids = [entry.guid for entry in view.entries]
        if len(set(guids)) != len(guids):
            raise ValueError(f"two entries of {view.permalink} share an id")
        if view.archive:
            return [self._item(entry, view)[0] for entry in view.entries]
        chosen: list[FeedItem] = []
        room = MOST_BYTES - 5_000 - 4 * len((view.title + view.description).encode())
        for entry in view.entries[:MOST_ENTRIES]:
            item, weight = self._item(entry, view)
            room -= weight
            if room < 0:
                break
            chosen.append(item)
        return chosen

    def _item(self, entry: FeedEntry, view: FeedView) -> tuple[FeedItem, int]:
        """The item of an entry and its weight. It depends on nothing else of the feed than what is named here."""
        byline = feeds_html.line(view.publisher) or title_of(view)
        key = (id(entry), view.full, view.dir, view.language, byline)
        if key not in self._made:
            if len(self._made) >= HELD:
                del self._made[next(iter(self._made))]
            item = _item(entry, view, byline, self._bodies, self._sizes)
            self._made[key] = item, item.weight  # the item keeps the entry alive, so that its id() stays its own
        return self._made[key]


def _item(entry: FeedEntry, view: FeedView, byline: str, bodies: Bodies, sizes: Sizes) -> FeedItem:
    """`byline` stands where the entry names no author."""
    story = entry.story
    direction = story.dir or view.dir
    summary = feeds_html.directed(feeds_html.line(story.summary), direction)
    enclosure = None
    if entry.picture:
        length, kind = sizes(entry.picture.picture.src)
        enclosure = Enclosure(
            url=feeds_html.absolute(entry.picture.picture.src, entry.permalink), length=length, type=kind
        )
    return FeedItem(
        entry=entry,
        title=feeds_html.directed(feeds_html.line(story.title), direction),
        summary=summary,
        body=_body(entry, view, bodies, direction) if view.full else "",
        authors=tuple(filter(None, map(feeds_html.line, entry.authors))) or (byline,),
        categories=tuple(dict.fromkeys(filter(None, map(feeds_html.line, entry.categories)))),
        source=feeds_html.line(entry.source),
        source_url=feeds_html.absolute(entry.source_url, entry.permalink) if entry.source_url else "",
        enclosure=enclosure,
        published=moment_of(story.published.iso),
        updated=moment_of(entry.updated),
        recordings=tuple(_recording(player, entry.permalink) for player in entry.players),
    )


def _recording(player: Player, permalink: str) -> Enclosure:
    url = feeds_html.absolute(player.url, permalink)
    return Enclosure(url=url, length=player.size, type=player.type, seconds=player.seconds)


def _body(entry: FeedEntry, view: FeedView, bodies: Bodies, direction: str) -> str:
    """The body with the lead picture before it, as on the page; without a body, the summary."""
    body = _digest(entry.blocks, direction) if entry.blocks else bodies(entry)
    body = body if body.strip() else f"<p>{feeds_html.inline(entry.story.summary, direction)}</p>"
    if entry.picture and not _is_shown(entry.picture, body, entry.permalink, direction):
        body = _lead_picture(entry.picture, direction) + body
    lang = entry.story.lang or view.language
    return feeds_html.fit_for_readers(body, permalink=entry.permalink, lang=lang, direction=direction)


def _digest(blocks: Sequence[Block], direction: str) -> str:
    """The body of an edition: by section, each story's title as a link and its summary."""
    parts = []
    for block in blocks:
        if block.heading.text:
            parts.append(f"<h2>{feeds_html.inline(block.heading.text, direction)}</h2>")
        for story in block.stories:
            own = f' lang="{html.escape(story.lang)}" dir="{story.dir}"' if story.lang else ""
            title, summary = (feeds_html.inline(text, story.dir or direction) for text in (story.title, story.summary))
            link = f'<a href="{html.escape(story.url)}">{title}</a>'
            parts.append(f"<h3{own}>{link}</h3><p{own}>{summary}</p>")
    return "".join(parts)


def _is_shown(lead: Figure, body: str, permalink: str, direction: str) -> bool:
    """Whether `body` has the picture with its caption and credit, which some formats have nowhere else.

    The words must stand in the picture's own figure: «رويترز» in a sentence, or below another picture, credits nobody.
    """
    address = feeds_html.absolute(lead.picture.src, permalink)
    # Isolates may part or join the words otherwise in the body.
    own = [feeds_html.words(feeds_html.inline(text, direction)) for text in (lead.caption, lead.credit) if text]
    return any(all(text in shown for text in own) for shown in feeds_html.words_with(address, body, permalink))


def _lead_picture(figure: Figure, direction: str) -> str:
    """The lead picture with its caption and, in brackets, its credit."""
    picture = figure.picture
    attributes = {
        "src": picture.src,
        "srcset": picture.srcset,
        "width": str(picture.width),
        "height": str(picture.height),
        "lang": figure.alt_lang,
        "dir": figure.alt_dir,
    }
    written = "".join(f' {name}="{html.escape(value)}"' for name, value in attributes.items() if value)
    words = [feeds_html.inline(figure.caption, direction)] if figure.caption else []
    words += [f"<small>({feeds_html.inline(figure.credit, direction)})</small>"] if figure.credit else []
    caption = f"<figcaption>{' '.join(words)}</figcaption>" if words else ""
    return f'<figure><img{written} alt="{html.escape(figure.alt)}">{caption}</figure>'
