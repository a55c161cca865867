"""What the site's own layouts load from other hosts, or run within a page, and its policy makes browsers refuse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from mujaz.frozen import asdict
from mujaz.layouts.sources import tree
from mujaz.markdown_body.enclosed import without
from mujaz.messages.errors import Problem
from mujaz.messages.message import say
from mujaz.model.settings import Config

TAG = re.compile(
    r"<(script|link|img|source|audio|video|track|iframe|embed|form)\b"
    r"((?:[^>\"']|\"[^\"]{0,9999}+\"|'[^']{0,9999}+'){0,2000}+)>",
    re.I,
)
ADDRESS = re.compile(r"\b(?:src|href|action|poster)\s*+=\s*+[\"']?(?:https?:)?//([^/\s\"'>?#{]+)", re.I)
REL = re.compile(r"\brel\s*+=\s*+[\"']?+([^\"'>]*+)", re.I)
STYLES = re.compile(r"\bstylesheet\b", re.I)
IN_CSS = re.compile(r"(@import\s++(?:url\()?|url\()\s*+[\"']?(?:https?:)?//([^/\s\"')?#]+)", re.I)
IN_JS = re.compile(
    r"\b(?:fetch|WebSocket|EventSource|sendBeacon|open)\([^)]{0,999}?[\"'`](?:https?|wss?)://([^/\s\"'`?#]+)"
)
# From the beginning of a tag to the next end of one: what it runs within the page, and what of a script runs nothing.
PIECE = re.compile(r"<[a-z][^>]*+>?", re.I)
RUN = re.compile(r"\s(?:style|on[a-z]++)\s*+=\s*+[\"']", re.I)
SCRIPT, NOT_RUN = re.compile(r"<script\b", re.I), re.compile(r"\bsrc\s*+=|\bjson", re.I)
KINDS = {
    **{"script": "script", "img": "img", "iframe": "frame", "embed": "frame", "form": "form", "link": "style"},
    **dict.fromkeys(("source", "audio", "video", "track"), "media"),
}
COMMENT, COMMENT_ENDS = re.compile(r"\{#|<!--"), {"{#": re.compile(r"#\}"), "<!--": re.compile("-->")}
MAILS = ("email.html", "email.txt")  # no policy applies to them


def refused(root: Path, config: Config) -> Iterator[Problem]:
    """A warning for each file of another host, and each inline script or style, that the policy blocks."""
    allowed = {kind: set(hosts) for kind, hosts in asdict(config.policy).items()}
    for name, path in tree(root / config.layouts):
        if name in MAILS or name.startswith("static/"):
            continue
        text = path.read_text(encoding="utf-8", errors="replace") if name.endswith((".html", ".css", ".js")) else ""
        text = without(text, COMMENT, COMMENT_ENDS, lambda comment: re.sub(r"[^\n]", " ", comment))
        for at, kind, host in asked(name, text):
            line = text.count("\n", 0, at) + 1
            message, help = say("inline-refused"), say("move-into-assets")
            if kind and host.lower() in allowed[kind]:
                continue
            if kind:
                message = say("host-refused", host=host, kind=f"policy.{kind}")
                help = say("allow-host", kind=kind, host=host)
            yield Problem(path=f"{config.layouts}/{name}", line=line, message=message, help=help, warning=True)


def asked(name: str, text: str) -> Iterator[tuple[int, str, str]]:
    """(offset, kind, host) of each file that a layout loads from a host; kind and host are empty for inline code."""
    if name.endswith(".css"):
        yield from (
            (found.start(), "style" if found[1][0] == "@" else "img", found[2]) for found in IN_CSS.finditer(text)
        )
        return
    if name.endswith(".js"):
        yield from ((found.start(), "connect", found[1]) for found in IN_JS.finditer(text))
        return
    for tag in TAG.finditer(text):
        kind = KINDS[tag[1].lower()]
        if (address := ADDRESS.search(tag[2])) and (tag[1].lower() != "link" or _is_style(tag[2])):
            yield tag.start(), kind, address[1]
    yield from ((at, "", "") for at in _inline(text))


def _inline(text: str) -> Iterator[int]:
    """Where each tag begins that runs a script or a style of its own: one with such an attribute, or a script."""
    for piece in PIECE.finditer(text):
        tag = piece[0]
        run = [found.end() for found in RUN.finditer(tag)]
        outside = max((found.start() for found in NOT_RUN.finditer(tag)), default=-1)
        scripts = [found.start() for found in SCRIPT.finditer(tag) if found.start() > outside and tag[-1] == ">"]
        if run or scripts:
            first = 0 if run else scripts[0]
            yield piece.start() + first
            # Where a tag has no end, the next one begins in it.
            behind = [at for at in scripts if run and scripts[0] and at >= run[-1]]
            yield from (piece.start() + at for at in behind[:1])


def _is_style(attributes: str) -> bool:
    return any(STYLES.search(value) for value in REL.findall(attributes))
