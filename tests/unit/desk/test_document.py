"""An article's bytes: what is not changed stays, byte for byte."""

from __future__ import annotations

import codecs
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mujaz.desk.document import NoDocument, changed, lines_of, parse, values

TEXT = """\
---
title: 'خبر'  # ملاحظة
date: 2021-10-18
summary: |
  سطر

  آخر
tags: [أ, ب]
---

متن أول.

متن ثان.
"""


def bytes_of(text: str, end: str, mark: bool) -> bytes:
    return (codecs.BOM_UTF8 if mark else b"") + text.replace("\n", end).encode()


@pytest.mark.parametrize(("end", "mark"), list(product(["\n", "\r\n", "\r"], [False, True])))
def test_line_ends_and_mark_stay(end: str, mark: bool) -> None:
    document = parse(bytes_of(TEXT, end, mark))
    assert values(document) == {"title": "خبر", "date": "2021-10-18", "summary": "سطر\n\nآخر\n", "tags": ["أ", "ب"]}
    assert document.body == "متن أول.\n\nمتن ثان." and document.first_line == 11
    assert lines_of(document) == {"title": (2, 2), "date": (3, 3), "summary": (4, 7), "tags": (8, 8)}
    assert changed(document, {}) == document.raw
    assert changed(document, {"title": "آخر"}) == bytes_of(TEXT.replace("'خبر'", "'آخر'"), end, mark)
    new = changed(document, {"section": "sport"}, body="متن أول.\n\nسطر.\n\nمتن ثان.")
    wanted = TEXT.replace("2021-10-18\n", "2021-10-18\nsection: sport\n").replace("متن ثان", "سطر.\n\nمتن ثان")
    assert new == bytes_of(wanted, end, mark)


def test_lines_that_are_not_touched_keep_line_ends_of_their_own() -> None:
    raw = TEXT.encode().replace(b"2021-10-18\n", b"2021-10-18\r\n").replace("أول.\n".encode(), "أول.\r\n".encode())
    document = parse(raw)
    assert changed(document, {"title": "س"}) == raw.replace("'خبر'".encode(), "'س'".encode())
    assert changed(document, {"tags": ["أ"]}, body=document.body + "\nس") == raw.replace(
        "[أ, ب]".encode(), "[أ]".encode()
    ).replace("ثان.\n".encode(), "ثان.\nس\n".encode())


def test_a_body_is_written_where_there_was_none() -> None:
    document = parse(b"---\ntitle: a\n---\n")
    assert changed(document, {}, body="x") == b"---\ntitle: a\n---\n\nx\n"
    assert changed(parse(b"---\ntitle: a\n---"), {}, body="") == b"---\ntitle: a\n---"


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(NoDocument):
        parse("عنوان".encode("cp1256"))


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.data())
def test_random_line_ends_survive_an_edit_of_any_place(data: st.DataObject) -> None:
    rows = TEXT.split("\n")
    ends = data.draw(st.lists(st.sampled_from(["\n", "\r\n"]), min_size=len(rows) - 1, max_size=len(rows) - 1))
    raw = "".join(row + end for row, end in zip(rows, [*ends, ""], strict=True)).encode()
    document = parse(raw)
    key = data.draw(st.sampled_from(["title", "date", "tags", "summary", "draft"]))
    wanted: Any = ["ج"] if key == "tags" else True if key == "draft" else "قيمة"
    made = changed(document, {key: wanted})
    old, new = raw.split(b"\n"), made.split(b"\n")
    first, last = lines_of(document).get(key, (9, 8))
    assert new[: first - 1] == old[: first - 1]
    assert new[len(new) - (len(old) - last) :] == old[last:]
    assert values(parse(made)) == (values(document) or {}) | {key: "true" if key == "draft" else wanted} or (
        key == "summary"
    )
