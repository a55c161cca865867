"""A tree of HTML to the Markdown that articles are written in: every word as it was shown.

What its site must know (where a link leads now, where the file of a picture is) is asked of `Answers`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from mujaz.importing import escape, tables
from mujaz.importing.html import BLOCKS, SCRIPT, Node, text_of
from mujaz.importing.inline import BREAK, PARAGRAPH, Emphasis, Picture, Token, joined, split, stripped
from mujaz.importing.notes import NOTES_ALONE, without_notes
from mujaz.messages.message import Message, say

URL_ALONE = re.compile(r"https?://[^\s<>]{1,2000}")
EMPHASIS = {"strong": "**", "b": "**", "em": "*", "i": "*", "cite": "*", "dfn": "*", "var": "*"}
# Elements within a line that Markdown has no mark for, and that articles may hold as HTML.
KEPT = frozenset("abbr bdi bdo del ins kbd mark q ruby rt s small sub sup u".split())
RENAMED = {"strike": "s", "acronym": "abbr", "tt": "code", "samp": "code"}
CODE = frozenset(("code", "tt", "samp"))
MEDIA = ("audio", "video")
CONTROLS = frozenset(("input", "select", "textarea", "option", "optgroup"))
DRAWN = frozenset(("object", "embed", "svg", "canvas"))
HEADINGS = {"h1": "##", "h2": "##", "h3": "###", "h4": "####", "h5": "#####", "h6": "######"}
CELLS = ("td", "th", "table", "ul", "ol", "blockquote", "pre")


class Answers(Protocol):
    """What the converter asks. `note` returns the mark of something that is told; it stands in the text for its line."""

    def picture(self, src: str) -> str | None: ...
    def file(self, src: str) -> str | None: ...
    def link(self, href: str) -> tuple[str | None, str]: ...
    def frame(self, src: str) -> bool: ...
    def note(self, message: Message) -> str: ...


class Converter:
    """Converts one body. With `lines` a line end is a break and an empty line parts paragraphs, as WordPress shows them.

    `title` describes a picture that nothing else describes.
    """

    def __init__(self, answers: Answers, *, title: str, lines: bool = False) -> None:
        self.answers, self.title, self.lines = answers, title, lines

    def convert(self, root: Node) -> str:
        return "\n\n".join(self.blocks(root.children, top=True))

    # ------------------------------------------------------------ blocks

    def blocks(self, children: Sequence[Node | str], *, top: bool) -> list[str]:
        """The blocks of these, each without an empty line at its ends. `top`: they stand in no list and no quote."""
        made: list[str] = []
        run: list[Node | str] = []
        for child in [*children, None]:
            if child is None or (isinstance(child, Node) and (child.tag in BLOCKS or _holds_blocks(child))):
                made += self.run(run)
                run = []
                if child is not None:
                    made += self.block(child, top=top)
            else:
                run.append(child)
        return _notes_beside(made)

    def block(self, node: Node, *, top: bool) -> list[str]:
        """The blocks of one element that is a block or holds one."""
        tag = node.tag
        if tag in HEADINGS:
            return self.heading(node)
        if tag in ("ul", "ol", "dir", "menu"):
            return self.list(node)
        if tag == "blockquote":
            return self.quote(node)
        if tag == "pre":
            return self.pre(node, top=top)
        if tag == "table":
            return tables.table(self, node, top=top)
        if tag == "dl":
            return self.definitions(node)
        if tag == "figure":
            return self.figure(node, top=top)
        if tag == "hr":
            return ["* * *"]
        if tag in ("iframe", *MEDIA):
            return self.embedded(node)
        if tag in CONTROLS:
            return []
        if tag == "form":
            return [self.answers.note(say("import-form")), *self.blocks(node.children, top=top)]
        if tag == "a":
            mark = self.picture_link(node.get("href")) if node.get("href") else ""
            return [*self.blocks(node.children, top=top), *([mark] if mark else [])]
        if tag == "summary":
            return self.run([Node("strong", children=node.children)])
        return self.blocks(node.children, top=top)

    def run(self, pieces: Sequence[Node | str]) -> list[str]:
        """Paragraphs and pictures of what stands within lines."""
        if all(isinstance(piece, str) for piece in pieces):
            alone = "".join(str(piece) for piece in pieces).strip()
            if URL_ALONE.fullmatch(alone):
                return [f"<{alone.replace('&', '&amp;')}>"]
        made: list[str] = []
        for part in split(self.tokens(pieces)):
            if isinstance(part, Picture):
                made += self.shown(part)
            elif text := joined(part):
                made.append(_guarded(text))
        return made

    def heading(self, node: Node) -> list[str]:
        tokens = self.tokens(node.children)
        pictures = [self.shown(token) for token in tokens if isinstance(token, Picture)]
        text = joined([" " if token in (BREAK, PARAGRAPH) else token for token in tokens if not isinstance(token, Picture)])
        line = escape.heading_end(" ".join(text.split()))
        level = HEADINGS[node.tag]
        return [*([f"{level} {line}"] if without_notes(line).strip() else [line] if line else []), *sum(pictures, [])]

    def list(self, node: Node) -> list[str]:
        """A list; its items stand apart as soon as one of them has several blocks."""
        start = node.get("start")
        number = int(start) if node.tag == "ol" and re.fullmatch(r"[0-9]{1,9}", start) else 1
        items: list[list[str]] = []
        notes = ""
        for child in node.children:
            if isinstance(child, str) and not child.strip():
                continue
            inner = child.children if isinstance(child, Node) and child.tag == "li" else [child]
            blocks = self.blocks(inner, top=False)
            if blocks and all(NOTES_ALONE.fullmatch(block) for block in blocks):
                notes += "".join(blocks)
            elif blocks:
                items.append(blocks)
        apart = any(len(item) > 1 for item in items)
        written = []
        for index, item in enumerate(items):
            mark = f"{number + index}." if node.tag == "ol" else "-"
            text = ("\n\n" if apart else "\n").join(item)
            written.append(f"{mark} " + text.replace("\n", "\n    "))
        whole = ("\n\n" if apart else "\n").join(written)
        return [part for part in (re.sub(r"[ ]+$", "", whole, flags=re.M), notes) if part]

    def quote(self, node: Node) -> list[str]:
        speaker = next((one for one in node.all("cite", "footer") if text_of(one)), None)
        inner = self.blocks(_less(node, speaker) if speaker else node.children, top=False)
        if speaker:
            said = joined([token for token in self.tokens(speaker.children) if token not in (BREAK, PARAGRAPH)])
            inner.append(said if said[:1] in "—–―" else f"— {said}")
        if not inner or all(NOTES_ALONE.fullmatch(block) for block in inner):
            return inner
        lines = "\n\n".join(inner).split("\n")
        return ["\n".join(f"> {line}".rstrip() for line in lines)]

    def pre(self, node: Node, *, top: bool) -> list[str]:
        """Code as a fence; a poem, or what holds other marks than code's own, as lines."""
        marked = {one.tag for one in node.all("a", "b", "strong", "em", "i", "br", "img", "span")} - {"span"}
        if top and not marked and not any("verse" in name for name in node.classes):
            text = "".join(_raw(node)).strip("\n")
            longest = max((len(run) for run in re.findall("`+", text)), default=0)
            fence = "`" * max(3, longest + 1)
            return [f"{fence}\n{text}\n{fence}"] if text.strip() else []
        lines, self.lines = self.lines, True
        try:
            return self.blocks(node.children, top=top)
        finally:
            self.lines = lines

    def definitions(self, node: Node) -> list[str]:
        rows = []
        for one in node.all("dt", "dd"):
            text = " ".join(self.line(one.children, between=" ").split())
            if text:
                rows.append(escape.line_start(text) if one.tag == "dt" else f":   {text}")
        if not rows or not rows[0].startswith(":   ") and any(row.startswith(":   ") for row in rows):
            return ["\n".join(("\n" + row if index and not row.startswith(":   ") else row) for index, row in enumerate(rows))]
        return [_guarded(row.removeprefix(":   ")) for row in rows]

    # ------------------------------------------------------------ pictures, frames, sound, film

    def figure(self, node: Node, *, top: bool) -> list[str]:
        """A picture with its caption; of a frame or a table the caption is a paragraph after it."""
        caption = next(iter(node.all("figcaption")), None)
        rest = _less(node, caption) if caption else node.children
        pictures = list(node.all("img"))
        plain = not any(True for _ in node.all(*CELLS, "figure", "iframe", *MEDIA))
        if len(pictures) != 1 or not plain:
            return [*self.blocks(rest, top=top), *(self.blocks(caption.children, top=top) if caption else ())]
        words = " ".join(filter(None, (text_of(Node("figure", children=[*rest])), text_of(caption) if caption else "")))
        made = [token for token in self.tokens(rest) if isinstance(token, Picture)]
        return self.shown(made[0]._replace(caption=words)) if made else self.run([words])

    def shown(self, picture: Picture) -> list[str]:
        """A picture as a block of its own; one that is not here as a link, with its caption as a paragraph."""
        alt = picture.alt or picture.caption or self.title
        if picture.name is None:
            web = picture.src.startswith(("http://", "https://"))
            words = escape.text(picture.alt or picture.src.rpartition("/")[2].partition("?")[0][:80] or "…")
            link = f"[{words}]({escape.address(picture.src)})" if web and not picture.tiny else ""
            mark = picture.marks
            return [part for part in (link + mark, _guarded(escape.text(picture.caption))) if part]
        title = f' "{escape.attribute(_with_credit(picture))}"' if picture.caption else ""
        return [f"![{escape.attribute(alt)}]({escape.address(picture.name)}{title}){picture.marks}"]

    def embedded(self, node: Node) -> list[str]:
        """A frame of a host that the site allows, or a file that is here; else a link, which is told."""
        src = node.get("src") or next((one.get("src") for one in node.all("source") if one.get("src")), "")
        src = src or node.get("data-src")
        address = f"https:{src}" if src.startswith("//") else src
        if node.tag == "iframe":
            if self.answers.frame(address):
                return [f'<iframe src="{_quoted(address)}"></iframe>']
            mark = self.answers.note(say("import-frame", address=address[:200]))
        else:
            if name := self.answers.file(address) if address else None:
                return [f'<{node.tag} src="{_quoted(escape.address(name))}" controls></{node.tag}>']
            mark = self.answers.note(say("import-media", kind=say(f"the-{node.tag}"), address=address[:200]))
        web = URL_ALONE.fullmatch(address)
        return [(f"<{address.replace('&', '&amp;')}>" if web else "") + mark]

    # ------------------------------------------------------------ within lines

    def line(self, children: Sequence[Node | str], *, between: str) -> str:
        """All of it within one line, `between` where a line ended."""
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
            found += self.text(child) if isinstance(child, str) else self.element(child)
        return found

    def text(self, written: str) -> list[Token]:
        if not self.lines:
            return [escape.text(re.sub(r"[ \t\n]+", " ", written))]
        found: list[Token] = []
        for number, paragraph in enumerate(re.split(r"[ \t]*\n[ \t]*\n\s*", written)):
            found += [PARAGRAPH] if number else []
            for row, line in enumerate(paragraph.split("\n")):
                found += [BREAK] if row else []
                found.append(escape.text(re.sub(r"[ \t]+", " ", line)))
        return found

    def element(self, node: Node) -> list[Token]:
        tag = node.tag
        if tag == "br":
            return [BREAK]
        if tag == "img":
            return self.image(node, "")
        if tag == "a":
            return self.anchor(node)
        if tag in CODE:
            return [escape.code(text_of(node))] if text_of(node) else []
        if tag in EMPHASIS or tag in KEPT or tag in RENAMED:
            return self.marked(node)
        if tag in DRAWN:
            return [self.answers.note(say("import-script" if SCRIPT in node.classes else "import-drawn", name=tag))]
        if tag in ("iframe", *MEDIA):
            return self.embedded(node)[:1]  # type: ignore[return-value]
        if tag in CONTROLS or tag in ("rp", "wbr"):
            return []
        if tag in BLOCKS:
            return [BREAK, *self.tokens(node.children), BREAK]
        return self.tokens(node.children)

    def marked(self, node: Node) -> list[Token]:
        """Emphasis, and what stays an element; each paragraph and each side of a picture has its own."""
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
                    f' {key}="{_quoted(node.get(key))}"' for key in ("dir", "lang") if node.get(key)
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
        """The link of a picture is its own large size nearly always; another one is told."""
        end = href.partition("?")[0].partition("#")[0].rpartition(".")[2].lower()
        if end in ("jpg", "jpeg", "png", "gif", "webp", "avif"):
            return ""
        return self.answers.note(say("import-picture-link", address=href[:200]))

    def image(self, node: Node, caption: str) -> list[Token]:
        src = node.get("src")
        lazy = next((node.get(key) for key in ("data-src", "data-lazy-src", "data-original") if node.get(key)), "")
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


