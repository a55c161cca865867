"""A small site that has every kind of page, every kind of story, and no word that is not Arabic."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from PIL import Image

from tests.support.sites import CONFIG, Site, article

HOME = "https://example.org/news"
FONTS: dict[str, str | bytes] = {  # in the place of the fonts, which take half a second each to be cut
    "layouts/assets/naskh.woff2": "خط",
    "layouts/assets/plex-bold.woff2": "خط",
}
PORT_AND_CUP: dict[str, str | bytes] = {  # two stories of two sections and days, one with a tag
    **FONTS,
    "content/port.md": article("إغلاق الميناء", slug="port", tags="[الميناء]"),
    "content/cup.md": article("كأس المدن", slug="cup", section="sport", date="2021-11-02 10:00"),
}
SETTINGS = CONFIG + "pictures: {widths: [60]}\nmost_read: {source: hits.csv, count: 3}\n"
CONTEXT = "تعمل في الصحيفة منذ افتتاحها."


def picture(width: int = 120, height: int = 80, colour: tuple[int, int, int] = (40, 90, 110)) -> bytes:
    """A PNG of one colour."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "PNG")
    return file.getvalue()


IMAGE = """
  src: quay.png
  alt: رصيف خال إلا من رافعة صفراء
  caption: الرصيف الغربي صباح الإغلاق
  credit: عدسة الصحيفة"""

PORT = """\
أغلقت هيئة الموانئ الرصيف الغربي صباح الاثنين، وقالت إنها "لن تفتحه" قبل فحص أساساته.

## ما الذي جرى

مال الرصيف شبرا في ليلة واحدة، ثم [عاد إلى العمل](port-open.md) بعد يومين.

> لم نسمع صوتا، رأينا الماء يعلو فحسب.
> — حارس الرصيف

![رافعة تطل على البحر](crane.png "الرافعة الكبرى | عدسة الصحيفة")

| الرصيف | السفن |
|---|---|
| الغربي | 12 |

الحارس في مكانه منذ عشرين سنة[^1].

[^1]: كما قال للصحيفة.
"""

ARTICLES = {
    "2021/10/port/index": article(
        "إغلاق الرصيف الغربي في ميناء المدينة",
        id="port",
        slug="port",
        tags="[الميناء, التجارة]",
        label="breaking",
        authors="[سلمى الحسن, فارس عيسى]",
        sources="[{name: هيئة الموانئ, url: 'https://example.com/'}, وكالات]",
        series="أزمة الميناء",
        updated="2021-10-18 18:30",
        aliases="[/old/port/, /old/port.html]",
        image=IMAGE,
        body=PORT,
        corrections="[{date: 2021-10-19, text: كان عدد السفن في النص عشرين}, {date: 2021-10-20, text: صُحح اسم الرصيف}]",
        weight="2",
    ),
    "2021/10/port/port-open": article(
        "الميناء يفتح رصيفه الغربي بعد فحصه",
        id="port-open",
        slug="port-open",
        date="2021-10-20 09:00",
        tags="[الميناء]",
        series="أزمة الميناء",
        authors="[فارس عيسى]",
        related="[cup]",
        body="فتحت هيئة الموانئ الرصيف الغربي بعد فحص أساساته، وعادت السفن إلى ميناء المدينة.",
    ),
    "2021/10/cup": article(
        "كأس المدن تنطلق في ستة ملاعب",
        id="cup",
        slug="cup",
        section="sport",
        date="2021-10-19 22:00",
        label="live",
        tags="[الكأس]",
        body="بدأت كأس المدن أمس في ستة ملاعب، وفاز فريق الميناء بهدف متأخر.",
    ),
    "2021/09/moon": article(
        "صورة جديدة من الوجه البعيد للقمر",
        id="moon",
        slug="moon",
        section="science",
        date="2021-09-30",
        tags="[الفضاء]",
        authors="[سلمى الحسن]",
        body="التقطت مركبة صغيرة صورة للوجه البعيد من القمر.",
    ),
    "2020/12/lab": article(
        "مختبر المدينة يعلن لقاحا من جرعة واحدة",
        id="lab",
        slug="lab",
        section="science",
        date="2020-12-31 23:30",
        tags="[الصحة]",
        body="أعلن مختبر المدينة لقاحا من جرعة واحدة بعد سنتين من البحث.",
    ),
    "2021/10/gone": article(
        "خبر عن جسر لم ينهدم", id="gone", slug="gone", date="2021-10-17", withdrawn="تبين أن الجسر في مكانه."
    ),
}

FILES: dict[str, str | bytes] = {
    **FONTS,
    **{f"content/{name}.md": text for name, text in ARTICLES.items()},
    "config.yaml": SETTINGS,
    "hits.csv": "cup,90\nport,70\n",
    "content/2021/10/port/quay.png": picture(),
    "content/2021/10/port/crane.png": picture(90, 60, (150, 60, 40)),
    "content/pages/about.md": "---\ntitle: من نحن\n---\n\nصحيفة صغيرة عن [الميناء](/tags/الميناء/).\n",
    "content/authors/سلمى-الحسن.md": f"---\ntitle: سلمى الحسن\n---\n\n{CONTEXT}\n",
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site, built at noon of 20 October."""
    site = Site(tmp_path_factory.mktemp("whole")).write(FILES)
    assert site.build(now=datetime(2021, 10, 20, 12, tzinfo=UTC)).warnings == ()
    return site
