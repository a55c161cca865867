"""YAML text to values that know their line and column; the one place that knows the YAML library.

The parser makes events, never objects: anchors, tags and depth are seen as they are written, no type is guessed from
the look of a value, and an event has its place for free (0.05 ms a front matter; composing nodes takes 0.08). What
the values mean is not known here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from typing import Any, NoReturn

import yaml

from mujaz.arabic.typography import bidi_controls, without_bidi_controls
from mujaz.frozen import Struct, field
from mujaz.messages.errors import Problem
from mujaz.messages.message import Message, say
from mujaz.model.content import Place
from mujaz.yaml_values.form import Mapping, Scalar, Sequence, Value
from mujaz.yaml_values.mistakes import COMMENT, Mistake, Trouble, explain, no_mapping, quote, shown

LARGEST = 64 * 1024  # bytes
MOST_BRACKETS = 1_000  # libyaml crashes the process at 50,000
DEEPEST = 20
MOST_MISTAKES = 20  # lines mended in memory before giving up on a file

Event = Any  # the stubs do not know what an event holds
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
HASHTAG = re.compile(r"(?<!\s)\s++#\S")
# Characters that YAML reads as line ends and editors do not; often pasted from layout programs.
ODD_LINE_ENDS = re.compile("[\x85\u2028\u2029]")


class Refused(Exception):
    """YAML that our files may not use, or a mistake; raised at its event and reported as a problem."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake.text)
        self.mistake = mistake


def load(
    text: str, *, path: str, first_line: int = 1, names: Collection[str] | None = None
) -> tuple[Mapping | None, list[Problem]]:
    """The mapping in the YAML `text`, and every problem with its form.

    `first_line` is the line of `path` on which `text` begins. `names` are the keys whose values are names, ids or
    addresses: a bidi control is an error in those and is removed with a warning elsewhere; with None it is an error
    everywhere. Without a mapping there is at least one problem. Never raises, whatever the text.
    """
    source = _SourceText(path=path, first_line=first_line, problems=[], names=names)
    text = ODD_LINE_ENDS.sub(" ", text) if not text.isascii() else text
    if not source.bounded(text):
        return None, source.problems
    text = source.without_controls(text)
    walked = _walk(text, source)
    for mistake, _ in walked.mistakes:
        source.report(mistake.line, mistake.column, mistake.text, mistake.help)
    source.problems.extend(walked.found)
    source.judge_directional(walked.keys)
    return walked.root, source.problems


def mended(text: str) -> tuple[str, tuple[tuple[int, Message], ...]]:
    """The text with each invalid line as its author most likely meant it, and (line from 0, what was wrong) of each.

    The text is unchanged where it is not a mapping even then, or where a character or a line in it is ambiguous.
    """
    source = _SourceText(path="", first_line=1, problems=[], names=None)
    if ODD_LINE_ENDS.search(text) or CONTROLS.search(text) or bidi_controls(text) or not source.bounded(text):
        return text, ()
    walked = _walk(text, source)
    if walked.root is None or any(row is None or not mistake.is_sure for mistake, row in walked.mistakes):
        return text, ()
    rows = text.split("\n")
    for mistake, row in walked.mistakes:
        rows[mistake.line] = row or ""
    return "\n".join(rows), tuple((mistake.line, mistake.text) for mistake, _ in walked.mistakes)


class _WalkResult(Struct, frozen=True, kw_only=True):
    """The mapping of a text whose invalid lines are mended in memory; `root` is None where one of them cannot be.

    `mistakes` are in the order in which they were met, each with its mended line; `found` are other problems.
    """

    root: Mapping | None
    mistakes: list[tuple[Mistake, str | None]]
    found: list[Problem]
    keys: list[tuple[Place, str]]


