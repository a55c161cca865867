"""The settings of a site, as config.yaml gives them."""

from __future__ import annotations

from typing import Any

from mujaz.frozen import Record, field
from mujaz.model.colours import DARK, LIGHT, Scheme

MOST_ENTRIES = 60  # of a feed: what readers fetch at each look


class Section(Record):
    key: str
    name: str
    description: str = ""
    count: int | None = None  # stories on the home page; None: as many as one row has
    definite: str = ""  # السياسة: the name within a sentence, where it is another
    names: tuple[tuple[str, str], ...] = ()  # (en, Politics): on pages in other languages


class Publisher(Record):
    name: str
    logo: str | None = None  # a path below layouts/static/ or an https address
    principles: str | None = None  # a site path or an https address
    profiles: tuple[str, ...] = ()  # https addresses of the same publisher elsewhere


class Look(Record):
    """`logo`, `logo_dark` and `icon` are files below layouts/static/, or empty."""

    light: Scheme = LIGHT
    dark: Scheme = DARK
    logo: str = ""
    logo_dark: str = ""
    icon: str = ""
    text: str = "naskh"  # a face that comes along, or a file below layouts/; as is the next
    heads: str = "plex"
    footer: str = ""  # instead of the strings' `rights`


class Policy(Record):
    """Hosts that pages may ask besides their own, by what for; each is a name without a scheme."""

    script: tuple[str, ...] = ()
    style: tuple[str, ...] = ()
    img: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    connect: tuple[str, ...] = ()
    frame: tuple[str, ...] = ()  # frames of layouts; those of texts are `iframes`
    form: tuple[str, ...] = ()


class RelatedSettings(Record):
    count: int = 5
    newer: bool = True
    same_section: bool = False
    within_days: int | None = None


class FeedSettings(Record):
    limit: int = 60
    content: str = "full"  # full | summary
    tags: bool = False
    authors: bool = False
    archive: bool = False
    websub: str | None = None


class Config(Record):
    """config.yaml, checked. `base_url` has no slash at its end; `base_path` is its path ("" or "/news")."""

    title: str
    tagline: str
    base_url: str
    base_path: str
    language: str
    timezone: str
    tag: str
    publisher: Publisher
    sections: tuple[Section, ...]
    look: Look = Look()
    params: dict[str, Any] = field(default_factory=dict)  # the paper's own, for its own layouts
    content: str = "content"
    layouts: str = "layouts"
    output: str = "output"
    months: str = "dual"  # dual | gulf | levant | maghreb
    week: str = ""  # the day a week begins with: saturday | sunday | monday; empty: the country's
    digits: str = ""  # western | arabic; empty, as for quotes: what the strings of the language say
    hijri: bool = False
    quotes: str = ""  # guillemets | curly | as-is
    home_count: int = 24
    related: RelatedSettings = field(default_factory=RelatedSettings)
    feed: FeedSettings = field(default_factory=FeedSettings)
    edition_day: bool = True
    edition_week: bool = True
    edition_email: bool = True
    most_read_source: str | None = None
    most_read_count: int = 5
    iframes: tuple[str, ...] = ()
    policy: Policy = Policy()
    picture_widths: tuple[int, ...] = (480, 960, 1440)
    picture_formats: tuple[str, ...] = ("webp",)
    cards: bool = True
    search: bool = True
    precompress: bool = False
    hosting: tuple[str, ...] = ()
    max_shrink: int = 20  # percent of the live pages that a build or a deploy may take away
    names: tuple[tuple[str, str], ...] | None = None  # Latin name → how the house writes it; None: not looked at
