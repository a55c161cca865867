"""A cache that cannot be trusted, and a clock that lies: they cost time and nothing else."""

from __future__ import annotations

import contextlib
import os
import pickle
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from mujaz.cache.artifacts import Artifacts
from mujaz.cache.store import Store, decode, encode, seal
from mujaz.cli import cli
from tests.laws.test_faults import small_site
from tests.support.sites import REPOSITORY, Site, article

pytestmark = pytest.mark.slow


def foreign_database(path: Path) -> None:
    path.unlink()
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE moz_places (id INTEGER)")
        other.commit()


def cut_short(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 3)


def flip(chance: random.Random) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        raw = bytearray(path.read_bytes())
        for _ in range(chance.randrange(1, 40)):
            if raw:
                raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        path.write_bytes(raw)

    return damage


def damages(count: int, seed: int) -> dict[str, Callable[[Path], None]]:
    named: dict[str, Callable[[Path], None]] = {
        "of another program": foreign_database,
        "cut short": cut_short,
        "empty": lambda path: path.write_bytes(b""),  # type: ignore[dict-item, return-value]
        "text": lambda path: path.write_bytes(b"not a database\n" * 4_000),  # type: ignore[dict-item, return-value]
    }
    return named | {f"bits flipped, {seed + n}": flip(random.Random(seed + n)) for n in range(count)}


def heals(site: Site, damage: Callable[[Path], None], names: str, version: int) -> None:
    """Spoil the files of the cache that answer `names`, save another text, build, and build anew beside it."""
    for path in sorted((site.root / ".mujaz").glob(names)):
        if path.is_file():
            damage(path)
    site.write({"content/s1.md": article("خبر تغير", slug="s1", body=f"متن {version}.")}).build()
    beside = Site(site.root.parent / f"{site.root.name}-{version}")
    shutil.copytree(site.root, beside.root, ignore=shutil.ignore_patterns("output", ".mujaz"))
    beside.build()
    assert site.digest() == beside.digest()
    shutil.rmtree(beside.root)


def test_a_spoilt_cache_costs_a_cold_build_and_nothing_else(make_site: Callable[..., Site]) -> None:
    site = small_site(make_site().root)
    for number, damage in enumerate(damages(4, 0).values()):
        heals(site, damage, "cache.sqlite", number)
    for number, names in enumerate(("*.json", "tree.clean", "lock")):
        heals(site, cut_short, names, 100 + number)


COLUMNS = {
    "reading": "key value", "terms": "key value", "body": "digest html", "page": "path key mtime size inode companions",
    "why": "path layout parts", "value": "name value",
}  # fmt: skip


@pytest.mark.parametrize("put", ["NULL", "7", "-1.5", "'text'", "x'00ff'", "CAST({} AS BLOB)", "CAST({} AS TEXT)"])
def test_a_cache_whose_values_are_of_other_kinds_costs_time_and_nothing_else(
    put: str, make_site: Callable[..., Site]
) -> None:
    """SQLite keeps what it is given: a flipped bit may make nothing of a value, or a number of a text."""
    site = small_site(make_site().root)
    for number, (table, names) in enumerate(COLUMNS.items()):
        with contextlib.closing(sqlite3.connect(site.root / ".mujaz/cache.sqlite")) as cache, cache:
            key, *values = names.split()
            for name in values:
                cache.execute(f"UPDATE {table} SET {name} = {put.format(name)}")
            with contextlib.suppress(sqlite3.IntegrityError):  # some keys must be there
                one = f"SELECT {key} FROM {table} LIMIT 1"
                cache.execute(f"UPDATE {table} SET {key} = {put.format(key)} WHERE {key} = ({one})")
        text = f"متن {put.strip()} {number}."
        site.write({"content/s1.md": article("خبر تغير", slug="s1", body=text)}).build()
        assert text.split()[-1] in site.read("2021/10/18/s1/index.html")
    heals(site, lambda path: None, "nothing", 9)


def test_a_value_in_which_one_letter_changed_is_lost() -> None:
    """It is still right msgpack: only its seal tells."""
    assert decode(str, encode("ميناء port", "a"), "a") == "ميناء port"
    with pytest.raises(ValueError):
        decode(str, encode("ميناء port", "a").replace(b"port", b"part"), "a")
    with pytest.raises(ValueError):
        decode(str, encode("ميناء port", "a"), "b")


@pytest.mark.parametrize(("table", "value"), [("reading", "value"), ("terms", "value"), ("body", "html")])
def test_a_value_that_comes_under_the_key_of_another_is_lost(
    table: str, value: str, make_site: Callable[..., Site]
) -> None:
    """An index of SQLite of which one byte changed leads to the row of another key, which is whole."""
    site = small_site(make_site().root)
    site.write({"content/s2.md": article("خبر آخر", slug="s2", body="متن من السوق.")}).build()
    key = COLUMNS[table].split()[0]
    with contextlib.closing(sqlite3.connect(site.root / ".mujaz/cache.sqlite")) as cache, cache:
        rows = cache.execute(f"SELECT {key}, {value} FROM {table} ORDER BY {key}").fetchall()
        assert len(rows) > 1
        for (name, _), (_, others) in zip(rows, rows[1:] + rows[:1], strict=True):
            cache.execute(f"UPDATE {table} SET {value} = ? WHERE {key} = ?", (others, name))
    site.write({"config.yaml": (site.root / "config.yaml").read_text().replace("أخبار للتجربة", "أخبار أخرى")})
    heals(site, lambda path: None, "nothing", 9)


