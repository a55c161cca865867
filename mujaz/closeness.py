"""How close two articles are, and which are the closest: the arithmetic of `mujaz.related`, where the method is told.

The articles' vectors are made in `mujaz.vectors`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]

from mujaz import workers
from mujaz.model import RelatedSettings
from mujaz.vectors import LOGARITHMS, Array, Corpus, Field, Matrix, cuts

TIME_WEIGHT = 0.25  # what being of one day adds to a score: .861 instead of .841
TIME_DAYS = 30.0  # days in which that falls to 1/e: a story is followed for some weeks
NEAR = 0.035  # below the estimate of a list's last place: candidates. At .03 one place in a thousand would be lost
NEAR_SHARE = 0.18  # of that estimate, where it is more: texts that are alike share small words too, so they err more
DUPLICATE_SHARE = 0.5  # of the shorter text's shingles, found in the other text as well
DUPLICATE_SHINGLES = 8  # a text with fewer is too short to be told from an idiom
PLACES = 9  # decimals of a score; what lies below them is the order of the additions
ROWS = 512  # articles that share one window of time, at least: their candidates are ranked together
CELLS = 1 << 18  # estimates, and the products they are sums of, in memory at once: what a processor's cache holds
HEAPS = 128  # columns are thrown on so many heaps, and the greatest of each tell about where the best places lie
PAIRS = 512  # pairs of whole vectors in memory at once
ROUNDING = 1e-5  # more than an estimate in 24 bits is off


Others: TypeAlias = Mapping[int, Sequence[int]]  # numbers of other articles, for some articles


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """Which articles may stand under which: the columns `first[n]` to `past[n]`, but none of `barred[n]`."""

    first: Array
    past: Array
    barred: Mapping[int, Array]
    same_section: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """How candidates for `count` places are found: at most `limit`, near the one of place `places` or above it."""

    count: int
    places: int
    limit: int
    every: bool = False  # as many as `limit`, near or not
    most: int = 0  # so many of each pool are told of


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """For some articles, all others of which the estimate is above a bar: `columns[n]` for `rows[owner[n]]`.

    `owner` ascends, and so do the columns of each.
    """

    rows: Array
    owner: Array
    columns: Array
    estimates: Array
    bars: Array  # for each of `rows`; below 0 where nothing that is allowed is missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Candidates for some articles: `columns[n]` for `rows[owner[n]]`. `owner` ascends; its closest stand first."""

    rows: Array
    owner: Array
    columns: Array
    scores: Array
    full: Array  # for each of `rows`: a list whose last score is less, or that is short, may lack what was left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """Lists by number of the article; numbers of those that a deeper search may better; what they were chosen from."""

    lists: dict[int, list[int]]
    doubtful: list[int]
    pool: Pool
    scores: Array  # of what is in the pool, NaN where it was no candidate


# ---------------------------------------------------------------- 2. how close two articles are


def time_factor(corpus: Corpus, left: Array, right: Array) -> Array:
    days: Array = np.abs(corpus.days[left] - corpus.days[right])
    return 1 + TIME_WEIGHT * np.exp(-days / TIME_DAYS)


def cosines(corpus: Corpus, left: Array, right: Array) -> Array:
    """How alike article `left[n]` and article `right[n]` are, for each n: the fields' cosines. `left` ascends."""
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
    """The products of article `rows[owner[n]]` with article `right[n]`. `plain` is zeros, and is left so."""
    width = np.int32(field.counts.shape[1])
    line = np.arange(len(rows), dtype=np.int32) * width  # where the vector of each row begins
    own = field.counts[rows]
    own_at = own.indices + np.repeat(line, np.diff(own.indptr))
    plain[own_at] = LOGARITHMS[own.data] * field.squares[own.indices]
    others = field.counts[right]
    others_at = others.indices + np.repeat(line[owner], np.diff(others.indptr))
    shape = (others.shape[0], len(plain))
    products: Array = sparse.csr_array((LOGARITHMS[others.data], others_at, others.indptr), shape) @ plain
    plain[own_at] = 0
    return products


# ---------------------------------------------------------------- 3. candidates, ranked


def allowed_by(corpus: Corpus, settings: RelatedSettings, barred: Others) -> Allowed:
    """What `settings` allow, and `barred`: for some articles, others that may not stand under them."""
    days = corpus.days
    count, within = len(days), settings.within_days
    first = np.zeros(count, dtype=np.intp) if within is None else np.searchsorted(days, days - within, "left")
    past = np.full(count, count) if within is None else np.searchsorted(days, days + within, "right")
    if not settings.newer:
        past = np.searchsorted(days, days, "right")
    never = {n: np.array(columns, dtype=np.intp) for n, columns in barred.items()}
    return Allowed(first=first, past=past, barred=never, same_section=settings.same_section)


