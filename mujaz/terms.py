"""What of an article its relations are judged by: counted stems, and the shingles that betray a near-duplicate.

This is the part of `mujaz.related` that depends on one article alone, so it is read by the workers and kept in the
cache. It imports no numpy. Both kinds of fact are kept as hashes in `bytes`: 3 kB an article instead of 50.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from struct import unpack_from
from sys import byteorder
from zlib import crc32

from mujaz.arabic import folded_words, stems

TITLE_WEIGHT = 3  # the title is counted this many more times: nDCG@5 .841 instead of .832
BODY_WORDS = 400  # a news text says what it is about at its beginning
SHINGLE_WORDS = 4  # words of a shingle: shorter ones are idioms, longer ones miss a story that was edited lightly
MOST = 255  # the greatest count kept, a byte; 1 + ln(tf) hardly moves there


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What `mujaz.related` needs of one article. Hashes are CRC-32 of UTF-8, little-endian, ascending, unique.

    Among the 100,000 stems of a large site one pair is expected to collide; it lends two rare words one rarity.
    """

    terms: bytes = b""  # four bytes for each different stem
    counts: bytes = b""  # one byte for each of them: how often it was counted, 255 at most
    shingles: bytes = b""  # four bytes for each different shingle


def term_counts(title: str, text: str, tags: Iterable[str] = ()) -> dict[str, int]:
    """How often each stem stands in the first 400 words of `text`, the title (1 + 3 times) and the tags (once)."""
    return _counts(folded_words(title), folded_words(text), tags)


def shingles(title: str, text: str) -> set[int]:
    """Hashes of every four words on end among the first 400 folded words of title and text."""
    return _shingles(folded_words(title) + folded_words(text))


def read_terms(title: str, summary: str, text: str, tags: Iterable[str]) -> Terms:
    """The terms of one article, all arguments plain text. A summary that `text` does not open with is put before it."""
    title_words, body_words = folded_words(title), folded_words(text)
    told = body_words if text.startswith(summary.rstrip("… ")) else folded_words(summary) + body_words
    counted = _counts(title_words, told, tags)
    counts = dict(zip(_hashes(list(counted)), counted.values(), strict=True))
    ascending = sorted(counts)
    return Terms(
        terms=_packed(ascending),
        counts=bytes([count if count < MOST else MOST for count in map(counts.__getitem__, ascending)]),
        shingles=_packed(sorted(_shingles(title_words + body_words))),
    )


def _counts(title: list[str], body: list[str], tags: Iterable[str]) -> dict[str, int]:
    body = body[:BODY_WORDS]
    found = stems([*body, *title, *(word for tag in tags for word in folded_words(tag))])
    counts = Counter(found[: len(body)])
    for term in found[len(body) : len(body) + len(title)]:
        counts[term] += 1 + TITLE_WEIGHT
    counts.update(found[len(body) + len(title) :])
    del counts[""]  # what a lone tatweel folds to
    return counts


def _shingles(read: list[str]) -> set[int]:
    hashes = _packed(_hashes(read[:BODY_WORDS]))
    found: set[int] = set()
    size = 4 * SHINGLE_WORDS
    for start in range(0, min(size, len(hashes) - size + 1), 4):
        # All shingles that begin `start` bytes after the end of another, cut at once.
        found.update(map(crc32, unpack_from(f"{size}s" * ((len(hashes) - start) // size), hashes, start)))
    return found


def _hashes(texts: list[str]) -> Iterable[int]:
    """The hash of each of `texts`, which hold no blank; encoded all at once."""
    return map(crc32, " ".join(texts).encode().split(b" ")) if texts else ()


def _packed(hashes: Iterable[int]) -> bytes:
    packed = array("I", hashes)
    if byteorder == "big":
        packed.byteswap()
    return packed.tobytes()
