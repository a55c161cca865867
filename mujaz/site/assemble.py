"""The steps from a selection of articles to a Site."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from urllib.parse import quote

from mujaz.arabic.dates import Calendar
from mujaz.arabic.direction import is_rtl_language
from mujaz.arabic.slugs import name_key, slug_of, slugs_apart
from mujaz.assets import variants
from mujaz.frozen import replace
from mujaz.messages.errors import Problem
from mujaz.messages.message import say
from mujaz.model import urls
from mujaz.model.content import Article, File, PictureReference, Place, PlayerReference, Standing
from mujaz.model.players import Player
from mujaz.model.settings import Config
from mujaz.model.views import BodyView, DataFile, Entry, Figure, Link, Picture, Story
from mujaz.site import players
from mujaz.site.addresses import NAMES, gone
from mujaz.site.groups import NameGroup, by, by_name, local_day, time_order
from mujaz.site.links import Resolver
from mujaz.site.select import Selection, same_ids, same_names
from mujaz.site.site import Named, Site, frozen, language_of
from mujaz.site.translations import translations


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
    assembly = Assembly(config, selection, files, calendar, not_understood, most_read)
    site = assembly.site(most_read)
    return site, assembly.problems + assembly.resolver.problems + list(assembly.resolver.not_read())


Text = Article | Standing


def named_groups(selection: Selection) -> dict[str, list[tuple[NameGroup, str]]]:
    """Kind → its groups in alphabetical order, each with its address; empty for a name that gives none.

    The address is that of the spelling in the oldest article, so that a new story moves none.
    """
    found = {}
    for kind, (folder, names) in NAMES.items():
        groups = by_name(selection.published, names)
        segments = slugs_apart({group.key: group.oldest for group in groups})
        found[kind] = [(one, f"{folder}/{segments[one.key]}/" if segments[one.key] else "") for one in groups]
    return found


def article_addresses(
    selection: Selection, days: Mapping[str, date], named: Mapping[str, Sequence[tuple[NameGroup, str]]]
) -> dict[str, str]:
    """Source file → address, of all that have a page; `days` is the day of each."""
    shown = selection.published + selection.withdrawn
    found = {article.source: urls.article(days[article.source], article.slug) for article in shown}
    for standing in selection.standing:
        if standing.kind == "page":
            found[standing.source] = f"{slug_of(standing.name)}/"
            continue
        by_key = {group.key: address for group, address in named[standing.kind]}
        # A file may be named as the name is written or as its address is.
        segment = f"{NAMES[standing.kind][0]}/{slug_of(standing.name)}/"
        address = by_key.get(name_key(standing.name)) or (segment if segment in by_key.values() else "")
        if address:  # no page of a name that no published story has
            found[standing.source] = address
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
        most_read: Sequence[str],
    ) -> None:
        self.config, self.selection, self.calendar, self.zone = config, selection, calendar, calendar.zone
        self.days = {article.source: local_day(article, calendar.zone) for article in selection.articles}
        self.groups = named_groups(selection)
        self.addresses = article_addresses(selection, self.days, self.groups)
        self.resolver = Resolver(
            config=config,
            by_source={a.source: a for a in selection.articles} | {s.source: s for s in selection.standing},
            by_id={article.id: article for article in selection.articles},
            addresses=self.addresses,
            files=files,
            unpublished=self.files_of_hidden(selection, most_read)
            - {urls.file_of(address) for address in self.addresses.values()},
            not_understood=not_understood,
        )
        self.rtl = is_rtl_language(config.language)
        self.sections = {
            section.key: Link(text=section.name, url=urls.url(config, f"{section.key}/")) for section in config.sections
        }
        self.problems = same_ids(selection.articles) + same_names(selection.standing, self.addresses)
        self.held_data: tuple[DataFile, ...] = ()
        self.pictures: dict[str, tuple[File, Picture, Picture]] = {}  # the file, its figure's and its cards' picture
        self.pins = {a.id: self.resolver.pins(a, "related") for a in selection.published if a.related}
        self.translations, wrong = translations(selection, self.resolver, config.language)
        self.problems += wrong
        self.excluded = {a.id: self.resolver.pins(a, "unrelated") for a in selection.published if a.unrelated}

    def files_of_hidden(self, selection: Selection, most_read: Sequence[str]) -> frozenset[str]:
        return gone(selection, self.days, self.groups, self.config, self.calendar.first_weekday, most_read)

    def check_unpublished(self) -> None:
        """What is held will be published by itself, so its problems count now; a draft's are only warnings."""
        for pile, warning in ((self.selection.held, False), (self.selection.drafts, True)):
            for article in pile:
                self.resolver.links(article.source, article.links, warning=warning)
                for player in article.players:
                    if not player.provider:
                        self.player(article, player, warning=warning)
                for picture in (*article.pictures, *((article.picture,) if article.picture else ())):
                    self.resolver.picture(article.source, picture, warning=warning)
                self.resolver.pins(article, "related", warning=warning)
                self.resolver.pins(article, "unrelated", warning=warning)
                data = self.resolver.data(article.source, article.data, warning=warning)
                self.held_data += () if warning else data
                self.problems += _nameless(article, warning)
        for article in self.selection.expired + self.selection.withdrawn:
            self.resolver.note(article.source, article.links)
        for standing in self.selection.standing:
            if standing.source not in self.addresses:  # of an author or a tag that no published story names
                self.body(standing)
        self.pictures.clear()
        self.resolver.used.clear()  # nothing of theirs is published

    # ------------------------------------------------------------ parts of a view

    def figure(self, article: Text, reference: PictureReference, *, warning: bool = False) -> Figure | None:
        found = self.shown(article, reference, warning=warning)
        return found[1] if found else None

    def shown(self, article: Text, reference: PictureReference, *, warning: bool = False) -> tuple[File, Figure] | None:
        """The picture's file and its figure; None, with a problem, where there is none to show."""
        file = self.resolver.picture(article.source, reference, warning=warning)
        if file is None:
            return None
        if file.path not in self.pictures:
            self.pictures[file.path] = (file, variants.picture(file, self.config), variants.card(file, self.config))
        lang, direction = language_of(reference.alt_lang, article.lang or self.config.language)
        figure = Figure(
            picture=self.pictures[file.path][1],
            alt=reference.alt,
            alt_lang=lang,
            alt_dir=direction,
            caption=reference.caption,
            credit=reference.credit,
        )
        return file, figure

    def body(self, article: Text) -> BodyView:
        figures = [self.figure(article, picture) for picture in article.pictures]
        return BodyView(
            digest=article.body_digest,
            links=self.resolver.links(article.source, article.links),
            pictures=tuple(figure for figure in figures if figure),
            entries=_entries(article, self) if isinstance(article, Article) and article.entries else (),
            players=tuple(player for one in article.players if (player := self.player(article, one))),
        )

    def player(self, article: Text, reference: PlayerReference, *, warning: bool = False) -> Player | None:
        if reference.provider:
            return players.elsewhere(reference)
        file = players.recording(self.resolver, article.source, reference, warning=warning)
        if file is None:
            return None

        def poster(path: str) -> str:
            name = posixpath.relpath(path, posixpath.dirname(article.source))
            picture = PictureReference(src=quote(name), alt=reference.title, place=reference.place)
            figure = self.figure(article, picture, warning=warning)
            return figure.picture.src if figure else ""

        return players.of_file(
            reference,
            file,
            article.source,
            self.resolver,
            article.lang or self.config.language,
            poster,
            warning=warning,
        )

    def story(self, article: Article, picture: Picture | None) -> Story:
        lang, direction = language_of(article.lang, self.config.language)
        return Story(
            id=article.id,
            url=urls.url(self.config, self.addresses[article.source]),
            title=article.title,
            summary=article.summary,
            published=self.calendar.when(article.published, timed="date" not in article.days),
            section=self.sections[article.section],
            label=article.label or "",
            urgent=_outlasts_its_day(article),
            lang=lang,
            dir=direction,
            picture=picture,
            extra=frozen(article.extra) if article.extra else {},
        )

    def data(self, texts: Sequence[Text]) -> dict[str, tuple[DataFile, ...]]:
        return {one.source: self.resolver.data(one.source, one.data) for one in texts if one.data}

    # ------------------------------------------------------------ all of it

    def site(self, most_read: Sequence[str]) -> Site:
        shown = self.selection.published
        self.check_unpublished()
        figures: dict[str, Figure] = {}
        leads: dict[str, File] = {}
        stories: dict[str, Story] = {}
        bodies: dict[str, BodyView] = {}
        for article in shown:
            lead = self.shown(article, article.picture) if article.picture else None
            if lead:
                leads[article.id], figures[article.id] = lead
            stories[article.id] = self.story(article, self.pictures[lead[0].path][2] if lead else None)
            bodies[article.source] = self.body(article)
        for article in self.selection.withdrawn:
            stories[article.id] = self.story(article, None)
        for standing in self.selection.standing:
            if standing.source in self.addresses:
                bodies[standing.source] = self.body(standing)
        timeline = sorted(shown, key=time_order)
        sections = by(shown, lambda article: article.section)
        published = {article.id for article in shown}
        named = {kind: _named(kind, found, self.problems) for kind, found in self.groups.items()}
        return Site(
            config=self.config,
            selection=self.selection,
            articles={article.id: article for article in (*shown, *self.selection.withdrawn)},
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
            translations=self.translations,
            related={},
            more={},
            neighbours=_neighbours(timeline),
            sections={key: tuple(sections.get(key, ())) for key in self.sections},
            tags=named["tag"],
            authors=named["author"],
            series=named["series"],
            days={day: tuple(group) for day, group in by(shown, lambda a: self.days[a.source]).items()},
            day_of=self.days,
            most_read=tuple(id for id in most_read if id in published),
            pictures=tuple(self.pictures[path][0] for path in sorted(self.pictures)),
            documents=dict(sorted(self.resolver.used.items())),
            wanted=tuple(self.resolver.wanted),
            data=self.data((*shown, *self.selection.standing)),
            held_data=self.held_data,
            left=self.files_of_hidden(replace(self.selection, drafts=(), held=(), withdrawn=()), most_read),
        )


