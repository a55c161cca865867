"""From what was read to one immutable `Site`: who is published, what points where, who stands together. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from itertools import pairwise

from mujaz import addresses, album
from mujaz.arabic import address_key, is_rtl_language, slug_of
from mujaz.dates import Calendar
from mujaz.errors import Problem, say
from mujaz.frozen import Value, replace
from mujaz.groups import by, by_name, local_day, site_order, time_order
from mujaz.model import Article, Config, Correction, File, PictureReference, Standing
from mujaz.resolve import Resolver, Wanted
from mujaz.views import BodyView, Figure, Link, Picture, Story

MORE = 4  # stories of «المزيد من القسم»


class Selection(Value):
    """Every article by what becomes of it at `now`. `published` stands in the order of the site."""

    published: tuple[Article, ...]
    withdrawn: tuple[Article, ...]
    drafts: tuple[Article, ...]
    held: tuple[Article, ...]
    expired: tuple[Article, ...]
    standing: tuple[Standing, ...]

    @property
    def articles(self) -> tuple[Article, ...]:
        return self.published + self.withdrawn + self.drafts + self.held + self.expired


class Named(Value):
    """A tag, an author or a series: how it is written, its address, its articles in the order of the site."""

    name: str
    address: str
    articles: tuple[Article, ...]


class Site(Value):
    """The whole site, ready to be planned into pages."""

    config: Config
    selection: Selection
    zone: tzinfo
    calendar: Calendar
    rtl: bool
    addresses: Mapping[str, str]  # source file → address
    stories: Mapping[str, Story]  # id → card
    bodies: Mapping[str, BodyView]  # source file → its body
    figures: Mapping[str, Figure]  # id → lead picture
    leads: Mapping[str, File]  # id → the file of the lead picture
    pins: Mapping[str, tuple[str, ...]]  # id → the stories that its editor relates to it
    excluded: Mapping[str, tuple[str, ...]]  # id → those that its editor does not want there
    related: Mapping[str, tuple[str, ...]]  # id → its related stories
    more: Mapping[str, tuple[str, ...]]  # id → the stories just before it in its section that are not related ones
    neighbours: Mapping[str, tuple[str | None, str | None]]  # id → the stories before and after it in time
    sections: Mapping[str, tuple[Article, ...]]
    tags: Mapping[str, Named]  # by address key
    authors: Mapping[str, Named]
    series: Mapping[str, Named]
    days: Mapping[date, tuple[Article, ...]]  # newest first
    day_of: Mapping[str, date]  # source file → its day
    most_read: tuple[str, ...]
    pictures: tuple[File, ...]  # those that are shown
    documents: Mapping[str, File]  # output path → file
    wanted: tuple[Wanted, ...]

    def with_related(self, lists: Mapping[str, tuple[str, ...]]) -> Site:
        """The site with these related stories, by id, and with `more` chosen so that it repeats none of them."""
        timeline = sorted(self.selection.published, key=time_order)
        return replace(self, related=lists, more=_just_before(timeline, lists))


def assemble(
    config: Config,
    selection: Selection,
    files: Mapping[str, File],
    calendar: Calendar,
    *,
    not_understood: frozenset[str],
    most_read: Sequence[str] = (),
) -> tuple[Site, list[Problem]]:
    """Resolve what points from file to file, and group the stories.

    Returns the site without related stories, and the problems that concern more than one file. `not_understood` are
    files that gave no article; a link to one is no further problem.
    """
    assembly = Assembly(config, selection, files, calendar, not_understood)
    site = assembly.site(most_read)
    return site, assembly.problems + assembly.resolver.problems


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
            piles["withdrawn" if article.withdrawn else "published"].append(article)
    sorted_piles = {name: tuple(sorted(pile, key=lambda a: site_order(a, zone))) for name, pile in piles.items()}
    return Selection(standing=tuple(sorted(standing, key=lambda s: (s.weight, s.name))), **sorted_piles)


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


def article_addresses(selection: Selection, days: Mapping[str, date]) -> dict[str, str]:
    """Source file → address, of all that have a page; `days` is the day of each."""
    shown = selection.published + selection.withdrawn
    found = {article.source: addresses.article(days[article.source], article.slug) for article in shown}
    tags = {slug_of(name) for name in {tag for article in selection.published for tag in article.tags}}
    authors = {slug_of(name) for name in {author for article in selection.published for author in article.authors}}
    for standing in selection.standing:
        folder, named = {"page": ("", None), "author": ("authors/", authors), "tag": ("tags/", tags)}[standing.kind]
        address = slug_of(standing.name)
        if named is None or address in named:  # no page of a name that no published story has
            found[standing.source] = f"{folder}{address}/"
    return found


class Assembly:
    """The steps from a Selection to a Site; `problems` collects those that concern more than one file."""

    def __init__(
        self,
        config: Config,
        selection: Selection,
        files: Mapping[str, File],
        calendar: Calendar,
        not_understood: frozenset[str],
    ) -> None:
        self.config, self.selection, self.calendar, self.zone = config, selection, calendar, calendar.zone
        self.days = {article.source: local_day(article, calendar.zone) for article in selection.articles}
        self.addresses = article_addresses(selection, self.days)
        self.resolver = Resolver(
            config=config,
            by_source={a.source: a for a in selection.articles} | {s.source: s for s in selection.standing},
            by_id={article.id: article for article in selection.articles},
            addresses=self.addresses,
            files=files,
            unpublished=frozenset(
                addresses.file_of(addresses.article(self.days[article.source], article.slug))
                for article in selection.drafts + selection.held + selection.expired
            )
            - {addresses.file_of(address) for address in self.addresses.values()},
            not_understood=not_understood,
        )
        self.rtl = is_rtl_language(config.language)
        self.sections = {
            section.key: Link(text=section.name, url=addresses.url(config, f"{section.key}/"))
            for section in config.sections
        }
        self.problems = same_ids(selection.articles)
        self.pictures: dict[str, tuple[File, Picture, Picture]] = {}  # the file, its figure's and its cards' picture
        self.pins = {a.id: self.resolver.pins(a, "related") for a in selection.published if a.related}
        self.excluded = {a.id: self.resolver.pins(a, "unrelated") for a in selection.published if a.unrelated}

    def check_unpublished(self) -> None:
        """What is held will be published by itself, so its problems count now; a draft's are only warnings."""
        for pile, warning in ((self.selection.held, False), (self.selection.drafts, True)):
            for article in pile:
                self.resolver.links(article.source, article.links, warning=warning)
                for picture in (*article.pictures, *((article.picture,) if article.picture else ())):
                    self.resolver.picture(article.source, picture, warning=warning)
                self.resolver.pins(article, "related", warning=warning)
                self.resolver.pins(article, "unrelated", warning=warning)
        self.resolver.used.clear()  # nothing of theirs is published

    # ------------------------------------------------------------ parts of a view

    def figure(self, source: str, reference: PictureReference) -> Figure | None:
        file = self.resolver.picture(source, reference)
        if file is None:
            return None
        if file.path not in self.pictures:
            self.pictures[file.path] = (file, album.picture(file, self.config), album.card(file, self.config))
        lang, direction = language_of(reference.alt_lang, self.config)
        return Figure(
            picture=self.pictures[file.path][1],
            alt=reference.alt,
            alt_lang=lang,
            alt_dir=direction,
            caption=reference.caption,
            credit=reference.credit,
        )

    def lead(self, article: Article) -> File | None:
        return self.resolver.picture(article.source, article.picture) if article.picture else None

    def body(self, article: Article | Standing) -> BodyView:
        figures = [self.figure(article.source, picture) for picture in article.pictures]
        return BodyView(
            digest=article.body_digest,
            links=self.resolver.links(article.source, article.links),
            pictures=tuple(figure for figure in figures if figure),
        )

    def story(self, article: Article, picture: Picture | None) -> Story:
        lang, direction = language_of(article.lang, self.config)
        return Story(
            id=article.id,
            url=addresses.url(self.config, self.addresses[article.source]),
            title=article.title,
            summary=article.summary,
            published=self.calendar.when(article.published),
            section=self.sections[article.section],
            label=article.label or "",
            lang=lang,
            dir=direction,
            picture=picture,
        )

    def named(self, kind: str, names: Callable[[Article], Sequence[str]]) -> dict[str, Named]:
        """Tags, authors or series by address key, in alphabetical order."""
        folder = {"tag": "tags", "author": "authors", "series": "series"}[kind]
        found: dict[str, Named] = {}
        for name, articles in by_name(self.selection.published, names).items():
            address = slug_of(name)
            if not address:
                at = articles[0].places.get({"tag": "tags", "author": "authors"}.get(kind, kind))
                self.problems.append(
                    Problem(
                        path=articles[0].source,
                        line=at.line if at else 1,
                        column=at.column if at else 1,
                        message=say("name-without-letters", kind=say(f"the-{kind}"), name=name),
                        help=say("write-with-letters"),
                    )
                )
                continue
            found[address_key(name)] = Named(name=name, address=f"{folder}/{address}/", articles=tuple(articles))
        return found

    # ------------------------------------------------------------ all of it

    def site(self, most_read: Sequence[str]) -> Site:
        shown = self.selection.published
        self.check_unpublished()
        figures: dict[str, Figure] = {}
        leads: dict[str, File] = {}
        stories: dict[str, Story] = {}
        bodies: dict[str, BodyView] = {}
        for article in shown:
            figure = self.figure(article.source, article.picture) if article.picture else None
            file = self.lead(article)
            if figure and file:
                figures[article.id], leads[article.id] = figure, file
            stories[article.id] = self.story(article, self.pictures[file.path][2] if file else None)
            bodies[article.source] = self.body(article)
        for article in self.selection.withdrawn:
            stories[article.id] = self.story(article, None)
        for standing in self.selection.standing:
            bodies[standing.source] = self.body(standing)
        timeline = sorted(shown, key=time_order)
        sections = by(shown, lambda article: article.section)
        published = {article.id for article in shown}
        return Site(
            config=self.config,
            selection=self.selection,
            zone=self.zone,
            calendar=self.calendar,
            rtl=self.rtl,
            addresses=self.addresses,
            stories=stories,
            bodies=bodies,
            figures=figures,
            leads=leads,
            pins=self.pins,
            excluded=self.excluded,
            related={},
            more={},
            neighbours=_neighbours(timeline),
            sections={key: tuple(sections.get(key, ())) for key in self.sections},
            tags=self.named("tag", lambda article: article.tags),
            authors=self.named("author", lambda article: article.authors),
            series=self.named("series", lambda article: (article.series,) if article.series else ()),
            days={day: tuple(group) for day, group in by(shown, lambda a: self.days[a.source]).items()},
            day_of=self.days,
            most_read=tuple(id for id in most_read if id in published),
            pictures=tuple(self.pictures[path][0] for path in sorted(self.pictures)),
            documents=dict(sorted(self.resolver.used.items())),
            wanted=tuple(self.resolver.wanted),
        )


