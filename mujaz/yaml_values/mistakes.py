"""What an editor most likely meant by a line that is not valid YAML, and the corrected line.

libyaml says `mapping values are not allowed in this context`; here that becomes `the value of 'title' holds a colon`
and the line with quotes. The line is mended in memory where that is possible, so that the rest of the file is read
and all problems are reported at once.
"""

from __future__ import annotations

import re

from mujaz.frozen import Value
from mujaz.messages.message import Message, say
from mujaz.yaml_values.form import NO_BREAK, stuck

# Possessive, so that a hostile line of 60,000 spaces or dashes is matched in one pass. Rows have no trailing blanks.
HEAD = r" *+(?:- ++)*+"
ENTRY = re.compile(rf"(?P<head>{HEAD}(?P<key>[^\s:#\"'\[\]{{}}][^:\[\]{{}}]*+):[ \t]++)(?P<value>.+)")
BULLET = re.compile(r"(?P<head> *+(?:- ++)++)(?P<value>.+)")
STUCK = re.compile(rf"{HEAD}(?P<key>[A-Za-z_][\w-]*+):(?:(?P<gap>[{NO_BREAK}])|(?=[^\s/]))(?P<rest>.*)")
# libyaml's words where a value starts with a reserved character.
ODD_STARTS = (
    "found character that cannot start",
    "block sequence entries",
    "mapping keys",
    "did not find expected node content",
    "did not find expected comment",
    "did not find expected alphabetic",
    "did not find expected tag",
    "did not find expected whitespace",
)
COMMENT = re.compile(r"\s#(?:\s|$)")
LONGEST_SHOWN = 160


class Trouble(Value):
    """Where libyaml stopped, counted from 0, and its reason; `opened` is the line where the unfinished part begins."""

    words: str
    line: int
    column: int
    opened: int
    opened_column: int


class Mistake(Value):
    """The problem in an editor's words, at `line` and `column` from 0; `row` is the mended line, None if unknown.

    `is_sure` is false where `row` may not be what was meant: then it serves to read the other lines alone.
    """

    line: int
    column: int
    text: Message
    help: Message
    row: str | None = None
    is_sure: bool = True


def explain(rows: list[str], trouble: Trouble) -> Mistake:
    """The likely cause of `trouble` in the lines `rows` of the YAML text."""
    for cause in (_tab, _stuck_colon, _quoted_part, _unquoted, _unclosed, _escape, _no_entry, _indentation):
        if mistake := cause(rows, trouble):
            return mistake
    at = min(trouble.line, len(rows) - 1)
    help = say("quote-special-characters")
    return Mistake(line=at, column=trouble.column, text=say("not-yaml", why=trouble.words), help=help)


