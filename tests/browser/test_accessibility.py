"""WCAG 2.2 AA on every kind of page, in both schemes, narrow and wide: axe-core, our own contrast, keys alone.

axe takes the joined letters of Arabic for an icon font and skips their contrast, so that is measured here as well.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_look import CONTRAST, MEASURE, SMALLEST
from tests.support.browser import serving

pytestmark = pytest.mark.browser

WIDTHS, SCHEMES = (360, 768, 1280), ("light", "dark")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": TAGS, "resultTypes": ["violations"]}
STORY = r"\d{4}/\d\d/\d\d/[^/]+/index.html"
# Kind → what its address, its text and a part of its main element look like; the first page that fits is opened.
KINDS = {
    "home": ("index.html", ""),
    "article": (STORY, 'class="lead-figure"[\\s\\S]*<blockquote'),
    "bare article": (STORY, "<article(?![\\s\\S]*lead-figure)"),
    "pull quote": (STORY, '<blockquote class="pull"'),
    "foreign article": (STORY, '<html[^>]* dir="ltr"'),
    "corrected article": (STORY, '<aside class="corrected"'),
    "part of a series": (STORY, 'class="parts"|aria-current="page"'),
    "withdrawn": (STORY, '<article class="notice"'),
    "section": ("(politics|world)/index.html", ""),
    "section's month": (r"(politics|world)/\d{4}/\d\d/index.html", ""),
    "edition": (r"\d{4}/\d\d/\d\d/index.html", 'class="briefs"[\\s\\S]*class="card brief'),
    "week": (r"\d{4}/w\d\d/index.html", ""),
    "e-mail of a day": (r"\d{4}/\d\d/\d\d/email.html", ""),
    "e-mail of a week": (r"\d{4}/w\d\d/email.html", ""),
    "month": (r"\d{4}/\d\d/index.html", ""),
    "year": (r"\d{4}/index.html", ""),
    "archive": ("archive/index.html", ""),
    "tags": ("tags/index.html", ""),
    "tag": ("tags/[^/]+/index.html", ""),
    "authors": ("authors/index.html", ""),
    "author": ("authors/[^/]+/index.html", ""),
    "all series": ("series/index.html", ""),
    "series": ("series/[^/]+/index.html", ""),
    "most read": ("most-read/index.html", ""),
    "corrections": ("corrections/index.html", ""),
    "feeds": ("feeds/index.html", ""),
    "search": ("search/index.html", ""),
    "results": ("search/index.html", ""),
    "standing": ("about/index.html", ""),
    "not found": ("404.html", ""),
}
E_MAILS = {"e-mail of a day", "e-mail of a week"}  # for programs that show no landmarks, in a frame of their own
QUERY, RESULT = "?q=" + quote("روسيا"), "#results li"
QUICK = {(360, "light"), (1280, "dark")}
CASES = [
    pytest.param(kind, width, scheme, marks=() if (width, scheme) in QUICK else pytest.mark.long)
    for kind in KINDS
    for width in WIDTHS
    for scheme in SCHEMES
]
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def output(request: pytest.FixtureRequest) -> Path:
    """The built site that is looked at: the one that OUTPUT names, else the sample's, which has every kind."""
    if named := os.environ.get("OUTPUT"):
        return Path(named)
    site, _ = request.getfixturevalue("sample")
    return Path(site.root / "output")


@pytest.fixture(scope="module")
def addresses(output: Path) -> dict[str, str]:
    """Kind → address of its page."""
    found: dict[str, str] = {}
    for path in sorted(file.relative_to(output).as_posix() for file in output.rglob("*.html")):
        for kind, (named, part) in KINDS.items():
            if kind in found or not re.fullmatch(named, path):
                continue
            if not part or re.search(part, (output / path).read_text(encoding="utf-8")):
                found[kind] = quote(path.removesuffix("index.html")) + (QUERY if kind == "results" else "")
    return found


def address_of(addresses: dict[str, str], kind: str) -> str:
    if kind not in addresses and "OUTPUT" in os.environ:
        pytest.skip(f"that site has no {kind}")
    return addresses[kind]


@pytest.fixture(scope="module")
def opened(output: Path, addresses: dict[str, str], chromium: Any) -> Iterator[Open]:
    """Open a kind of page; one page of the browser for each width and scheme."""
    pages: dict[tuple[Any, ...], Any] = {}
    with serving(output) as address:

        def at(kind: str, width: int, scheme: str, **more: Any) -> Any:
            key = (width, scheme, *more.values())
            if key not in pages:
                viewport = {"width": width, "height": 800}
                context = chromium.new_context(viewport=viewport, color_scheme=scheme, locale="ar", **more)
                pages[key] = context.new_page()
            pages[key].goto(f"{address}/{address_of(addresses, kind)}")
            if kind == "results":
                pages[key].wait_for_selector(RESULT)
            pages[key].evaluate("document.fonts.ready.then(() => true)")
            return pages[key]

        yield at
        for page in pages.values():
            page.context.close()


@pytest.mark.parametrize(("kind", "width", "scheme"), CASES)
def test_a_page_breaks_no_rule_and_all_its_text_can_be_read(opened: Open, kind: str, width: int, scheme: str) -> None:
    page = opened(kind, width, scheme)
    rules = {"region": {"enabled": kind not in E_MAILS}, "landmark-one-main": {"enabled": kind not in E_MAILS}}
    found = Axe().run(page, options=OPTIONS | {"rules": rules}).response["violations"]
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
  return { at: all.indexOf(one), name: one.getAttribute("aria-label") || one.textContent.trim() || one.placeholder
      || one.querySelector("img[alt]")?.alt,
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
