"""The HTML of a Markdown text that is nothing but prose, without Python-Markdown: what it would have made, five times
as fast.

Prose is paragraphs, headings `## …`, quotes with or without a speaker, lists of `- …`, and in them `**words**` and
`[words](https://address)`. A text that holds anything else, or any of these beside one that it would be joined with,
is left to Python-Markdown as a whole. Tests compare both on every construct of the dialect and on real articles.
"""

from __future__ import annotations

import re

# What no text of prose may hold: marks of other constructs, white space that is evened out, ends of lines and controls.
_OTHER = (*"<&`~\\_{|\t\x02\x03\x0b\x0c\r\x1c\x1d\x1e\x85\u2028\u2029", " \n", "\n ", "\n\n\n")
# A line that starts no construct of its own: with a letter, or a number that numbers no list.
_LINE = re.compile(r"[^\W\d_]|[0-9]+(?![0-9.)])|[«“‘\"'(](?=\w)")
_HEADING = re.compile(r"(#{2,6}) ([^#\n]+)")
_INLINE = re.compile(  # it begins with a class of characters, which is searched for fast
    r"[*\[](?:(?<=\*)\*(\w(?:[^*\[\]\n]*\w)?)\*\*"
    r"|(?<=\[)(?<!!\[)(\w(?:[^*\[\]\n]*\w)?)\]\((https?://[A-Za-z0-9./-]+)\))"
)
_SPEAKER = re.compile(r"[—–―][ ]?\w[^\n]*")


def html_of(text: str) -> str | None:
    """The HTML of `text`, unsafe as Python-Markdown's own; None where it is more than prose."""
    text = text.strip("\n")
    if not text or any(mark in text for mark in _OTHER):
        return None
    made: list[str] = []
    last = ""
    for block in text.split("\n\n"):
        first = block[0]
        if first == "#":
            html = _heading(block)
        elif first == ">":
            html = _quote(block) if last != ">" else None
        elif first == "-":
            html = _list(block) if last != "-" else None
        else:
            html = _paragraph(block)
        if html is None:
            return None
        made.append(html)
        last = first
    return "\n".join(made)


def _inline(text: str) -> str | None:
    if ">" in text or text[-1].isspace():
        return None
    if "*" in text or "[" in text:
        text = _INLINE.sub(_marked, text)
        if "*" in text or "[" in text:
            return None
    return text


def _marked(found: re.Match[str]) -> str:
    strong, words, address = found.groups()
    return f"<strong>{strong}</strong>" if strong else f'<a href="{address}">{words}</a>'


def _paragraph(block: str) -> str | None:
    lines = block.split("\n")
    if not all(map(_LINE.match, lines)) or any(line[-1].isspace() for line in lines):
        return None
    text = _inline(block)
    return None if text is None else f"<p>{text}</p>"


def _heading(block: str) -> str | None:
    found = _HEADING.fullmatch(block)
    text = _inline(found[2]) if found and not found[2][0].isspace() else None
    return None if found is None or text is None else f"<h{len(found[1])}>{text}</h{len(found[1])}>"


def _list(block: str) -> str | None:
    items = []
    for line in block.split("\n"):
        text = _inline(line[2:]) if line.startswith("- ") and _LINE.match(line, 2) else None
        if text is None:
            return None
        items.append(f"<li>{text}</li>")
    return "<ul>\n" + "\n".join(items) + "\n</ul>"


def _quote(block: str) -> str | None:
    lines = block.split("\n")
    if not all(line == ">" or line.startswith("> ") for line in lines):
        return None
    *quoted, last = "\n".join([line[2:] for line in lines]).split("\n\n")
    speaker = _SPEAKER.fullmatch(last) if quoted else None
    made = [_paragraph(inner) for inner in (quoted if speaker else [*quoted, last])]
    if None in made:
        return None
    quote = "\n".join(["<blockquote>", *(html for html in made if html), "</blockquote>"])
    if speaker is None:
        return quote
    said = _inline(last)
    return None if said is None else f'<figure class="quote">\n{quote}\n<figcaption>{said}</figcaption>\n</figure>'
