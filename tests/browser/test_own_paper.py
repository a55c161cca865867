"""A paper of one's own, with a name and colours that ours has not: all of it is read, and no page scrolls sideways."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.test_look import CONTRAST, MEASURE, SCHEMES
from tests.support.browser import serving
from tests.support.sites import CONFIG, Site, article
from tests.support.whole_site import FONTS

pytestmark = pytest.mark.browser
NAME = "International Correspondence"  # each word wider than a narrow phone at the size of a front page
LOOK = 'look: {accent: "#c0392b", paper: "#fff8dc", ink: "#5a5a5a", dark: {paper: "#3a2a3a"}}\n'
BODY = """نص فيه <mark>كلمة و[رابط](https://example.com/) هنا</mark> وحاشية[^1].

[^1]: في <mark>الحاشية</mark> أيضا."""
STORY = "2021/10/18/marked/"
# The placeholder of a field is no text of the page: its own colour on the ground of the page.
PLACEHOLDER = """() => {
  const shown = document.createElement("p"), field = document.querySelector("[type=search]");
  const style = getComputedStyle(field, "::placeholder");
  shown.textContent = "كلمة";
  shown.style.color = style.color;
  shown.style.opacity = style.opacity;
  document.getElementById("main").append(shown);
}"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    config = CONFIG.replace("title: صحيفة التجربة", f"title: {NAME}").replace("search: false", "search: true")
    assert NAME in config
    site = Site(tmp_path_factory.mktemp("own")).write({"config.yaml": config + LOOK}).write(FONTS)
    site.write({"content/marked.md": article("خبر معلم", id="marked", slug="marked", body=BODY)})
    site.build()
    with serving(site.root / "output", "/news") as address:
        yield address


def weak(page: Any) -> list[tuple[str, float]]:
    texts = page.evaluate(MEASURE)["texts"]
    return [(text["text"], text["contrast"]) for text in texts if text["contrast"] < CONTRAST]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_is_marked_and_what_a_field_says_is_read_in_any_colours(chromium: Any, home: str, scheme: str) -> None:
    page = chromium.new_page(color_scheme=scheme)
    page.goto(f"{home}/{STORY}")
    assert page.locator("mark a").count() == 1 and weak(page) == []
    for path in ("search/", "404.html"):
        page.goto(f"{home}/{path}")
        page.evaluate(PLACEHOLDER)
        assert weak(page) == []
    page.close()


def test_what_is_marked_is_read_on_paper_where_the_reader_chose_the_dark_scheme(chromium: Any, home: str) -> None:
    page = chromium.new_page(color_scheme="light")
    page.goto(f"{home}/{STORY}")
    page.locator("#theme").click()
    page.emulate_media(media="print")
    assert weak(page) == []
    page.close()


@pytest.mark.parametrize("width", [320, 360, 768])
def test_a_name_of_long_words_makes_no_page_scroll_sideways(chromium: Any, home: str, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800})
    for path in ("", STORY, "2021/10/18/"):
        page.goto(f"{home}/{path}")
        measured = page.evaluate(MEASURE)
        assert (measured["scroll"], measured["outside"]) == (0, []), path
    page.close()
