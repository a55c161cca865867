"""The command line: what it prints, in which order, and how it ends."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mujaz.cli import main
from tests.support.sites import REPOSITORY, Site, article
from tests.support.whole_site import FONTS

MakeSite = Callable[..., Site]
FILES = {**FONTS, "content/a.md": article("خبر معلن", id="a", slug="a")}
AT = "2021-12-01T12:00:00+00:00"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str, str]]:
    """Run `build.py …` in a folder: exit code, what it printed, what it complained of."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)

    def command(folder: Path, *words: str) -> tuple[int, str, str]:
        monkeypatch.chdir(folder)
        with pytest.raises(SystemExit) as ended:
            main(list(words))
        printed = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, printed.out, printed.err

    return command


Run = Callable[..., tuple[int, str, str]]


# ---------------------------------------------------------------- a build


def test_a_build_ends_with_one_line_that_says_what_it_did(make_site: MakeSite, run: Run) -> None:
    site = make_site(FILES)
    code, out, err = run(site.root, "--now", AT)
    files = sum(not path.endswith("/") for path in site.paths()) - 1  # without the manifest
    assert (code, err) == (0, "")
    told = rf"1 story, {files} files in output: {files} written, 0 deleted, 0 unchanged, in \d+\.\d\d s\n"
    assert re.fullmatch(told, out)


def test_a_second_build_says_what_changed(make_site: MakeSite, run: Run) -> None:
    site = make_site({**FILES, "content/b.md": article("خبر زائل", id="b", slug="b", section="sport")})
    run(site.root, "--now", AT)
    (site.root / "content/b.md").unlink()
    _, out, _ = run(site.root, "--now", AT)
    told = re.fullmatch(
        r"1 story, (\d+) files in output: (\d+) written, (\d+) deleted, (\d+) unchanged, in .* s\n", out
    )
    assert told
    files, written, deleted, unchanged = map(int, told.groups())
    assert written + unchanged == files and written > 0 and deleted > 3 and unchanged > 3
    _, out, _ = run(site.root, "--now", AT)
    assert f" 0 written, 0 deleted, {files} unchanged" in out


def test_what_is_held_back_is_told_with_its_time(make_site: MakeSite, run: Run) -> None:
    site = make_site(
        {
            **FILES,
            "content/d1.md": article("مسودة أولى", draft="true"),
            "content/d2.md": article("مسودة ثانية", draft="true"),
            "content/f1.md": article("خبر الغد", date="2021-12-03 16:00"),
            "content/f2.md": article("خبر العام", date="2022-12-03"),
            "content/e.md": article("خبر انقضى", expires="2021-10-20"),
        }
    )
    _, out, _ = run(site.root, "--now", AT)
    assert out.splitlines()[1:] == [
        "held: 2 drafts, 2 future (next in 2d 1h, 2021-12-03T16:00:00+03:00), 1 expired",
        "next-build: 2021-12-03T16:00:00+03:00",
    ]
    _, out, _ = run(site.root, "--now", "2021-12-03T12:30:00+00:00", "--drafts")
    assert out.startswith("3 stories, ")
    assert out.splitlines()[1:] == [
        "held: 2 future (next in 0h 30m, 2021-12-03T16:00:00+03:00), 1 expired",
        "next-build: 2021-12-03T16:00:00+03:00",
    ]
    _, out, _ = run(site.root, "--now", AT, "--drafts", "--future")
    assert out.startswith("5 stories, ")
    # The edition of the first day that is not over joins the feeds when it is.
    assert out.splitlines()[1:] == ["held: 1 expired", "next-build: 2021-12-04T00:00:00+03:00"]


def test_the_next_build_is_due_when_the_first_story_goes_out_or_expires(make_site: MakeSite, run: Run) -> None:
    site = make_site({**FILES, "content/e.md": article("خبر سينقضي", expires="2021-12-02 09:30")})
    for _ in range(2):  # a build with nothing to do says it too
        _, out, _ = run(site.root, "--now", AT)
        assert out.splitlines()[1:] == ["next-build: 2021-12-02T09:30:00+03:00"]


