"""Puts pictures into an article's own folder. A lone file becomes a bundle, and its relative links are rewritten."""

from __future__ import annotations

import os
import posixpath
import re
from urllib.parse import unquote

from mujaz.arabic.slugs import slug
from mujaz.content.named_files import Follow, put, renamed, rewritten
from mujaz.content.rewriting import NoEdit
from mujaz.desk.document import parse
from mujaz.desk.files import Files, Refused, mark_of
from mujaz.messages.message import say
from mujaz.model.names import device_trouble
from mujaz.model.normal_forms import normalized

LARGEST = 30_000_000  # bytes of a picture that is sent
ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".gif")
FORMATS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "GIF": ".gif"}
ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/|#")


def bundled(files: Files, name: str) -> tuple[str, dict[str, str]]:
    """Make a bundle of the article: a lone file moves into a folder of its name. Returns its path; and the mark of what
    was moved → the mark of what it became.

    Raises Refused where a path of the article cannot be rewritten, UsageError where the folder is taken,
    Changed where another saved it meanwhile.
    """
    if posixpath.basename(name) == "index.md":
        return name, {}
    new = f"{name[: -len('.md')]}/index.md"
    document = parse(files.read(name))
    raw = moved(files, name, document.raw)
    files.move(name, new, raw, mark_of(document.raw))
    return new, {mark_of(document.raw): mark_of(raw)}


def moved(files: Files, name: str, raw: bytes) -> bytes:
    """The article with its relative paths rewritten for a folder one level deeper."""
    follow = _deeper(files, name)

    def pin(target: str) -> str | None:  # a bare word is an id
        return follow(target) if "/" in target or target.endswith(".md") else None

    try:
        return rewritten(raw, follow, files.content, pin=pin)
    except NoEdit:
        raise Refused(say("desk-mend-text-first"), 409) from None


def _deeper(files: Files, name: str) -> Follow:
    """What gives a path from the folder of the lone file `name` as it is written in its bundle."""

    def follow(target: str) -> str | None:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
        if not target or ELSEWHERE.match(target) or not path.startswith(files.content + "/"):
            return None
        forms = [normalized(form, path + more) for form in ("NFC", "NFD") for more in ("", ".md", "/index.md")]
        return f"../{target}" if any(os.path.lexists(files.root / form) for form in forms) else None

    return follow


def deeper(files: Files, name: str, target: str) -> str:
    """The path of a picture from the folder of the lone file `name`, as it is written in its bundle."""
    return target if _deeper(files, name)(unquote(target)) is None else f"../{target}"


def deeper_text(files: Files, name: str, before: str, after: str) -> tuple[str, str]:
    """A body, cut in two where one writes, with the targets of its links, pictures and HTML rewritten as `deeper` does.

    It is read as a whole: a link in one part may have its address in the other.
    """
    whole = before + after
    edits = renamed(whole, _deeper(files, name))
    first = [edit for edit in edits if edit[0] < len(before)]
    cut = max([len(before), *(end for _, end, _ in first)])
    made = put(whole[:cut], first)
    return made, put(whole, edits)[len(made) :]


def picture_name(sent: str, format: str) -> str:
    """A name for a picture from that of the sent file: letters, digits and hyphens, with the ending of its format."""
    stem = posixpath.splitext(posixpath.basename(sent.replace("\\", "/")))[0]
    name = slug(normalized("NFC", stem)) or "picture"
    return (f"picture-{name}" if device_trouble(name) else name)[:60] + FORMATS[format]


def add_picture(
    files: Files, name: str, sent: str, raw: bytes, format: str, *, bundle: bool = True
) -> tuple[str, str, dict[str, str]]:
    """Put a picture into the article's bundle, or beside a file that can be none. Returns the file's name now, that of
    the picture, and the marks of `bundled`.

    A picture with the same bytes is not written twice; one with the same name gets a number. Raises Refused.
    """
    name, marks = bundled(files, name) if bundle else (name, {})
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
            return name, own, marks
    raise Refused(say("desk-too-large"), 409)


def target_of(source: str, other: str) -> str:
    """The path of another file of the site, relative to the article's folder."""
    return posixpath.relpath(other, posixpath.dirname(source))
