"""Front matter as editors really write it: what is read, and what is said about what cannot be."""

from __future__ import annotations

import time

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mujaz.model.content import Place
from mujaz.yaml_values import loader
from mujaz.yaml_values.form import Form, Mapping, Scalar, Sequence
from mujaz.yaml_values.loader import load


def told(text: str) -> list[str]:
    """The problems of a YAML text that begins on line 2, as they are printed."""
    return [str(problem) for problem in load(text, path="x.md", first_line=2)[1]]


def mapping_of(text: str) -> Mapping:
    mapping, problems = load(text, path="x.md", first_line=2)
    assert problems == []
    assert mapping is not None
    return mapping


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


def test_both_loaders_of_the_library_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "title: روسيا: رد\ntags: [a, 'b']\nsummary: |\n  سطر\n  آخر\nextra: {n: 1, deep: [x, {y: z}]}\n"
    fast = load(text, path="x.md")
    monkeypatch.setattr(loader, "Loader", yaml.SafeLoader)
    slow = load(text, path="x.md")
    assert fast[0] == slow[0]
    assert [problem.text for problem in fast[1]] == ["the value of 'title' holds a colon"]


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
    "a colon before what may be a comment": (
        "title: روسيا: رد # راجع المصدر",
        ["x.md:2:8: the value of 'title' holds a colon", "  help: it needs quotes"],
    ),
    "quotes around a part before what may be a comment": (
        'title: "نص" ثم # سر',
        ["x.md:2:13: text follows the closing quote", "  help: put the whole value between quotes"],
    ),
    "an alias before what may be a comment": (
        "title: *نص # سر",
        ["x.md:2:8: the value of 'title' starts with '*'", "  help: it needs quotes"],
    ),
    "a Latin alias before what may be a comment": (
        "title: *x # سر",
        ["x.md:2:8: an alias '*x' is not taken", "  help: if it is text it needs quotes"],
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
    "a colon below a value that ends in what looks like a mistake": (
        "summary: |\n  نص\n  Reuters:نص\ntitle: روسيا: رد",
        ["x.md:5:8: the value of 'title' holds a colon", '  help: it needs quotes: title: "روسيا: رد"'],
    ),
    "a colon below a tab": (
        "summary: |\n  نص\n  \tنص\ntitle: روسيا: رد",
        ["x.md:5:8: the value of 'title' holds a colon", '  help: it needs quotes: title: "روسيا: رد"'],
    ),
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
        "x.md:3:9: the control character U+0007 stands here\n  help: delete it; it cannot be seen",
        "x.md:2:13: the directional character U+202E stands here\n  help: delete it; it cannot be seen",
        "x.md:2:22: the directional character U+2069 stands here\n  help: delete it; it cannot be seen",
    ]


def test_directional_characters_are_left_out_where_they_cannot_deceive() -> None:
    """A warning, the text joined where they stood, and places as in the file; an error in names."""
    text = "title: \u202bروسيا\u202cوالناتو\u202c\nslug: @x\nimage: {alt: \u2067ميناء, src: a\u202e.jpg}\nid: a"
    mapping, problems = load(text.replace("@", ""), path="x.md", first_line=2, names={"slug", "src", "id"})
    assert mapping is not None
    assert [(one.line, one.column, one.warning) for one in problems] == [
        (2, 8, True), (2, 14, True), (2, 22, True), (4, 14, True), (4, 28, False),
    ]  # fmt: skip
    title, image = mapping.values["title"], mapping.values["image"]
    assert isinstance(title, Scalar) and isinstance(image, Mapping)
    assert (title.text, title.place) == ("روسياوالناتو", Place(line=2, column=9))
    assert image.values["src"].place == Place(line=4, column=27)
    _, problems = load(text, path="x.md", names={"slug"})
    assert [(one.line, one.column, one.warning) for one in problems if one.line == 2] == [(2, 7, False)]


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


def test_thousands_of_directional_characters_are_placed_in_a_moment() -> None:
    """Before thousands of values in one line, each value was moved by each of them: 60 kB took 42 s."""
    text = "title: x\nextra: {" + "\u202e" * 12_000 + ",".join(f"{n:x}" for n in range(4_500)) + "}\n"
    before = time.process_time()
    mapping, problems = load(text, path="x.md", names={"title"})
    assert time.process_time() - before < 1.5
    assert mapping is not None and [problem.column for problem in problems] == list(range(9, 12_009))
    extra = mapping.values["extra"]
    assert isinstance(extra, Mapping) and extra.keys["1"] == Place(line=2, column=12_011)


ODD = st.text(alphabet="ab:- \t\n[]{}'\"\\#&*!|>%@`,?~<.0\u00a0\u202e\u2028ا،\ufeff\x07", max_size=60)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(ODD)
@example("---")
def test_no_text_makes_it_raise_and_none_is_dropped_silently(text: str) -> None:
    mapping, problems = load(text, path="x.md", first_line=2)
    assert mapping is not None or problems
    rows = text.split("\n")
    for problem in problems:
        assert 2 <= problem.line <= len(rows) + 1
        assert problem.column >= 1


def test_an_error_of_the_librarys_that_is_not_its_own_is_a_problem_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """It raises ValueError, IndexError and others where it should not; which texts do so moves with its version."""

    class Broken(loader.Loader):  # type: ignore[misc, name-defined]
        def get_event(self) -> None:
            raise IndexError("out of the buffer")

    monkeypatch.setattr(loader, "Loader", Broken)
    mapping, problems = load("title: خبر", path="x.md", first_line=2)
    assert mapping is None and len(problems) == 1


HOSTILE = {
    "spaces before a colon": ("title: x" + " " * 65_000 + ": y", "the value of 'title' holds a colon"),
    "spaces in a key": ("a: 1\nkey" + " " * 60_000 + "x\nb: 2", "this line is no 'key: value': 'key"),
    "many dashes": ("x: " + "- " * 32_000, "the value of 'x' starts with '-'"),
    "many question marks": ("? " * 32_000, "a key must be one text"),
    "many colons": ("a: " * 20_000, "the value of 'a' holds a colon"),
}


@pytest.mark.parametrize(("text", "expected"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_line_is_judged_like_any_other(text: str, expected: str) -> None:
    assert load(text, path="x.md")[1][0].text.startswith(expected)
