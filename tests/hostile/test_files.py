"""Files that are not what they seem, names that no system agrees on, settings that make no sense: refused by name."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mujaz.config.settings import load_config
from mujaz.content import scan
from mujaz.messages.errors import Problem, SiteError, UsageError
from tests.support.hostile_texts import VALUES
from tests.support.needs import program
from tests.support.sites import CONFIG, NOW, Site, article
from tests.support.whole_site import FONTS, picture

ROOT = Path(__file__).parents[2]
LEAST: dict[str, str | bytes] = {"config.yaml": CONFIG, **FONTS, "content/a.md": article(slug="a")}


def refused(site: Site, said: str) -> None:
    """The build stops with one problem that starts so, and nothing is made."""
    (problem,) = site.problems()
    assert problem.startswith(said), problem
    assert not (site.root / "output").exists()


# ---------------------------------------------------------------- what is no file of the site


@pytest.mark.parametrize("name", ["b.md", "b.png", "b.txt"])
def test_a_link_that_leaves_the_content_is_not_followed(name: str, make_site: Callable[..., Site]) -> None:
    site = make_site(LEAST)
    outside = site.root / "secret"
    outside.write_text(article("سر"))
    for target in ("../secret", str(outside), "/etc/passwd", "../config.yaml"):
        (site.root / "content" / name).unlink(missing_ok=True)
        (site.root / "content" / name).symlink_to(target)
        refused(site, f"content/{name}: is a symbolic link that leaves the content folder")


@pytest.mark.parametrize("target", ["nowhere", "b.md", ".."])
def test_a_link_to_nothing_to_itself_or_to_a_folder_is_refused(target: str, make_site: Callable[..., Site]) -> None:
    site = make_site(LEAST)
    (site.root / "content/b.md").symlink_to(target)
    refused(site, "content/b.md: is a symbolic link")


@pytest.mark.parametrize("name", ["b.md", "p.png"])
@pytest.mark.parametrize("pipe", [False, True], ids=["a link", "a pipe"])
def test_what_takes_the_place_of_a_file_after_it_was_looked_at_is_not_read(
    name: str, pipe: bool, make_site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who may write to the content could time it so."""
    site = make_site({**LEAST, "content/p.png": picture(), "content/b.md": article(slug="b")})
    site.write({"content/a.md": article(slug="a", image="{src: p.png, alt: صورة}")})
    real = scan._trouble

    def look(entry: os.DirEntry[str], path: str, base: Path) -> Problem | None:
        found = real(entry, path, base)
        entry.stat()
        if entry.name == name:
            os.rename(entry.path, site.root / "secret")
            if pipe:
                os.mkfifo(entry.path)
            else:
                (site.root / "other").write_bytes((site.root / "secret").read_bytes())
                os.symlink(site.root / "other", entry.path)
        return found

    monkeypatch.setattr(scan, "_trouble", look)
    with pytest.raises(OSError, match="was changed while the site was being built"):
        site.build()
    assert not (site.root / "output").exists()


def test_a_link_within_the_content_is_another_name_of_its_file(make_site: Callable[..., Site]) -> None:
    site = make_site({**LEAST, "content/p.png": picture()})
    (site.root / "content/q.png").symlink_to("p.png")
    site.write({"content/b.md": article(slug="b", image="{src: q.png, alt: صورة}")}).build()
    assert "2021/10/18/b/index.html" in site.paths()


def test_pipes_sockets_and_devices_are_refused_and_never_opened(make_site: Callable[..., Site]) -> None:
    site = make_site(LEAST)
    os.mkfifo(site.root / "content/b.md")
    opened = site.root / "opened"
    # It writes nothing to whoever opens the pipe, so that a reader that should not be there does not wait for ever.
    loop = 'while : > "$0"; do : > "$1"; done'
    writer = subprocess.Popen([program("sh"), "-c", loop, site.root / "content/b.md", opened])
    try:
        refused(site, "content/b.md: is not a regular file")
    finally:
        writer.kill()
        writer.wait()
    assert not opened.exists()
    (site.root / "content/b.md").unlink()
    with socket.socket(socket.AF_UNIX) as made:
        before = os.getcwd()
        os.chdir(site.root / "content")  # the path of a socket has 107 bytes at most
        try:
            made.bind("b.png")
        finally:
            os.chdir(before)
        refused(site, "content/b.png: is not a regular file")
    (site.root / "content/b.png").unlink()
    os.mkfifo(site.root / "hits.csv")
    site.write({"config.yaml": CONFIG + "most_read: {source: hits.csv}\n"})
    refused(site, "hits.csv: is not a regular file")
    site.write({"config.yaml": CONFIG})
    (site.root / "content/b.md").symlink_to("/dev/zero")
    refused(site, "content/b.md: is a symbolic link that leaves the content folder")


