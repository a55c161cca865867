"""A search engine reads from each page what it is, who wrote it, when, and where it stands."""

from __future__ import annotations

import json
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from PIL import Image

from mujaz.build.report import BuildReport
from mujaz.frozen import replace
from mujaz.layouts.json_ld import MOST_LISTED, json_ld
from mujaz.model.archive_views import MonthView
from mujaz.model.views import (
    ArticleView,
    Block,
    BodyView,
    Chrome,
    CorrectionNote,
    DayHead,
    EditionView,
    FeedLink,
    Figure,
    HomeView,
    Link,
    ListView,
    Meta,
    NotFoundView,
    NoticeView,
    Picture,
    RedirectView,
    StandingView,
    Story,
    When,
)
from tests.support.html import Html
from tests.support.sites import Site, article
from tests.support.whole_site import FONTS

BASE = "https://example.org/news"
CHROME = Chrome(
    title="موجز",
    tagline="أخبار اليوم في دقائق",
    language="ar",
    dir="rtl",
    base_url=BASE,
    home="/news/",
    sections=(),
    standing=(),
    archive="/news/archive/",
    tags="/news/tags/",
    authors="",
    series="",
    most_read="/news/most-read/",
    corrections="/news/corrections/",
    feeds=(),
    publisher="دار موجز",
    publisher_logo=f"{BASE}/logo.png",
    principles=f"{BASE}/principles/",
)
CRUMBS = (Link(text="الرئيسة", url="/news/"), Link(text="اقتصاد", url="/news/economy/"))
PAGE = f"{BASE}/2021/10/18/port/"


def when(iso: str) -> When:
    return When(iso=iso, weekday="", date="", short="", time="")


def story(id: str, title: str = "افتتاح الميناء") -> Story:
    return Story(
        id=id,
        url=f"/news/2021/10/18/{id}/",
        title=title,
        summary="الميناء يستقبل أولى السفن.",
        published=when("2021-10-18T14:00:00+03:00"),
        section=CRUMBS[1],
    )


DAY = DayHead(when=when("2021-10-18T00:00:00+03:00"), url="/news/2021/10/18/")
FIGURE = Figure(
    picture=Picture(src="/news/port-960.jpg", srcset="", webp="", width=960, height=540),
    alt="رافعات",
    caption="الميناء مساء",
    credit="رويترز",
)
ARTICLE = ArticleView(
    chrome=CHROME,
    meta=Meta(title="افتتاح الميناء", description="", permalink=PAGE, kind="article"),
    day=DAY,
    crumbs=CRUMBS,
    story=story("port"),
    authors=(Link(text="سلمى العطار", url="/news/authors/salma/"),),
    updated=when("2021-10-18T16:00:00+03:00"),
    modified="2021-10-18T18:00:00+03:00",
    minutes=2,
    picture=FIGURE,
    body=BodyView(digest=""),
    corrections=(CorrectionNote(when=when("2021-10-18T15:00:00+00:00"), text="صُحح عدد السفن."),),
    sources=(),
    tags=(Link(text="موانئ", url="/news/tags/ports/"), Link(text="تجارة", url="/news/tags/trade/")),
    series=None,
    parts=(),
    related=(),
    more=(),
    previous=None,
    next=None,
    share="",
    section_feed=FeedLink(title="", url="", type=""),
    standfirst="",
    extra={},
)


