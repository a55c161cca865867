"""The terms of an article, from which related stories are found: counted stems, and shingles to find near-duplicates.

They depend on one article alone, so the workers make them and the cache stores them, as hashes in `bytes`: 3 kB an
article instead of 50. `mujaz.related.counting` makes the same terms of many articles at once with numpy, in a quarter
of the time (0.08 ms an article, not 0.29). Importing numpy takes 0.1 s, so a build that reads a few articles uses this
module.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from struct import pack
from sys import byteorder
from zlib import crc32

from mujaz.arabic.normalize import fold_word, folded_words, stem, words
from mujaz.frozen import Value

TITLE_WEIGHT = 3  # the title is counted this many more times: nDCG@5 .841 instead of .832
BODY_WORDS = 400  # news say what they are about at the beginning; 350 to 450 make no difference, 200 lose .03
HEAD_WORDS = 60  # words of the body that belong to its head: two sentences, which say who did what where and when
HEAD_TITLE_WEIGHT = 1  # in the head the title is counted this many more times
# A shingle has four words: fewer are idioms, more miss a story that was edited lightly. The hash of each word is
# multiplied by the key of its position; the upper half of the sum is the hash of the shingle (Lemire, Kaser: "Strongly
# universal string hashing is fast", The Computer Journal 57, 2014). The keys are digits of π.
SHINGLE_KEYS = (0x243F6A8885A308D3, 0x13198A2E03707345, 0xA4093822299F31D1, 0x082EFA98EC4E6C89)
WORD = 8  # bytes of a word in `Sequences`
NONE = crc32(b"")  # the hash of the empty text, to which a lone tatweel folds
MOST_WORDS = 200_000  # words whose hashes are cached, 35 MB; a site of 100,000 articles has more words
MOST = 255  # the greatest count that is stored, in a byte; 1 + ln(tf) hardly changes above


class Terms(Value):
    """What `mujaz.related.find_related` needs of one article. Hashes have 32 bits, little-endian, ascending, unique.

    The hash of a stem is the CRC-32 of its UTF-8; `SHINGLE_KEYS` says what that of a shingle is.

    Among the 100,000 stems of a large site one pair is expected to collide; two rare words then count as one.
    """

    terms: bytes = b""  # four bytes for each different stem
    counts: bytes = b""  # one byte for each of them: its count, 255 at most
    head: bytes = b""  # the same for the head alone: title, summary, first words of the body
    head_counts: bytes = b""
    shingles: bytes = b""  # four bytes for each different shingle


class Sequences(Value):
    """The words of one article in order, a sequence for each field of `Terms`; a word that counts twice is there twice.

    Eight bytes a word: CRC-32 of the folded word, then of its stem, both little-endian.
    """

    text: bytes
    head: bytes
    shingled: bytes


def sequences(title: str, summary: str, text: str, tags: Iterable[str]) -> Sequences:
    """The words of an article, given as plain texts. A summary with which `text` does not begin is put before it."""
    headline, abstract, body = (_sequence(folded_words(one)) for one in (title, summary, text))
    opens = text.startswith(summary.rstrip("… "))
    whole = (body if opens else abstract + body)[: WORD * BODY_WORDS]
    return Sequences(
        text=whole + _sequence(_tag_words(tags)) + (1 + TITLE_WEIGHT) * headline,
        head=abstract + body[: WORD * HEAD_WORDS] + (1 + HEAD_TITLE_WEIGHT) * headline,
        shingled=(headline + body)[: WORD * BODY_WORDS],
    )


def terms_of(read: Sequences) -> Terms:
    """The terms of one article. `mujaz.related.counting.all_terms` gives the same for many."""
    terms, often = _counted(Counter(_hashes(read.text)[1::2]))
    head_terms, head_often = _counted(Counter(_hashes(read.head)[1::2]))
    return Terms(
        terms=terms,
        counts=often,
        head=head_terms,
        head_counts=head_often,
        shingles=_packed(sorted(_shingles(_hashes(read.shingled)[::2]))),
    )


class _Hashes(dict[str, bytes]):
    """A cache of each word's hashes: nine words of ten in a text were hashed before."""

    def __missing__(self, word: str) -> bytes:
        if len(self) >= MOST_WORDS:
            self.clear()
        found = self[word] = pack("<II", crc32(word.encode()), crc32(stem(word).encode()))
        return found


_HASHES = _Hashes()


def _sequence(words: Iterable[str]) -> bytes:
    return b"".join(map(_HASHES.__getitem__, words))


def _hashes(sequence: bytes) -> array[int]:
    hashes = array("I", sequence)
    if byteorder == "big":
        hashes.byteswap()
    return hashes


def spellings(texts: Iterable[str]) -> dict[int, str]:
    """Hash of a stem → the first word of `texts` with this stem, as written there."""
    found: dict[int, str] = {}
    for word in (word for text in texts for word in words(text)):
        found.setdefault(crc32(stem(fold_word(word)).encode()), word)
    return found


def _tag_words(tags: Iterable[str]) -> list[str]:
    return [word for tag in tags for word in folded_words(tag)]


def _counted(counts: Counter[int]) -> tuple[bytes, bytes]:
    """The hashes, ascending, and the count of each."""
    del counts[NONE]
    ascending = sorted(counts)
    return _packed(ascending), bytes([min(counts[term], MOST) for term in ascending])


def _shingles(read: array[int]) -> set[int]:
    first, second, third, fourth = SHINGLE_KEYS
    return {
        ((first * a + second * b + third * c + fourth * d) & 0xFFFFFFFFFFFFFFFF) >> 32
        for a, b, c, d in zip(read, read[1:], read[2:], read[3:], strict=False)
    }


def _packed(hashes: Iterable[int]) -> bytes:
    packed = array("I", hashes)
    if byteorder == "big":
        packed.byteswap()
    return packed.tobytes()
