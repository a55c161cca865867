"""Candidates for the most similar articles, estimated from the heavier terms only, for many articles at once.

`mujaz.related.ranking` ranks them by whole vectors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from mujaz.frozen import Value
from mujaz.model.settings import RelatedSettings
from mujaz.related.similarity import PLACES, TIME_WEIGHT, time_factor
from mujaz.related.sparse import Matrix, sparse
from mujaz.related.vectors import Array, Corpus, cuts

NEAR = 0.035  # candidates are this far below the estimate of a list's last place; .03 would lose a place in a thousand
NEAR_SHARE = 0.2  # or this share of that estimate, if more: similar texts share light terms too, so they err more
CELLS = 1 << 18  # estimates, and the products that they sum up, in memory at once: they fit a processor's cache
HEAPS = 128  # columns are divided into this many heaps, whose maxima show roughly where the best estimates are
ROUNDING = 1e-5  # more than the error of an estimate in 24 bits

Others: TypeAlias = Mapping[int, Sequence[int]]  # numbers of other articles, for some articles


class Allowed(Value):
    """Which articles may be shown under article n: the columns `first[n]` to `past[n]`, except those in `barred[n]`."""

    first: Array
    past: Array
    barred: Mapping[int, Array]
    same_section: bool


class Search(Value):
    """How candidates for `count` places are searched: `limit` at most, near the estimate of place `places` or above."""

    count: int
    places: int
    limit: int
    every: bool = False  # take `limit` candidates, near or not
    most: int = 0  # how many of each pool the next build gets


class Pool(Value):
    """For some articles all others whose estimate is above a bar: entry n is `columns[n]` for `rows[owner[n]]`.

    `owner` ascends, and so do the columns of each owner.
    """

    rows: Array
    owner: Array
    columns: Array
    estimates: Array
    bars: Array  # one for each of `rows`; below 0 where the pool holds all that is allowed


def allowed_by(corpus: Corpus, settings: RelatedSettings, barred: Others) -> Allowed:
    """What `settings` allow, except `barred`: for some articles, others that may not be shown under them."""
    days = corpus.days
    count, within = len(days), settings.within_days
    first = np.zeros(count, dtype=np.intp) if within is None else np.searchsorted(days, days - within, "left")
    past = np.full(count, count) if within is None else np.searchsorted(days, days + within, "right")
    if not settings.newer:
        past = np.searchsorted(days, days, "right")
    never = {n: np.array(columns, dtype=np.intp) for n, columns in barred.items()}
    return Allowed(first=first, past=past, barred=never, same_section=settings.same_section)


def pool_of(corpus: Corpus, rows: Array, search: Search, allowed: Allowed, postings: Matrix) -> Pool:
    """All that `search` may find for `rows`, which ascend, and possibly more."""
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
        owner, column = np.divmod(np.flatnonzero(_promising(cells, bars[start:end, None])), high - low)
        owners.append(start + owner)
        columns.append(low + column)
        found.append(cells[owner, column] * time_factor(corpus, some[owner], low + column))
    owner, estimates = np.concatenate(owners), np.concatenate(found)
    above = estimates > bars[owner]
    columns_above = np.concatenate(columns)[above]
    return Pool(rows=rows, owner=owner[above], columns=columns_above, estimates=estimates[above], bars=bars)


def estimated(corpus: Corpus, rows: Array, columns: Array, allowed: Allowed, bars: Array) -> Pool:
    """The `columns` above the `bars` of `rows`. Both ascend and share no article, and no row bars a column."""
    right = corpus.best[rows].T.tocsr()
    left = corpus.best[columns]
    work = np.bincount(_owner(left), np.diff(right.indptr)[left.indices], minlength=len(columns))
    owners, found, estimates = [np.zeros(0, dtype=np.intp)], [np.zeros(0, dtype=np.intp)], [np.zeros(0)]
    for start, end in pairwise(cuts(np.maximum(work, len(rows)), CELLS)):
        some = columns[start:end]
        cells = _estimates(left[start:end], right)
        cells += np.multiply.outer(corpus.rest[some], corpus.rest[rows])
        cells[(some[:, None] < allowed.first[rows]) | (some[:, None] >= allowed.past[rows])] = -1
        if allowed.same_section:
            cells[corpus.section[some][:, None] != corpus.section[rows]] = -1
        at, owner = np.divmod(np.flatnonzero(_promising(cells, bars)), len(rows))
        owners.append(owner)
        found.append(some[at])
        estimates.append(cells[at, owner] * time_factor(corpus, rows[owner], some[at]))
    owner, values = np.concatenate(owners), np.concatenate(estimates)
    above = np.flatnonzero(values > bars[owner])
    above = above[np.argsort(owner[above], kind="stable")]
    return Pool(rows=rows, owner=owner[above], columns=np.concatenate(found)[above], estimates=values[above], bars=bars)


def _owner(matrix: Matrix) -> Array:
    """The row of each entry."""
    return np.repeat(np.arange(matrix.shape[0], dtype=np.int32), np.diff(matrix.indptr))


def _estimates(left: Matrix, right: Matrix) -> Array:
    """The product of two sparse matrices, as a dense one.

    scipy's own product tracks which cells are not zero, and takes three times as long.
    """
    rows, columns = left.shape[0], right.shape[1]
    products = right[left.indices]
    at = products.indices + np.repeat(_owner(left) * np.int32(columns), np.diff(products.indptr))
    sums = sparse.csc_array((products.data, at, products.indptr), shape=(rows * columns, len(left.indices))) @ left.data
    return np.asarray(sums, dtype=np.float32).reshape(rows, columns)


def _strike_out(cells: Array, corpus: Corpus, rows: Array, low: int, high: int, allowed: Allowed) -> None:
    """Set the cells to -1 that are not allowed under `rows`; the columns are those from `low` to `high`."""
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
    """For each row of cells the estimate below which `search` needs nothing; -1 where it needs all."""
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
    """Which cells may be above these bars after the time factor: all that are, and possibly more."""
    least = np.maximum(bars, 0) * ((1 - ROUNDING) / (1 + TIME_WEIGHT))
    return np.greater_equal(cells, least.astype(np.float32))


def nearest(pool: Pool, search: Search) -> tuple[Array, Array, Array]:
    """Indexes into the pool of what `search` needs: by article, the greatest estimate first, of equal ones the oldest.

    Then for each article the score below which it may miss some; and whether the pool holds all that can be chosen.
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
    """Higher bars with at most `most` entries above each, ties excluded; and a mask of the entries that stay."""
    numbers = np.bincount(owner, minlength=len(bars))
    over = numbers > most
    higher = bars.copy()
    if over.any():
        at = np.flatnonzero(over[owner])
        order = at[np.lexsort((-estimates[at], owner[at]))]
        starts = np.cumsum(numbers[over]) - numbers[over]
        higher[over] = estimates[order[starts + most]]
    return higher, np.flatnonzero(estimates > higher[owner])


def _near(estimates: Array) -> Array:
    """The least estimate that an article with a better score than these may have."""
    return np.subtract(estimates, np.maximum(estimates * NEAR_SHARE, NEAR))
