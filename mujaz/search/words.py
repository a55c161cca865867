"""The terms under which words are indexed; `search.js` makes the same of what is asked, and a test compares them."""

from __future__ import annotations

import re
from functools import lru_cache

from mujaz.arabic.normalize import search_fold, stem

SHARED = 3  # letters: terms that begin with the same ones stand in the same file, so that a prefix finds its words
_RUN = re.compile(r"[^\W_]+")
_PLURAL = re.compile(r"[a-z]{2,}[a-rtv-z]s")


@lru_cache(maxsize=1 << 17)
def terms(word: str) -> tuple[str, ...]:
    """The terms of a word as it stands between two blanks: «كوفيد-19» has two, a dash has none."""
    return tuple(dict.fromkeys(map(_term, _RUN.findall(search_fold(word).lower()))))


def shard(term: str, shards: int) -> int:
    """The number of the file, of so many, in which a term stands."""
    number = 0
    for letter in term[:SHARED]:
        number = number * 31 + ord(letter)
    return number % shards


def _term(run: str) -> str:
    return run[:-1] if _PLURAL.fullmatch(run) else stem(run)
