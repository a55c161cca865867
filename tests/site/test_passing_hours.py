"""Time alone stops no build: what a later hour would refuse is told now, and what leaves takes no other story along."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.support.html import Html
from tests.support.recordings import mp4
from tests.support.sites import CONFIG, NOW, Site, article
from tests.support.whole_site import FONTS

MakeSite = Callable[..., Site]
LATER = NOW + timedelta(days=60)
HELD = "2022-01-01 10:00"
FEEDS = "feed: {tags: true, authors: true, archive: true}\n"
FIELDS = {
    "slug": "fair", "id": "fair", "lang": "en", "tags": "[وسم]", "authors": "[كاتب]", "series": "ملف",
    "aliases": "[/old/fair/, /old/fair.html]", "live_until": "2021-10-18 20:00",
}  # fmt: skip
LISTS = [
    *("/tags/", "/tags/وسم/", "/tags/وسم/feed.xml", "/authors/", "/authors/كاتب/", "/series/", "/series/ملف/"),
    *("/2021/10/18/", "/2021/10/18/atom.xml", "/2021/10/18/email.html", "/2021/10/", "/2021/w42/", "/2021/"),
    *("/politics/2021/10/", "/politics/feed.json", "/en/atom.xml", "/fragments/live/fair/"),
]
MOVING = ["/most-read/", "/fragments/most-read/", "/fragments/breaking/", "/cards/fair.png", "/sitemaps/2021-10.xml"]
OWN = ["/s/fair/", "/old/fair/", "/old/fair.html", "/2021/10/18/fair/"]


def linked(addresses: list[str], **fate: str) -> dict[str, str | bytes]:
    """A story that others hide some day, and one of another day, section and year that links to `addresses`."""
    links = "\n".join(f"- [كلمة {n}]({address})" for n, address in enumerate(addresses))
    other = article("آخر", slug="other", id="other", section="sport", date="2020-11-02 10:00", body=f"نص.\n\n{links}")
    config = CONFIG + FEEDS + "editions: {day: true, week: true, email: true}\n"
    first = article("خبر", **{**FIELDS, **fate})
    return {**FONTS, "config.yaml": config, "content/a.md": first, "content/b.md": other}


def words_and_links(site: Site) -> tuple[str, list[str]]:
    page = Html(site.read("2020/11/02/other/index.html"))
    return " ".join(page.words("//article//li[contains(., 'كلمة')]")), [
        one.get("href") for one in page.all("//article//a[contains(., 'كلمة')]")
    ]


def test_a_list_that_leaves_with_its_last_story_stops_no_build(make_site: MakeSite) -> None:
    """Every build after that hour failed, and the story that was to go stayed."""
    site = make_site(linked([*LISTS, *OWN], expires="2021-12-20 10:00"))
    assert site.build().warnings == ()
    assert len(words_and_links(site)[1]) == len(LISTS + OWN)
    report = site.build(now=LATER)
    assert [one.message.id for one in report.warnings] == ["link-to-unpublished"] * len(LISTS + OWN)
    words, links = words_and_links(site)
    assert links == [] and words == " ".join(f"كلمة {n}" for n in range(len(LISTS + OWN)))
    assert "s/fair/index.html" not in site.paths()


@pytest.mark.parametrize("fate", [{"draft": "true"}, {"date": HELD}])
def test_a_link_to_a_list_that_only_a_hidden_story_has_waits_for_it(fate: dict[str, str], make_site: MakeSite) -> None:
    lists = [address.replace("2021/10", "2022/01") for address in ("/tags/وسم/", "/authors/كاتب/", "/s/fair/")]
    site = make_site(linked(lists, live_until="", **fate))
    assert len(site.build().warnings) == 3 and words_and_links(site)[1] == []
    site.build(drafts=True, future=True)
    assert len(words_and_links(site)[1]) == 3


def test_withdrawing_a_story_stops_no_build_for_its_lists(make_site: MakeSite) -> None:
    site = make_site(linked([*LISTS, *OWN], withdrawn="لم يثبت"))
    assert len(site.build().warnings) == len(LISTS)
    assert len(words_and_links(site)[1]) == len(OWN)


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/tags/وسم/", {"tags": "[وسم]"}),
        ("/old/fair/", {"aliases": "[/old/fair/]"}),
        ("/tags/وسم/", {"aliases": "[/tags/وسم/]"}),
        ("/2021/10/18/", {"date": "2021-10-18 08:00"}),
        ("/politics/feed.json", {}),
        ("/en/atom.xml", {"lang": "en"}),
    ],
)
def test_what_another_story_gives_too_stays(address: str, fields: dict[str, str], make_site: MakeSite) -> None:
    third = article("ثالث", **{"slug": "third", "date": "2021-11-20", **fields})
    site = make_site(linked([address], expires="2021-11-21") | {"content/c.md": third})
    assert site.build().warnings == ()
    assert len(words_and_links(site)[1]) == 1


def test_a_link_to_nothing_is_still_refused(make_site: MakeSite) -> None:
    [problem] = make_site(linked(["/tags/غيره/"], expires="2021-10-20")).problems()
    assert "which is no page of the site" in problem


FILM = {"body": "![رحلة](trip.mp4)"}


@pytest.mark.parametrize(
    ("name", "raw", "fields", "told"),
    [
        ("trip.vtt", "1\n", FILM, "content/h/index.md:8:9: the file 'content/h/trip.vtt' is not what its ending says"),
        ("trip.png", "1", FILM, "content/h/index.md:8:9: the picture 'trip.png' is not a picture"),
    ],
)
def test_what_stands_beside_a_film_of_a_held_story_is_judged_before_its_hour(
    name: str, raw: str, fields: dict[str, str], told: str, make_site: MakeSite
) -> None:
    """The whole paper would have stood still from that hour on."""
    held = article("غد", slug="h", date=HELD, **fields)
    first = article("خبر", slug="a")
    written = {
        **FONTS,
        "content/a.md": first,
        "content/h/index.md": held,
        "content/h/trip.mp4": mp4(),
        f"content/h/{name}": raw,
    }
    site = make_site(written)
    [now], [later] = site.problems(), site.problems(now=LATER)
    assert now == later and now.startswith(told)
    site.write({"content/h/index.md": article("غد", slug="h", draft="true", **fields)})
    assert [str(one).replace("warning: ", "").replace(".md:9:", ".md:8:") for one in site.build().warnings] == [now]
    assert not [path for path in site.paths() if "trip" in path]


@pytest.mark.parametrize(("name", "raw"), [("t.json", "{"), ("t.csv", "a;b\n1;2\n"), ("t.yaml", "a: b: c\n")])
def test_data_of_a_held_story_is_read_before_its_hour(name: str, raw: str, make_site: MakeSite) -> None:
    held = article("غد", slug="h", date=HELD, data=f"{{t: {name}}}")
    site = make_site({**FONTS, "content/a.md": article("خبر", slug="a"), "content/h.md": held, f"content/{name}": raw})
    now, later = site.problems(), site.problems(now=LATER)
    assert now == later and now[0].startswith(f"content/{name}:1:")


@pytest.mark.parametrize(
    ("first", "path"),
    [
        ({"slug": "h", "date": "2022-01-01 08:00", "expires": "2022-01-01 22:00"}, "2022/01/01/h/"),
        ({"slug": "a", "aliases": "[/2022/01/01/]"}, "2022/01/01/"),
        ({"slug": "a", "aliases": "[/politics/2022/01/]", "date": "2021-10-18"}, "politics/2022/01/"),
        ({"slug": "a", "aliases": "[/2022/]", "expires": "2022-01-02"}, "2022/"),
        ({"slug": "a", "aliases": "[/fragments/breaking/]"}, "fragments/breaking/"),
    ],
)
def test_two_that_want_one_address_some_day_are_told_before(
    first: dict[str, str], path: str, make_site: MakeSite
) -> None:
    held = article("غد", slug="h", date=HELD, label="breaking", breaking_until="2022-01-01 20:00")
    files = {**FONTS, "content/a.md": article("خبر", **first), "content/h.md": held}
    hour = datetime(2022, 1, 1, 5, 30, tzinfo=UTC)  # the first is published, the other held
    for now in (hour, hour + timedelta(hours=3)):
        [problem] = make_site(files).problems(now=now)
        assert problem.startswith(f"output/{path}index.html: is wanted by two: ")


def test_a_held_story_may_take_what_another_has_left_before(make_site: MakeSite) -> None:
    first = article("خبر", slug="a", aliases="[/old/, /2022/]", expires="2021-12-20")
    held = article("غد", slug="h", date=HELD, aliases="[/old/]")
    site = make_site({**FONTS, "content/a.md": first, "content/h.md": held})
    assert site.build().warnings == ()
    site.build(now=LATER)
    assert "/2022/01/01/h/" in site.read("old/index.html")


@pytest.mark.parametrize("address", ["politics/2021/10", "2021/10", "politics"])
def test_an_old_address_that_is_a_list_is_named(address: str, make_site: MakeSite) -> None:
    """That of a section's month ended in a traceback."""
    [problem] = make_site({**FONTS, "content/a.md": article("خبر", aliases=f"[/{address}/]")}).problems()
    assert problem.startswith(f"output/{address}/index.html: is wanted by two: ")
    assert "take the old address out" in problem


