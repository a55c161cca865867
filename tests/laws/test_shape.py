"""What one edit may touch: on a site of made-up articles, by the names of the files whose bytes change."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench import corpus
from mujaz.arabic.slugs import slug_of
from mujaz.model.urls import STAMP
from mujaz.output.manifest import MANIFEST
from mujaz.site.groups import week_of
from tests.support.sites import Site

pytestmark = pytest.mark.slow

COUNT = 300
MOST_FILES = 60  # that one new article may change
# With «more» from its section, which leaves out what is related.
RELATED = re.compile(r'<section class="[^"]*" data-block="(?:related|more)">.*?</section>\n?', re.DOTALL)
Change = Callable[[corpus.Story], dict[str, tuple[str, str]]]

SATURDAY = 5  # the first day of a week where the site says nothing else


@pytest.fixture(scope="module")
def articles() -> corpus.Corpus:
    return corpus.Corpus(COUNT, years=1)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, articles: corpus.Corpus) -> Site:
    root = tmp_path_factory.mktemp("shape")
    # Feeds shorter than the archive, so that an old story stands in none.
    config = corpus.mujaz_config(what="usual") + "feed: {limit: 20}\ncards: false\nsearch: false\n"
    (root / "config.yaml").write_text(config, encoding="utf-8")
    corpus.write_content({"mujaz": root}, articles)
    site = Site(root)
    site.build()
    return site


@pytest.fixture
def change(built: Site, articles: corpus.Corpus) -> Iterator[Change]:
    """Write a story, build, and tell what changed: path → (text before, text after), "" where there was no file.

    The site is as before when the test ends.
    """
    before = _texts(built)
    written: list[tuple[corpus.Story, Path]] = []

    def make(story: corpus.Story) -> dict[str, tuple[str, str]]:
        written.append((story, corpus.write_story(built.root, "mujaz", story)))
        report = built.build()
        after = _texts(built)
        found = {
            path: (before.get(path, ""), after.get(path, ""))
            for path in before.keys() | after.keys()
            if before.get(path) != after.get(path)
        }
        assert set(report.written) | set(report.deleted) == found.keys(), "the report tells of other files"
        return found

    yield make
    for story, path in written:
        if story.number < COUNT:
            corpus.write_story(built.root, "mujaz", articles.article(story.number))
        else:
            path.unlink()
    built.build()
    assert _texts(built) == before, "an edit taken back left a trace"


def _texts(site: Site) -> dict[str, str]:
    output = site.root / "output"
    return {
        path: (output / path).read_bytes().decode("utf-8", "replace")
        for path in site.paths()
        if not path.endswith("/") and path != MANIFEST
    }


def page(story: corpus.Story) -> str:
    return f"{story.date:%Y/%m/%d}/{story.slug}/index.html"


def feeds(story: corpus.Story) -> set[str]:
    """Where a recent story's text stands besides its page: the site's feeds and its section's."""
    return {f"{folder}{name}" for folder in ("", f"{story.section}/") for name in ("feed.xml", "atom.xml", "feed.json")}


def edition(story: corpus.Story) -> set[str]:
    """The digests of its day and week."""
    year, week = week_of(story.date.date(), SATURDAY)
    folders = (f"{story.date:%Y/%m/%d}", f"{year}/w{week:02}")
    names = ("index.html", "email.html", "email.txt")
    return {f"{folder}/{name}" for folder in folders for name in names} | {
        f"editions/{name}" for name in ("feed.xml", "atom.xml", "feed.json")
    }


def only_related(changes: dict[str, tuple[str, str]], articles: corpus.Corpus) -> set[str]:
    """Pages of articles that changed in nothing but their related stories."""
    pages = {page(articles.article(number)) for number in range(COUNT)}
    return {
        path
        for path, (before, after) in changes.items()
        if path in pages and RELATED.sub("", before) == RELATED.sub("", after)
    }


