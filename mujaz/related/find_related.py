"""Related stories: which articles to show under each article.

The method:

1. An article is two vectors, of its text and of its head (title, summary, first 60 words: `mujaz.related.terms`). Each
   holds (1 + ln tf) · (1 + bits of N - bits of df)^.9 for each stem that two articles or more hold, and is of length 1;
   N is the number of articles, df that of those which hold the stem, and bits are the digits of a number in base two: a
   stem is rarer by one where half as many hold it. Each new story would move the usual ln(N / df) for all articles,
   and it does worse (.845 and .743 on two papers, where this has .880 and .779): one rare word, often an accident,
   outweighs the people and places of a story. The power takes a little more from it. The head has a df of its own: a
   word that many headlines share tells less in a headline. (`mujaz.related.vectors`)
2. The score of two articles is the cosine of their texts plus half the cosine of their heads, over 1½, times
   1 + ¼·e^(-days between them / 30). (`mujaz.related.similarity`)
3. Each article's cosine with all others is estimated from their heavier terms, and candidates near the best estimates
   are ranked again by whole vectors: this gives 99.9 % of the places that a full comparison gives.
   (`mujaz.related.candidates`)
4. An editor's pins come first. Then the best scores, without near-duplicates of the article or of a story above in the
   list, and without scores below a minimum. (`mujaz.related.ranking`) A young paper does not count function words.
5. The state of the last search saves most of this work, and changes no list. (`mujaz.related.incremental`)

Figures in the comments are nDCG@5 over 29 judged articles of the ANT Corpus v2.1 (Chouigui, Ben Khiroun, Elayeb:
AICCSA 2017), or places of lists that were lost in three corpora (its France24 and CNN articles, and 10,000 made-up
ones). All sums are of whole numbers, so the same in any order; and scores are rounded before they are compared,
since an exponential may differ in its last digits from machine to machine: the same articles give the same lists.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from mujaz.frozen import Value
from mujaz.model.fingerprint import digest
from mujaz.model.settings import RelatedSettings
from mujaz.related import candidates, incremental, ranking
from mujaz.related.candidates import Others, Search
from mujaz.related.incremental import PreviousLists
from mujaz.related.terms import Terms
from mujaz.related.vectors import Corpus, corpus_of

CANDIDATES = 32  # the most that are ranked by whole vectors; in news about 15
WIDER = 4  # times as many places and candidates, for the few articles whose best are mostly near-duplicates
SPARE = 12  # spare entries in a pool, so that removals do not force a full search
DEEP_CANDIDATES = 500  # candidates, however low their estimates, where WIDER does not suffice


class RelatedInput(Value):
    """What lists are made from. `days`, `terms` and `sections` have one entry for each of `ids`, which are unique.

    `days` is the time of publication in days since any epoch. `pins` and `excluded` map some ids to other ids.
    """

    ids: Sequence[str]
    days: Sequence[float]
    terms: Sequence[Terms]
    sections: Sequence[str]
    settings: RelatedSettings
    pins: Mapping[str, Sequence[str]]
    excluded: Mapping[str, Collection[str]]


def relate(question: RelatedInput, *, jobs: int = 1) -> dict[str, tuple[str, ...]]:
    """The ids to show under each article, in the order of `question.ids`.

    All pins are shown, in their order, even against the settings; the other places are filled up to `count`. Excluded
    stories are never shown, even if pinned; unknown ids are ignored. A list is shorter than `count` only if no other
    allowed article is similar, or if the 500 most similar are near-duplicates.
    `jobs` is a number of processes, 0 for one a processor. Raises WorkerDied where one of them was killed.
    """
    return renew(question, None, jobs=jobs)[0]


def renew(
    question: RelatedInput, before: PreviousLists | None, *, jobs: int = 1
) -> tuple[dict[str, tuple[str, ...]], PreviousLists]:
    """As `relate`; also returns the `before` for the next call, which makes that faster and changes no list."""
    settings = question.settings
    corpus = corpus_of(question.ids, question.days, question.terms, question.sections)
    number = {name: n for n, name in enumerate(corpus.ids)}
    never, pinned = _exclusions_and_pins(number, question)
    barred = {n: [*never.get(n, ()), *pinned.get(n, ())] for n in never.keys() | pinned.keys()}
    allowed = candidates.allowed_by(corpus, settings, barred)
    lists = {n: pinned.get(n, []) for n in range(len(question.ids))}
    most = max(CANDIDATES, 3 * settings.count)
    first = Search(count=settings.count, places=settings.count, limit=most, most=most + SPARE)
    marks, mark = _marks(corpus, question, never, pinned), digest(settings)
    short = [n for n, shown in lists.items() if len(shown) < settings.count]
    held = None
    if before is not None and before.settings == mark:
        held = incremental.still_valid(corpus, before, marks, first, allowed, pinned)
    if held is not None:
        lists.update(held.lists)
        short = [n for n in short if n not in held.lists]
    searched = list(ranking.lists(corpus, short, first, allowed, pinned, jobs))
    unsure: list[int] = []
    for found in searched:
        lists.update(found.lists)
        unsure += found.doubtful
    for search in (
        Search(count=settings.count, places=WIDER * settings.count, limit=WIDER * most),
        Search(count=settings.count, places=DEEP_CANDIDATES, limit=DEEP_CANDIDATES, every=True),
    ):
        short, unsure = unsure, []
        for found in ranking.lists(corpus, short, search, allowed, pinned, jobs):
            lists.update(found.lists)
            unsure += found.doubtful
    pools = incremental.joined(corpus, held, searched)
    memory = incremental.previous_lists_of(corpus, mark, marks, lists, pools, first.most)
    return {name: tuple(corpus.ids[k] for k in lists[number[name]]) for name in question.ids}, memory


def _exclusions_and_pins(
    number: Mapping[str, int], question: RelatedInput
) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """What editors excluded and what they pinned, as numbers of articles, for some articles."""
    never = _numbered(number, question.excluded)
    pinned = _numbered(number, question.pins)
    return never, {n: [k for k in named if k != n and k not in never.get(n, ())] for n, named in pinned.items()}


def _marks(corpus: Corpus, question: RelatedInput, never: Others, pinned: Others) -> bytes:
    place = {name: k for k, name in enumerate(question.ids)}
    order = [place[name] for name in corpus.ids]
    terms, sections = [question.terms[k] for k in order], [question.sections[k] for k in order]
    # A pin excludes its near-duplicates, so a list depends on the pins' shingles too.
    apart = {
        n: digest(
            tuple(corpus.ids[k] for k in never.get(n, ())),
            tuple((corpus.ids[k], terms[k].shingles) for k in pinned.get(n, ())),
        )
        for n in never.keys() | pinned.keys()
    }
    return incremental.marks_of(corpus, terms, sections, apart)


def _numbered(number: Mapping[str, int], names: Mapping[str, Collection[str]]) -> dict[int, list[int]]:
    """`names` as numbers of articles, each once, without unknown ones."""
    return {
        number[name]: list(dict.fromkeys(number[other] for other in others if other in number))
        for name, others in names.items()
        if name in number
    }
