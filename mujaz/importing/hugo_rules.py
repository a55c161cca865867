"""How the settings of Hugo choose the dates of a page, which files of the content it reads at all, and whether it shows
the HTML in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from mujaz.importing.html import BLOCKS, clean
from mujaz.importing.kept_back import fits, listed, lowered, yes
from mujaz.importing.languages import below
from mujaz.importing.markdown_text import outside_code
from mujaz.markdown_body.enclosed import without

# The keys in which Hugo looks for a date, in its order.
USUAL = {
    "date": "date publishdate pubdate published lastmod modified".split(),
    "publishdate": "publishdate pubdate published date".split(),
    "expirydate": "expirydate unpublishdate".split(),
    "lastmod": "lastmod modified date publishdate pubdate published".split(),
}
FILENAME = ":filename"
DATED = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})[-_]*(?P<slug>.*)")
# A piece of HTML to Markdown, up to an empty line: it begins with the tag of a block, or with one alone on its line
# behind an empty one.
_PIECE = re.compile(
    rf"^[ \t>]{{0,20}}(?:(?:[-*+]|[0-9]{{1,9}}[.)])[ \t]{{1,9}})?(?:</?(?:{'|'.join(sorted(BLOCKS))})(?=[\s/>])"
    r"|(?<=\n\n)</?[a-z][^<>\n]{0,2000}>[ \t]*$)[^\n]*(?:\n[ \t]*+[^\s][^\n]*)*",
    re.M | re.I,
)
_SEEN = re.compile(r"<(?:img|iframe|video|audio|object|embed)\b|(?:\A|>)[^<>]*\w", re.I)
_COMMENT, _COMMENT_END = re.compile("<!--"), re.compile("-->")
# What a shortcode encloses between `<` and `>` is its own, and no Markdown.
_OWN, _OWN_END = re.compile(r"\{\{<\s{0,9}[^\s/<>{}]{1,50}(?=[^{}]{0,2000}(?<!/)>\}\})"), re.compile(r"\{\{<\s{0,9}/")
NEVER = "0001-01-01"  # how Go writes a date that is none


def with_dates(head: Mapping[str, Any], settings: Mapping[str, Any]) -> dict[str, Any]:
    """`head` with each date under the key of USUAL, from the first key of it that holds one."""
    given = settings.get("frontmatter")
    chosen = lowered(given) if isinstance(given, Mapping) else {}
    found, read = dict(head), set()
    for name, usual in USUAL.items():
        wanted = [str(one).lower() for one in listed(chosen.get(name))] or [":default"]
        keys = [key for one in wanted for key in (usual if one == ":default" else [one])]
        key = next((key for key in keys if _is_date(head.get(key))), name)
        found[name] = head.get(key)
        read |= {key for key in keys if _is_date(head.get(key))}
    return {key: value for key, value in found.items() if key in USUAL or key not in {*read, FILENAME}}


def with_name(head: Mapping[str, Any], settings: Mapping[str, Any], stem: str) -> dict[str, Any]:
    """`head` with the date and the slug that Hugo reads in the name of a file, where its settings say `:filename`."""
    given = settings.get("frontmatter")
    chosen = lowered(given) if isinstance(given, Mapping) else {}
    found = DATED.fullmatch(stem)
    if not found or not any(FILENAME in map(str, listed(one)) for one in chosen.values()):
        return dict(head)
    return {FILENAME: found["date"], **head, "slug": head.get("slug") or found["slug"]}


def _is_date(value: Any) -> bool:
    """Whether it may be a date: any text but a word for yes or no, which `published` may hold too."""
    if isinstance(value, date):
        return value.year > 1
    return isinstance(value, str) and any(c.isdigit() for c in value) and len(value) > 1 and not value.startswith(NEVER)


def mounted(site: Path, settings: Mapping[str, Any]) -> dict[Path, Mapping[str, Any]]:
    """The folders of the site that its settings mount as content; they stand in the place of the usual one."""
    module = settings.get("module")
    named = listed(lowered(module).get("mounts")) if isinstance(module, Mapping) else ()
    found: dict[Path, Mapping[str, Any]] = {}
    for one in named:
        values = lowered(one) if isinstance(one, Mapping) else {}
        if str(values.get("target") or "").strip("/").split("/")[0] == "content":
            folder = below(site, values.get("source"))
            found |= {folder: values} if folder else {}
    return found


def is_mounted(mount: Mapping[str, Any], path: str) -> bool:
    """Whether a mount takes a file, whose path is below it."""
    wanted, out = list(_patterns(mount, "includefiles")), list(_patterns(mount, "excludefiles"))
    for one in _patterns(mount, "files"):
        (out if one.startswith("!") else wanted).append(one.removeprefix("!").strip())
    small = path.lower()
    return not any(fits(one, small, below=True) for one in out) and (
        not wanted or any(fits(one, small) for one in wanted)
    )


def leaves_out_html(settings: Mapping[str, Any], text: str) -> bool:
    """Whether the text holds HTML with something to see, which Hugo leaves out unless its settings say `unsafe`."""
    markup = _inner(settings, "markup")
    if yes(_inner(markup, "goldmark", "renderer").get("unsafe")):
        return False
    if str(markup.get("defaultmarkdownhandler") or "goldmark").lower() != "goldmark":
        return False
    bare = without(without(clean(text), _COMMENT, _COMMENT_END), _OWN, _OWN_END)
    pieces: list[str] = []

    def look(part: str) -> str:
        pieces.extend(piece[0] for piece in _PIECE.finditer(f"\n\n{part}"))
        return part

    outside_code(bare, look)
    return any(map(_SEEN.search, pieces))


def _inner(settings: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    for key in keys:
        inner = lowered(settings).get(key)
        settings = inner if isinstance(inner, Mapping) else {}
    return lowered(settings)


def _patterns(mount: Mapping[str, Any], key: str) -> Iterator[str]:
    return (str(one).strip().lower() for one in listed(mount.get(key)))
