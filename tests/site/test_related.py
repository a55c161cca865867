"""Related stories are asked for again only when something that they are made from has moved."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mujaz import workers
from mujaz.messages.errors import WorkerDied
from mujaz.related import find_related as lists
from mujaz.related.find_related import RelatedInput
from mujaz.related.incremental import PreviousLists
from tests.support.sites import Site, article

LONG = "كلمة " * 400


def wait_for(path: Path) -> None:
    """Until another process has made the file. Nothing is measured by how long a test waits before it gives up."""
    end = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < end, f"{path.name} never came"
        time.sleep(0.01)


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    return make_site({f"content/{name}.md": article(f"خبر الميناء {name}", id=name) for name in "abc"})


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The ids of each question that was asked."""
    real, found = lists.renew, []

    def renew(
        question: RelatedInput, before: PreviousLists | None, *, jobs: int = 1
    ) -> tuple[dict[str, tuple[str, ...]], PreviousLists]:
        found.append(tuple(question.ids))
        return real(question, before, jobs=jobs)

    monkeypatch.setattr(lists, "renew", renew)
    return found


@pytest.mark.parametrize(
    ("change", "again"),
    [
        ({"content/a.md": article("خبر الميناء a", id="a", updated="2021-10-18 15:00")}, False),
        ({"content/a.md": article("خبر الميناء a", id="a", sources="[وكالات]")}, False),
        ({"layouts/notfound.html": "لا صفحة هنا"}, False),
        ({"content/a.md": article("خبر المرفأ a", id="a")}, True),
        ({"content/a.md": article("خبر الميناء a", id="a", tags="[مرفأ]")}, True),
        ({"content/a.md": article("خبر الميناء a", id="a", date="2021-10-17 14:00")}, True),
        ({"content/a.md": article("خبر الميناء a", id="a", section="sport")}, True),
        ({"content/a.md": article("خبر الميناء a", id="a", related="[b]")}, True),
        ({"content/a.md": article("خبر الميناء a", id="a", unrelated="[b]")}, True),
        ({"content/a.md": article("خبر الميناء a", id="a", draft="true")}, True),
        ({"content/d.md": article("خبر الميناء d", id="d")}, True),
    ],
)
def test_they_are_asked_for_again_where_a_term_a_date_or_a_pin_moved(
    change: dict[str, str], again: bool, site: Site, asked: list[tuple[str, ...]]
) -> None:
    site.build()
    assert asked == [("a", "b", "c")]
    site.write(change)
    site.build()
    assert (len(asked) == 2) is again


def test_words_after_the_first_four_hundred_are_none_of_their_terms(site: Site, asked: list[tuple[str, ...]]) -> None:
    site.write({"content/a.md": article(id="a", body=LONG)})
    site.build()
    site.write({"content/a.md": article(id="a", body=LONG + "وسفينة أخيرة.")})
    report = site.build()
    assert len(asked) == 1 and "2021/10/18/خبر/index.html" in report.written


def test_a_kept_answer_that_was_spoilt_is_asked_for_again(site: Site, asked: list[tuple[str, ...]]) -> None:
    from mujaz.cache.store import Store
    from mujaz.cache.versions import versions

    site.build()
    store = Store.open(site.root / ".mujaz/cache.sqlite", versions=versions())
    store.put("related stories", "no lists")
    store.put("related stories: pools", "nor pools")
    store.close()
    site.write({"layouts/notfound.html": "لا صفحة هنا"})
    site.build()
    assert len(asked) == 2


@pytest.mark.needs("a system that can fork")
def test_background_work_runs_while_the_block_does_and_its_error_is_raised_with_its_result(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"

    def work() -> int:
        theirs.touch()
        wait_for(ours)
        return 7

    with workers.background(work, 2) as result:
        wait_for(theirs)
        ours.touch()
        assert result.result() == result.result() == 7

    def fail() -> int:
        raise ValueError("no")

    with workers.background(fail, 2) as failed, pytest.raises(ValueError, match="no"):
        failed.result()


@pytest.mark.needs("a system that can fork")
def test_a_result_that_nobody_asks_for_holds_up_nothing() -> None:
    """Nor one that is larger than a pipe holds."""
    with pytest.raises(KeyError), workers.background(lambda: bytes(10_000_000), 2):
        raise KeyError


@pytest.mark.needs("a system that can fork")
def test_work_beside_that_is_killed_is_told_even_if_its_own_children_live_on(tmp_path: Path) -> None:
    known, told, ended = (tmp_path / name for name in ("known", "told", "ended"))

    def die() -> None:
        if os.fork() == 0:
            known.touch()
            with contextlib.suppress(AssertionError):
                wait_for(told)
            ended.touch()
            os._exit(0)
        wait_for(known)
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(WorkerDied, match="was killed"), workers.background(die, 2) as result:
        result.result()
    assert not ended.exists()
    told.touch()
    wait_for(ended)
