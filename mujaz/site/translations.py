"""Which articles are one story in several languages: `translation_of` names the original."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mujaz.messages.errors import Problem
from mujaz.messages.message import Message, say
from mujaz.model.content import Article
from mujaz.site.groups import by
from mujaz.site.links import Resolver
from mujaz.site.select import Selection

KEY = "translation_of"


def translations(
    selection: Selection, resolver: Resolver, language: str
) -> tuple[dict[str, tuple[Article, ...]], list[Problem]]:
    """Id → the published articles of its story, itself among them, the original first; and what is wrong.

    Nothing stands alone in the result. `language` is the site's. What is held will be published by itself, so it is
    judged as what is; a draft's mistakes are warnings, and what left the site has none.
    """
    strict = {article.id for article in selection.published + selection.held}
    drafts = {article.id for article in selection.drafts}
    judged = [one for one in selection.articles if one.translation_of and one.id in strict | drafts]
    meant = {one.id: first for one in judged if (first := original(resolver, one, one.id in drafts))}
    stories = _Stories(meant, language, drafts)
    known = {one.id: one for one in (*judged, *meant.values())}
    groups = by(known.values(), lambda one: stories.original(one).id)
    shown = {article.id for article in selection.published}
    found: dict[str, tuple[Article, ...]] = {}
    for root, members in groups.items():
        kept = stories.of_one_language_each(known[root], members)
        published = tuple(one for one in kept if one.id in shown)
        if len(published) > 1:
            found |= dict.fromkeys((one.id for one in published), published)
    return found, stories.problems


def original(resolver: Resolver, article: Article, warning: bool) -> Article | None:
    """The article that `translation_of` names; None, with a problem, where it names none or the article itself."""
    pin = article.translation_of
    if pin is None:
        return None
    meant = resolver.pinned(article, pin)
    if meant is None and not resolver.may_be_meant(article, pin):
        help = resolver.offers.id(pin.target) or say("name-an-article")
        resolver.report(article.source, pin, say("no-such-article", target=pin.target, key=KEY), help, warning)
    elif meant is not None and meant.id == article.id:
        resolver.report(article.source, pin, say("names-itself", key=KEY), say("take-it-out"), warning)
        return None
    return meant


@dataclass
class _Stories:
    meant: Mapping[str, Article]  # id → what it is a translation of
    language: str
    drafts: set[str]
    problems: list[Problem] = field(default_factory=list)

    def original(self, article: Article) -> Article:
        """The article at the end of the way. On one that is a circle it is the article itself, with a problem."""
        seen, here = {article.id}, article
        while (onward := self.meant.get(here.id)) is not None:
            if onward.id == article.id:
                self._say(article, say("translation-circle"), say("name-the-original"))
                return article
            if onward.id in seen:
                return article  # a circle ahead, which its own articles tell
            seen.add(onward.id)
            here = onward
        return here

    def of_one_language_each(self, original: Article, members: Iterable[Article]) -> list[Article]:
        """The original and its translations, one in each language; the others are problems."""
        held = {self._language(original): original}
        others = [one for one in members if one.id != original.id]
        for one in sorted(others, key=lambda one: (one.id in self.drafts, one.source)):
            language = self._language(one)
            first = held.setdefault(language, one)
            if first is original:
                self._say(one, say("translation-same-language", language=language), say("write-its-lang"))
            elif first is not one:
                what = say("translation-twice", language=language, path=first.source)
                self._say(one, what, say("one-translation-each"))
        return list(held.values())

    def _language(self, article: Article) -> str:
        return article.lang or self.language

    def _say(self, article: Article, message: Message, help: Message) -> None:
        at = article.places.get(KEY)
        self.problems.append(
            Problem(
                path=article.source,
                line=at.line if at else 1,
                column=at.column if at else 1,
                message=message,
                help=help,
                warning=article.id in self.drafts,
            )
        )
