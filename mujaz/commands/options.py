"""What several verbs share: their options, the one reading of the clock, how counts and problems are printed."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mujaz.messages.catalogue import joined
from mujaz.messages.errors import Problem, UsageError, visible
from mujaz.messages.message import Message, Value, say

if TYPE_CHECKING:
    import socket

FEW_WARNINGS = 5  # as many are printed in the order of their places
SHOWN_WARNINGS = 20  # a build prints so many; the rest are counted
LANGUAGES = ("en", "ar")
LANGUAGE = "lang"  # its place among the wishes of a run, which are the `obj` of its click contexts
PROGRAM = "mujaz"  # the command that a wheel installs
STEPS = {"read": say("progress-read"), "render": say("progress-render"), "links": say("progress-links")}


YEARS = range(2, 9999)  # a year at each end, so that no zone and no week leads out of the calendar


class Moment(click.ParamType[datetime]):
    """An ISO moment with an offset, or a day; without an offset it is UTC."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            moment = datetime.min
        if moment.year not in YEARS:
            self.fail(text_of(say("no-moment", text=str(value))), param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Whole(click.IntRange):
    """Whole numbers between bounds, by the name that a reader of --help or of a mistake expects."""

    name = "number"


class Length(click.FloatRange):
    """Numbers between bounds."""

    name = "number"


def now_of(given: datetime | None) -> datetime:
    """`--now`, else SOURCE_DATE_EPOCH, else the clock: the only place where it is read.

    Raises UsageError where SOURCE_DATE_EPOCH is not a number of seconds within the supported years.
    """
    if given is not None:
        return given
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC)
    try:
        moment = datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        moment = datetime.min
    if moment.year not in YEARS:
        raise UsageError(say("epoch-wrong", epoch=epoch))
    return moment


cache_option = click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder of the cache. Default: .mujaz in the site's folder.",
)


def build_options(command: Callable[..., None]) -> Callable[..., None]:
    folder = click.Path(path_type=Path, file_okay=False)
    site = click.Path(path_type=Path, file_okay=False, exists=True)
    options = (
        click.option("--site", type=site, help="The site's folder (config.yaml, content/). Default: here."),
        click.option("--output", type=folder, help="Where to build. Default: paths.output in config.yaml."),
        cache_option,
        click.option("--base-url", default=None, help="The site's address, instead of site.base_url."),
        click.option(
            "--now", type=Moment(), default=None, help="Build as if it were this moment (UTC unless it has an offset)."
        ),
        click.option("--drafts", is_flag=True, help="Publish drafts too."),
        click.option("--future", is_flag=True, help="Publish stories that are held until later, too."),
        click.option("--allow-shrink", is_flag=True, help="Take away however many live pages (max_shrink)."),
        click.option("--fix", is_flag=True, help="Write the aliases and ids of moved stories, then build."),
        click.option("--skip-broken", is_flag=True, help="Build without the files that have errors; then exit with 4."),
        click.option("--jobs", type=Whole(0, 256), default=0, help="Worker processes; 0: one per processor."),
        click.option("--profile", is_flag=True, help="Print how long each step took."),
        click.option("--why", is_flag=True, help="Print for each rendered page why it was rendered."),
        click.option("--quiet", is_flag=True, help="Print problems only."),
        language_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


site_option = click.option(
    "--site",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="The site's folder (config.yaml, content/). Default: here.",
)
port_option = click.option("--port", type=Whole(0, 65535), default=None, help="Default: 8000, or the next free.")


language_option = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=None,
    expose_value=False,  # `wished_language` finds it, so that a mistake in the others is told in it
    help="Messages in English or Arabic (--help is English). Default: as the locale (LC_ALL, LC_MESSAGES, LANG) says.",
)


def program() -> str:
    """What the user has started: `mujaz`, or `build.py` in a checkout."""
    context = click.get_current_context(silent=True)
    return (context and context.find_root().info_name) or PROGRAM


def root_of(site: Path | None) -> Path:
    return (site or Path.cwd()).absolute()


def address_of(line: socket.socket, base_path: str, host: str = "localhost") -> str:
    """Where what listens on `line` is to be opened."""
    return f"http://{host}:{line.getsockname()[1]}{base_path}/"


def port_choice(port: int | None) -> tuple[int, int]:
    """The port to try, and how many after it: none but for the default one."""
    return (8000, 20) if port is None else (port, 0)


def language_of(given: str | None = None) -> str:
    """The language of messages: what was asked for, else the locale's if it is Arabic, else English."""
    context = click.get_current_context(silent=True)
    wishes = context.obj if context is not None and isinstance(context.obj, dict) else {}
    if given or wishes.get(LANGUAGE):
        return str(given or wishes[LANGUAGE])
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "ar" if re.match(r"ar([_.@-]|$)", locale) else "en"


