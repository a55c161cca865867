"""The paths in config.yaml: the folders of a site, each below its root and apart from the others, and the hits file."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath

from mujaz.messages.message import Message, say
from mujaz.model.names import PATH_BYTES, SLUG_BYTES, file_name_trouble
from mujaz.yaml_values.form import Form

# What a shell would expand: nobody wants a folder of that name.
SHELL_CHARACTERS = re.compile(r"^~|\$|`|%\w+%")


def paths(form: Form, root: Path) -> tuple[str, str, str]:
    """The folders (content, layouts, output) below the root; the default for each wrong one, which is reported."""
    found = {key: _path(form, key, key, root) for key in ("content", "layouts", "output")}
    for key in found:
        for other in found:
            if key < other and _one_holds_other(root / found[key], root / found[other]):
                text = say("folders-overlap", key=form.name(key), other=form.name(other))
                form.report(form.place(key if form.has(key) else other), text, say("folder-for-each"))
    return found["content"], found["layouts"], found["output"]


def _path(form: Form, key: str, default: str, root: Path) -> str:
    written = form.line(key, default)
    trouble = path_trouble(written)
    # A link may lead anywhere, and a build replaces what is in the output folder.
    resolved, home = Path(os.path.realpath(root / written)) if not trouble else root, Path(os.path.realpath(root))
    if not trouble and home not in resolved.parents:
        trouble = say("leaves-site-by-link")
    if not trouble and os.path.exists(resolved / "config.yaml"):  # False where the folder may not be entered
        trouble = say("is-a-site")
    if not trouble:
        return PurePosixPath(written).as_posix()
    form.report(
        form.place(key),
        say("value-refused", key=form.name(key), value=written, why=trouble),
        say("write-like", example=default),
    )
    return default


def path_trouble(text: str) -> Message | None:
    """Why `text` is not a path below a folder: a root, a drive, `..`, a hidden name, one that some system refuses."""
    segments = text.rstrip("/").split("/")
    if any(SHELL_CHARACTERS.search(segment) for segment in segments):
        return say("path-for-a-shell")
    if "\\" in text or any(segment == "" or segment.startswith(".") for segment in segments):
        return say("path-not-relative")
    if len(text.encode()) > PATH_BYTES or max(len(segment.encode()) for segment in segments) > SLUG_BYTES:
        return say("path-not-relative")  # no file system allows such a name
    return next((trouble for segment in segments if (trouble := file_name_trouble(segment))), None)


def _one_holds_other(one: Path, other: Path) -> bool:
    one, other = Path(os.path.realpath(one)), Path(os.path.realpath(other))
    return one == other or one in other.parents or other in one.parents


def hits_file(most_read: Form, root: Path) -> str | None:
    """The path of the hits file, relative to the root; None where `most_read.source` is not set."""
    return _path(most_read, "source", "hits.json", root) if most_read.has("source") else None
