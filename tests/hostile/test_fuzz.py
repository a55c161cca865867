"""Thrown dice over front matter, Markdown and whole files: nothing escapes as an exception, nothing active gets out.

`make test` throws a few hundred, always the same; `make test-long` throws thousands, each time others.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mujaz.content.reader import read
from mujaz.frozen import replace
from mujaz.markdown_body.body import parse
from mujaz.markdown_body.parser import Dialect
from mujaz.markdown_body.placeholders import fill
from mujaz.model.views import BodyView
from tests.hostile.test_texts import OPTIONS, refused
from tests.support.active_content import activity
from tests.support.hostile_texts import ACTIVE, INNER, KEYS, VALUES
from tests.support.html import Html
from tests.unit.markdown_body.test_body import SPOKEN, a_figure, a_player, entries_of, played, timed

TIMES = int(os.environ.get("MUJAZ_FUZZ", "5000"))  # throws of each kind in the long run
OFTEN = settings(
    max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
LONG = settings(max_examples=TIMES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
DIALECT = Dialect(iframes=("video.example.org",))
LIVE = replace(DIALECT, live="2021-10-18")

# What YAML, Markdown, HTML and Arabic each give a meaning of its own.
TOKENS = (
    *"--- ... : , [ ] { } & * ! | > - ? ' \" % @ ` # ~ \\ << !!python/object: &a *a 2021-10-18 12:30 null".split(),
    *"title: date: section: ** __ _ ## === ![ ]( ) [^1] [^1]: {: } .x #x onclick= style= <script> </script>".split(),
    *"<svg> <math> <style> <!-- --> <![CDATA[ ]]> <b> </b> <p> <table> <tr> <td> <a href= javascript: data:".split(),
    *"https://evil.example/ &lt; &#x1a; &amp; &NewLine; ``` ~~~ 1. + *[ ]: الخبر «الناتو» و ال ﷺ ا\u0651\u0651".split(),
    *("<img src=x onerror=alert(1)>", "<div markdown=1>", "\n", "\n\n", "    ", "\t", "\r", " ", "\\n", "\\\n"),
    *(
        "\n\n## 14:05 ",
        "\n\n## 2021-10-19 00:10 ",
        "\n\n## 25:99 ",
        "\n\n- ",
        "<h2>14:05",
        "</h2>",
        "\x1aN0\x1a",
        "\x1aZ\x1a",
    ),
    *("\u200d", "\u200c", "\u200f", "\u202e", "\u2028", "\u00a0", "\ufeff", "\x00", "\x07", "\x1a", "\x02", "\x03"),
    *("\ud800", "\U0001f600", "\u0338", "\ufffe", "\x1aL0\x1a", "\x1aF0\x1a", "\x02wzxhzdk:0\x03"),
)
anything = st.one_of(st.sampled_from(TOKENS), st.text(max_size=6))
soup = st.lists(anything, max_size=60).map("".join)
value = st.one_of(st.sampled_from(list(VALUES.values())), soup.map(lambda text: text.replace("\n", " ")))
keyed = st.tuples(st.sampled_from(KEYS), value).map(": ".join)
nested = st.tuples(st.sampled_from(list(INNER)), value).map(
    lambda pair: f"{pair[0].partition('.')[0]}: {INNER[pair[0]].format(pair[1])}"
)
front = st.lists(st.one_of(keyed, nested, soup), max_size=8).map("\n".join)
bodies = st.lists(st.one_of(st.sampled_from(ACTIVE), soup, st.text(max_size=40)), max_size=8).map("\n\n".join)
inline = st.lists(st.one_of(st.sampled_from(ACTIVE), soup), max_size=5).map(" ".join)
LEAST = "title: خبر\ndate: 2021-10-18\nsection: politics\n"


def inert(text: str) -> None:
    """A body, parsed and filled: a parser of HTML sees nothing active, and nothing that touches the page around it."""
    for dialect in (DIALECT, LIVE):
        inert_in(text, dialect)


def inert_in(text: str, dialect: Dialect) -> None:
    made, problems = parse(text, dialect, path="content/a.md")
    assert all(problem.path == "content/a.md" and (problem.line or problem.warning) for problem in problems)
    links = tuple(f"/{link.target}" if n % 3 else None for n, link in enumerate(made.links))
    pictures = tuple(a_figure(picture.src, picture.alt) for picture in made.pictures)
    players = tuple(a_player(player.src) for player in made.players)
    view = BodyView(digest="", links=links, pictures=pictures, players=players, entries=entries_of(made)[::-1])
    written = fill(made.html, view, lambda figure, place: "<img src='/p.png' alt='x'>", played, SPOKEN, timed)
    assert "\x1a" not in written
    page = Html(f"<!doctype html><main><div id=around>{written}</div><footer></footer></main>")
    found = list(activity(page, "/", frozenset(DIALECT.iframes), outside="false()"))
    assert not found, (found, written)
    assert len(page.all("/html/body/main/footer")) == 1 == len(page.all("//div[@id='around']")), written
    ids = [element.get("id") for element in page.all("//div[@id='around']//*[@id]")]
    assert len(ids) == len(set(ids)) and all(ident.startswith(("h-", "u-", "fn-", "fnref")) for ident in ids), ids


def judged(raw: bytes) -> None:
    """A whole file: read, or refused with its place."""
    reading = read("content/a.md", raw, OPTIONS)
    assert refused(reading) or reading.article is not None
    for problem in reading.problems:
        assert problem.path == "content/a.md" and problem.text
        assert str(problem).count("\n") <= 1


def written(head: str, body: str, least: bool) -> bytes:
    return f"---\n{LEAST if least else ''}{head}\n---\n{body}\n".encode("utf-8", "surrogatepass")


@OFTEN
@given(st.one_of(bodies, inline))
def test_no_body_gets_anything_active_into_a_page(text: str) -> None:
    inert(text)


@OFTEN
@given(front, bodies, st.booleans())
def test_no_front_matter_raises(head: str, body: str, least: bool) -> None:
    judged(written(head, body, least))


@OFTEN
@given(st.binary(max_size=400), st.booleans())
def test_no_bytes_raise(raw: bytes, least: bool) -> None:
    judged(f"---\n{LEAST}---\n".encode() + raw if least else raw)


@pytest.mark.long
@LONG
@given(st.one_of(bodies, inline))
def test_thousands_of_bodies(text: str) -> None:
    inert(text)


@pytest.mark.long
@LONG
@given(front, bodies, st.booleans())
def test_thousands_of_front_matters(head: str, body: str, least: bool) -> None:
    judged(written(head, body, least))
