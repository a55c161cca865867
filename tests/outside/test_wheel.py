"""What `pip install` brings: a wheel, an sdist that makes the same wheel, a command that builds as a checkout does."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from mujaz import VERSION
from mujaz.build.report import BuildReport
from tests.support import needs
from tests.support.needs import program
from tests.support.sites import NOW, REPOSITORY, Site

WHEEL = f"mujaz-{VERSION}-py3-none-any.whl"


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist of this checkout."""
    if importlib.util.find_spec("hatchling") is None:
        needs.missing("hatchling, from requirements-test.lock")
    made = tmp_path_factory.mktemp("dist")
    build(REPOSITORY, made)
    return made


def build(project: Path, into: Path) -> None:
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-d", into], cwd=project, check=True)


def files(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_wheel_carries_code_layouts_strings_schemas_and_cut_fonts_and_not_the_sample(dist: Path) -> None:
    inside = files(dist / WHEEL)
    for folder, place in (("mujaz", "mujaz"), ("layouts", "mujaz/shipped/layouts")):
        for path in sorted((REPOSITORY / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                name = f"{place}/{path.relative_to(REPOSITORY / folder).as_posix()}"
                assert inside[name] == path.read_bytes(), name
    for name in ("docs/config.md", "docs/content.md", "docs/schemas/config.json"):
        assert inside[f"mujaz/shipped/{name}"] == (REPOSITORY / name).read_bytes()
    assert not [name for name in inside if name.split("/")[0] not in ("mujaz", f"mujaz-{VERSION}.dist-info")]
    assert sum(map(len, inside.values())) < 2_500_000


def test_an_sdist_makes_the_same_wheel(dist: Path, tmp_path: Path) -> None:
    shutil.unpack_archive(dist / f"mujaz-{VERSION}.tar.gz", tmp_path, filter="data")
    build(tmp_path / f"mujaz-{VERSION}", tmp_path / "again")
    assert files(tmp_path / "again" / WHEEL) == files(dist / WHEEL)


@pytest.mark.slow
def test_an_installed_mujaz_builds_the_sample_to_the_bytes_of_a_checkout(
    dist: Path, sample: tuple[Site, BuildReport], tmp_path: Path
) -> None:
    """In a fresh environment, from another folder. Nothing is written into the engine's own.

    Pictures and cards come from the cache of the other build: its keys are digests of the code that makes them.
    """
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    installer = [program(str(tmp_path / "venv/bin/python")), "-m", "pip", "install", "--quiet"]
    subprocess.run([*installer, "--require-hashes", "-r", REPOSITORY / "requirements.lock"], check=True)
    subprocess.run([*installer, "--no-deps", dist / WHEEL], check=True)
    [engine] = (tmp_path / "venv/lib").glob("*/site-packages/mujaz")
    before = stamps(engine)

    theirs, _ = sample
    ours = Site(tmp_path / "paper")
    for name in ("content", ".mujaz/kept"):
        shutil.copytree(theirs.root / name, ours.root / name)
    shutil.copy(theirs.root / "config.yaml", ours.root)
    surroundings = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    command = [program(str(tmp_path / "venv/bin/mujaz")), "--now", NOW.isoformat(), "--quiet"]
    done = subprocess.run(command, cwd=ours.root, env=surroundings, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert ours.digest() == theirs.digest()

    calls = ((["--version"], VERSION), (["schema", "config"], "base_url"), (["check", "--help"], "mujaz check"))
    for words, said in calls:
        command = [program(str(tmp_path / "venv/bin/python")), "-m", "mujaz", *words]
        told = subprocess.run(command, cwd=ours.root, env=surroundings, capture_output=True, text=True, check=True)
        assert said in told.stdout
    assert stamps(engine) == before


def stamps(folder: Path) -> dict[Path, tuple[int, int]]:
    """Size and time of each file; what Python compiles does not count."""
    found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in found}
