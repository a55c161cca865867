"""The output folder: whole trees are swapped, what is not ours stays, and a cut-off swap heals."""

from __future__ import annotations

import concurrent.futures
import errno
import multiprocessing
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mujaz.build import pipeline
from mujaz.cli import main
from mujaz.files.stamps import Stamp, files
from mujaz.messages.errors import LockedError, SiteError, UsageError
from mujaz.output import staging, swap
from mujaz.output.lock import guard, lock
from mujaz.output.manifest import MANIFEST
from mujaz.output.staging import Staging
from tests.support.sites import Site, article
from tests.support.whole_site import PORT_AND_CUP

pytestmark = pytest.mark.slow

BUILD = Path(__file__).parents[2] / "build.py"


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    return make_site(PORT_AND_CUP)


def inodes(site: Site) -> dict[str, int]:
    return {path: (site.root / "output" / path).lstat().st_ino for path in site.paths() if not path.endswith("/")}


# ---------------------------------------------------------------- what changes and what stays


def test_a_build_with_nothing_to_do_touches_nothing(site: Site) -> None:
    site.build()
    folder, before = (site.root / "output").stat(), inodes(site)
    report = site.build()
    assert (report.written, report.deleted) == ((), ())
    assert (site.root / "output").stat().st_ino == folder.st_ino
    assert inodes(site) == before


