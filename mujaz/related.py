"""Related stories: which articles to show under each article. The one module that imports numpy and scipy.

The method, in the order of the functions below:

1. An article is a vector: (1 + ln tf) · ln((N + 1) / df) for each stem that two articles or more hold, of length 1.
   (With N instead of N + 1, a site of two articles would have no weights at all; on a large one the two agree.)
2. Two articles are as close as the cosine of their vectors, times 1 + ¼·e^(-days between them / 30).
3. Candidates are found by each article's best terms alone, and its 30 closest are ranked again by whole vectors: this
   gives 99.9 % of the places that a full comparison gives.
4. An editor's pins stand first. Then the closest, but no near-duplicate of the article or of anything above it there.

Figures in the comments are nDCG@5 over 29 judged articles of the ANT Corpus v2.1 (Chouigui, Ben Khiroun, Elayeb:
AICCSA 2017). Everything is a sum over sparse matrices on one thread, in an order that the articles' times and ids
alone decide, and scores are rounded before they are compared: the same articles give the same lists everywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]

from mujaz.model import RelatedSettings
from mujaz.terms import Terms

TIME_WEIGHT = 0.25  # what being of one day adds to a score: .861 instead of .841
TIME_DAYS = 30.0  # days in which that falls to 1/e: a story is followed for some weeks
BEST_SHARE = 0.95  # of an article's squared length; at .90 six places in a thousand would be lost, at .95 less than one
FLOOR = 0.03  # cosine of candidates: five of six pairs lie below, and in news the eighth closest at about .07 or above
CANDIDATES = 30  # candidates ranked by whole vectors
DEEP_CANDIDATES = 500  # the same, for the few articles whose nearest are mostly near-duplicates
DUPLICATE_SHARE = 0.5  # of the shorter text's shingles, found in the other text as well
DUPLICATE_SHINGLES = 8  # a text with fewer is too short to be told from an idiom
PLACES = 9  # decimals of a score; what lies below them is the order of the additions
CELLS = 4_000_000  # scores in memory at once, about 100 MB with what is computed beside them
SPAN = 8192  # articles that share one window of time
PAIRS = 2048  # pairs of whole vectors in memory at once: what a processor's cache holds

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]
Matrix: TypeAlias = Any  # a scipy.sparse.csr_array with sorted indices; scipy ships no types


@dataclass(frozen=True, slots=True, kw_only=True)
class _Corpus:
    """All articles as arrays, ordered by time, then id; an article is its number in this order from here on."""

    ids: tuple[str, ...]
    days: Array  # time of publication
    id_order: Array  # place among the ids, by which ties are decided
    section: Array  # number of the section
    vectors: Matrix
    best: Matrix  # the vectors, cut to their best terms
    shingles: Matrix  # 1 for each shingle that another article holds too
    sizes: Array  # number of shingles, those that no other article holds included


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """How candidates are found: the `limit` closest by `matrix`, of those whose cosine is more than `floor`."""

    matrix: Matrix
    limit: int
    floor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranking:
    """Candidates for some articles: `columns[n]` for `rows[owner[n]]`. `owner` ascends; its closest stand first."""

    rows: Array
    owner: Array
    columns: Array


def relate(
    ids: Sequence[str],
    days: Sequence[float],
    terms: Sequence[Terms],
    settings: RelatedSettings,
    sections: Sequence[str],
    pins: Mapping[str, Sequence[str]],
    excluded: Mapping[str, Collection[str]],
) -> dict[str, tuple[str, ...]]:
    """The ids to show under each article, in the order of `ids`, which must be unique.

    `days`, `terms` and `sections` run beside `ids`; `days` is the time of publication in days since any epoch. `pins`
    are shown in their order, all of them, even against `settings`; the rest fills up to `settings.count`. What is
    `excluded` is never shown, not even if pinned; an id that is not among `ids` is passed over. A list is shorter than
    `settings.count` only if no other allowed article shares a term, or if its 500 closest are near-duplicates.
    """
    corpus = _corpus(ids, days, terms, sections)
    number = {name: n for n, name in enumerate(corpus.ids)}
    never = _numbered(number, excluded)
    pinned = {
        n: [k for k in named if k != n and k not in never.get(n, ())] for n, named in _numbered(number, pins).items()
    }
    barred = {n: np.array([*never.get(n, ()), *pinned.get(n, ())], dtype=np.intp) for n in never.keys() | pinned.keys()}
    lists = {n: pinned.get(n, []) for n in range(len(ids))}
    quick = _Search(matrix=corpus.best, limit=CANDIDATES, floor=FLOOR)
    whole = _Search(matrix=corpus.vectors, limit=DEEP_CANDIDATES, floor=0)
    for search in (quick, whole):
        short = np.array([n for n, shown in lists.items() if len(shown) < settings.count], dtype=np.intp)
        for ranking in _rankings(corpus, short, search, settings, barred):
            lists.update(_filled(corpus, ranking, pinned, settings.count))
    return {name: tuple(corpus.ids[k] for k in lists[number[name]]) for name in ids}


def _numbered(number: Mapping[str, int], names: Mapping[str, Collection[str]]) -> dict[int, list[int]]:
    """`names` in numbers, each once, without those that no article has."""
    return {
        number[name]: list(dict.fromkeys(number[other] for other in others if other in number))
        for name, others in names.items()
        if name in number
    }


# ---------------------------------------------------------------- 1. articles as vectors


def _corpus(ids: Sequence[str], days: Sequence[float], terms: Sequence[Terms], sections: Sequence[str]) -> _Corpus:
    order = sorted(range(len(ids)), key=lambda k: (days[k], ids[k]))
    names = [ids[k] for k in order]
    section_number = {key: n for n, key in enumerate(sorted(set(sections)))}
    id_number = {name: n for n, name in enumerate(sorted(names))}
    vectors = _vectors([terms[k] for k in order])
    return _Corpus(
        ids=tuple(names),
        days=np.array([days[k] for k in order], dtype=np.float64),
        id_order=np.array([id_number[name] for name in names], dtype=np.intp),
        section=np.array([section_number[sections[k]] for k in order], dtype=np.intp),
        vectors=vectors,
        best=_best(vectors),
        shingles=_held_by_two([terms[k].shingles for k in order])[0],
        sizes=np.array([len(terms[k].shingles) // 4 for k in order], dtype=np.intp),
    )


def _vectors(terms: Sequence[Terms]) -> Matrix:
    """(1 + ln tf) · ln((N + 1) / df), a row of length 1 for each article."""
    matrix, held = _held_by_two([one.terms for one in terms])
    counts = np.frombuffer(b"".join(one.counts for one in terms), dtype=np.uint8)[held]
    rarity = np.log((len(terms) + 1) / np.bincount(matrix.indices, minlength=matrix.shape[1]))
    matrix.data = (1 + np.log(np.arange(1, 257)))[counts - 1] * rarity[matrix.indices]
    lengths = np.sqrt(matrix.multiply(matrix).sum(axis=1))
    matrix.data /= np.repeat(lengths, np.diff(matrix.indptr))
    return matrix


def _held_by_two(packed: Sequence[bytes]) -> tuple[Matrix, Array]:
    """Ones where an article (row) holds a hash that another one holds too; and which of all hashes these are."""
    hashes = np.frombuffer(b"".join(packed), dtype="<u4")
    ascending = np.sort(hashes)
    twice = ascending[1:][ascending[1:] == ascending[:-1]]
    columns = twice[np.append(True, twice[1:] != twice[:-1])] if len(twice) else twice
    place = np.searchsorted(columns, hashes)
    held = np.append(columns, np.uint32(0))[place] == hashes
    held &= place < len(columns)
    ends = np.cumsum([0, *(len(one) // 4 for one in packed)])
    starts = np.append(0, np.cumsum(held))[ends]
    shape = (len(packed), len(columns))
    return sparse.csr_array(
        (np.ones(starts[-1]), place[held].astype(np.int32), starts.astype(np.int32)), shape=shape
    ), held


def _best(vectors: Matrix) -> Matrix:
    """Each row cut to its greatest weights, as many as carry BEST_SHARE of its length; of equal ones the first stay."""
    keep = np.ones(vectors.nnz, dtype=bool)
    weights, squares = -vectors.data, vectors.data**2
    for start, end in pairwise(vectors.indptr.tolist()):
        order = start + np.argsort(weights[start:end], kind="stable")
        keep[order[np.searchsorted(np.cumsum(squares[order]), BEST_SHARE) + 1 :]] = False
    starts = np.append(0, np.cumsum(keep))[vectors.indptr].astype(np.int32)
    return sparse.csr_array((vectors.data[keep].astype(np.float32), vectors.indices[keep], starts), shape=vectors.shape)


# ---------------------------------------------------------------- 2. how close two articles are


def _time_factor(corpus: _Corpus, left: Array, right: Array) -> Array:
    days = np.abs(corpus.days[left] - corpus.days[right])
    factor: Array = 1 + TIME_WEIGHT * np.exp(-days / TIME_DAYS)
    return factor


def _dot(matrix: Matrix, left: Array, right: Array) -> Array:
    """The product of row `left[n]` and row `right[n]`, for each n."""
    parts = [np.zeros(0)]
    for start in range(0, len(left), PAIRS):
        part = slice(start, start + PAIRS)
        parts.append(matrix[left[part]].multiply(matrix[right[part]]).sum(axis=1))
    return np.concatenate(parts)


def _allowed(corpus: _Corpus, left: Array, right: Array, settings: RelatedSettings) -> Array:
    """Whether the settings let article `right[n]` stand under article `left[n]`."""
    allowed: Array = left != right
    if settings.same_section:
        allowed &= corpus.section[left] == corpus.section[right]
    if not settings.newer:
        allowed &= corpus.days[right] <= corpus.days[left]
    if settings.within_days is not None:
        allowed &= np.abs(corpus.days[left] - corpus.days[right]) <= settings.within_days
    return allowed


# ---------------------------------------------------------------- 3. candidates, ranked


def _rankings(
    corpus: _Corpus, rows: Array, search: _Search, settings: RelatedSettings, barred: Mapping[int, Array]
) -> Iterator[_Ranking]:
    """For each of `rows` the articles that `search` finds, ranked by whole vectors; a block of rows at a time."""
    for span in _slices(rows, SPAN):
        low, high = _window(corpus, span, settings)
        right = search.matrix[low:high].T.tocsr()
        for block in _slices(span, max(1, CELLS // (high - low))):
            product = search.matrix[block] @ right
            found = np.flatnonzero(product.data > search.floor)
            owner = np.repeat(np.arange(len(block)), np.diff(product.indptr))[found]
            columns = product.indices[found] + low
            keep = _allowed(corpus, block[owner], columns, settings)
            keep &= ~_barred(barred, block, owner, columns, len(corpus.ids))
            owner, columns = owner[keep], columns[keep]
            scores = product.data[found[keep]] * _time_factor(corpus, block[owner], columns)
            nearest = _nearest(scores, owner, columns, search.limit)
            yield _ranked(corpus, block, owner[nearest], columns[nearest])


def _barred(barred: Mapping[int, Array], rows: Array, owner: Array, columns: Array, count: int) -> Array:
    """Which pairs an editor pinned or ruled out; a pair is told from the others by one number."""
    pairs = [n * count + barred[row] for n, row in enumerate(rows.tolist()) if row in barred]
    return np.isin(owner * count + columns, np.concatenate(pairs)) if pairs else np.zeros(len(owner), dtype=bool)


def _nearest(scores: Array, owner: Array, columns: Array, limit: int) -> Array:
    """Where the `limit` greatest scores of each owner stand; of equal ones the first columns. `owner` ascends."""
    starts = np.flatnonzero(np.append(True, owner[1:] != owner[:-1])) if len(owner) else owner
    chosen = [np.zeros(0, dtype=np.intp)]
    for start, end in pairwise([*starts.tolist(), len(owner)]):
        part, at = scores[start:end], np.arange(start, end)
        if len(part) > limit:
            at = at[part >= np.partition(part, -limit)[-limit]]
        if len(at) > limit:
            at = at[np.lexsort((columns[at], -scores[at]))[:limit]]
        chosen.append(at)
    return np.concatenate(chosen)


def _slices(rows: Array, size: int) -> Iterator[Array]:
    return (rows[start : start + size] for start in range(0, len(rows), size))


def _window(corpus: _Corpus, span: Array, settings: RelatedSettings) -> tuple[int, int]:
    """The articles, from and to, that `settings` may allow for those of `span`, by their time alone."""
    if settings.within_days is None:
        low, high = 0, len(corpus.ids)
    else:
        first, last = corpus.days[span[0]] - settings.within_days, corpus.days[span[-1]] + settings.within_days
        low, high = np.searchsorted(corpus.days, first, "left"), np.searchsorted(corpus.days, last, "right")
    return int(low), int(high if settings.newer else np.searchsorted(corpus.days, corpus.days[span[-1]], "right"))


def _ranked(corpus: _Corpus, rows: Array, owner: Array, columns: Array) -> _Ranking:
    scores = _dot(corpus.vectors, rows[owner], columns) * _time_factor(corpus, rows[owner], columns)
    scores = np.round(scores, PLACES)
    order = np.lexsort((corpus.id_order[columns], -scores, owner))
    order = order[scores[order] > 0]
    return _Ranking(rows=rows, owner=owner[order], columns=columns[order])


# ---------------------------------------------------------------- 4. lists without near-duplicates


def _filled(
    corpus: _Corpus, ranking: _Ranking, pinned: Mapping[int, Sequence[int]], count: int
) -> dict[int, list[int]]:
    """The lists of the ranking's articles: what is pinned, then candidates, up to `count`.

    All lists grow at once. A round puts the closest candidate that is left on each list, and strikes out its
    near-duplicates.
    """
    lists = {row: list(pinned.get(row, ())) for row in ranking.rows.tolist()}
    left = ~_duplicates_of(corpus, ranking, ranking.rows)
    for k in range(max(map(len, lists.values()))):
        left &= ~_duplicates_of(corpus, ranking, np.array([(*shown[k : k + 1], -1)[0] for shown in lists.values()]))
    while left.any():
        open_at = np.flatnonzero(left)
        owners, first = np.unique(ranking.owner[open_at], return_index=True)
        above = np.full(len(ranking.rows), -1)
        above[owners] = ranking.columns[open_at[first]]
        full = np.zeros(len(ranking.rows), dtype=bool)
        for owner in owners.tolist():
            shown = lists[int(ranking.rows[owner])]
            shown.append(int(above[owner]))
            full[owner] = len(shown) >= count
        left[open_at[first]] = False
        left &= ~full[ranking.owner]
        left &= ~_duplicates_of(corpus, ranking, np.where(full, -1, above))
    return lists


def _duplicates_of(corpus: _Corpus, ranking: _Ranking, above: Array) -> Array:
    """Which candidates are near-duplicates of `above[n]`, an article that stands above the list of `rows[n]`, or -1.

    Two texts are near-duplicates if half of the shorter one's shingles are in the other.
    """
    left, right = above[ranking.owner], ranking.columns
    least = np.minimum(corpus.sizes[left], corpus.sizes[right])
    shared = np.diff(corpus.shingles.indptr)  # no two texts can have more in common than each has with all others
    possible = (left >= 0) & (least >= DUPLICATE_SHINGLES)
    possible &= np.minimum(shared[left], shared[right]) >= DUPLICATE_SHARE * least
    at = np.flatnonzero(possible)
    duplicates = np.zeros(len(left), dtype=bool)
    duplicates[at] = _dot(corpus.shingles, left[at], right[at]) >= DUPLICATE_SHARE * least[at]
    return duplicates
