"""The score of two articles, and whether they are near-duplicates. `mujaz.related.find_related` describes the method.

`mujaz.related.vectors` makes the articles' vectors; `mujaz.related.candidates` chooses which are compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from mujaz.related.sparse import sparse
from mujaz.related.vectors import LOGARITHMS, Array, Corpus, Field, cuts

TIME_WEIGHT = 0.25  # added to the factor of a score for the same day: nDCG@5 .861 instead of .841
TIME_DAYS = 30.0  # days in which that falls to 1/e: newspapers follow a story for some weeks
DUPLICATE_SHARE = 0.5  # share of the shorter text's shingles that the other text has too
DUPLICATE_SHINGLES = 8  # texts with fewer are too short to be distinguished from idioms
# Below this score a place stays empty: the least dissimilar is not similar. On the judged sets .11 costs no nDCG@5, .13
# up to .02.
LEAST_SCORE = 0.11
PLACES = 9  # decimals of a score: an exponential may differ in its last ones from machine to machine
PAIRS = 512  # pairs of whole vectors that are compared at once


def time_factor(corpus: Corpus, left: Array, right: Array) -> Array:
    """1 + ¼·e^(-days between them / 30) of articles `left[n]` and `right[n]`, for each n."""
    days: Array = np.abs(corpus.days[left] - corpus.days[right])
    return 1 + TIME_WEIGHT * np.exp(-days / TIME_DAYS)


def cosines(corpus: Corpus, left: Array, right: Array) -> Array:
    """The weighted sum of the fields' cosines of articles `left[n]` and `right[n]`, for each n. `left` ascends."""
    rows, starts, numbers = np.unique(left, return_index=True, return_counts=True)
    owner = np.repeat(np.arange(len(rows), dtype=np.int32), numbers)
    batches = list(pairwise(cuts(np.maximum(numbers, PAIRS // 16), PAIRS)))
    total = np.zeros(len(left))
    for field in corpus.fields:
        cosines = np.zeros(len(left))
        most = max((last - first for first, last in batches), default=0)
        plain = np.zeros(most * field.counts.shape[1])  # that many vectors, one after another, each stem with a place
        for first, last in batches:
            pairs = slice(starts[first], starts[last - 1] + numbers[last - 1])
            cosines[pairs] = _products(field, rows[first:last], owner[pairs] - first, right[pairs], plain)
        total += field.share * cosines / (field.lengths[left] * field.lengths[right])
    return total


def _products(field: Field, rows: Array, owner: Array, right: Array, plain: Array) -> Array:
    """The products of article `rows[owner[n]]` with article `right[n]`. `plain` is zeros, before and after."""
    width = np.int32(field.counts.shape[1])
    line = np.arange(len(rows), dtype=np.int32) * width  # the index at which the vector of each row begins
    own = field.counts[rows]
    own_at = own.indices + np.repeat(line, np.diff(own.indptr))
    plain[own_at] = LOGARITHMS[own.data] * field.squares[own.indices]
    others = field.counts[right]
    others_at = others.indices + np.repeat(line[owner], np.diff(others.indptr))
    shape = (others.shape[0], len(plain))
    products: Array = sparse.csr_array((LOGARITHMS[others.data], others_at, others.indptr), shape) @ plain
    plain[own_at] = 0
    return products


def scored(corpus: Corpus, left: Array, right: Array) -> Array:
    """The scores of article `right[n]` under article `left[n]`. `left` ascends."""
    if len(np.unique(right)) < len(np.unique(left)):  # one new story under many: each vector is expanded once
        order = np.argsort(right, kind="stable")
        alike = np.empty(len(left))
        alike[order] = cosines(corpus, right[order], left[order])
    else:
        alike = cosines(corpus, left, right)
    scores: Array = np.round(alike * time_factor(corpus, left, right), PLACES)
    return scores


def are_duplicates(corpus: Corpus, left: Array, right: Array) -> Array:
    """Whether `left[n]` and `right[n]` are near-duplicates, for each n: half of the shorter one's shingles are in the
    other. False where either is -1.
    """
    least = np.minimum(corpus.sizes[left], corpus.sizes[right])
    shared = np.diff(corpus.shingles.indptr)  # an upper bound: shingles that a text shares with any other
    possible = (left >= 0) & (least >= DUPLICATE_SHINGLES)
    possible &= np.minimum(shared[left], shared[right]) >= DUPLICATE_SHARE * least
    at = np.flatnonzero(possible)
    both = corpus.shingles[left[at]].multiply(corpus.shingles[right[at]])
    duplicates = np.zeros(len(left), dtype=bool)
    duplicates[at] = np.diff(both.indptr) >= DUPLICATE_SHARE * least[at]
    return duplicates


# ---------------------------------------------------------------- why


def scores(corpus: Corpus, number: int) -> list[tuple[int, float, float]]:
    """(number, score, time factor) of every other article that shares a term with this one, the closest first."""
    others = np.flatnonzero(np.arange(len(corpus.ids)) != number)
    mine = np.full(len(others), number)
    factors = time_factor(corpus, mine, others)
    found = scored(corpus, mine, others)
    order = np.lexsort((corpus.id_order[others], -found))
    order = order[found[order] > 0]
    return list(zip(others[order].tolist(), found[order].tolist(), factors[order].tolist(), strict=True))


def shares(corpus: Corpus, number: int, other: int) -> list[tuple[int, float]]:
    """(hash of a stem, its share of the similarity of the two), the greatest first; the shares sum to 1."""
    products: dict[int, float] = {}
    for field in corpus.fields:
        mine, its = field.counts[[number]], field.counts[[other]]
        both, at, there = np.intersect1d(mine.indices, its.indices, assume_unique=True, return_indices=True)
        weights = LOGARITHMS[mine.data[at]] * LOGARITHMS[its.data[there]] * field.squares[both]
        weights *= field.share / (field.lengths[number] * field.lengths[other])
        for term, weight in zip(field.terms[both].tolist(), weights.tolist(), strict=True):
            products[term] = products.get(term, 0) + weight
    whole = sum(products.values())
    return sorted(
        ((term, weight / whole) for term, weight in products.items() if weight), key=lambda pair: (-pair[1], pair[0])
    )


def near_duplicate(corpus: Corpus, number: int, others: Sequence[int]) -> int | None:
    """The first of `others` of which article `number` is a near-duplicate; None if there is none."""
    same = are_duplicates(corpus, np.array(others, dtype=np.intp), np.full(len(others), number))
    return next((other for other, is_one in zip(others, same.tolist(), strict=True) if is_one), None)
