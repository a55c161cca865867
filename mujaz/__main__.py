"""The door: `mujaz` and `python -m mujaz`."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import TextIOWrapper

from mujaz.cli import main
from mujaz.commands.options import PROGRAM

AGAIN = ("-m", "mujaz")


def _open_closed() -> None:
    """Open what a shell has closed of the standard streams: the first file of a run would be taken for it."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            handle = os.open(os.devnull, os.O_RDWR)  # the lowest number that is free: this one
            os.set_inheritable(handle, True)
            setattr(sys, name, os.fdopen(handle, "w" if number else "r", encoding="utf-8", closefd=False))


def _speak_utf8() -> None:
    """Make every standard stream UTF-8, whatever PYTHONIOENCODING says; what is not, is shown by its number."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def run(name: str = PROGRAM, again: tuple[str, ...] = AGAIN) -> None:
    """Run the command line, and end the process. `again` are the words by which Python starts this door anew."""
    _open_closed()
    if sys.getfilesystemencoding() != "utf-8":  # whatever the locale says, names of files and messages are UTF-8
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *again, *sys.argv[1:]])
    _speak_utf8()
    try:
        main(name=name)
    except SystemExit as ended:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):  # what could not be printed was told then: click flushes each line
                stream.flush()
        code = ended.code
        os._exit(code if isinstance(code, int) else 0)  # at 10,000 articles, to take the model apart takes 0.1 s


if __name__ == "__main__":
    run()