def wished_language(words: Sequence[str]) -> str | None:
    """The language that the words of a command line ask for, whatever else is wrong with them."""
    asked = [after for word, after in pairwise([*words, ""]) if word == "--lang"]
    asked += [word.removeprefix("--lang=") for word in words if word.startswith("--lang=")]
    return next((language for language in asked if language in LANGUAGES), None)


def text_of(message: Message, language: str | None = None) -> str:
    """A message of a command in the language of messages."""
    return message.text(language_of(language))


def print_message(id: str, /, *, err: bool = False, **args: Value) -> None:
    """Print a message of a command in the language of messages, with the control characters of its names shown."""
    click.echo(visible(text_of(say(id, **args))), err=err)


def listed(texts: Iterable[str]) -> str:
    """Texts in a row, as the language of messages joins them."""
    return joined(list(texts), language_of())


def span(delta: timedelta) -> Message:
    minutes = max(0, int(delta.total_seconds() // 60))
    days, hours = minutes // 1440, minutes // 60 % 24
    if days:
        return say("days-and-hours", days=days, hours=hours)
    return say("hours-and-minutes-span", hours=hours, minutes=minutes % 60)


def print_problems(problems: Sequence[Problem], language: str | None = None) -> None:
    """Every error and the first warnings, in the language asked for or the locale's.

    More than a few warnings come by kind, the most frequent first, each kind with its number and one place at least.
    """
    language = language_of(language)
    kinds: dict[str, list[Problem]] = {}
    for problem in problems:
        if not problem.warning:
            click.echo(problem.block(language), err=True)
        else:
            kinds.setdefault(problem.kind, []).append(problem)
    of_kind = list(kinds.values())
    count = sum(map(len, of_kind))
    by_kind = count > FEW_WARNINGS and len(kinds) > 1
    if by_kind:
        of_kind = sorted(of_kind, key=lambda group: -len(group))
        click.echo(text_of(say("warnings-by-kind", n=count), language), err=True)
    else:
        of_kind = [[problem for problem in problems if problem.warning]]
    left = SHOWN_WARNINGS
    for place, group in enumerate(of_kind):
        shown = group[: max(left - (len(of_kind) - 1 - place), min(left, 1))]
        left -= len(shown)
        if by_kind:
            click.echo(text_of(say("warnings-of-kind", n=len(group), kind=group[0].kind), language), err=True)
        for problem in shown:
            click.echo(problem.block(language), err=True)
    if count > SHOWN_WARNINGS:
        click.echo(text_of(say("more-warnings", n=count - SHOWN_WARNINGS), language), err=True)


def held_line(*, drafts: int, held: int, next_story: datetime | None, expired: int, now: datetime) -> str:
    """`held: 1 draft, 2 future (next in 2h 14m, …), 1 expired`, or nothing where nothing is held back.

    In the language of messages.
    """
    parts = [text_of(say("drafts", n=drafts))] if drafts else []
    if held and next_story:
        parts.append(text_of(say("next-future", n=held, span=span(next_story - now), moment=next_story.isoformat())))
    parts += [text_of(say("expired", n=expired))] if expired else []
    return text_of(say("held-back", what=listed(parts))) if parts else ""


def print_unread(problems: Sequence[Problem], *, err: bool = False) -> None:
    """What is told by a verb that looks at the articles and met some that it could not read."""
    if errors := count_errors(problems):
        print_message("problems-in-articles", n=errors, program=program(), err=err)


def print_others(names: Sequence[str]) -> None:
    """Files of the output that are not ours, as the file system has them: how many, and the first of them."""
    if names:
        shown = [visible(os.fsencode(name).decode(errors="replace")) for name in names[:3]]
        shown += ["…"] if len(names) > 3 else []
        print_message("kept-files", n=len(names), names=tuple(shown))


def count_errors(problems: Sequence[Problem]) -> int:
    return sum(not problem.warning for problem in problems)


class ProgressLine:
    """One line on a terminal, rewritten at most ten times a second by the building process itself (no thread)."""

    def __init__(self, enabled: bool) -> None:
        self.enabled, self.last, self.shown = enabled, time.perf_counter(), False

    def show(self, step: str, done: int, of: int) -> None:
        moment = time.perf_counter()
        if self.enabled and of and moment - self.last > 0.1:
            self.last, self.shown = moment, True
            line = f"{text_of(STEPS[step])}: {done}/{of} ({100 * done // of} %)"
            click.echo(f"\r\033[K{line}", err=True, nl=False)

    def clear(self) -> None:
        if self.shown:
            click.echo("\r\033[K", err=True, nl=False)
