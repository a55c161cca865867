"""The law of later moments: what builds now builds at every later moment with the same files.

Else a story that is to leave stays public, and one that is to go out does not. A `Paper` is a small site with much
that time changes, and links to all that its stories bring.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mujaz.build.entry import with_store
from mujaz.build.ready import problems_of
from mujaz.build.request import BuildRequest
from mujaz.cache.store import Store
from mujaz.messages.errors import Problem
from tests.laws.test_incremental import MEMORY, picture
from tests.support.recordings import mp4
from tests.support.sites import CONFIG, Site, article
from tests.support.whole_site import FONTS

pytestmark = pytest.mark.slow

NOW = datetime(2021, 10, 20, 9, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Qatar")
SHOWN = CONFIG.replace("cards: false", "cards: true").replace("search: false", "search: true")
SETTINGS = """\
most_read: {source: hits.csv, count: 2}
editions: {day: true, week: true, email: true}
"""
CHOICES = ("feed: {archive: true}\n", "feed: {tags: true, authors: true}\n", "precompress: true\n", "")
PAST = ("2021-10-20 08:00", "2021-10-19 23:59", "2021-10-18", "2021-09-30 10:00", "2020-12-31 23:00")
COMING = ("2021-10-20 13:00", "2021-10-21 00:00", "2021-10-21 08:00", "2021-11-01 10:00", "2022-01-01 10:00")
NAMES = ("ميناء", "الميناء", "BBC", "bbc", "C++", "C", "بي بي سي")
FIELDS: dict[str, tuple[str, ...]] = {  # each is there in one story of three
    "expires": COMING,
    "lead": ("2021-10-20 18:00", "2021-10-21"),
    "breaking_until": ("2021-10-20 13:00", "2021-10-21 12:00"),
    "live_until": ("2021-10-20 13:00", "2021-10-21 12:00"),
    "withdrawn": ("لم يثبت",),
    "draft": ("true",),
    "lang": ("en", "fr", "xx"),
    "tags": tuple(f"[{name}]" for name in NAMES),
    "authors": tuple(f"[{name}]" for name in NAMES),
    "series": NAMES,
    "data": ("{t: t.csv}", "{t: bad.json}"),
    "related": ("[s0]", "[s1, s2]", "[3.md]"),
    "unrelated": ("[s1]",),
    "translation_of": ("s0", "s1"),
    "image": ("{src: port.png, alt: ميناء}", "{src: bad.png, alt: ميناء}"),
}
MEDIA = ("![رحلة](trip.mp4)", "![كلام](talk.mp4)", "![رصيف](port.png)", "[جدول](table.pdf)", "")
OLD = (
    "/old/{n}/",
    "/old/{n}.html",
    "/2021/10/{n}/",
    "/2022/",
    "/2021/10/21/",
    "/2021/10/21/atom.xml",
)
OWN = ("/s/s{n}/", "/old/{n}/", "/old/{n}.html", "/fragments/live/s{n}/", "/cards/s{n}.png")
OF_DAYS = ("/{d}/s{n}/", "/{d}/", "/{d}/atom.xml", "/{d}/email.html", "/{d}/card.png", "/{m}/", "/sport/{m}/", "/{y}/")
LISTS = (
    *("/most-read/", "/fragments/most-read/", "/fragments/breaking/", "/2021/w42/", "/2022/w52/"),
    *("/sitemaps/2021-10.xml", "/sitemaps/2021-09.xml", "/sport/feed.xml", "/politics/feed.json", "/en/feed.xml"),
    *(
        "/editions/feed.xml",
        "/editions/feed.json",
        "/fr/atom.xml",
        "/tags/",
        "/authors/",
        "/series/",
        "/archive/",
        "/search/",
        "/about/",
    ),
)
NAMED = (
    "/{kind}/ميناء/",
    "/{kind}/bbc/",
    "/{kind}/BBC/",
    "/{kind}/c/",
    "/{kind}/C/",
    "/{kind}/C-2/",
    "/{kind}/bbc/feed.xml",
)


def addresses() -> list[str]:
    days = sorted({day[:10].replace("-", "/") for day in PAST + COMING})
    found = [one.format(n=n) for one in OWN for n in range(4)]
    found += [one.format(n=n, d=day, m=day[:7], y=day[:4]) for one in OF_DAYS for n in range(4) for day in days]
    found += [one.format(kind=kind) for one in NAMED for kind in ("tags", "authors", "series")]
    return list(dict.fromkeys([*found, *LISTS]))


ADDRESSES = addresses() + ["0.md", "1.md", "2.md", "3.md"] * 5
WORDS = ("tags/bbc", "tags/BBC", "tags/c", "tags/C++", "authors/ميناء", "tags/بي-بي-سي", "tags/بي بي سي")


@dataclass(frozen=True)
class Story:
    """What an article of a Paper says. `links` are addresses, and files of other articles."""

    fields: dict[str, str]
    aliases: tuple[str, ...]
    links: tuple[str, ...]
    media: str

    def text(self, n: int) -> str:
        body = "\n".join((f"نص كلمة{n}كلمة.", "", *(f"- [رابط]({link})" for link in self.links), "", self.media))
        aliases = ", ".join(alias.format(n=n) for alias in self.aliases)
        named = {"slug": f"s{n}", "id": f"s{n}", "aliases": f"[{aliases}]" if aliases else ""}
        if "breaking_until" in self.fields:
            named["label"] = "breaking"
        return article(f"خبر {n}", body=body, **self.fields, **named)


@dataclass(frozen=True)
class Paper:
    """A site; `links` stand on its standing page, `words` are the files of tags and authors."""

    stories: tuple[Story, ...]
    settings: str
    links: tuple[str, ...]
    page: str
    words: tuple[str, ...]

    def files(self) -> dict[str, str | bytes]:
        body = "".join(f"- [رابط]({link})\n" for link in self.links)
        texts = {f"content/{n}.md": story.text(n) for n, story in enumerate(self.stories)}
        texts |= {f"content/{name}.md": "كلام.\n" for name in self.words}
        page = {f"content/pages/{self.page}.md": f"---\ntitle: من نحن\n---\n\n{body}"}
        return {**FONTS, **AROUND, "config.yaml": SHOWN + SETTINGS + self.settings, **texts, **page}

    def without(self, wrong: Iterable[Problem]) -> Paper:
        """The paper without what is refused at once: what else it says can then be judged."""
        told = list(wrong)
        every = {one.message.id for one in told}
        shared = {key for id, key in (("data-not-parsed", "data"), ("not-yaml", "lang")) if id in every}
        dead = {str(value) for one in told for key, value in one.message.args if key == "target"}
        stories = list(self.stories)
        for n, story in enumerate(stories):
            ids = {one.message.id for one in told if one.path == f"content/{n}.md"}
            others = ids - {"link-to-no-page", "link-to-nothing"}
            taken = shared | {key for key in story.fields if any(key in BLAMED.get(id, ()) for id in others)}
            fields = {key: value for key, value in story.fields.items() if key not in taken}
            stories[n] = replace(
                story,
                links=tuple(link for link in story.links if link not in dead),
                fields=fields,
                aliases=() if others - BLAMED.keys() else story.aliases,
                media="" if "recording-wrong" in others else story.media,
            )
        if any(not one.path.startswith("content/") for one in told):
            stories = [replace(story, aliases=()) for story in stories]
        return replace(
            self,
            stories=tuple(stories),
            links=tuple(link for link in self.links if link not in dead),
            page="about" if "address-of-site" in every else self.page,
            words=() if "words-twice" in every else self.words,
        )


# What a refusal is taken back by.
BLAMED = {
    "names-itself": ("related", "unrelated", "translation_of"),
    "no-such-article": ("related", "unrelated", "translation_of"),
    "translation-same-language": ("translation_of",),
    "translation-twice": ("translation_of",),
    "translation-circle": ("translation_of",),
    "picture-wrong": ("image",),
    "before-date": ("expires", "lead", "breaking_until", "live_until"),
    "recording-wrong": (),
}
AROUND: dict[str, str | bytes] = {
    "hits.csv": "s0,4\ns1,3\n",
    "content/t.csv": "city,n\nعدن,1\n",
    "content/bad.json": "{",
    "content/port.png": picture(1),
    "content/bad.png": b"1",
    "content/trip.mp4": mp4(),
    "content/talk.mp4": mp4(),
    "content/talk.vtt": "1\n",
    "content/table.pdf": "جدول",
    "layouts/strings/fr.yaml": "labels: [",
}


def drawn(seed: int) -> Paper:
    draw = random.Random(seed)

    def story() -> Story:
        fields = {"date": draw.choice(PAST + COMING[:4]), "section": draw.choice(("politics", "sport"))}
        fields |= {key: draw.choice(values) for key, values in FIELDS.items() if draw.random() < 1 / 3}
        if draw.random() < 2 / 3:
            fields.pop("draft", None)
        return Story(fields, some(OLD, 2), some(ADDRESSES, 80), draw.choice(MEDIA))

    def some(words: Sequence[str], most: int) -> tuple[str, ...]:
        return tuple(draw.sample(words, draw.randint(0, most)))

    return Paper(
        stories=tuple(story() for _ in range(draw.randint(2, 4))),
        settings=draw.choice(CHOICES),
        links=some(ADDRESSES, 80),
        page=draw.choice(("2022", "about", "en")),
        words=some(WORDS, 3),
    )


def moments(stories: Iterable[Story]) -> Iterator[datetime]:
    """Just before and at each moment at which time alone changes the site, in order."""
    due: set[datetime] = set()
    for story in stories:
        named = [
            story.fields[key]
            for key in ("date", "expires", "lead", "breaking_until", "live_until")
            if key in story.fields
        ]
        for text in named:
            moment = datetime.fromisoformat(text).replace(tzinfo=ZONE)
            midnight = datetime.combine(moment.date() + timedelta(days=1), time(), tzinfo=ZONE)
            due |= {moment, midnight, moment + timedelta(days=2)}
    second = timedelta(seconds=1)
    yield from sorted({near for one in due for near in (one - second, one) if near > NOW})


def errors(site: Site, now: datetime) -> list[Problem]:
    request = BuildRequest(root=site.root, now=now, jobs=1)

    def look(store: Store) -> list[Problem]:
        return [problem for problem in problems_of(request, store) if not problem.warning]

    return with_store(request, look)


def hold(site: Site, paper: Paper) -> Counter[str]:
    """Judge a paper at each of its moments; what is refused at once is taken out of it first."""
    figures = Counter[str](papers=1)
    for _ in range(5):
        shutil.rmtree(site.root / "content", ignore_errors=True)
        if not (wrong := errors(site.write(paper.files()), NOW)):
            break
        paper = paper.without(wrong)
    else:
        figures["refused at once"] += 1
        return figures
    figures["links"] += len(paper.links) + sum(len(story.links) for story in paper.stories)
    for now in moments(paper.stories):
        figures["moments"] += 1
        assert not (found := errors(site, now)), f"{now}: {[str(one) for one in found]}"
    return figures


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """One for all papers: what its cache holds of layouts and pictures is not read again."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        yield Site(Path(folder))


@pytest.mark.parametrize("seed", range(4))
def test_what_builds_now_builds_at_every_later_moment(seed: int, site: Site) -> None:
    hold(site, drawn(seed))


@pytest.mark.long
def test_three_hundred_papers_build_at_every_later_moment(site: Site) -> None:
    figures = Counter[str]()
    for seed in range(300):
        figures += hold(site, drawn(seed))
    print(dict(figures))
    assert figures["refused at once"] < figures["papers"] / 4, "hardly a paper was judged"
