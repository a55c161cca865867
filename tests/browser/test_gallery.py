"""A gallery in Chromium: a grid, one large picture by buttons, keys and swipes, and nothing is fetched before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_accessibility import OPTIONS
from tests.browser.test_large_text import MEASURE
from tests.support.browser import serving
from tests.support.sites import CONFIG, Site, article
from tests.support.whole_site import FONTS, picture

pytestmark = pytest.mark.browser
COUNT = 12
SMALL, LARGE = 480, 960
ITEMS = "".join(f'- ![رافعة {n}](p{n}.png "الرافعة {n} | عدسة الصحيفة")\n' for n in range(COUNT)) + "{: .gallery }\n"
FAR = "\n\n".join(["قال المدير إن العمل في الميناء يعود بعد يومين. " * 8] * 40)
SHOWN = "() => document.querySelector('dialog[open] img')?.alt ?? ''"
SWIPE = """([from, to]) => {
  const viewer = document.querySelector("dialog");
  const send = (type, x) => viewer.dispatchEvent(
    new PointerEvent(type, { clientX: x, clientY: 300, isPrimary: true, bubbles: true })
  );
  send("pointerdown", from);
  send("pointerup", to);
}"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site = Site(tmp_path_factory.mktemp("gallery")).write(FONTS)
    site.write({"config.yaml": CONFIG + f"pictures: {{widths: [{SMALL}, {LARGE}]}}\n"})
    site.write({f"content/port/p{n}.png": picture(LARGE, 640, (n * 20, 90, 110)) for n in range(COUNT)})
    site.write({"content/port/index.md": article("الميناء في صور", id="near", slug="near", body=ITEMS)})
    far = article("بعد نص طويل", id="far", slug="far", body=f"{FAR}\n\n{ITEMS}")
    english = article("The port", id="en", slug="en", lang="en", body=ITEMS)
    site.write({"content/port/far.md": far, "content/port/en.md": english})
    site.build()
    with serving(site.root / "output", "/news") as address:
        yield f"{address}/2021/10/18"


def opened(page: Any, number: int) -> None:
    page.locator(".gallery a").nth(number).click()
    page.wait_for_function(
        "number => document.querySelector('dialog[open] img').alt.endsWith(` ${number}`)", arg=number
    )


@pytest.mark.parametrize(("story", "onward"), [("near", "ArrowLeft"), ("en", "ArrowRight")])
def test_keys_go_the_way_of_reading(chromium: Any, home: str, story: str, onward: str) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{home}/{story}/")
    opened(page, 0)
    back = {"ArrowLeft": "ArrowRight", "ArrowRight": "ArrowLeft"}[onward]
    for key, number in ((onward, 1), (onward, 2), (back, 1), ("End", 11), (onward, 0), (back, 11), ("Home", 0)):
        page.keyboard.press(key)
        assert page.evaluate(SHOWN) == f"رافعة {number}", key
    page.keyboard.press(onward)
    page.keyboard.press("Escape")
    assert page.evaluate(SHOWN) == ""
    # A dialog tells that it has closed a moment after it has.
    page.wait_for_function("alt => document.activeElement.querySelector('img')?.alt === alt", arg="رافعة 1")
    page.close()


@pytest.mark.parametrize(("story", "onward"), [("near", (100, 260)), ("en", (260, 100))])
def test_a_swipe_turns_the_page(chromium: Any, home: str, story: str, onward: tuple[int, int]) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 640})
    page.goto(f"{home}/{story}/")
    opened(page, 3)
    page.evaluate(SWIPE, list(onward))
    assert page.evaluate(SHOWN) == "رافعة 4"
    page.evaluate(SWIPE, list(onward[::-1]))
    page.evaluate(SWIPE, [200, 220])  # too short
    assert page.evaluate(SHOWN) == "رافعة 3"
    page.close()


def test_buttons_do_it_too_and_say_where_one_is(chromium: Any, home: str) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 640})
    page.goto(f"{home}/near/")
    opened(page, 0)
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="الصورة التالية").click()
    assert dialog.get_by_role("status").text_content() == "الصورة 2 من 12"
    assert dialog.locator("figcaption").text_content() == "الرافعة 1 (عدسة الصحيفة)"
    dialog.get_by_role("button", name="الصورة السابقة").click()
    assert page.evaluate(SHOWN) == "رافعة 0"
    dialog.get_by_role("button", name="أغلق الصورة").click()
    assert page.evaluate(SHOWN) == ""
    page.close()


def test_pictures_come_when_they_are_near_in_the_size_of_the_grid_and_one_by_one_large(
    chromium: Any, home: str
) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 640}, reduced_motion="reduce")
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "/pictures/" in one.url else None)
    page.goto(f"{home}/far/", wait_until="networkidle")
    assert asked == []
    page.locator(".gallery").scroll_into_view_if_needed()
    page.wait_for_function("() => [...document.querySelectorAll('.gallery img')].some(img => img.complete)")
    page.wait_for_timeout(300)
    assert 0 < len(asked) <= COUNT
    assert all(url.endswith(f"-{SMALL}.webp") for url in asked)
    page.set_viewport_size({"width": 1280, "height": 800})
    before = len(asked)
    opened(page, 2)
    page.wait_for_timeout(300)
    large = asked[before:]
    assert [url for url in large if f"-{SMALL}." not in url] and len(large) <= 2
    page.close()


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_it_breaks_no_rule_open_or_closed(chromium: Any, home: str, width: int, scheme: str) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 640}, color_scheme=scheme)
    page.goto(f"{home}/near/")
    for _ in ("closed", "open"):
        found = Axe().run(page, options=OPTIONS).response["violations"]
        assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
        for size in ("100%", "200%"):
            page.evaluate("size => document.documentElement.style.fontSize = size", size)
            shape = page.evaluate(MEASURE)
            assert shape["outside"] == [] and shape["scroll"] <= 0
        page.evaluate("document.documentElement.style.fontSize = ''")
        if page.evaluate(SHOWN) == "":
            opened(page, 0)
    page.close()


def test_without_script_each_picture_leads_to_its_file(chromium: Any, home: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{home}/near/")
    assert page.locator(".gallery figcaption").count() == COUNT
    page.locator(".gallery a").first.click()
    page.wait_for_url("**/assets/pictures/*.jpg")
    context.close()
