"""What file systems, shells and other runs hand to a run of ours: odd times and inodes, closed streams, full disks."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.requests import Request
from starlette.responses import Response

from mujaz.build.request import BuildRequest
from mujaz.cli import cli
from mujaz.commands.hosts import door_of, shown_host
from mujaz.content import scan as scanning
from mujaz.files.stamps import digest_of_stamps, folder_stamp, stamp
from mujaz.messages.errors import LockedError, SiteError
from mujaz.output.lock import lock, lock_folder
from mujaz.serve import build_process
from mujaz.serve import guard as guarding
from mujaz.serve import server as servers
from tests.support.cli_process import BUILD
from tests.support.needs import program
from tests.support.sites import NOW, Site, article
from tests.support.whole_site import FONTS

MakeSite = Callable[..., Site]
LATE = 10_413_792_000_000_000_000  # the year 2300, in nanoseconds: more than fit into 63 bits
NOT_UTF8 = os.fsdecode(b"content/\xff\xfe")


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    return make_site({**FONTS, "content/a.md": article("خبر", id="a", slug="a"), "content/b.csv": "x"})


def test_a_python_that_trusts_no_folder_finds_the_program(tmp_path: Path) -> None:
    """`python -P` leaves out the folder of the script, and all ended in a traceback."""
    command = [sys.executable, "-P", str(BUILD), "--version"]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 0 and ended.stderr == ""


# ---------------------------------------------------------------- file systems


def test_a_file_of_the_year_2300_costs_nothing(site: Site) -> None:
    """An archive or a camera may say so. The next build ended in a traceback, and each after it."""
    site.build()
    for name in ("content/a.md", "content/b.csv", "content", "output/index.html", "output", "output/s"):
        os.utime(site.root / name, ns=(LATE, LATE))
        if (site.root / name).stat().st_mtime_ns != LATE:
            pytest.skip("the disk holds no such time")
        site.build()
        assert site.build().written == ()
    site.write({"content/a.md": article("خبر آخر", id="a", slug="a")})
    os.utime(site.root / "content/a.md", ns=(LATE + 1, LATE + 1))
    assert "2021/10/18/a/index.html" in site.build().written
    assert site.digest() == site.cold(site.root.with_name("cold"))


@pytest.mark.parametrize("name", ["content/a.md", "content/b.csv"])
def test_a_file_that_may_no_longer_be_read_stops_a_build_as_it_stops_a_cold_one(
    name: str, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.build()
    site.build()
    (site.root / name).chmod(0)
    read = scanning._bytes

    def refused(root: Path, path: str, mark: Any) -> bytes:
        if not (root / path).stat().st_mode & 0o444:  # root may read it all the same
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(root / path))
        return read(root, path, mark)

    monkeypatch.setattr(scanning, "_bytes", refused)
    with pytest.raises((SiteError, PermissionError)):
        site.build()
    (site.root / name).chmod(0o644)
    assert site.build().written == ()


@pytest.mark.parametrize("place", ["content", "content/sub", "content/a.md"])
@pytest.mark.parametrize("verb", ["build", "check"])
def test_what_may_not_be_read_is_told_with_help(site: Site, place: str, verb: str) -> None:
    """Some of it came as the words of the system, of a file that nobody has: content/config.yaml."""
    site.write({"content/sub/b.md": article("خبر آخر", id="b", slug="b")})
    path = site.root / place
    command = [sys.executable, str(BUILD), verb, "--lang", "en"]
    if os.geteuid() == 0:  # who may read all, unless that is taken away
        rights = ["--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]
        command = [program("setpriv"), *rights, *command]
    path.chmod(0)
    ended = subprocess.run(command, cwd=site.root, capture_output=True, text=True, check=False)
    path.chmod(0o755)
    said = ended.stdout + ended.stderr
    assert ended.returncode == 1 and "Traceback" not in said and "config.yaml" not in said, said
    assert f"{place}: the " in said and "help: give the user who builds the right to read it" in said, said


def test_a_path_that_is_too_long_for_sqlite_is_told_as_one(make_site: MakeSite, tmp_path: Path) -> None:
    """«Input/output error» sent one to look for a broken disk. In Arabic 250 letters are enough."""
    folder = tmp_path.joinpath(*["ق" * 100] * 3)
    folder.mkdir(parents=True)
    command = [sys.executable, str(BUILD), "--lang", "en", "--cache", str(folder)]
    root = make_site({**FONTS, "content/a.md": article("خبر", id="a", slug="a")}).root
    ended = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert ended.returncode == 1 and ended.stderr.endswith("cache.sqlite: File name too long; nothing was written\n")


def test_an_inode_that_is_a_hash_has_a_stamp() -> None:
    """mergerfs, sshfs and others give numbers of 64 bits."""
    status: Any = SimpleNamespace(st_mtime_ns=LATE, st_size=1, st_ino=(1 << 64) - 1, st_mode=0o755, st_uid=0, st_gid=0)
    other: Any = SimpleNamespace(**{**vars(status), "st_ino": (1 << 64) - 2})
    for make in (stamp, folder_stamp):
        assert make(status) != make(other)
        assert digest_of_stamps([("a", make(status))]) != digest_of_stamps([("a", make(other))])


def test_a_new_article_is_there_whole_or_not_at_all(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk an empty file was left, which the next build refused."""

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    ended = CliRunner().invoke(cli, ["new", "خبر جديد", "--slug", "new", "--site", str(site.root)])
    assert isinstance(ended.exception, OSError)
    assert {path.name for path in (site.root / "content").rglob("*") if path.is_file()} == {"a.md", "b.csv"}


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOSYS, errno.EACCES, errno.ENOTSUP])
def test_a_disk_without_hard_links_gets_new_articles_too(
    number: int, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **more: object) -> None:
        raise OSError(number, "not here")

    monkeypatch.setattr("os.link", refused)
    words = ["new", "خبر جديد", "--slug", "new", "--date", "2021-10-18 14:00", "--site", str(site.root)]
    assert CliRunner().invoke(cli, words).exit_code == 0
    text = (site.root / "content/2021/10/new.md").read_text(encoding="utf-8")
    assert text.startswith("---\n") and not list((site.root / "content/2021/10").glob(".*"))
    assert "is there already" in str(CliRunner().invoke(cli, words).exception)
    assert (site.root / "content/2021/10/new.md").read_text(encoding="utf-8") == text


