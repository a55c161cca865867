"""The front page is edited: what leads, until when; breaking news in a bar; how many stories a section shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tests.support.sites import CONFIG, NOW, Site, article
from tests.support.whole_site import FONTS

MakeSite = Callable[..., Site]
EARLY, LATE = datetime(2021, 10, 20, 9, tzinfo=UTC), datetime(2021, 10, 20, 21, tzinfo=UTC)


def order(site: Site, path: str = "index.html") -> list[str]:
    return re.findall(r'data-story="(\w+)"', site.read(path))


def story(id: str, date: str, **fields: str) -> dict[str, str]:
    return {f"content/{id}.md": article(f"خبر {id}", id=id, slug=id, date=date, **fields)}


def paper(make_site: MakeSite, *stories: dict[str, str], config: str = CONFIG) -> Site:
    site = make_site(FONTS).write({"config.yaml": config})
    for one in stories:
        site.write(dict(one))
    return site


def test_what_leads_stands_first_until_its_time(make_site: MakeSite) -> None:
    """A weather brief of the new day does not lead over the fire of yesterday evening."""
    site = paper(
        make_site,
        story("fire", "2021-10-19 19:00", lead="2021-10-20 18:00", weight="2", section="politics"),
        story("flood", "2021-10-19 12:00", lead="2021-10-20", section="sport"),  # a day without a time: the whole of it
        story("weather", "2021-10-20 00:05"),
        story("match", "2021-10-20 01:00", section="sport"),
    )
    report = site.build(now=EARLY)
    assert order(site)[:4] == ["fire", "flood", "match", "weather"]
    assert len(set(order(site))) == len(order(site)), "none stands twice"
    assert order(site, "politics/index.html")[0] == "fire"
    assert order(site, "sport/index.html") == ["flood", "match"]
    assert report.next_build == datetime(2021, 10, 20, 15, tzinfo=UTC)  # 18:00 in Qatar
    site.build(now=datetime(2021, 10, 20, 15, tzinfo=UTC))
    assert order(site)[:4] == ["flood", "match", "weather", "fire"]
    site.build(now=LATE)  # midnight in Qatar
    assert order(site)[:4] == ["match", "weather", "fire", "flood"]
    assert order(site, "sport/index.html") == ["match", "flood"]


def test_an_old_story_can_lead(make_site: MakeSite) -> None:
    many = [story(f"n{n}", f"2021-10-20 0{n % 9}:00") for n in range(30)]
    site = paper(make_site, story("old", "2021-09-01", lead="2021-10-21"), *many)
    site.build(now=EARLY)
    assert order(site)[0] == "old" and order(site).count("old") == 1


def test_breaking_news_stand_in_a_bar_until_their_time(make_site: MakeSite) -> None:
    site = paper(
        make_site,  # no related stories, which show the labels of others
        story("quake", "2021-10-20 10:00", label="breaking", breaking_until="2021-10-20 18:00", tags="[زلزال]"),
        story("calm", "2021-10-20 08:00", section="sport", unrelated="[quake]"),
    )
    report = site.build(now=EARLY)
    bar = '<aside class="urgent" aria-label="عاجل">'
    for path in ("index.html", "politics/index.html", "sport/index.html", "fragments/breaking/index.html"):
        page = site.read(path)
        assert page.count(bar) == 1 and ">خبر <bdi>quake</bdi></a>" in page.split(bar)[1].split("</aside>")[0], path
        assert "data-breaking" not in page
    for path in ("2021/10/20/calm/index.html", "tags/زلزال/index.html", "archive/index.html", "404.html"):
        page = site.read(path)
        assert bar not in page and 'data-breaking="/news/fragments/breaking/"' in page, path
        assert "urgent." not in page, path  # the style of the bar comes with it
    assert '<b class="breaking">عاجل</b>' in site.read("2021/10/20/quake/index.html")
    assert report.next_build == datetime(2021, 10, 20, 15, tzinfo=UTC)
    calm = site.read("2021/10/20/calm/index.html")

    site.build(now=datetime(2021, 10, 20, 15, tzinfo=UTC))
    for path in ("index.html", "politics/index.html", "fragments/breaking/index.html", "2021/10/20/quake/index.html"):
        assert "عاجل" not in site.read(path) and "urgent." not in site.read(path), path
    for path in ("index.html", "politics/index.html"):  # made anew with each change of what is breaking
        assert "data-breaking" not in site.read(path)
    assert site.read("2021/10/20/calm/index.html") == calm, "no article changes with what is breaking"


def test_a_paper_without_breaking_news_asks_for_none(make_site: MakeSite) -> None:
    site = paper(make_site, story("calm", "2021-10-20 08:00", label="breaking"))
    site.build(now=EARLY)
    assert "data-breaking" not in site.read("2021/10/20/calm/index.html")
    assert "fragments/breaking/index.html" not in site.paths()


def test_an_end_without_its_label_is_a_mistake(make_site: MakeSite) -> None:
    site = paper(make_site, story("a", "2021-10-20", breaking_until="2021-10-21"))
    assert any("is the end of 'label: breaking'" in problem for problem in site.problems())
    site.write(story("a", "2021-10-20", label="breaking", breaking_until="2021-10-19"))
    assert any("is before 'date'" in problem for problem in site.problems())
    site.write(story("a", "2021-10-20", lead="2021-10-19 10:00"))
    assert any("is before 'date'" in problem for problem in site.problems())


@pytest.mark.parametrize(("count", "shown"), [("0", 0), ("2", 2), ("6", 6)])
def test_a_section_says_how_many_stories_it_has_on_the_home_page(make_site: MakeSite, count: str, shown: int) -> None:
    config = CONFIG.replace("{name: رياضة}", f"{{name: رياضة, count: {count}}}")
    sport = [story(f"s{n}", f"2021-10-1{n} 10:00", section="sport") for n in range(8)]
    newest = [story(f"p{n}", f"2021-10-20 1{n}:00") for n in range(9)]
    site = paper(make_site, *sport, *newest, config=config)
    site.build(now=NOW)
    assert len([id for id in order(site) if id.startswith("s")]) == shown
