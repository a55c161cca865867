"""A reader whose browser writes twice as large: by its own setting, on a narrow phone, no page scrolls sideways.

WCAG 2.2, 1.4.4 (text resized to 200 %) and 1.4.10 (reflow at 320 pixels). The setting is Chromium's own default font
size, which a page cannot see but by its rems; a style of the test's would only scale what the test thought of.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from mujaz.arabic.slugs import slug_of
from mujaz.build.report import BuildReport
from tests.support.browser import FLAGS, fonts, serving, until
from tests.support.needs import program
from tests.support.sites import Site, article

pytestmark = pytest.mark.browser

USUAL = 16  # pixels, what Chromium comes with
WIDTHS = (320, 360)
PERCENTS = (100, 150, 200, *(pytest.param(percent, marks=pytest.mark.long) for percent in (125, 175)))

# How far the page scrolls, and the texts that stand outside it, but for those in a box that scrolls by itself.
MEASURE = """() => {
  const wide = document.documentElement.clientWidth, outside = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(node);
    if (!node.data.trim() || node.parentElement.closest(".hidden, .skip, script, .table, pre, option")) continue;
    for (const box of range.getClientRects())
      if (box.width && (box.left < -1 || box.right > wide + 1)) outside.push(node.data.trim().slice(0, 40));
  }
  const size = parseFloat(getComputedStyle(document.documentElement).fontSize);
  return { scroll: document.documentElement.scrollWidth - wide, outside, size };
}"""

LONG = "الاستثمارات والمسؤوليات الاستراتيجية للمستوطنات"
TABLE = (
    "| المدينة | يناير | فبراير | مارس | أبريل | مايو |\n|:--|:-:|--:|--|--|--|\n| القاهرة | 13 | 15 | 17 | 21 | 25 |"
)
COLUMNS = [f"عمودطويل{n}" for n in range(14)]
WIDE = f"| {' | '.join(COLUMNS)} |\n{'|--' * len(COLUMNS)}|\n| {' | '.join(map(str, range(14)))} |"
ON_PAPER = f"نص.\n\n{WIDE}\n\n```\n{'a' * 200}\n```\n\n<details><summary>اقرأ</summary>\n\nكلمات مطوية.\n\n</details>"
RICH = f"نص.\n\n> {LONG}\n>\n> — متحدث\n\n{TABLE}\n\n## {LONG}\n\n`mkdir -p {'a' * 80}`\n\n{'w' * 90}"


@pytest.fixture(scope="module")
def site(sample: tuple[Site, BuildReport], tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample content, a story that was withdrawn, and one with all that is wide, under long names."""
    ours = Site(tmp_path_factory.mktemp("large"))
    shutil.copytree(sample[0].root, ours.root, dirs_exist_ok=True)
    config = (ours.root / "config.yaml").read_text(encoding="utf-8").replace("name: ثقافة", f"name: {LONG}", 1)
    own = {"series": LONG, "tags": f"[{LONG}]", "author": LONG, "label": "breaking"}
    ours.write(
        {
            "config.yaml": config,  # with a section of a long name, which the search offers
            "content/2021/11/wide.md": article(LONG, id="wide", slug="wide", date="2021-11-30", body=RICH, **own),
            "content/2021/11/gone.md": article(LONG, id="gone", slug="gone", date="2021-11-29", withdrawn=LONG),
            "content/2021/11/paper.md": article("ورق", id="paper", slug="paper", date="2021-11-28", body=ON_PAPER),
        }
    )
    ours.build(jobs=0)
    return ours


PAGES = {
    "home": "",
    "section": "politics/",
    "month of a section": "politics/2021/11/",
    "edition": "2021/11/30/",
    "edition of a week": "2021/w44/",
    "month": "2021/11/",
    "year": "2021/",
    "archive": "archive/",
    "article": "2021/11/30/wide/",
    "withdrawn": "2021/11/29/gone/",
    "tags": "tags/",
    "tag": f"tags/{slug_of(LONG)}/",
    "authors": "authors/",
    "author": f"authors/{slug_of(LONG)}/",
    "series index": "series/",
    "series": f"series/{slug_of(LONG)}/",
    "most read": "most-read/",
    "corrections": "corrections/",
    "search": "search/",
    "feeds": "feeds/",
    "standing page": "about/",
    "not found": "404.html",
}


