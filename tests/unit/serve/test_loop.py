"""The loop behind `serve` and `desk` builds once for each change, whoever tells it."""

from __future__ import annotations

import asyncio
import contextlib
import errno
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from mujaz.serve import loop
from mujaz.serve.build_process import BuildAnswer
from mujaz.serve.loop import Serving, Watched
from mujaz.serve.server import Live

Run = Callable[[Serving, Callable[[set[str]], None]], Awaitable[None]]


class Builds:
    """Stands for the process that builds: counts, and can change a file while it builds."""

    def __init__(self, answer: BuildAnswer) -> None:
        self.answer, self.count = answer, 0
        self.meanwhile: Callable[[], object] = lambda: None

    async def build(self) -> BuildAnswer:
        self.count += 1
        self.meanwhile()
        return self.answer


def run(builds: Builds, root: Path, story: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the loop over `root`, in which nothing is told but what `story` tells."""
    tells: list[Callable[[set[str]], None]] = []

    async def watch(folders: Any, files: Any, tell: Callable[[set[str]], None]) -> None:
        tells.append(tell)
        await asyncio.Event().wait()

    async def whole() -> None:
        builder: Any = builds
        watched = Watched(folders=(root,), files=())
        serving = Serving(builder=builder, live=Live(), watched=lambda: watched, say=lambda answer, moved: None)
        running = asyncio.create_task(serving.run())
        while not tells or serving.ended < 1:  # the first build
            await asyncio.sleep(0)
        await story(serving, tells[0])
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running

    monkeypatch.setattr(loop, "watch", watch)
    asyncio.run(whole())


async def settled() -> None:
    """Time enough for all that is told to be built."""
    for _ in range(20):
        await asyncio.sleep(0)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.md"
    path.write_text("خبر")
    return path


@pytest.mark.parametrize("removed", [False, True])
def test_what_was_built_for_a_save_is_not_built_again_when_the_watch_tells_it(
    file: Path, monkeypatch: pytest.MonkeyPatch, removed: bool
) -> None:
    builds = Builds(BuildAnswer(built=True))

    async def story(serving: Serving, tell: Callable[[set[str]], None]) -> None:
        if removed:
            file.unlink()
        await serving.built({str(file)})
        tell({str(file)})
        await settled()
        assert builds.count == 2
        tell({str(file), str(file.with_name("b.md"))})
        await settled()
        assert builds.count == 3
        file.write_text("خبر آخر")
        tell({str(file)})
        await settled()
        assert builds.count == 4

    run(builds, file.parent, story, monkeypatch)


def test_a_file_that_changes_while_its_save_is_built_is_built_again(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    builds = Builds(BuildAnswer(built=True))

    async def story(serving: Serving, tell: Callable[[set[str]], None]) -> None:
        builds.meanwhile = lambda: file.write_text("خبر آخر")
        await serving.built({str(file)})
        builds.meanwhile = lambda: None
        tell({str(file)})
        await settled()
        assert builds.count == 3

    run(builds, file.parent, story, monkeypatch)


def test_a_save_that_could_not_be_built_is_tried_again_when_the_watch_tells_it(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    builds = Builds(BuildAnswer())
    monkeypatch.setattr(loop, "SETTLE_SECONDS", 0)

    async def story(serving: Serving, tell: Callable[[set[str]], None]) -> None:
        assert not (await serving.built({str(file)})).built
        count = builds.count
        tell({str(file)})
        while serving.begun == count:
            await asyncio.sleep(0)
        assert builds.count > count

    run(builds, file.parent, story, monkeypatch)


def test_a_line_that_cannot_be_printed_ends_no_server(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builds = Builds(BuildAnswer(built=True))

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    async def story(serving: Serving, tell: Callable[[set[str]], None]) -> None:
        serving.say = refuse
        for count in (2, 3):
            await asyncio.wait_for(serving.built({str(file)}), 5)
            assert builds.count == count

    run(builds, file.parent, story, monkeypatch)


def test_folders_that_the_settings_name_anew_are_built_once_more_when_they_are_watched(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is saved in them while they are read for the first time, no watch has told."""
    builds = Builds(BuildAnswer(built=True))

    async def story(serving: Serving, tell: Callable[[set[str]], None]) -> None:
        serving.watched = lambda: Watched(folders=(file.parent / "other",), files=())
        tell({str(file)})
        await settled()
        assert builds.count == 3

    run(builds, file.parent, story, monkeypatch)
