"""The cache of expensive artifacts (cards, sizes of pictures, parts of the index), by the key of what shapes each.

They are files in `.mujaz/kept/`, not rows of the store: workers write them too, and another version of Mujaz that makes
pictures in the same way finds them again. Like all of the cache they only save work (law 6): one that is missing, cut
short or altered is made anew.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Set
from pathlib import Path

from mujaz.cache.store import take_away
from mujaz.model.fingerprint import file_digest

SEAL = 32  # bytes before the content: the digest of its key and it, hex
DAY_NS = 86_400_000_000_000
LEAST_AGE_NS = 7 * DAY_NS  # a preview of drafts and the build of the site do not throw away each other's

_OURS = re.compile(r"\.?[0-9a-f]{32}")  # a key, or one that was being put


class Artifacts:
    """The folder of the artifacts; forked workers may share it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pruned = folder / "pruned"  # its mtime is the time of the last `prune`

    def holds(self, key: str) -> bool:
        return self._path(key).is_file()

    def get(self, key: str) -> bytes | None:
        """Return what was put under `key`, a hex digest, or None. Removes an artifact that was damaged."""
        try:
            if not self.holds(key):  # a pipe would never end
                return None
            sealed = self._path(key).read_bytes()
        except (OSError, MemoryError):
            return None
        raw = sealed[SEAL:]
        if _seal(key, raw) == sealed[:SEAL]:
            return raw
        self._path(key).unlink(missing_ok=True)
        return None

    def put(self, key: str, raw: bytes) -> None:
        path = self._path(key)
        part = path.with_name(f".{key}.{os.getpid()}")
        for folder in (self._folder, path.parent):
            if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
                with contextlib.suppress(OSError):  # another worker was quicker
                    folder.unlink()  # never ours
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)  # of a build that was killed
        with open(part, "xb") as file:
            file.write(_seal(key, raw) + raw)
        if path.is_dir():
            take_away(path)
        os.replace(part, path)

    def is_due(self, clock: int) -> bool:
        """Whether the last `prune` was a day ago. `clock` is the file system's time in nanoseconds."""
        try:
            return self._pruned.stat().st_mtime_ns < clock - DAY_NS
        except OSError:
            return self._folder.is_dir()

    def prune(self, wanted: Set[str], clock: int) -> None:
        """Remove what is not in `wanted` and is older than a week."""
        with contextlib.suppress(OSError):
            self._pruned.unlink(missing_ok=True)
            self._pruned.touch(exist_ok=False)
            for folder, _, names in os.walk(self._folder):
                for name in names:
                    path = Path(folder) / name
                    if _OURS.match(name) and name not in wanted and path.lstat().st_mtime_ns < clock - LEAST_AGE_NS:
                        path.unlink()

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key


def _seal(key: str, raw: bytes) -> bytes:
    return file_digest(key.encode() + raw).encode()
