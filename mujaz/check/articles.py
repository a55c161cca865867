"""Warnings of `check` about articles that a build does not give: headlines, summaries, ids, tags, unused files."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from urllib.parse import unquote

from mujaz.arabic.slugs import loose_key, name_key, nearly_key, slug_of
from mujaz.assets import cards
from mujaz.messages.errors import Problem
from mujaz.messages.message import Message, say
from mujaz.model.content import Article, Place, Standing, named_in
from mujaz.model.names import PICTURES, brought_by, ending_of, path_of, small_ending
from mujaz.model.normal_forms import normalized
from mujaz.model.settings import Config
from mujaz.site.links import DOCUMENTS, TEXTS

# Google cuts headlines of news articles and summaries in search results at these lengths (Search Central, Article).
LONGEST_HEADLINE = 110
LONGEST_SUMMARY = 300
LONGEST_ALT = 1_000  # characters, as in a front matter: a screen reader cannot skip within an alt


def of_article(article: Article) -> Iterator[Problem]:
    """Warnings about one article by itself."""
    if len(article.title) > LONGEST_HEADLINE:
        text = say("headline-long", n=len(article.title), most=LONGEST_HEADLINE)
        yield _warning(article, "title", text, say("shorten-headline"))
    if "summary" in article.places and len(article.summary) > LONGEST_SUMMARY:
        text = say("summary-long", n=len(article.summary), most=LONGEST_SUMMARY)
        yield _warning(article, "summary", text, say("shorten-summary"))
    if not article.explicit_id:
        text = say("no-id")
        yield _warning(article, "title", text, say("add-id", id=article.id))
    for picture in article.pictures:
        if len(picture.alt) > LONGEST_ALT:
            text = say("alternative-text-long", picture=picture.src, n=len(picture.alt), most=LONGEST_ALT)
            help = say("shorten-to-caption")
            yield _at(article.source, picture.place, text, help)


def without_slug(published: Sequence[Article]) -> Iterator[Problem]:
    """One warning for all published stories whose address comes from their headline, at the first of them.

    A build warns when that moves a story. So this is one line, and not one for each story of an archive.
    """
    stories = sorted((article for article in published if "slug" not in article.places), key=lambda one: one.source)
    if stories:
        yield _warning(stories[0], "title", say("no-slug", n=len(stories)), say("write-slugs"))


def ahead(published: Iterable[Article], now: datetime) -> Iterator[Problem]:
    """Updates, corrections and entries of published stories that are dated after `now`: they wait for nothing."""
    for article in published:
        dated = [("updated", article.places.get("updated"), article.updated)] if not article.entries else []
        dated += [("corrections", article.places.get("corrections"), note.date) for note in article.corrections]
        dated += [(entry.local, entry.place, entry.moment) for entry in article.entries]
        late = {key: place for key, place, moment in reversed(dated) if moment and moment > now}
        for key, place in late.items():
            yield _at(article.source, place, say("dated-ahead", key=key), say("shown-already"))


def straight_quotes(texts: Iterable[Article | Standing]) -> Iterator[Problem]:
    """A warning for each line in which a quotation mark stays straight."""
    for text in texts:
        for place in {place.line: place for place in reversed(text.straight)}.values():
            yield _at(text.source, place, say("straight-quote"), say("write-both-quotes"))


def on_cards(articles: Iterable[Article], config: Config) -> Iterator[Problem]:
    """Characters in headlines, and in the names above them, that a share card cannot draw."""
    if not config.cards:
        return
    for article in articles:
        if left_out := cards.lacking(article.title):
            text = say("card-leaves-out", characters=left_out)
            yield _warning(article, "title", text, say("write-in-card-letters"))
    for name in (config.title, *(section.name for section in config.sections)):
        if left_out := cards.lacking(name):
            text = say("card-leaves-out-of-name", characters=left_out, name=name)
            yield Problem(path="config.yaml", message=text, help=say("write-in-card-letters"), warning=True)


def of_names(articles: Sequence[Article]) -> Iterator[Problem]:
    """Tags, authors and series that are written in several ways, whether or not these share a page."""
    for key, kind in (("tags", say("the-tag")), ("authors", say("the-author")), ("series", say("the-series"))):
        spellings: defaultdict[str, defaultdict[str, list[Article]]] = defaultdict(lambda: defaultdict(list))
        for article in articles:
            names = (article.series,) if key == "series" else article.tags if key == "tags" else article.authors
            for name in names:
                if name:
                    spellings[nearly_key(name)][name].append(article)
        for same in spellings.values():
            if len(same) > 1:
                yield from _rarer(key, kind, same)


def _rarer(key: str, kind: Message, same: dict[str, list[Article]]) -> Iterator[Problem]:
    """A warning for each spelling except the most frequent one, at the first article that has it."""
    usual, *others = sorted(same, key=lambda name: (-len(same[name]), name))
    for other in others:
        article = min(same[other], key=lambda one: one.source)
        is_one = name_key(other) == name_key(usual)
        alike = "names-differ-in-spelling" if loose_key(other) == loose_key(usual) else "names-nearly-alike"
        id = "names-written-in-two-ways" if is_one else alike
        help = say("write-as-others" if is_one else "write-as-others-if-one", name=usual, n=len(same[usual]))
        place = key if key in article.places else key.removesuffix("s")
        yield _warning(article, place, say(id, kind=kind, name=other, usual=usual), help)


def unused(
    articles: Sequence[Article], standings: Sequence[Standing], others: Iterable[str], config: Config
) -> Iterator[Problem]:
    """Pictures and documents that no text shows or links to."""
    texts: list[Article | Standing] = [*articles, *standings]
    used = {config.most_read_source, *(path for text in texts for path in _names(text, config))}
    composed = {normalized("NFC", path) for path in used if path}  # as links are resolved
    played = {small_ending(path) for path in composed}
    for path in others:
        is_shown = path in used or normalized("NFC", path) in composed or not played.isdisjoint(brought_by(path))
        if ending_of(path) in (PICTURES | DOCUMENTS) - TEXTS and not is_shown:
            help = say("delete-or-show")
            yield Problem(path=path, message=say("file-unused"), help=help, warning=True)


def _names(text: Article | Standing, config: Config) -> Iterator[str]:
    """Every path that `text` may mean: relative to its folder, or to the content folder."""
    for target in named_in(text):
        for start in (posixpath.dirname(text.source), config.content):
            path = unquote(path_of(target))
            yield posixpath.normpath(posixpath.join(start, path))


def not_shown(articles: Sequence[Article], standings: Iterable[Standing]) -> Iterator[Problem]:
    """Files about a tag or an author that no article has."""
    known = {
        "tag": {way(tag) for article in articles for tag in article.tags for way in (name_key, slug_of)},
        "author": {way(name) for article in articles for name in article.authors for way in (name_key, slug_of)},
    }
    for standing in standings:
        names = {name_key(standing.name), slug_of(standing.name)}
        if standing.kind in known and not names & known[standing.kind]:
            text = say("tag-file-unused" if standing.kind == "tag" else "author-file-unused", name=standing.name)
            yield Problem(path=standing.source, message=text, help=say("rename-as-written"), warning=True)


def _warning(article: Article, key: str, text: Message, help: Message) -> Problem:
    return _at(article.source, article.places.get(key), text, help)


def _at(path: str, place: Place | None, text: Message, help: Message) -> Problem:
    at = place or Place()
    return Problem(path=path, line=at.line, column=at.column, message=text, help=help, warning=True)
