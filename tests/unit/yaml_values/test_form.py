"""One key at a time: what each getter of a form gives, and what it says about a wrong value."""

from __future__ import annotations

import pytest

from mujaz.messages.errors import Problem
from mujaz.messages.message import say
from mujaz.yaml_values.form import LONGEST_ROW, Form, Mapping, flow, loose
from mujaz.yaml_values.loader import load

FSI, PDI = "\u2068", "\u2069"


def mapping_of(text: str) -> Mapping:
    mapping, problems = load(text, path="x.md", first_line=2)
    assert problems == []
    assert mapping is not None
    return mapping


def form_of(text: str) -> Form:
    return Form(mapping=mapping_of(text), path="x.md", problems=[])


def test_no_value_is_guessed_from_its_look() -> None:
    form = form_of("id: 007\nslug: 12:30\nseries: no\nlabel: 1e3\ntitle: 2021-10-18\n")
    assert [form.line(key) for key in ("id", "slug", "series", "label", "title")] == [
        "007",
        "12:30",
        "no",
        "1e3",
        "2021-10-18",
    ]
    assert form.problems == []


def test_free_values_become_plain_ones() -> None:
    value = mapping_of("a: {n: 12, z: 007, f: 1.5, t: true, s: 'true', none: ~, l: [1, نص], neg: -3, zero: 0}").values[
        "a"
    ]
    assert loose(value) == {
        "n": 12,
        "z": "007",
        "f": 1.5,
        "t": True,
        "s": "true",
        "none": None,
        "l": (1, "نص"),
        "neg": -3,
        "zero": 0,
    }


GETTERS = {
    "a list for a text": ("series: [أ, ب]", lambda form: form.line("series"), "x.md:2:9: 'series' is a list, not text"),
    "two lines": (
        "title: |\n  سطر\n  وسطر",
        lambda form: form.line("title"),
        "x.md:2:8: 'title' has 2 lines\n  help: write it on one line",
    ),
    "an Arabic comma": (
        "tags: [روسيا، الناتو]",
        lambda form: form.texts("tags"),
        f"x.md:2:8: an entry of 'tags' is '{FSI}روسيا، الناتو{PDI}': an Arabic comma does not part entries\n"
        "  help: write [روسيا, الناتو], or put the entry between quotes",
    ),
    "a text for a list": (
        "tags: روسيا، الناتو",
        lambda form: form.texts("tags"),
        "x.md:2:7: 'tags' is one text, not a list of text\n  help: write tags: [روسيا, الناتو]",
    ),
    "an empty entry": (
        "tags:\n  - أ\n  -",
        lambda form: form.texts("tags"),
        "x.md:4:4: an entry of 'tags' is empty\n  help: write its text or delete it",
    ),
    "an entry with a colon": (
        "tags: [روسيا: رد]",
        lambda form: form.texts("tags"),
        "x.md:2:8: an entry of 'tags' is a mapping, not text\n"
        f"  help: a colon after '{FSI}روسيا{PDI}' made it one; put the text between quotes",
    ),
    "a list in a list": (
        "tags: [[أ]]",
        lambda form: form.texts("tags"),
        "x.md:2:8: an entry of 'tags' is a list, not text\n  help: take the inner brackets away",
    ),
    "an Arabic no": (
        "draft: لا",
        lambda form: form.boolean("draft", False),
        f"x.md:2:8: 'draft' is '{FSI}لا{PDI}', not true or false\n  help: write true or false, without quotes",
    ),
    "a quoted false": (
        'draft: "false"',
        lambda form: form.boolean("draft", False),
        "x.md:2:8: 'draft' is 'false', not true or false\n  help: write true or false, without quotes",
    ),
    "an English no": (
        "draft: no",
        lambda form: form.boolean("draft", False),
        "x.md:2:8: 'draft' is 'no', not true or false\n  help: write true or false, without quotes",
    ),
    "a fraction": (
        "weight: 1.5",
        lambda form: form.integer("weight", 0, -9, 9),
        "x.md:2:9: 'weight' is '1.5', not a whole number from -9 to 9",
    ),
    "a quoted number": (
        "weight: '5'",
        lambda form: form.integer("weight", 0, -9, 9),
        "x.md:2:9: 'weight' is '5', not a whole number from -9 to 9\n  help: write the number without quotes",
    ),
    "a number out of range": (
        "weight: ١٢",
        lambda form: form.integer("weight", 0, -9, 9),
        "x.md:2:9: 'weight' is '\u2068١٢\u2069', not a whole number from -9 to 9",
    ),
    "an unknown choice": (
        "months: levent",
        lambda form: form.choice("months", ("gulf", "levant"), "gulf"),
        "x.md:2:9: 'months' is 'levent', not one of gulf, levant\n  help: did you mean 'levant'?",
    ),
    "an unknown key": (
        "titel: نص",
        lambda form: form.refuse_unknown(("title", "date")),
        "x.md:2:1: unknown key 'titel'\n  help: did you mean 'title'?",
    ),
    "a strange key": (
        "xyz: نص",
        lambda form: form.refuse_unknown(("title", "date")),
        "x.md:2:1: unknown key 'xyz'\n  help: known keys: title, date",
    ),
    "a key indented with no-break spaces": (
        "title: نص\n\u00a0\u00a0src: a.jpg",
        lambda form: form.refuse_unknown(("title", "src")),
        "x.md:3:1: a no-break space (U+00A0) stands before 'src'\n  help: delete it and indent with plain spaces",
    ),
    "a text for a mapping": (
        "image: a.jpg",
        lambda form: form.form("image", ("src",), "image: {src: a.jpg}"),
        "x.md:2:8: 'image' is text, not a mapping\n  help: write it like image: {src: a.jpg}",
    ),
    "a no-break space in a mapping of one line": (
        "image: {src:\u00a0a.jpg}",
        lambda form: form.form("image", ("src",), ""),
        "x.md:2:9: a no-break space (U+00A0) follows the colon of 'src'\n  help: delete it and type a plain space",
    ),
}


@pytest.mark.parametrize(("text", "read", "expected"), GETTERS.values(), ids=GETTERS.keys())
def test_a_wrong_value_is_told_at_its_place(text: str, read: object, expected: str) -> None:
    form = form_of(text)
    assert callable(read)
    read(form)
    assert [str(problem) for problem in form.problems] == [expected]


def test_null_and_nothing_are_a_missing_key() -> None:
    form = form_of("a:\nb: ~\nc: null\nd: ''\n")
    assert [form.line(key, "default") for key in "abcd"] == ["default"] * 4
    assert form.problems == []
    form.line("d", required=True)
    form.line("e", required=True)
    assert form.problems == [
        Problem(path="x.md", line=5, column=4, message=say("empty-value", key="d"), help=say("write-after-colon")),
        Problem(path="x.md", line=2, column=1, message=say("missing-key", key="e"), help=say("add-key", line="e: …")),
    ]


def test_a_row_that_is_offered_is_one_line_and_no_longer_than_a_reader_takes() -> None:
    assert flow(["روسيا", "حلف\nالناتو", " "]) == "[روسيا, حلف الناتو]"
    assert flow(["@قطر", "أ: ب", "#وسم", "سنة [1]", "كم:?"]) == '["@قطر", "أ: ب", "#وسم", "سنة [1]", "كم:?"]'
    assert flow(["480", "٩٦٠"]) == "[480, ٩٦٠]"  # numbers are read without quotes alone
    assert len(flow(["كلمة"] * 10_000)) <= LONGEST_ROW + 3
