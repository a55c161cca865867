"""WCAG 2.2 AA on every kind of page, in both schemes, narrow and wide: axe-core, our own contrast, keys alone.

axe takes the joined letters of Arabic for an icon font and skips their contrast, so that is measured here as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import serving
from conftest import Report, Site
from test_look import CONTRAST, MEASURE, SMALLEST

pytestmark = pytest.mark.browser

WIDTHS, SCHEMES = (360, 768, 1280), ("light", "dark")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": TAGS, "resultTypes": ["violations"]}
# Kind → what its address or its text looks like; the first page of the sample site that fits is opened.
KINDS = {
    "home": ("index.html", ""),
    "article": (r"\d{4}/\d\d/\d\d/[^/]+/index.html", 'class="lead-figure"[\\s\\S]*<blockquote'),
    "bare article": (r"\d{4}/\d\d/\d\d/[^/]+/index.html", "<article(?![\\s\\S]*lead-figure)"),
    "corrected article": (r"\d{4}/\d\d/\d\d/[^/]+/index.html", '<aside class="corrected"'),
    "part of a series": (r"\d{4}/\d\d/\d\d/[^/]+/index.html", 'class="parts"|aria-current="page"'),
    "withdrawn": (r"\d{4}/\d\d/\d\d/[^/]+/index.html", '<article class="notice"'),
    "section": ("politics/index.html", ""),
    "edition": (r"2021/10/18/index.html", ""),
    "month": ("2021/10/index.html", ""),
    "year": ("2021/index.html", ""),
    "archive": ("archive/index.html", ""),
    "tags": ("tags/index.html", ""),
    "tag": ("tags/[^/]+/index.html", ""),
    "author": ("authors/[^/]+/index.html", ""),
    "series": ("series/[^/]+/index.html", ""),
    "most read": ("most-read/index.html", ""),
    "corrections": ("corrections/index.html", ""),
    "feeds": ("feeds/index.html", ""),
    "search": ("search/index.html", ""),
    "standing": ("about/index.html", ""),
    "not found": ("404.html", ""),
}
QUICK = {(360, "light"), (1280, "dark")}
CASES = [
    pytest.param(kind, width, scheme, marks=() if (width, scheme) in QUICK else pytest.mark.long)
    for kind in KINDS
    for width in WIDTHS
    for scheme in SCHEMES
]
Open = Callable[..., Any]


def address_of(site: Site, kind: str) -> str:
    path, text = KINDS[kind]
    for found in site.paths():
        if re.fullmatch(path, found) and (not text or re.search(text, site.read(found))):
            return quote(found.removesuffix("index.html"))
    raise AssertionError(f"the sample site has no {kind}")


@pytest.fixture(scope="module")
def opened(sample: tuple[Site, Report], chromium: Any) -> Iterator[Open]:
    """Open a kind of page; one page of the browser for each width and scheme."""
    site, _ = sample
    pages: dict[tuple[Any, ...], Any] = {}
    with serving(site.root / "output") as address:

        def at(kind: str, width: int, scheme: str, **more: Any) -> Any:
            key = (width, scheme, *more.values())
            if key not in pages:
                viewport = {"width": width, "height": 800}
                context = chromium.new_context(viewport=viewport, color_scheme=scheme, locale="ar", **more)
                pages[key] = context.new_page()
            pages[key].goto(f"{address}/{address_of(site, kind)}")
            pages[key].evaluate("document.fonts.ready.then(() => true)")
            return pages[key]

        yield at
        for page in pages.values():
            page.context.close()


@pytest.mark.parametrize(("kind", "width", "scheme"), CASES)
def test_a_page_breaks_no_rule_and_all_its_text_can_be_read(opened: Open, kind: str, width: int, scheme: str) -> None:
    page = opened(kind, width, scheme)
    found = Axe().run(page, options=OPTIONS).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
    measured = page.evaluate(MEASURE)
    assert [(t["text"], t["contrast"]) for t in measured["texts"] if t["contrast"] < CONTRAST] == []
    assert [(t["text"], t["size"]) for t in measured["texts"] if t["size"] < SMALLEST] == []
    assert measured["outside"] == [] and measured["scroll"] <= 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_twice_as_large_needs_no_scrolling_sideways(opened: Open, kind: str) -> None:
    """320 CSS pixels, as at 400 % on a small screen (WCAG 1.4.10), and with text twice as large (1.4.4)."""
    page = opened(kind, 320, "light")
    assert page.evaluate(MEASURE)["outside"] == []
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.set_viewport_size({"width": 640, "height": 800})
    measured = page.evaluate(MEASURE)
    page.set_viewport_size({"width": 320, "height": 800})
    assert measured["outside"] == [] and measured["scroll"] <= 0


WALK = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const all = [...document.querySelectorAll("a[href], button, input, select, summary")];
  return { at: all.indexOf(one), name: one.getAttribute("aria-label") || one.textContent.trim() || one.placeholder,
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight && box.width > 0 };
}"""


@pytest.mark.parametrize("kind", ["home", "article", "section", "month"])
def test_keys_alone_reach_everything_in_the_order_of_reading(opened: Open, kind: str) -> None:
    page = opened(kind, 1280, "light", reduced_motion="reduce")
    count = page.evaluate(
        "[...document.querySelectorAll('a[href], button, input, select, summary')].filter(one => one.checkVisibility())"
        ".length"
    )
    reached: list[int] = []
    for _ in range(count):
        page.keyboard.press("Tab")
        here = page.evaluate(WALK)
        assert here["name"] and here["ring"] and here["seen"], here
        reached.append(here["at"])
    assert reached == sorted(set(reached)) and len(reached) > 5


def test_a_screen_reader_meets_headings_in_their_order(opened: Open) -> None:
    for kind in KINDS:
        page = opened(kind, 360, "light")
        levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4')].map(one => +one.tagName[1])")
        assert levels.count(1) == 1 and levels[0] == 1, kind
        assert all(after <= before + 1 for before, after in pairwise(levels)), (kind, levels)


def test_nothing_moves_for_who_asks_for_no_motion(opened: Open) -> None:
    page = opened("article", 360, "light", reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert page.evaluate("document.getAnimations().length") == 0


def test_forced_colours_keep_the_section_and_the_switch_in_sight(opened: Open) -> None:
    page = opened("section", 360, "light", forced_colors="active")
    here = page.locator(".sections [aria-current]")
    assert "underline" in here.evaluate("one => getComputedStyle(one).textDecorationLine")
    assert "gradient" in page.locator("#theme").evaluate("one => getComputedStyle(one, '::before').backgroundImage")


def test_print_shows_the_story_and_no_navigation(opened: Open) -> None:
    page = opened("article", 1280, "light")
    page.emulate_media(media="print")
    for gone in (".sections", ".tools", ".side", ".pager", ".share", ".footer nav", ".skip", "[data-block]"):
        assert not any(one.is_visible() for one in page.locator(gone).all()), gone
    for kept in (".masthead .name", ".masthead .day", "h1", ".standfirst", "[itemprop=articleBody]"):
        assert page.locator(kept).first.is_visible(), kept
    page.emulate_media(media="screen")
