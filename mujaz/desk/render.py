"""Renders the pages of the desk: its layouts are beside this file, its words in the catalogue. Uses `jinja2`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mujaz.arabic.dates import Calendar
from mujaz.desk.listing import when
from mujaz.messages.message import Message, Value, say
from mujaz.model.views import When
from mujaz.paths import data_file

LANGUAGES = {"ar": "العربية", "en": "English"}  # each by its native name


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(data_file("desk/layouts")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(name: str, language: str, calendar: Calendar, **view: Any) -> str:
    """The page `name` in `language`; times are those of `calendar`, which is in the same language."""

    def t(id: str, /, **args: Value) -> str:
        return say("desk-" + id.replace("_", "-"), **args).text(language)

    def told(message: Message) -> str:
        return message.text(language)

    def moment(seconds: float) -> When:
        return calendar.when(when(seconds))

    words: Mapping[str, Any] = {"t": t, "told": told, "moment": moment}
    shared = {"lang": language, "dir": "rtl" if language == "ar" else "ltr", "zone": str(calendar.zone)}
    return _environment().get_template(f"{name}.html").render(words, **shared, **view)
