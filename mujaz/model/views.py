"""What a layout sees: one closed, frozen view for each page, and nothing else (law 2).

Texts are plain and typographic: layouts escape them and isolate Latin runs (`|bidi`). Every `url` is ready for an href:
percent-encoded, with the base path. A `permalink` carries the host as well.
"""

from __future__ import annotations

from typing import Any

from mujaz.frozen import Value, field
from mujaz.model.colours import DARK, LIGHT, Scheme
from mujaz.model.players import Player


class Link(Value):
    text: str
    url: str
    lang: str = ""  # of the text; empty: the page's
    dir: str = ""


class Count(Value):
    """A link to a list and how many stories it holds."""

    text: str
    url: str
    count: int  # 0: a standing page, which holds none
    lang: str = ""  # of the text; empty: the page's
    dir: str = ""


class When(Value):
    """A moment, already in words and digits of the site."""

    iso: str  # 2021-10-18T14:00:00+03:00
    weekday: str  # الاثنين
    date: str  # 18 أكتوبر/تشرين الأول 2021
    short: str  # 18/10/2021
    time: str  # 14:00; empty where a date was written without a time
    hijri: str = ""  # 12 ربيع الأول 1443 هـ, or empty


class Picture(Value):
    """The files of one picture. A srcset reads `url 480w, url 960w`; `webp` and `avif` are empty where none is made."""

    src: str
    srcset: str
    webp: str
    width: int
    height: int
    avif: str = ""


class Figure(Value):
    """A picture with its words. `alt` has its own language where it is not the article's."""

    picture: Picture
    alt: str
    alt_lang: str = ""
    alt_dir: str = ""
    caption: str = ""
    credit: str = ""


class Story(Value):
    """All that any other page may show of an article."""

    id: str
    url: str
    title: str
    summary: str
    published: When
    section: Link
    label: str = ""  # key of `labels` in the strings
    urgent: bool = False  # breaking or live until a moment that is still to come: its label does not pass with its day
    lang: str = ""  # empty: the site's language
    dir: str = ""
    picture: Picture | None = None
    extra: dict[str, Any] = field(default_factory=dict)  # the article's own keys, for a paper's own layouts


class Logo(Value):
    """The paper's logo, in the place of its name."""

    url: str
    width: int
    height: int


class FeedLink(Value):
    title: str
    url: str
    type: str  # application/rss+xml …


class Chrome(Value):
    """What every page of the site shares; nothing in it moves when a story is added."""

    title: str
    tagline: str
    language: str
    dir: str
    base_url: str  # https://example.org/news
    home: str  # url of the home page
    sections: tuple[Link, ...]
    standing: tuple[Link, ...]  # the first 12 by weight
    archive: str  # url of the archive of years
    tags: str  # url of the tag index; empty where there is none, as the next two
    authors: str
    series: str
    most_read: str  # url
    corrections: str  # url
    feeds: tuple[FeedLink, ...]  # the site's own
    publisher: str
    publisher_logo: str = ""  # permalink
    principles: str = ""  # permalink
    pages: str = ""  # url of the index of standing pages; empty where `standing` is all of them
    profiles: tuple[str, ...] = ()  # the publisher elsewhere
    icon: str = ""  # url; the other icons and the web manifest stand beside it
    touch_icon: str = ""
    large_icon: str = ""  # 512 pixels, shown by social sites where a page has no picture
    manifest: str = ""
    search: str = ""  # url of the search page, or empty
    subscribe: str = ""  # url of the page about feeds, or empty
    quotes: str = "guillemets"  # guillemets | curly | as-is
    policy: str = ""  # Content-Security-Policy
    breaking: str = ""  # url of the fragment of what is breaking; empty where no story ever was, until a moment
    place: str = ""  # the city whose time is shown, الدوحة; empty where the zone has none
    light: Scheme = LIGHT
    dark: Scheme = DARK
    logo: Logo | None = None
    logo_dark: Logo | None = None  # on a dark paper, where it is another
    icon_type: str = "image/svg+xml"  # of `icon`, which is favicon.svg, or favicon.png where the paper brings a picture
    text_face: str = "naskh.woff2"  # assets
    heads_face: str = "plex-bold.woff2"
    footer: str = ""  # the paper's own words at its foot, in the place of `rights` in the strings
    names_lang: str = ""  # the language of the sections' names, where the page is in another


class Alternate(Value):
    """A page in another language that says the same, for the head; also the page itself, and `x-default`."""

    lang: str
    url: str  # permalink


class Meta(Value):
    """The head of one page."""

    title: str  # of the page alone; the layout adds the site's
    description: str
    permalink: str
    kind: str = "website"  # website | article
    index: bool = True
    feeds: tuple[FeedLink, ...] = ()  # this page's own, before the site's
    section: str = ""  # url of the section that the page belongs to
    card: str = ""  # url of the picture for sharing, 1200×630; empty where none is made
    card_alt: str = ""  # what it shows
    locale: str = ""  # en_GB, where the page is not in the site's language
    alternates: tuple[Alternate, ...] = ()  # empty where the page is in one language


class DayHead(Value):
    """The day that stands in a masthead: «الاثنين 18 أكتوبر/تشرين الأول 2021», and its edition."""

    when: When
    url: str


class Entry(Value):
    """A timed entry of a live story: its head. What it says is in the body."""

    number: int  # its place in the body as it is written
    anchor: str  # h-14-05
    url: str  # its address: the page's, then the anchor
    when: When
    title: str
    text: str  # its first words, without the title
    other_day: bool = False  # than the story's: its date is shown too


