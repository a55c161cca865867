"""Sending the site: no more than what changed, in an order in which no page leads to a file that is not there yet."""

from __future__ import annotations

import html
import os
import random
import re
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import urlopen

import pytest

from mujaz.cli import main
from mujaz.commands import deploy as deploy_command
from mujaz.files.stamps import folders_of
from mujaz.frozen import replace
from mujaz.hosting import deploy as hosting_deploy
from mujaz.output.manifest import paths_in
from tests.support import servers
from tests.support.needs import program
from tests.support.sites import Site, article

MakeSite = Callable[..., Site]
TOOLS = ("rsync", "rclone")
# Times to the nanosecond, for these builds follow each other within a second.
EXACT = {"rsync": ("--modify-window=-1",), "rclone": ("--config=/dev/null", "--modify-window=1ns")}


def story(id: str, title: str, **fields: str) -> str:
    return article(title, id=id, slug=id, body=f"متن {title} عن مدينة واحدة وناسها.", **fields)


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    made = make_site({f"content/{n}.md": story(f"s{n}", f"خبر {n}", date=f"2021-10-{10 + n}") for n in range(8)})
    made.build()
    return made


def newsday(site: Site) -> None:
    """Two new stories that link to each other, one changed, one gone."""
    site.write({"content/8.md": story("s8", "خبر جديد", date="2021-10-20")})
    site.write({"content/9.md": story("s9", "خبر أجد", date="2021-10-20 15:00")})
    site.write({"content/3.md": story("s3", "عنوان آخر", date="2021-10-13")})
    (site.root / "content/5.md").unlink()
    site.build()


def run(step: hosting_deploy.Step) -> None:
    tool, *words = step.command
    ended = subprocess.run([program(tool), *words], input=step.listed, capture_output=True, check=False)
    assert ended.returncode in (0, *step.fine), ended.stderr


def deploy(output: Path, target: Path, tool: str) -> list[hosting_deploy.Step]:
    """Every step of a deploy, not yet run."""
    program(tool)
    known = target / hosting_deploy.MANIFEST
    before = set(paths_in(known.read_text() if known.exists() else ""))
    scratch = Path(tempfile.mkdtemp(dir=output.parent))
    return list(hosting_deploy.plan(output, str(target), tool, before, scratch, EXACT[tool]).all)


def send(output: Path, target: Path, tool: str) -> None:
    """A whole deploy."""
    for step in deploy(output, target, tool):
        run(step)


def going(tool: str, target: Path) -> tuple[str, ...]:
    """The words of a deploy that sends."""
    return ("--go", "--with", tool, str(target), "--", *EXACT[tool])


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("tool", TOOLS)
def test_a_deploy_makes_the_target_equal(site: Site, tmp_path: Path, tool: str) -> None:
    output, target = site.root / "output", tmp_path / "www"
    target.mkdir()
    send(output, target, tool)
    assert tree(target) == tree(output)
    newsday(site)
    send(output, target, tool)
    assert tree(target) == tree(output)
    if tool == "rsync":
        assert not [path for path in target.rglob("*") if path.is_dir() and not any(path.iterdir())]


@pytest.mark.parametrize("tool", TOOLS)
def test_what_others_put_at_the_target_stays(site: Site, tmp_path: Path, tool: str) -> None:
    output, target = site.root / "output", tmp_path / "www"
    target.mkdir()
    send(output, target, tool)
    theirs = {".well-known/acme": "key", "2021/10/15/s5/note.txt": "mine", "stats.html": "hits"}
    for name, text in theirs.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_text(text)
    newsday(site)  # story 5 is gone, and its folder with it but for the note
    send(output, target, tool)
    assert {name: (target / name).read_text() for name in theirs} == theirs
    assert not (target / "2021/10/15/s5/index.html").exists()


@pytest.mark.parametrize("tool", TOOLS)
def test_after_each_step_every_link_that_a_reader_can_reach_is_answered(site: Site, tmp_path: Path, tool: str) -> None:
    output, target = site.root / "output", tmp_path / "www"
    target.mkdir()
    send(output, target, tool)
    newsday(site)
    assert dead(target) == []
    steps = deploy(output, target, tool)
    assert len(steps) >= 6
    for step in steps:
        run(step)
        assert dead(target) == [], step.title


