"""The law of what is held: a site with drafts, held and expired stories is that without their files.

Of a withdrawn story the notice alone tells: it may say whatever else it likes. Only the build's own record names the
moment of the next build, which what is held may bring.
"""

from __future__ import annotations

import json
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mujaz.messages.errors import SiteError
from mujaz.model import urls
from tests.laws.test_incremental import MEMORY, picture
from tests.laws.test_later_moments import NAMES, SHOWN
from tests.support.recordings import mp4
from tests.support.sites import Site, article
from tests.support.whole_site import FONTS

pytestmark = pytest.mark.slow

NOW = datetime(2021, 10, 20, 9, tzinfo=UTC)
SETTINGS = """\
most_read: {source: hits.csv, count: 2}
editions: {day: true, week: true, email: true}
pictures: {widths: [16]}
"""
CHOICES = (
    "feed: {archive: true, tags: true, authors: true, limit: 2}\n",
    "feed: {content: summary, websub: 'https://hub.example.org/'}\nhome: {count: 2}\n",
    "hosting: [github-pages, netlify, cloudflare, nginx, caddy]\n",
    "precompress: true\n",
    "related: {count: 2, newer: false, same_section: true}\n",
)
STEMS = ("بي بي سي", "بي-بي-سي", "Café", "CAFÉ", "هيئة", "هيأة", "أحمد", "احمد")
PAST = ("2021-10-20 08:00", "2021-10-20", "2021-10-19 23:59", "2021-10-18", "2021-09-30 10:00", "2020-12-31 23:00")
COMING = ("2021-10-20 13:00", "2021-10-21", "2021-11-01 10:00", "2022-01-01 10:00")
DATES = PAST + COMING
HIDDEN: dict[str, dict[str, str]] = {
    "draft": {"draft": "true"},
    "held": {},
    "expired": {"expires": "2021-10-20 11:00"},
    "withdrawn": {"date": "2021-10-18", "title": "خبر", "lang": "en", "withdrawn": "لم يثبت"},
}
FIELDS: dict[str, tuple[str, ...]] = {  # each is there in one story of three
    "lead": ("2022-03-01",),
    "weight": ("3", "9"),
    "breaking_until": ("2022-02-01",),
    "live_until": ("2022-01-03", "2022-02-01"),
    "live_order": ("oldest",),
    "updated": ("2022-01-02",),
    "corrections": ("[{date: 2022-01-02, text: صُحح الاسم}]",),
    "lang": ("en", "fr", "en-GB", "xx"),
    "tags": tuple(f"[{one}, {other}]" for one in NAMES for other in STEMS),
    "authors": tuple(f"[{name}]" for name in NAMES + STEMS),
    "sources": ("[وكالات]",),
    "series": NAMES + STEMS,
    "label": ("analysis", "video"),
    "image": ("{src: port.png, alt: ميناء, caption: الميناء}", "{src: quay.png, alt: رصيف}"),
}
MEDIA = (
    *("![رحلة](trip.mp4)", "![كلام](talk.mp4)", "![رصيف](port.png)", "![رصيف](quay.png)"),
    *("[جدول](table.pdf)", "[أرقام](port.csv)", "https://youtu.be/4czjS9h4Fpg", "## 09:05 رصيف\n\nنص.\n\n## 09:30"),
)  # fmt: skip
WORDS = "مجلس وزراء ميناء قطار محطة نهر جسر سوق عملة فريق مدرب كأس هدف قمر".split()
AROUND: dict[str, str | bytes] = {
    "hits.csv": "h0,9\nh1,8\nopen0,7\nh2,6\nopen1,5\nopen2,4\n",
    "content/port.csv": "city,n\nعدن,1\n",
    "content/port.png": picture(1),
    "content/quay.png": picture(2),
    "content/trip.mp4": mp4(),
    "content/trip.jpg": picture(3),
    "content/talk.mp4": mp4(),
    "content/talk.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nكلام\n",
    "content/table.pdf": "جدول",
    "content/pages/about.md": "---\ntitle: من نحن\n---\n\nكلام.\n",
    "content/tags/bbc.md": "عن الإذاعة.\n",
    "content/authors/أحمد.md": "يكتب.\n\n![رصيف](../quay.png)\n",
}


