"""Filters of a paper's own, from `layouts/filters.py`: each of its functions whose name begins with no `_`.

The file is trusted as layouts are. Its digest is part of every layout's closure; what it imports is not, so that all it
does must follow from its own text and from what it is given (law 1).
"""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable, Collection
from pathlib import Path
from types import ModuleType
from typing import Any

from mujaz.messages.message import Message, say

FILE = "filters.py"
Filters = dict[str, Callable[..., Any]]


class FilterError(Exception):
    """What is wrong with the file, and in which line."""

    def __init__(self, message: Message, line: int) -> None:
        super().__init__(str(message))
        self.message, self.line = message, line


def load_filters(path: Path, known: Collection[str]) -> Filters:
    """The filters of the file `path`. `known` are those that come along, which it may not replace.

    Raises FilterError.
    """
    module = ModuleType("mujaz_layouts_filters")
    try:
        exec(compile(path.read_bytes(), str(path), "exec"), module.__dict__)
    except Exception as error:
        frames = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
        line = (error.lineno if isinstance(error, SyntaxError) else frames[-1] if frames else 0) or 0
        raise FilterError(say("filters-not-run", why=str(error), kind=type(error).__name__), line) from error
    found: Filters = {}
    for name, value in vars(module).items():
        if inspect.isfunction(value) and name[0] != "_" and value.__module__ == module.__name__:
            if name in known:
                raise FilterError(say("filter-taken", name=name), value.__code__.co_firstlineno)
            found[name] = value
    return found
