"""What a site has besides its content: layouts, the words of its dates, the most read. Problems are told, not raised,
where more can be found after them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mujaz import fonts
from mujaz.dates import Calendar, calendar
from mujaz.errors import Problem, SiteError, quoted
from mujaz.hits import load_hits
from mujaz.layouts import Layouts
from mujaz.model import Config
from mujaz.order import Order
from mujaz.store import Store

MANY = 1_000  # texts of layouts, old ones too, of which it is known what they name


def layouts(
    order: Order, config: Config, strings: dict[str, Any], store: Store, problems: list[Problem]
) -> Layouts | None:
    """The layouts; None, with their problems, where they cannot be had: those of the articles are still told."""
    made = {name: fonts.recipe(name, config.language) for name in fonts.FACES}
    try:
        references = store.references()
        known = len(references)
        found = Layouts.load(order.root / config.layouts, order.layouts, config, strings, made, references)
    except SiteError as error:
        problems += error.problems
        return None
    problems += found.check()
    if len(references) > known:
        store.save_references(references if known < MANY else {})
    return found


def dates(config: Config) -> Calendar:
    try:
        return calendar(
            config.language,
            months=config.months,
            week=config.week,
            digits=config.digits,
            hijri=config.hijri,
            timezone=config.timezone,
        )
    except ValueError as error:
        text = f"'site.language' is {quoted(config.language)}, a language whose dates are not known"
        raise SiteError([Problem(path="config.yaml", text=text, help="write a code like ar, fa, ur or he")]) from error


def most_read(root: Path, config: Config, problems: list[Problem]) -> tuple[str, ...]:
    if config.most_read_source is None:
        return ()
    try:
        return load_hits(root / config.most_read_source, config.most_read_source)
    except SiteError as error:
        problems += error.problems
        return ()
