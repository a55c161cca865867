"""The command line: arguments, exit codes, what is printed. Exit 0: built; 1: problems in the site; 2: wrong usage."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from mujaz.errors import Problem, SiteError, UsageError, WorkerDied

SHOWN_WARNINGS = 20  # a build prints so many; the rest are counted
STEPS = {"read": "reading articles", "render": "rendering pages"}


class Moment(click.ParamType[datetime]):
    """An ISO moment with an offset, or a day; without an offset it is UTC."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no moment; write it like 2021-10-18T14:00:00+03:00", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _now(given: datetime | None) -> datetime:
    """`--now`, else SOURCE_DATE_EPOCH, else the clock: the only place where it is read."""
    if given is not None:
        return given
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise UsageError(f"SOURCE_DATE_EPOCH is {epoch!r}; it must be a whole number of seconds") from None


def _build_options(command: Callable[..., None]) -> Callable[..., None]:
    folder = click.Path(path_type=Path, file_okay=False)
    site = click.Path(path_type=Path, file_okay=False, exists=True)
    options = (
        click.option("--site", type=site, help="The site's folder (config.yaml, content/). Default: here."),
        click.option("--output", type=folder, help="Where to build. Default: paths.output in config.yaml."),
        click.option("--base-url", default=None, help="The site's address, instead of site.base_url."),
        click.option(
            "--now", type=Moment(), default=None, help="Build as if it were this moment (UTC unless it has an offset)."
        ),
        click.option("--drafts", is_flag=True, help="Publish drafts too."),
        click.option("--future", is_flag=True, help="Publish stories that are held until later, too."),
        click.option("--jobs", type=click.IntRange(0, 256), default=0, help="Worker processes; 0: one per processor."),
        click.option("--profile", is_flag=True, help="Print how long each step took."),
        click.option("--why", is_flag=True, help="Print for each rendered page why it was rendered."),
        click.option("--quiet", is_flag=True, help="Print problems only."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@_build_options
@click.version_option(package_name=None, version="0.1.0", prog_name="mujaz")
@click.pass_context
def cli(context: click.Context, /, **options: Any) -> None:
    """Mujaz (موجز) builds an Arabic news site from Markdown. Without a command it builds.

    Exit codes: 0 built, 1 problems in the site (nothing was written), 2 wrong usage.
    """
    if context.invoked_subcommand is None:
        context.invoke(build, **options)
    elif any(context.get_parameter_source(name) == click.core.ParameterSource.COMMANDLINE for name in options):
        raise click.UsageError(f"options go after the command: build.py {context.invoked_subcommand} …")


@cli.command()
@_build_options
def build(site: Path | None, quiet: bool, profile: bool, **options: Any) -> None:
    """Build the site into the output folder."""
    from mujaz.build import Order, Steps
    from mujaz.build import build as run

    started = time.perf_counter()
    options["now"] = _now(options["now"])
    progress = _Progress(enabled=not quiet and sys.stderr.isatty())
    steps = Steps(tell=progress.tell)
    try:
        report = run(Order(root=(site or Path.cwd()).absolute(), **options), steps)
    finally:
        progress.clear()
    _print_problems(report.warnings)
    for path, reason in report.why:
        click.echo(f"{path}: {reason}")
    if profile:
        for name, wall, busy in steps.taken:
            click.echo(f"{name:>10} {wall:8.3f} s wall {busy:8.3f} s CPU", err=True)
        wall, busy = time.perf_counter() - started, sum(step[2] for step in steps.taken)
        click.echo(f"{'all':>10} {wall:8.3f} s wall {busy:8.3f} s CPU", err=True)
    if not quiet:
        for line in _summary(report, options["now"], time.perf_counter() - started):
            click.echo(line)


@cli.command()
@click.option("--site", type=click.Path(path_type=Path, file_okay=False), help="The site's folder. Default: here.")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Where it was built.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="Default: 8000.")
def preview(site: Path | None, output: Path | None, port: int) -> None:
    """Show what was built on http://localhost, until Ctrl-C. It does not build."""
    from mujaz.config import load_config
    from mujaz.preview import server

    root = (site or Path.cwd()).absolute()
    config = load_config(root / "config.yaml").config
    folder = output or root / config.output
    if not (folder / "index.html").is_file():
        raise UsageError(f"there is no site in {folder} yet; build it first")
    with server(folder, config.base_path, port) as serving:
        click.echo(f"http://localhost:{serving.server_port}{config.base_path}/ (stop with Ctrl-C)")
        serving.serve_forever()


def _summary(report: Any, now: datetime, seconds: float) -> list[str]:
    """The short report that ends every build."""
    folder = os.path.relpath(report.output)
    folder = folder if not folder.startswith("..") else str(report.output)
    lines = [
        f"{_many(report.stories, 'story', 'stories')}, {_many(report.pages, 'file', 'files')} in {folder}: "
        f"{len(report.written)} written, {len(report.deleted)} deleted, "
        f"{report.pages - len(report.written)} unchanged, in {seconds:.2f} s"
    ]
    held = [_many(report.drafts, "draft", "drafts")] if report.drafts else []
    if report.held:
        held.append(f"{report.held} future (next in {_span(report.next_story - now)}, {report.next_story.isoformat()})")
    held += [f"{report.expired} expired"] if report.expired else []
    if held:
        lines.append(f"held: {', '.join(held)}")
    if report.foreign:
        names = [name.encode(errors="surrogateescape").decode(errors="replace") for name in report.foreign[:3]]
        shown = ", ".join(names) + (", …" if len(report.foreign) > 3 else "")
        lines.append(f"kept {_many(len(report.foreign), 'file', 'files')} that mujaz did not write: {shown}")
    return lines


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def _span(delta: Any) -> str:
    minutes = max(0, int(delta.total_seconds() // 60))
    days, hours = minutes // 1440, minutes // 60 % 24
    return f"{days}d {hours}h" if days else f"{hours}h {minutes % 60}m"


def _print_problems(problems: Sequence[Problem]) -> None:
    warnings = [problem for problem in problems if problem.warning]
    errors = [problem for problem in problems if not problem.warning]
    for problem in errors:
        click.echo(str(problem), err=True)
    for problem in warnings[:SHOWN_WARNINGS]:
        click.echo(str(problem), err=True)
    if len(warnings) > SHOWN_WARNINGS:
        click.echo(f"… and {len(warnings) - SHOWN_WARNINGS} more warnings", err=True)


class _Progress:
    """One line on a terminal, rewritten at most ten times a second by the building process itself (no thread)."""

    def __init__(self, enabled: bool) -> None:
        self.enabled, self.last, self.shown = enabled, time.perf_counter(), False

    def tell(self, step: str, done: int, of: int) -> None:
        moment = time.perf_counter()
        if self.enabled and of and moment - self.last > 0.1:
            self.last, self.shown = moment, True
            click.echo(f"\r\033[K{STEPS.get(step, step)}: {done} of {of} ({100 * done // of} %)", err=True, nl=False)

    def clear(self) -> None:
        if self.shown:
            click.echo("\r\033[K", err=True, nl=False)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; always ends in SystemExit."""
    gc.disable()  # a build makes values that live to its end: collecting costs 20 % and frees nothing
    try:
        cli.main(args=arguments, prog_name="build.py", standalone_mode=False)
    except SiteError as error:
        _print_problems(error.problems)
        count = sum(not problem.warning for problem in error.problems)
        click.echo(f"{_many(count, 'problem', 'problems')}; nothing was written", err=True)
        sys.exit(1)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(2)
    except (UsageError, click.ClickException) as error:
        message = error.format_message() if isinstance(error, click.ClickException) else str(error)
        click.echo(f"build.py: {message}", err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        if "preview" in sys.argv:
            sys.exit(0)
        click.echo("stopped; nothing was written", err=True)
        sys.exit(130)
    except WorkerDied as error:
        click.echo(f"build.py: {error}", err=True)
        sys.exit(1)
    except OSError as error:
        place = error.filename or "the disk"
        click.echo(f"build.py: {place}: {error.strerror or error}; nothing was written", err=True)
        sys.exit(1)
    except Exception:
        sys.excepthook(*sys.exc_info())
        click.echo("build.py: this is a bug in mujaz, not a mistake of yours; please report the lines above", err=True)
        sys.exit(70)
    sys.exit(0)
