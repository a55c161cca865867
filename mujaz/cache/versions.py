"""What made a cache entry: the code, Python and the libraries, as one digest. A new digest makes a new cache."""

from __future__ import annotations

import hashlib
import os
import re
import sys
import zlib
from functools import lru_cache

from mujaz.paths import data_file, package_files

LIBRARIES = frozenset(
    "arabic_reshaper babel brotli css_inline feedgen fontpkg_ibm_plex_sans_arabic fonttools hijridate jinja2 lxml"
    " markdown markupsafe msgspec nh3 numpy pillow pylopdf_fonts_ar python_bidi python_dateutil pyyaml"
    " scipy tzdata".split()
)


@lru_cache(maxsize=1)
def versions() -> str:
    """Hex digest of all files of the package, in every folder, of Python's version and of the libraries' versions."""
    mark = hashlib.blake2b(_interpreter(), digest_size=16)
    for name, raw in package_files():
        mark.update(f"{name}\0{len(raw)}\0".encode() + raw)
    mark.update("\n".join(_installed()).encode())
    return mark.hexdigest()


@lru_cache(maxsize=16)
def version_of(modules: tuple[str, ...], libraries: tuple[str, ...]) -> str:
    """Hex digest of the code, the libraries and the Python that shape one kind of file.

    `modules` are names relative to the package, without `.py`: `fonts`, `assets/fonts`. `libraries` are names of
    `LIBRARIES`.
    """
    mark = hashlib.blake2b(_interpreter(), digest_size=16)
    for name in modules:
        mark.update(name.encode() + b"\0" + data_file(f"{name}.py").read_bytes())
    mark.update("\n".join(one for one in _installed() if _plain(one.rpartition("-")[0]) in libraries).encode())
    return mark.hexdigest()


def _interpreter() -> bytes:
    """Python's version: it knows the letters of one version of Unicode, and packs with one of zlib."""
    return f"{sys.implementation.name} {sys.version} {zlib.ZLIB_RUNTIME_VERSION}".encode()


def _plain(name: str) -> str:
    return re.sub(r"[-.]+", "_", name).lower()


@lru_cache(maxsize=1)
def _installed() -> list[str]:
    """`markdown-3.11.3` and the like, from the names of the .dist-info folders that Python would look in.

    importlib.metadata gives the same list but takes 40 ms.
    """
    found: set[str] = set()
    for folder in filter(os.path.isdir, sys.path):
        for name in os.listdir(folder):
            library, _, version = name.removesuffix(".dist-info").rpartition("-")
            if name.endswith(".dist-info") and _plain(library) in LIBRARIES:
                found.add(f"{library.lower()}-{version}")
    return sorted(found)
