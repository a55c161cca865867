"""Jinja layouts, the assets beside them, and what a change of any of them touches (the closure of a layout).

Two folders lie over each other file by file: the site's own and the one shipped with Mujaz. Content never reaches Jinja
as a template, only as values of a view (law 5).
"""

from __future__ import annotations

import contextlib
import os
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from mujaz.assets.css_js import Asset, assets_of, sent, static_of
from mujaz.errors import Problem, SiteError
from mujaz.layouts.environment import make_environment
from mujaz.layouts.references import CARD, FIGURE, SHARED, References, references_of
from mujaz.messages.message import Message, say
from mujaz.model.fingerprint import digest, file_digest
from mujaz.model.settings import Config
from mujaz.model.views import Chrome, Figure, Story


class Layouts:
    """The layouts of one site. `digest_of(name)` is the digest of all that rendering `name` reads but the view."""

    def __init__(
        self,
        files: Mapping[str, Path],
        config: Config,
        strings: Mapping[str, Any],
        made: Mapping[str, str],
        own: frozenset[str] = frozenset(),
        references: dict[str, References] | None = None,
    ) -> None:
        self._files, self._own = files, own
        self._found = {} if references is None else references  # by the digest of a text; what is found is added
        self._config, self._strings = config, strings
        self._closures: dict[str, str] = {}
        self._reads: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._cards: dict[tuple[int, str, bool], tuple[Story, Markup]] = {}
        self._shared_parts: dict[tuple[str, int, str], tuple[Chrome, Markup]] = {}
        self.assets = assets_of(files, made)
        self.static = static_of(files)
        self.ground = digest(
            strings_digest(strings),
            tuple(asset.path for asset in self.assets.values()),
            (config.base_url, config.language, config.digits),
            tuple((section.name, section.definite) for section in config.sections),
        )
        self._env = make_environment(config, strings, self._load)
        self._env.ground = self.ground
        self._env.globals |= {
            "asset": self._asset_url, "card": self._card, "render_figure": self._lead_figure, SHARED: self._shared
        }  # fmt: skip

    @classmethod
    def load(
        cls, own: Path, shipped: Path, config: Config, strings: Mapping[str, Any], made: Mapping[str, str],
        references: dict[str, References] | None = None,
    ) -> Layouts:  # fmt: skip
        """The files of `own` over those of `shipped`; `made` names assets made at build time, with their digests."""
        files = dict(tree(own))
        return cls({**dict(tree(shipped)), **files}, config, strings, made, frozenset(files), references)

    # ------------------------------------------------------------ what depends on what

    def names(self) -> frozenset[str]:
        """The names of the page layouts, without `.html`."""
        return frozenset(name[: -len(".html")] for name in self._files if name.endswith(".html") and "/" not in name)

    def digest_of(self, layout: str) -> str:
        """Digest of the layout, of all that it includes, and of the strings, assets and settings it can read."""
        if layout not in self._closures:
            seen: dict[str, str] = {}
            self._close(layout, seen)
            self._closures[layout] = digest(self.ground, tuple(sorted(seen.items())))
        return self._closures[layout]

    def _close(self, name: str, seen: dict[str, str]) -> None:
        if name in seen:
            return
        if name not in self._reads:
            self._reads[name] = self._read(name)
        seen[name], others = self._reads[name]
        for other in others:
            self._close(other, seen)

    def _read(self, name: str) -> tuple[str, tuple[str, ...]]:
        """Digest of the file, and the other files that it names. Parsed once: closures share most of their files."""
        source = self._source(name)
        if name in self._own and "/" not in name and not source.strip():
            raise SiteError([self._problem(name, 0, say("layout-empty"))])
        mark = file_digest(source.encode())
        try:
            if mark not in self._found:
                self._found[mark] = references_of(name, source)
            others, used = self._found[mark]
        except jinja2.TemplateSyntaxError as error:
            raise SiteError([self._problem(name, error.lineno, _words(error.message or ""))]) from error
        named = tuple(other for other in others if other is not None)
        for other in named:
            if other not in self._files:
                line = source[: source.find(other)].count("\n") + 1
                raise SiteError([self._problem(name, line, say("no-layout", name=other))])
        if len(named) < len(others):
            raise SiteError([self._problem(name, 0, say("layout-name-not-constant"))])
        return mark, (*named, *used)

    def check(self) -> list[Problem]:
        """Every layout that does not parse, or includes what is not there."""
        problems: list[Problem] = []
        for name in sorted(self._files):
            if name.endswith(".html") and not name.startswith("static/"):
                try:
                    self._close(name, {})
                except SiteError as error:
                    problems += error.problems
        return problems

    def compile(self, layouts: Iterable[str]) -> None:
        """Compile these, with all that they include, so that forks of this process need not. See `_Environment`."""
        seen: dict[str, str] = {}
        for layout in layouts:
            with contextlib.suppress(SiteError):
                self._close(layout, seen)
        for name in seen:
            with contextlib.suppress(SiteError, jinja2.TemplateError):
                self._env.get_template(name)

    # ------------------------------------------------------------ rendering

    def render(self, layout: str, view: Any, body: Markup | None = None) -> bytes:
        """The page as UTF-8. Raises SiteError, with the layout's file and line, for a mistake in a layout."""
        return self._render(layout, view=view, body=body).encode()

    def figure(self, figure: Figure, alone: bool) -> str:
        """A picture within a body; `alone` where it stands by itself, with a caption."""
        return self._render(FIGURE, figure=figure, lead=False, inline=not alone)

    def _render(self, name: str, **values: Any) -> str:
        try:
            return self._env.get_template(name).render(values)
        except SiteError:  # of a partial that was rendered on the way
            raise
        except Exception as error:
            # A layout that comes with Mujaz and stumbles over anything but its own text is a bug of ours.
            if isinstance(error, jinja2.TemplateError) or any(name in self._own for name, _ in self._frames(error)):
                raise SiteError([self._mistake(name, error)]) from error
            raise

    def _card(self, story: Story, shape: str, own_day: bool = False) -> Markup:
        """A story's card, rendered once for all the lists that show it (0.075 ms a page saved at 10,000 pages).

        `own_day`: the list is one of the story's own day, so that what passes with the day may be said.
        """
        key = (id(story), shape, own_day)
        kept = self._cards.get(key)
        if kept is None:
            kept = (story, Markup(self._env.get_template(CARD).render(story=story, shape=shape, own_day=own_day)))
            self._cards[key] = kept  # keeps the story alive, so that its id() stays its own
        return kept[1]

    def _shared(self, name: str, chrome: Chrome, here: str = "") -> Markup:
        """A partial that depends on nothing but `chrome` and the section `here`: rendered once for all pages."""
        key = (name, id(chrome), here)
        kept = self._shared_parts.get(key)
        if kept is None:
            kept = (chrome, Markup(self._render(name, chrome=chrome, here=here)))
            self._shared_parts[key] = kept  # keeps the chrome alive, so that its id() stays its own
        return kept[1]

    def _lead_figure(self, figure: Figure, lead: bool = False) -> Markup:
        return Markup(self._env.get_template(FIGURE).render(figure=figure, lead=lead, inline=False))

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
        return sent(asset.name, self._files["assets/" + asset.name].read_bytes(), self.assets)

    def static_bytes(self, name: str) -> bytes:
        return self._files["static/" + name].read_bytes()

    # ------------------------------------------------------------ Jinja

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]]:
        return self._source(name), str(self._files[name]), lambda: True

    def _source(self, name: str) -> str:
        if name not in self._files:
            raise SiteError([self._problem(name, 0, say("no-layout", name=name))])
        try:
            return self._files[name].read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise SiteError([self._problem(name, 0, say("layout-not-utf8"))]) from error

    def _mistake(self, layout: str, error: Exception) -> Problem:
        name, line = [(layout, getattr(error, "lineno", 0) or 0), *self._frames(error)][-1]
        text = str(error).replace(f"{Story.__module__}.", "").replace(" object'", "'").replace("\n", " ")
        if isinstance(error, jinja2.TemplateError):
            return self._problem(name, line, _words(text))
        return self._problem(name, line, say("layout-not-rendered", why=text, kind=type(error).__name__))

    def _frames(self, error: Exception) -> list[tuple[str, int]]:
        """Layout and line of each call that led to `error`, the innermost last."""
        known = {str(path): name for name, path in self._files.items()}
        frames = traceback.extract_tb(error.__traceback__)
        return [(known[frame.filename], frame.lineno or 0) for frame in frames if frame.filename in known]

    def _problem(self, name: str, line: int, message: Message) -> Problem:
        return Problem(path=f"{self._config.layouts}/{name}", line=line, message=message, help=say("about-layouts"))