def things(view: Any) -> dict[str, dict[str, Any]]:
    """What the page says, by its kind."""
    document = json.loads(json_ld(view))
    assert document["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in document["@graph"]}


def test_an_article_is_news_with_all_that_is_known_about_it() -> None:
    article = things(ARTICLE)["NewsArticle"]
    assert article["headline"] == "افتتاح الميناء"
    assert article["description"] == "الميناء يستقبل أولى السفن."
    assert article["url"] == article["mainEntityOfPage"] == PAGE
    assert article["datePublished"] == "2021-10-18T14:00:00+03:00"
    assert article["inLanguage"] == "ar"
    assert article["articleSection"] == "اقتصاد"
    assert article["keywords"] == ["موانئ", "تجارة"]
    assert article["author"] == [{"@type": "Person", "name": "سلمى العطار", "url": f"{BASE}/authors/salma/"}]
    assert article["publisher"]["name"] == "دار موجز"
    assert article["publisher"]["logo"] == {"@type": "ImageObject", "url": f"{BASE}/logo.png"}
    assert article["publishingPrinciples"] == f"{BASE}/principles/"
    assert (article["isPartOf"]["@type"], article["isPartOf"]["url"]) == ("WebSite", f"{BASE}/")
    image = article["image"]
    assert (image["url"], image["width"], image["height"]) == (f"{BASE}/port-960.jpg", 960, 540)
    assert (image["caption"], image["creditText"]) == ("الميناء مساء", "رويترز")


def test_without_a_picture_the_card_for_sharing_is_named() -> None:
    """Of an article, whose own picture comes first where it has one, and of an edition."""
    card = {"card": "/news/cards/port.png", "card_alt": "افتتاح الميناء"}
    shared = {
        "@type": "ImageObject",
        "url": f"{BASE}/cards/port.png",
        "width": 1200,
        "height": 630,
        "caption": "افتتاح الميناء",
    }
    bare = replace(ARTICLE, picture=None, meta=replace(ARTICLE.meta, **card))
    assert things(bare)["NewsArticle"]["image"] == shared
    assert things(replace(bare, picture=ARTICLE.picture))["NewsArticle"]["image"]["url"] == f"{BASE}/port-960.jpg"
    assert things(replace(EDITION, meta=replace(LISTED, **card)))["CollectionPage"]["image"] == shared
    assert "image" not in things(EDITION)["CollectionPage"]


def test_a_correction_and_the_last_change_are_told() -> None:
    article = things(ARTICLE)["NewsArticle"]
    assert article["dateModified"] == "2021-10-18T18:00:00+03:00"
    assert article["correction"][0]["text"] == "صُحح عدد السفن."


def test_an_unsigned_article_is_the_publisher_s() -> None:
    author = things(replace(ARTICLE, authors=()))["NewsArticle"]["author"]
    assert [(one["@type"], one["name"]) for one in author] == [("Organization", "دار موجز")]


def test_what_is_not_known_is_not_said() -> None:
    bare = replace(CHROME, publisher_logo="", principles="")
    article = things(replace(ARTICLE, chrome=bare, picture=None, tags=(), corrections=()))["NewsArticle"]
    assert not {"image", "keywords", "correction", "publishingPrinciples"} & article.keys()
    assert "logo" not in article["publisher"]


def test_an_article_of_a_series_is_part_of_both() -> None:
    view = replace(ARTICLE, series=Link(text="حكاية ميناء", url="/news/series/port/"))
    parts = things(view)["NewsArticle"]["isPartOf"]
    assert [part["url"] for part in parts] == [f"{BASE}/", f"{BASE}/series/port/"]


def test_an_article_in_another_language_says_so() -> None:
    assert things(replace(ARTICLE, story=replace(ARTICLE.story, lang="en")))["NewsArticle"]["inLanguage"] == "en"


def test_the_crumbs_end_with_the_page() -> None:
    steps = things(ARTICLE)["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"], step["item"]) for step in steps] == [
        (1, "الرئيسة", f"{BASE}/"),
        (2, "اقتصاد", f"{BASE}/economy/"),
        (3, "افتتاح الميناء", PAGE),
    ]


def test_a_page_that_is_its_own_last_crumb_stands_there_once() -> None:
    meta = replace(ARTICLE.meta, permalink=f"{BASE}/economy/")
    assert len(things(replace(ARTICLE, meta=meta))["BreadcrumbList"]["itemListElement"]) == 2


def test_the_home_page_is_the_site_and_its_publisher() -> None:
    meta = Meta(title="موجز", description="", permalink=f"{BASE}/")
    found = things(
        HomeView(chrome=CHROME, meta=meta, day=None, count=0, lead=None, seconds=(), blocks=(), most_read=())
    )
    assert list(found) == ["WebSite", "NewsMediaOrganization"]
    assert (found["WebSite"]["name"], found["WebSite"]["url"]) == ("موجز", f"{BASE}/")
    assert found["WebSite"]["publisher"]["@id"] == found["NewsMediaOrganization"]["@id"]
    assert found["NewsMediaOrganization"]["publishingPrinciples"] == f"{BASE}/principles/"


LISTED = Meta(title="اقتصاد", description="أخبار الاقتصاد", permalink=f"{BASE}/economy/")
LIST = ListView(
    chrome=CHROME,
    meta=LISTED,
    crumbs=CRUMBS[:1],
    kind="section",
    heading="اقتصاد",
    body=None,
    stories=tuple(story(f"n{number}") for number in range(50)),
    count=400,
    archives=(),
    most_read=(),
    feed=None,
)
EDITION = EditionView(
    chrome=CHROME,
    meta=LISTED,
    day=DAY,
    crumbs=CRUMBS[:1],
    heading="موجز يوم",
    count=2,
    lead=story("b"),
    blocks=(Block(heading=CRUMBS[1], stories=(story("a"), story("b"), story("c"))),),
    most_read=(),
    previous=None,
    next=None,
)
MONTH = MonthView(
    chrome=CHROME,
    meta=LISTED,
    crumbs=CRUMBS[:1],
    heading="أكتوبر",
    count=2,
    weekdays=(),
    weeks=(),
    days=(Block(heading=CRUMBS[1], stories=(story("a"),)), Block(heading=CRUMBS[1], stories=(story("b"),))),
    previous=None,
    next=None,
)


