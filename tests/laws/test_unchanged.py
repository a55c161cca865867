"""A build with nothing to do looks at stamps and loads no library; anything that moved, time included, wakes it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.support.sites import NOW, REPOSITORY, Site, article

HEAVY = "scipy numpy markdown jinja2 feedgen lxml PIL babel nh3 yaml fontTools"
PROGRAM = f"""
import sys
from datetime import datetime
from pathlib import Path
from mujaz.build.request import BuildRequest
from mujaz.build.progress import Progress
from mujaz.build.entry import build
steps = Progress()
build(BuildRequest(root=Path(sys.argv[1]), now=datetime.fromisoformat(sys.argv[2]), allow_shrink=True), steps)
print(*[name for name, _, _ in steps.taken], "/", *sorted(set(sys.modules) & set("{HEAVY}".split())))
"""


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    site = make_site({"content/a.md": article("قصة", id="a"), "content/b.md": article("أخرى", id="b")})
    site.build()
    time.sleep(0.1)  # files this young are not trusted by their stamps
    site.build()
    return site


def run(site: Site, now: datetime = NOW) -> tuple[list[str], list[str]]:
    """(steps, heavy libraries) of a build in a process of its own."""
    request = [sys.executable, "-c", PROGRAM, str(site.root), now.isoformat()]
    done = subprocess.run(request, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    steps, _, libraries = done.stdout.strip().partition("/")
    return steps.split(), libraries.split()


def test_nothing_to_do_loads_no_library(site: Site) -> None:
    assert run(site) == (["unchanged?"], [])


def test_a_touched_article_wakes_the_pipeline(site: Site) -> None:
    site.write({"content/a.md": article("قصة", id="a", body="متن آخر.")})
    steps, libraries = run(site)
    assert "render" in steps and "jinja2" in libraries


@pytest.mark.parametrize("path", ["config.yaml", "layouts/notfound.html", "output/index.html", "output/foreign/x.txt"])
def test_any_file_that_moves_wakes_the_pipeline(site: Site, path: str) -> None:
    old = (site.root / path).read_text() if (site.root / path).exists() else ""
    site.write({path: old + "\n# x\n"})
    assert "read" in run(site)[0]


def test_time_alone_wakes_the_pipeline_when_a_story_is_due(make_site: Callable[..., Site]) -> None:
    site = make_site({"content/a.md": article("قصة"), "content/later.md": article("لاحقا", date="2021-12-02 15:00")})
    site.build()
    time.sleep(0.1)
    site.build()
    due = datetime(2021, 12, 2, 12, tzinfo=UTC)
    assert run(site, due - timedelta(seconds=1))[0] == ["unchanged?"]
    assert "read" in run(site, due)[0]
    assert "لاحقا" in site.read("index.html")


def test_a_clock_set_back_wakes_the_pipeline(site: Site) -> None:
    assert "read" in run(site, NOW - timedelta(days=60))[0]
