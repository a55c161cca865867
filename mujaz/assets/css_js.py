"""The files of `layouts/assets/`, each under an address that tells its content; the same in stylesheets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from mujaz.assets.fonts import face_names
from mujaz.frozen import Value, asdict
from mujaz.model.fingerprint import file_digest
from mujaz.model.settings import Look

# A string, an address or a comment without end, which stay as they are; a comment; white space, and the signs that need
# none around them. One without its end holds all that follows, as it does for a browser.
_CSS_PARTS = re.compile(
    r"""("(?:\\.|[^"\\])*+(?:"|\\?\Z)|'(?:\\.|[^'\\])*+(?:'|\\?\Z)|url\([^)]*+(?:\)|\Z)|/\*(?:[^*]|\*(?!/))*+\Z)"""
    r"""|/\*.*?\*/\s*|\s*([{};,])\s*|(:)\s+|\s+""",
    re.DOTALL,
)
_CSS_URL = re.compile(r"url\(\s*+[\"']?([^)\"'?#:]{1,1024}+)[\"']?\s*\)")  # no path of a file is longer
# A template, a comment over lines or a line that goes on: in such a script a line may be the middle of something.
_JS_PARTS = re.compile(rb"`|/\*|\\\r?$", re.MULTILINE)
_JS_NOTES = re.compile(rb"^[ \t]*//.*\n|^[ \t]+", re.MULTILINE)
_LOOK = re.compile(rb"\blook\(([a-z-]+)\)")
STYLESHEET, SCRIPT = ".css", ".js"


class Asset(Value):
    """A file of `layouts/assets/` (or a font made at build time) under its fingerprinted address."""

    name: str  # main.css
    path: str  # in the output: assets/main.3f2a91c0.css
    digest: str
    made: bool = False  # by code (a font), not from a file of layouts/assets/


def static_of(files: Mapping[str, Path]) -> dict[str, str]:
    """Name → digest of what is copied as it is."""
    return {
        name.removeprefix("static/"): file_digest(path.read_bytes())
        for name, path in files.items()
        if name.startswith("static/")
    }


def assets_of(files: Mapping[str, Path], made: Mapping[str, str], look: Look) -> dict[str, Asset]:
    """Assets by name. Stylesheets come last: their bytes hold the names of the others."""
    found: dict[str, Asset] = {}
    for name, mark in made.items():
        if "assets/" + name not in files:
            found[name] = Asset(name=name, path=_fingerprinted(name, mark), digest=mark, made=True)
    names = [name.removeprefix("assets/") for name in files if name.startswith("assets/")]
    for name in sorted(names, key=lambda name: (name.endswith(STYLESHEET), name)):
        mark = file_digest(sent(name, files["assets/" + name].read_bytes(), found, look))
        found[name] = Asset(name=name, path=_fingerprinted(name, mark), digest=mark)
    return found


def sent(name: str, raw: bytes, assets: Mapping[str, Asset], look: Look) -> bytes:
    """The asset `name`, whose file holds `raw`, as readers get it."""
    if name.endswith(STYLESHEET):
        return with_asset_names(with_look(raw, look), assets)
    return without_notes(raw) if name.endswith(SCRIPT) else raw


def with_look(css: bytes, look: Look) -> bytes:
    """The stylesheet `css` with the paper's colours and faces: `look(ink)`, `look(dark-ink)`, `look(text-face)`."""
    known = {"text-face": face_names(look)[0], "heads-face": face_names(look)[1]}
    for before, colours in (("", look.light), ("dark-", look.dark)):
        known |= {before + name.replace("_", "-"): colour for name, colour in asdict(colours).items()}
    return _LOOK.sub(lambda match: known.get(match[1].decode(), match[0].decode()).encode(), css)


def without_notes(script: bytes) -> bytes:
    """`script` without the lines that are comments and what its lines are indented by, a fifth of it on the wire.

    One with a template, a block comment or a line that goes on in the next is left as it is.
    """
    return script if _JS_PARTS.search(script) else _JS_NOTES.sub(b"", script)


def with_asset_names(css: bytes, assets: Mapping[str, Asset]) -> bytes:
    """The stylesheet `css` with the names that other assets have in the output, without comments and blanks."""

    def fingerprinted(match: re.Match[str]) -> str:
        asset = assets.get(match[1].strip())
        # Not another stylesheet: its name depends on its own bytes, which may hold the name of this one.
        known = asset is not None and not asset.name.endswith(STYLESHEET)
        return f"url({asset.path.removeprefix('assets/')})" if asset and known else match[0]

    return _CSS_URL.sub(fingerprinted, _short(css)).encode(errors="surrogateescape")


@lru_cache(maxsize=64)  # each stylesheet is asked for twice in a build, by its name and by its bytes
def _short(css: bytes) -> str:
    """The text of a stylesheet without comments and blanks: a tenth of it, for which every reader would wait.

    Whatever the bytes are, those that stay are the same once the text is encoded with `surrogateescape`.
    """
    text = css.decode(errors="surrogateescape")
    text = _CSS_PARTS.sub(lambda part: part[1] or part[2] or part[3] or ("" if part[0][:2] == "/*" else " "), text)
    return text.strip()


def _fingerprinted(name: str, mark: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"assets/{stem}.{mark[:10]}.{ending}" if dot else f"assets/{name}.{mark[:10]}"
