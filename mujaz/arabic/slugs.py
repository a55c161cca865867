"""Slugs and keys of names: segments of URLs, and when two names are the same."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b

from mujaz.arabic.normalize import FORMAT, search_fold, tokens
from mujaz.model.names import DEVICES, without_index
from mujaz.model.normal_forms import normalized

# Invisible characters that are not Cf: the grapheme joiner, Hangul fillers, variation selectors, tag characters.
_UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff"
_INVISIBLE = re.compile(f"[{FORMAT}{_UNSEEN}]+")
_NOT_IN_SLUG = re.compile(f"[\u0640{FORMAT}{_UNSEEN}]+")
SLUG_WORDS = 6  # six words of a headline are 199 characters percent-encoded, all of them 367
SLUG_BYTES = 180  # a file name may have 255 bytes, and programs append endings
_SLUG_RUN = re.compile(r"[^\W_]+")
# Dashes, quotes and blanks: variants of writing that do not distinguish names.
_DASHES = "\\-_\u00ad\u058a\u05be\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
_QUOTES = "\"'`\u00ab\u00b4\u00bb\u02bc\u2018-\u201f\u2032-\u2037\u2039\u203a\uff02\uff07"
_IN_WRITING_ALONE = re.compile(f"[\\s\u0640{_DASHES}{_QUOTES}]+")
_SHARP = re.compile(r"(?<=[^\W_])#")  # C#
_SIGNS = re.compile(r"[^\w\s]|_")


def slug(title: str) -> str:
    """The default last segment of an article's address; empty if `title` has no letter or digit.

    NFC, lower case; tashkeel (Mn), tatweel and format characters dropped; runs of letters and digits joined by `-`,
    the first six, at most 180 bytes of UTF-8, cut at a character.
    """
    text = normalized("NFC", title).lower()
    text = "".join(c for c in _NOT_IN_SLUG.sub("", text) if c.isascii() or unicodedata.category(c) != "Mn")
    runs = _SLUG_RUN.findall(normalized("NFC", text))
    return _cut("-".join(runs[:SLUG_WORDS]), SLUG_BYTES)


@lru_cache(maxsize=1 << 16)
def slug_of(name: str) -> str:
    """The address segment of a tag, an author or a series; empty if nothing of `name` remains.

    Unlike in `slug`, marks stay (قُدس is not قدس), `+` and `#` stay (C++ and C# are not C), all words stay, and a
    segment that is too long is cut and ends in a digest of the whole. Names that differ in other signs may get the same
    segment; `slugs_apart` makes them differ.
    """
    plain = _SHARP.sub(" sharp ", address_key(name).replace("\u0640", ""))
    whole = "-".join("".join(c if _stays(c) else " " for c in plain).split())
    if not _SLUG_RUN.search(whole):
        return ""
    if whole in DEVICES:
        return f"{whole}_"  # else Windows could not create the folder
    if len(whole.encode()) <= SLUG_BYTES:
        return whole
    tail = blake2b(whole.encode(), digest_size=5).hexdigest()
    return f"{_cut(whole, SLUG_BYTES - len(tail) - 1)}-{tail}"


def slugs_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Name key → segment, all different; `names` maps a key to a spelling.

    Where several names have the same segment, the name with the fewest signs gets it; the others end in a digest.
    """
    wanted: defaultdict[str, list[str]] = defaultdict(list)
    for key, name in names.items():
        wanted[slug_of(name)].append(key)
    found: dict[str, str] = {}
    for segment, keys in wanted.items():
        first, *others = sorted(keys, key=lambda key: (len(_SIGNS.findall(key)), key))
        found[first] = segment
        found |= {key: segment and slug_apart(segment, key) for key in others}
    return found


def slug_apart(segment: str, key: str) -> str:
    """The segment of the name with this key where another name has `segment`."""
    tail = blake2b(key.encode(), digest_size=5).hexdigest()
    return f"{_cut(segment, SLUG_BYTES - len(tail) - 1)}-{tail}"


def _stays(character: str) -> bool:
    return character.isalnum() or character == "+" or unicodedata.category(character).startswith("M")


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore").rstrip("-")


def address_key(text: str) -> str:
    """A key that is equal for the same address or tag: NFC, case folded, without invisible characters."""
    if _UNMARKED.fullmatch(text):
        return text.casefold()
    return normalized("NFC", normalized("NFD", _INVISIBLE.sub("", text)).casefold())


def path_key(path: str) -> str:
    """A key that is equal for paths that one file of the output serves."""
    return address_key(without_index(path.strip("/")).strip("/"))


# Nearly all addresses consist of these, which no normal form changes unless a mark follows.
_UNMARKED = re.compile(r"[\x00-\x7f\u0621-\u063a\u0641-\u064a\u0660-\u0669]*")


@lru_cache(maxsize=1 << 16)
def name_key(name: str) -> str:
    """A key that is equal for the same tag, author or series: `address_key` without blanks, dashes, quotes and tatweel.

    «دبي - وكالات» and «دبي – وكالات» are the same, and so are أبو ظبي and أبوظبي. Cached: few names, each used often.
    """
    return _IN_WRITING_ALONE.sub("", address_key(name))


def nearly_key(text: str) -> str:
    """A key that is equal where `loose_key` is, and for names that differ in the article: الانتخابات and انتخابات."""
    words = re.split(r"[\s_-]+", text.strip())
    return loose_key(" ".join(word.removeprefix("ال") if len(word) > 4 else word for word in words))


def loose_key(text: str) -> str:
    """A key that is equal for tags that may be the same: أمريكا and امريكا, سياسة and سياسه, كوفيد-19 and كوفيد ١٩."""
    key = name_key(text)
    return "".join([*tokens(search_fold(key)), *(sign for sign in key if sign in "+#")])