def _named(kind: str, groups: Sequence[tuple[NameGroup, str]], problems: list[Problem]) -> dict[str, Named]:
    """Tags, authors or series by name key, in alphabetical order; a problem for each that has no address."""
    problems += [_without_letters(group.articles[0], kind, group.name) for group, address in groups if not address]
    return {
        group.key: Named(name=group.name, address=address, articles=group.articles)
        for group, address in groups
        if address
    }


def _nameless(article: Article, warning: bool) -> list[Problem]:
    """A problem for each tag, author and series of an article that can have no address."""
    named = ((kind, name) for kind, (_, names) in NAMES.items() for name in names(article))
    return [_without_letters(article, kind, name, warning) for kind, name in named if not slug_of(name)]


def _without_letters(article: Article, kind: str, name: str, warning: bool = False) -> Problem:
    """A problem of an article whose tag, author or series can have no address."""
    at = article.places.get(kind if kind == "series" else f"{kind}s") or article.places.get(kind) or Place()
    text = say("name-without-letters", kind=say(f"the-{kind}"), name=name)
    return Problem(
        path=article.source,
        line=at.line,
        column=at.column,
        message=text,
        help=say("write-with-letters"),
        warning=warning,
    )


def _outlasts_its_day(article: Article) -> bool:
    """Whether its label has an end of its own, which is still to come."""
    return bool(article.label and (article.breaking_until or (article.live_until and article.label == "live")))


def _neighbours(timeline: Sequence[Article]) -> dict[str, tuple[str | None, str | None]]:
    ids = [None, *(article.id for article in timeline), None]
    return {here: (before, after) for (before, here), (_, after) in pairwise(pairwise(ids)) if here is not None}


def _entries(article: Article, assembly: Assembly) -> tuple[Entry, ...]:
    """The entries of a live story in the order in which they are shown."""
    calendar, day = assembly.calendar, assembly.days[article.source]
    url = urls.url(assembly.config, assembly.addresses[article.source])
    shown = [
        Entry(
            number=entry.number,
            anchor=entry.id,
            url=f"{url}#{quote(entry.id)}",
            when=calendar.when(entry.moment),
            title=entry.title,
            text=entry.text,
            other_day=calendar.day(entry.moment) != day,
        )
        for entry in article.entries
        if entry.moment is not None
    ]
    return tuple(shown if article.live_order == "oldest" else shown[::-1])
