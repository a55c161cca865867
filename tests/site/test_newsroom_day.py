"""What docs/content.md shows of a newsroom's day, each as it stands there, in a paper that `mujaz init` began."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.commands.test_cli import Run
from tests.commands.test_cli import run as run
from tests.support.html import Html
from tests.support.recordings import mp4
from tests.support.sites import REPOSITORY, Site, article
from tests.support.whole_site import FONTS

AT = ("--now", "2021-10-18T15:00:00+00:00")  # 18:00 in Qatar
AFTER = ("--now", "2021-10-20T15:00:00+00:00")
TEXT = (REPOSITORY / "docs/content.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```\n(.*?)^```$", re.M | re.S)
PAGE = "2021/10/18/a/index.html"
DESK = ["--title", "المرفأ", "--address", "https://example.net", "--zone", "Asia/Qatar"]
DESK += ["--section", "politics=سياسة", "--yes"]


def part(heading: str) -> str:
    """The text below a heading. An example of a live story has headings of its own, which begin with a time."""
    return re.split(r"\n## (?!\d)", TEXT.partition(f"\n## {heading}\n")[2])[0]


def block(heading: str) -> str:
    """The first example below a heading."""
    return str(BLOCK.findall(part(heading))[0])


def told(heading: str, start: str) -> str:
    """What the text below a heading shows between backticks and begins with `start`."""
    return next(code for code in re.findall(r"`([^`]+)`", BLOCK.sub("", part(heading))) if code.startswith(start))


def jpeg(colour: tuple[int, int, int] = (40, 90, 110)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (120, 80), colour).save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
def begun(tmp_path: Path, run: Run) -> Callable[..., Site]:
    """A paper that `init` began, and in it one article with these lines in its head and this body."""

    def begin(body: str = "متن الخبر.", head: str = "", files: dict[str, bytes] | None = None) -> Site:
        assert run(tmp_path, "init", "paper", *DESK)[0] == 0
        text = article("إغلاق الميناء", slug="a", id="a", date="2021-10-18 14:00", body=body)
        text = text.replace("\n---\n", f"\n{head}---\n", 1)
        site = Site(tmp_path / "paper").write({**FONTS, "content/a/index.md": text})
        return site.write({f"content/a/{name}": raw for name, raw in (files or {}).items()})

    return begin


def test_the_front_page(begun: Callable[..., Site], run: Run) -> None:
    site = begun(head=block("The front page"))
    site.write({"content/b.md": article("خبر أحدث وأثقل", slug="b", id="b", date="2021-10-18 16:00", weight="9")})
    run(site.root, *AT)
    page = Html(site.read("index.html"))
    assert page.all("//main//article")[0].get("data-story") == "a"
    assert len(page.all("//main//article[@data-story='a']")) == 1
    assert "إغلاق الميناء" in site.read("fragments/breaking/index.html")
    run(site.root, *AFTER)
    assert Html(site.read("index.html")).all("//main//article")[0].get("data-story") == "b"
    assert ">عاجل<" not in site.read(PAGE)
    line = told("The front page", "politics:")
    config = (site.root / "config.yaml").read_text("utf-8")
    site.write({"config.yaml": re.sub(r"(?m)^  politics: .*$", f"  {line}", config)})
    assert run(site.root, *AFTER)[::2] == (0, "")


def test_film_and_sound(begun: Callable[..., Site], run: Run) -> None:
    shown = [told("Film and sound", start) for start in ("https://", "![عنوان](https", "![عنوان](trip.mp4")]
    files = {"trip.mp4": mp4(5), "trip.jpg": jpeg(), "trip.vtt": b"WEBVTT\n", "trip.en.vtt": b"WEBVTT\n"}
    site = begun("\n\n".join(shown), files=files)
    assert run(site.root, *AT)[::2] == (0, "")
    page = Html(site.read(PAGE))
    assert len(page.all("//a[@class='play'][@data-frame]")) == 2
    assert page.one("//video").get("poster") and len(page.all("//video/track")) == 2
    config = (site.root / "config.yaml").read_text("utf-8")
    site.write({"config.yaml": re.sub(r"(?m)^iframes:.*$", "iframes: []", config)})
    code, _, err = run(site.root, *AT)
    assert code == 0 and "iframes: [www.youtube-nocookie.com]" in err


def test_one_story_in_two_languages(begun: Callable[..., Site], run: Run) -> None:
    site = begun()
    heading = "One story in two languages"
    lines = {"lang": told(heading, "lang:").partition(": ")[2], "translation_of": "a"}
    assert told(heading, "translation_of:")
    site.write({"content/en.md": article("Port closed", slug="en", id="en", body="Closed.", **lines)})
    assert run(site.root, *AT)[::2] == (0, "")
    for path, other in ((PAGE, "en"), ("2021/10/18/en/index.html", "ar")):
        assert Html(site.read(path)).one("//p[@class='translations']/a").get("hreflang") == other
    assert "Port closed" in site.read("en/feed.xml")


def test_galleries(begun: Callable[..., Site], run: Run) -> None:
    site = begun(block("Galleries"), files={"crane.jpg": jpeg(), "quay.jpg": jpeg((4, 5, 6))})
    assert run(site.root, *AT)[::2] == (0, "")
    page = Html(site.read(PAGE))
    assert len(page.all("//ul[contains(@class, 'gallery')]//figure")) == 2


def test_live_stories(begun: Callable[..., Site], run: Run) -> None:
    site = begun(f"مقدمة.\n\n{block('Live stories')}", head=told("Live stories", "live_until:") + "\n")
    assert run(site.root, *AT)[::2] == (0, "")
    ids = [one.get("id") for one in Html(site.read(PAGE)).all("//article[@class='entry']")]
    assert ids == ["h-10-19-00-10", "h-14-05"]
    assert 'data-live="/fragments/live/a/"' in site.read(PAGE)
    run(site.root, *AFTER)
    assert "data-live" not in site.read(PAGE)


def test_what_moves_and_what_a_machine_mends(begun: Callable[..., Site], run: Run) -> None:
    site = begun()
    assert run(site.root, *AT)[::2] == (0, "")
    text = (site.root / "content/a/index.md").read_text("utf-8")
    site.write({"content/a/index.md": text.replace("slug: a", "slug: new")})
    assert "aliases: [/2021/10/18/a/]" in run(site.root, *AT)[2]
    assert run(site.root, "build", "--fix", *AT)[0] == 0
    assert "aliases: [/2021/10/18/a/]\n" in (site.root / "content/a/index.md").read_text("utf-8")
    assert run(site.root, "move", "content/a", "content/2021/b")[0] == 0
    assert run(site.root, "fix", "--only", "no-slug", "--write", *AT)[0] == 0


def test_no_bad_moment(begun: Callable[..., Site], run: Run) -> None:
    site = begun()
    assert run(site.root, *AT)[::2] == (0, "")
    before = site.digest()
    site.write({"content/b.md": article(sektion="politics")})
    program, *words = block("No bad moment").split()
    assert program == "mujaz"
    code, _, err = run(site.root, *words, *AT)
    assert code == 4 and "content/b.md" in err
    assert site.digest() == before
