"""The desk of one site while it runs: its settings, its list, its builds, and the token of its forms."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import os
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from mujaz.arabic.dates import Calendar, calendar
from mujaz.assets.pictures import Measure, PictureError, measure
from mujaz.build.load import Settings, load_settings
from mujaz.build.request import BuildRequest
from mujaz.check.json_schema import of_front_matter, of_named, of_standing_page
from mujaz.content.reader import NAMED_BY_FILE, kind_of
from mujaz.desk.document import Document
from mujaz.desk.files import Files, Refused, mark_of
from mujaz.desk.form import Field, fields
from mujaz.desk.git import Git
from mujaz.desk.listing import Listing, listing
from mujaz.frozen import Record
from mujaz.messages.errors import Problem, SiteError
from mujaz.messages.message import Message, say
from mujaz.model import urls
from mujaz.model.settings import Config
from mujaz.serve.build_process import BuildAnswer, Questions
from mujaz.serve.guard import COOKIE, Door
from mujaz.serve.loop import Serving

LIST, PICTURE = b"l", b"p"  # requests to the build process besides builds
MOST_OPENED = 100  # files, of which a conflict can tell what an editor changed
WAIT_SECONDS = 20.0  # for a build; after that the page is shown without its problems


class PictureAnswer(Record):
    """The format of a sent picture, or why it is not a picture."""

    format: str = ""
    problem: Message | None = None


def _measured(request: BuildRequest, raw: bytes) -> PictureAnswer:
    """Measure a picture. Called in a process of its own, since a picture may be made to crash its decoder."""
    try:
        found: Measure = measure(raw)
    except PictureError as error:
        return PictureAnswer(problem=error.message)
    return PictureAnswer(format=found.format)


QUESTIONS: Questions = {LIST: listing, PICTURE: _measured}


@dataclass(kw_only=True)
class Desk:
    """The state of the desk. `output` is the built site, `preview` the port on which it is served."""

    root: Path
    home: Path
    settings: Settings
    serving: Serving
    door: Door
    now: Callable[[], datetime]
    output: Path
    preview: int
    language: str
    _seen: dict[str, str] = field(default_factory=dict)  # article → its address when it was last built
    _opened: dict[str, bytes] = field(default_factory=dict)  # mark → what a form showed, the newest last
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    _listing: Listing | None = None
    _listed: int = -1  # the number of the build after which the list was made
    _asking: asyncio.Future[Listing] | None = None
    _stamps: Any = None

    @property
    def config(self) -> Config:
        return self.settings.config

    @property
    def zone(self) -> str:
        return self.config.timezone

    @cached_property
    def files(self) -> Files:
        return Files(self.root, self.config.content, self.home)

    @cached_property
    def git(self) -> Git:
        return Git(self.root, self.config.content)

    def renew(self) -> None:
        """Read the settings, if they have moved; while they have problems they stay as they were."""
        paths = [self.root / "config.yaml", *sorted((self.root / self.config.layouts / "strings").glob("*.yaml"))]
        stamps = [(path, path.stat().st_mtime_ns) for path in paths if path.exists()]
        if stamps != self._stamps:
            with contextlib.suppress(SiteError):
                self.settings = load_settings(BuildRequest(root=self.root, now=self.now()))
            self._stamps = stamps

    def kind_of(self, name: str) -> str:
        """What a file is: article, page, author or tag."""
        return kind_of(name, self.config.content)

    def fields(self, name: str, document: Document) -> dict[str, Field]:
        """The controls of a file's form, by the schema of its kind."""
        self.renew()
        kind = self.kind_of(name)
        if kind == "article":
            return fields(document, of_front_matter(self.config, self.settings.labels), self.zone)
        schema = of_standing_page() if kind == "page" else of_named(kind)
        return fields(document, schema, self.zone, bare=kind in NAMED_BY_FILE)

    def opened(self, raw: bytes) -> None:
        """Hold what a form shows: where another saves meanwhile, what the form left alone is not taken for typed."""
        self._opened.pop(mark_of(raw), None)
        self._opened[mark_of(raw)] = raw
        if len(self._opened) > MOST_OPENED:
            del self._opened[next(iter(self._opened))]

    def was_opened(self, name: str, base: str) -> bytes | None:
        """What a form of this file showed that began with this mark; None where that is not known any more."""
        old = (self.files.version(name, one.number) for one in self.files.versions(name))
        return self._opened.get(base) or next((raw for raw in old if mark_of(raw) == base), None)

    def calendar(self, language: str) -> Calendar:
        """How days are written in a language of the desk: in the months and digits of the site."""
        config = self.config
        return calendar(language, months=config.months, digits=config.digits, hijri=False, timezone=config.timezone)

    # ------------------------------------------------------------ builds

    async def rows(self, *, fresh: bool = True) -> Listing:
        """All articles; `fresh` waits for those of the last build."""
        if self._listing is None or (fresh and self._listed != self.serving.ended):
            ended = self.serving.ended
            found = await self.serving.builder.ask(LIST, Listing)
            if found is not None and (found.rows or found.problems or self._listing is None):
                self._listing, self._listed = found, ended
        return self._listing or Listing()

    def known(self) -> Listing:
        """The last list of articles, without waiting: a form does not wait for the first build to end."""
        if self._listing is None and (self._asking is None or self._asking.done()):
            self._asking = asyncio.ensure_future(self.rows())
        return self._listing or Listing()

    async def saved(self, *names: str) -> None:
        """Build what was written, and wait for the build, WAIT_SECONDS at most."""
        building = asyncio.ensure_future(self.serving.built({str(self.root / name) for name in names}))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(building), WAIT_SECONDS)

    @property
    def answer(self) -> BuildAnswer:
        return self.serving.answer or BuildAnswer()

    async def measured(self, raw: bytes) -> str:
        """The format of a sent picture. Raises Refused for what a build would refuse."""
        found = await self.serving.builder.ask(PICTURE, PictureAnswer, raw)
        if found is None:
            raise Refused(say("desk-picture-crashed"), 400)
        if found.problem is not None:
            raise Refused(say("desk-picture-wrong", why=found.problem), 400)
        return found.format

    def last_good(self, name: str, address: str) -> str:
        """Where the file stands in the built site: at its address, or where it stood before its problems."""
        if self.is_built(address):
            self._seen[name] = address
        return self._seen.get(name, address)

    def is_built(self, address: str) -> bool:
        # Not `Path.is_file`, which raises for a slug that is too long for a name.
        return bool(address) and os.path.isfile(self.output / urls.file_of(address))

    # ------------------------------------------------------------ tokens

    def token(self, cookies: Mapping[str, str]) -> str:
        """The token that each form must send back; pages of other origins cannot read it."""
        return hmac.digest(self._key, cookies.get(COOKIE, "").encode(), "sha256").hex()

    def check(self, cookies: Mapping[str, str], token: object) -> None:
        """Raise Refused unless `token` is that of the session."""
        if not isinstance(token, str) or not hmac.compare_digest(token.encode(), self.token(cookies).encode()):
            raise Refused(say("desk-no-token"), 403)


def wrong_files(problems: Iterable[Problem]) -> set[str]:
    """The paths of files with errors."""
    return {problem.path for problem in problems if not problem.warning}