def test_a_site_with_nothing_held_back_says_nothing_of_it(make_site: MakeSite, run: Run) -> None:
    site = make_site(FILES)
    _, out, _ = run(site.root, "--now", AT)
    assert "held" not in out


def test_files_of_others_in_the_output_are_named_and_kept(make_site: MakeSite, run: Run) -> None:
    site = make_site(FILES)
    run(site.root, "--now", AT)
    site.write({"output/CNAME": "example.org"})
    code, out, _ = run(site.root, "--now", AT)
    assert code == 0
    assert out.splitlines()[1:] == ["kept 1 file that mujaz did not write: CNAME"]
    assert site.read("CNAME") == "example.org"


def test_quiet_prints_problems_only(make_site: MakeSite, run: Run) -> None:
    site = make_site(
        {**FILES, "content/b.md": article(body="انظر [المسودة](d.md)."), "content/d.md": article(draft="true")}
    )
    code, out, err = run(site.root, "--now", AT, "--quiet")
    assert (code, out) == (0, "")
    assert err.startswith("content/b.md:7:16: warning: ")
    assert run(make_site(FILES).root, "--now", AT, "--quiet") == (0, "", "")


def test_profile_times_each_step_of_the_pipeline(make_site: MakeSite, run: Run) -> None:
    site = make_site(FILES)
    code, out, err = run(site.root, "--now", AT, "--profile")
    assert code == 0 and out.startswith("1 story, ")
    lines = [re.fullmatch(r" *(\S.*?) +\d+\.\d{3} s wall +\d+\.\d{3} s CPU", line) for line in err.splitlines()]
    assert all(lines)
    names = [line[1] for line in lines if line]
    assert names[-1] == "all" and len(names) == len(set(names))
    steps = ["read", "assemble", "plan", "render", "commit"]
    assert [name for name in names if name in steps] == steps


def test_progress_is_for_terminals(make_site: MakeSite, run: Run) -> None:
    site = make_site(FILES)
    _, _, err = run(site.root, "--now", AT)
    assert "\r" not in err


# ---------------------------------------------------------------- options


def test_another_site_output_and_address_may_be_asked_for(make_site: MakeSite, run: Run, tmp_path: Path) -> None:
    site = make_site(FILES)
    words = ["build", "--site", str(site.root), "--output", str(tmp_path / "public"), "--now", AT]
    code, out, _ = run(tmp_path, *words, "--base-url", "https://mirror.example.org", "--jobs", "1")
    assert code == 0 and " files in public: " in out
    assert not (site.root / "output").exists()
    home = (tmp_path / "public" / "index.html").read_text(encoding="utf-8")
    assert 'href="https://mirror.example.org/"' in home and 'href="/2021/10/18/a/"' in home


def test_now_comes_from_the_option_then_from_the_environment(
    make_site: MakeSite, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site({**FILES, "content/b.md": article("خبر لاحق", date="2021-11-30 12:00")})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1637000000")  # 15 November 2021
    assert run(site.root)[1].startswith("1 story, ")
    assert run(site.root, "--now", AT)[1].startswith("2 stories, ")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "أمس")
    assert run(site.root) == (
        2,
        "",
        "mujaz: SOURCE_DATE_EPOCH is '\u2068أمس\u2069'; it must be a whole number of seconds\n",
    )


def test_a_moment_without_an_offset_is_utc(make_site: MakeSite, run: Run) -> None:
    site = make_site({**FILES, "content/b.md": article("خبر لاحق", date="2021-11-30T12:00:00+00:00")})
    assert run(site.root, "--now", "2021-11-30")[1].startswith("1 story, ")
    assert run(site.root, "--now", "2021-11-30T11:59")[1].startswith("1 story, ")
    assert run(site.root, "--now", "2021-11-30T12:00")[1].startswith("2 stories, ")


# ---------------------------------------------------------------- how it ends


