"""Programs that people read news with subscribe to the site on a real nginx, and see what its pages say.

feedparser, newsboat, sfeed and rss2email: the same titles, moments, addresses and Arabic text, in the same order;
nothing is sent again while nothing has changed; an edited story is still one story.
"""

from __future__ import annotations

import email.policy
import os
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import lxml.html as HTML
import pytest

from tests.support.needs import program
from tests.support.servers import nginx
from tests.support.sites import Site
from tests.support.whole_site import ARTICLES, FILES

NOW = datetime(2021, 10, 23, 12, tzinfo=UTC)
NEWEST_FIRST = ["port-open", "cup", "port", "moon", "lab"]
HOST = "https://example.org"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path / "site").write(FILES)
    site.build(now=NOW)
    return site


@pytest.fixture
def server(site: Site, tmp_path: Path) -> Iterator[str]:
    # As mime.types has it, .xml is text/xml, which without a charset is ASCII by the old rule that feedparser keeps.
    with nginx(site.root / "output", tmp_path / "nginx", "charset utf-8;") as address:
        yield address


def pages(site: Site) -> list[tuple[str, str, int, str]]:
    """(title, address, seconds of publishing, a sentence of the body) of each story as its own page tells it."""
    found = []
    for path in (site.root / "output").glob("20[0-9][0-9]/*/*/*/index.html"):
        page = HTML.fromstring(path.read_bytes())
        if page.xpath("//main//*[@itemprop='articleBody']"):
            moment = datetime.fromisoformat(page.xpath("//main//time[@itemprop='datePublished']/@datetime")[0])
            [first, *_] = page.xpath("//*[@itemprop='articleBody']/p")
            address = page.xpath("//link[@rel='canonical']/@href")[0]
            title = "".join(page.xpath("//h1")[0].itertext()).strip()
            found.append((title, address, int(moment.timestamp()), first.text_content()))
    return sorted(found, key=lambda story: -story[2])


def edit(site: Site) -> str:
    """Give the newest story another title and another body, and build; its guid."""
    name = "2021/10/port/port-open"
    text = ARTICLES[name].replace("الميناء يفتح", "الميناء يعيد فتح").replace("وعادت السفن", "ورجعت السفن")
    site.write({f"content/{name}.md": text.replace("slug: port-open", "slug: port-open\nupdated: 2021-10-21 10:00")})
    report = site.build(now=NOW)
    assert "feed.xml" in report.written and "sport/feed.xml" not in report.written
    return "tag:example.org,2021:port-open"


