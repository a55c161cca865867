"""What the views of all pages have in common: chrome, head, crumbs, links, feeds. Pure, from `Site` and strings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from mujaz.arabic.dates import Calendar, locale_of
from mujaz.arabic.direction import is_rtl_language
from mujaz.arabic.slugs import slug_of
from mujaz.assets import fonts
from mujaz.assets.brand import Brand, FileMark
from mujaz.frozen import replace
from mujaz.hosting.csp import page_policy
from mujaz.model import urls
from mujaz.model.content import Article, Correction, Standing
from mujaz.model.settings import Config, Section
from mujaz.model.views import (
    Alternate,
    BodyView,
    Chrome,
    CorrectionNote,
    Count,
    DayHead,
    FeedLink,
    Link,
    Logo,
    Meta,
    Story,
    Translation,
)
from mujaz.site.site import Named, Site, language_of

FEEDS = {"feed.xml": "application/rss+xml", "atom.xml": "application/atom+xml", "feed.json": "application/feed+json"}
BREAKING = "fragments/breaking/"
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
        self.calendar = self.others[language][1] if language else site.calendar
        self.titles, self.site_titles = strings, site_titles or strings
        self._frames: dict[str, Frame] = {}
        self._stories: dict[str, Story] = {}
        self.origin = urls.origin_of(site.config)
        self.chrome = self._chrome(strings)
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

    @property
    def is_foreign(self) -> bool:
        return self.language != self.config.language

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

    def languages(self, article: Article) -> tuple[Article, ...]:
        """The story in all its languages, `article` among them; empty where it is in one."""
        return self.site.translations.get(article.id, ())

    def alternates(self, article: Article) -> tuple[Alternate, ...]:
        """Every language of a story with its page, for search engines; who reads none of them gets the site's own."""
        group = self.languages(article)
        if not group:
            return ()
        found = [(one.lang or self.config.language, self.origin + self.site.stories[one.id].url) for one in group]
        default = dict(found).get(self.config.language, found[0][1])
        return tuple(Alternate(lang=lang, url=url) for lang, url in (*found, ("x-default", default)))

    def translation(self, article: Article) -> Translation:
        """The link to another language's page, in its words; in ours where we have none of it."""
        lang = article.lang or self.config.language
        url, direction = self.site.stories[article.id].url, "rtl" if is_rtl_language(lang) else "ltr"
        titles = self.others[lang][0] if lang in self.others else self.site_titles
        if lang in self.others or lang == self.config.language:
            return Translation(text=titles["in_this_language"], url=url, lang=lang, dir=direction)
        text = self.titles["in_that_language"].format(language=self.titles["languages"].get(lang, lang))
        return Translation(text=text, url=url, lang=self.language, dir=self.titles["direction"])

    def language_feeds(self, lang: str | None) -> tuple[FeedLink, ...]:
        """The feeds of the stories in a language that is not the site's."""
        if not lang or lang == self.config.language:
            return ()
        return self.of(lang).feeds(f"{lang.lower()}/", self.language_name(lang))

    def language_name(self, lang: str) -> str:
        """What a language calls itself, else what the site's calls it."""
        if lang in self.others:
            return str(self.others[lang][0]["language_name"])
        return str(self.titles["languages"].get(lang, lang))

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
            language=self.language,
            dir=strings["direction"],
            base_url=config.base_url,
            home=self.url(""),
            sections=tuple(self.link(self._name(section), f"{section.key}/") for section in config.sections),
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
            quotes=strings["quotes"] if self.is_foreign else config.quotes,
            policy=page_policy(config.iframes, config.policy),
            light=config.look.light,
            dark=config.look.dark,
            logo=self._logo(self.brand.logo),
            logo_dark=self._logo(self.brand.logo_dark),
            text_face=fonts.face_names(config.look)[0],
            heads_face=fonts.face_names(config.look)[1],
            footer="" if self.is_foreign else config.look.footer,
            place=strings["places"].get(config.timezone) or self.calendar.city,
            names_lang=config.language if self.is_foreign and not all(map(self._named_here, config.sections)) else "",
        )
