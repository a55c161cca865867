"""One story in several languages: links and `hreflang` both ways, feeds by language, a page that speaks its own."""

from __future__ import annotations

import json
import xml.etree.ElementTree as etree
from collections.abc import Callable
from datetime import UTC, datetime

import lxml.html
import pytest

from mujaz.arabic.isolates import isolate, numbers
from mujaz.messages.errors import SiteError
from tests.support.html import Html, words_of
from tests.support.sites import CONFIG, Site, article
from tests.support.whole_site import FONTS

MakeSite = Callable[..., Site]
HOME = "https://example.org/news"
ARABIC, ENGLISH, PERSIAN = (f"2021/10/18/{name}/index.html" for name in ("port", "port-en", "port-fa"))
NAMES = CONFIG.replace("{name: سياسة}", "{name: سياسة, names: {en: Politics}}")


def pair(**english: str) -> dict[str, str | bytes]:
    """The same story in Arabic and in English, and one before it."""
    fields = {"slug": "port-en", "id": "port-en", "lang": "en", "translation_of": "port", **english}
    return {
        **FONTS,
        "config.yaml": NAMES,
        "content/port.md": article("إغلاق الميناء", slug="port", id="port", label="breaking"),
        "content/port-en.md": article("Harbour closed", body="The harbour is closed.", **fields),
        "content/cup.md": article("كأس المدن", slug="cup", id="cup", date="2021-10-17 10:00"),
    }


def alternates(site: Site, path: str) -> dict[str, str]:
    found = Html(site.read(path)).all("//link[@rel='alternate'][@hreflang]")
    return {one.get("hreflang"): one.get("href") for one in found}


def links(site: Site, path: str) -> list[tuple[str, str, str]]:
    """(language, direction, words) of each link to a translation."""
    return [
        (one.get("lang"), one.get("dir"), words_of(one))
        for one in Html(site.read(path)).all("//p[@class='translations']/a")
    ]


def in_sitemap(site: Site) -> dict[str, dict[str, str]]:
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    found: dict[str, dict[str, str]] = {}
    for one in etree.fromstring(site.read("sitemaps/2021-10.xml")).findall("s:url", names):
        others = one.findall("x:link", names)
        found[one.findtext("s:loc", "", names)] = {link.attrib["hreflang"]: link.attrib["href"] for link in others}
    return found


def test_each_of_two_languages_leads_to_the_other_in_its_words(make_site: MakeSite) -> None:
    site = make_site(pair())
    assert site.build().warnings == ()
    port, english = f"{HOME}/2021/10/18/port/", f"{HOME}/2021/10/18/port-en/"
    wanted = {"ar": port, "en": english, "x-default": port}
    assert alternates(site, ARABIC) == alternates(site, ENGLISH) == wanted
    assert alternates(site, "2021/10/17/cup/index.html") == {}
    assert links(site, ARABIC) == [("en", "ltr", "Read this story in English")]
    assert links(site, ENGLISH) == [("ar", "rtl", "اقرأ هذا الخبر بالعربية")]
    told = in_sitemap(site)
    assert told[port] == told[english] == wanted and told[f"{HOME}/2021/10/17/cup/"] == {}


def test_a_third_language_joins_by_the_original_or_by_a_translation(make_site: MakeSite) -> None:
    fields = {"slug": "port-fa", "id": "port-fa", "lang": "fa"}
    for original in ("port", "port-en"):
        persian = article("بندر بسته شد", body="بندر بسته است.", translation_of=original, **fields)
        site = make_site({**pair(), "content/port-fa.md": persian})
        assert site.build().warnings == ()
        assert set(alternates(site, PERSIAN)) == {"ar", "en", "fa", "x-default"}
        assert alternates(site, ARABIC) == alternates(site, ENGLISH) == alternates(site, PERSIAN)
        assert [lang for lang, _, _ in links(site, PERSIAN)] == ["ar", "en"]


def test_a_language_whose_words_are_not_there_is_called_by_the_site(make_site: MakeSite) -> None:
    site = make_site({**pair(lang="fr")})
    site.build()
    assert links(site, ARABIC) == [("ar", "rtl", "اقرأ هذا الخبر بالفرنسية")]
    assert Html(site.read(ARABIC)).one("//p[@class='translations']/a").get("hreflang") == "fr"
    page = Html(site.read(ENGLISH)).one("/html")
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")


