"""Standing pages and the lines about authors and tags: where they stand, and how one is begun."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from mujaz.arabic.slugs import slug, slug_of
from mujaz.arabic.typography import clean_metadata
from mujaz.content.reader import FOLDERS, kind_of, page_trouble
from mujaz.desk.files import Refused
from mujaz.messages.message import say
from mujaz.model.names import slug_trouble
from mujaz.model.normal_forms import normalized
from mujaz.model.settings import Config
from mujaz.yaml_values.scalars import scalar

KINDS = tuple(FOLDERS.values())  # page, author, tag
FOLDER = {kind: folder for folder, kind in FOLDERS.items()}


def address(path: str, content: str) -> str:
    """Where the page of a file stands, as `about/`; of an author or a tag, if a published story names it."""
    kind = kind_of(path, content)
    segment = segment_of(path)
    if not segment:
        return ""
    return f"{segment}/" if kind == "page" else f"{FOLDER[kind]}/{segment}/"


def segment_of(path: str) -> str:
    """The last part of its address."""
    return slug_of(normalized("NFC", posixpath.basename(path).removesuffix(".md")))


def begun(kind: str, title: str, config: Config, there: Iterable[str], slug_asked: str = "") -> tuple[str, str]:
    """The path and the text of a new file of this kind; `there` are the paths of all of them. Raises Refused."""
    title = " ".join(clean_metadata(title).split())
    segment = (slug_asked or slug(title)) if kind == "page" else slug_of(title)
    if not title or not segment:
        raise Refused(say("desk-title-without-slug", title=title))
    if kind == "page":
        if why := slug_trouble(segment):
            raise Refused(say("slug-wrong", slug=segment, why=why))
        if taken := page_trouble(slug_of(segment), [section.key for section in config.sections]):
            raise Refused(taken)
    if segment.lower() == "index":  # a build reads no such file, and the desk could not take it away
        raise Refused(say("address-of-site", address=segment))
    path = f"{config.content}/{FOLDER[kind]}/{segment}.md"
    for other in there:
        if kind_of(other, config.content) == kind and segment_of(other) == segment_of(path):
            raise Refused(say("desk-exists-already", path=other))
    return path, f"---\ntitle: {scalar(title)}\n---\n"
