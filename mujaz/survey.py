"""A site as its files say it is, understood but not planned: what `status`, `list` and `check` look at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from mujaz import intake
from mujaz.build import with_store
from mujaz.config import Loaded, completed, load_config
from mujaz.due import next_change
from mujaz.errors import Problem
from mujaz.frontmatter import Options
from mujaz.frozen import Struct
from mujaz.model import Config
from mujaz.order import Order
from mujaz.scan import scan
from mujaz.site import Shelf, sort_out
from mujaz.store import Store
from mujaz.strings import load_strings


class Survey(Struct, frozen=True, kw_only=True):
    """Who is published at the order's `now` and who is not; `problems` are those of single files."""

    config: Config
    shelf: Shelf
    kept: Mapping[str, intake.Kept]
    others: tuple[str, ...]  # files below content/ that are no Markdown
    problems: tuple[Problem, ...]
    next_build: datetime | None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.config.timezone)


def survey(order: Order, config: Config | None = None) -> Survey:
    """Read what moved since the last build, from the store all that did not; `config` instead of what is on the disk.

    Raises SiteError for a wrong config.yaml or strings.
    """
    loaded = Loaded(config=config, warnings=()) if config else load_config(order.root / "config.yaml")
    config, zone = loaded.config, ZoneInfo(loaded.config.timezone)
    strings = load_strings(config.language, order.root / config.layouts, order.layouts)
    config = completed(config, strings)

    def look(store: Store) -> Survey:
        found = scan(order.root, config.content, store.sources())
        options = Options.of(config, tuple(strings["labels"]))
        keys = intake.reading_keys(found, options)
        missing = intake.unread(found, keys, store)
        kept = intake.read_articles(order.root, missing, keys, options, store, order.jobs, lambda *_: None)
        shelf = sort_out(
            [reading.article for reading in kept.values() if reading.article],
            [reading.standing for reading in kept.values() if reading.standing],
            zone=zone,
            now=order.now,
            drafts=order.drafts,
            future=order.future,
        )
        problems = (*loaded.warnings, *found.problems, *intake.judged(kept.values(), order.drafts))
        return Survey(
            config=config,
            shelf=shelf,
            kept=kept,
            others=tuple(sorted(found.others)),
            problems=problems,
            next_build=next_change(shelf, config, order.now),
        )

    return with_store(order, look)
