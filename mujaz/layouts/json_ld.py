"""JSON-LD (schema.org) for the head of a page: what search engines and aggregators read, from the page's own view."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from mujaz.arabic.typography import cut_at_word
from mujaz.assets.pictures import SHARED
from mujaz.model.archive_views import IndexView, MonthView
from mujaz.model.service_views import FeedsView, SearchView
from mujaz.model.views import (
    ArticleView,
    Chrome,
    CorrectionsView,
    EditionView,
    Figure,
    HomeView,
    Link,
    ListView,
    NotFoundView,
    NoticeView,
    RedirectView,
    StandingView,
    Story,
)

View = (
    ArticleView
    | HomeView
    | EditionView
    | ListView
    | MonthView
    | IndexView
    | StandingView
    | CorrectionsView
    | FeedsView
    | NoticeView
    | NotFoundView
    | RedirectView
    | SearchView
)

# A month of a desk is hundreds of stories; a list longer than this only makes the page heavy.
MOST_LISTED = 30
LONGEST_HEADLINE = 110  # characters of an article's; search engines cut longer ones

_ESCAPES = {character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def json_ld(view: View) -> str:
    """The page's JSON-LD, safe inside `<script>`; empty where the page has nothing to say.

    An article is a NewsArticle, a live one a LiveBlogPosting with its entries, the home page a WebSite and its
    publisher, a list a CollectionPage; each page that has crumbs says where it stands.
    """
    things: list[dict[str, Any]] = []
    if isinstance(view, ArticleView):
        things.append(_article(view))
    elif isinstance(view, HomeView):
        things += [_site(view.chrome), _publisher(view.chrome)]
    elif isinstance(view, ListView | EditionView | MonthView):
        things.append(_collection(view))
    if not isinstance(view, HomeView | NotFoundView | RedirectView):
        things.append(_trail(view.chrome, view.crumbs, view.meta.title, view.meta.permalink))
    if not things:
        return ""
    document = {"@context": "https://schema.org", "@graph": things}
    text = _ENCODER.encode(document)
    for character, escape in _ESCAPES.items():  # five searches; str.translate takes 20 times as long on Arabic
        text = text.replace(character, escape)
    return text


def _filled(thing: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in thing.items() if value or value is False}


def _permalink(chrome: Chrome, url: str) -> str:
    return _origin(chrome.base_url) + url if url.startswith("/") else urljoin(chrome.base_url, url)


@lru_cache(maxsize=16)
def _origin(base_url: str) -> str:
    return urljoin(base_url, "/")[:-1]


# ---------------------------------------------------------------- the site


def _home(chrome: Chrome) -> str:
    return _permalink(chrome, chrome.home)


def _site(chrome: Chrome) -> dict[str, Any]:
    return _filled(
        {
            "@type": "WebSite",
            "@id": f"{_home(chrome)}#site",
            "name": chrome.title,
            "description": chrome.tagline,
            "url": _home(chrome),
            "inLanguage": chrome.language,
            "publisher": {"@id": f"{_home(chrome)}#publisher"},
        }
    )


def _publisher(chrome: Chrome) -> dict[str, Any]:
    return _filled(
        {
            "@type": "NewsMediaOrganization",
            "@id": f"{_home(chrome)}#publisher",
            "name": chrome.publisher,
            "url": _home(chrome),
            "logo": {"@type": "ImageObject", "url": chrome.publisher_logo} if chrome.publisher_logo else None,
            "publishingPrinciples": chrome.principles,
            "sameAs": list(chrome.profiles),
        }
    )


def web_manifest(chrome: Chrome) -> str:
    """The web app manifest: the site's name and icons, for a phone's home screen."""
    sizes = {chrome.large_icon: "512x512", chrome.large_icon.replace("512", "192"): "192x192"}
    manifest = {
        "name": chrome.title,
        "short_name": chrome.title,
        "description": chrome.tagline,
        "lang": chrome.language,
        "dir": chrome.dir,
        "id": chrome.home,
        "start_url": chrome.home,
        "scope": chrome.home,
        "display": "minimal-ui",
        "background_color": chrome.light.paper,
        "theme_color": chrome.light.accent,
        "icons": [
            *([{"src": chrome.icon, "type": chrome.icon_type, "sizes": "any"}] if chrome.icon.endswith(".svg") else []),
            *({"src": url, "type": "image/png", "sizes": size} for url, size in sizes.items()),
        ],
    }
    return json.dumps(_filled(manifest), ensure_ascii=False, indent=1) + "\n"


def _part_of_site(chrome: Chrome) -> dict[str, Any]:
    return {"@type": "WebSite", "@id": f"{_home(chrome)}#site", "name": chrome.title, "url": _home(chrome)}


def _trail(chrome: Chrome, crumbs: Iterable[Link], title: str, permalink: str) -> dict[str, Any]:
    """The crumbs, and the page itself at their end."""
    places = [(crumb.text, _permalink(chrome, crumb.url)) for crumb in crumbs]
    if not places or places[-1][1] != permalink:
        places.append((title, permalink))
    steps = [
        {"@type": "ListItem", "position": position, "name": name, "item": address}
        for position, (name, address) in enumerate(places, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


# ---------------------------------------------------------------- an article


def _article(view: ArticleView) -> dict[str, Any]:
    chrome, story = view.chrome, view.story
    part_of: list[dict[str, Any]] = [_part_of_site(chrome)]
    if view.series:
        address = _permalink(chrome, view.series.url)
        part_of.append({"@type": "CreativeWorkSeries", "name": view.series.text, "url": address})
    return _filled(
        {
            "@type": "LiveBlogPosting" if view.live else "NewsArticle",
            "@id": f"{view.meta.permalink}#article",
            "mainEntityOfPage": view.meta.permalink,
            "url": view.meta.permalink,
            "headline": story.title,
            "description": story.summary,
            "datePublished": story.published.iso,
            "dateModified": view.modified,
            "inLanguage": story.lang or chrome.language,
            "author": _authors(view),
            "publisher": _publisher(chrome),
            "image": _image(chrome, view.picture) if view.picture else _card(view),
            "video": _played(view, "video"),
            "audio": _played(view, "audio"),
            "isPartOf": part_of[0] if len(part_of) == 1 else part_of,
            "publishingPrinciples": chrome.principles,
            "articleSection": story.section.text,
            "keywords": [tag.text for tag in view.tags],
            "correction": [
                {"@type": "CorrectionComment", "text": note.text, "datePublished": note.when.iso}
                for note in view.corrections
            ],
            **_coverage(view),
        }
    )


def _coverage(view: ArticleView) -> dict[str, Any]:
    """When the coverage of a live story begins and ends, and its entries, the newest first as in Google's examples.

    Each has a headline and a text, be one of them the other; one of a picture alone has neither, and is left out.
    """
    if view.live is None:
        return {}
    entries = view.body.entries if view.live.newest_first else view.body.entries[::-1]
    return {
        "coverageStartTime": view.live.start.iso,
        "coverageEndTime": view.live.end.iso,
        "liveBlogUpdate": [
            _filled(
                {
                    "@type": "BlogPosting",
                    "url": _permalink(view.chrome, entry.url),
                    "headline": entry.title or cut_at_word(entry.text, LONGEST_HEADLINE),
                    "datePublished": entry.when.iso,
                    "articleBody": entry.text or entry.title,
                }
            )
            for entry in entries
            if entry.title or entry.text
        ],
    }


def _played(view: ArticleView, kind: str) -> list[dict[str, Any]]:
    """Film or sound of ours in the text: of pages elsewhere too little is known. A film is listed by its poster."""
    return [
        _filled(
            {
                "@type": f"{kind.title()}Object",
                "name": player.title,
                "description": player.caption or player.title,
                "contentUrl": _permalink(view.chrome, player.url),
                "encodingFormat": player.type,
                "contentSize": str(player.size),
                "duration": f"PT{player.seconds}S" if player.seconds else "",
                "uploadDate": view.story.published.iso,
                "thumbnailUrl": _permalink(view.chrome, player.poster) if player.poster else "",
                "width": player.width,
                "height": player.height,
            }
        )
        for player in view.body.players
        if player.kind == kind and not player.provider and (player.poster or kind == "audio")
    ]


def _authors(view: ArticleView) -> list[dict[str, Any]]:
    if not view.authors:
        return [{"@type": "Organization", "name": view.chrome.publisher, "url": _home(view.chrome)}]
    return [
        {"@type": "Person", "name": author.text, "url": _permalink(view.chrome, author.url)} for author in view.authors
    ]


def _image(chrome: Chrome, figure: Figure) -> dict[str, Any]:
    return _filled(
        {
            "@type": "ImageObject",
            "url": _permalink(chrome, figure.picture.src),
            "width": figure.picture.width,
            "height": figure.picture.height,
            "caption": figure.caption or figure.alt,
            "creditText": figure.credit,
        }
    )


def _card(view: ArticleView | ListView | EditionView | MonthView) -> dict[str, Any] | None:
    """The picture that is made for sharing the page, if there is one."""
    if not view.meta.card:
        return None
    width, height = SHARED
    url = _permalink(view.chrome, view.meta.card)
    return {"@type": "ImageObject", "url": url, "width": width, "height": height, "caption": view.meta.card_alt}


# ---------------------------------------------------------------- lists


def _collection(view: ListView | EditionView | MonthView) -> dict[str, Any]:
    shown = list(islice(_listed(view), MOST_LISTED))
    entries = [
        {"@type": "ListItem", "position": position, "url": _permalink(view.chrome, story.url), "name": story.title}
        for position, story in enumerate(shown, 1)
    ]
    return _filled(
        {
            "@type": "CollectionPage",
            "@id": view.meta.permalink,
            "url": view.meta.permalink,
            "name": view.heading,
            "description": view.meta.description,
            "inLanguage": view.chrome.language,
            "image": _card(view),
            "isPartOf": _part_of_site(view.chrome),
            "mainEntity": {"@type": "ItemList", "numberOfItems": len(entries), "itemListElement": entries},
        }
    )


def _listed(view: ListView | EditionView | MonthView) -> Iterable[Story]:
    """The stories of a list in the order of the page, each once."""
    if isinstance(view, ListView):
        stories = list(view.stories)
    elif isinstance(view, MonthView):
        stories = [story for day in view.days for story in day.stories]
    else:
        lead = [view.lead] if view.lead else []
        stories = lead + [story for block in view.blocks for story in block.stories]
    return {story.id: story for story in stories}.values()
