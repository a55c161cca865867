"""A search engine finds each page once, with the moment of its last change, in files that every XML reader accepts."""

from __future__ import annotations

from xml.etree import ElementTree

from mujaz.feeds.sitemap import news_sitemap, sitemap
from mujaz.model.file_views import NewsEntry, NewsSitemapView, SitemapEntry, SitemapView

NS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}
PLACE = "https://example.org/news/2021/10/18/%D9%85%D9%8A%D9%86%D8%A7%D8%A1/"


def test_a_part_lists_its_pages_in_the_view_s_order() -> None:
    view = SitemapView(
        index=False,
        entries=(
            SitemapEntry(permalink=PLACE, modified="2021-10-18T14:00:00+03:00"),
            SitemapEntry(permalink="https://example.org/news/?a=1&b=<2>", modified=""),
        ),
    )
    root = ElementTree.fromstring(sitemap(view))
    assert root.tag == f"{{{NS['s']}}}urlset"
    found = [(url.findtext("s:loc", namespaces=NS), url.findtext("s:lastmod", namespaces=NS)) for url in root]
    assert found == [(PLACE, "2021-10-18T14:00:00+03:00"), ("https://example.org/news/?a=1&b=<2>", None)]


def test_the_index_lists_the_parts() -> None:
    part = SitemapEntry(permalink="https://example.org/sitemaps/2021-10.xml", modified="2021-10-18")
    root = ElementTree.fromstring(sitemap(SitemapView(index=True, entries=(part,))))
    assert root.tag == f"{{{NS['s']}}}sitemapindex"
    assert root.findtext("s:sitemap/s:loc", namespaces=NS) == part.permalink
    assert root.findtext("s:sitemap/s:lastmod", namespaces=NS) == "2021-10-18"


def test_a_sitemap_without_pages_is_well_formed() -> None:
    root = ElementTree.fromstring(sitemap(SitemapView(index=False, entries=())))
    assert (root.tag, len(root)) == (f"{{{NS['s']}}}urlset", 0)


def news(title: str) -> bytes:
    entry = NewsEntry(permalink=PLACE, title=title, published="2021-10-18T14:00:00+03:00")
    return news_sitemap(NewsSitemapView(publication="موجز & أخبار", language="ar", entries=(entry,)))


def test_a_story_in_the_news_sitemap_has_all_that_is_asked_for() -> None:
    url = ElementTree.fromstring(news("افتتاح الميناء"))[0]
    assert url.findtext("s:loc", namespaces=NS) == PLACE
    assert url.findtext("n:news/n:publication/n:name", namespaces=NS) == "موجز & أخبار"
    assert url.findtext("n:news/n:publication/n:language", namespaces=NS) == "ar"
    assert url.findtext("n:news/n:publication_date", namespaces=NS) == "2021-10-18T14:00:00+03:00"
    assert url.findtext("n:news/n:title", namespaces=NS) == "افتتاح الميناء"


def test_a_hostile_title_cannot_break_the_file() -> None:
    written = news("</news:title> ]]> & <b>\x07\ud800\ufffe\n غاز")
    title = ElementTree.fromstring(written).findtext(".//n:title", namespaces=NS)
    assert title == "</news:title> ]]> & <b> غاز"


def test_the_files_say_that_they_are_utf_8_and_are() -> None:
    written = news("افتتاح الميناء")
    assert written.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n')
    assert "افتتاح الميناء".encode() in written
    assert written.endswith(b"\n")
