"""The law of the cache: whatever was edited, the output is that of a cold build, byte for byte, empty folders too.

A `Desk` is a small site and what happens to it: edits of articles, pictures, settings, layouts and strings, the clock,
damage to the output and to the cache. After each step the site is built where it stands, and the same inputs are built
in a fresh folder without a cache. Equal bytes must have kept their mtime.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PIL import Image

from mujaz.build.report import BuildReport
from mujaz.build.request import SHIPPED_LAYOUTS
from mujaz.messages.errors import SiteError
from mujaz.output.manifest import MANIFEST
from tests.support.recordings import mp4
from tests.support.sites import CONFIG, Site, article

pytestmark = pytest.mark.slow

START = datetime(2021, 10, 20, 9, tzinfo=UTC)
# Before everything, around the held story, around the expiry, around midnight in Qatar (21:00 UTC), after everything.
MOMENTS = tuple(
    datetime.fromisoformat(f"{text}+00:00")
    for text in (
        "2021-10-16T00:00", "2021-10-19T20:59:59", "2021-10-19T21:00", "2021-10-20T09:00", "2021-10-20T17:59:59",
        "2021-10-20T15:00", "2021-10-20T18:00", "2021-10-20T20:59:59", "2021-10-20T21:00", "2021-10-21T05:59:59",
        "2021-10-21T06:00", "2021-10-22T12:00", "2021-12-01T00:00",
    )
)  # fmt: skip
DATES = (
    "2021-10-17", "2021-10-18 14:00", "2021-10-18 23:59", "2021-10-19 00:00", "2021-10-19T21:30:00+00:00",
    "2021-10-20 08:00", "2021-10-21 09:00", "2021-09-30 23:59:59", "2020-12-31T22:00:00Z",
)  # fmt: skip
WORDS = "مجلس وزراء ميناء قطار محطة نهر جسر سوق عملة فريق مدرب كأس هدف قمر مجرة لقاح مختبر مناخ موسيقى مسرح".split()
TAGS = ("[روسيا, الناتو]", "[روسيا]", "[BBC, مصر]", "[bbc]", "[الناتو، مصر]", "[الطقس]", "")
SERIES = ("أزمة الميناء", "كأس المدن", "")
SECTIONS = ("politics", "sport", "science")


def picture(number: int) -> bytes:
    """A PNG of 40×30 pixels, of its own colour."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30), (number * 37 % 256, number * 91 % 256, 80)).save(file, "PNG")
    return file.getvalue()


PICTURES = tuple(picture(number) for number in range(6))

MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # cold builds go where no disk slows them

# ---------------------------------------------------------------- the site as it is at first

SETTINGS = (
    CONFIG
    + """\
pictures: {widths: [16]}
most_read: {source: hits.csv, count: 2}
home: {count: 6}
related: {count: 2}
"""
)


def first_files() -> dict[str, bytes]:
    image = "{src: 2021/10/port.png, alt: ميناء عند الفجر, caption: الميناء, credit: رويترز}"
    articles = {
        "2021/10/port": article("إغلاق ميناء المدينة", slug="port", tags=TAGS[0], series=SERIES[0], image=image),
        "2021/10/port-two": article(
            "الميناء يفتح أبوابه",
            slug="port-two",
            date="2021-10-19 10:00",
            tags=TAGS[1],
            series=SERIES[0],
            related="[2021/10/cup]",
            author="سلمى",
            body='قال "الوزير" إن [الإغلاق](port.md) انتهى.\n\n![رصيف](port.png)',
        ),
        "2021/10/cup": article(
            "كأس المدن تبدأ اليوم", id="cup", slug="cup", section="sport", tags="[الكأس, مصر]", weight="3", label="live"
        ),
        "2021/10/match/index": article(
            "هدف متأخر يحسم المباراة",
            slug="match",
            section="sport",
            date="2021-10-19 22:00",
            series=SERIES[1],
            image="{src: goal.png, alt: A goal, alt_lang: en}",
            source="وكالات",
            body='انظر [الجدول](table.pdf).\n\nhttps://youtu.be/4czjS9h4Fpg\n\n![هدف](goal.mp4 "المباراة")',
        ),
        "2021/10/moon": article(
            "صورة جديدة من القمر",
            id="moon",
            slug="moon",
            section="science",
            date="2021-10-20 08:00",
            authors="[ليلى]",
            aliases="[/old/moon/]",
            updated="2021-10-20 11:00",
        ),
        "2021/10/vaccine": article(
            "مختبر يعلن لقاحا", slug="vaccine", section="science", corrections="[{date: 2021-10-19, text: صُحح الاسم}]"
        ),
        "2021/10/quay": article(
            "الرصيف الغربي يميل",
            id="quay",
            slug="quay",
            date="2021-10-20 08:00",
            live_until="2021-10-20 18:00",
            body="مقدمة.\n\n- [نقطة](#09-05)\n\n## 09:05 رصيف\n\n![رصيف](port.png)\n\n## 09:30\n\nنص.",
        ),
        "2021/10/held": article("خبر الغد", slug="held", date="2021-10-21 09:00", tags=TAGS[1]),
        "2021/10/brief": article("عرض لليلة واحدة", slug="brief", date="2021-10-19", expires="2021-10-20 21:00"),
        "2021/10/draft": article("مسودة عن النهر", slug="draft", draft="true"),
        "2021/10/gone": article("خبر سُحب", slug="gone", withdrawn="لم تثبت صحته"),
    }
    articles["2021/10/cup-en"] = article(
        "Cup begins", id="cup-en", slug="cup-en", section="sport", lang="en", translation_of="cup", body="In English."
    )
    articles["2021/10/quay-en"] = article(
        "Quay leans",
        id="quay-en",
        slug="quay-en",
        date="2021-10-20 08:00",
        lang="en",
        translation_of="quay",
        live_until="2021-10-20 18:00",
        live_order="oldest",
        body="- [Closed](#09-05)\n\n## 09:05 Quay\n\nText.\n\n## 2021-10-21 00:10 Night",
    )
    files = {f"content/{name}.md": text.encode() for name, text in articles.items()}
    texts = {
        "config.yaml": SETTINGS,
        "content/t.csv": "city,n\nعدن,1\n",
        "hits.csv": "moon,9\ncup,4\nnobody,2\n",
        "content/pages/about.md": "---\ntitle: من نحن\n---\n\n[خبر](../2021/10/port.md)\n\n![رصيف](2021/10/port.png)\n",
        "content/tags/روسيا.md": "أخبار روسيا.\n",
        "content/authors/سلمى.md": "---\ntitle: سلمى\n---\n\nمراسلة.\n",
        "content/2021/10/match/table.pdf": "جدول",
        # In the place of the fonts, which take half a second each to be cut.
        "layouts/assets/naskh.woff2": "خط",
        "layouts/assets/plex-bold.woff2": "خط",
    }
    pictures = {
        "content/2021/10/port.png": PICTURES[0],
        "content/2021/10/match/goal.png": PICTURES[1],
        "content/2021/10/match/goal.mp4": mp4(),  # with the picture of its name as poster
    }
    return files | pictures | {path: text.encode() for path, text in texts.items()}


