"""A made-up press: articles by Zipf's law, of topics, some of them an agency's text printed twice."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from mujaz.model.settings import RelatedSettings
from mujaz.related.find_related import RelatedInput
from mujaz.related.terms import Terms
from tests.support.plain_terms import read_terms

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An article as these tests tell it."""

    id: str
    title: str
    text: str
    day: float = 0.0
    section: str = "politics"
    terms: Terms = field(default_factory=Terms)


def question(
    articles: Sequence[Told],
    settings: RelatedSettings | None = None,
    pins: Mapping[str, Sequence[str]] | None = None,
    excluded: Mapping[str, Sequence[str]] | None = None,
) -> RelatedInput:
    return RelatedInput(
        ids=[one.id for one in articles],
        days=[one.day for one in articles],
        terms=[one.terms if one.terms.terms else read_terms(one.title, "", one.text, ()) for one in articles],
        sections=[one.section for one in articles],
        settings=settings or RelatedSettings(),
        pins=pins or {},
        excluded=excluded or {},
    )


def press(count: int, *, seed: int, topics: int = 40, words: tuple[int, int] = (120, 260)) -> list[Told]:
    """`count` articles over three years: words by Zipf's law, a quarter of them of the article's topic.

    One article in twenty is an agency's text that an earlier one printed as well, with some words changed.
    """
    chance = random.Random(seed)
    lexicon = list({"".join(chance.choices(LETTERS, k=chance.randint(3, 7))) for _ in range(12_000)})
    lexicon.sort()
    zipf = [1 / rank for rank in range(1, len(lexicon) + 1)]
    subjects = [chance.sample(lexicon[200:], 80) for _ in range(topics)]
    told: list[Told] = []
    for _ in range(count):
        size, subject = chance.randint(*words), chance.choice(subjects)
        text = chance.choices(lexicon, zipf, k=size)
        for place in chance.sample(range(size), size // 4):
            text[place] = subject[int(80 * chance.random() ** 2)]
        title = " ".join(chance.choices(subject[:30], k=6))
        if told and chance.random() < 0.05:
            printed = chance.choice(told)
            title, text = printed.title, printed.text.split()
            text[chance.randrange(len(text))] = "عاجل"
        article = Told(
            id=f"a{chance.randrange(10**9):09}",
            title=title,
            text=" ".join(text),
            day=chance.random() * 1000,
            section=chance.choice(["politics", "economy", "sport"]),
        )
        told.append(replace(article, terms=read_terms(article.title, "", article.text, ())))
    return told