def test_a_file_saved_without_a_change_leaves_the_second_tree_known(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.build()
    later = (site.root / "content/port.md").stat().st_mtime + 60
    os.utime(site.root / "content/port.md", (later, later))
    assert site.build().written == ()
    searched: list[Path] = []
    monkeypatch.setattr(staging, "files", lambda root: searched.append(root) or iter(()))
    site.write({"content/port.md": article("إغلاق الميناء", slug="port", tags="[الميناء]", body="متن آخر.")})
    assert site.build().written and not searched


def test_a_manifest_that_was_altered_is_written_anew(site: Site) -> None:
    site.build()
    manifest = site.root / "output" / MANIFEST
    before = manifest.read_bytes()
    manifest.write_bytes(b"".join(sorted(before.splitlines(keepends=True), reverse=True)))
    site.build()
    assert manifest.read_bytes() == before


def test_a_name_of_which_only_the_case_changes_stays_on_a_disk_that_knows_no_case(
    make_site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such a disk opens one file by both names. Here a second link of the file stands for its second name."""
    site = make_site({"content/a.md": article("ميناء", slug="a", aliases=["/Old.html"])})
    for body in ("متن.", "متن آخر."):
        site.write({"content/b.md": article("كأس", slug="b", body=body)}).build()
    new_file = staging.new_file

    def new_by_both_names(path: str, raw: bytes) -> Stamp:
        mark = new_file(path, raw)
        if path.endswith("/old.html"):
            other = Path(path).with_name("Old.html")
            other.unlink(missing_ok=True)
            other.hardlink_to(path)
        return mark

    monkeypatch.setattr(staging, "new_file", new_by_both_names)
    site.write({"content/a.md": article("ميناء", slug="a", aliases=["/old.html"])}).build(jobs=0)
    assert (site.root / "output/Old.html").samefile(site.root / "output/old.html")


def test_files_that_do_not_change_keep_their_inode_when_the_trees_change_places(site: Site) -> None:
    """A server that holds a file open, or compares inodes and mtimes, sees no new file."""
    site.build()
    before, tree = inodes(site), (site.root / "output").stat().st_ino
    report = site.write({"content/port.md": article("فتح الميناء", slug="port", tags="[الميناء]")}).build()
    after = inodes(site)
    assert (site.root / "output").stat().st_ino != tree
    assert {path for path in after if after[path] != before.get(path)} == {*report.written}
    assert "robots.txt" not in report.written
    assert "2021/10/18/port/index.html" in report.written


def test_a_story_that_leaves_takes_its_folders_with_it(site: Site, tmp_path: Path) -> None:
    site.build()
    assert "2021/10/18/port/" in site.paths()
    (site.root / "content/port.md").unlink()
    report = site.build()
    assert "2021/10/18/port/index.html" in report.deleted
    assert not [path for path in site.paths() if path.startswith("2021/10/") or "الميناء" in path]
    assert site.digest() == site.cold(tmp_path / "cold")


def test_an_empty_folder_in_the_output_goes(site: Site, tmp_path: Path) -> None:
    site.build()
    (site.root / "output/2020/01").mkdir(parents=True)
    assert site.build().written == ()
    assert site.digest() == site.cold(tmp_path / "cold")


def test_the_manifest_lists_every_file_but_itself(site: Site) -> None:
    site.build()
    listed = site.read(MANIFEST).splitlines()
    assert listed == sorted(path for path in site.paths() if not path.endswith("/") and path != MANIFEST)


def test_a_file_that_was_damaged_or_deleted_heals(site: Site, tmp_path: Path) -> None:
    """Also the second tree's link to the damaged file, which the build after the next would bring back."""
    site.build()
    page, home = site.root / "output/2021/10/18/port/index.html", site.root / "output/index.html"
    with open(home, "ab") as file:
        file.write(b"damaged in place")
    page.unlink()
    assert site.build().written == ("2021/10/18/port/index.html", "index.html")
    for name in ("content/new-1.md", "content/new-2.md"):
        site.write({name: article("خبر يليه خبر", slug=name[8:-3])}).build()
    assert site.digest() == site.cold(tmp_path / "cold")


def test_leftovers_in_the_second_tree_do_not_reach_the_output(site: Site, tmp_path: Path) -> None:
    site.build()
    tree = site.root / ".mujaz/tree"
    shutil.rmtree(tree)
    (tree / "left/over").mkdir(parents=True)
    (tree / "left/over/index.html").write_text("old")
    (tree / "robots.txt").write_text("wrong")
    (tree / "sport").write_text("a file where a folder must be")
    (tree / "tags").symlink_to(tmp_path)
    site.write({"content/new.md": article("خبر جديد", slug="new")}).build()
    assert site.digest() == site.cold(tmp_path / "cold")
    assert list(tmp_path.glob("*.html")) == []  # nothing was written through the link


def test_what_comes_into_the_second_tree_between_builds_stays_out(site: Site, tmp_path: Path) -> None:
    site.build()
    for n in range(3):  # each build swaps: whichever tree the stranger came into, it is seen
        (site.root / ".mujaz/tree" / f"stranger{n}.html").write_text("x")
        (site.root / ".mujaz/tree" / "empty" / str(n)).mkdir(parents=True)
        site.write({"content/new.md": article(f"خبر {n}", slug=f"new{n}")}).build()
        assert site.digest() == site.cold(tmp_path / str(n) / "cold")


def test_the_output_may_lie_elsewhere(site: Site, tmp_path: Path) -> None:
    elsewhere = tmp_path / "www" / "news"
    report = site.build(output=elsewhere)
    assert report.output == elsewhere
    assert (elsewhere / "index.html").is_file()
    assert not (site.root / "output").exists()
    assert [path.name for path in elsewhere.parent.iterdir()] == ["news"]


@pytest.mark.needs("a second file system")
def test_the_second_tree_lies_beside_an_output_on_another_disk(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders of two disks cannot change places."""
    folder = Path("/dev/shm") / f"mujaz-test-{os.getpid()}"
    try:
        site.build(output=folder / "news")
        site.write({"content/port.md": article("فتح الميناء", slug="port")}).build(output=folder / "news")
        assert sorted(path.name for path in folder.iterdir()) == [".news.mujaz", "news"]
        assert "فتح الميناء" in (folder / "news/index.html").read_text(encoding="utf-8")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# ---------------------------------------------------------------- files that are not ours


def test_foreign_files_are_kept_and_named(site: Site) -> None:
    site.build()
    site.write({"output/google1234.html": "verified", "output/old/archive.zip": b"\0\1", "output/2021/note.txt": "x"})
    kept = ("2021/note.txt", "google1234.html", "old/archive.zip")
    assert site.build().foreign == kept
    before = inodes(site)
    report = site.write({"content/new.md": article("خبر جديد", slug="new")}).build()
    assert report.foreign == kept
    assert (site.read("google1234.html"), site.read("2021/note.txt")) == ("verified", "x")
    assert {path: inodes(site)[path] for path in kept} == {path: before[path] for path in kept}


def test_of_two_first_builds_at_once_the_second_says_that_another_runs(tmp_path: Path) -> None:
    output = tmp_path / "output"
    stagings = [Staging(output, tmp_path / name) for name in ("one", "two")]
    for number, one in enumerate(stagings):
        with one:
            one.begin()
            one.write("a.html", str(number).encode())
    assert stagings[0].commit({"a.html": True}, [])
    with pytest.raises(LockedError):
        stagings[1].commit({"a.html": True}, [])
    assert (output / "a.html").read_bytes() == b"0"


@pytest.mark.parametrize("kind", ["link", "folder"])
def test_what_stands_where_a_compressed_copy_must_go_stops_the_build(kind: str, site: Site) -> None:
    site.build()
    place = site.root / "output/index.html.gz"
    if kind == "link":
        place.symlink_to("no/such/file")
    else:
        site.write({"output/index.html.gz/x": "not ours"})
    config = (site.root / "config.yaml").read_text(encoding="utf-8")
    site.write({"config.yaml": config + "\nprecompress: true\n"})
    (problem,) = site.problems()
    assert "stands where a page must go" in problem
    assert place.is_symlink() if kind == "link" else (place / "x").read_text() == "not ours"


def test_a_foreign_link_is_carried_over_as_a_link(site: Site, tmp_path: Path) -> None:
    site.build()
    (site.root / "output/media").symlink_to(tmp_path)
    (site.root / "output/nowhere").symlink_to("no/such/file")
    site.write({"content/new.md": article("خبر جديد", slug="new")}).build()
    assert os.readlink(site.root / "output/media") == str(tmp_path)
    assert os.readlink(site.root / "output/nowhere") == "no/such/file"


def test_foreign_files_of_a_first_build_are_kept(site: Site) -> None:
    site.write({"output/.well-known/security.txt": "Contact: mailto:a@example.org\n"})
    assert site.build().foreign == (".well-known/security.txt",)
    assert site.read(".well-known/security.txt") == "Contact: mailto:a@example.org\n"


@pytest.mark.parametrize("path", ["index.html", "sport", "2021/10/18/port/index.html/x.txt", "robots.txt"])
def test_a_foreign_file_in_the_way_stops_the_build(path: str, site: Site) -> None:
    site.write({f"output/{path}": "not ours"})
    before = site.digest()
    assert site.problems() == [
        f"output/{path}: '{path}' in the output folder was not written by mujaz and stands where a page must go\n"
        "  help: move it away, then build again"
    ]
    assert site.digest() == before


def test_a_build_that_stops_leaves_the_second_tree_and_what_is_known_of_it(site: Site) -> None:
    for text in ("أول", "ثان", "ثالث"):
        site.write({"content/pages/about.md": f"---\ntitle: من نحن\n---\n{text}.\n"})
        site.build()
    (record,) = (site.root / ".mujaz").glob("*.clean")
    site.write({"content/pages/new.md": "---\ntitle: جديد\n---\nنص.\n", "output/new": "not ours"})
    before = record.read_bytes()
    assert "was not written by mujaz" in site.problems()[0]
    assert record.read_bytes() == before


def test_a_link_where_a_page_must_go_is_not_written_through(site: Site, tmp_path: Path) -> None:
    victim = tmp_path / "victim.txt"
    victim.write_text("precious")
    (site.root / "output").mkdir()
    (site.root / "output/robots.txt").symlink_to(victim)
    (problem,) = site.problems()
    assert problem.startswith("output/robots.txt: 'robots.txt' in the output folder was not written by mujaz")
    (site.root / "output/robots.txt").unlink()
    site.build()
    (site.root / "output/robots.txt").unlink()
    (site.root / "output/robots.txt").symlink_to(victim)
    assert site.build().written == ("robots.txt",)  # the path is ours: the page comes back
    assert not (site.root / "output/robots.txt").is_symlink()
    assert victim.read_text() == "precious"


def test_without_its_manifest_the_output_is_everybodys(site: Site) -> None:
    """Files equal to ours are ours; one that must change was written by who knows whom."""
    site.build()
    (site.root / "output" / MANIFEST).unlink()
    assert site.build().written == ()
    (site.root / "output" / MANIFEST).unlink()
    site.write({"content/port.md": article("فتح الميناء", slug="port", tags="[الميناء]")})
    with pytest.raises(SiteError, match="was not written by mujaz"):
        site.build()


# ---------------------------------------------------------------- where it must not be


def test_an_output_that_is_or_holds_or_lies_in_what_a_build_reads_is_refused(site: Site) -> None:
    root, content, layouts = site.root, site.root / "content", site.root / "layouts"
    for folder in (content, content / "out", layouts, layouts / "static", root, root.parent, Path("/"), Path.home()):
        with pytest.raises(UsageError, match="name a folder of its own"):
            guard(folder, root, content, layouts)
    with pytest.raises(UsageError, match="the program's own folder"):
        guard(Path(staging.__file__).parents[1], root, content, layouts)
    guard(root / "output", root, content, layouts)
    guard(root.parent / "elsewhere", root, content, layouts)


def test_an_output_that_belongs_to_the_system_is_refused(site: Site) -> None:
    """Its files were kept, and its empty folders went."""
    root, content, layouts = site.root, site.root / "content", site.root / "layouts"
    for folder in ("/etc", "/etc/nginx/site", "/usr", "/usr/lib", "/var", "/opt", "/proc/sys/www", "/boot/www"):
        with pytest.raises(UsageError, match="belongs to the system"):
            guard(Path(folder), root, content, layouts)
    for folder in ("/srv", "/var/www", "/usr/share/nginx/html", "/opt/paper/www", "/site", "/tmp/etc", "/home/x/www"):
        guard(Path(folder), root, content, layouts)


def test_an_output_that_leads_into_the_content_by_a_link_is_refused(site: Site, tmp_path: Path) -> None:
    (tmp_path / "way").symlink_to(site.root)
    with pytest.raises(UsageError, match="the content folder"):
        site.build(output=tmp_path / "way" / "content" / "out")


def test_an_output_that_is_a_link_is_refused(site: Site, tmp_path: Path) -> None:
    for real in (tmp_path / "real", site.root / "real"):
        real.mkdir()
        (site.root / "output").unlink(missing_ok=True)
        (site.root / "output").symlink_to(real)
        with pytest.raises((UsageError, SiteError), match=r"is a symbolic link|leaves the site's folder by a link"):
            site.build()
        assert list(real.iterdir()) == []


def test_an_output_that_is_a_file_is_refused(site: Site) -> None:
    site.write({"output": "a file"})
    with pytest.raises(UsageError, match="is not a folder"):
        site.build()


def test_a_second_tree_that_is_a_link_is_refused(site: Site, tmp_path: Path) -> None:
    (site.root / ".mujaz").mkdir()
    (site.root / ".mujaz/tree").symlink_to(tmp_path)
    with pytest.raises(UsageError, match="move it away"):
        site.build()


# ---------------------------------------------------------------- the swap, and what cuts it off


class Cut(Exception):
    """The process ends here."""


@pytest.mark.needs("a system that exchanges two folders at once")
def test_an_exchange_leaves_no_moment_without_an_output(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        (folder / "name").write_text(folder.name)
    assert swap.renameat2(one, other)
    assert ((one / "name").read_text(), (other / "name").read_text()) == ("other", "one")


@pytest.mark.parametrize("cut_at", [1, 2, 3])
def test_a_swap_by_renames_that_is_cut_off_heals_at_the_next_build(
    cut_at: int, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the first, between the first two, and between the last two of the three renames."""
    monkeypatch.setenv("MUJAZ_NO_EXCHANGE", "1")
    site.build()
    old = site.digest()
    site.write({"content/port.md": article("فتح الميناء", slug="port"), "output/foreign.txt": "kept"})
    count = iter(range(1, 10))

    def rename(source: Path, target: Path) -> None:
        if next(count) == cut_at:
            raise Cut
        real(source, target)

    real = os.rename
    monkeypatch.setattr(staging.os, "rename", rename)
    with pytest.raises(Cut):
        site.build()
    monkeypatch.setattr(staging.os, "rename", real)
    reader_sees = (site.root / "output/index.html").is_file()
    assert reader_sees == (cut_at != 2), "the gap is between the first two renames and nowhere else"
    site.build()
    after = site.digest()
    assert after.pop("foreign.txt")
    assert after == site.cold(tmp_path / "cold") != old
    site.write({"content/cup.md": article("كأس أخرى", slug="cup")}).build()
    assert "كأس أخرى" in site.read("index.html")
    assert sorted(path.name for path in (site.root / ".mujaz").iterdir() if path.is_dir()) == ["tree"]


def test_a_swap_by_renames_that_the_system_refuses_leaves_the_old_site(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a share does where another program holds a file of the second tree open."""
    monkeypatch.setenv("MUJAZ_NO_EXCHANGE", "1")
    site.build()
    before = site.digest()
    site.write({"content/port.md": article("فتح الميناء", slug="port")})

    def rename(source: Path, target: Path, real: Callable[[Path, Path], None] = os.rename) -> None:
        if source == site.root / ".mujaz/tree":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(source))
        real(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(staging.os, "rename", rename)
        with pytest.raises(PermissionError):
            site.build()
    assert site.digest() == before
    assert site.build().written


def test_a_swap_that_was_cut_off_is_undone_even_where_the_next_build_fails(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader must not wait for the editor to mend the article."""
    site.build()
    before = site.digest()
    (site.root / ".mujaz/tree.old").parent.mkdir(exist_ok=True)
    os.rename(site.root / "output", site.root / ".mujaz/tree.old")
    site.write({"content/wrong.md": "---\ntitle: a\n"})
    with pytest.raises(SiteError):
        site.build()
    assert site.digest() == before


@pytest.mark.parametrize("exchange", ["", "1"])
def test_every_build_is_whole_with_and_without_the_exchange(
    exchange: str, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUJAZ_NO_EXCHANGE", exchange)
    for n in range(4):
        site.write({f"content/{n}.md": article(f"خبر رقم {n}", slug=f"n-{n}")}).build()
    assert site.digest() == site.cold(tmp_path / "cold")


def test_a_build_that_dies_before_its_commit_changes_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.build()
    before = site.digest()

    def die(self: Staging, *rest: object, **more: object) -> bool:
        raise Cut

    with monkeypatch.context() as patch:
        patch.setattr(Staging, "commit", die)
        site.write({"content/port.md": article("فتح الميناء", slug="port")})
        with pytest.raises(Cut):
            site.build()
    assert site.digest() == before
    site.build()
    assert "فتح الميناء" in site.read("index.html")


def test_a_build_that_is_stopped_after_its_commit_does_not_deny_it(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--site", str(site.root), "--now", "2021-12-01"]
    for stop, when, said in (
        (KeyboardInterrupt(), "save_pages", "a part was written before"),
        (OSError(28, "No space left on device"), "save_pages", "a part was written before"),
        (KeyboardInterrupt(), "readings", "nothing was written"),
    ):

        def end(*rest: object, stop: BaseException = stop) -> None:
            raise stop

        site.write({"content/port.md": article(f"خبر {when}", slug="port", body=repr(stop))})
        with monkeypatch.context() as patch:
            patch.setattr(f"mujaz.cache.store.Store.{when}", end)
            with pytest.raises(SystemExit):
                main(words)
        assert said in capsys.readouterr().err


def test_a_build_that_dies_after_its_commit_is_known_by_the_next(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache is then older than the output, and the output is right."""
    from mujaz.cache.store import Store

    def die(self: Store, *rest: object) -> None:
        raise Cut

    site.build()
    with monkeypatch.context() as patch:
        patch.setattr(Store, "save_pages", die)
        site.write({"content/port.md": article("فتح الميناء", slug="port")})
        with pytest.raises(Cut):
            site.build()
    before = site.digest()
    times = {path: (site.root / "output" / path).stat().st_mtime_ns for path in before}
    assert "فتح الميناء" in site.read("index.html")
    assert "index.html" in site.build().written  # it tells what the one that died had changed, and writes nothing
    assert site.digest() == before
    assert {path: (site.root / "output" / path).stat().st_mtime_ns for path in before} == times


def test_a_first_build_that_dies_after_its_exchange_leaves_no_third_tree(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would hold every story that is withdrawn later, and beside an output on another disk no `clean` meets it."""

    def die(tree: Path, output: Path) -> None:
        swap.exchange(tree, output)
        raise Cut

    with monkeypatch.context() as patch:
        patch.setattr(staging, "exchange", die)
        with pytest.raises(Cut):
            site.build()
    site.write({"content/port.md": article("فتح الميناء", slug="port")}).build()
    assert [path.name for path in (site.root / ".mujaz").iterdir() if path.is_dir()] == ["tree"]


def test_a_preview_that_dies_after_its_commit_brings_nothing_into_the_other_output(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two outputs of one cache share the second tree. The public one once took its sitemap from the preview's."""

    def die(*rest: object) -> None:
        raise Cut

    site.write({"content/draft.md": article("مسودة", slug="draft", draft="true")}).build()
    with monkeypatch.context() as patch:
        patch.setattr("mujaz.cache.store.Store.save_pages", die)
        with pytest.raises(Cut):
            site.build(output=tmp_path / "preview", drafts=True)
    site.write({"content/port.md": article("فتح الميناء", slug="port")}).build()
    assert site.digest() == site.cold(tmp_path / "cold")


# exFAT and FAT; FUSE; shares of Android; exFAT of macOS
@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOSYS, errno.EACCES, errno.ENOTSUP])
def test_without_hard_links_files_are_copied_and_keep_their_mtime(
    number: int, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(*rest: object, **more: object) -> None:
        raise OSError(number, "not here")

    monkeypatch.setattr(staging.os, "link", link)
    site.build()
    robots = site.root / "output/robots.txt"
    before = robots.stat().st_mtime_ns
    site.write({"content/port.md": article("فتح الميناء", slug="port")}).build()
    assert robots.stat().st_mtime_ns == before
    assert site.digest() == site.cold(tmp_path / "cold")


def test_a_disk_that_cannot_sync_folders_is_built_on(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one that VirtualBox shares: each build said that it had failed, after its site was swapped in."""

    def fsync(handle: int) -> None:
        raise OSError(errno.EINVAL, "invalid argument")

    monkeypatch.setattr(swap.os, "fsync", fsync)
    site.build()
    site.write({"content/port.md": article("فتح الميناء", slug="port")}).build()
    assert site.digest() == site.cold(tmp_path / "cold")


# ---------------------------------------------------------------- two builds at once, and none in parallel


def _hold(path: Path, ready: object, done: object) -> None:
    with lock(path):
        ready.set()  # type: ignore[attr-defined]
        done.wait(30)  # type: ignore[attr-defined]


def test_a_second_build_at_the_same_time_is_refused_and_changes_nothing(site: Site) -> None:
    site.build()
    site.write({"content/port.md": article("فتح الميناء", slug="port")})
    before = site.digest()
    context = multiprocessing.get_context("spawn")
    ready, done = context.Event(), context.Event()
    process = context.Process(target=_hold, args=(site.root / ".mujaz/lock", ready, done))
    process.start()
    try:
        assert ready.wait(30)
        with pytest.raises(UsageError, match=r"^another build of this site is running; wait for it to end$"):
            site.build()
        command = [sys.executable, str(BUILD), "--site", str(site.root), "--now", "2021-12-01"]
        result = subprocess.run(command, capture_output=True, text=True)
        assert (result.returncode, result.stdout) == (3, "")
        assert result.stderr == "build.py: another build of this site is running; wait for it to end\n"
        assert site.digest() == before
    finally:
        done.set()
        process.join()
    site.build()
    assert site.digest() != before


def test_a_lock_ends_with_its_process_and_leaves_a_file_that_means_nothing(tmp_path: Path) -> None:
    for _ in range(2):
        with lock(tmp_path / "lock"):
            pass
    assert (tmp_path / "lock").is_file()


def test_without_fork_everything_runs_in_one_process(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUJAZ_NO_FORK", "1")

    def no_pool(*rest: object, **more: object) -> None:
        raise AssertionError("a worker was forked")

    monkeypatch.setattr(concurrent.futures, "ProcessPoolExecutor", no_pool)
    for n in range(40):
        site.write({f"content/{n}.md": article(f"خبر رقم {n}", slug=f"n-{n}")})
    site.build(jobs=3)
    monkeypatch.undo()
    assert site.digest() == site.cold(tmp_path / "cold")


@pytest.mark.parametrize(("first", "second"), [("/old.page/", "/old.page"), ("/old.page", "/old.page/")])
def test_a_folder_may_become_a_file_and_a_file_a_folder(first: str, second: str, site: Site, tmp_path: Path) -> None:
    for body, alias in (("أول", first), ("ثان", first), ("ثالث", second), ("رابع", second)):
        site.write({"content/port.md": article("إغلاق الميناء", slug="port", aliases=f"[{alias}]", body=body)}).build()
    assert site.digest() == site.cold(tmp_path / "cold")


def test_what_comes_into_a_folder_that_is_not_ours_is_kept(site: Site) -> None:
    site.build()
    site.write({"output/.git/objects/one": "1"})
    for n in range(3):
        site.write({f"content/{n}.md": article(f"خبر {n}"), f"output/.git/objects/{n}": "x"}).build()
        assert (site.root / "output/.git/objects" / str(n)).is_file()
    assert site.build().foreign == tuple(f".git/objects/{name}" for name in ("0", "1", "2", "one"))


@pytest.mark.parametrize("walked", [True, False])
def test_what_others_put_into_the_output_while_a_build_runs_stays(
    walked: bool, site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """An upload by SFTP, the file by which a certificate is asked for: it went with the old tree, two builds later."""
    site.write({"output/theirs/old.txt": "old"} if walked else {}).build()
    (tmp_path / "elsewhere").mkdir()

    def meanwhile(tree: Path, sync: Callable[[Path], None] = staging.sync) -> None:
        monkeypatch.setattr(staging, "sync", sync)
        site.write({"output/upload.pdf": "theirs", "output/.well-known/token": "theirs"})
        if walked:
            site.write({"output/theirs/new.txt": "new"})
            os.replace(site.root / "output/theirs/new.txt", site.root / "output/theirs/old.txt")
        sync(tree)

    monkeypatch.setattr(staging, "sync", meanwhile)
    for number in range(3):
        site.write({f"content/{number}.md": article(f"خبر {number}", slug=f"n{number}")}).build()
        assert site.read("upload.pdf") == site.read(".well-known/token") == "theirs"
        assert not walked or site.read("theirs/old.txt") == "new"
    assert set(site.build().foreign) >= {"upload.pdf", ".well-known/token"}
    shutil.rmtree(site.root / "output/.well-known")
    (site.root / "output/upload.pdf").unlink()
    shutil.rmtree(site.root / "output/theirs", ignore_errors=True)
    site.build()
    assert site.digest() == site.cold(tmp_path / "cold")


@pytest.mark.parametrize("theirs", ["2021/10/18/n1/index.html", "2021/10/18/n1"])
def test_what_comes_where_a_new_page_must_be_stops_the_build(
    theirs: str, site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The output is as it was, with what came; it went without a line."""
    site.build()
    before = site.digest()

    def meanwhile(tree: Path, sync: Callable[[Path], None] = staging.sync) -> None:
        monkeypatch.setattr(staging, "sync", sync)
        site.write({f"output/{theirs}": "theirs"})
        sync(tree)

    monkeypatch.setattr(staging, "sync", meanwhile)
    site.write({"content/1.md": article("خبر", slug="n1")})
    for _ in range(2):
        assert theirs in "".join(site.problems())
        assert site.read(theirs) == "theirs" and before.items() <= site.digest().items()
    (site.root / "output" / theirs).unlink()
    site.build()
    assert site.digest() == site.cold(tmp_path / "cold")


def test_a_build_that_is_stopped_by_what_came_says_that_nothing_was_written(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site.build()

    def meanwhile(tree: Path) -> None:
        site.write({"output/2021/10/18/n1": "theirs"})

    monkeypatch.setattr(staging, "sync", meanwhile)
    site.write({"content/1.md": article("خبر", slug="n1")})
    with pytest.raises(SystemExit):
        main(["--site", str(site.root), "--now", "2021-12-01"])
    assert "1 problem; nothing was written" in capsys.readouterr().err


@pytest.mark.parametrize("way", ["full", "hiccup", "interrupt"])
def test_what_cannot_be_brought_along_stops_the_build_and_stays(
    way: str, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new site stayed, and the next build deleted what came; a share that failed for a moment cost a file."""
    site.write({"output/theirs.txt": "theirs"}).build()
    before = site.digest()

    def fail(call: Callable[..., object], what: BaseException, name: str) -> Callable[..., object]:
        def failing(path: str, *rest: object, **more: object) -> object:
            if str(path).endswith(name):
                raise what
            return call(path, *rest, **more)

        return failing

    def meanwhile(*trees: Path, exchange: Callable[..., None] = staging.exchange) -> None:
        patch.setattr(staging, "exchange", exchange)
        site.write({"output/upload.pdf": "theirs"})
        exchange(*trees)
        if way == "hiccup":
            patch.setattr(swap, "files", lambda root: iter(()))
            patch.setattr(os, "lstat", fail(os.lstat, OSError(errno.ESTALE, "stale"), "tree/theirs.txt"))
        else:
            what = KeyboardInterrupt() if way == "interrupt" else OSError(errno.ENOSPC, "full")
            patch.setattr(swap, "hard_link", fail(swap.hard_link, what, "/upload.pdf"))

    with monkeypatch.context() as patch:
        patch.setattr(staging, "exchange", meanwhile)
        site.write({"content/new.md": article("خبر جديد", slug="new")})
        with pytest.raises((OSError, KeyboardInterrupt)) as stopped:
            site.build()
    assert not getattr(stopped.value, "__notes__", ())
    assert {path: site.digest()[path] for path in before} == before and "upload.pdf" in site.paths()
    for _ in range(2):
        site.build()
        site.write({"content/cup.md": article("كأس", slug="cup")})
    assert site.read("upload.pdf") == site.read("theirs.txt") == "theirs"


def test_what_is_renamed_while_it_is_brought_along_stops_no_build(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """rsync gives a file its name when it is whole."""
    site.build()

    def meanwhile(tree: Path) -> None:
        site.write({"output/.film.Ab12": "theirs"})

    def late(source: str, target: str, link: Callable[[str, str], None] = swap.hard_link) -> None:
        if source.endswith("/.film.Ab12"):
            os.unlink(source)
        link(source, target)

    monkeypatch.setattr(staging, "sync", meanwhile)
    monkeypatch.setattr(swap, "hard_link", late)
    assert site.write({"content/new.md": article("خبر جديد", slug="new")}).build().foreign == ()


@pytest.mark.parametrize("builds", [0, 2])
def test_what_others_take_out_of_the_output_while_a_build_runs_stays_away(
    builds: int, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A document that must go, the flag of an upkeep: the second tree brought it back, or the build failed."""
    theirs = ("leak.pdf", "theirs/a.txt", "both/gone", "both/kept")
    site.build()
    site.write({f"output/{path}": "theirs" for path in theirs})
    for number in range(builds):
        site.write({f"content/{number}.md": article(f"خبر {number}", slug=f"n{number}")}).build()

    def take_away(*paths: str) -> None:
        for path in paths:
            (site.root / "output" / path).unlink()

    def before_linking(*given: object, render: Callable[..., object] = pipeline.render_pages) -> object:
        take_away("leak.pdf")
        return render(*given)

    def after_linking(tree: Path, sync: Callable[[Path], None] = staging.sync) -> None:
        take_away("theirs/a.txt", "both/gone")
        (site.root / "output/theirs").rmdir()
        sync(tree)

    with monkeypatch.context() as patched:
        patched.setattr(pipeline, "render_pages", before_linking)
        patched.setattr(staging, "sync", after_linking)
        assert site.write({"content/new.md": article("خبر جديد", slug="new")}).build().foreign == ("both/kept",)
    assert {path for path in site.paths() if path.startswith(("leak", "theirs", "both"))} == {"both/", "both/kept"}
    assert site.build().foreign == ("both/kept",)


def test_what_others_do_in_the_new_output_while_the_old_one_is_looked_through_stays(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look at a large old tree takes a second: what was uploaded in it gave way to the file before it."""
    site.write({f"output/{name}": "first" for name in ("report.pdf", "leak.pdf", "token")}).build()

    def meanwhile(*trees: Path, exchange: Callable[..., None] = staging.exchange) -> None:
        (site.root / "output/token").unlink()
        exchange(*trees)
        site.write({"upload": "second", "output/token": "another"})
        os.replace(site.root / "upload", site.root / "output/report.pdf")
        (site.root / "output/leak.pdf").unlink()

    with monkeypatch.context() as patched:
        patched.setattr(staging, "exchange", meanwhile)
        site.write({"content/new.md": article("خبر جديد", slug="new")}).build()
    for _ in range(2):
        assert (site.read("report.pdf"), site.read("token")) == ("second", "another")
        assert "leak.pdf" not in site.paths()
        site.write({"content/cup.md": article("كأس", slug="cup")}).build()


def test_what_comes_meanwhile_is_brought_through_no_link_and_over_no_page(tmp_path: Path) -> None:
    old, new = Site(tmp_path / "old"), Site(tmp_path / "new")
    old.write(dict.fromkeys(("page", "link/a", "link/b", "page2/b", "folder", "kept"), "theirs"))
    new.write({"page": "ours", "page2": "ours", "folder/page": "ours", "../elsewhere/a": "precious"})
    (new.root / "link").symlink_to(tmp_path / "elsewhere")
    came = swap.came_into(old.root, set(), {})
    assert swap.standing_in_way(came, {"page", "page2", "folder/page"}) == {"page", "folder", "page2/b"}
    assert swap.bring_along(old.root, new.root, came, {}) == ["kept"]
    assert swap.bring_along(old.root, new.root, came, {}) == []
    assert os.listdir(tmp_path / "elsewhere") == ["a"] and (tmp_path / "elsewhere/a").read_text() == "precious"
    texts = {path.relative_to(new.root).as_posix(): path.read_text() for path in new.root.rglob("*") if path.is_file()}
    assert texts == {"page": "ours", "page2": "ours", "folder/page": "ours", "kept": "theirs"}


@pytest.mark.parametrize("inside", [True, False])
def test_a_file_of_others_may_become_a_folder_and_a_folder_a_link_while_a_build_runs(
    inside: bool, site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Neither is in the way of a page, and the build stopped."""
    site.write({"output/downloads/sub/a": "first", "output/x": "first"}).build()
    (tmp_path / "disk/sub").mkdir(parents=True)
    if inside:
        (tmp_path / "disk/sub/a").write_text("first")

    def meanwhile(tree: Path) -> None:
        shutil.rmtree(site.root / "output/downloads")
        (site.root / "output/downloads").symlink_to(tmp_path / "disk")
        (site.root / "output/x").unlink()
        site.write({"output/x/a": "second"})

    with monkeypatch.context() as patch:
        patch.setattr(staging, "sync", meanwhile)
        assert site.write({"content/new.md": article("خبر جديد", slug="new")}).build().foreign == ("downloads", "x/a")
    for _ in range(2):
        assert (site.root / "output/downloads").readlink() == tmp_path / "disk" and site.read("x/a") == "second"
        site.write({"content/cup.md": article("كأس", slug="cup")}).build()
    assert (tmp_path / "disk/sub/a").exists() == inside


def test_what_others_replace_before_and_after_the_exchange_is_the_newer(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write({"output/report.pdf": "1"}).build()

    def replace(text: str) -> None:
        site.write({"upload": text})
        os.replace(site.root / "upload", site.root / "output/report.pdf")

    def meanwhile(*trees: Path, exchange: Callable[..., None] = staging.exchange) -> None:
        replace("second")
        exchange(*trees)
        replace("the third")

    with monkeypatch.context() as patch:
        patch.setattr(staging, "exchange", meanwhile)
        site.write({"content/new.md": article("خبر جديد", slug="new")}).build()
    assert site.read("report.pdf") == "the third"


def test_a_file_that_goes_while_its_folder_is_read_hides_no_other(tmp_path: Path) -> None:
    Site(tmp_path).write(dict.fromkeys("abcd", "x"))
    with os.scandir(tmp_path) as entries:
        order = [entry.name for entry in entries]
    found = files(tmp_path)
    seen = [next(found)[0]]
    (tmp_path / order[1]).unlink()
    assert [*seen, *(path for path, _ in found)] == [order[0], *order[2:]]


def test_a_pipe_of_others_stays(site: Site) -> None:
    site.build()
    os.mkfifo(site.root / "output/pipe")
    for number in range(3):
        report = site.write({f"content/{number}.md": article(f"خبر {number}", slug=f"n{number}")}).build()
        assert report.foreign == ("pipe",) and (site.root / "output/pipe").is_fifo()


def test_a_foreign_file_may_have_any_name(site: Site) -> None:
    site.build()
    name = os.fsdecode(b"\xff.txt")
    (site.root / "output" / name).write_text("x")
    site.write({"content/new.md": article("خبر آخر")})
    assert site.build().foreign == (name,)
    assert site.build().written == ()


def test_nothing_is_written_through_a_link_in_the_cache_folder(site: Site) -> None:
    site.write({"precious": "x"})
    (site.root / ".mujaz").mkdir()
    (site.root / ".mujaz/clock").symlink_to("../precious")
    site.build()
    assert (site.root / "precious").read_text() == "x"
    (site.root / ".mujaz/lock").unlink()
    (site.root / ".mujaz/lock").symlink_to("../made")
    with pytest.raises(OSError):
        site.build()
    assert not (site.root / "made").exists()


def test_an_output_in_the_cache_folder_is_refused(site: Site) -> None:
    for folder in (".mujaz", ".mujaz/tree"):
        with pytest.raises(UsageError, match="the cache folder"):
            site.build(output=site.root / folder)
