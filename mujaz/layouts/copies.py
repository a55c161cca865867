"""Copies of shipped layouts in a paper: from which version each was taken, and what has changed there since.

`layouts/.copied/` holds each shipped file as it was when it was copied, and `versions.json` the version of Mujaz.
"""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Iterator
from pathlib import Path

from mujaz.files.whole import write_whole
from mujaz.frozen import Value
from mujaz.layouts.sources import tree
from mujaz.messages.errors import Problem, SiteError, UsageError, did_you_mean
from mujaz.messages.message import say

FOLDER, VERSIONS = ".copied", "versions.json"


class Copies(Value):
    """The copies below `own`, the layouts of a paper, of files below `shipped`; messages call `own` by `folder`."""

    own: Path
    shipped: Path
    folder: str

    def names(self) -> list[str]:
        """The shipped files that can be copied."""
        return [name for name, _ in tree(self.shipped)]

    def versions(self) -> dict[str, str]:
        """Name → version, of each copy that is noted and still there, with the shipped file as it was."""
        try:
            noted = json.loads((self.own / FOLDER / VERSIONS).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        found = noted.items() if isinstance(noted, dict) else ()
        kept = self.own / FOLDER
        return {
            name: str(version)
            for name, version in found
            if (self.own / name).is_file() and (kept / name).is_file()  # a merge or a clean-up may have taken one
        }

    def copy(self, name: str, version: str) -> Path:
        """Copy a shipped file and note its version; never over a file that is there. Raises UsageError, SiteError."""
        raw, target = self._shipped(name), self._place(name)
        if target.exists():
            raise UsageError(say("copy-there", path=f"{self.folder}/{name}"))
        target.parent.mkdir(parents=True, exist_ok=True)
        self._note(name, raw, version)  # first: a note without a file counts for nothing
        write_whole(target, raw)
        return target

    def merged(self, name: str, version: str) -> None:
        """Note that the copy has what the shipped file has now. Raises UsageError."""
        if not (self.own / name).is_file():
            raise UsageError(say("copy-missing", path=f"{self.folder}/{name}"))
        self._note(name, self._shipped(name), version)

    def change(self, name: str) -> str:
        """What has changed in the shipped file since it was copied, as a unified diff; empty where nothing has.

        Raises UsageError where the file is not shipped, or was not copied.
        """
        now = self._shipped(name)
        try:
            then = (self.own / FOLDER / name).read_bytes()
        except OSError:
            raise UsageError(say("copy-not-noted", name=name)) from None
        # Git writes the kept file with other ends of lines where it is told to, as on Windows.
        old, new = ([f"{line}\n" for line in raw.decode(errors="replace").splitlines()] for raw in (then, now))
        return "".join(difflib.unified_diff(old, new, f"{name} ({self.versions().get(name, '?')})", name))

    def outdated(self) -> Iterator[Problem]:
        """A warning for each copy whose shipped file has changed since, or is gone."""
        shipped = set(self.names())
        for name, version in sorted(self.versions().items()):
            path = f"{self.folder}/{name}"
            if name not in shipped:
                message, help = say("copy-of-nothing", version=version), say("delete-copy")
                yield Problem(path=path, message=message, help=help, warning=True)
            elif change := self.change(name):
                rows = [row for row in change.splitlines()[2:] if row[:1] in "+-"]
                message = say("copy-outdated", version=version, n=len(rows))
                yield Problem(path=path, message=message, help=say("see-change", name=name), warning=True)

    def _shipped(self, name: str) -> bytes:
        names = self.names()
        if name not in names:
            raise UsageError(say("no-shipped-layout", name=name, near=did_you_mean(name, names) or say("list-layouts")))
        return (self.shipped / name).read_bytes()

    def _note(self, name: str, raw: bytes, version: str) -> None:
        noted = self.versions() | {name: version}
        kept = self._place(f"{FOLDER}/{name}")
        kept.parent.mkdir(parents=True, exist_ok=True)
        write_whole(kept, raw)
        text = json.dumps(dict(sorted(noted.items())), indent=1) + "\n"
        write_whole(self.own / FOLDER / VERSIONS, text.encode())

    def _place(self, name: str) -> Path:
        """Where a file of the paper's layouts is to be written. Raises SiteError where a link leads out of them."""
        path = self.own / name
        if not Path(os.path.realpath(path.parent)).is_relative_to(os.path.realpath(self.own)):
            folder = f"{self.folder}/{path.parent.relative_to(self.own).as_posix()}"
            raise SiteError([Problem(path=folder, message=say("link-leaves-layouts"), help=say("put-file-here"))])
        return path
