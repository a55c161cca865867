"""Front matter as editors really write it: what is read, and what is said about what cannot be."""

from __future__ import annotations

from datetime import datetime

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from mujaz import fields
from mujaz.decoding import decode
from mujaz.errors import Problem
from mujaz.fields import load
from mujaz.model import Place
from mujaz.moments import NoMoment, parse_moment
from mujaz.values import Form, Mapping, Scalar, Sequence, loose


def told(text: str) -> list[str]:
    """The problems of a YAML text that begins on line 2, as they are printed."""
    return [str(problem) for problem in load(text, path="x.md", first_line=2)[1]]


def mapping_of(text: str) -> Mapping:
    mapping, problems = load(text, path="x.md", first_line=2)
    assert problems == []
    assert mapping is not None
    return mapping


def form_of(text: str) -> Form:
    return Form(mapping=mapping_of(text), path="x.md", problems=[])


# ---------------------------------------------------------------- what is read


def test_every_value_knows_its_place_and_whether_quotes_stood_around_it() -> None:
    mapping = mapping_of("title: عنوان\ntags: [روسيا, 'الناتو']\nimage:\n  src: a.jpg\n")
    assert mapping.keys == {
        "title": Place(line=2, column=1),
        "tags": Place(line=3, column=1),
        "image": Place(line=4, column=1),
    }
    assert mapping.values["title"] == Scalar(text="عنوان", plain=True, place=Place(line=2, column=8))
    assert mapping.values["tags"] == Sequence(
        values=(
            Scalar(text="روسيا", plain=True, place=Place(line=3, column=8)),
            Scalar(text="الناتو", plain=False, place=Place(line=3, column=15)),
        ),
        place=Place(line=3, column=7),
    )
    inner = mapping.values["image"]
    assert isinstance(inner, Mapping)
    assert inner.values["src"].place == Place(line=5, column=8)


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


def test_both_loaders_of_the_library_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "title: روسيا: رد\ntags: [a, 'b']\nsummary: |\n  سطر\n  آخر\nextra: {n: 1, deep: [x, {y: z}]}\n"
    fast = load(text, path="x.md")
    monkeypatch.setattr(fields, "Loader", yaml.SafeLoader)
    slow = load(text, path="x.md")
    assert fast[0] == slow[0]
    assert [problem.text for problem in fast[1]] == ["the value of 'title' holds a colon"]


def test_free_values_become_plain_ones() -> None:
    value = mapping_of("a: {n: 12, z: 007, f: 1.5, t: true, s: 'true', none: ~, l: [1, نص], neg: -3, zero: 0}").values["a"]
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


def test_line_separators_of_layout_programs_do_not_shift_the_lines() -> None:
    mapping = mapping_of("title: روسيا\u2028والناتو\nsection: politics\n")
    assert mapping.keys["section"].line == 3
    assert Form(mapping=mapping, path="x.md", problems=[]).line("title") == "روسيا والناتو"


# ---------------------------------------------------------------- what is refused

FSI, PDI = "\u2068", "\u2069"

