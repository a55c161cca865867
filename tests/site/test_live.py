"""A live story: its entries on the page, in feeds and for search engines, what renews an open page, and its end."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tests.support.html import Html
from tests.support.sites import CONFIG, Site, article
from tests.support.whole_site import FONTS, picture

MakeSite = Callable[..., Site]
BEFORE, AFTER = (
    datetime(2021, 10, 18, 13, tzinfo=UTC),
    datetime(2021, 10, 18, 17, tzinfo=UTC),
)  # the end: 20:00 in Qatar
END = {"live_until": "2021-10-18 20:00"}
PAGE, FRAGMENT = "2021/10/18/quay/index.html", "fragments/live/quay/index.html"
MOST_FILES = 10  # that one new entry may change
BODY = """\
مال الرصيف الغربي صباح الاثنين.

- الرصيف [مغلق](#14-05) حتى إشعار آخر.
- لا إصابات.

## 14:05 إغلاق الرصيف

قالت الهيئة إنه "مغلق".

![رافعة](crane.png "الرافعة | عدسة الصحيفة")

## 15:30 السفن تنتظر

> ننتظر منذ الصباح.
> — قبطان
"""
ENTRY = "\n## 15:45 وصول المهندسين\n\nوصل فريق الفحص إلى الميناء.\n"


def story(body: str = BODY, **fields: str) -> dict[str, str]:
    return {"content/quay.md": article("الرصيف الغربي يميل", id="quay", slug="quay", body=body, **{**END, **fields})}


def paper(make_site: MakeSite, config: str = CONFIG, **fields: str) -> Site:
    site = make_site(FONTS).write({"config.yaml": config, "content/crane.png": picture()}).write(dict(story(**fields)))
    others = {f"content/{n}.md": article(f"خبر {n}", id=f"n{n}", slug=f"n{n}", date="2021-10-17") for n in range(3)}
    return site.write(dict(others))


def order(site: Site, path: str = PAGE) -> list[str]:
    return [entry.get("id") for entry in Html(site.read(path)).all("//article[@class='entry']")]


def test_its_entries_stand_below_the_key_points_each_with_its_address(make_site: MakeSite) -> None:
    site = paper(make_site)
    report = site.build(now=BEFORE)
    assert report.warnings == ()
    page = Html(site.read(PAGE))
    assert order(site) == ["h-15-30", "h-14-05"]
    assert page.words("//div[@class='points']/h2") == ["أبرز النقاط"]
    assert page.one("//div[@class='points']//a").get("href") == "#h-14-05"
    first, second = page.all("//article[@class='entry']")
    assert [link.get("href") for link in page.all("//*[@class='at']")] == ["#h-15-30", "#h-14-05"]
    assert page.words("//article[@class='entry']/h2") == ["15:30 السفن تنتظر", "14:05 إغلاق الرصيف"]
    assert first.xpath(".//figure[@class='quote']") and second.xpath(".//figure//img[@loading='lazy']")
    assert page.one("//p[@class='live-state']//time").get("datetime") == "2021-10-18T15:30:00+03:00"
    assert page.words("//p[@class='live-state']/*")[0] == "تغطية مباشرة"
    assert page.words("//p[@class='kicker']") == ["مباشر"]
    assert "data-passing" not in site.read(PAGE), "its label has an end of its own"


@pytest.mark.parametrize(("wanted", "ids"), [("oldest", ["h-14-05", "h-15-30"]), ("newest", ["h-15-30", "h-14-05"])])
def test_the_newest_or_the_oldest_stand_first(make_site: MakeSite, wanted: str, ids: list[str]) -> None:
    site = paper(make_site, live_order=wanted)
    site.build(now=BEFORE)
    assert order(site) == ids == order(site, FRAGMENT)


def test_search_engines_are_told_of_each_entry_and_of_the_times_of_the_coverage(make_site: MakeSite) -> None:
    site = paper(make_site)
    site.build(now=BEFORE)
    data = json.loads(Html(site.read(PAGE)).one("//script[@type='application/ld+json']").text)["@graph"][0]
    address = "https://example.org/news/2021/10/18/quay/"
    assert data["@type"] == "LiveBlogPosting"
    assert data["coverageStartTime"] == "2021-10-18T14:00:00+03:00"
    assert data["coverageEndTime"] == "2021-10-18T20:00:00+03:00"
    assert data["dateModified"] == "2021-10-18T15:30:00+03:00"
    assert data["liveBlogUpdate"] == [
        {
            "@type": "BlogPosting",
            "url": f"{address}#h-15-30",
            "headline": "السفن تنتظر",
            "datePublished": "2021-10-18T15:30:00+03:00",
            "articleBody": "«ننتظر منذ الصباح.» — قبطان",
        },
        {
            "@type": "BlogPosting",
            "url": f"{address}#h-14-05",
            "headline": "إغلاق الرصيف",
            "datePublished": "2021-10-18T14:05:00+03:00",
            "articleBody": "قالت الهيئة إنه «مغلق».",
        },
    ]


def test_each_entry_that_search_engines_are_told_of_has_a_headline_and_a_text(make_site: MakeSite) -> None:
    long = "وصل فريق الفحص إلى الميناء صباح اليوم، " * 6
    body = f"مقدمة.\n\n## 14:05 عنوان وحده\n\n## 14:10\n\n{long}\n\n## 14:20\n\n![رافعة](crane.png)\n"
    site = paper(make_site, body=body)
    site.build(now=BEFORE)
    data = json.loads(Html(site.read(PAGE)).one("//script[@type='application/ld+json']").text)["@graph"][0]
    second, first = data["liveBlogUpdate"]
    assert first["headline"] == first["articleBody"] == "عنوان وحده"
    assert len(second["headline"]) <= 110 and second["articleBody"].startswith(second["headline"].rstrip("… "))
    assert order(site) == ["h-14-20", "h-14-10", "h-14-05"]
    assert {"headline", "description", "datePublished", "dateModified", "author", "publisher"} <= data.keys()


ENGLISH = """\
The western quay leans.

- The quay is [closed](#14-05).

## 14:05 Quay closed

The harbour said so.

## 2021-10-19 00:10 Engineers arrive

They look at the quay.
"""


@pytest.mark.parametrize(
    ("lang", "clock", "day", "words"),
    [
        ("en", ["00:10", "14:05"], "October 19, 2021", ("Live", "Key points", "2 updates", "Updated")),
        ("fa", ["۰۰:۱۰", "۱۴:۰۵"], "۱۹ اکتبر ۲۰۲۱", ("زنده", "نکته‌های اصلی", "۲ به‌روزرسانی", "به‌روزرسانی در")),
    ],
)
def test_a_story_in_another_language_is_told_in_its_own_on_page_fragment_and_feeds(
    make_site: MakeSite, lang: str, clock: list[str], day: str, words: tuple[str, ...]
) -> None:
    config = CONFIG + "dates: {digits: arabic}\n"
    site = paper(make_site, config, lang=lang, body=ENGLISH, live_until="2021-10-19 20:00")
    assert site.build(now=AFTER).warnings == ()
    for path in (PAGE, FRAGMENT):
        page = Html(site.read(path))
        root = page.one("/html")
        assert (root.get("lang"), root.get("dir")) == (lang, "ltr" if lang == "en" else "rtl"), path
        assert [link.split()[0] for link in page.words("//*[@class='at']")] == clock, path
        assert page.words("//*[@class='at']//*[@class='day']") == [day], path
        told = " ".join(page.words("//p[@class='live-state']") + page.words("//div[@class='points']/h2"))
        assert all(word in told for word in words), (path, told)
        assert "أكتوبر" not in told and "٢٠٢١" not in told, path
    item = next(one for one in json.loads(site.read("feed.json"))["items"] if one["url"].endswith("/quay/"))
    assert words[1] in item["content_html"] and day in item["content_html"]
    assert "أبرز النقاط" not in item["content_html"]
    assert ">مباشر<" in site.read("index.html")


def test_a_story_whose_language_has_no_words_here_is_told_in_the_sites(make_site: MakeSite) -> None:
    site = paper(make_site, lang="fr", body=ENGLISH, live_until="2021-10-19 20:00")
    site.build(now=AFTER)
    fragment = Html(site.read(FRAGMENT))
    assert fragment.one("/html").get("lang") == "ar" and fragment.words("//div[@class='points']/h2") == ["أبرز النقاط"]
    assert (fragment.one("//main").get("lang"), fragment.one("//main").get("dir")) == ("fr", "ltr")


def test_feeds_and_sitemaps_say_that_it_was_updated(make_site: MakeSite) -> None:
    site = paper(make_site)
    site.build(now=BEFORE)
    entry = next(part for part in site.read("atom.xml").split("<entry>") if "/quay/" in part)
    assert re.search(r"<updated>2021-10-18T15:30:00[.\d]*\+03:00", entry)
    assert "<published>2021-10-18T14:00:00+03:00" in entry
    item = next(one for one in json.loads(site.read("feed.json"))["items"] if one["url"].endswith("/quay/"))
    assert item["date_modified"] == "2021-10-18T15:30:00+03:00"
    assert item["content_html"].index("السفن تنتظر") < item["content_html"].index("إغلاق الرصيف")
    assert 'href="https://example.org/news/2021/10/18/quay/#h-14-05"' in item["content_html"]
    assert "15:30:00+03:00</lastmod>" in site.read("sitemaps/2021-10.xml")


def test_the_end_of_the_coverage_is_a_time_that_the_build_tells_and_then_it_is_silent(make_site: MakeSite) -> None:
    site = paper(make_site)
    report = site.build(now=BEFORE)
    assert report.next_build == AFTER
    for path in (PAGE, "index.html"):
        assert ">مباشر<" in site.read(path), path
    assert 'data-live="/news/fragments/live/quay/"' in site.read(PAGE) and "/live." in site.read(PAGE)
    assert "data-ended" not in site.read(FRAGMENT)
    report = site.build(now=AFTER)
    assert report.next_build is None or report.next_build > AFTER
    for path in (PAGE, "index.html", "politics/index.html", "2021/10/18/index.html"):
        assert ">مباشر<" not in site.read(path), path
    page = site.read(PAGE)
    assert "data-live=" not in page and '.js" defer' not in page.replace("fragment.", ""), "it asks for nothing more"
    assert "انتهت التغطية المباشرة في 18 أكتوبر/تشرين الأول 2021، الساعة 20:00" in page
    assert " data-ended>" in site.read(FRAGMENT), "who has it open learns that it is over"
    assert order(site) == ["h-15-30", "h-14-05"]


@pytest.mark.parametrize("search", [False, True])
def test_one_new_entry_changes_few_files(make_site: MakeSite, search: bool) -> None:
    """With everything that is on where nothing is said; the index of the search is apart, as it is for a new story."""
    config = CONFIG.replace("search: false\n", "search: true\n" if search else "search: false\n")
    site = paper(make_site, config)
    site.build(now=BEFORE)
    before = site.digest()
    site.write(dict(story(BODY + ENTRY)))
    report = site.build(now=BEFORE)
    after = site.digest()
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    changed = {path for path in changed if not path.startswith(".")}
    assert changed == {*report.written, *report.deleted}
    lists = {f"{folder}{name}" for folder in ("", "politics/") for name in ("feed.xml", "atom.xml", "feed.json")}
    wanted = {PAGE, FRAGMENT, "sitemap.xml", "sitemaps/2021-10.xml", *lists}
    assert {path for path in changed if not path.startswith("search/")} == wanted
    assert len(wanted) <= MOST_FILES
    assert order(site)[0] == "h-15-45" == order(site, FRAGMENT)[0]


def test_what_an_open_page_asks_for_stays_small(make_site: MakeSite) -> None:
    many = "".join(f"\n## {n // 60 + 14}:{n % 60:02} تحديث {n}\n\nنص التحديث {n}.\n" for n in range(80))
    site = paper(make_site, body=BODY.partition("## ")[0] + many)
    site.build(now=BEFORE)
    assert len(order(site)) == 80
    assert order(site, FRAGMENT) == order(site)[:10]
    assert len(site.read(FRAGMENT)) < len(site.read(PAGE)) / 5
    assert "80 تحديثا" in site.read(FRAGMENT)


def test_a_live_story_without_an_entry_is_whole(make_site: MakeSite) -> None:
    site = paper(make_site, body="تبدأ التغطية بعد قليل.")
    site.build(now=BEFORE)
    page = Html(site.read(PAGE))
    assert page.words("//p[@class='live-state']/*")[-1] == "لا تحديثات بعد"
    assert page.one("//p[@class='live-state']//time").get("datetime") == "2021-10-18T14:00:00+03:00"
    assert order(site) == [] == order(site, FRAGMENT)


def test_what_is_not_published_has_no_fragment(make_site: MakeSite) -> None:
    site = paper(make_site, draft="true")
    site.build(now=BEFORE)
    assert FRAGMENT not in site.paths()
    site.write(dict(story(withdrawn="لم يثبت")))
    site.build(now=BEFORE)
    assert FRAGMENT not in site.paths()


@pytest.mark.parametrize(
    ("label", "live", "ended"), [("", "مباشر", None), ("live", "مباشر", None), ("analysis", "تحليل", "تحليل")]
)
def test_its_label_falls_silent_where_it_says_live(
    make_site: MakeSite, label: str, live: str, ended: str | None
) -> None:
    site = paper(make_site, label=label)
    for moment, said in ((BEFORE, live), (AFTER, ended)):
        site.build(now=moment)
        assert Html(site.read(PAGE)).words("//p[@class='kicker']") == ([said] if said else [])


def test_past_midnight_an_entry_says_its_day(make_site: MakeSite) -> None:
    site = paper(make_site, body=BODY + "\n## 00:10 عودة السفن\n\nعادت.\n", live_until="2021-10-19 08:00")
    warnings = [str(warning) for warning in site.build(now=AFTER).warnings]
    assert warnings == [
        "content/quay.md:26:4: warning: the entry of '00:10' is older than its story\n"
        "  help: an entry of the next day begins with its date: '## 2021-10-19 00:10'"
    ]
    site.write(dict(story(BODY + "\n## 2021-10-19 00:10 عودة السفن\n\nعادت.\n", live_until="2021-10-19 08:00")))
    assert site.build(now=AFTER).warnings == ()
    assert order(site)[0] == "h-10-19-00-10"
    page = Html(site.read(PAGE))
    assert page.words("//article[@id='h-10-19-00-10']//*[@class='day']") == ["19 أكتوبر/تشرين الأول 2021"]


def test_what_is_wrong_with_its_keys_is_told(make_site: MakeSite) -> None:
    site = paper(make_site, live_until="", live_order="oldest")
    assert any("'live_order' is the order of a live story" in problem for problem in site.problems())
    site.write(dict(story(live_until="2021-10-17 10:00")))
    assert any("is before 'date'" in problem for problem in site.problems())
    site.write(dict(story(live_order="up")))
    assert any("not one of newest, oldest" in problem for problem in site.problems())


def test_an_entry_of_a_day_that_no_article_can_have_is_told_at_its_place(make_site: MakeSite) -> None:
    """It ended in a traceback that named no file."""
    days = ("1899-12-31", "0001-01-01", "٣٠٠٠-٠١-٠١")
    site = paper(make_site, body="".join(f"## {day} 14:05 خبر\n\nنص.\n\n" for day in days))
    told = site.problems()
    assert [problem.split(": ")[0].rpartition(":")[0] for problem in told] == [
        f"content/quay.md:{line}" for line in (10, 14, 18)
    ]
    for problem, why in zip(told, ("1899 is before 1900", "1 is before 1900", "3000 is after 2999"), strict=True):
        assert f"the year {why}" in problem
    site.write(dict(story("## 1900-01-01 14:05 خبر\n\nنص.\n\n## 2999-12-31 23:59 خبر\n\nنص.\n")))
    assert site.build(now=BEFORE).stories


def test_another_article_links_to_an_entry(make_site: MakeSite) -> None:
    site = paper(make_site)
    site.write({"content/0.md": article("خبر", id="n0", slug="n0", body="[الإغلاق](quay.md#14-05)")})
    site.build(now=BEFORE)
    assert 'href="/news/2021/10/18/quay/#h-14-05"' in site.read("2021/10/18/n0/index.html")
