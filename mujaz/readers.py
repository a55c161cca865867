"""What readers asked for, as stories: the path of a request to the id of the story that answers it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from mujaz import addresses
from mujaz.arabic import address_key
from mujaz.groups import local_day
from mujaz.survey import Survey


def paths_of(seen: Survey) -> Callable[[str], str | None]:
    """Addresses, old addresses, short links and bare ids of all that is published; None for any other path."""
    known: dict[str, str] = {}
    for article in seen.selection.published:
        known[article.id] = article.id
        starts = [f"s/{article.id}", *(alias.target for alias in article.aliases)]
        for start in (addresses.article(local_day(article, seen.zone), article.slug), *starts):
            known[_key(start)] = article.id
    base = address_key(seen.config.base_path.strip("/"))

    def story_of(path: str) -> str | None:
        if path in known:
            return known[path]
        try:
            key = _key(unquote(urlsplit(path).path, errors="strict"))
        except ValueError:
            return None
        return known.get(key.removeprefix(base + "/") if base else key)

    return story_of


def _key(path: str) -> str:
    return address_key(path.strip("/").removesuffix("index.html").strip("/"))
