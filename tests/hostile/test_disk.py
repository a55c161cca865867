"""What somebody left in the folders that Mujaz writes: it costs time, and what lies elsewhere stays as it is."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from click.testing import CliRunner

from mujaz.check import external_links
from mujaz.cli import _ended, cli
from mujaz.content.scan import scan
from mujaz.files.whole import read_plain
from mujaz.messages.errors import SiteError, UsageError
from mujaz.messages.message import say
from mujaz.output.manifest import MANIFEST, paths_in
from mujaz.paths import PACKAGE
from mujaz.serve.build_process import seed
from tests.support.needs import program
from tests.support.sites import Site, article
from tests.support.whole_site import PORT_AND_CUP, picture

pytestmark = pytest.mark.slow
MakeSite = Callable[..., Site]
SECONDS = 60  # until a test takes a verb that waits for a pipe for one that never ends


@contextlib.contextmanager
def ends() -> Iterator[None]:
    """Fail where the block waits for ever."""

    def late(number: int, frame: FrameType | None) -> None:
        raise AssertionError("it waits for a pipe")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def cold(site: Site) -> dict[str, str]:
    """The digest of a build of the same inputs in a folder of their own."""
    folder = site.root.parent / f"{site.root.name}-cold"
    shutil.rmtree(folder, ignore_errors=True)
    return site.cold(folder)


# ---------------------------------------------------------------- the manifest in the output


@pytest.mark.parametrize("in_place", [False, True], ids=["exchanged", "in place"])
def test_a_manifest_that_names_what_lies_elsewhere_takes_nothing_away(
    in_place: bool, make_site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever may write to the output could else delete any file by the hands of the next build."""
    held = say("held-mount-point")
    if in_place:
        monkeypatch.setattr("mujaz.output.in_place.why_held", lambda output, tree: held if output.is_dir() else None)
    site = make_site({**PORT_AND_CUP, "content/quay.png": picture(), "precious": "x"})
    site.write({"content/new.md": article("خبر", slug="new")}).build()
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "page.html").write_text("x")
    (site.root / "output/theirs").symlink_to(outside)
    site.build()  # knows the link as a foreign file
    manifest = site.root / "output" / MANIFEST
    far = ["theirs/page.html", "../content/quay.png", "../../content/quay.png", "../precious", "../../precious"]
    manifest.write_text(manifest.read_text() + "\n".join([*far, str(outside / "page.html"), "a" * 300, "\0", ""]))
    for number in range(3):  # the second build clears the tree that the first one left
        site.write({"content/new.md": article(f"خبر {number}", slug="new")}).build()
        assert (outside / "page.html").is_file() and (site.root / "precious").is_file()
        assert (site.root / "content/quay.png").is_file()
    assert (site.root / "output/theirs").is_symlink()


def test_a_manifest_counts_only_with_plain_relative_paths() -> None:
    plain = ["index.html", ".nojekyll", "a/..b/c.html", "a/...", "s/é/index.html"]
    odd = ["/etc/x", "../x", "..", ".", "a/../b", "a/./b", "a//b", "a/", "./a", "", "a\0b", MANIFEST]
    for one in odd:
        for text in (f"{one}\n", f"index.html\n{one}\n", f"{one}\nindex.html\n", f"a\n{one}\nb", one):
            assert set(paths_in(text)) <= {"index.html", "a", "b"}, text
    assert paths_in("".join(f"{path}\n" for path in plain)) == plain


def test_a_manifest_leads_the_seed_of_serve_nowhere(make_site: MakeSite) -> None:
    site = make_site({**PORT_AND_CUP, "precious": "x"})
    site.build()
    manifest = site.root / "output" / MANIFEST
    manifest.write_text(manifest.read_text() + "../precious\n../../precious\n")
    home = site.root / ".mujaz/serve"
    seed(site.root / ".mujaz", site.root / "output", home)
    assert (home / "output/index.html").is_file()
    assert {path.name for path in home.iterdir()} == {"output", "cache"}
    shutil.rmtree(home)
    manifest.write_bytes(b"\xff\n")
    seed(site.root / ".mujaz", site.root / "output", home)
    assert not home.exists()


# ---------------------------------------------------------------- the cache


