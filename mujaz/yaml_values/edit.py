"""Changes one key of a YAML mapping in its text, and leaves every other character as it was.

`mujaz.yaml_values.loader` says at which characters each value starts and ends. A library that reads and writes whole
documents (ruamel.yaml) would change blanks, line breaks and quotes in lines that nobody touched.

The result is parsed again: a change is accepted only if the key then has the wanted value and every other key its old
one. Where the form of a value does not allow that, the lines of the key are replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from textwrap import dedent
from typing import Any

from mujaz.yaml_values.loader import Node, nodes
from mujaz.yaml_values.scalars import OTHER_ENDS, double, scalar, single

INDENT = "  "

COMMENT = re.compile(r"(?:^|(?<=\s))#.*", re.M)

Wanted = str | bool | int | Sequence[Any] | Mapping[str, Any]  # of texts, lists and mappings
Edit = tuple[int, int, str]


class NoEdit(Exception):
    """The text is not a mapping, or not valid YAML, so that the place of a key is unknown."""


def value_of(node: Node) -> Any:
    """The value as lists and dicts of texts, as they are written."""
    if node.kind == "scalar":
        return node.text
    if node.kind == "sequence":
        return [value_of(part) for part in node.parts]
    return {key.text: value_of(part) for key, part in zip(node.keys, node.parts, strict=True)}


def comments(text: str) -> list[str]:
    """The comments in the text of a mapping, in their order. Raises NoEdit where it is not valid."""
    root = nodes(text)
    if root is None:
        raise NoEdit(text)
    letters, waiting = list(text), [root]
    while waiting:
        node = waiting.pop()
        waiting += [*node.keys, *node.parts]
        if node.kind == "scalar":
            letters[node.start : node.end] = "x" * (node.end - node.start)
    return COMMENT.findall("".join(letters))


def change(text: str, key: str, wanted: Wanted | None, order: Sequence[str] = ()) -> str:
    """`text` with the value `wanted` at `key`, or without the key (None). `order` decides the place of a new key.

    Raises NoEdit where `text` is not a valid mapping.
    """
    if not text.strip():
        text, root = "", Node(start=0, end=0, kind="mapping")
    elif (found := nodes(text)) is None:
        raise NoEdit(key)
    else:
        root = found
    node = root.below(key)
    if (node is None and wanted is None) or (node is not None and wanted is not None and _same(node, wanted)):
        return text
    before = value_of(root)
    after = {name: value for name, value in before.items() if name != key}
    if wanted is not None:
        after[key] = _plain(wanted)
    for edits in _ways(text, root, key, wanted, order):
        made = applied(text, edits)
        again = nodes(made) if _says_something(made) else Node(start=0, end=0, kind="mapping")
        if again is not None and _stripped(value_of(again)) == _stripped(after):
            return made
    raise NoEdit(key)


def _says_something(text: str) -> bool:
    """Whether `text` holds more than comments."""
    return any(row.strip() and not row.lstrip().startswith("#") for row in text.split("\n"))


def applied(text: str, edits: Sequence[Edit]) -> str:
    """`text` with each `text[start:end]` replaced; edits do not overlap."""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def rewrite(text: str, key: str, value: str, order: Sequence[str] = ()) -> str:
    """`text` with what follows `key:` as it is written in `value`, from the next line on. Raises NoEdit."""
    root = nodes(text) if text.strip() else Node(start=0, end=0, kind="mapping")
    rows = [INDENT + row if row.strip() else "" for row in value.strip("\n").split("\n")]
    entry = "\n".join([f"{key}:", *rows]) + "\n"
    if root is None or root.flow or (inner := nodes(entry)) is None or len(inner.keys) != 1:
        raise NoEdit(key)
    if root.below(key) is None:
        start, end, _ = _new_key(text, root, key, "", order)
    else:
        start, end, _ = _lines_of(text, root, key)
    made = applied(text, [(start, end, entry)])
    again = nodes(made)
    if again is None or value_of(again) != value_of(root) | value_of(inner):
        raise NoEdit(key)
    return made


def below(text: str, key: str) -> str:
    """The YAML below `key:`, without the indentation that all its lines share; empty where it is not a block.

    Raises NoEdit as `change` does.
    """
    root = nodes(text) if text.strip() else Node(start=0, end=0, kind="mapping")
    if root is None:
        raise NoEdit(key)
    node = root.below(key)
    if node is None or node.end == node.start:
        return ""
    if node.flow or node.kind == "scalar":
        return text[node.start : node.end]
    return dedent(text[text.rfind("\n", 0, node.start) + 1 : node.end])


def _plain(wanted: Any) -> Any:
    """`wanted` as `value_of` would read it back."""
    if isinstance(wanted, bool):
        return "true" if wanted else "false"
    if isinstance(wanted, Mapping):
        return {key: _plain(value) for key, value in wanted.items()}
    return [_plain(one) for one in wanted] if isinstance(wanted, list | tuple) else str(wanted)


def _stripped(value: Any) -> Any:
    """`value` without blanks around texts, which no key distinguishes; dicts compare without the order of keys."""
    if isinstance(value, dict):
        return {key: _stripped(inner) for key, inner in value.items()}
    return [_stripped(one) for one in value] if isinstance(value, list) else value.strip()


def _same(node: Node, wanted: Wanted) -> bool:
    return bool(value_of(node) == _plain(wanted))


def _ways(text: str, root: Node, key: str, wanted: Wanted | None, order: Sequence[str]) -> Iterator[list[Edit]]:
    """Sets of edits that may give the wanted value, the one that changes least first."""
    if root.flow:
        changed = [(name, part) for name, part in value_of(root).items() if name != key or wanted is not None]
        after = dict(changed) | ({key: wanted} if wanted is not None else {})
        yield _flow(text, root, after)
        return
    node = root.below(key)
    if wanted is None:
        yield [_lines_of(text, root, key)]
    elif node is None:
        yield [_new_key(text, root, key, wanted, order)]
        yield [_new_key(text, root, key, wanted, order, flow=True)]
    else:
        yield _changed(text, node, wanted, _column(text, _key(root, key).start))
        start, end, _ = _lines_of(text, root, key)
        for flow in (False, True):
            yield [(start, end, _entry(key, wanted, _column(text, _key(root, key).start), flow=flow) + "\n")]


def _key(mapping: Node, key: str) -> Node:
    return next(name for name in mapping.keys if name.text == key)


def _column(text: str, at: int) -> int:
    return at - (text.rfind("\n", 0, at) + 1)


def _line_end(text: str, at: int) -> int:
    """The offset after the line break that ends the line of offset `at`."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _lines_of(text: str, mapping: Node, key: str) -> Edit:
    """The edit that deletes the lines of a key, with a comment after its value."""
    name, part = next(pair for pair in zip(mapping.keys, mapping.parts, strict=True) if pair[0].text == key)
    return (text.rfind("\n", 0, name.start) + 1, _line_end(text, part.end), "")


