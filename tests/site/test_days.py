"""A date without a time is that whole day: when a story is published, updated, corrected and when it expires."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.support.html import Html
from tests.support.sites import CONFIG, Site, article

MakeSite = Callable[..., Site]

DAY = "2021-10-18"
# name → (fields, is it later than published in feeds, the times that its page shows)
STORIES = {
    "plain": ({"date": f"{DAY} 14:00"}, False, ["14:00"]),
    "updated": ({"date": f"{DAY} 14:00", "updated": DAY}, True, ["14:00"]),
    "updated-later": ({"date": f"{DAY} 14:00", "updated": "2021-10-19"}, True, ["14:00"]),
    "updated-at": ({"date": DAY, "updated": f"{DAY} 09:00"}, True, ["09:00"]),
    "both-days": ({"date": DAY, "updated": DAY}, True, []),
    "corrected": ({"date": f"{DAY} 14:00", "corrections": f"[{{date: {DAY}, text: الاسم}}]"}, True, ["14:00"]),
    "midnight": ({"date": f"{DAY} 00:00"}, False, ["00:00"]),
    "day": ({"date": DAY}, False, []),
    "expires": ({"date": f"{DAY} 14:00", "expires": DAY}, False, ["14:00"]),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    files = {
        f"content/{name}.md": article("خبر", id=name, slug=name, **fields) for name, (fields, _, _) in STORIES.items()
    }
    site = Site(tmp_path_factory.mktemp("days")).write({"config.yaml": CONFIG, **files})
    site.build(now=datetime.fromisoformat(f"{DAY}T23:59:00+03:00"))
    return site


@pytest.mark.parametrize("name", STORIES)
def test_a_change_of_the_same_day_is_told(built: Site, name: str) -> None:
    _, changed, times = STORIES[name]
    page = built.read(f"2021/10/18/{name}/index.html")
    told = next(one for one in json.loads(built.read("feed.json"))["items"] if one["id"].endswith(f":{name}"))
    published, modified = (datetime.fromisoformat(told[f"date_{what}"]) for what in ("published", "modified"))
    assert (modified > published) is changed
    data = json.loads(Html(page).all("//script[@type='application/ld+json']/text()")[0])
    story = next(one for one in data["@graph"] if one["@type"] == "NewsArticle")
    assert datetime.fromisoformat(story["dateModified"]) == modified
    shown = Html(page).words("//div[@class='byline']//time")
    assert re.findall(r"\d\d:\d\d", " ".join(shown)) == times


def test_a_story_expires_when_its_day_is_over(built: Site) -> None:
    assert "2021/10/18/expires/index.html" in built.paths()
    over = datetime.fromisoformat("2021-10-19T00:00:00+03:00")
    report = built.build(now=over - timedelta(seconds=1))
    assert report.next_build == over
    built.build(now=over)
    assert "2021/10/18/expires/index.html" not in built.paths()


def test_each_further_correction_of_a_day_moves_the_feed(make_site: MakeSite) -> None:
    notes = [f"{{date: {DAY}, text: تصويب أول}}", f"{{date: {DAY} 15:00, text: تصويب ثان}}"]
    notes += [f"{{date: {DAY}, text: تصويب ثالث}}", "{date: 2021-10-19, text: تصويب رابع}"]
    notes += ["{date: 2021-10-19, text: تصويب خامس}"]
    seen = []
    site = make_site({})
    for n in range(len(notes) + 1):
        fields = {"corrections": f"[{', '.join(notes[:n])}]"} if n else {}
        site.write({"content/a.md": article("خبر", id="a", slug="a", **fields)})
        site.build()
        seen.append(json.loads(site.read("feed.json"))["items"][0]["date_modified"])
    assert seen == sorted(set(seen))


@pytest.mark.parametrize("key", ["updated", "expires"])
def test_a_day_before_the_day_of_publication_is_refused(make_site: MakeSite, key: str) -> None:
    site = make_site({"content/a.md": article("خبر", slug="a", **{key: "2021-10-17"})})
    assert [f"'{key}' is before 'date'" in one for one in site.problems()] == [True]


def test_a_day_without_a_midnight_shows_no_time(make_site: MakeSite) -> None:
    """Clocks in Cairo went from 23:59 to 01:00: the day begins with the time that nobody wrote."""
    config = CONFIG.replace("Asia/Qatar", "Africa/Cairo")
    site = make_site({"config.yaml": config, "content/a.md": article("خبر", slug="a", date="2014-05-16")})
    site.build()
    page = site.read("2014/05/16/a/index.html")
    assert "2014-05-16T01:00:00+03:00" in page
    assert "01:00<" not in page


def test_the_newest_change_of_a_month_is_the_newest_moment(make_site: MakeSite) -> None:
    """In the hour that comes twice the clock that was set back shows less."""
    config = CONFIG.replace("Asia/Qatar", "Africa/Cairo")
    first = article("قبل", slug="first", date="2024-10-31T20:54:00+00:00")
    second = article("بعد", slug="second", date="2024-10-31T21:30:00+00:00")
    site = make_site({"config.yaml": config, "content/a.md": first, "content/b.md": second})
    site.build(now=datetime.fromisoformat("2024-11-02T00:00+00:00"))
    assert "2024-10.xml</loc><lastmod>2024-10-31T23:30:00+02:00</lastmod>" in site.read("sitemap.xml")
