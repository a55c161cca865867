"""The address that an article had: by the settings of its old site, else by the rule of its system."""

from __future__ import annotations

from typing import Any

import pytest

from mujaz.importing import permalinks
from mujaz.importing.permalinks import Named


def named(**values: Any) -> Named:
    given = {
        "folders": ("posts",), "stem": "Mixed Case", "slug": "", "title": "الميناء: يفتح", "categories": ("رياضة",),
        "moment": "2021-11-09 14:05:06", "author": "سامي", **values,
    }  # fmt: skip
    return Named(**given)


HUGO = {
    "its folders and its name": ({}, {}, "/posts/mixed-case/"),
    "its slug": ({}, {"slug": "خبر عاجل"}, "/posts/خبر-عاجل/"),
    "case that stays": ({"disablepathtolower": True}, {}, "/posts/Mixed-Case/"),
    "ugly addresses": ({"uglyurls": True}, {}, "/posts/mixed-case.html"),
    "a pattern": ({"permalinks": {"posts": "/:year/:month/:day/:slug/"}}, {"slug": "a"}, "/2021/11/09/a/"),
    "a pattern of pages": ({"permalinks": {"page": {"posts": "/p/:title/"}}}, {}, "/p/الميناء-يفتح/"),
    "words of the date": ({"permalinks": {"posts": "/:monthname/:weekdayname/:contentbasename/"}}, {},
                          "/november/tuesday/mixed-case/"),
    "the pattern of another section": ({"permalinks": {"news": "/x/:slug/"}}, {}, "/posts/mixed-case/"),
    "ugly addresses of a section": ({"uglyurls": {"posts": True, "news": False}}, {}, "/posts/mixed-case.html"),
    "a time in Go's letters": ({"permalinks": {"posts": "/:2006/:slug/"}}, {"slug": "a"}, "{/:2006/:slug/}"),
    "a part of its folders": ({"permalinks": {"posts": "/:sections[1:]/:slug"}}, {}, "{/:sections[1:]/:slug}"),
    "a pattern that needs a date": ({"permalinks": {"posts": "/:year/:slug/"}}, {"moment": ""}, "/posts/mixed-case/"),
}  # fmt: skip
DAY = "/رياضة/2021/11/09/a.html"
JEKYLL = {
    "as it is": ({}, {"stem": "alif"}, "", "/رياضة/2021/11/09/alif.html"),
    "a style": ({"permalink": "pretty"}, {"stem": "alif"}, "", "/رياضة/2021/11/09/alif/"),
    "weeks": ({"permalink": "weekdate"}, {"stem": "a", "categories": ()}, "", "/2021/W45/Tue/a.html"),
    "days of the year": ({"permalink": "ordinal"}, {"stem": "a", "categories": ()}, "", "/2021/313/a.html"),
    "a pattern": ({"permalink": "/:title"}, {"stem": "alif"}, "", "/alif"),
    "of its collection": ({"collections": {"posts": {"permalink": "/n/:slug/"}}}, {"slug": "a"}, "", "/n/a/"),
    "a category twice": ({}, {"stem": "a", "categories": ("sport", "Sport")}, "", "/sport/2021/11/09/a.html"),
    "a blank": ({}, {"stem": "a", "categories": ("من هنا",)}, "", "/من هنا/2021/11/09/a.html"),
    "no blank": ({"permalink": "/:slugified_categories/:slug"}, {"slug": "a", "categories": ("A b",)}, "", "/a-b/a"),
    "a day of its zone": ({"timezone": "Asia/Riyadh"}, {"stem": "a", "moment": "2021-11-08T23:30:00+00:00"}, "", DAY),
    "an hour of no zone": ({"timezone": "Asia/Riyadh"}, {"stem": "a", "moment": "2021-11-09T23:30:00"}, "", DAY),
    "no zone at all": ({"timezone": "../x"}, {"stem": "a", "moment": "2021-11-09T23:30:00+00:00"}, "", DAY),
    "no later day": ({"timezone": "Asia/Riyadh", "permalink": "/:year"}, {"moment": "9999-12-31T23:59Z"}, "", "/9999"),
    "its own": ({"permalink": "pretty"}, {}, "/خاص/:year/", "/خاص/2021/"),
    "no token": ({"permalink": "/:collection/:title"}, {}, "", "{/:collection/:title}"),
    "a bar behind a token": ({"permalink": "/:year_:i_month/:title"}, {"stem": "a"}, "", "/2021_11/a"),
    "no date": ({}, {"moment": ""}, "", "{/:categories/:year/:month/:day/:title:output_ext}"),
}
PELICAN = {
    "its whole title": ({"SLUGIFY_USE_UNICODE": True}, {}, ["/الميناء-يفتح.html"]),
    "a title in Latin letters": ({}, {"title": "Café “C++” news"}, ["/cafe-c-news.html"]),
    "a title that it spells in Latin letters": ({}, {}, ["/{slug}.html"]),
    "slugs by a rule of its own": ({"SLUG_REGEX_SUBSTITUTIONS": ...}, {"title": "a"}, ["/{slug}.html"]),
    "an expression": ({"ARTICLE_URL": ...}, {"slug": "a"}, ["/{ARTICLE_URL}"]),
    "no text": ({"ARTICLE_SAVE_AS": ["{slug}"]}, {"slug": "a"}, ["/a.html", "/{ARTICLE_SAVE_AS}"]),
    "the names of months": ({"ARTICLE_URL": "{date:%b-%B}/{slug}"}, {"slug": "a"}, ["/Nov-November/a"]),
    "letters that are not known": ({"ARTICLE_URL": "{date:%Y-%U}/{slug}"}, {"slug": "a"}, ["/{date}/a"]),
    "a date that is not there": ({"ARTICLE_URL": "{date:%Y}/{slug}"}, {"slug": "a", "moment": ""}, ["/{date}/a"]),
    "its slug": ({"ARTICLE_URL": "{date:%Y}/{date:%-m}/{slug}/"}, {"slug": "a"}, ["/2021/11/a/"]),
    "where it was saved": (
        {"ARTICLE_URL": "n/{slug}", "ARTICLE_SAVE_AS": "n/{slug}/index.html"}, {"slug": "a"}, ["/n/a", "/n/a/"],
    ),
    "another language": ({"DEFAULT_LANG": "ar"}, {"slug": "a", "language": "en"}, ["/a-en.html"]),
    "the language of the site": ({"DEFAULT_LANG": "ar"}, {"slug": "a", "language": "ar"}, ["/a.html"]),
    "category and author": (
        {"ARTICLE_URL": "{category}/{author}/{slug}", "SLUGIFY_USE_UNICODE": True}, {"slug": "a"}, ["/رياضة/سامي/a"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("settings", "values", "address"), HUGO.values(), ids=HUGO)
def test_an_address_of_hugo(settings: dict[str, Any], values: dict[str, Any], address: str) -> None:
    assert permalinks.hugo(named(**values), settings) == address


@pytest.mark.parametrize(("settings", "values", "own", "address"), JEKYLL.values(), ids=JEKYLL)
def test_an_address_of_jekyll(settings: dict[str, Any], values: dict[str, Any], own: str, address: str) -> None:
    assert permalinks.jekyll(named(**values), settings, own) == address


@pytest.mark.parametrize(("settings", "values", "addresses"), PELICAN.values(), ids=PELICAN)
def test_an_address_of_pelican(settings: dict[str, Any], values: dict[str, Any], addresses: list[str]) -> None:
    assert list(permalinks.pelican(named(**values), settings)) == addresses