def test_the_page_of_an_article_speaks_the_articles_language(make_site: MakeSite) -> None:
    site = make_site(pair())
    site.build()
    page = Html(site.read(ENGLISH))
    root = page.one("/html")
    assert (root.get("lang"), root.get("dir")) == ("en", "ltr")
    assert "Published October 18, 2021" in words_of(page.one("//div[@class='byline']"))
    assert page.words("//nav[@class='crumbs']//a") == ["Home", "Politics"]
    assert page.words("//nav[@class='sections']//a") == ["Politics", "رياضة", "علوم"]
    assert page.one("//nav[@class='sections']/ul").get("lang") == "ar"  # one of them is not called in English
    older = page.one("//*[@data-story='cup']//h3")
    assert (older.get("lang"), older.get("dir")) == ("ar", "rtl")
    assert page.one("//article//h1").get("lang") is None
    assert json.loads(page.one("//script[@type='application/ld+json']").text)["@graph"][0]["inLanguage"] == "en"
    assert Html(site.read(ARABIC)).one("/html").get("lang") == "ar"
    assert (
        Html(site.read("politics/index.html")).one("//*[@data-story='port-en']//*[self::h2 or self::h3]").get("lang")
        == "en"
    )


def test_the_times_of_an_article_are_told_in_its_language(make_site: MakeSite) -> None:
    site = make_site(pair(updated="2021-10-19 09:00", live_until="2021-10-19 12:00"))
    site.build()
    page = Html(site.read(ENGLISH))
    told = " ".join(page.words("//time") + page.words("//*[contains(@class, 'live')]"))
    assert "October 19, 2021" in told and "أكتوبر" not in told


def test_a_label_of_the_papers_own_is_shown_in_every_language(make_site: MakeSite) -> None:
    own = {"layouts/strings/ar.yaml": "labels: {inquiry: تحقيق}\n"}
    site = make_site({**pair(label="inquiry"), **own})
    site.build()
    assert Html(site.read(ENGLISH)).words("//p[@class='kicker']/b")[0] == "تحقيق"


def test_a_withdrawn_article_says_so_in_its_language(make_site: MakeSite) -> None:
    site = make_site(pair(withdrawn="It was not true."))
    site.build()
    page = Html(site.read(ENGLISH))
    assert page.one("/html").get("lang") == "en" and page.words("//p[@class='kicker']") == ["Withdrawn story"]
    assert alternates(site, ARABIC) == {} and links(site, ARABIC) == []


@pytest.mark.parametrize(
    "state", [{"draft": "true"}, {"date": "2030-01-01"}, {"expires": "2021-11-01"}, {"withdrawn": "خطأ"}], ids=str
)
def test_who_is_not_published_is_not_linked(make_site: MakeSite, state: dict[str, str]) -> None:
    site = make_site(pair(**state))
    assert site.build().warnings == ()
    assert alternates(site, ARABIC) == {} and links(site, ARABIC) == []
    assert set(in_sitemap(site)[f"{HOME}/2021/10/18/port/"]) == set()


def test_a_held_translation_appears_with_its_hour(make_site: MakeSite) -> None:
    site = make_site(pair(date="2021-10-20 10:00"))
    site.build(now=datetime(2021, 10, 20, 6, 59, tzinfo=UTC))
    assert links(site, ARABIC) == []
    report = site.build(now=datetime(2021, 10, 20, 7, 0, tzinfo=UTC))
    assert links(site, ARABIC) != [] and ARABIC in report.written


def test_a_new_title_moves_the_other_page_only_where_it_stands_there(make_site: MakeSite) -> None:
    between = {"content/tide.md": article("مد عال", slug="tide", date="2021-10-18 14:30", section="sport")}
    files = pair(date="2021-10-18 15:00") | between
    files["config.yaml"] = NAMES + "related: {count: 0}\n"
    site = make_site(files)
    site.build()
    site.write({"content/port-en.md": str(files["content/port-en.md"]).replace("closed\n", "closed again\n", 1)})
    assert ARABIC not in site.build().written
    site.write({"content/port-en.md": str(files["content/port-en.md"]).replace("slug: port-en", "slug: port-shut")})
    assert ARABIC in site.build().written
    assert alternates(site, ARABIC)["en"] == f"{HOME}/2021/10/18/port-shut/"


def test_more_of_the_section_is_not_the_story_itself(make_site: MakeSite) -> None:
    site = make_site(pair(date="2021-10-18 15:00"))
    site.build()
    assert [one.get("data-story") for one in Html(site.read(ENGLISH)).all("//*[@data-block='more']//article")] == [
        "cup"
    ]


