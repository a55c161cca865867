"""A Markdown body as a page shows it, and as a feed carries it."""

from __future__ import annotations

from typing import Any

from lxml import html

from mujaz.feeds.html import fit_for_readers
from mujaz.markdown_body.body import parse
from mujaz.markdown_body.parser import Dialect
from mujaz.markdown_body.placeholders import fill
from mujaz.messages.errors import Problem
from mujaz.model.content import Body
from mujaz.model.players import Player
from mujaz.model.views import BodyView, Entry, Figure

SPOKEN = {"footnotes": "الحواشي", "footnote_back": "عودة إلى النص", "embed": "محتوى مضمّن", "table": "جدول"}
PERMALINK = "https://example.org/news/2021/10/18/a/"


def parsed(text: str) -> tuple[Body, tuple[Problem, ...]]:
    return parse(text, Dialect(), path="content/a.md")


def page_and_feed(text: str) -> tuple[Any, Any]:
    """The elements that a body without pictures becomes: those of its page, and those of its feeds."""
    body, _ = parsed(text)
    view = BodyView(digest="", links=tuple("/news/" + link.target for link in body.links))
    page = fill(body.html, view, _no_picture, _no_player, SPOKEN, _no_entry)
    feed = fit_for_readers(page, permalink=PERMALINK, lang="ar", direction="rtl")
    return html.fragment_fromstring(page, create_parent="main"), html.fragment_fromstring(feed, create_parent="main")


def _no_picture(figure: Figure, place: str) -> str:
    raise AssertionError("the body has a picture")


def _no_player(player: Player) -> str:
    raise AssertionError("the body has film or sound")


def _no_entry(entry: Entry, title: str, text: str) -> str:
    raise AssertionError("no body here is that of a live story")


def shown(element: Any) -> str:
    """The text of an element, its white space as a reader sees it."""
    return " ".join("".join(element.itertext()).split())


def numbers_shown(numbered: Any) -> list[int]:
    """The numbers that a browser writes before the items of an `ol` (the HTML Standard, 4.4.8, "ordinal value")."""
    number, numbers = int(numbered.get("start", "1")), []
    for item in numbered.iterchildren("li"):
        number = int(item.get("value", number))
        numbers.append(number)
        number += 1
    return numbers
