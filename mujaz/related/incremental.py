"""Updates the lists of related stories after a change: which lists are still valid, and how the others are found.

Rarities count bits (`mujaz.related.vectors`), so a new, deleted or edited story changes the vectors of few articles:
those with a word that it makes twice as frequent or as rare. Estimates and scores are sums of whole numbers, so two
articles whose vectors are unchanged are exactly as close as before. The cache has a pool for each article: all others
whose estimate is above a bar. New and changed articles are removed from these pools and added again. A list whose pool
changed is chosen from the pool again. A full search is needed only for an article that changed itself, or whose pool is
too small.

The lists equal those of a full search, whatever the cache holds; a test compares them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from itertools import accumulate, pairwise

import numpy as np

from mujaz.frozen import Value
from mujaz.related import candidates, ranking, similarity
from mujaz.related.candidates import Allowed, Others, Pool, Search
from mujaz.related.ranking import Filled
from mujaz.related.terms import Terms
from mujaz.related.vectors import Array, Corpus

MANY = 0.3  # a share of the articles: if more have changed, a full search is faster


class PreviousLists(Value):
    """The lists and pools of the last build, as the cache stores them. An article's number is its place in `ids`.

    Bytes are arrays in the machine's order of bytes: int32; bars, estimates and scores float64.
    """

    settings: str  # a digest of the settings
    ids: tuple[str, ...]
    marks: bytes  # eight bytes an article, as `marks_of` gives them
    bars: bytes  # of the pools; infinite for an article without one
    sizes: bytes  # of the pools
    columns: bytes  # of the pools, one after another
    estimates: bytes
    scores: bytes  # NaN where not computed
    lengths: bytes  # of the lists
    lists: bytes


class Pools(Value):
    """Pools of many articles: `columns[n]` is in the pool of article `owner[n]`, both ascending."""

    bars: Array  # of all articles; infinite for one without a pool
    owner: Array
    columns: Array
    estimates: Array
    scores: Array


class StillValid(Value):
    """The lists and pools of the last build that are still valid for a corpus."""

    lists: Mapping[int, list[int]]
    pools: Pools


def marks_of(corpus: Corpus, terms: Sequence[Terms], sections: Sequence[str], apart: Mapping[int, str]) -> bytes:
    """A digest of eight bytes for each article, over all that its list depends on, `apart` included.

    `terms` and `sections` are in the order of the corpus. `apart`: article number → a digest of its own settings.
    """
    sums = np.stack([corpus.days.view(np.uint64), *(field.sums for field in corpus.fields)], axis=1)
    marks = bytearray()
    for n, (own, one, section) in enumerate(zip(sums, terms, sections, strict=True)):
        mark = blake2b(own.tobytes(), digest_size=8)
        mark.update(f"{section}\n{apart.get(n, '')}\n".encode())
        mark.update(one.shingles)
        marks += mark.digest()
    return bytes(marks)


def still_valid(
    corpus: Corpus, before: PreviousLists, marks: bytes, search: Search, allowed: Allowed, pins: Others
) -> StillValid | None:
    """What of `before` is still valid, or None if too little is. Articles without a list need a `search`."""
    number = {name: n for n, name in enumerate(corpus.ids)}
    now = np.array([number.get(name, -1) for name in before.ids], dtype=np.intp)  # an old number → its new one
    there = np.flatnonzero(now >= 0)
    same = np.zeros(len(now), dtype=bool)
    same[there] = np.frombuffer(marks, "u8")[now[there]] == np.frombuffer(before.marks, "u8")[there]
    moved = np.ones(len(corpus.ids), dtype=bool)
    moved[now[same]] = False
    if moved.sum() > MANY * len(moved):
        return None
    lists = _lists_of(before, now, same)
    pools, standing, touched = _pools_of(corpus, before, now, same, np.flatnonzero(moved), allowed)
    for row in np.flatnonzero(touched).tolist():
        del lists[row]
    mine = np.flatnonzero(touched[pools.owner])
    chosen, scores, sure = _chosen(corpus, pools, np.flatnonzero(touched), mine, search, pins)
    pools.scores[mine] = scores
    lists |= {row: line for row, line in chosen.items() if row in sure}
    lists = {row: line for row, line in lists.items() if standing[row]}
    return StillValid(lists=lists, pools=pools)


def _lists_of(before: PreviousLists, now: Array, same: Array) -> dict[int, list[int]]:
    """The old lists of unchanged articles, in new numbers."""
    flat = now[np.frombuffer(before.lists, "i4")].tolist()
    cut = pairwise([0, *accumulate(np.frombuffer(before.lengths, "i4").tolist())])
    return {new: flat[a:b] for new, stands, (a, b) in zip(now.tolist(), same.tolist(), cut, strict=True) if stands}


def _pools_of(
    corpus: Corpus, before: PreviousLists, now: Array, same: Array, moved: Array, allowed: Allowed
) -> tuple[Pools, Array, Array]:
    """The updated pools; a mask of the articles that have one; a mask of those whose pool changed."""
    old_bars, sizes = np.frombuffer(before.bars), np.frombuffer(before.sizes, "i4")
    has = same & np.isfinite(old_bars)
    owner, columns = np.repeat(np.arange(len(now)), sizes), np.frombuffer(before.columns, "i4")
    count = len(corpus.ids)
    bars, touched, standing = np.full(count, np.inf), np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    rows = now[has]
    bars[rows], standing[rows] = old_bars[has], True
    stays = same[columns]
    touched[now[owner[has[owner] & ~stays]]] = True
    stays &= has[owner]
    fresh = candidates.estimated(corpus, rows, moved, allowed, bars[rows])
    may = ~_are_barred(rows[fresh.owner], fresh.columns, allowed.barred, count)
    new_owner, new_columns = rows[fresh.owner[may]], fresh.columns[may]
    touched[new_owner] = True
    all_owner = np.concatenate([now[owner[stays]], new_owner])
    all_columns = np.concatenate([now[columns[stays]], new_columns])
    order = np.lexsort((all_columns, all_owner))
    estimates = np.concatenate([np.frombuffer(before.estimates)[stays], fresh.estimates[may]])
    scores = np.concatenate([np.frombuffer(before.scores)[stays], np.full(len(new_owner), np.nan)])
    return (
        Pools(
            bars=bars,
            owner=all_owner[order],
            columns=all_columns[order],
            estimates=estimates[order],
            scores=scores[order],
        ),
        standing,
        touched,
    )


def _are_barred(owner: Array, columns: Array, barred: Mapping[int, Array], count: int) -> Array:
    pairs = [np.array([n], dtype=np.intp) * count + others for n, others in barred.items()]
    return np.isin(owner * count + columns, np.concatenate(pairs)) if pairs else np.zeros(len(owner), dtype=bool)


def _chosen(
    corpus: Corpus, pools: Pools, rows: Array, mine: Array, search: Search, pins: Others
) -> tuple[dict[int, list[int]], Array, set[int]]:
    """The lists of `rows`, chosen from the entries `mine` of the pools; their scores; the rows whose list is sure."""
    place = np.zeros(len(corpus.ids), dtype=np.intp)
    place[rows] = np.arange(len(rows))
    scores = pools.scores[mine]
    pool = Pool(
        rows=rows,
        owner=place[pools.owner[mine]],
        columns=pools.columns[mine],
        estimates=pools.estimates[mine],
        bars=pools.bars[rows],
    )
    at, full, sure = candidates.nearest(pool, search)
    unknown = at[np.isnan(scores[at])]
    scores[unknown] = similarity.scored(corpus, rows[pool.owner[unknown]], pool.columns[unknown])
    order = ranking.ranked(corpus, rows, pool.owner[at], pool.columns[at], scores[at], full)
    lists, doubtful = ranking.filled(corpus, order, pins, search.count) if len(rows) else ({}, [])
    return lists, scores, set(rows[sure].tolist()) - set(doubtful)


def previous_lists_of(
    corpus: Corpus, settings: str, marks: bytes, lists: Mapping[int, list[int]], pools: Pools, most: int
) -> PreviousLists:
    """What the cache stores for the next build; the `most` nearest of each pool are enough."""
    bars, keep = candidates.cut_pools(pools.owner, pools.estimates, pools.bars, most)
    lines = [lists[n] for n in range(len(corpus.ids))]
    return PreviousLists(
        settings=settings,
        ids=corpus.ids,
        marks=marks,
        bars=bars.tobytes(),
        sizes=np.bincount(pools.owner[keep], minlength=len(corpus.ids)).astype("i4").tobytes(),
        columns=pools.columns[keep].astype("i4").tobytes(),
        estimates=pools.estimates[keep].tobytes(),
        scores=pools.scores[keep].tobytes(),
        lengths=np.array([len(line) for line in lines], "i4").tobytes(),
        lists=np.array([n for line in lines for n in line], "i4").tobytes(),
    )


def joined(corpus: Corpus, before: StillValid | None, searched: Iterable[Filled]) -> Pools:
    """The pools that are still valid and those of a search; an article that needs a deeper search gets none."""
    bars = np.full(len(corpus.ids), np.inf)
    parts = [(np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp), np.zeros(0), np.zeros(0))]
    if before is not None and before.lists:
        pools, rows = before.pools, np.array(list(before.lists))
        bars[rows] = pools.bars[rows]
        mine = np.isfinite(bars[pools.owner])
        parts.append((pools.owner[mine], pools.columns[mine], pools.estimates[mine], pools.scores[mine]))
    for one in searched:
        pool = one.pool
        sure = np.isin(pool.rows, one.doubtful, invert=True)
        bars[pool.rows[sure]] = pool.bars[sure]
        mine = sure[pool.owner]
        parts.append((pool.rows[pool.owner[mine]], pool.columns[mine], pool.estimates[mine], one.scores[mine]))
    owner, columns, estimates, scores = (np.concatenate(some) for some in zip(*parts, strict=True))
    order = np.argsort(owner, kind="stable")  # the columns of each ascend already
    return Pools(
        bars=bars, owner=owner[order], columns=columns[order], estimates=estimates[order], scores=scores[order]
    )
