"""Fixtures of all tests."""

from __future__ import annotations

import fcntl
import importlib
import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from mujaz.build.report import BuildReport
from tests.support import needs
from tests.support.browser import chromium as chromium
from tests.support.real_site import real_content as real_content
from tests.support.sites import CONFIG, REPOSITORY, Site


@pytest.fixture
def make_site(tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """`make_site("-- content/a.md --\\n…")`: a site with the test's config.yaml, unless the text brings its own."""
    count = iter(range(1000))

    def make(files: str | dict[str, str | bytes] = "") -> Site:
        root = tmp_path / f"site{next(count)}"
        return Site(root).write({"config.yaml": CONFIG}).write(files)

    yield make


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real articles that DATA names."""
    folder = os.environ.get("DATA")
    if not folder:
        needs.missing("DATA, a folder of real articles")
    return Path(folder).resolve(strict=True)


needs.watch()


def pytest_configure(config: pytest.Config) -> None:
    """Properties draw the same examples in each run of the suite, and others in each long run. None measures time.

    Articles are read in forks of this process. What it has not loaded each of them would load anew, in 0.1 s.
    Python from 3.12 on warns where a process with threads forks. pytest-xdist has one in each of its processes.
    """
    settings.register_profile("suite", derandomize=config.option.markexpr != "long", deadline=None)
    settings.load_profile("suite")
    importlib.import_module("mujaz.content.reader")
    if "PYTEST_XDIST_WORKER" in os.environ:
        config.addinivalue_line("filterwarnings", "ignore:This process .* is multi-threaded:DeprecationWarning")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Two more than processors: half of the time of a test waits for disks, servers and browsers."""
    return (os.cpu_count() or 1) + 2


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    needs.check(item)


def pytest_runtest_logfinish() -> None:
    needs.ended()


# Files whose tests take longest, the first first: what one process begins late the others wait for.
LONGEST = (
    "site/test_real.py",
    "laws/test_faults.py",
    "laws/test_incremental.py",
    "outside/test_wheel.py",
    "browser/test_accessibility.py",
    "commands/test_desk.py",
    "hostile/test_texts.py",
    "site/test_languages.py",
    "outside/test_setup.py",
    "site/test_real_mistakes.py",
    "unit/markdown_body/test_html_limits.py",
    "unit/assets/test_cards.py",
    "laws/test_unchanged.py",
    "laws/test_workers.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files come first. What lies in one of the paths of FAST is marked: the Makefile runs it before."""
    fast = [REPOSITORY / path for path in os.environ.get("FAST", "").split()]
    for item in items:
        if any(item.path.is_relative_to(path) for path in fast):
            item.add_marker(pytest.mark.fast)
    places = {REPOSITORY / "tests" / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, BuildReport]:
    """The repository's own content, built in a copy at NOW; and what the build reported. Tests leave it as it is.

    It is built once for all processes of pytest-xdist: to make its pictures takes half a minute.
    """
    base = tmp_path_factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    site, report = Site(folder / "sample"), folder / "sample.report"
    with (folder / "sample.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not report.exists():
            shutil.copytree(REPOSITORY / "content", site.root / "content")
            shutil.copy(REPOSITORY / "config.yaml", site.root)
            report.write_bytes(pickle.dumps(site.build(jobs=0)))
        return site, pickle.loads(report.read_bytes())
