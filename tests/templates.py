"""Every sentence that a problem may be made of, found in the code itself: f-strings with `{}` for what is filled in.

Followed are: `text` and `help` of whatever takes them, the arguments of the functions in REPORTERS, what functions
named in TELLERS return or yield, and the variables that lead to any of these.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "mujaz"
REPORTERS = frozenset(
    "report problem _say refuse NoMoment shown PictureError Mend Problem _refuse_entry _problem say _warn warn warning "
    "WorkerDied Refused _mend _warning _at UsageError".split()
)
OTHERS = ("option", "argument", "TextView")  # take a `text` or a `help` that is no problem's
TELLERS = re.compile(
    r".*(_trouble|_excesses|_misfits|_help)|stuck|did_you_mean|too_much|_keep|problem_in|said|_reason|_counted"
)
LISTS = ("lost", "skipped", "left")
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
        for expression in _told(function):
            for template in _templates(expression, names, 0):
                words = re.sub(r"\{\}", "", template)
                if TEXTUAL.search(words) and " " in template:
                    yield template


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


def _told(function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Assign) -> Iterator[ast.expr]:
    tells = not isinstance(function, ast.Assign) and TELLERS.fullmatch(function.name) is not None
    for part in ast.walk(function):
        if isinstance(part, ast.Call):
            name = part.func.attr if isinstance(part.func, ast.Attribute) else getattr(part.func, "id", "")
            if name in OTHERS:
                continue
            yield from part.args if name in REPORTERS or _lists(part.func) else ()
            yield from (keyword.value for keyword in part.keywords if keyword.arg in KEYWORDS)
        elif isinstance(part, ast.Return | ast.Yield) and tells and part.value is not None:
            yield from part.value.elts if isinstance(part.value, ast.Tuple) else [part.value]


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
