"""What stands for a paper: its logo and its icon, files below layouts/static/."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

from mujaz.frozen import Value
from mujaz.messages.message import Message, say
from mujaz.model.fingerprint import file_digest
from mujaz.model.settings import Look

APPLE = "apple-touch-icon.png"
# In the output → pixels; 0: an SVG. What browsers, phones and social sites ask for.
ICONS = {"favicon.svg": 0, "favicon.png": 96, APPLE: 180, "icon-192.png": 192, "icon-512.png": 512}
LEAST = 512  # pixels of a picture that icons are made from
PNG = b"\x89PNG\r\n\x1a\n"
LARGEST = 1_000_000  # units of an SVG's side; the number may come from anybody's program
SVG = "{http://www.w3.org/2000/svg}svg"  # a browser shows no picture where a file lacks its name space
VIEW_BOX = re.compile(rb"\bviewBox\s*=\s*[\"']\s*[-\d.eE+]+[\s,]+[-\d.eE+]+[\s,]+([\d.eE+]+)[\s,]+([\d.eE+]+)")
SIDES = tuple(
    re.compile(rb"<svg\b[^<>]*?\b%s\s*=\s*[\"']\s*([\d.]+)(?:px)?\s*[\"']" % name) for name in (b"width", b"height")
)


class FileMark(Value):
    """A picture: its name below layouts/static/, its digest, its size in pixels or in units of its own."""

    name: str
    digest: str
    width: int
    height: int


class Brand(Value):
    logo: FileMark | None = None
    logo_dark: FileMark | None = None
    icon: FileMark | None = None
    icon_name: str = "favicon.svg"  # of the output: what a browser shows in its tab


def brand_of(look: Look, files: Mapping[str, Path]) -> tuple[Brand, tuple[tuple[str, Message], ...]]:
    """The logo and the icon that `look` names among `files` of the layouts; and (key, what is wrong with its file)."""
    found: dict[str, FileMark | None] = {}
    troubles: list[tuple[str, Message]] = []
    for key, name in (("logo", look.logo), ("logo_dark", look.logo_dark), ("icon", look.icon)):
        path = files.get("static/" + name) if name else None
        found[key] = None
        if path is None:
            troubles += [(key, say("look-file-missing", key=f"look.{key}", path=name))] if name else []
            continue
        raw = path.read_bytes()
        size = _size(raw)
        if size is None or (key != "icon" and raw.startswith(PNG) and not _is_whole(raw)):  # an icon is decoded later
            troubles.append((key, say("look-file-unreadable", key=f"look.{key}", path=name)))
        elif key == "icon" and (size[0] != size[1] or size[0] < LEAST):
            troubles.append((key, say("icon-not-square", path=name, width=size[0], height=size[1], least=LEAST)))
        else:
            found[key] = FileMark(name=name, digest=file_digest(raw), width=size[0], height=size[1])
    drawn = found["icon"] is None or "static/favicon.svg" in files
    name = "favicon.svg" if drawn else "favicon.png"
    return Brand(logo=found["logo"], logo_dark=found["logo_dark"], icon=found["icon"], icon_name=name), tuple(troubles)


def _size(raw: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or an SVG; None where they cannot be told, or where a browser would show nothing."""
    if raw.startswith(PNG):
        width, height = struct.unpack(">II", raw[16:24].ljust(8, b"\0"))
        return (width, height) if width and height else None
    try:
        if ElementTree.fromstring(raw).tag != SVG:
            return None
    except (ElementTree.ParseError, ValueError, LookupError, RecursionError):  # also an encoding that is not known
        return None
    if found := VIEW_BOX.search(raw):
        sides = [_side(found[1]), _side(found[2])]
    else:
        sides = [_side(found[1]) for side in SIDES if (found := side.search(raw))]
    if len(sides) != 2 or b"<svg" not in raw or min(sides) <= 0:
        return None
    return max(1, round(sides[0])), max(1, round(sides[1]))


def _is_whole(raw: bytes) -> bool:
    """Whether each chunk of a PNG is there with its check sum, up to its last."""
    at, name = len(PNG), b""
    while at + 12 <= len(raw) and name != b"IEND":
        length = int.from_bytes(raw[at : at + 4])
        name, end = raw[at + 4 : at + 8], at + 8 + length
        if zlib.crc32(raw[at + 4 : end]) != int.from_bytes(raw[end : end + 4]):
            return False
        at = end + 4
    return name == b"IEND"


def _side(written: bytes) -> float:
    """The number; 0 where it is none, or larger than `LARGEST`."""
    try:
        number = float(written)
    except ValueError:
        return 0.0
    return number if number <= LARGEST else 0.0
