"""What was built, read again: every internal link, fragment, picture and stylesheet must lead somewhere."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

# Attributes as our own layouts and nh3 write them: always in double quotes.
_ATTRIBUTE = re.compile(r'[\s"](href|src|srcset|poster|id|content)="([^"]*)"')
_CSS_URL = re.compile(r"""url\(["']?([^"')]+)""")
_REFRESH = re.compile(r"\d+; *url=")
_URL = re.compile(r'(?:href|src|url|link|guid|loc)[=>"]+\s*(https?://[^<"\s]+)')
_TEXT = (".html", ".css", ".xml", ".json", ".txt", ".opml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dead:
    """A link on the page `path` to `target`, which nothing answers."""

    path: str
    target: str


def dead_links(output: Path, base_url: str) -> list[Dead]:
    """Every link of the built site to an address of its own that no file, or no element, answers.

    `base_url` is what the site was built with; links with its host count as its own.
    """
    files = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}
    ids: dict[str, frozenset[str]] = {}
    wanted: list[tuple[str, str, str]] = []
    found: list[Dead] = []
    for name in sorted(name for name in files if name.endswith(_TEXT)):
        text = (output / name).read_text(encoding="utf-8")
        own = set()
        for kind, value in _links(name, text):
            if kind == "id":
                own.add(value)
                continue
            target = _own_target(name, value, base_url)
            if target is None:
                continue
            path, fragment = target
            path = path + "index.html" if path.endswith("/") or not path else path
            if path not in files:
                found.append(Dead(path=name, target=value))
            elif fragment:
                wanted.append((name, path, fragment))
        ids[name] = frozenset(own)
    found += [Dead(path=n, target=f"{p}#{f}") for n, p, f in wanted if f not in ids.get(p, ())]
    return sorted(set(found), key=lambda dead: (dead.path, dead.target))


def _links(name: str, text: str) -> Iterator[tuple[str, str]]:
    """("link" or "id", value) of a page; of other text files, every address in them."""
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


def _own_target(name: str, value: str, base_url: str) -> tuple[str, str] | None:
    """(path below the output, fragment) of an address of this site; None for others'."""
    base = urlsplit(base_url)
    parts = urlsplit(urljoin(f"{base_url}/{name}", value))
    if parts.scheme not in ("http", "https") or parts.netloc != base.netloc:
        return None
    path = unquote(parts.path)
    if not (path + "/").startswith(base.path + "/"):
        return "../" + path, ""  # outside the base path: nothing there is ours
    return path[len(base.path) :].lstrip("/"), unquote(parts.fragment)
