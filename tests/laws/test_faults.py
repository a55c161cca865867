"""Killed, starved and doubled builds: a reader sees the complete old site or the complete new one, and the next heals.

Builds here are processes of their own, started by the command line, so that they can be killed as a machine kills them.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psutil
import pytest

from mujaz.check.links import dead_links
from mujaz.output import staging
from tests.support.needs import missing, program
from tests.support.sites import CONFIG, NOW, Site, article
from tests.support.whole_site import FONTS, picture

pytestmark = pytest.mark.slow

BUILD = Path(__file__).parents[2] / "build.py"
STORIES = 160  # more than a worker reads or renders at a time
WORDS = "ميناء قطار محطة نهر جسر سوق عملة فريق مدرب كأس لقاح مختبر مناخ مسرح كتاب مطر".split()


def story(n: int, version: int) -> str:
    words = " ".join(WORDS[(n * k + k * k) % len(WORDS)] for k in range(1, 40))
    return article(
        f"خبر {WORDS[n % 16]} رقم {n}",
        id=f"s{n}",
        slug=f"s{n}",
        date=f"2021-{1 + n % 10:02}-{1 + n % 27:02} 10:00",
        section=("politics", "sport", "science")[n % 3],
        tags=f"[{WORDS[n % 7]}, {WORDS[n % 5]} كبير]",
        image="{src: p.png, alt: صورة}" if n % 20 == 0 else "",
        body=f"{words}.\n\nالصيغة {version if n % 10 == 0 else 0}، انظر [خبرا](s{(n * 7) % STORIES}.md).",
    )


def edition(version: int) -> dict[str, str | bytes]:
    """The whole content in one of its versions: every tenth story is another, one is there only in the second."""
    files: dict[str, str | bytes] = {f"content/s{n}.md": story(n, version) for n in range(STORIES)}
    files |= {"config.yaml": CONFIG + "pictures: {widths: [16]}\n", **FONTS, "content/p.png": picture(40, 30)}
    if version:
        files["content/extra.md"] = article("خبر زائد", id="extra", slug="extra", tags="[وسم زائد]")
    return files


def save(site: Site, version: int) -> None:
    """Save what an edit would: only files that differ, so that the cache stays worth something."""
    files = edition(version)
    for path in (site.root / "content").glob("*.md"):
        if f"content/{path.name}" not in files:
            path.unlink()
    site.write({name: text for name, text in files.items() if not _holds(site.root / name, text)})


def _holds(path: Path, text: str | bytes) -> bool:
    raw = text if isinstance(text, bytes) else text.encode()
    return path.is_file() and path.read_bytes() == raw


def start(site: Site, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(BUILD), "--site", str(site.root), "--now", NOW.isoformat(), *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


def finish(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, said = process.communicate(timeout=120)
    return process.returncode, said


@dataclass(frozen=True)
class Bed:
    """A site to break, and what its two versions look like when they are built in peace."""

    site: Site
    whole: tuple[dict[str, str], dict[str, str]]


@pytest.fixture(scope="module")
def bed(tmp_path_factory: pytest.TempPathFactory) -> Bed:
    whole = []
    for version in (0, 1):
        site = Site(tmp_path_factory.mktemp("whole")).write(edition(version))
        site.build(jobs=0)
        assert dead_links(site.root / "output", "https://example.org/news") == []
        whole.append(site.digest())
    broken = Site(tmp_path_factory.mktemp("broken")).write(edition(0))
    broken.build(jobs=0)
    return Bed(site=broken, whole=(whole[0], whole[1]))


# ---------------------------------------------------------------- kill -9


def taken(site: Site) -> float:
    """Wall seconds of a build from its start."""
    begun = time.perf_counter()
    code, said = finish(start(site))
    assert code == 0, said
    return time.perf_counter() - begun


def kill(process: subprocess.Popen[str], n: int, chance: random.Random) -> None:
    """Kill a build: with all its workers, alone by one signal or another, or one of its workers alone."""
    victims = psutil.Process(process.pid).children(recursive=True) if n % 3 == 2 else []
    if n % 3 == 0 or (n % 3 == 2 and not victims):
        os.killpg(process.pid, signal.SIGKILL)
    elif n % 3 == 1:
        process.send_signal(chance.choice((signal.SIGKILL, signal.SIGTERM, signal.SIGHUP)))
    else:
        with contextlib.suppress(psutil.NoSuchProcess):
            chance.choice(victims).kill()


def left_of(process: subprocess.Popen[str]) -> list[str]:
    """What still runs of a build that has ended, some seconds later."""
    end = time.monotonic() + 10
    while True:
        alive = []
        for one in psutil.process_iter(["pid", "status"]):
            with contextlib.suppress(psutil.NoSuchProcess, ProcessLookupError):
                if os.getpgid(one.pid) == process.pid and one.status() != psutil.STATUS_ZOMBIE:
                    alive.append(str(one))
        if not alive or time.monotonic() > end:
            return alive
        time.sleep(0.1)


def kill_at_random(bed: Bed, kills: int, chance: random.Random) -> dict[str, int]:
    """Kill so many builds, each at a moment of its own; what was seen afterwards, by its name."""
    seen = {"old": 0, "new": 0, "mixed": 0, "not healed": 0, "ended before the kill": 0, "left processes": 0}
    site, version = bed.site, 0
    save(site, version)
    shutil.rmtree(site.root / ".mujaz", ignore_errors=True)
    cold = taken(site)
    save(site, 1)
    warm = taken(site)
    version = 1
    n = 0
    while n < kills:
        old, new = bed.whole[version], bed.whole[1 - version]
        save(site, 1 - version)
        whole = n % 4 == 0
        if whole:
            shutil.rmtree(site.root / ".mujaz")
        process = start(site, "--jobs", "3")
        try:
            process.wait(chance.random() * (cold if whole else warm))
            seen["ended before the kill"] += 1
        except subprocess.TimeoutExpired:
            kill(process, n, chance)
            n += 1
        finish(process)
        seen["left processes"] += bool(left_of(process))
        after = site.digest()
        seen["old" if after == old else "new" if after == new else "mixed"] += 1
        site.build(jobs=0)
        seen["not healed"] += site.digest() != new
        version = 1 - version
    return seen


def test_no_worker_outlives_a_build_that_is_killed_alone(bed: Bed) -> None:
    """Its workers hold neither the lock nor a place in memory: the next build runs at once."""
    for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP):
        shutil.rmtree(bed.site.root / ".mujaz", ignore_errors=True)
        process = start(bed.site, "--jobs", "3")
        while process.poll() is None and len(psutil.Process(process.pid).children()) < 2:
            time.sleep(0.01)
        assert process.poll() is None, "the build ended before it had workers"
        process.send_signal(number)
        finish(process)
        assert left_of(process) == [], number
        code, said = finish(start(bed.site))
        assert code == 0, said


def test_a_build_that_is_killed_at_any_moment_leaves_the_old_site_or_the_new_one(bed: Bed) -> None:
    seen = kill_at_random(bed, 8, random.Random(20))
    assert seen["mixed"] == seen["not healed"] == seen["left processes"] == 0, seen
    assert seen["old"] >= 2, seen


@pytest.mark.long
def test_a_hundred_kills(bed: Bed) -> None:
    seed = random.randrange(10**6)
    seen = kill_at_random(bed, 100, random.Random(seed))
    print(f"\n100 kills (seed {seed}): {seen}")
    assert seen["mixed"] == seen["not healed"] == seen["left processes"] == 0, (seed, seen)
    assert seen["old"] >= 20, seen


# ---------------------------------------------------------------- readers while builds go on

READER = """
import hashlib, http.client, json, sys
from pathlib import Path
port, stop, known = int(sys.argv[1]), Path(sys.argv[2]), json.loads(Path(sys.argv[3]).read_text())
asked, bad = 0, []
connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
while not stop.exists():
    for page, digests in known.items():
        connection.request("GET", "/" + page)
        answer = connection.getresponse()
        body = answer.read()
        asked += 1
        if answer.status != 200 or hashlib.blake2b(body).hexdigest() not in digests:
            bad.append(f"{page}: {answer.status}, {len(body)} bytes")