def test_in_another_order_a_reader_would_meet_dead_links(site: Site, tmp_path: Path) -> None:
    """The order is what keeps them away: the walk above sees what goes wrong without it."""
    output, target = site.root / "output", tmp_path / "www"
    target.mkdir()
    send(output, target, "rsync")
    newsday(site)
    lists = next(step for step in deploy(output, target, "rsync") if "lists" in str(step.title))
    run(lists)
    assert any("s9" in link for link in dead(target))


def links(address: str, text: str) -> set[str]:
    """The paths on this site that the page at `address` leads to."""
    values = re.findall(r'(?:href|src)="([^"]*)"', text)
    found = (urlsplit(urljoin(f"https://example.org{address}", html.unescape(value))) for value in values)
    return {parts.path for parts in found if parts.netloc == "example.org"}


def dead(root: Path) -> list[str]:
    """Links that fail, of all pages that are reached from the home page, below the base path /news."""
    seen, todo, found = set[str](), ["/news/"], []
    while todo:
        address = todo.pop()
        path = unquote(address.removeprefix("/news/"))
        file = root / (path + "index.html" if path.endswith("/") or not path else path)
        if not file.is_file():
            found.append(address)
            continue
        if file.suffix != ".html":
            continue
        new = links(address, file.read_text()) - seen
        seen |= new
        todo += sorted(new)
    return found


@pytest.mark.parametrize("command", ["rsync -a --delete --stats", "rclone sync --config=/dev/null -v"])
def test_after_one_new_story_plain_tools_send_what_the_build_wrote(site: Site, tmp_path: Path, command: str) -> None:
    tool, *words = command.split()
    output, target = site.root / "output", tmp_path / "www"
    where = [f"{output}/", f"{target}/"] if tool == "rsync" else [str(output), str(target)]
    subprocess.run([program(tool), *words, *where], check=True, capture_output=True)
    time.sleep(1.1)  # both tools look at whole seconds
    site.write({"content/8.md": story("s8", "خبر جديد", date="2021-10-20")})
    report = site.build()
    ended = subprocess.run([program(tool), *words, *where], check=True, capture_output=True, text=True)
    told = ended.stdout + ended.stderr
    if tool == "rsync":
        match = re.search(r"regular files transferred: ([\d,]+)", told)
        assert match
        sent = int(match[1].replace(",", ""))
    else:
        sent = len(re.findall(r": Copied ", told))
    assert 0 < sent <= len(report.written) + 1  # the manifest is no page
    assert tree(target) == tree(output)


def test_a_reader_who_comes_while_a_deploy_runs_meets_no_dead_link(site: Site, tmp_path: Path) -> None:
    output, target = site.root / "output", tmp_path / "www/news"
    target.mkdir(parents=True)
    send(output, target, "rsync")
    newsday(site)
    steps = deploy(output, target, "rsync")
    removals = [step for step in steps if str(step.title).startswith(("what is gone", "its empty"))]
    found: list[str] = []
    walks = 0
    with servers.nginx(tmp_path / "www", tmp_path / "nginx") as address:
        ended = threading.Event()

        def walk() -> None:
            nonlocal walks
            while not ended.is_set() or walks == 0:
                found.extend(crawl(address))
                walks += 1

        crawler = threading.Thread(target=walk)
        crawler.start()
        for step in steps:
            if step not in removals:
                run(step)
                time.sleep(0.2)
        ended.set()
        crawler.join()  # what is gone is deleted when nobody holds a page any more that leads to it
        for step in removals:
            run(step)
        found.extend(crawl(address))
    assert found == [] and walks >= 1


def crawl(address: str) -> list[str]:
    """Every dead internal link that a reader meets who starts at the home page."""
    seen, todo, found = {"/news/"}, ["/news/"], []
    while todo:
        path = todo.pop()
        try:
            with urlopen(address + path, timeout=20) as answer:
                text = answer.read().decode(errors="replace") if "html" in answer.headers["Content-Type"] else ""
        except HTTPError as error:
            error.close()
            found.append(f"{error.code} {path}")
            continue
        new = links(path, text) - seen
        seen |= new
        todo += sorted(new)
    return found


# ---------------------------------------------------------------- the verb


