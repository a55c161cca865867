"""No words on the command line end in a traceback, whichever verb they go to: they are drawn from what click knows."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import shutil
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mujaz.cli import VERBS, cli, main
from mujaz.commands import deploy as deploy_verb
from mujaz.commands import serve as serve_verb
from mujaz.serve import build_process, loop, server
from tests.support.sites import CONFIG, Site, article

TIMES = int(os.environ.get("MUJAZ_FUZZ", "5000")) // 20
# What a shell can pass: any bytes but zero. Names are relative to a folder of the test.
TEXTS = (
    *("", " ", "-", "--", "x", "خبر عاجل", "a\nb", "a\r\nBcc: x@y.example", "\n", "\t", "a\x1b[2J", "\u202eb"),
    *("\u2028", "—"),
    *(os.fsdecode(b"\xff\xfe"), "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")),
    *("a" * 300, "ا" * 5_000, "{x}", "{{ x }}", "%s%n", "'\"`$(x)", "*?[", "#;", "=", "a=b", "=b", "a=", "x=politics"),
    *("0", "-1", "1", "257", "99999999999999999999", "1e308", "nan", "inf", "1_0", "٣", "1.5", "0x10"),
    *("2021-10-18", "2021-10-18T10:00+25:00", "0001-01-01", "9999-12-31", "9999-12-31T23:59:59-14:00", "2021-W42-1"),
    *("2021-w42", "9999-w53", "0000-w01", "2021-02-30", "0001-01-01T00:00+14:00", "18:00", "2021/10/18"),
    *("0002-01-01", "9998-12-31"),
    *("http://[x/", "http://127.0.0.1:9/", "ftp://x", "https://", "https://a\nb/", "//x", "http://a℀b/", "x:y:z"),
    *("config.yaml", "content", "content/a.md", "output", "../x", "none/such", "a\nfolder", "/dev/null", "."),
)  # fmt: skip
OFTEN = settings(
    max_examples=10, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
LONG = settings(max_examples=TIMES, deadline=None, database=None, suppress_health_check=list(HealthCheck))


def command_of(verb: str) -> click.Command:
    command = cli.get_command(click.Context(cli), verb)
    assert command is not None
    return command


def values(parameter: click.Parameter) -> st.SearchStrategy[str]:
    """Most often what the parameter can mean, so that the words get past click."""
    kind = parameter.type
    if isinstance(kind, click.Choice):
        return st.sampled_from([*kind.choices, *kind.choices, "x", "a\nb"])
    return st.one_of(st.sampled_from(TEXTS), st.text(st.characters(blacklist_characters="\0"), max_size=8))


@st.composite
def lines(draw: st.DrawFn, command: click.Command) -> list[str]:
    """The words after a verb: some of its options, and its arguments."""
    words: list[str] = []
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            if parameter.name in ("help", "site") or not draw(st.booleans()):
                continue
            name = draw(st.sampled_from([*parameter.opts, *parameter.secondary_opts]))
            words += [name] if parameter.is_flag else [name, draw(values(parameter))]
        elif parameter.nargs == -1:
            words += draw(st.lists(values(parameter), max_size=2))
        elif parameter.required or draw(st.booleans()):
            words.append(draw(values(parameter)))
    return words


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A site that is built, with editions; it is the working folder."""
    root = tmp_path_factory.mktemp("arguments") / "site"
    site = Site(root).write(
        {
            "config.yaml": CONFIG + "editions: {day: true}\nmost_read: {source: hits.csv}\n",
            "hits.csv": "a,1\n",
            "layouts/assets/naskh.woff2": "خط",  # cutting the real ones takes a second
            "layouts/assets/plex-bold.woff2": "خط",
            "content/a.md": article(id="a", slug="a"),
        }
    )
    site.build()
    before = os.getcwd()
    os.chdir(root)
    yield root
    os.chdir(before)


def never(*rest: Any, **more: Any) -> None:
    """What waits for a reader, an editor or Ctrl-C ends at once."""
    for one in rest:
        if isinstance(one, socket.socket):
            one.close()


def not_served(serving: Any, sites: list[tuple[Any, socket.socket]]) -> None:
    for _, line in sites:
        line.close()


