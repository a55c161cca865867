"""The age of an old story: said by the reader's own clock, in the words of the site, without moving the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.browser import serving
from tests.support.sites import CONFIG, Site, article
from tests.support.whole_site import FONTS

pytestmark = pytest.mark.browser

PAGE = "2021/10/18/harbour/index.html"
SHIFT = """new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})"""


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Site:
    body = "\n\n".join(["عاد الميناء إلى العمل."] * 40)
    site = Site(tmp_path_factory.mktemp("age")).write(
        {
            **FONTS,
            "config.yaml": CONFIG,
            "content/a.md": article("الميناء", slug="harbour", label="breaking", body=body),
        }
    )
    site.build()
    return site


@pytest.fixture
def opened(harbour: Site, chromium: Any) -> Iterator[Any]:
    """Open the story (of 2021-10-18, 14:00 in Doha) on a day; the page."""
    with serving(harbour.root / "output", "/news") as address:
        contexts = []

        def at(moment: str) -> Any:
            context = chromium.new_context(viewport={"width": 360, "height": 800}, timezone_id="Asia/Qatar")
            contexts.append(context)
            page = context.new_page()
            page.clock.set_fixed_time(moment)
            page.goto(f"{address}/{PAGE}", wait_until="networkidle")
            return page

        yield at
        for context in contexts:
            context.close()


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2021-10-18T14:05:00+03:00", ""),
        ("2022-10-18T13:00:00+03:00", ""),
        ("2022-10-18T15:00:00+03:00", "نُشر قبل أكثر من عام"),
        ("2023-12-01T12:00:00+03:00", "نُشر قبل أكثر من عامين"),
        ("2025-10-17T12:00:00+03:00", "نُشر قبل أكثر من 3 أعوام"),
        ("2032-11-01T12:00:00+03:00", "نُشر قبل أكثر من 11 عاما"),
        ("2010-01-01T12:00:00+03:00", ""),  # a clock that is wrong
    ],
)
def test_a_story_says_how_many_years_old_it_is(opened: Any, moment: str, words: str) -> None:
    assert opened(moment).locator("age-note").text_content() == words


@pytest.mark.parametrize(
    ("moment", "is_urgent"), [("2021-10-18T14:05:00+03:00", True), ("2021-10-20T14:00:00+03:00", False)]
)
def test_urgent_passes_with_the_day(opened: Any, moment: str, is_urgent: bool) -> None:
    assert opened(moment).locator("text=عاجل").is_visible() == is_urgent


def test_the_note_moves_nothing(opened: Any) -> None:
    page = opened("2030-01-01T12:00:00+03:00")
    assert page.locator("age-note").is_visible() and page.evaluate(SHIFT) == 0


def test_the_page_itself_holds_no_clock(harbour: Site) -> None:
    """Built nine years later it is the same, byte for byte."""

    before = harbour.read(PAGE)
    harbour.build(now=datetime(2030, 12, 1, tzinfo=UTC))
    assert harbour.read(PAGE) == before and "<age-note" in before
