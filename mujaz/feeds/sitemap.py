"""Sitemaps (sitemaps.org, protocol 0.9) and the news sitemap: views to bytes."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from mujaz.arabic.typography import clean
from mujaz.model.file_views import NewsSitemapView, SitemapEntry, SitemapView

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def sitemap(view: SitemapView) -> bytes:
    """A part of the sitemap as a `urlset`, or the list of the parts as a `sitemapindex`."""
    root, one = ("sitemapindex", "sitemap") if view.index else ("urlset", "url")
    lines = (
        f"<{one}>{_element('loc', entry.permalink)}{_element('lastmod', entry.modified)}{_alternates(entry)}</{one}>"
        for entry in view.entries
    )
    links = f' xmlns:xhtml="{_XHTML}"' if any(entry.alternates for entry in view.entries) else ""
    return _document(f'{root} xmlns="{_SITEMAP}"{links}', lines)


def news_sitemap(view: NewsSitemapView) -> bytes:
    """The news sitemap of the stories in the view."""
    publication = (
        f"<news:publication>{_element('news:name', view.publication)}"
        f"{_element('news:language', view.language)}</news:publication>"
    )
    lines = (
        f"<url>{_element('loc', entry.permalink)}<news:news>{publication}"
        f"{_element('news:publication_date', entry.published)}{_element('news:title', entry.title)}</news:news></url>"
        for entry in view.entries
    )
    return _document(f'urlset xmlns="{_SITEMAP}" xmlns:news="{_NEWS}"', lines)


def _alternates(entry: SitemapEntry) -> str:
    """The addresses of a story in all its languages, this one too: search engines want the full list on every page."""
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{escape(one.lang)}" href="{escape(one.url)}"/>'
        for one in entry.alternates
    )


def _element(name: str, text: str) -> str:
    """`<name>text</name>`; empty where `text` is: an empty `lastmod` is not valid."""
    text = " ".join(clean(text).split())
    return f"<{name}>{escape(text, quote=False)}</{name}>" if text else ""


def _document(opening: str, lines: Iterable[str]) -> bytes:
    closing = opening.split(" ", 1)[0]
    body = "".join(f"{line}\n" for line in lines)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{opening}>\n{body}</{closing}>\n'.encode()
