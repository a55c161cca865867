"""Build the site: `python build.py`. `python build.py --help` lists everything else."""
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
if __name__ == "__main__":
    if sys.getfilesystemencoding() != "utf-8":  # whatever the locale says, names of files and messages are UTF-8
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.argv])
    try:
        from mujaz.cli import main
    except ImportError as error:
        python = HERE / ".venv" / "bin" / "python"
        if python.exists() and Path(sys.prefix).resolve() != (HERE / ".venv").resolve():
            os.execv(python, [str(python), str(HERE / "build.py"), *sys.argv[1:]])
        sys.exit(f"mujaz: the environment is not there yet ({error.name or error}); run: make setup")
    main()
