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

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")

__all__ = ["NoEdit", "front_matter", "with_keys", "with_more", "with_text"]


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
    """The bytes of a file with `text`, whose line ends are `\\n`. Raises UnicodeDecodeError if `raw` is not UTF-8."""
    mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    written = raw.removeprefix(mark).decode()
    if "\r" not in written:
        return mark + text.encode()
    before = _lines(written)
    plain = [line.rstrip("\r\n") + "\n" if line.endswith(("\r", "\n")) else line for line in before]
    after = _lines(text)
    end = before[0][len(before[0].rstrip("\r\n")) :]
    made: list[str] = []
    for kind, i, j, k, m in SequenceMatcher(None, plain, after, autojunk=False).get_opcodes():
        made += before[i:j] if kind == "equal" else [line.replace("\n", end) for line in after[k:m]]
    return mark + "".join(made).encode()


def _lines(text: str) -> list[str]:
    """The lines with their ends, which are `\\n`, `\\r\\n` or `\\r` as in an editor."""
    return LINE.findall(text)
