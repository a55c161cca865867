"""Changes some text of a file below content/; unchanged lines keep their bytes.

So line ends, a byte order mark, comments and the order of keys stay as the author wrote them.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from mujaz.content.front_matter import KEYS
from mujaz.content.reader import END, FENCE
from mujaz.yaml_values.edit import NoEdit, Wanted, change, value_of
from mujaz.yaml_values.encoding import decode
from mujaz.yaml_values.loader import nodes

END_OF_LINE = re.compile(r"\r\n|\r|\n")
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
Step = tuple[str, int, int, int, int]
MOST_COMPARED = 4_000_000  # pairs of lines, where line ends are mixed: a second's work at the worst

__all__ = ["NoEdit", "front_matter", "merged", "steps", "with_keys", "with_more", "with_text"]


def front_matter(text: str) -> tuple[int, int] | None:
    """Start and end of the front matter in a file's text, without its `---` lines; None where there is none."""
    first, _, rest = text.partition("\n")
    end = END.search(rest) if FENCE.fullmatch(first) else None
    return (len(first) + 1, len(first) + 1 + end.start()) if end else None


def with_keys(raw: bytes, keys: Mapping[str, Wanted]) -> bytes:
    """The bytes of an article with these keys set in its front matter. Raises NoEdit where that is not valid YAML."""
    text = decode(raw, "")[0]
    for key, wanted in keys.items():
        place = front_matter(text)
        if place is None:
            raise NoEdit(key)
        start, end = place
        text = text[:start] + change(text[start:end], key, wanted, KEYS) + text[end:]
    return with_text(raw, text)


def with_more(raw: bytes, key: str, texts: Sequence[str]) -> bytes:
    """The bytes with these texts appended to the list `key`, unless they are in it. Raises NoEdit as `with_keys`."""
    text = decode(raw, "")[0]
    start, end = front_matter(text) or (0, 0)
    found = nodes(text[start:end])
    node = found.below(key) if found else None
    there = value_of(node) if node is not None and node.kind == "sequence" else []
    new = [one for one in texts if one not in there]
    return with_keys(raw, {key: [*there, *new]}) if new else raw


def with_text(raw: bytes, text: str) -> bytes:
    """The bytes of a file with `text` in place of its own, whose line ends are `\\n`; lines of both keep theirs.

    Raises UnicodeDecodeError.
    """
    mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    written = raw.removeprefix(mark).decode()
    ends = [match[0] for match in END_OF_LINE.finditer(written)] or ["\n"]
    if len(set(ends)) == 1:
        return mark + text.replace("\n", ends[0]).encode()
    before, after = _lines(written), _lines(text)
    plain = [line.rstrip("\r\n") + "\n" if line.endswith(("\r", "\n")) else line for line in before]
    made: list[str] = []
    for kind, i, j, k, m in steps(plain, after):
        made += before[i:j] if kind == "equal" else [line.replace("\n", ends[0]) for line in after[k:m]]
    return mark + "".join(made).encode()


def steps(before: Sequence[str], after: Sequence[str]) -> list[Step]:
    """How one list of lines becomes the other: kind, place in the old one, place in the new one."""
    first = _common(before, after)
    last = _common(before[first:][::-1], after[first:][::-1])
    old, new = before[first : len(before) - last], after[first : len(after) - last]
    inner: Sequence[Step] = [("replace", 0, len(old), 0, len(new))]
    if len(old) * len(new) <= MOST_COMPARED:
        inner = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    moved = [(kind, i + first, j + first, k + first, m + first) for kind, i, j, k, m in inner]
    ends = ("equal", len(before) - last, len(before), len(after) - last, len(after))
    return [("equal", 0, first, 0, first), *moved, ends]


def merged(base: str, mine: str, theirs: str) -> str:
    """`base` with the lines that `mine` changed, and with those that `theirs` changed and `mine` left alone."""
    old = _lines(base)
    wanted: list[tuple[int, int, list[str]]] = []
    for text in (mine, theirs):
        new = _lines(text)
        made = [(i, j, new[k:m]) for kind, i, j, k, m in steps(old, new) if kind != "equal" and (i < j or k < m)]
        free = [one for one in made if not any(one[0] < end and start < one[1] for start, end, _ in wanted)]
        wanted = sorted([*wanted, *(one for one in free if one not in wanted)])
    parts, at = list[str](), 0
    for start, end, lines in wanted:
        parts += [*old[at:start], *lines]
        at = end
    parts += old[at:]
    return "".join([line.removesuffix("\n") + "\n" for line in parts[:-1]] + parts[-1:])


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (here, there) in pairs if here != there), min(len(one), len(other)))


def _lines(text: str) -> list[str]:
    """The lines with their ends, which are `\\n`, `\\r\\n` or `\\r` as in an editor."""
    return LINE.findall(text)
