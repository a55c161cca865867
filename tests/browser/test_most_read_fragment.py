"""The most read in an open article: where script runs the list, elsewhere the link, and nothing moves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.test_relative_dates import SHIFT
from tests.support.browser import serving
from tests.support.sites import CONFIG, Site, article
from tests.support.whole_site import FONTS

pytestmark = pytest.mark.browser

LINES = {"short": 1, "long": 60}
TITLE = "عنوان طويل يأخذ سطرين أو ثلاثة في العمود الضيق "
BLOCK = "[data-block=most-read]"
# Until the block is a little below what is seen.
COME_NEAR = f"""() => {{
  const top = document.querySelector("{BLOCK}").getBoundingClientRect().top;
  scrollTo({{ top: top - innerHeight - 200, behavior: "instant" }});
}}"""
TO_THE_END = "scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' })"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    stories = {
        f"content/{name}.md": article(TITLE + name, id=name, slug=name, body="سطر من الخبر.\n\n" * lines)
        for name, lines in (LINES | dict.fromkeys(("a", "b", "c"), 1)).items()
    }
    settings = {"config.yaml": CONFIG + "most_read: {source: hits.csv}\n", "hits.csv": "a,5\nb,4\nc,3\nlong,2\nshort,1"}
    site = Site(tmp_path_factory.mktemp("fragment")).write({**FONTS, **settings, **stories})
    site.build()
    with serving(site.root / "output", "/news") as address:
        yield f"{address}/2021/10/18"


@pytest.mark.parametrize("kind", list(LINES))
@pytest.mark.parametrize(("width", "height"), [(360, 640), (800, 1000), (1280, 800), (1280, 2400)])
def test_the_list_comes_and_nothing_moves(address: str, chromium: Any, kind: str, width: int, height: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    mistakes: list[str] = []
    page.on("console", lambda message: mistakes.append(message.text) if message.type == "error" else None)
    page.goto(f"{address}/{kind}/", wait_until="networkidle")
    page.evaluate(COME_NEAR)
    page.wait_for_selector(f"{BLOCK} ol", state="attached")
    page.evaluate(TO_THE_END)
    links = page.locator(f"{BLOCK} a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert links == [f"/news/2021/10/18/{name}/" for name in ("a", "b", "c", "long", "short")]
    assert page.evaluate(SHIFT) == 0
    assert mistakes == []
    context.close()


@pytest.mark.parametrize("without", ["script", "fragment"])
def test_the_link_stays_where_no_list_comes(address: str, chromium: Any, without: str) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=without != "script")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.route("**/fragments/**", lambda route: route.abort())
    page.goto(f"{address}/long/", wait_until="networkidle")
    assert page.locator(f"{BLOCK} a").get_attribute("href") == "/news/most-read/"
    assert wrong == []
    context.close()


def test_a_list_that_comes_late_does_not_move_what_is_read(address: str, chromium: Any) -> None:
    """The block and what follows it are on the screen when the answer comes."""
    context = chromium.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    late: list[Any] = []
    page.route("**/fragments/**", lambda route: late.append(route))
    page.goto(f"{address}/long/", wait_until="networkidle")
    with page.expect_request("**/fragments/**"):
        page.evaluate(TO_THE_END)
    page.locator(BLOCK).evaluate("block => block.scrollIntoView({ block: 'center', behavior: 'instant' })")
    with page.expect_response("**/fragments/**"):
        late[0].continue_()
    assert page.evaluate(SHIFT) == 0
    assert page.locator(f"{BLOCK} a").get_attribute("href") == "/news/most-read/"
    context.close()


def test_far_from_the_block_nothing_is_fetched(address: str, chromium: Any) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/long/", wait_until="networkidle")
    assert asked and not [url for url in asked if "fragments" in url]
    context.close()
