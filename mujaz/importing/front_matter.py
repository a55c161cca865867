"""Writes the front matter of an imported article."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from mujaz.arabic.slugs import address_key, slug_of
from mujaz.arabic.typography import clean_metadata
from mujaz.frozen import Value
from mujaz.importing.addresses import alias_key
from mujaz.importing.bundle import Bundle
from mujaz.importing.html import plain
from mujaz.importing.incoming import MOST_TOLD, Incoming
from mujaz.messages.message import Message, say
from mujaz.model import urls

BARE = ("date", "updated", "expires", "section")  # written without quotes; the others are JSON, which is YAML


class Place(Value):
    """The place of an imported article: date, section, names. All datetimes are in the site's time zone.

    `timed` is whether a time was given, and not only a day.
    """

    title: str
    moment: datetime
    timed: bool
    section: str
    segment: str
    id: str
    updated: datetime | None = None
    expires: datetime | None = None
    language: str = ""  # where it is not the site's
    original: str = ""  # the id of the article that it translates

    @property
    def name(self) -> str:
        """The article's folder, relative to the content folder."""
        return f"{self.moment:%Y/%m}/{self.segment}"

    @property
    def address(self) -> str:
        return alias_key(urls.article(self.moment.date(), self.segment))


def head(
    story: Incoming, place: Place, aliases: Sequence[str], bundle: Bundle, lost: list[Message], *, draft: bool
) -> str:
    """The lines between the hyphens. Appends what cannot be expressed to `lost`."""
    updated, expires = place.updated, place.expires
    fields: dict[str, object] = {
        "title": place.title,
        "date": place.moment.isoformat(sep=" ", timespec="seconds") if place.timed else f"{place.moment:%Y-%m-%d}",
        "updated": updated.isoformat(sep=" ", timespec="seconds") if updated and updated > place.moment else None,
        "expires": expires.isoformat(sep=" ", timespec="seconds") if expires and expires >= place.moment else None,
        "section": place.section,
        "id": place.id,
        "slug": place.segment,
        "lang": place.language,
        "translation_of": place.original,
        "tags": names_of(story.tags, lost),
        "authors": names_of(story.authors, lost),
        "series": next(iter(names_of((story.series,), lost)), None),
        "summary": _line(story.summary),
        "sources": _sources(story),
        "image": _image(story, place.title, bundle, lost),
        "aliases": list(aliases),
        "draft": True if draft else None,
    }
    lines = [
        f"{key}: {value if key in BARE else json.dumps(value, ensure_ascii=False)}"
        for key, value in fields.items()
        if value
    ]
    return "\n".join(lines) + "\n"


def names_of(written: Iterable[str], lost: list[Message]) -> list[str]:
    """Names as plain texts, each once; those without a letter or digit go to `lost`, since they cannot have a page."""
    found: dict[str, str] = {}
    for name in map(_line, written):
        if name and not slug_of(name):
            lost.append(say("import-name-without-letters", name=name))
        elif name:
            found.setdefault(address_key(name), name)
    return list(found.values())


def _line(written: str) -> str:
    return " ".join(clean_metadata(plain(written)).split())


def _sources(story: Incoming) -> list[dict[str, str]]:
    pairs = ((_line(name), encoded(address)) for name, address in story.sources)
    return [{"name": name or address, "url": address} for name, address in dict.fromkeys(pairs)]


def encoded(address: str) -> str:
    """An address with its white space percent-encoded."""
    return "%20".join(address.split())


def _image(story: Incoming, title: str, bundle: Bundle, lost: list[Message]) -> dict[str, str] | None:
    if not story.image:
        return None
    name = bundle.picture(story.image)
    alt, caption, credit = map(_line, (story.image_alt, story.image_caption, story.image_credit))
    if name is None:
        lost.append(say("lead-picture-missing", picture=story.image[:200]))
        if said := " | ".join(dict.fromkeys(filter(None, (alt, caption, credit)))):
            lost.append(say("lead-words-left", words=said[:MOST_TOLD]))
        return None
    words = {"src": name, "alt": alt or caption or title, "caption": caption, "credit": credit}
    return {key: value for key, value in words.items() if value}
