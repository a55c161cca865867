"""Tags of templates that show a picture, a recording or a page elsewhere: Hugo's shortcodes, Jekyll's includes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from typing import NamedTuple

from mujaz.markdown_body.embeds import embed_of
from mujaz.messages.message import Message, say
from mujaz.model.names import PICTURES, RECORDINGS, ending_of_address

_WORD = re.compile(
    r"(?:(?P<key>[A-Za-z_][\w-]{0,50})\s{0,9}=\s{0,9})?"
    r"(?:\"(?P<two>(?:[^\"\\]|\\.){0,1000})\"|'(?P<one>[^']{0,1000})'|`(?P<raw>[^`]{0,1000})`|(?P<bare>[^\s\"'`=]{1,1000}))"
)
_SOURCES = ("src", "url", "image", "image_path", "path", "file", "name", "filename", "video", "audio")
_IDS = ("id", "video_id", "videoid", "code", "url", "src", "link")
# Markdown that Hugo renders in captions, which are plain text here.
_MARKED = re.compile(
    r"!?\[(?P<link>[^\[\]]{0,1000})\]\((?:[^()\s]|\([^()\s]{0,99}\)){1,1000}(?:\s{1,9}(?:\"[^\"]{0,999}\"|'[^']{0,999}'))?\)"
    r"|(?<!\\)(?P<strong>\*\*|__)(?=\S)(?P<bold>[^*_]{1,1000})(?<=\S)(?P=strong)"
    r"|(?<![\w*_\\])(?P<sign>[*_])(?=\S)(?P<slanted>[^*_]{1,1000})(?<=\S)(?P=sign)(?![\w*_])"
    r"|\\(?P<plain>[\\`*_{}\[\]()#+.!~<>-])"
)
_WORDS = ("link", "bold", "slanted", "plain")
_FILM = re.compile(r"[A-Za-z0-9_-]{11}")
_NUMBER = re.compile(r"[0-9]{2,20}")
_INSTAGRAM = re.compile(r"[A-Za-z0-9_-]{5,30}")


class Tag(NamedTuple):
    """`name` is that of a shortcode, or of the file that is included; `quoted` are the keys whose values were so."""

    name: str
    named: Mapping[str, str]
    quoted: frozenset[str]
    others: tuple[str, ...]

    def said(self, *keys: str) -> str:
        """The first text of these keys: a bare word is the name of a value there."""
        return next((self.named[key] for key in keys if key in self.quoted and self.named[key].strip()), "")


def read(inner: str) -> Tag:
    """A tag by what stands between its braces."""
    named: dict[str, str] = {}
    quoted: set[str] = set()
    words: list[str] = []
    for one in _WORD.finditer(inner):
        text = one["two"] if one["two"] is not None else one["one"] if one["one"] is not None else one["raw"]
        value = re.sub(r"\\([\"\\])", r"\1", text) if text is not None else one["bare"]
        if one["key"]:
            named[one["key"].lower()] = value
            quoted |= {one["key"].lower()} if text is not None else set()
        else:
            words.append(value)
    if words and words[0] in ("include", "include_relative", "include_cached"):
        words.pop(0)
    return Tag(words[0].lower() if words else "", named, frozenset(quoted), tuple(words[1:]))


def shown(tag: Tag, note: Callable[[Message], str]) -> str | None:
    """What the tag shows, as a figure of HTML; None for one that is nothing here."""
    if page := _page(tag):
        mark = "" if embed_of(page) else note(say("import-frame", address=page))
        return f"\n\n<figure>{escape(page)}</figure>{mark}\n\n"
    values = [*(tag.named[key] for key in _SOURCES if key in tag.named), *tag.others]
    source = next((value for value in values if ending_of_address(value) in PICTURES | RECORDINGS.keys()), "")
    if not source:
        return None
    words = " — ".join(dict.fromkeys(filter(None, (tag.said("title"), _unmarked(tag.said("caption", "description"))))))
    if ending_of_address(source) in RECORDINGS:
        kind = RECORDINGS[ending_of_address(source)].partition("/")[0]
        made = _element(kind, src=source, poster=tag.named.get("poster", "")) + f"</{kind}>"
    else:
        made = _element("img", src=source, alt=tag.said("alt"))
    figure = _element("figure", **{"data-credit": _unmarked(tag.said("attr", "credit"))})
    return f"\n\n{figure}{made}<figcaption>{escape(words)}</figcaption></figure>\n\n"


def _unmarked(text: str) -> str:
    """The words of a line of Markdown. Marks lie in one another at most three deep."""
    for _ in range(3):
        text = _MARKED.sub(lambda found: "".join(filter(None, found.group(*_WORDS))), text)
    return text


def _element(name: str, **attributes: str) -> str:
    written = [f' {key}="{escape(value)}"' for key, value in attributes.items() if value]
    return f"<{name}{''.join(written)}>"


def _page(tag: Tag) -> str:
    """The address of the film or the post that it shows, "" where it shows none."""
    site = f"{tag.name} {tag.named.get('provider', '')}".lower()
    ids = [*(tag.named[key] for key in _IDS if key in tag.named), *tag.others]
    if address := next((one for one in ids if embed_of(one)), ""):
        return address
    first = ids[0] if ids else ""
    if ("youtube" in site or re.search(r"\byt\b", site)) and _FILM.fullmatch(first):
        return f"https://www.youtube.com/watch?v={first}"
    if "vimeo" in site and _NUMBER.fullmatch(first):
        return f"https://vimeo.com/{first}"
    if tag.name in ("x", "tweet", "twitter", "x_simple", "twitter_simple"):
        numbers = [one for one in ids if _NUMBER.fullmatch(one)]
        user = tag.named.get("user", "")
        return f"https://x.com/{user or 'i'}/status/{numbers[0]}" if numbers and re.fullmatch(r"\w{0,15}", user) else ""
    if tag.name in ("instagram", "instagram_simple") and _INSTAGRAM.fullmatch(first):
        return f"https://www.instagram.com/p/{first}/"
    if tag.name == "gist" and len(tag.others) > 1 and all(re.fullmatch(r"[\w-]{1,60}", one) for one in tag.others[:2]):
        return f"https://gist.github.com/{tag.others[0]}/{tag.others[1]}"
    return ""