REFUSED = {
    "a colon without quotes": (
        "title: روسيا: رد",
        ["x.md:2:8: the value of 'title' holds a colon", '  help: it needs quotes: title: "روسيا: رد"'],
    ),
    "a colon in a list": (
        "tags:\n  - روسيا: رد: x",
        ["x.md:3:5: an entry holds a colon", '  help: it needs quotes: - "روسيا: رد: x"'],
    ),
    "a no-break space after the colon of the first key": (
        "title:\u00a0روسيا\nsection: politics",
        [
            "x.md:2:7: a no-break space (U+00A0) follows the colon of 'title'",
            "  help: delete it and type a plain space: title: روسيا",
        ],
    ),
    "a narrow no-break space after a later colon": (
        "section: politics\ntitle:\u202fروسيا\ndate: 2021-10-18",
        [
            "x.md:3:7: a no-break space (U+202F) follows the colon of 'title'",
            "  help: delete it and type a plain space: title: روسيا",
        ],
    ),
    "no space after the colon": (
        "section: politics\ntitle:روسيا\ndate: 2021-10-18",
        ["x.md:3:7: no space follows the colon of 'title'", "  help: type one: title: روسيا"],
    ),
    "an at sign": (
        "title: @nato",
        ["x.md:2:8: the value of 'title' starts with '@'", '  help: it needs quotes: title: "@nato"'],
    ),
    "a backtick": (
        "title: `a` و`b`",
        ["x.md:2:8: the value of 'title' starts with '`'", '  help: it needs quotes: title: "`a` و`b`"'],
    ),
    "a percent sign": (
        "title: %12 فقط",
        ["x.md:2:8: the value of 'title' starts with '%'", '  help: it needs quotes: title: "%12 فقط"'],
    ),
    "a dash": (
        "title: - نص",
        ["x.md:2:8: the value of 'title' starts with '-'", '  help: it needs quotes: title: "- نص"'],
    ),
    "an entry that starts with an at sign": (
        "tags: [@nato, ب]",
        ["x.md:2:8: an entry starts with '@'", "  help: put the entry between quotes"],
    ),
    "a star": (
        "title: *مهم* جدا",
        [
            "x.md:2:8: the value of 'title' starts with '*'",
            '  help: it needs quotes: title: "*مهم* جدا"',
        ],
    ),
    "a Latin star": (
        "title: *nato* ترد",
        ["x.md:2:8: the value of 'title' starts with '*'", '  help: it needs quotes: title: "*nato* ترد"'],
    ),
    "an alias": (
        "title: *nato",
        ["x.md:2:8: an alias '*nato' is not taken", '  help: if it is text it needs quotes: "*nato"'],
    ),
    "an exclamation mark": (
        "title: !مهم جدا",
        ["x.md:2:8: the value of 'title' starts with '!'", '  help: it needs quotes: title: "!مهم جدا"'],
    ),
    "an ampersand": (
        "title: &x نص",
        ["x.md:2:8: an anchor '&x' is not taken", '  help: if it is text it needs quotes: "&x نص"'],
    ),
    "a tag": (
        "title: !!python/name:os.system نص",
        [
            "x.md:2:8: a YAML tag '!!python/name:os.system' is not taken",
            '  help: if it is text it needs quotes: "!!python/name:os.system نص"',
        ],
    ),
    "a merge key": ("<<: {a: 1}", ["x.md:2:1: a merge key '<<' is not taken", "  help: write the keys out"]),
    "quotes around a part": (
        'title: "الناتو" يرد',
        [
            "x.md:2:17: text follows the closing quote",
            "  help: put the whole value between quotes: title: '\"الناتو\" يرد'",
        ],
    ),
    "a hashtag": (
        "title: فوز #قطر",
        [
            f"x.md:2:12: '{FSI}#قطر{PDI}' would be a comment",
            "  help: if it is text put the whole value between quotes; if it is a comment write a space after '#'",
        ],
    ),
    "a duplicate key": (
        "title: أ\nsection: b\ntitle: ب",
        ["x.md:4:1: key 'title' stands on lines 2 and 4", "  help: keep one of them"],
    ),
    "a tab at the start": ("image:\n\tsrc: a.jpg", ["x.md:3:1: a tab indents this line", "  help: indent with spaces"]),
    "a tab before more text": (
        "summary: نص\n\tوبقيته",
        ["x.md:3:1: a tab indents this line", "  help: indent with spaces"],
    ),
    "uneven indentation": (
        "image:\n  src: a.jpg\n alt: نص",
        [
            "x.md:4:2: the indentation of this line fits none of the lines above",
            "  help: indent keys that belong together equally",
        ],
    ),
    "a key below a value": (
        "title: نص\n section: politics",
        [
            "x.md:3:2: this line is indented below a key that already has a value",
            "  help: take the spaces at its start away",
        ],
    ),
    "a line without a key": (
        "title: نص\nوبقية النص هنا\nsection: politics",
        [
            f"x.md:3:1: this line is no 'key: value': '{FSI}وبقية النص هنا{PDI}'",
            "  help: if it belongs to the text above, indent it by two spaces, else delete it",
        ],
    ),
    "an open list": (
        "tags: [روسيا, الناتو\nsection: politics",
        ["x.md:2:7: what opens here with '[' lacks a comma or its ']'", "  help: write ] where it ends"],
    ),
    "an open quote": (
        'title: "روسيا\nsection: politics',
        ['x.md:2:8: the quote " that opens here is never closed', '  help: write " where it ends'],
    ),
    "an unknown escape": (
        'title: "C:\\qatar"',
        [
            "x.md:2:11: a backslash between double quotes starts an escape that YAML does not know",
            "  help: use single quotes, or write \\\\",
        ],
    ),
    "an escape that hides a character": (
        'title: "نص\\u202e"',
        ["x.md:2:8: an escape between these quotes makes an invisible character", "  help: delete the escape"],
    ),
    "a list as a whole": (
        "- title",
        ["x.md:2:1: this is not a mapping of keys to values", "  help: write each line as key: value"],
    ),
    "nothing but a comment": ("# title: x", ["x.md:2:1: there is no key in it", "  help: write each as key: value"]),
    "a template language": (
        "{{ title }}: نص",
        ["x.md:2:1: a key must be one text", "  help: put text in brackets between quotes"],
    ),
    "a second document": (
        "title: نص\n---\nsection: politics",
        ["x.md:3:1: a second YAML document starts here", "  help: keep one, and delete this line"],
    ),
    "text after the end": (
        "title: نص\n...\nsection: politics",
        ["x.md:4:1: text follows the end of the YAML", "  help: delete the '...'"],
    ),
    "a directive": (
        "%YAML 1.1\n---\ntitle: نص",
        ["x.md:2:1: a YAML directive ('%…') is not taken", "  help: delete the line"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_refused_is_explained(text: str, expected: list[str]) -> None:
    assert "\n".join(told(text)).split("\n") == expected


def test_directional_and_control_characters_are_told_one_by_one_with_their_columns() -> None:
    assert told("title: روسيا\u202e والناتو\u2069\ntags: [أ\x07]") == [
        "x.md:2:13: the directional character U+202E stands here\n  help: delete it; it cannot be seen",
        "x.md:2:22: the directional character U+2069 stands here\n  help: delete it; it cannot be seen",
        "x.md:3:9: the control character U+0007 stands here\n  help: delete it; it cannot be seen",
    ]


def test_a_mended_line_lets_the_rest_of_the_file_be_judged() -> None:
    mapping, problems = load("title: روسيا: رد\nslug: @nato\ntags: [a]\ntags: [b]\n", path="x.md", first_line=2)
    assert [(problem.line, problem.text) for problem in problems] == [
        (2, "the value of 'title' holds a colon"),
        (3, "the value of 'slug' starts with '@'"),
        (5, "key 'tags' stands on lines 4 and 5"),
    ]
    assert mapping is not None
    assert list(mapping.values) == ["title", "slug", "tags"]


# ---------------------------------------------------------------- bounds


def test_more_than_64_kilobytes_are_refused() -> None:
    assert told("title: " + "ا" * 40_000) == [
        "x.md:2:1: the YAML text has 80,007 bytes, more than 65,536\n  help: move text into the body"
    ]


def test_brackets_are_counted_before_the_library_sees_them() -> None:
    assert told("[" * 50_000) == [
        "x.md:2:1: the YAML text has 50,000 opening brackets, more than 1,000\n  help: write long lists line by line"
    ]
    assert mapping_of("tags: " + "'" + "[" * 1_000 + "'").keys


def test_nesting_is_refused_below_twenty_levels() -> None:
    assert told("extra: " + "[" * 19 + "]" * 19) == []
    assert told("extra: " + "[" * 20 + "]" * 20) == [
        "x.md:2:27: values are nested deeper than 20\n  help: write it flatter"
    ]
    assert told("extra:\n  " + "- " * 20_000)[0].startswith("x.md:3:41: values are nested deeper than 20")


ODD = st.text(alphabet="ab:- \t\n[]{}'\"\\#&*!|>%@`,?~<.0\u00a0\u202e\u2028ا،\ufeff\x07", max_size=60)


@settings(max_examples=400, deadline=None)
@given(ODD)
def test_no_text_makes_it_raise_and_none_is_dropped_silently(text: str) -> None:
    mapping, problems = load(text, path="x.md", first_line=2)
    assert mapping is not None or problems
    rows = text.split("\n")
    for problem in problems:
        assert 2 <= problem.line <= len(rows) + 1
        assert 1 <= problem.column


# ---------------------------------------------------------------- moments

MOMENTS = {
    "2021-10-18": "2021-10-18T00:00:00+03:00",
    "2021-10-18 14:00": "2021-10-18T14:00:00+03:00",
    "2021-10-18T14:00:05": "2021-10-18T14:00:05+03:00",
    "2021-10-18T14:00:00+03:00": "2021-10-18T14:00:00+03:00",
    "2021-10-18T14:00:00Z": "2021-10-18T17:00:00+03:00",
    "2021-10-18 23:30 -0500": "2021-10-19T07:30:00+03:00",
    "٢٠٢١-١٠-١٨ ١٤:٠٠": "2021-10-18T14:00:00+03:00",
}


@pytest.mark.parametrize(("written", "expected"), MOMENTS.items())
def test_a_date_is_a_moment_in_the_time_zone_of_the_site(written: str, expected: str) -> None:
    assert parse_moment(written, "Asia/Qatar").isoformat() == expected


def test_an_hour_that_the_clocks_skip_is_read_with_the_offset_before() -> None:
    assert parse_moment("2021-03-28 02:30", "Asia/Beirut").isoformat() == "2021-03-28T02:30:00+03:00"
    assert parse_moment("2021-03-28 00:30", "Asia/Beirut").isoformat() == "2021-03-28T01:30:00+03:00"


def test_an_hour_that_comes_twice_is_the_first_of_them() -> None:
    first = parse_moment("2021-10-30 23:30", "Asia/Beirut")
    assert first.isoformat() == "2021-10-30T23:30:00+03:00"
    assert first == datetime.fromisoformat("2021-10-30T20:30:00+00:00")


FORMS = "write it like 2021-10-18, 2021-10-18 14:00 or 2021-10-18T14:00:00+03:00"
NO_MOMENTS = {
    "7/10/2021": ("it is not an ISO date", "is it 2021-10-07 or 2021-07-10? write the year first"),
    "٧/١٠/٢٠٢١": ("it is not an ISO date", "is it 2021-10-07 or 2021-07-10? write the year first"),
    "18/10/2021": ("it is not an ISO date", "is it 2021-10-18? write the year first"),
    "7-10-2021 14:00": (
        "it is not an ISO date",
        "is it 2021-10-07 or 2021-07-10? write the year first, then a space and the time like 14:00",
    ),
    "2021/10/18": ("it is not an ISO date", "write 2021-10-18"),
    "2021-1-8": ("it is not an ISO date", "write 2021-01-08"),
    "18 أكتوبر 2021": ("it is not an ISO date", FORMS),
    "": ("it is not an ISO date", FORMS),
    "2026-02-30": ("there is no date 2026-02-30", FORMS),
    "2021-10-18 25:00": ("there is no such time of day", "hours go from 00 to 23, minutes from 00 to 59"),
    "2021-10-18 14:00+17:00": ("no place has the offset +17:00", "offsets go from -12:00 to +14:00"),
    "1443-03-12": ("the year 1443 is before 1900: is the date Hijri?", f"dates are Gregorian: {FORMS}"),
    "12/3/1443": ("the year 1443 is before 1900: is the date Hijri?", f"dates are Gregorian: {FORMS}"),
    "9999-12-31": ("the year 9999 is after 2999", FORMS),
}


@pytest.mark.parametrize(("written", "expected"), NO_MOMENTS.items())
def test_what_is_no_date_is_explained(written: str, expected: tuple[str, str]) -> None:
    with pytest.raises(NoMoment) as raised:
        parse_moment(written, "Asia/Qatar")
    assert (raised.value.text, raised.value.help) == expected


# ---------------------------------------------------------------- encodings


def test_a_byte_order_mark_and_windows_line_ends_are_taken() -> None:
    assert decode("\ufeff---\r\ntitle: نص\r\n".encode(), "x.md") == ("---\ntitle: نص\n", None)


ENCODINGS = {
    "cp1256": (
        "---\ntitle: ناتو\n".encode("cp1256"),
        "x.md:2:8: byte 0xe4 is not UTF-8; the file is likely Windows-1256 (cp1256)\n  help: save it again as UTF-8",
    ),
    "iso-8859-6": (
        "---\ntitle: ناتو\n".encode("iso8859-6"),
        "x.md:2:8: byte 0xe6 is not UTF-8; the file is likely ISO-8859-6\n  help: save it again as UTF-8",
    ),
    "latin-1": (
        "---\ntitle: 20 €\n".encode("cp1252"),
        "x.md:2:11: byte 0x80 is not UTF-8; the file is likely Windows-1252 or Latin-1\n  help: save it again as UTF-8",
    ),
    "utf-16": (
        "---\ntitle: نص\n".encode("utf-16"),
        "x.md:1:1: the file is UTF-16, not UTF-8\n  help: save it again as UTF-8",
    ),
    "utf-16 without a mark": (
        "---\ntitle: نص\n".encode("utf-16-be"),
        "x.md:1:1: the file is UTF-16, not UTF-8\n  help: save it again as UTF-8",
    ),
    "a damaged byte": (
        "---\r\ntitle: ناتو".encode() + b"\xff\n",
        "x.md:2:12: byte 0xff is not UTF-8\n  help: the text before it is UTF-8, so something here is damaged: type it again",
    ),
}


@pytest.mark.parametrize(("raw", "expected"), ENCODINGS.values(), ids=ENCODINGS.keys())
def test_another_encoding_is_named_with_the_first_bad_byte(raw: bytes, expected: str) -> None:
    text, problem = decode(raw, "x.md")
    assert (text, str(problem)) == ("", expected)


# ---------------------------------------------------------------- the form

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
        lambda form: form.whole("weight", 0, -9, 9),
        "x.md:2:9: 'weight' is '1.5', not a whole number from -9 to 9",
    ),
    "a quoted number": (
        "weight: '5'",
        lambda form: form.whole("weight", 0, -9, 9),
        "x.md:2:9: 'weight' is '5', not a whole number from -9 to 9\n  help: write the number without quotes",
    ),
    "a number out of range": (
        "weight: ١٢",
        lambda form: form.whole("weight", 0, -9, 9),
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
        Problem(path="x.md", line=5, column=4, text="'d' is empty", help="write something after the colon"),
        Problem(path="x.md", line=2, column=1, text="'e' is missing", help="add a line: e: …"),
    ]
