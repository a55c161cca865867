"""Whatever an editor writes in a kind of block, the page and the feeds say it: over generated bodies."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from mujaz.check.articles import straight_quotes
from mujaz.model.content import Standing
from tests.support.bodies import numbers_shown, page_and_feed, parsed, shown

words = st.lists(
    st.sampled_from(["قال", "الوزير", "إن", "السد", "NATO", "ممتلئ", "2021", "«نعم»", "(أمس)"]), min_size=1, max_size=4
).map(lambda chosen: "ثم " + " ".join(chosen))

# ---------------------------------------------------------------- quotations

# What is said, in lines and paragraphs; who says it, and how far the dash and the mark stand from it; pulled or not.
quotations = st.tuples(
    st.lists(words, min_size=1, max_size=3),
    st.sampled_from(["\n", "\n\n"]),
    st.one_of(st.none(), words),
    st.sampled_from(["—", "–", "― "]),
    st.sampled_from(["> ", ">"]),
    st.booleans(),
)
Quotation = tuple[list[str], str, str | None, str, str, bool]
between = st.sampled_from(["\n\n", "\n\n\n", "\n \n", "\n\t\n"])
around = st.sampled_from(
    [
        ("", "", ""),
        ("سبق.\n\n", "", "\n\nبعد."),
        ("<details>\n<summary>أ</summary>\n\n", "", "\n\n</details>"),
        ("", "> ", ""),
    ]
)


def quoted(one: Quotation) -> str:
    said, joint, speaker, dash, mark, pulled = one
    text = joint.join(said) + (f"\n{dash} {speaker}" if speaker else "")
    lines = [(mark + line).rstrip() for line in text.split("\n")]
    return "\n".join([*lines, "{: .pull }"] if pulled else lines)


@settings(max_examples=80)
@given(st.lists(quotations, min_size=1, max_size=4), between, around)
def test_each_of_several_quotations_has_its_own_words_and_speaker(
    written: list[Quotation], gap: str, place: tuple[str, str, str]
) -> None:
    before, mark, after = place
    text = gap.join(map(quoted, written))
    if mark:
        text = "\n".join((mark + line).rstrip() for line in text.split("\n"))
    page, feed = page_and_feed(before + text + after)
    for root in (page, feed):
        found = root.xpath(".//blockquote[not(.//blockquote)]")
        assert len(found) == len(written)
        for (said, _, speaker, _, _, _), quote in zip(written, found, strict=True):
            assert re.sub(r"\s+", " ", shown(quote)) == " ".join(" ".join(said).split())
            figure = quote.getparent() if quote.getparent().tag == "figure" else None
            told = [shown(caption) for caption in figure.iterchildren("figcaption")] if figure is not None else []
            assert [name.lstrip("—–― ") for name in told] == ([speaker] if speaker else [])
    classes = [quote.get("class") == "pull" for quote in page.xpath(".//blockquote[not(.//blockquote)]")]
    assert classes == [pulled for *_, pulled in written]


def test_groups_of_a_number_keep_their_order_in_feeds_which_hold_no_override() -> None:
    page, feed = page_and_feed("هاتف ٠٩٧٤ ٤٤١٢ ثم")
    assert page.find(".//bdo") is not None and feed.find(".//bdo") is None
    assert feed.text_content().strip() == "هاتف ٠٩٧٤\u200e \u200e٤٤١٢ ثم"


# ---------------------------------------------------------------- lists

DIGITS = {"": "0123456789", "arabic": "٠١٢٣٤٥٦٧٨٩", "persian": "۰۱۲۳۴۵۶۷۸۹"}


@settings(max_examples=80)
@given(
    st.one_of(st.none(), words),
    st.lists(st.integers(1, 400), min_size=2, max_size=6, unique=True),
    st.sampled_from(sorted(DIGITS)),
    st.sampled_from([".", ")"]),
    st.sampled_from(["\n", "\n\n", "\n  فقرة.\n"]),
    st.data(),
)
def test_the_items_of_a_list_below_a_line_have_the_numbers_that_are_written(
    line: str | None, numbers: list[int], kind: str, end: str, joint: str, data: st.DataObject
) -> None:
    """Behind a line of prose a list begins with one, in the digits of any kind: other numbers go on with the prose."""
    if line is not None:
        numbers = [1, *(number for number in numbers if number != 1)]
    items = [data.draw(words) for _ in numbers]
    digits = str.maketrans(DIGITS[""], DIGITS[kind])
    written = [f"{number}{end} ".translate(digits) + item for number, item in zip(numbers, items, strict=True)]
    joint = joint.replace("  ف", " " * len(f"{numbers[0]}. ") + "ف")
    page, feed = page_and_feed("\n".join([line] * (line is not None) + [joint.join(written)]))
    for root in (page, feed):
        (found,) = root.iter("ol")
        assert numbers_shown(found) == numbers
        assert [shown(item).removesuffix(" فقرة.") for item in found.iterchildren("li")] == items
        assert [shown(paragraph) for paragraph in root.iterchildren("p")] == ([line] if line else [])
    assert (page.find(".//ol").get("class") or "") == kind


@settings(max_examples=50)
@given(words, st.lists(words, min_size=1, max_size=5), st.sampled_from("-*+"), st.integers(0, 3), st.integers(1, 3))
def test_marks_below_a_line_are_a_list(line: str, items: list[str], mark: str, indent: int, blanks: int) -> None:
    rows = [" " * indent + mark + " " * blanks + item for item in items]
    for root in page_and_feed("\n".join([line, *rows])):
        assert [shown(block) for block in root.iterchildren("p")] == [line]
        (found,) = root.iter("ul")
        assert [shown(item) for item in found.iterchildren("li")] == items


# ---------------------------------------------------------------- tables

SIDES = {"": (None, None), ":-": ("start", "right"), "-:": ("end", "left"), ":-:": ("center", "center")}


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from(sorted(SIDES)), min_size=2, max_size=5),
    st.integers(1, 3),
    st.one_of(st.none(), words),
    st.booleans(),
    st.data(),
)
def test_each_cell_of_a_table_stands_on_its_side(
    sides: list[str], rows: int, line: str | None, fenced: bool, data: st.DataObject
) -> None:
    cells = [[data.draw(words) for _ in sides] for _ in range(rows + 1)]
    marks = [side or "---" for side in sides]
    lines = [" | ".join(row) for row in [cells[0], marks, *cells[1:]]]
    if fenced:
        lines = [f"| {row} |" for row in lines]
    page, feed = page_and_feed("\n".join([line] * (line is not None) + lines))
    for root, name, place in ((page, "class", 0), (feed, "align", 1)):
        (table,) = root.iter("table")
        made = [list(row.iterchildren("th", "td")) for row in table.iter("tr")]
        assert [[shown(cell) for cell in row] for row in made] == cells
        assert [[cell.get(name) for cell in row] for row in made] == [[SIDES[side][place] for side in sides]] * len(
            made
        )
        assert [shown(paragraph) for paragraph in root.iterchildren("p")] == ([line] if line else [])


# ---------------------------------------------------------------- straight quotes

AROUND = ["", "\u200f", "\u200e", "\u200b", "\u2060", "\u00ad", "😀", "❤️", "*", "**", "_", "(", ")", "[", "]", "{", "}"]
BETWEEN = [" ", " ", " ", "\u00a0", "،", ".", ":", "-", "و", "بـ", "كلمة", "أخرى", "NATO", "27", "«", "»"]
CODE = 'a = "b"'
LINK = '[قال "نعم"](https://example.org/ "عنوان")'
UNLIKE = [f"`{CODE}`", '[^1] "', "&quot;", '\\"']
paragraphs = st.lists(
    st.lists(st.sampled_from(['"', '"', '"', *AROUND, *BETWEEN, *UNLIKE]), min_size=1, max_size=14).map("".join),
    min_size=1,
    max_size=4,
)


def depths(text: str) -> list[int]:
    depth, found = 0, [0]
    for mark in re.findall("[«»]", text):
        depth += 1 if mark == "«" else -1
        found.append(depth)
    return found


@settings(max_examples=150)
@given(paragraphs)
@example([f'{LINK} و"', f"{LINK} و{LINK}", f'قال " {LINK}'])
@example(['كتب "جوويند " ثم', 'قال "نعم', 'كتب "جوويند " ثم "قال'])
def test_both_straight_quotes_of_a_pair_are_set_or_check_names_the_line(written: list[str]) -> None:
    """A letter begins each paragraph, so that each is one; its place among them is its line."""
    text = "\n\n".join("ثم " + paragraph for paragraph in written)
    body, _ = parsed(text)
    blocks = body.text.split("\n")
    assert len(blocks) == len(written)
    if not re.search("[«»]", text):
        assert min(depths(body.text)) == depths(body.text)[-1] == 0, body.text
    lines = [1 + 2 * number for number, block in enumerate(blocks) if '"' in block.replace(CODE, "")]
    one = Standing(kind="page", name="a", source="content/pages/a.md", title="", straight=body.straight)
    assert sorted(problem.line for problem in straight_quotes([one])) == lines, body.text
