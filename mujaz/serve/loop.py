"""Write, save, look: builds the site whenever something moves and tells the browsers. The loop behind `serve`."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mujaz.frozen import Value, asdict
from mujaz.messages.errors import Problem
from mujaz.serve.build_process import BuildAnswer, Builder
from mujaz.serve.server import ASGIApp, Live, Server
from mujaz.serve.watch import Stamp, stamp, watch

SETTLE_SECONDS = 0.15  # a problem is shown only if no other save follows so soon: editors write a file in steps
TRIES = 5  # builds that meet a file in mid-write, before that is told


class Watched(Value):
    """What a site is made of: folders with all below them, and single files."""

    folders: tuple[Path, ...]
    files: tuple[Path, ...]


@dataclass(kw_only=True)
class Serving:
    """One site being served. `say` hears each line for the terminal, `watched` is asked anew after each build."""

    builder: Builder
    live: Live
    watched: Callable[[], Watched]
    say: Callable[[BuildAnswer, set[str]], None]
    fixed: bool = False  # whether `now` stands still
    builds: int = 0
    answer: BuildAnswer | None = None  # of the last build
    begun: int = 0  # builds, also those that gave no new pages
    ended: int = 0  # the last of them whose answer is there
    _saved: set[str] = field(default_factory=set)  # what `built` was told of, and no build has finished with
    _replaced: dict[str, Stamp | None] = field(default_factory=dict)  # of such files, as they were built
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)
    _moved: asyncio.Queue[set[str]] = field(default_factory=asyncio.Queue)

    async def run(self) -> None:
        """Build, then build again whenever something moves; ends by being cancelled."""
        watched = self.watched()
        watching = asyncio.create_task(watch(watched.folders, watched.files, self._moved.put_nowait))
        moved: set[str] = set()
        try:
            while True:
                await self._build(moved)
                if self.watched() != watched:  # config.yaml names other folders now
                    watching.cancel()
                    watched = self.watched()
                    watching = asyncio.create_task(watch(watched.folders, watched.files, self._moved.put_nowait))
                    # What was saved there since that build read it was not watched.
                    self._moved.put_nowait(set(map(str, (*watched.folders, *watched.files))))
                moved = set()
                while not moved:
                    moved = await self._moved.get()
                    self._also_moved(moved)
                    moved = {path for path in moved if path in self._saved or not self._has_built(path)}
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)

    async def built(self, moved: set[str]) -> BuildAnswer:
        """Build for files that were just replaced, without waiting for the watch. Returns how that ended."""
        wanted = self.begun + 1
        self._saved |= moved
        self._moved.put_nowait(moved)
        async with self._news:
            await self._news.wait_for(lambda: self.ended >= wanted)
        assert self.answer is not None
        return self.answer

    def _has_built(self, path: str) -> bool:
        """Whether the watch tells of a file that has been built as it is now."""
        return path in self._replaced and self._replaced[path] == stamp(path)

    def _also_moved(self, moved: set[str]) -> bool:
        """Add what moved meanwhile; whether anything did."""
        found = not self._moved.empty()
        while not self._moved.empty():
            moved |= self._moved.get_nowait()
        return found

    async def _build(self, moved: set[str]) -> None:
        """Build once, or as often as it takes until no save comes in between."""
        for tries in range(1, TRIES + 1):
            self.begun += 1
            stamps = {path: stamp(path) for path in self._saved}
            answer = await self.builder.build()
            if answer.built:
                self._replaced |= stamps
                self._saved -= stamps.keys()
            if answer.built or tries == TRIES:
                break
            try:
                moved |= await asyncio.wait_for(self._moved.get(), SETTLE_SECONDS)
            except TimeoutError:
                if not answer.again:
                    break
            self._also_moved(moved)
        with contextlib.suppress(OSError):  # the disk of its log is full, or nobody reads: the pages are still shown
            self.say(answer, moved)
        self._tell(answer, moved)
        async with self._news:
            self.answer, self.ended = answer, self.begun
            self._news.notify_all()

    def _tell(self, answer: BuildAnswer, moved: set[str]) -> None:
        before = self.live.state
        if not answer.built:
            self.live.tell({**before, "problems": shown(answer)})
            return
        early = [asdict(one) for one in answer.early]
        new = bool(answer.pages_changed or not self.builds or early != before.get("early"))
        self.builds += new
        styles = bool(moved) and all(path.endswith(".css") for path in moved)
        self.live.tell(
            {
                "version": f"{os.getpid()}-{self.builds}",
                "before": before["version"] if new else before.get("before"),
                "styles": styles if new else before.get("styles"),  # nothing but styles changed since `before`
                "early": early,
                "fixed": self.fixed,
                "problems": [],
            }
        )


def shown(answer: BuildAnswer) -> list[dict[str, Any]]:
    """What the overlay shows of a build that failed, in Arabic."""
    if answer.trouble:
        return [{"place": "", "text": answer.trouble.text("ar"), "help": ""}]
    return [_shown(problem) for problem in answer.problems if not problem.warning]


def _shown(problem: Problem) -> dict[str, Any]:
    place = f"{problem.path}:{problem.line}" if problem.line else problem.path
    help = problem.help.text("ar") if problem.help else ""
    return {"place": place, "text": problem.message.text("ar"), "help": help}


async def _serve(serving: Serving, sites: Sequence[tuple[ASGIApp, socket.socket]]) -> None:
    servers = [Server(app, leave=lambda: serving.live.tell(None)) for app, _ in sites]
    building = asyncio.create_task(serving.run())

    def end(task: asyncio.Task[None]) -> None:
        for server in servers:
            server.should_exit = True

    building.add_done_callback(end)
    running = [
        asyncio.create_task(server.serve(sockets=[line])) for server, (_, line) in zip(servers, sites, strict=True)
    ]
    for task in running:
        task.add_done_callback(end)
    results: Iterable[Any] = ()
    try:
        await asyncio.gather(*running)
    finally:
        building.cancel()
        results = await asyncio.gather(building, *running, return_exceptions=True)
        serving.builder.close()
    for result in results:
        if isinstance(result, Exception):
            raise result


def serve(serving: Serving, sites: Sequence[tuple[ASGIApp, socket.socket]]) -> None:
    """Serve each application on its socket until Ctrl-C or SIGTERM, which the first one hears."""
    with contextlib.suppress(KeyboardInterrupt):  # Ctrl-C before it listens
        asyncio.run(_serve(serving, sites))
