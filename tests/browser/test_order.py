"""In which order numbers, signs and Latin runs are seen: read off by the places of their letters."""

from __future__ import annotations

import html
import json
import random
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import lxml.etree
import pytest

from mujaz.arabic.isolates import isolate, isolated, numbers
from tests.support.browser import serving
from tests.support.order import LATIN, NUMBERS, SENTENCES, seen, wrong
from tests.support.sites import CONFIG, Site, article
from tests.support.whole_site import FONTS

pytestmark = pytest.mark.browser

SET = {sentence: numbers(sentence) for sentence in SENTENCES}
# What a home page, an edition and a feed hold; the other sentences stand in the body alone.
TITLES = dict(islice(NUMBERS.items(), 0, None, 2)) | dict(islice(LATIN.items(), 0, None, 3))


def files() -> dict[str, str | bytes]:
    found: dict[str, str | bytes] = {**FONTS, "config.yaml": CONFIG.replace("search: false", "search: true")}
    for number, sentence in enumerate(TITLES):
        head = {"id": f"s{number}", "slug": f"s{number}", "date": f"2021-10-18 14:{number:02}"}
        quoted = json.dumps(sentence, ensure_ascii=False)
        found[f"content/{number}.md"] = article(quoted, summary=quoted, body=sentence, **head)
    escaped = [re.sub(r"([*+-])", r"\\\1", one) for one in SENTENCES]
    rows = "\n".join(f"| {one} | س |" for one in escaped)
    items = "\n".join(f"- {one}" for one in escaped)
    body = "\n\n".join(escaped) + f"\n\n| أ | ب |\n|---|---|\n{rows}\n\n{items}\n"
    found["content/all.md"] = article("كل الجمل", id="all", slug="all", date="2021-10-17", body=body)
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("order")).write(files())
    site.build()
    return site


@pytest.fixture(scope="module")
def home(site: Site, chromium: Any) -> Iterator[str]:
    with serving(site.root / "output", "/news") as address:
        yield address


@pytest.mark.parametrize("width", [360, 1280])
def test_each_sentence_is_seen_alike_wherever_it_stands(site: Site, home: str, chromium: Any, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800}, bypass_csp=True)
    troubles: list[str] = []

    def look(place: str, selector: str, sentences: dict[str, str]) -> None:
        troubles.extend(f"{place}: {one}" for one in wrong(seen(page, selector), sentences, SET))

    page.goto(f"{home}/2021/10/17/all/")
    for place, selector in (("paragraph", ".prose p"), ("cell", ".prose td"), ("list", ".prose li")):
        look(place, selector, SENTENCES)
    page.goto(f"{home}/2021/10/18/")
    look("card", ":is(h2, h3) a", TITLES)
    page.goto(f"{home}/2021/10/18/email.html")
    look("e-mail", ":is(h2, h3) a", TITLES)
    look("summary of the e-mail", ".summary", TITLES)
    for number in (0, len(TITLES) - 1):
        page.goto(f"{home}/2021/10/18/s{number}/")
        sentence = list(TITLES)[number]
        look("headline", "h1", {sentence: TITLES[sentence]})

    # A mail program and a feed reader take each line's direction from its first letter.
    text = site.read("2021/10/18/email.txt")
    lines = [line.replace("* ", "", 1) for line in text.splitlines() if line]
    entries = lxml.etree.fromstring(site.read("feed.xml").encode()).iter("item")
    texts = [(entry.findtext("title"), entry.findtext("description")) for entry in entries]
    plain = [*lines, *(title for title, _ in texts)]
    page.set_content("".join(f'<p dir="auto">{html.escape(line or "")}</p>' for line in plain))
    look("plain text", "p", TITLES)
    page.set_content("".join(f'<p dir="auto">{line or ""}</p>' for _, line in texts))
    look("description in a feed", "p", TITLES)
    results = [json.loads(site.read(f"search/stories/s{number}.json")) for number in range(len(TITLES))]
    for part in ("title", "summary", "text"):
        page.set_content("".join(f'<p dir="rtl">{html.escape(one[part])}</p>' for one in results))
        look(f"{part} of a search result", "p", TITLES)
    encoded = "{http://purl.org/rss/1.0/modules/content/}encoded"
    entries = lxml.etree.fromstring(site.read("feed.xml").encode()).iter("item")
    page.set_content("".join(entry.findtext(encoded) or "" for entry in entries))
    look("content of a feed", "p", TITLES)
    page.close()
    assert not troubles, "\n".join(troubles)


# ---------------------------------------------------------------- made by chance

WORDS = ["CO₂", "H₂SO₄", "Wi‑Fi", "km²", "Windows™", "N°5", "C++", "C#", "AT&T", "F-35", "5G", "L'Aile", "Ωmega", "x86"]
JOINTS = [" ", ", ", " – ", " & ", "-", "/", "·", "+", ": ", " ❤ ", "\u00ad", "‑", " → ", "’s "]
SIGNED = [
    "-{a}", "+{a}%", "{a}%", "{a}°", "{a}°C", "${a}", "{a}€", "-${a}", "{a}½", "{a}+{b}", "{a} × {b} = {c}", "±{a}",
    "+974 {d} {d}", "({p}) {d}-{d}", "{y}-0{e}-1{e}", "{a}-{b}-{c}", "{a}‰", "{a} km/h", "{a}.{b}%",
]  # fmt: skip
PAIRS = ["{a}-{b}", "{a}.5-{b}.5", "{y}-{y}", "0{e}:30-1{e}:00"]
BEFORE, AFTER = ["", "قال ", "في «", "(", "النتيجة: ", "وال"], ["", " أمس", "»", ")", "، ثم", ".", " 7 أيام"]


def by_chance(chance: random.Random) -> tuple[str, str]:
    """A sentence, and what is seen of it."""
    numbers = {name: str(chance.randint(1, 99)) for name in "abc"}
    numbers |= {"d": str(chance.randint(4001, 4999)), "e": str(chance.randint(1, 9)), "p": "+974"}
    numbers |= {"y": str(chance.randint(1950, 2049))}
    kind = chance.random()
    if kind < 0.4:
        words = chance.choices(WORDS, k=chance.randint(1, 3))
        run = words[0] + "".join(chance.choice(JOINTS) + word for word in words[1:])
        shown = run
    elif kind < 0.75:
        run = shown = chance.choice(SIGNED).format(**numbers)
    else:
        run = chance.choice(PAIRS).format(**numbers)
        first, second = run.split("-")
        shown = f"{second}–{first}"
    before, after = chance.choice(BEFORE), chance.choice(AFTER)
    if before == "وال" and run[0] in "-+±(":  # a hyphen behind a letter joins
        before = "قال "
    return f"{before}{run}{after}", shown.replace("\u00ad", "")


def test_runs_and_pairs_keep_their_order_in_any_sentence(chromium: Any) -> None:
    chance = random.Random(19)
    sentences = [by_chance(chance) for _ in range(600)]
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    made = "".join(f"<p>{isolate(sentence)}</p>" for sentence, _ in sentences)
    plain = "".join(f"<p>{html.escape(isolated(sentence))}</p>" for sentence, _ in sentences)
    for place, content in (("HTML", made), ("plain text", plain)):
        page.set_content(f'<body dir="rtl">{content}')
        found = seen(page, "p")
        lines = {text.replace("\u00ad", ""): line for text, line in found.items()}
        missing = [
            f"{place}: {sentence}: {part} should be seen in {line}"
            for sentence, part in sentences
            if part not in (line := lines[numbers(sentence).replace("\u00ad", "")])
        ]
        assert missing == []
    page.close()
