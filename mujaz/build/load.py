"""Loads what a site has besides its content: settings, strings, layouts, the calendar, the most read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mujaz.arabic.dates import Calendar, calendar
from mujaz.build.request import BuildRequest
from mujaz.cache.store import Store
from mujaz.config.settings import Loaded, completed, load_config
from mujaz.config.strings import load_strings, over_site
from mujaz.frozen import Value, replace
from mujaz.messages.errors import Problem, SiteError
from mujaz.messages.message import say
from mujaz.model.settings import Config
from mujaz.most_read.hits_file import load_hits
from mujaz.site.site import Site

if TYPE_CHECKING:
    from mujaz.layouts.layouts import Layouts  # with Jinja, which `status` does not need

REFERENCES = "references"  # name in the store
References = dict[str, tuple[tuple[str | None, ...], tuple[str, ...]]]  # digest of a layout's text → what it names
MANY = 1_000  # texts of layouts, old ones too, whose references are stored


class Settings(Value):
    """config.yaml, completed by the strings of its language."""

    digest: str  # of the bytes of config.yaml
    config: Config
    strings: dict[str, Any]
    warnings: tuple[Problem, ...]

    @property
    def labels(self) -> dict[str, str]:
        labels: dict[str, str] = self.strings["labels"]
        return labels


def load_settings(request: BuildRequest, config: Config | None = None) -> Settings:
    """Load config.yaml, or take `config` instead, and the strings. Raises SiteError with all problems."""
    path = request.root / "config.yaml"
    loaded = Loaded(config=config, warnings=()) if config else load_config(path, base_url=request.base_url)
    strings = load_strings(loaded.config.language, request.root / loaded.config.layouts, request.layouts)
    config = completed(loaded.config, strings)
    return Settings(digest=loaded.digest, config=config, strings=strings, warnings=tuple(loaded.warnings))


def load_layouts(
    request: BuildRequest, settings: Settings, store: Store | None = None
) -> tuple[Layouts | None, list[Problem]]:
    """Load the layouts and check them; None, with the problems, where they cannot be loaded.

    With a `store`, a text that was parsed before is not parsed again.
    """
    from mujaz.assets import fonts
    from mujaz.layouts.layouts import Layouts

    config = settings.config
    made, missing = {}, []
    for name in dict.fromkeys(fonts.face_names(config.look)):
        file = fonts.own_file(name, config.look)
        path = request.root / config.layouts / file if file else None
        if path is None or path.is_file():
            made[name] = fonts.recipe(name, config.language, path)
        else:
            text = say("look-file-missing", key=f"look.faces.{name.partition('.')[0]}", path=file)
            missing.append(
                Problem(path="config.yaml", message=text, help=say("look-files-lie", folder=f"{config.layouts}/"))
            )
    if missing:
        return None, missing
    references = (store.get(REFERENCES, References) or {}) if store else {}
    known = len(references)
    try:
        own = request.root / config.layouts
        layouts = Layouts.load(own, request.layouts, config, settings.strings, made, references)
    except SiteError as error:
        return None, list(error.problems)
    problems = layouts.check()
    if store and len(references) > known:
        store.put(REFERENCES, references if known < MANY else {})
    return layouts, problems


class Language(Value):
    """Another language than the site's, for the pages of its articles. `config` is the site's with that language."""

    config: Config
    strings: dict[str, Any]
    calendar: Calendar


def load_languages(request: BuildRequest, settings: Settings, site: Site) -> tuple[dict[str, Language], list[Problem]]:
    """Load the languages of articles, except the site's own, that have strings and dates; and their problems.

    What is held will be published by itself, so the strings of its languages are judged now.
    """
    found: dict[str, Language] = {}
    problems: list[Problem] = []
    own = request.root / settings.config.layouts
    wanted = {article.lang for article in site.articles.values() if article.lang} - {site.config.language}
    held = {article.lang for article in site.selection.held if article.lang} - {site.config.language}
    for language in sorted(wanted | held):
        name = f"strings/{language.partition('-')[0].lower()}.yaml"
        if not (own / name).is_file() and not (request.layouts / name).is_file():
            continue
        config = replace(settings.config, language=language)
        try:
            strings = over_site(load_strings(language, own, request.layouts), settings.strings)
            config = replace(config, quotes=strings["quotes"])
            one = Language(config=config, strings=strings, calendar=load_calendar(config))
            found |= {language: one} if language in wanted else {}
        except SiteError as error:
            problems += [one for one in error.problems if one.message.id != "dates-unknown"]
    return found, problems


def load_calendar(config: Config) -> Calendar:
    """Load the words of dates. Raises SiteError for a language that CLDR does not know."""
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
        text = say("dates-unknown", language=config.language)
        raise SiteError([Problem(path="config.yaml", message=text, help=say("write-language-code"))]) from error


def load_most_read(root: Path, config: Config) -> tuple[tuple[str, ...], list[Problem]]:
    """Load the ids of the most read stories, and the problems of the hits file."""
    if config.most_read_source is None:
        return (), []
    try:
        return load_hits(root / config.most_read_source, config.most_read_source), []
    except SiteError as error:
        return (), list(error.problems)
