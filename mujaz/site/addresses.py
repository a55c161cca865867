"""Which addresses the site has because of an article: its own, and those of the lists that it stands in. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from mujaz.arabic.slugs import name_key, slug_apart, slug_of
from mujaz.model import urls
from mujaz.model.content import Article
from mujaz.model.settings import Config
from mujaz.site.groups import NameGroup, week_of
from mujaz.site.select import Selection

Groups = Mapping[str, Sequence[tuple[NameGroup, str]]]  # kind → its groups, each with its address
NAMED_CAP = 200  # stories on a tag's or an author's page; where there are more, each year has a page

# Kind → the folder of its lists, and the names of that kind in an article.
NAMES: Mapping[str, tuple[str, Callable[[Article], Sequence[str]]]] = {
    "tag": ("tags", lambda article: article.tags),
    "author": ("authors", lambda article: article.authors),
    "series": ("series", lambda article: (article.series,) if article.series else ()),
}


def paths_of(article: Article) -> Iterator[str]:
    """The files that lead on to an article: that of its short link and those of its old addresses."""
    for start in (f"s/{article.id}/", *(alias.target.lstrip("/") for alias in article.aliases)):
        if not start.endswith("/") and "." not in start.rpartition("/")[2]:
            start += "/"  # an old address without an ending was a folder on its host
        yield urls.file_of(start)


def named_lists(articles: Iterable[Article]) -> set[str]:
    """The addresses of the tags, authors and series of articles, as each has alone."""
    return {
        f"{folder}/{slug_of(name)}/"
        for article in articles
        for folder, names in NAMES.values()
        for name in names(article)
        if slug_of(name)
    }


def lists(
    articles: Iterable[Article], named: set[str], days: Mapping[str, date], config: Config, first_weekday: int
) -> set[str]:
    """The addresses of pages that list `articles` and that are not there without a story; `named` are among them.

    `days` is the day of each by its source file.
    """
    found = named | {f"{address.partition('/')[0]}/" for address in named}
    for section, day in {(article.section, days[article.source]) for article in articles}:
        month = urls.month(day.year, day.month)
        found |= {f"{day.year:04}/", month, f"{section}/{month}"}
        found |= {urls.day(day)} if config.edition_day else set()
        found |= {urls.week(*week_of(day, first_weekday))} if config.edition_week else set()
    return found


def gone(
    selection: Selection,
    days: Mapping[str, date],
    groups: Groups,
    config: Config,
    first_weekday: int,
    most_read: Sequence[str],
) -> frozenset[str]:
    """The output files that only articles which nobody sees would have: their own, and those of their lists.

    `groups` are the tags, authors and series of the published ones; `most_read` are ids. A file that somebody sees too
    may be among them where it is the own one of an article or of a standing page.
    """
    named = {address for found in groups.values() for _, address in found if address}
    away = selection.drafts + selection.held + selection.expired
    hidden, seen = away + selection.withdrawn, selection.published
    waiting = _when_over(seen, days, selection.today, config)
    if not hidden:
        return frozenset(waiting)
    own = {urls.file_of(urls.article(days[one.source], one.slug)) for one in away}
    own |= {urls.file_of(f"fragments/live/{one.id}/") for one in hidden if one.live_until}
    own |= {path for one in away for path in paths_of(one)}
    own |= {f"cards/{one.id}.{ending}" for one in hidden for ending in ("png", "jpg") if config.cards}
    of_names, of_years = _with_names(hidden, groups, days)
    lost = files_with(hidden, of_names, days, config, first_weekday) | moving(hidden, most_read)
    lost -= files_with(seen, named, days, config, first_weekday) | moving(seen, most_read)
    lost |= {urls.file_of(address) for address in of_years}
    shown = {path for one in seen + selection.withdrawn for path in paths_of(one)}
    return frozenset((own | lost) - shown | waiting)


def _with_names(hidden: Sequence[Article], groups: Groups, days: Mapping[str, date]) -> tuple[set[str], set[str]]:
    """The addresses that tags, authors and series may have while `hidden` articles are seen: of their lists, and of
    the years of long ones that have none now.

    Where two names have one segment, the address of one tells them apart, and moves when the other comes or goes.
    """
    lists, years = named_lists(hidden), set[str]()
    for kind, (folder, names) in NAMES.items():
        known = {group.key: group for group, _ in groups[kind]}
        having: defaultdict[str, set[str]] = defaultdict(set)  # key → source files
        keys: defaultdict[str, set[str]] = defaultdict(set)  # segment → keys
        for article in hidden:
            for name in names(article):
                having[name_key(name)].add(article.source)
                keys[slug_of(name)].add(name_key(name))
        for group, _ in groups[kind] if having else ():
            if slug_of(group.oldest) in keys:
                keys[slug_of(group.oldest)].add(group.key)
        for segment, some in keys.items():
            found = {segment, *(slug_apart(segment, key) for key in some if len(some) > 1)}
            lists |= {f"{folder}/{one}/" for one in found if segment}
            for key in some & having.keys():
                shown = [one.source for one in known[key].articles] if key in known else []
                every = having[key].union(shown)
                if len(every) > NAMED_CAP:
                    now = {days[source].year for source in shown} if len(shown) > NAMED_CAP else set()
                    of = {days[source].year for source in every} - now
                    years |= {f"{folder}/{one}/{year}/" for one in found for year in of}
    return lists, years


def _when_over(seen: Sequence[Article], days: Mapping[str, date], today: date, config: Config) -> set[str]:
    """The files that come when today is over: its archive, and the feed of editions where no day before has a story."""
    found, of_stories = set(), {days[one.source] for one in seen}
    if config.feed.archive and today in of_stories:
        found.add(f"{urls.day(today)}{urls.ARCHIVED}")
    if config.edition_day and not any(day < today for day in of_stories):
        found |= {f"editions/{name}" for name in urls.FEEDS}
    return found


def files_with(
    articles: Sequence[Article], named: set[str], days: Mapping[str, date], config: Config, first_weekday: int
) -> set[str]:
    """The files of `lists`, and those that go with them: feeds, sitemaps, and an edition's card and e-mails."""
    found = {urls.file_of(address) for address in lists(articles, named, days, config, first_weekday)}
    of_days = {days[article.source] for article in articles}
    editions = {urls.day(day) for day in of_days if config.edition_day}
    editions |= {urls.week(*week_of(day, first_weekday)) for day in of_days if config.edition_week}
    beside = [*(["card.png"] if config.cards else []), *(["email.html", "email.txt"] if config.edition_email else [])]
    found |= {folder + name for folder in editions for name in beside}
    found |= {urls.day(day) + urls.ARCHIVED for day in of_days if config.feed.archive}
    wanted = {"tags": config.feed.tags, "authors": config.feed.authors}
    feeds = {address for address in named if wanted.get(address.partition("/")[0])}
    feeds |= {f"{article.section}/" for article in articles}
    feeds |= {f"{article.lang.lower()}/" for article in articles if article.lang}
    found |= {folder + name for folder in feeds for name in urls.FEEDS}
    return found | {f"sitemaps/{day:%Y-%m}.xml" for day in of_days}


def moving(articles: Sequence[Article], most_read: Sequence[str]) -> set[str]:
    """The files of the most read stories and of breaking news, where `articles` have some."""
    found = {"fragments/breaking/index.html"} if any(one.breaking_until for one in articles) else set()
    if not {one.id for one in articles}.isdisjoint(most_read):
        found |= {"most-read/index.html", "fragments/most-read/index.html"}
    return found
