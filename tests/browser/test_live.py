"""An open live story: it asks once a minute at most, says what is new, moves nothing until it is told to, and ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_accessibility import OPTIONS
from tests.browser.test_large_text import MEASURE
from tests.support.browser import serving, until
from tests.support.sites import CONFIG, Site, article
from tests.support.whole_site import FONTS

pytestmark = pytest.mark.browser
BEFORE, AFTER = datetime(2021, 10, 18, 13, tzinfo=UTC), datetime(2021, 10, 18, 17, tzinfo=UTC)
POINTS = "- الرصيف [مغلق](#14-05).\n"
BODY = f"مقدمة.\n\n{POINTS}"
ADDRESS = "2021/10/18/quay/"
MINUTE = 60_000
END = re.compile(r"</article></div>\s*</div>")  # of an entry, the entries and the body
AT_ONCE = ("corrected", "another opening")  # edits before the page asked for the first time
SIX = (0, 1, 2, 3, 5)  # the entries that are there when the page of an edit is opened
# name → the minutes of the entries, and an edit: what a desk does to a story while it is read.
EDITS: dict[str, tuple[Iterable[int], tuple[str, str]]] = {
    "between": ((0, 1, 2, 3, 5, 4, 6), ("", "")),  # 14:04 comes after 14:05
    "corrected": (SIX, ("تحديث 3 عن السفن\n\nقال", "تحديث 3 عن السفن\n\nنفى")),
    "corrected with news": ((*SIX, 7), ("تحديث 3 عن السفن\n\nقال", "تحديث 3 عن السفن\n\nنفى")),
    "taken out": ((0, 1, 2, 5), ("", "")),
    "taken out with news": ((0, 1, 2, 5, 7), ("", "")),
    "another opening": ((*SIX, 7), ("مقدمة.", "مقدمة أخرى.\n\nوفيها فقرة ثانية.")),
    "another point": (SIX, ("الرصيف [مغلق]", "الرصيف [مفتوح]")),
    "no points": (SIX, (POINTS, "")),
    "a title of parts": ((*SIX, 7), ("تحديث 7 عن السفن", "تحديث **كبير** 7 عن *السفن*")),
}
# What stands at the middle of the window, and where.
SEEN = """() => {
  const one = document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest(".entry");
  return [one.id, one.getBoundingClientRect().top];
}"""
ORDER = "entries => entries.map(entry => entry.id)"


def entry(minute: int) -> str:
    return (
        f"\n## 14:{minute:02} تحديث {minute} عن السفن\n\n"
        + "قال المدير إن العمل في الميناء يعود بعد يومين. " * 12
        + "\n"
    )


def write(site: Site, minutes: Iterable[int], edit: tuple[str, str] = ("", ""), **fields: str) -> None:
    body = (BODY + "".join(map(entry, minutes))).replace(*edit)
    text = article("الرصيف الغربي يميل", id="quay", slug="quay", live_until="2021-10-18 20:00", body=body, **fields)
    site.write({"content/quay.md": text})


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The story with six entries, with three more, with thirty more, and at its end; built before a browser runs."""
    made = {}
    for name, minutes, now in (
        ("six", range(6), BEFORE), ("nine", range(9), BEFORE), ("many", range(36), BEFORE), ("over", range(6), AFTER),
    ):  # fmt: skip
        site = Site(tmp_path_factory.mktemp(name)).write({**FONTS, "config.yaml": CONFIG})
        write(site, minutes)
        site.build(now=now)
        made[name] = site.root / "output"
    for name, (times, edit) in {"before": (SIX, ("", "")), **EDITS}.items():
        for order in ("newest", "oldest"):
            site = Site(tmp_path_factory.mktemp("edit")).write({**FONTS, "config.yaml": CONFIG})
            write(site, times, edit, live_order=order)
            site.build(now=BEFORE)
            made[f"{name}, {order}"] = site.root / "output"
    return made


