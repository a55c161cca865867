"""A lone file that becomes a bundle names the same files as before, however it names them."""

from __future__ import annotations

from pathlib import Path

import pytest

from mujaz.desk.bundles import add_picture, deeper, deeper_text
from mujaz.desk.files import Files
from tests.support.sites import article

NAME = "content/2021/a.md"
BESIDE = ("b.md", "table.csv", "report.pdf", "q#1.jpg", "e\u0301.jpg", "two words.jpg", "folder/index.md", "x.jpg")


@pytest.fixture
def files(tmp_path: Path) -> Files:
    for name in BESIDE:
        path = tmp_path / "content/2021" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    return Files(tmp_path, "content", tmp_path / ".mujaz-desk")


def moved(files: Files, text: str) -> str:
    (files.root / NAME).write_text(text, encoding="utf-8")
    name, *_ = add_picture(files, NAME, "p.jpg", b"", "JPEG")
    assert name == "content/2021/a/index.md"
    return (files.root / name).read_text(encoding="utf-8")


BODIES = [
    ("[ت](report.pdf?download=1)", "[ت](../report.pdf?download=1)"),
    ("[ب](b.md?x#y)", "[ب](../b.md?x#y)"),
    ("![ر](q#1.jpg)", "![ر](../q%231.jpg)"),
    ("![ر](\u00e9.jpg)", "![ر](../\u00e9.jpg)"),
    ("![ر](two%20words.jpg)", "![ر](../two%20words.jpg)"),
    ("<img src=x.jpg alt=ر>", "<img src=../x.jpg alt=ر>"),
    ("> [ب][1]\n>\n> [1]: b.md", "> [ب][1]\n>\n> [1]: ../b.md"),
    ("نص[^1]\n\n[^1]: [ب](b.md) ![ر](x.jpg)", "نص[^1]\n\n[^1]: [ب](../b.md) ![ر](../x.jpg)"),
    ("[سؤال]: [ب](b.md) والجواب", "[سؤال]: [ب](../b.md) والجواب"),
    ("[ب][1]\n\n[1]:b.md", "[ب][1]\n\n[1]:../b.md"),
    ('<A HREF="b.md">ب</A> <IMG Src=x.jpg>', '<A HREF="../b.md">ب</A> <IMG Src=../x.jpg>'),
    ("[ب][1]\n\n[1]:\n  b.md", "[ب][1]\n\n[1]:\n  ../b.md"),
    ("- بند\n\n    ![ر](x.jpg)", "- بند\n\n    ![ر](../x.jpg)"),
    ("[خ](folder/)", "[خ](../folder/)"),
    ("```\n![ر](x.jpg)\n```", "```\n![ر](x.jpg)\n```"),
    ("نص [خ](folder/)\n\n    [ب](b.md)", "نص [خ](../folder/)\n\n    [ب](b.md)"),
    *((one, one) for one in (">     [ب](b.md)\n>     src=x.jpg", "<pre>[ب](b.md)</pre>", "قال ](b.md) و src=x.jpg")),
    *((one, one) for one in ("\\[ب](b.md)", "ن\n[ب]: b.md تتمة", "<!-- [ب](b.md) -->", "- ب\n\n        [ب](b.md)")),
    *((one, one) for one in ("[ن](2021/b.md)", "[ه](#b.md)", "[ه](?b.md)", "[خ](https://a.example/b.md)", "[غ](c.md)")),
]


@pytest.mark.parametrize(("body", "wanted"), BODIES)
def test_what_a_text_names_follows_into_the_bundle(files: Files, body: str, wanted: str) -> None:
    assert moved(files, article(body=f"{body}\n")) == article(body=f"{wanted}\n")
    (files.root / NAME).write_bytes(b"")
    for cut in range(len(body) + 1):  # what is typed, and not saved yet
        assert "".join(deeper_text(files, NAME, body[:cut], body[cut:])) == wanted


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("data: {table: table.csv, other: 2021/table.csv}", "data: {table: ../table.csv, other: 2021/table.csv}"),
        ("translation_of: b.md", "translation_of: ../b.md"),
        ("translation_of: b", "translation_of: b"),  # an id
        ("related: [b, b.md, folder/, content/2021/b.md]", "related: [b, ../b.md, ../folder/, content/2021/b.md]"),
        ("image: {src: 'q#1.jpg', alt: ر}", "image: {src: '../q#1.jpg', alt: ر}"),
    ],
)
def test_what_a_front_matter_names_follows_into_the_bundle(files: Files, line: str, wanted: str) -> None:
    assert wanted in moved(files, article().replace("---\n", f"---\n{line}\n", 1))


def test_a_picture_that_is_typed_follows_into_the_bundle(files: Files) -> None:
    assert [deeper(files, NAME, src) for src in ("x.jpg", "two%20words.jpg", "none.jpg", "")] == [
        *("../x.jpg", "../two%20words.jpg", "none.jpg", ""),
    ]
