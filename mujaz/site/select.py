"""Which articles are published now: the one place where `now` is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo

from mujaz.arabic.slugs import name_key
from mujaz.frozen import Value, replace
from mujaz.messages.errors import Problem
from mujaz.messages.message import say
from mujaz.model.content import Article, Standing
from mujaz.site.groups import by, site_order


class Selection(Value):
    """Every article by what becomes of it at `now`. `published` stands in the order of the site.

    `leads` are the published ones that lead now, the heaviest first, then the newest; `breaking` those whose news is
    breaking until a moment that is still to come. One whose moment has passed has no label any more, as has a live
    story whose coverage has ended. `today` is the day of `now` in the zone of the site.
    """

    published: tuple[Article, ...]
    withdrawn: tuple[Article, ...]
    drafts: tuple[Article, ...]
    held: tuple[Article, ...]
    expired: tuple[Article, ...]
    standing: tuple[Standing, ...]
    leads: tuple[Article, ...] = ()
    breaking: tuple[Article, ...] = ()
    today: date = date.min

    @property
    def articles(self) -> tuple[Article, ...]:
        return self.published + self.withdrawn + self.drafts + self.held + self.expired


def select(
    articles: Iterable[Article],
    standing: Iterable[Standing],
    *,
    zone: tzinfo,
    now: datetime,
    drafts: bool,
    future: bool,
) -> Selection:
    """Who is published at `now`. `drafts` and `future` let drafts and held stories in."""
    piles: dict[str, list[Article]] = {name: [] for name in ("published", "withdrawn", "drafts", "held", "expired")}
    for article in articles:
        if article.draft and not drafts:
            piles["drafts"].append(article)
        elif article.published > now and not future:
            piles["held"].append(article)
        elif article.expires is not None and article.expires <= now:
            piles["expired"].append(article)
        else:
            if article.breaking_until is not None and article.breaking_until <= now:
                article = replace(article, label=None)
            if article.live_until is not None and article.live_until <= now:
                article = replace(article, live_over=True, label=None if article.label == "live" else article.label)
            piles["withdrawn" if article.withdrawn else "published"].append(article)
    sorted_piles = {name: tuple(sorted(pile, key=lambda a: site_order(a, zone))) for name, pile in piles.items()}
    published = sorted_piles["published"]
    leads = [article for article in published if article.lead is not None and article.lead > now]
    return Selection(
        standing=tuple(sorted(standing, key=lambda s: (s.weight, s.name))),
        leads=tuple(sorted(leads, key=lambda a: (-a.weight, -a.published.timestamp(), a.id))),
        breaking=tuple(article for article in published if article.breaking_until is not None and article.label),
        today=now.astimezone(zone).date(),
        **sorted_piles,
    )


def same_ids(articles: Sequence[Article]) -> list[Problem]:
    """A problem for each article whose id another one has, after case folding."""
    problems = []
    for group in by(articles, lambda article: article.id.casefold()).values():
        first, *others = sorted(group, key=lambda article: article.source)
        for article in others:
            at = article.places.get("id")
            problems.append(
                Problem(
                    path=article.source,
                    line=at.line if at else 1,
                    column=at.column if at else 1,
                    message=say("id-twice", id=article.id, path=first.source),
                    help=say("other-id-for-newer"),
                )
            )
    return problems


def same_names(standing: Iterable[Standing], addresses: Mapping[str, str]) -> list[Problem]:
    """A problem for each file of an author or a tag whose words stand in another file too.

    `addresses` are by source file, of those that have a page.
    """
    first: dict[tuple[str, str], Standing] = {}
    problems = []
    for one in sorted(standing, key=lambda one: one.source):
        if one.kind != "page":
            key = one.kind, addresses.get(one.source) or name_key(one.name)
            other = first.setdefault(key, one)
            if other is not one:
                text = say("words-twice", kind=say(f"the-{one.kind}"), path=other.source)
                problems.append(Problem(path=one.source, line=1, column=1, message=text, help=say("keep-one")))
    return problems
