"""A Markdown body to a `Body`: sanitised, typeset, its references cut out."""

from __future__ import annotations

import html
from collections.abc import Iterator

import nh3

from mujaz.arabic.typography import clean
from mujaz.markdown_body import figures, html_limits, removed
from mujaz.markdown_body.block_layout import MAX_DEPTH, TooDeep
from mujaz.markdown_body.limits import too_much
from mujaz.markdown_body.parser import Dialect, to_html
from mujaz.markdown_body.placeholders import INLINE
from mujaz.markdown_body.source import Source
from mujaz.markdown_body.typeset import typeset
from mujaz.messages.errors import Problem
from mujaz.messages.message import say
from mujaz.model.content import Body

__all__ = ["Dialect", "parse"]

# ---------------------------------------------------------------- the allow-list

_BLOCK_NAMES = (
    "audio blockquote caption col colgroup dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr iframe li ol p "
    "pre source summary table tbody td tfoot th thead tr ul video"
)
_CELL = {"colspan", "rowspan"}
# `picture`, `srcset` and sizes are not in the list: the build makes every size itself, from the `img` that is left.
_TAGS = {*INLINE, *_BLOCK_NAMES.split(), "img"}
_WHOLE = {"script", "style", "noscript", "template", "title", "textarea", "svg", "math", "object"}
_ATTRIBUTES = {
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
}
_CLASSES = {
    "a": {"footnote-ref", "footnote-backref"},
    "blockquote": {"pull"},
    "div": {"footnote"},
    "figure": {"quote"},
    "ol": {"arabic", "persian"},
    "td": {"start", "center", "end"},
    "th": {"start", "center", "end"},
}
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags=_WHOLE,
    attributes=_ATTRIBUTES,
    allowed_classes=_CLASSES,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
    strip_comments=True,
)
_ALLOWED = removed.Allowed(_TAGS, _ATTRIBUTES, _CLASSES, _WHOLE)


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
    except TooDeep:
        deepest = max(text.split("\n"), key=lambda line: len(line) - len(line.lstrip(" >\t")))
        line = first_line + text.count("\n", 0, text.index(deepest))
        what = say("nested-too-deep", n=MAX_DEPTH)
        return nothing, (Problem(path=path, line=line, column=1, message=what, help=say("flatten")),)
    except Exception as error:  # the last resort: Python-Markdown raises many kinds, RecursionError among them
        what = say("body-not-parsed", why=type(error).__name__)
        mend = say("look-for-deep-nesting")
        return nothing, (Problem(path=path, line=first_line, column=1, message=what, help=mend),)
    if "<" in text:  # what Markdown alone makes is bounded by its text
        problem = html_limits.too_much(unsafe, text, path, first_line)
        if problem:
            return nothing, (problem,)
    source = Source(text, path, first_line)
    lost = list(_lost(unsafe, text, source))
    safe, misplaced = figures.parted(_CLEANER.clean(unsafe))
    for picture in misplaced:
        what = say("caption-misplaced", picture=html.unescape(picture.source), element=picture.element)
        lost.append(source.problem(source.next(html.unescape(picture.source)), what, say("let-picture-stand-alone")))
    body, problems = typeset(safe, text, dialect, path=path, first_line=first_line)
    if "**" in body.text or "__" in body.text or "](" in body.text:
        lost += removed.marks(body.text, source)
    return body, (*problems, *lost)


def _lost(unsafe: str, text: str, source: Source) -> Iterator[Problem]:
    """What of the HTML made from `text` no page shows; nothing where there is neither HTML nor a note."""
    if "<" in text or "{" in text:
        yield from removed.elements(unsafe, source, _ALLOWED)
    if "[^" in text:
        yield from removed.footnotes(unsafe, source)
