"""What `serve` begins with: the site as it was last built, so that its first build renders only what differs.

Built files are never written in place, so both outputs may hold one file: hard links cost neither time nor room.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from mujaz.errors import UsageError
from mujaz.guards import lock
from mujaz.output import MANIFEST


def seed(root: Path, output: Path, home: Path) -> None:
    """Give `home` (the folder of `serve`) the built site in `output` and the cache beside it; only where it is new.

    It saves work and nothing else: whatever cannot be had is built.
    """
    cache = root / ".mujaz" / "cache.sqlite"
    if home.exists() or not cache.is_file() or not (output / MANIFEST).is_file():
        return
    try:
        with lock(root / ".mujaz" / "lock"):
            _link(output, home / "output.new")
            (home / "cache").mkdir()
            shutil.copyfile(cache, home / "cache" / cache.name)
            os.rename(home / "output.new", home / "output")
    except (OSError, UsageError):  # another disk, a build that runs, a file that went: begin with nothing
        shutil.rmtree(home, ignore_errors=True)


def _link(output: Path, other: Path) -> None:
    """Hard links to all that the manifest names."""
    names = (output / MANIFEST).read_text(encoding="utf-8").splitlines()
    made: set[str] = set()
    for name in (*names, MANIFEST):
        folder = os.path.dirname(name)
        if folder not in made:
            os.makedirs(other / folder, exist_ok=True)
            made.add(folder)
        os.link(output / name, other / name)
