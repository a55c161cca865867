"""The manifest: the paths of the files that Mujaz wrote into a folder, a line each.

It lies among files that anybody may have changed, so it is not trusted: only plain relative paths count.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from pathlib import Path

MANIFEST = ".mujaz-manifest"
# What no plain path has. To look for each of them in the whole text is quicker than to look at each line.
_ODD = ("\0", "//", "/./", "/../", "\n/", "/\n", "\n./", "\n../", "/.\n", "/..\n", "\n.\n", "\n..\n", "\n\n")


def manifest_of(paths: Iterable[str]) -> bytes:
    return "".join(f"{path}\n" for path in sorted(paths)).encode()


def paths_in(manifest: str) -> list[str]:
    """The plain relative paths of a manifest, in its order; never its own."""
    paths = [path for path in manifest.split("\n") if path and path != MANIFEST]
    framed = f"\n{manifest.strip(chr(10))}\n"
    return list(filter(is_inside, paths)) if any(odd in framed for odd in _ODD) else paths


def is_inside(path: str) -> bool:
    """Whether a path leads to a file below a folder, and nowhere else."""
    return "\0" not in path and all(part not in ("", ".", "..") for part in path.split("/"))


def in_folders(paths: Iterable[str], folders: Container[str]) -> list[str]:
    """The paths that lie in one of `folders`: an altered manifest may name what lies elsewhere, or behind a link."""
    return [path for path in paths if path.rpartition("/")[0] in folders]


def read_manifest(folder: Path) -> list[str]:
    """The paths in the manifest of `folder`. Raises OSError where it is no file, UnicodeDecodeError where no text."""
    path = folder / MANIFEST
    if not path.is_file():  # a pipe would never end
        raise FileNotFoundError(str(path))
    return paths_in(path.read_text(encoding="utf-8"))
