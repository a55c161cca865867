"""The builds behind `serve`: the process that stands by, and a search that is not indexed with each save."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

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
    """Ask a process that stands by for so many builds, one after another, without indexing the search."""

    async def ask(standing_by: Builder, times: int) -> list[BuildAnswer]:
        try:
            return [await asyncio.wait_for(standing_by.build(), 60) for _ in range(times)]
        finally:
            standing_by.close()
            await asyncio.sleep(0)  # a socket is closed in the next round of the loop

    def run(times: int) -> list[BuildAnswer]:
        request = BuildRequest(root=site.root, now=NOW, jobs=1, index=False)
        return asyncio.run(ask(build_process.start(lambda: request), times))

    return run


def searched(site: Site) -> dict[str, str]:
    return {path: mark for path, mark in site.digest().items() if path.startswith("search/2")}


def test_without_indexing_the_search_is_that_of_the_last_build(site: Site, make_site: MakeSite) -> None:
    site.build()
    before = searched(site)
    site.write({"content/a.md": article("خبر أول", id="a", slug="a", body="متن جديد.")})
    report = site.build(index=False)
    assert report.stale_search == (2021,) and "2021/10/18/a/index.html" in report.written
    assert "متن جديد" in site.read("2021/10/18/a/index.html") and searched(site) == before
    whole = site.build()
    assert whole.written and all(path.startswith("search/2021/") for path in whole.written)
    cold = make_site(SEARCHED | {"content/a.md": (site.root / "content/a.md").read_bytes()})
    cold.build()
    assert site.digest() == cold.digest()
    assert site.build(index=False).stale_search == ()


def test_without_indexing_a_site_that_was_never_indexed_has_no_search(site: Site) -> None:
    site.build(index=False)
    assert searched(site) == {} and (site.root / "output/search/index.html").is_file()


def test_the_process_that_stands_by_says_that_the_search_is_stale(
    site: Site, asked: Callable[[int], list[BuildAnswer]]
) -> None:
    site.build()
    site.write({"content/a.md": article("خبر أول", id="a", slug="a", body="متن جديد.")})
    changed, nothing = asked(2)
    assert (changed.built, changed.pages_changed, changed.stale_search) == (True, True, True)
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


def test_all_that_a_build_loads_is_loaded_before(make_site: MakeSite) -> None:
    """Each library that is missing costs every save the time to load it."""
    site = make_site(FILES | {"config.yaml": SETTINGS.replace("false", "true")})
    script = f"""
import sys
from importlib import import_module
from pathlib import Path
from mujaz.serve.build_process import LOADED
from mujaz.build.request import BuildRequest
for module in LOADED:
    import_module(module)
before = set(sys.modules)
from datetime import UTC, datetime
from mujaz.build.entry import build
build(BuildRequest(root=Path({str(site.root)!r}), now=datetime(2021, 12, 1, 12, tzinfo=UTC), jobs=1))
names = {{name if name.startswith("mujaz.") else name.partition(".")[0] for name in set(sys.modules) - before}}
print(*(names - before - sys.stdlib_module_names))
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