def _pool(corpus: Corpus, rows: Array, search: Search, allowed: Allowed, postings: Matrix) -> Pool:
    """What `search` may find for `rows`, which ascend; and some more."""
    low, high = allowed.first[rows[0]], allowed.past[rows[-1]]
    right = postings[:, low:high]
    left = corpus.best[rows]
    work = np.bincount(_owner(left), np.diff(right.indptr)[left.indices], minlength=len(rows))
    owners, columns, found = [np.zeros(0, dtype=np.intp)], [np.zeros(0, dtype=np.intp)], [np.zeros(0)]
    bars = np.full(len(rows), -1.0)
    for start, end in pairwise(cuts(np.maximum(work, high - low), CELLS)):
        some = rows[start:end]
        cells = _estimates(left[start:end], right)
        cells += np.multiply.outer(corpus.rest[some], corpus.rest[low:high])
        _strike_out(cells, corpus, some, low, high, allowed)
        bars[start:end] = _bars(cells, search)
        owner, column = np.divmod(np.flatnonzero(_promising(cells, bars[start:end])), high - low)
        owners.append(start + owner)
        columns.append(low + column)
        found.append(cells[owner, column] * time_factor(corpus, some[owner], low + column))
    owner, estimates = np.concatenate(owners), np.concatenate(found)
    above = estimates > bars[owner]
    columns_above = np.concatenate(columns)[above]
    return Pool(rows=rows, owner=owner[above], columns=columns_above, estimates=estimates[above], bars=bars)


def estimated(corpus: Corpus, rows: Array, columns: Array, allowed: Allowed, postings: Matrix, bars: Array) -> Pool:
    """Which of `columns` are above the `bars` of `rows`. Both ascend, they share no article, and no row bars any."""
    right = postings[:, columns]
    left = corpus.best[rows]
    work = np.bincount(_owner(left), np.diff(right.indptr)[left.indices], minlength=len(rows))
    owners, found, estimates = [np.zeros(0, dtype=np.intp)], [np.zeros(0, dtype=np.intp)], [np.zeros(0)]
    for start, end in pairwise(cuts(np.maximum(work, len(columns)), CELLS)):
        some = rows[start:end]
        cells = _estimates(left[start:end], right)
        cells += np.multiply.outer(corpus.rest[some], corpus.rest[columns])
        cells[(columns < allowed.first[some][:, None]) | (columns >= allowed.past[some][:, None])] = -1
        if allowed.same_section:
            cells[corpus.section[some][:, None] != corpus.section[columns]] = -1
        owner, at = np.divmod(np.flatnonzero(_promising(cells, bars[start:end])), len(columns))
        owners.append(start + owner)
        found.append(columns[at])
        estimates.append(cells[owner, at] * time_factor(corpus, some[owner], columns[at]))
    owner, values = np.concatenate(owners), np.concatenate(estimates)
    above = values > bars[owner]
    return Pool(rows=rows, owner=owner[above], columns=np.concatenate(found)[above], estimates=values[above], bars=bars)


def _owner(matrix: Matrix) -> Array:
    """The row of each entry."""
    return np.repeat(np.arange(matrix.shape[0], dtype=np.int32), np.diff(matrix.indptr))


def _estimates(left: Matrix, right: Matrix) -> Array:
    """The product of two sparse matrices, as a full one.

    scipy's own keeps a list of the places that are not zero, of which there are few: it takes three times as long.
    """
    rows, columns = left.shape[0], right.shape[1]
    products = right[left.indices]
    at = products.indices + np.repeat(_owner(left) * np.int32(columns), np.diff(products.indptr))
    sums = sparse.csc_array((products.data, at, products.indptr), shape=(rows * columns, len(left.indices))) @ left.data
    return np.asarray(sums, dtype=np.float32).reshape(rows, columns)


def _strike_out(cells: Array, corpus: Corpus, rows: Array, low: int, high: int, allowed: Allowed) -> None:
    """Set to -1 what may not stand under `rows`; columns are those from `low` to `high`."""
    if allowed.same_section:
        cells[corpus.section[rows][:, None] != corpus.section[low:high]] = -1
    for row, n in zip(cells, rows.tolist(), strict=True):
        row[: allowed.first[n] - low] = -1
        row[allowed.past[n] - low :] = -1
        if low <= n < high:
            row[n - low] = -1
        if n in allowed.barred:
            columns = allowed.barred[n] - low
            row[columns[(columns >= 0) & (columns < high - low)]] = -1