def test_a_body_edited_long_ago_is_seen_on_its_page_alone(articles: corpus.Corpus, change: Change) -> None:
    story = articles.with_new_body(articles.article(40))
    changes = change(story)
    related = only_related(changes, articles) - {page(story)}
    assert changes.keys() - related == {page(story)}
    assert len(related) <= 5


def test_a_body_edited_today_is_seen_on_its_page_and_in_its_feeds(articles: corpus.Corpus, change: Change) -> None:
    story = articles.with_new_body(articles.article(COUNT - 2))
    changes = change(story)
    related = only_related(changes, articles) - {page(story)}
    assert changes.keys() - related == {page(story)} | feeds(story)
    assert len(related) <= 5


@pytest.mark.parametrize("number", [40, COUNT - 2])
def test_a_title_edited_is_seen_where_the_title_stands(articles: corpus.Corpus, change: Change, number: int) -> None:
    story = articles.article(number)
    assert not re.search(r'["a-zA-Z]', story.title), "choose a story whose title is shown as it is written"
    renamed = articles.with_new_title(story)
    changes = change(renamed)
    shown = {path for path, (before, _) in changes.items() if story.title in before or _escaped(story.title) in before}
    related = only_related(changes, articles)
    assert changes.keys() - shown - related == set()
    assert len(related - shown) <= 5
    wanted = {page(story), f"{story.date:%Y/%m}/index.html"}
    wanted |= {f"tags/{slug_of(tag)}/index.html" for tag in story.tags}
    wanted |= {f"{story.section}/{story.date:%Y/%m}/index.html", f"{story.date:%Y/%m/%d}/index.html"}
    assert wanted <= changes.keys()
    assert len(changes) <= 40


def test_no_file_shows_the_old_title(articles: corpus.Corpus, built: Site, change: Change) -> None:
    story = articles.article(COUNT - 2)
    changes = change(articles.with_new_title(story))
    assert page(story) in changes
    for path, text in _texts(built).items():
        assert story.title not in text and _escaped(story.title) not in text, path


def _escaped(text: str) -> str:
    """As it stands in JSON of ASCII alone."""
    return json.dumps(text)[1:-1]


def test_a_new_article_changes_few_files(articles: corpus.Corpus, change: Change) -> None:
    story, last = articles.article(COUNT), articles.article(COUNT - 1)
    assert story.date.date() > last.date.date(), "a new day, so that the edition before it gets a link onward"
    changes = change(story)
    assert len(changes) <= MOST_FILES
    day, before = f"{story.date:%Y/%m/%d}/index.html", f"{last.date:%Y/%m/%d}/index.html"
    lists = {"index.html", "tags/index.html", "authors/index.html", "archive/index.html"}
    lists |= {f"{story.date:%Y}/index.html", f"{story.date:%Y/%m}/index.html"}
    lists |= {f"{story.section}/index.html", f"{story.section}/{story.date:%Y/%m}/index.html"}
    lists |= {f"tags/{slug_of(tag)}/index.html" for tag in story.tags}
    lists |= {f"authors/{slug_of(author)}/index.html" for author in story.authors}
    wanted = {page(story), f"s/{story.id}/index.html", page(last), day, before}
    wanted |= lists | feeds(story) | {STAMP, "sitemap.xml", f"sitemaps/{story.date:%Y-%m}.xml"}
    assert wanted <= changes.keys()
    at_times = edition(story) | {name for name in edition(last) if "email" not in name} | {"sitemaps/pages.xml"}
    related = only_related(changes, articles)
    strangers = {path for path in changes if not path.startswith("fragments/")} - wanted - at_times - related
    assert strangers == set()


def test_a_new_article_changes_no_article_but_its_neighbour_and_related_ones(
    articles: corpus.Corpus, change: Change
) -> None:
    changes = change(articles.article(COUNT))
    others = {page(articles.article(number)) for number in range(COUNT - 1)}
    for path in others & changes.keys():
        before, after = changes[path]
        assert RELATED.search(before) and RELATED.sub("", before) == RELATED.sub("", after), path
