"""Every page of a site stands at its address, whole, in Arabic, in order, and everything in it leads somewhere."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest

from mujaz.check.links import dead_links
from mujaz.pages import articles
from tests.support.html import Html, is_below, words_of
from tests.support.sites import CONFIG, Site, article
from tests.support.whole_site import CONTEXT, FILES, FONTS, HOME, SETTINGS, picture
from tests.support.whole_site import whole as whole

MakeSite = Callable[..., Site]
PORT = "2021/10/18/port/index.html"
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")

PAGES = {
    "home": "index.html",
    "article": PORT,
    "day edition": "2021/10/18/index.html",
    "week edition": "2021/w42/index.html",
    "month": "2021/10/index.html",
    "year": "2021/index.html",
    "archive": "archive/index.html",
    "section": "politics/index.html",
    "section month": "politics/2021/10/index.html",
    "tag": "tags/الميناء/index.html",
    "tag index": "tags/index.html",
    "author": "authors/سلمى-الحسن/index.html",
    "author index": "authors/index.html",
    "series": "series/أزمة-الميناء/index.html",
    "series index": "series/index.html",
    "standing page": "about/index.html",
    "most read": "most-read/index.html",
    "corrections": "corrections/index.html",
    "feeds": "feeds/index.html",
}
NOT_FOR_SEARCH = {"withdrawn notice": "2021/10/17/gone/index.html", "not found": "404.html"}
LEADING_ON = {
    "short link": "s/port/index.html",
    "alias with a folder": "old/port/index.html",
    "alias with a name": "old/port.html",
}
FOR_MACHINES = {
    "robots": "robots.txt",
    "sitemap index": "sitemap.xml",
    "sitemap of a month": "sitemaps/2021-10.xml",
    "sitemap of another year": "sitemaps/2020-12.xml",
    "sitemap of lists": "sitemaps/pages.xml",
    "news sitemap": "news-sitemap.xml",
    "e-mail of a day": "2021/10/18/email.html",
    "plain e-mail of a day": "2021/10/18/email.txt",
    "e-mail of a week": "2021/w42/email.html",
    "plain e-mail of a week": "2021/w42/email.txt",
    "fragment for script": "fragments/most-read/index.html",
    "RSS": "feed.xml",
    "Atom": "atom.xml",
    "JSON feed": "feed.json",
    "RSS of a section": "sport/feed.xml",
}
WITH_CHROME = {**PAGES, **NOT_FOR_SEARCH}
EVERY_KIND = {**WITH_CHROME, **LEADING_ON}


def each(kinds: dict[str, str]) -> Any:
    return pytest.mark.parametrize("path", list(kinds.values()), ids=list(kinds))


@pytest.fixture(scope="module")
def read(whole: Site) -> Callable[[str], Html]:
    """Read a page of the whole site, each once."""
    pages: dict[str, Html] = {}

    def page(path: str) -> Html:
        if path not in pages:
            pages[path] = Html(whole.read(path))
        return pages[path]

    return page


def html_pages(site: Site) -> list[str]:
    return [path for path in site.paths() if path.endswith(".html")]


def cards(page: Html, within: str = "//main") -> list[str]:
    """The ids of the stories of a page, in order."""
    return [card.get("data-story") for card in page.all(f"{within}//*[@data-story]")]


# ---------------------------------------------------------------- addresses


@each({**EVERY_KIND, **FOR_MACHINES})
def test_every_kind_of_page_stands_at_its_address(whole: Site, path: str) -> None:
    assert path in whole.paths()


def test_a_site_without_hits_has_no_page_of_the_most_read(make_site: MakeSite) -> None:
    site = make_site({**FONTS, "content/a.md": article()})
    site.build()
    assert "most-read/index.html" not in site.paths()
    assert "most-read" not in "".join(site.read(path) for path in html_pages(site))


def test_an_empty_site_is_a_whole_site(make_site: MakeSite) -> None:
    site = make_site({**FONTS, "content/.keep": ""})
    site.build()
    always = "index.html archive/index.html politics/index.html corrections/index.html feeds/index.html 404.html"
    assert html_pages(site) == sorted([*always.split(), "sport/index.html", "science/index.html"])
    assert dead_links(site.root / "output", HOME) == []
    for path in html_pages(site):
        assert Html(site.read(path)).mistakes == []
    assert "لا أخبار هنا بعد." in site.read("politics/index.html")


def test_the_pages_are_those_of_the_plan_and_no_others(whole: Site) -> None:
    known = re.compile(
        r"|".join(
            (
                r"\d{4}(/\d\d(/\d\d(/[^/]+)?)?)?/index\.html",
                r"\d{4}/w\d\d/(index|email)\.html|\d{4}/\d\d/\d\d/email\.html",
                r"(politics|sport|science)(/\d{4}/\d\d)?/index\.html",
                r"(tags|authors|series)(/[^/]+)?/index\.html",
                r"(archive|about|most-read|corrections|feeds)/index\.html",
                r"fragments/most-read/index\.html",
                r"s/[a-z-]+/index\.html",
                r"old/port(/index)?\.html",
                r"index\.html|404\.html",
            )
        )
    )
    assert [path for path in html_pages(whole) if not known.fullmatch(path)] == []


def test_a_group_without_a_story_has_no_page(whole: Site) -> None:
    paths = whole.paths()
    assert [path for path in paths if path.startswith(("2021/11", "2020/10", "sport/2020", "2021/10/17/index"))] == []


# ---------------------------------------------------------------- every page is well made


@each(EVERY_KIND)
def test_the_html_is_without_a_mistake(read: Callable[[str], Html], path: str) -> None:
    assert read(path).mistakes == []


@each(EVERY_KIND)
def test_a_page_has_one_h1_and_no_id_twice(read: Callable[[str], Html], path: str) -> None:
    page = read(path)
    assert len(page.all("//h1")) == 1 and page.words("//h1")[0]
    ids = [element.get("id") for element in page.all("//*[@id]")]
    assert len(ids) == len(set(ids))


@each(EVERY_KIND)
def test_a_page_is_arabic_and_right_to_left(read: Callable[[str], Html], path: str) -> None:
    assert dict(read(path).root.attrib) == {"lang": "ar", "dir": "rtl"}


@each(EVERY_KIND)
def test_headings_go_down_one_level_at_a_time(read: Callable[[str], Html], path: str) -> None:
    """From the h1 on; the masthead's own name stands before it."""
    levels = [
        int(heading.tag[1]) for heading in read(path).all("//main//*[self::h1 or self::h2 or self::h3 or self::h4]")
    ]
    levels = [1, *levels] if 1 not in levels else levels
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


