"""Values that know their line and column, and `Form`, which checks them one key at a time.

`mujaz.yaml_values.loader` makes them from YAML. What a key means is known in `mujaz.config.settings` and
`mujaz.content.front_matter` only.
"""

from __future__ import annotations

import re
from collections import abc
from collections.abc import Iterable
from datetime import datetime
from types import MappingProxyType
from typing import Any

from mujaz.arabic.normalize import digits, tokens
from mujaz.arabic.typography import clean_metadata
from mujaz.frozen import Struct
from mujaz.messages.errors import Problem, did_you_mean
from mujaz.messages.message import Message, say
from mujaz.model.content import Place
from mujaz.yaml_values.datetimes import NotADate, has_time, parse_moment
from mujaz.yaml_values.scalars import scalar

WHOLE = re.compile(r"[+-]?[0-9]{1,15}")
DECIMAL = re.compile(r"[+-]?[0-9]{1,15}\.[0-9]{1,15}")
NOTHING = frozenset(("", "~", "null"))
NO_BREAK = "\u00a0\u202f\u2007"
NO_BREAK_SPACES = frozenset(NO_BREAK)
Words = abc.Mapping[str, str]
LONGEST_ROW = 200  # characters of a list that a help line shows
# What a value must be, in the words of messages.
TEXT, TEXTS, NUMBER = say("kind-text"), say("list-of-texts"), say("kind-whole-number")
BOOLEAN, DATE = say("kind-boolean"), say("kind-date")
LIST, MAPPING = say("kind-list"), say("kind-mapping")
NO_SYNONYMS: Words = MappingProxyType({})
STUCK_KEY = re.compile(rf"[A-Za-z_][\w-]*:[{NO_BREAK}]")


class Scalar(Struct, frozen=True, kw_only=True):
    """One text of the file, as written; `plain` if it is not quoted."""

    text: str
    plain: bool
    place: Place

    @property
    def nothing(self) -> bool:
        return self.plain and self.text in NOTHING


class Sequence(Struct, frozen=True, kw_only=True):
    values: tuple[Value, ...]
    place: Place


class Mapping(Struct, frozen=True, kw_only=True):
    values: dict[str, Value]
    keys: dict[str, Place]  # the place of each key
    place: Place


Value = Scalar | Sequence | Mapping


def loose(value: Value) -> Any:
    """A value without a prescribed type (`extra`), as text, bool, int, float, None, tuple or dict."""
    if isinstance(value, Mapping):
        return {key: loose(inner) for key, inner in value.values.items()}
    if isinstance(value, Sequence):
        return tuple(loose(inner) for inner in value.values)
    if not value.plain:
        return clean_metadata(value.text)
    if value.nothing:
        return None
    if value.text in ("true", "false"):
        return value.text == "true"
    if DECIMAL.fullmatch(value.text):
        return float(value.text)
    # A number with a leading zero is a name or a code: 007 stays the text 007.
    if WHOLE.fullmatch(value.text) and not value.text.lstrip("+-").startswith("0"):
        return int(value.text)
    return 0 if value.text == "0" else clean_metadata(value.text)


def flow(parts: Iterable[str]) -> str:
    """The texts as a YAML list on one line: `[روسيا, "@الناتو"]`, cut with `…` beyond 200 characters."""
    texts = [text for part in parts if (text := " ".join(part.split()))]
    row = ", ".join(text if WHOLE.fullmatch(digits(text, "western")) else scalar(text, flow=True) for text in texts)
    return f"[{row}]" if len(row) <= LONGEST_ROW else f"[{row[:LONGEST_ROW]}…]"


def split_list(text: str) -> list[str]:
    """The entries of a text with commas, Latin or Arabic."""
    return [part.strip() for part in re.split("[،,]", text) if part.strip()]


