"""Pages of which there is one for each article are told apart by what their views are made from (law 2)."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import Site, article

from mujaz import pipeline
from mujaz.fingerprint import digest
from mujaz.model import Page
from mujaz.order import Order, Steps
from mujaz.render import prints_of
from mujaz.store import Store
from mujaz.unchanged import lookout

NOW = datetime(2021, 10, 20, tzinfo=UTC)
FILES: dict[str, str | bytes] = {
    "content/a.md": article("خبر الميناء", id="a", tags="[الميناء]", aliases="[/old/a/]"),
    "content/b.md": article("خبر الميناء ثانية", id="b", series="الميناء", date="2021-10-17 10:00"),
    "content/c.md": article("خبر السفينة", id="c", series="الميناء", lang="en", date="2021-10-16 10:00"),
    "content/d.md": article("سحبناه", id="d", withdrawn="كان خطأ"),
}


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    return make_site(FILES)


def planned(root: Path) -> tuple[list[Page], dict[str, str]]:
    """All pages, and each one's fingerprint."""
    order = Order(root=root, now=NOW, jobs=1)
    order.home.mkdir(exist_ok=True)
    store = Store.open(order.home / "planned.sqlite", versions="these")
    with lookout(order, store) as about, ExitStack() as beside:
        made = pipeline._plan(order, store, Steps(), about, beside)
        prints = prints_of(made.gathered.shelf.published, made.gathered.keys)
        marks = {page.path: prints.beside(b"", page.matter) for page in made.pages}
    store.close()
    return made.pages, marks


def test_a_view_is_a_function_of_its_matter_alone(site: Site) -> None:
    pages, _ = planned(site.root)
    finishing = {page._finish for page in pages} - {None}
    assert len(finishing) == 2  # articles, redirects
    for finish in finishing:
        assert finish is not None and list(inspect.signature(finish).parameters) == ["matter"]
        assert not inspect.getclosurevars(finish).nonlocals


@pytest.mark.parametrize(
    "change",
    [
        {"content/a.md": article("خبر المرفأ", id="a", tags="[الميناء]", aliases="[/old/a/]")},
        {"content/a.md": article("خبر الميناء", id="a", tags="[المِيناء]", aliases="[/old/a/]", label="explainer")},
        {"content/b.md": article("خبر الميناء ثانية", id="b", date="2021-10-17 10:00")},
        {"content/c.md": article("خبر السفينة", id="c", series="الميناء", date="2021-10-16 11:00")},
        {"content/d.md": article("سحبناه", id="d")},
        {"content/e.md": article("خبر آخر", id="e", tags="[الميناء]")},
        {"config.yaml": "paths: {output: site}\n"},
    ],
)
def test_where_the_fingerprint_stands_so_does_the_view(change: dict[str, str], site: Site) -> None:
    before, marks = planned(site.root)
    views = {page.path: digest(page.view) for page in before}
    if added := change.get("config.yaml"):
        change = {"config.yaml": (site.root / "config.yaml").read_text(encoding="utf-8") + added}
    site.write(change)
    after, now = planned(site.root)
    stand = [page for page in after if marks.get(page.path) == now[page.path]]
    assert len(stand) > 3
    assert all(digest(page.view) == views[page.path] for page in stand)