def stop_the_clock(page: Any) -> None:
    """For the page time passes when a test says so, however slow the machine is."""
    page.clock.install(time=BEFORE)
    page.clock.pause_at(BEFORE + timedelta(seconds=20))  # a busy machine is slow to say so


class Reader:
    """A page that is open while the site is built anew: its fragment comes from `output`."""

    def __init__(
        self, chromium: Any, home: str, outputs: dict[str, Path], *, width: int = 360, output: str = "six"
    ) -> None:
        self.outputs, self.output, self.asked = outputs, output, 0
        self.page = chromium.new_page(viewport={"width": width, "height": 640}, reduced_motion="reduce")
        stop_the_clock(self.page)
        self.page.route("**/fragments/live/quay/", self.answer)
        self.page.route(f"**/{ADDRESS}", self.send)
        self.page.goto(f"{home}/{ADDRESS}")

    def answer(self, route: Any) -> None:
        self.asked += 1
        path = self.outputs[self.output] / "fragments/live/quay/index.html"
        route.fulfill(status=200 if path.exists() else 404, body=path.read_bytes() if path.exists() else b"")

    def send(self, route: Any) -> None:
        route.fulfill(path=self.outputs[self.output] / ADDRESS / "index.html", content_type="text/html")

    def wait(self, milliseconds: int) -> None:
        self.page.clock.run_for(milliseconds)
        self.page.wait_for_timeout(150)

    def has_asked(self, times: int) -> bool:
        """Whether it asked so often, and not more often."""
        return until(self.page, lambda: self.asked >= times) and self.asked == times

    def order(self) -> list[str]:
        found: list[str] = self.page.locator(".entry").evaluate_all(ORDER)
        return found


@pytest.fixture(scope="module")
def home(outputs: dict[str, Path]) -> Iterator[str]:
    with serving(outputs["six"], "/news") as address:
        yield address


@pytest.fixture
def reader(chromium: Any, home: str, outputs: dict[str, Path]) -> Iterator[Reader]:
    reader = Reader(chromium, home, outputs)
    yield reader
    reader.page.close()


def test_it_asks_once_a_minute_and_not_while_nobody_looks(reader: Reader) -> None:
    reader.wait(MINUTE - 1_000)
    assert reader.asked == 0
    for count in (1, 2, 3):
        reader.wait(MINUTE)
        assert reader.has_asked(count)
    hide = "hidden => { Object.defineProperty(document, 'hidden', { get: () => hidden, configurable: true });"
    hide += " document.dispatchEvent(new Event('visibilitychange')); }"
    reader.page.evaluate(hide, True)
    reader.wait(10 * MINUTE)
    assert reader.asked == 3
    reader.page.evaluate(hide, False)
    reader.wait(1_000)
    assert reader.has_asked(4)
    for _ in range(5):  # looking away and back again asks for nothing more
        reader.page.evaluate(hide, True)
        reader.page.evaluate(hide, False)
    reader.wait(MINUTE - 5_000)
    assert reader.asked == 4
    assert reader.page.locator(".live-news button").count() == 0, "there is nothing new"


def test_what_is_new_is_told_and_nothing_moves_until_the_reader_says_so(reader: Reader) -> None:
    page = reader.page
    page.locator("#h-14-03").scroll_into_view_if_needed()
    before = page.evaluate(SEEN)
    reader.output = "nine"
    reader.wait(MINUTE)
    button = page.get_by_role("status").get_by_role("button")
    assert button.text_content() == "3 تحديثات جديدة: تحديث 8 عن السفن"
    assert page.evaluate(SEEN) == before and len(reader.order()) == 6
    button.click()
    assert reader.order() == [f"h-14-0{n}" for n in range(8, -1, -1)]
    assert page.evaluate("document.activeElement.id") == "h-14-08"
    box = page.locator("#h-14-08").bounding_box()
    assert box is not None and 0 <= box["y"] < 640
    assert page.locator(".live-state time").get_attribute("datetime") == "2021-10-18T14:08:00+03:00"
    assert page.get_by_role("status").get_by_role("button").count() == 0
    reader.wait(2 * MINUTE)
    assert page.get_by_role("status").get_by_role("button").count() == 0, "it was told once"


