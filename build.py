#!/usr/bin/env python3
"""Build the site: `python build.py`. `python build.py --help` lists everything else."""

import os
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

PYTHON = Path(__file__).resolve().parent / ".venv" / "bin" / "python"
if __name__ == "__main__":
    if sys.version_info < (3, 11) or not all(map(find_spec, ("click", "msgspec", "nh3"))):
        if Path(sys.prefix).resolve() != PYTHON.parent.parent.resolve():
            with suppress(OSError):  # there is none, or it was made of a Python that is gone
                os.execv(PYTHON, [str(PYTHON), *sys.argv])
        sys.exit("mujaz: the libraries are not installed for this Python; run: make setup")
    if sys.getfilesystemencoding() != "utf-8":  # whatever the locale says, names of files and messages are UTF-8
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.argv])
    from mujaz.cli import main

    try:
        main()
    except SystemExit as ended:
        with suppress(BrokenPipeError):
            sys.stdout.flush()
        sys.stderr.flush()
        os._exit(ended.code)  # at 10,000 articles, to take the model apart piece by piece takes 0.1 s