def run(*command: str, home: Path, **environment: str) -> str:
    variables = {**os.environ, "HOME": str(home), "LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": "", "XDG_DATA_HOME": ""}
    ended = subprocess.run(
        command, cwd=home, env={**variables, **environment}, capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def requests(tmp_path: Path) -> list[tuple[str, int]]:
    """(path, status) of what nginx was asked for."""
    lines = (tmp_path / "nginx" / "access.log").read_text().splitlines()
    return [(line.split('"')[1].split()[1], int(line.split('"')[2].split()[0])) for line in lines]


# ---------------------------------------------------------------- the server


@pytest.mark.parametrize("path", ["feed.xml", "atom.xml", "feed.json", "politics/feed.xml", "editions/feed.xml"])
def test_an_unchanged_feed_is_not_sent_again(site: Site, server: str, path: str) -> None:
    with urllib.request.urlopen(f"{server}/{path}") as answer:
        headers = {"If-None-Match": answer.headers["ETag"], "If-Modified-Since": answer.headers["Last-Modified"]}
    site.build(now=NOW)
    (site.root / "content/2021/10/cup.md").touch()  # nothing of it is another
    site.build(now=NOW)
    for name, value in headers.items():
        with pytest.raises(urllib.error.HTTPError, match="304"):
            urllib.request.urlopen(urllib.request.Request(f"{server}/{path}", headers={name: value}))
    edit(site)
    asked = urllib.request.Request(f"{server}/{path}", headers={"If-None-Match": headers["If-None-Match"]})
    with urllib.request.urlopen(asked) as answer:
        assert answer.status == 200


# ---------------------------------------------------------------- feedparser


@pytest.mark.parametrize("path", ["feed.xml", "atom.xml"])
def test_feedparser_reads_what_the_pages_say(site: Site, server: str, path: str) -> None:
    feed: Any = feedparser.parse(f"{server}/{path}")
    assert not feed.bozo and feed.feed.language == "ar"
    seen = []
    for entry in feed.entries:
        moment = datetime(*entry.published_parsed[:6], tzinfo=UTC)
        body = HTML.fragment_fromstring(entry.content[0].value, create_parent="div")
        text = next(block.text_content() for block in body if block.tag == "p")
        seen.append((entry.title, entry.link, int(moment.timestamp()), text))
    assert seen == pages(site)
    assert [entry.id for entry in feed.entries] == [f"tag:example.org,2021:{id}" for id in NEWEST_FIRST]
    again: Any = feedparser.parse(f"{server}/{path}", etag=feed.etag, modified=feed.get("modified"))
    assert (again.status, again.entries) == (304, [])
    guid = edit(site)
    after: Any = feedparser.parse(f"{server}/{path}", etag=feed.etag)
    assert [entry.id for entry in after.entries] == [entry.id for entry in feed.entries]
    assert after.entries[0].id == guid and "يعيد" in after.entries[0].title
    assert after.entries[0].published == feed.entries[0].published
    assert after.entries[0].updated_parsed > feed.entries[0].updated_parsed


# ---------------------------------------------------------------- newsboat


@pytest.mark.parametrize("path", ["feed.xml", "atom.xml"])
def test_newsboat_keeps_each_story_once(site: Site, server: str, path: str, tmp_path: Path) -> None:
    newsboat = program("newsboat")
    home = tmp_path / "home"
    home.mkdir()
    (home / "urls").write_text(f"{server}/{path}\n")
    (home / "config").write_text("")
    command = (newsboat, "-u", "urls", "-C", "config", "-c", "cache.db", "-x", "reload")

    def unread() -> str:
        run(*command, home=home)
        return run(*command[:-1], "print-unread", home=home)

    def kept() -> list[tuple[Any, ...]]:
        with sqlite3.connect(home / "cache.db") as cache:
            query = "SELECT title, url, pubDate, content, guid FROM rss_item ORDER BY pubDate DESC"
            return list(cache.execute(query))

    assert unread().startswith("5 ")
    before = kept()
    assert [item[:3] for item in before] == [story[:3] for story in pages(site)]
    for item, story in zip(before, pages(site), strict=True):
        assert story[3] in HTML.fromstring(item[3]).text_content() and 'dir="rtl"' in item[3]
    assert unread().startswith("5 ") and kept() == before  # newsboat 2.21 asks without conditions when it is told to
    time.sleep(1)  # newsboat sends the time alone, which counts in seconds: two builds within one are the same to it
    guid = edit(site)
    assert unread().startswith("5 ")
    assert [item[4] for item in kept()] == [item[4] for item in before]
    assert kept()[0][4] == guid and "يعيد" in kept()[0][0]


# ---------------------------------------------------------------- sfeed


@pytest.mark.parametrize("path", ["feed.xml", "atom.xml"])
def test_sfeed_lists_each_story_once(site: Site, server: str, path: str, tmp_path: Path) -> None:
    update = program("sfeed_update")
    home = tmp_path / "home"
    home.mkdir()
    (home / "sfeedrc").write_text(f'sfeedpath="{home}/feeds"\nfeeds() {{ feed mujaz "{server}/{path}"; }}\n')

    def kept() -> list[list[str]]:
        run(update, "sfeedrc", home=home)
        lines = (home / "feeds" / "mujaz").read_text(encoding="utf-8").splitlines()
        return sorted((line.split("\t") for line in lines), key=lambda fields: -int(fields[0]))

    first = kept()
    assert [(fields[1], fields[2], int(fields[0])) for fields in first] == [story[:3] for story in pages(site)]
    for fields, story in zip(first, pages(site), strict=True):
        assert story[3] in HTML.fromstring(fields[3].replace("\\n", "\n")).text_content()
    assert [fields[5] for fields in first] == [f"tag:example.org,2021:{id}" for id in NEWEST_FIRST]
    assert kept() == first
    edit(site)
    # sfeed takes a story whose title has changed for another one, by its own design: it goes by id, link and title.
    assert {fields[5] for fields in kept()} == {fields[5] for fields in first}


# ---------------------------------------------------------------- rss2email


STUB = """\
#!/bin/sh
cat > "{folder}/$(date +%s%N).eml"
"""


@pytest.mark.parametrize("path", ["feed.xml", "atom.xml"])
def test_rss2email_sends_each_story_once(site: Site, server: str, path: str, tmp_path: Path) -> None:
    r2e = program("r2e")
    home, box = tmp_path / "home", tmp_path / "box"
    home.mkdir()
    box.mkdir()
    stub = tmp_path / "sendmail"
    stub.write_text(STUB.format(folder=box))
    stub.chmod(0o755)
    common = (r2e, "-c", str(home / "r2e.cfg"), "-d", str(home / "r2e.json"))
    run(*common, "new", "reader@example.org", home=home)
    config = (home / "r2e.cfg").read_text()
    settings = {"email-protocol": "sendmail", "sendmail": str(stub), "html-mail": "True", "date-header": "True"}
    settings["date-header-order"] = "issued"  # a letter bears the moment of publishing, not of the last change
    for key, value in settings.items():
        lines = [line for line in config.splitlines() if not line.startswith(f"{key} =")]
        config = "\n".join([lines[0], f"{key} = {value}", *lines[1:]]) + "\n"
    (home / "r2e.cfg").write_text(config)
    run(*common, "add", "mujaz", f"{server}/{path}", home=home)

    def letters() -> list[Any]:
        run(*common, "run", home=home)
        read = [
            email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in sorted(box.iterdir())
        ]
        return sorted(read, key=lambda letter: -letter["Date"].datetime.timestamp())

    first = letters()
    assert [letter["Subject"] for letter in first] == [story[0] for story in pages(site)]
    for letter, story in zip(first, pages(site), strict=True):
        written = letter.get_body().get_content()
        read = HTML.fromstring(written.encode(), parser=HTML.HTMLParser(encoding="utf-8"))
        assert story[3] in read.text_content() and 'dir="rtl"' in written
    assert len(letters()) == 5 and requests(tmp_path)[-1] == (f"/{path}", 304)
    edit(site)
    assert len(letters()) == 5