@pytest.fixture
def verb(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str, str]]:
    def command(folder: Path, *words: str) -> tuple[int, str, str]:
        monkeypatch.chdir(folder)
        with pytest.raises(SystemExit) as ended:
            main(["deploy", *words])
        printed = capfd.readouterr()
        return int(str(ended.value.code)), printed.out, printed.err

    return command


def test_without_go_it_shows_and_sends_nothing(site: Site, tmp_path: Path, verb: Callable[..., Any]) -> None:
    program("rsync")
    target = tmp_path / "www"
    target.mkdir()
    code, out, _ = verb(site.root, str(target))
    assert code == 0 and "--go" in out and "2021/10/10/s0/index.html" in out
    assert not any(target.iterdir())
    code, out, _ = verb(site.root, "--go", str(target))
    assert (code, out.splitlines()[-1]) == (0, "sent")
    assert tree(target) == tree(site.root / "output")


@pytest.mark.parametrize("keep", [True, False])
def test_it_deletes_what_is_gone_unless_told_not_to(
    site: Site, tmp_path: Path, verb: Callable[..., Any], keep: bool
) -> None:
    program("rsync")
    target = tmp_path / "www"
    target.mkdir()
    verb(site.root, "--go", str(target))
    (site.root / "content/5.md").unlink()
    site.build()
    code, out, _ = verb(site.root, str(target))
    assert code == 0 and "del. 2021/10/15/s5/index.html" in out
    assert (target / "2021/10/15/s5/index.html").exists()
    verb(site.root, "--go", *(["--no-delete"] if keep else []), str(target))
    assert (target / "2021/10/15/s5/index.html").exists() == keep


def test_a_manifest_from_elsewhere_deletes_nothing_outside_the_target(site: Site, tmp_path: Path) -> None:
    assert set(paths_in("../../etc/passwd\n/etc/passwd\na/../../b\n./x\n\n")) == set()


@pytest.mark.parametrize(
    "words, says",
    [
        (["output"], "is the output itself"),
        (["output/2021"], "is the output itself"),
        (["output/new/folder"], "is the output itself"),
        (["."], "is the site's own folder"),
        (["content/www"], "is the site's own folder"),
        ([".mujaz"], "is the site's own folder"),
        (["--others", "delete", ".."], "is the site's own folder"),
        (["--", "-e"], "is no target"),
        (["--go", ""], "is no target"),
        (["--with", "scp", "x"], "scp"),
        ([], "Missing argument"),
    ],
)
def test_mistakes_are_said(site: Site, verb: Callable[..., Any], words: list[str], says: str) -> None:
    code, _, err = verb(site.root, *words)
    assert code == 2 and says in err


def test_a_site_that_was_not_built_is_not_sent(make_site: MakeSite, verb: Callable[..., Any], tmp_path: Path) -> None:
    code, _, err = verb(make_site().root, str(tmp_path))
    assert code == 2 and "build it first" in err


def test_a_tool_that_fails_is_told(site: Site, verb: Callable[..., Any], tmp_path: Path) -> None:
    program("rsync")
    code, _, err = verb(site.root, "--go", str(tmp_path / "no/such/place"))
    assert code == 2 and "rsync ended with" in err


@pytest.mark.parametrize("lost", [1, 3])
def test_a_line_that_is_lost_ends_the_deploy_and_the_next_one_heals(
    site: Site, tmp_path: Path, verb: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, lost: int
) -> None:
    """rsync waited for ever for a host of which no more came. `lost` is the connection after which none comes."""
    program("rsync")
    runs, ssh, target = tmp_path / "runs", tmp_path / "ssh", tmp_path / "www"
    line = f'echo x >>{runs}\n[ $(wc -l <{runs}) = {lost} ] && exec sleep 60\nshift\nexec "$@"\n'
    ssh.write_text(f"#!/bin/sh\n{line}")
    ssh.chmod(0o755)
    target.mkdir()
    monkeypatch.setattr(hosting_deploy, "RSYNC", (*hosting_deploy.RSYNC, "--timeout=1"))
    code, out, err = verb(site.root, "--go", f"host:{target}", "--", "-e", str(ssh))
    assert code == 2 and out.splitlines()[-1:] != ["sent"] and ("code 30" in err or "ended with 30" in err)
    assert verb(site.root, "--go", f"host:{target}", "--", "-e", str(ssh))[0] == 0
    assert tree(target) == tree(site.root / "output")


