"""One key of a front matter is changed in its text, and every other letter stays."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mujaz.yaml_values.edit import NoEdit, below, change, comments, rewrite, value_of
from mujaz.yaml_values.loader import nodes
from mujaz.yaml_values.scalars import scalar

ORDER = ("title", "date", "section", "tags", "summary", "image", "sources", "corrections", "draft", "weight")
HEAD = """\
# رأس الملف
title: 'خبر: أول'   # لا يُنقل
date:   2021-10-18 14:00
section: politics

tags: [روسيا,  "الناتو" , قطر]  # ثلاثة
authors:
  # الأول
  - ليلى الحسن
  - "كريم"   # مراسل

# بين المفاتيح
summary: >-
  سطر أول
  وسطر ثان

image:
  src: a.jpg # صورة
  alt: |
    وصف
    من سطرين
  credit: وكالة
sources:
- {name: الجزيرة, url: "https://example.org/a"}
- وكالات
corrections:
  - date: 2021-10-19
    text: نص التصويب
empty:
draft: true
"""


def read(text: str) -> Any:
    if all(row.startswith("#") or not row.strip() for row in text.split("\n")):
        return {}
    found = nodes(text)
    assert found is not None, text
    return value_of(found)


@pytest.mark.parametrize(
    ("key", "wanted", "before", "after"),
    [
        ("title", "خبر آخر", "title: 'خبر: أول'   # لا يُنقل", "title: 'خبر آخر'   # لا يُنقل"),
        ("title", "it's", "title: 'خبر: أول'", "title: 'it''s'"),
        ("date", "2021-10-19", "date:   2021-10-18 14:00", "date:   2021-10-19"),
        ("section", "a: b", "section: politics", 'section: "a: b"'),
        ("tags", ["روسيا", "قطر"], '[روسيا,  "الناتو" , قطر]', "[روسيا, قطر]"),
        ("tags", ["روسيا", "الناتو", "قطر", "جديد، وسم"], "قطر]  #", "قطر, جديد، وسم]  #"),
        ("tags", [], '[روسيا,  "الناتو" , قطر]', "[]"),
        ("authors", ["ليلى الحسن", "هدى"], '  - "كريم"   # مراسل', '  - "هدى"   # مراسل'),
        ("authors", ["هدى", "ليلى الحسن", "كريم"], "  # الأول\n  - ليلى", "  # الأول\n  - هدى\n  - ليلى"),
        ("authors", ["كريم"], "  - ليلى الحسن\n", ""),
        ("summary", "سطر واحد", "  سطر أول\n  وسطر ثان\n", "  سطر واحد\n"),
        ("image", {"src": "b.jpg", "alt": "وصف\nمن سطرين\n", "credit": "وكالة"}, "src: a.jpg #", "src: b.jpg #"),
        ("image", {"src": "a.jpg", "alt": "وصف\nمن سطرين\n"}, "  credit: وكالة\n", ""),
        ("sources", [{"name": "الجزيرة", "url": "https://example.org/b"}, "وكالات"], "example.org/a", "example.org/b"),
        ("empty", "نص", "empty:\n", "empty: نص\n"),
        ("draft", None, "draft: true\n", ""),
        ("draft", False, "draft: true", "draft: false"),
        ("weight", 3, "draft: true\n", "draft: true\nweight: 3\n"),
        ("updated", "2021-10-19", "draft: true\n", "draft: true\nupdated: 2021-10-19\n"),
    ],
)
def test_only_what_changed_is_written(key: str, wanted: Any, before: str, after: str) -> None:
    assert HEAD.count(before) == 1
    assert change(HEAD, key, wanted, ORDER) == HEAD.replace(before, after)


def test_a_new_key_stands_where_the_list_of_keys_has_it() -> None:
    assert change("title: أ\nslug: a\n", "date", "2021-10-18", ("title", "date", "slug")) == (
        "title: أ\ndate: 2021-10-18\nslug: a\n"
    )
    assert change("", "title", "أ") == "title: أ\n"


def test_a_list_of_corrections_grows_by_lines() -> None:
    wanted = [{"date": "2021-10-19", "text": "نص التصويب"}, {"date": "2021-10-20", "text": "آخر: نص"}]
    new = '  - date: 2021-10-20\n    text: "آخر: نص"\n'
    assert change(HEAD, "corrections", wanted) == HEAD.replace("نص التصويب\n", "نص التصويب\n" + new)
    assert change("title: أ\n", "corrections", wanted[1:]) == "title: أ\ncorrections:\n" + new


def test_what_has_no_clear_form_is_not_touched() -> None:
    for text in ("title: [", "- a\n", "a: &x 1\n", "a: 1\na: 2\n"):
        with pytest.raises(NoEdit):
            change(text, "title", "x")


def test_comments_are_what_yaml_leaves_out() -> None:
    text = "# أ\na: 'ب # ج'  # د\n  # هـ\ne: [x#y, # و\n  z]\nf: |\n  # نص\n#ز"
    assert comments(text) == ["# أ", "# د", "# هـ", "# و", "#ز"]
    with pytest.raises(NoEdit):
        comments("a: [")


def test_lines_below_a_key_are_written_as_they_come() -> None:
    text = "title: أ\nextra:\n  a: 1\n  b: [x, y] # ملاحظة\nslug: a\n"
    assert below(text, "extra") == "a: 1\nb: [x, y]"
    assert rewrite(text, "extra", "a: 2\nc:\n  - z") == "title: أ\nextra:\n  a: 2\n  c:\n    - z\nslug: a\n"
    assert rewrite("title: أ\n", "extra", "a: 1") == "title: أ\nextra:\n  a: 1\n"
    for wrong in ("a: [", "a: 1\n b: 2", "- a\n- b: ["):
        with pytest.raises(NoEdit):
            rewrite(text, "extra", wrong)


# ---------------------------------------------------------------- whatever is written, whatever is asked for

LETTERS = st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), exclude_characters="\u2028\u2029\x85")
LINE = st.text(LETTERS, min_size=1, max_size=30).map(lambda text: text.strip()).filter(bool)
TEXT = st.one_of(LINE, st.sampled_from(["خبر: رد", "# ليس تعليقا", "yes", "3.10", "- أ", "'", '"', "\\n", "أ #ب"]))
LONG = st.one_of(TEXT, st.lists(TEXT, min_size=2, max_size=4).map("\n".join))
TEXTS = st.lists(TEXT, max_size=4)
IMAGE = st.fixed_dictionaries({"src": TEXT, "alt": LONG}, optional={"caption": TEXT, "credit": TEXT})
CREDITS = st.lists(st.one_of(TEXT, st.fixed_dictionaries({"name": TEXT}, optional={"url": TEXT})), max_size=3)
CORRECTIONS = st.lists(st.fixed_dictionaries({"date": TEXT, "text": LONG}), max_size=3)
KINDS: dict[str, Any] = {
    **{"title": TEXT, "summary": LONG, "withdrawn": LONG, "tags": TEXTS, "authors": TEXTS, "image": IMAGE},
    **{"sources": CREDITS, "corrections": CORRECTIONS, "draft": st.booleans(), "weight": st.integers(-9, 9)},
}
COMMENTS = st.sampled_from(["", "", "# تعليق\n", "\n", "\n  # في الداخل\n"])


def quoted(text: str, style: str) -> str:
    if style == "'" and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


@st.composite
def entries(draw: st.DrawFn, key: str) -> str:
    """A key with some value, in one of the ways in which an editor writes it."""
    value = draw(KINDS[key])
    style = draw(st.sampled_from(["'", '"', "plain", "|"]))
    tail = draw(st.sampled_from(["", "   # ذيل"]))

    def one(text: Any) -> str:
        if isinstance(text, bool | int):
            return str(text).lower()
        return scalar(text) if style == "plain" else quoted(text, style)

    def pairs(mapping: dict[str, Any], indent: str) -> str:
        return f"\n{indent}".join(f"{name}:  {one(text)}{tail}" for name, text in mapping.items())

    def flow(inner: Any) -> str:
        return "{" + " , ".join(f"{name}: {quoted(text, chr(39))}" for name, text in inner.items()) + "}"

    if isinstance(value, dict):
        return f"{key}: {flow(value)}{tail}\n" if style == "'" else f"{key}:{tail}\n    {pairs(value, '    ')}\n"
    if isinstance(value, list) and value and style in ("plain", "|"):
        gap = draw(st.sampled_from(["", "  "]))
        rows = [pairs(part, gap + "  ") if isinstance(part, dict) else one(part) + tail for part in value]
        return f"{key}:\n" + "".join(f"{gap}- {row}\n" for row in rows)
    if isinstance(value, list):
        return (
            f"{key}: [" + ",  ".join(flow(p) if isinstance(p, dict) else quoted(p, style) for p in value) + f"]{tail}\n"
        )
    if isinstance(value, str) and style == "|" and not value.startswith(" "):
        return f"{key}: |\n" + "".join(f"   {row}\n" for row in value.split("\n"))
    return f"{key}: {one(value)}{tail}\n"


@st.composite
def heads(draw: st.DrawFn) -> tuple[list[str], str]:
    """Its keys, and a front matter that has them."""
    keys = draw(st.lists(st.sampled_from(sorted(KINDS)), unique=True, min_size=1, max_size=8))
    return keys, "".join(draw(COMMENTS) + draw(entries(key)) for key in keys)


@pytest.mark.slow
@settings(max_examples=500, deadline=None)
@given(st.data(), heads())
def test_an_edit_changes_the_lines_of_its_key_alone(data: st.DataObject, head: tuple[list[str], str]) -> None:
    keys, text = head
    if nodes(text) is None:  # an odd letter, which the form of a value does not allow
        return
    key = data.draw(st.sampled_from(sorted(KINDS)))
    wanted = data.draw(st.one_of(st.none(), KINDS[key]))
    before = read(text)
    made = change(text, key, wanted, ORDER)
    after = read(made) if made.strip() else {}

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: plain(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [plain(inner) for inner in value]
        return (str(value).lower() if isinstance(value, bool) else str(value)).strip()

    assert plain({name: value for name, value in after.items() if name != key}) == plain(
        {name: value for name, value in before.items() if name != key}
    )
    assert plain(after.get(key)) == plain(wanted)
    start, end = lines(text, key)
    if key in keys:
        assert made.startswith(text[:start]) and made.endswith(text[end:])
    elif wanted is not None:
        new = lines(made, key)
        assert made[: new[0]] + made[new[1] :] == text


def lines(text: str, key: str) -> tuple[int, int]:
    """From where to where the lines of a key go; an oracle of its own, by indentation."""
    rows = text.splitlines(keepends=True)
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row))
    first = next((n for n, row in enumerate(rows) if row.startswith(f"{key}:")), None)
    if first is None:
        return 0, 0
    last = first
    for n in range(first + 1, len(rows)):
        if rows[n][0] in " -":
            last = n
        elif rows[n].strip() and rows[n][0] != "#":
            break
    while last > first and (not rows[last].strip() or rows[last].strip().startswith("# في")):
        last -= 1
    return starts[first], starts[last + 1]
