"""A look in a process of its own: its lines come in order, a failure is an empty one, and nothing is left running."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

from mujaz import aside

BOTH = pytest.mark.parametrize("jobs", [1, 2])


@BOTH
def test_lines_come_in_order_and_then_none(jobs: int) -> None:
    with aside.aside(lambda: iter(["أولا", "", "ثالثا"]), jobs) as about:
        assert about.answer() == "أولا"
        about.go_on()
        assert [about.answer() for _ in range(3)] == ["", "ثالثا", ""]


@pytest.mark.needs("a system that can fork")
def test_a_look_that_fails_gives_nothing_and_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    def look() -> Iterator[str]:
        yield "أولا"
        raise OSError("القرص")

    with aside.aside(look, 2) as about:
        assert about.answer() == "أولا"
        about.go_on()
        assert about.answer() == about.answer() == ""
    assert capfd.readouterr() == ("", "")


@pytest.mark.needs("a system that can fork")
def test_it_runs_in_another_process_which_ends_with_the_block() -> None:
    def look() -> Iterator[str]:
        yield str(os.getpid())
        time.sleep(60)

    with aside.aside(look, 2) as about:
        child = int(about.answer())
        about.go_on()
        assert child != os.getpid()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


@pytest.mark.needs("a system that can fork")
def test_beyond_its_first_line_it_looks_for_nothing_unless_it_is_told_to_go_on(tmp_path: os.PathLike[str]) -> None:
    mark = os.path.join(tmp_path, "looked")

    def look() -> Iterator[str]:
        yield "أولا"
        with open(mark, "w"):
            yield "ثانيا"

    with aside.aside(look, 2) as about:
        assert about.answer() == "أولا"
        time.sleep(0.1)
        assert not os.path.exists(mark)
        about.go_on()
        assert about.answer() == "ثانيا"
