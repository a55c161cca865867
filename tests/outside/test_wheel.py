"""What `pip install` brings: a wheel, an sdist that makes the same wheel, a command that builds as a checkout does."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

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
def test_a_new_paper_runs_its_ci_file_and_its_engine_builds_the_sample_to_the_bytes_of_a_checkout(
    dist: Path, sample: tuple[Site, BuildReport], tmp_path: Path
) -> None:
    """From a wheel to a published paper, as its own CI file does it: in a fresh environment, with the package index.

    Then that environment builds the sample. Pictures and cards of it come from the cache of the other build: its keys
    are digests of the code that makes them. Nothing is written into the engine's folder.
    """
    paper = begun(dist / WHEEL, tmp_path)
    assert (paper / "wheels" / WHEEL).read_bytes() == (dist / WHEEL).read_bytes()
    locked = re.sub(r" *\\\n +--hash=\S+", "", (REPOSITORY / "requirements.lock").read_text())
    (tmp_path / "constraints.txt").write_text(locked)
    surroundings = clean({"PIP_CONSTRAINT": str(tmp_path / "constraints.txt"), "CI_PAGES_URL": "https://a.example/b"})
    surroundings["PIP_NO_COMPILE"] = "0"  # as pip has it for «yes»; to compile all of each library takes long
    script = yaml.safe_load((paper / ".gitlab-ci.yml").read_text())["pages"]["script"]
    shell = [program("sh"), "-e", "-c", "\n".join(script)]
    ran = subprocess.run(shell, cwd=paper, env=surroundings, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "0 errors, 0 warnings" in ran.stdout
    assert "https://a.example/b/" in (paper / "public/index.html").read_text()

    [engine] = (paper / ".venv/lib").glob("*/site-packages/mujaz")
    before = stamps(engine)
    theirs, _ = sample
    ours = Site(tmp_path / "sample")
    for name in ("content", ".mujaz/kept"):
        shutil.copytree(theirs.root / name, ours.root / name)
    shutil.copy(theirs.root / "config.yaml", ours.root)
    command = [program(str(paper / ".venv/bin/mujaz")), "--now", NOW.isoformat(), "--quiet"]
    done = subprocess.run(command, cwd=ours.root, env=surroundings, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert ours.digest() == theirs.digest()
    calls = ((["--version"], VERSION), (["schema", "config"], "base_url"), (["check", "--help"], "mujaz check"))
    for words, said in calls:
        command = [program(str(paper / ".venv/bin/python")), "-m", "mujaz", *words]
        told = subprocess.run(command, cwd=ours.root, env=surroundings, capture_output=True, text=True, check=True)
        assert said in told.stdout
    assert stamps(engine) == before


def begun(wheel: Path, folder: Path) -> Path:
    """A paper begun by the installed `wheel`, which borrows the libraries of the environment that runs."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "tool"], check=True)
    into = ["--python", folder / "tool/bin/python", "install", "--quiet", "--no-deps", "--no-compile"]
    subprocess.run([sys.executable, "-m", "pip", *into, wheel], check=True)
    [packages] = (folder / "tool/lib").glob("*/site-packages")
    (packages / "borrowed.pth").write_text("\n".join(path for path in sys.path if path.endswith("site-packages")))
    words = ["init", "paper", "--title", "المرفأ", "--zone", "Asia/Muscat", "--yes"]
    command = [program(str(folder / "tool/bin/mujaz")), *words]
    subprocess.run(command, cwd=folder, env=clean({}), check=True)
    return folder / "paper"


def clean(more: dict[str, str]) -> dict[str, str]:
    """The surroundings without what Python and Mujaz would take from them."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "SOURCE_DATE", "MUJAZ"))}
    return kept | more


def stamps(folder: Path) -> dict[Path, tuple[int, int]]:
    """Size and time of each file; what Python compiles does not count."""
    found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in found}