def test_a_kept_artifact_that_comes_under_the_key_of_another_is_lost(tmp_path: Path) -> None:
    kept, one, other = Artifacts(tmp_path), "a" * 32, "a" * 31 + "b"
    kept.put(one, b"one")
    (tmp_path / "aa" / one).rename(tmp_path / "aa" / other)
    assert kept.get(other) is None and not kept.holds(other)


def test_changed_bits_in_the_record_of_the_second_tree_cost_a_walk(make_site: Callable[..., Site]) -> None:
    """The record says which of its files are not the live ones: one that it forgets comes back with its old text."""
    site = small_site(make_site().root)
    record = site.root / ".mujaz/tree.clean"

    def forget(path: Path) -> None:
        raw = path.read_bytes()  # a seal and a length of 8 bytes each; the list of those that differ comes first
        differing, found, rest = raw[16:].partition(b"\0\0")
        assert found and b"/s2/index.html" in differing
        path.write_bytes(raw[:16] + differing.replace(b"index", b"indeX") + found + rest)

    heals(site, lambda path: None, "nothing", 6)  # after it only the body of s1 changes, which no page of s2 shows
    site.write({"content/s2.md": article("خبر آخر تغير", slug="s2")}).build()
    assert record.is_file()
    heals(site, forget, "tree.clean", 7)


def test_a_cache_of_other_versions_is_not_used(make_site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """Another Python, library or code: everything is read and rendered anew, to the same bytes where they agree."""
    site = small_site(make_site().root)
    monkeypatch.setattr("mujaz.build.entry.versions", lambda: "of another Mujaz")
    with contextlib.closing(Store.open(site.root / ".mujaz/cache.sqlite", versions="of another Mujaz")) as store:
        assert store.get("sources", dict) is None and store.pages() == {}
    before = site.digest()
    assert site.build().written == ()
    assert site.digest() == before


def test_what_is_forged_in_the_cache_goes_with_it_and_never_runs_here(
    make_site: Callable[..., Site], tmp_path: Path
) -> None:
    """SECURITY.md: who may write the cache publishes what he likes, as by config.yaml, and does nothing else."""

    class Act:
        def __reduce__(self) -> tuple[object, tuple[object, ...]]:
            return os.mkdir, (str(tmp_path / "ran"),)

    site = small_site(make_site().root)
    path = site.root / ".mujaz/cache.sqlite"
    before = site.digest()
    with contextlib.closing(sqlite3.connect(path)) as store, store:
        acts = {"body": b"<p>forged</p><script>1</script>"}
        for table in ("body", "value", "reading", "terms"):
            name, column = COLUMNS[table].split()
            for (key,) in store.execute(f"SELECT {name} FROM {table}").fetchall():
                forged = seal(acts.get(table) or pickle.dumps(Act()), key)
                store.execute(f"UPDATE {table} SET {column} = ? WHERE {name} = ?", (forged, key))
    for artifact in (site.root / ".mujaz/kept").rglob("*"):
        if artifact.is_file():
            artifact.write_bytes(pickle.dumps(Act()))
    site.build()
    assert not (tmp_path / "ran").exists()
    assert CliRunner().invoke(cli, ["clean", "--cache", "--site", str(site.root)]).exit_code == 0
    site.build()
    assert site.digest() == before


@pytest.mark.long
def test_four_hundred_spoilt_caches(make_site: Callable[..., Site]) -> None:
    site = small_site(make_site().root)
    for number, damage in enumerate(damages(400, 1_000).values()):
        heals(site, damage, "cache.sqlite", number)


def test_a_clock_set_back_or_far_ahead_moves_no_byte(make_site: Callable[..., Site]) -> None:
    """Files seem to come from the future, then from the past, with other texts of the same length."""
    site = small_site(make_site().root)
    for number, moment in enumerate((4e9, 1e9, 0, 4e9)):
        text = article("خبر جديد", slug="s1", body=f"متن {number}.")
        site.write({"content/s1.md": text})
        os.utime(site.root / "content/s1.md", (moment, moment))
        os.utime(site.root / "output/index.html", (moment, moment))
        site.build()
        assert f"متن {number}." in site.read("2021/10/18/s1/index.html")
    heals(site, lambda path: None, "nothing", 9)


def test_a_file_of_the_cache_of_three_gigabytes_is_not_read_whole(make_site: Callable[..., Site]) -> None:
    """A damaged disk may give a file any length. Run with less memory than that, `status` too, which reads a copy."""
    site = small_site(make_site().root)
    home = site.root / ".mujaz"
    files = [home / "cache.sqlite", home / "tree.clean", *home.glob("changes-*.json")]
    assert len(files) == 3
    for number, verb in enumerate(("status", "build", "check", "build")):
        for path in files:
            os.truncate(path, 3 << 30)
        site.write({"content/s1.md": article("خبر تغير", slug="s1", body=f"متن كبير {number}.")})
        code, said = run_limited(verb, "--site", str(site.root), memory=2 << 30)
        assert code == 0, said
    heals(site, lambda path: None, "nothing", 9)


def run_limited(*words: str, memory: int) -> tuple[int, str]:
    """Exit code and what is said of a run of the command line in `memory` bytes."""
    command = [sys.executable, "build.py", *words]
    done = subprocess.run(
        command, cwd=REPOSITORY, capture_output=True, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (memory, memory)),
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr
