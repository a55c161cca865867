"""Lists of related stories: candidates ranked by whole vectors, and near-duplicates left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from mujaz import workers
from mujaz.frozen import Value
from mujaz.related.candidates import Allowed, Others, Pool, Search, cut_pools, nearest, pool_of
from mujaz.related.similarity import LEAST_SCORE, are_duplicates, scored
from mujaz.related.vectors import Array, Corpus

ROWS = 512  # at least this many articles share a window of time: their candidates are ranked together


class Ranking(Value):
    """Candidates for some articles: entry n is `columns[n]` for `rows[owner[n]]`. `owner` ascends; best score first."""

    rows: Array
    owner: Array
    columns: Array
    scores: Array
    full: Array  # for each of `rows` a score: a short list, or one whose last score is less, may miss a better story


class Filled(Value):
    """Lists by number of the article; numbers of those that a deeper search may improve; the pool of candidates."""

    lists: dict[int, list[int]]
    doubtful: list[int]
    pool: Pool
    scores: Array  # of the pool's entries, NaN for those that were not candidates


def ranked(corpus: Corpus, rows: Array, owner: Array, columns: Array, scores: Array, full: Array) -> Ranking:
    """The ranking of candidates for `rows`; `owner` ascends."""
    order = np.lexsort((corpus.id_order[columns], -scores, owner))
    order = order[scores[order] >= LEAST_SCORE]
    return Ranking(rows=rows, owner=owner[order], columns=columns[order], scores=scores[order], full=full)


def filled(corpus: Corpus, ranking: Ranking, pins: Others, count: int) -> tuple[dict[int, list[int]], list[int]]:
    """The lists of the ranking's articles: pins, then candidates, up to `count`; and those that may be incomplete.

    All lists are filled in parallel, one candidate per round, which is added unless it is a near-duplicate of the
    article or of a story in the list.
    """
    starting = [[row, *pins.get(row, ())] for row in ranking.rows.tolist()]
    length = np.array([len(line) for line in starting])
    above = np.full((len(starting), max(length.max(), 1 + count)), -1)
    above[np.arange(above.shape[1]) < length[:, None]] = [number for line in starting for number in line]
    lowest = np.full(len(starting), LEAST_SCORE)  # what a story would need to enter the list
    bounds = np.searchsorted(ranking.owner, np.arange(len(starting) + 1))
    offered, end = bounds[:-1].copy(), bounds[1:]
    growing = np.flatnonzero((offered < end) & (length <= count))
    while len(growing):
        at = offered[growing]
        new = ranking.columns[at]
        same = are_duplicates(corpus, above[growing].ravel(), np.repeat(new, above.shape[1]))
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


def lists(
    corpus: Corpus, numbers: Sequence[int], search: Search, allowed: Allowed, pins: Others, jobs: int
) -> Iterator[Filled]:
    """The lists of the articles with these `numbers`, which ascend, some at a time.

    Each time enough articles for it to pay to select the columns in their window of time.
    """
    if not numbers:
        return
    rows = np.array(numbers, dtype=np.intp)
    widths = allowed.past[rows] - allowed.first[rows]
    size = ROWS if widths.min() == len(corpus.ids) else max(ROWS, int(widths.mean()) // 8)
    postings = corpus.best.T.tocsr()

    def some_lists(chunk: range) -> Filled:
        some = rows[chunk.start : chunk.stop]
        pool = pool_of(corpus, some, search, allowed, postings)
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

    yield from workers.map(some_lists, len(rows), size=size, jobs=jobs)
