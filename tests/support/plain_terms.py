"""The terms of an article without hashes and without sequences of bytes: what `mujaz.related.terms` is compared
with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from zlib import crc32

from mujaz.arabic.normalize import folded_words, stem
from mujaz.related.terms import (
    BODY_WORDS,
    HEAD_TITLE_WEIGHT,
    HEAD_WORDS,
    SHINGLE_KEYS,
    TITLE_WEIGHT,
    Terms,
    sequences,
    terms_of,
)


def term_counts(title: str, text: str, tags: Iterable[str] = ()) -> dict[str, int]:
    """How often each stem stands in the first 400 words of `text`, the title (1 + 3 times) and the tags (once)."""
    tag_words = [word for tag in tags for word in folded_words(tag)]
    return _counts([*folded_words(text)[:BODY_WORDS], *tag_words], title, 1 + TITLE_WEIGHT)


def head_counts(title: str, summary: str, text: str) -> dict[str, int]:
    """How often each stem stands in the title (1 + 1 times), the summary and the first 60 words of `text`."""
    return _counts([*folded_words(summary), *folded_words(text)[:HEAD_WORDS]], title, 1 + HEAD_TITLE_WEIGHT)


def shingles(title: str, text: str) -> set[int]:
    """Hashes of every four words on end among the first 400 folded words of title and text."""
    words = [crc32(word.encode()) for word in [*folded_words(title), *folded_words(text)][:BODY_WORDS]]
    fours = zip(words, words[1:], words[2:], words[3:], strict=False)
    return {sum(key * word for key, word in zip(SHINGLE_KEYS, four, strict=True)) % 2**64 >> 32 for four in fours}


def read_terms(title: str, summary: str, text: str, tags: Iterable[str]) -> Terms:
    """The terms as the build makes them."""
    return terms_of(sequences(title, summary, text, tags))


def _counts(words: list[str], title: str, times: int) -> dict[str, int]:
    counts = Counter(map(stem, words))
    for term in map(stem, folded_words(title)):
        counts[term] += times
    del counts[""]  # what a lone tatweel folds to
    return counts
