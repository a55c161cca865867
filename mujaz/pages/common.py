"""What the views of all pages have in common: chrome, head, crumbs, links, feeds. Pure, from `Site` and strings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from mujaz.arabic.dates import Calendar, locale_of
from mujaz.assets.brand import Brand
from mujaz.frozen import replace
from mujaz.model import urls
from mujaz.model.content import Article, Correction, Standing
from mujaz.model.settings import Config, Section
from mujaz.model.views import (
    Alternate,
    BodyView,
    CorrectionNote,
    Count,
    DayHead,
    FeedLink,
    Link,
    Meta,
    Story,
)
from mujaz.pages.chrome import chrome_of
from mujaz.site.site import Named, Site, language_of

EDITIONS = "editions/"  # the folder of their feeds


Languages = Mapping[str, tuple[Mapping[str, Any], Calendar]]  # strings and words of dates, by language tag


class Frame:
    """Makes the shared parts of views. `titles` are the strings, some with `{name}` places to fill.

    `today` is the day of `now` in the site's zone: a day before it is over, and its edition complete. `others` are the
    languages beside the site's that pages can be in; `language` is that of the pages that this frame is for.
    """

    def __init__(
        self,
        site: Site,
        strings: Mapping[str, Any],
        today: date,
        brand: Brand,
        others: Languages | None = None,
        language: str = "",
        site_titles: Mapping[str, Any] | None = None,
    ) -> None:
        self.site, self.brand, self.today, self.others = site, brand, today, others or {}
        self.config: Config = site.config
        self.language = language or site.config.language
        self.is_foreign = self.language != site.config.language
        self.calendar = self.others[language][1] if language else site.calendar
        self.titles, self.site_titles = strings, site_titles or strings
        self._frames: dict[str, Frame] = {}
        self._stories: dict[str, Story] = {}
        self.origin = urls.origin_of(site.config)
        self.chrome = chrome_of(
            site,
            brand,
            strings,
            language=self.language,
            city=strings["places"].get(self.config.timezone) or self.calendar.city,
            sections=tuple(self.link(self._name(section), f"{section.key}/") for section in self.config.sections),
            is_named=not self.is_foreign or all(map(self._named_here, self.config.sections)),
            feeds=self.feeds("", ""),
        )
        self.home = Link(text=self.titles["home"], url=self.chrome.home)
        self.section_links = {s.key: self.link(self._name(s), f"{s.key}/") for s in self.config.sections}
        self.section_feeds = {s.key: self.feeds(f"{s.key}/", self._name(s)) for s in self.config.sections}
        self.past_days = tuple(day for day in sorted(site.days, reverse=True) if day < today)
        shown = self.config.edition_day and self.past_days
        self.edition_feeds = self._feeds(EDITIONS, self._title("feed_editions")) if shown else ()
        self.section_crumbs = {key: (self.home, link) for key, link in self.section_links.items()}
        self._day_heads: dict[date, DayHead] = {}
        self._named: dict[str, Link] = {}
        self._story_links: dict[str, Link] = {}
        self.parts: dict[str, list[Article]] = {}  # of each series that was asked for, the first part first
        self.context: dict[str, Standing] = {
            site.addresses[s.source]: s
            for s in site.selection.standing
            if s.kind != "page" and s.source in site.addresses
        }

    def of(self, lang: str | None) -> Frame:
        """The frame of pages in the language `lang`; this one where its words are not there, or it is the site's."""
        if not lang or lang == self.language or lang not in self.others:
            return self
        if lang not in self._frames:
            words = self.others[lang][0]
            self._frames[lang] = Frame(self.site, words, self.today, self.brand, self.others, lang, self.site_titles)
        return self._frames[lang]

    def _name(self, section: Section) -> str:
        """What the section is called in the language of the page, where the paper says it."""
        return self._named_here(section) or section.name

    def _named_here(self, section: Section) -> str:
        names = dict(section.names)
        return names.get(self.language) or names.get(self.language.partition("-")[0], "")

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
        self,
        story: Story,
        *,
        kind: str,
        index: bool,
        card: tuple[str, str],
        feeds: tuple[FeedLink, ...] = (),
        alternates: tuple[Alternate, ...] = (),
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
            locale=locale_of(story.lang or self.language) if story.lang or self.is_foreign else "",
            alternates=alternates,
        )

    def feeds(self, folder: str, name: str) -> tuple[FeedLink, ...]:
        """The three feeds of the site (folder "") or of a section (`politics/`)."""
        return self._feeds(folder, self._title("feed_title", section=name) if name else self.config.title)

    def named_feeds(self, kind: str, named: Named) -> tuple[FeedLink, ...]:
        """The feeds of a tag or an author; none where the site has no such feeds."""
        wanted = {"tag": self.config.feed.tags, "author": self.config.feed.authors}.get(kind, False)
        return self.feeds(named.address, named.name) if wanted else ()

    def _feeds(self, folder: str, title: str) -> tuple[FeedLink, ...]:
        return tuple(FeedLink(title=title, url=self.url(folder + file), type=type) for file, type in urls.FEEDS.items())

    def _title(self, key: str, **names: str) -> str:
        title: str = self.titles[key].format(site=self.config.title, **names)
        return title

    def day_head(self, day: date) -> DayHead:
        """The day in words. One object a day, so that it is fingerprinted once."""
        if day not in self._day_heads:
            self._day_heads[day] = self._day_head(day)
        return self._day_heads[day]

    def _day_head(self, day: date) -> DayHead:
        when = self.calendar.when(datetime.combine(day, time(), tzinfo=self.site.zone), timed=False)
        address = urls.day(day) if self.config.edition_day else urls.month(day.year, day.month)
        return DayHead(when=when, url=self.url(address))

    def day_link(self, day: date) -> Link:
        """«الاثنين 18 أكتوبر/تشرين الأول 2021», to its edition."""
        head = self.day_head(day)
        return Link(text=f"{head.when.weekday} {head.when.date}", url=head.url)

    def stories(self, articles: Sequence[Article]) -> tuple[Story, ...]:
        return tuple(self.story(article.id) for article in articles)

    def story(self, id: str) -> Story:
        """The card of a story for the pages of this frame: dates in their words, its language where that is another."""
        story = self.site.stories[id]
        if not self.is_foreign:
            return story
        if id not in self._stories:
            article = self.site.articles[id]
            lang, direction = language_of(article.lang or self.config.language, self.language)
            self._stories[id] = replace(
                story,
                published=self.calendar.when(article.published, timed="date" not in article.days),
                section=self.section_links[article.section],
                lang=lang,
                dir=direction,
            )
        return self._stories[id]

    def note(self, correction: Correction) -> CorrectionNote:
        when = self.calendar.when(correction.date, timed=not correction.is_day)
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
            story = self.story(id)
            self._story_links[id] = Link(text=story.title, url=story.url, lang=story.lang, dir=story.dir)
        return self._story_links[id]

    def most_read(self) -> tuple[Story, ...]:
        return tuple(self.site.stories[id] for id in self.site.most_read[: self.config.most_read_count])

    def breaking(self) -> tuple[Story, ...]:
        return self.stories(self.site.selection.breaking)
