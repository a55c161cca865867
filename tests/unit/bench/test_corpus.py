"""The made-up articles of the bench: the same each time, and like news in what a generator has to work on."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from bench import corpus

pytestmark = pytest.mark.slow  # the words of a corpus take a second to be made
SOME = 700


@pytest.fixture(scope="module")
def stories() -> list[corpus.Story]:
    articles = corpus.Corpus(10_000)
    return [articles.article(number) for number in range(0, 10_000, 10_000 // SOME)]


def test_the_same_seed_gives_the_same_articles() -> None:
    one, other = corpus.Corpus(50), corpus.Corpus(50)
    assert list(one) == [other.article(number) for number in reversed(range(50))][::-1]
    assert corpus.Corpus(50, seed=2).article(0) != one.article(0)


def test_there_are_many_words_some_frequent_most_rare(stories: list[corpus.Story]) -> None:
    words = Counter(re.findall(r"\w+", " ".join(story.body for story in stories)))
    assert len(words) > 20_000
    assert words.most_common(1)[0][1] > 0.01 * words.total()
    assert sum(count == 1 for count in words.values()) > 0.3 * len(words)


def test_articles_are_as_long_as_news(stories: list[corpus.Story]) -> None:
    lengths = [len(story.body.split()) for story in stories]
    assert min(lengths) > 200
    assert max(lengths) < 750
    assert any("\n## " in story.body for story in stories)
    assert any("\n> — " in story.body for story in stories)


def test_tags_sections_and_authors_are_used_up(stories: list[corpus.Story]) -> None:
    assert {story.section for story in stories} == corpus.SECTIONS.keys()
    assert 300 < len({tag for story in stories for tag in story.tags}) <= corpus.TAGS
    assert len({author for story in stories for author in story.authors}) == corpus.AUTHORS


def test_dates_run_over_two_years_or_twenty() -> None:
    for count, days in ((10_000, 730), (100_000, 7_300)):
        articles = corpus.Corpus(count)
        oldest, newest, one_more = (articles.article(number) for number in (0, count - 1, count))
        assert (newest.date.date() - oldest.date.date()).days == days - 1
        assert oldest.date < newest.date < one_more.date


def test_every_builder_gets_the_same_articles(tmp_path: Path) -> None:
    articles = corpus.Corpus(5)
    roots = {kind: tmp_path / kind for kind in corpus.KINDS}
    corpus.write_content(roots, articles)
    texts = {
        kind: sorted(path.read_text(encoding="utf-8") for path in root.rglob("*.md")) for kind, root in roots.items()
    }
    assert [len(found) for found in texts.values()] == [5, 5, 5]
    for story in articles:
        assert all(sum(story.body in text and story.title.split('"')[0] in text for text in found) == 1
                   for found in texts.values())  # fmt: skip


def test_an_edit_touches_one_thing() -> None:
    articles = corpus.Corpus(50)
    story = articles.article(30)
    longer, renamed = articles.with_new_body(story), articles.with_new_title(story)
    assert longer.body.startswith(story.body) and longer.body != story.body
    assert (longer.title, longer.slug) == (story.title, story.slug)
    assert renamed.title != story.title
    assert (renamed.body, renamed.slug) == (story.body, story.slug)