def _new_key(text: str, mapping: Node, key: str, wanted: Wanted, order: Sequence[str], *, flow: bool = False) -> Edit:
    column = _column(text, mapping.keys[0].start) if mapping.keys else 0
    entry = _entry(key, wanted, column, flow=flow)
    earlier = set(order[: order.index(key)]) if key in order else set()
    ends = [part.end for name, part in zip(mapping.keys, mapping.parts, strict=True) if name.text in earlier]
    ends = ends or [part.end for part in mapping.parts]
    at = _line_end(text, ends[-1]) if ends else len(text)
    lead = "" if not at or text[at - 1] == "\n" else "\n"
    return (at, at, f"{lead}{entry}\n")


# ---------------------------------------------------------------- replacing a value


def _changed(text: str, node: Node, wanted: Any, column: int) -> list[Edit]:
    """Edits that make `node`, the value of a key or a hyphen in `column`, the value `wanted`."""
    if _same(node, wanted):
        return []
    if node.kind == "mapping" and isinstance(wanted, Mapping):
        return _flow(text, node, wanted) if node.flow else _changed_mapping(text, node, wanted)
    if node.kind == "sequence" and isinstance(wanted, list | tuple) and wanted:
        return _flow(text, node, wanted) if node.flow else _changed_sequence(text, node, wanted)
    if node.kind == "scalar" and not isinstance(wanted, list | tuple | Mapping):
        new = _in_flow(wanted) if isinstance(wanted, bool | int) else _scalar_like(text, node, wanted, column)
        return [(node.start, node.end, new if node.end > node.start or _follows_blank(text, node) else " " + new)]
    blank = "" if _follows_blank(text, node) else " "
    return [(node.start, node.end, blank + _in_flow(wanted))]


