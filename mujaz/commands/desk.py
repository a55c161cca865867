"""`desk`: write in a browser."""

from __future__ import annotations

import gc
from functools import partial
from pathlib import Path

import click

from mujaz.commands.hosts import door_of, host_option, password_option, shown_host, spoken
from mujaz.commands.options import (
    Whole,
    address_of,
    language_option,
    now_of,
    port_choice,
    port_option,
    print_message,
    root_of,
    site_option,
)
from mujaz.commands.serve import Watching, requests, say_answer


@click.command()
@site_option
@port_option
@host_option
@password_option
@click.option("--jobs", type=Whole(0, 256), default=0, help="Worker processes; 0: one per processor.")
@language_option
def desk(site: Path | None, port: int | None, host: str, password_file: Path | None, jobs: int) -> None:
    """Write articles in a browser, in Arabic, without Git and without a terminal.

    A form writes the same files that an editor would, and only the lines that were changed. Each save is built and
    shown beside the form, with its problems at their fields; what was there before comes back with one button. All
    stays on this machine unless --host says otherwise.

    \b
    Examples:
      build.py desk                    http://localhost:8000/
      build.py desk --host 0.0.0.0     for phones and colleagues, behind a password
    """
    from mujaz.build.load import load_settings
    from mujaz.build.request import BuildRequest
    from mujaz.desk.desk import QUESTIONS
    from mujaz.files.whole import clear
    from mujaz.output.lock import SHOWN, lock_shared
    from mujaz.serve import build_process

    root = root_of(site)
    settings = load_settings(BuildRequest(root=root, now=now_of(None)))  # a problem in it ends the command here
    config = settings.config
    language = spoken(config.language)
    door = door_of(host, password_file, language)
    home = root / ".mujaz" / "serve"
    clear(root / config.content)
    build_process.seed(home.parent, root / config.output, home)
    standing_by = build_process.start(requests(root, home, drafts=True, future=True, jobs=jobs, now=None), QUESTIONS)
    # Only now what may start a thread: a fork would copy the locks that it holds.
    from mujaz.desk.app import application as desk_of
    from mujaz.desk.desk import Desk
    from mujaz.serve.loop import Serving, serve
    from mujaz.serve.server import Following, Live, listen

    line = listen(*port_choice(port), host)
    shown = listen(0, 0, host)
    gc.enable()  # a build ends soon, a server does not
    watching = Watching(root, config)
    serving = Serving(builder=standing_by, live=Live(), watched=watching, say=partial(say_answer, root))
    at = Desk(
        root=root,
        home=root / ".mujaz-desk",
        settings=settings,
        serving=serving,
        door=door,
        now=partial(now_of, None),
        output=home / "output",
        preview=shown.getsockname()[1],
        language=language,
    )
    hosts = [*door.hosts, *(["*"] if door.any_address else [])]
    framed = " ".join(f"http://{name}:{line.getsockname()[1]}" for name in hosts if ":" not in name)
    site_shown = Following(home / "output", lambda: watching.config.base_path, serving.live, door, framed)
    print_message("serving-at", address=address_of(line, "", shown_host(host)))
    with lock_shared(home.parent / SHOWN):
        serve(serving, [(desk_of(at), line), (site_shown, shown)])
