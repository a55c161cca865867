"""Markdown of static site generators: links, pictures, raw HTML and template tags are rewritten, the rest stays.

Code is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from mujaz.importing import escape
from mujaz.importing.html import Node, parse
from mujaz.importing.inline import Picture
from mujaz.importing.notes import NOTE, without_notes
from mujaz.importing.shapes import plain_shapes
from mujaz.importing.spans import Answers
from mujaz.importing.to_markdown import Converter
from mujaz.markdown_body.enclosed import without
from mujaz.messages.message import say

# Bounded, so that a thousand openers without an end cost linear time.
_TARGET = r"(?:<(?P<{0}angled>[^<>\n]{{1,2000}})>|(?P<{0}>(?:[^()\s<>]|\([^()\s]{{0,200}}\)){{1,2000}}))"
_TITLE = r"(?:\s{{1,9}}(?:\"(?P<{0}>[^\"\n]{{0,1000}})\"|'(?P<{0}single>[^'\n]{{0,1000}})'))?"
_PICTURE = r"!\[(?P<alt>[^\[\]]{0,1000})\]\(\s{0,9}" + _TARGET.format("src") + _TITLE.format("title") + r"\s{0,9}\)"
IMAGE = re.compile(
    rf"(?P<link>\[\s{{0,9}})?{_PICTURE}(?(link)\s{{0,9}}\]\(\s{{0,9}}{_TARGET.format('to')}[^()\n]{{0,200}}\))"
)
LINK = re.compile(
    r"(?<![!\\])\[(?P<text>(?:[^\[\]\\]|\\.){0,1000})\]\(\s{0,9}" + _TARGET.format("href")
    + r"(?P<title>\s{1,9}(?:\"[^\"\n]{0,1000}\"|'[^'\n]{0,1000}'))?\s{0,9}\)"
)  # fmt: skip
_QUOTED = "|".join(rf"{a}(?:[^{a}{b}\\\n]|\\.|\n(?![ \t]*\n)){{0,1000}}{b}" for a, b in ('""', "''", (r"\(", r"\)")))
# Its address and its title may begin the next line; a title may go on over lines (CommonMark, 4.7). It may stand in an
# item or a quotation.
DEFINITION = re.compile(
    r"^[ \t>]{0,20}\[(?P<id>[^\[\]^\n][^\[\]\n]{0,200})\]:[ \t]{0,9}(?:\n[ \t>]{0,20})?"
    r"(?:<(?P<angled>[^<>\n]{0,2000})>|(?P<to>[^\s<>]{1,2000}))"
    rf"(?P<title>(?:[ \t]{{1,9}}|[ \t]{{0,9}}\n[ \t>]{{0,20}})(?:{_QUOTED}))?[ \t]*$\n?",
    re.M,
)
# To Jekyll's Markdown all that stands behind `[name]:` on a line of its own is an address, which nobody sees.
_KRAMDOWN_DEFINITIONS = re.compile(
    r"(?<![^\n]\n)(?:^ {0,3}\[[^\[\]^\n][^\[\]\n]{0,200}\]:[ \t]++\S[^\n]*+(?:\n|\Z))++", re.M
)
REFERENCE = re.compile(r"(?<!\\)\[(?P<text>[^\[\]]{1,1000})\](?:[ ]?\[(?P<id>[^\[\]]{0,200})\])?(?![(\[:])")
ALONE = re.compile(r"^(https?://[^\s<>]{1,2000})$", re.M)
MORE = re.compile(r"<!--\s{0,9}(?:more|PELICAN_END_SUMMARY|excerpt)\s{0,9}-->\n?", re.I)
STRUCK = re.compile(r"(?<![~\\])~~(?![\s~])([^~\n]{1,2000})(?<!\s)~~(?!~)")
BACKSLASH_BREAK = re.compile(r"(?<!\\)\\\n")

_MASK = "\x1c"
_AROUND = re.compile(f"(?<!\n)\n{{3,}}+(?={_MASK})|(?<={_MASK})\n{{3,}}+")
_SPAN = re.compile(r"(?<![\\`])(?P<ticks>`{1,9})(?!`)[^`](?:[^`]|(?!(?P=ticks)(?!`))`){0,2000}?(?<!`)(?P=ticks)(?!`)")
# A fence may open in a quotation, and on the line of an item's mark.
_FENCE = re.compile(r"[ \t>]*+(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t>]++)*+(?P<fence>`{3,}(?=[^`]*$)|~{3,})")
_CODE_START = re.compile(r"<(?:pre|code)\b", re.I)
_CODE_END = {f"<{name}": re.compile(rf"</{name}\s{{0,9}}>", re.I) for name in ("pre", "code")}
_HTML = ("script", "style", "iframe", "form", "object", "audio", "video", "figure", "svg", "picture")
_HTML_START = re.compile(rf"<(?:{'|'.join(_HTML)})\b", re.I)
_HTML_END = {f"<{name}": re.compile(rf"</{name}\s{{0,99}}>", re.I) for name in _HTML}
_COMMENT_START, _COMMENT_END = re.compile("<!--"), {"<!--": re.compile("-->")}
_SINGLE = re.compile(r"<(?:img|embed)\b[^<>]{0,3000}>", re.I)
_ANCHOR = re.compile(
    r"<a\s(?:[^<>]{0,1000}?\s)?href\s{0,9}=\s{0,9}(?P<quote>[\"'])(?P<href>[^\"'<>]{1,2000})(?P=quote)[^<>]{0,1000}>",
    re.I,
)


def rewritten(text: str, answers: Answers, converter: Converter, *, system: str) -> str:
    """The text with its links and files resolved, code aside. It holds no control characters but the marks of notes.

    `~~words~~` are struck out where the `system` of the text struck them out.
    """
    masked, code = _without_code(text)
    masked = without(MORE.sub("", masked), _COMMENT_START, _COMMENT_END)

    def kept(made: str) -> str:
        """A hole for what is ready, which nothing below may read again."""
        code.append(made)
        return f"{_MASK}{len(code) - 1}{_MASK}"

    def raw(found: str) -> str:
        tree, marks = _tree(_filled(found, code))
        block = "\n\n".join(converter.blocks(tree.children, top=True)) + marks
        return f"\n\n{kept(block)}\n\n" if without_notes(block).strip() else block

    def single(tag: re.Match[str]) -> str:
        tree, marks = _tree(tag[0])
        return kept(converter.line(tree.children, between=" ")) + marks

    masked = without(masked, _HTML_START, _HTML_END, raw)
    masked = _SINGLE.sub(single, masked)
    masked = _with_definitions(masked)
    masked = _KRAMDOWN_DEFINITIONS.sub("", masked) if system == "jekyll" else masked
    masked = IMAGE.sub(lambda found: _image(found, answers, converter), masked)
    masked = LINK.sub(lambda found: _link(found, answers), masked)
    masked = _ANCHOR.sub(lambda found: _anchor(found, answers), masked)
    masked = BACKSLASH_BREAK.sub("<br>\n", masked)
    masked = STRUCK.sub(r"<del>\1</del>", masked) if system != "pelican" else masked
    masked = ALONE.sub(lambda url: f"<{url[1]}>", masked)
    return _filled(_AROUND.sub("\n\n", masked), code).strip("\n")


def _tree(written: str) -> tuple[Node, str]:
    """HTML as a tree, and the marks of notes that stood in it, which no tree holds."""
    marks = "".join(found[0] for found in NOTE.finditer(written))
    return plain_shapes(parse(without_notes(written))[0]), marks


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """The text changed by `change`, which gets placeholders for code. The text may not hold control characters."""
    masked, code = _without_code(text)
    return _filled(change(masked), code)


def _filled(text: str, code: list[str]) -> str:
    return re.sub(f"{_MASK}([0-9]+){_MASK}", lambda hole: code[int(hole[1])], text)


def _without_code(text: str) -> tuple[str, list[str]]:
    code: list[str] = []

    def hole(found: str) -> str:
        code.append(_filled(found, code))
        return f"{_MASK}{len(code) - 1}{_MASK}"

    text = _fenced(text, hole)
    text = without(text, _CODE_START, _CODE_END, hole)
    text = _SPAN.sub(lambda found: hole(found[0]), text)
    return _indented(text, hole), code


def _fenced(text: str, hole: Callable[[str], str]) -> str:
    """Replaces fenced code by placeholders; a fence without an end holds the rest of the text, as in CommonMark."""
    made: list[str] = []
    inside: list[str] = []
    fence = ""
    for line in text.split("\n"):
        bare = line.lstrip(" \t>")
        opening = _FENCE.match(line)
        if not fence and opening:
            fence, inside = opening["fence"], [line]
        elif fence:
            inside.append(line)
            closing = bare.rstrip()
            if closing and not closing.strip(fence[0]) and len(closing) >= len(fence):
                made.append(hole("\n".join(inside)))
                fence, inside = "", []
        else:
            made.append(line)
    if inside:
        made.append(hole("\n".join(inside)))
    return "\n".join(made)


def _indented(text: str, hole: Callable[[str], str]) -> str:
    """Replaces indented code by placeholders: lines with four blanks after an empty line, outside lists."""
    made: list[str] = []
    listed = False
    before = ""
    for line in text.split("\n"):
        if line.strip() and not line.startswith((" ", "\t")):
            listed = re.match(r"[-*+]\s|[0-9]{1,9}[.)]\s|:\s|\[\^", line) is not None
        code = line.startswith(("    ", "\t")) and line.strip() and not listed
        if code and (not before.strip() or before.startswith(_MASK)):
            line = hole(line)
        made.append(line)
        before = line
    return "\n".join(made)


def _with_definitions(text: str) -> str:
    """Makes inline links and pictures of those by reference."""
    found = {
        _id(one["id"]): (one["to"] or one["angled"], " ".join((one["title"] or "").split()))
        for one in DEFINITION.finditer(text)
    }
    if not found:
        return text

    def inline(reference: re.Match[str]) -> str:
        meant = found.get(_id(reference["id"] or reference["text"]))
        if meant is None:
            return reference[0]
        title = meant[1].strip()
        title = f' "{title[1:-1]}"' if title else ""
        return f"[{reference['text']}](<{meant[0]}>{title})"

    return REFERENCE.sub(inline, DEFINITION.sub("", text))


def _id(written: str) -> str:
    return " ".join(written.split()).casefold()


def _image(found: re.Match[str], answers: Answers, converter: Converter) -> str:
    src = found["srcangled"] or found["src"]
    name = answers.picture(src)
    marks = "" if name else answers.note(say("picture-missing", picture=src[:200]))
    if found["link"]:
        marks += converter.picture_link(found["toangled"] or found["to"])
    title = found["title"] or found["titlesingle"] or ""
    picture = Picture(name=name, src=src, alt=_plain(found["alt"]), caption=_plain(title), marks=marks, bars=True)
    made = converter.shown(picture)
    return ("\n\n" if name is None and len(made) > 1 else " ").join(made)


def _plain(text: str) -> str:
    return re.sub(r"\\([^\w\s])", r"\1", text)


def _link(found: re.Match[str], answers: Answers) -> str:
    href = found["hrefangled"] or found["href"]
    if href.startswith("#"):
        return found[0]
    target, mark = answers.link(href)
    if target is None:
        return found["text"] + mark
    if target == href and not found["hrefangled"]:
        return found[0] + mark
    return f"[{found['text']}]({escape.address(target)}{found['title'] or ''}){mark}"


def _anchor(found: re.Match[str], answers: Answers) -> str:
    """The start tag of a link in HTML; without `href` where there is no address."""
    if found["href"].startswith("#"):
        return found[0]
    target, mark = answers.link(unescape(found["href"]))
    return (f'<a href="{escape.address(target)}">' if target else "<a>") + mark
