"""What the views of all pages have in common: chrome, head, crumbs, links, feeds. Pure, from `Site` and strings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from mujaz.arabic.dates import locale_of
from mujaz.arabic.slugs import slug_of
from mujaz.assets import fonts
from mujaz.assets.brand import Brand, FileMark
from mujaz.hosting.csp import page_policy
from mujaz.model import urls
from mujaz.model.content import Article, Correction, Standing
from mujaz.model.settings import Config
from mujaz.model.views import BodyView, Chrome, CorrectionNote, Count, DayHead, FeedLink, Link, Logo, Meta, Story
from mujaz.site.site import Named, Site

FEEDS = {"feed.xml": "application/rss+xml", "atom.xml": "application/atom+xml", "feed.json": "application/feed+json"}
BREAKING = "fragments/breaking/"
EDITIONS = "editions/"  # the folder of their feeds


class Frame:
    """Makes the shared parts of views. `titles` are the strings, some with `{name}` places to fill.

    `today` is the day of `now` in the site's zone: a day before it is over, and its edition complete.
    """

    def __init__(self, site: Site, strings: Mapping[str, Any], today: date, brand: Brand) -> None:
        self.site, self.brand = site, brand
        self.config: Config = site.config
        self.titles = strings
        self.origin = urls.origin_of(site.config)
        self.chrome = self._chrome(strings)
        self.home = Link(text=self.titles["home"], url=self.chrome.home)
        self.section_links = {s.key: self.link(s.name, f"{s.key}/") for s in self.config.sections}
        self.section_feeds = {s.key: self.feeds(f"{s.key}/", s.name) for s in self.config.sections}
        self.past_days = tuple(day for day in sorted(site.days, reverse=True) if day < today)
        shown = self.config.edition_day and self.past_days
        self.edition_feeds = self._feeds(EDITIONS, self._title("feed_editions")) if shown else ()
        self.section_crumbs = {key: (self.home, link) for key, link in self.section_links.items()}
        self._day_heads: dict[date, DayHead] = {}
        self._named: dict[str, Link] = {}
        self._story_links: dict[str, Link] = {}
        self.context: dict[str, Standing] = {
            site.addresses[s.source]: s
            for s in site.selection.standing
            if s.kind != "page" and s.source in site.addresses
        }

    def url(self, address: str) -> str:
        return urls.url(self.config, address)

    def link(self, text: str, address: str) -> Link:
        return Link(text=text, url=self.url(address))

    def meta(
        self, title: str, address: str, description: str = "", *, kind: str = "website", index: bool = True,
        feeds: tuple[FeedLink, ...] = (), section: str = "", card: tuple[str, str] = ("", ""),
    ) -> Meta:  # fmt: skip
        return Meta(
            title=title,
            description=description,
            permalink=urls.permalink(self.config, address),
            kind=kind,
            index=index,
            feeds=feeds,
            section=section,
            card=card[0],
            card_alt=card[1],
        )

    def story_meta(
        self, story: Story, *, kind: str, index: bool, card: tuple[str, str], feeds: tuple[FeedLink, ...] = ()
    ) -> Meta:
        """The head of a page about a story. `card` is the url of the picture for sharing, and its words."""
        return Meta(
            title=story.title,
            description=story.summary,
            permalink=self.origin + story.url,  # encoded already
            kind=kind,
            index=index,
            feeds=feeds,
            section=story.section.url if index else "",
            card=card[0],
            card_alt=card[1],
            locale=locale_of(story.lang) if story.lang else "",
        )

    def feeds(self, folder: str, name: str) -> tuple[FeedLink, ...]:
        """The three feeds of the site (folder "") or of a section (`politics/`)."""
        return self._feeds(folder, self._title("feed_title", section=name) if name else self.config.title)

    def named_feeds(self, kind: str, named: Named) -> tuple[FeedLink, ...]:
        """The feeds of a tag or an author; none where the site has no such feeds."""
        wanted = {"tag": self.config.feed.tags, "author": self.config.feed.authors}.get(kind, False)
        return self.feeds(named.address, named.name) if wanted else ()

    def _feeds(self, folder: str, title: str) -> tuple[FeedLink, ...]:
        return tuple(FeedLink(title=title, url=self.url(folder + file), type=type) for file, type in FEEDS.items())

    def _title(self, key: str, **names: str) -> str:
        title: str = self.titles[key].format(site=self.config.title, **names)
        return title

    def day_head(self, day: date) -> DayHead:
        """The day in words. One object a day, so that it is fingerprinted once."""
        if day not in self._day_heads:
            self._day_heads[day] = self._day_head(day)
        return self._day_heads[day]

    def _day_head(self, day: date) -> DayHead:
        when = self.site.calendar.when(datetime.combine(day, time(), tzinfo=self.site.zone), timed=False)
        address = urls.day(day) if self.config.edition_day else urls.month(day.year, day.month)
        return DayHead(when=when, url=self.url(address))

    def day_link(self, day: date) -> Link:
        """«الاثنين 18 أكتوبر/تشرين الأول 2021», to its edition."""
        head = self.day_head(day)
        return Link(text=f"{head.when.weekday} {head.when.date}", url=head.url)

    def stories(self, articles: Sequence[Article]) -> tuple[Story, ...]:
        return tuple(self.site.stories[article.id] for article in articles)

    def note(self, correction: Correction) -> CorrectionNote:
        when = self.site.calendar.when(correction.date, timed=not correction.is_day)
        return CorrectionNote(when=when, text=correction.text)

    def body(self, standing: Standing | None) -> BodyView | None:
        return self.site.bodies[standing.source] if standing else None

    def count(self, named: Named) -> Count:
        return Count(text=named.name, url=self.url(named.address), count=len(named.articles))

    def named(self, named: Named) -> Link:
        """The link to a tag, an author or a series; one object each."""
        if named.address not in self._named:
            self._named[named.address] = self.link(named.name, named.address)
        return self._named[named.address]

    def story_link(self, id: str) -> Link:
        """The link to a story by its title; one object each, since the stories before and after it show it."""
        if id not in self._story_links:
            story = self.site.stories[id]
            self._story_links[id] = Link(text=story.title, url=story.url)
        return self._story_links[id]

    def most_read(self) -> tuple[Story, ...]:
        return tuple(self.site.stories[id] for id in self.site.most_read[: self.config.most_read_count])

    def _logo(self, found: FileMark | None) -> Logo | None:
        return Logo(url=self.url(found.name), width=found.width, height=found.height) if found else None

    def breaking(self) -> tuple[Story, ...]:
        return self.stories(self.site.selection.breaking)

    def _chrome(self, strings: Mapping[str, Any]) -> Chrome:
        config, site = self.config, self.site
        standing = [s for s in site.selection.standing if s.kind == "page"]
        publisher = config.publisher

        def absolute(value: str | None) -> str:
            if not value or value.startswith("https://"):
                return value or ""
            return urls.permalink(config, value.lstrip("/"))

        return Chrome(
            title=config.title,
            tagline=config.tagline,
            language=config.language,
            dir=strings["direction"],
            base_url=config.base_url,
            home=self.url(""),
            sections=tuple(self.link(section.name, f"{section.key}/") for section in config.sections),
            standing=tuple(self.link(s.title, f"{slug_of(s.name)}/") for s in standing),
            archive=self.url("archive/"),
            tags=self.url("tags/") if site.tags else "",
            authors=self.url("authors/") if site.authors else "",
            series=self.url("series/") if site.series else "",
            most_read=self.url("most-read/") if site.most_read else "",
            breaking=self.url(BREAKING) if any(a.breaking_until for a in site.selection.published) else "",
            corrections=self.url("corrections/"),
            feeds=self.feeds("", ""),
            publisher=publisher.name,
            publisher_logo=absolute(publisher.logo),
            principles=absolute(publisher.principles),
            profiles=publisher.profiles,
            icon=self.url(self.brand.icon_name),
            icon_type="image/png" if self.brand.icon_name.endswith(".png") else "image/svg+xml",
            touch_icon=self.url("apple-touch-icon.png"),
            large_icon=self.url("icon-512.png"),
            manifest=self.url("site.webmanifest"),
            search=self.url("search/") if config.search else "",
            subscribe=self.url("feeds/"),
            quotes=config.quotes,
            policy=page_policy(config.iframes, config.policy),
            light=config.look.light,
            dark=config.look.dark,
            logo=self._logo(self.brand.logo),
            logo_dark=self._logo(self.brand.logo_dark),
            text_face=fonts.face_names(config.look)[0],
            heads_face=fonts.face_names(config.look)[1],
            footer=config.look.footer,
            place=strings["places"].get(config.timezone) or site.calendar.city,
        )