def test_problems_end_with_their_number_and_change_nothing(make_site: MakeSite, run: Run) -> None:
    site = make_site(FILES)
    run(site.root, "--now", AT)
    before = site.digest()
    site.write({"content/a.md": article("تعديل"), "content/b.md": article("", section="sprot")})
    code, out, err = run(site.root, "--now", AT)
    assert (code, out) == (1, "")
    assert [line for line in err.splitlines() if not line.startswith("  help: ")] == [
        "content/b.md:2:1: 'title' is missing",
        "content/b.md:3:10: section 'sprot' is not in config.yaml",
        "2 problems; nothing was written",
    ]
    assert site.digest() == before
    site.write({"content/b.md": article(section="sprot")})
    assert run(site.root, "--now", AT)[2].endswith("\n1 problem; nothing was written\n")


def test_warnings_are_counted_after_the_first_twenty(make_site: MakeSite, run: Run) -> None:
    links = "\n\n".join(f"انظر [المسودة {n}](d.md)." for n in range(23))
    site = make_site({**FILES, "content/b.md": article(body=links), "content/d.md": article(draft="true")})
    code, _, err = run(site.root, "--now", AT)
    lines = err.splitlines()
    assert code == 0
    assert sum(": warning: " in line for line in lines) == 20
    assert lines[-1] == "… and 3 more warnings"


def test_many_warnings_come_by_kind_and_counted(make_site: MakeSite, run: Run) -> None:
    """The most frequent kind first, each with one place at least."""
    links = "\n\n".join(f"انظر [المسودة {n}](d.md)." for n in range(23))
    files = {f"content/n{n}.md": article(slug=f"n{n}", aliases=f"[/o{n}/, /o{n}/]") for n in range(3)}
    files["content/note.txt"] = "نص"
    site = make_site(
        {**FILES, **files, "content/b.md": article(slug="b", body=links), "content/d.md": article(draft="true")}
    )
    code, _, err = run(site.root, "--now", AT)
    lines = [line for line in err.splitlines() if not line.startswith("  help: ")]
    assert code == 0
    assert lines[0].startswith("27 warnings by kind, as docs/problems.md explains them; build.py check lists all")
    assert [line for line in lines if line.endswith(("warnings", "warning"))] == [
        "link-to-unpublished: 23 warnings",
        "alias-twice: 3 warnings",
        "not-read-by-its-name: 1 warning",
        "… and 7 more warnings",
    ]
    assert sum(": warning: " in line for line in lines) == 20
    assert [sum(part in line for line in lines) for part in ("is not published", "written twice", "is not read")] == [
        18,
        1,
        1,
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--bild"], "No such option"),
        (["biuld"], "there is no command"),
        (["--now", "18/10/2021"], "'18/10/2021' is no moment; write it like 2021-10-18T14:00:00+03:00"),
        (["--jobs", "-1"], "--jobs"),
        (["--jobs", "many"], "--jobs"),
        (["--output", "."], "output"),
    ],
)
def test_wrong_usage_ends_with_two_and_one_line(make_site: MakeSite, run: Run, words: list[str], said: str) -> None:
    code, out, err = run(make_site(FILES).root, *words)
    assert (code, out) == (2, "")
    assert err.startswith("mujaz: ") and said in err and err.count("\n") <= 2


def test_a_folder_that_is_no_site_is_said_to_be_none(run: Run, tmp_path: Path) -> None:
    code, out, err = run(tmp_path, "--now", AT)
    assert code in (1, 2) and out == ""
    assert "config.yaml" in err and "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_a_mistake_of_ours_says_so_and_shows_where(
    make_site: MakeSite, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **options: object) -> None:
        raise ZeroDivisionError("ours")

    monkeypatch.setattr("mujaz.build.entry.build", broken)
    code, out, err = run(make_site(FILES).root, "--now", AT)
    assert (code, out) == (70, "")
    assert "ZeroDivisionError: ours" in err
    assert err.splitlines()[-1].startswith("mujaz: this is a bug in mujaz")


