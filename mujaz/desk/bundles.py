"""Puts pictures into an article's own folder. A lone file becomes a bundle, and its relative links are rewritten."""

from __future__ import annotations

import html
import os
import posixpath
import re
import unicodedata
from typing import Any
from urllib.parse import unquote

from mujaz.arabic.slugs import slug
from mujaz.content.moving import TARGET
from mujaz.desk.document import changed, parse, values
from mujaz.desk.files import Files, Refused, mark_of
from mujaz.messages.message import say
from mujaz.model.names import device_trouble
from mujaz.yaml_values.edit import NoEdit

LARGEST = 30_000_000  # bytes of a picture that is sent
ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".gif")
FORMATS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "GIF": ".gif"}
ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/|#")


def bundled(files: Files, name: str) -> str:
    """Make a bundle of the article and return its path; a lone file moves into a folder of its name.

    Raises Refused where a path of the article cannot be rewritten, UsageError where the folder is taken,
    Changed where another saved it meanwhile.
    """
    if posixpath.basename(name) == "index.md":
        return name
    new = f"{name[: -len('.md')]}/index.md"
    document = parse(files.read(name))
    files.move(name, new, _moved(files, name, document.raw), mark_of(document.raw))
    return new


def _moved(files: Files, name: str, raw: bytes) -> bytes:
    """The article with its relative paths rewritten for a folder one level deeper."""
    document = parse(raw)
    body = deeper_text(files, name, document.body)
    found = values(document) or {}
    keys: dict[str, Any] = {}
    picture = found.get("image")
    src = picture.get("src") if isinstance(picture, dict) else None
    if isinstance(picture, dict) and isinstance(src, str) and deeper(files, name, src) != src:
        keys["image"] = picture | {"src": deeper(files, name, src)}
    for key in ("related", "unrelated"):
        pins = found.get(key)
        if isinstance(pins, list) and all(isinstance(pin, str) for pin in pins):
            moved = [deeper(files, name, pin) if "/" in pin or pin.endswith(".md") else pin for pin in pins]
            keys |= {key: moved} if moved != pins else {}
    try:
        return changed(document, keys, body if body != document.body else None)
    except NoEdit:
        raise Refused(say("desk-mend-text-first"), 409) from None


def deeper(files: Files, name: str, target: str) -> str:
    """A path relative to the folder of the lone file `name`, from the folder of its bundle."""
    return f"../{target}" if _is_beside(files, name, target) else target


def deeper_text(files: Files, name: str, body: str) -> str:
    """`body` with the targets of its links, pictures and HTML rewritten as `deeper` does."""

    def rewritten(match: re.Match[str]) -> str:
        start, end = (at - match.start() for at in match.span(match.lastgroup or 0))
        return match[0][:start] + deeper(files, name, match[0][start:end]) + match[0][end:]

    return TARGET.sub(rewritten, body)


def _is_beside(files: Files, name: str, target: str) -> bool:
    """Whether a reference is relative to the article's folder."""
    if ELSEWHERE.match(target):
        return False
    file = unquote(html.unescape(target).partition("#")[0])
    path = posixpath.normpath(posixpath.join(posixpath.dirname(name), file))
    return (
        bool(file)
        and path.startswith(files.content + "/")
        and any(os.path.lexists(files.root / (path + more)) for more in ("", ".md", "/index.md"))
    )


def picture_name(sent: str, format: str) -> str:
    """A name for a picture from that of the sent file: letters, digits and hyphens, with the ending of its format."""
    stem = posixpath.splitext(posixpath.basename(sent.replace("\\", "/")))[0]
    name = slug(unicodedata.normalize("NFC", stem)) or "picture"
    return (f"picture-{name}" if device_trouble(name) else name)[:60] + FORMATS[format]


def add_picture(files: Files, name: str, sent: str, raw: bytes, format: str, *, bundle: bool = True) -> tuple[str, str]:
    """Put a picture into the article's bundle, or beside a file that can be none. Returns the file's name now, and
    that of the picture.

    A picture with the same bytes is not written twice; one with the same name gets a number. Raises Refused.
    """
    name = bundled(files, name) if bundle else name
    folder = posixpath.dirname(name)
    wanted = picture_name(sent, format)
    stem, ending = posixpath.splitext(wanted)
    for number in range(1, 1000):
        own = wanted if number == 1 else f"{stem}-{number}{ending}"
        there = files.holds(f"{folder}/{own}", raw, ENDINGS)
        if there is None:
            files.create(f"{folder}/{own}", raw, ENDINGS)
            there = True
        if there:
            return name, own
    raise Refused(say("desk-too-large"), 409)


def target_of(source: str, other: str) -> str:
    """The path of another file of the site, relative to the article's folder."""
    return posixpath.relpath(other, posixpath.dirname(source))
