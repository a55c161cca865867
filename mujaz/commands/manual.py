"""`manual` and `completion`: the command line told to a reader, and to a shell."""

from __future__ import annotations

from collections.abc import Iterator

import click
from click.shell_completion import get_completion_class

from mujaz.commands.options import PROGRAM, program

PAGES = ("commands", "problems", "views")
SHELLS = ("bash", "zsh", "fish")
HEAD = """\
# Commands

`mujaz` alone builds; in a checkout of the engine the command is `python build.py`. Every command has `--help`; this
page is what they say, written by `mujaz manual`.

Exit codes: 0 done, 1 problems in the site, 2 wrong usage, 3 another build of this site runs (try again), 70 a bug of
ours, 130 stopped by Ctrl-C.

What is told of a run is in Arabic where the locale is, or with `--lang ar`. Lines for machines stay as they are here:
`next-build`, what `list` and `changes --urls` print, and all JSON.
"""
TAIL = """
## Recipes

**Held stories** go out with the first build after their time. `build` and `status` end with a line for machines:

```
next-build: 2021-12-03T16:00:00+03:00
```

With cron, build every ten minutes; a build that has nothing to do ends in a fraction of a second:

```
*/10 * * * * cd /srv/site && .venv/bin/mujaz --quiet
```

Or wait for just that moment (GNU date, `at`):

```
next=$(.venv/bin/mujaz status | sed -n 's/^next-build: //p')
[ "$next" = none ] || at -t "$(date -d "$next + 1 minute" +%Y%m%d%H%M)" <<< 'cd /srv/site && .venv/bin/mujaz'
```

In GitHub Actions, beside the build on each push:

```
on:
  schedule:
    - cron: "*/15 * * * *"
```

**Completion** for your shell, where `mujaz` is found in the PATH:

```
source <(mujaz completion bash)
```
"""


@click.command()
@click.argument("page", type=click.Choice(PAGES), default="commands")
@click.pass_context
def manual(context: click.Context, page: str) -> None:
    """Print docs/commands.md: what every command's --help says, in one page. Or docs/problems.md: what each problem
    means and how to mend it. Or docs/views.md: what layouts see.
    """
    if page == "problems":
        from mujaz.messages.reference import problems

        click.echo("".join(problems()), nl=False)
        return
    if page == "views":
        from mujaz.layouts.view_reference import views

        click.echo("".join(views()), nl=False)
        return
    root = context.find_root()
    assert isinstance(root.command, click.Group)
    click.echo("".join(_pages(root.command)), nl=False)


def _pages(group: click.Group) -> Iterator[str]:
    yield HEAD
    root = click.Context(group, info_name=PROGRAM, terminal_width=100, max_content_width=100, **group.context_settings)
    for name in group.list_commands(root):
        command = group.get_command(root, name)
        assert command is not None
        context = click.Context(command, info_name=name, parent=root, terminal_width=100, max_content_width=100)
        lines = command.get_help(context).replace(" [OPTIONS] COMMAND [ARGS]... ", " ", 1)
        yield f"\n## {name}\n\n```\n" + "\n".join(line.rstrip() for line in lines.splitlines()) + "\n```\n"
    yield TAIL


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion of this command line for a shell.

    \b
    Examples:
      source <(mujaz completion bash)
      mujaz completion fish > ~/.config/fish/completions/mujaz.fish
    """
    found = get_completion_class(shell)
    assert found is not None
    root = context.find_root()
    name = program()
    variable = f"_{name}_COMPLETE".replace("-", "_").replace(".", "_").upper()  # as click derives it
    click.echo(found(root.command, {}, name, variable).source())
