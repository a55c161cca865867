"""A text in place of that of a file: line ends and the byte order mark stay, in the lines that both have."""

from __future__ import annotations

import codecs

import pytest

from mujaz.content import rewriting
from mujaz.content.rewriting import with_text


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
