"""What `check` says of articles beside what a build would: headlines, summaries, ids, tags, files that nothing uses."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import unquote

from mujaz.arabic import address_key, loose_key, slug_of
from mujaz.errors import Problem, quoted
from mujaz.model import Article, Config, Place, Standing
from mujaz.names import PICTURES
from mujaz.resolve import DOCUMENTS

# Google cuts the headlines of news articles there; search results show no more of a summary (Search Central, Article).
LONGEST_HEADLINE = 110
LONGEST_SUMMARY = 300
LONGEST_ALT = 1_000  # as in a front matter: a screen reader cannot skip within an alt


def of_article(article: Article) -> Iterator[Problem]:
    """Warnings about one article by itself."""
    if len(article.title) > LONGEST_HEADLINE:
        text = f"the headline has {len(article.title)} letters, more than {LONGEST_HEADLINE}"
        yield _warning(article, "title", text, "search engines and phones cut it; say it shorter")
    if "summary" in article.places and len(article.summary) > LONGEST_SUMMARY:
        text = f"the summary has {len(article.summary)} letters, more than {LONGEST_SUMMARY}"
        yield _warning(article, "summary", text, "say in a sentence or two what happened; the rest belongs in the body")
    if not article.explicit_id:
        text = "there is no id, so moving the file makes the story a new one for feeds and short links"
        yield _warning(article, "title", text, f"add a line: id: {article.id}")
    for picture in article.pictures:
        if len(picture.alt) > LONGEST_ALT:
            text = (
                f"the alternative text of {quoted(picture.src)} has {len(picture.alt)} letters, more than {LONGEST_ALT}"
            )
            help = "say it shorter; the rest belongs in the caption"
            yield _at(article.source, picture.place, text, help)


def of_names(articles: Sequence[Article]) -> Iterator[Problem]:
    """Tags, authors and series that differ in spelling alone: أمريكا and امريكا have a page each."""
    for key, kind in (("tags", "tag"), ("authors", "author"), ("series", "series")):
        spellings: defaultdict[str, defaultdict[str, list[Article]]] = defaultdict(lambda: defaultdict(list))
        for article in articles:
            names = (article.series,) if key == "series" else article.tags if key == "tags" else article.authors
            for name in names:
                if name:
                    spellings[loose_key(name)][address_key(name)].append(article)
        for same in spellings.values():
            if len(same) > 1:
                yield from _rarer(key, kind, same)


def _rarer(key: str, kind: str, same: dict[str, list[Article]]) -> Iterator[Problem]:
    """A warning for each spelling but the most frequent one, at the first article that has it."""
    usual, *others = sorted(same, key=lambda name: (-len(same[name]), name))
    for other in others:
        article = min(same[other], key=lambda one: one.source)
        text = f"the {kind} {quoted(other)} differs from {quoted(usual)} in spelling alone, and each has its own page"
        help = f"write {quoted(usual)}, as {len(same[usual])} articles do, if they are one"
        yield _warning(article, "authors" if key == "authors" and "authors" in article.places else key, text, help)


def unused(
    articles: Sequence[Article], standings: Sequence[Standing], others: Iterable[str], config: Config
) -> Iterator[Problem]:
    """Pictures and documents that no text shows or links to."""
    texts: list[Article | Standing] = [*articles, *standings]
    used = {config.most_read_source, *(path for text in texts for path in _names(text, config))}
    for path in others:
        if path.rpartition(".")[2].lower() in PICTURES | DOCUMENTS and path not in used:
            help = "delete it, or show it"
            yield Problem(path=path, text="no article shows or links to this file", help=help, warning=True)


def _names(text: Article | Standing, config: Config) -> Iterator[str]:
    """Every path that a link or a picture of `text` may name: beside it, or below the content folder."""
    targets = [*(link.target for link in text.links), *(picture.src for picture in text.pictures)]
    if isinstance(text, Article) and text.picture:
        targets.append(text.picture.src)
    for target in targets:
        for start in (posixpath.dirname(text.source), config.content):
            path = unquote(target.partition("#")[0].partition("?")[0])
            yield posixpath.normpath(posixpath.join(start, path))


def not_shown(articles: Sequence[Article], standings: Iterable[Standing]) -> Iterator[Problem]:
    """Lines of context for a tag or an author that no article has."""
    known = {
        "tag": {slug_of(tag) for article in articles for tag in article.tags},
        "author": {slug_of(author) for article in articles for author in article.authors},
    }
    for standing in standings:
        if standing.kind in known and slug_of(standing.name) not in known[standing.kind]:
            text = f"no article has the {standing.kind} {quoted(standing.name)}, so this file is not shown"
            yield Problem(path=standing.source, text=text, help="rename it as it is written there", warning=True)


def _warning(article: Article, key: str, text: str, help: str) -> Problem:
    return _at(article.source, article.places.get(key), text, help)


def _at(path: str, place: Place | None, text: str, help: str) -> Problem:
    at = place or Place()
    return Problem(path=path, line=at.line, column=at.column, text=text, help=help, warning=True)