def test_where_more_is_new_than_the_fragment_holds_the_page_is_loaded_anew(reader: Reader) -> None:
    reader.output = "many"
    reader.wait(MINUTE)
    with reader.page.expect_navigation():
        reader.page.get_by_role("status").get_by_role("button").click()


@pytest.mark.parametrize("order", ["newest", "oldest"])
@pytest.mark.parametrize("edit", EDITS)
def test_after_each_edit_the_page_becomes_the_one_that_a_fresh_load_shows(
    chromium: Any, home: str, outputs: dict[str, Path], edit: str, order: str
) -> None:
    """What was corrected or taken out stood on open pages for good, and what came in between stood at the top."""
    reader = Reader(chromium, home, outputs, output=f"before, {order}")
    button = reader.page.locator(".live-news button")
    if edit not in AT_ONCE:
        reader.wait(MINUTE)
        assert reader.has_asked(1) and button.count() == 0, "nothing is new"
    reader.output = f"{edit}, {order}"
    reader.wait(MINUTE)
    if edit == "a title of parts":
        assert button.text_content() == "تحديث جديد: تحديث كبير 7 عن السفن"
    button.click()
    fresh = Reader(chromium, home, outputs, output=f"{edit}, {order}")
    wanted = fresh.page.locator("main").inner_text()
    fresh.page.close()
    main = reader.page.locator("main")
    until(reader.page, lambda: bool(main.inner_text() == wanted))  # the page may be loaded anew
    assert main.inner_text() == wanted
    reader.wait(2 * MINUTE)
    assert button.count() == 0, "it was told once"
    reader.page.close()


def test_a_page_of_a_network_in_the_place_of_the_fragment_takes_no_news_away(reader: Reader) -> None:
    reader.output = "nine"
    reader.wait(MINUTE)
    reader.page.locator(".live-news button").wait_for()
    reader.page.unroute("**/fragments/live/quay/")
    lie = "<!doctype html><title>سجل دخولك</title><main><h2>شبكة المقهى</h2></main>"
    reader.page.route("**/fragments/live/quay/", lambda route: route.fulfill(body=lie, content_type="text/html"))
    reader.wait(MINUTE)
    reader.page.locator(".live-news button").click()
    assert len(reader.order()) == 9


@pytest.mark.parametrize(
    ("shipped", "own", "told"),
    [
        ('class="at"', 'class="clock"', "3 تحديثات جديدة: 14:08 تحديث 8 عن السفن"),
        ("h2>", "h3>", "3 تحديثات جديدة"),
    ],
)
def test_what_is_new_is_told_whatever_the_papers_own_entry_is_made_of(
    reader: Reader, shipped: str, own: str, told: str
) -> None:
    """A layout of its own had no `.at` in its heading: the script failed, and told nothing any more."""
    reader.output = "nine"
    path = reader.outputs["nine"] / "fragments/live/quay/index.html"
    reader.page.unroute("**/fragments/live/quay/")
    reader.page.route(
        "**/fragments/live/quay/",
        lambda route: route.fulfill(body=path.read_text().replace(shipped, own), content_type="text/html"),
    )
    reader.wait(MINUTE)
    assert reader.page.locator(".live-news button").text_content() == told


def test_what_a_reader_plays_goes_on_when_news_come(reader: Reader) -> None:
    """A script put something else in the place of a card: that was no edit of the desk."""
    reader.page.evaluate("document.querySelector('#h-14-02 p').innerHTML = '<i>film</i>'")
    reader.output = "nine"
    reader.wait(MINUTE)
    reader.page.locator(".live-news button").click()
    assert len(reader.order()) == 9
    assert reader.page.locator("#h-14-02 i").count() == 1


