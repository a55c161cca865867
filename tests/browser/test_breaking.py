"""The bar of breaking news: in its place on lists, at the foot of the window elsewhere, in the way of nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_accessibility import OPTIONS
from tests.browser.test_large_text import MEASURE
from tests.support.browser import serving
from tests.support.sites import CONFIG, Site, article
from tests.support.whole_site import FONTS

pytestmark = pytest.mark.browser
NOW = datetime(2021, 10, 18, 12, tzinfo=UTC)
URGENT = {"label": "breaking", "breaking_until": "2021-10-18 20:00"}
HEADLINE = "إغلاق الميناء الغربي أمام السفن الكبيرة حتى إشعار آخر بعد انهيار جزء من الرصيف"
BODY = "\n\n".join(["قال المدير إن العمل في الميناء يعود بعد يومين."] * 20)
PAGES = ("", "2021/10/18/calm/")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site = Site(tmp_path_factory.mktemp("breaking")).write({"config.yaml": CONFIG}).write(FONTS)
    site.write({f"content/{n}.md": article(HEADLINE, id=f"u{n}", slug=f"u{n}", **URGENT) for n in range(3)})
    site.write({"content/calm.md": article("قوارب الصيد تعود", id="calm", slug="calm", body=BODY)})
    site.build(now=NOW)
    with serving(site.root / "output", "/news") as address:
        yield address


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark"), (1920, "light")])
def test_it_breaks_no_rule_and_stands_below_the_name(
    chromium: Any, home: str, path: str, width: int, scheme: str
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(f"{home}/{path}")
    page.wait_for_selector(".urgent")
    found = Axe().run(page, options=OPTIONS).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
    ends = "([a, b]) => [a, b].map(one => document.querySelector(one).getBoundingClientRect().right)"
    name, bar = page.evaluate(ends, [".name a", ".urgent b"])
    assert abs(name - bar) < 1
    page.close()


@pytest.mark.parametrize("size", ["100%", "200%"])
def test_it_leaves_most_of_a_phone_to_the_text_and_hides_nothing_that_keys_reach(
    chromium: Any, home: str, size: str
) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 640}, reduced_motion="reduce")
    page.goto(f"{home}/{PAGES[1]}")
    page.wait_for_selector(".urgent.low")
    page.evaluate("size => document.documentElement.style.fontSize = size", size)
    assert page.evaluate("document.querySelector('.urgent').offsetHeight") <= 640 * 0.4 + 1
    found = page.evaluate(MEASURE)
    assert found["outside"] == [] and found["scroll"] <= 0
    count = page.locator("a:visible, button:visible").count()
    for _ in range(count - 1):
        page.keyboard.press("Tab")
        covered = page.evaluate("""() => {
            const one = document.activeElement, box = one.getBoundingClientRect();
            const at = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 10));
            return at && at.closest(".urgent") && !one.closest(".urgent") ? one.outerHTML : "";
        }""")
        assert covered == ""
    page.keyboard.press("End")
    page.wait_for_function("scrollY + innerHeight >= document.documentElement.scrollHeight - 1")
    ends = "['.footer', '.urgent'].map(one => document.querySelector(one).getBoundingClientRect())"
    assert page.evaluate(f"(([foot, bar]) => foot.bottom <= bar.top + 1)({ends})")
    page.close()
