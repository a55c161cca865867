"""Tests say what they need of the machine. None starts a program that it did not name."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.support import needs

TESTS = Path(__file__).parents[1]
SUITE = sorted(path for path in TESTS.rglob("*.py") if "web" not in path.parts)  # there are tools, which no test calls
# Other ways to find or start a program. Their one user is given, if there is one.
WAYS = {
    "which": "needs",
    "launch": "browser",
    "create_subprocess_exec": "",
    "create_subprocess_shell": "",
    "system": "",
}
WAYS |= dict.fromkeys(
    "execv execve execvp execvpe execl execle execlp spawnv spawnl posix_spawn posix_spawnp".split(), ""
)


Functions = tuple[ast.FunctionDef | ast.AsyncFunctionDef, ...]  # that stand around a place, the outermost first


class Starts(ast.NodeVisitor):
    """The calls of a module, and `wrong`: starts of a program that is neither this Python nor named by `program`."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.wrong: list[str] = []
        self.seen = 0
        self.around: Functions = ()
        self.calls: list[tuple[ast.Call, Functions]] = []
        self.visit(ast.parse(text))
        for call, around in self.calls:
            if told := self.judged(call, around):
                self.wrong.append(f"{name}.py:{call.lineno}: {told}")

    def visit_FunctionDef(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        before, self.around = self.around, (*self.around, function)
        self.generic_visit(function)
        self.around = before

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Call(self, call: ast.Call) -> None:
        self.calls.append((call, self.around))
        self.generic_visit(call)

    def visit_ImportFrom(self, line: ast.ImportFrom) -> None:
        """Under a name of its own a start would not be seen."""
        if line.module == "subprocess" or {name.name for name in line.names} & WAYS.keys():
            self.wrong.append(f"{self.name}.py:{line.lineno}: import the module, not what is in it")

    def judged(self, call: ast.Call, around: Functions) -> str:
        match call.func:
            case ast.Attribute(value=ast.Name(id="subprocess"), attr="run" | "Popen" | "call"):
                self.seen += 1
                return (
                    "" if self.is_named(call.args[0], around) else "the program comes neither from sys nor from needs"
                )
            case ast.Attribute(value=ast.Name(id="subprocess"), attr=verb):
                return f"subprocess.{verb} is no way that this test knows"
            case ast.Attribute(attr=way) if WAYS.get(way, self.name) != self.name:
                return f"{way} is not for tests; ask needs.program"
        return ""

    def is_named(self, words: ast.expr, around: Functions) -> bool:
        """Whether the first of `words`, a command, is known to be one that is named."""
        match words:
            case ast.List(elts=[first, *_]) | ast.Tuple(elts=[first, *_]) | ast.Starred(value=first):
                return self.is_named(first, around)
            case ast.Attribute(value=ast.Name(id="sys"), attr="executable"):
                return True
            case ast.Call(func=ast.Name(id="program") | ast.Attribute(value=ast.Name(id="needs"), attr="program")):
                return True
            case ast.Call(func=ast.Name(id="map"), args=[_, mapped]):
                return self.is_named(mapped, around)
            case ast.Subscript(value=ast.Name() as whole, slice=ast.Slice(lower=None)):
                return self.is_named(whole, around)
            case ast.Name(id=name):
                values = list(self.values(name, around))
                return bool(values) and all(self.is_named(*value) for value in values)
        return False

    def values(self, name: str, around: Functions) -> Iterator[tuple[ast.expr, Functions]]:
        """What is assigned to `name` in the innermost function that does; if it is a parameter, what callers pass."""
        for depth in range(len(around), 0, -1):
            function = around[depth - 1]
            found = [
                (part.value, around[:depth])
                for part in ast.walk(function)
                if isinstance(part, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in part.targets)
            ]
            every = [*function.args.posonlyargs, *function.args.args, *filter(None, [function.args.vararg])]
            names = [argument.arg for argument in every]
            if not found and name in names:
                found = list(self.passed(function.name, names.index(name)))
            if found:
                yield from found
                return

    def passed(self, function: str, place: int) -> Iterator[tuple[ast.expr, Functions]]:
        """The argument at `place` of each call of `function` in this module."""
        for call, around in self.calls:
            if isinstance(call.func, ast.Name) and call.func.id == function:
                yield call.args[place], around


@cache
def starts_of(path: Path) -> Starts:
    return Starts(path.stem, path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", SUITE, ids=lambda path: path.stem)
def test_no_test_starts_a_program_that_it_did_not_name(path: Path) -> None:
    assert starts_of(path).wrong == []


def test_the_walk_sees_starts() -> None:
    assert sum(starts_of(path).seen for path in SUITE) > 25


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ('subprocess.run(["git", "log"])', True),
        ('subprocess.run("git log", shell=True)', True),
        ('command = ["git"]\n    subprocess.Popen(command)', True),
        ("subprocess.run(unknown())", True),
        ("subprocess.getoutput('git')", True),
        ('helper("git")', True),
        ('shutil.which("git")', True),
        ('os.execv("/bin/true", [])', True),
        ("playwright.chromium.launch()", True),
        ("from shutil import which", True),
        ('subprocess.run([program("git"), "log"])', False),
        ("command = [sys.executable, '-c', '']\n    subprocess.Popen(command)", False),
        ('git = program("git")\n    helper(git)', False),
        ('helper(program("git"))', False),
    ],
)
def test_it_tells_a_program_that_is_named_from_one_that_is_not(body: str, wrong: bool) -> None:
    text = f"def helper(*words):\n    subprocess.run([*words])\n\ndef test_one():\n    {body}\n"
    if "helper(" not in body:
        text = text.replace("subprocess.run([*words])", "pass")
    assert bool(Starts("test_x", text).wrong) == wrong


def test_a_start_that_no_walk_can_see_ends_the_test() -> None:
    """As of a deploy, which starts in Mujaz what a setting names."""
    start = subprocess.run
    with pytest.raises(pytest.fail.Exception, match=r"starts '/bin/ls'"):
        start(["/bin/ls"])
    assert needs.unnamed("subprocess.Popen", (None, [sys.executable], None, None)) is None
    assert needs.unnamed("os.system", (b"ls",)) == "sh"
    assert needs.unnamed("os.exec", ("/usr/bin/git", [], None)) == "/usr/bin/git"


@pytest.mark.parametrize(("full", "ending"), [("", pytest.skip.Exception), ("1", pytest.fail.Exception)])
def test_what_is_missing_skips_and_in_the_full_run_fails(
    full: str, ending: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUJAZ_FULL", full)
    with pytest.raises(ending, match="needs no-such-program or another-one"):
        needs.program("no-such-program", "another-one")


def test_features_are_named_as_they_are_listed() -> None:
    """A misspelt one would be taken for a program that no machine has."""
    for path in SUITE:
        for part, _ in starts_of(path).calls:
            match part:
                case ast.Call(func=ast.Attribute(attr="needs", value=ast.Attribute(attr="mark")), args=names):
                    for name in names:
                        assert isinstance(name, ast.Constant) and (
                            " " not in name.value or name.value in needs.FEATURES
                        )
