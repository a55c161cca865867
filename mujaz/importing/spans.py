"""Inline HTML to Markdown: texts, emphasis, links, pictures, and notes about the rest.

What depends on the site (the new target of a link, the file of a picture) comes from `Answers`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape as quoted
from typing import Protocol

from mujaz.importing import escape
from mujaz.importing.html import BLOCKS, HIDDEN, LEFT, SCRIPT, Node, text_of
from mujaz.importing.incoming import MOST_TOLD
from mujaz.importing.inline import BREAK, PARAGRAPH, Emphasis, Picture, Text, Token, joined, split, stripped
from mujaz.markdown_body.embeds import embed_of
from mujaz.messages.message import Message, say
from mujaz.model.names import LANGUAGE, PICTURES, RECORDINGS, ending_of, ending_of_address

_LINE_END = re.compile(r"\A[ \t]{0,99}\n")
URL_ALONE = re.compile(r"https?://[^\s<>]{1,2000}")
EMPHASIS = {"strong": "**", "b": "**", "em": "*", "i": "*", "cite": "*", "dfn": "*", "var": "*"}
# Inline elements without a mark in Markdown that articles may hold as HTML.
KEPT = frozenset("abbr bdi bdo del ins kbd mark q ruby rt s small sub sup u".split())
RENAMED = {"strike": "s", "acronym": "abbr", "tt": "code", "samp": "code"}
CODE = frozenset(("code", "tt", "samp"))
MEDIA = ("audio", "video")
CONTROLS = frozenset(("input", "select", "textarea", "option", "optgroup"))
FOOTNOTE = "data-fn"  # on what refers to a footnote, and on the `div` that is its text
DRAWN = frozenset(("object", "embed", "svg", "canvas"))


class Answers(Protocol):
    """What the converter asks. `note` returns the mark of something that is told; it stands in the text.

    `beside` puts a poster or captions beside a recording, under its name and `tail`; False where they are not here.
    """

    def picture(self, src: str) -> str | None: ...
    def file(self, src: str) -> str | None: ...
    def link(self, href: str) -> tuple[str | None, str]: ...
    def frame(self, src: str) -> bool: ...
    def beside(self, src: str, recording: str, tail: str) -> bool: ...
    def note(self, message: Message) -> str: ...


class Spans:
    """Converts inline HTML. With `lines` a line end is a break, and an empty line separates paragraphs.

    `title` is the alt of a picture that has no other description.
    """

    def __init__(self, answers: Answers, *, title: str, lines: bool = False) -> None:
        self.answers, self.title, self.lines = answers, title, lines
        self.footnotes: dict[str, int] = {}  # by the names that they have there

    def shown(self, picture: Picture) -> list[str]:
        """A picture as a block of its own; one that is not here as a link, with its caption as a paragraph."""
        caption = picture.caption.rpartition("|")[0].strip() if picture.bars else ""
        alt = picture.alt or caption or picture.caption or self.title
        if picture.name is None:
            web = picture.src.startswith(("http://", "https://"))
            words = escape.text(picture.alt or picture.src.rpartition("/")[2].partition("?")[0][:80] or "…")
            link = f"[{words}]({escape.address(picture.src)})" if web and not picture.tiny else ""
            mark = picture.marks
            return [part for part in (link + mark, guarded(escape.text(picture.caption))) if part]
        title = _titled(picture.caption, bars=picture.bars)
        return [f"![{escape.attribute(alt)}]({escape.address(picture.name)}{title}){picture.marks}"]

    def embedded(self, node: Node, caption: str = "", *, alone: bool = False) -> list[str]:
        """A frame of a host that the site allows, or a file that is here; else a link if its address is whole: told.

        Where it stands alone, in no line, a known page is a card and a recording a player, with its caption.
        """
        src = node.get("src") or next((one.get("src") for one in node.all("source") if one.get("src")), "")
        src = src or node.get("data-src") or node.get("data-lazy-src")
        address = f"https:{src}" if src.startswith("//") else src
        words = [guarded(escape.text(caption))] if caption else []
        link = linked(address) if URL_ALONE.fullmatch(address) else ""
        if node.tag == "iframe":
            known = embed_of(address)
            allowed = self.answers.frame(known.frame if known else address)
            told = "import-frame" if link else "import-frame-left"
            mark = "" if allowed else self.answers.note(say(told, address=address[:200]))
            if known and alone:
                card = f"![]({escape.address(known.url)}{_titled(caption)})" if caption else linked(known.url)
                return [card + mark]
            if allowed:
                return [f'<iframe src="{quoted(address)}"></iframe>', *words]
        else:
            name = self.answers.file(address) if address else None
            if name and alone and ending_of(name) in RECORDINGS:
                title = escape.attribute(caption or self.title)
                return [f"![{title}]({escape.address(name)}{_titled(caption)}){self.companions(node, name)}"]
            if name:
                return [f'<{node.tag} src="{quoted(escape.address(name))}" controls></{node.tag}>', *words]
            told = "import-media" if link else "media-missing"
            mark = self.answers.note(say(told, kind=say(f"the-{node.tag}"), address=address[:200]))
        return [link + mark, *words]

    def companions(self, node: Node, recording: str) -> str:
        """Poster and captions of a recording, put beside it; the marks of those that are not here."""
        marks = ""
        if (poster := node.get("poster")) and not self.answers.beside(poster, recording, ""):
            marks += self.answers.note(say("picture-missing", picture=poster[:200]))
        for track in node.all("track"):
            language, file = track.get("srclang"), track.get("src")
            tail = f".{language}" if LANGUAGE.fullmatch(language) else ""
            if file and not self.answers.beside(file, recording, tail):
                marks += self.answers.note(say("captions-missing", file=file[:200]))
        return marks

    # ------------------------------------------------------------ within lines

    def line(self, children: Sequence[Node | str], *, between: str) -> str:
        """The children as one line, with `between` for each line break."""
        tokens: list[Token] = []
        for token in self.tokens(children):
            if isinstance(token, Picture):
                tokens.append(" ".join(self.shown(token._replace(caption=""))))
            else:
                tokens.append(between if token in (BREAK, PARAGRAPH) else token)
        return joined(tokens).strip()

    def tokens(self, children: Iterable[Node | str]) -> list[Token]:
        found: list[Token] = []
        for child in children:
            if isinstance(child, Node):
                made = self.element(child)  # two blocks side by side part their lines once
                found += made[1:] if found[-1:] == made[:1] == [BREAK] and child.tag in BLOCKS else made
            else:  # the line that `<br>` ended ends in the source too
                found += self.text(_LINE_END.sub("", child) if self.lines and found[-1:] == [BREAK] else child)
        return found

    def text(self, written: str) -> list[Token]:
        if not self.lines:
            return [Text(escape.text(re.sub(r"[ \t\n]+", " ", written)))]
        found: list[Token] = []
        written = re.sub(r"[ \t]+", " ", written)
        for number, paragraph in enumerate(re.split(r"\n ?\n[ \n]*", written)):
            found += [PARAGRAPH] if number else []
            for row, line in enumerate(paragraph.split("\n")):
                found += [BREAK] if row else []
                found.append(Text(escape.text(line)))
        return found

    def element(self, node: Node) -> list[Token]:
        tag = node.tag
        if tag == "br":
            return [BREAK]
        if tag == "img":
            return self.image(node, "")
        if tag == "a":  # a style set a button apart from the words before it
            return [*([" "] if "button" in node.get("class") else []), *self.anchor(node)]
        if tag in CODE:
            return _code(node)
        if tag == "sup" and (number := self.footnotes.get(node.get(FOOTNOTE))):
            return [f"[^{number}]"]
        if tag in EMPHASIS or tag in KEPT or tag in RENAMED:
            return self.marked(node)
        if tag in DRAWN:
            return [self.answers.note(_drawn(node))]
        if tag in ("iframe", *MEDIA):
            return self.embedded(node)[:1]  # type: ignore[return-value]
        if tag in CONTROLS or tag in ("rp", "wbr"):
            return []
        if tag in BLOCKS:
            return [BREAK, *self.tokens(node.children), BREAK]
        return self.tokens(node.children)

    def marked(self, node: Node) -> list[Token]:
        """Emphasis, and elements that stay HTML; they are split at paragraphs and at pictures."""
        tag = RENAMED.get(node.tag, node.tag)
        found: list[Token] = []
        for part in split(self.tokens(node.children), paragraphs=True):
            if isinstance(part, Picture) or part == [PARAGRAPH]:
                found += [part] if isinstance(part, Picture) else part
                continue
            before, inner, after = stripped(joined(part, strip=False))
            if not inner:
                found.append(before + after)
            else:
                name = {"b": "strong", "i": "em"}.get(tag, tag)
                attributes = "".join(
                    f' {key}="{quoted(" ".join(node.get(key).split()))}"'
                    for key in ("dir", "lang", *(("title",) if tag == "abbr" else ()))
                    if node.get(key)
                ) if tag in KEPT else ""  # fmt: skip
                found += [before, Emphasis(EMPHASIS.get(tag, ""), name, attributes, inner), after]
        return found

    def anchor(self, node: Node) -> list[Token]:
        href = node.get("href")
        tokens = self.tokens(node.children)
        if not href or not tokens:
            return tokens
        found: list[Token] = []
        target, mark = ("", "")
        for part in split(tokens, paragraphs=True):
            if isinstance(part, Picture):
                found.append(part)
                continue
            before, inner, after = stripped(joined(part, strip=False)) if part != [PARAGRAPH] else ("", "", "")
            if not inner:
                found += part
                continue
            if not target:
                target, mark = self.answers.link(href) if not mark else (None, mark)  # type: ignore[assignment]
                inner += mark
            found += [before, f"[{inner}]({escape.address(target)})" if target else inner, after]
        if not mark and not target and any(isinstance(token, Picture) for token in tokens):
            found.append(self.picture_link(href))
        return found

    def picture_link(self, href: str) -> str:
        """A note about the link of a picture; none if it leads to a picture, nearly always to its larger size."""
        end = ending_of_address(href)
        if end in ("jpg", "jpeg", "png", "gif", "webp", "avif"):
            return ""
        return self.answers.note(say("import-picture-link", address=href[:200]))

    def image(self, node: Node, caption: str) -> list[Token]:
        src = node.get("src")
        named = [node.get(key) for key in ("data-src", "data-lazy-src", "data-original") if node.get(key)]
        others = (node.get(key) for key in node.attributes if key.startswith("data-"))
        lazy = next(iter((*named, *(one for one in others if ending_of_address(one) in PICTURES), "")))
        if lazy and (not src or src.startswith("data:") or "placeholder" in src):
            src = lazy
        if not src and node.get("srcset"):
            src = node.get("srcset").split(",")[-1].split()[0] if node.get("srcset").split(",")[-1].split() else ""
        alt = " ".join(node.get("alt").split())
        if any(name in ("emoji", "wp-smiley") for name in node.classes) and alt:
            return [escape.text(alt)]
        if not src:
            return []
        if src.startswith("//"):
            src = f"https:{src}"
        tiny = node.get("width") in ("0", "1") or node.get("height") in ("0", "1")
        name = self.answers.picture(src)
        marks = "" if name else self.answers.note(say("picture-missing", picture=src[:200]))
        return [Picture(name=name, src=src, alt=alt, caption=caption, marks=marks, tiny=tiny)]


def _drawn(node: Node) -> Message:
    """What is told of an element that is left out."""
    if SCRIPT in node.classes:
        return say("import-script")
    if HIDDEN in node.classes:
        return say("import-hidden-text")
    if LEFT in node.classes:
        left = "import-block" if node.get("data-kind") == "block" else "shortcode-removed"
        return say(left, name=node.get("data-name")[:MOST_TOLD])
    return say("import-drawn", name=node.tag)


def _ends(node: Node) -> tuple[str, str]:
    """The first and the last character of the node's text."""
    texts = [child if isinstance(child, str) else "".join(_ends(child)) for child in node.children]
    whole = "".join(texts)
    return whole[:1], whole[-1:]


def _titled(caption: str, *, bars: bool = False) -> str:
    """A caption as a title of Markdown. A bar parts it from a credit, so one that is text has an empty one behind."""
    whole = f"{caption} |" if "|" in caption and not bars else caption
    return f' "{escape.attribute(whole)}"' if caption else ""


def _code(node: Node) -> list[Token]:
    """A code span. It may not have blanks at its ends, so these are put beside it."""
    inner = text_of(node)
    if not inner:
        return [" "] if node.children else []
    first, last = _ends(node)
    return [" " if first.isspace() else "", escape.code(inner), " " if last.isspace() else ""]


def linked(address: str) -> str:
    """An address alone in its paragraph, which the build may embed."""
    return f"<{address.replace('&', '&amp;')}>"


def guarded(text: str) -> str:
    """Escaped text whose lines are escaped at their starts too."""
    return "\n".join(escape.line_start(line) for line in text.split("\n"))
