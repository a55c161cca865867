"""Stories to an index of their words, in parts of a few days each.

A year's index is divided twice. By dates into parts: an edit indexes the few days of its story anew. By terms into
shards, which are the files: a query loads one for each of its words. So a file holds the shard of each part, one after
the other, as JSON:

    [{"اقتصاد": [-1, 4, 30, -3, 12], …}, …]     term → a story, where the term stands in it, the next story …

A story is written as its distance from the one before it, less one and negative; a place as its distance from the place
before it. Here the first story (0) has the term as its 4th and 34th word, and the third (0 + 2) as its 12th, from 0.
The words of a story are those of its title, its summary and its text, and then what is found and not shown.

The table of a year has a column for each thing that ranks or narrows down, and for each part a list in it; and the
names of the year's files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain

import msgspec

from mujaz.arabic.isolates import isolated_set_numbers
from mujaz.frozen import Value, asdict
from mujaz.model.file_views import SearchStoryView
from mujaz.search.words import shard, terms

MADE_BY = (
    (
        "search/index",
        "search/words",
        "arabic/isolates",
        "arabic/normalize",
        "arabic/quotes",
        "model/normal_forms",
        "markdown_body/placeholders",
    ),
    ("msgspec",),
)
PER_SHARD = 32  # stories: a shard of so many loads in one piece of about 20 kB, compressed


class Part(Value):
    """The index of a few days: its rows of the year's table, and of each shard its terms, all of them JSON."""

    rows: bytes
    shards: tuple[bytes, ...]


class Rows(Value):
    """What the table has of the stories of a part, the oldest first."""

    ids: list[str]
    sections: list[str]
    lengths: list[int]  # words
    titles: list[int]  # words of the title


def shards_for(stories: int) -> int:
    """How many shards a year of so many stories has: a power of two, so that few years ever change it."""
    return 1 << max(0, (stories - 1) // PER_SHARD).bit_length()


def index(stories: Iterable[tuple[SearchStoryView, str]], shards: int) -> Part:
    """The index of `stories`, the oldest first, with the texts of their bodies."""
    rows = Rows(ids=[], sections=[], lengths=[], titles=[])
    found: defaultdict[str, list[int]] = defaultdict(list)
    last: dict[str, int] = {}  # the story that was found last under a term
    for number, (story, text) in enumerate(stories):
        title, *others = (part.split() for part in (story.title, story.summary, text, *story.more))
        words = [*title, *chain.from_iterable(others)]
        for term, places in _places(words).items():
            postings = found[term]
            postings.append(last.get(term, 0) - number - 1)
            last[term] = number
            before = 0
            for place in places:
                postings.append(place - before)
                before = place
        rows.ids.append(story.id)
        rows.sections.append(story.section)
        rows.lengths.append(len(words))
        rows.titles.append(len(title))
    divided: list[dict[str, list[int]]] = [{} for _ in range(shards)]
    for term in sorted(found):
        divided[shard(term, shards)][term] = found[term]
    encode = msgspec.json.Encoder().encode
    return Part(rows=encode(rows), shards=tuple(map(encode, divided)))


def _places(words: Iterable[str]) -> dict[str, list[int]]:
    """Term → the places where it stands."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        for term in terms(word):
            if term in places:
                places[term].append(place)
            else:
                places[term] = [place]
    return places


# ---------------------------------------------------------------- files


def joined(parts: Iterable[bytes]) -> bytes:
    """A JSON list of what is JSON."""
    return b"[" + b",".join(parts) + b"]"


def table(rows: Iterable[bytes], shards: tuple[str, ...]) -> bytes:
    """The file of a year's table; `shards` are the names of the files of its shards."""
    return b'{"shards":' + msgspec.json.encode(shards) + b',"parts":' + joined(rows) + b"}"


def shown(story: SearchStoryView, text: str) -> bytes:
    """The file of what is shown of a story: its words are those that were indexed, with marks where a line from right
    to left would turn them round.
    """
    unshown = ("body", "more", "section", "rtl", "quotes")
    fields = {name: value for name, value in asdict(story).items() if name not in unshown}
    words = {"title": story.title, "summary": story.summary, "text": text}
    for name, written in words.items():
        line = " ".join(written.split())
        fields[name] = isolated_set_numbers(line) if story.rtl else line
    return msgspec.json.encode(fields)
