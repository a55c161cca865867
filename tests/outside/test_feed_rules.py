"""The feeds of the sample site and of a site with every setting of feeds, hold every rule."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mujaz.build.report import BuildReport
from tests.support.feed_rules import broken, feed_paths, read
from tests.support.sites import NOW, Site
from tests.support.whole_site import FILES, HOME

SETTINGS = "feed: {limit: 3, tags: true, authors: true, archive: true, websub: 'https://hub.example.org/'}\n"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path).write(FILES)
    site.write({"config.yaml": site.root.joinpath("config.yaml").read_text() + SETTINGS})
    site.build()
    return site


def test_the_feeds_of_the_sample_site_hold_every_rule(sample: tuple[Site, BuildReport]) -> None:
    site, _ = sample
    assert len(feed_paths(site.root / "output")) == 3 * 8  # the site, its editions, five sections, English
    assert broken(site.root / "output", "https://example.org", NOW) == []


def test_feeds_of_tags_and_authors_archives_and_a_hub_hold_every_rule(site: Site) -> None:
    output = site.root / "output"
    assert broken(output, HOME, NOW) == []
    paths = feed_paths(output)
    assert {"tags/الميناء/atom.xml", "authors/سلمى-الحسن/feed.xml", "2020/12/31/atom.xml"} <= set(paths)
    for path in paths:
        feed = read(output, path)
        assert feed.hubs == (() if feed.archive else ("https://hub.example.org/",)), path
    assert f'href="/news/tags/{"%D8%A7%D9%84%D9%85%D9%8A%D9%86%D8%A7%D8%A1"}/feed.xml"' in site.read(
        "tags/الميناء/index.html"
    )


def test_archives_lead_from_the_feed_back_to_the_first_day_and_forward_again(site: Site) -> None:
    output = site.root / "output"
    at, chain = "atom.xml", []
    while earlier := dict(read(output, at).links).get("prev-archive"):
        at = earlier.removeprefix(f"{HOME}/")
        chain.append(at)
    assert chain == [
        f"{day}/atom.xml" for day in ("2021/10/20", "2021/10/19", "2021/10/18", "2021/09/30", "2020/12/31")
    ]
    archived = [entry.guid.rpartition(":")[2] for path in chain for entry in read(output, path).entries]
    assert archived == ["port-open", "cup", "port", "moon", "lab"]
    onward = [dict(read(output, path).links).get("next-archive") for path in chain]
    assert onward == [None, *(f"{HOME}/{path}" for path in chain[:-1])]


@pytest.mark.parametrize(
    ("path", "old", "new", "told"),
    [
        ("feed.xml", "<language>ar", "<language>en", "language"),
        ("feed.xml", r'length="\d+"', 'length="7"', "as long"),
        ("feed.xml", "&lt;p lang=", "&lt;p style=", "p with"),
        ("feed.xml", ' dir="rtl"&gt;', "&gt;", "without dir"),
        ("feed.xml", "tag:example.org,2021:cup", "cup", "no tag"),
        ("feed.xml", "<pubDate>Tue, 19 Oct 2021", "<pubDate>Tue, 19 Oct 2031", "future"),
        ("feed.xml", f"{HOME}/2021/10/19/cup/", f"{HOME}/2021/10/19/cap/", "no file"),
        ("feed.xml", f'href="{HOME}/feed.xml"', f'href="{HOME}/f.xml"', "says that it is"),
        ("atom.xml", "<published>2021-10-18", "<published>2021-10-28", "before it was published"),
        ("atom.xml", "<title>كأس", "<title>CUP كأس", "left to right"),
        ("feed.json", '"id": "tag:example.org,2021:cup"', '"id": "tag:example.org,2021:cop"', "other entries"),
        ("feeds.opml", "sport/feed.xml", "spurt/feed.xml", "feeds.opml"),
        ("about/index.html", 'href="/news/feed.xml"', 'href="/news/food.xml"', "announce"),
    ],
)
def test_a_feed_that_breaks_a_rule_is_told(site: Site, path: str, old: str, new: str, told: str) -> None:
    file = site.root / "output" / path
    text, count = re.subn(old, new, file.read_text(encoding="utf-8"))
    assert count, "nothing to break"
    file.write_text(text, encoding="utf-8")
    assert any(told in line for line in broken(site.root / "output", HOME, NOW))


def test_an_edition_joins_the_feeds_when_its_day_is_over(make_site: Callable[..., Site]) -> None:
    site = make_site({**FILES})
    midnight = datetime(2021, 10, 20, 21, tzinfo=UTC)  # in Qatar
    site.build(now=midnight - timedelta(seconds=1))
    before = [entry.guid for entry in read(site.root / "output", "editions/feed.xml").entries]
    report = site.build(now=midnight)
    feed = read(site.root / "output", "editions/feed.xml")
    assert [entry.guid for entry in feed.entries] == ["tag:example.org,2021:editions/2021-10-20", *before]
    assert feed.entries[0].published == midnight - timedelta(seconds=1)
    assert "الميناء يفتح رصيفه الغربي بعد فحصه" in feed.entries[0].body
    assert {path for path in report.written if "feed" in path or "atom" in path} == {
        f"editions/{name}" for name in ("feed.xml", "atom.xml", "feed.json")
    }