def _bars(cells: Array, search: Search) -> Array:
    """For each row of cells an estimate below which `search` looks for nothing; -1 where it looks for all."""
    rows, columns = cells.shape
    even = columns // HEAPS * HEAPS
    heaps = cells[:, even:]
    if even:
        heaps = np.concatenate([cells[:, :even].reshape(rows, -1, HEAPS).max(axis=1), heaps], axis=1)
    if search.every or search.places > heaps.shape[1]:
        return np.full(rows, -1.0)
    bars = _near(np.partition(heaps, -search.places, axis=1)[:, -search.places].astype(np.float64))
    return np.where(bars > 0, bars * (1 - ROUNDING), -1)


def _promising(cells: Array, bars: Array) -> Array:
    """Which cells may be above their row's bar, once their time is looked at: all that are, and some more."""
    least = np.maximum(bars, 0) * ((1 - ROUNDING) / (1 + TIME_WEIGHT))
    return np.greater_equal(cells, least.astype(np.float32)[:, None])


def nearest(pool: Pool, search: Search) -> tuple[Array, Array, Array]:
    """Where in the pool those stand that `search` looks for, each article's greatest first, of equal ones the oldest.

    Then for each article the score below which it leaves out; and whether the pool holds all that could be chosen.
    """
    owner, count = pool.owner, len(pool.rows)
    order = np.lexsort((-pool.estimates, owner))
    falling = pool.estimates[order]
    numbers = np.bincount(owner, minlength=count)
    starts = np.cumsum(numbers) - numbers
    keep = np.arange(len(owner)) - starts[owner] < search.limit
    full, least = np.zeros(count), np.full(count, -1.0)
    if not search.every:
        last = np.append(falling, 0)[np.minimum(starts + search.places - 1, len(falling))]
        last[numbers < search.places] = 0
        least = _near(last)
        enough = falling >= least[owner]
        full = (last + least) / 2  # most estimates err by less than half of what is allowed for
        cut_off = np.bincount(owner[enough & ~keep], minlength=count) > 0
        full = np.where(cut_off, np.maximum(full, 0.1**PLACES), full)
        keep &= enough
    return order[keep], full, (least > pool.bars) | (numbers > search.limit) | (pool.bars < 0)


def cut_pools(owner: Array, estimates: Array, bars: Array, most: int) -> tuple[Array, Array]:
    """Higher bars, such that above each there are at most `most`, of equal ones none; and which entries then stay."""
    order = np.lexsort((-estimates, owner))
    numbers = np.bincount(owner, minlength=len(bars))
    starts = np.cumsum(numbers) - numbers
    over = numbers > most
    higher = bars.copy()
    higher[over] = estimates[order[starts[over] + most]]
    return higher, np.flatnonzero(estimates > higher[owner])


def _near(estimates: Array) -> Array:
    """The least estimate that may belong to a closer article than these do."""
    return np.subtract(estimates, np.maximum(estimates * NEAR_SHARE, NEAR))


def scored(corpus: Corpus, left: Array, right: Array) -> Array:
    """The scores of article `right[n]` under article `left[n]`. `left` ascends."""
    scores: Array = np.round(cosines(corpus, left, right) * time_factor(corpus, left, right), PLACES)
    return scores


def ranked(corpus: Corpus, rows: Array, owner: Array, columns: Array, scores: Array, full: Array) -> Ranking:
    """What ranks for `rows`; `owner` ascends."""
    order = np.lexsort((corpus.id_order[columns], -scores, owner))
    order = order[scores[order] > 0]
    return Ranking(rows=rows, owner=owner[order], columns=columns[order], scores=scores[order], full=full)


# ---------------------------------------------------------------- 4. lists without near-duplicates


