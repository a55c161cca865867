"""Jinja layouts, the assets beside them, and what a change of any of them touches (the closure of a layout).

Two folders lie over each other file by file: the site's own and the one shipped with Mujaz. Content never reaches Jinja
as a template, only as values of a view (law 5).
"""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from mujaz.assets import fonts
from mujaz.assets.brand import brand_of
from mujaz.assets.css_js import Asset, assets_of, sent, static_of
from mujaz.layouts.environment import known_filters, make_environment
from mujaz.layouts.filters import FILE as FILTERS
from mujaz.layouts.filters import FilterError, Filters, load_filters, said_by
from mujaz.layouts.references import CARD, EMAIL_TEXT, ENTRY, FIGURE, PLAYER, SHARED, References
from mujaz.layouts.sources import SHIPPED, Sources, jinja_words
from mujaz.messages.errors import Problem, SiteError
from mujaz.messages.message import say
from mujaz.model.fingerprint import digest, file_digest
from mujaz.model.players import Player
from mujaz.model.settings import Config
from mujaz.model.views import Chrome, Entry, Figure, Story

CARDS = 1 << 14  # cards that are held, 18 MB; few are shown again after so many others


class Layouts:
    """The layouts of one site. `digest_of(name)` is the digest of all that rendering `name` reads but the view."""

    def __init__(
        self, sources: Sources, config: Config, strings: Mapping[str, Any], made: Mapping[str, str]
    ) -> None:  # fmt: skip
        self.sources, files = sources, sources.files
        self.assets = assets_of(files, made, config.look)
        self.brand, self._brand_troubles = brand_of(config.look, files)
        self.static = static_of(files)
        self._own_filters, self._filters_digest, self._filter_problems = _filters_of(sources)
        self._others: dict[str, Layouts] = {}
        self._speak(config, strings)

    def _speak(self, config: Config, strings: Mapping[str, Any]) -> None:
        """Take these words; what was made with others is forgotten."""
        self._config, self._strings = config, strings
        self._closures: dict[str, str] = {}
        self._cards: dict[tuple[int, str, bool], tuple[Story, Markup]] = {}
        self._shared_parts: dict[tuple[str, int, str], tuple[Chrome, Markup]] = {}
        self.ground = digest(
            strings_digest(strings),
            tuple(asset.path for asset in self.assets.values()),
            (config.base_url, config.language, config.digits),
            tuple((section.name, section.definite) for section in config.sections),
            _in_order(config.params),
            self._filters_digest,
        )
        self._env = make_environment(config, strings, self._load, self._own_filters)
        self._env.ground = self.ground
        self._env.globals |= {
            "asset": self._asset_url,
            "has_asset": self.assets.__contains__,
            "card": self._card,
            "render_figure": self._lead_figure,
            SHARED: self._shared,
        }

    @classmethod
    def load(
        cls, own: Path, shipped: Path, config: Config, strings: Mapping[str, Any], made: Mapping[str, str],
        references: dict[str, References] | None = None,
    ) -> Layouts:  # fmt: skip
        """The files of `own` over those of `shipped`; `made` names assets made at build time, with their digests."""
        return cls(Sources.below(own, shipped, config.layouts, references), config, strings, made)

    def add_language(self, language: str, config: Config, strings: Mapping[str, Any]) -> None:
        """Know the words of another language than the site's, in which some of its pages are."""
        other = copy(self)
        other._others = {}
        other._speak(config, strings)
        self._others[language] = other

    def of(self, view: Any) -> Layouts:
        """These layouts in the words of the language that the page of `view` is in."""
        return self.speaking(getattr(getattr(view, "chrome", view), "language", ""))

    def speaking(self, language: str) -> Layouts:
        """These layouts in the words of `language`; in those of the site where there are none, or it is empty."""
        return self._others.get(language, self)

    # ------------------------------------------------------------ what depends on what

    def names(self) -> frozenset[str]:
        """The names of the page layouts, without `.html`."""
        return frozenset(
            name[: -len(".html")] for name in self.sources.files if name.endswith(".html") and "/" not in name
        )

    def digest_of(self, layout: str) -> str:
        """Digest of the layout, of all that it includes, and of the strings, assets and settings it can read."""
        if layout not in self._closures:
            seen: dict[str, str] = {}
            self.sources.close(layout, seen)
            self._closures[layout] = digest(self.ground, tuple(sorted(seen.items())))
        return self._closures[layout]

    def check(self) -> list[Problem]:
        """Every layout that does not parse, or includes what is not there."""
        problems = [
            Problem(
                path="config.yaml",
                message=trouble,
                help=say("look-files-lie", folder=f"{self._config.layouts}/static/"),
            )
            for _, trouble in self._brand_troubles
        ]
        problems += self._filter_problems
        if problems:
            return problems
        for name in sorted(self.sources.files):
            if name == EMAIL_TEXT or (name.endswith(".html") and not name.startswith(("static/", SHIPPED))):
                try:
                    self.sources.close(name, {})
                except SiteError as error:
                    problems += error.problems
        return problems

    def compile(self, layouts: Iterable[str]) -> None:
        """Compile these, with all that they include, so that forks of this process need not. See `_Environment`."""
        seen: dict[str, str] = {}
        for layout in layouts:
            with contextlib.suppress(SiteError):
                self.sources.close(layout, seen)
        for name in seen:
            with contextlib.suppress(SiteError, jinja2.TemplateError):
                self._env.get_template(name)

    # ------------------------------------------------------------ rendering

    def render(
        self, layout: str, view: Any, body: Markup | None = None, data: Mapping[str, Any] | None = None
    ) -> bytes:
        """The page as UTF-8. Raises SiteError, with the layout's file and line, for a mistake in a layout.

        `data` is what the files say that the view names.
        """
        return _encoded(self.sources, layout, self._render(layout, view=view, body=body, data=data or {}))

    def figure(self, figure: Figure, place: str) -> str:
        """A picture within a body: "alone", with its caption, "inline", or in a "gallery"."""
        return _piece(self, FIGURE, figure=figure, lead=False, inline=place == "inline", gallery=place == "gallery")

    def entry(self, entry: Entry, title: str, text: str) -> str:
        """An entry of a live story; `title` and `text` are HTML."""
        return _piece(self, ENTRY, entry=entry, title=Markup(title), text=Markup(text))

    def player(self, player: Player) -> str:
        """Film or sound within a body."""
        return _piece(self, PLAYER, player=player)

    def _render(self, name: str, **values: Any) -> str:
        try:
            return self._env.get_template(name).render(values)
        except SiteError:  # of a partial that was rendered on the way
            raise
        except Exception as error:
            # A layout that comes with Mujaz and stumbles over anything but its own text is a bug of ours.
            if isinstance(error, jinja2.TemplateError) or any(
                name in self.sources.own for name, _ in _frames(self.sources, error)
            ):
                raise SiteError([_mistake(self.sources, name, error)]) from error
            raise

    def _card(self, story: Story, shape: str, own_day: bool = False) -> Markup:
        """A story's card, rendered once for all the lists that show it (0.075 ms a page saved at 10,000 pages).

        `own_day`: the list is one of the story's own day, so that what passes with the day may be said.
        """
        key = (id(story), shape, own_day)
        rendered = self._cards.get(key)
        if rendered is None:
            if len(self._cards) >= CARDS:
                self._cards.clear()
            rendered = (story, Markup(self._env.get_template(CARD).render(story=story, shape=shape, own_day=own_day)))
            self._cards[key] = rendered  # keeps the story alive, so that its id() stays its own
        return rendered[1]

    def _shared(self, name: str, chrome: Chrome, here: str = "") -> Markup:
        """A partial that depends on nothing but `chrome` and the section `here`: rendered once for all pages."""
        key = (name, id(chrome), here)
        rendered = self._shared_parts.get(key)
        if rendered is None:
            rendered = (chrome, Markup(self._render(name, chrome=chrome, here=here)))
            self._shared_parts[key] = rendered  # keeps the chrome alive, so that its id() stays its own
        return rendered[1]

    def _lead_figure(self, figure: Figure, lead: bool = False) -> Markup:
        return Markup(self._env.get_template(FIGURE).render(figure=figure, lead=lead, inline=False, gallery=False))

    def words(self) -> Mapping[str, str]:
        """The strings that a body's own furniture needs (footnotes' back links and the like)."""
        body: Mapping[str, str] = self._strings["body"]
        return body

    def _asset_url(self, name: str) -> str:
        if name not in self.assets:
            raise jinja2.TemplateRuntimeError(f"there is no asset '{name}' in layouts/assets/")
        return self._config.base_path + "/" + quote(self.assets[name].path)

    def asset_bytes(self, asset: Asset) -> bytes:
        """The bytes of an asset that has a file, as readers get them: names of others in it are fingerprinted."""
        return sent(asset.name, self.sources.files["assets/" + asset.name].read_bytes(), self.assets, self._config.look)

    def face(self, asset: Asset) -> bytes:
        """The bytes of a font that is made at build time. Raises SiteError where the paper's own file is no font."""
        own = fonts.own_file(asset.name, self._config.look)
        try:
            return fonts.made(asset.name, self._config.language, self.sources.files[own] if own else None)
        except fonts.FontError as error:
            raise SiteError([self.sources.problem(own, 0, say("no-font", path=own))]) from error

    def static_bytes(self, name: str) -> bytes:
        return self.sources.files["static/" + name].read_bytes()

    # ------------------------------------------------------------ Jinja

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]]:
        return self.sources.text(name), str(self.sources.files[name]), lambda: True


