"""The law of the cache for what is made before and beside pages: cards, the search index, and what is kept of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mujaz.assets import cards, pictures
from tests.laws import test_incremental as law
from tests.laws.test_incremental import Desk, Edit
from tests.laws.test_incremental import probes as probes
from tests.support.sites import CONFIG
from tests.support.whole_site import picture

pytestmark = pytest.mark.slow

LARGE = tuple(picture(700, 400, colour) for colour in ((200, 30, 40), (20, 130, 40)))


@pytest.fixture(autouse=True)
def drawn_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each step draws all cards and crops all pictures twice; both are functions of what they are given."""
    monkeypatch.setattr(cards, "draw", lru_cache(cards.draw))
    make = lru_cache(pictures.make)
    monkeypatch.setattr(pictures, "make", lambda raw, recipes: make(raw, tuple(recipes)))
    yield


def switch_on(desk: Desk, n: int) -> None:
    desk.configure("search: true")
    desk.configure("cards: true")


def switch(desk: Desk, n: int) -> None:
    key = ("search", "cards")[n % 2]
    desk.configure(f"{key}: {'false' if f'{key}: true' in desk.text('config.yaml') else 'true'}")


def give_a_large_picture(desk: Desk, n: int) -> None:
    """Its story's card is a picture now."""
    desk.files["content/2021/10/port.png"] = LARGE[n % 2]


def alter_what_is_kept(desk: Desk, n: int) -> None:
    for at, path in enumerate(kept(desk)):
        if at % 3 == n % 3:
            path.write_bytes(path.read_bytes()[:-1] + b"?")


def lose_what_is_kept(desk: Desk, n: int) -> None:
    for at, path in enumerate(kept(desk)):
        if at % 2 == n % 2:
            path.unlink()


def kept(desk: Desk) -> list[Path]:
    return sorted(path for path in (desk.site.root / ".mujaz/kept").rglob("*") if path.is_file())


def alter_what_was_made(desk: Desk, n: int) -> None:
    for at, path in enumerate(made(desk)):
        if at % 4 == n % 4:
            path.unlink()
            path.write_bytes(b"altered")


def lose_the_index_and_what_is_kept(desk: Desk, n: int) -> None:
    shutil.rmtree(desk.site.root / "output/search", ignore_errors=True)
    shutil.rmtree(desk.site.root / ".mujaz/kept", ignore_errors=True)


def made(desk: Desk) -> list[Path]:
    folders = [desk.site.root / "output" / name for name in ("search", "cards")]
    return sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())


OURS: tuple[Edit, ...] = (
    switch, give_a_large_picture, alter_what_is_kept, lose_what_is_kept, alter_what_was_made,
    lose_the_index_and_what_is_kept,
)  # fmt: skip
STORY = (
    law.edit_body, law.edit_title, law.edit_section, law.edit_date, law.edit_label, law.edit_slug, law.withdraw,
    law.toggle_draft, law.write_in_english, law.add_article, law.delete_article, law.name_an_id,
)  # fmt: skip
SITE = (
    law.rename_the_site, law.move_the_site, law.rename_a_section, law.edit_strings, law.change_zone, law.move_clock,
    law.delete_output, law.delete_the_cache, law.garble_the_cache, law.alter_many_output_files,
)  # fmt: skip


def run(sequence: list[tuple[Edit, int]], layouts: Path, jobs: int = 1) -> None:
    law.run([(switch_on, 0), *sequence], layouts, jobs)


@pytest.mark.parametrize("edits", [STORY, SITE, OURS], ids=["story", "site", "ours"])
def test_each_edit_leaves_what_a_cold_build_makes(edits: tuple[Edit, ...], probes: Path) -> None:
    run([(edit, 17 * at + 3) for at, edit in enumerate(edits)], probes)


def test_workers_make_what_one_process_makes(probes: Path) -> None:
    run([(law.add_article, 5), (lose_the_index_and_what_is_kept, 1), (give_a_large_picture, 1)], probes, jobs=2)


SEQUENCES = st.lists(st.tuples(st.sampled_from([*law.EDITS, *OURS * 3]), st.integers(0, 9999)), min_size=8, max_size=8)


@settings(law.COMMON, max_examples=3, derandomize=True)
@given(sequence=SEQUENCES)
def test_any_sequence_of_edits_leaves_what_a_cold_build_makes(sequence: list[tuple[Edit, int]], probes: Path) -> None:
    run(sequence, probes)


@pytest.mark.long
@settings(law.COMMON, max_examples=40)
@given(sequence=SEQUENCES, jobs=st.sampled_from((1, 1, 2)))
def test_forty_sequences(sequence: list[tuple[Edit, int]], jobs: int, probes: Path) -> None:
    run(sequence, probes, jobs)


def test_the_sites_of_other_tests_are_without_them() -> None:
    """So that each test builds what it is about; here they are switched on."""
    assert "cards: false" in CONFIG and "search: false" in CONFIG