def test_a_file_that_is_too_large_is_refused_before_it_is_read(make_site: Callable[..., Site]) -> None:
    site = make_site(LEAST)
    for name, size in (("b.md", 1_000_001), ("c.png", 300_000_000)):
        with open(site.root / "content" / name, "wb") as file:
            file.truncate(size)
        refused(site, f"content/{name}: is {size:,} bytes long")
        (site.root / "content" / name).unlink()


def test_a_folder_may_be_deep_or_empty(make_site: Callable[..., Site]) -> None:
    deep = "content/" + "a/" * 200 + "b.md"
    site = make_site({**LEAST, deep: article(slug="deep")})
    (site.root / "content/empty/emptier").mkdir(parents=True)
    assert site.build().stories == 2


# ---------------------------------------------------------------- names

NAMES = {
    "letters": "ا" * 120,
    "marks": "ا" + "\u0651" * 100,
    "dashes": "--help",
    "markup": "<script>alert(1)<",
    "quotes": "a\"b'c`d",
    "spaces": "  a  b  ",
    "percent": "%2e%2e%2f",
    "template": "{{ 7*7 }}",
    "a line end": "a\nb",
    "an escape": "a\x1b[2J\x07b",
    "an override": "a\u202eb",
    "a zero width": "a\u200bb\u2060",
    "a device": "con",
    "a device with an ending": "nul.txt",
    "dots": "a..b...",
    "backslash": "..\\..\\a",
    "emoji": "📰" * 20,
    "decomposed": "e\u0301",
    "no letter": "!!!",
}


@pytest.mark.parametrize("folder", ["", "pages/", "authors/", "tags/", "x/{}/"])
def test_a_file_of_any_name_is_built_or_refused_on_one_line(folder: str, make_site: Callable[..., Site]) -> None:
    paths = [f"content/{folder.format(name)}{name}.md" for name in NAMES.values()]
    site = make_site(LEAST)
    for number, path in enumerate(paths):
        standing = "---\ntitle: أ\n---\nن\n"
        site.write({path: standing if folder in ("pages/", "authors/", "tags/") else article(slug=f"n{number}")})
    try:
        site.build()
    except SiteError as error:
        for problem in error.problems:
            said = str(problem)
            assert problem.path in paths or " of " in said or "wanted by two" in said, said
            assert said.count("\n") <= 1 and not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", said)
            for path in paths:
                if path == problem.path or path in problem.text:
                    (site.root / path).unlink(missing_ok=True)
        site.build()
    assert all(re.fullmatch(r"[\w/.~\u0651-]+", made) for made in site.paths()), site.paths()
    assert {made.name for made in site.root.iterdir()} <= {"config.yaml", "content", "layouts", "output", ".mujaz"}


def test_a_name_that_is_no_text_is_refused(make_site: Callable[..., Site]) -> None:
    site = make_site(LEAST)
    (site.root / "content" / os.fsdecode(b"\xff\xfe.md")).write_text(article())
    refused(site, "'content/\\udcff\\udcfe.md': the file's name is not UTF-8")


@pytest.mark.parametrize(("one", "other"), [("\u00e9", "e\u0301"), ("Report", "report"), ("É", "e\u0301")])
def test_names_that_differ_only_in_what_cannot_be_seen_are_one_address(
    one: str, other: str, make_site: Callable[..., Site]
) -> None:
    files = {f"content/{name}.md": article(slug=f"'{slug}'") for name, slug in (("x", one), ("y", other))}
    assert any(
        "is wanted by two: content/x.md, content/y.md" in problem for problem in make_site(LEAST | files).problems()
    )


