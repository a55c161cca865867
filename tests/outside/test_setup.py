"""`make setup` makes the environment, and makes it anew when its Python has gone or has become another."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.needs import program
from tests.support.sites import REPOSITORY

OWN = f"PYTHON={sys.executable}"


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that locks no library, so that nothing is fetched; its environment was made once, and not again."""
    folder = tmp_path_factory.mktemp("ready")
    shutil.copy(REPOSITORY / "Makefile", folder)
    for name in ("requirements.lock", "requirements-test.lock"):
        (folder / name).write_text("# none\n")
    assert made(folder, OWN)
    assert not made(folder) and not made(folder, OWN)
    return folder


@pytest.fixture
def project(ready: Path, tmp_path: Path) -> Path:
    """A copy of it. What tells that it is made has the times that it had."""
    return shutil.copytree(ready, tmp_path / "project", symlinks=True)


def setup(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [program("make"), "--directory", str(project), *words, "setup"]
    return subprocess.run(command, capture_output=True, text=True)


def made(project: Path, *words: str) -> bool:
    """Whether a setup, which must end well, made an environment."""
    done = setup(project, *words)
    assert done.returncode == 0, done.stdout + done.stderr
    python = program(str(project / ".venv/bin/python"))
    assert subprocess.run([python, "-m", "pip", "--version"], capture_output=True).returncode == 0
    return "making .venv" in done.stdout


def test_an_environment_is_made_once_and_again_when_its_python_is_gone_or_another(project: Path) -> None:
    assert not made(project, OWN)
    python = project / ".venv/bin/python"
    while python.is_symlink() and python.readlink().parent == Path("."):
        python = python.parent / python.readlink()
    python.unlink()
    python.symlink_to(project / "a-python-that-is-gone")
    assert made(project, OWN)
    [libraries] = (project / ".venv/lib").iterdir()  # a Python of another version looks for its libraries elsewhere
    libraries.rename(libraries.with_name("python3.2"))
    assert made(project, OWN)


def test_another_python_that_is_asked_for_is_taken(project: Path) -> None:
    """It is told from the one that is there by its version and where it lives."""
    other = project / "python-of-tomorrow"
    other.write_text(f'#!/bin/sh\ncase "$2" in *base_prefix*) echo another;; *) exec "{sys.executable}" "$@";; esac\n')
    other.chmod(0o755)
    assert made(project, f"PYTHON={other}")


def test_a_python_that_is_too_old_is_told_and_no_environment_lost(project: Path) -> None:
    old = project / "python-of-yesterday"
    old.write_text("#!/bin/sh\ncase \"$2\" in *'(3, 11)'*) echo 'needs Python 3.11' >&2; exit 1;; esac\n")
    old.chmod(0o755)
    refused = setup(project, f"PYTHON={old}")
    assert refused.returncode != 0 and "needs Python 3.11" in refused.stderr
    assert not made(project)
