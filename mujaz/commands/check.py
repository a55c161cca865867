"""`check`: every problem there is, in one run."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import click

from mujaz.commands.options import (
    Moment,
    ProgressLine,
    cache_option,
    count_errors,
    language_of,
    language_option,
    now_of,
    print_message,
    program,
    root_of,
    site_option,
    text_of,
)
from mujaz.messages.catalogue import catalogue
from mujaz.messages.errors import Problem, visible
from mujaz.messages.message import Message, say, words

FORMATS = ("text", "json", "github")
SHOWN_ALIKE = 50  # warnings of one kind, in text: an archive that was brought along may have a thousand


@click.command()
@site_option
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Where it was built.")
@cache_option
@click.option("--base-url", default=None, help="The address that it was built with, if not site.base_url.")
@click.option("--external", is_flag=True, help="Ask for links to other sites too: slowly, once a week each.")
@click.option("--errors", "only_errors", is_flag=True, help="Leave the warnings out.")
@click.option("--strict", is_flag=True, help="End with 1 for warnings too.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="How to print.")
@language_option
@click.option("--now", type=Moment(), default=None, help="As of this moment.")
def check(
    site: Path | None,
    output: Path | None,
    cache: Path | None,
    base_url: str | None,
    external: bool,
    only_errors: bool,
    strict: bool,
    form: str,
    now: datetime | None,
) -> None:
    """Find every problem of the site in one run, and build nothing.

    Errors are what a build would stop at, and dead links of the built site. Warnings are what an editor should see:
    marks and spaces that do not belong into an Arabic text, headlines over 110 letters, summaries over 300, articles
    without an id, stories without a slug, tags that differ in spelling alone, pictures that nothing shows, pages that
    nothing leads to, letters that share cards leave out; with `names` in config.yaml, Latin names in Arabic texts.
    As text the first 50 warnings of each kind are shown.

    Exit codes: 0 no error (with --strict: no warning either), 1 errors, 2 wrong usage.

    \b
    Examples:
      mujaz check
      mujaz check --lang ar --errors
      mujaz check --external --strict
      mujaz check --format github       marks lines of a pull request
      mujaz check --format json | jq '.problems[].path'
    """
    from mujaz.build.request import BuildRequest
    from mujaz.check.all_checks import inspect

    root = root_of(site)
    progress = ProgressLine(enabled=form == "text" and sys.stderr.isatty())
    request = BuildRequest(root=root, now=now_of(now), base_url=base_url, output=output, cache=cache)
    try:
        problems = inspect(request, external=external, on_progress=lambda done, of: progress.show("links", done, of))
    finally:
        progress.clear()
    errors, warnings = count_errors(problems), len(problems) - count_errors(problems)
    language = language_of()
    shown = [one for one in problems if not (one.warning and only_errors)]
    if form == "json":
        click.echo(_json(shown, errors, warnings, language))
    elif form == "github":
        beside = os.path.relpath(root)
        for problem in shown:
            click.echo(_github(problem, "" if beside == "." else f"{beside}/", language))
    else:
        _text(shown, errors, warnings, language)
    sys.exit(1 if errors or (strict and warnings) else 0)


def _text(problems: Iterable[Problem], errors: int, warnings: int, language: str) -> None:
    """Errors first, then the first warnings of each kind, each as a build prints them; last how many."""
    problems = tuple(problems)
    alike: Counter[str] = Counter()
    for problem in sorted(problems, key=lambda one: (one.warning, one.order)):
        kind = problem.kind if problem.warning else ""
        alike[kind] += problem.warning
        if alike[kind] <= SHOWN_ALIKE:
            click.echo(problem.block(language))
    more = sum(max(0, count - SHOWN_ALIKE) for count in alike.values())
    if more:
        print_message("more-warnings-alike", n=more)
    click.echo(text_of(say("checked", errors=errors, warnings=warnings)))
    known = catalogue()
    if can := sum("fix" in known[problem.kind] for problem in problems):
        print_message("fix-can-mend", n=can, program=program())


def _args(message: Message, language: str) -> dict[str, object]:
    """What fills a message; messages and lists within it as the words that they give."""
    return {name: value if isinstance(value, int | float) else words(value, language) for name, value in message.args}


def _json(problems: Iterable[Problem], errors: int, warnings: int, language: str) -> str:
    rows = [
        {
            "path": one.path,
            "line": one.line,
            "column": one.column,
            "severity": "warning" if one.warning else "error",
            "id": one.kind,
            "args": _args(one.message, language),
            "text": one.message.text(language),
            "help": one.help.text(language) if one.help else "",
        }
        for one in problems
    ]
    text = json.dumps({"errors": errors, "warnings": warnings, "problems": rows}, ensure_ascii=False, indent=1)
    return "\n".join(map(visible, text.split("\n")))  # it escapes as JSON does


def _github(problem: Problem, beside: str, language: str) -> str:
    """A workflow command; its data and properties are escaped as GitHub's runner undoes it (actions/toolkit)."""
    place = {"file": beside + visible(problem.path), "line": problem.line, "col": problem.column}
    listed = ",".join(f"{key}={_escaped(str(value), ':,')}" for key, value in place.items() if value)
    help = problem.help.text(language) if problem.help else ""
    text = f"{visible(problem.message.text(language))}\n{visible(help)}".strip()
    return f"::{'warning' if problem.warning else 'error'} {listed}::{_escaped(text, '')}"


def _escaped(text: str, more: str) -> str:
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
