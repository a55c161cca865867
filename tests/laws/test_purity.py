"""Law 1: one site and one `now` give the same bytes, wherever, whenever and however they are built."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from tests.laws.test_incremental import PICTURES
from tests.support.needs import missing, program
from tests.support.sites import CONFIG, Site, article

pytestmark = pytest.mark.slow

BUILD = Path(__file__).parents[2] / "build.py"
NOW = "2021-10-20T12:00:00+03:00"
MAY_PASS = ("PATH", "HOME", "LD_LIBRARY_PATH")  # what a Python started by a test may need of this one's surroundings


def files() -> dict[str, str | bytes]:
    """A site in which order could come from anywhere: tags, authors, equal times, equal counts, related stories."""
    words = "ميناء قطار محطة نهر جسر سوق عملة فريق مدرب كأس".split()
    found: dict[str, str | bytes] = {
        "config.yaml": CONFIG.replace("search: false", "search: true") + "pictures: {widths: [16]}\n",
        "content/pages/about.md": "---\ntitle: من نحن\n---\n\nنحن.\n",
        "content/2021/port.png": PICTURES[0],
        "layouts/assets/naskh.woff2": "خط",  # cutting the real ones takes a second
        "layouts/assets/plex-bold.woff2": "خط",
        "layouts/static/CNAME": "example.org\n",
    }
    for n in range(36):
        body = " ".join(words[(n * k + k) % 10] for k in range(1, 30)) + ".\n\n![ميناء](../2021/port.png)"
        found[f"content/2021/{n}.md"] = article(
            f"خبر {words[n % 10]} و{words[n // 4]}",
            slug=f"story-{n}",
            body=body,
            date=f"2021-10-{17 + n % 3} 14:00",
            section=("politics", "sport", "science")[n % 3],
            tags=f"[{words[n % 7]}, {words[n % 5]} كبير, BBC{'' if n % 2 else ' '}]",
            authors=f"[{words[n % 6]}]",
            series=words[n % 2] if n % 4 == 0 else "",
            image="{src: port.png, alt: ميناء}" if n % 3 == 0 else "",
        )
    return found


def run(site: Site, *options: str, environment: Mapping[str, str] | None = None, now: str | None = NOW) -> Site:
    """Build by the command line, in an interpreter of its own that sees no surroundings but those given."""
    passed = {name: os.environ[name] for name in MAY_PASS if name in os.environ}
    moment = ("--now", now) if now else ()
    command = [sys.executable, str(BUILD), "--site", str(site.root), *moment, *options]
    result = subprocess.run(
        command, cwd=site.root, env={**passed, **(environment or {})}, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr
    return site


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the site is when it is built in the plainest way."""
    site = Site(tmp_path_factory.mktemp("plain")).write(files())
    return run(site, "--jobs", "1").digest()


# (options, environment). Each moves several things at once: a build takes a second.
SURROUNDINGS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "west, Turkish, two workers, a hash seed": (
        ("--jobs", "2"),
        {"TZ": "America/New_York", "LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr", "PYTHONHASHSEED": "1"},
    ),
    "a day ahead, C locale, three workers, another hash seed": (
        ("--jobs", "3"),
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "4242"},
    ),
    "Arabic, no fork, optimised, an epoch that --now overrules": (
        ("--jobs", "3"),
        {"LC_ALL": "ar_EG.UTF-8", "MUJAZ_NO_FORK": "1", "PYTHONOPTIMIZE": "1", "SOURCE_DATE_EPOCH": "0"},
    ),
    "a locale whose letters are ASCII": (
        ("--jobs", "1"),
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONHASHSEED": "7"},
    ),
}


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_surroundings_do_not_move_a_byte(name: str, wanted: dict[str, str], make_site: Callable[..., Site]) -> None:
    options, environment = SURROUNDINGS[name]
    assert run(make_site(files()), *options, environment=environment).digest() == wanted


def test_folder_order_and_times_of_the_files_do_not_move_a_byte(wanted: dict[str, str], tmp_path: Path) -> None:
    """A folder lists its files in an order of its own, often that of their making; a checkout makes mtimes anew."""
    site = Site(tmp_path / "موقع الأخبار" / "a b" / "content" / "عدد'1").write(dict(reversed(files().items())))
    for n, path in enumerate(sorted(site.root.rglob("*"))):
        os.utime(path, (n * 1e6, n * 1e6))
    assert run(site, "--jobs", "1").digest() == wanted


def test_another_user_with_another_mask_moves_no_byte(wanted: dict[str, str], make_site: Callable[..., Site]) -> None:
    """A user without a home, a name or any right beyond the own files, in a name space of users."""
    user = [program("unshare"), "--user", "--map-user=1234", "--map-group=1234"]
    if subprocess.run([*user, "true"], capture_output=True).returncode:
        missing("the right to become another user")
    site = make_site(files())
    command = [*user, sys.executable, str(BUILD), "--site", str(site.root), "--now", NOW, "--jobs", "2"]
    surroundings = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "USER": "nobody"}
    result = subprocess.run(command, env=surroundings, umask=0o077, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert site.digest() == wanted


def test_source_date_epoch_is_the_clock(make_site: Callable[..., Site]) -> None:
    """1634634000 is 2021-10-19 12:00 in Qatar: stories of 14:00 that day are held."""
    by_epoch = run(make_site(files()), environment={"SOURCE_DATE_EPOCH": "1634634000"}, now=None)
    by_option = run(make_site(files()), now="2021-10-19T12:00:00+03:00")
    assert by_epoch.digest() == by_option.digest()
    assert "2021/10/18/story-1/index.html" in by_epoch.paths()
    assert not any(path.startswith("2021/10/19/") for path in by_epoch.paths())


def test_the_clock_itself_is_in_no_file(make_site: Callable[..., Site]) -> None:
    """Two builds by the real clock, seconds apart, each cold; the stories are all long published."""
    one, other = run(make_site(files()), now=None), run(make_site(files()), now=None)
    made = [(site.root / "output" / "index.html").stat().st_mtime_ns for site in (one, other)]
    assert made[1] - made[0] > 10**9 / 4, "the builds did not happen at two times"
    assert one.digest() == other.digest()
    year = str(date.today().year)
    assert all(year not in one.read(path) for path in ("index.html", "feed.xml", "atom.xml", "sitemap.xml"))