def _with_credit(picture: Picture) -> str:
    """A bar parts caption and credit; one that is text of the caption is followed by an empty credit."""
    return f"{picture.caption} |" if "|" in picture.caption and not picture.bars else picture.caption


def _guarded(text: str) -> str:
    return "\n".join(escape.line_start(line) for line in text.split("\n"))


def _quoted(text: str) -> str:
    from html import escape as html_escape

    return html_escape(text)


def _holds_blocks(node: Node) -> bool:
    """Whether a block stands in an element of a line; in a link it is a part of its text."""
    if node.tag == "a":
        return any(True for _ in node.all("table", "ul", "ol", "blockquote", "iframe", "pre", "figure"))
    return any(True for _ in node.all(*BLOCKS))


def _less(node: Node, gone: Node) -> list[Node | str]:
    """The children of `node` without `gone`, wherever it stands in it."""
    kept: list[Node | str] = []
    for child in node.children:
        if child is gone:
            continue
        if isinstance(child, Node) and any(one is gone for one in child.all(gone.tag)):
            child = Node(child.tag, child.attributes, _less(child, gone))
        kept.append(child)
    return kept


def _raw(node: Node) -> Iterable[str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
        else:
            yield from _raw(child)


def _notes_beside(blocks: list[str]) -> list[str]:
    """Marks of notes that would be a block of their own stand at the start of the next, or at the end of the last."""
    made: list[str] = []
    waiting = ""
    for block in blocks:
        if NOTES_ALONE.fullmatch(block):
            waiting += block
        else:
            made.append(waiting + block)
            waiting = ""
    if waiting and made:
        made[-1] += waiting
    return made or [waiting] if waiting else made
