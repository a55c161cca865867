"""What `serve` and `desk` share: the address to listen on, and the password that other machines must give."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mujaz.commands.options import LANGUAGE, LANGUAGES, language_of, print_message, text_of
from mujaz.messages.errors import UsageError
from mujaz.messages.message import say

if TYPE_CHECKING:  # loaded when a server is started
    from mujaz.serve.guard import Door

LOOPBACK = "127.0.0.1"
PASSWORD = "MUJAZ_PASSWORD"
LONGEST_LINE = 4_096  # bytes
host_option = click.option(
    "--host",
    default=LOOPBACK,
    show_default=True,
    metavar="ADDRESS",
    help="Listen on this address of the machine, for phones and colleagues, who need a password. 0.0.0.0: all.",
)
password_option = click.option(
    "--password-file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    default=None,
    help="The file whose first line is the password. Default: $MUJAZ_PASSWORD, else it is asked for.",
)


def spoken(site: str) -> str:
    """The language of pages for editors: what --lang says, else the site's own, else that of messages."""
    context = click.get_current_context()
    asked = isinstance(context.obj, dict) and context.obj.get(LANGUAGE)
    return language_of() if asked or site not in LANGUAGES else site


def door_of(host: str, password_file: Path | None, language: str) -> Door:
    """Who may come in at `host`. Raises UsageError for no address, and for one of other machines without a password."""
    from mujaz.serve.guard import LEAST_PASSWORD, OWN_HOSTS, Door

    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        raise UsageError(say("host-is-no-address", host=host)) from None
    password = _given(password_file)
    if address.is_loopback and not password:
        return Door(hosts=(*OWN_HOSTS, str(address)), language=language)
    if not password and sys.stdin.isatty():
        password = click.prompt(text_of(say("password-prompt", least=LEAST_PASSWORD)), hide_input=True, err=True)
    if len(password) < LEAST_PASSWORD:
        raise UsageError(say("password-missing", least=LEAST_PASSWORD))
    if address.is_loopback:
        return Door(hosts=(*OWN_HOSTS, str(address)), password=password, language=language)
    print_message("no-tls", err=True)
    name = socket.gethostname().lower()
    names = (*OWN_HOSTS, str(address), name, f"{name}.local")
    return Door(hosts=names, any_address=True, password=password, language=language)


def _given(password_file: Path | None) -> str:
    if password_file is None:
        line, place = os.environb.get(PASSWORD.encode(), b""), f"${PASSWORD}"
    else:
        with password_file.open("rb") as file:
            line, place = file.readline(LONGEST_LINE), str(password_file)  # /dev/zero has no end
    try:
        return line.decode().rstrip("\r\n")
    except UnicodeDecodeError:
        raise UsageError(say("password-not-utf8", path=place)) from None


def shown_host(host: str) -> str:
    """What to type in a browser on this machine for what listens on `host`."""
    address = ipaddress.ip_address(host)
    if host == LOOPBACK or address.is_unspecified:
        return "localhost"
    return f"[{address}]" if address.version == 6 else host
