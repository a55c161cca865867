"""Home, an article and a section of the sample site, opened in a real browser: narrow and wide, light and dark."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from mujaz.build.report import BuildReport
from tests.browser.test_relative_dates import SHIFT
from tests.support.browser import serving
from tests.support.sites import Site

pytestmark = pytest.mark.browser

WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")
BODY_CONTRAST, CONTRAST = 7.0, 4.5
SMALLEST = 14

MEASURE = """() => {
  const parse = text => {
    const n = text.match(/[\\d.]+/g).map(Number);
    return [n[0], n[1], n[2], n.length > 3 ? n[3] : 1];
  };
  const over = (top, under) => top.slice(0, 3).map((c, i) => c * top[3] + under[i] * (1 - top[3])).concat(1);
  const light = c => c.slice(0, 3).map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ground = element => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) layers.push(parse(getComputedStyle(e).backgroundColor));
    return layers.reverse().reduce((under, layer) => over(layer, under), [255, 255, 255, 1]);
  };
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
  const texts = [], outside = [], directions = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const element = node.parentElement, style = getComputedStyle(element), range = document.createRange();
    if (!node.data.trim() || ["SCRIPT", "STYLE"].includes(element.tagName)) continue;
    range.selectNodeContents(node);
    if (!range.getClientRects().length || style.visibility === "hidden") continue;
    const behind = ground(element);
    texts.push({ text: node.data.trim().slice(0, 40), size: parseFloat(style.fontSize),
      contrast: ratio(over(parse(style.color), behind), behind),
      body: !!element.closest("[itemprop=articleBody] p") && !element.closest("a, figure") });
  }
  for (const element of document.body.querySelectorAll("*")) {
    const box = element.getBoundingClientRect(), style = getComputedStyle(element);
    if (!box.width || !box.height || element.closest(".hidden, .skip") || style.visibility === "hidden") continue;
    let scrolled = false;
    for (let e = element.parentElement; e && e !== document.body; e = e.parentElement)
      scrolled ||= ["auto", "scroll", "hidden"].includes(getComputedStyle(e).overflowX);
    if (!scrolled && (box.left < -1 || box.right > innerWidth + 1)) outside.push(element.outerHTML.slice(0, 90));
    if (!element.closest("[dir]:not(html), bdi")) directions.add(style.direction);
  }
  return { texts, outside, directions: [...directions], title: document.title,
    scroll: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    body: document.body.scrollWidth - document.body.clientWidth, family: getComputedStyle(document.body).fontFamily };
}"""


@dataclass(kw_only=True)
class Visit:
    """A page opened at one width in one scheme, and all that went wrong while it was."""

    page: Any
    measured: dict[str, Any]
    mistakes: list[str]
    hosts: set[str]
    fonts: list[str]


@pytest.fixture(scope="module")
def visit(sample: tuple[Site, BuildReport], chromium: Any) -> Iterator[Callable[[str, int, str], Visit]]:
    """Open a page of the sample site; each is opened once for each width and scheme."""
    site, _ = sample
    kept: dict[tuple[str, int, str], Visit] = {}
    with serving(site.root / "output") as address:
        contexts = []

        def opened(path: str, width: int, scheme: str) -> Visit:
            if (path, width, scheme) not in kept:
                context = chromium.new_context(
                    viewport={"width": width, "height": 800}, color_scheme=scheme, locale="ar"
                )
                contexts.append(context)
                kept[path, width, scheme] = _visit(context, address, path)
            return kept[path, width, scheme]

        yield opened
        for context in contexts:
            context.close()


def _visit(context: Any, address: str, path: str) -> Visit:
    page = context.new_page()
    mistakes: list[str] = []
    hosts: set[str] = set()
    page.on("console", lambda message: mistakes.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    page.on("requestfailed", lambda request: mistakes.append(f"failed: {request.url}"))
    page.on(
        "response",
        lambda response: mistakes.append(f"{response.status}: {response.url}") if response.status >= 400 else None,
    )
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.goto(f"{address}/{quote(path)}", wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    fonts = page.evaluate("[...document.fonts].filter(face => face.status === 'loaded').map(face => face.family)")
    hosts.discard(urlsplit(address).netloc)
    return Visit(page=page, measured=page.evaluate(MEASURE), mistakes=mistakes, hosts=hosts, fonts=fonts)


@pytest.fixture(scope="module")
def addresses(sample: tuple[Site, BuildReport]) -> dict[str, str]:
    """The article is one with a picture, a quote, a subhead and Latin letters in it."""
    site, _ = sample
    for path in site.paths():
        if re.fullmatch(r"\d{4}/\d\d/\d\d/[^/]+/index\.html", path):
            text = site.read(path)
            if all(part in text for part in ('class="lead-figure"', "<blockquote", '<h2 id="', "<bdi")):
                return {"home": "", "article": path.removesuffix("index.html"), "section": "politics/"}
    raise AssertionError("the sample content has no such article")


everywhere = pytest.mark.parametrize(
    ("kind", "width", "scheme"),
    [(kind, width, scheme) for kind in ("home", "article", "section") for width in WIDTHS for scheme in SCHEMES],
)
Open = Callable[[str, int, str], Visit]


@everywhere
def test_nothing_fails_and_nobody_else_is_asked(
    visit: Open, addresses: dict[str, str], kind: str, width: int, scheme: str
) -> None:
    found = visit(addresses[kind], width, scheme)
    assert found.mistakes == [] and found.hosts == set()


@everywhere
def test_nothing_sticks_out_of_the_page(
    visit: Open, addresses: dict[str, str], kind: str, width: int, scheme: str
) -> None:
    measured = visit(addresses[kind], width, scheme).measured
    assert measured["outside"] == []
    assert (measured["scroll"], measured["body"]) == (0, 0)


@everywhere
def test_all_text_runs_from_the_right(
    visit: Open, addresses: dict[str, str], kind: str, width: int, scheme: str
) -> None:
    assert visit(addresses[kind], width, scheme).measured["directions"] == ["rtl"]


@everywhere
def test_all_text_can_be_read(visit: Open, addresses: dict[str, str], kind: str, width: int, scheme: str) -> None:
    """Size and contrast, from what the browser computed: the checkers that desks use skip the contrast of Arabic."""
    texts = visit(addresses[kind], width, scheme).measured["texts"]
    assert len(texts) > 50
    assert [(t["text"], t["size"]) for t in texts if t["size"] < SMALLEST] == []
    assert [(t["text"], t["contrast"]) for t in texts if t["contrast"] < CONTRAST] == []
    body = [t for t in texts if t["body"]]
    assert bool(body) == (kind == "article")
    assert [
        (t["text"], t["contrast"], t["size"]) for t in body if t["contrast"] < BODY_CONTRAST or t["size"] < 16
    ] == []


@everywhere
def test_the_sites_own_faces_are_shown(
    visit: Open, addresses: dict[str, str], kind: str, width: int, scheme: str
) -> None:
    found = visit(addresses[kind], width, scheme)
    assert {"Naskh", "Plex"} <= set(found.fonts)
    assert found.page.evaluate(
        "document.fonts.check('400 20px Naskh', 'موجز') && document.fonts.check('700 20px Plex', 'موجز')"
    )
    assert found.measured["family"].split(",")[0] == "Naskh"


@pytest.mark.parametrize("kind", ["home", "article", "section"])
def test_the_first_key_leads_past_the_masthead(visit: Open, addresses: dict[str, str], kind: str) -> None:
    page = visit(addresses[kind], 360, "light").page
    link = page.locator("a[href='#main']")
    assert link.bounding_box()["y"] < 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hash") == "#main"
    page.wait_for_function("document.activeElement.getBoundingClientRect().top >= 0")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
    page.evaluate("document.activeElement.blur()")


def test_the_chosen_scheme_is_remembered(visit: Open, addresses: dict[str, str]) -> None:
    page = visit(addresses["section"], 1280, "light").page
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.locator("#theme").click()
    dark = page.evaluate(paper)
    assert dark != light and page.locator("#theme").get_attribute("aria-pressed") == "true"
    page.reload()
    assert page.evaluate(paper) == dark


def test_a_reader_without_javascript_sees_the_same_page(
    sample: tuple[Site, BuildReport], chromium: Any, addresses: dict[str, str]
) -> None:
    """Not a word of an article comes or goes with script but how old it is; the switch has no words."""
    site, _ = sample
    seen: list[str] = []
    with serving(site.root / "output") as address:
        for script in (True, False):
            context = chromium.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=script)
            page = context.new_page()
            page.goto(f"{address}/{quote(addresses['article'])}")
            assert bool(page.locator("age-note").text_content()) == script
            page.evaluate("document.querySelector('age-note').remove()")
            seen.append(page.locator("body").inner_text())
            context.close()
    assert seen[0] == seen[1] and len(seen[0]) > 1000


@pytest.mark.parametrize("page_address", ["", "politics/", "search/", "feeds/"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_that_comes_slowly_does_not_move(
    sample: tuple[Site, BuildReport], chromium: Any, page_address: str, width: int
) -> None:
    """What a script shows when the page is whole has its room from the first."""
    site, _ = sample
    with serving(site.root / "output", slow=True) as address:
        context = chromium.new_context(viewport={"width": width, "height": 800})
        page = context.new_page()
        page.goto(f"{address}/{page_address}", wait_until="networkidle")
        assert page.locator("#theme").is_visible() and page.evaluate(SHIFT) == 0
        context.close()


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("kind", ["home", "article"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_opens_without_moving_and_on_a_phone_with_few_requests(
    sample: tuple[Site, BuildReport], chromium: Any, addresses: dict[str, str], kind: str, width: int, late: bool
) -> None:
    """Also where the faces come late. Beside nine an article asks, once it is read, what is breaking; and the
    manifest, which a browser without a window does not fetch."""
    site, _ = sample
    with serving(site.root / "output") as address:
        context = chromium.new_context(viewport={"width": width, "height": 800})
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        if late:
            page.route("**/*.woff2", lambda route: (time.sleep(0.5), route.continue_()))
        page.goto(f"{address}/{quote(addresses[kind])}", wait_until="networkidle")
        assert page.evaluate(SHIFT) == 0
        news = [url for url in asked if url.endswith("/fragments/breaking/")]
        assert len(news) == (kind == "article")
        assert len(asked) - len(news) <= 9 or width > 360, asked
        context.close()
