"""Readers that die, fail or never end, as a fault of a library would have them: what no bound foresaw."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool

import pytest

from mujaz import workers
from mujaz.assets.pictures import PictureError
from mujaz.content import reader
from mujaz.content.options import Options
from mujaz.content.reader import Reading
from mujaz.messages.errors import Problem, SiteError, WorkerDied
from mujaz.messages.message import say
from mujaz.yaml_values.datetimes import NotADate
from tests.laws.test_faults import small_site
from tests.support.sites import Site, article


def poisoned(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> None:
    """Let the reading of every article whose text says so end in `act`, as a fault of a library would."""
    real = reader.read

    def read(path: str, raw: bytes, options: Options) -> Reading:
        if "سم".encode() in raw:
            act()
        return real(path, raw, options)

    monkeypatch.setattr(reader, "read", read)


def forever() -> None:
    """As good as forever beside a last resort of 0.2 s; but should that be gone, no process may stay behind."""
    end = time.process_time() + 4
    try:
        while time.process_time() < end:
            pass
    except Exception:
        raise AssertionError("the last resort can be swallowed") from None


@pytest.mark.parametrize(
    ("jobs", "others", "end", "said"),
    [
        (1, 40, lambda: os.kill(os.getpid(), signal.SIGKILL), "was killed (out of memory?)"),
        (2, 40, lambda: os.kill(os.getpid(), signal.SIGKILL), "was killed (out of memory?)"),
        (1, 0, lambda: os.kill(os.getpid(), signal.SIGKILL), "was killed (out of memory?)"),
        (2, 40, lambda: os.kill(os.getpid(), signal.SIGXCPU), "ended with SIGXCPU"),
        (2, 0, lambda: os._exit(3), "ended with exit code 3"),
    ],
    ids=["one", "two", "one of few", "a signal", "an exit"],
)
def test_an_article_that_kills_its_reader_is_named_and_nothing_is_written(
    jobs: int,
    others: int,
    end: Callable[[], None],
    said: str,
    make_site: Callable[..., Site],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Even with one job the reader is a process of its own."""
    site = small_site(make_site().root)
    old = site.digest()
    poisoned(monkeypatch, end)
    # Few are read beside what else is to be done, and more than one chunk by two workers.
    texts = {f"content/t{n}.md": article("خبر", slug=f"t{n}", body="متن.") for n in range(others)}
    site.write({"content/s3.md": article("خبر", slug="s3", body="سم."), **texts})
    with pytest.raises(WorkerDied) as caught:
        site.build(jobs=jobs)
    assert str(caught.value).startswith(f"a worker process {said}; nothing was written; it was reading ")
    assert "'content/s3.md'" in str(caught.value)
    assert site.digest() == old
    monkeypatch.undo()
    site.build(jobs=jobs)
    assert site.digest() != old


def fail(error: Exception) -> Callable[[], None]:
    def act() -> None:
        raise error

    return act


def test_what_a_worker_raises_is_told_as_it_is(make_site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that cannot be sent through a pipe would look like the death of a worker."""
    site = small_site(make_site().root)
    site.write({"content/s3.md": article("خبر", slug="s3", body="سم.")})
    problem = Problem(path="content/s3.md", line=3, column=1, message=say("empty-value", key="x"), help=say("rename"))
    poisoned(monkeypatch, fail(SiteError([problem])))
    assert site.problems(jobs=2) == [str(problem)]
    for error in (PictureError(say("no-picture"), say("rename")), NotADate(say("not-iso"), say("rename"))):
        poisoned(monkeypatch, fail(error))
        with pytest.raises(type(error), match=f"^{error}$") as caught:
            site.build(jobs=2)
        assert caught.value.help == error.help


class Stubborn(Exception):
    """Sent, but not to be made again where it comes out of the pipe."""

    def __init__(self, text: str, help: str) -> None:
        super().__init__(text)
        self.help = help


def test_what_cannot_be_sent_is_no_death_of_a_worker(
    make_site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = small_site(make_site().root)
    site.write({"content/s3.md": article("خبر", slug="s3", body="سم.")})
    poisoned(monkeypatch, fail(Stubborn("is no picture", "draw another")))
    with pytest.raises(TypeError):  # a bug of ours, told with its traceback
        site.build(jobs=2)
    site.write({f"content/t{n}.md": article("خبر", slug=f"t{n}", body="متن.") for n in range(40)})
    with pytest.raises(BrokenProcessPool):
        site.build(jobs=2)


@pytest.mark.parametrize("fork", ["", "1"], ids=["in a worker", "without fork"])
def test_an_article_that_never_ends_is_stopped_by_name_and_forgotten(
    fork: str, make_site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = small_site(make_site().root)
    old = site.digest()
    poisoned(monkeypatch, forever)
    monkeypatch.setenv("MUJAZ_NO_FORK", fork)
    monkeypatch.setattr(workers.limited.__wrapped__, "__defaults__", (0.2,))  # type: ignore[attr-defined]
    site.write({"content/s3.md": article("خبر", slug="s3", body="سم.")})
    (problem,) = site.problems()
    assert problem.startswith("content/s3.md: reading it takes more than 60 s; the build was stopped")
    assert site.digest() == old
    monkeypatch.undo()
    site.build()
    assert site.digest() != old
