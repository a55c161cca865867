"""Template tags in Markdown: Hugo's shortcodes, Jekyll's Liquid, Pelican's links. Code is never changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

from mujaz.importing.markdown_text import outside_code
from mujaz.importing.template_tags import read, shown
from mujaz.markdown_body.enclosed import replaced, without
from mujaz.messages.message import Message, say

_REF = re.compile(
    r"\{\{[<%]\s{0,9}(?:rel)?ref\s{1,9}(?:path\s{0,9}=\s{0,9})?[\"`](?P<file>[^\"`]{1,500})[\"`][^{}]{0,200}[>%]\}\}"
)
_HIGHLIGHT = re.compile(r"\{\{<\s{0,9}highlight\s{1,9}(?P<rest>[^<>{}]{0,200})>\}\}\n?")
_HIGHLIGHT_END = re.compile(r"\{\{<\s{0,9}/highlight\s{0,9}>\}\}")
_SHORTCODE, _SHORTCODE_END = re.compile(r"\{\{<|\{\{%"), {"{{<": re.compile(r">\}\}"), "{{%": re.compile(r"%\}\}")}

_RAW = re.compile(r"\{%-?\s{0,9}(?:end)?raw\s{0,9}-?%\}")
_POST_URL = re.compile(r"\{%-?\s{0,9}post_url\s{1,9}(?P<file>[^%{}]{1,500}?)\s{0,9}-?%\}")
_FILE_LINK = re.compile(r"\{%-?\s{0,9}link\s{1,9}(?P<file>[^%{}]{1,500}?)\s{0,9}-?%\}")
_BASE = re.compile(r"\{\{-?\s{0,9}site\.(?:baseurl|url)\s{0,9}-?\}\}")
_FILTERED = re.compile(
    r"\{\{-?\s{0,9}(?:site\.(?:baseurl|url)\s{0,9}\|\s{0,9}append:\s{0,9})?[\"'](?P<path>[^\"'{}]{1,500})[\"']"
    r"(?:\s{0,9}\|\s{0,9}(?:relative_url|absolute_url|prepend:\s{0,9}site\.(?:baseurl|url)))*\s{0,9}-?\}\}"
)
_LIQUID_CODE = re.compile(r"\{%-?\s{0,9}highlight\s{1,9}(?P<rest>[^%{}]{0,200}?)\s{0,9}-?%\}\n?")
_LIQUID_CODE_END = re.compile(r"\{%-?\s{0,9}endhighlight\s{0,9}-?%\}")
_LIQUID, _LIQUID_END = re.compile(r"\{\{|\{%"), {"{{": re.compile(r"\}\}"), "{%": re.compile(r"%\}")}
_LIQUID_TAG = re.compile(r"\{%")
# What stands between is for the writers alone; within `raw` it is text.
_LIQUID_MARK = re.compile(r"\{%-?\s{0,9}(?P<name>(?:end)?(?:comment|raw))\s{0,9}-?%\}")
# The same of kramdown, Jekyll's Markdown, and its other signs, which no reader sees.
_KRAMDOWN = re.compile(r"\{::comment(?:\s[^{}/\n]{0,200})?\}")
_KRAMDOWN_END = re.compile(r"\{:/(?:comment)?\}")
_KRAMDOWN_SIGN = re.compile(
    r"\{::(?:nomarkdown|options)\b[^{}\n]{0,300}\}|\{::comment\s[^{}\n]{0,200}/\}|\{:/(?:nomarkdown)?\}"
)
_HUGO_MARK = re.compile(r"\{\{[<%]\s{0,9}(?P<end>/?)\s{0,9}(?P<name>comment)\s{0,9}[>%]\}\}")
_BRACES = re.compile(r"\A\{[{%][<%]?-?\s{0,9}|\s{0,9}(?:/?[>%]\}\}|-?%\}|-?\}\})\Z")
_WHOLE, _BACKTICKS = re.compile(r"\{\{[<%][^{}]{0,3000}?[>%]\}\}"), re.compile(r"=\s{0,9}`([^`\n]{0,1000})`")
LONGEST = 5_000  # characters of a tag that is read
# A list that kramdown puts a table of contents in the place of.
_CONTENTS = re.compile(r"^[ ]{0,3}(?:[*+-]|1\.)[ \t][^\n]{0,200}\n[ ]{0,3}\{:\s{0,9}toc[^}\n]{0,200}\}[ \t]*$\n?", re.M)


def resolved(text: str, kind: str, note: Callable[[Message], str]) -> str:
    """The text with its link tags as links to files; `note` returns the mark for each tag that cannot be imported."""
    if kind != "pelican":
        text = without_comments(text, kind, note)
    if kind == "hugo":
        text = replaced(_WHOLE.sub(_quoted, text), _HIGHLIGHT, _HIGHLIGHT_END, _fence)
        return outside_code(text, lambda part: _hugo(part, note))
    if kind == "jekyll":
        text = _RAW.sub("", replaced(text, _LIQUID_CODE, _LIQUID_CODE_END, _fence))
        return outside_code(text, lambda part: _liquid(part, note))
    return outside_code(text, lambda part: _plugged(part, note))


def without_comments(text: str, kind: str, note: Callable[[Message], str] = lambda _: "") -> str:
    """The text with a note in the place of each comment; a comment that never ends is none."""
    parts: list[str] = []
    at = 0
    opened: list[re.Match[str]] = []
    for mark in (_HUGO_MARK if kind == "hugo" else _LIQUID_MARK).finditer(text):
        name = ("end" if kind == "hugo" and mark["end"] else "") + mark["name"]
        first = opened[0]["name"] if opened else ""
        if not name.startswith("end"):
            opened += [mark] if name != "raw" or not opened else []
        elif name == f"end{first}":
            begun = opened.pop()
            if first == "comment" and not opened:
                parts += text[at : begun.start()], note(say("import-comment"))
                at = mark.end()
    return "".join((*parts, text[at:]))


def _shown(note: Callable[[Message], str]) -> Callable[[str], str]:
    """What a tag shows, or the mark that it was left out; the end of one whose words stay is nothing."""

    def made(found: str) -> str:
        inner = _BRACES.sub("", found) if len(found) < LONGEST else ""
        if inner.startswith("/"):
            return ""
        told = say("shortcode-left", text=" ".join(found[:999].split()))
        return shown(read(inner), note) or note(told)

    return made


def _quoted(tag: re.Match[str]) -> str:
    """A shortcode with values between double quotes: between backticks they would be taken for code."""
    return _BACKTICKS.sub(lambda raw: '="' + re.sub(r"([\"\\])", r"\\\1", raw[1]) + '"', tag[0])


def _hugo(text: str, note: Callable[[Message], str]) -> str:
    text = _REF.sub(lambda ref: _file(ref["file"]), text)
    return without(text, _SHORTCODE, _SHORTCODE_END, _shown(note))


def _liquid(text: str, note: Callable[[Message], str]) -> str:
    text = without(text, _KRAMDOWN, _KRAMDOWN_END, lambda _: note(say("import-comment")))
    text = _POST_URL.sub(lambda found: _file(found["file"]), _KRAMDOWN_SIGN.sub("", text))
    text = _FILE_LINK.sub(lambda found: quote("/" + found["file"].lstrip("/"), safe="/"), text)
    text = _FILTERED.sub(lambda found: found["path"], _BASE.sub("", _CONTENTS.sub("", text)))
    return without(text, _LIQUID, _LIQUID_END, _shown(note))


def _plugged(text: str, note: Callable[[Message], str]) -> str:
    """Pelican's own text has no tags; those of its plug-in liquid_tags show pictures and films."""
    text = re.sub(r"^\[TOC\]$\n?", "", text, flags=re.M)

    def made(found: str) -> str:
        return (shown(read(_BRACES.sub("", found)), note) if len(found) < LONGEST else None) or found

    return without(text, _LIQUID_TAG, _LIQUID_END, made)


def _file(ref: str) -> str:
    """The file of a reference, whose ending may be missing, as the target of a link."""
    file, _, _ = ref.partition("#")
    ending = file.rpartition(".")[2]
    return quote(file if ending in ("md", "markdown", "html") else f"{file.rstrip('/')}.md", safe="/")


def _fence(opening: re.Match[str], closing: re.Match[str]) -> str:
    language = re.match(r"[\w+-]*", opening["rest"].strip())
    code = opening.string[opening.end() : closing.start()].strip("\n")
    return f"\n```{language[0] if language else ''}\n{code}\n```\n"
