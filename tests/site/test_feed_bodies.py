"""What an editor wrote comes out of the three feeds as on the page: words with their speakers, numbers, sides."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree, html

from tests.support.bodies import numbers_shown, page_and_feed, shown
from tests.support.feed_rules import NS
from tests.support.sites import Site, article

BODY = """\
قال طرفان أمس:

> سنقاطع الجلسة.
> — زيد

> سنحضر الجلسة.
>
> وسنصوت.
> — عمرو

> لم يقل أحد هذا.

> جملة من الخبر.
{: .pull }

وبقي من البنود:

٥. الخامس
٦. السادس
٩. التاسع

ثم:
- بند
  1. فرع
  2. فرع ثان
- بند ثان

<details><summary>ما سبق</summary>

**أمس**: بدأت الجلسة[^ب].

> تأخرنا.
> — المنظم

</details>

البند | العدد | الحصة
:-- | :-: | --:
الأول | 3 | 40 %

وانتهى اليوم[^أ] وغدا[^ب].

[^أ]: أول ما كتب.
[^ب]: أول ما يقرأ.
"""
PAGE = "https://example.org/news/2021/10/18/a/"


@pytest.fixture
def bodies(make_site: Callable[..., Site]) -> list[Any]:
    """The body of the one article in RSS, Atom and JSON Feed."""
    site = make_site({"content/a.md": article(id="a", slug="a", summary="ملخص.", body=BODY)})
    site.build()
    rss, atom = (etree.fromstring(site.read(path).encode()) for path in ("feed.xml", "atom.xml"))
    written = [
        rss.findtext(".//content:encoded", namespaces=NS),
        atom.findtext(".//a:entry/a:content", namespaces=NS),
        json.loads(site.read("feed.json"))["items"][0]["content_html"],
    ]
    return [html.fragment_fromstring(body, create_parent="main") for body in written]


def test_quotations_side_by_side_keep_their_speakers(bodies: list[Any]) -> None:
    for body in bodies:
        said = [
            (shown(quote), [shown(name) for name in quote.itersiblings("figcaption")])
            for quote in body.iter("blockquote")
        ]
        assert said == [
            ("سنقاطع الجلسة.", ["— زيد"]),
            ("سنحضر الجلسة. وسنصوت.", ["— عمرو"]),
            ("لم يقل أحد هذا.", []),
            ("جملة من الخبر.", []),
            ("تأخرنا.", ["— المنظم"]),
        ]
        assert all(len(figure.findall("blockquote")) == 1 for figure in body.iter("figure"))


def test_lists_have_the_numbers_that_are_written(bodies: list[Any]) -> None:
    for body in bodies:
        numbered = {shown(found[0]): numbers_shown(found) for found in body.iter("ol")}
        assert numbered["الخامس"] == [5, 6, 9]
        assert numbered["فرع"] == [1, 2]
        (list_below,) = body.iterchildren("ul")
        assert [shown(item).partition(" فرع")[0] for item in list_below.iterchildren("li")] == ["بند", "بند ثان"]


def test_what_opens_is_read_as_markdown_and_keeps_its_summary(bodies: list[Any]) -> None:
    for body in bodies:
        (opened,) = body.iterchildren("details")
        assert [shown(opened[0]), opened[0].tag] == ["ما سبق", "summary"]
        assert [shown(strong) for strong in opened.iter("strong")] == ["أمس"]
        assert (opened.get("dir"), opened.get("lang")) == ("rtl", "ar")


def test_notes_are_numbered_as_they_are_read_and_lead_to_the_page(bodies: list[Any]) -> None:
    for body in bodies:
        references = [link for link in body.iter("a") if link.getparent().tag == "sup"]
        assert [shown(link) for link in references] == ["1", "2", "1"]
        assert {link.get("href").partition("#")[0] for link in body.iter("a")} == {PAGE}
        notes = body[-1].find("ol")
        assert [shown(note).rstrip("↩ ") for note in notes] == ["أول ما يقرأ.", "أول ما كتب."]


def test_the_cells_of_a_table_stand_on_their_sides(bodies: list[Any]) -> None:
    for body in bodies:
        (table,) = body.iterchildren("table")
        rows = [[(shown(cell), cell.get("align")) for cell in row] for row in table.iter("tr")]
        assert rows == [
            [("البند", "right"), ("العدد", "center"), ("الحصة", "left")],
            [("الأول", "right"), ("3", "center"), ("40 %", "left")],
        ]


@pytest.mark.parametrize("within", ["<table><tr><td>بديل</td></tr></table>", "<p>بديل <picture><img></picture></p>"])
def test_what_stands_within_a_player_goes_with_it(within: str) -> None:
    _, feed = page_and_feed(f"قبل\n\n<video controls>\n{within}\n</video>\n\nبعد")
    assert shown(feed).replace("\u200f", "") == "قبل بديل بعد" and feed.find(".//table") is None