def _follows_blank(text: str, node: Node) -> bool:
    return text[node.start - 1 : node.start] in (" ", "\n")


def _changed_mapping(text: str, node: Node, wanted: Mapping[str, Any]) -> list[Edit]:
    edits: list[Edit] = []
    column = _column(text, node.keys[0].start)
    for name, part in zip(node.keys, node.parts, strict=True):
        if name.text in wanted:
            edits += _changed(text, part, wanted[name.text], column)
        else:
            edits.append(_lines_of(text, node, name.text))
    new = [_entry(key, value, column) for key, value in wanted.items() if node.below(key) is None]
    if new:
        at = _line_end(text, node.end)
        lead = "" if text[at - 1] == "\n" else "\n"
        edits.append((at, at, lead + "".join(f"{entry}\n" for entry in new)))
    return edits


def _changed_sequence(text: str, node: Node, wanted: Sequence[Any]) -> list[Edit]:
    hyphens = [_hyphen(text, part) for part in node.parts]
    column = _column(text, hyphens[0])
    lines = [
        (text.rfind("\n", 0, at) + 1, _line_end(text, part.end)) for at, part in zip(hyphens, node.parts, strict=True)
    ]
    edits: list[Edit] = []
    for kind, i, j, k, m in _steps([value_of(part) for part in node.parts], [_plain(one) for one in wanted]):
        if kind == "replace" and j - i == m - k:
            for part, one in zip(node.parts[i:j], wanted[k:m], strict=True):
                edits += _changed(text, part, one, column)
            continue
        edits += [(*lines[at], "") for at in range(i, j)]
        if m > k:
            at = lines[i - 1][1] if i else lines[0][0]
            new = "".join(f"{' ' * column}- {_item(one, column)}\n" for one in wanted[k:m])
            edits.append((at, at, new if not at or text[at - 1] == "\n" else "\n" + new))
    return edits


def _hyphen(text: str, part: Node) -> int:
    return text.rfind("-", 0, part.start)


def _steps(before: Sequence[Any], after: Sequence[Any], *, equal: bool = False) -> list[tuple[str, int, int, int, int]]:
    matcher = SequenceMatcher(None, [repr(one) for one in before], [repr(one) for one in after], autojunk=False)
    return [step for step in matcher.get_opcodes() if equal or step[0] != "equal"]


def _flow(text: str, node: Node, wanted: Any) -> list[Edit]:
    """Replaces a value between brackets: entries that stay keep their text and, between neighbours, their spacing."""
    if isinstance(wanted, Mapping):
        names, starts = [key.text for key in node.keys], [key.start for key in node.keys]
        after = list(wanted)
        old = dict(zip(names, node.parts, strict=True))
        made = [
            text[node.keys[names.index(key)].start : old[key].start] + _renewed(text, old[key], value)
            if key in old
            else f"{_in_flow(key)}: {_in_flow(value)}"
            for key, value in wanted.items()
        ]
        pairs = {after.index(name): at for at, name in enumerate(names) if name in wanted}
    else:
        starts = [part.start for part in node.parts]
        steps = _steps([value_of(part) for part in node.parts], [_plain(one) for one in wanted], equal=True)
        pairs = {k + n: i + n for _, i, j, k, m in steps if j - i == m - k for n in range(j - i)}
        made = [
            _renewed(text, node.parts[pairs[at]], one) if at in pairs else _in_flow(one)
            for at, one in enumerate(wanted)
        ]
    if not node.parts or not made:
        brackets = "{}" if isinstance(wanted, Mapping) else "[]"
        return [(node.start, node.end, brackets[0] + ", ".join(made) + brackets[1])]
    new = text[node.start : starts[0]]
    for at, one in enumerate(made):
        if at:
            close = at in pairs and pairs.get(at - 1, -2) == pairs[at] - 1
            new += text[node.parts[pairs[at - 1]].end : starts[pairs[at]]] if close else ", "
        new += one
    return [(node.start, node.end, new + text[node.parts[-1].end : node.end])]


