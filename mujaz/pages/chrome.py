"""What every page of one language shares: its masthead, its foot, its head. Pure, from `Site` and strings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mujaz.assets import fonts
from mujaz.assets.brand import Brand, FileMark
from mujaz.hosting.csp import page_policy
from mujaz.model import urls
from mujaz.model.content import Standing
from mujaz.model.settings import Config
from mujaz.model.views import Chrome, FeedLink, Link, Logo
from mujaz.site.site import Site, language_of

BREAKING = "fragments/breaking/"
PAGES = "pages/"
FOOT_CAP = 12  # standing pages at the foot of every page: one that listed all would make the site grow by their square


def chrome_of(
    site: Site, brand: Brand, strings: Mapping[str, Any], *, language: str, city: str, sections: tuple[Link, ...],
    is_named: bool, feeds: tuple[FeedLink, ...],
) -> Chrome:  # fmt: skip
    """The chrome of the pages in `language`, whose words are `strings`.

    `city` is the one whose time is shown, `sections` their links, `is_named` whether all of them have a name in it.
    """
    config, publisher = site.config, site.config.publisher
    foreign = language != config.language
    pages = standing_of(site)

    def url(address: str) -> str:
        return urls.url(config, address)

    return Chrome(
        title=config.title,
        tagline=config.tagline,
        language=language,
        dir=strings["direction"],
        base_url=config.base_url,
        home=url(""),
        sections=sections,
        standing=tuple(standing_link(site, one, language) for one in pages[:FOOT_CAP]),
        pages=url(PAGES) if len(pages) > FOOT_CAP else "",
        archive=url("archive/"),
        tags=url("tags/") if site.tags else "",
        authors=url("authors/") if site.authors else "",
        series=url("series/") if site.series else "",
        most_read=url("most-read/") if site.most_read else "",
        breaking=url(BREAKING) if any(article.breaking_until for article in site.selection.published) else "",
        corrections=url("corrections/"),
        feeds=feeds,
        publisher=publisher.name,
        publisher_logo=_absolute(config, publisher.logo),
        principles=_absolute(config, publisher.principles),
        profiles=publisher.profiles,
        icon=url(brand.icon_name),
        icon_type="image/png" if brand.icon_name.endswith(".png") else "image/svg+xml",
        touch_icon=url("apple-touch-icon.png"),
        large_icon=url("icon-512.png"),
        manifest=url("site.webmanifest"),
        search=url("search/") if config.search else "",
        subscribe=url("feeds/"),
        quotes=strings["quotes"] if foreign else config.quotes,
        policy=page_policy(config.iframes, config.policy),
        light=config.look.light,
        dark=config.look.dark,
        logo=_logo(config, brand.logo),
        logo_dark=_logo(config, brand.logo_dark),
        text_face=fonts.face_names(config.look)[0],
        heads_face=fonts.face_names(config.look)[1],
        footer="" if foreign else config.look.footer,
        place=city,
        names_lang="" if is_named else config.language,
    )


def standing_of(site: Site) -> list[Standing]:
    """The standing pages, by weight; not the lines about authors and tags."""
    return [one for one in site.selection.standing if one.kind == "page"]


def standing_link(site: Site, page: Standing, language: str) -> Link:
    """A link to `page` for pages in `language`."""
    lang, direction = language_of(page.lang or site.config.language, language)
    url = urls.url(site.config, site.addresses[page.source])
    return Link(text=page.title, url=url, lang=lang, dir=direction)


def _absolute(config: Config, value: str | None) -> str:
    if not value or value.startswith("https://"):
        return value or ""
    return urls.permalink(config, value.lstrip("/"))


def _logo(config: Config, found: FileMark | None) -> Logo | None:
    return Logo(url=urls.url(config, found.name), width=found.width, height=found.height) if found else None
