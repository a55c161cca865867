"""Whole files: the old one or the new one, and nothing beside it."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from mujaz.files.whole import beside, clear, create_whole, replace_whole


@pytest.fixture
def narrow() -> Iterator[None]:
    """New files are their owner's alone."""
    before = os.umask(0o077)
    yield
    os.umask(before)


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_replaced_and_its_rights_stay(tmp_path: Path, narrow: None) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")
    path.chmod(0o664)
    replace_whole(path, b"new", b"old")
    assert path.read_bytes() == b"new" and rights(path) == 0o664
    assert [one.name for one in tmp_path.iterdir()] == ["a.md"]


def test_a_link_stays_a_link_to_the_new_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"old")
    (tmp_path / "link.md").symlink_to("a.md")
    replace_whole(tmp_path / "link.md", b"new", b"old")
    assert (tmp_path / "link.md").is_symlink() and (tmp_path / "a.md").read_bytes() == b"new"


def test_what_came_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"theirs")
    with pytest.raises(OSError, match="meanwhile"):
        replace_whole(path, b"mine", b"old")
    assert path.read_bytes() == b"theirs" and [one.name for one in tmp_path.iterdir()] == ["a.md"]


def test_a_new_file_has_the_rights_of_every_new_file(tmp_path: Path, narrow: None) -> None:
    with beside(tmp_path / "a.md", b"new") as hidden:
        assert rights(hidden) == 0o600 and hidden.read_bytes() == b"new" and hidden.name.startswith(".")
    assert not list(tmp_path.iterdir())


def test_what_a_killed_write_left_goes_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    ours, others = ".0123456789abcdef.tmp", (".a.tmp", "0123456789abcdef.tmp", ".0123456789abcdef.tmp.md")
    for name in (ours, *others):
        (tmp_path / "folder" / name).write_bytes(b"x")
    clear(tmp_path)
    assert {path.name for path in (tmp_path / "folder").iterdir()} == set(others)


def test_what_somebody_writes_now_stays_until_it_has_its_name(tmp_path: Path) -> None:
    """A desk that begins while a `fix` or a second desk writes takes nothing from it."""
    with beside(tmp_path / "a.md", b"new") as hidden:
        clear(tmp_path)
        os.replace(hidden, tmp_path / "a.md")
    assert (tmp_path / "a.md").read_bytes() == b"new"


def test_a_disk_that_takes_nothing_away_denies_no_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It became read-only just after the rename, and the command said that nothing was written."""
    path = tmp_path / "a.md"
    path.write_bytes(b"old")

    def refuse(name: Path) -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(name))

    monkeypatch.setattr(os, "unlink", refuse)
    replace_whole(path, b"new", b"old")
    create_whole(tmp_path / "b.md", b"new")
    assert path.read_bytes() == (tmp_path / "b.md").read_bytes() == b"new"
