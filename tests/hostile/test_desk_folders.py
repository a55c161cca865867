"""What others put below content/, into the folder of old versions and into git, while the desk runs."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from mujaz.desk import files as desk_files
from mujaz.desk import git as desk_git
from mujaz.desk.bundles import add_picture
from mujaz.desk.files import MOST_VERSIONS, Changed, Files, Refused, mark_of
from mujaz.desk.git import Git
from tests.support.cli_process import served
from tests.support.desk import Client, form_of, wait_for_build
from tests.support.needs import program
from tests.support.sites import Site, article
from tests.support.whole_site import FONTS, picture

MakeSite = Callable[..., Site]
A = "content/a.md"


@pytest.fixture
def files(tmp_path: Path) -> Files:
    root = tmp_path / "site"
    (root / "content/b").mkdir(parents=True)
    (root / A).write_text(article("خبر", id="a", slug="a"), encoding="utf-8")
    (root / "content/b/index.md").write_text(article("صور", id="b", slug="b"), encoding="utf-8")
    return Files(root, "content", root / ".mujaz-desk")


def in_time(work: Callable[[], object]) -> list[object]:
    """What `work` gives or raises; nothing where it does not end."""
    ended: list[object] = []

    def attempt() -> None:
        try:
            ended.append(work())
        except Exception as error:
            ended.append(error)

    thread = threading.Thread(target=attempt, daemon=True)
    thread.start()
    thread.join(20)
    return ended


def saved(files: Files, text: str) -> None:
    files.save(A, article(text, id="a", slug="a").encode(), mark_of(files.read(A)))


def versions(files: Files) -> Path:
    return next((files.home / "versions").iterdir())


def test_a_pipe_in_the_place_of_a_picture_is_passed_by(files: Files) -> None:
    os.mkfifo(files.root / "content/b/x.png")
    (files.root / "content/b/x-2.png").mkdir()
    raw = picture()
    assert in_time(lambda: add_picture(files, "content/b/index.md", "x.png", raw, "PNG")[:2]) == [
        ("content/b/index.md", "x-3.png")
    ]
    assert add_picture(files, "content/b/index.md", "x.png", raw, "PNG")[1] == "x-3.png"


def test_old_versions_follow_into_a_bundle_that_was_there_before(files: Files) -> None:
    """Undo gave what the bundle had been, not what the article was before its last save."""
    add_picture(files, A, "x.png", picture(), "PNG")
    bundle = "content/a/index.md"
    files.save(bundle, b"old bundle", mark_of(files.read(bundle)))
    os.rename(files.root / bundle, files.root / A)
    files.save(A, b"second", mark_of(b"old bundle"))
    files.save(A, b"third", mark_of(b"second"))
    assert add_picture(files, A, "y.png", picture(), "PNG")[0] == bundle
    held = [files.version(bundle, version.number) for version in files.versions(bundle)]
    assert held[:2] == [b"second", b"old bundle"] and len(held) == 3
    files.undo(bundle, mark_of(b"third"))
    assert files.read(bundle) == b"second"


def test_a_folder_in_the_place_of_an_article_holds_no_file_open(files: Files) -> None:
    """Each that asks for it would take one of the open files that the desk may have."""
    (files.root / "content/folder.md").mkdir()
    (files.root / A).unlink()
    os.mkfifo(files.root / A)
    before = len(os.listdir("/proc/self/fd"))
    for name in ("content/folder.md", A):
        with pytest.raises(Refused):
            files.read(name)
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_pipe_or_a_link_is_no_old_version(files: Files, tmp_path: Path) -> None:
    saved(files, "ثان")
    (tmp_path / "secret").write_text("سر", encoding="utf-8")
    os.mkfifo(versions(files) / "00000002")
    (versions(files) / "00000003").symlink_to(tmp_path / "secret")
    (versions(files) / "00000004").mkdir()
    for number in (2, 3, 4):
        (refused,) = in_time(lambda number=number: files.version(A, number))  # type: ignore[misc]
        assert isinstance(refused, Refused)
    assert [one.number for one in files.versions(A)] == [1]
    saved(files, "ثالث")
    assert [one.number for one in files.versions(A)][1:] == [1] and (versions(files) / "00000003").is_symlink()
    files.undo(A, mark_of(files.read(A)))
    assert "ثان" in files.read(A).decode()


def test_files_of_others_among_the_old_versions_hinder_no_save(files: Files) -> None:
    saved(files, "ثان")
    for name in ("00000001~", "0²", "1.orig", "000000000001"):
        (versions(files) / name).write_text("x")
    saved(files, "ثالث")
    assert [one.number for one in files.versions(A)] == [2, 1]


def test_what_others_wrote_after_the_last_save_is_an_old_version_when_that_is_undone(files: Files) -> None:
    """A pull or an editor: the desk showed their words nowhere any more."""
    first = files.read(A)
    saved(files, "ثان")
    theirs = article("كلام زميل", id="a", slug="a").encode()
    (files.root / A).write_bytes(theirs)
    files.undo(A, mark_of(theirs))
    assert files.read(A) == first
    assert theirs in [files.version(A, one.number) for one in files.versions(A)]
    files.undo(A, mark_of(first))
    assert files.read(A) == theirs
    files.undo(A, mark_of(theirs))
    assert files.read(A) == first and not files.versions(A)


def test_undo_brings_no_words_of_a_story_that_had_the_name_before(files: Files) -> None:
    saved(files, "قديم")
    saved(files, "أقدم")
    (files.root / A).unlink()
    files.create(A, article("جديد", id="n", slug="n").encode())
    files.save(A, article("جديد ثان", id="n", slug="n").encode(), mark_of(files.read(A)))
    files.undo(A, mark_of(files.read(A)))
    assert "جديد" in files.read(A).decode()
    with pytest.raises(Refused):
        files.undo(A, mark_of(files.read(A)))
    assert "جديد" in files.read(A).decode() and "قديم" in files.version(A, 2).decode()


def test_undo_mends_a_front_matter_that_was_torn(files: Files) -> None:
    before = files.read(A)
    files.save(A, b"id: b\n: [", mark_of(before))
    files.undo(A, mark_of(files.read(A)))
    assert files.read(A) == before


def test_what_is_undone_is_not_written_through_a_link(files: Files, tmp_path: Path) -> None:
    saved(files, "ثان")
    (tmp_path / "mine").write_text("mine")
    undone = versions(files) / "undone"
    undone.mkdir()
    (undone / mark_of(files.read(A))).symlink_to(tmp_path / "mine")
    now = files.read(A)
    files.undo(A, mark_of(now))
    assert (tmp_path / "mine").read_text() == "mine" and (undone / mark_of(now)).read_bytes() == now


def test_an_undo_is_not_denied_where_the_disk_keeps_the_old_version(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page said that nothing was done, and the article was the old one."""
    before = files.read(A)
    saved(files, "new")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", full)
        files.undo(A, mark_of(files.read(A)))
    assert files.read(A) == before
    files.undo(A, mark_of(before))  # what stayed goes, and changes nothing
    assert files.read(A) == before and not files.versions(A)


