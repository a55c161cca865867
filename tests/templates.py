"""Every sentence that a problem may be made of, found in the code itself: f-strings with `{}` for what is filled in.

Followed are: `text` and `help` of whatever takes them, the arguments of the functions in REPORTERS, what functions
named in TELLERS return or yield, and the variables that lead to any of these. Of lines that tell a result: what `said`
and `told` get, what `many` counts, and why `left_out` left lines of a log out.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "mujaz"
REPORTERS = frozenset(
    "report problem _say refuse NoMoment shown PictureError Mend Problem _refuse_entry _problem say _warn warn warning "
    "WorkerDied Refused _mend _warning _at UsageError said told".split()
)
RESULTS = ("said", "told")  # of these a single word is a message too
OTHERS = ("option", "argument", "TextView")  # take a `text` or a `help` that is no problem's
TELLERS = re.compile(
    r".*(_trouble|_excesses|_misfits|_help)|stuck|did_you_mean|too_much|_keep|problem_in|said|_?reason|_counted"
)
LISTS = ("lost", "skipped", "left")
TABLES = ("WHY_NOT", "STEPS")
KEYWORDS = ("text", "help", "problem", "reason")
TEXTUAL = re.compile(r"[A-Za-z]{2,}")


def templates() -> dict[str, set[str]]:
    """Template → modules that have it."""
    found: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for template in _of_module(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(template, set()).add(path.stem)
    return found


def _of_module(tree: ast.Module) -> Iterator[str]:
    constants = {
        target.id: [part.value]
        for part in tree.body
        if isinstance(part, ast.Assign)
        for target in part.targets
        if isinstance(target, ast.Name)
    }
    functions = [part for part in ast.walk(tree) if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)]
    rules = [part for part in tree.body if isinstance(part, ast.Assign)]  # tables of what is told
    for function in (*rules, *functions):
        names = {**constants, **_assigned(function)}
        for expression, result in _told(function):
            for template in _templates(expression, names, 0):
                words = re.sub(r"\{\}", "", template)
                if TEXTUAL.search(words) and (result or " " in template):
                    yield template


def untold() -> list[str]:
    """Words that a verb prints without `said` or `told`, each with the module it stands in."""
    found = []
    for path in (*sorted((PACKAGE / "commands").glob("*.py")), PACKAGE / "cli.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "echo":
                found += [f"{path.stem}: {words}" for words in _bare(ast.Tuple(elts=call.args))]
    return found


def _bare(value: ast.AST) -> Iterator[str]:
    if isinstance(value, ast.Call) and getattr(value.func, "id", "") == "told":
        return
    if isinstance(value, ast.Call) and getattr(value.func, "id", "") == "many":
        yield ast.unparse(value)
    elif isinstance(value, ast.Constant) and isinstance(value.value, str) and TEXTUAL.search(value.value):
        yield value.value
    else:
        for part in ast.iter_child_nodes(value):
            yield from _bare(part)


def _assigned(function: ast.AST) -> dict[str, list[ast.expr]]:
    names: dict[str, list[ast.expr]] = {}
    for part in ast.walk(function):
        if isinstance(part, ast.Assign):
            for target in part.targets:
                _assign(target, part.value, names)
        elif isinstance(part, ast.AugAssign) and isinstance(part.target, ast.Name):
            joined = ast.BinOp(left=ast.Name(id=part.target.id + "'"), op=ast.Add(), right=part.value)
            names.setdefault(part.target.id + "'", []).extend(names.get(part.target.id, []))
            names.setdefault(part.target.id, []).append(joined)
        elif isinstance(part, ast.For) and isinstance(part.iter, ast.Tuple | ast.List):
            for value in part.iter.elts:
                _assign(part.target, value, names)
        elif isinstance(part, ast.NamedExpr):
            _assign(part.target, part.value, names)
    return names


def _assign(target: ast.expr, value: ast.expr, names: dict[str, list[ast.expr]]) -> None:
    if isinstance(target, ast.Name):
        names.setdefault(target.id, []).append(value)
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for inner, part in zip(target.elts, value.elts, strict=False):
            _assign(inner, part, names)
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.IfExp):
        _assign(target, value.body, names)
        _assign(target, value.orelse, names)


def _told(function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Assign) -> Iterator[tuple[ast.expr, bool]]:
    """What is told, and whether it is a result."""
    if isinstance(function, ast.Assign) and isinstance(function.value, ast.Dict):
        named = [target.id for target in function.targets if isinstance(target, ast.Name)]
        yield from ((value, True) for value in function.value.values if set(named) & set(TABLES))
    tells = not isinstance(function, ast.Assign) and TELLERS.fullmatch(function.name) is not None
    for part in ast.walk(function):
        if isinstance(part, ast.Call):
            name = part.func.attr if isinstance(part.func, ast.Attribute) else getattr(part.func, "id", "")
            if name in OTHERS:
                continue
            if name == "many":
                one, more = (word.value for word in part.args[1:] if isinstance(word, ast.Constant))
                yield ast.Constant(f"{{}} {one} | {{}} {more}"), True
            yield from ((one, name in RESULTS) for one in part.args if name in REPORTERS or _lists(part.func))
            yield from ((keyword.value, False) for keyword in part.keywords if keyword.arg in KEYWORDS)
        elif isinstance(part, ast.Return | ast.Yield) and tells and part.value is not None:
            values = part.value.elts if isinstance(part.value, ast.Tuple) else [part.value]
            yield from ((value, False) for value in values)
        elif isinstance(part, ast.Subscript) and ast.unparse(part.value) == "self.left_out":
            why = part.slice.value if isinstance(part.slice, ast.Constant) else ""
            yield ast.Constant(f"{{}} {why}"), True


def _lists(function: ast.expr) -> bool:
    """Whether it is `lost.append` and the like, which `import` tells."""
    if not isinstance(function, ast.Attribute) or function.attr != "append":
        return False
    list = function.value
    return (list.attr if isinstance(list, ast.Attribute) else getattr(list, "id", "")) in LISTS


def _templates(value: ast.expr, names: dict[str, list[ast.expr]], depth: int) -> list[str]:
    if depth > 12:
        return ["{}"]
    if isinstance(value, ast.Constant):
        return [value.value] if isinstance(value.value, str) else ["{}"]
    if isinstance(value, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in value.values]
        return ["".join(map(str, parts))]
    if isinstance(value, ast.IfExp):
        return _templates(value.body, names, depth + 1) + _templates(value.orelse, names, depth + 1)
    if isinstance(value, ast.BoolOp):
        return [template for part in value.values for template in _templates(part, names, depth + 1)]
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
        left, right = _templates(value.left, names, depth + 1), _templates(value.right, names, depth + 1)
        return [one + other for one in left for other in right]
    if isinstance(value, ast.Name) and value.id in names:
        return [template for part in names[value.id] for template in _templates(part, names, depth + 1)]
    if isinstance(value, ast.Tuple | ast.Starred):
        parts = value.elts if isinstance(value, ast.Tuple) else [value.value]
        return [template for part in parts for template in _templates(part, names, depth + 1)]
    return ["{}"]
