"""A year of two real news desks, made into sites and built by the command line, each once for the tests of a file.

The texts are not the project's, so they are never in it: DATA names their folder, and the program that turns them into
content in our dialect lies beside it. Where either is missing the tests are skipped.
"""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support import needs

REPOSITORY = Path(__file__).parents[2]
STORIES = {"france24": 2864, "cnn": 3406}
# One desk shows in each run what a change breaks. The other takes minutes more and has its turn in the long runs.
DESKS = ("france24", pytest.param("cnn", marks=pytest.mark.long))
BASE_URL = "https://example.org/news"


@dataclass(frozen=True, kw_only=True)
class Built:
    """How a build ended, and what it took: seconds, and the most memory of its largest process in kB."""

    code: int
    printed: str
    problems: str
    seconds: float
    memory: int


@dataclass(frozen=True, kw_only=True)
class Real:
    """A corpus as a site. `raw` keeps what the desk got wrong."""

    name: str
    root: Path
    documents: tuple[dict[str, Any], ...]
    built: Built

    @property
    def articles(self) -> list[str]:
        """The output paths of the articles."""
        output = self.root / "output"
        paths = (path.relative_to(output).as_posix() for path in output.rglob("index.html"))
        return sorted(path for path in paths if re.fullmatch(r"\d{4}/\d\d/\d\d/[^/]+/index\.html", path))


def write(data: Path, name: str, root: Path, *wishes: str) -> Path:
    """Make the content. Returns the corpus; skips where the maker is not there."""
    maker = data.parent / "realsite" / "make_content.py"
    if not maker.is_file():
        needs.missing("the program that makes content of real articles, beside DATA")
    corpus = data / f"{name}.jsonl.gz"
    subprocess.run([sys.executable, maker, corpus, root, *wishes], check=True, capture_output=True)
    return corpus


def make(data: Path, name: str, root: Path, *wishes: str, more: str = "") -> Real:
    """Make the content and build it, with `more` settings. Skips where the maker is not there."""
    corpus = write(data, name, root, *wishes)
    with (root / "config.yaml").open("a", encoding="utf-8") as config:
        config.write(more)
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        documents = tuple(json.loads(line) for line in lines)
    return Real(name=name, root=root, documents=documents, built=_build(root))


# The system counts a process's memory from before it became what it is, so a build that these tests started would be
# as large as they are. This small one starts it, and tells what it took.
MEASURED = """\
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
open("memory", "w").write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(code)
"""


def _build(root: Path) -> Built:
    """Run build.py in a process of its own, in which a warning of Python is an error."""
    build = [sys.executable, "-W", "error", REPOSITORY / "build.py", "--site", root, "--now", "2021-12-01T12:00Z"]
    started = time.monotonic()
    ended = subprocess.run([sys.executable, "-S", "-c", MEASURED, *build], cwd=root, capture_output=True, text=True)
    return Built(
        code=ended.returncode,
        printed=ended.stdout,
        problems=ended.stderr,
        seconds=time.monotonic() - started,
        memory=int((root / "memory").read_text()),
    )


@pytest.fixture(scope="module", params=DESKS)
def real(request: pytest.FixtureRequest, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Real:
    """Each corpus with pictures, as clean as the maker makes it. Without cards, which take longer than all the rest."""
    return make(data, request.param, tmp_path_factory.mktemp(request.param), "--pictures", more="cards: false\n")


@pytest.fixture(params=DESKS)
def real_content(request: pytest.FixtureRequest, data: Path, tmp_path: Path) -> Path:
    """The content of each corpus, which nothing has built."""
    write(data, request.param, tmp_path)
    return tmp_path / "content"


@pytest.fixture(scope="module", params=DESKS)
def raw(request: pytest.FixtureRequest, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Real:
    """Each corpus with all that its desk got wrong."""
    return make(data, request.param, tmp_path_factory.mktemp(f"{request.param}-raw"), "--raw")