@pytest.mark.parametrize(
    ("view", "ids"),
    [(LIST, [f"n{number}" for number in range(MOST_LISTED)]), (EDITION, ["b", "a", "c"]), (MONTH, ["a", "b"])],
)
def test_a_list_is_a_collection_of_its_stories_in_their_order(view: Any, ids: list[str]) -> None:
    page = things(view)["CollectionPage"]
    assert (page["name"], page["url"]) == (view.heading, LISTED.permalink)
    listed = page["mainEntity"]
    assert [entry["url"] for entry in listed["itemListElement"]] == [f"{BASE}/2021/10/18/{id}/" for id in ids]
    assert [entry["position"] for entry in listed["itemListElement"]] == list(range(1, len(ids) + 1))
    assert listed["numberOfItems"] == len(ids)
    assert "BreadcrumbList" in things(view)


def test_other_pages_say_where_they_stand_or_nothing() -> None:
    standing = StandingView(chrome=CHROME, meta=LISTED, crumbs=CRUMBS[:1], title="من نحن", body=BodyView(digest=""))
    assert list(things(standing)) == ["BreadcrumbList"]
    notice = NoticeView(
        chrome=CHROME, meta=LISTED, crumbs=CRUMBS, title="خبر", reason="خطأ", published=ARTICLE.story.published
    )
    assert list(things(notice)) == ["BreadcrumbList"]
    assert json_ld(NotFoundView(chrome=CHROME, meta=LISTED)) == ""
    assert json_ld(RedirectView(chrome=CHROME, meta=LISTED, target="/news/")) == ""


class _Scripts(HTMLParser):
    """Collects what a browser takes for scripts, and all other tags."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_a_hostile_title_cannot_leave_the_script() -> None:
    title = "</script><script>alert('&')</script><!-- <script> \u2028\u2029 ]]> \"'\\"
    written = json_ld(replace(ARTICLE, story=story("port", title)))
    assert not set("<>&\u2028\u2029") & set(written)
    parser = _Scripts()
    parser.feed(f'<script type="application/ld+json">{written}</script>')
    assert parser.tags == ["script"]
    assert json.loads("".join(parser.texts))["@graph"][0]["headline"] == title


def test_arabic_stays_arabic() -> None:
    assert "افتتاح الميناء" in json_ld(ARTICLE)


@pytest.mark.slow
def test_the_web_manifest_names_the_site_and_icons_that_are_there(sample: tuple[Site, BuildReport]) -> None:
    site, _ = sample
    manifest = json.loads(site.read("site.webmanifest"))
    assert (manifest["name"], manifest["lang"], manifest["dir"], manifest["start_url"]) == ("موجز", "ar", "rtl", "/")
    output = site.root / "output"
    for icon in manifest["icons"]:
        file = output / icon["src"].lstrip("/")
        assert file.is_file()
        if icon["type"] == "image/png":
            with Image.open(file) as picture:
                assert f"{picture.width}x{picture.height}" == icon["sizes"]
    [css] = (path.read_text() for path in output.glob("assets/main.*.css"))
    for colour, token in ((manifest["background_color"], "paper"), (manifest["theme_color"], "accent")):
        assert f"--{token}:{colour}" in css.partition("@media")[0]
    assert manifest["theme_color"] in (output / "favicon.svg").read_text()


@pytest.mark.slow
def test_every_page_says_what_it_is_and_where_it_stands(sample: tuple[Site, BuildReport]) -> None:
    site, _ = sample
    expected = {
        "index.html": ["WebSite", "NewsMediaOrganization"],
        "politics/index.html": ["CollectionPage", "BreadcrumbList"],
        "2021/10/18/index.html": ["CollectionPage", "BreadcrumbList"],
        "2021/10/index.html": ["CollectionPage", "BreadcrumbList"],
        "archive/index.html": ["BreadcrumbList"],
        "about/index.html": ["BreadcrumbList"],
    }
    for path, types in expected.items():
        page = Html(site.read(path))
        graph = json.loads(page.one("//script[@type='application/ld+json']").text)["@graph"]
        assert [thing["@type"] for thing in graph] == types, path
        assert page.one("//meta[@property='og:image']").get("content").startswith("https://example.org/")
        assert page.one("//link[@rel='manifest']").get("href") == "/site.webmanifest"
    assert not Html(site.read("404.html")).all("//script[@type='application/ld+json']")


def test_the_publisher_elsewhere_is_named_on_the_home_page_alone(make_site: Callable[..., Site]) -> None:
    site = make_site({**FONTS, "content/a.md": article(slug="a")})
    config = (site.root / "config.yaml").read_text(encoding="utf-8")
    profile = "https://social.example/@paper"
    site.write({"config.yaml": config.replace("  tag:", f"  publisher: {{profiles: ['{profile}']}}\n  tag:")}).build()
    home, story = Html(site.read("index.html")), Html(site.read("2021/10/18/a/index.html"))
    assert [link.get("href") for link in home.all("//link[@rel='me']")] == [profile]
    assert profile in home.one("//script[@type='application/ld+json']").text
    assert not story.all("//link[@rel='me']")
