"""Chromium for the tests, and a server for a built site. Both end with the module that asked for them.

They must: a build forks, and neither the browser's event loop nor a serving thread may be there when it does.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from fontpkg_ibm_plex_sans_arabic import ROOT

from tests.support.needs import program

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{faces}</dir>
  <cachedir>{folder}/cache</cachedir>
</fontconfig>
"""


def fonts(folder: Path) -> dict[str, str | float | bool]:
    """What a browser is started with so that a page looks alike on every machine.

    Whatever fonts the machine has, a page falls back to IBM Plex Sans Arabic, which comes with the locked packages.
    """
    (folder / "fonts.conf").write_text(FONTS.format(faces=ROOT, folder=folder), encoding="utf-8")
    return {**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")}


@contextlib.contextmanager
def started(folder: Path) -> Iterator[Any]:
    """A running Chromium, which sees one font alone beside those that the site brings; `folder` is for its cache."""
    found = program("chromium", "chromium-browser", "google-chrome")
    surroundings = fonts(folder)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS, env=surroundings)
        yield browser
        browser.close()


def until(page: Any, holds: Callable[[], bool]) -> bool:
    """Whether it `holds` within five seconds or so: a busy machine is slow to show it.

    The policy of a site forbids the script by which playwright would wait.
    """
    for _ in range(100):
        if holds():
            return True
        page.wait_for_timeout(50)
    return holds()


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with started(tmp_path_factory.mktemp("fonts")) as browser:
        yield browser


class _Quiet(SimpleHTTPRequestHandler):
    """Serves a folder below a base path as a static host does, with 404.html for what is not there."""

    def __init__(self, *args: Any, base_path: str, **options: Any) -> None:
        self.base_path = base_path
        super().__init__(*args, **options)

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.base_path + "/"):
            return super().translate_path("/nothing-is-here")
        return super().translate_path(path[len(self.base_path) :])

    def log_message(self, format: str, *args: Any) -> None:
        pass


class _Slow(_Quiet):
    """Sends a page as a slow line does: its foot comes when the rest has long been on the screen."""

    def copyfile(self, source: Any, outputfile: Any) -> None:
        page = source.read()
        foot = max(page.find(b"<footer"), 0)
        outputfile.write(page[:foot])
        outputfile.flush()
        if foot:
            time.sleep(0.5)
        outputfile.write(page[foot:])


@contextlib.contextmanager
def serving(folder: Path, base_path: str = "", *, slow: bool = False) -> Iterator[str]:
    """The address of `folder`, served on this machine for as long as the block lasts."""
    handler = partial(_Slow if slow else _Quiet, directory=str(folder), base_path=base_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{base_path}"
        finally:
            server.shutdown()
            thread.join()
