"""The tags of templates in Markdown: Hugo's shortcodes, Jekyll's Liquid, Pelican's links. Code is not touched."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

from mujaz.importing.html import without
from mujaz.importing.markdown_text import outside_code
from mujaz.messages.message import Message, say

_REF = re.compile(
    r"\{\{[<%]\s{0,9}(?:rel)?ref\s{1,9}(?:path\s{0,9}=\s{0,9})?[\"`](?P<file>[^\"`]{1,500})[\"`][^{}]{0,200}[>%]\}\}"
)
_FIGURE = re.compile(r"\{\{[<%]\s{0,9}figure\s(?P<rest>[^{}]{1,2000}?)/?\s{0,9}[>%]\}\}")
_ATTRIBUTE = re.compile(
    r"(?P<key>src|alt|caption|title|attr)\s{0,9}=\s{0,9}(?:\"(?P<value>[^\"]{0,1000})\"|`(?P<raw>[^`]{0,1000})`)"
)
_HIGHLIGHT = re.compile(
    r"\{\{<\s{0,9}highlight\s{1,9}(?P<rest>[^<>{}]{0,200})>\}\}\n?(?P<code>.{0,50000}?)\{\{<\s{0,9}/highlight\s{0,9}>\}\}",
    re.S,
)
_SHORTCODE, _SHORTCODE_END = re.compile(r"\{\{<|\{\{%"), {"{{<": re.compile(r">\}\}"), "{{%": re.compile(r"%\}\}")}

_RAW = re.compile(r"\{%-?\s{0,9}(?:end)?raw\s{0,9}-?%\}")
_POST_URL = re.compile(r"\{%-?\s{0,9}post_url\s{1,9}(?P<file>[^%{}]{1,500}?)\s{0,9}-?%\}")
_FILE_LINK = re.compile(r"\{%-?\s{0,9}link\s{1,9}(?P<file>[^%{}]{1,500}?)\s{0,9}-?%\}")
_BASE = re.compile(r"\{\{-?\s{0,9}site\.(?:baseurl|url)\s{0,9}-?\}\}")
_FILTERED = re.compile(
    r"\{\{-?\s{0,9}(?:site\.(?:baseurl|url)\s{0,9}\|\s{0,9}append:\s{0,9})?[\"'](?P<path>[^\"'{}]{1,500})[\"']"
    r"(?:\s{0,9}\|\s{0,9}(?:relative_url|absolute_url|prepend:\s{0,9}site\.(?:baseurl|url)))*\s{0,9}-?\}\}"
)
_LIQUID_CODE = re.compile(
    r"\{%-?\s{0,9}highlight\s{1,9}(?P<rest>[^%{}]{0,200}?)\s{0,9}-?%\}\n?(?P<code>.{0,50000}?)\{%-?\s{0,9}endhighlight\s{0,9}-?%\}",
    re.S,
)
_LIQUID, _LIQUID_END = re.compile(r"\{\{|\{%"), {"{{": re.compile(r"\}\}"), "{%": re.compile(r"%\}")}


def resolved(text: str, kind: str, note: Callable[[Message], str]) -> str:
    """The text with its links as links by files; `note` marks the place of each tag that is nothing here."""
    if kind == "hugo":
        return outside_code(_HIGHLIGHT.sub(_fence, text), lambda part: _hugo(part, note))
    if kind == "jekyll":
        text = _RAW.sub("", _LIQUID_CODE.sub(_fence, text))
        return outside_code(text, lambda part: _liquid(part, note))
    return text


def _gone(note: Callable[[Message], str]) -> Callable[[str], str]:
    return lambda found: note(say("shortcode-left", text=" ".join(found[:999].split())[:60]))


def _hugo(text: str, note: Callable[[Message], str]) -> str:
    text = _FIGURE.sub(_figure, _REF.sub(lambda ref: _file(ref["file"]), text))
    return without(text, _SHORTCODE, _SHORTCODE_END, _gone(note))


def _liquid(text: str, note: Callable[[Message], str]) -> str:
    text = _POST_URL.sub(lambda found: _file(found["file"]), text)
    text = _FILE_LINK.sub(lambda found: quote("/" + found["file"].lstrip("/"), safe="/"), text)
    text = _FILTERED.sub(lambda found: found["path"], _BASE.sub("", text))
    return without(text, _LIQUID, _LIQUID_END, _gone(note))


def _file(ref: str) -> str:
    """The file that a reference means, as a link would name it; it may go without its ending."""
    file, _, _ = ref.partition("#")
    ending = file.rpartition(".")[2]
    return quote(file if ending in ("md", "markdown", "html") else f"{file.rstrip('/')}.md", safe="/")


def _figure(match: re.Match[str]) -> str:
    """Hugo's figure as a picture with its caption."""
    words = {one["key"]: one["value"] or one["raw"] or "" for one in _ATTRIBUTE.finditer(match["rest"])}
    if "src" not in words:
        return match[0]
    caption = " | ".join(filter(None, (words.get("caption") or words.get("title"), words.get("attr"))))
    title = f' "{caption}"'.replace("\n", " ") if caption else ""
    alt = re.sub(r"[\[\]]", "", words.get("alt", ""))
    return f"\n\n![{alt}](<{words['src']}>{title})\n\n"


def _fence(found: re.Match[str]) -> str:
    language = re.match(r"[\w+-]*", found["rest"].strip())
    return f"\n```{language[0] if language else ''}\n{found['code'].strip(chr(10))}\n```\n"