@dataclass(frozen=True)
class Paper:
    """The files of a site: those that readers see something of, and more of what they do not."""

    seen: dict[str, str | bytes]
    hidden: dict[str, str]  # takes the place of a file that is seen, or stands beside it


def drawn(seed: int) -> Paper:
    draw = random.Random(seed)
    opened = [f"open{n}" for n in range(draw.randint(1, 6))]

    def story(id: str, dates: Sequence[str], **more: str) -> str:
        fields = {"date": draw.choice(dates), "section": draw.choice(("politics", "sport"))}
        fields |= {key: draw.choice(values) for key, values in FIELDS.items() if draw.random() < 1 / 3}
        if "breaking_until" in fields:
            fields["label"] = "breaking"
        if "live_until" not in fields or "breaking_until" in fields:
            fields = {key: value for key, value in fields.items() if not key.startswith("live_")}
        if draw.random() < 1 / 3:
            fields["aliases"] = f"[/old/{id}/, /old/{id}.html]"
        known = [one for one in opened if one != id]
        for key in ("related", "unrelated"):
            if known and draw.random() < 1 / 3:
                fields[key] = f"[{draw.choice(known)}]"
        links = [f"- [رابط]({draw.choice(known)}.md)"] if known else []
        body = [" ".join(draw.choices(WORDS, k=12)) + ".", *links, *draw.sample(MEDIA, 2)]
        title = " ".join(draw.choices(WORDS, k=4))
        return article(more.pop("title", title), body="\n\n".join(body), **fields | {"id": id, "slug": id} | more)

    seen = {f"content/{id}.md": story(id, PAST) for id in opened}
    hidden: dict[str, str] = {}
    for n in range(draw.randint(1, 5)):
        kind, path = draw.choice(list(HIDDEN)), f"content/h{n}.md"
        fields = dict(HIDDEN[kind])
        if kind == "withdrawn":
            fields |= {"section": "sport", "aliases": f"[/old/h{n}/]"}
            seen[path] = article(**fields, id=f"h{n}", slug=f"h{n}")
        elif draw.random() < 1 / 3:
            fields |= {"translation_of": draw.choice(opened), "lang": "fa"}
        elif kind == "draft" and draw.random() < 1 / 3:
            fields["slug"] = draw.choice(opened)
        hidden[path] = story(f"h{n}", COMING if kind == "held" else PAST[2:] if kind == "expired" else DATES, **fields)
        if kind != "withdrawn":  # who links to it shows words and no link
            other, target = f"content/{draw.choice(opened)}.md", draw.choice((f"h{n}.md", f"/s/h{n}/"))
            hidden[other] = f"{hidden.get(other, seen[other])}\n[كلمة]({target})\n"
            seen[other] = f"{seen[other]}\nكلمة\n"
    return Paper({**FONTS, **AROUND, "config.yaml": SHOWN + SETTINGS + draw.choice(CHOICES), **seen}, hidden)


def built(site: Site, files: dict[str, str | bytes]) -> dict[str, bytes]:
    """What a cold build makes of these files, by path."""
    for entry in site.root.iterdir():
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    site.write(files).build(now=NOW)
    output = site.root / "output"
    found = {path: b"" if path.endswith("/") else (output / path).read_bytes() for path in site.paths()}
    record = json.loads(found.pop(urls.STAMP))
    return found | {urls.STAMP: json.dumps(record | {"next_build": None}).encode()}


def hold(site: Site, paper: Paper) -> Counter[str]:
    """Build a paper with and without what is hidden."""
    apart = built(site, paper.seen)
    try:
        whole = built(site, paper.seen | paper.hidden)
    except SiteError:  # a held story is judged before it goes out
        return Counter(refused=1)
    differing = sorted(path for path in apart.keys() | whole.keys() if apart.get(path) != whole.get(path))
    assert not differing, differing
    return Counter(held=1)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        yield Site(Path(folder))


@pytest.mark.parametrize("seed", range(4))
def test_what_is_held_changes_no_byte(seed: int, site: Site) -> None:
    hold(site, drawn(seed))


@pytest.mark.long
def test_what_is_held_in_two_hundred_papers_changes_no_byte(site: Site) -> None:
    figures = Counter[str]()
    for seed in range(200):
        figures += hold(site, drawn(seed))
    print(dict(figures))
    assert figures["refused"] < figures["held"] / 4, "hardly a paper was judged"