@each(EVERY_KIND)
def test_pictures_have_words_and_a_size(read: Callable[[str], Html], path: str) -> None:
    for image in read(path).all("//img"):
        assert image.get("alt") is not None
        assert int(image.get("width")) > 0 and int(image.get("height")) > 0
        in_a_figure = image.xpath("ancestor::figure")
        assert image.get("alt") or not in_a_figure  # a card's picture only repeats its headline


@each(EVERY_KIND)
def test_nothing_on_a_page_is_code_or_style(read: Callable[[str], Html], path: str) -> None:
    page = read(path)
    assert page.all("//*[@style]|//style|//iframe|//object|//@*[starts-with(name(), 'on')]") == []
    assert all(s.get("src") or s.get("type") == "application/ld+json" for s in page.all("//script"))


@each(EVERY_KIND)
def test_no_time_is_told_without_its_machine_form(read: Callable[[str], Html], path: str) -> None:
    for time in read(path).all("//time"):
        moment = datetime.fromisoformat(time.get("datetime"))
        assert "T" not in time.get("datetime") or moment.tzinfo is not None


@each(EVERY_KIND)
def test_nothing_says_how_long_ago(read: Callable[[str], Html], path: str) -> None:
    assert re.search(r"\b(منذ|قبل) (ساع|دقيق|يوم)", words_of(read(path).one("//body"))) is None


# ---------------------------------------------------------------- the head


@each(PAGES)
def test_a_page_names_itself_to_search_engines_and_social_sites(read: Callable[[str], Html], path: str) -> None:
    page = read(path)
    permalink = f"{HOME}/{quote(path.removesuffix('index.html'))}"
    assert page.one("//link[@rel='canonical']").get("href") == permalink
    properties = {m.get("property"): m.get("content") for m in page.all("//meta[@property]")}
    assert properties["og:url"] == permalink
    assert properties["og:type"] == ("article" if path == PORT else "website")
    assert properties["og:site_name"] == "صحيفة التجربة"
    assert properties["og:locale"].startswith("ar")
    assert properties["og:title"] in words_of(page.one("//title"))
    assert page.one("//meta[@name='robots']").get("content") == "max-image-preview:large"
    assert page.one("//meta[@name='twitter:card']").get("content").startswith("summary")


@each({**NOT_FOR_SEARCH, **LEADING_ON})
def test_what_is_no_page_of_its_own_asks_not_to_be_indexed(read: Callable[[str], Html], path: str) -> None:
    assert read(path).one("//meta[@name='robots']").get("content") == "noindex"


@each(LEADING_ON)
def test_a_short_link_and_an_old_address_lead_to_the_story(read: Callable[[str], Html], path: str) -> None:
    page = read(path)
    assert page.one("//meta[@http-equiv='refresh']").get("content") == "0; url=/news/2021/10/18/port/"
    assert page.one("//link[@rel='canonical']").get("href") == f"{HOME}/2021/10/18/port/"
    assert page.one("//h1/a").get("href") == "/news/2021/10/18/port/"


def test_an_article_tells_its_times_section_tags_and_picture(read: Callable[[str], Html]) -> None:
    found = [(m.get("property"), m.get("content")) for m in read(PORT).all("//meta[@property]")]
    expected = [
        ("article:published_time", "2021-10-18T14:00:00+03:00"),
        ("article:modified_time", "2021-10-18T18:30:00+03:00"),
        ("article:section", "سياسة"),
        ("article:tag", "الميناء"),
        ("article:tag", "التجارة"),
        ("og:image:alt", "رصيف خال إلا من رافعة صفراء"),
    ]
    assert [pair for pair in expected if pair not in found] == []
    image = dict(found)["og:image"]
    assert image.startswith(f"{HOME}/assets/pictures/quay")


@each(WITH_CHROME)
def test_every_page_announces_the_feeds(read: Callable[[str], Html], path: str) -> None:
    links = read(path).all("//link[@rel='alternate']")
    announced = [(link.get("type"), link.get("href")) for link in links]
    assert announced[-3:] == [
        ("application/rss+xml", "/news/feed.xml"),
        ("application/atom+xml", "/news/atom.xml"),
        ("application/feed+json", "/news/feed.json"),
    ]
    if path.startswith("politics/") or path == PORT:
        assert announced[0] == ("application/rss+xml", "/news/politics/feed.xml")
        assert links[0].get("title") == "صحيفة التجربة: سياسة"
    assert all(link.get("title").strip() for link in links)


