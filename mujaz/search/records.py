"""What a build knows of the index before it writes its files."""

from __future__ import annotations

from mujaz.frozen import Value
from mujaz.model.file_views import SearchStoryView


class IndexedPart(Value):
    """A part of a year's index: its key among the artifacts, and the digests of its rows and shards."""

    key: str
    rows: str
    shards: tuple[str, ...]


class IndexedYear(Value):
    """The stories of a year and the parts of its index, both the oldest first."""

    year: int
    stories: tuple[SearchStoryView, ...]
    parts: tuple[IndexedPart, ...]