def _walk(text: str, source: _SourceText) -> _WalkResult:
    mistakes: list[tuple[Mistake, str | None]] = []
    while True:
        rows = text.split("\n")
        found: list[Problem] = []
        try:
            walk = _Walk(source=source, events=iter(Loader(text).get_event, None), rows=rows, found=found)
            return _WalkResult(root=walk.document(), mistakes=mistakes, found=found, keys=walk.keys)
        except Refused as refused:
            mistake = refused.mistake
        except Exception as error:  # the library raises more than its own errors
            mistake = explain(rows, _trouble(error))
        again = any(mistake.line == earlier.line for earlier, _ in mistakes)
        mistakes.append((mistake, None if again else mistake.row))
        if mistake.row is None or again:
            return _WalkResult(root=None, mistakes=mistakes, found=found, keys=[])
        if len(mistakes) == MOST_MISTAKES:
            return _WalkResult(root=None, mistakes=mistakes, found=[], keys=[])
        rows[mistake.line] = mistake.row
        text = "\n".join(rows)


def _spot(event: Event) -> tuple[int, int]:
    """Line and column of the start of an event, from 0."""
    mark = event.start_mark
    return mark.line, mark.column


def _trouble(error: Exception) -> Trouble:
    mark = getattr(error, "problem_mark", None)
    start = getattr(error, "context_mark", None) or mark
    words = getattr(error, "problem", None) or str(error).split("\n")[0]
    return Trouble(
        words=words,
        line=mark.line if mark else 0,
        column=mark.column if mark else 0,
        opened=start.line if start else 0,
        opened_column=start.column if start else 0,
    )


class _SourceText(Struct, frozen=True, kw_only=True):
    """Where the text is in its file, and the problems in it. Lines and columns of arguments count from 0."""

    path: str
    first_line: int
    problems: list[Problem]
    names: Collection[str] | None
    directional: dict[int, list[tuple[int, str]]] = field(
        default_factory=dict
    )  # line → columns in the file, characters
    left: dict[int, list[int]] = field(default_factory=dict)  # line → for each of these, letters before it that stay

    def place(self, line: int, column: int) -> Place:
        if line in self.left:  # searched for: a line may have thousands of them, and of values
            column += bisect_right(self.left[line], column)
        return Place(line=self.first_line + line, column=column + 1)

    def problem(self, line: int, column: int, text: Message, help: Message | None = None) -> Problem:
        at = self.place(line, column)
        return Problem(path=self.path, line=at.line, column=at.column, message=text, help=help)

    def report(self, line: int, column: int, text: Message, help: Message | None = None) -> None:
        self.problems.append(self.problem(line, column, text, help))

    def bounded(self, text: str) -> bool:
        """Whether `text` is small enough to be given to libyaml."""
        size = len(text.encode(errors="replace"))
        if size > LARGEST:
            self.report(0, 0, say("yaml-too-large", n=size, most=LARGEST), say("move-text-into-body"))
        brackets = text.count("[") + text.count("{")
        if brackets > MOST_BRACKETS:
            message = say("yaml-brackets-too-many", n=brackets, most=MOST_BRACKETS)
            self.report(0, 0, message, say("write-line-by-line"))
        return not self.problems

    def without_controls(self, text: str) -> str:
        """`text` with each control reported and a space in its place, and without directional characters."""
        if not text.isascii():
            for line, column, character in _placed(text, bidi_controls(text)):
                removed = self.directional.setdefault(line, [])
                self.left.setdefault(line, []).append(column - len(removed))
                removed.append((column, character))
            text = without_bidi_controls(text) if self.directional else text
        bad = [(match.start(), match[0]) for match in CONTROLS.finditer(text)] if CONTROLS.search(text) else []
        for line, column, character in _placed(text, bad):
            found = say("invisible-character", kind=say("kind-control"), code=f"{ord(character):04X}")
            self.report(line, column, found, say("delete-invisible"))
        return text.translate({ord(character): " " for _, character in bad}) if bad else text

    def judge_directional(self, keys: list[tuple[Place, str]]) -> None:
        """Report each bidi control, as an error in a name, id or address; `keys` are in the order of the text."""
        spots = [(place.line, place.column) for place, _ in keys]
        for line, removed in self.directional.items():
            for column, character in removed:
                at = Place(line=self.first_line + line, column=column + 1)
                before = bisect_right(spots, (at.line, at.column))
                key = keys[before - 1][1] if before else ""
                warning = self.names is not None and bool(keys) and key not in self.names
                code = f"{ord(character):04X}"
                text = (
                    say("directional-left-out", code=code)
                    if warning
                    else say("invisible-character", kind=say("kind-directional"), code=code)
                )
                self.problems.append(
                    Problem(
                        path=self.path, line=at.line, column=at.column, message=text, help=say("delete-invisible"),
                        warning=warning,
                    )
                )  # fmt: skip