def test_what_moves_with_a_story_leaves_with_it(make_site: MakeSite) -> None:
    """The most read, breaking news, a card for sharing: links to them stopped every build once the story was gone."""
    files = linked(MOVING, expires="2021-12-20 10:00", label="breaking", breaking_until="2021-10-18 16:00")
    config = str(files["config.yaml"]).replace("cards: false", "cards: true") + "most_read: {source: hits.csv}\n"
    site = make_site(files | {"config.yaml": config, "hits.csv": "fair,3\n"})
    assert site.build().warnings == () and len(words_and_links(site)[1]) == len(MOVING)
    assert len(site.build(now=LATER).warnings) == len(MOVING) and words_and_links(site)[1] == []


def test_the_strings_of_a_held_story_are_judged_before_its_hour(make_site: MakeSite) -> None:
    strings = {"layouts/strings/en.yaml": "labels: ["}
    held = article("Tomorrow", slug="h", date=HELD, lang="en")
    site = make_site({**FONTS, **strings, "content/a.md": article("خبر", slug="a"), "content/h.md": held})
    assert site.problems() == site.problems(now=LATER)


def test_an_old_address_of_a_held_story_may_be_no_list_of_its_day(make_site: MakeSite) -> None:
    held = article("غد", slug="h", date=HELD, aliases="[/2022/01/01/]")
    site = make_site({**FONTS, "content/a.md": article("خبر", slug="a"), "content/h.md": held})
    for now in (NOW, LATER):
        [problem] = site.problems(now=now)
        assert problem.startswith("output/2022/01/01/index.html: is wanted by two: ")


