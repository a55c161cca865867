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


def python(ready: Path, project: Path, answers: str = "") -> str:
    """The setting of a Python that copies the ready environment where it should make one: pip takes seconds to install.

    `answers` are further cases of what it is asked.
    """
    path = project / "a-python"
    cases = f'"-m venv "*) cp -a "{ready}/.venv" "$3";; {answers} *) exec "{sys.executable}" "$@";;'
    path.write_text(f'#!/bin/sh\ncase "$*" in {cases} esac\n')
    path.chmod(0o755)
    return f"PYTHON={path}"


def test_an_environment_is_made_once_and_again_when_its_python_is_gone_or_another(ready: Path, project: Path) -> None:
    own = python(ready, project)
    assert not made(project, own)
    python_file = project / ".venv/bin/python"
    while python_file.is_symlink() and python_file.readlink().parent == Path("."):
        python_file = python_file.parent / python_file.readlink()
    python_file.unlink()
    python_file.symlink_to(project / "a-python-that-is-gone")
    assert made(project, own)
    [libraries] = (project / ".venv/lib").iterdir()  # a Python of another version looks for its libraries elsewhere
    libraries.rename(libraries.with_name("python3.2"))
    assert made(project, own)


def test_another_python_that_is_asked_for_is_taken(ready: Path, project: Path) -> None:
    """It is told from the one that is there by its version and where it lives."""
    assert made(project, python(ready, project, "*base_prefix*) echo another;;"))


def test_a_python_that_is_too_old_is_told_and_no_environment_lost(ready: Path, project: Path) -> None:
    old = python(ready, project, "*base_prefix*) echo old;; *'(3, 11)'*) echo 'needs Python 3.11' >&2; exit 1;;")
    refused = setup(project, old)
    assert refused.returncode != 0 and "needs Python 3.11" in refused.stderr
    assert not made(project)
