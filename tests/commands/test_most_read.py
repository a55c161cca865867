"""Access logs become the small file of hits: who is counted, who is not, and that nothing about a reader stays."""

from __future__ import annotations

import gzip
import io
import json
import re
from collections.abc import Callable

import pytest
from click.testing import CliRunner

from mujaz.cli import cli
from mujaz.most_read.access_log import Tally, networks
from tests.support.sites import CONFIG, Site, article

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:94.0) Gecko/20100101 Firefox/94.0"
STORIES = {"/a": "a", "/b": "b"}


def line(path: str, *, at: str = "10/Nov/2021:12:00:00 +0300", client: str = "192.0.2.1", **other: str) -> str:
    said = {"method": "GET", "status": "200", "agent": FIREFOX, **other}
    return f'{client} - - [{at}] "{said["method"]} {path} HTTP/1.1" {said["status"]} 512 "-" "{said["agent"]}"\n'


def tally(*logs: str | bytes, own: tuple[str, ...] = ()) -> Tally:
    found = Tally(story_of=STORIES.get, own=tuple(networks(own)))
    for log in logs:
        found.read(io.BytesIO(log if isinstance(log, bytes) else log.encode()), "log")
    return found


def weights(*logs: str | bytes) -> list[tuple[str, float]]:
    return tally(*logs).weights(half_life=1, window=7)


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (line("/a", agent="Googlebot/2.1 (+http://www.google.com/bot.html)"), "log-robots"),
        (line("/a", agent="-"), "log-robots"),
        (line("/a", agent="curl/7.88.1"), "log-robots"),
        (line("/assets/main.css"), "log-other-pages"),
        (line("/a", client="198.51.100.77"), "log-own-hosts"),
        (line("/a", client="::ffff:198.51.100.77"), "log-own-hosts"),
        (line("/a", status="404"), "log-no-page"),
        (line("/a", method="HEAD"), "log-no-page"),
        ("what is this\n", "log-not-understood"),
        ('{"ts": 1, "request": [], "status": 200}\n', "log-not-understood"),
        (line("/a") + line("/a", at="10/Nov/2021:12:00:09 +0300"), "log-again"),
    ],
)
def test_what_is_no_readers_hit_is_left_out_and_counted(entry: str, why: str) -> None:
    found = tally(line("/b"), entry, own=("198.51.100.0/24",))
    assert found.left_out == {why: 1}
    assert sum(found.hits.values()) == 1 + (why == "log-again")


@pytest.mark.parametrize("noise", ['"" 400 0 "-" "Mozilla/5.0 (X11; Linux)"', r'"\x16\x03\x01,7,\xD1" 400 166 "-" "-"'])
def test_a_log_that_begins_with_the_noise_of_a_stranger_is_read(noise: str) -> None:
    found = tally(f"192.0.2.9 - - [10/Nov/2021:12:00:00 +0300] {noise}\n" + line("/a") + line("/b"))
    assert (found.left_out, sum(found.hits.values())) == ({"log-not-understood": 1}, 2)


def test_old_hits_weigh_less_by_the_newest_hit_and_those_before_the_window_nothing() -> None:
    log = line("/a") + line("/b", at="09/Nov/2021:12:00:00 +0300") + line("/b", at="01/Nov/2021:12:00:00 +0300")
    assert weights(log) == [("a", 1.0), ("b", 0.5)]


def test_the_order_of_lines_and_logs_does_not_matter() -> None:
    lines = [line(path, client=f"192.0.2.{n}", at=f"{n:02}/Nov/2021:0{n}:00:00 +0300")
             for n in range(1, 9) for path in STORIES]  # fmt: skip
    assert weights("".join(lines)) == weights("".join(lines[5:]), "".join(lines[:5][::-1]))


def test_caddys_json_the_combined_format_and_gzip_tell_the_same() -> None:
    request = {"remote_ip": "192.0.2.1", "method": "GET", "uri": "/a", "headers": {"User-Agent": [FIREFOX]}}
    caddy = json.dumps({"ts": 1636534800.5, "request": request, "status": 200}) + "\n"
    assert tally(caddy).hits == tally(line("/a")).hits == tally(gzip.compress(caddy.encode())).hits
    assert tally("example.org:443 " + line("/a")).hits == tally(line("/a")).hits


@pytest.mark.parametrize(
    "rows",
    ["page,pageviews\n/a,7\n/b,9\n/c,1\n", "/a;7\n/b;9\n", "Date\tPage\tViews\n2021-11-10\t/a\t7\n2021-11-10\t/b\t9\n",
     "/a,7,2021-11-10\n/b,9,2021-11-10\n/b,900,2021-10-01\n"],
)  # fmt: skip
def test_a_csv_of_hits_is_read_with_or_without_a_header(rows: str) -> None:
    assert weights(rows) == [("b", 9.0), ("a", 7.0)]


def run(site: Site, *arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(cli, [*arguments, "--site", str(site.root)])
    assert (result.exit_code, result.exception if code == 0 else None) == (code, None), result.output
    return result.output


def test_addresses_old_ones_and_short_links_count_for_their_story(make_site: Callable[..., Site]) -> None:
    site = make_site(
        {
            "config.yaml": CONFIG + "most_read: {source: hits.csv}\n",
            "hits.csv": "",
            "content/port.md": article(id="port", slug="ميناء", aliases="[/old/port.html]"),
            "content/cup.md": article(id="cup", slug="cup"),
            "content/draft.md": article(id="draft", slug="draft", draft="true"),
        }
    )
    paths = ("/news/2021/10/18/%D9%85%D9%8A%D9%86%D8%A7%D8%A1/?utm=1", "/news/s/port/", "/news/old/port.html",
             "/news/2021/10/18/cup/index.html", "/news/2021/10/18/draft/", "/news/")  # fmt: skip
    log = site.root / "access.log"
    log.write_text("".join(line(path, client=f"192.0.2.{n}") for n, path in enumerate(paths)), encoding="utf-8")
    told = run(site, "most-read", str(log))
    assert "6 lines: 4 hits of 2 stories" in told and "left out: 2 other pages and files" in told
    text = (site.root / "hits.csv").read_text(encoding="utf-8")
    assert text.splitlines()[1:] == ["port,3", "cup,1"]
    assert "192.0.2" not in text
    site.build()
    assert re.findall('data-story="([a-z]+)"', site.read("most-read/index.html")) == ["port", "cup"]
    before = (site.root / "hits.csv").stat().st_mtime_ns
    run(site, "most-read", str(log))
    assert (site.root / "hits.csv").stat().st_mtime_ns == before, "an equal file was written anew"
