"""Related stories after a change: the lists of a search of everything, though few articles are searched again."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from mujaz.model.settings import RelatedSettings
from mujaz.related import find_related as related_lists
from mujaz.related import incremental, ranking
from mujaz.related.find_related import RelatedInput, relate, renew
from mujaz.related.incremental import PreviousLists
from mujaz.related.ranking import Filled
from mujaz.related.vectors import Corpus
from tests.support.corpus import Told, press, question
from tests.support.plain_terms import read_terms

Site = list[Told]


def write(site: Site, chance: random.Random, spare: Site) -> Site:
    return [*site, spare.pop()] if spare else site


def delete(site: Site, chance: random.Random, spare: Site) -> Site:
    gone = chance.randrange(len(site))
    return site[:gone] + site[gone + 1 :]


def edit(site: Site, chance: random.Random, spare: Site) -> Site:
    """Some words of one article become those of another."""
    n, other = chance.randrange(len(site)), chance.choice(site)
    words, donor = site[n].text.split(), other.text.split()
    words[: chance.randint(1, 40)] = donor[: chance.randint(1, 40)]
    text = " ".join(words)
    edited = replace(site[n], text=text, terms=read_terms(site[n].title, "", text, ()))
    return [*site[:n], edited, *site[n + 1 :]]


def reprint(site: Site, chance: random.Random, spare: Site) -> Site:
    """An agency's text, printed once more."""
    one = chance.choice(site)
    return [*site, replace(one, id=f"r{chance.randrange(10**9):09}", day=one.day + chance.choice([0, 0.5, 3]))]


def postpone(site: Site, chance: random.Random, spare: Site) -> Site:
    n = chance.randrange(len(site))
    return [*site[:n], replace(site[n], day=site[n].day + chance.choice([-400, -1, 1, 30])), *site[n + 1 :]]


def move(site: Site, chance: random.Random, spare: Site) -> Site:
    n = chance.randrange(len(site))
    return [*site[:n], replace(site[n], section=chance.choice(["politics", "sport"])), *site[n + 1 :]]


def nothing(site: Site, chance: random.Random, spare: Site) -> Site:
    return site


STEPS: list[Callable[[Site, random.Random, Site], Site]] = [write, delete, edit, reprint, postpone, move, nothing]


def levers(site: Site, chance: random.Random) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Pins and exclusions of some articles, the same ones for long."""
    ids = sorted(one.id for one in site)
    pins = {ids[n]: [ids[(7 * n) % len(ids)], ids[(3 * n + 1) % len(ids)]] for n in range(0, len(ids), 9)}
    excluded = {ids[n]: [ids[(5 * n + 2) % len(ids)]] for n in range(0, len(ids), 7)}
    return pins, excluded


CHOICES = [
    RelatedSettings(),
    RelatedSettings(within_days=200),
    RelatedSettings(newer=False, same_section=True),
    RelatedSettings(count=2),
]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_the_lists_are_those_of_a_search_of_everything(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incremental, "MANY", 0.9)  # a small site moves as a whole more often
    monkeypatch.setattr(related_lists, "SPARE", 1 + 4 * seed)
    chance = random.Random(seed)
    articles = press(260, seed=30 + seed, topics=12, words=(60, 130))
    site, spare = articles[:230], articles[230:]
    settings = CHOICES[seed % len(CHOICES)]
    memory: PreviousLists | None = None
    for _ in range(14):
        site = chance.choice(STEPS)(site, chance, spare)
        pins, excluded = levers(site, chance) if seed % 2 else ({}, {})
        asked = question(site, settings, pins, excluded)
        found, memory = renew(asked, memory)
        assert found == relate(asked)


@pytest.mark.slow
@pytest.mark.parametrize("count", [0, 5, 20])
def test_sites_that_begin_and_end_with_nothing(count: int) -> None:
    articles = press(60, seed=1)
    memory: PreviousLists | None = None
    for size in (0, 1, 2, 3, 2, 1, 0, 5, 40, 41, 60, 59):
        asked = question(articles[:size], RelatedSettings(count=count))
        found, memory = renew(asked, memory)
        assert found == relate(asked)


def searched(
    monkeypatch: pytest.MonkeyPatch, asked: RelatedInput, memory: PreviousLists | None
) -> tuple[int, PreviousLists]:
    """Of how many articles everything is searched, and the memory after that."""
    numbers: list[int] = []
    lists = ranking.lists

    def counting(corpus: Corpus, some: Sequence[int], *rest: Any) -> Iterator[Filled]:
        numbers.append(len(some))
        return lists(corpus, some, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(ranking, "lists", counting)
        memory = renew(asked, memory)[1]
    return numbers[0], memory


@pytest.mark.slow
def test_few_articles_are_searched_again(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = press(900, seed=50)
    whole, memory = searched(monkeypatch, question(articles[:-1]), None)
    assert whole == 899
    after_one, memory = searched(monkeypatch, question(articles), memory)
    assert 1 <= after_one < 300
    after_none, memory = searched(monkeypatch, question(articles), memory)
    assert after_none < 40
    assert searched(monkeypatch, question(articles, RelatedSettings(count=3)), memory)[0] == 900