def spoil(path: Path, kind: str, outside: Path) -> None:
    """Put something else in the place of a file or folder of the cache."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind == "a folder":
        (path / "in/it").mkdir(parents=True)
        (path / "in/file").write_text("x")
    elif kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a file":
        path.write_bytes(b"\xff\0garbage")
    else:
        path.symlink_to({"a link": outside, "a dead link": "nowhere", "a loop": path.name}[kind])


@pytest.mark.parametrize("kind", ["a folder", "a pipe", "a file", "a link", "a dead link", "a loop"])
def test_whatever_stands_in_the_place_of_a_file_of_the_cache_costs_time_alone(
    kind: str, make_site: MakeSite, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "theirs").write_text("x")
    pictured = article("خبر", slug="quay", image="{src: quay.png, alt: رصيف}")
    site = make_site({**PORT_AND_CUP, "content/quay.png": picture(), "content/quay.md": pictured})
    site.build()
    home = site.root / ".mujaz"
    changes, artifact = next(home.glob("changes-*")), next((home / "kept").rglob("?" * 32))
    names = ["cache.sqlite", "cache.sqlite-wal", "clock", "tree.clean", "tree.old", changes.name]
    names += [f"{changes.stem}.new", "kept/pruned", f"kept/{artifact.parent.name}/{artifact.name}"]
    for some in (names, [*names, f"kept/{artifact.parent.name}"], [*names[:6], "kept"]):
        for name in some:
            spoil(home / name, kind, outside)
        site.write({"content/new.md": article(f"خبر {len(some)}", slug="new")})
        with ends():
            words = ("--site", str(site.root))
            assert CliRunner().invoke(cli, ["status", *words]).exit_code == 0
            assert CliRunner().invoke(cli, ["changes", *words]).exception is not None or kind == "a file"
            site.build()
        assert site.digest() == cold(site)
    assert [(path.name, path.read_text()) for path in outside.iterdir()] == [("theirs", "x")]


@pytest.mark.parametrize(
    "added",
    [
        "CREATE TRIGGER theirs BEFORE INSERT ON page BEGIN SELECT RAISE(IGNORE); END",
        "ALTER TABLE page RENAME TO theirs; CREATE VIEW page AS SELECT * FROM theirs",
        "ALTER TABLE reading ADD COLUMN theirs",
        "DROP TABLE why",
    ],
)
def test_a_cache_with_tables_that_are_not_ours_is_emptied(added: str, make_site: MakeSite) -> None:
    """A view may never end, and a trigger may keep out what is put in."""
    site = make_site(PORT_AND_CUP)
    site.build()
    with contextlib.closing(sqlite3.connect(site.root / ".mujaz/cache.sqlite")) as cache:
        before = cache.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        cache.executescript(added)
    site.write({"content/new.md": article("خبر", slug="new")}).build()
    with contextlib.closing(sqlite3.connect(site.root / ".mujaz/cache.sqlite")) as cache:
        assert cache.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall() == before
    assert site.digest() == cold(site)


def test_a_cache_that_may_not_be_written_is_made_anew(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    site = make_site(PORT_AND_CUP)
    site.build()
    cache = site.root / ".mujaz/cache.sqlite"
    before, may = cache.stat().st_ino, os.access
    monkeypatch.setattr(os, "access", lambda path, mode, **more: path != cache and may(path, mode, **more))
    keep = os.open(cache, os.O_RDONLY)  # so that its number is not given to another file
    site.write({"content/new.md": article("خبر", slug="new")}).build()
    os.close(keep)
    assert cache.stat().st_ino != before and site.digest() == cold(site)


@pytest.mark.parametrize("kind", ["a file", "a pipe", "a link", "a dead link", "a loop"])
def test_a_cache_folder_that_is_none_or_leads_to_what_others_wrote_is_refused(
    kind: str, make_site: MakeSite, tmp_path: Path
) -> None:
    """A build would take the folder `tree` there for its second one, and empty it."""
    outside = tmp_path / "outside"
    (outside / "tree").mkdir(parents=True)
    (outside / "tree/theirs").write_text("x")
    site = make_site(PORT_AND_CUP)
    spoil(site.root / ".mujaz", kind, outside)
    with pytest.raises(UsageError), ends():
        site.build()
    assert (outside / "tree/theirs").is_file() and len(list(outside.iterdir())) == 1
    if kind == "a link":  # to a folder that is empty, or a cache, as --cache may name it
        shutil.rmtree(outside / "tree")
        site.build()
        assert site.build().written == ()


@pytest.mark.parametrize(
    "held",
    [
        '{"https://a.example/": {"status": "200"}}',
        '{"https://a.example/": {"status": 200, "moved": {"a": 1}, "asked": "2021-12-01T00:00:00+00:00"}}',
        '{"https://a.example/": {"status": 200, "asked": 7}}',
        '{"https://a.example/": {"status": null, "reason": []}}',
        '{"https://a.example/": 7}',
        "[1]",
        "[" * 100_000,
        "\ufeff",
    ],
)
def test_a_garbled_list_of_visited_links_is_none(held: str, tmp_path: Path) -> None:
    (tmp_path / "outside.json").write_text(held, encoding="utf-8")
    (tmp_path / "precious").write_text("x")
    (tmp_path / "outside.json.new").symlink_to("precious")
    assert external_links.ask([], tmp_path / "outside.json", datetime(2021, 12, 1, tzinfo=UTC)) == {}
    assert (tmp_path / "precious").read_text() == "x"


# ---------------------------------------------------------------- the output


def test_a_foreign_file_in_the_output_may_hold_anything(make_site: MakeSite) -> None:
    site = make_site(PORT_AND_CUP)
    site.build()
    site.write({"output/theirs.html": b"\xff\xfe<a href='x'>", "output/theirs.json": b"\x80"})
    ended = CliRunner().invoke(cli, ["check", "--site", str(site.root)])
    assert ended.exit_code in (0, 1) and isinstance(ended.exception, SystemExit | None), ended.exception
    (site.root / "output" / MANIFEST).unlink()
    os.mkfifo(site.root / "output" / MANIFEST)
    site.write({"content/new.md": article("خبر", slug="new")})
    with ends(), pytest.raises(SiteError, match=r"in the way|not written by"):
        site.build()


# ---------------------------------------------------------------- links that lead in a circle

LOOPS = {
    "the output": ("output", "build"),
    "an output below": ("loop", "build --output loop/x"),
    "a cache below": ("../loop", "build --cache ../loop/x"),
    "a target below": ("loop", "deploy loop/x"),
    "a folder of content": ("content/loop", "move content/port.md content/loop/port.md"),
    "the most read": ("hits.csv", "build"),
}


@pytest.mark.parametrize(("link", "words"), LOOPS.values(), ids=LOOPS)
def test_a_link_that_leads_in_a_circle_is_told(
    link: str, words: str, make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    if words.startswith("deploy"):
        program("rsync")
    site = make_site(PORT_AND_CUP)
    site.build()
    config = (site.root / "config.yaml").read_text()
    site.write({"config.yaml": config + "most_read: {source: hits.csv}\n"})
    monkeypatch.chdir(site.root)
    path = Path(link)
    if path.is_dir():
        shutil.rmtree(path)
    path.symlink_to(path.name)
    ended = CliRunner().invoke(cli, words.split())
    path.unlink()
    assert not isinstance(ended.exception, RuntimeError), ended.exception
    assert ended.exit_code, ended.output


def test_no_module_asks_pathlib_where_a_link_leads() -> None:
    """Before Python 3.13 it answers a link that leads in a circle with a RuntimeError, which nobody expects."""
    asking = [path.name for path in PACKAGE.rglob("*.py") if ".resolve()" in path.read_text(encoding="utf-8")]
    assert asking == []


# ---------------------------------------------------------------- what changes while a verb runs


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with ends(), pytest.raises(OSError, match="was changed"):
        read_plain(tmp_path / "pipe")


def test_a_folder_that_takes_the_place_of_a_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Python's error then names the number of the open file, and no path."""
    with pytest.raises(IsADirectoryError) as caught:
        read_plain(tmp_path)
    assert _ended(caught.value, "en", "mujaz") == 1
    assert capsys.readouterr().err.startswith("mujaz: the disk:")


