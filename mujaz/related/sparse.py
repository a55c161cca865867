"""The sparse arrays of scipy, imported without the parts of numpy that nothing here uses.

scipy copies every public name of numpy when it is imported, and numpy loads such a part when it is named. They take
.09 of the .43 CPU s of both imports, which each build pays that finds related stories.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any, TypeAlias

import numpy as np

UNUSED = frozenset({"f2py", "ma", "polynomial", "testing"})
LISTS = ("__all__", "__numpy_submodules__")  # where numpy names them

Matrix: TypeAlias = Any  # a scipy.sparse.csr_array; scipy ships no types


def _import_scipy() -> ModuleType:
    names = {name: vars(np)[name] for name in LISTS if name in vars(np)}
    vars(np).update({name: type(listed)(one for one in listed if one not in UNUSED) for name, listed in names.items()})
    try:
        from scipy import sparse  # type: ignore[import-untyped]
    finally:
        vars(np).update(names)
    module: ModuleType = sparse
    return module


sparse = _import_scipy()
