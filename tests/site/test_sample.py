"""The content that the project ships is a small paper of its own: whole, varied, clean, and built without a warning."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import yaml

from mujaz.build.report import BuildReport
from mujaz.check.links import dead_links
from tests.support.html import Html, is_below, words_of
from tests.support.sites import REPOSITORY, Site

ARTICLE = re.compile(r"\d{4}/\d\d/\d\d/[^/]+/index\.html")
LATIN = re.compile(r"[A-Za-z]")
ARABIC = re.compile(r"[\u0621-\u064a]")
CONTROL = re.compile("[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, kw_only=True)
class File:
    """An article as it is written."""

    path: str
    fields: dict[str, Any]
    body: str


def _files() -> list[File]:
    found = []
    for path in sorted((REPOSITORY / "content").glob("[0-9]*/**/*.md")):
        _, front_matter, body = re.split(r"^---\n", path.read_text(encoding="utf-8"), maxsplit=2, flags=re.MULTILINE)
        name = path.relative_to(REPOSITORY).as_posix()
        found.append(File(path=name, fields=yaml.safe_load(front_matter), body=body))
    return found


FILES = _files()


@pytest.fixture(scope="module")
def articles(sample: tuple[Site, BuildReport]) -> dict[str, Html]:
    """Path → page of each published article."""
    site, _ = sample
    pages = {path: Html(site.read(path)) for path in site.paths() if ARTICLE.fullmatch(path)}
    return {path: page for path, page in pages.items() if page.all("//*[@itemprop='articleBody']")}


@pytest.fixture(scope="module")
def page_of(articles: dict[str, Html]) -> Callable[[str], Html]:
    by_id = {page.one("//article[@itemtype]").get("data-story"): page for page in articles.values()}
    return lambda id: by_id[id]


def with_field(name: str) -> list[File]:
    return [file for file in FILES if file.fields.get(name)]


# ---------------------------------------------------------------- what an editor finds


def test_it_builds_without_a_warning(sample: tuple[Site, BuildReport]) -> None:
    _, report = sample
    assert [str(warning) for warning in report.warnings] == []
    assert report.foreign == ()


def test_it_is_a_paper_of_five_sections_over_ten_days_and_more(
    sample: tuple[Site, BuildReport], articles: dict[str, Html]
) -> None:
    _, report = sample
    assert report.stories == len(articles) >= 40
    assert len({path[:10] for path in articles}) >= 10
    sections = Counter(page.all("//nav[@class='crumbs']//a/@href")[-1] for page in articles.values())
    assert len(sections) == 5 and min(sections.values()) >= 4


def test_it_shows_what_each_key_is_for(sample: tuple[Site, BuildReport]) -> None:
    _, report = sample
    assert report.drafts >= 1 and report.held >= 1
    assert report.drafts == len(with_field("draft"))
    for key in (
        "updated",
        "corrections",
        "related",
        "aliases",
        "series",
        "label",
        "weight",
        "image",
        "sources",
        "tags",
    ):
        assert with_field(key), key
    images = [file.fields["image"] for file in with_field("image")]
    assert any(image.get("alt_lang") == "en" and not ARABIC.search(image["alt"]) for image in images)
    assert all(ARABIC.search(image["alt"]) for image in images if not image.get("alt_lang"))
    assert len(images) < len(FILES)  # some have none
    assert any(LATIN.search(file.body) for file in FILES)
    assert all(re.fullmatch(r"[a-z0-9-]+", file.fields["id"]) for file in FILES)


def test_a_story_runs_through_several_parts(sample: tuple[Site, BuildReport], page_of: Callable[[str], Html]) -> None:
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for file in with_field("series"):
        parts[file.fields["series"]].append(file.fields["id"])
    series, ids = max(parts.items(), key=lambda pair: len(pair[1]))
    assert len(ids) >= 4
    for id in ids:
        page = page_of(id)
        assert len(page.all("//ol[contains(@class, 'parts')]/li")) == len(ids)
        assert len(page.all("//ol[contains(@class, 'parts')]//*[@aria-current]")) == 1
        assert any(series in text for text in page.words("//*[@data-block='timeline']/p"))


def test_a_quote_has_its_speaker(articles: dict[str, Html]) -> None:
    speakers = [text for page in articles.values() for text in page.words("//figure[blockquote]/figcaption")]
    assert speakers and all(text.startswith("— ") for text in speakers)


# ---------------------------------------------------------------- what a reader finds


def test_every_link_of_the_site_leads_somewhere(sample: tuple[Site, BuildReport]) -> None:
    site, _ = sample
    assert dead_links(site.root / "output", "https://example.org") == []


def test_nearly_each_article_shows_a_few_related_stories(articles: dict[str, Html]) -> None:
    lonely = []
    for path, page in articles.items():
        own = page.one("//article[@itemtype]").get("data-story")
        shown = [card.get("data-story") for card in page.all("//*[@data-block='related']//*[@data-story]")]
        assert len(shown) <= 5 and len(set(shown)) == len(shown) and own not in shown, path
        if not shown:  # nothing is alike: then there is no heading with nothing below it either
            assert not page.all("//*[@data-block='related']"), path
            lonely.append(path)
    assert len(lonely) < len(articles) / 6, lonely


def test_pinned_stories_come_first_in_their_order(page_of: Callable[[str], Html]) -> None:
    for file in with_field("related"):
        if file.fields.get("draft"):
            continue
        page = page_of(file.fields["id"])
        shown = [card.get("data-story") for card in page.all("//*[@data-block='related']//*[@data-story]")]
        assert shown[: len(file.fields["related"])] == file.fields["related"], file.path


def test_an_old_address_leads_to_its_story(sample: tuple[Site, BuildReport]) -> None:
    site, _ = sample
    paths = set(site.paths())
    for file in with_field("aliases"):
        for alias in file.fields["aliases"]:
            address = alias.lstrip("/")
            path = address if "." in address.rpartition("/")[2] else address.rstrip("/") + "/index.html"
            assert path in paths
            assert Html(site.read(path)).one("//h1/a").get("href").startswith("/2021/")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.path.removeprefix("content/"))
def test_what_is_held_back_cannot_be_found(sample: tuple[Site, BuildReport], file: File) -> None:
    site, _ = sample
    id = file.fields["id"]
    published = f"s/{id}/index.html" in site.paths()
    hidden = file.fields.get("draft") or "expires" in file.fields or str(file.fields["date"]) > "2021-12"
    assert published != bool(hidden)
    if not published:
        assert not any(
            file.fields["title"] in site.read(p) for p in ("index.html", "feed.xml", "sitemap.xml", "feed.json")
        )


def test_the_text_is_set_with_care(articles: dict[str, Html]) -> None:
    """No straight quotes, no directional characters of an author's own, an Arabic comma after Arabic."""
    for path, page in articles.items():
        for element, text in page.texts:
            if is_below(element, "self::code", "self::pre", "@lang", "@dir='ltr'") or element.tag == "title":
                continue
            assert '"' not in text, (path, text)
            assert not CONTROL.search(text), (path, text)
            assert not re.search(r"[\u0621-\u064a][,;?]", text), (path, text)
            assert not re.search(r" [،؛؟.]", text), (path, text)
            assert not re.search(r"[٠-٩].*[0-9]|[0-9].*[٠-٩]", text), (path, text)


