"""Reads the built site again: the target of every internal link, fragment, picture and stylesheet must exist."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from mujaz.frozen import Value

# Attributes as our own layouts and nh3 write them: always in double quotes.
_ATTRIBUTE = re.compile(r'[\s"](href|src|srcset|poster|id|content)="([^"]*)"')
_CSS_URL = re.compile(r"""url\(["']?([^"')]+)""")
_REFRESH = re.compile(r"(?<!\d)\d++; *+url=")
_URL = re.compile(r'(?:href|src|url|link|guid|loc)[=>"]+\s*(https?://[^<"\s]+)')
_ASIDE = re.compile(r'<meta (?:http-equiv="refresh"|name="robots" content="[^"]*noindex)')
_TEXT = (".html", ".css", ".xml", ".json", ".txt", ".opml")


class Dead(Value):
    """A link on the page `path` to `target`, which does not exist."""

    path: str
    target: str


class LinkGraph(Value):
    """The links of a built site. `links` maps a text file to its (target as written, path it means, fragment)."""

    files: frozenset[str]
    ids: Mapping[str, frozenset[str]]
    links: Mapping[str, tuple[tuple[str, str, str], ...]]
    need_no_link: frozenset[str]  # pages that need no link to them: redirects, and those that are `noindex`


def read_links(output: Path, base_url: str) -> LinkGraph:
    """Read every file of the built site. `base_url` is that of the build; links with its host count as internal.

    What lies behind a symbolic link can be linked to, but is not read: no build wrote it.
    """
    files = frozenset(path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file())
    ids: dict[str, frozenset[str]] = {}
    links: dict[str, tuple[tuple[str, str, str], ...]] = {}
    need_no_link = set()
    for name in sorted(name for name in files if name.endswith(_TEXT)):
        if (output / name).is_symlink():
            continue
        text = (output / name).read_text(encoding="utf-8", errors="replace")  # a foreign file may be no UTF-8
        found = list(_links(name, text))
        ids[name] = frozenset(value for kind, value in found if kind == "id")
        links[name] = tuple(
            (value, *target)
            for kind, value in found
            if kind == "link" and (target := _own_target(_where(name, value), value, base_url)) is not None
        )
        if _ASIDE.search(text):
            need_no_link.add(name)
    return LinkGraph(files=files, ids=ids, links=links, need_no_link=frozenset(need_no_link))


def dead_links(output: Path, base_url: str) -> list[Dead]:
    """Every internal link of the built site whose file, or whose fragment, does not exist."""
    return dead(read_links(output, base_url))


def dead(graph: LinkGraph) -> list[Dead]:
    """Every internal link whose file, or whose fragment, does not exist."""
    found = set()
    for name, links in graph.links.items():
        for value, path, fragment in links:
            if path not in graph.files:
                found.add(Dead(path=name, target=value))
            elif fragment and fragment not in graph.ids.get(path, ()):
                found.add(Dead(path=name, target=f"{path}#{fragment}"))
    return sorted(found, key=lambda dead: (dead.path, dead.target))


def orphans(graph: LinkGraph) -> list[str]:
    """Pages that cannot be reached by links from the home page, except those that need no link."""
    reached, ahead = {"index.html"}, ["index.html"]
    while ahead:
        for _, path, _ in graph.links.get(ahead.pop(), ()):
            if path not in reached and path in graph.files:
                reached.add(path)
                ahead.append(path)
    pages = {name for name in graph.links if name.endswith(".html")}
    return sorted(pages - reached - graph.need_no_link - {"404.html"})


def _links(name: str, text: str) -> Iterator[tuple[str, str]]:
    """("link" or "id", value) of a page; for other text files every address in them, as links."""
    if not name.endswith(".html"):
        pattern = _CSS_URL if name.endswith(".css") else _URL
        yield from (("link", html.unescape(match[1])) for match in pattern.finditer(text))
        return
    for match in _ATTRIBUTE.finditer(text):
        kind, value = match[1], html.unescape(match[2])
        if kind == "id":
            yield kind, value
        elif kind == "srcset":
            yield from (("link", part.split()[0]) for part in value.split(",") if part.strip())
        elif kind != "content" or value.startswith(("http://", "https://")) or _REFRESH.match(value):
            yield "link", _REFRESH.sub("", value)


def _where(name: str, value: str) -> str:
    """Where the address `value` on the page `name` begins; nowhere if it is the same on each page, as most are."""
    return "" if value.startswith(("/", "http://", "https://")) else name


@lru_cache(maxsize=1 << 16)
def _own_target(name: str, value: str, base_url: str) -> tuple[str, str] | None:
    """(path below the output, fragment) of an internal address; None for others."""
    base = urlsplit(base_url)
    try:
        parts = urlsplit(urljoin(f"{base_url}/{name}", value))
    except ValueError:  # an invalid host, as a headline may have one
        return None
    if parts.scheme not in ("http", "https") or parts.netloc != base.netloc:
        return None
    path = unquote(parts.path)
    if not (path + "/").startswith(base.path + "/"):
        return "../" + path, ""  # outside the base path, so not a file of the site
    inside = path[len(base.path) :].lstrip("/")
    return inside + "index.html" if inside.endswith("/") or not inside else inside, unquote(parts.fragment)
