"""What in a page could run, load or lead away, as a parser of HTML sees it: one list, for every hostile test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from tests.support.html import Html

ALLOWED_SCHEMES = {"", "http", "https", "mailto", "tel"}
FORBIDDEN = frozenset(
    "applet area base basefont bgsound embed fieldset font form frame frameset isindex keygen marquee math noembed"
    " noframes noscript object option param plaintext portal select slot style svg template textarea track xmp".split()
)
ADDRESSES = frozenset("action background cite data formaction href longdesc lowsrc manifest ping poster src".split())
LOADS = frozenset(("audio", "embed", "iframe", "img", "input", "script", "source", "track", "video"))
# What the layouts themselves hold, and content never.
OURS = {"form", "svg", "template", "noscript", "style"}


def activity(page: Html, own: str, frames: frozenset[str], *, outside: str = "true()") -> Iterator[str]:
    """A line for everything in the page that a text of content must not have brought about.

    `own` is the site's address, from which alone a page may load; `frames` are the hosts of allowed frames. Elements
    for which the XPath `outside` is false are judged by the strict rules of content.
    """
    for element in page.root.iter():
        if not isinstance(element.tag, str):
            continue
        name = element.tag.lower()
        if name in FORBIDDEN and (name not in OURS or not element.xpath(outside)):
            yield f"<{name}>"
        if name == "script":
            yield from _script(element, own)
        if name == "meta" and (kind := (element.get("http-equiv") or "").lower()):
            yield from _meta(kind, element.get("content") or "", own)
        if name == "iframe" and urlsplit(element.get("src") or "").hostname not in frames:
            yield f"<iframe src={element.get('src')}>"
        for key, value in element.attrib.items():
            yield from _attribute(name, key.lower(), value, own)


def _script(element: Any, own: str) -> Iterator[str]:
    kind, source = element.get("type") or "", element.get("src")
    if kind == "application/ld+json":
        return
    if source is None or not _is_ours(source, own) or (element.text or "").strip():
        yield f"<script src={source}>{(element.text or '')[:60]}"


def _meta(kind: str, content: str, own: str) -> Iterator[str]:
    """A policy, or the redirect of a short link or an old address to a page of ours."""
    leads = re.fullmatch(r"0; ?url=(\S+)", content)
    if kind != "content-security-policy" and not (kind == "refresh" and leads and _is_ours(leads[1], own)):
        yield f"<meta http-equiv={kind} content={content[:60]}>"


def _attribute(name: str, key: str, value: str, own: str) -> Iterator[str]:
    if key.startswith("on") or key in ("style", "srcdoc", "formaction", "ping", "background", "dynsrc", "lowsrc"):
        yield f"<{name} {key}={value[:60]}>"
    if key in ADDRESSES:
        scheme = re.match(r"[^/?#]*?:", "".join(c for c in value if c > " "))
        if scheme and scheme[0][:-1].lower() not in ALLOWED_SCHEMES:
            yield f"<{name} {key}={value[:60]}>"
        if name in LOADS - {"iframe"} and not _is_ours(value, own):
            yield f"<{name} {key}={value[:60]}> loads from elsewhere"
    if key == "srcset":
        for part in value.split(","):
            if part.strip() and not _is_ours(part.split()[0], own):
                yield f"<{name} srcset={part[:60]}> loads from elsewhere"


def _is_ours(address: str, own: str) -> bool:
    return address.startswith(own) or (address.startswith("/") and not re.match(r"[/\\]{2}", address))