def test_quotes_are_closed_and_never_stand_alone(articles: dict[str, Html]) -> None:
    for path, page in articles.items():
        for words in page.words("//*[@itemprop='articleBody']//p") + page.words("//h1"):
            assert words.count("«") == words.count("»"), (path, words)
            assert not re.search(r"«\s|\s»", words), (path, words)


def test_months_have_both_their_names(articles: dict[str, Html]) -> None:
    """«أكتوبر/تشرين الأول» in the texts themselves, as the site writes it."""
    second = {"سبتمبر": "أيلول", "أكتوبر": "تشرين الأول", "نوفمبر": "تشرين الثاني", "ديسمبر": "كانون الأول"}
    count = 0
    for path, page in articles.items():
        for words in page.words("//*[@itemprop='articleBody']//p"):
            for month, other in second.items():
                for match in re.finditer(rf"\b\d+ {month}\b", words):
                    count += 1
                    assert words[match.end() :].startswith(f"/{other}"), (path, words[match.start() :][:40])
    assert count > 20


# ---------------------------------------------------------------- the page that the project began with


def test_one_article_is_shaped_like_the_page_that_the_project_began_with(page_of: Callable[[str], Html]) -> None:
    page = page_of("aukus-6")
    image = page.all("//article//figure//img")[0]
    assert (image.get("lang"), image.get("dir")) == ("en", "ltr")
    assert 130 <= len(image.get("alt").split()) <= 170
    caption = page.words("//article//figure[1]/figcaption/span")
    assert len(caption) == 2 and ARABIC.search(caption[0]) and re.fullmatch(r"\(.+\)", caption[1])
    body = words_of(page.one("//*[@itemprop='articleBody']"))
    assert "نوفمبر/تشرين الثاني" in body
    assert len(page.all("//*[@itemprop='articleBody']//h2")) == 1
    assert re.search(r"«[^»]*[«“][^»”]*[»”]", body)  # a quote within a quote
    assert "“أوكوس” (Aukus)" in body or "«أوكوس» (Aukus)" in body
    assert "المصدر: وسائل إعلام أسترالية + وكالات" in page.words("//article/footer/p")
    related = page.all("//*[@data-block='related']//*[@data-story]")[:4]
    assert len(related) == 4 and sum(not card.xpath(".//img") for card in related) == 1
    assert page.words("//*[@data-block='related']//h2") == ["حول هذه القصة"]
    assert all(re.search(r"نُشر في \d+/\d+/2021", words_of(card)) for card in related)
