"""The builds behind `serve`: what stands by, what is put off and finished later, what is ended half-way."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CONFIG, NOW, Site, article
from wholesite import FILES, FONTS, SETTINGS

from mujaz import builder
from mujaz.build import Order, Report, Steps, build, first_look
from mujaz.builder import Answer, Builder, Want

MakeSite = Callable[..., Site]
REPOSITORY = Path(__file__).parent.parent
SEARCHED = {
    **FONTS,
    "config.yaml": CONFIG.replace("search: false", "search: true"),
    "content/a.md": article("خبر أول", id="a", slug="a", body="متن قديم."),
    "content/b.md": article("خبر ثان", id="b", slug="b", date="2020-05-01"),
}


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    return make_site(SEARCHED)


@pytest.fixture
def asked(site: Site) -> Callable[..., list[Answer]]:
    """Ask a process that stands by for one build after another; `None` ends the one before it, a moment later."""

    async def ask(standing_by: Builder, wants: tuple[Want | None, ...]) -> list[Answer]:
        answers: list[Answer] = []
        try:
            for want, then in zip(wants, (*wants[1:], Want.FIRST), strict=True):
                if want is not None:
                    building = asyncio.ensure_future(standing_by.build(want))
                    await asyncio.sleep(0.1)
                    if then is None:
                        standing_by.stop()
                    answers.append(await asyncio.wait_for(building, 60))
        finally:
            standing_by.close()
            await asyncio.sleep(0)  # a socket is closed in the next round of the loop
        return answers

    def run(*wants: Want | None) -> list[Answer]:
        order = Order(root=site.root, now=NOW, jobs=1)
        return asyncio.run(ask(builder.start(lambda: order), wants))

    return run


def searched(site: Site) -> dict[str, str]:
    return {path: mark for path, mark in site.digest().items() if path.startswith("search/2")}


def test_a_first_look_shows_the_page_before_its_words_can_be_searched(site: Site, make_site: MakeSite) -> None:
    site.build()
    before = searched(site)
    site.write({"content/a.md": article("خبر أول", id="a", slug="a", body="متن جديد.")})
    order = Order(root=site.root, now=NOW, jobs=1)
    report, unfinished = first_look(order, moved=True)
    assert unfinished and "2021/10/18/a/index.html" in report.written
    assert "متن جديد" in site.read("2021/10/18/a/index.html") and searched(site) == before
    finished = build(order)
    assert finished.written and all(path.startswith("search/2021/") for path in finished.written)
    cold = make_site(SEARCHED | {"content/a.md": (site.root / "content/a.md").read_bytes()})
    cold.build()
    assert site.digest() == cold.digest()
    assert first_look(order, moved=True) == (build(order), False)


def test_a_year_that_was_never_indexed_is_not_put_off(site: Site) -> None:
    order = Order(root=site.root, now=NOW, jobs=1)
    report, unfinished = first_look(order, moved=False)
    assert not unfinished and {path.split("/")[1] for path in report.written if path.startswith("search/20")} == {
        "2020",
        "2021",
    }


def test_what_was_put_off_is_told_and_finished(site: Site, asked: Callable[..., list[Answer]]) -> None:
    site.build()
    site.write({"content/a.md": article("خبر أول", id="a", slug="a", body="متن جديد.")})
    page, search, nothing = asked(Want.FIRST, Want.FINISH, Want.MOVED)
    assert (page.built, page.seen, page.unfinished) == (True, True, True)
    assert (search.built, search.seen, search.unfinished) == (True, False, False) and search.written
    assert (nothing.built, nothing.seen, nothing.unfinished, nothing.written) == (True, False, False, 0)


def test_a_build_that_finishes_another_is_ended_by_a_save(
    site: Site, asked: Callable[..., list[Answer]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(order: Order, steps: Steps | None = None) -> Report:
        time.sleep(50)
        return build(order, steps)

    monkeypatch.setattr("mujaz.build.build", endless)
    first, stopped, after = asked(Want.FIRST, Want.FINISH, None, Want.MOVED)
    assert first.built and not stopped.built and stopped.trouble == "stopped" and after.built


def test_an_end_that_comes_too_late_ends_nothing(asked: Callable[..., list[Answer]]) -> None:
    assert [answer.built for answer in asked(Want.MOVED, None, Want.FINISH, Want.MOVED)] == [True, True, True]


def test_all_that_a_build_loads_is_loaded_before(make_site: MakeSite) -> None:
    """Each library that is missing costs every save the time to load it."""
    site = make_site(FILES | {"config.yaml": SETTINGS.replace("false", "true")})
    script = f"""
import sys
from importlib import import_module
from pathlib import Path
from mujaz.builder import LOADED
from mujaz.order import Order
for module in LOADED:
    import_module(module)
before = set(sys.modules)
from datetime import UTC, datetime
from mujaz.build import build
build(Order(root=Path({str(site.root)!r}), now=datetime(2021, 12, 1, 12, tzinfo=UTC), jobs=1))
names = {{name if name.startswith("mujaz.") else name.partition(".")[0] for name in set(sys.modules) - before}}
print(*(names - before - sys.stdlib_module_names))
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
