"""The builds behind `serve`, by the process that stands by."""

from __future__ import annotations

import asyncio
import errno
import itertools
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mujaz import workers
from mujaz.build.report import BuildReport
from mujaz.build.request import BuildRequest
from mujaz.serve import build_process
from mujaz.serve.build_process import BuildAnswer, Builder
from tests.support.sites import CONFIG, NOW, Site, article
from tests.support.whole_site import FILES, FONTS, SETTINGS

MakeSite = Callable[..., Site]
REPOSITORY = Path(__file__).parents[2]
SEARCHED = {
    **FONTS,
    "config.yaml": CONFIG.replace("search: false", "search: true"),
    "content/a.md": article("خبر أول", id="a", slug="a", body="متن قديم."),
    "content/b.md": article("خبر ثان", id="b", slug="b", date="2020-05-01"),
}


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    return make_site(SEARCHED)


@pytest.fixture
def asked(site: Site) -> Callable[[int], list[BuildAnswer]]:
    """Ask a process that stands by for so many builds, one after another."""

    async def ask(standing_by: Builder, times: int) -> list[BuildAnswer]:
        try:
            return [await asyncio.wait_for(standing_by.build(), 60) for _ in range(times)]
        finally:
            standing_by.close()
            await asyncio.sleep(0)  # a socket is closed in the next round of the loop

    def run(times: int) -> list[BuildAnswer]:
        request = BuildRequest(root=site.root, now=NOW, jobs=1)
        return asyncio.run(ask(build_process.start(lambda: request), times))

    return run


def test_the_process_that_stands_by_says_what_a_build_changed(
    site: Site, asked: Callable[[int], list[BuildAnswer]]
) -> None:
    site.build()
    site.write({"content/a.md": article("خبر أول", id="a", slug="a", body="متن جديد.")})
    changed, nothing = asked(2)
    assert (changed.built, changed.pages_changed) == (True, True)
    assert (nothing.built, nothing.pages_changed, nothing.written) == (True, False, 0)


def test_a_build_that_is_killed_is_an_answer(
    asked: Callable[[int], list[BuildAnswer]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(request: BuildRequest) -> BuildReport:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError

    monkeypatch.setattr("mujaz.build.entry.build", die)
    first, second = asked(2)
    assert not first.built and str(first.trouble).startswith("the build was killed") and second == first


def test_what_fails_once_ends_no_builds_for_good(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine had no memory for one process more, or a picture met a fault of ours: each save until the desk was
    started again was told that the building process had ended.
    """
    real, calls = workers.background, itertools.count()

    def background(work: Callable[[], Any], jobs: int, *, apart: bool = False) -> Any:
        if next(calls) == 0:
            raise OSError(errno.EAGAIN, "Resource temporarily unavailable")
        return real(work, jobs, apart=apart)

    def fault(request: BuildRequest, about: bytes) -> BuildAnswer:
        raise ZeroDivisionError

    async def ask() -> list[BuildAnswer | None]:
        request = BuildRequest(root=site.root, now=NOW, jobs=1)
        standing_by = build_process.start(lambda: request, {b"x": fault})
        try:
            return [await standing_by.build(), await standing_by.ask(b"x", BuildAnswer), await standing_by.build()]
        finally:
            standing_by.close()
            await asyncio.sleep(0)

    monkeypatch.setattr(workers, "background", background)
    first, second, third = asyncio.run(ask())
    assert first and not first.built and "temporarily unavailable" in str(first.trouble)
    assert second is None and third and third.built


def test_all_that_a_build_loads_is_loaded_before(make_site: MakeSite) -> None:
    """Each library that is missing costs every save the time to load it."""
    site = make_site(FILES | {"config.yaml": SETTINGS.replace("false", "true")})
    script = f"""
import os, sys
from importlib import import_module
from pathlib import Path
from mujaz.serve.build_process import LOADED
from mujaz.build.request import BuildRequest
for module in LOADED:
    import_module(module)
before = set(sys.modules)
import mujaz.build.read
read_one, first = mujaz.build.read._read_one, os.getpid()
def read(*given):
    reading = read_one(*given)
    assert os.getpid() != first
    print(*later())
    sys.stdout.flush()
    return reading
def later():
    names = {{name if name.startswith("mujaz.") else name.partition(".")[0] for name in set(sys.modules) - before}}
    return names - before - sys.stdlib_module_names
mujaz.build.read._read_one = read
from datetime import UTC, datetime
from mujaz.build.entry import build
build(BuildRequest(root=Path({str(site.root)!r}), now=datetime(2021, 12, 1, 12, tzinfo=UTC), jobs=1))
print(*later())
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
