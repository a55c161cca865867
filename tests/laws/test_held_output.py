"""An output that something holds by its folder shows what was built, and nobody who could read it is shut out."""

from __future__ import annotations

import os
import shutil
import stat
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from mujaz.build import pipeline
from mujaz.cli import cli
from mujaz.messages.errors import LockedError, SiteError
from mujaz.output import held, in_place
from mujaz.output.lock import lock_folder
from mujaz.output.manifest import MANIFEST
from mujaz.output.swap import NEW
from tests.support.mounts import in_a_container, mounted
from tests.support.needs import missing
from tests.support.sites import Site, article
from tests.support.whole_site import PORT_AND_CUP

pytestmark = pytest.mark.slow

TMPFS = ("-t", "tmpfs", "-o", "size=4m", "tmpfs")
NOBODY = 0xFFFFFFFF
PAGE, NEW_PAGE = "2021/10/18/port/index.html", "2021/11/03/new/index.html"


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    return make_site(PORT_AND_CUP)


def newsday(site: Site) -> Site:
    """One story changed, one taken back with its tag, one new."""
    (site.root / "content/port.md").unlink()
    site.write({"content/cup.md": article("كأس أخرى", slug="cup", section="sport", date="2021-11-02 10:00")})
    return site.write({"content/new.md": article("خبر جديد", slug="new", date="2021-11-03 10:00")})


# ---------------------------------------------------------------- mounts


def test_an_output_that_is_a_mount_point_is_built_file_by_file(site: Site, tmp_path: Path) -> None:
    with mounted(site.root / "output", *TMPFS) as output:
        report = site.build()
        assert report.in_place and "mount point" in str(report.in_place)
        assert site.digest() == site.cold(tmp_path / "cold")
        robots = (output / "robots.txt").stat()
        site.write({"output/theirs/note.txt": "x"})
        report = newsday(site).build()
        assert (report.foreign, NEW_PAGE in report.written, PAGE in report.deleted) == (
            ("theirs/note.txt",),
            True,
            True,
        )
        after = site.digest()
        assert (after.pop("theirs/"), after.pop("theirs/note.txt")) and after == site.cold(tmp_path / "other")
        now = (output / "robots.txt").stat()
        assert (now.st_ino, now.st_mtime_ns) == (robots.st_ino, robots.st_mtime_ns)
        again = site.build()
        assert (again.written, again.deleted, again.in_place) == ((), (), report.in_place)
        (output / "empty/emptier").mkdir(parents=True)
        site.build()
        assert not (output / "empty").exists()


