"""The list of guards that `make guards` takes out is not out of date: each stands in the code, and so do its tests."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.support.guards import GUARDS, ROOT


def functions(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {part.name for part in tree.body if isinstance(part, ast.FunctionDef)}


def test_every_guard_stands_once_in_the_code_and_names_tests_that_are_there() -> None:
    for guard in GUARDS:
        assert (ROOT / guard.file).read_text(encoding="utf-8").count(guard.taken) == 1, guard.name
        for test in guard.tests:
            path, _, name = test.partition("::")
            assert not name or name in functions(path), test
            assert Path(ROOT / path).is_file()


def test_every_promise_has_a_guard() -> None:
    assert {guard.promise for guard in GUARDS} == set(range(1, 17))