@pytest.mark.parametrize("words", ["move content/port.md content/pier.md", "fix", "check", "build"])
def test_a_pipe_that_takes_the_place_of_a_file_after_the_scan_is_not_waited_for(
    words: str, make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever opens a pipe waits for ever, and with a build its lock."""
    pictured = article("خبر", slug="quay", image="{src: quay.png, alt: رصيف}")
    site = make_site({**PORT_AND_CUP, "content/quay.png": picture(), "content/quay.md": pictured})
    site.write({"content/cup.md": article("كأس", body="انظر [الميناء](port.md) ، ثم عد.")}).build()
    (site.root / ".mujaz/kept").rename(site.root / "kept")  # so that a build makes the picture again
    shutil.rmtree(site.root / "output")

    def look(*words: Any) -> Any:
        found = scan(*words)
        for name in ("port.md", "cup.md", "quay.png"):
            (site.root / "content" / name).unlink()
            os.mkfifo(site.root / "content" / name)
        return found

    monkeypatch.setattr("mujaz.build.read.scan", look)
    with ends():
        if words == "build":
            with pytest.raises(OSError, match="was changed"):
                site.build()
        else:
            ended = CliRunner().invoke(cli, [*words.split(), "--site", str(site.root)])
            assert ended.exit_code == 1 and isinstance(ended.exception, OSError | SystemExit), ended.exception