def _placed(text: str, found: Collection[tuple[int, str]]) -> Iterator[tuple[int, int, str]]:
    """(line, column, character) of each (offset, character), in their order."""
    line = start = seen = 0
    for offset, character in found:
        while (end := text.find("\n", seen, offset)) >= 0:
            line, start = line + 1, end + 1
            seen = start
        seen = offset
        yield line, offset - start, character


class _Walk(Struct, frozen=True, kw_only=True):
    """One pass over the events of a text."""

    source: _SourceText
    events: Iterator[Event]
    rows: list[str]
    found: list[Problem]
    keys: list[tuple[Place, str]] = field(default_factory=list)  # every key of every mapping, in the order of the text

    def document(self) -> Mapping | None:
        next(self.events)  # the start of the stream
        start = next(self.events)
        if isinstance(start, yaml.StreamEndEvent):
            self.found.append(self.source.problem(0, 0, say("no-key"), say("write-each-as-key")))
            return None
        if start.version or start.tags:
            self.refuse(start, say("yaml-directive"), say("delete-line"))
        event = next(self.events)
        if not isinstance(event, yaml.MappingStartEvent):
            if mistake := no_mapping(self.rows):
                raise Refused(mistake)
            self.refuse(event, say("no-keys-and-values"), say("write-line-as-key"))
        root = self.mapping(event, 1)
        next(self.events)  # the end of the document
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            self.refuse(after, say("second-document"), say("keep-one-line"))
        return root

    def refuse(self, event: Event, text: Message, help: Message) -> NoReturn:
        line, column = _spot(event)
        line = min(line, len(self.rows) - 1)  # what is missing at the end is reported on the last line
        raise Refused(Mistake(line=line, column=column, text=text, help=help))

    def value(self, event: Event, depth: int) -> Value:
        if type(event) is yaml.ScalarEvent and event.anchor is None and event.tag is None:
            return self.scalar(event)
        if isinstance(event, yaml.AliasEvent):
            self.refuse(event, say("yaml-alias", alias=f"*{event.anchor}"), self.quoted_help(event))
        if event.anchor is not None:
            self.refuse(event, say("yaml-anchor", anchor=f"&{event.anchor}"), self.quoted_help(event))
        if event.tag is not None:
            tag = self.rest(event).split()[0]
            self.refuse(event, say("yaml-tag", tag=tag), self.quoted_help(event))
        if depth > DEEPEST:
            self.refuse(event, say("values-too-deep", n=DEEPEST), say("write-flatter"))
        return self.mapping(event, depth) if isinstance(event, yaml.MappingStartEvent) else self.sequence(event, depth)

    def rest(self, event: Event) -> str:
        """The rest of the line from the start of the event."""
        line, column = _spot(event)
        return self.rows[line][column:].strip()

    def quoted_help(self, event: Event) -> Message:
        rest = self.rest(event)
        return say("quote-if-text") if COMMENT.search(rest) else shown(say("quote-if-text"), quote(rest))

    def scalar(self, event: Event) -> Scalar:
        mark = event.start_mark
        plain = not event.style
        place = self.source.place(mark.line, mark.column)
        if plain:
            self.look_for_hashtag(event)
        elif event.style == '"' and (CONTROLS.search(event.value) or bidi_controls(event.value)):
            text = say("escape-invisible")
            self.found.append(self.source.problem(mark.line, mark.column, text, say("delete-escape")))
        return Scalar(text=event.value, plain=plain, place=place)

    def look_for_hashtag(self, event: Event) -> None:
        """Report `title: فوز #قطر`: YAML silently reads the hashtag as a comment."""
        end = event.end_mark
        row = self.rows[end.line] if end.line < len(self.rows) else ""
        if "#" not in row or not HASHTAG.match(row, end.column):
            return
        at = row.index("#", end.column)
        text = say("comment-in-value", text=row[at:].strip())
        help = say("quote-or-space-before-hash")
        self.found.append(self.source.problem(end.line, at, text, help))

    def sequence(self, event: Event, depth: int) -> Sequence:
        mark = event.start_mark
        values: list[Value] = []
        while not isinstance(inner := next(self.events), yaml.SequenceEndEvent):
            values.append(self.value(inner, depth + 1))
        return Sequence(values=tuple(values), place=self.source.place(mark.line, mark.column))

    def mapping(self, event: Event, depth: int) -> Mapping:
        mark = event.start_mark
        values: dict[str, Value] = {}
        keys: dict[str, Place] = {}
        while not isinstance(inner := next(self.events), yaml.MappingEndEvent):
            if not isinstance(inner, yaml.ScalarEvent):
                self.refuse(inner, say("key-no-text"), say("quote-brackets"))
            key = self.value(inner, depth)
            assert isinstance(key, Scalar)
            self.keys.append((key.place, key.text))
            value = self.value(next(self.events), depth + 1)
            if key.text == "<<" and key.plain:
                self.refuse(inner, say("merge-key"), say("write-keys-out"))
            if first := keys.get(key.text):
                line, column = _spot(inner)
                text = say("key-twice", key=key.text, line=first.line, other=key.place.line)
                self.found.append(self.source.problem(line, column, text, say("keep-one")))
                continue
            keys[key.text], values[key.text] = key.place, value
        return Mapping(values=values, keys=keys, place=self.source.place(mark.line, mark.column))