def test_two_desks_of_one_site_write_one_after_the_other(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second had seen the file as it was, and its save was lost under the first one's, which had looked before."""
    other, mark, ended = Files(files.root, "content", files.home), mark_of(files.read(A)), []

    def second() -> None:
        try:
            other.save(A, b"theirs", mark)
            ended.append("saved")
        except Changed:
            ended.append("changed")

    thread, real = threading.Thread(target=second), os.replace

    def replace(new: Path, path: Path) -> None:
        if path == files.root / A and threading.current_thread() is not thread:
            thread.start()
            thread.join(0.5)
        real(new, path)

    with monkeypatch.context() as patched:
        patched.setattr(desk_files.os, "replace", replace)
        files.save(A, b"mine", mark)
    thread.join(20)
    assert ended == ["changed"] and files.read(A) == b"mine"
    assert [files.version(A, one.number) for one in files.versions(A)] == [article("خبر", id="a", slug="a").encode()]


def test_a_save_waits_for_no_desk_that_holds_on(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_files, "LONGEST_HELD", 0.1)
    with Files(files.root, "content", files.home).one_write(), pytest.raises(OSError, match="busy"):
        saved(files, "آخر")
    saved(files, "آخر")


@pytest.mark.parametrize("part", ["", "versions"])
@pytest.mark.parametrize("kind", ["link", "file", "pipe", "nowhere"])
def test_a_save_whose_old_version_could_not_be_kept_is_refused(
    files: Files, tmp_path: Path, part: str, kind: str
) -> None:
    outside, place = tmp_path / "outside", files.home / part
    outside.mkdir()
    place.parent.mkdir(exist_ok=True)
    if kind == "file":
        place.write_text("x")
    elif kind == "pipe":
        os.mkfifo(place)
    else:
        place.symlink_to(outside if kind == "link" else tmp_path / "no/such")
    before = files.read(A)
    with pytest.raises(Refused):
        saved(files, "ثان")
    assert files.read(A) == before and not any(outside.iterdir())


def full(*words: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device", "content")


def test_on_a_full_disk_an_article_does_not_move_without_its_links(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    (files.root / "content/quay.png").write_bytes(picture())
    text = article("خبر", id="a", slug="a", body="![صورة](quay.png)").encode()
    files.save(A, text, mark_of(files.read(A)))
    with monkeypatch.context() as patch:
        patch.setattr(desk_files, "beside", full)
        with pytest.raises(OSError, match="No space"):
            add_picture(files, A, "x.png", picture(), "PNG")
    assert files.read(A) == text and not (files.root / "content/a/index.md").exists()
    name, *_ = add_picture(files, A, "x.png", picture(), "PNG")
    assert b"(../quay.png)" in files.read(name) and not (files.root / A).exists()
    assert files.version(name, files.versions(name)[0].number) == text


def test_what_is_saved_elsewhere_while_an_article_moves_is_not_written_over(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    (files.root / "content/quay.png").write_bytes(picture())
    files.save(A, article("خبر", id="a", slug="a", body="![صورة](quay.png)").encode(), mark_of(files.read(A)))
    theirs = article("من محرر آخر", id="a", slug="a").encode()

    def slow(name: str, raw: bytes) -> None:
        remember(name, raw)
        (files.root / A).write_bytes(theirs)

    remember = files._remember
    monkeypatch.setattr(files, "_remember", slow)
    with pytest.raises(Changed):
        add_picture(files, A, "x.png", picture(), "PNG")
    assert files.read(A) == theirs and not (files.root / "content/a/index.md").exists()


def test_saves_that_the_disk_refuses_push_out_no_old_version(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    saved(files, "ثان")
    oldest = files.version(A, 1)
    with monkeypatch.context() as patch:
        patch.setattr(files, "_write", full)
        for _ in range(MOST_VERSIONS + 1):
            with pytest.raises(OSError, match="No space"):
                saved(files, "ثالث")
    assert files.version(A, 1) == oldest and len(files.versions(A)) == 2


# ---------------------------------------------------------------- over HTTP


def test_the_desk_tells_what_the_disk_refuses_and_a_form_that_is_cut_off(make_site: MakeSite) -> None:
    site = make_site({**FONTS, A: article("خبر", id="a", slug="a"), "content/b": "x"})
    with served(site.root, "desk") as server:
        desk, parts = Client(server.url), urlsplit(server.url)
        token = dict(form_of(desk.edit(A), "/edit"))["token"]
        head = f"POST /edit HTTP/1.1\r\nHost: {parts.netloc}\r\nOrigin: {desk.origin}\r\nContent-Length: 500\r\n"
        with socket.create_connection((parts.hostname or "", parts.port or 0)) as line:
            line.sendall(f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\ntoken=x".encode())
        (site.root / "content/b.md").write_text(article("صور", id="b", slug="b"), encoding="utf-8")
        refused = desk.post("/upload", [("token", token), ("path", "content/b.md")], [("picture", "x.png", picture())])
        assert refused.status == 500 and "القرص" in refused.words and "content/b" in refused.words
        wait_for_build(site.root)
        time.sleep(0.2)
        said = [server.lines.get_nowait() for _ in range(server.lines.qsize())]
    assert not [line for line in said if "Traceback" in line or "Disconnect" in line], said


# ---------------------------------------------------------------- git


@pytest.fixture
def repository(files: Files, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., str]]:
    """git in the site's folder; what it says."""
    git = program("git")
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "المكتب")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "desk@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)

    def run(*words: str) -> str:
        done = subprocess.run([git, *words], cwd=files.root, check=False, capture_output=True, text=True)
        return done.stdout

    run("init", "-q", "-b", "main")
    run("add", "content")
    run("commit", "-q", "-m", "أول")
    yield run


def in_conflict(files: Files, git: Callable[..., str]) -> None:
    """Two branches that say otherwise, `main` and `other`, which is the one that is here."""
    saved(files, "من هنا")
    git("commit", "-q", "-am", "هنا")
    git("checkout", "-q", "-b", "other", "HEAD~1")
    saved(files, "من هناك")
    git("commit", "-q", "-am", "هناك")


@pytest.mark.parametrize("verb", ["merge", "rebase", "cherry-pick"])
def test_a_conflict_is_not_committed_as_if_it_were_settled(
    files: Files, repository: Callable[..., str], verb: str
) -> None:
    in_conflict(files, repository)
    repository(verb, "main")
    assert repository("ls-files", "--unmerged")
    before = repository("rev-parse", "HEAD")
    with pytest.raises(Refused) as refused:
        asyncio.run(Git(files.root, "content").commit("رسالة", "", ""))
    assert refused.value.message.id == "desk-git-under-way"
    assert repository("ls-files", "--unmerged") and repository("rev-parse", "HEAD") == before


def test_a_commit_in_the_midst_of_a_search_by_git_is_refused(files: Files, repository: Callable[..., str]) -> None:
    """`git bisect` goes on to another commit, and the words would be on no branch."""
    repository("bisect", "start")
    saved(files, "ثان")
    before = repository("rev-parse", "HEAD")
    with pytest.raises(Refused) as refused:
        asyncio.run(Git(files.root, "content").commit("رسالة", "", ""))
    assert refused.value.message.id == "desk-git-under-way" and repository("rev-parse", "HEAD") == before


def test_a_merge_that_only_waits_for_its_commit_is_left_to_who_began_it(
    files: Files, repository: Callable[..., str]
) -> None:
    in_conflict(files, repository)
    repository("merge", "-s", "ours", "--no-commit", "main")
    assert not repository("ls-files", "--unmerged")
    with pytest.raises(Refused) as refused:
        asyncio.run(Git(files.root, "content").commit("رسالة", "", ""))
    assert refused.value.message.id == "desk-git-under-way"


@pytest.mark.parametrize("place", ["content", "content/sport", "content/sport/deep"])
def test_a_repository_below_the_content_is_refused_and_none_of_its_programs_runs(
    files: Files, repository: Callable[..., str], tmp_path: Path, place: str
) -> None:
    """git takes it for one entry, whose words are in no commit, and then asks it with settings of its own."""
    ran = tmp_path / "ran"
    (files.root / place).mkdir(parents=True, exist_ok=True)
    (files.root / place / "own.md").write_text(article("هناك", id="own", slug="own"), encoding="utf-8")
    repository("-C", place, "init", "-q")
    repository("-C", place, "add", ".")
    repository("-C", place, "commit", "-q", "-m", "هناك")
    repository("-C", place, "config", "core.fsmonitor", f"sh -c 'touch {ran}'")
    repository("add", "content")  # as an earlier commit may have done
    git, before = Git(files.root, "content"), repository("rev-parse", "HEAD")
    for work in (git.state(), git.commit("نص", "", ""), git.pull(files), git.push()):
        with pytest.raises(Refused) as refused:
            asyncio.run(work)
        assert place in str(refused.value.message)
    assert repository("rev-parse", "HEAD") == before and not ran.exists()


def test_a_content_that_is_a_link_is_in_no_commit_and_that_is_told(
    files: Files, repository: Callable[..., str], tmp_path: Path
) -> None:
    (files.root / "content").rename(tmp_path / "elsewhere")
    (files.root / "content").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refused, match="content"):
        asyncio.run(Git(files.root, "content").state())


def test_what_git_warns_of_is_no_change(files: Files, repository: Callable[..., str]) -> None:
    other = files.root.with_name("other.git")
    repository("init", "-q", "--bare", str(other))
    repository("remote", "add", "origin", str(other))
    repository("push", "-q", "-u", "origin", "main")
    repository("tag", "HEAD")  # «refname 'HEAD' is ambiguous»
    saved(files, "ثان")
    state = asyncio.run(Git(files.root, "content").state())
    assert (state.ahead, state.behind, state.branch) == (0, 0, "main")
    assert [(one.path, one.kind) for one in state.changes] == [(A, "changed")]


def test_what_a_hook_leaves_running_is_not_waited_for(
    files: Files, repository: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It holds what git says open, and the desk told of a commit that it had failed."""
    hook = files.root / ".git/hooks/post-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho قيل\nsleep 40 &\n", encoding="utf-8")
    hook.chmod(0o755)
    monkeypatch.setattr(desk_git, "SECONDS", 20.0)
    saved(files, "ثان")
    asyncio.run(Git(files.root, "content").commit("رسالة", "", ""))
    assert repository("log", "-1", "--format=%s").strip() == "رسالة"


def test_what_is_saved_while_a_pull_brings_in_files_is_not_written_over(
    files: Files, repository: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git looks at all files before it replaces the first: a filter for large files makes seconds of that."""
    other, branch = files.root.parent / "other", repository("branch", "--show-current").strip()
    (files.root / ".gitattributes").write_text("*.bin filter=slow\n", encoding="utf-8")
    repository("add", ".gitattributes", "content")
    repository("commit", "-q", "-m", "أول")
    repository("clone", "-q", ".", str(other))
    (other / "content/0.bin").write_bytes(b"0")
    (other / A).write_text(article("من زميل", id="a", slug="a"), encoding="utf-8")
    repository("-C", str(other), "add", ".")
    repository("-C", str(other), "commit", "-q", "-m", "ثان")
    repository("remote", "add", "origin", str(other))
    repository("fetch", "-q")
    repository("branch", "-q", "--set-upstream-to", f"origin/{branch}")
    begun = files.root.parent / "begun"
    repository("config", "filter.slow.smudge", f"touch {begun}; sleep 2; cat")
    monkeypatch.setattr(desk_files, "LONGEST_HELD", 60.0)
    mark = mark_of(files.read(A))
    pulls = threading.Thread(target=lambda: asyncio.run(Git(files.root, "content").pull(files)))
    pulls.start()
    try:
        while not begun.exists():
            assert pulls.is_alive()
            time.sleep(0.01)
        with pytest.raises(Changed):
            files.save(A, article("عنواني", id="a", slug="a").encode(), mark)
    finally:
        pulls.join()
    assert "من زميل" in files.read(A).decode()


def test_git_that_takes_too_long_leaves_no_lock(
    files: Files, repository: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = files.root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntrap '' TERM\necho $$ >{files.root}/number\nexec sleep 60 >/dev/null 2>&1\n")
    hook.chmod(0o755)
    monkeypatch.setattr(desk_git, "SECONDS", 1.0)
    saved(files, "ثان")
    with pytest.raises(Refused):
        asyncio.run(Git(files.root, "content").commit("رسالة", "", ""))
    assert not list((files.root / ".git").glob("*.lock"))
    running = Path("/proc", (files.root / "number").read_text().strip(), "cmdline")
    for _ in range(50):  # the system may take a moment to end it
        if not running.exists() or not running.read_bytes():
            return
        time.sleep(0.1)
    raise AssertionError("the hook outlives its git")
