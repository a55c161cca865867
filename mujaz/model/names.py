"""The rules for names that become addresses or point at files: ids, slugs, site paths, pictures, languages.

Each `…_trouble` gives the reason why a name cannot be taken, or None. What a name points at is looked up
elsewhere.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from base64 import b32encode
from collections.abc import Iterator
from hashlib import blake2s
from urllib.parse import unquote

from mujaz.messages.message import Message, say
from mujaz.model.normal_forms import normalized

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
LAYOUT = re.compile(r"[a-z][a-z0-9_-]{0,63}")
# The shape of BCP 47, without private use. The feeds of a language lie in a folder of its name, which no device can be.
LANGUAGE = re.compile(
    r"(?!(?:[Cc][Oo][Nn]|[Pp][Rr][Nn]|[Aa][Uu][Xx]|[Nn][Uu][Ll])$)[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}"
)
ID_LETTERS = 10

SLUG_BYTES = 180
PATH_BYTES = 1_000
# Windows opens a device for these, with any ending (Microsoft, "Naming Files, Paths, and Namespaces").
DEVICES = frozenset(["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "123456789¹²³")])
# Files that stand beside the articles of a day.
TAKEN = frozenset(("index.html", "email.html", "email.txt"))

# Files of a site by which hosts are told what to do: Cloudflare Pages, Netlify, Vercel, GitHub Pages, IIS, Azure, PHP.
HOST_FILES = frozenset(
    "_worker.js _routes.json _headers _redirects wrangler.toml wrangler.json wrangler.jsonc netlify.toml vercel.json"
    " now.json package.json cname web.config staticwebapp.config.json php.ini".split()
)

SEGMENT = re.compile(r"[^\x00-\x1f\x7f\\:*?\"<>|]+")

PICTURES = frozenset(("jpg", "jpeg", "png", "webp", "gif", "avif"))
FILMS = {"mp4": "video/mp4", "webm": "video/webm"}  # ending → MIME type
SOUNDS = {"mp3": "audio/mpeg", "m4a": "audio/mp4"}
RECORDINGS = FILMS | SOUNDS
CAPTIONS = "vtt"
POSTERS = ("jpg", "jpeg", "png", "webp")


def language_code(written: str) -> str:
    """A code in the letters that BCP 47 advises, `en-GB` and `zh-Hant`: those that differ in case alone are one."""
    language, *parts = written.split("-")
    cased = {2: str.upper, 4: str.title}
    return "-".join([language.lower(), *(cased.get(len(part), str.lower)(part) for part in parts)])


def below_content(path: str, content: str) -> str:
    """What names an article for ever: its path below the content folder, without `.md` or `/index.md`, in NFC."""
    name = normalized("NFC", path.removeprefix(content + "/")).removesuffix(".md")
    return name.removesuffix("/index")


def default_id(name: str) -> str:
    """Ten base32 letters of BLAKE2s of `name`, as `below_content` gives it."""
    return b32encode(blake2s(name.encode()).digest()).decode("ascii")[:ID_LETTERS].lower()


def meant_by(target: str, source: str, content: str) -> Iterator[str]:
    """The paths that `target`, written in the file `source`, may mean; the first that is there counts.

    It is looked for beside the file, then below the content folder.
    """
    for start in (posixpath.dirname(source), content):
        path = posixpath.normpath(posixpath.join(start, target))
        if path.startswith(content + "/"):
            yield from files_named(path)


def files_named(path: str) -> tuple[str, ...]:
    """The files that `path` may name; one that became a bundle is found by its old name too."""
    return (path, path + ".md", path + "/index.md", path.removesuffix(".md") + "/index.md")


def without_index(path: str) -> str:
    """The address that the file `path` of the output answers: `a/` for `a/index.html`; `my-index.html` is itself."""
    return path.removesuffix("index.html") if posixpath.basename(path) == "index.html" else path


def ending_of(path: str) -> str:
    """The ending of a path in small letters, without its dot: `jpg`."""
    return path.rpartition(".")[2].lower()


def path_of(target: str) -> str:
    """A link without its query and its fragment."""
    return target.partition("#")[0].partition("?")[0]


def ending_of_address(address: str) -> str:
    """The ending of the path of an address, as `ending_of`."""
    return ending_of(path_of(address))


def small_ending(path: str) -> str:
    """The path with its ending in small letters and in NFC, as the names of recordings are compared."""
    stem, ending = posixpath.splitext(normalized("NFC", path))
    return stem + ending.lower()


def brought_by(path: str) -> tuple[str, ...]:
    """The recordings, any of which brings the file `path` with it: as its poster, or as its captions.

    They are named as `small_ending` gives it.
    """
    stem, _, ending = small_ending(path).rpartition(".")
    if ending in POSTERS:
        return tuple(f"{stem}.{film}" for film in FILMS)
    if ending != "vtt":
        return ()
    shorter, dot, language = stem.rpartition(".")
    stems = (stem, shorter) if dot and LANGUAGE.fullmatch(language) else (stem,)
    return tuple(f"{name}.{recording}" for name in stems for recording in RECORDINGS)


def slug_trouble(slug: str) -> Message | None:
    """Why `slug` cannot be a segment of an address."""
    odd = next((c for c in slug if c not in "-_." and unicodedata.category(c)[0] not in "LNM"), "")
    if odd:
        shown = say("a-space") if odd.isspace() else say("a-character", text=odd)
        return say("slug-holds", what=shown)
    if slug.startswith(".") or slug.endswith(".") or ".." in slug:
        return say("dots-wrong")
    if len(slug.encode()) > SLUG_BYTES:
        return say("too-many-bytes", n=len(slug.encode()), most=SLUG_BYTES)
    if slug.lower() in TAKEN:
        return say("name-of-edition-file")
    return device_trouble(slug)


def device_trouble(segment: str) -> Message | None:
    return say("reserved-on-windows") if segment.split(".")[0].strip().lower() in DEVICES else None


def file_name_trouble(name: str) -> Message | None:
    """Why Windows or macOS can have no file `name`."""
    odd = next((c for c in name if c in '\\:*?"<>|' or ord(c) < 0x20 or ord(c) == 0x7F), "")
    if odd:
        return say("holds-character-of-windows", text=odd)
    if name.endswith((".", " ")):
        return say("ends-in-dot-or-space")
    return device_trouble(name)


def site_path(written: str) -> str:
    """A site path as files are named: percent signs decoded, in NFC."""
    return normalized("NFC", unquote(written, errors="strict") if "%" in written else written)


def site_path_trouble(written: str) -> Message | None:
    """Why `written` is no path of this site, like `/2019/old-address/`."""
    if not written.startswith("/") or written.startswith("//"):
        return say("no-single-slash")
    if "?" in written or "#" in written:
        return say("path-holds-query")
    try:
        path = site_path(written)
    except UnicodeDecodeError:
        return say("percent-not-utf8")
    odd = next((c for c in path if c == "\\" or unicodedata.category(c)[0] == "C"), "")
    if odd:
        return say("holds-character", text=odd)
    segments = path.removeprefix("/").removesuffix("/").split("/")
    if path == "/" or ".." in segments or "." in segments or "" in segments:
        return say("home-or-empty-segment")
    if any(segment.startswith(".") for segment in segments):
        return say("holds-hidden-name")
    if obeyed := next((segment for segment in segments if segment.casefold() in HOST_FILES), ""):
        return say("file-of-a-host", name=obeyed)
    if len(path.encode()) > PATH_BYTES or max(len(segment.encode()) for segment in segments) > SLUG_BYTES:
        return say("segment-too-long", n=SLUG_BYTES)
    return next((trouble for segment in segments if (trouble := file_name_trouble(segment))), None)


def picture_trouble(src: str, path: str, content: str) -> Message | None:
    """Why `src`, written in the file `path`, is no picture of this site."""
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", src):
        return say("picture-elsewhere")
    if src.startswith("/") or "\\" in src:
        return say("picture-path-not-relative")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(src)))
    if not target.startswith(content + "/"):
        return say("leaves-content", folder=content)
    ending = posixpath.splitext(target)[1].removeprefix(".").lower()
    if ending == "svg":
        return say("is-svg")
    if ending in ("heic", "heif"):
        return say("picture-is-heic")
    if ending not in PICTURES:
        return say("no-picture-kind", kinds=tuple(sorted(PICTURES)))
    return None
