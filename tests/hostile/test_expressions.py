"""No regular expression of the package takes long over any text: each meets texts that are made to make it go back.

Texts of 64 kB are made from the expression itself: what stands before each of its repeats, what is repeated, in all its
forms and very often, and an end that does not fit.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import pytest

import mujaz
from mujaz.assets import pictures
from tests.support.cpu_time import Slow, within

# Letters of a text, seconds of CPU that it may take. Over the short text a time that grows with the cube of the length
# takes seconds, and one that doubles never ends. Over the long one a time that grows with the square does: what takes
# more than NOTED seconds of it is asked again over LONGER times as many letters, and may take GROWN times as long. A
# square takes 16 times as long.
SHORT, LONG = (2_000, 2.0), (64_000, 3.0)
NOTED, LONGER, GROWN = 0.1, 4, 9
CALLS = frozenset("compile match search fullmatch sub subn split findall finditer".split())
WAYS = {"match", "fullmatch", "search"}
OTHERS = "aا0 \n\t-_<>&\"'`*[](){}/\\.,:;=#|!?%@^~+\x00\u200c\u0651é"  # of these one is in each class, one in none
ENDS = ("", "\n", "\x00", "!", "ا", "\x00a")

Expression = re.Pattern[Any]


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(mujaz.__path__, "mujaz."):
        yield importlib.import_module(found.name)


@dataclass
class Found:
    """Where an expression stands first, and how it is asked: `match`, `fullmatch`, `search` (anywhere in a text)."""

    place: str
    asked: set[str]


def expressions() -> dict[tuple[str | bytes, int], Found]:
    """(expression, flags) → what is known of it: those of modules and classes, and those that are written in calls."""
    found: dict[tuple[str | bytes, int], Found] = {}

    def add(one: Expression, place: str, asked: set[str]) -> None:
        found.setdefault((one.pattern, one.flags), Found(place, set())).asked.update(asked)

    asked = methods()
    for module in modules():
        for name, one in held(vars(module).items(), 0):
            add(one, module.__name__, asked.get((one.pattern, one.flags), set()) | asked.get(name, set()) or WAYS)
    for module in modules():
        for one, method in called(module):
            if method != "compile" or (one.pattern, one.flags) not in found:
                add(one, module.__name__, {method} & WAYS or {"search"})
    for pattern, _ in pictures.KINDS:
        add(re.compile(pattern), pictures.__name__, {"match"})
    return found


Key = tuple[str | bytes, int] | str


def methods() -> dict[Key, set[str]]:
    """How the package asks each expression, in all ways where a use does not show it.

    By (expression, flags); by the name, where only a run knows what that is.
    """
    found: dict[Key, set[str]] = {}
    for module in modules():
        shown: set[ast.expr] = set()
        for part in ast.walk(tree(module)):  # what stands around a name comes before it
            if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr in CALLS:
                # From a place inside the text, it may be asked at each.
                alone = part.func.attr in WAYS and len(part.args) == 1 and not part.keywords
                found.setdefault(meant(part.func.value, module), set()).add(part.func.attr if alone else "search")
                shown.add(part.func.value)
            elif isinstance(part, ast.Attribute) and part.attr in ("pattern", "flags"):
                shown.add(part.value)
            elif part not in shown and isinstance(part, ast.Name | ast.Attribute) and isinstance(part.ctx, ast.Load):
                found.setdefault(meant(part, module), set()).update(WAYS)
    found.pop("", None)
    return found


def meant(part: ast.expr, module: ModuleType) -> Key:
    """The expression that a name or `module.NAME` stands for; else the last name, empty where there is none."""
    name = part.attr if isinstance(part, ast.Attribute) else part.id if isinstance(part, ast.Name) else ""
    holder = module
    if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
        holder = vars(module).get(part.value.id, module)
    if not name or not hasattr(holder, name):
        return name
    one = getattr(holder, name)
    return (one.pattern, one.flags) if isinstance(one, re.Pattern) else ""


def held(values: Iterable[tuple[str, object]], depth: int) -> Iterator[tuple[str, Expression]]:
    """Each expression with its name; those in lists have none."""
    for name, value in values:
        if isinstance(value, re.Pattern):
            yield name, value
        elif depth < 3 and isinstance(value, tuple | list | set | frozenset):
            yield from held([("", one) for one in value], depth + 1)
        elif depth < 3 and isinstance(value, dict):
            yield from held([("", one) for one in (*value.keys(), *value.values())], depth + 1)
        elif isinstance(value, type) and value.__module__.startswith("mujaz") and depth == 0:
            yield from held(vars(value).items(), depth + 1)


@cache
def tree(module: ModuleType) -> ast.Module:
    assert module.__file__
    return ast.parse(Path(module.__file__).read_text(encoding="utf-8"))


def called(module: ModuleType) -> Iterator[tuple[Expression, str]]:
    """What is given to `re.…` in a function, where it can be known from outside; and the method."""
    for part in ast.walk(tree(module)):
        if not (isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr in CALLS):
            continue
        if not (isinstance(part.func.value, ast.Name) and part.func.value.id == "re" and part.args):
            continue
        flags = [word.value for word in part.keywords if word.arg == "flags"]
        place = {"compile": 1, "match": 2, "search": 2, "fullmatch": 2, "findall": 2, "finditer": 2}
        flags += part.args[place.get(part.func.attr, 9) :]
        try:
            values = [eval(compile(ast.Expression(one), "", "eval"), vars(module)) for one in (part.args[0], *flags)]
            yield re.compile(values[0], sum(int(value) for value in values[1:])), part.func.attr
        except NameError:  # it is made of what only the function knows
            continue


# ---------------------------------------------------------------- texts that fit almost


class Texts:
    """The texts for one expression, which is a sequence of parsed nodes."""

    def __init__(self, expression: Expression, size: int) -> None:
        self.size = size
        flags = expression.flags
        plain = expression.pattern
        self.tree = parser.parse(plain, flags & ~re.UNICODE if isinstance(plain, bytes) else flags)
        self.pumps: list[tuple[str, str]] = []  # what stands before a repeat, what it repeats
        self._walk(self.tree, "")

    def _walk(self, nodes: Any, before: str) -> str:
        for node in nodes:
            kind, value = node
            if kind in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
                _, high, body = value
                if high > 8:
                    self.pumps += [(before, form) for form in forms(body) if form]
                self._walk(body, before)
            elif kind == ops.BRANCH:
                for branch in value[1]:
                    self._walk(branch, before)
            elif kind == ops.SUBPATTERN:
                self._walk(value[3], before)
            elif kind in (ops.ASSERT, ops.ASSERT_NOT):
                self._walk(value[1], before)
            elif kind == ops.ATOMIC_GROUP:
                self._walk(value, before)
            before += next(iter(forms([node])), "")
        return before

    def __iter__(self) -> Iterator[str]:
        whole = next(iter(forms(self.tree)), "")
        starts = {whole, whole[:-1], whole[: len(whole) // 2], *(before for before, _ in self.pumps)}
        for start in sorted(filter(None, starts)):
            yield from (start * (self.size // len(start)) + end for end in ENDS[:3])
        for before, pump in dict.fromkeys(self.pumps):
            for end in ENDS:
                yield before + pump * (self.size // len(pump)) + end
            yield (before + pump) * (self.size // len(before + pump))
            yield (before + pump * 40 + "\x00") * (self.size // len(before + pump * 40 + "\x00"))


def forms(nodes: Any) -> list[str]:
    """Some texts that the nodes match, the plainest first; not more than a few."""
    found = [""]
    for kind, value in nodes:
        some = form(kind, value)
        found = [one + other for one in found for other in some[: max(1, 12 // len(found))]]
    return list(dict.fromkeys(found))[:12]


def form(kind: Any, value: Any) -> list[str]:
    if kind == ops.LITERAL:
        return [chr(value)]
    if kind == ops.NOT_LITERAL:
        return [one for one in OTHERS if ord(one) != value][:6]
    if kind == ops.ANY:
        return list(OTHERS[:6])
    if kind == ops.IN:
        inside = re.compile(f"[{members(value)}]")
        own = [chr(item[1]) if item[0] == ops.LITERAL else chr(item[1][0]) for item in value if item[0] in NAMED]
        return [one for one in dict.fromkeys([*own, *OTHERS]) if inside.fullmatch(one)][:8]
    if kind in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        low, high, body = value
        return [one * max(low, 1) for one in forms(body)] if high else [""]
    if kind == ops.SUBPATTERN:
        return forms(value[3])
    if kind == ops.ATOMIC_GROUP:
        return forms(value)
    if kind == ops.BRANCH:
        return [one for branch in value[1] for one in forms(branch)[:4]]
    return [""]


NAMED = (ops.LITERAL, ops.RANGE)
CATEGORIES = {
    ops.CATEGORY_DIGIT: r"\d", ops.CATEGORY_NOT_DIGIT: r"\D", ops.CATEGORY_SPACE: r"\s",
    ops.CATEGORY_NOT_SPACE: r"\S", ops.CATEGORY_WORD: r"\w", ops.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip


def members(items: Any) -> str:
    text = ""
    for kind, value in items:
        if kind == ops.NEGATE:
            text += "^"
        elif kind == ops.LITERAL:
            text += re.escape(chr(value))
        elif kind == ops.RANGE:
            text += f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
        else:
            text += CATEGORIES[value]
    return text


# ---------------------------------------------------------------- the test


def late(expression: Expression, asked: set[str], size: int, longest: float) -> str:
    """How a text of this size begins over which the expression takes too long, asked so; nothing where none is."""
    worst, slowest = 0.0, 0
    for number, text in enumerate(Texts(expression, size)):
        spent = taken(expression, asked, text[: size + 10], longest)
        if spent >= longest:
            return text[:60]
        worst, slowest = max((worst, slowest), (spent, number))
    if worst > NOTED:
        longer = next(islice(Texts(expression, LONGER * size), slowest, None))[: LONGER * size + 10]
        if taken(expression, asked, longer, GROWN * worst) >= GROWN * worst:
            return longer[:60]
    return ""


def taken(expression: Expression, asked: set[str], text: str, longest: float) -> float:
    """Seconds of CPU that the expression takes over the text in all these ways; `longest` where that is not enough."""
    value = text if isinstance(expression.pattern, str) else text.encode(errors="replace")[: len(text)]
    before = time.process_time()
    try:
        with within(longest):
            if "match" in asked:
                expression.match(value)
            if "fullmatch" in asked:
                expression.fullmatch(value)
            if "search" in asked:
                for _ in expression.finditer(value):
                    pass
    except Slow:
        return longest
    return time.process_time() - before


@pytest.mark.parametrize(
    ("size", "longest"), [SHORT, pytest.param(*LONG, marks=pytest.mark.long)], ids=["2 kB", "64 kB"]
)
def test_no_expression_takes_long_over_any_text(size: int, longest: float) -> None:
    found = expressions()
    assert len(found) > 120
    wrong = [
        f"{one.place}: {pattern!r}: {text!r}"
        for (pattern, flags), one in found.items()
        if (text := late(re.compile(pattern, flags & ~re.DEBUG), one.asked, size, longest))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("pattern", [r"(a+)+b", r"\s*(<!--.*?-->\s*)*x", r"(\w\w|\w)*!", r"(x*)*y", r"a*b*a*a*a*c"])
def test_what_goes_back_is_found(pattern: str) -> None:
    assert late(re.compile(pattern), WAYS, SHORT[0], 0.3)


@pytest.mark.long
@pytest.mark.parametrize(
    "pattern", [r"<[^>]*+>", r"<pre.*?</pre>", r"\s+x", r'<ul class="gallery"[^>]*>', r"\[\^([^\]\n]+)\]", r".*post-"]
)
def test_what_looks_from_each_place_to_the_end_is_found(pattern: str) -> None:
    assert late(re.compile(pattern), {"search"}, *LONG)