def test_each_command_of_rsync_has_an_end(site: Site, tmp_path: Path) -> None:
    plan = hosting_deploy.plan(site.root / "output", "host:www", "rsync", {"2020/10/1/x/index.html"}, tmp_path, ())
    commands = [step.command for step in plan.all]
    commands += [
        hosting_deploy.fetching("host:www", "rsync", (), tmp_path),
        hosting_deploy.listing("host:www", "rsync"),
    ]
    assert len(commands) > 6 and all("--timeout=300" in command for command in commands)


def test_a_missing_tool_is_named(
    site: Site, verb: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    code, _, err = verb(site.root, str(tmp_path))
    assert code == 2 and "rsync is not installed" in err


# ---------------------------------------------------------------- deploys that are cut off


def names_of(output: Path) -> set[str]:
    return {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}


def write_output(output: Path, files: set[str], text: str) -> None:
    """An output as a build leaves it: these files, and a manifest that names them."""
    shutil.rmtree(output, ignore_errors=True)
    for name in files:
        path = output / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name} {text}", encoding="utf-8")
    output.mkdir(exist_ok=True)
    (output / hosting_deploy.MANIFEST).write_text("".join(f"{name}\n" for name in sorted(files)), encoding="utf-8")


def cut_off(step: hosting_deploy.Step, keep: int) -> hosting_deploy.Step:
    """A step whose line drops after some of its files."""
    return replace(step, paths=step.paths[:keep])


POOL = [
    "index.html", "feed.xml", "assets/a.css", ";old/index.html", "#1/index.html", "2021/10/18/a b/index.html",
    "2021/10/18/خبر/index.html", "2021/10/18/-n/index.html", "s/x/index.html", "cards/*.png", "- x/index.html",
    "old.page", "old.page/index.html", "a.html/b/index.html", "a.html",
]  # fmt: skip


def random_deploys(seed: int, tool: str, folder: Path) -> None:
    """Some deploys of changing sites, each cut off somewhere; then a whole one, which leaves exactly the output."""
    chance = random.Random(seed)
    output, target = folder / "output", folder / "www"
    foreign = {".htaccess": b"theirs", "2021/theirs.txt": b"theirs too"}
    for name, raw in foreign.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(raw)
    ever: set[str] = set()
    for number in range(chance.randint(1, 4)):
        files = set(chance.sample(POOL, chance.randint(1, len(POOL))))
        files -= set(folders_of(files))  # no file is a folder too
        ever |= files
        write_output(output, files, f"{number} {'x' * chance.randint(0, 2)}")
        known = target / hosting_deploy.MANIFEST
        before = set(paths_in(known.read_text(encoding="utf-8") if known.exists() else ""))
        scratch = Path(tempfile.mkdtemp(dir=folder))
        delete = chance.random() < 0.7
        steps = hosting_deploy.plan(output, str(target), tool, before, scratch, EXACT[tool], delete=delete).all
        end = chance.randint(0, len(steps))
        for step in steps[:end]:
            run(step)
        if end < len(steps) and len(steps[end].paths) > 1:
            run(cut_off(steps[end], chance.randint(1, len(steps[end].paths) - 1)))
    send(output, target, tool)
    here = {name: (output / name).read_bytes() for name in names_of(output)}
    assert tree(target) == here | foreign, f"seed {seed}, {tool}"