# ---------------------------------------------------------------- the offsets of values


class Node(Struct, frozen=True, kw_only=True):
    """A value and its place: it is `text[start:end]`, without comments and blank lines after it.

    `style` is the quoting style of a scalar: `'`, `"`, `|`, `>` or empty. `flow` is true for a list or mapping between
    brackets. A mapping has its values in `parts`, in the order of `keys`; a list has `parts` only.
    """

    start: int
    end: int
    kind: str  # scalar | sequence | mapping
    text: str = ""
    style: str = ""
    flow: bool = False
    keys: tuple[Node, ...] = ()
    parts: tuple[Node, ...] = ()

    def below(self, key: str) -> Node | None:
        return next((part for name, part in zip(self.keys, self.parts, strict=True) if name.text == key), None)


def nodes(text: str) -> Node | None:
    """The mapping in `text`, with the offsets of each value; None where `load` finds a problem in its form."""
    mapping, problems = load(text, path="")
    if mapping is None or problems:
        return None
    text = ODD_LINE_ENDS.sub(" ", text)
    events = iter(Loader(text).get_event, None)
    next(events), next(events)
    return _node(next(events), events, text)


def _node(event: Any, events: Iterator[Any], text: str) -> Node:
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, yaml.ScalarEvent):
        style = event.style or ""
        if style in ("|", ">"):  # libyaml counts the blank lines after it as part of it
            end = start + len(text[start:end].rstrip())
        return Node(start=start, end=end, kind="scalar", text=event.value, style=style)
    is_mapping, flow = isinstance(event, yaml.MappingStartEvent), bool(event.flow_style)
    keys, parts = [], []
    while not isinstance(inner := next(events), yaml.MappingEndEvent | yaml.SequenceEndEvent):
        if is_mapping:
            keys.append(_node(inner, events, text))
            inner = next(events)
        parts.append(_node(inner, events, text))
    # libyaml ends a value without brackets at the next key, after comments.
    last: Event = inner
    end = last.end_mark.index if flow else parts[-1].end
    kind = "mapping" if is_mapping else "sequence"
    return Node(start=start, end=end, kind=kind, flow=flow, keys=tuple(keys), parts=tuple(parts))
