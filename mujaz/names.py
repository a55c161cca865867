"""The rules for names that become addresses or point at files: ids, slugs, site paths, pictures, languages.

Each `…_trouble` gives the reason why a name cannot be taken, or an empty text. What a name points at is looked up
elsewhere.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from base64 import b32encode
from hashlib import blake2s
from urllib.parse import unquote

from mujaz.errors import quoted

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
LAYOUT = re.compile(r"[a-z][a-z0-9_-]{0,63}")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}")  # the shape of BCP 47, without private use
ID_LETTERS = 10

SLUG_BYTES = 180
PATH_BYTES = 1_000
# Windows opens a device for these, with any ending (Microsoft, "Naming Files, Paths, and Namespaces").
DEVICES = frozenset(["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "123456789¹²³")])
# Files that stand beside the articles of a day.
TAKEN = frozenset(("index.html", "email.html", "email.txt"))

PICTURES = frozenset(("jpg", "jpeg", "png", "webp", "gif", "avif"))


def below_content(path: str, content: str) -> str:
    """What names an article for ever: its path below the content folder, without `.md` or `/index.md`, in NFC."""
    name = unicodedata.normalize("NFC", path.removeprefix(content + "/")).removesuffix(".md")
    return name.removesuffix("/index")


def default_id(name: str) -> str:
    """Ten base32 letters of BLAKE2s of `name`, as `below_content` gives it."""
    return b32encode(blake2s(name.encode()).digest()).decode("ascii")[:ID_LETTERS].lower()


def slug_trouble(slug: str) -> str:
    """Why `slug` cannot be a segment of an address."""
    odd = next((c for c in slug if c not in "-_." and unicodedata.category(c)[0] not in "LNM"), "")
    if odd:
        return f"holds {quoted(odd)}; letters, digits, '-', '_' and '.' may stand in it"
    if slug.startswith(".") or slug.endswith(".") or ".." in slug:
        return "starts or ends with a dot, or holds two in a row"
    if len(slug.encode()) > SLUG_BYTES:
        return f"has {len(slug.encode())} bytes, more than {SLUG_BYTES}"
    if slug.lower() in TAKEN:
        return "is the name of a file of each day's edition"
    return device_trouble(slug)


def device_trouble(segment: str) -> str:
    return "is a reserved name on Windows" if segment.split(".")[0].strip().lower() in DEVICES else ""


def site_path(written: str) -> str:
    """A site path as files are named: percent signs decoded, in NFC."""
    return unicodedata.normalize("NFC", unquote(written, errors="strict") if "%" in written else written)


def site_path_trouble(written: str) -> str:
    """Why `written` is no path of this site, like `/2019/old-address/`."""
    if not written.startswith("/") or written.startswith("//"):
        return "does not start with one '/'"
    if "?" in written or "#" in written:
        return "holds '?' or '#', and a static site answers paths only"
    try:
        path = site_path(written)
    except UnicodeDecodeError:
        return "holds percent signs that are not UTF-8"
    odd = next((c for c in path if c == "\\" or unicodedata.category(c)[0] == "C"), "")
    if odd:
        return f"holds {quoted(odd)}"
    segments = path.removeprefix("/").removesuffix("/").split("/")
    if path == "/" or ".." in segments or "." in segments or "" in segments:
        return "is the home page, or holds an empty segment, '.' or '..'"
    if any(segment.startswith(".") for segment in segments):
        return "holds a hidden name; a web server may take such a file for its own settings"
    if len(path.encode()) > PATH_BYTES or max(len(segment.encode()) for segment in segments) > SLUG_BYTES:
        return f"is too long: a segment has at most {SLUG_BYTES} bytes"
    return next((trouble for segment in segments if (trouble := device_trouble(segment))), "")


def picture_trouble(src: str, path: str, content: str) -> str:
    """Why `src`, written in the file `path`, is no picture of this site."""
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", src):
        return "is on another site; pictures are files of this one"
    if src.startswith("/") or "\\" in src:
        return "is not a relative path with '/'"
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(src)))
    if not target.startswith(content + "/"):
        return f"leaves {content}/"
    ending = posixpath.splitext(target)[1].removeprefix(".").lower()
    if ending == "svg":
        return "is an SVG file, which can carry code"
    if ending not in PICTURES:
        return f"is no picture: it ends in {', '.join(sorted(PICTURES))}"
    return ""
