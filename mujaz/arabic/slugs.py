"""Slugs and keys of names: what stands in a URL, and when two names are one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b

from mujaz.arabic.normalize import FORMAT, search_fold, tokens

# Invisible without being Cf: the grapheme joiner, Hangul fillers, variation selectors; then the tag characters.
_UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff"
_INVISIBLE = re.compile(f"[{FORMAT}{_UNSEEN}]+")
_NOT_IN_SLUG = re.compile(f"[\u0640{FORMAT}{_UNSEEN}]+")
SLUG_WORDS = 6  # six words of a headline are 199 characters percent-encoded, all of them 367
SLUG_BYTES = 180  # a file name may have 255 bytes, and others put endings behind it
_SLUG_RUN = re.compile(r"[^\W_]+")


def slug(title: str) -> str:
    """The default last segment of an article's address; empty if `title` has no letter or digit.

    NFC, lower case; tashkeel (Mn), tatweel and format characters dropped; runs of letters and digits joined by `-`,
    the first six, at most 180 bytes of UTF-8, cut at a character.
    """
    text = unicodedata.normalize("NFC", title).lower()
    text = "".join(c for c in _NOT_IN_SLUG.sub("", text) if c.isascii() or unicodedata.category(c) != "Mn")
    runs = _SLUG_RUN.findall(unicodedata.normalize("NFC", text))
    return _cut("-".join(runs[:SLUG_WORDS]), SLUG_BYTES)


def slug_of(name: str) -> str:
    """The address segment of a tag, an author or a series; empty if nothing of `name` remains.

    Names equal by `address_key` get one segment. Others keep apart as far as an address can carry it: unlike in
    `slug`, marks stay (قُدس is not قدس), tatweel and `+` stay (C++ is not C), all words stay, and a segment that must
    be cut ends in a digest of the whole.
    """
    whole = "-".join("".join(c if _stays(c) else " " for c in address_key(name)).split())
    if not _SLUG_RUN.search(whole):
        return ""
    if len(whole.encode()) <= SLUG_BYTES:
        return whole
    tail = blake2b(whole.encode(), digest_size=5).hexdigest()
    return f"{_cut(whole, SLUG_BYTES - len(tail) - 1)}-{tail}"


def _stays(character: str) -> bool:
    return character.isalnum() or character == "+" or unicodedata.category(character).startswith("M")


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore").rstrip("-")


def address_key(text: str) -> str:
    """Equal for addresses, and for tags, that are one: NFC, case folded, invisible characters removed."""
    if _UNMARKED.fullmatch(text):
        return text.casefold()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", _INVISIBLE.sub("", text)).casefold())


# Nearly all addresses are of these, which no normal form changes where no mark follows them.
_UNMARKED = re.compile(r"[\x00-\x7f\u0621-\u063a\u0641-\u064a\u0660-\u0669]*")


@lru_cache(maxsize=1 << 16)
def name_key(name: str) -> str:
    """The address key of a tag, an author or a series: few names, each met many times."""
    return address_key(name)


def loose_key(text: str) -> str:
    """Equal for tags that may be meant as one: أمريكا and امريكا, سياسة and سياسه, كوفيد-19 and كوفيد ١٩."""
    return " ".join(tokens(search_fold(address_key(text))))
