"""The code of the package as trees, parsed when a test first asks: it takes a second."""

from __future__ import annotations

import ast
from functools import cache

from tests.support.sites import REPOSITORY

PACKAGE = REPOSITORY / "mujaz"
# `mujaz.pages.plan` → its file; a package has the name of its folder.
MODULES = {
    ".".join(path.relative_to(REPOSITORY).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}


@cache
def trees() -> dict[str, ast.Module]:
    """The tree of each module, by its name."""
    return {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}
