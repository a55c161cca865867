"""The form of an article: a control for each key, and only what was changed is written."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mujaz.check.json_schema import of_front_matter
from mujaz.config.settings import load_config
from mujaz.content.front_matter import KEYS
from mujaz.desk.document import changed, lines_of, parse, values
from mujaz.desk.form import GROUPS, PICTURE, changes, fields
from mujaz.desk.story import act, address, state
from tests.support.sent_form import Form, untouched
from tests.support.sites import REPOSITORY

ZONE = "Asia/Qatar"
NOW = datetime(2021, 10, 20, 15, 0, tzinfo=ZoneInfo(ZONE))
SCHEMA = of_front_matter(load_config(REPOSITORY / "config.yaml").config, ("breaking", "live"))
FULL = """\
---
# خبر بكل مفاتيحه
title: 'خبر: كامل'   # عنوان
date: 2021-10-18T14:00:00+03:00
updated: 2021-10-18 15:00
expires: 2022-01-01
section: politics
tags: [روسيا,  "الناتو"]
summary: >-
  سطر
  وسطر

author:
source: {name: الجزيرة, url: "https://example.org/a"}
image:
  src: a.jpg
  # يُترك
  alt: |
    وصف

    طويل
  credit:
label: breaking
slug: a
id: "x1"
aliases:
- /old/
related: [b, c]
unrelated: []
series: ملف
corrections:
  - date: 2021-10-19 10:30   # أول
    text: 'نص'
withdrawn: سبب
draft: true
weight: 5
layout: special
lang: ar
extra:
  a: [1, 2]   # حر
---