@pytest.mark.parametrize("own", ["</article></div><aside>اشترك</aside></div>", "</article></div></div></div>"])
def test_what_a_papers_own_layout_has_around_the_entries_stays(
    reader: Reader, home: str, outputs: dict[str, Path], own: str
) -> None:
    """It was no part of the fragment, and went with what is."""

    def send(route: Any) -> None:
        page = (outputs[reader.output] / ADDRESS / "index.html").read_text(encoding="utf-8")
        head, prose, rest = page.partition('<div class="prose"')
        start, end = prose + rest[: rest.index(">") + 1], rest[rest.index(">") + 1 :]
        assert END.search(end)
        start += "<div>" if "aside" not in own else ""
        route.fulfill(body=head + start + END.sub(own, end, count=1), content_type="text/html")

    reader.page.route(f"**/{ADDRESS}", send)
    reader.page.goto(f"{home}/{ADDRESS}")
    around = reader.page.locator(".prose > :not(.entries)").all_text_contents()
    reader.output = "nine"
    reader.wait(MINUTE)
    reader.page.locator(".live-news button").click()
    reader.page.locator("#h-14-08").wait_for()
    assert len(reader.order()) == 9
    assert reader.page.locator(".prose aside").count() == ("aside" in own)
    assert len(reader.page.locator(".prose > :not(.entries)").all_text_contents()) == len(around)


@pytest.mark.parametrize("output", ["over", "none"])
def test_after_the_end_a_reader_who_comes_back_asks_nothing(
    chromium: Any, home: str, outputs: dict[str, Path], tmp_path: Path, output: str
) -> None:
    reader = Reader(chromium, home, {**outputs, "none": tmp_path})
    reader.output = output
    reader.wait(MINUTE)
    reader.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    reader.wait(5 * MINUTE)
    assert reader.asked == 1
    reader.page.close()


@pytest.mark.parametrize("output", ["over", "none"])
def test_it_stops_at_the_end_and_where_the_story_is_gone(
    chromium: Any, home: str, outputs: dict[str, Path], tmp_path: Path, output: str
) -> None:
    reader = Reader(chromium, home, {**outputs, "none": tmp_path})
    reader.output = output
    reader.wait(5 * MINUTE)
    assert reader.asked == 1
    button = reader.page.locator(".live-news button")
    assert button.count() == (output == "over")
    if output == "over":
        assert button.text_content() == "انتهت التغطية المباشرة"
        button.click()
        assert "انتهت التغطية المباشرة في" in reader.page.locator(".live-state").text_content()
    reader.page.close()


def test_the_browser_asks_whether_what_it_has_is_still_right(chromium: Any, home: str) -> None:
    page = chromium.new_page()
    stop_the_clock(page)
    page.goto(f"{home}/{ADDRESS}")
    answers: list[tuple[int, bool]] = []
    page.on(
        "response",
        lambda answer: (
            answers.append((answer.status, "if-modified-since" in answer.request.all_headers()))
            if "/fragments/live/" in answer.url
            else None
        ),
    )
    for _ in range(2):
        page.clock.run_for(MINUTE)
        page.wait_for_timeout(300)
    assert [condition for _, condition in answers] == [False, True] or answers[1][0] == 304
    page.close()


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_it_breaks_no_rule(chromium: Any, home: str, outputs: dict[str, Path], width: int, scheme: str) -> None:
    reader = Reader(chromium, home, outputs, width=width)
    reader.page.emulate_media(color_scheme=scheme)
    reader.output = "nine"
    reader.wait(MINUTE)
    reader.page.wait_for_selector(".live-news button")
    reader.page.clock.resume()  # axe waits for timers
    found = Axe().run(reader.page, options=OPTIONS).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
    for size in ("100%", "200%"):
        reader.page.evaluate("size => document.documentElement.style.fontSize = size", size)
        shape = reader.page.evaluate(MEASURE)
        assert shape["outside"] == [] and shape["scroll"] <= 0
    reader.page.close()


def test_without_script_the_page_is_whole(chromium: Any, home: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{home}/{ADDRESS}")
    assert page.locator(".entry").count() == 6
    page.locator(".points a").click()
    assert page.url.endswith("#h-14-05")
    context.close()
