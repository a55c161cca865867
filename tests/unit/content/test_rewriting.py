"""A text in place of that of a file: line ends and the byte order mark stay, in the lines that both have."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz.content import rewriting
from mujaz.content.rewriting import merged, with_text


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_file_of_one_kind_of_line_end_keeps_it(end: str, mark: bytes) -> None:
    raw = mark + f"أ{end}ب{end}".encode()
    assert with_text(raw, "أ\nب\n") == raw
    assert with_text(raw, "ج\nأ\n\nب") == mark + f"ج{end}أ{end}{end}ب".encode()
    assert with_text(mark, "أ\n") == mark + "أ\n".encode()


MIXED = "أ\r\nب\nج\rد\r\n\nو\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("أ\nب\nج\nد\n\nو\n", MIXED),
        ("س\nب\nج\nد\n\nص\n", "س\r\nب\nج\rد\r\n\nص\r\n"),
        ("أ\nج\nد\nهـ\n\nو\n", "أ\r\nج\rد\r\nهـ\r\n\nو\n"),
        ("", ""),
    ],
)
def test_where_line_ends_are_mixed_each_line_keeps_its_own(text: str, wanted: str) -> None:
    assert with_text(MIXED.encode(), text) == wanted.encode()


def test_lines_before_and_behind_a_change_keep_their_ends_however_many_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rewriting, "MOST_COMPARED", 0)
    assert with_text(MIXED.encode(), "أ\nب\nس\nد\n\nو\n") == MIXED.replace("ج\r", "س\r\n").encode()


def test_a_hundred_thousand_like_lines_are_not_compared_with_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """All pairs of them are ten thousand million."""
    monkeypatch.setattr(rewriting, "SequenceMatcher", None)
    like = 100_000 * "س\n"
    raw = ("أ\r\n" + like + "ب\n" + like + "ج\n").encode()
    assert with_text(raw, f"د\n{like}هـ\n{like}و\n").decode().count("\r\n") == 200_003


@pytest.mark.parametrize(
    ("mine", "theirs", "wanted"),
    [
        ("أ\nب\nج\nد\n", "ص\nأ\nب\nج\n", "ص\nأ\nب\nج\nد\n"),
        ("س\nب\nج\n", "أ\nص\nب\nج\n", "س\nص\nب\nج\n"),  # before a line and behind it
        ("أ\nج\n", "أ\nب\nص\n", "أ\nص\n"),
        ("أ\nب\nج\nس\n", "أ\nب\nج\nص\n", "أ\nب\nج\nس\nص\n"),
        ("أ\nب\nج", "أ\nب\nج\nد\n", "أ\nب\nج\nد\n"),  # behind a last line without an end
        ("أ\nس\nج\n", "أ\nس\nج\nص\n", "أ\nس\nج\nص\n"),
        ("أ\nس\nج\n", "ص\nص\nج\nد\n", "أ\nس\nج\nد\n"),  # of one place each changed in his way, mine is taken
    ],
)
def test_what_two_changed_is_in_one_text(mine: str, theirs: str, wanted: str) -> None:
    assert merged("أ\nب\nج\n", mine, theirs) == wanted


LINES = st.text("أب\n", max_size=12)


@given(LINES, LINES, LINES)
def test_a_text_that_one_left_alone_is_that_of_the_other(base: str, mine: str, theirs: str) -> None:
    assert merged(base, mine, base) == mine and merged(base, base, theirs) == theirs
    assert merged(base, mine, mine) == mine