def face_digest(asset: Asset, config: Config, sources: Sources) -> str:
    """The digest of a font that is made at build time, by its files as they are now."""
    own = fonts.own_file(asset.name, config.look)
    return fonts.recipe(asset.name, config.language, sources.files[own] if own else None)


def _filters_of(sources: Sources) -> tuple[Filters, str, list[Problem]]:
    """The paper's own filters, the digest of their file, and why they cannot be had, which stops a build."""
    if FILTERS not in sources.files:
        return {}, "", []
    path = sources.files[FILTERS]
    raw = path.read_bytes()  # once: it may change meanwhile
    try:
        return load_filters(path, raw, known_filters()), file_digest(raw), []
    except FilterError as error:
        return {}, file_digest(raw), [sources.problem(FILTERS, error.line, error.message)]


def _piece(layouts: Layouts, name: str, **values: Any) -> str:
    """A part of a body. Feeds show it too, and they leave out what a file cannot hold: it is told here."""
    text = layouts._render(name, **values)
    _encoded(layouts.sources, name, text)
    return text


def _encoded(sources: Sources, layout: str, text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:  # only a layout or a filter makes half a character
        raise SiteError([_mistake(sources, layout, error)]) from error


def _mistake(sources: Sources, layout: str, error: Exception) -> Problem:
    name, line = [(layout, getattr(error, "lineno", 0) or 0), *_frames(sources, error)][-1]
    said = said_by((error.message or "") if isinstance(error, jinja2.TemplateSyntaxError) else error)
    text = said.replace(f"{Story.__module__}.", "").replace(" object'", "'")
    if isinstance(error, jinja2.TemplateError):
        return sources.problem(name, line, jinja_words(text))
    return sources.problem(name, line, say("layout-not-rendered", why=text, kind=type(error).__name__))


def _frames(sources: Sources, error: Exception) -> list[tuple[str, int]]:
    """Layout and line of each call that led to `error`, the innermost last."""
    known = {str(path): name for name, path in sources.files.items()}
    frames = traceback.extract_tb(error.__traceback__)
    return [(known[frame.filename], frame.lineno or 0) for frame in frames if frame.filename in known]


def strings_digest(strings: Mapping[str, Any]) -> str:
    return digest(_in_order(strings))


def _in_order(words: Any) -> Any:
    """Mappings as pairs: a layout may go through them, and a fingerprint of a dict tells no order."""
    return tuple((key, _in_order(value)) for key, value in words.items()) if isinstance(words, Mapping) else words
