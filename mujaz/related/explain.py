"""Why stories are related, for the command `related ID`. `mujaz.related.find_related` describes the method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from mujaz.frozen import Value
from mujaz.related import similarity
from mujaz.related.find_related import RelatedInput
from mujaz.related.vectors import Corpus, corpus_of

WORDS = 6  # words shown for a story: they make up about half of a score
CLOSEST = 3  # stories that are shown where a place stays empty


class Explained(Value):
    """A story in the list of the article, or one as similar that is not in it."""

    id: str
    pinned: bool
    score: float
    factor: float  # the time factor, from 1 to 1.25
    days: float  # from the article's publication to the story's
    shares: tuple[tuple[int, float], ...]  # (hash of a stem, its share of the score)
    kept_off: str = ""  # why it is not in the list
    duplicate_of: str = ""  # the id of the story of which it is a near-duplicate


class Explanation(Value):
    shown: tuple[Explained, ...]
    left_out: tuple[Explained, ...]  # not shown, though their score is at least that of the last one shown
    least: float  # the least score of a story that is shown and not pinned
    closest: tuple[Explained, ...]  # where a place is empty: the best stories whose score is too low, best first


def explain(question: RelatedInput, shown: Sequence[str], id: str) -> Explanation:
    """Why the stories `shown`, which `relate` returned, are shown under the article `id`, and why others are not."""
    corpus = corpus_of(question.ids, question.days, question.terms, question.sections)
    number = {name: n for n, name in enumerate(corpus.ids)}
    here, pins = number[id], question.pins.get(id, ())
    found = {corpus.ids[k]: (score, factor) for k, score, factor in similarity.scores(corpus, here)}

    def one(name: str, kept_off: str = "", duplicate_of: str = "") -> Explained:
        score, factor = found.get(name, (0.0, 1.0))
        return Explained(
            id=name,
            pinned=name in pins and not kept_off,
            score=score,
            factor=factor,
            days=float(corpus.days[number[name]] - corpus.days[here]),
            shares=tuple(similarity.shares(corpus, here, number[name])[:WORDS]) if score else (),
            kept_off=kept_off,
            duplicate_of=duplicate_of,
        )

    has_room = len(shown) < question.settings.count
    lowest = similarity.LEAST_SCORE if has_room else 1.0
    last = min((found[name][0] for name in shown if name in found and name not in pins), default=lowest)
    excluded = [name for name in question.excluded.get(id, ()) if name in number]
    closer = [name for name, (score, _) in found.items() if score >= last and name not in shown]
    above = [number[name] for name in (id, *shown)]
    left_out = []
    for name in dict.fromkeys([*closer, *excluded]):
        duplicate = similarity.near_duplicate(corpus, number[name], above)
        beaten = "beaten" if duplicate is None else "near-duplicate"
        reason = _kept_off(question, corpus, number, id, name) or beaten
        other = corpus.ids[duplicate] if reason == "near-duplicate" and duplicate is not None else ""
        left_out.append(one(name, reason, other))
    too_low = (name for name, (score, _) in found.items() if score < similarity.LEAST_SCORE and name not in shown)
    may_stand = (name for name in too_low if has_room and not _kept_off(question, corpus, number, id, name))
    closest = tuple(one(name) for name in islice(may_stand, CLOSEST))
    shown_ones = tuple(one(name) for name in shown)
    least = similarity.LEAST_SCORE
    return Explanation(shown=shown_ones, left_out=tuple(left_out), least=least, closest=closest)


def _kept_off(question: RelatedInput, corpus: Corpus, number: Mapping[str, int], id: str, name: str) -> str:
    """The rule of the editor or of the settings that excludes `name` from the list of `id`; empty if there is none."""
    settings, days = question.settings, corpus.days[number[name]] - corpus.days[number[id]]
    if name in question.excluded.get(id, ()):
        return "unrelated"
    if not settings.newer and days > 0:
        return "newer"
    if settings.within_days is not None and abs(days) > settings.within_days:
        return "within_days"
    if settings.same_section and corpus.section[number[name]] != corpus.section[number[id]]:
        return "same_section"
    return ""
