"""`serve`: write, save, look."""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mujaz.build.request import SHIPPED_LAYOUTS, BuildRequest
from mujaz.commands.hosts import door_of, host_option, password_option, shown_host, spoken
from mujaz.commands.options import (
    Moment,
    Whole,
    address_of,
    cache_option,
    count_errors,
    language_option,
    now_of,
    port_choice,
    port_option,
    print_message,
    print_problems,
    program,
    root_of,
    site_option,
    text_of,
)
from mujaz.messages.errors import SiteError, visible
from mujaz.messages.message import say

if TYPE_CHECKING:  # loaded when the command runs
    from mujaz.model.settings import Config
    from mujaz.serve.build_process import BuildAnswer
    from mujaz.serve.loop import Watched


@click.command()
@site_option
@cache_option
@port_option
@host_option
@password_option
@click.option("--drafts/--no-drafts", default=True, show_default=True, help="Show drafts, with a mark.")
@click.option("--future/--no-future", default=True, show_default=True, help="Show held stories, with a mark.")
@click.option("--now", type=Moment(), default=None, help="Show the site as it is at this moment.")
@click.option("--jobs", type=Whole(0, 256), default=0, help="Worker processes; 0: one per processor.")
@language_option
def serve(
    site: Path | None,
    cache: Path | None,
    port: int | None,
    host: str,
    password_file: Path | None,
    drafts: bool,
    future: bool,
    now: datetime | None,
    jobs: int,
) -> None:
    """Show the site in a browser while you write: each save is built, and the page reloads by itself.

    Drafts and stories of the future are shown with a mark; what is built lies in .mujaz/serve, so that nothing of it
    gets into output/. A problem is shown in the page, in Arabic, with its file and line, until it is mended.

    \b
    Examples:
      mujaz serve                 http://localhost:8000/
      mujaz serve --port 9000     on another port
      mujaz serve --no-drafts     without drafts
    """
    from mujaz.config.settings import load_config
    from mujaz.output.lock import SHOWN, guard_cache, lock_shared
    from mujaz.serve import build_process

    root = root_of(site)
    config = load_config(root / "config.yaml").config  # a problem in it ends the command here
    if cache is not None:
        guard_cache(cache, root)
    door = door_of(host, password_file, spoken(config.language))
    home = (cache or root / ".mujaz") / "serve"
    build_process.seed(home.parent, root / config.output, home)
    standing_by = build_process.start(requests(root, home, drafts=drafts, future=future, jobs=jobs, now=now))
    # Only now what may start a thread: a fork would copy the locks that it holds.
    from mujaz.serve.loop import Serving
    from mujaz.serve.loop import serve as run
    from mujaz.serve.server import Following, Live, listen

    line = listen(*port_choice(port), host)
    shown = shown_host(host)
    watching = Watching(root, config, lambda path: print_message("serving-at", address=address_of(line, path, shown)))
    gc.enable()  # a build ends soon, a server does not
    serving = Serving(
        builder=standing_by,
        live=Live(),
        watched=watching,
        say=partial(say_answer, root),
        fixed=now is not None,
    )
    site_shown = Following(home / "output", lambda: watching.config.base_path, serving.live, door)
    with lock_shared(home.parent / SHOWN):
        run(serving, [(site_shown, line)])


def requests(root: Path, home: Path, *, now: datetime | None, **wishes: Any) -> Callable[[], BuildRequest]:
    """Return what makes the request for each build, with its `now`."""
    folders: dict[str, Any] = {"output": home / "output", "cache": home / "cache", "kept": home.parent / "kept"}
    return lambda: BuildRequest(root=root, now=now_of(now), allow_shrink=True, **folders, **wishes)


class Watching:
    """What the site is made of, as config.yaml says now; while it has problems, as it last said."""

    def __init__(self, root: Path, config: Config, serving_at: Callable[[str], None] = lambda _: None) -> None:
        self.root, self.config, self.serving_at = root, config, serving_at
        serving_at(config.base_path)

    def __call__(self) -> Watched:
        from mujaz.config.settings import load_config
        from mujaz.serve.loop import Watched

        before = self.config.base_path
        with contextlib.suppress(SiteError, OSError):
            self.config = load_config(self.root / "config.yaml").config
            if self.config.base_path != before:
                self.serving_at(self.config.base_path)
        hits = [self.root / self.config.most_read_source] if self.config.most_read_source else []
        folders = (self.root / self.config.content, self.root / self.config.layouts, SHIPPED_LAYOUTS)
        return Watched(folders=tuple(dict.fromkeys(folders)), files=(self.root / "config.yaml", *hits))


def say_answer(root: Path, answer: BuildAnswer, moved: set[str]) -> None:
    """One line on the terminal for each build, after its problems."""
    print_problems(answer.problems)
    if answer.built:
        names = sorted(os.path.relpath(path, root) if os.path.isabs(path) else path for path in moved)
        what = ", ".join(names[:3]) + (", …" if len(moved) > 3 else "")
        about = visible(what) or say("stories", n=answer.stories)
        print_message("rebuilt", what=about, written=answer.written, deleted=answer.deleted, seconds=answer.seconds)
    elif answer.trouble:
        click.echo(f"{program()}: {visible(text_of(answer.trouble))}", err=True)
    else:
        print_message("last-good-shown", n=count_errors(answer.problems), err=True)
