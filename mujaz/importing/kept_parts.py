"""Parts of a text that an old site showed to some of its readers, for a time, or to nobody, as far as can be known."""

from __future__ import annotations

import re

from mujaz.markdown_body.enclosed import without

# In the names of tags and of classes that show what they enclose to some, for a time, or to nobody.
_NAMES = (
    "access|comment|content_control|crypt|draft|ednote|expir|groups_can|hidden|hide|lock|logged|login|member|passster"
    "|password|paywall|premium|private|protect|restrict|role|schedul|secret|subscriber|timed|visib|visitor"
)
_KEEPS = re.compile(_NAMES, re.I)
# A tag of WordPress, Hugo or Liquid that is named so, which may keep all that comes behind it; and the end of any tag.
_GATE = re.compile(
    rf"(?:\[|\{{\{{[<%]\s{{0,9}}|\{{%-?\s{{0,9}}(?!comment\b))(?=[a-z])[a-z0-9_/.-]{{0,40}}?(?:{_NAMES})"
    r"[a-z0-9_/.-]{0,40}(?=[\s\]>%])",
    re.I,
)
_END = re.compile(
    r"(?:\[/|\{\{[<%]\s{0,9}/\s{0,9}|\{%-?\s{0,9}end)(?P<name>[a-z0-9_/.-]{1,80})\s{0,9}(?:\]|[>%]\}\}|-?%\})", re.I
)
# Tags that show all that they enclose to every reader. One that is not here may not: a stranger's code decides.
_SHOWS = frozenset(
    "abbr accordion alert align audio b badge blockquote box bq button callout caption card cards center centre code"
    " col color colour column columns container details div dropcap embed example expand figure fold font for gallery"
    " grid h1 h2 h3 h4 h5 h6 heading highlight hint hl html i icon img important info inline intro item justify kbd"
    " katex large latex lead left link list lr ltr mark math mermaid note notice p panel playlist pre pullquote quote"
    " raw rawhtml right row rtl s section size slide slider small span step steps strike strong sub subtitle summary"
    " sup table tab tabs tags td text th timeline tip title toggle toggles tr u ul ol li unordered url verse video"
    " warning wp_caption wrap wrapper".split()
)
# What page builders of WordPress name their rows, columns and texts.
_BUILDERS = ("av_", "cs_", "et_pb_", "fusion_", "one_", "su_", "tatsu_", "three_", "two_", "vc_")
# The first part of the names of blocks of WordPress that show all that they enclose, unless the second part says more.
_BLOCKS = frozenset(
    "acf atomic-blocks coblocks core essential-blocks generateblocks genesis-blocks getwid gutentor jetpack kadence"
    " rank-math stackable themeisle-blocks uagb ugb yoast".split()
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
# Classes whose name says that the style sheet shows nothing.
UNSEEN_CLASSES = frozenset(("d-none", "display-none", "hidden", "hide", "invisible", "is-hidden", "uk-hidden"))
# An element that a browser does not show, in HTML or in Markdown.
_UNSEEN = re.compile(
    r"<[a-z][^<>]{0,500}?\s(?:hidden(?=[\s=/>])"
    rf"|class\s{{0,9}}=\s{{0,9}}[\"'](?:[^<>\"']{{0,200}}?\s)??(?:{'|'.join(sorted(UNSEEN_CLASSES))})[\s\"']"
    r"|style\s{0,9}=\s{0,9}[\"'][^<>\"']{0,200}?(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden))",
    re.I,
)


def has_for_some(text: str) -> bool:
    """Whether a tag of the text shows what it encloses to some readers, for a time, or to nobody, or may do so."""
    ends = (found["name"].lower() for found in _END.finditer(text))
    return bool(_OFF.search(text) or _GATE.search(text)) or any(
        name not in _SHOWS and not name.startswith(_BUILDERS) for name in ends
    )


def may_keep_block(block: str, *, encloses: bool) -> bool:
    """Whether a block of WordPress, by its name, shows a part of the text to some, or may do so."""
    space, slash, _ = block.partition("/")
    return bool(_KEEPS.search(block)) or (encloses and bool(slash) and space not in _BLOCKS)


def has_unseen(text: str, *, liquid: bool) -> bool:
    """Whether a text of a static site may hold words that not every reader saw; `liquid` is whether Jekyll read it."""
    if has_for_some(text) or _UNSEEN.search(text):
        return True
    return liquid and bool(_CONDITION.search(without(text, _RAW, _RAW_END)))
