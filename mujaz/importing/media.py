"""Finds the files of an old site by the addresses in its texts, and names them for the new site."""

from __future__ import annotations

import base64
import binascii
import html
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from mujaz.importing import addresses
from mujaz.importing.incoming import Incoming
from mujaz.model.names import PICTURES, device_trouble, path_of
from mujaz.model.normal_forms import normalized

Find = Callable[[Incoming, str], Path | None]

LARGEST = 200_000_000  # bytes of a file, as in a build
# WordPress: a generated size, a large picture that was scaled down. What was edited there (`-e1612345678901`) is
# another picture: its editor may have cut somebody out.
SIZED = re.compile(r"(?:-[0-9]{1,5}x[0-9]{1,5}|-scaled)(?=\.[A-Za-z0-9]{1,5}$)")
# The path within a copy of the uploads begins after these.
STORES = ("/wp-content/uploads/", "/uploads/", "/content/images/", "/content/media/", "/content/files/")
GHOST_SIZE = re.compile(r"^size/w[0-9]{1,5}/(?:format/[a-z0-9]{1,9}/)?")
BLOG_HOSTS = re.compile(r"(?:[a-z0-9-]+\.)?files\.wordpress\.com")
PROXY = re.compile(r"i[0-3]\.wp\.com")
DATA = re.compile(r"data:image/(?P<kind>[a-z+.-]{1,20})(?P<rest>[^,]{0,200}),(?P<data>.*)", re.S | re.I)
# What may be the address of a file in HTML.
_ADDRESS = re.compile(r"(?:src|href|poster|data-[a-z-]{1,30})\s{0,9}=\s{0,9}[\"']?([^\"'\s<>]{1,2000})", re.I)
# The size that a host makes of a picture, in its path: `s320` and `w640-h480` of Blogger.
HOST_SIZE = re.compile(r"/(?:[swh][0-9]{1,5}(?:-[a-z0-9-]{1,60})?|[0-9]{1,5}x[0-9]{1,5})(?=/)")
PELICAN = re.compile(r"^(?:\{(?:static|filename|attach|photo)\}|\|filename\|)")


def uploads(folder: Path | None, by_name: Mapping[str, Path] | None = None, uploaded: Iterable[str] = ()) -> Find:
    """A function that finds a file in a copy of the uploads; else by its base name alone in `by_name`.

    `uploaded` are the addresses of files that an editor put there: none of them is a size of another, whatever its
    name.
    """
    whole = {path for address in uploaded if "-scaled." not in address for path in _stored(address)}

    def find(_: Incoming, src: str) -> Path | None:
        if folder is None:
            return None
        found = _at_path(folder, src, whole) or (by_name or {}).get(_last_name(src))
        return inside(folder, found) if found else None

    return find


def named(folder: Path, stories: Iterable[Incoming]) -> tuple[dict[str, Path], list[str]]:
    """The files of a folder by their base names; and the names by which none is known, as the stories have several
    files of that name, or the folder has. Blogger calls most pictures `image.png`.
    """
    files: dict[str, list[Path]] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        files.setdefault(normalized("NFC", path.name), []).append(path)
    asked: dict[str, set[str]] = {}
    for story in stories:
        for src in (story.image, *map(html.unescape, _ADDRESS.findall(story.body))):
            if (name := _last_name(src)) in files and not _at_path(folder, src):
                asked.setdefault(name, set()).add(HOST_SIZE.sub("", next(_stored(src))))
    shared = [name for name, meant in asked.items() if len(meant) > 1 or len(files[name]) > 1]
    return {name: paths[0] for name, paths in files.items() if name not in shared}, shared


def _at_path(folder: Path, src: str, whole: Set[str] = frozenset()) -> Path | None:
    return next(filter(None, (_existing(folder, path, sized=path not in whole) for path in _stored(src))), None)


def _last_name(src: str) -> str:
    return normalized("NFC", next(_stored(src), "").rpartition("/")[2])