def test_help_names_every_option_and_the_exit_codes(run: Run, tmp_path: Path) -> None:
    code, out, err = run(tmp_path, "--help")
    assert (code, err) == (0, "")
    for word in "--site --output --base-url --now --drafts --future --jobs --profile --quiet build 0 1 2".split():
        assert re.search(rf"(?<![\w-]){re.escape(word)}\b", out), word
    assert run(tmp_path, "build", "--help")[0] == 0


# ---------------------------------------------------------------- the door


def python(*words: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*map(str, words)], cwd=cwd, env=environment, capture_output=True, text=True, timeout=60)


def test_build_py_is_the_command_line(make_site: MakeSite) -> None:
    site = make_site(FILES)
    door = [sys.executable, REPOSITORY / "build.py"]
    helped = python(*door, "--help", cwd=site.root, LC_ALL="C")
    assert (helped.returncode, helped.stderr) == (0, "") and helped.stdout.startswith("Usage: build.py")
    built = python(*door, "--now", AT, "--jobs", "1", cwd=site.root, LC_ALL="C")
    assert (built.returncode, built.stderr) == (0, "") and built.stdout.startswith("1 story, ")
    refused = python(*door, "--site", "nowhere", cwd=site.root, LC_ALL="C")
    assert refused.returncode in (1, 2) and "Traceback" not in refused.stderr


def bare_project(folder: Path) -> Path:
    """A copy of the project's code, as it is on a machine where nothing has been set up."""
    shutil.copytree(REPOSITORY / "mujaz", folder / "mujaz", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "build.py", folder)
    return folder


def test_without_the_environment_one_line_says_what_to_run(tmp_path: Path) -> None:
    """A Python that sees no installed package: -S leaves out site-packages, -E what the environment would add."""
    folder = bare_project(tmp_path)
    refused = python(sys.executable, "-S", "-E", "build.py", cwd=folder)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "mujaz: the libraries are not installed for this Python; run: make setup\n"
    target = refused.stderr.split()[-1]
    assert re.search(rf"^{target}:", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("target", ["gone", "dangling", "foreign"])
def test_an_environment_whose_python_is_gone_is_told_in_the_same_line(tmp_path: Path, target: str) -> None:
    folder = bare_project(tmp_path)
    own = folder / ".venv" / "bin" / "python"
    own.parent.mkdir(parents=True)
    if target == "dangling":
        own.symlink_to(tmp_path / "python-of-last-year")
    if target == "foreign":  # a program of another processor
        own.write_bytes(b"\x7fELF" + bytes(200))
        own.chmod(0o755)
    refused = python(sys.executable, "-S", "-E", "build.py", cwd=folder)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "mujaz: the libraries are not installed for this Python; run: make setup\n"


def test_another_python_hands_over_to_the_environment_that_is_there(tmp_path: Path) -> None:
    folder = bare_project(tmp_path)
    own = folder / ".venv" / "bin" / "python"
    own.parent.mkdir(parents=True)
    own.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    own.chmod(0o755)
    helped = python(sys.executable, "-S", "-E", "build.py", "--help", cwd=folder)
    assert (helped.returncode, helped.stderr) == (0, "") and helped.stdout.startswith("Usage: build.py")


@pytest.mark.parametrize(("word", "near"), [("biuld", "build"), ("lst", "list"), ("checks", "check")])
def test_a_misspelt_command_gets_an_offer(word: str, near: str) -> None:
    done = subprocess.run([sys.executable, str(REPOSITORY / "build.py"), word], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (2, f"build.py: there is no command '{word}'; did you mean '{near}'?\n")


@pytest.mark.needs("false")
@pytest.mark.parametrize("editor", ["false", "no-such-editor"])
def test_an_editor_that_fails_leaves_the_file_and_is_told(make_site: Callable[..., Site], editor: str) -> None:
    site = make_site()
    command = [sys.executable, str(REPOSITORY / "build.py"), "new", "خبر", "--section", "sport", "--edit"]
    environment = {**os.environ, "EDITOR": editor, "VISUAL": editor, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, cwd=site.root, env=environment, capture_output=True, text=True)
    assert done.returncode == 2 and "name yours in EDITOR" in done.stderr
    assert (site.root / done.stdout.split()[0]).is_file()
