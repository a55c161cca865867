"""A site on a disk that cannot be written: verbs that look write nothing and wait for nobody, a build has its cache
elsewhere."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from mujaz.cache.store import Store
from mujaz.cache.versions import versions
from mujaz.cli import cli
from mujaz.messages.errors import UsageError
from mujaz.output.lock import lock
from tests.support.mounts import mounted
from tests.support.needs import missing, program
from tests.support.sites import CONFIG, NOW, REPOSITORY, Site, article

pytestmark = pytest.mark.slow

LOOKING = (
    ["status"],
    ["list", "drafts", "--format", "json"],
    ["check", "--errors"],
    ["related", "port"],
    ["related", "--json"],
)


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    return make_site(
        {
            "config.yaml": CONFIG,
            "layouts/assets/naskh.woff2": "خط",  # cutting the real ones takes a second
            "layouts/assets/plex-bold.woff2": "خط",
            "content/port.md": article("إغلاق الميناء", id="port", slug="port", tags="[الميناء]"),
            "content/cup.md": article("كأس المدن", id="cup", slug="cup", draft="true"),
        }
    )


def everything(root: Path) -> dict[str, tuple[int, int, int]]:
    found = ((path, path.lstat()) for path in (root, *root.rglob("*")))
    return {str(path): (status.st_mtime_ns, status.st_size, status.st_ino) for path, status in found}


def looked(site: Site) -> list[str]:
    said = []
    for words in LOOKING:
        ended = CliRunner().invoke(cli, [*words, "--site", str(site.root), "--now", NOW.isoformat()])
        assert ended.exception is None or isinstance(ended.exception, SystemExit), (words, ended.exception)
        said.append(ended.output)
    return said


def test_what_looks_writes_nothing_and_waits_for_no_build(site: Site) -> None:
    site.build()
    before = everything(site.root)
    wanted = looked(site)
    assert everything(site.root) == before
    with lock(site.root / ".mujaz/lock"):
        assert looked(site) == wanted
    shutil.rmtree(site.root / ".mujaz")
    counts, drafts, checked, *lists = looked(site)
    assert [counts, drafts, *lists] == [*wanted[:2], *wanted[3:]]
    assert "0 errors" in checked and not (site.root / ".mujaz").exists()


def test_what_looks_sees_an_edit_that_no_build_has_seen(site: Site) -> None:
    site.build()
    site.write({"content/more.md": article("خبر ثان", id="more", slug="more", draft="true")})
    assert "content/more.md" in looked(site)[1]


@pytest.mark.parametrize("harm", ["torn", "another", "no database", "a folder"])
def test_a_cache_that_is_torn_while_it_is_copied_costs_time_alone(harm: str, site: Site) -> None:
    site.build()
    wanted = looked(site)[0]
    path = site.root / ".mujaz/cache.sqlite"
    raw = path.read_bytes()
    if harm == "torn":
        path.write_bytes(raw[: len(raw) // 2])
    elif harm == "another":
        path.unlink()
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE about (x)")
        other.close()
    elif harm == "no database":
        path.write_bytes(b"\x00" * 40)
    else:
        path.unlink()
        path.mkdir()
    assert looked(site)[0] == wanted


def test_a_copy_of_the_store_is_what_the_build_left_and_keeps_nothing(site: Site) -> None:
    site.build()
    copy = Store.copy(site.root / ".mujaz/cache.sqlite", versions=versions())
    assert copy.pages()
    copy.put("x", "y")
    assert copy.get("x", str) == "y"
    copy.close()
    again = Store.copy(site.root / ".mujaz/cache.sqlite", versions=versions())
    assert again.get("x", str) is None
    again.close()


@pytest.fixture
def sealed(site: Site, tmp_path: Path) -> Iterator[Site]:
    """The site as it is seen where nothing can be written."""
    with mounted(tmp_path / "sealed", "--bind", site.root) as place:
        made = subprocess.run([program("mount"), "-o", "remount,bind,ro", place], capture_output=True, check=False)
        if made.returncode:
            missing("the right to mount read-only")
        yield Site(place)


def test_a_site_that_cannot_be_written_is_looked_at_and_built_elsewhere(
    sealed: Site, site: Site, tmp_path: Path
) -> None:
    assert "1 story" in looked(sealed)[0]
    options = ["--output", str(tmp_path / "www"), "--cache", str(tmp_path / "cache")]
    command = [sys.executable, str(REPOSITORY / "build.py"), "build", "--site", str(sealed.root), *options]
    command += ["--now", NOW.isoformat()]
    first = subprocess.run(command, capture_output=True, text=True, check=False)
    assert first.returncode == 0, first.stderr
    site.write({"content/port.md": article("فتح الميناء", id="port", slug="port")})
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert again.returncode == 0 and "فتح الميناء" in (tmp_path / "www/index.html").read_text(encoding="utf-8")
    assert not (site.root / ".mujaz").exists() and not (site.root / "output").exists()
    told = CliRunner().invoke(cli, ["changes", "--site", str(sealed.root), *options])
    assert "written 2021/10/18/port/index.html" in told.output


def test_a_cache_in_the_site_or_in_a_folder_of_something_else_is_refused(site: Site, tmp_path: Path) -> None:
    """In it a build takes a folder `tree` for its own, and throws away what is in it."""
    (tmp_path / "mine/tree").mkdir(parents=True)
    (tmp_path / "mine/tree/precious").write_text("x")
    for folder in (site.root, site.root / "content", site.root / "x", site.root.parent, Path("/"), tmp_path / "mine"):
        with pytest.raises(UsageError, match=r"name one outside it|no cache folder"):
            site.build(cache=folder)
    assert (tmp_path / "mine/tree/precious").read_text() == "x"
    assert sorted(os.listdir(site.root)) == ["config.yaml", "content", "layouts"]
    site.build(cache=tmp_path / "new")
    site.build(cache=tmp_path / "new")
