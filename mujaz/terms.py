"""What of an article its relations are judged by: counted stems, and the shingles that betray a near-duplicate.

This is the part of `mujaz.related` that depends on one article alone, so it is read by the workers and kept in the
cache. It imports no numpy. Both kinds of fact are kept as hashes in `bytes`: 3 kB an article instead of 50.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from sys import byteorder
from zlib import crc32

from mujaz.arabic import fold_word, term_of, terms, words

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
    return _counts(words(title), words(text), tags)


def shingles(title: str, text: str) -> set[int]:
    """Hashes of every four words on end among the first 400 folded words of title and text."""
    return _shingles(words(title) + words(text))


def read_terms(title: str, summary: str, text: str, tags: Iterable[str]) -> Terms:
    """The terms of one article, all arguments plain text. A summary that `text` does not open with is put before it."""
    title_words, body_words = words(title), words(text)
    told = body_words if text.startswith(summary.rstrip("… ")) else words(summary) + body_words
    counts = {crc32(term.encode()): count for term, count in _counts(title_words, told, tags).items()}
    ascending = sorted(counts)
    return Terms(
        terms=_packed(ascending),
        counts=bytes([min(MOST, counts[key]) for key in ascending]),
        shingles=_packed(sorted(_shingles(title_words + body_words))),
    )


def _counts(title: list[str], body: list[str], tags: Iterable[str]) -> dict[str, int]:
    counts = Counter(map(term_of, body[:BODY_WORDS]))
    for term in map(term_of, title):
        counts[term] += 1 + TITLE_WEIGHT
    for tag in tags:
        counts.update(terms(tag))
    del counts[""]  # what a lone tatweel folds to
    return counts


def _shingles(read: list[str]) -> set[int]:
    hashes = b"".join(map(_word_hash, read[:BODY_WORDS]))
    size = 4 * SHINGLE_WORDS
    return {crc32(hashes[start : start + size]) for start in range(0, len(hashes) - size + 1, 4)}


@lru_cache(maxsize=1 << 16)
def _word_hash(word: str) -> bytes:
    return crc32(fold_word(word).encode()).to_bytes(4, "little")


def _packed(hashes: list[int]) -> bytes:
    packed = array("I", hashes)
    if byteorder == "big":
        packed.byteswap()
    return packed.tobytes()