def _renewed(text: str, part: Node, wanted: Any) -> str:
    """The text of `part`, a value between brackets, with the value `wanted`."""
    if _same(part, wanted):
        return text[part.start : part.end]
    if part.kind != "scalar" and _is_nested(wanted):
        return _flow(text, part, wanted)[0][2]
    if part.style == "'" and isinstance(wanted, str) and "\n" not in wanted and not OTHER_ENDS.search(wanted):
        return single(wanted)
    return double(wanted) if part.style == '"' and isinstance(wanted, str) else _in_flow(wanted)


# ---------------------------------------------------------------- writing


def _scalar_like(text: str, node: Node, new: str, column: int) -> str:
    """`new` in the quoting style of `node`, where that style can express it."""
    if OTHER_ENDS.search(new):
        return double(new)
    if node.style in ("|", ">") and "\n" in text[node.start : node.end]:
        head, _, rest = text[node.start : node.end].partition("\n")
        first = next((row for row in rest.split("\n") if row.strip()), " " * column + INDENT)
        indent = first[: len(first) - len(first.lstrip())]
        rows = new.split("\n") if node.style == "|" else new.replace("\n", "\n\n").split("\n")
        return "\n".join([head, *(indent + row if row else "" for row in rows)])
    if "\n" in new:
        return _block(new, column)
    if node.style == "'":
        return single(new)
    if node.style == '"':
        return double(new)
    return scalar(new)


def _block(text: str, column: int) -> str:
    if OTHER_ENDS.search(text):
        return double(text)
    indent = " " * column + INDENT
    return "\n".join(["|-", *(indent + row if row else "" for row in text.split("\n"))])


def _in_flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_in_flow(key)}: {_in_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_in_flow, value)) + "]"
    if isinstance(value, bool | int):
        return str(_plain(value))
    return scalar(value, flow=True)


def _entry(key: str, value: Any, column: int, *, flow: bool = False) -> str:
    """The lines of a key with its value, without the last line break."""
    return f"{' ' * column}{scalar(key)}:{_below(value, column, flow=flow)}"


def _below(value: Any, column: int, *, flow: bool = False) -> str:
    """What follows a colon, with the blank or the line break before it."""
    if isinstance(value, str):
        return " " + (double(value) if flow else _block(value, column) if "\n" in value else scalar(value))
    nested = isinstance(value, Mapping) or (isinstance(value, list | tuple) and any(_is_nested(one) for one in value))
    if flow or not nested or not value:
        return " " + _in_flow(value)
    if isinstance(value, Mapping):
        return "\n" + "\n".join(_entry(key, inner, column + len(INDENT)) for key, inner in value.items())
    inside = column + len(INDENT)
    return "\n" + "\n".join(f"{' ' * inside}- {_item(one, inside)}" for one in value)


def _is_nested(value: Any) -> bool:
    return isinstance(value, Mapping | list | tuple)


def _item(value: Any, column: int) -> str:
    """What follows a hyphen in `column` and its blank."""
    if isinstance(value, Mapping) and value:
        entries = "\n".join(_entry(key, inner, column + len(INDENT)) for key, inner in value.items())
        return entries.lstrip(" ")
    return double(value) if isinstance(value, str) and "\n" in value else _in_flow(value)
