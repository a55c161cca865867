"""All articles as sparse vectors, which `mujaz.related.similarity` compares. `mujaz.related.find_related` describes the
method.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any, TypeAlias
from zlib import crc32

import numpy as np

from mujaz.arabic.function_words import FUNCTION_WORDS
from mujaz.arabic.normalize import stem
from mujaz.frozen import Value
from mujaz.related.sparse import Matrix, sparse
from mujaz.related.terms import Terms

HEAD = 0.5  # weight of the heads' cosine relative to the texts'; from .25 to 1 there is no measurable difference
LEAST = 0.0365  # the least weight that estimates use: two thirds of all weights are above, but a sixth of the products
REST = 0.4  # assumed cosine of the omitted parts of two vectors; without it ten times as many places would be lost
ENTRIES = 1 << 18  # weights computed at once: they fit a processor's cache

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]

# 1 + ln of a count, in sixteenths. Like rarities these are whole numbers, so that a sum is the same in any order.
LOGARITHMS = np.rint(16 * (1 + np.log(np.arange(256).clip(1))))
# Rarities by 1 + bits of N - bits of df, in eighths. The power of .9 gives .015 more nDCG@5 than 1 [.003, .028].
RARITIES = np.rint(8 * np.arange(64) ** 0.9).astype(np.uint16)
# In a paper with fewer articles most words are in one article only, and «في» is as rare as a name. So words of a single
# article count in its length, or two stories that share one verb would be equal; and function words do not count. In a
# larger paper neither matters: without function words CNN's nDCG@5 is .023 less, France24's the same.
YOUNG = 256
FINE = 1 << 11  # resolution of weights in estimates: a sum of products of two is then exact in 24 bits


class Field(Value):
    """One of the two vectors of each article: of its text or of its head. Only terms of two or more articles count."""

    share: float  # of the score; the shares of all fields sum to 1
    terms: Array  # the hash of each column's stem
    counts: Matrix  # the count of each stem; whole vectors would take three times the memory
    squares: Array  # of the rarity of each stem
    lengths: Array  # the norm of each vector
    sums: Array  # a checksum of each vector, 64 bits


class Corpus(Value):
    """All articles as arrays, sorted by time, then id; elsewhere an article is given by its number in this order."""

    ids: tuple[str, ...]
    days: Array  # time of publication
    id_order: Array  # rank among the ids, which decides ties
    section: Array  # number of the section
    fields: tuple[Field, ...]
    best: Matrix  # the weights above LEAST of all fields, side by side
    rest: Array  # the norm of the weights below it, times √REST
    shingles: Matrix  # 1 for each shingle that another article has too
    sizes: Array  # number of shingles, including those that no other article has


def corpus_of(ids: Sequence[str], days: Sequence[float], terms: Sequence[Terms], sections: Sequence[str]) -> Corpus:
    """The corpus of articles given in any order; `days`, `terms` and `sections` have one entry for each of `ids`."""
    order = sorted(range(len(ids)), key=lambda k: (days[k], ids[k]))
    names = [ids[k] for k in order]
    section_number = {key: n for n, key in enumerate(sorted(set(sections)))}
    id_number = {name: n for n, name in enumerate(sorted(names))}
    text, best, below = _field([terms[k].terms for k in order], [terms[k].counts for k in order], 1 / (1 + HEAD))
    head, best_of_head, below_of_head = _field(
        [terms[k].head for k in order], [terms[k].head_counts for k in order], HEAD / (1 + HEAD)
    )
    return Corpus(
        ids=tuple(names),
        days=np.array([days[k] for k in order], dtype=np.float64),
        id_order=np.array([id_number[name] for name in names], dtype=np.intp),
        section=np.array([section_number[sections[k]] for k in order], dtype=np.intp),
        fields=(text, head),
        best=sparse.hstack([best, best_of_head], format="csr"),
        rest=np.sqrt(REST * (below + below_of_head)).astype(np.float32),
        shingles=_held_by_two([terms[k].shingles for k in order])[0],
        sizes=np.array([len(terms[k].shingles) // 4 for k in order], dtype=np.intp),
    )


def _field(packed: Sequence[bytes], counted: Sequence[bytes], share: float) -> tuple[Field, Matrix, Array]:
    """The field, its weights above LEAST scaled by its share, and the squared norm of those below."""
    counts, held, columns = _held_by_two(packed)
    counts.data = np.frombuffer(b"".join(counted), dtype=np.uint8)[held]
    held_by = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = RARITIES[len(packed).bit_length() + 1 - np.frexp(held_by)[1]]  # frexp gives the number of bits
    lone = np.zeros(len(packed), dtype=np.uint64)
    if len(packed) < YOUNG:
        rarity = np.where(np.isin(columns, _function_terms()), np.uint16(0), rarity)
        lone = _lone(packed, counted, held)
    lengths, best, below, sums = _best(counts, rarity, share, _mixed(columns), lone)
    squares = rarity.astype(np.float64) ** 2
    return Field(share=share, terms=columns, counts=counts, squares=squares, lengths=lengths, sums=sums), best, below


@cache
def _function_terms() -> Array:
    """The hashes of the stems of function words: 10 ms that a larger paper need not spend."""
    return np.array(sorted(crc32(stem(word).encode()) for word in FUNCTION_WORDS), dtype=np.uint32)


def _lone(packed: Sequence[bytes], counted: Sequence[bytes], held: Array) -> Array:
    """For each article the squared norm of its terms that no other has, without function words; `held` marks others."""
    hashes = np.frombuffer(b"".join(packed), dtype="<u4")
    mine = ~held & ~np.isin(hashes, _function_terms())
    weights = LOGARITHMS[np.frombuffer(b"".join(counted), dtype=np.uint8)] * RARITIES[len(packed).bit_length()]
    ends = np.cumsum([0, *(len(one) // 4 for one in packed)])
    return _row_sums((weights**2 * mine).astype(np.uint64), ends)


def _mixed(hashes: Array) -> Array:
    """64 independent bits for each hash (SplitMix; Steele, Lea, Flood: OOPSLA 2014)."""
    mixed = (hashes.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _held_by_two(packed: Sequence[bytes]) -> tuple[Matrix, Array, Array]:
    """Ones where an article (row) has a hash that another has too; a mask of these among all hashes; the columns."""
    columns = _twice(packed)
    bits = min(20, len(columns).bit_length() + 2)
    first = np.searchsorted(columns, np.arange((1 << bits) + 1) << 32 - bits).astype(np.int32)
    sizes = np.array([len(one) // 4 for one in packed], dtype=np.int64)
    held, places, ends = [np.zeros(0, dtype=bool)], [np.zeros(0, dtype=np.int32)], [np.zeros(1, dtype=np.int32)]
    for start, end in pairwise(cuts(sizes, ENTRIES)):
        hashes = np.frombuffer(b"".join(packed[start:end]), dtype="<u4")
        here, place = _places(hashes, columns, first, 32 - bits)
        held.append(here)
        places.append(place)
        passed = np.append(np.int32(0), np.cumsum(here, dtype=np.int32))
        ends.append(ends[-1][-1] + passed[np.cumsum(sizes[start:end])])
    ones = np.ones(ends[-1][-1], dtype=np.uint8)
    parts = (ones, np.concatenate(places), np.concatenate(ends))
    return sparse.csr_array(parts, shape=(len(packed), len(columns))), np.concatenate(held), columns


def _twice(packed: Sequence[bytes]) -> Array:
    """The hashes that are in two or more of `packed`, ascending."""
    hashes = np.frombuffer(bytearray().join(packed), dtype="<u4")
    hashes.sort()
    again = hashes[1:] == hashes[:-1]
    again[1:] &= hashes[2:] != hashes[:-2]
    return np.compress(again, hashes[1:])


def _places(hashes: Array, columns: Array, first: Array, low: int) -> tuple[Array, Array]:
    """Which of `hashes` are in `columns`, and where. `first` is the first column for each value above the `low` bits.

    That finds most of them at once; a binary search for each hash would take ten times as long.
    """
    held = (first[1:] > first[:-1])[hashes >> low]
    sought = hashes[held]
    place = first[sought >> low]
    others = np.flatnonzero(columns[place] != sought)
    place[others] = np.searchsorted(columns, sought[others]).clip(max=len(columns) - 1)
    found = columns[place] == sought
    held[held] = found
    return held, place[found]


def _best(counts: Matrix, rarity: Array, share: float, mixed: Array, lone: Array) -> tuple[Array, Matrix, Array, Array]:
    """The norms of (1 + ln tf) · rarity; its weights above LEAST when scaled to norm √share; the rest; checksums.

    A weight is a whole number below 2^16. `lone` are the squares of terms that are not in `counts` but in the norms.
    """
    rows = counts.shape[0]
    lengths, rest, sums = np.zeros(rows), np.zeros(rows), np.zeros(rows, dtype=np.uint64)
    parts = [sparse.csr_array((0, counts.shape[1]), dtype=np.float32)]
    for start, end in pairwise(cuts(np.diff(counts.indptr), ENTRIES)):
        part = counts[start:end]
        weights = LOGARITHMS[part.data].astype(np.uint16) * rarity[part.indices]
        wide = weights.astype(np.uint64)
        squares = _row_sums(wide * wide, part.indptr).astype(np.float64)
        whole = squares + lone[start:end]
        lengths[start:end] = np.sqrt(np.where(whole, whole, 1))  # an article without terms is similar to none
        scale = np.sqrt(share) / lengths[start:end]
        keep = np.flatnonzero(weights > np.repeat(LEAST / scale, np.diff(part.indptr)))
        starts = np.searchsorted(keep, part.indptr).astype(np.int32)
        kept = weights[keep] * np.repeat(scale, np.diff(starts))
        above = _row_sums(wide[keep] ** np.uint64(2), starts).astype(np.float64)
        rest[start:end] = (squares - above) * scale**2
        sums[start:end] = _row_sums(wide * mixed[part.indices], part.indptr) + _mixed(lone[start:end])
        kept = (np.rint(kept * FINE) / FINE).astype(np.float32)
        parts.append(sparse.csr_array((kept, part.indices[keep], starts), shape=part.shape))
    return lengths, sparse.vstack(parts, format="csr"), rest, sums


def _row_sums(values: Array, starts: Array) -> Array:
    """Sums of whole numbers, modulo 2^64."""
    passed = np.zeros(len(values) + 1, dtype=np.uint64)
    np.cumsum(values, dtype=np.uint64, out=passed[1:])
    return np.diff(passed[starts])


def cuts(costs: Array, most: int) -> list[int]:
    """Where to cut a list so that each part costs about `most`, except for single entries that cost more."""
    passed = np.cumsum(costs) // most
    return [0, *(np.flatnonzero(passed[1:] != passed[:-1]) + 1).tolist(), len(costs)] if len(costs) else []