متن.
"""


def sent(text: str, **new: Any) -> tuple[bytes, bytes]:
    """The bytes before and after a form is sent with these controls changed."""
    document = parse(text.encode())
    found = fields(document, SCHEMA, ZONE)
    named = {name.replace("__", "."): value for name, value in new.items()}
    pairs = [(name, value) for name, value in untouched(found) if name not in named]
    for name, value in named.items():
        pairs += [(name, one) for one in value] if isinstance(value, list) else [(name, value)] if value else []
    keys, texts = changes(found, Form(pairs), ZONE)
    return document.raw, changed(document, keys, texts=texts)


def test_every_key_of_the_schema_has_a_control_in_one_group() -> None:
    assert sorted(key for group in GROUPS.values() for key in group) == sorted(KEYS)
    found = fields(parse(FULL.encode()), SCHEMA, ZONE)
    assert set(found) == set(KEYS) and all(field.shown is not None for field in found.values())


def test_a_form_that_is_sent_as_it_was_shown_changes_nothing() -> None:
    before, after = sent(FULL)
    assert before == after


@pytest.mark.parametrize(
    ("new", "before", "after"),
    [
        ({"title": "آخر"}, "'خبر: كامل'   #", "'آخر'   #"),
        ({"date__time": "16:30"}, "2021-10-18T14:00:00+03:00", "2021-10-18T16:30+03:00"),
        ({"updated__day": "2021-10-19"}, "updated: 2021-10-18 15", "updated: 2021-10-19 15"),
        ({"expires__time": "09:00"}, "expires: 2022-01-01", "expires: 2022-01-01 09:00"),
        ({"expires__day": ""}, "expires: 2022-01-01\n", ""),
        ({"section": "sport"}, "section: politics", "section: sport"),
        ({"tags": ["روسيا", "قطر", ""]}, '"الناتو"]', '"قطر"]'),
        ({"summary": "سطر"}, "  سطر\n  وسطر\n", "  سطر\n"),
        ({"author": "هدى"}, "author:\n", "author: هدى\n"),
        ({"source__url": ""}, '{name: الجزيرة, url: "https://example.org/a"}', "الجزيرة"),
        ({"image__src": "b.jpg"}, "src: a.jpg", "src: b.jpg"),
        ({"image__credit": "وكالة"}, "credit:\n", "credit: وكالة\n"),
        ({"image__caption": "شرح"}, "  credit:\n", "  credit:\n  caption: شرح\n"),
        ({"label": ""}, "label: breaking\n", ""),
        ({"aliases": ["/old/", "/older/"]}, "- /old/\n", "- /old/\n- /older/\n"),
        ({"related": ["c"]}, "[b, c]", "[c]"),
        ({"corrections__said": ["آخر"]}, "text: 'نص'", "text: 'آخر'"),
        ({"draft": ""}, "draft: true\n", ""),
        ({"weight": "٧"}, "weight: 5", "weight: 7"),
        ({"extra": "a: [1]"}, "  a: [1, 2]   # حر\n", "  a: [1]\n"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_one_control_changes_the_lines_of_its_key(new: dict[str, Any], before: str, after: str) -> None:
    assert FULL.count(before) == 1
    assert sent(FULL, **new)[1].decode() == FULL.replace(before, after)


def test_new_keys_are_written_as_an_editor_would() -> None:
    text = "---\ntitle: أ\ndate: 2021-10-18\nsection: politics\n---\n"
    new = sent(
        text,
        tags=["روسيا", "الناتو"],
        image__src="a.jpg",
        image__alt="وصف: أول",
        sources__name=["الجزيرة", "وكالات"],
        sources__url=["https://example.org", ""],
        corrections__day=["2021-10-19"],
        corrections__time=["10:00"],
        corrections__text=[""],
        corrections__said=["نص"],
        extra="a: 1",
    )[1].decode()
    assert new == (
        "---\ntitle: أ\ndate: 2021-10-18\nsection: politics\ntags: [روسيا, الناتو]\n"
        "sources:\n  - name: الجزيرة\n    url: https://example.org\n  - وكالات\n"
        'image:\n  src: a.jpg\n  alt: "وصف: أول"\n'
        "corrections:\n  - date: 2021-10-19 10:00\n    text: نص\nextra:\n  a: 1\n---\n"
    )


def test_a_control_that_is_said_to_be_there_and_sends_nothing_is_an_empty_one() -> None:
    """No browser does that; a form that another program sends may."""
    for key in ("extra", "summary", "weight", "section"):
        assert key.encode() + b":" not in sent(FULL, **{key: ""})[1]


@pytest.mark.parametrize("letters", ["\u202a{}\u202c", "\u2067{}\u2069", "{}\x08", "\x1b{}", "{}\ufffe\x90"])
def test_what_is_pasted_with_a_text_and_cannot_be_written_is_left_out(letters: str) -> None:
    """Chats and pages put isolates around a headline; nobody sees them."""
    for name in ("title", "summary", "image__alt", "tags"):
        pasted, plain = letters.format("قمة الدوحة"), "قمة الدوحة"
        several = name == "tags"
        _, made = sent(FULL, **{name: [pasted] if several else pasted})
        assert made == sent(FULL, **{name: [plain] if several else plain})[1], name
    assert act(parse(FULL.encode()), "withdraw", {"text": letters.format("سبب")}, NOW, ZONE) == {"withdrawn": "سبب"}


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("date: 2021-10-18", "published"),
        ("date: 2021-10-18\u200f", "published"),
        ("date: 2021-10-18\nexpires: 2021-10-20", "published"),
        ("date: 2021-10-18\nexpires: ٢٠٢١-١٠-٢٠", "published"),
        ("date: 2021-10-18\nexpires: 2021-10-20 12:00", "expired"),
        ("date: 2021-10-18\nexpires: 2021-10-19", "expired"),
    ],
)
def test_the_state_of_a_story_is_that_of_the_build(written: str, wanted: str) -> None:
    """Until its last day is over it can be corrected and withdrawn."""
    found = values(parse(f"---\ntitle: خبر\n{written}\n---\n".encode()))
    assert state(found, NOW, ZONE) == wanted and address(found, ZONE).startswith("2021/10/18/")


@pytest.mark.parametrize("letter", ["\u2028", "\u2029", "\x85", "\v", "\f"])
def test_a_break_within_a_line_that_was_pasted_is_written(letter: str) -> None:
    typed = f"أول{letter}ثان"
    made = sent(FULL, title=typed, summary=f"{typed}\nثالث", tags=[typed], image__alt=typed, source__name=typed)[1]
    found = values(parse(made)) or {}
    kept = typed if letter in "\u2028\u2029\x85" else "أول ثان"
    assert (found["title"], found["summary"], found["tags"]) == (kept, f"{kept}\nثالث", [kept])
    assert (found["image"]["alt"].strip(), found["source"]["name"]) == (kept, kept)


@pytest.mark.parametrize("line", ["tags: {a: b}", "image: [a]", "sources: [[a]]", "corrections: [a]", "draft: [x]"])
def test_what_no_control_can_show_is_left_alone(line: str) -> None:
    text = f"---\ntitle: أ\n{line}\n---\n"
    key = line.partition(":")[0]
    assert fields(parse(text.encode()), SCHEMA, ZONE)[key].shown is None
    forged = {"tags": ["x"], "draft": "true", "image__src": "x", f"{key}__here": "1"}
    assert sent(text, **forged, title="ب")[1].decode().count(line) == 1


@pytest.mark.parametrize("line", ["date: غدا", "date: 18/10/2021", "section: sprot", "weight: كثير", "tags: أ، ب"])
def test_a_mistake_is_shown_as_it_is_written(line: str) -> None:
    text = f"---\ntitle: أ\n{line}\n---\n"
    assert sent(text)[0] == sent(text)[1]
    found = fields(parse(text.encode()), SCHEMA, ZONE)[line.partition(":")[0]]
    assert found.shown in ({"text": "غدا"}, {"text": "18/10/2021"}, "sprot", "كثير", ["أ، ب"])


def test_the_articles_of_the_sample_come_back_byte_for_byte() -> None:
    unchanged(REPOSITORY / "content", 50)


@pytest.mark.slow
def test_real_articles_come_back_byte_for_byte(real_content: Path) -> None:
    unchanged(real_content, 2800)


def unchanged(content: Path, least: int) -> None:
    count = 0
    for path in content.rglob("*.md"):
        raw = path.read_bytes()
        document = parse(raw)
        found = fields(document, SCHEMA, ZONE)
        keys, texts = changes(found, Form(untouched(found)), ZONE)
        body = document.body.replace("\n", "\r\n").replace("\r\n", "\n")
        assert (keys, texts) == ({}, {}), path
        assert changed(document, keys, body, texts) == raw
        count += bool(found)
    assert count >= least


LINE = st.text("أب: #'\"[]{}-,&*!|>%@`", min_size=1, max_size=9).map(str.strip).filter(bool)
LINES = st.lists(LINE, min_size=1, max_size=3).map("\n".join)
NAMES = st.lists(st.sampled_from(["أ", "ب ج", "د: ه", "x, y", "# و", "/a/", "-", "نعم"]), unique=True)
WORD = st.sampled_from(["x", "أ: ب", "", "yes", "null", "2021", "a/b"])
DAY = st.dates(date(1900, 1, 1), date(2899, 12, 31)).map(str)
TIME = st.times().map(lambda time: f"{time:%H:%M}")
YAML = st.sampled_from(["a: 1", "a: [1, 2]\nb:\n  c: نص # ملاحظة", "", "table: results.csv"])
# Control → what is written in it; of each key of an article at least one.
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "title": LINE,
    "summary": LINES,
    "withdrawn": LINES,
    **dict.fromkeys(("tags", "authors", "aliases", "related", "unrelated"), NAMES),
    **dict.fromkeys(("series", "slug", "layout", "lang", "author", "id", "translation_of"), WORD),
    **{f"{key}__day": DAY for key in ("date", "updated", "expires", "lead", "breaking_until", "live_until")},
    "date__time": TIME,
    "updated__time": TIME,
    "section": st.sampled_from(["sport", "economy", "sprot"]),
    "label": st.sampled_from(["live", ""]),
    "live_order": st.sampled_from(["newest", "oldest", ""]),
    "draft": st.sampled_from(["true", ""]),
    "weight": st.integers(-99, 99).map(str),
    **{f"image__{part}": LINE for part in PICTURE},
    "source__name": LINE,
    "source__url": st.sampled_from(["https://example.org/b", ""]),
    "sources__name": st.lists(st.sampled_from(["أ", "ب: ج", "د"]), max_size=3),
    "corrections__said": LINES.map(lambda text: [text]),
    "corrections__day": DAY.map(lambda day: [day]),
    "extra": YAML,
    "data": YAML,
}


def test_a_random_edit_is_drawn_for_every_key() -> None:
    assert {name.partition("__")[0] for name in VALUES} == set(KEYS)


@pytest.mark.slow
@pytest.mark.parametrize("name", VALUES)
@settings(max_examples=20, deadline=None)
@given(st.data(), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]))
def test_random_edits_of_any_control_touch_its_lines_alone(name: str, data: st.DataObject, end: str, mark: str) -> None:
    key = name.partition("__")[0]
    value = data.draw(VALUES[name])
    new = {name: value, **({"sources__url": [""] * len(value)} if key == "sources" else {})}
    raw, made = sent(mark + FULL.replace("\n", end), **new)
    first, last = lines_of(parse(raw)).get(key, (0, 0))
    old, rows = raw.split(b"\n"), made.split(b"\n")
    if first:
        assert rows[: first - 1] == old[: first - 1] and rows[len(rows) - len(old) + last :] == old[last:]
    else:
        at = next((n for n, row in enumerate(rows) if row.startswith(f"{key}:".encode())), 0)
        assert rows[:at] + rows[at + len(rows) - len(old) :] == old
    before, after = values(parse(raw)) or {}, values(parse(made)) or {}
    assert {k: v for k, v in before.items() if k != key} == {k: v for k, v in after.items() if k != key}


@settings(max_examples=100, deadline=None)
@given(LINES, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]), st.sampled_from(["", "\n", "\n\n"]))
def test_a_new_body_stands_between_the_blank_lines_of_the_old_one(body: str, end: str, mark: str, gap: str) -> None:
    text = FULL.replace("---\n\nمتن.\n", f"---\n{gap}متن.{gap}")
    document = parse((mark + text.replace("\n", end)).encode())
    made = changed(document, {}, body.replace("\r\n", "\n"))
    assert made.decode() == (mark + text.replace("متن.", body)).replace("\n", end)
