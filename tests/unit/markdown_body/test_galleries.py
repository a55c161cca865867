"""Galleries: a list of pictures with `{: .gallery }` under it."""

from __future__ import annotations

import pytest

from mujaz.markdown_body.body import parse
from mujaz.markdown_body.parser import Dialect
from tests.unit.markdown_body.test_body import body, page

TIGHT = '- ![رافعة](a.jpg "الرافعة | عدسة")\n- ![رصيف](b.jpg)\n- ![سفينة](c.jpg "سفينة")\n{: .gallery }'


@pytest.mark.parametrize("text", [TIGHT, TIGHT.replace("\n-", "\n\n-"), TIGHT.replace("- ", "* ")])
@pytest.mark.parametrize("before", ["", "قبلها:\n", "قبلها.\n\n"])
def test_a_list_of_pictures_becomes_one(text: str, before: str) -> None:
    made = body(f"{before}{text}\n\nبعدها.")
    assert [(one.src, one.alt, one.caption, one.credit) for one in made.pictures] == [
        ("a.jpg", "رافعة", "الرافعة", "عدسة"),
        ("b.jpg", "رصيف", "", ""),
        ("c.jpg", "سفينة", "سفينة", ""),
    ]
    hung = page(f"{before}{text}\n\nبعدها.").replace("\n", "")
    assert '<ul class="gallery"><li><gallery a.jpg></li><li><gallery b.jpg></li><li><gallery c.jpg></li></ul>' in hung
    assert hung.endswith("<p>بعدها.</p>")


def test_without_the_mark_the_list_stays_a_list() -> None:
    assert "gallery" not in page(TIGHT.removesuffix("\n{: .gallery }"))


@pytest.mark.parametrize(
    "item",
    [
        "نص",
        "![رافعة](a.jpg) ونص",
        "[![رافعة](a.jpg)](/x/)",
        "![رافعة](a.jpg) ![رصيف](b.jpg)",
        "![رافعة](a.jpg)\n    - نص",
    ],
)
def test_a_list_of_anything_else_is_none_and_is_told(item: str) -> None:
    text = f"نص.\n\n- ![سفينة](c.jpg)\n- {item}\n- ![سفينة](c.jpg)\n{{: .gallery }}"
    made, problems = parse(text, Dialect(), path="content/a.md", first_line=5)
    line = 5 + text[: text.index(".gallery")].count("\n")
    assert [str(problem).splitlines()[0] for problem in problems] == [
        f"content/a.md:{line}:4: a gallery is a list of pictures, and this one holds something else"
    ]
    assert "gallery" not in made.html


def test_html_makes_none_either() -> None:
    made, problems = parse('<ul class="gallery"><li>نص</li></ul>', Dialect(), path="content/a.md")
    assert len(problems) == 1 and "gallery" not in made.html
