"""An article with all its parts shows every one of them, in order, in a real browser that runs no script."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.support.browser import serving
from tests.support.sites import CONFIG, Site, article
from tests.support.whole_site import picture

pytestmark = pytest.mark.browser

# ---------------------------------------------------------------- an article with all its parts

ALT = "A yellow crane stands alone on an empty quay under a grey sky, its hook halfway down. " * 8
BODY = """\
أغلقت هيئة الموانئ الرصيف الغربي صباح الاثنين 18 أكتوبر/تشرين الأول 2021، وقالت إنها "لن تفتحه" قبل فحص أساساته.

وقال متحدث باسم شركة Harbour One إن السفن حُوّلت إلى الرصيف الشرقي، و[الميناء يعمل](open.md) بنصف طاقته.

## ما الذي جرى

مال الرصيف شبرا في ليلة واحدة، ولم يصب أحد بأذى.

> لم نسمع صوتا، رأينا الماء يعلو فحسب.
> — حارس الرصيف

![رافعة تطل على البحر](crane.png "الرافعة الكبرى كما بدت من المدينة | عدسة الصحيفة")

ولا تعرف الهيئة بعد متى يعود العمل إلى ما كان عليه.
"""
FULL = article(
    "إغلاق الرصيف الغربي في ميناء المدينة", id="port", slug="port", label="explainer", body=BODY,
    summary="الهيئة تحوّل السفن إلى الرصيف الشرقي ولا تعرف متى ينتهي الفحص.", updated="2021-10-18 18:30",
    authors="[سلمى الحسن, فارس عيسى]", sources="[الجزيرة, وكالات]", tags="[الميناء, التجارة, Harbour One]",
    related="[bridge]", corrections="\n  - {date: 2021-10-19, text: كان عدد السفن في النص عشرين}",
    image=f"""
  src: quay.png
  alt: {ALT.strip()}
  alt_lang: en
  caption: الرصيف الغربي صباح الإغلاق
  credit: رويترز""",
)  # fmt: skip
OPEN = "عادت السفن إلى الرصيف الغربي بعد أن فحصت هيئة الموانئ أساساته، وقالت إن الميناء يعمل كما كان."
OTHERS = {
    "open": article("الميناء يفتح رصيفه الغربي بعد فحص أساساته", id="open", date="2021-10-20", body=OPEN),
    "before": article("سفينة جانحة قرب الرصيف الغربي", id="before", date="2021-10-17", body="جنحت سفينة قرب الميناء."),
    "bridge": article("جسر جديد فوق النهر", id="bridge", section="science", date="2021-10-07", body="افتتح جسر."),
    "budget": article("المجلس يقر الموازنة", id="budget", date="2021-10-16", body="أقر المجلس موازنة العام."),
    "cup": article("كأس المدن تنطلق", id="cup", section="sport", date="2021-10-19", body="انطلقت الكأس."),
}
FILES: dict[str, str | bytes] = {
    "config.yaml": CONFIG + "related: {count: 3}\nmost_read: {source: hits.csv, count: 3}\n",
    "hits.csv": "cup,90\nport,70\n",
    "content/quay.png": picture(900, 600),
    "content/crane.png": picture(600, 400, (150, 60, 40)),
    "content/port.md": FULL,
    **{f"content/{name}.md": text for name, text in OTHERS.items()},
}

# The parts of CONTENT.md section 4 and what must be seen of each; None: any text. The order is that of the page.
PARTS: list[tuple[str, str, str | None]] = [
    ("1 section", "main nav a[href='/news/politics/']", "سياسة"),
    ("1 label", "main article b >> nth=0", "شرح"),
    ("1 headline", "main h1", "إغلاق الرصيف الغربي في ميناء المدينة"),
    ("2 summary", "[itemprop=description]", "الهيئة تحوّل السفن إلى الرصيف الشرقي ولا تعرف متى ينتهي الفحص."),
    ("3 picture", "main article figure img[lang=en][dir=ltr] >> nth=0", None),
    ("3 caption", "main article figcaption >> nth=0 >> span >> nth=0", "الرصيف الغربي صباح الإغلاق"),
    ("3 credit", "main article figcaption >> nth=0 >> span >> nth=1", "(رويترز)"),
    ("4 first author", "[rel=author] >> nth=0", "سلمى الحسن"),
    ("4 second author", "[rel=author] >> nth=1", "فارس عيسى"),
    ("4 published", "time[itemprop=datePublished]", "18 أكتوبر/تشرين الأول 2021، الساعة 14:00 بتوقيت الدوحة"),
    ("4 updated", "time[itemprop=dateModified]", "18 أكتوبر/تشرين الأول 2021، الساعة 18:30"),
    ("4 reading time", "main article >> text=/^مدة القراءة: دقيقة واحدة$/", "مدة القراءة: دقيقة واحدة"),
    (
        "5 first paragraph",
        "[itemprop=articleBody] > p >> nth=0",
        BODY.split("\n")[0].replace('"لن تفتحه"', "«لن تفتحه»"),
    ),
    ("5 link", "[itemprop=articleBody] p a", "الميناء يعمل"),
    ("5 subhead", "[itemprop=articleBody] h2[id]", "ما الذي جرى"),
    ("5 quote", "[itemprop=articleBody] blockquote", "لم نسمع صوتا، رأينا الماء يعلو فحسب."),
    ("5 speaker", "[itemprop=articleBody] figure:has(blockquote) figcaption", "— حارس الرصيف"),
    ("5 figure", "[itemprop=articleBody] figure img", None),
    (
        "5 its caption",
        "[itemprop=articleBody] figure:has(img) figcaption span >> nth=0",
        "الرافعة الكبرى كما بدت من المدينة",
    ),
    ("5 its credit", "[itemprop=articleBody] figure:has(img) figcaption span >> nth=1", "(عدسة الصحيفة)"),
    ("5 last paragraph", "[itemprop=articleBody] > p >> nth=-1", "ولا تعرف الهيئة بعد متى يعود العمل إلى ما كان عليه."),
    ("6 correction", "main article aside p", "19 أكتوبر/تشرين الأول 2021 كان عدد السفن في النص عشرين"),
    ("6 sources", "main article footer > p", "المصدر: الجزيرة + وكالات"),
    ("6 first tag", "[rel=tag] >> nth=0", "الميناء"),
    ("6 last tag", "[rel=tag] >> nth=-1", "Harbour One"),
    ("7 related", "[data-block=related] h2", "حول هذه القصة"),
    ("7 pinned first", "[data-block=related] [data-story] >> nth=0 >> time", "نُشر في 7/10/2021"),
    ("7 then by relevance", "[data-block=related] [data-story=open] h3", "الميناء يفتح رصيفه الغربي بعد فحص أساساته"),
    ("8 more", "[data-block=more] h2", "المزيد في قسم «سياسة»"),
    ("8 a story before it", "[data-block=more] [data-story=budget]", None),
    ("9 most read", "[data-block=most-read] h2", "الأكثر قراءة"),
    ("9 its plain link", "[data-block=most-read] a[href='/news/most-read/']", None),
    ("10 previous", "main a[rel=prev]", None),
    ("10 next", "main a[rel=next]", None),
    ("10 share", "main a[href^='https://wa.me/']", "واتساب"),
    ("10 short link", "main a:text-is('https://example.org/news/s/port/')", "https://example.org/news/s/port/"),
    ("10 feed of the section", "main a[href='/news/politics/feed.xml']", "خلاصة قسم «سياسة»"),
]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("full")).write(FILES)
    assert site.build().warnings == ()
    return site


@pytest.fixture(scope="module")
def without_script(full: Site, chromium: Any) -> Iterator[Any]:
    """The full article on a phone whose browser runs no script."""
    with serving(full.root / "output", "/news") as address:
        context = chromium.new_context(viewport={"width": 360, "height": 720}, java_script_enabled=False, locale="ar")
        page = context.new_page()
        page.goto(f"{address}/2021/10/18/port/")
        yield page
        context.close()


def seen(page: Any, selector: str) -> str:
    return " ".join(page.locator(selector).inner_text().replace("\u2068", "").replace("\u2069", "").split())


@pytest.mark.parametrize(("part", "selector", "words"), PARTS, ids=[part for part, _, _ in PARTS])
def test_a_part_of_the_article_is_seen_without_script(
    without_script: Any, part: str, selector: str, words: str | None
) -> None:
    found = without_script.locator(selector)
    assert found.count() == 1
    assert found.is_visible()
    box = found.bounding_box()
    assert box["width"] > 4 and box["height"] > 4
    if words is not None:
        assert seen(without_script, selector).replace(" ،", "،") == words


def test_the_parts_stand_in_order(without_script: Any) -> None:
    """In the document, for a reader who listens, and down the page of a phone."""
    order = """(a, b) => a === b || a.contains(b) ? 0
        : a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? 1 : -1"""
    handles = [(part, without_script.locator(selector).element_handle()) for part, selector, _ in PARTS]
    for (part, one), (_, other) in pairwise(handles):
        assert without_script.evaluate(f"([a, b]) => ({order})(a, b)", [one, other]) >= 0, part
    tops = [(part, handle.bounding_box()["y"]) for part, handle in handles]
    # What stands side by side (two authors, a link in its paragraph, previous and next) may share a line.
    for (part, top), (following, below) in pairwise(tops):
        assert below > top - 40, (part, following)
    firsts = {part.split()[0]: top for part, top in reversed(tops)}
    assert [firsts[str(n)] for n in range(1, 11)] == sorted(firsts.values())


def test_the_picture_has_its_words_in_three_places(without_script: Any) -> None:
    image = without_script.locator("main article figure img").first
    assert image.get_attribute("alt") == ALT.strip()
    assert image.evaluate("image => image.complete && image.naturalWidth") > 300
    assert seen(without_script, "main article figcaption >> nth=0") == "الرصيف الغربي صباح الإغلاق (رويترز)"


def test_the_subhead_can_be_led_to(without_script: Any) -> None:
    id = without_script.locator("[itemprop=articleBody] h2").get_attribute("id")
    assert id and re.fullmatch(r"[\w-]*الذي[\w-]*", id)


def test_related_stories_are_pinned_first_and_never_the_story_itself(without_script: Any) -> None:
    ids = [
        card.get_attribute("data-story") for card in without_script.locator("[data-block=related] [data-story]").all()
    ]
    assert ids[:2] == ["bridge", "open"] and "port" not in ids and len(ids) <= 3


def test_nothing_waits_for_script(without_script: Any) -> None:
    """The one thing that needs it, the switch of the scheme, is not shown."""
    assert not without_script.locator("#theme").is_visible()
    assert without_script.locator("noscript").count() == 0


def test_the_server_of_these_tests_serves_only_below_its_base(tmp_path: Path) -> None:
    """What a page asks for outside the base path must fail, or the tests above would not see it."""
    (tmp_path / "index.html").write_text("موجز", encoding="utf-8")
    with serving(tmp_path, "/news") as address:
        assert urllib.request.urlopen(f"{address}/").read().decode() == "موجز"
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(address.removesuffix("/news") + "/index.html")
        refused.value.close()