def structured(page: Html) -> Iterator[dict[str, Any]]:
    for script in page.all("//script[@type='application/ld+json']"):
        document = json.loads(script.text)
        assert document["@context"] == "https://schema.org"
        yield from document["@graph"]


@each(EVERY_KIND)
def test_structured_text_can_be_read_and_names_only_addresses_of_the_site(
    read: Callable[[str], Html], whole: Site, path: str
) -> None:
    def addresses(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for key, inner in value.items():
                yield from [inner] if key in ("url", "item") and isinstance(inner, str) else addresses(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from addresses(inner)

    files = set(whole.paths())
    for thing in structured(read(path)):
        for address in addresses(thing):
            assert address.startswith(HOME + "/")
            file = unquote(address.removeprefix(HOME + "/"))
            assert (file + "index.html" if not file or file.endswith("/") else file) in files


def test_an_article_is_a_news_article(read: Callable[[str], Html]) -> None:
    news = next(thing for thing in structured(read(PORT)) if thing["@type"] == "NewsArticle")
    assert news["headline"] == "إغلاق الرصيف الغربي في ميناء المدينة"
    assert (news["datePublished"], news["inLanguage"]) == ("2021-10-18T14:00:00+03:00", "ar")
    assert news["dateModified"] == "2021-10-20T00:00:00+03:00"  # the last correction
    assert [author["name"] for author in news["author"]] == ["سلمى الحسن", "فارس عيسى"]
    assert news["publisher"]["name"] == "صحيفة التجربة" and news["isPartOf"] and news["image"]


# ---------------------------------------------------------------- words


FORMAT_NAMES = re.compile(r"\b(RSS|Atom|JSON|OPML)\b")


def test_no_english_word_reaches_a_reader(whole: Site, read: Callable[[str], Html]) -> None:
    """Addresses and names of programs stand in dir="ltr"; names of feed formats have no Arabic."""
    strange = []
    for path in html_pages(whole):
        page = read(path)
        shown = [(e, text) for e, text in page.texts if not is_below(e, "@dir='ltr'")]
        assert len(shown) > 3 or path in LEADING_ON.values() or path.startswith(("s/", "fragments/"))
        head = page.all(
            "//meta[@name='description' or contains(@property, 'title') or contains(@property, 'alt')]/@content"
        )
        said = [text for _, text in [*shown, *page.spoken()]]
        strange += [(path, text) for text in [*said, *head] if LATIN.search(FORMAT_NAMES.sub("", text))]
    assert strange == []


@pytest.mark.parametrize(
    ("summary", "shown"),
    [
        ("قال الوزير: «نعم» في Doha.", False),
        ("قال الوزير: «نعم»…", False),
        ("قال الوزير نعم.", True),
        ("قال الوزير: «نعم» في D.", True),  # letters of the text, but not its words
        ("عاد الوزير إلى بيته.", True),
    ],
)
def test_a_summary_that_opens_the_text_is_not_read_twice(make_site: MakeSite, summary: str, shown: bool) -> None:
    body = '**قال** الوزير: "نعم" في Doha. ثم مضى.\n\nعاد الوزير إلى بيته.'
    site = make_site({**FONTS, "content/a.md": article(slug="a", summary=f'"{summary}"', body=body)})
    site.build()
    page = Html(site.read("2021/10/18/a/index.html"))
    assert page.words("//p[@class='standfirst']") == ([summary] if shown else [])
    assert page.one("//meta[@name='description']").get("content") == summary


def test_latin_stands_in_isolation_wherever_it_is_shown(make_site: MakeSite) -> None:
    site = make_site(
        {
            **FONTS,
            "config.yaml": SETTINGS.replace("صحيفة التجربة", "صحيفة Mujaz"),
            "hits.csv": "meta,5\n",
            "content/a.md": article(
                "شركة Meta تغير اسمها", id="meta", tags="[BBC, قناة CNN]", authors="[Jane Doe]", source="وكالة AP",
                series="ملف AI", summary="قالت Meta إنها ماضية.",
                image="{src: a.png, alt: شعار, caption: شعار Meta, credit: AFP}",
                body="## عن Meta\n\nقالت **Meta** في بيان.\n\n> نحن GPS\n> — Jane Doe",
                corrections="[{date: 2021-10-19, text: الاسم Meta لا Mata}]",
            ),
            "content/b.md": article(
                "رد Google على الخبر", id="g", date="2021-10-19", series="ملف AI", tags="[BBC]", body="رد."
            ),
            "content/gone.md": article("خبر عن IBM", id="ibm", withdrawn="طلبت IBM ذلك."),
            "content/pages/about.md": "---\ntitle: من نحن Us\n---\n\nنحن Us.\n",
            "content/a.png": picture(),
        }
    )  # fmt: skip
    site.build()
    naked, isolated = [], 0
    for path in html_pages(site):
        for element, text in Html(site.read(path)).texts:
            if LATIN.search(text) and element.tag != "title":
                isolated += 1
                if not is_below(element, "self::bdi", "@dir"):
                    naked.append((path, text))
    assert naked == [] and isolated > 50
    h1 = Html(site.read(next(path for path in html_pages(site) if "/18/شركة" in path))).one("//h1")
    assert h1.xpath("string(bdi)") == "Meta"


def test_a_story_in_another_language_brings_its_own_direction_everywhere(make_site: MakeSite) -> None:
    english = article(
        "Harbour closed",
        id="en",
        slug="en",
        lang="en",
        summary="The quay moved.",
        series="ملف",
        tags="[الميناء]",
        body="It moved.",
    )
    again = article("الميناء مغلق", id="ar", slug="ar", date="2021-10-19", series="ملف", related="[en]", body="مغلق.")
    site = make_site(
        {**FONTS, "config.yaml": SETTINGS, "hits.csv": "en,9\n", "content/en.md": english, "content/ar.md": again}
    )
    site.build()
    page = Html(site.read("2021/10/18/en/index.html"))
    assert dict(page.root.attrib) == {"lang": "en", "dir": "ltr", "data-quotes": "curly"}
    for part in ("//h1", "//*[@itemprop='description']", "//*[@itemprop='articleBody']"):
        assert (page.one(part).get("lang"), page.one(part).get("dir")) == (None, None)
    for path in html_pages(site):
        if Html(site.read(path)).root.get("lang") == "en":
            assert path == "2021/10/18/en/index.html"
            continue
        for element, text in Html(site.read(path)).texts:
            if text in ("Harbour closed", "The quay moved.") and element.tag != "title":
                assert is_below(element, "@lang='en' and @dir='ltr'", "self::bdi"), path
    card = Html(site.read("politics/index.html")).one("//*[@data-story='en']")
    assert "بالإنجليزية" in words_of(card)
    assert card.xpath(".//h2/@dir") == ["ltr"]


# ---------------------------------------------------------------- dates and numbers


def test_a_date_has_both_names_of_its_month(read: Callable[[str], Html]) -> None:
    page = read(PORT)
    published = page.one("//*[@itemprop='datePublished']")
    assert words_of(published) == "18 أكتوبر/تشرين الأول 2021، الساعة 14:00 بتوقيت الدوحة"
    assert published.get("datetime") == "2021-10-18T14:00:00+03:00"
    assert "الاثنين 18 أكتوبر/تشرين الأول 2021" in words_of(page.one("//header[contains(@class, 'masthead')]"))
    assert read("2021/10/18/index.html").words("//h1") == ["موجز يوم 18 أكتوبر/\u2060تشرين الأول 2021"]  # on one line
    assert read("2021/10/index.html").words("//h1") == ["أرشيف أكتوبر/\u2060تشرين الأول 2021"]
    related = read(PORT).all("//*[@data-block='related']//time")
    assert [words_of(time) for time in related][:1] == ["نُشر في 20/10/2021"]


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("{months: gulf}", "18 أكتوبر 2021"),
        ("{months: levant}", "18 تشرين الأول 2021"),
        ("{digits: arabic}", "١٨ أكتوبر/تشرين الأول ٢٠٢١"),
        ("{months: dual, hijri: true}", "18 أكتوبر/تشرين الأول 2021"),
    ],
)
def test_dates_are_written_as_the_settings_say(make_site: MakeSite, setting: str, words: str) -> None:
    site = make_site({**FONTS, "config.yaml": CONFIG + f"dates: {setting}\n", "content/a.md": article(slug="a")})
    site.build()
    page = Html(site.read("2021/10/18/a/index.html"))
    assert words_of(page.one("//*[@itemprop='datePublished']")).startswith(words)
    masthead = words_of(page.one("//header[contains(@class, 'masthead')]"))
    assert ("12 ربيع الأول 1443 هـ" in masthead) == ("hijri" in setting)
    if "arabic" in setting:
        shown = [text for e, text in page.texts if not is_below(e, "@dir='ltr'")]
        assert [text for text in shown if re.search(r"[0-9]", text)] == []