print(json.dumps([asked, bad[:20]]))
"""
NGINX = """
daemon off; master_process off; pid {home}/pid; error_log {home}/log;
events {{ worker_connections 64; }}
http {{
  access_log off; client_body_temp_path {home}/a; proxy_temp_path {home}/b; fastcgi_temp_path {home}/c;
  uwsgi_temp_path {home}/d; scgi_temp_path {home}/e; keepalive_requests 1000000;
  server {{ listen 127.0.0.1:{port}; root {output}; }}
}}
"""


@contextlib.contextmanager
def served_by_nginx(output: Path, home: Path) -> Iterator[int]:
    """The port on which nginx serves `output`."""
    nginx = program("nginx")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home.mkdir()
    (home / "conf").write_text(NGINX.format(home=home, port=port, output=output))
    process = subprocess.Popen([nginx, "-c", str(home / "conf")], stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()


@pytest.mark.alone  # the reader must find time to ask often while the builds run
def test_a_reader_never_meets_a_missing_or_torn_file_while_fifty_builds_commit(
    make_site: Callable[..., Site], tmp_path: Path
) -> None:
    files = {name: text for name, text in edition(0).items() if not name.endswith(".md")}
    stories = {f"content/{n}.md": article(f"خبر {n}", slug=f"s{n}", body=f"متن {n}.") for n in range(3)}
    changed = {f"content/{n}.md": article(f"خبر {n}", slug=f"s{n}", body=f"متن آخر {n}.") for n in range(3)}
    site = make_site({**files, **stories})
    digests = []
    for version in (stories, changed):
        site.write(version).build()
        digests.append(site.digest())
    pages = [path for path in digests[0] if path.endswith((".html", ".xml")) and path in digests[1]]
    known = {quote(path): [digests[0][path], digests[1][path]] for path in pages if "s/" not in path}
    (tmp_path / "known.json").write_text(json.dumps(known))
    with served_by_nginx(site.root / "output", tmp_path / "nginx") as port:
        command = [sys.executable, "-c", READER, str(port), str(tmp_path / "stop"), str(tmp_path / "known.json")]
        reader = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        for n in range(50):
            report = site.write(stories if n % 2 == 0 else changed).build()
            assert len(report.written) >= 3
        (tmp_path / "stop").touch()
        asked, bad = json.loads(reader.communicate(timeout=60)[0])
    assert bad == []
    assert asked > 500


@pytest.mark.needs("a system that exchanges two folders at once")
def test_a_commit_is_one_exchange_of_folders(make_site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """Renaming one folder away and another to its place would leave a moment without a site."""
    site = small_site(make_site().root)
    renamed: list[object] = []
    monkeypatch.setattr(staging.os, "rename", lambda *names: renamed.append(names))
    site.write({"content/s1.md": article("خبر آخر", slug="s1")}).build()
    assert renamed == []
    assert "خبر آخر" in site.read("2021/10/18/s1/index.html")


# ---------------------------------------------------------------- disks that are full or cannot be written

SMALL = 12  # stories on a small disk


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 8 MB of its own, where the system lets us make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run([program("mount"), "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder], capture_output=True)
    if made.returncode:
        missing("the right to mount a small disk")
    yield folder
    subprocess.run([program("umount"), "-l", folder], check=True)


def small_site(folder: Path) -> Site:
    stories = {f"content/s{n}.md": article(f"خبر {n}", slug=f"s{n}", body="متن الخبر. " * 40) for n in range(SMALL)}
    site = Site(folder).write({"config.yaml": CONFIG, **FONTS, **stories})
    site.build()
    return site


@pytest.mark.parametrize("left", [0, 4, 16, 64, 128, 256, 400])
def test_on_a_full_disk_the_old_site_stays_and_the_next_build_heals(left: int, disk: Path, tmp_path: Path) -> None:
    """`left` kilobytes are free: the build meets the end of the disk in another of its steps."""
    site = small_site(disk / "site")
    old = site.digest()
    for n in range(SMALL):
        site.write({f"content/s{n}.md": article(f"خبر {n}", slug=f"s{n}", body="متن آخر للخبر. " * 800)})
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    (disk / "filler").write_bytes(b"x" * max(0, free - left * 1024))
    code, said = finish(start(site, "--jobs", "2"))
    assert code == 1, said
    assert "Traceback" not in said and "nothing was written" in said
    assert site.digest() == old
    (disk / "filler").unlink()
    site.build()
    in_peace = Site(tmp_path / "peace")
    shutil.copytree(site.root, in_peace.root, ignore=shutil.ignore_patterns("output", ".mujaz"))
    in_peace.build()
    assert site.digest() == in_peace.digest() != old


@pytest.fixture
def sealed(disk: Path, tmp_path: Path) -> Iterator[Path]:
    """The same disk at another place, where nothing can be written.

    A mount of its own is never busy, while a disk on which anybody holds a file open cannot be made read-only.
    """
    view = tmp_path / "sealed"
    view.mkdir()
    subprocess.run([program("mount"), "--bind", disk, view], check=True)
    try:
        subprocess.run([program("mount"), "-o", "remount,bind,ro", view], check=True)
        yield view
    finally:
        subprocess.run([program("umount"), "-l", view], check=True)


def test_on_a_disk_that_cannot_be_written_a_build_says_so(disk: Path, sealed: Path) -> None:
    site = small_site(disk / "site")
    old = site.digest()
    site.write({"content/s1.md": article("خبر آخر", slug="s1")})
    code, said = finish(start(Site(sealed / "site")))
    assert (code, "Read-only file system" in said, "Traceback" in said) == (1, True, False), said
    assert site.digest() == old
    site.build()
    assert "خبر آخر" in site.read("2021/10/18/s1/index.html")


def test_an_output_on_a_disk_that_cannot_be_written_stays_as_it_is(
    disk: Path, sealed: Path, make_site: Callable[..., Site]
) -> None:
    """The site's own folder can be written, the output cannot."""
    site = make_site({"config.yaml": CONFIG, **FONTS, "content/a.md": article(slug="a")})
    site.build(output=disk / "www")
    page = disk / "www/2021/10/18/a/index.html"
    before = page.read_bytes()
    site.write({"content/a.md": article("خبر آخر", slug="a")})
    code, said = finish(start(site, "--output", str(sealed / "www")))
    assert (code, "Read-only file system" in said, "Traceback" in said) == (1, True, False), said
    assert page.read_bytes() == before
    site.build(output=disk / "www")
    assert "خبر آخر" in page.read_text(encoding="utf-8")


# ---------------------------------------------------------------- two at once


def test_of_builds_started_at_once_each_builds_or_says_that_another_does(make_site: Callable[..., Site]) -> None:
    site = make_site({"config.yaml": CONFIG, **FONTS, "content/a.md": article(slug="a")})
    site.build()
    wanted = site.write({"content/b.md": article("خبر ثان", slug="b")})
    endings = [finish(process) for process in [start(site) for _ in range(4)]]
    assert {code for code, _ in endings} <= {0, 3} and 0 in {code for code, _ in endings}
    assert all("another build of this site is running" in said for code, said in endings if code == 3)
    assert "خبر ثان" in wanted.read("2021/10/18/b/index.html")
