"""The addresses of an old site: to which article each led, and which of them can be aliases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

from mujaz.arabic.slugs import address_key
from mujaz.frozen import replace
from mujaz.importing.incoming import MOST_TOLD, Archive, Incoming
from mujaz.messages.message import Message, say
from mujaz.model import urls
from mujaz.model.names import site_path, site_path_trouble

INDEX = re.compile(r"/index\.(?:html?|php)$")
HOST = re.compile(r"^(?:[a-z]+:)?//[^/?#]*", re.I)
NAME = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*+:", re.I)  # urn:, tag: and the like lead nobody anywhere
COUNTED = re.compile(r"\?(?:utm_\w++=[^&#]*+&?+)++(?=#|\Z)")  # a query that says where a reader comes from, and no more
HOLE = "{"  # of a pattern that is not understood, which stands in the place of the address that it would make
OF_DAYS = re.compile(r"[0-9]{4}(?:/(?:[0-9]{2}|w[0-9]{2})(?:/[0-9]{2})?)?")  # archives and editions
QUERIES = ("p", "page_id", "attachment_id")  # parameters by which WordPress addresses an article
FILES = (".md", ".markdown", ".rst", ".html", ".htm")


@dataclass
class Book:
    """Finds articles by every address that they had, and returns the name under which each was added."""

    hosts: set[str] = field(default_factory=set)
    known: dict[str, str] = field(default_factory=dict)
    files: dict[str, set[str]] = field(default_factory=dict)  # last name of a file → names of articles
    languages: dict[str, str] = field(default_factory=dict)  # name of an article → its language

    @classmethod
    def of(cls, addresses: Iterable[str]) -> Book:
        """An empty book of a site with these addresses."""
        return cls(hosts=set(filter(None, map(host_of, addresses))))

    def add(self, story: Incoming, name: str) -> None:
        self.languages[name] = story.language
        for address in story.old:
            if key := _key(address):
                self.known.setdefault(key, name)
        for other in story.names:
            if other.startswith("?"):
                self.known.setdefault(other, name)
                continue
            parts = address_key(other).strip("/").split("/")
            for start in range(len(parts)):  # by every end of its path too
                self.files.setdefault("/".join(parts[start:]), set()).add(name)

    def is_within(self, href: str) -> bool:
        """Whether `href` leads to the old site."""
        host = host_of(href)
        return not host or host in self.hosts

    def article(self, href: str, base: str, language: str = "") -> str | None:
        """The article that a link meant which stood in a text of `language` at `base`."""
        if not self.is_within(href):
            return None
        name = self._by_file(href, language)
        if name is None:
            try:
                whole = urljoin(base, href)
                query = dict(parse_qsl(urlsplit(whole).query))
            except ValueError:
                return None
            called = next((f"?{key}={query[key]}" for key in QUERIES if key in query), "")
            name = self.known.get(called) or self.known.get(_key(whole))
        return name

    def _by_file(self, href: str, language: str) -> str | None:
        """By its file, whole or by its end, if there is one such file, or one of the language."""
        try:
            path = address_key(site_path(urlsplit(href).path))
        except ValueError:
            return None
        end = re.sub(r"^(?:\.{0,2}/)+", "", path)
        if not end.endswith(FILES) or (end.endswith((".html", ".htm")) and not self.files.get(end)):
            return None
        stem = end.rpartition(".")[0]
        ends = (end, f"{stem}.markdown", f"{stem}/index.md", f"{stem.removesuffix('/_index')}.md")
        found: set[str] = set().union(*(self.files.get(one, set()) for one in ends))
        if len(found) > 1:
            found = {name for name in found if self.languages[name] == language}
        return found.pop() if len(found) == 1 else None


def path_of(address: str) -> str:
    """The path of an address, decoded; "" where it has none."""
    try:
        return site_path(urlsplit(address).path)
    except ValueError:  # an invalid address, as http://[x, or percent signs that are not UTF-8
        return ""


def below(addresses: Iterable[str], folder: str) -> tuple[str, ...]:
    """The paths of a site that lives in a folder of its host: with that folder, and without, as a host that moved such
    a site to one of its own sends readers on.
    """
    paths = tuple(addresses)
    inner = (f"{folder}{path}" if path.startswith("/") and HOLE not in path else path for path in paths)
    return tuple(dict.fromkeys((*inner, *paths))) if folder else paths


def at_home(archive: Archive, base_url: str) -> Archive:
    """The archive, whose stories know the folder of the paper where it lives in one at the host of the old site."""
    folder, host = path_of(base_url).rstrip("/"), host_of(base_url)
    if not folder:
        return archive
    own = {"", host} if host in map(host_of, archive.hosts) else {host}
    return replace(
        archive,
        stories=tuple(
            replace(story, home=folder) if story.old and host_of(story.old[0]) in own else story
            for story in archive.stories
        ),
    )


def aliases(story: Incoming) -> list[str]:
    """The old paths that can be aliases, below the folder of the paper."""
    paths = filter(None, map(_alias, story.old))
    inner = (path.removeprefix(story.home) if path.startswith(f"{story.home}/") else path for path in paths)
    return list(dict.fromkeys(inner))


def lost(addresses: Iterable[str]) -> Iterator[Message]:
    """A message about each old address that can be none here; a home page is that of all."""
    for address in dict.fromkeys(addresses):
        if not (_alias(address) or NAME.match(address)) and HOST.sub("", address).strip("/"):
            yield say("import-address-lost", address=address[:MOST_TOLD])


def _alias(address: str) -> str:
    """The path by which an old address leads on; "" where it cannot: a static site has no queries, as in `/?p=12`."""
    address = COUNTED.sub("", address)
    path = path_of(address)
    if path in ("", "/") or "?" in address or HOLE in address:
        return ""
    path = path if path.startswith("/") else f"/{path}"
    return "" if site_path_trouble(path) else path


def may_be_one(key: str) -> bool:
    """Whether no page that a site makes by itself may have the address of a key."""
    return key.partition("/")[0] not in urls.RESERVED and not OF_DAYS.fullmatch(key)


def alias_key(path: str) -> str:
    """A key that is equal for paths that one file of the output serves."""
    return address_key(INDEX.sub("/", path)).strip("/")


def _key(address: str) -> str:
    path = path_of(address)
    return alias_key(path) if path else ""


def host_of(address: str) -> str:
    """The host of an address, in lower case and without www; "" where it has none."""
    try:
        return (urlsplit(address).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""
