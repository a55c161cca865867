"""The desk in Chromium: a story's whole life with the keyboard alone, and pages that everyone can use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_accessibility import OPTIONS
from tests.browser.test_large_text import MEASURE
from tests.support.cli_process import Served, served
from tests.support.sites import CONFIG, Site, article
from tests.support.whole_site import FONTS, picture

pytestmark = pytest.mark.browser
A, ABOUT = "content/2021/10/a.md", "content/pages/about.md"
FILES = {
    **FONTS,
    A: article("إغلاق الميناء الغربي", id="a", slug="a", tags="[مواني]", label="breaking", source="وكالات"),
    "content/2021/10/w.md": article("خبر مسحوب", id="w", slug="w", withdrawn="سبب"),
    ABOUT: "---\ntitle: من نحن\n---\nصحيفة صغيرة.\n",
    "content/2021/10/h.md": article("خبر مؤجل", id="h", slug="h", date="2990-01-01 10:00"),
}
TABS = 160  # more than any page of the desk has controls


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(tmp_path_factory.mktemp("desk")).write({"config.yaml": CONFIG}).write(FILES)


@pytest.fixture(scope="module")
def running(site: Site, chromium: Any) -> Iterator[Served]:  # none is started where no test can look at it
    with served(site.root, "desk") as server:
        yield server


@pytest.fixture
def page(running: Served, chromium: Any) -> Iterator[Any]:
    opened = chromium.new_page(viewport={"width": 1280, "height": 900}, base_url=running.url)
    wrong: list[str] = []
    outside: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda said: wrong.append(said.text) if "Content Security" in said.text else None)
    opened.on(
        "request", lambda asked: outside.append(asked.url) if urlsplit(asked.url).hostname != "localhost" else None
    )
    opened.on("dialog", lambda dialog: dialog.accept())
    yield opened
    opened.close()
    assert wrong == []
    assert {url for url in outside if urlsplit(url).hostname not in ("localhost", None)} == set()


class Keys:
    """Hands on the keys: what is wanted is reached by Tab, and nothing is clicked."""

    def __init__(self, page: Any) -> None:
        self.page, self.board = page, page.keyboard

    def reach(self, selector: str, key: str = "Tab") -> None:
        for _ in range(TABS):
            if self.page.evaluate("wanted => document.activeElement?.matches(wanted)", selector):
                return
            self.board.press(key)
        raise AssertionError(f"no Tab reaches {selector}")

    def press(self, selector: str) -> None:
        self.reach(selector)
        self.board.press("Enter")

    def go(self, selector: str) -> None:
        """Press what leads to another page."""
        self.reach(selector)
        with self.page.expect_navigation():
            self.board.press("Enter")

    def type(self, selector: str, text: str) -> None:
        self.reach(selector)
        self.board.press("Control+a")
        self.board.insert_text(text)

    def link(self, words: str) -> None:
        """Link to the first article that a search for `words` finds."""
        self.reach("[data-tool=link]", "Shift+Tab")
        self.board.press("Enter")
        self.board.insert_text(words)
        self.page.wait_for_selector("#found button")
        self.board.press("Enter")
        self.board.press("Enter")

    def save(self) -> None:
        with self.page.expect_navigation():
            self.board.press("Control+s")


def path_of(page: Any) -> str:
    return parse_qs(urlsplit(page.url).query)["path"][0]


def built(site: Site, page: Any) -> str:
    address = unquote(page.get_attribute("#page", "src").split("/news/")[1])
    return (site.root / ".mujaz/serve/output" / address / "index.html").read_text(encoding="utf-8")


def test_a_story_lives_by_the_keyboard_alone(site: Site, page: Any, tmp_path: Path) -> None:
    (tmp_path / "quay.png").write_bytes(picture())
    keys = Keys(page)
    page.goto("/")
    keys.go(".top a.button")
    keys.type("#title", "افتتاح الميناء")
    keys.go(".actions button")
    keys.type("#summary", "عاد العمل إلى الميناء.")
    write(keys, tmp_path)
    keys.save()
    text = built(site, page)
    assert "افتتاح الميناء" in text and "<h2" in text and "رافعة" in text and "المتحدثة" in text
    assert 'href="/news/2021/10/18/a/"' in text and path_of(page).endswith("/index.md")
    saved = (site.root / path_of(page)).read_text(encoding="utf-8")
    assert "related: [a]" in saved and "alt: رافعة صفراء" in saved

    keys.press("details:has(#field-slug) summary")
    keys.type("#slug", "رابط فيه فراغ")
    keys.save()
    assert page.locator("#slug[aria-invalid=true]").count() == 1 and page.locator("#slug-trouble-1").is_visible()
    assert "افتتاح الميناء" in page.frame_locator("#page").locator("h1").inner_text()  # the last good page stays
    keys.press(".alert a[href='#field-slug']")
    keys.type("#slug", "opening")
    keys.save()
    assert page.locator("[role=alert]").count() == 0

    keys.go(".acts a[href*='/do/hold']")
    keys.go(".actions button")
    assert page.locator(".state.held").count() == 1
    assert "draft" not in (site.root / path_of(page)).read_text(encoding="utf-8")
    keys.go(".acts a[href*='/do/publish']")
    keys.go(".actions button")
    assert page.locator(".state.published").count() == 1
    keys.go(".acts a[href*='/do/correct']")
    keys.type("#said", "كان اسم الميناء خطأ")
    keys.go(".actions button")
    assert "كان اسم الميناء خطأ" in built(site, page)
    keys.go(".acts a[href*='/do/withdraw']")
    keys.type("#said", "لم يصح الخبر")
    keys.go(".actions button")
    assert "لم يصح الخبر" in built(site, page) and "المتحدثة" not in built(site, page)
    keys.press("form[action='/undo'] button")
    page.wait_for_url("**done=undone**")
    assert "المتحدثة" in built(site, page)


def write(keys: Keys, tmp_path: Path) -> None:
    """The body by its buttons, a picture, and a pin."""
    page = keys.page
    keys.reach("#body")
    keys.board.insert_text("قال المدير إن العمل عاد.")
    keys.reach("[data-tool=head]", "Shift+Tab")
    keys.board.press("Enter")
    keys.board.insert_text("ما الذي جرى")
    keys.board.press("Control+End")
    keys.reach("[data-tool=quote]", "Shift+Tab")
    keys.board.press("Enter")
    keys.board.insert_text("المتحدثة")
    keys.board.press("Control+End")
    keys.link("اغلاق")
    assert "/2021/10/a.md)" in page.input_value("#body")
    keys.reach("#picture")
    chosen = file_chooser(keys)
    chosen.set_files(tmp_path / "quay.png")
    assert page.evaluate("document.getElementById('image.alt').required")
    keys.type("[id='image.alt']", "رافعة صفراء")
    keys.press("details:has(#field-related) summary")
    keys.press("#field-related button.small")
    keys.board.insert_text("اغلاق")
    page.wait_for_selector("#found button")
    keys.board.press("Enter")
    keys.board.press("Enter")


def test_a_standing_page_is_found_and_changed_by_the_keyboard_alone(site: Site, page: Any) -> None:
    keys = Keys(page)
    page.goto("/")
    keys.go("nav a[href='/pages']")
    keys.go(f".rows a[href='/edit?path={ABOUT}']")
    keys.type("#title", "من نكون")
    keys.reach("#body")
    keys.board.press("Control+End")
    keys.link("اغلاق")
    keys.save()
    assert "](../2021/10/a.md)" in (site.root / ABOUT).read_text(encoding="utf-8")
    assert "من نكون" in built(site, page) and 'href="/news/2021/10/18/a/"' in built(site, page)
    assert "من نكون" in page.frame_locator("#page").locator("h1").inner_text()


def file_chooser(keys: Keys) -> Any:
    """The chooser that a key opens. Chromium now and then takes the first press for none."""
    from playwright.sync_api import TimeoutError

    for _ in range(5):
        try:
            with keys.page.expect_file_chooser(timeout=3_000) as chosen:
                keys.board.press("Space")
            return chosen.value
        except TimeoutError:
            keys.board.press("Shift+Tab")
            keys.reach("#picture")
    raise AssertionError("no key opens the chooser")


def test_what_was_not_saved_is_there_after_the_window_was_closed(page: Any) -> None:
    page.goto(f"/edit?path={A}")
    page.fill("#title", "عنوان لم يُحفظ")
    page.goto("/")
    page.goto(f"/edit?path={A}")
    assert page.locator("#unsaved").is_visible() and page.input_value("#title") == "إغلاق الميناء الغربي"
    page.click("[data-restore]")
    assert page.input_value("#title") == "عنوان لم يُحفظ"
    page.goto(f"/edit?path={A}")
    page.click("[data-forget]")
    page.goto(f"/edit?path={A}")
    assert not page.locator("#unsaved").is_visible()


def test_what_was_not_saved_outlives_what_is_typed_beside_it(page: Any) -> None:
    """A letter typed before the notice was read took the place of what it offers."""
    page.goto(f"/edit?path={A}")
    page.fill("#title", "عنوان أول")
    page.goto("/")
    page.goto(f"/edit?path={A}")
    page.fill("#summary", "ملخص آخر")
    page.goto("/")
    page.goto(f"/edit?path={A}")
    page.click("[data-restore]")
    assert page.input_value("#summary") == "ملخص آخر" and page.input_value("#title") != "عنوان أول"
    page.click("[data-restore]")
    assert page.input_value("#title") == "عنوان أول" and not page.locator("#unsaved").is_visible()
    page.goto(f"/edit?path={A}")
    page.click("[data-forget]")
    page.goto(f"/edit?path={A}")
    assert not page.locator("#unsaved").is_visible()


def test_windows_of_one_article_keep_a_draft_each(page: Any) -> None:
    """The second to be typed in took the place of the first, and a save forgot what nobody had answered."""
    page.goto(f"/edit?path={A}")
    with page.expect_popup() as opened:
        page.evaluate("open(location.href)")
    other = opened.value
    other.on("dialog", lambda dialog: dialog.accept())
    other.wait_for_load_state()
    page.fill("#summary", "ملخص النافذة الأولى")
    other.fill("#summary", "ملخص النافذة الثانية")
    with other.expect_navigation():
        other.keyboard.press("Control+s")
    assert other.locator(".done").is_visible() and other.locator("#unsaved").is_visible()
    other.click("[data-restore]")
    assert other.input_value("#summary") == "ملخص النافذة الأولى" and not other.locator("#unsaved").is_visible()
    other.close()
    page.goto(f"/edit?path={A}")
    page.evaluate("localStorage.clear()")


def test_a_page_that_comes_back_does_not_overwrite_what_another_saved(site: Site, page: Any) -> None:
    """By its button Back a browser fills what was typed into a page that already says what the other saved."""
    before = (site.root / A).read_text(encoding="utf-8")
    page.goto(f"/edit?path={A}")
    page.fill("#body", "متني")
    page.goto("/pages")
    theirs = before.replace("متن الخبر.", "متن من غيري.")
    assert theirs != before
    site.write({A: theirs})
    page.go_back()
    page.wait_for_selector("#unsaved:not([hidden])")
    assert page.input_value("#body").strip() == "متن من غيري."
    page.click("[data-restore]")
    with page.expect_navigation():
        page.click(".bar button")
    assert (site.root / A).read_text(encoding="utf-8") == theirs and "متني" in page.input_value("#mine")
    site.write({A: before})
    page.goto(f"/edit?path={A}")
    page.evaluate("localStorage.clear()")


def test_a_browser_without_room_says_so(page: Any) -> None:
    page.goto(f"/edit?path={A}")
    page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
    )
    page.fill("#summary", "ملخص")
    assert "لا مساحة له" in page.inner_text("#saving")


def test_a_picture_for_the_text_leaves_the_form_with_paths_that_lead_there(
    site: Site, page: Any, tmp_path: Path
) -> None:
    (tmp_path / "new.png").write_bytes(picture())
    name = "content/2021/10/near.md"
    text = article("خبر بجار", id="near", slug="near", image="{src: quay.png, alt: رصيف}", body="![رصيف](quay.png)\n")
    site.write({name: text, "content/2021/10/quay.png": picture()})
    page.goto(f"/edit?path={name}")
    page.locator("#body").press_sequentially("جديد ")
    page.set_input_files("#body-picture", tmp_path / "new.png")
    page.wait_for_url("**near%2Findex.md")
    page.wait_for_function("document.getElementById('body').value.includes('new.png')")
    with page.expect_navigation():
        page.click(".bar button")
    saved = (site.root / "content/2021/10/near/index.md").read_text(encoding="utf-8")
    assert "image: {src: ../quay.png, alt: رصيف}" in saved and "![رصيف](../quay.png)" in saved and "(new.png" in saved
    assert page.locator(".done").is_visible() and not page.locator("#unsaved").is_visible()


def test_a_picture_whose_sending_was_cut_off_is_sent_again(site: Site, page: Any, tmp_path: Path) -> None:
    """Nothing happened and nothing was said: the phone had been out of reach for too long."""
    (tmp_path / "cut.png").write_bytes(picture())
    site.write({"content/2021/10/cut.md": article("خبر", id="cut", slug="cut")})
    page.goto("/edit?path=content/2021/10/cut.md")
    page.route("**/upload", lambda route: route.abort(), times=1)
    with page.expect_navigation(timeout=20_000):
        page.set_input_files("#body-picture", tmp_path / "cut.png")
    assert (site.root / "content/2021/10/cut/cut.png").exists()


def test_what_is_typed_while_a_picture_is_sent_stays(site: Site, page: Any, tmp_path: Path) -> None:
    """A picture takes long over a slow line, and the text in its new folder came back as it had been before."""
    (tmp_path / "new.png").write_bytes(picture())
    text = article("خبر", id="slow", slug="slow", body="![رصيف](quay.png)\n")
    site.write({"content/2021/10/slow.md": text, "content/2021/10/quay.png": picture()})
    page.goto("/edit?path=content/2021/10/slow.md")
    typed = "document.getElementById('body').value += '\\n\\nكُتب أثناء الإرسال ![ر](quay.png)'"
    page.route("**/upload", lambda route: (page.evaluate(typed), route.continue_()), times=1)
    page.set_input_files("#body-picture", tmp_path / "new.png")
    page.wait_for_url("**slow%2Findex.md")
    with page.expect_navigation():
        page.click(".bar button")
    saved = (site.root / "content/2021/10/slow/index.md").read_text(encoding="utf-8")
    assert "كُتب أثناء الإرسال ![ر](../quay.png)" in saved and "![رصيف](../quay.png)" in saved and "(new.png" in saved


def test_a_picture_does_not_hide_that_a_draft_is_older_than_the_page(site: Site, page: Any, tmp_path: Path) -> None:
    (tmp_path / "new.png").write_bytes(picture())
    name = "content/2021/10/old.md"
    site.write({name: article("خبر", id="old", slug="old")})
    page.goto(f"/edit?path={name}")
    page.fill("#title", "عنواني")
    page.goto("/pages")
    site.write({name: article("خبر", id="old", slug="old", body="متن من غيري.\n")})
    page.goto(f"/edit?path={name}")
    page.click("[data-restore]")
    page.set_input_files("#body-picture", tmp_path / "new.png")
    page.wait_for_url("**old%2Findex.md")
    with page.expect_navigation():
        page.click(".bar button")
    assert "متن من غيري." in (site.root / "content/2021/10/old/index.md").read_text(encoding="utf-8")
    assert "عنواني" in page.input_value("#mine")
    page.evaluate("localStorage.clear()")


def test_what_is_typed_while_a_save_is_on_its_way_comes_back(page: Any) -> None:
    """A save waits for its build, and a slow line for both."""
    page.goto(f"/edit?path={A}")
    page.fill("#summary", "ملخص أُرسل")
    page.evaluate(
        """title => document.getElementById("story").addEventListener("submit", () => setTimeout(() => {
          const field = document.getElementById("title");
          field.value = title;
          field.dispatchEvent(new Event("input", {bubbles: true}));
        }))""",
        "عنوان أثناء الحفظ",
    )
    with page.expect_navigation():
        page.click(".bar button")
    assert page.input_value("#summary") == "ملخص أُرسل" and page.input_value("#title") != "عنوان أثناء الحفظ"
    page.click("[data-restore]")
    assert page.input_value("#title") == "عنوان أثناء الحفظ" and page.input_value("#summary") == "ملخص أُرسل"
    page.evaluate("localStorage.clear()")


def test_what_was_typed_after_a_save_is_there_after_the_window_was_closed(page: Any) -> None:
    """The address says that all was saved, and the browser opens it again."""
    page.goto(f"/edit?path={A}")
    page.fill("#summary", "ملخص")
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    assert page.locator(".done").is_visible()
    page.fill("#title", "عنوان بعد الحفظ")
    page.reload()
    page.click("[data-restore]")
    assert page.input_value("#title") == "عنوان بعد الحفظ"
    page.goto(f"/edit?path={A}")
    page.click("[data-forget]")


def test_what_comes_back_does_not_undo_what_another_saved_meanwhile(site: Site, page: Any) -> None:
    before = (site.root / A).read_text(encoding="utf-8")
    page.goto(f"/edit?path={A}")
    page.fill("#title", "عنواني")
    page.goto("/")
    theirs = before.replace("tags: [مواني]", "tags: [مواني, بحر]")
    site.write({A: theirs})
    page.goto(f"/edit?path={A}")
    page.click("[data-restore]")
    with page.expect_navigation():
        page.click(".bar button")
    assert (site.root / A).read_text(encoding="utf-8") == theirs
    assert "بحر" in page.input_value("#theirs") and "عنواني" in page.input_value("#mine")
    site.write({A: before})
    page.goto(f"/edit?path={A}")
    page.click("[data-forget]")


def test_a_known_tag_takes_the_spelling_that_is_in_use(page: Any) -> None:
    page.goto("/edit?path=content/2021/10/h.md")
    page.locator("[name=tags]").first.fill("غير معروف")
    page.locator("[name=tags]").nth(1).fill("جديد")
    page.locator("#title").focus()
    assert [page.locator("[name=tags]").nth(n).input_value() for n in (0, 1)] == ["غير معروف", "جديد"]
    page.locator("[name=tags]").first.fill("موَانى")
    page.locator("#title").focus()
    assert page.locator("[name=tags]").first.input_value() == "مواني"


def test_one_more_row_comes_below_a_list_with_names_of_its_own(page: Any, site: Site) -> None:
    name = "content/2021/10/h.md"
    page.goto(f"/edit?path={name}")
    page.click("details:has(#field-sources) summary")
    for number, text in enumerate(("وكالات", "الجزيرة", "رويترز"), start=1):
        page.get_by_label("الاسم").and_(page.locator(f"[id='sources.name{number}']")).fill(text)
    page.fill("[id='sources.url3']", "https://example.org/")
    assert page.locator("#field-sources .entry").count() == 4
    ids = page.eval_on_selector_all("[id]", "all => all.map(one => one.id)")
    assert len(ids) == len(set(ids))
    with page.expect_navigation():
        page.click(".bar button")
    saved = (site.root / name).read_text(encoding="utf-8")
    assert "  - وكالات\n  - الجزيرة\n  - name: رويترز\n    url: https://example.org/\n" in saved


def test_forms_work_without_script(running: Served, site: Site, chromium: Any) -> None:
    context = chromium.new_context(java_script_enabled=False, base_url=running.url)
    page = context.new_page()
    page.goto(f"/edit?path={A}")
    assert not page.locator(".tools").is_visible() and page.locator(".screen iframe").is_visible()
    page.fill("#summary", "ملخص بلا سكربت")
    page.click(".bar button")
    assert page.locator(".done").is_visible() and "ملخص بلا سكربت" in (site.root / A).read_text(encoding="utf-8")
    context.close()


PAGES = (
    *("/", "/new", f"/edit?path={A}", f"/edit?path={A}&text=1", f"/do/withdraw?path={A}", f"/do/hold?path={A}"),
    *("/pages", "/pages/new/page", "/pages/new/author", f"/edit?path={ABOUT}", f"/do/publish?path={A}"),
)


def test_the_text_of_a_file_is_held_by_the_browser_too(page: Any) -> None:
    page.goto(f"/edit?path={A}&text=1")
    page.locator("#text").press_sequentially("س")
    page.goto("/")
    page.goto(f"/edit?path={A}&text=1")
    before = page.input_value("#text")
    page.click("[data-restore]")
    assert page.input_value("#text") != before
    page.goto(f"/edit?path={A}&text=1")
    page.click("[data-forget]")


def test_an_empty_field_begins_where_the_page_does(page: Any) -> None:
    empty = """[...document.querySelectorAll(":is(textarea, input:is(:not([type]), [type=search])):not([dir=ltr])")]
        .filter(one => !one.value).map(one => getComputedStyle(one)).map(one =>
        `${one.direction} ${one.unicodeBidi}`)"""
    for address in ("/", "/new", f"/edit?path={A}", f"/do/withdraw?path={A}"):
        page.goto(address)
        assert set(page.evaluate(empty)) == {"rtl plaintext"}, address


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_everyone_can_use_its_pages(running: Served, chromium: Any, width: int, scheme: str) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme, base_url=running.url)
    for address in (*PAGES, f"/versions?path={quote(A)}", "/nothing"):
        page.goto(address)
        for details in page.query_selector_all("details"):
            details.evaluate("one => { one.open = true }")
        found = Axe().run(page, options=OPTIONS).response["violations"]
        told = [(one["id"], [node["html"][:120] for node in one["nodes"]][:3]) for one in found]
        assert told == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    page.close()


def test_nothing_is_cut_off_where_text_is_twice_as_large(running: Served, chromium: Any) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 800}, base_url=running.url)
    for address in PAGES:
        page.goto(address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        found = page.evaluate(MEASURE)
        assert found["size"] == 32 and found["scroll"] <= 0, address
        assert found["outside"] == [], address
    page.close()