# Layouts that show all of a view: whatever moves in it moves the page. Small, for Jinja compiles them at every build.
PROBES: dict[str, str | bytes] = {
    "partials/base.html": (
        '<title>{{ view.meta.title|bidi }}</title><link href="{{ asset("main.css") }}">{{ t.home }}'
        "{% block main %}{% endblock %}<pre>{{ view }}{{ data }}{{ params }}</pre>\n"
    ),
    "partials/card.html": '<article class="{{ shape }}">{{ story.title|bidi }}</article>\n',
    "partials/player.html": '<a href="{{ player.url }}">{{ player.seconds|clock }}</a>{{ player }}\n',
    "partials/figure.html": '<img src="{{ figure.picture.src }}" alt="{{ figure.alt }}">{{ figure.caption }}\n',
    "partials/entry.html": '<h2 id="{{ entry.anchor }}">{{ entry }}{{ title }}</h2>{{ t.home }}{{ text }}\n',
    "article.html": (
        '{% extends "partials/base.html" %}{% block main %}{{ body }}{{ json_ld(view) }}'
        "{% if view.picture %}{{ render_figure(view.picture) }}{% endif %}"
        '{% for story in view.related %}{{ card(story, "related") }}{% endfor %}{% endblock %}\n'
    ),
    "list.html": (
        '{% extends "partials/base.html" %}{% block main %}{% if body %}{{ body }}{% endif %}'
        '{% for story in view.stories %}{{ card(story, "row") }}{% endfor %}{% endblock %}\n'
    ),
    "standing.html": '{% extends "partials/base.html" %}{% block main %}{{ body }}{% endblock %}\n',
    "fragment.html": "<pre>{{ view }}</pre>{% if body %}{{ body }}{% endif %}\n",
    "email.html": "<title>{{ t.edition }}</title><style>pre { margin: 0 }</style><body><pre>{{ view }}</pre></body>\n",
    "email.txt": "{{ view.heading }}\n\n{{ view }}\n",
    "redirect.html": '<meta http-equiv="refresh" content="0; url={{ view.target }}">\n',
    "assets/main.css": "body{}\n",
    "assets/feed.css": "rss{}\n",
}
PLAIN = ("corrections", "edition", "feeds", "home", "index", "month", "notfound", "notice", "search")


