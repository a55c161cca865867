"""The last look at an import: no word that readers of the old site saw is lost without a line.

What we know of is brought in or told by name; this finds what nobody knows, by its words alone.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from mujaz.importing.html import clean
from mujaz.markdown_body.enclosed import without
from mujaz.messages.message import Message, say
from mujaz.model.names import PICTURES, ending_of_address
from mujaz.model.normal_forms import normalized

MOST = 20  # words that a message names
MOST_SEARCHED = 1_000_000_000  # letters that are searched for words that a mark parts: more would take seconds
_WORD = re.compile(r"[^\W_]{2,}+")
# What no reader saw as words: comments, what runs or draws, tags, template tags, shortcodes, addresses.
_RUN_OR_DRAWN = ("script", "style", "template", "noscript", "svg", "object")
_UNSEEN = re.compile(rf"<!--|<(?:{'|'.join(_RUN_OR_DRAWN)})\b", re.I)
_UNSEEN_ENDS = {"<!--": re.compile("-->")} | {f"<{name}": re.compile(f"</{name}", re.I) for name in _RUN_OR_DRAWN}
# A link that shows something; a picture's to its larger size is none that is missed.
_LINK = re.compile(
    r"<(?:a|area)\s(?:[^<>]{0,2000}?\s)??href\s{0,9}="
    r"\s{0,9}(?:\"(?P<two>[^\"<>]*)\"|'(?P<one>[^'<>]*)'|(?P<bare>[^\s\"'<>]+))(?![^<>]{0,2000}>\s{0,9}</a)",
    re.I,
)
# An element that a program of its page made, by what it shows: `<amp-youtube data-videoid=…>`.
_MADE = re.compile(
    r"<(?P<name>[a-z][a-z0-9]{0,30}[:-][a-z0-9:-]{1,50})\s(?:[^<>]{0,2000}?[\s-])??(?:href|src|url|(?:video)?id)=", re.I
)
_MARKS = re.compile(
    r"<[^<>]*+>|\{\{[^{}]*+\}\}|\{%[^{}]*+\}|\[/?[A-Za-z][^\[\]]*+\]"
    r"|\]\([^()\s]*+|[a-z]++://[^\s<>\"')]++|&#?\w++;"
)


def lost_words(body: str, made: str, told: Iterable[Message]) -> list[str]:
    """The words of a body, each once, that are neither in the article made of it nor in a message about it."""
    words = dict.fromkeys(_words(_MARKS.sub(" ", without(body, _UNSEEN, _UNSEEN_ENDS))))
    kept = [*_words(made), *_words(html.unescape(made)), *(word for one in told for word in _words(one.text()))]
    known, joined = set(kept), "".join(kept)
    gone = [word for word in words if word not in known]
    if len(gone) * len(joined) > MOST_SEARCHED:
        return gone
    return [word for word in gone if word not in joined]  # a mark may part a word there and not here


def untold(body: str, made: str, told: Sequence[Message]) -> list[Message]:
    """A message about the words that are lost, if there are any."""
    gone = lost_words(body, made, told)
    return [say("import-words-lost", words=" ".join(gone[:MOST]), n=len(gone))] if gone else []


def unasked(html_text: str, asked: Collection[str], told: Sequence[Message]) -> Iterator[Message]:
    """Messages about links of HTML of which nobody asked where they lead now, and about elements that nobody knows."""
    seen = without(html_text, _UNSEEN, _UNSEEN_ENDS)
    for name in dict.fromkeys(found["name"].lower() for found in _MADE.finditer(seen)):
        yield say("import-drawn", name=name)
    links = (
        clean(html.unescape(found["two"] or found["one"] or found["bare"] or "")) for found in _LINK.finditer(seen)
    )
    said = "\n".join(one.text() for one in told)
    for link in dict.fromkeys(link.strip() for link in links):
        if (
            link
            and not link.startswith("#")
            and link not in asked
            and link[:200] not in said
            and ending_of_address(link) not in PICTURES
        ):
            yield say("import-link-lost", address=link[:200])


def _words(text: str) -> list[str]:
    return _WORD.findall(normalized("NFC", text))
