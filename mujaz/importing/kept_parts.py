"""Parts of a text that an old site showed to some of its readers, for a time, or to nobody, as far as can be known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from mujaz.importing.unseen_styles import hides

# In the names of tags and of blocks that show what they enclose to some, for a time, or to nobody.
_NAMES = (
    "access|comment|content_control|crypt|draft|ednote|expir|groups_can|hidden|hide|(?<![bc])lock|logged|login"
    "|(?<!re)member|passster|password|paywall|premium|private|protect|restrict|role|schedul|secret|subscriber|timed|visib|visitor"
)
_KEEPS = re.compile(_NAMES, re.I)
# A tag of WordPress, Hugo or Liquid that is named so, which may keep all that comes behind it; and the end of any tag.
_GATE = re.compile(
    rf"(?:\[|\{{\{{[<%]\s{{0,9}}|\{{%-?\s{{0,9}})(?=[a-z])[a-z0-9_/.-]{{0,40}}?(?:{_NAMES})"
    r"[a-z0-9_/.-]{0,40}(?=[\s\]>%])",
    re.I,
)
_END = re.compile(
    r"(?:\[/|\{\{[<%]\s{0,99}/\s{0,99}|\{%-?\s{0,99}end)(?P<name>[^\s\[\]{}<>%]{1,80}?)\s{0,99}(?:\]|[>%]\}\}|-?%\})"
)
# Tags that show all that they enclose to every reader. One that is not here may not: a stranger's code decides.
_SHOWS = frozenset(
    "abbr accordion alert align audio b badge blockquote box bq button callout caption card cards center centre code"
    " codeblock col color colour column columns container details div dropcap embed example expand figure fold font"
    " gallery grid h1 h2 h3 h4 h5 h6 heading highlight hint hl html i icon img important info inline intro item"
    " justify kbd katex large latex lead left link list lr ltr mark math mermaid note notice p panel playlist pre"
    " pullquote quote raw rawhtml right row rtl s section size slide slider small span step steps strike strong sub"
    " subtitle summary sup table tab tabs tags td text th timeline tip title toggle toggles tr u ul ol li unordered"
    " url verse video warning wp_caption wrap wrapper".split()
)
# What page builders of WordPress name their rows, columns and texts.
_BUILDERS = ("av_", "cs_", "et_pb_", "fusion_", "one_", "su_", "tatsu_", "three_", "two_", "vc_")
# The first part of the names of blocks of WordPress that show all that they enclose, unless the second part says more.
_BLOCKS = frozenset(
    "acf atomic-blocks coblocks core essential-blocks generateblocks genesis-blocks getwid gutentor jetpack kadence"
    " rank-math stackable themeisle-blocks uagb ugb yoast".split()
)
# Classes whose name says that the style sheet shows nothing.
UNSEEN_CLASSES = frozenset(("d-none", "display-none", "hidden", "hide", "invisible", "is-hidden", "uk-hidden"))
_CLASSES = "|".join(sorted(UNSEEN_CLASSES))
# A part that an editor turned off, in a tag of whatever name: of a page builder of WordPress, of Hugo, of Liquid.
_OFF = re.compile(
    r"(?:\[[a-z][a-z0-9_-]{0,50}\s[^\[\]]*?|(?:\{\{[<%]|\{%-?)\s{0,9}[a-z][a-z0-9_/.-]{0,50}\s[^{}]{0,1000}?)"
    r"(?:(?<![a-z0-9_-])(?:(?:disable_element|disabled|draft|hidden|private)=[\"']?(?:yes|on|true|1)(?![\w|])"
    r"|disabled_on=[\"']on\|on\|on|status=[\"']?(?:draft|private)|(?:enabled|published|visib(?:le|ility))=[\"']?"
    rf"(?:no|off|false|0|hidden|none)(?!\w))|class=[\"']?(?:[^\[\]{{}}<>\"']{{0,200}}?\s)??(?:{_CLASSES})(?![\w-]))",
    re.I,
)
# In the names of fields by which plug-ins and themes show a text, or a block of it, to some alone.
_FIELDS = re.compile(
    "access(?!ib)|block_?logic|condition|(?:content|block)_?control|embargo|encrypt|^hidden$|logged_?in|(?<!re)member|paywall"
    "|premium|private|protect|restrict|secret|subscri|unlisted|user_?(?:level|role)|visibility|visitor|wpmem"
    "|^groups-read|^_is_paid$",
    re.I,
)
# What stands in such a field that shows the text to all.
_FOR_ALL = frozenset(
    " 0 0.0 a:0:{} all default everybody everyone f false free n no none null off open public show visible".split(" ")
)
# A key and its value in a list that PHP wrote.
_OF_PHP = re.compile(
    r"(?:s:\d{1,9}:\"[^\"]*+\"|i:\d{1,9});(?:s:\d{1,9}:\"(?P<text>[^\"]*+)\"|[bid]:(?P<number>[^;{}]{1,30}));"
)
# An element that a browser does not show, in HTML or in Markdown: by its tag, or by attributes in braces behind it.
_UNSEEN = re.compile(
    r"<[a-z][^<>]{0,500}?\s(?:(?:hidden|popover)(?=[\s=/>])"
    rf"|class\s{{0,9}}=\s{{0,9}}(?:[\"'](?:[^<>\"']{{0,200}}?\s)??)?(?:{_CLASSES})[\s\"'/>])"
    rf"|\{{:?(?=[^{{}}\n]{{0,300}}\}})(?:[^{{}}\n]{{0,200}}?\s)??(?:\.(?:{_CLASSES})(?=[\s.#}}])|hidden(?==))",
    re.I,
)
_STYLED = re.compile(
    r"(?:<[a-z][^<>]{0,500}?\s|\{:?(?=[^{}\n]{0,300}\})(?:[^{}\n]{0,200}?\s)??)style\s{0,9}=\s{0,9}"
    r"(?:\"(?P<two>[^\"<>]{0,2000})|'(?P<one>[^'<>]{0,2000})|(?P<bare>[^\s\"'<>{}]{1,2000}))",
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


def is_field_for_some(name: str, value: Any) -> bool:
    """Whether a field of a post, a block or a front matter has a name of those that show a text to some, and is set."""
    return bool(_FIELDS.search(name)) and any(one.strip().lower() not in _FOR_ALL for one in _leaves(value))


def _leaves(value: Any) -> Iterator[str]:
    """The texts and numbers in a value of JSON, YAML or PHP, as texts."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Mapping):
            waiting += one.values()
        elif isinstance(one, list | tuple):
            waiting += one
        elif isinstance(one, str) and one.startswith("a:") and one.endswith("}"):
            yield from (found["text"] or found["number"] or "" for found in _OF_PHP.finditer(one))
        else:
            yield "" if one is None else str(one)


def has_unseen(text: str) -> bool:
    """Whether a text of a static site, without its comments, may hold words that not every reader saw."""
    styles = (found["two"] or found["one"] or found["bare"] or "" for found in _STYLED.finditer(text))
    return has_for_some(text) or bool(_UNSEEN.search(text)) or any(hides(unescape(one)) for one in styles)
