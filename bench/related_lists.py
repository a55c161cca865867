"""`make bench-related DATA=DIR`: how good related stories are, judged by readers' grades, beside other methods.

DIR holds france24.jsonl.gz and cnn.jsonl.gz of the ANT Corpus v2.1 (Chouigui, Ben Khiroun, Elayeb: AICCSA 2017), whose
texts cannot be shipped, and qrels_judged_dev.json. Further grades are in bench/related/, with how they were given.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import re
import sys
import time
import urllib.parse
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from mujaz.arabic.normalize import folded_words, stem  # noqa: E402
from mujaz.model.settings import RelatedSettings  # noqa: E402
from mujaz.related.find_related import RelatedInput, relate  # noqa: E402
from mujaz.related.terms import BODY_WORDS, Terms, sequences, terms_of  # noqa: E402

COUNT = 5
RESAMPLES = 10_000
FRESH = 3  # papers from here on: only the recipe and ours are wholly judged there
WINDOWS = (7, 14, 30, 60, 90, 180, None)
WORD = re.compile(r"\w+")
Judged = dict[str, dict[str, int]]  # query → article → grade, 0 to 3
Lists = dict[str, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    name: str
    articles: list[dict[str, str]]
    days: list[float]
    judged: Judged
    held_out: frozenset[str]  # the queries that no choice was made by
    shingles: list[set[tuple[str, ...]]]


# ---------------------------------------------------------------- reading


def read_papers(folder: Path) -> list[Paper]:
    own = json.loads((HERE / "related" / "judged.json").read_text(encoding="utf-8"))
    given: Judged = json.loads((folder / "qrels_judged_dev.json").read_text(encoding="utf-8"))
    france24 = _merged(own["france24"]["tuning"], given)
    cnn = _articles(folder / "cnn.jsonl.gz")
    first = _paper("France24", _articles(folder / "france24.jsonl.gz"), france24, own["france24"]["held-out"])
    second = _paper("CNN", _without_foreign_leads(cnn), own["cnn"]["tuning"], own["cnn"]["held-out"])
    return [
        first,
        second,
        _paper("CNN as scraped", cnn, own["cnn"]["tuning"], own["cnn"]["held-out"]),
        replace(first, name="France24, fresh", judged=own["france24"]["fresh"], held_out=frozenset()),
        replace(second, name="CNN, fresh", judged=own["cnn"]["fresh"], held_out=frozenset()),
    ]


def _merged(added: Judged, given: Judged) -> Judged:
    """Both; where a pair stands in both, the grade that was given with the corpus counts."""
    return {query: {**added.get(query, {}), **given.get(query, {})} for query in {**added, **given}}


def _articles(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).decode().splitlines()]


def _paper(name: str, articles: list[dict[str, str]], tuning: Judged, held_out: Judged) -> Paper:
    return Paper(
        name=name,
        articles=articles,
        days=[datetime.fromisoformat(one["date"].replace("Z", "+00:00")).timestamp() / 86400 for one in articles],
        judged={**tuning, **held_out},
        held_out=frozenset(held_out),
        shingles=[_shingles(f"{one['title']} {one['text']}") for one in articles],
    )


def _without_foreign_leads(articles: list[dict[str, str]]) -> list[dict[str, str]]:
    """The articles without lines that open other articles, or that stand in four or more.

    From August 2018 on CNN's texts end with the leads of about five other stories of the day, scraped from the page's
    margin: a fifth of all words. They relate a story to its neighbours there, which is no method's merit or fault.
    """
    opens: dict[str, set[int]] = {}
    for n, one in enumerate(articles):
        for line in {_plain(one["abstract"] or ""), _plain(one["text"].strip().split("\n")[0]), _plain(one["title"])}:
            opens.setdefault(line, set()).add(n)
    often = Counter(line for one in articles for line in {_plain(line) for line in one["text"].split("\n")})

    def foreign(n: int, line: str) -> bool:
        plain = _plain(line)
        return len(plain.split()) >= 6 and (often[plain] >= 4 or (plain in opens and n not in opens[plain]))

    return [
        {**one, "text": "\n".join(line for line in one["text"].split("\n") if not foreign(n, line))}
        for n, one in enumerate(articles)
    ]


def _plain(line: str) -> str:
    return " ".join(WORD.findall(line))


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = WORD.findall(text)[:400]
    return {tuple(words[at : at + 4]) for at in range(len(words) - 3)}


def _contained(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    least = min(len(one), len(other))
    return len(one & other) / least if least >= 8 else 0.0


# ---------------------------------------------------------------- methods


def hugo(paper: Paper) -> Lists:
    """Hugo's related content with its default settings, written from its documentation.

    Indices: tags (80), date by year (10); keywords (100) nobody has. A match adds its weight; the mean weight of the
    matches, as a share of the greatest weight of all indices, must reach 80 over the number of matches; nothing newer;
    equal weights by date. The tags are the words of the address that an editor wrote, four at most.
    """
    words = [_address_words(one) for one in paper.articles]
    known = Counter(word for some in words for word in set(some))
    tags = [set([word for word in dict.fromkeys(some) if 5 <= known[word] <= 300][:4]) for some in words]
    found: Lists = {}
    for n, one in _queries(paper):
        weights: dict[int, int] = {}
        for k, other in enumerate(paper.articles):
            shared = len(tags[n] & tags[k])
            same_year = other["date"][:4] == one["date"][:4]
            matches, weight = shared + same_year, 80 * shared + 10 * same_year
            if k == n or not matches or other["date"] > one["date"]:
                continue
            if weight // matches >= 80 // matches:
                weights[k] = weight
        newest_first = sorted(weights, key=lambda k: paper.articles[k]["date"], reverse=True)
        found[one["id"]] = [paper.articles[k]["id"] for k in sorted(newest_first, key=lambda k: -weights[k])[:COUNT]]
    return found


def _address_words(article: Mapping[str, str]) -> list[str]:
    last = urllib.parse.unquote(article["url"]).rstrip("/").rsplit("/", 1)[-1]
    found = re.findall(r"[\u0621-\u064a]+", last) or re.findall(r"[\u0621-\u064a]+", article["title"])
    return [word for word in found if len(word) > 3]


def tf_idf_words(paper: Paper) -> Lists:
    """Cosine of TF-IDF on the words as they are written; nothing else."""
    counts = [Counter(WORD.findall(f"{one['title']} {one['text']}")) for one in paper.articles]
    return _closest(paper, _vectors(counts, 1), lambda days: 1.0, novel=False)


def recipe(paper: Paper) -> Lists:
    """What we began with: stems, title + 3, 400 words, terms that two articles hold, time; no near-duplicates."""
    counts = [
        Counter(
            stem(word)
            for word in [*folded_words(one["text"])[:BODY_WORDS], *(1 + 3) * folded_words(one["title"])]
            if word
        )
        for one in paper.articles
    ]
    return _closest(paper, _vectors(counts, 2), lambda days: 1 + 0.25 * math.exp(-days / 30), novel=True)


def _terms(one: Mapping[str, str]) -> Terms:
    return terms_of(sequences(one["title"], one["abstract"] or "", one["text"], ()))


def ours(paper: Paper, within_days: int | None = None) -> Lists:
    terms = [_terms(one) for one in paper.articles]
    return {name: list(shown) for name, shown in _ours(paper, terms, within_days).items()}


def _ours(paper: Paper, terms: Sequence[Terms], within_days: int | None) -> dict[str, tuple[str, ...]]:
    question = RelatedInput(
        ids=[one["id"] for one in paper.articles],
        days=paper.days,
        terms=terms,
        sections=[one["section"] for one in paper.articles],
        settings=RelatedSettings(count=COUNT, within_days=within_days),
        pins={},
        excluded={},
    )
    return relate(question)


def _queries(paper: Paper) -> list[tuple[int, dict[str, str]]]:
    return [(n, one) for n, one in enumerate(paper.articles) if one["id"] in paper.judged]


def _vectors(counts: Sequence[Mapping[str, int]], fewest: int) -> list[dict[str, float]]:
    held = Counter(term for terms in counts for term in terms)
    vectors = []
    for terms in counts:
        weights = {
            term: (1 + math.log(often)) * math.log((len(counts) + 1) / held[term])
            for term, often in terms.items()
            if held[term] >= fewest
        }
        length = math.sqrt(sum(weight**2 for weight in weights.values())) or 1
        vectors.append({term: weight / length for term, weight in weights.items()})
    return vectors


def _closest(
    paper: Paper, vectors: Sequence[Mapping[str, float]], of_time: Callable[[float], float], *, novel: bool
) -> Lists:
    found: Lists = {}
    for n, one in _queries(paper):
        mine = vectors[n].items()
        scores = {
            k: round(
                sum(weight * other.get(term, 0) for term, weight in mine) * of_time(abs(paper.days[n] - paper.days[k])),
                9,
            )
            for k, other in enumerate(vectors)
            if k != n
        }
        shown = [n]
        for k in sorted(scores, key=lambda k: (-scores[k], paper.articles[k]["id"])):
            if len(shown) > COUNT or scores[k] <= 0:
                break
            if not novel or all(_contained(paper.shingles[above], paper.shingles[k]) < 0.5 for above in shown):
                shown.append(k)
        found[one["id"]] = [paper.articles[k]["id"] for k in shown[1:]]
    return found


# ---------------------------------------------------------------- scores


def ndcg(grades: Mapping[str, int], shown: Sequence[str]) -> float | None:
    """nDCG@5 with the gain 2^grade - 1; None where no judged article is worth anything."""
    ideal = _gain(sorted(grades.values(), reverse=True)[:COUNT])
    return _gain([grades.get(name, 0) for name in shown[:COUNT]]) / ideal if ideal else None


def _gain(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def scores(paper: Paper, lists: Lists) -> dict[str, float]:
    found = {query: ndcg(grades, lists.get(query, [])) for query, grades in paper.judged.items()}
    return {query: score for query, score in found.items() if score is not None}


def row(paper: Paper, lists: Lists) -> tuple[float, float, float, float]:
    """(nDCG@5, P@5 of grade 2 or 3, share of places judged, share of places that are near-duplicates)."""
    scored = scores(paper, lists)
    number = {one["id"]: n for n, one in enumerate(paper.articles)}
    places = [(query, name) for query in paper.judged for name in lists.get(query, [])[:COUNT]]
    good = sum(paper.judged[query].get(name, 0) >= 2 for query, name in places if query in scored)
    judged = sum(name in paper.judged[query] for query, name in places)
    near = sum(
        any(
            _contained(paper.shingles[number[above]], paper.shingles[number[name]]) >= 0.5
            for above in [query, *shown[:at]]
        )
        for query in paper.judged
        for shown in [lists.get(query, [])[:COUNT]]
        for at, name in enumerate(shown)
    )
    mean = sum(scored.values()) / len(scored)
    return mean, good / COUNT / len(scored), judged / max(1, len(places)), near / max(1, len(places))


def interval(differences: Sequence[float]) -> tuple[float, float, float]:
    """The mean, and the 95 % interval of a bootstrap over the queries."""
    chance = random.Random(1)
    means = sorted(sum(chance.choices(differences, k=len(differences))) / len(differences) for _ in range(RESAMPLES))
    return sum(differences) / len(differences), means[RESAMPLES // 40], means[-RESAMPLES // 40]


# ---------------------------------------------------------------- the table


METHODS: dict[str, Callable[[Paper], Lists]] = {
    "Hugo's related content": hugo,
    "TF-IDF on words": tf_idf_words,
    "the recipe": recipe,
    "ours": ours,
}


def print_table(papers: Sequence[Paper], runs: Mapping[str, Sequence[Lists]]) -> None:
    print(f"{'':24}" + "".join(f"{paper.name + f' ({len(paper.judged)})':^33}" for paper in papers))
    print(f"{'method':24}" + "".join(f"{'nDCG@5':>9}{'P@5':>7}{'judged':>8}{'alike':>7}  " for _ in papers))
    for name, lists in runs.items():
        cells = "".join("{:9.3f}{:7.3f}{:8.3f}{:7.3f}  ".format(*row(*one)) for one in zip(papers, lists, strict=True))
        print(f"{name:24}{cells}")


def print_differences(papers: Sequence[Paper], runs: Mapping[str, Sequence[Lists]]) -> None:
    """Ours less the recipe, query by query."""
    print("\nours less the recipe, nDCG@5, 95 % interval of 10,000 bootstrap samples:")
    differences: dict[str, list[float]] = {}
    for n, paper in enumerate(papers):
        before, after = scores(paper, runs["the recipe"][n]), scores(paper, runs["ours"][n])
        for query in before:
            part = "held out" if query in paper.held_out else "tuning"
            pools = [paper.name, f"{paper.name}, {part}"] if n < FRESH else [paper.name, "France24 and CNN, fresh"]
            pools += ["France24 and CNN", f"France24 and CNN, {part}"] if n < 2 else []
            for pool in pools:
                differences.setdefault(pool, []).append(after[query] - before[query])
    for pool in sorted(differences):
        mean, low, high = interval(differences[pool])
        better, worse = (sum(sign * one > 1e-9 for one in differences[pool]) for sign in (1, -1))
        print(
            f"  {pool:28}{len(differences[pool]):4} queries {mean:+.3f} [{low:+.3f}, {high:+.3f}]"
            f"  better in {better}, worse in {worse}"
        )


def print_windows(papers: Sequence[Paper]) -> None:
    print("\nours by within_days:" + "".join(f"{paper.name:>16}" for paper in papers))
    for days in WINDOWS:
        means = []
        for paper in papers:
            scored = scores(paper, ours(paper, days))
            means.append(sum(scored.values()) / len(scored))
        print(f"  {'all' if days is None else days:>18}" + "".join(f"{mean:16.3f}" for mean in means))


def print_cost(papers: Sequence[Paper]) -> None:
    print("\ncost of ours, ms CPU an article:")
    for paper in papers:
        started = time.process_time()
        terms = [_terms(one) for one in paper.articles]
        read = time.process_time()
        _ours(paper, terms, None)
        size = len(paper.articles) / 1000
        print(f"  {paper.name}: terms {(read - started) / size:.2f}, lists {(time.process_time() - read) / size:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--runs", type=Path, help="write each method's lists there as {id: [ids]}, for another scorer")
    parser.add_argument("--unjudged", action="store_true", help="print the pairs that await a grade, and nothing else")
    args = parser.parse_args()
    needed = ("france24.jsonl.gz", "cnn.jsonl.gz", "qrels_judged_dev.json")
    if not all((args.data / name).is_file() for name in needed):
        where = f"{args.data} does not hold" if str(args.data) != "." else "DATA names no folder with"
        print(f"skipped: {where} {', '.join(needed)} (ANT Corpus v2.1, which cannot be shipped; see docs/related.md)")
        return
    papers = read_papers(args.data)
    runs = {name: [method(paper) for paper in papers] for name, method in METHODS.items()}
    if args.unjudged:
        for name, lists in runs.items():
            for paper, one in zip(papers, lists, strict=True):
                for query in paper.judged:
                    for other in one.get(query, [])[:COUNT]:
                        if other not in paper.judged[query]:
                            print(f"{name}\t{paper.name}\t{query}\t{other}")
        return
    if args.runs:
        args.runs.mkdir(parents=True, exist_ok=True)
        for name, lists in runs.items():
            for paper, one in zip(papers, lists, strict=True):
                path = args.runs / f"{paper.name}-{name}.json".replace(" ", "-")
                path.write_text(json.dumps(one, ensure_ascii=False), encoding="utf-8")
    print_table(papers[:FRESH], {name: lists[:FRESH] for name, lists in runs.items()})
    print_differences(papers, runs)
    print_windows(papers[:FRESH])
    print_cost(papers[:FRESH])


if __name__ == "__main__":
    main()
