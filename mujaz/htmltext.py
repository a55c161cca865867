"""HTML of other systems to the Markdown that articles are written in."""

from __future__ import annotations

import re

SHORTCODE = re.compile(
    r"\[/?(?P<name>[a-z][a-z0-9_-]*)(?P<rest>(?:\s+[a-z_-]+=(?:\"[^\"]*\"|'[^']*'|\S+))*)\s*/?\](?!\()"
)
BLOCK = re.compile(r"<(p|div|blockquote|ul|ol|table|h[1-6]|figure|pre)\b", re.I)
SILENT = re.compile(r"<(script|style|iframe|form|object)\b.*?</\1\s*>", re.I | re.DOTALL)  # with what is in them
KEPT = ("caption",)  # whose inside is text and picture


def markdown(html: str) -> str:
    from markdownify import markdownify

    text = markdownify(SILENT.sub("", html), heading_style="ATX", bullets="-")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in str(text).splitlines())).strip()


def paragraphs(html: str) -> str:
    """WordPress keeps paragraphs as empty lines; a text without a block gets them as elements."""
    html = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)
    parts = [part.strip() for part in re.split(r"\n\s*\n", html) if part.strip()]
    return "\n".join(part if BLOCK.match(part) else f"<p>{part.replace(chr(10), '<br>')}</p>" for part in parts)


def without_shortcodes(text: str) -> tuple[str, list[str]]:
    """The text without `[gallery …]` and the like, and the names of those that were more than a frame."""
    lost: list[str] = []

    def gone(match: re.Match[str]) -> str:
        if match["name"] not in KEPT and not match[0].startswith("[/"):
            lost.append(match["name"])
        return ""

    return SHORTCODE.sub(gone, text), lost
