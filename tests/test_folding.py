"""What a layout's text says of the site's words and assets is put in when it is compiled, and changes no page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jinja2
import pytest
from conftest import Site, article
from jinja2 import nodes

from mujaz import layouts
from mujaz.folding import known_ahead

WORDS = {"home": "الرئيسية", "networks": {"x": "إكس"}, "plural": {"one": "خبر"}, "items": "مواد"}


def asset(name: str) -> str:
    if name != "main.css":
        raise jinja2.TemplateRuntimeError(name)
    return "/assets/main.css"


def folded(text: str) -> nodes.Template:
    return known_ahead(jinja2.Environment().parse(text), {"t": WORDS, "asset": asset})


def constants(text: str) -> list[Any]:
    return [node.value for node in folded(text).find_all(nodes.Const)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{ t.home }}", ["الرئيسية"]),
        ("{{ t.networks.x|upper }}", ["إكس"]),
        ('{{ asset("main.css") }}', ["/assets/main.css"]),
        ("{% if t.home %}{% endif %}", ["الرئيسية"]),
        ("{{ t.home.nothing }}", ["الرئيسية"]),  # an attribute of the text: told when the page is rendered
        ("{{ t.nothing }}", []),
        ("{{ t.plural }}", []),  # no text: a filter takes it
        ("{{ t.items }}", []),  # of a dict, Jinja takes the method
        ("{{ view.t.home }}", []),
        ('{{ asset("other.css") }}', ["other.css"]),
        ("{{ asset(name) }}", []),
    ],
)
def test_words_and_assets_become_constants(text: str, found: list[str]) -> None:
    assert constants(text) == found


@pytest.mark.parametrize(
    "taken",
    [
        "{% set t = view %}",
        "{% for t in view %}{% endfor %}",
        "{% macro one(t) %}{% endmacro %}",
        "{% macro t() %}{% endmacro %}",
        '{% import "other" as t %}',
        '{% from "other" import one as t %}',
        '{% from "other" import t %}',
    ],
)
def test_a_layout_that_gives_the_name_to_something_else_is_left_alone(taken: str) -> None:
    text = taken + "{{ t.home }}"
    assert "الرئيسية" not in constants(text) and "الرئيسية" in constants(text.replace(taken, ""))


SITE = {
    "content/a.md": article("قمة «المناخ» & ما بعدها", tags="[المناخ]", authors="[ليلى]"),
    "content/b.md": article("خبر ثان", tags="[المناخ]"),
}


def test_pages_are_as_they_would_be_without_it(make_site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    site = make_site(SITE)
    site.build()
    with_it = site.digest()
    seen: list[str] = []

    def as_written(tree: nodes.Template, known: object) -> nodes.Template:
        seen.append("a layout")
        return tree

    monkeypatch.setattr(layouts, "known_ahead", as_written)
    monkeypatch.setattr(layouts, "_compiled", {})
    other = make_site(SITE)
    other.build()
    assert seen and other.digest() == with_it


def test_a_word_that_is_not_there_is_told_with_its_line(make_site: Callable[..., Site]) -> None:
    site = make_site(SITE | {"layouts/notfound.html": "<p>\n{{ t.hom }}\n"})
    assert [
        line for line in site.problems() if line.startswith("layouts/notfound.html:2:1: 'dict' has no attribute 'hom'")
    ]
