"""What a cache entry was made by: the code, Python and the libraries, as one digest. Another digest, another cache."""

from __future__ import annotations

import functools
import hashlib
import sys
from importlib import metadata
from pathlib import Path

LIBRARIES = (
    "babel brotli feedgen fontpkg-ibm-plex-sans-arabic fonttools hijridate jinja2 lxml markdown markupsafe msgspec nh3"
    " numpy pillow pylopdf-fonts-ar pyyaml scipy tzdata"
)


@functools.cache
def versions() -> str:
    """Hex digest of the package's own files, of Python's version and of the libraries' versions."""
    mark = hashlib.blake2b(digest_size=16)
    mark.update(f"{sys.implementation.name} {sys.version}".encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        mark.update(path.name.encode() + b"\0" + path.read_bytes())
    for library in LIBRARIES.split():
        mark.update(f"{library} {_version(library)}\0".encode())
    return mark.hexdigest()


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "none"