def quote(text: str) -> str:
    """`text` as a YAML scalar between quotes."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def shown(help: Message, row: str) -> Message:
    """`help`, and the mended line where it is short enough to be read."""
    return say("with-line", help=help, line=row.strip()) if len(row) <= LONGEST_SHOWN else help


def _quoted(line: int, column: int, text: Message, help: Message, head: str, value: str) -> Mistake:
    """The mistake that is mended by quotes around `value`, unless a part of it may be a comment."""
    row, is_sure = head + quote(value), not COMMENT.search(value)
    help = shown(help, row) if is_sure else help
    return Mistake(line=line, column=column, text=text, help=help, row=row, is_sure=is_sure)


def _row(rows: list[str], line: int) -> str:
    return rows[line].rstrip(" \t") if 0 <= line < len(rows) else ""


def _lines(rows: list[str], trouble: Trouble) -> tuple[int, ...]:
    """The lines in which the cause may stand: also that above, unless libyaml has read a key in the line itself."""
    has_key = ":" in _row(rows, trouble.line)[: trouble.column]
    return (trouble.line,) if has_key else (trouble.line, trouble.line - 1)


def _tab(rows: list[str], trouble: Trouble) -> Mistake | None:
    for line in _lines(rows, trouble):
        row = _row(rows, line)
        indent = row[: len(row) - len(row.lstrip())]
        if "\t" in indent and row.strip():
            mended = indent.replace("\t", "  ") + row.lstrip()
            text = say("tab-indents")
            return Mistake(line=line, column=indent.index("\t"), text=text, help=say("indent-with-spaces"), row=mended)
    return None


def _stuck_colon(rows: list[str], trouble: Trouble) -> Mistake | None:
    """A key without a plain space after its colon; libyaml finds out one line later."""
    for line in dict.fromkeys((trouble.opened, *reversed(_lines(rows, trouble)))):
        if mistake := _stuck(rows, line):
            return mistake
    return None


def no_mapping(rows: list[str]) -> Mistake | None:
    """The first key with no plain space after its colon, in a text that YAML takes for one long sentence."""
    return next((mistake for line in range(len(rows)) if (mistake := _stuck(rows, line))), None)


def _stuck(rows: list[str], line: int) -> Mistake | None:
    row = _row(rows, line)
    match = STUCK.fullmatch(row)
    # `12:30` and `https://…` are not keys, and after a correct key a colon needs no blank.
    if not match or ENTRY.fullmatch(row):
        return None
    column = match.end("key") + 1
    mended = f"{row[:column]} {match['rest'].lstrip()}"
    if match["gap"]:
        text, help = stuck(row[match.start("key") :])
    else:
        text, help = say("no-space-after-colon", key=match["key"]), say("type-one")
    return Mistake(line=line, column=column, text=text, help=shown(help, mended), row=mended)


def _entry(row: str) -> re.Match[str] | None:
    """Head and value of `key: value` or `- value`; an Arabic text with a colon in a list is a value, not a key."""
    entry = ENTRY.fullmatch(row)
    if entry and (entry["key"].isascii() or not BULLET.fullmatch(row)):
        return entry
    return BULLET.fullmatch(row)


def _quoted_part(rows: list[str], trouble: Trouble) -> Mistake | None:
    """`title: "نص" نص`: quotes around a part of the value."""
    entry = _entry(_row(rows, trouble.line))
    if not entry or trouble.column <= entry.start("value") or entry["value"][0] not in "\"'":
        return None
    if trouble.words != "did not find expected key" and not trouble.words.startswith("mapping values"):
        return None
    text, help = say("text-after-quote"), say("quote-value")
    return _quoted(trouble.line, trouble.column, text, help, entry["head"], entry["value"])


def _unquoted(rows: list[str], trouble: Trouble) -> Mistake | None:
    """A value that holds or starts with a character of YAML's own."""
    row = _row(rows, trouble.line)
    entry = _entry(row)
    colon = trouble.words.startswith("mapping values")
    if not entry or not (colon or trouble.words.startswith(ODD_STARTS)):
        return None
    value, at = entry["value"], entry.start("value")
    first = trouble.opened_column if value[0] in "|>*&!" else trouble.column
    if value[0] in "[{" or (first < at if colon else first != at):
        return _unquoted_inside(row, trouble)
    name = say("value-of", key=entry["key"].strip()) if "key" in entry.groupdict() else say("entry-alone")
    text = say("holds-colon", what=name) if colon else say("starts-with", what=name, text=value[0])
    return _quoted(trouble.line, at, text, say("needs-quotes"), entry["head"], value)


def _unquoted_inside(row: str, trouble: Trouble) -> Mistake | None:
    if not trouble.words.startswith("found character") or trouble.column >= len(row):
        return None
    text = say("entry-starts-with", text=row[trouble.column])
    return Mistake(line=trouble.line, column=trouble.column, text=text, help=say("quote-entry"))


def _unclosed(rows: list[str], trouble: Trouble) -> Mistake | None:
    opened = _row(rows, trouble.opened)[trouble.opened_column : trouble.opened_column + 1]
    if opened in ("[", "{") and trouble.words.startswith("did not find expected ','"):
        end = "]" if opened == "[" else "}"
        text = say("bracket-not-closed", opened=opened, end=end)
    elif opened in ("'", '"') and trouble.words.startswith("found unexpected end"):
        text = say("quote-never-closed", quote=opened)
        end = opened
    else:
        return None
    help = say("write-where-it-ends", quote=end)
    return Mistake(line=trouble.opened, column=trouble.opened_column, text=text, help=help)


def _escape(rows: list[str], trouble: Trouble) -> Mistake | None:
    if "escape" not in trouble.words:
        return None
    text = say("unknown-escape")
    return Mistake(line=trouble.line, column=trouble.column, text=text, help=say("use-single-quotes"))


def _no_entry(rows: list[str], trouble: Trouble) -> Mistake | None:
    if trouble.words != "could not find expected ':'":
        return None
    row = _row(rows, trouble.opened)
    text = say("line-without-key", line=row.strip())
    help = say("indent-or-delete")
    return Mistake(line=trouble.opened, column=len(row) - len(row.lstrip()), text=text, help=help)


def _indentation(rows: list[str], trouble: Trouble) -> Mistake | None:
    row = _row(rows, trouble.line)
    indent = len(row) - len(row.lstrip())
    if trouble.words.startswith("mapping values") and indent:
        text = say("indented-below-value")
        return Mistake(line=trouble.line, column=indent, text=text, help=say("take-spaces-away"))
    if trouble.words == "did not find expected <document start>":
        return Mistake(line=trouble.line, column=indent, text=say("text-after-end"), help=say("delete-dots"))
    if trouble.words == "did not find expected key":
        text = say("indentation-fits-none")
        return Mistake(line=trouble.line, column=indent, text=text, help=say("indent-equally"))
    return None