def _stored(src: str) -> Iterator[str]:
    """Paths below the folder where the file may be, the likeliest first."""
    try:
        parts = urlsplit(src)
        path = unquote(parts.path, errors="strict")
    except (ValueError, UnicodeDecodeError):
        return
    host = (parts.hostname or "").lower()
    if PROXY.fullmatch(host):
        path = "/" + path.lstrip("/").partition("/")[2]
        if BLOG_HOSTS.fullmatch(unquote(parts.path).lstrip("/").partition("/")[0]):
            host = "files.wordpress.com"
    for store in STORES:
        _, found, rest = path.partition(store)
        if found:
            yield GHOST_SIZE.sub("", rest)
            yield (store + rest).lstrip("/")
    yield path.lstrip("/")


def in_site(folder: Path, home: str = "") -> Find:
    """A function that finds a file of a static site: beside the article, or in the system's folders of files. `home` is
    the address of the site, or the folder in which it lives.
    """
    host, base = addresses.host_of(home), addresses.path_of(home).rstrip("/")

    def find(story: Incoming, src: str) -> Path | None:
        name = path_of(PELICAN.sub("", src))
        try:
            name = unquote(name, errors="strict")
        except UnicodeDecodeError:
            return None
        if host and addresses.host_of(name) == host:
            name = urlsplit(name).path
        if re.match(r"[a-z]+:|//", name):
            return None
        name = name[len(base) :] if name.startswith(f"{base}/") else name
        beside = (folder / story.names[0].lstrip("/")).parent if story.names else folder
        shared = (folder, folder / "static", folder / "assets", folder / "content", folder / "source")
        starts = shared if name.startswith("/") else (beside, *shared)
        found = (_existing(start, name.lstrip("/"), folder, sized=False) for start in starts)
        return next(filter(None, found), None)

    return find


def _existing(start: Path, path: str, bound: Path | None = None, *, sized: bool) -> Path | None:
    """The file, under any Unicode form of its name; None where there is none. Where WordPress `sized` it, the largest
    comes first. Elsewhere `anna-300x300.jpg` may be cut out of `anna.jpg`, or show somebody else.
    """
    full = SIZED.sub("", path)
    stem, dot, ending = full.rpartition(".")
    largest = [full, f"{stem}-scaled{dot}{ending}"]
    names = [*largest, path] if sized and full != path else [path, *largest]
    for name in names:
        for form in dict.fromkeys((name, *(normalized(form, name) for form in ("NFC", "NFD")))):
            if found := inside(bound or start, start / form):
                return found
    return None


def inside(folder: Path, path: Path) -> Path | None:
    """The real path of the file `path`, if it is in `folder` after links are followed, and not too large; else None."""
    try:
        real = Path(os.path.realpath(path))
        good = real.is_file() and real.is_relative_to(os.path.realpath(folder)) and real.stat().st_size <= LARGEST
        return real if good else None
    except (OSError, ValueError):  # a name that is too long or holds a zero byte
        return None


def written_in(src: str) -> tuple[str, bytes] | None:
    """Ending and bytes of a picture in a `data:` address; None for any other."""
    found = DATA.fullmatch(src)
    ending = {"jpeg": "jpg", "pjpeg": "jpg"}.get(found["kind"].lower(), found["kind"].lower()) if found else ""
    if not found or ending not in PICTURES:
        return None
    try:
        if ";base64" in found["rest"].lower():
            return ending, base64.b64decode(re.sub(r"\s+", "", unquote(found["data"])), validate=True)
        return ending, unquote_to_bytes(found["data"])
    except (binascii.Error, ValueError):
        return None


def name_for(written: str, taken: Iterable[str]) -> str:
    """A name for a file beside its article: in NFC, valid on every system, and not in `taken`."""
    name = normalized("NFC", written)
    name = (
        re.sub(r"[\x00-\x1f\x7f<>:\"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]", "-", name).lstrip(". -") or "file"
    )
    if device_trouble(name):
        name = f"x-{name}"
    stem, dot, ending = name.rpartition(".")
    others = {other.casefold() for other in taken} | {"index.md"}
    number, found = 1, name
    while found.casefold() in others:
        number += 1
        found = f"{stem}-{number}{dot}{ending}"
    return found
