"""What of an article its relations are judged by: counted stems, and the shingles that betray a near-duplicate.

This is the part of `mujaz.related` that depends on one article alone, so it is read by the workers and kept in the
cache. It imports no numpy. Both kinds of fact are kept as hashes in `bytes`: 3 kB an article instead of 50.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from struct import unpack_from
from sys import byteorder
from typing import TypeVar
from zlib import crc32

from mujaz.arabic import fold_word, folded_words, stem, stems, words

TITLE_WEIGHT = 3  # the title is counted this many more times: nDCG@5 .841 instead of .832
BODY_WORDS = 400  # a news text says what it is about at its beginning; from 350 to 450 nothing moves, 200 lose .03
HEAD_WORDS = 60  # words of the body that belong to its head: two sentences, which say who did what where and when
HEAD_TITLE_WEIGHT = 1  # in the head the title is counted this many more times
SHINGLE_WORDS = 4  # words of a shingle: shorter ones are idioms, longer ones miss a story that was edited lightly
NONE = crc32(b"")  # the hash of what a lone tatweel folds to
MOST_WORDS = 200_000  # hashes that are remembered, 30 MB; a site of 100,000 articles has more words than that
MOST = 255  # the greatest count kept, a byte; 1 + ln(tf) hardly moves there

Term = TypeVar("Term", str, int)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What `mujaz.related` needs of one article. Hashes are CRC-32 of UTF-8, little-endian, ascending, unique.

    Among the 100,000 stems of a large site one pair is expected to collide; it lends two rare words one rarity.
    """

    terms: bytes = b""  # four bytes for each different stem
    counts: bytes = b""  # one byte for each of them: how often it was counted, 255 at most
    head: bytes = b""  # the same for the head alone: title, summary, first words of the body
    head_counts: bytes = b""
    shingles: bytes = b""  # four bytes for each different shingle


def term_counts(title: str, text: str, tags: Iterable[str] = ()) -> dict[str, int]:
    """How often each stem stands in the first 400 words of `text`, the title (1 + 3 times) and the tags (once)."""
    counts = Counter(stems([*folded_words(text)[:BODY_WORDS], *_tag_words(tags)]))
    return _without_none(_with_title(counts, stems(folded_words(title)), 1 + TITLE_WEIGHT))


def head_counts(title: str, summary: str, text: str) -> dict[str, int]:
    """How often each stem stands in the title (1 + 1 times), the summary and the first 60 words of `text`."""
    counts = Counter(stems([*folded_words(summary), *folded_words(text)[:HEAD_WORDS]]))
    return _without_none(_with_title(counts, stems(folded_words(title)), 1 + HEAD_TITLE_WEIGHT))


def shingles(title: str, text: str) -> set[int]:
    """Hashes of every four words on end among the first 400 folded words of title and text."""
    return _shingles(folded_words(title) + folded_words(text))


def read_terms(title: str, summary: str, text: str, tags: Iterable[str]) -> Terms:
    """The terms of one article, all arguments plain text. A summary that `text` does not open with is put before it.

    `term_counts` and `head_counts` in one go: each text is folded and each word stemmed once.
    """
    title_words, body_words, summary_words = folded_words(title), folded_words(text), folded_words(summary)
    opens = text.startswith(summary.rstrip("… "))
    told = (body_words if opens else summary_words + body_words)[:BODY_WORDS]
    title_stems = list(map(_STEMS.__getitem__, title_words))
    counts = Counter(map(_STEMS.__getitem__, [*told, *_tag_words(tags)]))
    of_head = Counter(map(_STEMS.__getitem__, summary_words + body_words[:HEAD_WORDS]))
    terms, often = _counted(_with_title(counts, title_stems, 1 + TITLE_WEIGHT))
    head_terms, head_often = _counted(_with_title(of_head, title_stems, 1 + HEAD_TITLE_WEIGHT))
    return Terms(
        terms=terms,
        counts=often,
        head=head_terms,
        head_counts=head_often,
        shingles=_packed(sorted(_shingles(title_words + body_words))),
    )


class _Hashes(dict[str, int]):
    """The hash of each word that was met: nine words of ten in a text were met before."""

    def __init__(self, hash_of: Callable[[str], int]) -> None:
        self._hash_of = hash_of

    def __missing__(self, word: str) -> int:
        if len(self) >= MOST_WORDS:
            self.clear()
        found = self[word] = self._hash_of(word)
        return found


_STEMS = _Hashes(lambda word: crc32(stem(word).encode()))
_WORDS = _Hashes(lambda word: crc32(word.encode()))


def spellings(texts: Iterable[str]) -> dict[int, str]:
    """Hash of a stem → the first word of `texts` that has it, as it is written there."""
    found: dict[int, str] = {}
    for word in (word for text in texts for word in words(text)):
        found.setdefault(crc32(stem(fold_word(word)).encode()), word)
    return found


def _tag_words(tags: Iterable[str]) -> list[str]:
    return [word for tag in tags for word in folded_words(tag)]


def _with_title(counts: Counter[Term], title: list[Term], times: int) -> Counter[Term]:
    for term in title:
        counts[term] += times
    return counts


def _counted(counts: Counter[int]) -> tuple[bytes, bytes]:
    """The hashes, ascending, and beside them how often each was counted."""
    del counts[NONE]
    ascending = sorted(counts)
    return _packed(ascending), bytes([min(counts[term], MOST) for term in ascending])


def _shingles(read: list[str]) -> set[int]:
    hashes = _packed(map(_WORDS.__getitem__, read[:BODY_WORDS]))
    found: set[int] = set()
    size = 4 * SHINGLE_WORDS
    for start in range(0, min(size, len(hashes) - size + 1), 4):
        # All shingles that begin `start` bytes after the end of another, cut at once.
        found.update(map(crc32, unpack_from(f"{size}s" * ((len(hashes) - start) // size), hashes, start)))
    return found


def _without_none(counts: Counter[str]) -> Counter[str]:
    del counts[""]  # what a lone tatweel folds to
    return counts


def _packed(hashes: Iterable[int]) -> bytes:
    packed = array("I", hashes)
    if byteorder == "big":
        packed.byteswap()
    return packed.tobytes()
