"""What was dear to make is made once: it outlives the output, the store and other versions, and never lies."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from mujaz.assets import pictures
from mujaz.cache.artifacts import DAY_NS, LEAST_AGE_NS, Artifacts
from mujaz.model.fingerprint import digest
from tests.support.sites import CONFIG, Site, article
from tests.support.whole_site import FONTS, picture

pytestmark = pytest.mark.slow

KEY = digest("a picture")


def made(site: Site, monkeypatch: pytest.MonkeyPatch, **wishes: object) -> list[str]:
    """The recipes of pictures that a build follows."""
    calls = []

    def counting(
        raw: bytes, recipes: Sequence[str], make: Callable[..., dict[str, bytes]] = pictures.make
    ) -> dict[str, bytes]:
        calls.extend(recipes)
        return make(raw, recipes)

    with monkeypatch.context() as patch:
        patch.setattr(pictures, "make", counting)
        site.build(**wishes)
    return calls


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    text = article("الميناء", slug="port", image="{src: 2021/port.png, alt: ميناء}")
    files: dict[str, str | bytes] = {"content/2021/port.md": text, "content/2021/port.png": picture(), **FONTS}
    return make_site(files)


BOTH = ["jpeg 120", "webp 120"]


def test_another_output_or_a_lost_one_takes_the_pictures_that_were_made(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sorted(made(site, monkeypatch)) == BOTH
    first = site.digest()
    shutil.rmtree(site.root / "output")
    assert made(site, monkeypatch) == []
    assert site.digest() == first
    assert made(site, monkeypatch, output=tmp_path / "elsewhere") == []
    (site.root / ".mujaz/cache.sqlite").unlink()
    shutil.rmtree(site.root / "output")
    assert made(site, monkeypatch) == []
    assert site.digest() == first


def test_a_picture_is_decoded_once_for_all_its_files(
    make_site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its share card, too, and where two articles show it; a file that is lost is read from what is kept."""
    config = CONFIG.replace("cards: false", "cards: true") + "pictures: {widths: [60, 90], formats: [webp]}\n"
    image = "{src: 2021/port.png, alt: ميناء}"
    site = make_site(
        {
            "config.yaml": config,
            "content/2021/port.md": article("الميناء", id="port", slug="port", image=image),
            "content/2021/quay.md": article("الرصيف", id="quay", slug="quay", image=image),
            "content/2021/port.png": picture(700, 400),
            **FONTS,
        }
    )
    wanted = ["jpeg 60 90", "webp 60 90", "jpeg 90", "webp 90", "card 90"]
    assert made(site, monkeypatch, jobs=1) == wanted
    first = site.digest()
    (site.root / "output/cards/port.jpg").unlink()
    assert made(site, monkeypatch) == []
    shutil.rmtree(site.root / "output")
    shutil.rmtree(site.root / ".mujaz")
    site.build(jobs=2)
    assert site.digest() == first


def test_an_article_that_moves_takes_its_pictures_along(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    made(site, monkeypatch)
    os.rename(site.root / "content/2021/port.png", site.root / "content/2021/quay.png")
    site.write({"content/2021/port.md": article("الميناء", slug="port", image="{src: 2021/quay.png, alt: ميناء}")})
    assert made(site, monkeypatch) == []


@pytest.mark.parametrize("damage", ["alter", "empty", "cut", "remove"])
def test_a_kept_picture_that_was_damaged_is_made_anew(site: Site, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    made(site, monkeypatch)
    first = site.digest()
    for path in (site.root / ".mujaz/kept").rglob("*"):
        if path.is_file() and damage == "remove":
            path.unlink()
        elif path.is_file():
            raw = path.read_bytes()
            path.write_bytes({"alter": raw[:-1] + b"?", "empty": b"", "cut": raw[:-7]}[damage])
    shutil.rmtree(site.root / "output")
    assert sorted(made(site, monkeypatch)) == BOTH
    assert site.digest() == first
    shutil.rmtree(site.root / "output")
    assert made(site, monkeypatch) == []


def test_what_nobody_wants_goes_after_a_week_but_not_before(tmp_path: Path) -> None:
    kept, now = Artifacts(tmp_path / "kept"), time.time_ns()
    assert not kept.is_due(now)  # nothing is kept yet
    kept.put(KEY, b"pixels")
    assert kept.is_due(now)
    kept.prune(set(), now + LEAST_AGE_NS - DAY_NS)
    assert kept.get(KEY) == b"pixels"
    assert not kept.is_due(now)
    assert kept.is_due(now + 2 * DAY_NS)
    kept.prune({KEY}, now + LEAST_AGE_NS + DAY_NS)
    assert kept.get(KEY) == b"pixels"
    kept.prune(set(), now + LEAST_AGE_NS + DAY_NS)
    assert kept.get(KEY) is None


def test_what_another_put_there_stays(tmp_path: Path) -> None:
    kept = Artifacts(tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    kept.prune(set(), time.time_ns() + 9 * LEAST_AGE_NS)
    assert (tmp_path / "notes.txt").exists()


def test_a_build_looks_through_what_is_kept(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    made(site, monkeypatch)
    old = time.time() - 30 * 86400
    files = [path for path in (site.root / ".mujaz/kept").rglob("*") if path.is_file()]
    for path in files:
        os.utime(path, (old, old))
    site.write({"content/2021/port.png": picture(colour=(1, 2, 3))})
    assert sorted(made(site, monkeypatch)) == BOTH
    left = [path for path in files if path.exists() and path.name != "pruned"]
    assert left == []


def test_what_was_cut_off_while_it_was_put_is_put_again(tmp_path: Path) -> None:
    kept = Artifacts(tmp_path)
    (tmp_path / KEY[:2]).mkdir()
    (tmp_path / KEY[:2] / f".{KEY}.{os.getpid()}").write_bytes(b"half")
    kept.put(KEY, b"whole")
    assert kept.get(KEY) == b"whole"
