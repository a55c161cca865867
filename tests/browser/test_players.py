"""In Chromium: a card asks nobody until it is pressed, is a link without script, and a film of ours plays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.browser import serving
from tests.support.sites import CONFIG, REPOSITORY, Site, article

pytestmark = pytest.mark.browser

YOUTUBE, POST = "https://www.youtube.com/watch?v=4czjS9h4Fpg", "https://x.com/jack/status/20"
BODY = f"{YOUTUBE}\n\n{POST}\n\n![مدارات](orbits.mp4)\n\n![رنين](two-airs.mp3)"
OURS = REPOSITORY / "content/2021/10"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site = Site(tmp_path_factory.mktemp("players"))
    hosts = "iframes: [www.youtube-nocookie.com, platform.twitter.com]\n"
    site.write({"config.yaml": CONFIG.replace("/news", "") + hosts})
    site.write({"content/a/index.md": article("خبر", slug="a", body=BODY)})
    for name in ("orbits.mp4", "orbits.jpg", "orbits.vtt"):
        site.write({f"content/a/{name}": (OURS / "lucy-launch" / name).read_bytes()})
    site.write({"content/a/two-airs.mp3": (OURS / "mars-sounds/two-airs.mp3").read_bytes()})
    site.build()
    with serving(site.root / "output") as address:
        yield f"{address}/2021/10/18/a/"


def opened(chromium: Any, address: str, **options: Any) -> tuple[Any, list[str], list[str]]:
    """The page, what it asked of other hosts, which are answered with nothing, and what its policy refused."""
    context = chromium.new_context(**options)
    asked: list[str] = []
    refused: list[str] = []

    def elsewhere(route: Any) -> None:
        asked.append(route.request.url)
        route.fulfill(status=200, content_type="text/html", body="<p>played</p>")

    context.route(
        lambda url: not url.startswith("http://127.0.0.1") and not url.startswith("http://localhost"), elsewhere
    )
    page = context.new_page()
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    page.goto(address)
    return page, asked, refused


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_asked_of_another_host_before_a_card_is_pressed(chromium: Any, address: str, width: int) -> None:
    page, asked, refused = opened(chromium, address, viewport={"width": width, "height": 900})
    page.mouse.wheel(0, 4000)
    page.wait_for_timeout(300)
    assert asked == [] and page.locator("iframe").count() == 0
    before = page.locator(".player.video button").bounding_box()
    page.locator(".player.video button").press("Enter")
    page.wait_for_selector("iframe")
    page.frame_locator("iframe").get_by_text("played").wait_for()
    assert [one.partition("?")[0] for one in asked] == ["https://www.youtube-nocookie.com/embed/4czjS9h4Fpg"]
    after = page.locator(".player.video iframe").bounding_box()
    assert before["width"] == pytest.approx(after["width"], abs=2)
    assert page.evaluate("document.activeElement.localName") == "iframe" and refused == []
    assert page.locator("iframe").get_attribute("title") == "شاهد المقطع على يوتيوب"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def test_a_post_comes_in_the_scheme_of_the_page(chromium: Any, address: str) -> None:
    page, asked, refused = opened(chromium, address, color_scheme="dark")
    page.locator(".player.post button").click()
    page.frame_locator("iframe").get_by_text("played").wait_for()
    assert (
        asked == ["https://platform.twitter.com/embed/Tweet.html?id=20&dnt=true&lang=ar&theme=dark"] and refused == []
    )
    page.context.close()


def test_without_script_a_card_is_a_link(chromium: Any, address: str) -> None:
    page, asked, _ = opened(chromium, address, java_script_enabled=False)
    assert page.locator(".player.video a.play").get_attribute("href") == YOUTUBE
    assert page.locator(".player.post a.play").get_attribute("href") == POST
    assert not page.locator(".player.video small").is_visible() and asked == []
    page.context.close()


def test_film_and_sound_of_ours_have_their_length_and_captions(chromium: Any, address: str) -> None:
    page, asked, refused = opened(chromium, address)
    assert page.locator("video").evaluate("film => film.textTracks.length") == 1
    box = page.locator("video").bounding_box()
    assert box["width"] / box["height"] == pytest.approx(16 / 9, abs=0.05)  # before anything of it is loaded
    length = "player => new Promise(done => { player.onloadedmetadata = () => done(player.duration); player.load(); player.preload = 'metadata' })"  # noqa: E501
    assert page.locator("audio").evaluate(length) == pytest.approx(6.5, abs=0.2)
    assert asked == [] and refused == []
    page.context.close()