def test_a_file_of_the_own_layouts_where_a_list_comes_is_told_before(make_site: MakeSite) -> None:
    files = {"layouts/static/2022/index.html": "x", "content/a.md": article("خبر", slug="a")}
    site = make_site({**FONTS, **files, "content/h.md": article("غد", slug="h", date=HELD)})
    for now in (NOW, LATER):
        [problem] = site.problems(now=now)
        assert problem.startswith("output/2022/index.html: is wanted by two: ")


def test_the_feed_of_editions_leaves_while_all_that_is_left_is_of_today(make_site: MakeSite) -> None:
    """A day is an entry when it is over: the feed left with yesterday's story, and a link to it stopped the build."""
    old = article("أمس", slug="a", date="2021-10-18 10:00", expires="2021-10-19 12:00")
    new = article("اليوم", slug="b", date="2021-10-19 10:00", body="[النشرة](/editions/feed.xml)")
    config = CONFIG + "editions: {day: true}\n"
    site = make_site({**FONTS, "config.yaml": config, "content/a.md": old, "content/b.md": new})
    for hour, count in ((8, 0), (10, 1), (34, 0)):
        report = site.build(now=datetime(2021, 10, 19, tzinfo=UTC) + timedelta(hours=hour))
        assert [one.message.id for one in report.warnings] == ["link-to-unpublished"] * count
        assert ("editions/feed.xml" in site.paths()) is (count == 0)


def test_a_link_to_the_archive_of_today_waits_for_its_end(make_site: MakeSite) -> None:
    """While its story was held the link was plain text, in the hour of the story it stopped the build."""
    story = article("اليوم", slug="b", date="2021-10-19 10:00", body="[الأرشيف](/2021/10/19/atom.xml)")
    site = make_site({**FONTS, "config.yaml": CONFIG + FEEDS, "content/b.md": story})
    for hour, count in ((8, 1), (34, 0)):
        report = site.build(now=datetime(2021, 10, 19, tzinfo=UTC) + timedelta(hours=hour))
        assert [one.message.id for one in report.warnings] == ["link-to-unpublished"] * count


YEARS = ("/tags/وسم/2021/", "/tags/وسم/2020/")


@pytest.mark.parametrize(
    ("fate", "dates", "links"),
    [
        ({"expires": "2021-12-20"}, ("2021-11-20", "2020-11-20"), (YEARS, ())),  # two are left, which one page holds
        ({"expires": "2021-12-20"}, ("2020-11-19", "2020-11-20", "2020-11-21"), (YEARS, YEARS[1:])),
        ({"date": HELD, "live_until": ""}, ("2021-11-20", "2020-11-20"), ((), YEARS)),
    ],
)
def test_the_years_of_a_long_list_come_and_leave_with_a_story(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, fate: dict[str, str], dates: tuple[str, ...],
    links: tuple[tuple[str, ...], tuple[str, ...]],
) -> None:  # fmt: skip
    """A link to a year of a tag stopped every build from the hour on in which one page had room for the list."""
    monkeypatch.setattr("mujaz.site.addresses.NAMED_CAP", 2)
    monkeypatch.setattr("mujaz.pages.lists.NAMED_CAP", 2)
    site = make_site(linked(list(YEARS), **fate))
    for date in dates:
        site.write({f"content/{date}.md": article("خبر", slug=date, date=date, tags="[وسم]")})
    for now, there in zip((NOW, LATER), links, strict=True):
        assert len(site.build(now=now).warnings) == len(YEARS) - len(there)
        assert len(words_and_links(site)[1]) == len(there)
    site.write({"content/b.md": article("آخر", slug="other", body="[كلمة](/tags/وسم/2019/)")})
    assert "which is no page of the site" in site.problems()[0]