def test_a_name_of_which_only_the_case_changes_comes_when_the_old_one_has_gone(
    make_site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that knows no case has one file by both names: what goes last would be the new one."""
    site = make_site({"content/a.md": article("ميناء", slug="a", aliases=["/Old.html"])})
    replace, seen = os.replace, []
    with mounted(site.root / "output", *TMPFS) as output:
        site.build()

        def look(source: str | Path, target: str | Path) -> None:
            if Path(target).name == "old.html":
                seen.append((output / "Old.html").exists())
            replace(source, target)

        monkeypatch.setattr(os, "replace", look)
        site.write({"content/a.md": article("ميناء", slug="a", aliases=["/old.html"])}).build(jobs=0)
        assert seen == [False] and (output / "old.html").exists()


def test_what_is_mounted_is_cleaned_and_stays(site: Site) -> None:
    """A cache on a volume, as containers have it: `clean` ended at it each time, and never came to the output."""
    (site.root / ".mujaz").mkdir()
    with mounted(site.root / ".mujaz", *TMPFS) as home, mounted(site.root / "output", *TMPFS) as output:
        site.build()
        ended = CliRunner().invoke(cli, ["clean", "--site", str(site.root)])
        assert ended.exit_code == 0, ended.output
        assert not list(home.iterdir()) and not list(output.iterdir())
        site.build()
    with mounted(site.root / "output/media", *TMPFS) as media:
        site.build()
        site.write({f"output/media/{NEW}/page": "half"})  # of a build that was killed
        assert CliRunner().invoke(cli, ["clean", "--site", str(site.root)]).exit_code == 0
        assert not list(media.iterdir())


def test_whoever_mounts_the_output_sees_each_build(site: Site, tmp_path: Path) -> None:
    site.build()
    with mounted(tmp_path / "served", "--bind", site.root / "output") as served:
        report = newsday(site).build()
        assert str(tmp_path / "served") in str(report.in_place)
        assert "كأس أخرى" in (served / "index.html").read_text(encoding="utf-8")
        assert not (served / PAGE).exists() and (served / NEW_PAGE).is_file()
    assert site.write({"content/cup.md": article("كأس ثالثة", slug="cup")}).build().in_place is None
    assert site.digest() == site.cold(tmp_path / "cold")


def test_a_container_that_mounts_the_output_sees_each_build(site: Site, tmp_path: Path) -> None:
    site.build()
    with in_a_container(site.root / "output", tmp_path / "usr/share/my html") as served:
        report = newsday(site).build()
        assert str(tmp_path / "usr/share/my html") in str(report.in_place)
        assert "كأس أخرى" in (served / "index.html").read_text(encoding="utf-8")
        assert not (served / PAGE).exists()


def test_a_container_that_mounts_the_folder_above_meets_whole_sites(site: Site, tmp_path: Path) -> None:
    """What docs/hosting.md recommends."""
    site.build()
    with in_a_container(site.root, tmp_path / "site") as served:
        assert newsday(site).build().in_place is None
        assert "كأس أخرى" in (served / "output/index.html").read_text(encoding="utf-8")


def test_what_is_mounted_within_the_output_stays_there(site: Site, tmp_path: Path) -> None:
    site.build()
    with mounted(site.root / "output/media", *TMPFS) as media:
        (media / "film.bin").write_bytes(b"x")
        before = (media / "film.bin").stat()
        report = newsday(site).build()
        assert str(media) in str(report.in_place) and report.foreign == ("media/film.bin",)
        assert os.path.samestat((media / "film.bin").stat(), before) and os.path.ismount(media)


@pytest.mark.parametrize("within", ["2021", "2021/11", "assets"])
def test_a_mount_within_the_output_takes_its_pages(within: str, site: Site, tmp_path: Path) -> None:
    """No system renames a file onto another disk: each build ended in the middle, and left pages of both sites."""
    site.build()
    (site.root / "output" / within).mkdir(exist_ok=True)
    with mounted(site.root / "output" / within, *TMPFS) as disk:
        for change in (newsday, lambda site: site.write({"content/cup.md": article("كأس", slug="cup")})):
            report = change(site).build(jobs=2)
            assert str(disk) in str(report.in_place) and report.foreign == ()
            assert site.digest() == site.cold(tmp_path / change.__name__)
        (disk / NEW).mkdir()  # of a build that was killed
        (disk / NEW / "index.html").write_text("half")
        assert site.build().foreign == ()


def test_a_full_disk_within_a_mount_leaves_the_old_site(site: Site) -> None:
    with mounted(site.root / "output", *TMPFS) as output:
        site.build()
        (output / "filler").write_bytes(b"x" * 100)
        before = site.digest()
        free = os.statvfs(output).f_bavail * os.statvfs(output).f_frsize
        with open(output / "filler", "ab") as file:
            file.write(b"x" * (free - 20_000))
        filled = site.digest()
        with pytest.raises(OSError, match="No space left"):
            newsday(site).build()
        assert site.digest() == filled and filled.keys() == before.keys()
        os.truncate(output / "filler", 100)
        assert NEW_PAGE in site.build().written


@pytest.mark.parametrize("cut_at", [1, 2, 3, 9, 14])
def test_a_build_that_dies_while_it_replaces_files_is_healed_by_the_next(
    cut_at: int, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where that one has another site to build: what the dead one put there is known as ours, and goes."""
    count, real = iter(range(1, 1000)), os.replace

    def replace(source: object, target: object) -> None:
        if "/output/" in str(target) and next(count) == cut_at:
            raise KeyboardInterrupt
        real(source, target)  # type: ignore[arg-type]

    monkeypatch.setattr(held, "_of_rights", lambda output: held.say("held-mount-point"))
    site.build()
    old = {path: site.read(path) for path in site.paths() if path.endswith(".html")}
    with monkeypatch.context() as patch:
        patch.setattr(in_place.os, "replace", replace)
        with pytest.raises(KeyboardInterrupt):
            newsday(site).build()
    new = site.cold(tmp_path / "new")
    for path in site.paths():  # each file is whole, the old or the new one
        if path.endswith(".html") and site.digest()[path] != new.get(path):
            assert site.read(path) == old[path]
    (site.root / "content/new.md").unlink()
    site.build()
    assert site.digest() == site.cold(tmp_path / "cold")


def test_a_build_that_fails_or_has_a_foreign_file_in_its_way_changes_nothing(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "_of_rights", lambda output: held.say("held-mount-point"))
    site.build()
    site.write({"output/2021/11/03/new": "a foreign file where a folder must be"})
    before = site.digest()
    with pytest.raises(SiteError, match="was not written by mujaz"):
        newsday(site).build()
    assert site.digest() == before


@pytest.mark.parametrize("theirs", ["2021/11/03/new/index.html", "2021/11/03/new", f"{PAGE}/a.txt", "upload.pdf"])
def test_what_comes_while_files_are_replaced_one_by_one_is_told_and_in_the_way_of_a_page_stops_the_build(
    theirs: str, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page replaced it without a line."""
    monkeypatch.setattr(held, "_of_rights", lambda output: held.say("held-mount-point"))
    site.write({"output/gone.txt": "theirs"}).build()
    if theirs.startswith(PAGE):  # a page that has not been there yet
        newsday(site).build()
    before = site.digest()

    def meanwhile(*given: object, render: Callable[..., object] = pipeline.render_pages) -> object:
        monkeypatch.setattr(pipeline, "render_pages", render)
        site.write({f"output/{theirs}": "theirs"})
        (site.root / "output/gone.txt").unlink()
        return render(*given)

    monkeypatch.setattr(pipeline, "render_pages", meanwhile)
    if theirs == "upload.pdf":
        assert newsday(site).build().foreign == (theirs,)
    else:
        if theirs.startswith(PAGE):
            site.write({"content/port.md": PORT_AND_CUP["content/port.md"]})
        else:
            newsday(site)
        assert theirs in "".join(site.problems())
        assert before.items() - {("gone.txt", before["gone.txt"])} <= site.digest().items()
    assert site.read(theirs) == "theirs"


def test_a_page_that_is_put_back_while_files_are_replaced_stops_no_build(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(held, "_of_rights", lambda output: held.say("held-mount-point"))
    site.build()
    page = site.read(PAGE)
    (site.root / "output" / PAGE).unlink()

    def meanwhile(*given: object, render: Callable[..., object] = pipeline.render_pages) -> object:
        site.write({f"output/{PAGE}": page})
        return render(*given)

    monkeypatch.setattr(pipeline, "render_pages", meanwhile)
    site.build()
    assert site.digest() == site.cold(tmp_path / "cold")


def test_a_folder_becomes_a_file_and_a_file_a_folder_in_place(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "_of_rights", lambda output: held.say("held-mount-point"))
    for n, alias in enumerate(("/old.page/", "/old.page", "/old.page/")):
        site.write({"content/port.md": article("إغلاق الميناء", slug="port", aliases=f"[{alias}]")}).build()
        assert site.digest() == site.cold(tmp_path / str(n))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may become another user")
def test_an_output_in_a_folder_of_somebody_else_is_built_file_by_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """/var/www belongs to root, /var/www/html to who builds."""
    (tmp_path / "html").mkdir()
    os.chown(tmp_path / "html", 65534, 65534)
    monkeypatch.chdir(tmp_path)
    for mode, why in ((0o755, True), (0o1777, False), (0o777, False)):
        os.chmod(tmp_path, mode)
        os.seteuid(65534)
        try:
            found = held._of_rights(Path("html"))
        finally:
            os.seteuid(0)
        assert (found is not None) == why, oct(mode)


# ---------------------------------------------------------------- two builds of one output


def test_two_builds_with_caches_of_their_own_do_not_meet_in_one_output(site: Site, tmp_path: Path) -> None:
    site.build()
    newsday(site)
    with lock_folder(site.root / "output"), pytest.raises(LockedError):
        site.build(cache=tmp_path / "cache")
    site.build(cache=tmp_path / "cache")
    site.write({"content/cup.md": article("كأس ثالثة", slug="cup")}).build()
    assert site.digest() == site.cold(tmp_path / "cold")


# ---------------------------------------------------------------- who may read it


def modes(output: Path) -> dict[str, str]:
    return {
        path.relative_to(output).as_posix(): stat.filemode(path.stat().st_mode) for path in (output, *output.rglob("*"))
    }


@pytest.mark.parametrize("umask", [0o077, 0o027, 0o022])
def test_a_web_server_can_read_the_output_whatever_the_umask(umask: int, site: Site, tmp_path: Path) -> None:
    before = os.umask(umask)
    try:
        site.build(jobs=2, output=tmp_path / "srv/www/news")
        newsday(site).build(jobs=2, output=tmp_path / "srv/www/news")
        assert os.umask(umask) == umask
    finally:
        os.umask(before)
    found = modes(tmp_path / "srv")
    assert set(found.values()) == {"drwxr-xr-x", "-rw-r--r--"}
    assert stat.S_IMODE((site.root / ".mujaz").stat().st_mode) == 0o777 & ~umask  # of no concern to a server


def test_mode_group_and_attributes_of_the_output_outlive_every_build(site: Site) -> None:
    site.build()
    output = site.root / "output"
    others = [group for group in os.getgroups() if group != os.getegid()]
    group = 33 if os.geteuid() == 0 else (others or [os.getegid()])[0]
    os.chown(output, -1, group)
    os.chmod(output, 0o2750)
    os.chmod(output / "2021", 0o711)
    site.write({"output/private/note.txt": "x"})
    os.chmod(output / "private", 0o700)
    try:
        os.setxattr(output, "user.mujaz", b"mine")
    except OSError:
        missing("a disk with extended attributes")
    for n in range(4):
        site.write({f"content/{n}.md": article(f"خبر رقم {n}", slug=f"n-{n}")}).build()
        status = output.stat()
        assert (stat.S_IMODE(status.st_mode), status.st_gid) == (0o2750, group), n
        assert os.getxattr(output, "user.mujaz") == b"mine"
        assert stat.S_IMODE((output / "2021").stat().st_mode) == 0o711
        assert stat.S_IMODE((output / "private").stat().st_mode) == 0o700
        assert (output / f"2021/10/18/n-{n}/index.html").stat().st_gid in (group, os.getegid())
    os.chmod(output, 0o755)  # seen although nothing else moved
    site.build()
    site.write({"content/9.md": article("خبر", slug="n-9")}).build()
    assert stat.S_IMODE(output.stat().st_mode) == 0o755


def test_an_access_list_of_the_output_outlives_every_build_and_rules_what_is_made(site: Site) -> None:
    site.build()
    output = site.root / "output"
    entries = ((1, 7, NOBODY), (2, 5, 65534), (4, 5, NOBODY), (16, 5, NOBODY), (32, 0, NOBODY))  # see acl(5)
    raw = struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)
    try:
        for name in ("system.posix_acl_access", "system.posix_acl_default"):
            os.setxattr(output, name, raw)
    except OSError:
        missing("a disk with access lists")
    before = {name: os.getxattr(output, name) for name in os.listxattr(output)}
    for n in range(3):
        site.write({f"content/{n}.md": article(f"خبر رقم {n}", slug=f"n-{n}", date=f"201{7 + n}-10-18")}).build()
        assert {name: os.getxattr(output, name) for name in os.listxattr(output)} == before
    assert "system.posix_acl_default" in os.listxattr(output / "2019")


def test_where_the_attributes_cannot_be_given_the_folder_stays(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.build()
    before = (site.root / "output").stat()

    def refuse(*rest: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(held, "give", refuse)
    report = newsday(site).build()
    assert "owner and rights" in str(report.in_place)
    assert os.path.samestat((site.root / "output").stat(), before) and "كأس أخرى" in site.read("index.html")
    assert NEW_PAGE in site.read(MANIFEST)


@pytest.mark.parametrize("without", ["", "output"])
def test_what_came_with_the_image_of_a_container_is_built_upon(without: str, site: Site, tmp_path: Path) -> None:
    """overlayfs renames no folder of a lower layer: each build ended with «Invalid cross-device link»."""
    site.build()
    newsday(site).build()
    if without:
        shutil.rmtree(site.root / without)
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=64m", "tmpfs") as disk:
        for name in ("upper", "work"):
            (disk / name).mkdir()
        layers = f"lowerdir={site.root},upperdir={disk}/upper,workdir={disk}/work,redirect_dir=off"
        with mounted(disk / "shown", "-t", "overlay", "-o", layers, "overlay") as shown:
            there = Site(shown)
            for number in range(3):
                there.write({f"content/{number}.md": article(f"خبر {number}", slug=f"n{number}")})
                report = there.build()
                assert ("image" in str(report.in_place)) == (not without)
                assert there.digest() == there.cold(tmp_path / f"cold{number}")
            assert not list(shown.rglob("*.full"))