COUNTS = {1: "خبر واحد", 2: "خبران", 3: "3 أخبار", 11: "11 خبرا", 100: "100 خبر"}


@pytest.fixture(scope="module")
def hundred(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A hundred stories of one day, tagged so that the tags have 1, 2, 3, 11 and 100 of them."""
    stories = {
        f"content/s{n}.md": article(f"خبر رقم {n}", slug=f"s{n}", tags=f"[{', '.join(_tags(n))}]") for n in range(100)
    }
    site = Site(tmp_path_factory.mktemp("hundred")).write({"config.yaml": CONFIG, **FONTS, **stories})
    site.build()
    return site


def _tags(number: int) -> list[str]:
    return [f"وسم{count}" for count in COUNTS if number < count]


@pytest.mark.parametrize("count", COUNTS)
def test_a_number_of_stories_is_said_in_its_plural(hundred: Site, count: int) -> None:
    page = Html(hundred.read(f"tags/وسم{count}/index.html"))
    assert COUNTS[count] in page.words("//main//header/p")
    index = {
        words_of(item.xpath("a")[0]): words_of(item) for item in Html(hundred.read("tags/index.html")).all("//main//li")
    }
    assert index[f"وسم{count}"] == f"وسم{count} {COUNTS[count]}"


def test_no_stories_are_said_in_words_too(hundred: Site) -> None:
    page = Html(hundred.read("sport/index.html"))
    assert "لا أخبار هنا بعد." in page.words("//main//p")
    assert "0" not in words_of(page.one("//main"))


def test_a_calendar_says_how_many_stories_a_day_has(hundred: Site) -> None:
    days = Html(hundred.read("2021/10/index.html")).all("//table//a/@aria-label")
    assert days == ["18 أكتوبر/تشرين الأول: 100 خبر"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (5, "مدة القراءة: دقيقة واحدة"),
        (400, "مدة القراءة: دقيقتان"),
        (700, "مدة القراءة: 4 دقائق"),
        (2200, "مدة القراءة: 12 دقيقة"),
        (20000, "مدة القراءة: 111 دقيقة"),
    ],
)
def test_reading_time_is_said_in_its_plural(make_site: MakeSite, words: int, said: str) -> None:
    body = "\n\n".join(["كلمة " * 100] * (words // 100) or ["كلمة " * words])
    site = make_site({**FONTS, "content/a.md": article(slug="a", body=body)})
    site.build()
    assert said in Html(site.read("2021/10/18/a/index.html")).words("//main//p")


# ---------------------------------------------------------------- order


def test_stories_stand_by_local_day_then_weight_then_time_then_id(make_site: MakeSite) -> None:
    def story(id: str, date: str, weight: str = "0") -> dict[str, str]:
        return {
            f"content/{id}.md": article(f"خبر {id}", id=id, slug=id, date=f'"{date}"', weight=weight, tags="[الكل]")
        }

    site = make_site(
        {
            **FONTS,
            **story("early", "2021-10-18 08:00"),
            **story("night", "2021-10-17T22:30:00+00:00"),  # 01:30 of the 18th in Qatar
            **story("late", "2021-10-18 20:00"),
            **story("heavy", "2021-10-18 06:00", "5"),
            **story("light", "2021-10-18 23:00", "-1"),
            **story("twin-b", "2021-10-18 12:00"),
            **story("twin-a", "2021-10-18 12:00"),
            **story("eve", "2021-10-17 23:59", "9"),
            **story("morrow", "2021-10-19 00:00", "-9"),
        }
    )
    site.build()
    day = ["heavy", "late", "twin-a", "twin-b", "early", "night", "light"]
    expected = ["morrow", *day, "eve"]
    assert cards(Html(site.read("index.html"))) == expected
    assert cards(Html(site.read("politics/index.html"))) == expected
    assert cards(Html(site.read("politics/2021/10/index.html"))) == expected
    assert cards(Html(site.read("tags/الكل/index.html"))) == expected
    assert cards(Html(site.read("2021/10/index.html"))) == expected
    assert cards(Html(site.read("2021/10/18/index.html"))) == day
    feed = re.findall(r"<guid[^>]*>tag:example.org,2021:([^<]+)", site.read("feed.xml"))
    assert feed == [
        "morrow",
        "light",
        "late",
        *sorted(["twin-a", "twin-b"], reverse=True),
        "early",
        "heavy",
        "night",
        "eve",
    ]


def test_before_and_after_go_by_time_and_a_series_from_its_start(read: Callable[[str], Html]) -> None:
    page = read("2021/10/20/port-open/index.html")
    assert page.one("//main//a[@rel='prev']").get("href") == "/news/2021/10/19/cup/"
    assert page.all("//main//a[@rel='next']") == []
    assert cards(read("series/أزمة-الميناء/index.html")) == ["port", "port-open"]
    assert page.words("//ol[contains(@class, 'parts')]/li/*[self::b or self::a]") == [
        "إغلاق الرصيف الغربي في ميناء المدينة",
        "الميناء يفتح رصيفه الغربي بعد فحصه",
    ]


def test_of_a_long_series_an_article_lists_the_parts_around_it(
    make_site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them on each page are 700 MB in a series of 2,000."""
    monkeypatch.setattr(articles, "PARTS", 3)
    parts = {f"content/{n}.md": article(f"جزء {n}", slug=f"s{n}", series="ملف", date=f"2021-10-1{n}") for n in range(5)}
    site = make_site({**FONTS, **parts})
    site.build()
    for part, shown in {0: (0, 1, 2), 2: (1, 2, 3), 4: (2, 3, 4)}.items():
        page = Html(site.read(f"2021/10/1{part}/s{part}/index.html"))
        assert page.words("//ol[@class='parts']/li/*[self::b or self::a]") == [f"جزء {n}" for n in shown]
        assert page.words("//ol[@class='parts']//b") == [f"جزء {part}"]


def test_the_most_read_stand_by_hits_and_only_where_they_may_move(read: Callable[[str], Html]) -> None:
    assert cards(read("most-read/index.html")) == ["cup", "port"]
    for path in ("index.html", "politics/index.html"):
        links = read(path).all("//*[@data-block='most-read']//li/a/@href")
        assert links == ["/news/2021/10/19/cup/", "/news/2021/10/18/port/"]
    block = read(PORT).one("//*[@data-block='most-read']")
    assert block.xpath(".//a/@href") == ["/news/most-read/"]
    assert block.get("data-fragment") == "/news/fragments/most-read/"
    fragment = read("fragments/most-read/index.html")
    assert fragment.all("//ol/li/a/@href") == links and fragment.one("//meta[@name='robots']/@content") == "noindex"


def test_new_hits_change_no_article(make_site: MakeSite) -> None:
    stories = {f"content/{name}.md": article(f"خبر {name}", slug=name, id=name) for name in ("one", "two")}
    site = make_site(
        {**FONTS, **stories, "config.yaml": CONFIG + "most_read: {source: hits.csv}\n", "hits.csv": "one,2"}
    )
    site.build()
    written = site.write({"hits.csv": "two,9\none,2\n"}).build().written
    lists = "fragments/most-read/index.html index.html most-read/index.html politics/index.html science/index.html"
    assert written == (*lists.split(), "sport/index.html")


def test_an_empty_block_is_not_shown(make_site: MakeSite) -> None:
    site = make_site({**FONTS, "content/a.md": article(slug="a")})
    site.build()
    page = Html(site.read("2021/10/18/a/index.html"))
    for nothing in ("related", "more", "most-read"):
        assert page.all(f"//*[@data-block='{nothing}']") == []
    empty = [
        element.tag
        for element in page.all("//main//*[not(self::img or self::source or self::hr or self::br or self::age-note)]")
        if not words_of(element) and not element.xpath(".//img")
    ]
    assert empty == []
    said = words_of(page.one("//main"))
    assert not any(word in said for word in ("المصدر", "وسوم", "تصويب", "بقلم", "آخر تحديث", "ملف:", "حول هذه القصة"))


# ---------------------------------------------------------------- tags


def test_tags_that_differ_in_case_and_invisible_characters_are_one(make_site: MakeSite) -> None:
    tags = ["[BBC, الناتو]", '["bbc", "النا\u200cتو"]', "[bbc, الناتو]", "[Nato]", "[NATO]", "[ميناء]", "[ميناْء]"]
    files = {f"content/t{n}.md": article(f"خبر {n}", id=f"t{n}", slug=f"t{n}", tags=tag) for n, tag in enumerate(tags)}
    site = make_site({**FONTS, **files})
    site.build()
    # The most frequent spelling; of equals the first in the order of code points. A mark of vowels makes another tag.
    assert set(Html(site.read("tags/index.html")).words("//main//ul/li/a")) == {
        "bbc",
        "الناتو",
        "NATO",
        "ميناء",
        "ميناْء",
    }
    assert cards(Html(site.read("tags/bbc/index.html"))) == ["t0", "t1", "t2"]
    assert cards(Html(site.read("tags/nato/index.html"))) == ["t3", "t4"]
    for n in range(3):
        assert Html(site.read(f"2021/10/18/t{n}/index.html")).words("//a[@rel='tag']")[0] == "bbc"


def test_names_that_differ_in_writing_alone_have_one_page(make_site: MakeSite) -> None:
    """The spelling of the oldest article gives the address, the most frequent one is shown."""
    fields = [
        {"author": "دبي - وكالات", "tags": "[كأس العالم]", "series": "أزمة «الميناء»", "date": "2021-10-17"},
        {"author": "دبي – وكالات", "tags": "[كأس-العالم, C]", "series": "أزمة الميناء"},
        {"author": "دبي – وكالات", "tags": "[كأس-العالم, كأس العالم, C#]", "series": "أزمـة الميناء"},
        {"authors": "[دبي وكالات, ليلى]", "tags": "[كأسالعالم, C++, C]", "series": "أزمة الميناء"},
    ]
    files = {f"content/n{n}.md": article(id=f"n{n}", slug=f"n{n}", **one) for n, one in enumerate(fields)}
    files["content/authors/دبي—وكالات.md"] = "عن الوكالات.\n"
    files["content/tags/C#.md"] = "عن اللغة.\n"
    site = make_site({**FONTS, **files})
    site.build()
    shown = {kind: Html(site.read(f"{kind}/index.html")).words("//main//ul/li/a") for kind in ("authors", "tags")}
    assert shown == {"authors": ["دبي – وكالات", "ليلى"], "tags": ["C", "C#", "C++", "كأس-العالم"]}
    assert cards(Html(site.read("authors/دبي-وكالات/index.html"))) == ["n1", "n2", "n3", "n0"]
    assert "عن الوكالات." in site.read("authors/دبي-وكالات/index.html")
    assert cards(Html(site.read("tags/كأس-العالم/index.html"))) == ["n1", "n2", "n3", "n0"]
    assert "عن اللغة." in site.read("tags/c-sharp/index.html")
    assert [cards(Html(site.read(f"tags/{name}/index.html"))) for name in ("c", "c++")] == [["n1", "n3"], ["n3"]]
    assert cards(Html(site.read("series/أزمة-الميناء/index.html"))) == ["n0", "n1", "n2", "n3"]


def test_a_line_about_an_author_stands_on_the_authors_page(read: Callable[[str], Html]) -> None:
    page = read("authors/سلمى-الحسن/index.html")
    assert CONTEXT in page.words("//main//p")
    assert page.one("//meta[@name='description']").get("content") == CONTEXT
    assert CONTEXT not in words_of(read("authors/فارس-عيسى/index.html").root)


# ---------------------------------------------------------------- what is not for the reader


@pytest.mark.parametrize(
    "fate",
    [
        {"draft": "true"},
        {"date": "2031-05-01 10:00"},
        {"date": "2021-10-01", "expires": "2021-10-05 10:00"},
        {"withdrawn": "سُحب الخبر لسبب"},
    ],
    ids=["draft", "held", "expired", "withdrawn"],
)
def test_what_is_not_published_is_nowhere_in_the_output(make_site: MakeSite, fate: dict[str, str]) -> None:
    secret = {
        "title": "عنوان زقزوق", "summary": "خلاصة زقزوق", "tags": "[وسم زقزوق]", "authors": "[كاتب زقزوق]",
        "series": "ملف زقزوق", "sources": "[وكالة زقزوق]", "slug": "zaqzouq", "id": "zaqzouq-1", "label": "opinion",
        "image": "{src: zaqzouq.png, alt: صورة زقزوق, caption: شرح زقزوق, credit: عدسة زقزوق}",
        "corrections": "[{date: 2021-10-02, text: تصويب زقزوق}]", "section": "science",
        "body": "متن زقزوق.\n\n![رسم زقزوق](zaqzouq.png)", **fate,
    }  # fmt: skip
    site = make_site(
        {
            **FONTS,
            "config.yaml": SETTINGS,
            "hits.csv": "zaqzouq-1,999\nopen,1\n",
            "content/secret.md": article(**secret),
            "content/zaqzouq.png": picture(64, 64, (1, 2, 3)),
            "content/authors/كاتب-زقزوق.md": "كاتب زقزوق.\n\n![وجهه](zaqzouq-face.png) و[سيرته](zaqzouq.pdf)\n",
            "content/authors/zaqzouq-face.png": picture(64, 64, (3, 2, 1)),
            "content/authors/zaqzouq.pdf": b"%PDF-1.4",
            "content/tags/وسم-زقزوق.md": "وسم زقزوق.\n\n![رسمه](zaqzouq-map.png)\n",
            "content/tags/zaqzouq-map.png": picture(64, 64, (2, 2, 2)),
            "content/open.md": article(
                "خبر معلن", id="open", slug="open", related="[zaqzouq-1]", body="انظر [هنا](secret.md).\n\nومتن الخبر."
            ),
        }
    )
    report = site.build()
    notice = {"2021/10/18/zaqzouq/index.html"} if "withdrawn" in fate else set()
    short = {"s/zaqzouq-1/index.html"} if "withdrawn" in fate else set()
    pointing = {"2021/10/18/open/index.html", "feed.xml", "atom.xml", "feed.json"} if "withdrawn" in fate else set()
    pointing |= {f"politics/{name}" for name in pointing if name.startswith(("feed", "atom"))}
    marks = [word.encode() for word in ("زقزوق", quote("زقزوق"), json.dumps("زقزوق")[1:-1])]
    files = [path for path in site.paths() if not path.endswith("/")]
    told = {path for path in files if any(mark in (site.root / "output" / path).read_bytes() for mark in marks)}
    assert told == notice
    named = {path for path in files if b"zaqzouq" in (site.root / "output" / path).read_bytes()} - {".mujaz-manifest"}
    assert named == notice | short | pointing
    assert [path for path in files if "zaqzouq" in path or "زقزوق" in path] == sorted(notice | short)
    assert html_pages(site).count("science/index.html") == 1 and "science/feed.xml" not in files
    assert (report.stories, len(report.warnings)) == (1, 2 if "withdrawn" not in fate else 1)
    if notice:
        page = Html(site.read("2021/10/18/zaqzouq/index.html"))
        assert "سُحب الخبر لسبب" in page.words("//main//p")
        assert "متن زقزوق" not in words_of(page.root) and page.all("//main//img") == []


def test_drafts_and_held_stories_come_when_they_are_asked_for(make_site: MakeSite) -> None:
    held = article("خبر الغد", slug="held", date="2031-01-01")
    site = make_site({**FONTS, "content/d.md": article("مسودة", slug="draft", draft="true"), "content/h.md": held})
    assert site.build().stories == 0
    assert site.build(drafts=True).stories == 1
    assert "2021/10/18/draft/index.html" in site.paths()
    assert site.build(drafts=True, future=True).stories == 2
    assert "2031/01/01/held/index.html" in site.paths()
    assert site.build(now=datetime(2031, 1, 1, tzinfo=UTC)).stories == 1


# ---------------------------------------------------------------- news, robots, sitemaps


def test_the_news_sitemap_has_the_last_two_days_before_now(whole: Site) -> None:
    text = whole.read("news-sitemap.xml")  # built at noon of 20 October
    found = re.findall(rf"<loc>{HOME}/([^<]+)</loc>", text)
    assert found == ["2021/10/20/port-open/", "2021/10/19/cup/"]
    assert "<news:language>ar</news:language>" in text


def test_the_sitemaps_list_each_page_that_may_be_found_and_no_other(whole: Site) -> None:
    index = re.findall(rf"<loc>{HOME}/(sitemaps/[^<]+)</loc>", whole.read("sitemap.xml"))
    assert index == ["sitemaps/2020-12.xml", "sitemaps/2021-09.xml", "sitemaps/2021-10.xml", "sitemaps/pages.xml"]
    listed = [unquote(loc) for part in index for loc in re.findall(rf"<loc>{HOME}/([^<]*)</loc>", whole.read(part))]
    assert len(listed) == len(set(listed))
    files = set(whole.paths())
    assert [address for address in listed if address + "index.html" not in files] == []
    articles = {f"2021/10/{page}/" for page in ("18/port", "20/port-open", "19/cup")}
    assert articles | {"2021/09/30/moon/", "2020/12/31/lab/"} <= set(listed)
    assert [address for address in listed if address.startswith(("s/", "old/", "2021/10/17"))] == []


def test_robots_are_told_where_the_sitemap_is(whole: Site) -> None:
    assert f"Sitemap: {HOME}/sitemap.xml" in whole.read("robots.txt").splitlines()


def test_the_corrections_page_has_each_correction_newest_first(read: Callable[[str], Html]) -> None:
    page = read("corrections/index.html")
    notes = page.words("//main//section/p")
    assert notes == [
        "20 أكتوبر/تشرين الأول 2021 صُحح اسم الرصيف",
        "19 أكتوبر/تشرين الأول 2021 كان عدد السفن في النص عشرين",
    ]
    assert page.all("//main//section//h2/a/@href") == ["/news/2021/10/18/port/"]


def test_the_page_about_feeds_shows_every_feed_to_be_copied(whole: Site, read: Callable[[str], Html]) -> None:
    page = read("feeds/index.html")
    shown = page.words("//main//a[@dir='ltr']")
    folders = ("", "editions/", "politics/", "sport/", "science/")
    expected = [f"{folder}{name}" for folder in folders for name in ("feed.xml", "atom.xml", "feed.json")]
    assert shown == [f"{HOME}/{path}" for path in [*expected, "feeds.opml"]]
    assert [address for address in shown if address.removeprefix(HOME + "/") not in whole.paths()] == []
    assert page.all("//main//button/@data-copy") == shown
    assert all(button.get("hidden") is not None for button in page.all("//main//button"))  # until script shows it


# ---------------------------------------------------------------- addresses


def test_every_address_carries_the_base_path_and_is_encoded(whole: Site, read: Callable[[str], Html]) -> None:
    count = 0
    for path in html_pages(whole):
        for value in read(path).all("//@href|//@src|//@srcset"):
            count += 1
            assert re.fullmatch(r"[\x21-\x7e]+( \d+w)?", value), value
            assert value.startswith(("/news/", "#", "https://", "mailto:")), value
    assert count > 1000


@pytest.mark.parametrize("base", ["http://localhost:8000", "https://mirror.example.com/a/b"])
def test_another_base_url_may_be_asked_for(whole: Site, tmp_path: Path, base: str) -> None:
    site = Site(tmp_path).write(FILES)
    site.build(base_url=base)
    assert dead_links(tmp_path / "output", base) == []
    for path in site.paths():
        if path.endswith((".html", ".xml", ".json", ".txt")):
            text = site.read(path)
            assert "https://example.org" not in text and '"/news/' not in text, path
    first = base.removeprefix("http://localhost:8000").removeprefix("https://mirror.example.com")
    assert f'href="{first}/2021/10/18/port/"' in site.read("index.html")
    assert f'<link rel="canonical" href="{base}/2021/10/18/port/">' in site.read(PORT)
    assert "tag:example.org,2021:port" in site.read("feed.xml")  # the site's name in feeds is for ever
    # `whole` was built at another moment, which may only show in the news sitemap.
    assert {path.replace(".css", "") for path in site.paths() if "assets/" not in path} == {
        path.replace(".css", "") for path in whole.paths() if "assets/" not in path
    }


def test_one_picture_in_two_bundles_is_one_file(make_site: MakeSite) -> None:
    one = article("أول", image="{src: p.jpg, alt: صورة}")
    two = article("ثان", image="{src: p.jpg, alt: صورة}")
    raw = picture()
    site = make_site(
        {"content/1/index.md": one, "content/1/p.jpg": raw, "content/2/index.md": two, "content/2/p.jpg": raw}
    )
    site.build()
    (site.root / "content/1/p.jpg").unlink()
    (site.root / "content/1/index.md").unlink()
    assert site.build().stories == 1
    assert any(path.startswith("assets/pictures/p-") for path in site.paths())


def test_the_home_page_shows_no_more_than_it_is_told_and_the_most_read_are_capped(make_site: MakeSite) -> None:
    files = {f"content/{n}.md": article(f"خبر {n}", id=f"n{n}") for n in range(60)}
    settings = CONFIG + "home: {count: 2}\nmost_read: {source: hits.csv}\n"
    site = make_site({**files, "config.yaml": settings, "hits.csv": "".join(f"n{n},1\n" for n in range(60))})
    site.build()
    assert site.read("index.html").count("data-story=") == 2
    assert site.read("most-read/index.html").count("data-story=") == 48


def test_a_page_about_an_author_who_wrote_nothing_is_no_page_to_link_to(make_site: MakeSite) -> None:
    site = make_site({"content/a.md": article(body="[سامي](authors/sami.md)"), "content/authors/sami.md": "سامي"})
    assert "the link becomes plain text" in site.build().warnings[0].text


def test_a_file_whose_name_is_decomposed_is_found(make_site: MakeSite) -> None:
    name = unicodedata.normalize("NFD", "أحمد.pdf")
    site = make_site({"content/a.md": article(body="[ملف](أحمد.pdf)"), f"content/{name}": "x"})
    assert site.build().warnings == ()


@pytest.mark.parametrize(
    ("logo", "shown"),
    [("img/logo.svg", ["/news/img/logo.svg"]), ("https://cdn.example/logo.svg", []), ("null", [])],
)
def test_the_tagline_and_the_publishers_logo_stand_where_the_settings_say(
    make_site: Callable[..., Site], logo: str, shown: list[str]
) -> None:
    """A logo of another host is told to search engines alone: no page asks another host for anything."""
    publisher = f"  publisher: {{name: دار الميناء, logo: {logo}}}\n  tagline: أخبار للتجربة"
    site = make_site(
        {
            "config.yaml": CONFIG.replace("  tagline: أخبار للتجربة", publisher),
            "layouts/static/img/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
            "content/a.md": article(id="a", slug="a"),
        }
    )
    site.build()
    for path in ("index.html", "2021/10/18/a/index.html", "archive/index.html"):
        page = Html(site.read(path))
        masthead = [line.text for line in page.all("//header[contains(@class, 'masthead')]//*[@class='tagline']")]
        assert masthead == (["أخبار للتجربة"] if path == "index.html" else [])
        logos = page.all("//footer//img")
        assert [(one.get("src"), one.get("alt")) for one in logos] == [(url, "دار الميناء") for url in shown]
    if shown:
        assert (site.root / "output/img/logo.svg").is_file()
    quiet = site.write({"config.yaml": CONFIG.replace("  tagline: أخبار للتجربة\n", "")})
    quiet.build()
    assert "tagline" not in site.read("index.html")


def test_a_file_that_became_a_bundle_is_found_by_its_old_name(make_site: MakeSite) -> None:
    """In links and pins, from beside it and from below content/."""
    site = make_site(
        {
            **FONTS,
            "content/2021/a/index.md": article("خبر أول", id="a", slug="a"),
            "content/2021/b.md": article("خبر ثان", slug="b", related="[a.md]", body="[أول](a.md) [ثان](2021/a.md)"),
        }
    )
    site.build()
    assert site.read("2021/10/18/b/index.html").count('href="/news/2021/10/18/a/"') >= 3
