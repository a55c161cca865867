"""`build.py preview` shows the output below its base path, and the site's own page for what is not there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest

from tests.commands.test_serve import get
from tests.support.cli_process import BUILD, Served, served
from tests.support.sites import Site, article
from tests.support.whole_site import FONTS


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    site = make_site({**FONTS, "content/a.md": article("قصة")})
    site.build()
    return site


@pytest.fixture
def running(site: Site) -> Iterator[Served]:
    with served(site.root, "preview", loaded=False) as server:
        yield server


def test_pages_are_as_they_were_built_below_the_base_path(site: Site, running: Served) -> None:
    assert urlsplit(running.url).path == "/news/"
    assert get(running.url)[2] == site.read("index.html")
    origin = running.url.removesuffix("/news/")
    assert get(origin, "/")[:2] == (307, get(origin, "/")[1]) and get(origin, "/")[1]["location"] == "/news/"
    for path in ("/news/nothing/", "/newsroom/", "/news/../../etc/passwd"):
        status, _, text = get(origin, path)
        assert status == 404 and "نعتذر" in text, path


def test_a_port_in_use_is_said_to_be(site: Site, running: Served) -> None:
    command = [sys.executable, str(BUILD), "preview", "--port", str(urlsplit(running.url).port)]
    refused = subprocess.run(command, cwd=site.root, capture_output=True, text=True, timeout=60)
    assert refused.returncode == 2 and "name another with --port" in refused.stderr


def test_a_site_that_is_not_built_is_said_to_be_none(make_site: Callable[..., Site]) -> None:
    command = [sys.executable, str(BUILD), "preview"]
    refused = subprocess.run(command, cwd=make_site().root, capture_output=True, text=True, timeout=60)
    assert refused.returncode == 2 and "build it first" in refused.stderr
