"""A file that is saved while a build reads it: the build stops or takes one of both, and no later one is wrong."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mujaz.assets import fonts
from mujaz.build import pipeline, ready
from mujaz.content.scan import digest_of
from mujaz.layouts.filters import load_filters
from tests.support.recordings import mp4
from tests.support.sites import CONFIG, Site, article
from tests.support.whole_site import PORT_AND_CUP, picture

pytestmark = pytest.mark.slow
MakeSite = Callable[..., Site]


@pytest.mark.parametrize("left", [0, 60])
@pytest.mark.parametrize("name", ["quay.png", "quay.mp4"])
def test_a_file_that_is_measured_while_it_is_saved_is_not_refused_for_ever(
    name: str, left: int, make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Programs empty a file before they save it. What was measured then was cached by the digest of the whole one."""
    text = article("خبر", slug="quay", image="{src: quay.png, alt: رصيف}", body="![الرصيف](quay.mp4)")
    site = make_site({"content/quay.md": text, "content/quay.png": picture(), "content/quay.mp4": mp4()})
    path = site.root / "content" / name
    whole = path.read_bytes()

    def emptied_after(root: Path, of: str, *rest: Any) -> str:
        found = digest_of(root, of, *rest)
        if of == f"content/{name}":
            path.write_bytes(whole[:left])
        return found

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("mujaz.build.read.digest_of", emptied_after)
        with pytest.raises(OSError, match="was changed"):
            site.build()
    path.write_bytes(whole)
    site.build()
    assert site.digest() == site.cold(tmp_path / "cold")


FACES = tuple(fonts.family(name).read_bytes() for name in ("naskh.woff2", "plex-bold.woff2"))
SHOUTS = tuple(f"def shout(text):\n    return text + '{mark}'\n".encode() for mark in "!?")
ARTICLE = '{{% extends "shipped/article.html" %}}{{% block after_body %}}{{{{ "{}"|shout }}}}{{% endblock %}}\n'
LAYOUTS: dict[str, tuple[bytes, bytes]] = {  # as they are, and as they are for a moment
    "assets/extra.css": (b"a{color:red}", b"a{color:blue}"),
    "static/note.txt": (b"one", b"other"),
    "static/icon.png": (picture(512, 512), picture(512, 512, (1, 2, 3))),
    "fonts/ours.ttf": FACES,
    "article.html": (ARTICLE.format("one").encode(), ARTICLE.format("other").encode()),
}
LOOK = "look: {icon: icon.png, faces: {heads: fonts/ours.ttf}}\n"


def paper(make_site: MakeSite) -> Site:
    own = {f"layouts/{name}": pair[0] for name, pair in LAYOUTS.items()}
    return make_site({**PORT_AND_CUP, **own, "layouts/filters.py": SHOUTS[0], "config.yaml": CONFIG + LOOK})


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_that_is_changed_and_changed_back_while_a_build_runs_leaves_nothing(
    name: str, make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Its file was known by the digest of the one text and held the other, until the layout changed again."""
    site, (one, other) = paper(make_site), LAYOUTS[name]
    load = ready.load_layouts

    def changed_after(*words: Any) -> Any:
        found = load(*words)
        site.write({f"layouts/{name}": other})
        return found

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(ready, "load_layouts", changed_after)
        with contextlib.suppress(OSError):
            site.build()
    site.write({f"layouts/{name}": one})
    site.build()
    assert site.digest() == site.cold(tmp_path / "cold")


def test_filters_that_change_after_they_have_run_count_as_changed(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    site = paper(make_site)

    def changed_after(*words: Any) -> Any:
        found = load_filters(*words)
        site.write({"layouts/filters.py": SHOUTS[1]})
        return found

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("mujaz.layouts.layouts.load_filters", changed_after)
        site.build()
    site.build()
    assert site.digest() == site.cold(tmp_path / "cold")


def test_settings_that_are_changed_and_changed_back_while_a_build_runs_leave_nothing(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A build with nothing to do is known by the bytes that the last one read, not by those before or behind it."""
    site = make_site(PORT_AND_CUP)
    path, load = site.root / "config.yaml", pipeline.load_settings
    before = path.read_bytes()

    def changed_for_a_moment(*given: Any) -> Any:
        path.write_bytes(before.replace(b"title: ", b"title: x", 1))
        try:
            return load(*given)
        finally:
            path.write_bytes(before)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(pipeline, "load_settings", changed_for_a_moment)
        site.build()
    site.build()
    assert site.digest() == site.cold(tmp_path / "cold")
