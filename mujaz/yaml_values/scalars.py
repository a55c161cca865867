"""Writes a text as a YAML scalar, in quotes where it needs them."""

from __future__ import annotations

import re

# Texts that YAML would read as something else, or refuse, unless they are quoted.
NEEDS_QUOTES = re.compile(r"[\s\-?:,\[\]{}#&*!|>'\"%@`~]|.*(:(\s|$)|\s#)|(true|false|null|yes|no)$|[\d.+-]+$", re.I)
DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)  # editors write it without quotes
FLOW_MARKS = re.compile(r"[,\[\]{}]|:\?")  # libyaml takes `:?` there for a key
# YAML takes them for line ends, and word processors for breaks within a line; `\x85` and the like stand for them.
OTHER_ENDS = re.compile("[\x85\u2028\u2029]")
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def single(text: str) -> str:
    """`text`, which is one line, in single quotes."""
    return "'" + text.replace("'", "''") + "'"


def double(text: str) -> str:
    """`text` in double quotes, its line breaks and tabs escaped."""
    text = "".join(ESCAPES.get(letter, letter) for letter in text)
    return '"' + OTHER_ENDS.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + '"'


def scalar(text: str, *, flow: bool = False) -> str:
    """`text` as a YAML scalar on one line, quoted where it must be; `flow`: within `[ ]` or `{ }`."""
    if OTHER_ENDS.search(text) or (flow and FLOW_MARKS.search(text)):
        return double(text)
    if DATE.fullmatch(text):
        return text
    if not text or NEEDS_QUOTES.match(text) or text != text.strip() or "\n" in text or "\t" in text:
        if "'" not in text and '"' in text and "\n" not in text and "\t" not in text:
            return f"'{text}'"
        return double(text)
    return text
