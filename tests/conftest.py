"""What the tests share: small sites written as text, built, and read back."""

from __future__ import annotations

import fcntl
import hashlib
import os
import pickle
import shutil
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import needs
import pytest
from browser import chromium as chromium
from realsite import real as real

from mujaz.build.entry import build
from mujaz.build.report import BuildReport
from mujaz.build.request import BuildRequest
from mujaz.errors import SiteError

NOW = datetime(2021, 12, 1, 12, tzinfo=UTC)
CONFIG = """\
site:
  title: صحيفة التجربة
  tagline: أخبار للتجربة
  base_url: https://example.org/news
  language: ar
  timezone: Asia/Qatar
  tag: example.org,2021
sections:
  politics: {name: سياسة}
  sport: {name: رياضة}
  science: {name: علوم}
cards: false
search: false
"""


def article(title: str = "خبر", *, body: str = "متن الخبر.", **fields: str) -> str:
    """The text of an article; fields are YAML as it would be written."""
    lines = [f"title: {title}"] if title else []
    fields = {"date": "2021-10-18 14:00", "section": "politics", **fields}
    lines += [f"{key}: {value}" for key, value in fields.items() if value]
    return "---\n" + "\n".join(lines) + f"\n---\n\n{body}\n"


@dataclass(frozen=True)
class Site:
    """A site in a folder of its own."""

    root: Path

    def write(self, files: str | dict[str, str | bytes]) -> Site:
        """Write files: a mapping, or one text in which `-- path --` lines begin a file each."""
        for name, content in (_split(files) if isinstance(files, str) else files).items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return self

    def build(self, *, now: datetime = NOW, **wishes: object) -> BuildReport:
        return build(BuildRequest(root=self.root, now=now, **{"jobs": 1, **wishes}))  # type: ignore[arg-type]

    def problems(self, **wishes: object) -> list[str]:
        """The problems of a build that must fail, as they are printed."""
        with pytest.raises(SiteError) as caught:
            self.build(**wishes)
        return [str(problem) for problem in caught.value.problems]

    def read(self, path: str) -> str:
        return (self.root / "output" / path).read_text(encoding="utf-8")

    def paths(self) -> list[str]:
        """Every file and folder of the output; folders end in `/`."""
        output = self.root / "output"
        return sorted(p.relative_to(output).as_posix() + ("/" if p.is_dir() else "") for p in output.rglob("*"))

    def digest(self) -> dict[str, str]:
        """Path → digest of the bytes, folders included: two outputs are equal if these are."""
        output = self.root / "output"
        return {
            path: "" if path.endswith("/") else hashlib.blake2b((output / path).read_bytes()).hexdigest()
            for path in self.paths()
        }


def _split(text: str) -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = {}
    name, lines = "", list[str]()
    for line in [*textwrap.dedent(text).splitlines(), "-- --"]:
        if line.startswith("-- ") and line.endswith("--"):
            if name:
                files[name] = "\n".join(lines).rstrip("\n") + "\n"
            name, lines = line[3:-2].strip(), []
        else:
            lines.append(line)
    return files


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
    """Python from 3.12 on warns where a process with threads forks. pytest-xdist has one in each of its processes."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        config.addinivalue_line("filterwarnings", "ignore:This process .* is multi-threaded:DeprecationWarning")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    needs.check(item)


def pytest_runtest_logfinish() -> None:
    needs.ended()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One process runs a whole file, and one all that read the real sites, so that each of those is built once.

    What lies in one of the paths of FAST is marked: the Makefile, which names them, runs it before the others.
    """
    fast = [REPOSITORY / path for path in os.environ.get("FAST", "").split()]
    for item in items:
        if any(item.path.is_relative_to(path) for path in fast):
            item.add_marker(pytest.mark.fast)
        asked = getattr(item, "fixturenames", ())
        item.add_marker(pytest.mark.xdist_group("real" if "real" in asked else item.path.name))


REPOSITORY = Path(__file__).parents[1]


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