def language_of(lang: str | None, config: Config) -> tuple[str, str]:
    """(lang, dir) of a text, both empty where it is in the site's own language."""
    if not lang or lang == config.language:
        return "", ""
    return lang, "rtl" if is_rtl_language(lang) else "ltr"


def last_change(article: Article) -> datetime:
    """When the reader last saw something new in it: published, updated or corrected."""
    moments = [article.published, *(note.date for note in article.corrections)]
    return max([*moments, article.updated] if article.updated else moments)


def corrected(articles: Iterable[Article]) -> list[tuple[Article, tuple[Correction, ...]]]:
    """Articles with corrections, the latest correction first."""
    found = [
        (article, tuple(sorted(article.corrections, key=lambda note: note.date, reverse=True)))
        for article in articles
        if article.corrections
    ]
    return sorted(found, key=lambda pair: (-pair[1][0].date.timestamp(), pair[0].id))


def dead_addresses(wanted: Iterable[Wanted], planned: Callable[[str], bool]) -> list[Problem]:
    """A problem for each site address that somebody points at and no page answers."""
    return [
        Problem(
            path=want.source,
            line=want.reference.place.line,
            column=want.reference.place.column,
            message=say("link-to-no-page", target=want.reference.target),
            help=say("link-to-file"),
            warning=want.warning,
        )
        for want in wanted
        if not planned(want.address)
    ]


def _neighbours(timeline: Sequence[Article]) -> dict[str, tuple[str | None, str | None]]:
    ids = [None, *(article.id for article in timeline), None]
    return {here: (before, after) for (before, here), (_, after) in pairwise(pairwise(ids)) if here is not None}


def _just_before(timeline: Sequence[Article], related: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """For each article the `MORE` ones before it in its section, the nearest first, without its related stories."""
    reach = MORE + max(map(len, related.values()), default=0)
    latest: dict[str, list[str]] = {}
    found: dict[str, tuple[str, ...]] = {}
    for article in timeline:
        before = latest.setdefault(article.section, [])
        shown = related.get(article.id, ())
        found[article.id] = tuple(id for id in before if id not in shown)[:MORE]
        latest[article.section] = [article.id, *before][:reach]
    return found
