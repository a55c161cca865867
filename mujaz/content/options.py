"""What the reading of a file depends on besides the file: the site's settings, and the typography of its texts."""

from __future__ import annotations

from collections.abc import Mapping

from mujaz.arabic.direction import is_rtl_language
from mujaz.arabic.typography import set_in_type
from mujaz.frozen import Struct
from mujaz.model.content import Place
from mujaz.model.settings import Config
from mujaz.yaml_values.form import Form


class Options(Struct, frozen=True, kw_only=True):
    """What the reading of a file depends on, besides its path and bytes; `content` is the content folder."""

    content: str
    timezone: str
    language: str
    quotes: str
    iframes: tuple[str, ...]
    sections: tuple[str, ...]  # keys, in the order of the navigation
    labels: tuple[str, ...]  # keys of `labels` in the strings
    # The names that readers see, in the same order: where an editor writes one, the help names its key.
    section_names: tuple[str, ...] = ()
    label_names: tuple[str, ...] = ()

    @classmethod
    def of(cls, config: Config, labels: Mapping[str, str]) -> Options:
        return cls(
            content=config.content,
            timezone=config.timezone,
            language=config.language,
            quotes=config.quotes,
            iframes=config.iframes,
            sections=tuple(section.key for section in config.sections),
            labels=tuple(labels),
            section_names=tuple(section.name for section in config.sections),
            label_names=tuple(labels.values()),
        )


def quote_style(options: Options, lang: str | None) -> str:
    """The site's quotation marks; `as-is` where the text is in another language: «…» is not English."""
    same = lang is None or lang.split("-")[0] == options.language.split("-")[0]
    return options.quotes if same else "as-is"


class TypeSetter:
    """Applies typography to the texts of one front matter, and remembers where a quotation mark stays straight."""

    def __init__(self, options: Options, lang: str | None) -> None:
        self.style, self.rtl = quote_style(options, lang), is_rtl_language(lang or options.language)
        self.straight: list[Place] = []

    def __call__(self, text: str, form: Form, key: str) -> str:
        made = set_in_type(text, self.style, rtl=self.rtl)
        if '"' in made and self.style != "as-is":
            self.straight.append(form.place(key))
        return made