@pytest.mark.parametrize("tool", TOOLS)
def test_a_folder_at_the_target_becomes_a_file_and_a_file_a_folder(
    site: Site, tmp_path: Path, verb: Callable[..., Any], tool: str
) -> None:
    """No host puts one in the place of the other. A dry run, in which nothing makes way, ends well too."""
    program(tool)
    target = tmp_path / "www"
    for alias in ("/old.page/", "/old.page", "/old.page/"):
        site.write({"content/1.md": story("s1", "خبر 1", date="2021-10-11", aliases=f"[{alias}]")}).build()
        words = going(tool, target)
        assert verb(site.root, *words[1:])[0] == 0
        code, _, err = verb(site.root, *words)
        assert code == 0, err
        assert tree(target) == tree(site.root / "output")


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("seed", range(4))
def test_after_any_cut_offs_a_whole_deploy_leaves_exactly_the_output(tmp_path: Path, seed: int, tool: str) -> None:
    program(tool)
    random_deploys(seed, tool, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("tool", TOOLS)
def test_five_hundred_cut_off_deploys_leave_nothing_and_lose_nothing(tmp_path: Path, tool: str) -> None:
    program(tool)
    for seed in range(500):
        folder = tmp_path / str(seed)
        folder.mkdir()
        random_deploys(seed, tool, folder)
        shutil.rmtree(folder)


def test_a_story_taken_back_goes_after_a_deploy_without_deletions(
    site: Site, tmp_path: Path, verb: Callable[..., Any]
) -> None:
    program("rsync")
    target = tmp_path / "www"
    target.mkdir()
    gone = target / "2021/10/15/s5/index.html"
    verb(site.root, "--go", str(target))
    (site.root / "content/5.md").unlink()
    site.build()
    verb(site.root, "--go", "--no-delete", str(target))
    assert gone.exists()
    verb(site.root, "--go", str(target))
    assert not gone.exists() and tree(target).keys() == tree(site.root / "output").keys()


def test_a_manifest_that_cannot_be_fetched_stops_the_deploy(
    site: Site, tmp_path: Path, verb: Callable[..., Any]
) -> None:
    program("rsync")
    target = tmp_path / "www"
    (target / hosting_deploy.MANIFEST).mkdir(parents=True)  # rsync leaves a folder out, and ends with 0
    before = tree(target)
    code, _, err = verb(site.root, "--go", str(target))
    assert code == 2 and "could not be fetched" in err and "nothing was sent" in err
    assert tree(target) == before


def test_a_target_that_keeps_no_times_is_sent_changes_of_equal_size(
    site: Site, tmp_path: Path, verb: Callable[..., Any]
) -> None:
    """rclone compares sizes alone there, and ended well: a number that was put right stayed wrong for readers."""
    program("rclone")
    target = tmp_path / "www"
    target.mkdir()
    with servers.webdav(target, tmp_path / "scratch") as address:
        words = ("--go", "--with", "rclone", f":webdav,url='{address}':", "--", "--config=/dev/null")
        verb(site.root, *words)
        for title, colour in (("خبر 4", "#104060"), ("خبر 7", "#106040")):
            site.write({"content/3.md": story("s3", title, date="2021-10-13")})
            config = (site.root / "config.yaml").read_text(encoding="utf-8").partition("look:")[0]
            site.write({"config.yaml": f"{config}look: {{accent: '{colour}'}}\n"}).build()
            code, _, err = verb(site.root, *words)
            assert code == 0, err
            assert tree(target) == tree(site.root / "output")


def test_a_name_of_which_only_the_case_changes_stays_at_a_target_that_knows_no_case(
    site: Site, tmp_path: Path, verb: Callable[..., Any]
) -> None:
    """As disks of Windows and macOS are: what was deleted there last, by its old name, was the new file."""
    program("rclone")
    target, lines = tmp_path / "www", {"slug": "nine", "id": "nine"}
    target.mkdir()
    with servers.webdav(target, tmp_path / "scratch", "--vfs-case-insensitive", "--dir-cache-time=0s") as address:
        words = ("--go", "--with", "rclone", f":webdav,url='{address}':", "--", "--config=/dev/null")
        for name, old in (("Table", "/Old/Page.html"), ("table", "/old/page.html")):
            text = article("خبر", body=f"[جدول]({name}.pdf)", aliases=f"[{old}]", **lines)
            site.write({"content/9.md": text, f"content/{name}.pdf": "جدول"}).build()
            code, _, err = verb(site.root, *words)
            assert code == 0, err
    there = {path.casefold() for path in tree(target)}
    assert {path for path in tree(site.root / "output") if path.casefold() not in there} == set()


@pytest.mark.parametrize(
    ("described", "words"),
    [
        ('{"Precision": 1000000000, "Hashes": []}', ()),
        ('{"Precision": 3153600000000000000, "Hashes": ["md5"]}', ("--checksum",)),
        ('{"Precision": 3153600000000000000, "Hashes": []}', ("--ignore-times",)),
        ("", ("--ignore-times",)),
        ("[]", ("--ignore-times",)),
    ],
)
def test_how_rclone_compares_follows_what_the_target_keeps(described: str, words: tuple[str, ...]) -> None:
    assert hosting_deploy.comparing(described) == words


def test_a_home_folder_of_another_host_is_not_its_root(site: Site, tmp_path: Path, verb: Callable[..., Any]) -> None:
    """`web:` is the home there. What is gone goes from it, and what others put there is looked for in it."""
    program("rsync")
    assert hosting_deploy.listing("web:", "rsync")[-1] == "web:"  # not run: its root may be this machine's
    shell, home = tmp_path / "shell", tmp_path / "home"
    home.mkdir()
    shell.write_text(f'#!/bin/sh\nshift\ncd "{home}" && exec sh -c "$*"\n')
    shell.chmod(0o755)
    words = ("--go", "web:", "--", *EXACT["rsync"], "--rsh", str(shell))
    verb(site.root, *words)
    newsday(site)
    code, _, err = verb(site.root, *words)
    assert code == 0, err
    assert tree(home) == tree(site.root / "output")
    _, *asked = hosting_deploy.listing("web:", "rsync", ("--rsh", str(shell)))
    listed = subprocess.run([program("rsync"), *asked], capture_output=True, check=True)
    assert hosting_deploy.listed_paths("rsync", os.fsdecode(listed.stdout)) == tree(home).keys()


@pytest.mark.parametrize("title", ["step-assets", "step-lists"])
def test_of_two_deploys_at_once_none_forgets_what_the_other_sent(
    title: str, site: Site, tmp_path: Path, verb: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As two runs of CI do it: of a second paper's, which came in the middle, all is gone after the next deploy."""
    program("rsync")
    target, other = tmp_path / "www", Site(tmp_path / "other")
    words = going("rsync", target)
    verb(site.root, *words)
    shutil.copytree(site.root, other.root)
    newsday(site)
    other.write({"content/ours.md": story("ours", "خبر من نسخة أخرى", date="2021-10-21")}).build()
    real = deploy_command._run

    def run(step: hosting_deploy.Step, go: bool) -> None:
        if step.title.id == title:
            monkeypatch.setattr(deploy_command, "_run", real)
            assert verb(other.root, *words)[0] == 0
        real(step, go)

    monkeypatch.setattr(deploy_command, "_run", run)
    for _ in range(2):
        code, _, err = verb(site.root, *words)
        assert code == 0, err
    assert tree(target) == tree(site.root / "output")


def test_a_target_that_hides_the_manifest_is_told_before_any_page_is_sent(
    site: Site, tmp_path: Path, verb: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As servers of FTP do that list no name with a dot: nothing that was sent there would ever be deleted."""
    tool, target = tmp_path / "bin/rclone", tmp_path / "www"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\ncase "$*" in *--include=*) exit 0;; esac\nexec {program("rclone")} "$@"\n')
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tool.parent), prepend=os.pathsep)
    code, _, err = verb(site.root, *going("rclone", target))
    assert code == 2 and "does not give back '.mujaz-manifest'" in err
    assert tree(target).keys() == {hosting_deploy.MANIFEST}


def test_foreign_files_of_the_output_are_named_and_not_sent(
    site: Site, tmp_path: Path, verb: Callable[..., Any]
) -> None:
    program("rsync")
    target = tmp_path / "www"
    target.mkdir()
    (site.root / "output/.git").mkdir()
    (site.root / "output/.git/config").write_text("secret")
    code, out, _ = verb(site.root, "--go", str(target))
    assert code == 0 and ".git/config" in out
    assert not (target / ".git").exists()


@pytest.mark.parametrize("name", ["\u201bUmar.pdf", "a\u2401.pdf"])
def test_a_name_that_rclone_passes_over_is_told_before_anything_is_sent(
    site: Site, tmp_path: Path, verb: Callable[..., Any], name: str
) -> None:
    """rclone left the file out and ended with 0: the link to it was dead at the target."""
    program("rclone"), program("rsync")
    target = tmp_path / "www"
    target.mkdir()
    site.write({f"content/{name}": "%PDF", "content/3.md": article("خبر", slug="s3", body=f"[ملف](./{name})")})
    site.build()
    code, _, err = verb(site.root, *going("rclone", target))
    assert code == 2 and "rclone passes over" in err and name[1:3] in err and tree(target) == {}
    assert verb(site.root, *going("rsync", target))[0] == 0
    assert tree(target).keys() == tree(site.root / "output").keys()


@pytest.mark.parametrize("tool", TOOLS)
def test_what_is_sent_can_be_read_whatever_the_umask(
    site: Site, tmp_path: Path, verb: Callable[..., Any], tool: str
) -> None:
    program(tool)
    target = tmp_path / "www"
    target.mkdir()
    before = os.umask(0o077)
    try:
        assert verb(site.root, *going(tool, target))[0] == 0
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o055 for path in target.rglob("*") if path.is_dir()} == {0o055}
    assert {path.stat().st_mode & 0o044 for path in target.rglob("*")} == {0o044}


def test_a_deploy_that_cannot_go_on_does_not_deny_what_it_sent(
    site: Site, tmp_path: Path, verb: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    program("rsync")
    target = tmp_path / "www"
    target.mkdir()
    real, steps = subprocess.run, iter(range(100))

    def run(command: Any, **more: Any) -> Any:
        if next(steps) == 3:
            raise OSError(12, "Cannot allocate memory")
        return real(command, **more)

    monkeypatch.setattr("mujaz.commands.deploy.subprocess.run", run)
    code, _, err = verb(site.root, "--go", str(target))
    assert code == 1 and "a part was written before" in err and "nothing was" not in err


@pytest.mark.parametrize("tool", TOOLS)
def test_no_name_at_the_target_stands_for_another_file(tmp_path: Path, tool: str) -> None:
    """U+2028 and its like end a line for Python alone, and behind one a name may look like a row of the listing."""
    row = "-rw-r--r--              1 2021/01/01 00:00:00 index.html"
    names = [f"x\u2028{row}", f"y\x85{row}", "قديم.html"]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    _, *words = hosting_deploy.listing(str(tmp_path), tool)
    ended = subprocess.run(
        [program(tool), *words], capture_output=True, env={**os.environ, "LC_ALL": "C.UTF-8"}, check=False
    )
    assert hosting_deploy.listed_paths(tool, os.fsdecode(ended.stdout)) == set(names)
    hostile = "../a\n/etc/passwd\na//b\nb/../../c\n\n" if tool == "rclone" else f"{row[:-10]}../a\n{row[:-10]}/b\n"
    assert hosting_deploy.listed_paths(tool, hostile) == set()


@pytest.mark.parametrize("tool", TOOLS)
def test_what_no_deploy_put_there_is_listed_and_on_demand_deleted(
    site: Site, tmp_path: Path, verb: Callable[..., Any], tool: str
) -> None:
    program(tool)
    target = tmp_path / "www"
    target.mkdir()
    words = going(tool, target)
    verb(site.root, *words)
    strange = target / "قديم" / " a;b.html"
    strange.parent.mkdir()
    strange.write_text("x")
    _, out, _ = verb(site.root, "--others", "list", *words)
    assert "قديم/ a;b.html" in out and strange.exists()
    verb(site.root, "--others", "delete", *words)
    assert tree(target) == tree(site.root / "output")


def test_no_name_at_the_target_or_here_acts_on_a_terminal(site: Site, tmp_path: Path, verb: Callable[..., Any]) -> None:
    program("rsync")
    for folder in (tmp_path / "www", site.root / "output"):
        folder.mkdir(exist_ok=True)
        (folder / "a\x1b]0;x\x07\x9b2J").write_text("x")
    _, out, err = verb(site.root, "--others", "list", str(tmp_path / "www"))
    told = [row for row in out.split("\n") if "u001b]0;x" in row]
    assert len(told) == 2 and not any(sign in out + err for sign in "\x1b\x07\x9b")


def test_a_deploy_that_would_delete_too_much_stops(site: Site, tmp_path: Path, verb: Callable[..., Any]) -> None:
    program("rsync")
    target = tmp_path / "www"
    target.mkdir()

    def deployed(*words: str) -> int:
        return int(verb(site.root, str(target), "--go", *words)[0])

    assert deployed() == 0
    full = tree(target)
    for n in range(6):
        (site.root / f"content/{n}.md").unlink()
    time.sleep(1.1)  # rsync passes over a file of the same size and second
    site.build()
    assert deployed() == 1 and tree(target) == full
    assert deployed("--no-delete") == 0 and tree(target).keys() >= full.keys()
    assert deployed("--allow-shrink") == 0 and tree(target) == tree(site.root / "output")
