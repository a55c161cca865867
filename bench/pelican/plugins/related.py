"""Gives each article `related`, `more`, `older` and `newer`: by shared tags and section, as Hugo is asked to."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import islice
from typing import Any

from pelican import signals

TAG, SECTION = 100, 20  # weights of a shared tag and of the section, those of bench/hugo/hugo.yaml


def relate(generator: Any) -> None:
    articles = sorted(generator.articles, key=lambda article: article.date)
    tagged, section = defaultdict(list), defaultdict(list)
    for at, article in enumerate(articles):
        for tag in getattr(article, "tags", ()):
            tagged[tag.slug].append(at)
        section[article.category.slug].append(at)
    count = generator.settings["RELATED_COUNT"]
    before: dict[str, list[Any]] = defaultdict(list)
    for at, article in enumerate(articles):
        scores: Counter[int] = Counter()
        for tag in getattr(article, "tags", ()):
            for other in tagged[tag.slug]:
                scores[other] += TAG
        for other in scores:
            if articles[other].category == article.category:
                scores[other] += SECTION
        # The newest of the section fill up the list of an article whose tags nobody shares.
        for other in islice(reversed(section[article.category.slug]), count + 1):
            scores[other] += 0
        del scores[at]
        best = sorted(scores, key=lambda other: (-scores[other], -other))[:count]
        article.related = [articles[other] for other in best]
        article.more = before[article.category.slug][:-5:-1]
        before[article.category.slug].append(article)
        article.older = articles[at - 1] if at else None
        article.newer = articles[at + 1] if at + 1 < len(articles) else None


def register() -> None:
    signals.article_generator_finalized.connect(relate)