def tree(root: Path) -> Iterator[tuple[str, Path]]:
    """Every file below `root` by its relative name, in one order everywhere; hidden files are left out."""
    if root.is_dir():
        for path in sorted(root.rglob("*")):
            name = path.relative_to(root).as_posix()
            if any(part.startswith(".") for part in name.split("/") if not _well_known(part)):
                continue
            if trouble := _trouble(path, root):
                shown = name.encode(errors="surrogateescape").decode(errors="replace")
                help = say("put-folder-here" if trouble.id == "link-to-folder" else "put-file-here")
                raise SiteError([Problem(path=f"{root.name}/{shown}", message=trouble, help=help)])
            if not path.is_dir():
                yield name, path


def _words(text: str) -> Message:
    """What Jinja says of a layout, as a message of ours."""
    text = text[:1].lower() + text[1:].rstrip(".").replace("\n", " ")
    return say("layout-mistake", why=text) if text else say("does-not-parse")


def _trouble(path: Path, root: Path) -> Message | None:
    """Why what lies in the layouts is refused, if it is. A link to a folder would not be followed."""
    if os.fsencode(path) != str(path).encode(errors="replace"):
        return say("name-not-utf8")
    if path.is_symlink():
        if path.is_dir():
            return say("link-to-folder")
        if not path.exists():
            return say("link-leads-nowhere")
        if not path.resolve().is_relative_to(root.resolve()):
            return say("link-leaves-layouts")
    return None if path.is_file() or path.is_dir() else say("no-regular-file")


def strings_digest(strings: Mapping[str, Any]) -> str:
    return digest(_in_order(strings))


def _in_order(words: Any) -> Any:
    """Mappings as pairs: a layout may go through them, and a fingerprint of a dict tells no order."""
    return tuple((key, _in_order(value)) for key, value in words.items()) if isinstance(words, Mapping) else words


def _well_known(part: str) -> bool:
    return part == ".well-known"
