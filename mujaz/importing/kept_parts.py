"""Parts of a text that an old site showed to some of its readers, for a time, or to nobody."""

from __future__ import annotations

import re

from mujaz.markdown_body.enclosed import without

# In the names of tags that show what they enclose to some, for a time, or to nobody.
_NAMES = (
    "access|comment|content_control|crypt|draft|ednote|expir|groups_can|hidden|hide|lock|logged|login|member|passster"
    "|password|paywall|premium|private|protect|restrict|role|schedul|secret|subscriber|timed|visib|visitor"
)
_END = re.compile(  # of such a tag of WordPress, Hugo or Liquid
    r"(?:\[/|\{\{[<%]\s{0,9}/\s{0,9}|\{%-?\s{0,9}end)"
    rf"[a-z0-9_/.-]{{0,40}}?(?:{_NAMES})[a-z0-9_/.-]{{0,40}}\s{{0,9}}(?:\]|[>%]\}}\}}|-?%\}})",
    re.I,
)
# A part that an editor turned off in a page builder of WordPress.
_OFF = re.compile(
    r"\[[a-z][a-z0-9_-]{0,50}\s[^\[\]]*?"
    r"(?:disable_element=[\"']yes|disabled=[\"']on[\"']|disabled_on=[\"']on\|on\|on|status=[\"'](?:draft|private))",
    re.I,
)
# Whether Liquid shows what stands between is not known here; in `raw` its tags are words.
_CONDITION = re.compile(r"\{%-?\s{0,9}(?:if|unless|case|capture|ifchanged)\b")
_RAW, _RAW_END = re.compile(r"\{%-?\s{0,9}raw\s{0,9}-?%\}"), re.compile(r"\{%-?\s{0,9}endraw\s{0,9}-?%\}")
# An element that a browser does not show, in HTML or in Markdown.
_UNSEEN = re.compile(
    r"<[a-z][^<>]{0,500}?\s(?:hidden(?=[\s=/>])"
    r"|style\s{0,9}=\s{0,9}[\"'][^<>\"']{0,200}?(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden))",
    re.I,
)


def has_for_some(text: str) -> bool:
    """Whether a tag of the text shows what it encloses to some readers, for a time, or to nobody."""
    return bool(_END.search(text) or _OFF.search(text))


def has_unseen(text: str, *, liquid: bool) -> bool:
    """Whether a text of a static site may hold words that not every reader saw; `liquid` is whether Jekyll read it."""
    if has_for_some(text) or _UNSEEN.search(text):
        return True
    return liquid and bool(_CONDITION.search(without(text, _RAW, _RAW_END)))