@pytest.mark.parametrize(
    ("aliases", "wanted"),
    [
        ("[/feed.xml.gz]", "output/feed.xml.gz: is wanted by two"),
        ("[/2021/10/18/A/index.html.BR]", "output/2021/10/18/a/index.html.br: is wanted by two"),
        ("[/robots.txt.gz/]", "output/robots.txt.gz: must be a file for mujaz and a folder for content/a.md"),
        ("[/Robots.txt/old/]", "output/Robots.txt: must be a file for mujaz and a folder for content/a.md"),
        ("[/old.html, /OLD.html/x/]", "output/OLD.html: must be a file for content/a.md and a folder for content/a.md"),
    ],
)
def test_a_file_of_the_site_is_no_other_file_and_no_folder_on_any_disk(
    aliases: str, wanted: str, make_site: Callable[..., Site]
) -> None:
    """Nor are its compressed copies, whatever it weighs today."""
    config = {"config.yaml": CONFIG + "precompress: true\n"}
    site = make_site(LEAST | config | {"content/a.md": article(slug="a", aliases=aliases)})
    [problem] = site.problems()
    assert problem.startswith(wanted)


def test_what_a_terminal_would_obey_is_shown_not_sent(make_site: Callable[..., Site]) -> None:
    site = make_site({**LEAST, "content/a\x1b]0;owned\x07.md": "---\nx"})
    command = [sys.executable, str(ROOT / "build.py"), "--site", str(site.root), "--now", NOW.isoformat()]
    ended = subprocess.run(command, capture_output=True, text=True)
    assert ended.returncode == 1
    assert "content/a\\u001b]0;owned\\u0007.md:1:1: the front matter that starts here never ends" in ended.stderr
    assert "\x1b" not in ended.stderr + ended.stdout


# ---------------------------------------------------------------- settings

GROUPS = (
    "site site.title site.tagline site.base_url site.language site.timezone site.tag site.publisher site.publisher.logo"
    " sections sections.politics sections.politics.name paths.content paths.layouts paths.output dates.months"
    " dates.digits dates.hijri quotes home.count related.count related.within_days feed.limit feed.websub feed.content"
    " editions.day most_read.source most_read.count iframes pictures.widths pictures.formats cards search precompress"
    " hosting"
).split()


def told(path: Path, raw: bytes) -> None:
    """The settings are taken, or every problem is a line with its place."""
    path.write_bytes(raw)
    try:
        load_config(path)
    except SiteError as error:
        assert error.problems
        for problem in error.problems:
            assert problem.path == "config.yaml" and problem.line >= 1 and str(problem).count("\n") <= 1
    except UsageError:
        raise AssertionError("a setting is no wrong usage") from None


def test_every_value_under_every_key_of_the_settings_is_taken_or_told(tmp_path: Path) -> None:
    count = 0
    for key in GROUPS:
        for value in VALUES.values():
            *above, last = key.split(".")
            text = (
                "".join(f"{'  ' * n}{name}:\n" for n, name in enumerate(above))
                + f"{'  ' * len(above)}{last}: {value}\n"
            )
            kept = [] if above[:1] == ["site"] or key == "site" else ["site: {title: أ, base_url: 'https://a.example'}"]
            kept += [] if key.startswith("sections") else ["sections: {politics: {name: سياسة}}"]
            told(tmp_path / "config.yaml", ("\n".join(kept) + "\n" + text).encode("utf-8", "surrogatepass"))
            count += 1
    assert count > 2_500


@settings(max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.one_of(st.sampled_from([*CONFIG.splitlines(), *GROUPS, *VALUES.values()]), st.text(max_size=9)), max_size=12
    )
)
def test_settings_full_of_nonsense_are_told(tmp_path_factory: pytest.TempPathFactory, rows: list[str]) -> None:
    told(tmp_path_factory.getbasetemp() / "config.yaml", "\n".join(rows).encode("utf-8", "surrogatepass"))


# ---------------------------------------------------------------- what a build is made from


def test_dependencies_are_locked_with_hashes_and_the_locks_name_no_address() -> None:
    """An index is the business of whoever installs; a lock that names one would lead elsewhere."""
    locks = [ROOT / "requirements.lock", ROOT / "requirements-test.lock", ROOT / "bench/requirements.lock"]
    for lock in locks:
        text = lock.read_text(encoding="utf-8")
        names = re.findall(r"^([a-z0-9][\w.\[\]-]*) ?==", text, re.M)
        assert len(names) > 5
        for entry in re.split(r"^(?=[a-z0-9])", text, flags=re.M):
            assert "==" not in entry or "--hash=sha256:" in entry, entry
        assert not re.search(r"https?:|--(?:extra-)?index-url|--find-links|--trusted-host|git\+|file:| @ ", text), lock
    assert (ROOT / "Makefile").read_text(encoding="utf-8").count("--require-hashes") >= len(locks)