def test_a_language_has_its_feeds(make_site: MakeSite) -> None:
    site = make_site(pair())
    site.build()
    feed = etree.fromstring(site.read("en/feed.xml"))
    assert [one.text for one in feed.findall("channel/item/title")] == ["Harbour closed"]
    assert feed.findtext("channel/language") == "en" and feed.findtext("channel/title") == "صحيفة التجربة: English"
    document = json.loads(site.read("en/feed.json"))
    assert document["language"] == "en" and [one["title"] for one in document["items"]] == ["Harbour closed"]
    assert "en/atom.xml" in site.paths() and not any(path.startswith("ar/") for path in site.paths())
    head = Html(site.read(ENGLISH)).all("//link[@type='application/rss+xml']")
    assert head[0].get("href") == "/news/en/feed.xml"
    assert "English" in Html(site.read("feeds/index.html")).words("//h3")
    assert "/news/en/feed.xml" in site.read("feeds.opml")
    site.write({"content/port-en.md": article("بلا لغة", slug="port-en", id="port-en")})
    assert set(site.build().deleted) >= {"en/feed.xml", "en/atom.xml", "en/feed.json"}


# ---------------------------------------------------------------- what is wrong


def told(site: Site) -> list[str]:
    return [one.partition("\n")[0] for one in site.problems()]


def test_what_cannot_be_a_translation_is_told_with_its_line(make_site: MakeSite) -> None:
    where = "content/port-en.md:8:17: "
    assert told(make_site(pair(translation_of="prot"))) == [f"{where}'prot' in 'translation_of' is no article"]
    assert told(make_site(pair(translation_of="port-en"))) == [f"{where}'translation_of' names the article itself"]
    same = "the article and its original, which 'translation_of' names, are both in 'ar'"
    assert told(make_site(pair(lang="ar"))) == [f"{where}{same}"]
    other = article("Port closed", slug="b", id="b", lang="en", translation_of="port")
    twice = "content/port-en.md:8:17: another translation of the same story is in 'en': content/b.md"
    assert told(make_site({**pair(), "content/b.md": other})) == [twice]


def test_a_circle_is_told_in_each_of_its_files(make_site: MakeSite) -> None:
    files = pair()
    files["content/port.md"] = article("إغلاق", slug="port", id="port", translation_of="port-en")
    site = make_site(files)
    assert told(site) == [
        "content/port-en.md:8:17: 'translation_of' leads back to the article itself",
        "content/port.md:7:17: 'translation_of' leads back to the article itself",
    ]
    with pytest.raises(SiteError):
        site.build()


def test_a_drafts_mistake_is_a_warning_and_a_file_nobody_can_read_is_no_second_one(make_site: MakeSite) -> None:
    report = make_site(pair(translation_of="prot", draft="true")).build()
    assert [warning.message.id for warning in report.warnings] == ["no-such-article"]
    site = make_site(pair(translation_of="b") | {"content/b.md": "---\ntitle: ب\nid: b\n---\n"})
    assert all("translation_of" not in line for line in told(site))


def test_a_title_is_read_in_its_own_direction_wherever_it_stands(make_site: MakeSite) -> None:
    """Isolates for the page's direction turn round what lies between two names: «شركة Samsung تقاضي شركة Apple»."""
    titles = {"suit": ("شركة Apple تقاضي شركة Samsung 3-1", "rtl"), "talks": ("Talks of حماس and فتح resume", "ltr")}
    notes = "[{date: 2021-10-19, text: ت}]"
    fields = {"series": "الجولة", "label": "breaking", "breaking_until": "2022-01-01", "corrections": notes}
    site = make_site(
        {
            **FONTS,
            "config.yaml": NAMES + "most_read: {source: hits.csv, count: 2}\n",
            "hits.csv": "suit,2\ntalks,1\n",
            "content/suit.md": article(titles["suit"][0], summary=titles["suit"][0], slug="suit", id="suit", **fields),
            "content/talks.md": article(
                titles["talks"][0], summary=titles["talks"][0], slug="talks", id="talks", lang="en", **fields
            ),
        }
    )
    site.build()
    plain = {numbers(title): (isolate(title, rtl=way == "rtl"), way) for title, way in titles.values()}
    assert sum(isolates.count("<bdi") for isolates, _ in plain.values()) == 4
    seen: dict[str, int] = {}
    for path in (path for path in site.paths() if path.endswith(".html")):
        page = Html(site.read(path))
        for one in page.all(
            "//body//*[self::h1 or self::h2 or self::h3 or self::a or self::b or self::p or self::div]"
        ):
            if numbers(words_of(one)) not in plain or one.xpath("self::*[a or h1 or p]"):
                continue
            isolates, way = plain[numbers(words_of(one))]
            inner = (one.text or "") + "".join(lxml.html.tostring(part, encoding="unicode") for part in one)
            assert (inner, one.xpath("ancestor-or-self::*[@dir][1]/@dir")[0]) == (isolates, way), path
            seen[path] = seen.get(path, 0) + 1
    assert {"index.html", ARABIC.replace("port", "suit"), "corrections/index.html", "2021/10/18/email.html"} <= {*seen}
    assert seen[ARABIC.replace("port", "talks")] >= 4  # its own, and the other's in a card, the pager and the series
