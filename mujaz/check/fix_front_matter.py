"""Fixes in a front matter: invalid YAML, lists of tags, spellings of names, missing ids and slugs.

Each function takes the text of a front matter and returns it fixed, with the list of fixes; how the file reads after
that is checked in `mujaz.check.fixes`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial

from mujaz.arabic.slugs import name_key, slugs_apart
from mujaz.arabic.typography import bidi_controls, without_bidi_controls
from mujaz.content.front_matter import KEYS
from mujaz.frozen import Value
from mujaz.messages.errors import Problem
from mujaz.messages.message import Message, say
from mujaz.model.content import Article
from mujaz.site.groups import by_name
from mujaz.yaml_values.edit import NoEdit, Wanted, change, comments, value_of
from mujaz.yaml_values.form import NO_BREAK
from mujaz.yaml_values.loader import Node, mended, nodes

LONGEST_TAG = 4  # words; a longer text between two Arabic commas is a sentence rather than a tag
STUCK = re.compile(rf"(?<![\w-])([A-Za-z_][\w-]*+:)[{NO_BREAK}][{NO_BREAK} ]*")
BEFORE_KEY = re.compile(rf"(?<![{NO_BREAK}])[{NO_BREAK}]++(?=[A-Za-z_][\w-]*+:)")
COMMAS = re.compile("[،,]")


class Fix(Value):
    """A fix: the line of the file, the id of the problem, and its message."""

    line: int
    id: str
    what: Message


Made = tuple[str, list[Fix]]


def directional(head: str, first_line: int, problems: Iterable[Problem]) -> Made:
    """Removes embeddings, overrides and isolates: errors in names, and elsewhere what `content` ignores too."""
    kinds = ("directional-left-out", "invisible-character")
    told = {(one.line, one.column): one.message for one in problems if one.message.id in kinds}
    fixes = []
    for at, character in bidi_controls(head):
        line, column = first_line + head.count("\n", 0, at), at - head.rfind("\n", 0, at)
        what = told.get((line, column)) or say(kinds[0], code=f"{ord(character):04X}")
        fixes.append(Fix(line=line, id=what.id, what=what))
    return (without_bidi_controls(head), fixes) if fixes else (head, [])


def form(head: str, first_line: int) -> Made:
    """Rewrites lines that are not valid YAML as they were meant: a colon without quotes, a no-break space after one."""
    made, mistakes = mended(head)
    return made, [Fix(line=first_line + line, id=what.id, what=what) for line, what in mistakes]


def no_break_spaces(head: str, first_line: int, problems: Iterable[Problem]) -> Made:
    """Replaces no-break spaces after the colon of a key or before a key, where the YAML is valid nevertheless."""
    shapes = {"no-break-after-colon": (STUCK, r"\1 "), "no-break-before-key": (BEFORE_KEY, "")}
    rows = head.split("\n")
    fixes = []
    for problem in sorted(problems, key=lambda one: (one.line, -one.column)):
        line, id = problem.line - first_line, problem.message.id
        if id in shapes and 0 <= line < len(rows):
            shape, new = shapes[id]
            row, at = rows[line], problem.column - 1
            if match := shape.match(row, at):
                rows[line] = row[:at] + match.expand(new) + row[match.end() :]
                fixes.append(Fix(line=problem.line, id=id, what=problem.message))
    return "\n".join(rows), fixes


def commas(head: str, first_line: int, problems: Iterable[Problem]) -> Made:
    """Makes a list of tags that are separated by Arabic commas or written as one text."""
    wrong = {one.message.id: one for one in problems if one.message.id in ("arabic-comma-in-entry", "wrong-kind")}
    root = nodes(head) if wrong else None
    node = root.below("tags") if root else None
    if node is None:
        return head, []
    tags = list(_parted(node))
    if not tags or tags == value_of(node):
        return head, []
    problem = wrong["arabic-comma-in-entry" if node.kind == "sequence" else "wrong-kind"]
    return _with(head, "tags", tags), [Fix(line=problem.line, id=problem.message.id, what=problem.message)]


def _parted(node: Node) -> Iterator[str]:
    """The tags that were most likely meant."""
    if node.kind == "scalar":
        parts = [part.strip() for part in COMMAS.split(node.text)]
        if not node.style and len(parts) > 1 and all(map(_may_be_a_tag, parts)):
            yield from parts
        return
    for part in node.parts:
        parts = [one.strip() for one in part.text.split("،")]
        is_row = part.kind == "scalar" and not part.style and len(parts) > 1 and all(map(_may_be_a_tag, parts))
        yield from parts if is_row else [value_of(part)]


def _may_be_a_tag(text: str) -> bool:
    return bool(text) and len(text.split()) <= LONGEST_TAG and "\n" not in text


def lasting(head: str, article: Article, keys: Collection[str]) -> Made:
    """Adds the id and the slug that the story has today, so that a new file name or headline does not move it."""
    fixes = []
    values = {"id": article.id, "slug": article.slug}
    for key in keys:
        head = _with(head, key, values[key])
        what = say("no-id") if key == "id" else say("no-slug-of-one")
        fixes.append(Fix(line=article.places["title"].line, id=f"no-{key}", what=what))
    return head, fixes


def names(head: str, article: Article, spellings: Mapping[tuple[str, str], str]) -> Made:
    """Unifies tags, authors and the series by `spellings`, which maps (kind, as written) to the spelling to use."""
    root = nodes(head)
    fixes = []
    for key, kind in (("tags", "tags"), ("authors", "authors"), ("author", "authors"), ("series", "series")):
        node = root.below(key) if root else None
        if node is None:
            continue
        before = value_of(node)
        written = before if isinstance(before, list) else [before]
        after = [spellings.get((kind, one.strip()), one) if isinstance(one, str) else one for one in written]
        for one, other in zip(written, after, strict=True):
            if one != other:
                what = say("names-written-in-two-ways", kind=say(KINDS[kind]), name=one, usual=other)
                fixes.append(Fix(line=article.places[key].line, id="names-written-in-two-ways", what=what))
        if after != written:
            head = _with(head, key, after if isinstance(before, list) else after[0])
    return head, fixes


KINDS = {"tags": "the-tag", "authors": "the-author", "series": "the-series"}


def spellings(articles: Sequence[Article], shown: Sequence[Article]) -> dict[tuple[str, str], str]:
    """(kind, spelling) → the spelling that readers see, for names that are one. `shown` are the published articles.

    Only where no address changes: the page of a name has the address of its oldest spelling.
    """
    found: dict[tuple[str, str], str] = {}
    for kind in KINDS:
        groups = by_name(shown, partial(_names, kind))
        oldest = {group.key: group.oldest for group in groups}
        usual = {group.key: group.name for group in groups}
        today, then = slugs_apart(oldest), slugs_apart(oldest | usual)
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for article in articles:
            for name in _names(kind, article):
                counts[name_key(name)][name] += 1
        for key, ways in counts.items():
            best = usual.get(key) or min(ways, key=lambda name: (-ways[name], name))
            if today.get(key) == then.get(key):
                found |= {(kind, name): best for name in ways if name != best}
    return found


def _names(kind: str, article: Article) -> tuple[str, ...]:
    if kind == "series":
        return (article.series,) if article.series else ()
    return article.tags if kind == "tags" else article.authors


def _with(head: str, key: str, wanted: Wanted) -> str:
    """The text with `key` set; unchanged where it cannot be edited, or where a comment would be lost."""
    try:
        made = change(head, key, wanted, KEYS)
        return made if comments(made) == comments(head) else head
    except NoEdit:
        return head
