"""Which files of the package and which classes a version and a digest depend on: code may move, and is always seen."""

from __future__ import annotations

import ast
import shutil
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

from mujaz import paths
from mujaz.assets import cards, pictures
from mujaz.cache.versions import version_of, versions
from mujaz.frozen import Struct, names_of
from mujaz.search import index


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package, which `now` reads."""
    copy = tmp_path / "mujaz"
    shutil.copytree(paths.PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(paths, "PACKAGE", copy)
    return copy


def now() -> str:
    return versions.__wrapped__()


@pytest.mark.slow
def test_a_changed_byte_in_any_module_at_any_depth_moves_the_version(package: Path) -> None:
    deep = package / "new" / "deeper" / "module.py"
    deep.parent.mkdir(parents=True)
    deep.write_bytes(b"x = 1\n")
    modules = sorted(package.rglob("*.py"))
    assert deep in modules and package / "commands" / "build.py" in modules
    before = now()
    for path in modules:
        raw = path.read_bytes()
        path.write_bytes((raw or b" ")[:-1] + b"#")
        assert now() != before, f"{path.relative_to(package)} changed and the version did not"
        path.write_bytes(raw)
    assert now() == before


def test_data_of_the_package_moves_the_version_as_code_does(package: Path) -> None:
    before = now()
    for path in (package / "serve" / "live.js", next((package / "assets" / "cut").iterdir())):
        raw = path.read_bytes()
        path.write_bytes(raw + b" ")
        assert now() != before
        path.write_bytes(raw)


def test_a_module_that_goes_into_another_folder_moves_the_version(package: Path) -> None:
    before = now()
    (package / "words").mkdir()
    (package / "arabic" / "solar_hijri.py").rename(package / "words" / "solar.py")
    assert now() != before


def test_what_python_compiles_and_hidden_files_move_nothing(package: Path) -> None:
    before = now()
    for name in ("__pycache__/solar.cpython-311.pyc", "commands/.solar.py.swp"):
        path = package / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"any")
    assert now() == before


def test_a_module_in_a_folder_has_a_version_of_its_own(package: Path) -> None:
    (package / "assets" / "extra.py").write_bytes(b"x = 1\n")
    of = version_of.__wrapped__
    before = of(("assets/extra",), ())
    assert before != of(("assets/fonts",), ())
    (package / "assets" / "extra.py").write_bytes(b"x = 2\n")
    assert of(("assets/extra",), ()) != before


# What decides no byte of a card, a picture or an index: classes of values, and what refuses.
NO_BYTES = frozenset(
    "assets/repeats frozen messages/message model/file_views model/fingerprint model/players model/settings model/views"
    " paths".split()
)


@pytest.mark.parametrize(
    "made_by", [cards.MADE_BY, pictures.MADE_BY, index.MADE_BY], ids=["cards", "pictures", "index"]
)
def test_what_is_kept_depends_on_every_module_that_shapes_it(made_by: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    named = set(made_by[0])
    for name in named:
        tree = ast.parse((paths.PACKAGE / f"{name}.py").read_bytes())
        for node in (one for one in ast.walk(tree) if isinstance(one, ast.ImportFrom) and one.module):
            whole = str(node.module).split(".")
            if whole[0] == "mujaz":
                places = {"/".join([*whole[1:], alias.name]) for alias in node.names}
                modules = {one for one in places if (paths.PACKAGE / f"{one}.py").is_file()} or {"/".join(whole[1:])}
                assert modules <= named | NO_BYTES, name


def test_what_is_kept_depends_on_the_version_of_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """The words of an index are those that its Unicode knows."""
    before = version_of.__wrapped__(*index.MADE_BY)
    monkeypatch.setattr("sys.version", "3.99")
    assert version_of.__wrapped__(*index.MADE_BY) != before


def test_no_two_classes_of_the_package_have_one_name_and_the_same_fields() -> None:
    """A digest holds these and not the module: two such classes would share the digests of their values."""
    for path in paths.PACKAGE.rglob("*.py"):
        import_module(".".join(("mujaz", *path.relative_to(paths.PACKAGE).with_suffix("").parts)))
    kinds, found = [Struct], Counter[tuple[str, ...]]()
    for kind in kinds:
        kinds += kind.__subclasses__()
        if kind.__module__.partition(".")[0] == "mujaz":
            found[kind.__qualname__, *names_of(kind)] += 1
    assert found and max(found.values()) == 1, [names for names, count in found.items() if count > 1]
