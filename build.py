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
    if (here := str(Path(__file__).resolve().parent)) not in sys.path:  # `python -P`, PYTHONSAFEPATH
        sys.path.insert(0, here)
    from mujaz.__main__ import run

    run("build.py", (sys.argv[0],))