class BodyView(Value):
    """Which body to put in, and what to put into its holes, by their number."""

    digest: str
    links: tuple[str | None, ...] = ()  # None: the link becomes plain text
    pictures: tuple[Figure, ...] = ()
    players: tuple[Player, ...] = ()
    entries: tuple[Entry, ...] = ()  # of a live story, in the order in which they are shown


class Live(Value):
    """The coverage of a live story; its entries are in the body."""

    start: When  # of its first entry, or when the story was published
    end: When
    ended: bool
    newest_first: bool
    count: int  # entries, of which a fragment shows the newest
    fragment: str  # url


class DataFile(Value):
    """A file of data that a page shows: layouts get what it says as `data.<name>`."""

    name: str
    path: str
    digest: str


class SourceName(Value):
    name: str
    url: str = ""


class CorrectionNote(Value):
    when: When
    text: str


class Part(Value):
    """One article of a series."""

    title: str
    url: str
    date: str
    current: bool = False
    lang: str = ""  # of the title; empty: the page's
    dir: str = ""


class Translation(Value):
    """The same story in another language: the link to it, in that language's words."""

    text: str  # Read this story in English
    url: str
    language: str  # that of the page it leads to
    lang: str  # of the words: this page's where the site has none of the other language
    dir: str


class ArticleView(Value):
    chrome: Chrome
    meta: Meta
    day: DayHead
    crumbs: tuple[Link, ...]  # home, section
    story: Story
    standfirst: str  # the summary that the editor wrote; empty where it was taken from the body
    authors: tuple[Link, ...]
    updated: When | None
    modified: str  # iso: when it was published, updated or corrected last
    minutes: int
    picture: Figure | None
    body: BodyView
    corrections: tuple[CorrectionNote, ...]
    sources: tuple[SourceName, ...]
    tags: tuple[Link, ...]
    series: Link | None
    parts: tuple[Part, ...]  # of the series, at most the hundred around the article
    related: tuple[Story, ...]
    more: tuple[Story, ...]
    previous: Link | None  # the story before this one in time
    next: Link | None
    share: str  # the short permalink
    section_feed: FeedLink
    extra: dict[str, Any]  # the article's own keys, for a site's own layouts
    data: tuple[DataFile, ...] = ()
    live: Live | None = None
    translations: tuple[Translation, ...] = ()


class NoticeView(Value):
    """A withdrawn article: the reason, at its old address."""

    chrome: Chrome
    meta: Meta
    crumbs: tuple[Link, ...]
    title: str
    reason: str
    published: When


class Block(Value):
    """A run of stories under a heading that is a link: a section of the home page or of an edition."""

    heading: Link
    stories: tuple[Story, ...]


class HomeView(Value):
    chrome: Chrome
    meta: Meta
    day: DayHead | None
    count: int  # stories in that day's edition
    lead: Story | None
    seconds: tuple[Story, ...]  # up to four
    blocks: tuple[Block, ...]  # a section each, in the order of the navigation
    most_read: tuple[Story, ...]
    breaking: tuple[Story, ...] = ()


class EditionView(Value):
    """The edition of a day or of a week."""

    chrome: Chrome
    meta: Meta
    day: DayHead | None  # None for a week
    crumbs: tuple[Link, ...]
    heading: str  # موجز يوم 18 أكتوبر/تشرين الأول 2021
    count: int  # all there are; the page of a week shows the first
    lead: Story | None
    blocks: tuple[Block, ...]
    most_read: tuple[Story, ...]
    previous: Link | None
    next: Link | None
    dates: str = ""  # the day or the days of the week, in words
    hijri: str = ""
    week: Link | None = None  # of a day: its week's edition
    days: tuple[Count, ...] = ()  # of a week: its days' editions, oldest first
    left: int = 0  # stories of a week that the page does not show


class ListView(Value):
    """The newest stories of a section, tag, author or series, or the most read, then the way to older ones."""

    chrome: Chrome
    meta: Meta
    crumbs: tuple[Link, ...]
    kind: str  # section | tag | author | series | most-read | section-month | tag-year | author-year
    heading: str
    body: BodyView | None  # a line of context about the tag or author
    stories: tuple[Story, ...]
    count: int  # all there are, not only those listed
    archives: tuple[Count, ...]  # months or years, newest first
    most_read: tuple[Story, ...]
    feed: FeedLink | None
    previous: Link | None = None
    next: Link | None = None
    breaking: tuple[Story, ...] | None = None  # on the page of a section; the others ask by script
    extra: dict[str, Any] = field(default_factory=dict)  # of the file about the tag or author
    span: str = ""  # the days of the first and the last, where all stories of a tag, an author or a series are listed


class FragmentView(Value):
    """The most read, what is breaking, or what is new in a live story, without a page around them, for scripts."""

    most_read: tuple[Story, ...] = ()
    breaking: tuple[Story, ...] = ()
    body: BodyView | None = None  # of a live story: its opening and its newest entries
    live: Live | None = None
    updated: When | None = None
    language: str = ""  # of its words; empty: the site's
    lang: str = ""  # of the live story, where that is another
    dir: str = ""


class StandingView(Value):
    chrome: Chrome
    meta: Meta
    crumbs: tuple[Link, ...]
    title: str
    body: BodyView
    lang: str = ""
    dir: str = ""
    extra: dict[str, Any] = field(default_factory=dict)
    data: tuple[DataFile, ...] = ()


class CorrectedStory(Value):
    story: Link
    notes: tuple[CorrectionNote, ...]


class CorrectionsView(Value):
    chrome: Chrome
    meta: Meta
    crumbs: tuple[Link, ...]
    corrected: tuple[CorrectedStory, ...]


class NotFoundView(Value):
    chrome: Chrome
    meta: Meta


class RedirectView(Value):
    chrome: Chrome
    meta: Meta
    target: str  # url
