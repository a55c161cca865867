"""What is lost of a body on its way to the page, each with its place: HTML that is taken out, marks that are not read.

The sanitiser says nothing of what it removes, so its input is looked through for tags, and only where there are any.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping

from mujaz.markdown_body.enclosed import without
from mujaz.markdown_body.source import Source
from mujaz.messages.errors import Problem
from mujaz.messages.message import Message, say

# What begins a comment, or a tag; one that never ends has no group 4, and holds all up to where that shows.
_TAG = re.compile(r"""<(?:!--|(/?)([a-zA-Z][a-zA-Z0-9-]*+)((?:"[^"]*+"|'[^']*+'|[^>"'])*+)(>)?)""")
_ATTRIBUTE = re.compile(r"""([^\s=>"'/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+))?""")
# Without them the text reads as it did: they part a page, and ours is parted already.
_WRAPPERS = frozenset("html head body main section article header footer nav aside address hgroup picture tt".split())
_FORM = frozenset(
    "button datalist fieldset form input label legend meter optgroup option output progress select".split()
)
_LOOK = frozenset("basefont big blink center font marquee nobr strike".split())
_PLAYER = frozenset("applet embed object param frame frameset".split())
_PAGE = frozenset("base link meta title".split())
_HELP = {
    **dict.fromkeys(_FORM, "instead-of-form"),
    **dict.fromkeys(_LOOK, "instead-of-look"),
    **dict.fromkeys(_PLAYER, "instead-of-player"),
    **dict.fromkeys(_PAGE, "instead-of-page-part"),
    "script": "instead-of-script",
    "noscript": "instead-of-script",
    "template": "instead-of-script",
    "style": "instead-of-style",
    "svg": "instead-of-drawing",
    "canvas": "instead-of-drawing",
    "math": "instead-of-formula",
    "textarea": "instead-of-form",
}
_LOOKS = frozenset("align background bgcolor color face style valign".split())
_ATTRIBUTE_HELP = {
    **dict.fromkeys(_LOOKS, "instead-of-look"),
    "autoplay": "instead-of-autoplay",
    "class": "instead-of-class",
    "download": "instead-of-attribute",
    "hidden": "instead-of-hidden",
    "poster": "instead-of-attribute",
    "usemap": "instead-of-attribute",
}
# A post that a script of its site would have drawn: what is left of it is a quotation with a link.
_POST = re.compile(
    r"\b(?:twitter-(?:tweet|video|timeline)|instagram-media|tiktok-embed|fb-(?:post|video)|reddit-embed|bluesky-embed|"
    r"mastodon-embed|telegram-post|text-post-media|imgur-embed-pub|pinterest-embed)[\w-]*"
)


class Allowed:
    """What the sanitiser leaves: elements, the attributes and classes of each, and what it removes with its content."""

    def __init__(
        self,
        tags: Collection[str],
        attributes: Mapping[str, Collection[str]],
        classes: Mapping[str, Collection[str]],
        whole: Collection[str],
    ) -> None:
        self.tags, self.attributes, self.classes, self.whole = tags, attributes, classes, whole


def elements(unsafe: str, source: Source, allowed: Allowed) -> Iterator[Problem]:
    """A warning for each element and attribute of `unsafe` that the sanitiser takes out and a reader would miss."""
    at, form, comments = 0, False, True
    while tag := _TAG.search(unsafe, at):
        at = tag.end()
        if not tag[2]:
            end = unsafe.find("-->", at) if comments else -1
            comments = end >= 0
            at = end + 3 if comments else at
            continue
        if not tag[4]:
            continue
        name = tag[2].lower()
        if tag[1]:
            form = form and name != "form"
            continue
        if name in allowed.tags:
            yield from _attributes(name, tag, source, allowed)
            continue
        if not (name in _WRAPPERS or (form and name in _FORM)):
            yield _element(name, tag, source, whole=name in allowed.whole)
        form = form or name == "form"
        if name in allowed.whole:
            closed = re.compile(rf"</{name}\s*+>", re.I).search(unsafe, at)
            at = closed.end() if closed else len(unsafe)


def _place(tag: re.Match[str], source: Source) -> int:
    """Where a tag is written; one that Markdown or an attribute list made is looked for by its name."""
    found = source.next(tag[0])
    return found if found >= 0 else source.next(f"<{tag[2]}")


def _element(name: str, tag: re.Match[str], source: Source, *, whole: bool) -> Problem:
    what = say("html-removed-whole" if whole else "html-removed", name=name)
    return source.problem(_place(tag, source), what, say(_HELP.get(name, "instead-of-element")), warning=True)


def _attributes(name: str, tag: re.Match[str], source: Source, allowed: Allowed) -> Iterator[Problem]:
    if not tag[3].strip(" /"):
        return
    known = {*allowed.attributes.get("*", ()), *allowed.attributes.get(name, ())}
    lost: list[tuple[Message, str]] = []
    for attribute, quoted in _ATTRIBUTE.findall(tag[3]):
        key, value = attribute.lower(), html.unescape(quoted.strip("\"'"))
        if key == "class":
            lost += _classes(name, value, allowed)
        elif key not in known and (key in _ATTRIBUTE_HELP or key.startswith("on") or (name, key) == ("ol", "type")):
            help = "instead-of-script" if key.startswith("on") else _ATTRIBUTE_HELP.get(key, "instead-of-look")
            lost.append((say("html-attribute-removed", attribute=key, name=name), help))
    if lost:
        place = _place(tag, source)
        for what, help in lost:
            key = str(dict(what.args).get("attribute", dict(what.args).get("word", "")))
            exact = place if place >= 0 else source.next(key)
            yield source.problem(exact, what, say(help), warning=True)


def _classes(name: str, value: str, allowed: Allowed) -> Iterator[tuple[Message, str]]:
    if post := _POST.search(value):
        yield say("html-post-removed", post=post[0]), "instead-of-post"
        return
    for word in value.split():
        if word not in allowed.classes.get(name, ()) and not (name == "code" and word.startswith("language-")):
            yield say("html-class-removed", word=word, name=name), "instead-of-class"


# ---------------------------------------------------------------- footnotes, and marks that are not read

# What may stand before a definition: the marks of quotes, of items and of what a term means.
_BEFORE = r"^[ \t>]*+(?:(?:[-*+:]|\w{1,9}[.)])[ ]++[ \t>]*+)*+"
_NOTE = re.compile(_BEFORE + r"\[\^([^\]\n]*+)\]:", re.M)
# Lines that Markdown takes out of the text: the address of a link, and an abbreviation with its words.
ADDRESS = re.compile(
    _BEFORE + r"\[(?!\^)([^\[\]\n]++)\]:[ ]*+(?:\n[ ]*+)?(\S++)[ ]*+"
    r"(?:(?:\n[ ]*+)?(?:\"[^\"\n]*+\"|'[^'\n]*+'|\([^()\n]*+\)))?[ ]*+$",
    re.M,
)
ABBREVIATION = re.compile(_BEFORE + r"\*\[([^\[\]\n]++)\][ ]?:[ ]*+\n?[ ]*+([^\n]++)", re.M)
_ABBREVIATED = re.compile(r"<abbr title=\"[^\"]*+\">([^<]++)</abbr>")
_BRACKETED = re.compile(r"\[([^\[\]]*+)\]")
_SHOWN = re.compile(r"\[([^\[\]]*+)\][ ]?:")
_REFERENCE = re.compile(r"\[\^([^\]\n]++)(\]?)")  # without its end it holds the line, where none can follow
_CODE_START = re.compile(r"<(?:pre|code)\b")
_CODE_END = {f"<{name}": re.compile(f"</{name}>") for name in ("pre", "code")}
_PAIRED = re.compile(r"(?<!>)(?:\*\*|__)(?=\S)[^*\n]+(?:\*\*|__)")
_MARKS = re.compile(r"\*\*|__(?=\w)|\]\((?=[^\s)])")
NEAR = 10_000  # letters in which a mark is looked for by what stands behind it


def footnotes(unsafe: str, source: Source) -> Iterator[Problem]:
    """Names of footnotes that are used twice, that nothing refers to, or that no note has."""
    first: dict[str, int] = {}
    for note in _NOTE.finditer(source.read):
        name = note[1]
        if name in first:
            yield source.problem(note.start(), say("footnote-twice", name=name), say("name-each-footnote"))
        elif f'href="#fn:{html.escape(name)}"' not in unsafe and f'id="fn:{html.escape(name)}"' in unsafe:
            yield source.problem(
                note.start(), say("footnote-unused", name=name), say("refer-to-footnote"), warning=True
            )
        first.setdefault(name, note.start())
    referred = _REFERENCE.findall(without(unsafe, _CODE_START, _CODE_END))
    for name in dict.fromkeys(name for name, end in referred if end):
        place = source.next(f"[^{name}]")
        if place >= 0:
            yield source.problem(place, say("footnote-missing", name=name), say("write-footnote"), warning=True)


def definitions(unsafe: str, source: Source) -> Iterator[Problem]:
    """Addresses of links and words of abbreviations that are written twice, or for something that stands nowhere."""
    shown = set(map(_folded, _SHOWN.findall(html.unescape(unsafe))))  # in HTML they are not taken out
    addresses = [line for line in ADDRESS.finditer(source.read) if _folded(line[1]) not in shown]
    abbreviations = [line for line in ABBREVIATION.finditer(source.read) if _folded(line[1]) not in shown]
    named = Counter(map(_folded, _BRACKETED.findall(source.read)))
    named.subtract(_folded(line[1]) for line in (*addresses, *abbreviations))
    yield from _without_use("address-unused", addresses, lambda name: named[_folded(name)] > 0, source)
    met = {html.unescape(name) for name in _ABBREVIATED.findall(unsafe)}
    yield from _without_use("abbreviation-unused", abbreviations, lambda name: name.strip() in met, source)


def _folded(name: str) -> str:
    return " ".join(name.split()).lower()


def _without_use(
    what: str, lines: Collection[re.Match[str]], is_met: Callable[[str], bool], source: Source
) -> Iterator[Problem]:
    last = {_folded(line[1]): line for line in lines}
    for line in lines:
        latest = last[_folded(line[1])]
        if latest[2] != line[2]:
            yield source.problem(line.start(), say("definition-twice", name=line[1]), say("keep-one-line"))
        elif latest is line and not is_met(line[1]):
            yield source.problem(line.start(), say(what, name=line[1]), say("show-brackets"), warning=True)


def marks(text: str, source: Source) -> Iterator[Problem]:
    """Marks of Markdown that a reader would see: never closed, or in HTML, where they are not read."""
    at, read = 0, _PAIRED.sub(lambda pair: " " * len(pair[0]), source.read)
    last = {mark: read.rfind(mark) for mark in ("**", "__", "](")}
    for mark in _MARKS.finditer(text):
        place = -1
        for around in (12, 6, 3, 0) if last[mark[0]] >= at else ():
            end = at + NEAR if around else len(read)
            place = read.find(text[mark.start() : mark.end() + around], at, end)
            if place >= 0:
                break
        if place >= 0:
            at = place + 1
            yield source.problem(place, say("mark-not-read", mark=mark[0]), say("close-mark"), warning=True)
