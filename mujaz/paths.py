"""Where the package's own files lie: its code, its data, the layouts and docs that come with it.

No other module asks where it stands itself, so modules can move.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent
# A wheel carries layouts/, docs/ and config.yaml within the package; in a checkout they lie beside it.
_HOME = PACKAGE / "shipped" if (PACKAGE / "shipped").is_dir() else PACKAGE.parent
SHIPPED_LAYOUTS = _HOME / "layouts"
DOCS = _HOME / "docs"
SAMPLE_CONFIG = _HOME / "config.yaml"


def data_file(name: str) -> Path:
    """The path of a file or folder of the package; `name` is relative to it, with `/`: `cut`, `assets/fonts.py`."""
    return PACKAGE / name


def package_files() -> Iterator[tuple[str, bytes]]:
    """(name, content) of every file in and below the package, code and data, in an order that is always the same.

    Names are relative to the package, with `/`. Left out are hidden files and folders, and what Python has compiled.
    """
    for folder, folders, names in os.walk(PACKAGE):
        folders[:] = sorted(name for name in folders if name[0] != "." and name != "__pycache__")
        below = folder[len(str(PACKAGE)) + 1 :].replace(os.sep, "/")
        for name in sorted(names):
            if name[0] != ".":
                with open(os.path.join(folder, name), "rb") as file:
                    yield f"{below}/{name}" if below else name, file.read()
