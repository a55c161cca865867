"""The command line: its verbs, and how a run ends. Exit 0: done; 1: problems in the site; 2: wrong usage."""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Sequence
from copy import copy
from importlib import import_module
from traceback import walk_tb
from typing import Any

import click

from mujaz import VERSION
from mujaz.commands import click_words
from mujaz.commands.options import (
    LANGUAGE,
    PROGRAM,
    build_options,
    count_errors,
    language_of,
    print_problems,
    program,
    text_of,
    wished_language,
)
from mujaz.messages.errors import WRITTEN, LockedError, SiteError, UsageError, WorkerDied, did_you_mean, reason, visible
from mujaz.messages.message import Message, say

# Verb → (module below mujaz.commands that holds a command of the verb's name, one line of help). The module is loaded
# when the verb is called, so that no verb pays for another's libraries.
VERBS: dict[str, tuple[str, str]] = {
    "build": ("build", "Build the site into the output folder."),
    "serve": ("serve", "Show the site while you write: each save is built and shown."),
    "init": ("init", "Begin a paper of one's own in a new folder."),
    "desk": ("desk", "Write articles in a browser, in Arabic."),
    "new": ("new", "Begin an article: a file with the right fields."),
    "move": ("move", "Rename an article or a folder; addresses, ids and links stay."),
    "fix": ("fix", "Mend what a machine can mend: show it, then write it."),
    "check": ("check", "Find every problem of the site in one run."),
    "status": ("status", "Say what is held back, and when the next build is due."),
    "list": ("list", "List drafts, held stories or expired ones."),
    "clean": ("clean", "Remove the built site and the cache."),
    "related": ("related", "Tell why these stories stand under an article."),
    "preview": ("preview", "Show what was built on http://localhost, until Ctrl-C."),
    "edition": ("edition", "Print the e-mail of a day or a week, ready for a mailer."),
    "most-read": ("most_read", "Count the most read stories from access logs."),
    "import": ("import_", "Bring articles from WordPress, Ghost, Blogger, Hugo, Jekyll, Pelican or a feed."),
    "changes": ("changes", "Print what the last build wrote and deleted."),
    "deploy": ("deploy", "Send the built site to where it is served, with rsync or rclone."),
    "layouts": ("layouts", "Copy a layout that comes along; see what has changed in it since."),
    "schema": ("schema", "Print the JSON Schema of front matter or of config.yaml, for editors."),
    "completion": ("manual", "Print the completion for bash, zsh or fish."),
    "manual": ("manual", "Print docs/commands.md, docs/problems.md or docs/views.md."),
}


IN_HELP = re.compile(r"(?<![\w./-])mujaz(?= [a-z])")  # the program, where help calls it


def _function(verb: str) -> str:
    """The name of a verb's command in its module; one that Python has taken ends in `_`."""
    name = verb.replace("-", "_")
    return f"{name}_" if name in ("list", "import") else name


def _called(command: click.Command, program: str) -> click.Command:
    """The command, with the examples of its help as they are typed where the program is called `program`."""
    if program == PROGRAM or not command.help:
        return command
    renamed = copy(command)
    renamed.help = IN_HELP.sub(program, command.help)
    return renamed


class Verbs(click.Group):
    """A group whose commands are loaded when they are called."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in VERBS:
            return None
        command = getattr(import_module(f"mujaz.commands.{VERBS[name][0]}"), _function(name))
        assert isinstance(command, click.Command)
        return _called(command, context.find_root().info_name or PROGRAM)

    def resolve_command(
        self, context: click.Context, words: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if words and words[0] not in VERBS and (near := did_you_mean(words[0], VERBS)):
            raise UsageError(say("unknown-command", command=words[0], near=near))
        return super().resolve_command(context, words)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in VERBS.items()])


@click.group(cls=Verbs, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@build_options
@click.version_option(package_name=None, version=VERSION, prog_name=PROGRAM)
@click.pass_context
def cli(context: click.Context, /, **options: Any) -> None:
    """Mujaz (موجز) builds an Arabic news site from Markdown. Without a command it builds.

    Options go after the command: mujaz check --lang ar.

    Exit codes: 0 built, 1 problems in the site (nothing was written), 2 wrong usage, 3 another build is at work,
    4 built without broken files (--skip-broken).
    """
    if context.invoked_subcommand is None:
        command = cli.get_command(context, "build")
        assert command is not None
        context.invoke(command, **options)
    elif any(context.get_parameter_source(name) == click.core.ParameterSource.COMMANDLINE for name in options):
        raise UsageError(say("options-after-command", program=program(), command=context.invoked_subcommand))


def main(arguments: Sequence[str] | None = None, name: str = PROGRAM) -> None:
    """Run the command line; always ends in SystemExit. `name` is what messages call the program."""
    gc.disable()  # a build makes values that live to its end: collecting costs 20 % and frees nothing
    language = wished_language(sys.argv[1:] if arguments is None else arguments)
    wishes = {LANGUAGE: language} if language else {}
    try:
        with click_words.spoken(language_of(language)):
            code = cli.main(args=arguments, prog_name=name, standalone_mode=False, obj=wishes)
    except BaseException as error:
        with click_words.spoken(language_of(language)):
            sys.exit(_ended(error, language, name))
    sys.exit(code if isinstance(code, int) else 0)  # click returns what a command gave to Exit


def _is_in_printing(error: OSError) -> bool:
    """Whether what was to be printed could not be: then all may have been done."""
    return any(frame.f_code is click.echo.__code__ for frame, _ in walk_tb(error.__traceback__))


def _ended(error: BaseException, language: str | None, name: str) -> int:
    """Say in one of the languages what ended a run, and return its exit code."""

    def tell(message: Message, before: str = "") -> None:
        click.echo(before + visible(text_of(message, language)), err=True)

    # click tells of Ctrl-C by an error of its own, whose cause it is.
    late = any(WRITTEN in getattr(one, "__notes__", ()) for one in (error, error.__cause__))
    if isinstance(error, SiteError):
        print_problems(error.problems, language)
        tell(say("problems-late" if late else "problems-nothing-written", n=count_errors(error.problems)))
        return 1
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return 2
    if isinstance(error, UsageError | click.ClickException):
        text = text_of(error.message, language) if isinstance(error, UsageError) else error.format_message()
        line = " ".join(text.split())
        if isinstance(error, click.UsageError) and error.ctx is not None:
            help = f"{error.ctx.command_path} --help"
            line += " " + text_of(say("see-help", command=help), language)
        click.echo(f"{name}: {visible(line)}", err=True)
        return 3 if isinstance(error, LockedError) else 2
    if isinstance(error, click.Abort | KeyboardInterrupt):
        if "preview" in sys.argv:
            return 0
        tell(say("interrupted-late" if late else "interrupted"))
        return 130
    if isinstance(error, BrokenPipeError):  # whoever read what is printed has enough, as `head` has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    if isinstance(error, WorkerDied):
        tell(error.message, f"{name}: ")
        return 1
    if isinstance(error, OSError) and _is_in_printing(error):
        tell(say("not-printed", why=reason(error)), f"{name}: ")
        return 1
    if isinstance(error, OSError):
        named = isinstance(error.filename, str | bytes | os.PathLike) and error.filename  # it may be a file's number
        place = visible(os.fsdecode(named)) if named else say("the-disk")
        tell(say("stopped-late" if late else "stopped-by", place=place, why=reason(error)), f"{name}: ")
        return 1
    if not isinstance(error, Exception):
        raise error
    sys.excepthook(type(error), error, error.__traceback__)
    tell(say("please-report-bug"), f"{name}: ")
    return 70
