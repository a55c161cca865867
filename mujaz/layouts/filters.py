"""Filters of a paper's own, from `layouts/filters.py`: each of its functions whose name begins with no `_`.

The file is trusted as layouts are. Its digest is part of every layout's closure; what it imports is not, so that all it
does must follow from its own text and from what it is given (law 1).
"""

from __future__ import annotations

import functools
import inspect
import traceback
from collections.abc import Callable, Collection
from pathlib import Path
from types import ModuleType
from typing import Any

from mujaz.messages.message import Message, say

FILE = "filters.py"
LONGEST = 500  # characters of what an error says
Filters = dict[str, Callable[..., Any]]


class FilterError(Exception):
    """What is wrong with the file, and in which line."""

    def __init__(self, message: Message, line: int) -> None:
        super().__init__(str(message))
        self.message, self.line = message, line


def load_filters(path: Path, raw: bytes, known: Collection[str]) -> Filters:
    """The filters of the file `path`, whose bytes are `raw`. Raises FilterError.

    `known` are those that come along, which it may not replace.
    """
    module = ModuleType("mujaz_layouts_filters")
    try:
        exec(compile(raw, str(path), "exec"), module.__dict__)
    except (Exception, SystemExit) as error:
        frames = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
        line = (error.lineno if isinstance(error, SyntaxError) else frames[-1] if frames else 0) or 0
        raise FilterError(say("filters-not-run", why=said_by(error), kind=type(error).__name__), line) from error
    found: Filters = {}
    for name, value in vars(module).items():
        if inspect.isfunction(value) and name[0] != "_" and value.__module__ == module.__name__:
            if name in known:
                raise FilterError(say("filter-taken", name=name), value.__code__.co_firstlineno)
            found[name] = _staying(value)
    return found


def _staying(filter: Callable[..., Any]) -> Callable[..., Any]:
    """`filter`, which may fail but not end the program: a build that ends so says nothing and exits with 0."""

    @functools.wraps(filter)
    def called(*args: Any, **values: Any) -> Any:
        try:
            return filter(*args, **values)
        except SystemExit as error:
            raise RuntimeError(f"it ends the program with {error.code!r}") from error

    return called


def said_by(error: BaseException | str) -> str:
    """What an error says of itself, in one line of bounded length; nothing where that fails too."""
    try:
        said = " ".join(str(error).split())
    except Exception:  # the class is the paper's own
        return ""
    return said if len(said) <= LONGEST else f"{said[:LONGEST]} …"