class Form(Struct, frozen=True, kw_only=True):
    """A mapping being read: each getter returns a checked value or the default, and reports into `problems`.

    `inside` is the prefix of a key in messages: `image.` makes `image.src`.
    """

    mapping: Mapping
    path: str
    problems: list[Problem]
    inside: str = ""

    def report(
        self, place: Place | None, message: Message, help: Message | None = None, *, warning: bool = False
    ) -> None:
        at = place or self.mapping.place
        problem = Problem(path=self.path, line=at.line, column=at.column, message=message, help=help, warning=warning)
        self.problems.append(problem)

    def name(self, key: str) -> str:
        """The key as messages name it."""
        return self.inside + key

    def place(self, key: str) -> Place:
        """The place of the key's value, or of the mapping if the key is missing."""
        return self.mapping.values[key].place if key in self.mapping.values else self.mapping.place

    def has(self, key: str) -> bool:
        return self.value(key) is not None

    def value(self, key: str) -> Value | None:
        """The unchecked value, or None where it is missing, empty or `null`."""
        value = self.mapping.values.get(key)
        return None if isinstance(value, Scalar) and value.nothing else value

    def refuse_unknown(
        self, known: Iterable[str], *, synonyms: Words = NO_SYNONYMS, elsewhere: Iterable[str] = ()
    ) -> None:
        """Report each key that is not `known`; `synonyms` are other programs' words for known keys.

        A key that is known `elsewhere` is not reported as a misspelling of a known one.
        """
        names = tuple(known)
        for key, place in self.mapping.keys.items():
            if key in names:
                continue
            if STUCK_KEY.match(key):
                self.report(place, *stuck(key))
                continue
            if key[:1] in NO_BREAK_SPACES:
                message = say("no-break-before-key", code=f"{ord(key[0]):04X}", key=key.strip())
                self.report(place, message, say("delete-and-indent"))
                continue
            word = key.strip().lower()
            near = None if key in elsewhere else did_you_mean(synonyms.get(word, word), names)
            self.report(place, say("unknown-key", key=self.name(key)), near or say("known-keys", keys=names))

    def missing(self, key: str) -> None:
        """Report that a required key is missing or empty."""
        if key not in self.mapping.keys:
            self.report(None, say("missing-key", key=self.name(key)), say("add-key", line=f"{key}: …"))
        elif isinstance(self.mapping.values[key], Scalar):
            self.report(self.place(key), say("empty-value", key=self.name(key)), say("write-after-colon"))

    # ---------------------------------------------------------------- texts

    def scalar(self, key: str, wanted: Message) -> Scalar | None:
        value = self.value(key)
        if value is None or isinstance(value, Scalar):
            return value
        kind = LIST if isinstance(value, Sequence) else MAPPING
        self.report(value.place, say("wrong-kind", key=self.name(key), kind=kind, wanted=wanted))
        return None

    def text(self, key: str, default: str = "", *, required: bool = False) -> str:
        """Clean text, of one or more lines; the default where the key is missing or empty."""
        value = self.scalar(key, TEXT) if key in self.mapping.values else None
        text = self.clean(value) if value else ""
        if required and not text:
            self.missing(key)
        return text or default

    def line(self, key: str, default: str = "", *, required: bool = False) -> str:
        """Like `text`, but one line."""
        text = self.text(key, default, required=required)
        if "\n" in text:
            lines = text.count("\n") + 1
            self.report(self.place(key), say("too-many-lines", key=self.name(key), n=lines), say("write-on-one-line"))
            return default
        return text

    def clean(self, value: Scalar) -> str:
        if value.plain and STUCK_KEY.match(value.text):
            self.report(value.place, *stuck(value.text))
        return clean_metadata(value.text).strip()

    def texts(self, key: str) -> tuple[tuple[str, Place], ...]:
        """A list of one-line texts, each with its place, in the order written."""
        return tuple((text, value.place) for value in self.listed(key, TEXTS) if (text := self.one_text(key, value)))

    def one_text(self, key: str, value: Value) -> str:
        """The text of one value of a list; empty, and reported, where it is not one line of text."""
        text = ""
        if isinstance(value, Scalar):
            text = self.clean(value)
            arabic_comma = value.plain and "،" in text
            if text and "\n" not in text and not arabic_comma and not value.nothing:
                return text
        self.report(value.place, *_wrong_entry(say("entry-of", key=self.name(key)), value, text))
        return ""

    # ---------------------------------------------------------------- lists and mappings

    def listed(self, key: str, wanted: Message) -> tuple[Value, ...]:
        """The values of a list; empty, and reported, where the value is not a list."""
        value = self.value(key)
        if value is None:
            return ()
        if isinstance(value, Sequence):
            return value.values
        mend = None
        if isinstance(value, Scalar):
            mend = say("write-key-as", line=f"{key}: {flow(split_list(clean_metadata(value.text)))}")
        kind = MAPPING if isinstance(value, Mapping) else say("kind-one-text")
        self.report(value.place, say("wrong-kind", key=self.name(key), kind=kind, wanted=wanted), mend)
        return ()

    def form(self, key: str, known: Iterable[str], example: str) -> Form | None:
        """The mapping below a key as a form; its unknown keys are reported."""
        value = self.value(key)
        return None if value is None else self.inner(value, key, known, example)

    def inner(self, value: Value, key: str, known: Iterable[str], example: str) -> Form | None:
        """`value`, which is at or below `key`, as a form of its own."""
        if not isinstance(value, Mapping):
            kind = LIST if isinstance(value, Sequence) else TEXT
            message = say("wrong-kind", key=self.name(key), kind=kind, wanted=MAPPING)
            self.report(value.place, message, say("write-like", example=example))
            return None
        form = Form(mapping=value, path=self.path, problems=self.problems, inside=f"{self.inside}{key}.")
        form.refuse_unknown(known)
        return form

    def boolean(self, key: str, default: bool) -> bool:
        value = self.scalar(key, BOOLEAN)
        if value is None:
            return default
        if value.plain and value.text in ("true", "false"):
            return value.text == "true"
        message = say("not-true-or-false", key=self.name(key), value=value.text)
        self.report(value.place, message, say("write-true-or-false"))
        return default

    def integer(self, key: str, default: int, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        value = self.scalar(key, NUMBER)
        return default if value is None else self.number(key, value, default, low, high)

    def number(self, key: str, value: Value, default: int, low: int, high: int) -> int:
        text = value.text if isinstance(value, Scalar) else "…"
        written = digits(text, "western") if isinstance(value, Scalar) and value.plain else ""
        if WHOLE.fullmatch(written) and low <= int(written) <= high:
            return int(written)
        trouble = say("no-whole-number", key=self.name(key), value=text, low=low, high=high)
        mend = say("write-number-bare") if WHOLE.fullmatch(text) and not written else None
        self.report(value.place, trouble, mend)
        return default

    def choice(self, key: str, known: Iterable[str], default: str, *, names: Iterable[str] = ()) -> str:
        """One of the texts `known`; `names` are what readers see of each, in the same order."""
        value = self.scalar(key, TEXT)
        return default if value is None else self.chosen(key, value, known, default, named=names)

    def chosen(self, key: str, value: Value, known: Iterable[str], default: str, *, named: Iterable[str] = ()) -> str:
        names = tuple(known)
        text = self.one_text(key, value)
        if text in names or not text:
            return text or default
        trouble = say("not-one-of", key=self.name(key), value=text, choices=tuple(names))
        self.report(value.place, trouble, key_of(text, names, named) or did_you_mean(text.lower(), names))
        return default

    def moment(self, key: str, timezone: str, *, required: bool = False) -> datetime | None:
        """An aware datetime (see `mujaz.yaml_values.datetimes.parse_moment`)."""
        value = self.scalar(key, DATE)
        if value is None:
            if required:
                self.missing(key)
            return None
        try:
            return parse_moment(clean_metadata(value.text), timezone)
        except NotADate as trouble:
            message = say("wrong-date", key=self.name(key), value=value.text, why=trouble.message)
            self.report(value.place, message, trouble.help)
            return None

    def is_day(self, key: str) -> bool:
        """Whether the date at `key` is written without a time, so that it means the whole day."""
        value = self.value(key)
        return isinstance(value, Scalar) and not has_time(clean_metadata(value.text))


def _wrong_entry(entry: Message, value: Value, text: str) -> tuple[Message, Message]:
    """Message and help for a list entry that is not one line of text; `text` is its cleaned text."""
    if isinstance(value, Mapping):
        return say("mapping-no-text", key=entry), say("colon-made-mapping", key=next(iter(value.values), ""))
    if isinstance(value, Sequence):
        return say("list-no-text", key=entry), say("take-brackets-away")
    if not text or value.nothing:
        return say("empty-value", key=entry), say("write-or-delete")
    if "\n" in text:
        return say("has-several-lines", key=entry), say("write-on-one-line")
    mend = say("write-list-or-quote", list=flow(split_list(text)))
    return say("arabic-comma-in-entry", key=entry, value=text), mend


def key_of(written: str, keys: Iterable[str], names: Iterable[str]) -> Message | None:
    """The advice to write the key whose name is `written`: `breaking` for عاجل, `politics` for السياسة."""
    mine = _bare(written)
    found = next(((key, name) for key, name in zip(keys, names, strict=False) if mine and _bare(name) == mine), None)
    return say("write-key-of-name", key=found[0], name=found[1]) if found else None


def _bare(name: str) -> str:
    """A name for comparison: without its article and its marks, with variants of a letter folded."""
    return " ".join(word.removeprefix("ال") for word in tokens(name))


def stuck(text: str) -> tuple[Message, Message]:
    """Text and help for `title:\\u00a0…`, which YAML does not read as a key."""
    key, _, rest = text.partition(":")
    return (
        say("no-break-after-colon", code=f"{ord(rest[0]):04X}", key=key),
        say("delete-and-type-space"),
    )