def test_a_site_may_lie_in_a_folder_whose_name_is_not_utf_8(site: Site) -> None:
    other = Site(site.root.parent / os.fsdecode(b"\xff"))
    shutil.copytree(site.root, other.root)
    other.write({"layouts/assets/own.css": "a {}"})
    other.build()
    (other.root / "layouts" / os.fsdecode(b"\xff.html")).write_text("x")
    assert other.problems()[0].startswith("layouts/�.html: the file's name is not UTF-8")


# ---------------------------------------------------------------- a server that goes on


def test_a_folder_that_cannot_be_read_can_be_told_whatever_its_name(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.scandir

    def refused(path: Any) -> Any:
        if os.fspath(path).endswith(NOT_UTF8):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return real(path)

    (site.root / NOT_UTF8).mkdir()
    monkeypatch.setattr(scanning.os, "scandir", refused)
    (problem,) = scanning.scan(site.root, "content", {}).problems
    assert str(problem).startswith("'content/\\udcff\\udcfe': the folder cannot be read") and problem.path.isascii()


def test_a_build_that_stops_at_a_name_that_is_not_utf_8_is_an_answer(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process that stands by ended with it, and the server never built again."""

    def stopped(request: BuildRequest) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", f"{NOT_UTF8}\x1b[2J")

    async def asked() -> list[str]:
        standing_by = build_process.start(lambda: BuildRequest(root=site.root, now=NOW, jobs=1))
        try:
            return [str((await asyncio.wait_for(standing_by.build(), 60)).trouble) for _ in range(2)]
        finally:
            standing_by.close()
            await asyncio.sleep(0)

    monkeypatch.setattr("mujaz.build.entry.build", stopped)
    assert asyncio.run(asked()) == ["content/\\udcff\\udcfe\\u001b[2J: Permission denied"] * 2


# ---------------------------------------------------------------- shells


@pytest.mark.needs("sh")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_run_whose_streams_are_closed_ends_as_others_do(site: Site, closed: str) -> None:
    def ran(*words: str) -> subprocess.CompletedProcess[str]:
        command = [program("sh"), "-c", f'exec "$@" {closed}', "sh", sys.executable, str(BUILD), *words]
        return subprocess.run(command, cwd=site.root, capture_output=True, text=True, timeout=60, check=False)

    built = ran("--now", NOW.isoformat(), "--jobs", "1")
    assert (built.returncode, built.stderr) == (0, "") and (site.root / "output/index.html").is_file()
    assert ran("new", "خبر", "--slug", "a/b").returncode == 2


@pytest.mark.parametrize("encoding", ["latin-1", "cp1256", "utf-8:strict"])
def test_what_is_said_and_typed_is_utf_8_and_ends_in_no_traceback(tmp_path: Path, encoding: str) -> None:
    ended = subprocess.run(
        [sys.executable, str(BUILD), "init", "paper", "--lang", "ar"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        input="المر\udcffفأ\n\n\n\n\n".encode(errors="surrogateescape"),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0 and "اسم الصحيفة" in ended.stderr.decode() and "paper" in ended.stdout.decode()
    assert "title: المر\\xffفأ" in (tmp_path / "paper/config.yaml").read_text(encoding="utf-8")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_what_cannot_be_printed_denies_nothing_that_was_done(site: Site, unbuffered: str) -> None:
    with open("/dev/full", "w") as full:
        command = [sys.executable, str(BUILD), "--now", NOW.isoformat(), "--jobs", "1", "--lang", "en"]
        given = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
        ended = subprocess.run(
            command, cwd=site.root, env=given, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False
        )
    assert ended.returncode == 1 and (site.root / "output/index.html").is_file()
    assert ended.stderr == "build.py: not all could be printed: No space left on device\n"


@pytest.mark.parametrize("verb", ["desk", "serve"])
def test_a_password_that_is_no_text_is_refused(site: Site, verb: str) -> None:
    """Each try to log in ended in a traceback."""
    command = [sys.executable, str(BUILD), verb, "--port", "0", "--host", "0.0.0.0"]
    given = {**os.environ, "MUJAZ_PASSWORD": os.fsdecode(b"long enough \xff\xfe")}
    ended = subprocess.run(command, cwd=site.root, env=given, capture_output=True, text=True, timeout=30, check=False)
    assert ended.returncode == 2 and "$MUJAZ_PASSWORD" in ended.stderr


@pytest.mark.parametrize(
    ("host", "shown"),
    [("127.0.0.1", "localhost"), ("127.0.0.2", "127.0.0.2"), ("0:0:0:0:0:0:0:1", "[::1]"), ("0.0.0.0", "localhost")],
)
def test_the_address_that_is_shown_leads_to_the_server(host: str, shown: str) -> None:
    """On 127.0.0.2 nothing listens to localhost, and a browser writes a long address of IPv6 in short."""
    assert shown_host(host) == shown
    if host != "0.0.0.0":  # which asks for a password
        assert door_of(host, None, "ar").knows(f"{shown}:8000")


@pytest.mark.parametrize("words", [(), ("--from", "feed"), ("--from", "wordpress")])
def test_an_import_waits_for_no_pipe(site: Site, words: tuple[str, ...]) -> None:
    os.mkfifo(site.root / "pipe.xml")
    command = [sys.executable, str(BUILD), "import", "pipe.xml", *words]
    ended = subprocess.run(command, cwd=site.root, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 2 and "a pipe or a device" in ended.stderr


# ---------------------------------------------------------------- connections


def test_those_who_connect_and_say_nothing_keep_nobody_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They took every open file of the desk, which then printed a hundred thousand lines a second."""
    monkeypatch.setattr(servers, "MOST_OF_ONE", 3)
    monkeypatch.setattr(servers, "SILENT_SECONDS", 0.5)
    (tmp_path / "index.html").write_text("here")

    async def connected(port: int, address: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))

    async def attack() -> tuple[bytes, list[bytes]]:
        line = servers.listen(0)
        port = line.getsockname()[1]
        server = servers.Server(servers.application(tmp_path, ""))
        serving = asyncio.create_task(server.serve(sockets=[line]))
        silent = [await connected(port, "127.0.0.2") for _ in range(5)]
        at_once = [asyncio.create_task(reader.read()) for reader, _ in silent]
        await asyncio.wait(at_once[3:], timeout=20)  # more than one address may have
        assert not any(task.done() for task in at_once[:3])
        reader, writer = await connected(port, "127.0.0.1")
        writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        answer = await asyncio.wait_for(reader.readuntil(b"here"), 20)
        ended = await asyncio.wait_for(asyncio.gather(*at_once, return_exceptions=True), 20)
        for _, other in (*silent, (reader, writer)):
            other.close()
        server.should_exit = True
        await serving
        return answer, [end for end in ended if isinstance(end, bytes) and end]

    answer, said = asyncio.run(attack())
    assert answer.startswith(b"HTTP/1.1 200") and not said


def asked_at_once(app: servers.ASGIApp, ask: Callable[[int, Any], Awaitable[Any]], *ways: Any) -> list[Any]:
    """What each `ask(port, way)` gets of a server of `app`, all at the same time."""

    async def all_ways() -> list[Any]:
        line = servers.listen(0)
        server = servers.Server(app)
        serving = asyncio.create_task(server.serve(sockets=[line]))
        got = await asyncio.gather(*(ask(line.getsockname()[1], way) for way in ways))
        server.should_exit = True
        await serving
        return got

    return asyncio.run(all_ways())


def test_a_request_of_which_no_more_comes_ends_and_a_slow_one_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """A phone that went out of reach while it sent a picture kept its place for ever; one in a lift comes back."""
    monkeypatch.setattr(servers, "SILENT_SECONDS", 0.4)

    async def counted(scope: Any, receive: Any, send: Any) -> None:
        body = await Request(scope, receive).body()
        await Response(str(len(body)))(scope, receive, send)

    async def ask(port: int, pauses: list[float]) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 9\r\n\r\n")
        for pause in pauses:
            writer.write(b"x")
            await asyncio.sleep(pause)
        said = await asyncio.wait_for(reader.read(), 20)
        writer.close()
        return said

    none, half, whole = asked_at_once(counted, ask, [], [0.2] * 5, [*[0.2] * 4, 0.9, *[0.2] * 4])
    assert not none and not half and whole.endswith(b"\r\n\r\n9")


def test_an_answer_that_nobody_takes_ends_and_one_that_is_taken_slowly_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Who asked for a large page and read nothing of it kept a place for ever, and a hundred of them all."""
    monkeypatch.setattr(servers, "SILENT_SECONDS", 0.2)
    body = bytes(8_000_000)

    async def large(scope: Any, receive: Any, send: Any) -> None:
        await Response(body)(scope, receive, send)

    async def ask(port: int, takes: bool) -> int:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 16)
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        got = 0
        if not takes:
            await asyncio.sleep(3)
        while got < len(body) and (read := await asyncio.wait_for(reader.read(1 << 18), 20)):
            got += len(read)
            await asyncio.sleep(0.1 if takes else 0)
        writer.close()
        return got

    slow, cut = asked_at_once(large, ask, True, False)
    assert slow >= len(body) > cut


def test_no_cookie_of_a_stranger_is_unquoted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python before 3.11.10 takes half a minute to do that with one of 60,000 letters, and all others wait."""
    statuses: list[int] = []

    def slow(text: str) -> None:
        pytest.fail("a time that grows with the square")

    monkeypatch.setattr("starlette.requests.cookie_parser", slow)

    async def send(message: Any) -> None:
        statuses.extend([message["status"]] if "status" in message else [])

    headers = [(b"host", b"localhost"), (b"cookie", b'a="' + b"\\0" * 30_000 + b'"')]
    scope = {"type": "http", "method": "GET", "path": "/", "headers": headers, "query_string": b""}
    guard = guarding.Guard(servers.application(Path(), ""), guarding.Door(password="a long password"))
    asyncio.run(guard(scope, lambda: asyncio.sleep(60), send))  # type: ignore[arg-type, return-value]
    assert statuses == [303]


def test_a_password_that_does_not_come_to_its_end_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarding, "SLOWEST_LOGIN", 0.1)
    statuses: list[int] = []

    async def receive() -> Any:
        await asyncio.sleep(60)

    async def send(message: Any) -> None:
        statuses.extend([message["status"]] if "status" in message else [])

    headers = [(b"host", b"localhost"), (b"origin", b"http://localhost"), (b"content-length", b"20")]
    scope = {"type": "http", "method": "POST", "path": guarding.LOGIN, "headers": headers, "query_string": b""}
    guard = guarding.Guard(servers.application(Path(), ""), guarding.Door(password="a long password"))
    asyncio.run(asyncio.wait_for(guard(scope, receive, send), 20))
    assert statuses == [408]


