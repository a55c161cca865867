"""A site that is read but not planned, for `status`, `list` and `check`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from mujaz.build.entry import with_copy
from mujaz.build.load import load_settings
from mujaz.build.read import CachedReading, read_site
from mujaz.build.request import BuildRequest
from mujaz.cache.store import Store
from mujaz.frozen import Value
from mujaz.messages.errors import Problem
from mujaz.model.settings import Config
from mujaz.site.schedule import next_change
from mujaz.site.select import Selection


class Survey(Value):
    """The articles of a site, published at the request's `now` or not; `problems` are those of single files."""

    config: Config
    selection: Selection
    readings: Mapping[str, CachedReading]
    others: tuple[str, ...]  # files below content/ that are not Markdown
    problems: tuple[Problem, ...]
    next_build: datetime | None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.config.timezone)


def survey(request: BuildRequest, config: Config | None = None) -> Survey:
    """Read what changed since the last build, and the rest from the cache; `config` replaces the one on the disk.

    Raises SiteError for a wrong config.yaml or wrong strings.
    """
    settings = load_settings(request, config)

    def look(store: Store) -> Survey:
        read = read_site(request, settings, store)
        return Survey(
            config=settings.config,
            selection=read.selection,
            readings=read.content.readings,
            others=tuple(sorted(read.content.found.others)),
            problems=read.problems,
            next_build=next_change(read.selection, settings.config, request.now),
        )

    return with_copy(request, look)