def filled(corpus: Corpus, ranking: Ranking, pins: Others, count: int) -> tuple[dict[int, list[int]], list[int]]:
    """The lists of the ranking's articles: what is pinned, then candidates, up to `count`; and which are in doubt.

    All lists grow at once: in each round each one is offered its next candidate, and takes it if it is no
    near-duplicate of the article or of what stands on the list.
    """
    starting = [[row, *pins.get(row, ())] for row in ranking.rows.tolist()]
    length = np.array([len(line) for line in starting])
    above = np.full((len(starting), max(length.max(), 1 + count)), -1)
    above[np.arange(above.shape[1]) < length[:, None]] = [number for line in starting for number in line]
    lowest = np.zeros(len(starting))
    bounds = np.searchsorted(ranking.owner, np.arange(len(starting) + 1))
    offered, end = bounds[:-1].copy(), bounds[1:]
    growing = np.flatnonzero((offered < end) & (length <= count))
    while len(growing):
        at = offered[growing]
        new = ranking.columns[at]
        same = _are_duplicates(corpus, above[growing].ravel(), np.repeat(new, above.shape[1]))
        takes = ~same.reshape(len(growing), -1).any(axis=1)
        taking = growing[takes]
        above[taking, length[taking]] = new[takes]
        length[taking] += 1
        offered[growing] += 1
        last = taking[length[taking] > count]
        lowest[last] = ranking.scores[offered[last] - 1]
        growing = growing[(length[growing] <= count) & (offered[growing] < end[growing])]
    lists = {line[0]: line[1:size] for line, size in zip(above.tolist(), length.tolist(), strict=True)}
    return lists, ranking.rows[lowest < ranking.full].tolist()


def _are_duplicates(corpus: Corpus, left: Array, right: Array) -> Array:
    """Which `left[n]` and `right[n]` are near-duplicates: half of the shorter one's shingles are in the other.

    Nothing is one of -1.
    """
    least = np.minimum(corpus.sizes[left], corpus.sizes[right])
    shared = np.diff(corpus.shingles.indptr)  # no two texts can have more in common than each has with all others
    possible = (left >= 0) & (least >= DUPLICATE_SHINGLES)
    possible &= np.minimum(shared[left], shared[right]) >= DUPLICATE_SHARE * least
    at = np.flatnonzero(possible)
    both = corpus.shingles[left[at]].multiply(corpus.shingles[right[at]])
    duplicates = np.zeros(len(left), dtype=bool)
    duplicates[at] = np.diff(both.indptr) >= DUPLICATE_SHARE * least[at]
    return duplicates


def lists(
    corpus: Corpus, numbers: Sequence[int], search: Search, allowed: Allowed, pins: Others, jobs: int
) -> Iterator[Filled]:
    """The lists of the articles of these `numbers`, which ascend, some at a time.

    As many are dealt with at once as make it worth while to choose the columns that their window of time holds.
    """
    if not numbers:
        return
    rows = np.array(numbers, dtype=np.intp)
    widths = allowed.past[rows] - allowed.first[rows]
    size = ROWS if widths.min() == len(corpus.ids) else max(ROWS, int(widths.mean()) // 8)
    postings = corpus.best.T.tocsr()

    def some_lists(chunk: range) -> Filled:
        some = rows[chunk.start : chunk.stop]
        pool = _pool(corpus, some, search, allowed, postings)
        at, full, _ = nearest(pool, search)
        owner, columns = pool.owner[at], pool.columns[at]
        scores = np.full(len(pool.owner), np.nan)
        scores[at] = scored(corpus, some[owner], columns)
        ranking = ranked(corpus, some, owner, columns, scores[at], full)
        found, doubtful = filled(corpus, ranking, pins, search.count)
        bars, keep = cut_pools(pool.owner, pool.estimates, pool.bars, search.most)
        lean = Pool(
            rows=some, owner=pool.owner[keep], columns=pool.columns[keep], estimates=pool.estimates[keep], bars=bars
        )
        return Filled(lists=found, doubtful=doubtful, pool=lean, scores=scores[keep])

    yield from workers.in_chunks(some_lists, len(rows), size=size, jobs=jobs)


# ---------------------------------------------------------------- 5. why


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
    """(hash of a stem, its share of what makes these two alike), the greatest first; the shares sum to 1."""
    products: dict[int, float] = {}
    for field in corpus.fields:
        mine, its = field.counts[[number]], field.counts[[other]]
        both, at, there = np.intersect1d(mine.indices, its.indices, assume_unique=True, return_indices=True)
        weights = LOGARITHMS[mine.data[at]] * LOGARITHMS[its.data[there]] * field.squares[both]
        weights *= field.share / (field.lengths[number] * field.lengths[other])
        for term, weight in zip(field.terms[both].tolist(), weights.tolist(), strict=True):
            products[term] = products.get(term, 0) + weight
    whole = sum(products.values())
    return sorted(((term, weight / whole) for term, weight in products.items()), key=lambda pair: (-pair[1], pair[0]))


def near_duplicate(corpus: Corpus, number: int, others: Sequence[int]) -> int | None:
    """The first of `others` that article `number` is a near-duplicate of."""
    same = _are_duplicates(corpus, np.array(others, dtype=np.intp), np.full(len(others), number))
    return next((other for other, is_one in zip(others, same.tolist(), strict=True) if is_one), None)