# ---------------------------------------------------------------- two runs at once


def test_clean_waits_for_no_build_and_disturbs_none(site: Site) -> None:
    """A build with a cache of its own writes there."""
    site.build()
    before = site.digest()
    with lock_folder(site.root / "output"):
        ended = CliRunner().invoke(cli, ["clean", "--site", str(site.root)])
    assert isinstance(ended.exception, LockedError)
    assert site.digest() == before and (site.root / ".mujaz").is_dir()
    assert CliRunner().invoke(cli, ["clean", "--site", str(site.root)]).exit_code == 0
    assert not (site.root / "output").exists()


def test_a_desk_waits_for_the_build_of_another(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two desks of one site build into one folder: the second said until its next save that a build is running."""
    monkeypatch.setattr("signal.signal", lambda *_: None)
    request = BuildRequest(root=site.root, now=NOW, jobs=1)
    with contextlib.ExitStack() as held:
        held.enter_context(lock(request.home / "lock"))
        monkeypatch.setattr("mujaz.serve.build_process.time.sleep", lambda _: held.close())
        assert build_process._answer(request).built


def test_clean_that_cannot_look_at_the_output_has_removed_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.build()

    def refused(root: Path) -> Iterator[Any]:
        raise PermissionError(errno.EACCES, "Permission denied", str(root))

    monkeypatch.setattr("mujaz.files.stamps.files", refused)
    ended = CliRunner().invoke(cli, ["clean", "--site", str(site.root)])
    assert isinstance(ended.exception, PermissionError) and not ended.output
    assert (site.root / ".mujaz/lock").is_file()


def test_a_deploy_during_which_the_site_is_built_says_so(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lists that it sent named a story that it did not send."""
    program("rsync")
    site.build()
    target = tmp_path / "www"
    target.mkdir()
    real = subprocess.run

    def run(command: Any, **more: Any) -> Any:
        ended = real(command, **more)
        if "--ignore-existing" in command and not (site.root / "content/b.md").exists():
            site.write({"content/b.md": article("خبر ثان", id="b", slug="b")})
            site.build()
        return ended

    monkeypatch.setattr("mujaz.commands.deploy.subprocess.run", run)
    words = ["deploy", "--go", str(target), "--site", str(site.root)]
    ended = CliRunner().invoke(cli, words)
    assert isinstance(ended.exception, LockedError) and "built again" in str(ended.exception)
    ended = CliRunner().invoke(cli, words)
    assert ended.exit_code == 0 and (target / "2021/10/18/b/index.html").is_file()
