"""A Markdown body to a `Body`, and a `Body` to HTML: sanitised, typeset, its references cut out and put back in.

`Body.html` holds holes where something outside the file decides: the address of a link, a picture's files, a word for
screen readers. A hole stands between two U+001A, which nothing else in the text can hold:

    L3 title="…"   the start of link 3, with its other attributes      E3   its end
    U3             the attribute src of a video or audio, link 3
    F0             picture 0, alone in its paragraph: a figure          P0   picture 0 within text
    T:footnote     a word from the strings, by its key

`fill` is the only reader of holes. Nothing else imports `nh3`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping

import nh3

from mujaz.bounds import too_much
from mujaz.dialect import Dialect, to_html
from mujaz.errors import Problem
from mujaz.model import Body
from mujaz.references import HOLE
from mujaz.typeset import INLINE, WORDS, typeset
from mujaz.typography import clean
from mujaz.views import BodyView, Figure

__all__ = ["HOLE", "WORDS", "Dialect", "fill", "parse"]

_HOLE = re.compile(f"{HOLE}([A-Z])([0-9]*)([^{HOLE}]*){HOLE}")

_ANY_TAG = re.compile(r"</?([a-z0-9]+)[^>]*>")
_WITHIN_WORDS = INLINE - {"br"}

# ---------------------------------------------------------------- the allow-list

_BLOCK_NAMES = (
    "audio blockquote caption col colgroup dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr iframe li ol p "
    "pre source summary table tbody td tfoot th thead tr ul video"
)
_CELL = {"colspan", "rowspan"}
# `picture`, `srcset` and sizes are not in the list: the build makes every size itself, from the `img` that is left.
_CLEANER = nh3.Cleaner(
    tags={*INLINE, *_BLOCK_NAMES.split(), "img"},
    clean_content_tags={"script", "style", "noscript", "template", "title", "textarea", "svg", "math", "object"},
    attributes={
        "*": {"id", "lang", "dir", "title"},
        "a": {"href"},
        "audio": {"src", "controls", "loop", "muted", "preload"},
        "col": {"span"},
        "colgroup": {"span"},
        "details": {"open"},
        "iframe": {"src", "width", "height", "allowfullscreen"},
        "img": {"src", "alt"},
        "li": {"value"},
        "ol": {"start", "reversed"},
        "source": {"src", "type"},
        "td": _CELL,
        "th": _CELL | {"scope"},
        "time": {"datetime"},
        "video": {"src", "controls", "loop", "muted", "preload", "width", "height"},
    },
    allowed_classes={
        "a": {"footnote-ref", "footnote-backref"},
        "blockquote": {"pull"},
        "div": {"footnote"},
        "figure": {"quote"},
        "td": {"start", "center", "end"},
        "th": {"start", "center", "end"},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
    strip_comments=True,
)


def parse(text: str, dialect: Dialect, *, path: str, first_line: int = 1) -> tuple[Body, tuple[Problem, ...]]:
    """The body written as Markdown `text`, whose first line is line `first_line` of the file `path`, and its problems.

    A pure function of its arguments. Never raises on any text: what cannot be parsed is an empty body and a problem.
    """
    text = clean(text)
    nothing = Body(html="", text="", first_paragraph="", words=0)
    problem = too_much(text, path, first_line)
    if problem:
        return nothing, (problem,)
    try:
        unsafe = to_html(text)
    except Exception as error:  # the last resort: Python-Markdown raises many kinds, RecursionError among them
        what = f"the body cannot be parsed as Markdown ({type(error).__name__})"
        mend = "look for very deep nesting, or remove parts until it builds and report what is left"
        return nothing, (Problem(path=path, line=first_line, column=1, text=what, help=mend),)
    return typeset(_CLEANER.clean(unsafe), text, dialect, path=path, first_line=first_line)


def fill(body: str, view: BodyView, figure: Callable[[Figure, bool], str], words: Mapping[str, str]) -> str:
    """`Body.html` with its holes filled from `view`. A link whose address is None leaves its text.

    `figure` makes the HTML of a picture; its second argument says that it stands alone, not within text. `words` has
    the keys WORDS.
    """

    def put(hole: re.Match[str]) -> str:
        kind, number, rest = hole[1], hole[2], hole[3]
        if kind in "FP":
            return figure(view.pictures[int(number)], kind == "F")
        if kind == "T":
            return html.escape(words[rest[1:]])
        url = view.links[int(number)]
        if url is None:
            return ""
        if kind == "E":
            return "</a>"
        address = html.escape(url)
        return f'<a href="{address}"{rest}>' if kind == "L" else f' src="{address}"'

    return _HOLE.sub(put, body)


def plain(body: str) -> str:
    """The text of `Body.html`, for search: without tags and holes, a blank between blocks."""
    bare = _ANY_TAG.sub(lambda tag: "" if tag[1] in _WITHIN_WORDS else " ", _HOLE.sub("", body))
    return html.unescape(bare)