@pytest.fixture(scope="module")
def probes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of layouts that show their whole view, with the shipped strings."""
    site = Site(tmp_path_factory.mktemp("probes"))
    site.write(PROBES)
    site.write({f"{name}.html": '{% extends "partials/base.html" %}\n' for name in PLAIN})
    site.write(
        {f"strings/{name}.yaml": (SHIPPED_LAYOUTS / f"strings/{name}.yaml").read_bytes() for name in ("ar", "en")}
    )
    return site.root


# ---------------------------------------------------------------- the desk

Cold = tuple[dict[str, str], BuildReport | None, str]  # the digest and the report of a cold build, or its problems
COLD: dict[object, Cold] = {}  # by inputs


@dataclass
class Desk:
    """A site on the disk, its inputs as they should be, the clock, and what a build must be equal to."""

    site: Site
    layouts: Path
    jobs: int = 1
    now: datetime = START
    files: dict[str, bytes] = field(default_factory=first_files)
    written: dict[str, bytes] = field(default_factory=dict)
    figures: Counter[str] = field(default_factory=Counter)
    trouble: str = ""  # why the last build failed
    shown: dict[str, bytes] = field(default_factory=dict)  # the inputs that the output is made of

    # ---- what edits are made of

    def articles(self) -> list[str]:
        other = re.compile(r"content/(pages|tags|authors)/")
        return [path for path in sorted(self.files) if path.endswith(".md") and not other.match(path)]

    def article(self, n: int) -> str:
        return self.articles()[n % len(self.articles())]

    def text(self, path: str) -> str:
        return self.files[path].decode()

    def set(self, path: str, key: str, value: str) -> None:
        """Give a line of the front matter another value; an empty one takes the line away."""
        head, fence, body = self.text(path).partition("\n---\n")
        lines = [line for line in head.split("\n") if not line.startswith(f"{key}:")]
        if value:
            lines.append(f"{key}: {value}")
        self.files[path] = ("\n".join(lines) + fence + body).encode()

    def configure(self, line: str) -> None:
        """Put a top-level line of config.yaml in the place of the one with its key."""
        key = line.partition(":")[0]
        lines = [old for old in self.text("config.yaml").splitlines() if not old.startswith(f"{key}:")]
        self.files["config.yaml"] = "\n".join([*lines, line, ""]).encode()

    def replace(self, path: str, old: str, new: str) -> None:
        self.files[path] = re.sub(old, new, self.text(path)).encode()

    def move(self, old: str, new: str) -> None:
        """As `mv` does it: mtime and inode stay."""
        self.files[new] = self.files.pop(old)
        (self.site.root / new).parent.mkdir(parents=True, exist_ok=True)
        os.rename(self.site.root / old, self.site.root / new)
        self.written[new] = self.written.pop(old)

    def output(self, n: int) -> Path | None:
        """A file of the output."""
        paths = [path for path in self.site.paths() if not path.endswith("/") and path != MANIFEST]
        return self.site.root / "output" / paths[n % len(paths)] if paths else None

    @property
    def cache(self) -> Path:
        return self.site.root / ".mujaz" / "cache.sqlite"

    # ---- steps and what must hold after each

    def save(self) -> None:
        """Bring to the disk what differs from it, and nothing else."""
        for path in self.written.keys() - self.files.keys():
            (self.site.root / path).unlink()
        self.site.write({path: raw for path, raw in self.files.items() if self.written.get(path) != raw})
        self.written = dict(self.files)

    def step(self, edit: Edit, n: int) -> None:
        files, now = dict(self.files), self.now
        edit(self, n)
        self.save()
        self.figures["steps"] += 1
        if not self.build():
            self.build_without_broken()
            self.files, self.now = files, now  # the editor takes it back
            self.save()
            assert self.build(), f"a site that built before does not build again: {self.trouble}"

    def build(self) -> bool:
        """Build, and compare with a cold build. False where both fail alike."""
        before, stamps = self.site.digest(), self.stamps()
        cold, wanted, expected = self.cold()
        self.figures["builds"] += 1
        try:
            report = self.site.build(now=self.now, jobs=self.jobs, layouts=self.layouts)
        except SiteError as error:
            self.figures["failed"] += 1
            self.trouble = str(error)
            assert wanted is None, f"only the warm build fails: {error}"
            assert str(error) == expected
            assert (self.site.digest(), self.stamps()) == (before, stamps), "a failed build changed the output"
            return False
        assert wanted is not None, f"only the cold build fails: {expected}"
        after = self.site.digest()
        assert after == cold, _differences(after, cold)
        self.figures["files compared"] += len(after)
        self.figures["files written"] += len(report.written)
        fresh = self.stamps()
        moved = [path for path in sorted(stamps.keys() & fresh.keys())
                 if before[path] == after[path] and stamps[path] != fresh[path]]  # fmt: skip
        assert not moved, f"equal bytes, another mtime: {moved}"
        assert _told(report) == _told_of(before, after)
        assert (report.stories, report.pages, report.warnings) == (wanted.stories, wanted.pages, wanted.warnings)
        lost = [f"s/{one.was}/" if one.key == "id" else one.was.removeprefix("/") for one in report.moved]
        assert all(f"{address}index.html" not in after for address in lost), "told as moved, and still answered"
        self.shown = dict(self.files)
        return True

    def build_without_broken(self) -> None:
        """Skip what is broken: the output is that of a cold build of the inputs that the report tells, twice alike."""
        before, stamps = self.site.digest(), self.stamps()
        wishes = {"now": self.now, "jobs": self.jobs, "layouts": self.layouts, "skip_broken": True}
        try:
            report = self.site.build(**wishes)  # type: ignore[arg-type]
        except SiteError:
            self.figures["not to be skipped"] += 1
            assert (self.site.digest(), self.stamps()) == (before, stamps), "a failed build changed the output"
            return
        self.figures["skipped"] += 1
        assert report.skipped
        assert self.shown.keys().isdisjoint(report.skipped.left_out), "what was published goes away"
        as_before = {path: self.shown[path] for path in report.skipped.as_before}
        rest = {path: raw for path, raw in self.files.items() if path not in report.skipped.left_out}
        cold, wanted, trouble = self.cold(rest | as_before)
        assert wanted is not None, f"what is shown in the place of the broken files does not build: {trouble}"
        after = self.site.digest()
        assert after == cold, _differences(after, cold)
        assert (report.stories, report.pages) == (wanted.stories, wanted.pages)
        again = self.site.build(**wishes)  # type: ignore[arg-type]
        assert (again.skipped, again.written, again.deleted) == (report.skipped, (), ())
        self.shown = rest | as_before

    def cold(self, files: dict[str, bytes] | None = None) -> Cold:
        """A build of the same inputs where there was never one; done once for edits that leave the inputs alone."""
        files = self.files if files is None else files
        inputs = (self.layouts, self.now, tuple(sorted(files.items())))
        if len(COLD) > 50:
            COLD.clear()
        if inputs not in COLD:
            COLD[inputs] = self.build_cold(files)
        return COLD[inputs]

    def build_cold(self, files: dict[str, bytes]) -> Cold:
        with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
            site = Site(Path(folder)).write({path: files[path] for path in sorted(files, reverse=True)})
            try:
                report = site.build(now=self.now, layouts=self.layouts)
            except SiteError as error:
                return {}, None, str(error)
            return site.digest(), report, ""

    def stamps(self) -> dict[str, int]:
        output = self.site.root / "output"
        return {path: (output / path).stat().st_mtime_ns for path in self.site.paths() if not path.endswith("/")}


def _told(report: BuildReport) -> tuple[list[str], list[str]]:
    return list(report.written), list(report.deleted)


def _told_of(before: dict[str, str], after: dict[str, str]) -> tuple[list[str], list[str]]:
    """What a report must say of the way from one output to the next."""
    files = [path for path in after if not path.endswith("/") and path != MANIFEST]
    gone = [path for path in before if path not in after and not path.endswith("/") and path != MANIFEST]
    return sorted(path for path in files if before.get(path) != after[path]), sorted(gone)


def _differences(one: dict[str, str], other: dict[str, str]) -> str:
    stale = sorted(path for path in one.keys() & other.keys() if one[path] != other[path])
    return (
        f"stale: {stale}, left over: {sorted(one.keys() - other.keys())}, missing: {sorted(other.keys() - one.keys())}"
    )


Edit = Callable[[Desk, int], None]

# ---------------------------------------------------------------- edits of articles


def edit_body(desk: Desk, n: int) -> None:
    words = " ".join(WORDS[(n + i * i) % len(WORDS)] for i in range(12))
    desk.files[desk.article(n)] += f"\n{words}.\n".encode()


def edit_title(desk: Desk, n: int) -> None:
    desk.set(desk.article(n), "title", f"{WORDS[n % len(WORDS)]} {WORDS[n // 7 % len(WORDS)]}")


def edit_summary(desk: Desk, n: int) -> None:
    desk.set(desk.article(n), "summary", f"ملخص عن {WORDS[n // 3 % len(WORDS)]}" if n % 4 else "")


def edit_tags(desk: Desk, n: int) -> None:
    desk.set(desk.article(n), "tags", TAGS[n // 5 % len(TAGS)])


def edit_section(desk: Desk, n: int) -> None:
    desk.set(desk.article(n), "section", SECTIONS[n // 5 % 3])


def edit_slug(desk: Desk, n: int) -> None:
    desk.set(desk.article(n), "slug", f"slug-{n % 5}")


def edit_date(desk: Desk, n: int) -> None:
    desk.set(desk.article(n), "date", DATES[n // 3 % len(DATES)])


def edit_weight(desk: Desk, n: int) -> None:
    desk.set(desk.article(n), "weight", str(n % 5 - 2))


def edit_label(desk: Desk, n: int) -> None:
    desk.set(desk.article(n), "label", ("breaking", "opinion", "")[n // 6 % 3])


def lead(desk: Desk, n: int) -> None:
    desk.set(desk.article(n), "lead", ("2021-10-20 18:00", "2021-10-20", "2021-10-22 12:00", "")[n // 5 % 4])


def break_news(desk: Desk, n: int) -> None:
    end = ("2021-10-20 18:00", "2021-10-20", "")[n // 5 % 3]
    desk.set(desk.article(n), "breaking_until", end)
    desk.set(desk.article(n), "label", "breaking" if end else "")


def go_live(desk: Desk, n: int) -> None:
    desk.set(desk.article(n), "live_until", ("2021-10-20 18:00", "2021-10-20", "2021-10-21 09:00", "")[n // 5 % 4])
    desk.set(desk.article(n), "live_order", ("oldest", "")[n // 3 % 2] if n // 5 % 4 < 3 else "")


def add_an_entry(desk: Desk, n: int) -> None:
    """To a story that is live, or that may be so later."""
    head = (f"14:{n % 60:02} {WORDS[n % len(WORDS)]}", f"2021-10-21 00:{n % 60:02}", "14:05", "25:00")[n // 5 % 4]
    text = ("نص", "[نقطة](#14-05)", "![رصيف](2021/10/port.png)")[n // 6 % 3]
    path = desk.article(n) if n % 3 else next((one for one in desk.articles() if "live_until" in desk.text(one)), "")
    if path:
        desk.files[path] += f"\n## {head}\n\n{text}\n".encode()


def hang_a_gallery(desk: Desk, n: int) -> None:
    pictures = ("2021/10/port.png", "2021/10/match/goal.png", "2021/10/none.png")[: 2 + (n % 7 == 0)]
    items = "".join(f'- ![صورة]({source} "تعليق {n % 3} | رويترز")\n' for source in pictures)
    desk.files[desk.article(n)] += f"\n{items}{{: .gallery }}\n".encode()


def edit_series(desk: Desk, n: int) -> None:
    desk.set(desk.article(n), "series", SERIES[n // 5 % 3])


def edit_authors(desk: Desk, n: int) -> None:
    desk.set(desk.article(n), "author", "")
    desk.set(desk.article(n), "authors", ("[سلمى]", "[ليلى, سلمى]", "")[n // 5 % 3])


def correct(desk: Desk, n: int) -> None:
    desk.set(desk.article(n), "corrections", f"[{{date: 2021-10-2{n % 3}, text: صُحح}}]" if n % 4 else "")


def name_an_id(desk: Desk, n: int) -> None:
    desk.set(desk.article(n), "id", ("", f"id-{n % 4}")[n // 4 % 2])


def pin(desk: Desk, n: int) -> None:
    key, other = ("related", "unrelated")[n % 2], desk.article(n // 3)
    desk.set(desk.article(n), key, f"[{other}]" if n % 5 else "")


def give_an_alias(desk: Desk, n: int) -> None:
    desk.set(desk.article(n), "aliases", f"[/old/{n % 3}/, /{n % 2}.html]" if n % 4 else "")


def link_to_another(desk: Desk, n: int) -> None:
    desk.files[desk.article(n)] += f"\n[هنا]({desk.article(n // 4).removeprefix('content/')})\n".encode()


def give_a_picture(desk: Desk, n: int) -> None:
    source = ("2021/10/port.png", "2021/10/match/goal.png", "2021/10/none.png")[n // 3 % 3]
    desk.set(desk.article(n), "image", f"{{src: {source}, alt: صورة {n % 3}}}" if n % 5 else "")


def toggle_draft(desk: Desk, n: int) -> None:
    desk.set(desk.article(n), "draft", ("true", "false")[n // 5 % 2])


def withdraw(desk: Desk, n: int) -> None:
    desk.set(desk.article(n), "withdrawn", ("لم يثبت", "")[n // 5 % 2])


def let_expire(desk: Desk, n: int) -> None:
    desk.set(desk.article(n), "expires", ("2021-10-20 21:00", "2021-12-01", "")[n // 5 % 3])


def write_in_english(desk: Desk, n: int) -> None:
    desk.set(desk.article(n), "lang", ("en", "fa", "")[n // 5 % 3])


def translate(desk: Desk, n: int) -> None:
    path = desk.article(n)
    desk.set(path, "translation_of", ("cup", "moon", "cup-en", "nobody", "")[n // 3 % 5])
    desk.set(path, "lang", ("en", "fa", "fr", "")[n // 7 % 4])


def show_a_film(desk: Desk, n: int) -> None:
    desk.files[desk.article(n)] += (
        "\nhttps://vimeo.com/76979871\n",
        "\n![هدف](/2021/10/none.mp4)\n",
        '\n![هدف](2021/10/match/goal.mp4 "شرح | مصدر")\n',
        "\nhttps://x.com/un/status/1234567890\n",
    )[n // 5 % 4].encode()


def give_extra(desk: Desk, n: int) -> None:
    desk.set(desk.article(n), "extra", ("{place: عدن}", "{place: صور, n: [1, 2]}", "")[n // 5 % 3])


def give_data(desk: Desk, n: int) -> None:
    desk.set(desk.article(n), "data", ("{table: t.csv}", "{table: t.csv, more: none.json}", "")[n // 5 % 3])


# ---------------------------------------------------------------- edits of files


def edit_data(desk: Desk, n: int) -> None:
    desk.files["content/t.csv"] = (f"city,n\nعدن,{n % 3}\n", "city\nعدن\n", "city,n\nعدن\n")[n // 3 % 3].encode()


def edit_filters(desk: Desk, n: int) -> None:
    if n % 3 == 2:
        desk.files.pop("layouts/filters.py", None)
    else:
        desk.files["layouts/filters.py"] = f"def shout(text):\n    return text + '!' * {n % 3}\n".encode()


def add_article(desk: Desk, n: int) -> None:
    title = f"خبر {WORDS[n % len(WORDS)]} الجديد"
    text = article(title, slug=f"new-{n % 9}", date=DATES[n % len(DATES)], section=SECTIONS[n % 3], tags=TAGS[n % 7])
    desk.files[f"content/new/{n % 9}.md"] = text.encode()


def delete_article(desk: Desk, n: int) -> None:
    if len(desk.articles()) > 3:
        del desk.files[desk.article(n)]


def move_article(desk: Desk, n: int) -> None:
    old = desk.article(n)
    new = f"content/moved/{n % 4}{'/index' if n % 2 else ''}.md"
    if new not in desk.files:
        desk.move(old, new)


def swap_articles(desk: Desk, n: int) -> None:
    """Two files change places; sizes and mtimes are those that were there, the other way round."""
    one, other = desk.article(n), desk.article(n // 5)
    if one != other:
        desk.move(one, "content/swap.md")
        desk.move(other, one)
        desk.move("content/swap.md", other)


def touch(desk: Desk, n: int) -> None:
    """A new mtime and nothing else, as a checkout gives it."""
    for path in (desk.article(n), "config.yaml", "content/2021/10/port.png"):
        if path in desk.written:
            os.utime(desk.site.root / path, ns=(n * 10**9, n * 10**9))


def swap_picture(desk: Desk, n: int) -> None:
    desk.files[("content/2021/10/port.png", "content/2021/10/match/goal.png")[n % 2]] = PICTURES[n // 2 % 6]


def spoil_picture(desk: Desk, n: int) -> None:
    desk.files["content/2021/10/port.png"] = PICTURES[0][:40]


def swap_film(desk: Desk, n: int) -> None:
    desk.files["content/2021/10/match/goal.mp4"] = (mp4(5), mp4(70, width=32, height=18), b"no film")[n % 3]


def caption_the_film(desk: Desk, n: int) -> None:
    path = ("content/2021/10/match/goal.vtt", "content/2021/10/match/goal.en.vtt")[n % 2]
    if n // 2 % 3 == 2:
        desk.files.pop(path, None)
    else:
        desk.files[path] = f"WEBVTT\n\n00:00.000 --> 00:0{n // 2 % 3 + 1}.000\nهدف\n".encode()


def swap_document(desk: Desk, n: int) -> None:
    desk.files["content/2021/10/match/table.pdf"] = f"جدول {n % 3}".encode()


def edit_hits(desk: Desk, n: int) -> None:
    desk.files["hits.csv"] = ("moon,1\ncup,5\n", "cup,1\n", "", "moon;3\n")[n % 4].encode()


def edit_standing(desk: Desk, n: int) -> None:
    path = ("content/pages/about.md", "content/pages/صفحة.md")[n % 2]
    if n % 5 == 4:
        desk.files.pop(path, None)
    else:
        desk.files[path] = f"---\ntitle: صفحة {n % 3}\nweight: {n % 4}\n---\n\nنص {n % 3}.\n".encode()


def edit_context(desk: Desk, n: int) -> None:
    path = ("content/tags/روسيا.md", "content/authors/ليلى.md", "content/tags/BBC.md")[n % 3]
    if n % 5 == 4:
        desk.files.pop(path, None)
    else:
        desk.files[path] = f"سطر {n % 4} و[خبر](2021/10/moon.md).\n".encode()


# ---------------------------------------------------------------- settings, layouts, strings

LINES = (
    "related: {count: 0}", "related: {count: 4, newer: false}", "related: {count: 3, same_section: true}",
    "related: {within_days: 1}", "home: {count: 2}", "home: {count: 12}", "dates: {months: gulf}",
    "dates: {months: levant, digits: arabic}", "dates: {hijri: true}", "quotes: curly", "quotes: as-is",
    "feed: {limit: 2}", "feed: {content: summary}", "feed: {archive: true}", "feed: {tags: true, authors: true}",
    "feed: {limit: 3, archive: true, websub: 'https://hub.example.org/'}", "editions: {day: false}",
    "editions: {day: true}", "editions: {week: false}", "editions: {email: false}",
    "editions: {day: false, week: false}",
    "most_read: {source: null}", "most_read: {source: hits.csv, count: 1}", "pictures: {widths: [16, 24]}",
    "pictures: {widths: [20], formats: []}", "related: {cuont: 3}", "precompress: true", "precompress: false",
    "hosting: [nginx, netlify]", "hosting: [caddy, cloudflare, github-pages]", "hosting: []",
    "look: {accent: '#7a1024'}", "look: {paper: '#ffffff', dark: {accent: '#ffd0d0'}, footer: كلمات}", "look: null",
    "look: {logo: logo.svg}",
    "policy: {script: [stats.example]}", "policy: null",
    "params: {slogan: مرحبا}", "params: {slogan: أهلا, rows: [1, {a: b}]}", "params: null",
    "iframes: [www.youtube-nocookie.com]", "iframes: [www.youtube-nocookie.com, player.vimeo.com]", "iframes: []",
    "dates: {week: monday}", "dates: {week: sunday, months: gulf}", "names: {Reuters: رويترز}",
)  # fmt: skip


def configure(desk: Desk, n: int) -> None:
    desk.configure(LINES[n % len(LINES)])


def rename_the_site(desk: Desk, n: int) -> None:
    desk.replace("config.yaml", r"  title: .*", f"  title: صحيفة {WORDS[n % 4]}")
    desk.replace("config.yaml", r"  tagline: .*", f"  tagline: شعار {n % 3}")


def move_the_site(desk: Desk, n: int) -> None:
    address = ("https://example.org", "https://example.org/news", "http://localhost:8000/a/b")[n % 3]
    desk.replace("config.yaml", r"  base_url: .*", f"  base_url: {address}")


def change_zone(desk: Desk, n: int) -> None:
    zone = ("Asia/Qatar", "UTC", "Pacific/Kiritimati", "America/New_York")[n % 4]
    desk.replace("config.yaml", r"  timezone: .*", f"  timezone: {zone}")


def rename_a_section(desk: Desk, n: int) -> None:
    name = f"name: رياضة {n % 3}, definite: الرياضة {n % 2}, description: وصف {n % 2}, names: {{en: Sport {n % 4}}}"
    desk.replace("config.yaml", r"  sport: .*", f"  sport: {{{name}}}")


def override_layout(desk: Desk, n: int) -> None:
    partials = tuple(f"partials/{name}.html" for name in ("card", "figure", "player", "entry"))
    name = (*partials, "article.html", "standing.html", "list.html")[n % 7]
    path = f"layouts/{name}"
    if n // 7 % 3 == 2:
        desk.files.pop(path, None)
    else:
        shipped = (desk.layouts / name).read_bytes()
        desk.files[path] = shipped + f"<!-- {n // 7 % 3} -->\n".encode()


def edit_strings(desk: Desk, n: int) -> None:
    path = ("layouts/strings/ar.yaml", "layouts/strings/en.yaml")[n // 4 % 2]
    if n % 4 == 3:
        desk.files.pop(path, None)
    else:
        desk.files[path] = f"home: البداية {n % 4}\ntags: الكلمات {n % 2}\n".encode()


def edit_assets(desk: Desk, n: int) -> None:
    path = (
        "layouts/assets/main.css",
        "layouts/assets/feed.css",
        "layouts/static/robots-too.txt",
        "layouts/static/logo.svg",
    )[n % 4]
    if n // 4 % 3 == 2:
        desk.files.pop(path, None)
    elif path.endswith(".svg"):
        desk.files[path] = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {n // 4 % 3 + 1} 1"/>\n'.encode()
    else:
        desk.files[path] = f"body{{margin:{n // 4 % 3}}}\n".encode()


# ---------------------------------------------------------------- the clock, the output, the cache, failures


def move_clock(desk: Desk, n: int) -> None:
    desk.now = MOMENTS[n % len(MOMENTS)]


def wait_a_little(desk: Desk, n: int) -> None:
    desk.now += timedelta(minutes=n % 400)


def build_again(desk: Desk, n: int) -> None:
    """Nothing has moved, or so little time that nothing goes out."""
    desk.now += timedelta(seconds=n % 2)


def delete_output_file(desk: Desk, n: int) -> None:
    if path := desk.output(n):
        path.unlink()


def alter_output_file(desk: Desk, n: int) -> None:
    """Written into as it stands; the second tree may hold a link to the same file."""
    if path := desk.output(n):
        with open(path, "ab") as file:
            file.write(b"altered")


def replace_output_file(desk: Desk, n: int) -> None:
    if path := desk.output(n):
        path.unlink()
        path.write_bytes(b"replaced")


def alter_many_output_files(desk: Desk, n: int) -> None:
    for i in range(0, 40, 3):
        alter_output_file(desk, n + i)


def delete_output_folder(desk: Desk, n: int) -> None:
    folders = [path for path in desk.site.paths() if path.endswith("/")]
    if folders:
        shutil.rmtree(desk.site.root / "output" / folders[n % len(folders)])


def delete_output(desk: Desk, n: int) -> None:
    shutil.rmtree(desk.site.root / "output", ignore_errors=True)


def leave_an_empty_folder(desk: Desk, n: int) -> None:
    (desk.site.root / "output" / ("empty", "2021/10/31", "tags/قديم")[n % 3]).mkdir(parents=True, exist_ok=True)


def delete_the_cache(desk: Desk, n: int) -> None:
    shutil.rmtree(desk.site.root / ".mujaz")


def delete_the_second_tree(desk: Desk, n: int) -> None:
    shutil.rmtree(desk.site.root / ".mujaz" / "tree", ignore_errors=True)


def truncate_the_cache(desk: Desk, n: int) -> None:
    size = desk.cache.stat().st_size
    os.truncate(desk.cache, (0, 100, 4096, size // 2, size - 1)[n % 5])


def garble_the_cache(desk: Desk, n: int) -> None:
    """Change single bytes here and there: SQLite does not notice one within a value."""
    raw = bytearray(desk.cache.read_bytes())
    for i in range(1 + n % 3 * 40):
        at = (n * 7919 + i * 104_729) % len(raw)
        raw[at] ^= 1 << (n + i) % 8
    desk.cache.write_bytes(raw)


def put_another_file_for_the_cache(desk: Desk, n: int) -> None:
    desk.cache.write_bytes((b"", b"not a database", b"SQLite format 3\0" * 300)[n % 3])


def fail_in_an_article(desk: Desk, n: int) -> None:
    desk.files["content/2021/10/wrong.md"] = (
        b"---\ntitle: a\n", b"\xff\xfe", article("خبر", sektion="sport").encode(),
        article("خبر", body="[نص](none.md)").encode(),
    )[n % 4]  # fmt: skip


def fail_while_rendering(desk: Desk, n: int) -> None:
    """Some pages have then been written into the second tree."""
    edit_title(desk, n)
    name = ("layouts/standing.html", "layouts/list.html")[n % 2]
    desk.files[name] = ("{{ view.nothing }}\n", "{{ view.title.x.y }}\n")[n // 2 % 2].encode()


def fail_in_a_layout(desk: Desk, n: int) -> None:
    desk.files["layouts/article.html"] = (b"{% if %}", b'{% include "none.html" %}', b"\xff")[n % 3]


OF_ARTICLES: tuple[Edit, ...] = (
    edit_body, edit_title, edit_summary, edit_tags, edit_section, edit_slug, edit_date, edit_weight, edit_label,
    edit_series, edit_authors, correct, name_an_id, pin, give_an_alias, link_to_another, give_a_picture, toggle_draft,
    withdraw, let_expire, write_in_english, translate, show_a_film, lead, break_news, go_live, add_an_entry,
    hang_a_gallery, give_extra, give_data,
)  # fmt: skip
OF_FILES: tuple[Edit, ...] = (
    add_article, delete_article, move_article, swap_articles, touch, swap_picture, spoil_picture, swap_film,
    caption_the_film, swap_document,
    edit_data, edit_hits, edit_standing, edit_context,
)  # fmt: skip
OF_SETTINGS: tuple[Edit, ...] = (
    configure, rename_the_site, move_the_site, change_zone, rename_a_section, override_layout, edit_strings,
    edit_filters, edit_assets,
)  # fmt: skip
OF_FATE: tuple[Edit, ...] = (
    move_clock, wait_a_little, build_again, delete_output_file, alter_output_file, replace_output_file,
    alter_many_output_files, delete_output_folder, delete_output, leave_an_empty_folder, delete_the_cache,
    delete_the_second_tree, truncate_the_cache, garble_the_cache, put_another_file_for_the_cache,
    fail_in_an_article, fail_while_rendering, fail_in_a_layout,
)  # fmt: skip
EDITS = OF_ARTICLES + OF_FILES + OF_SETTINGS + OF_FATE
SEQUENCES = st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 9999)), min_size=10, max_size=10)
# No shrinking: ten steps are read faster than a machine makes them five.
COMMON = settings(
    deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate)
)


def run(sequence: list[tuple[Edit, int]], layouts: Path, jobs: int = 1) -> Counter[str]:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(site=Site(Path(folder)), layouts=layouts, jobs=jobs)
        desk.save()
        assert desk.build(), desk.trouble
        for at, (edit, n) in enumerate(sequence, 1):
            try:
                desk.step(edit, n)
            except Exception as error:
                error.add_note(f"in step {at}, {edit.__name__}({n})")
                raise
            desk.figures[edit.__name__] += 1
        return desk.figures


# ---------------------------------------------------------------- the law


@pytest.mark.parametrize("edits", [OF_ARTICLES, OF_FILES, OF_SETTINGS, OF_FATE], ids=["text", "files", "form", "fate"])
def test_each_edit_leaves_what_a_cold_build_makes(edits: tuple[Edit, ...], probes: Path) -> None:
    figures = run([(edit, 17 * at + 3) for at, edit in enumerate(edits)], probes)
    assert figures["steps"] == len(edits)


def test_another_layout_of_figures_renders_the_pages_anew_whose_body_has_one(probes: Path) -> None:
    """The layout of a standing page names no figure: the body brings it."""

    def override_figure(desk: Desk, n: int) -> None:
        desk.files["layouts/partials/figure.html"] = b"<img alt='{{ figure.alt }}'>"

    run([(override_figure, 0)], probes)


def test_another_layout_of_entries_renders_the_live_stories_anew(probes: Path) -> None:
    def override_entry(desk: Desk, n: int) -> None:
        desk.files["layouts/partials/entry.html"] = b"<h2>{{ title }}</h2>{{ text }}{{ entry.when.time }}"

    run([(override_entry, 0)], probes)


def test_a_live_story_falls_silent_at_its_end(probes: Path) -> None:
    """Entries come while it is live, and at the moment of its end a build with no edit gives what a cold one does."""

    def wait_for_the_end(desk: Desk, n: int) -> None:
        desk.now = datetime(2021, 10, 20, 15, tzinfo=UTC)

    def write_on(desk: Desk, n: int) -> None:
        desk.files["content/2021/10/quay.md"] += f"\n## 17:{n:02} رصيف\n\nنص.\n".encode()

    figures = run([(write_on, 10), (write_on, 5), (wait_for_the_end, 0), (write_on, 20)], probes)
    assert figures["failed"] == 0


def test_what_is_broken_is_skipped_and_the_rest_is_what_a_cold_build_makes(probes: Path) -> None:
    """A new story, a published one, one that the settings break, and one whose last good version is lost."""

    def break_the_live_story(desk: Desk, n: int) -> None:
        desk.files["content/2021/10/quay.md"] += f"\n## 25:{n} رصيف\n".encode()
        edit_title(desk, 0)

    def lose_the_cache_and_break(desk: Desk, n: int) -> None:
        delete_the_cache(desk, n)
        break_the_live_story(desk, n)

    sequence = [(fail_in_an_article, 0), (fail_in_an_article, 3), (break_the_live_story, 10), (build_again, 1),
                (break_the_live_story, 11), (lose_the_cache_and_break, 12)]  # fmt: skip
    figures = run(sequence, probes)
    assert (figures["skipped"], figures["not to be skipped"]) == (4, 1)


def test_words_of_another_language_move_the_feeds_that_hold_a_live_story_in_it(probes: Path) -> None:
    def call_the_home_page(desk: Desk, n: int) -> None:
        desk.files["layouts/strings/en.yaml"] = f"home: Home {n}\n".encode()

    assert run([(call_the_home_page, 1), (call_the_home_page, 2)], probes)["failed"] == 0


def test_a_feed_tells_the_size_of_the_picture_that_is_there_and_not_of_a_spoilt_one(probes: Path) -> None:
    """After the build that mends a picture, the second tree still holds the spoilt one."""

    def alter_pictures(desk: Desk, n: int) -> None:
        for path in sorted((desk.site.root / "output/assets/pictures").iterdir()):
            path.write_bytes(path.read_bytes() + b"altered")

    run([(alter_pictures, 0), (edit_title, 4), (edit_title, 5)], probes)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE page SET key = 'f' || substr(key, 2)",
        "UPDATE page SET path = substr(path, 2)",
        "UPDATE body SET html = substr(html, 1, 20) || x'2a' || substr(html, 22)",
        "UPDATE terms SET value = substr(value, 1, length(value) - 1) || x'00'",
        "UPDATE reading SET value = substr(value, 1, 20) || x'2a' || substr(value, 22)",
        "UPDATE value SET value = substr(value, 1, 20) || x'2a' || substr(value, 22)",
        "DELETE FROM body",
        "DELETE FROM value",
        "DROP TABLE IF EXISTS page",
    ],
)
def test_a_cache_that_was_changed_within_costs_time_and_nothing_else(change: str, probes: Path) -> None:
    """As a failing disk does it: SQLite sees nothing wrong in a value that is another."""

    def change_the_cache(desk: Desk, n: int) -> None:
        with closing(sqlite3.connect(desk.cache, isolation_level=None)) as connection:
            connection.execute(change)

    def change_the_cache_and_edit(desk: Desk, n: int) -> None:
        change_the_cache(desk, n)
        edit_title(desk, n)

    run([(build_again, 1), (change_the_cache, 0), (build_again, 1), (change_the_cache_and_edit, 1)], probes)


def test_the_shipped_layouts_keep_the_law() -> None:
    edits = (edit_title, override_layout, swap_picture, edit_tags, move_clock, edit_strings, delete_article, configure)
    run([(edit, 4) for edit in edits], SHIPPED_LAYOUTS)


@settings(COMMON, max_examples=4, derandomize=True)
@given(sequence=SEQUENCES)
def test_any_sequence_of_edits_leaves_what_a_cold_build_makes(sequence: list[tuple[Edit, int]], probes: Path) -> None:
    run(sequence, probes)


TOTALS: Counter[str] = Counter()


@pytest.mark.long
@settings(COMMON, max_examples=200)
@given(sequence=SEQUENCES, jobs=st.sampled_from((1, 1, 2)))
def test_two_hundred_sequences(sequence: list[tuple[Edit, int]], jobs: int, probes: Path) -> None:
    figures = run(sequence, probes, jobs)
    TOTALS.update(figures)
    TOTALS["sequences"] += 1


@pytest.mark.long
@settings(COMMON, max_examples=30)
@given(sequence=SEQUENCES)
def test_thirty_sequences_with_the_shipped_layouts(sequence: list[tuple[Edit, int]]) -> None:
    TOTALS.update(run(sequence, SHIPPED_LAYOUTS))
    TOTALS["sequences"] += 1


@pytest.mark.long
def test_what_the_long_run_did() -> None:
    print()
    for name, count in sorted(TOTALS.items(), key=lambda pair: (-pair[1], pair[0])):
        print(f"{count:>9,} {name}")
    assert TOTALS["steps"] == 10 * TOTALS["sequences"]
    if TOTALS["sequences"] >= 200:
        missed = sorted({edit.__name__ for edit in EDITS} - TOTALS.keys())
        assert len(missed) < 4, f"hardly a random run: it never came to {missed}"


def test_the_order_of_free_keys_and_of_words_is_seen(make_site: Callable[..., Site]) -> None:
    """A fingerprint of a dict tells no order, but a layout can."""
    site = make_site({"content/a.md": article(extra="{b: 1, a: 2}"), "layouts/strings/ar.yaml": "mine: {b: 1, a: 2}"})
    site.write({"layouts/article.html": "{{ view.extra|list }} {{ t.mine|list }}"}).build()
    path = next(path for path in site.paths() if path.startswith("2021/10/18/خبر/index"))
    site.write({"content/a.md": article(extra="{a: 2, b: 1}")}).build()
    assert "[&#39;a&#39;, &#39;b&#39;]" in site.read(path)
    site.write({"layouts/strings/ar.yaml": "mine: {a: 2, b: 1}"}).build()
    assert site.read(path) == "[&#39;a&#39;, &#39;b&#39;] [&#39;a&#39;, &#39;b&#39;]"


def test_a_feed_without_a_story_follows_its_stylesheet(make_site: Callable[..., Site], tmp_path: Path) -> None:
    site = make_site({"content/a.md": article(draft="true"), "layouts/assets/feed.css": "rss{}"})
    site.build()
    site.write({"layouts/assets/feed.css": "rss{color:red}"}).build()
    assert _differences(site.digest(), site.cold(tmp_path / "cold")) == _differences({}, {})


def test_a_stylesheet_does_not_name_another(make_site: Callable[..., Site]) -> None:
    site = make_site({"content/a.md": article(), "layouts/assets/a.css": "@import url(z.css);"})
    site.write({"layouts/assets/z.css": "p{}"}).build()
    first = {path for path in site.paths() if path.startswith("assets/a.")}
    site.write({"layouts/assets/z.css": "p{color:red}"}).build()
    assert {path for path in site.paths() if path.startswith("assets/a.")} == first
    assert site.read(first.pop()) == "@import url(z.css);"


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_changes_between_scan_and_reading_poisons_nothing(
    jobs: int, make_site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site({f"content/{n}.md": article(f"خبر {n}") for n in range(40)})
    with monkeypatch.context() as patched:
        patched.setattr("mujaz.content.scan.file_digest", lambda raw: "0" * 32)
        with pytest.raises(OSError, match="build again"):
            site.build(jobs=jobs)
    assert site.build(jobs=jobs).stories == 40
