"""A Markdown body to a `Body`: sanitised, typeset, its references cut out."""

from __future__ import annotations

import html
from collections.abc import Iterator

from mujaz.arabic.typography import clean
from mujaz.markdown_body import allowed_html, figures, html_limits, removed
from mujaz.markdown_body.block_layout import MAX_DEPTH, TooDeep
from mujaz.markdown_body.embeds import is_player
from mujaz.markdown_body.html_blocks import with_ended_players
from mujaz.markdown_body.limits import too_much
from mujaz.markdown_body.lost_words import lost_words
from mujaz.markdown_body.parser import Dialect, to_html
from mujaz.markdown_body.source import Source
from mujaz.markdown_body.struck import in_lines
from mujaz.markdown_body.typeset import typeset
from mujaz.messages.errors import Problem
from mujaz.messages.message import say
from mujaz.model.content import Body

__all__ = ["Dialect", "parse"]


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
        unsafe = _with_open_comments(to_html(text))
    except TooDeep:
        deepest = max(text.split("\n"), key=lambda line: len(line) - len(line.lstrip(" >\t")))
        line = first_line + text.count("\n", 0, text.index(deepest))
        what = say("nested-too-deep", n=MAX_DEPTH)
        return nothing, (Problem(path=path, line=line, column=1, message=what, help=say("flatten")),)
    except Exception as error:  # the last resort: Python-Markdown raises many kinds, RecursionError among them
        what = say("body-not-parsed", why=type(error).__name__)
        mend = say("look-for-deep-nesting")
        return nothing, (Problem(path=path, line=first_line, column=1, message=what, help=mend),)
    if "<" in text or "{" in text:  # what Markdown makes without attributes is bounded by its text
        unsafe = with_ended_players(unsafe)
        problem = html_limits.too_much(unsafe, text, path, first_line)
        if problem:
            return nothing, (problem,)
    source = Source(text, path, first_line)
    lost = list(_lost(unsafe, text, source))
    safe, misplaced = figures.parted(in_lines(allowed_html.clean(in_lines(unsafe))))
    for picture in misplaced:
        address = html.unescape(picture.source)
        what, mend = say("caption-misplaced", picture=address, element=picture.element), say("let-picture-stand-alone")
        if is_player(address):
            what, mend = say("player-misplaced", file=address, element=picture.element), say("let-player-stand-alone")
        lost.append(source.problem(source.next(address), what, mend))
    body, problems = typeset(safe, text, dialect, path=path, first_line=first_line)
    told = (*problems, *lost)
    if all(problem.warning for problem in told):
        lines = {problem.line for problem in told}
        lost += [problem for problem in lost_words(unsafe, text, source) if problem.line not in lines]
    if "**" in body.text or "__" in body.text or "](" in body.text:
        lost += removed.marks(body.text, source)
    return body, (*problems, *lost)


def _with_open_comments(unsafe: str) -> str:
    """Comments that never end are words, as they are to Markdown: in HTML they would hold all that follows."""
    last = unsafe.rfind("-->")
    return unsafe[: last + 1] + unsafe[last + 1 :].replace("<!--", "&lt;!--")


def _lost(unsafe: str, text: str, source: Source) -> Iterator[Problem]:
    """What of the HTML made from `text` no page shows; nothing where there is neither HTML nor a note."""
    if "<" in text or "{" in text:
        yield from removed.elements(unsafe, source, allowed_html.ALLOWED)
    if "[^" in text:
        yield from removed.footnotes(unsafe, source)
    if "]:" in text or "] :" in text:
        yield from removed.definitions(unsafe, source)