def tool(command: Any, **more: Any) -> Any:
    """rsync or rclone, which sends nothing anywhere and says that there is no manifest yet."""
    assert not any("\0" in word for word in command)
    more.get("input", b"").decode()
    return SimpleNamespace(returncode=3 if "rclone" in command[0] else 0, stdout=b"", stderr=b"")


class _Standing:
    def close(self) -> None: ...


def said_of(verb: str, words: list[str], root: Path) -> None:
    """Run the words as the command line would; whatever they are, they end in a line and a code of ours."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8", "backslashreplace")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deploy_verb.subprocess, "run", tool)
        patch.setattr(deploy_verb.shutil, "which", lambda name: f"/{name}")
        patch.setattr(deploy_verb.time, "sleep", never)
        patch.setattr(click, "edit", never)
        patch.setattr(server, "show", never)
        patch.setattr(loop, "serve", not_served)
        patch.setattr(build_process, "start", lambda request, questions=None: _Standing())
        patch.setattr(build_process, "seed", never)
        patch.setattr(serve_verb.gc, "enable", never)
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"/a/,1\n"), "utf-8"))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                main([verb, *words, *([] if verb in ("completion", "manual") else ["--site", str(root)])])
                code: object = "none"
            except SystemExit as ended:
                code = ended.code
            except BaseException as error:
                raise AssertionError((verb, words)) from error
            finally:
                gc.enable()
        out.flush()
        err.flush()
    printed = err.buffer.getvalue().decode()  # type: ignore[attr-defined]
    assert code in (0, 1, 2, 3), (verb, words, code, printed[-2000:])
    assert "Traceback" not in printed, (verb, words, printed)


@pytest.mark.parametrize("verb", VERBS)
@OFTEN
@given(st.data())
def test_no_words_end_in_a_traceback(verb: str, folder: Path, data: st.DataObject) -> None:
    said_of(verb, data.draw(lines(command_of(verb))), folder)


@pytest.mark.long
@pytest.mark.parametrize("verb", VERBS)
@LONG
@given(st.data())
def test_no_thousands_of_words_end_in_a_traceback(verb: str, folder: Path, data: st.DataObject) -> None:
    said_of(verb, data.draw(lines(command_of(verb))), folder)


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00+14:00", "9999-12-31", "0001-01-01"])
def test_a_moment_at_an_end_of_the_calendar_is_refused(moment: str, folder: Path) -> None:
    """A zone or a week from there leads out of it."""
    for verb in ("build", "status", "check"):
        said_of(verb, ["--now", moment], folder)
    ended = CliRunner().invoke(cli, ["status", "--now", moment, "--site", str(folder)])
    assert ended.exit_code == 2, ended.output


@pytest.mark.parametrize("option", ["--from", "--to"])
@pytest.mark.parametrize(
    "value",
    ["a@b.example\nBcc: c@d.example", "a\r", "a\u2028b\n", "\n", "a\x00b", "a\x0bb", "x, y <", "=?utf-8?q?=0a?=", ""],
)
def test_an_address_of_an_e_mail_is_one_line(option: str, value: str, folder: Path) -> None:
    """A line feed would begin a header of the sender's own."""
    ended = CliRunner().invoke(cli, ["edition", "2021-10-18", "--eml", option, value, "--site", str(folder)])
    assert "is no address" in str(ended.exception), ended.output


@pytest.mark.parametrize(
    "value",
    [
        *("a", "@b", "<>", "a@b>", "a@", "a b@c", "a@b c", "a@b@c", "a..b@c", "a;b@c", ",a@b", "a@b, c", "<a@b><c@d>"),
        *("ن@example.org", "a@نشرة.example", "=?utf-8?q?a=40b=2c?= <c@d>", "=?utf-8?q?a=00b?= <c@d>"),
        *("a" * 300 + "@b.example", "a@" + "b" * 300),
    ],
)
def test_what_a_mail_program_would_read_otherwise_is_no_address(value: str, folder: Path) -> None:
    """It was sent as it stands, or a part of it: to nobody, or to one of two."""
    ended = CliRunner().invoke(cli, ["edition", "2021-10-18", "--eml", "--to", value, "--site", str(folder)])
    assert "is no address" in str(ended.exception), ended.output


def test_the_site_of_these_tests_still_stands(folder: Path) -> None:
    shutil.rmtree(folder / "output", ignore_errors=True)
    assert (folder / "config.yaml").is_file() and (folder / "content/a.md").is_file()