@pytest.fixture(scope="module", params=PERCENTS)
def reader(
    request: pytest.FixtureRequest, site: Site, chromium: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Any, str, int]]:
    """(a page of a browser whose own text size is set, the address of the site, that size in pixels)"""
    size = USUAL * request.param // 100
    profile = tmp_path_factory.mktemp("profile")
    (profile / "Default").mkdir()
    wishes = {"webkit": {"webprefs": {"default_font_size": size}}}
    (profile / "Default/Preferences").write_text(json.dumps(wishes), encoding="utf-8")
    found = program("chromium", "chromium-browser", "google-chrome")
    context = chromium.browser_type.launch_persistent_context(
        profile, executable_path=found, args=FLAGS, env=fonts(profile), locale="ar"
    )
    with serving(site.root / "output") as address:
        yield context.pages[0], address, size
        context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways_however_large_its_text(reader: tuple[Any, str, int], width: int) -> None:
    page, address, size = reader
    page.set_viewport_size({"width": width, "height": 800})
    found: dict[str, Any] = {}
    for kind, path in PAGES.items():
        answer = page.goto(f"{address}/{quote(path)}")
        assert answer.ok, path
        measured = page.evaluate(MEASURE)
        assert measured.pop("size") == size, "the browser has not taken its setting"
        if measured != {"scroll": 0, "outside": []}:
            found[kind] = measured
    assert found == {}


def test_text_is_twice_as_large_where_the_reader_wants_it_so(reader: tuple[Any, str, int]) -> None:
    """What is bounded by the width of the page, names and headlines, never becomes smaller than the text."""
    page, address, size = reader
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{address}/{quote(PAGES['article'])}")
    sizes = page.evaluate(
        """() => Object.fromEntries([".prose p", "h1", ".prose h2", ".when, .byline"].map(
          path => [path, parseFloat(getComputedStyle(document.querySelector(path)).fontSize)]))"""
    )
    assert sizes[".prose p"] >= 1.18 * size and sizes[".when, .byline"] >= 0.9 * size
    assert min(sizes["h1"], sizes[".prose h2"]) > sizes[".prose p"]


def test_a_wide_table_scrolls_in_a_box_of_its_own_that_keys_reach(reader: tuple[Any, str, int]) -> None:
    page, address, _ = reader
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{address}/{quote(PAGES['article'])}")
    box = page.get_by_role("group", name="جدول")
    before = box.evaluate("box => [box.scrollWidth > box.clientWidth, box.scrollLeft]")
    assert before == [True, 0]
    box.focus()
    page.keyboard.press("ArrowLeft")
    assert until(page, lambda: bool(box.evaluate("box => box.scrollLeft") < 0))


def test_on_paper_nothing_is_cut_off_and_nothing_folded(site: Site, chromium: Any) -> None:
    """Nobody scrolls there and nobody opens: columns of a wide table, the ends of lines of code, folded words."""
    page = chromium.new_page(viewport={"width": 718, "height": 1000}, locale="ar")  # A4 within its margins
    with serving(site.root / "output") as address:
        page.goto(f"{address}/2021/11/28/paper/")
        page.emulate_media(media="print")
        outside = page.evaluate(MEASURE.replace(", .table, pre, option", ""))["outside"]
        scrolling = page.evaluate(
            "[...document.querySelectorAll('.table, pre')].map(one => getComputedStyle(one).overflowX)"
        )
        folded = page.get_by_text("كلمات مطوية").is_visible()
        age = page.locator("age-note").evaluate("note => [note.textContent !== '', note.checkVisibility()]")
    page.close()
    assert (outside, scrolling, folded, age) == ([], ["visible", "visible"], True, [True, False])
