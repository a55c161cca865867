"""What others left in the output and in the site's folder, and what `deploy`, `edition`, `clean` and others do then."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mujaz.output.manifest import MANIFEST
from tests.support.needs import program
from tests.support.sites import CONFIG, REPOSITORY, Site, article
from tests.support.whole_site import FONTS

MakeSite = Callable[..., Site]
SETTINGS = CONFIG + "editions: {email: true}\n"
DAY = "2021/10/18"


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    made = make_site({**FONTS, "config.yaml": SETTINGS, "content/a.md": article("خبر", id="a", slug="a")})
    made.build()
    return made


def run(site: Site, *words: str, seconds: float = 60) -> tuple[int, str]:
    """The exit code and what was said; neither a traceback nor a verb that does not end."""
    command = [sys.executable, str(REPOSITORY / "build.py"), *words]
    ended = subprocess.run(command, cwd=site.root, capture_output=True, timeout=seconds, check=False)
    said = (ended.stdout + ended.stderr).decode(errors="replace")
    assert "Traceback" not in said, said
    return ended.returncode, said


@pytest.mark.parametrize("tool", ["rsync", "rclone"])
def test_no_file_behind_a_link_in_the_output_is_sent(site: Site, tmp_path: Path, tool: str) -> None:
    program(tool)
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets/key").write_text("secret")
    output = site.root / "output"
    (output / "folder").symlink_to(tmp_path / "secrets")
    manifest = output / MANIFEST
    manifest.write_text(manifest.read_text() + "folder/key\n")
    more = ("--", "--config=/dev/null") if tool == "rclone" else ()
    code, said = run(site, "deploy", "--go", "--with", tool, str(tmp_path / "www"), *more)
    assert code == 2 and "folder/key" in said
    assert not (tmp_path / "www").exists()
    (output / "folder").unlink()
    (output / "index.html").unlink()
    (output / "index.html").symlink_to(tmp_path / "secrets/key")
    assert run(site, "deploy", "--go", "--with", tool, str(tmp_path / "www"), *more)[0] == 2
    assert not (tmp_path / "www").exists()


@pytest.mark.parametrize("prefix", [":local:", ":local,encoding=None:"])
def test_a_folder_that_rclone_is_given_by_its_kind_is_judged_too(site: Site, prefix: str) -> None:
    program("rclone")
    for place in ("content", "layouts", "output", ".mujaz"):
        target = f"{prefix}{site.root / place}"
        assert run(site, "deploy", "--go", "--with", "rclone", target, "--", "--config=/dev/null")[0] == 2
    assert sorted(path.name for path in (site.root / "content").iterdir()) == ["a.md"]


@pytest.mark.parametrize("name", ["email.html", "email.txt"])
def test_an_edition_that_is_not_as_it_was_built_is_told(site: Site, name: str) -> None:
    place = site.root / "output" / DAY / name
    place.unlink()
    place.write_bytes(b"\xff\xfe")
    code, said = run(site, "edition", "2021-10-18")
    assert code == 2 and "build again" in said
    place.unlink()
    os.mkfifo(place)
    assert run(site, "edition", "2021-10-18")[0] in (1, 2)


def test_no_file_of_others_is_mailed_as_an_edition(site: Site) -> None:
    day = site.root / "output/9999/12/31"
    day.mkdir(parents=True)
    for name in ("email.html", "email.txt"):
        (day / name).write_text("planted")
    code, said = run(site, "edition")
    assert code == 0 and "planted" not in said and "خبر" in said
    code, said = run(site, "edition", "9999-12-31")
    assert code == 2 and "no edition of 9999-12-31" in said


@pytest.mark.parametrize("linked", ["email.txt", ""])
def test_nothing_behind_a_link_is_mailed_as_an_edition(site: Site, tmp_path: Path, linked: str) -> None:
    """Of the file itself, and of its folder."""
    place = site.root / "output" / DAY / linked
    place.rename(tmp_path / "elsewhere")
    place.symlink_to(tmp_path / "elsewhere")
    code, said = run(site, "edition", "2021-10-18", "--text")
    assert code == 2 and "build again" in said and "خبر" not in said


def test_check_reads_nothing_behind_a_link(site: Site, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("<loc>https://example.org/news/not-there/</loc>")
    (site.root / "output/notes.txt").symlink_to(tmp_path / "secret")
    assert "not-there" not in run(site, "check")[1]


def test_clean_takes_no_folder_away_that_is_no_cache(site: Site) -> None:
    home = site.root / ".mujaz"
    assert run(site, "clean", "--cache")[0] == 0 and not home.exists()
    home.mkdir()
    (home / "notes").write_text("mine")
    code, said = run(site, "clean", "--cache")
    assert code == 2 and "no cache" in said and (home / "notes").read_text() == "mine"


@pytest.mark.parametrize("path", ["/dev/zero", "/", "../elsewhere"])
def test_fix_tells_of_a_path_outside_the_content(site: Site, path: str) -> None:
    code, said = run(site, "fix", path)
    assert code == 2 and "is no file or folder below content/" in said


def test_a_paper_in_a_folder_whose_name_is_no_text_is_begun_or_told(site: Site) -> None:
    code, _ = run(site, "init", "--yes", os.fsdecode(b"paper\xff"))
    assert code == 0 and (site.root / os.fsdecode(b"paper\xff") / "config.yaml").is_file()


@pytest.mark.parametrize(("word", "said"), [(b"\xff\xfe word of nobody", "no text in UTF-8"), (b"short", "at least")])
def test_a_password_file_that_holds_none_is_told(site: Site, word: bytes, said: str) -> None:
    (site.root / "word").write_bytes(word)
    code, told = run(site, "serve", "--host", "0.0.0.0", "--password-file", "word")
    assert code == 2 and said in told