def test_an_address_that_tells_two_names_apart_leaves_with_one_of_them(make_site: MakeSite) -> None:
    """«م.م» has its plain address when «م م» is gone, and a link to the one that it had stopped the build."""
    site = make_site(linked(["/tags/م-م/"], tags="[م م]", expires="2021-12-20"))
    site.write({"content/c.md": article("ثالث", slug="third", tags="[م.م]")}).build()
    [apart] = {path for path in site.paths() if path.startswith("tags/م-م-") and path.endswith("/")}
    site.write({"content/b.md": linked([f"/{apart}", "/tags/م-م/"])["content/b.md"]})
    for now, count in ((NOW, 2), (LATER, 1)):
        assert len(site.build(now=now).warnings) == 2 - count
        assert len(words_and_links(site)[1]) == count
    assert apart not in site.paths()


def test_stories_that_expire_pass_the_limit_of_what_a_build_may_take_away(make_site: MakeSite) -> None:
    """Where a fifth of a paper's pages expired in one hour, every build stopped, and the stories stayed."""
    site = make_site(linked([], expires="2021-12-20"))
    site.build(allow_shrink=False)
    site.write({"content/new.md": article(titel="خطأ")})  # nor does a new file with a mistake keep them
    site.build(now=LATER, allow_shrink=False, skip_broken=True)
    assert "2021/10/18/fair/index.html" not in site.paths()
    (site.root / "content/new.md").unlink()
    (site.root / "content/b.md").unlink()
    assert "live pages" in site.problems(now=LATER, allow_shrink=False)[0]


@pytest.mark.parametrize(
    "path", ["en/atom.xml", "sport/feed.xml", "tags/وسم/feed.json", "2022/01/01/email.html", "sitemaps/2022-01.xml"]
)
@pytest.mark.parametrize("own", [False, True])
def test_what_goes_with_the_lists_of_a_held_story_is_judged_before_its_hour(
    path: str, own: bool, make_site: MakeSite
) -> None:
    """An old address, or a file of the own layouts, where its feeds come stopped the build in its hour."""
    held = article("Tomorrow", slug="h", date=HELD, section="sport", lang="en", tags="[وسم]")
    first = article("خبر", slug="a", aliases="" if own else f"[/{path}]")
    files = {"layouts/static/" + path: "x"} if own else {}
    site = make_site({**FONTS, "config.yaml": CONFIG + FEEDS, **files, "content/a.md": first, "content/h.md": held})
    for now in (NOW, LATER):
        [problem] = site.problems(now=now)
        assert problem.startswith(f"output/{path}: is wanted by two: ")


@pytest.mark.parametrize("held", ["section", "lang"])
def test_a_section_is_called_like_no_language_of_a_story(held: str, make_site: MakeSite) -> None:
    """Their feeds have one address: the first story of the other stopped the build in its hour."""
    config = CONFIG.replace("  sport:", "  en: {name: بالإنجليزية}\n  sport:")
    dates = {"section": "2021-10-18", "lang": "2021-10-18", held: HELD}
    site = make_site({**FONTS, "config.yaml": config, "content/c.md": article("ثالث", slug="c")})
    site.write({"content/a.md": article("خبر", slug="a", date=dates["section"], section="en")}).build()
    site.write({"content/b.md": article("News", slug="b", date=dates["lang"], lang="en")})
    [problem] = site.problems()
    assert problem.startswith("config.yaml: section key 'en' is taken by the site itself")
    assert problem in site.problems(now=LATER)


def test_the_moment_at_which_the_notice_of_a_withdrawn_story_leaves_is_told(make_site: MakeSite) -> None:
    """A build on a schedule, which asks for the next moment, kept it for ever."""
    gone = article("خبر", slug="a", withdrawn="لم يثبت", expires="2021-12-20 10:00")
    site = make_site({**FONTS, "content/a.md": gone, "content/b.md": article("آخر", slug="b")})
    report = site.build()
    assert report.next_build == datetime(2021, 12, 20, 7, tzinfo=UTC)
    assert "2021/10/18/a/index.html" in site.paths()
    assert site.build(now=report.next_build).next_build is None
    assert "2021/10/18/a/index.html" not in site.paths()
