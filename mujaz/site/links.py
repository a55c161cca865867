"""What articles point at: links to files and pages, pictures, pins. Each is resolved, or a problem with its place."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import quote, unquote

from mujaz.arabic.typography import without_bidi_controls
from mujaz.frozen import Value
from mujaz.messages.errors import Problem
from mujaz.messages.message import Message, say
from mujaz.model import urls
from mujaz.model.content import Article, File, PictureReference, Reference, Standing
from mujaz.model.names import (
    CAPTIONS,
    PICTURES,
    POSTERS,
    ending_of,
    file_name_trouble,
    meant_by,
    picture_trouble,
    small_ending,
)
from mujaz.model.normal_forms import normalized
from mujaz.model.settings import Config
from mujaz.model.views import DataFile
from mujaz.site.offers import Offers

MOST_NAME = 250  # bytes of a file's name: a file system takes 255, a compressed copy ends in three more
MOST_NAMED = 20  # headings that a problem names: a text may have thousands
# Documents and recordings that an article may offer; nothing that a browser would run, and no picture.
DOCUMENTS = frozenset("pdf csv xlsx ods docx odt epub txt json geojson zip mp3 m4a ogg opus mp4 webm vtt".split())

# Texts that lie among articles and are none.
WORD_PROCESSED = frozenset("doc docx odt rtf pages".split())
TEXTS = WORD_PROCESSED | frozenset(("txt", "text", "htm", "html"))


class Wanted(Value):
    """A site address that somebody points at; it is checked once all pages are planned."""

    address: str
    reference: Reference
    source: str
    warning: bool = False


@dataclass(kw_only=True)
class Resolver:
    """Resolves references against everything the site has, and collects what is wrong and what is used."""

    config: Config
    by_source: Mapping[str, Article | Standing]
    by_id: Mapping[str, Article]
    addresses: Mapping[str, str]  # source file → its address, for those that have a page
    files: Mapping[str, File]  # path → file, for all that is not Markdown
    unpublished: frozenset[str]  # output files that only articles would have which nobody sees
    not_understood: frozenset[str]  # files with problems of their own; what points at them is no further problem
    problems: list[Problem] = field(default_factory=list)
    wanted: list[Wanted] = field(default_factory=list)
    used: dict[str, File] = field(default_factory=dict)  # output path → document to publish
    named: set[str] = field(default_factory=set)  # paths of documents that a link names, be it published or not
    _ids: dict[str, frozenset[str]] = field(default_factory=dict)  # source file → the ids of its headings
    _decomposed: dict[str, str] = field(init=False)  # NFC → path, of files that are not named in NFC (macOS, zip)

    def __post_init__(self) -> None:
        paths = (*self.by_source, *self.files, *self.not_understood)
        odd = (path for path in sorted(paths) if not unicodedata.is_normalized("NFC", path))
        self._decomposed = {normalized("NFC", path): path for path in odd}

    @cached_property
    def offers(self) -> Offers:
        return Offers(self.by_source, self.files, self.by_id)

    @cached_property
    def beside_films(self) -> Mapping[str, str]:
        """Posters and captions: their names as those of recordings are compared, and their paths."""
        return {small_ending(path): path for path in sorted(self.files) if ending_of(path) in (*POSTERS, CAPTIONS)}

    def links(self, source: str, links: Iterable[Reference], *, warning: bool = False) -> tuple[str | None, ...]:
        """An href for each link; None where the link must become plain text."""
        return tuple(self._link(source, link, warning) for link in links)

    def note(self, source: str, links: Iterable[Reference]) -> None:
        """Know the documents that links name which nobody shows."""
        self.named |= {
            found for link in links if (found := self.file_named(source, unquote(link.target.partition("#")[0])))
        }

    def data(self, source: str, named: Iterable[tuple[str, Reference]], warning: bool = False) -> tuple[DataFile, ...]:
        """The files of data that a page names: beside it, or below the content folder."""
        found = []
        for name, reference in named:
            path = self.file_named(source, unquote(reference.target))
            if path is not None and path in self.files:
                found.append(DataFile(name=name, path=path, digest=self.files[path].digest))
            else:
                self.report(source, reference, say("data-missing", path=reference.target), say("data-lies"), warning)
        return tuple(found)

    def _link(self, source: str, link: Reference, warning: bool) -> str | None:
        target, _, fragment = link.target.partition("#")
        target = unquote(target.partition("?")[0])
        if target.startswith("/"):
            address = target.lstrip("/")
            if urls.file_of(address) in self.unpublished:
                text = say("link-to-unpublished", target=link.target)
                self.report(source, link, text, None, True)
                return None
            self.wanted.append(Wanted(address=address, reference=link, source=source, warning=warning))
            return urls.url(self.config, address) + (f"#{_encoded(fragment)}" if fragment else "")
        found = self.file_named(source, target)
        if found is None:
            self._dead(source, link, warning)
            return None
        if found in self.not_understood:
            return None
        if found in self.files:
            return self._document(source, link, self.files[found], warning)
        meant = self.by_source[found]
        address = self.addresses.get(found, "")
        if not address:
            self.report(source, link, say("link-to-unpublished", target=link.target), None, True)
            return None
        if not fragment:
            return urls.url(self.config, address)
        ids = _ids_of(meant, self._ids)
        anchor = _anchor(ids, unquote(fragment))
        if anchor not in ids:
            names = tuple(f"#{heading.id}" for heading in meant.headings[:MOST_NAMED])
            help = say("headings-are", names=names) if names else say("headings-none")
            self.report(source, link, say("no-such-heading", heading="#" + fragment, path=found), help, warning)
        return urls.url(self.config, address) + f"#{_encoded(anchor)}"

    def file_named(self, source: str, target: str) -> str | None:
        """The file that `target`, written in `source`, names: beside it, or below content/."""
        for name in meant_by(target, source, self.config.content):
            if name in self.by_source or name in self.files or name in self.not_understood:
                return name
            if not name.isascii() and (name := self._decomposed.get(normalized("NFC", name), "")):
                return name
        return None

    def _document(self, source: str, link: Reference, file: File, warning: bool) -> str | None:
        self.named.add(file.path)
        if ending_of(file.path) not in DOCUMENTS:
            text = say("link-to-unpublished-kind", target=link.target)
            self.report(source, link, text, say("kinds-are", kinds=tuple(sorted(DOCUMENTS))), warning)
            return None
        return self.published(file)

    def published(self, file: File) -> str:
        """The url of a document or recording, which the site publishes from now on."""
        address = _address_of(file)
        self.used[address] = file
        return urls.url(self.config, address)

    def _dead(self, source: str, link: Reference, warning: bool) -> None:
        help = self.offers.path(source, unquote(link.target.partition("#")[0])) or say("name-content-or-page")
        self.report(source, link, say("link-to-nothing", target=link.target), help, warning)

    def not_read(self) -> Iterator[Problem]:
        """Texts of other programs that no article links to: somebody may take them for articles."""
        for path in self.files:
            ending = ending_of(path)
            if ending in TEXTS and path not in self.named and path != self.config.most_read_source:
                help = say("save-as-markdown") if ending in WORD_PROCESSED else say("rename-to-md")
                text = say("not-read-by-its-name", name=posixpath.basename(path))
                yield Problem(path=path, message=text, help=help, warning=True)

    # ------------------------------------------------------------ pictures

    def picture(self, source: str, reference: PictureReference, *, warning: bool = False) -> File | None:
        """The picture file; None, with a problem, where it is missing or no picture."""
        if picture_trouble(reference.src, source, self.config.content):
            return None  # told where the file was read
        found = self.file_named(source, unquote(reference.src))
        file = self.files.get(found) if found else None
        if file is None:
            help = self.offers.path(source, unquote(reference.src), PICTURES)
            self.report(
                source,
                Reference(target=reference.src, place=reference.place),
                say("no-such-picture", picture=reference.src),
                help or say("put-picture-in-content"),
                warning,
            )
        elif file.problem:
            at = Reference(target=reference.src, place=reference.place)
            text = say("picture-wrong", picture=reference.src, why=file.problem)
            heic = file.problem.id == "picture-is-heic"
            self.report(source, at, text, say("export-heic") if heic else say("save-as-jpeg"), warning)
            return None
        elif file.animated:
            at = Reference(target=reference.src, place=reference.place)
            self.report(source, at, say("picture-moves", picture=reference.src), say("show-film-or-frame"), True)
        return file

    # ------------------------------------------------------------ pins

    def pins(self, article: Article, key: str, *, warning: bool = False) -> tuple[str, ...]:
        """The ids that `related` or `unrelated` names, in order; what is not published is left out with a warning."""
        found: list[str] = []
        for pin in article.related if key == "related" else article.unrelated:
            meant = self.pinned(article, pin)
            if meant is None and self.may_be_meant(article, pin):
                continue
            if meant is None:
                help = self.offers.id(pin.target) or say("name-an-article")
                self.report(article.source, pin, say("no-such-article", target=pin.target, key=key), help, warning)
            elif meant.id == article.id:
                self.report(article.source, pin, say("names-itself", key=key), say("take-it-out"), warning)
            elif meant.source not in self.addresses or meant.withdrawn:
                if key == "related":
                    text = say("related-not-published", target=pin.target)
                    self.report(article.source, pin, text, None, True)
            elif meant.id not in found:
                found.append(meant.id)
        return tuple(found)

    def pinned(self, article: Article, pin: Reference) -> Article | None:
        if pin.target in self.by_id:
            return self.by_id[pin.target]
        path = self.file_named(article.source, pin.target.removeprefix(self.config.content + "/"))
        meant = self.by_source.get(path) if path else None
        return meant if isinstance(meant, Article) else None

    def may_be_meant(self, article: Article, pin: Reference) -> bool:
        """True where the pin may name a file that was not understood: by its path, or by an id nobody could read."""
        path = self.file_named(article.source, pin.target.removeprefix(self.config.content + "/"))
        return path in self.not_understood or (path is None and bool(self.not_understood))

    def report(self, source: str, at: Reference, text: Message, help: Message | None, warning: bool) -> None:
        self.problems.append(
            Problem(path=source, line=at.place.line, column=at.place.column, message=text, help=help, warning=warning)
        )


def _address_of(file: File) -> str:
    """Where a document is published. Whatever it is called here, every system that serves it can have the name."""
    stem, _, ending = without_bidi_controls(posixpath.basename(file.path)).rpartition(".")
    stem = "".join("-" if file_name_trouble(f"{c}x") else c for c in stem).rstrip(". ")
    stem += "-" if file_name_trouble(stem) or not stem else ""
    tail = f".{file.digest[:10]}.{ending.lower()}"
    stem = stem.encode()[: MOST_NAME - len(tail.encode())].decode(errors="ignore")
    return f"assets/files/{stem}{tail}"


def _ids_of(meant: Article | Standing, known: dict[str, frozenset[str]]) -> frozenset[str]:
    """The ids of the headings of `meant`, which are gathered once for all links to it and kept in `known`."""
    if meant.source not in known:
        known[meant.source] = frozenset(heading.id for heading in meant.headings)
    return known[meant.source]


def _anchor(ids: frozenset[str], fragment: str) -> str:
    """The one of the `ids` of headings that a fragment names: by its own id, by its text, or as the page has it."""
    return next((id for id in (f"u-{fragment}", f"h-{fragment}") if id in ids), fragment)


def _encoded(fragment: str) -> str:
    return quote(unquote(fragment), safe="")
