"""The text and the path of a new article, with the fields that an editor should not have to think of."""

from __future__ import annotations

import os
from collections.abc import Collection
from datetime import datetime
from hashlib import blake2s
from pathlib import Path
from zoneinfo import ZoneInfo

from mujaz.arabic.slugs import slug
from mujaz.arabic.typography import clean_metadata
from mujaz.files.whole import create_whole
from mujaz.frozen import Value
from mujaz.messages.errors import UsageError, did_you_mean
from mujaz.messages.message import say
from mujaz.model.names import default_id, slug_trouble
from mujaz.model.settings import Config
from mujaz.yaml_values.scalars import scalar


class NewStory(Value):
    """An article before it is written; `path` and `content`, its folder, are relative to the site's root."""

    path: str
    content: str
    text: str
    section: str


def new_story(
    title: str,
    config: Config,
    now: datetime,
    taken: Collection[str],
    *,
    section: str | None = None,
    slug_asked: str | None = None,
    bundle: bool = False,
    draft: bool = True,
    body: str = "",
) -> NewStory:
    """The article `title` in `content/<year>/<month>/`, or a bundle there. `taken` are the ids of all articles.

    Raises UsageError for a title that gives no address, an invalid slug, or an unknown section.
    """
    title = " ".join(clean_metadata(title).split())
    segment = slug_asked or slug(title)
    if not title or (slug_asked is None and not segment):
        raise UsageError(say("title-without-slug", title=title))
    if trouble := slug_trouble(segment):
        raise UsageError(say("slug-wrong", slug=segment, why=trouble))
    section = _section(section, config)
    local = now.astimezone(ZoneInfo(config.timezone))
    name = f"{local:%Y/%m}/{segment}"
    lines = [
        f"title: {scalar(title)}",
        f"date: {local.isoformat(sep=' ', timespec='minutes')}",
        f"section: {section}",
        f"id: {_id(name, taken)}",
        f"slug: {scalar(segment)}",
        "tags: []",
        "authors: []",
        *(["draft: true"] if draft else []),
    ]
    in_folder = bundle or segment == "index"  # index.md would make a bundle of the whole month
    path = f"{config.content}/{name}{'/index' if in_folder else ''}.md"
    return NewStory(
        path=path, content=config.content, text="---\n" + "\n".join(lines) + f"\n---\n\n{body}", section=section
    )


def _section(asked: str | None, config: Config) -> str:
    keys = [section.key for section in config.sections]
    if asked is None:
        return keys[0]
    found = {name: section.key for section in config.sections for name in (section.key, section.name)}
    if asked in found:
        return found[asked]
    near = did_you_mean(asked.lower(), found)
    listed = say("sections-are", keys=tuple(f"{section.key} ({section.name})" for section in config.sections))
    listed = say("near-or-listed", near=near, listed=listed) if near else listed
    raise UsageError(say("option-section-unknown", section=asked, listed=listed))


def _id(name: str, taken: Collection[str]) -> str:
    """The id by the path, with a number where another article has it already (one that was moved from this path).

    It is written into the file, so that moving the file does not change it.
    """
    found, seed = default_id(name), name
    while found in taken:
        seed = blake2s(seed.encode()).hexdigest()
        found = default_id(seed)
    return found


def write_new(root: Path, story: NewStory) -> Path:
    """Write the article and return its path.

    Raises UsageError where the file exists, or one of the same address (a.md and a/index.md).
    """
    path = root / story.path
    stem = path.parent if path.name == "index.md" else path.with_suffix("")
    for other in (stem.with_name(stem.name + ".md"), stem / "index.md"):
        if other.exists():
            raise UsageError(say("exists-already", path=str(other.relative_to(root))))
    if not Path(os.path.realpath(path.parent)).is_relative_to(os.path.realpath(root / story.content)):
        raise UsageError(say("leaves-site", path=str(path.parent.relative_to(root))))
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        create_whole(path, story.text.encode())
    except FileExistsError:  # another `new` was quicker
        raise UsageError(say("exists-already", path=story.path)) from None
    return path
