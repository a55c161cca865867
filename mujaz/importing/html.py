"""HTML of other systems as a small tree, parsed as browsers do (by html5ever, in nh3), and its plain text.

It may come from anybody, so everything here takes time linear in its length.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import nh3

from mujaz.arabic.typography import PARTING
from mujaz.importing.unseen_styles import sheet_hides
from mujaz.markdown_body import html_limits
from mujaz.markdown_body.enclosed import without
from mujaz.markdown_body.struck import in_lines

BLOCKS = frozenset(
    "address article aside audio blockquote center dd details dir div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hr iframe legend li main menu nav ol option p pre section summary table tbody td tfoot"
    " th thead tr ul video caption optgroup select textarea".split()
)
INLINE = frozenset(
    "a abbr acronym b bdi bdo big br button cite code del dfn em embed font i img input ins kbd label mark object"
    " oembed picture q rp rt ruby s samp small source span strike strong sub sup svg canvas time tt u var wbr col"
    " colgroup math param track".split()
)
# Elements whose content is not shown; `script` is replaced by a mark before they are removed.
_SILENT = {"script", "style", "template", "title", "noscript", "noembed", "noframes"}
_READER = nh3.Cleaner(
    tags=set(BLOCKS | INLINE),
    clean_content_tags=_SILENT,
    attributes={
        "*": {"class", "lang", "dir", "title", "style", "hidden", "popover"},
        "a": {"href"},
        "audio": {"src"},
        "embed": {"src"},
        "iframe": {"src"},
        "img": {"src", "alt", "srcset", "width", "height"},
        "object": {"data"},
        "oembed": {"url"},
        "ol": {"start"},
        "param": {"name", "value"},
        "source": {"src"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan"},
        "track": {"src", "srclang"},
        "video": {"src", "poster"},
    },
    generic_attribute_prefixes={"data-"},
    url_schemes={"http", "https", "mailto", "tel", "data"},
    link_rel=None,
    strip_comments=True,
)
SCRIPT = "mujaz-script"  # the class of the mark that stands where a script was
HIDDEN = "mujaz-hidden"  # … at the beginning of what no reader saw
LEFT = "mujaz-left"  # … where a reader left out what `data-kind` and `data-name` say
_SCRIPT_START, _SCRIPT_END = re.compile(r"<script\b", re.I), {"<script": re.compile(r"</script\s{0,99}>", re.I)}
_STYLE_START, _STYLE_END = re.compile(r"<style\b", re.I), re.compile(r"</style\s{0,99}>", re.I)
_UNSEEN_START = re.compile(rf"<!--|<(?:{'|'.join(sorted(_SILENT))})\b", re.I)
_UNSEEN_ENDS = {"<!--": re.compile("-->")} | {f"<{name}": re.compile(rf"</{name}\s{{0,99}}>", re.I) for name in _SILENT}
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_INSTEAD = str.maketrans({**PARTING, "\r": "\n", "\f": "\n", "\v": "\n"})
_SPLIT = re.compile(r"(<[^<>]*>)")  # of cleaned HTML, where `<` stands in a tag alone
_ATTRIBUTE = re.compile(r'(?<![^\s=">/])([^\s=">/]++)="([^"]*+)"')
_ANY_TAG = re.compile(r"<[^<>]{0,1000}>")


@dataclass(slots=True)
class Node:
    """An element; its children are elements and texts, with entities decoded."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def get(self, name: str) -> str:
        return self.attributes.get(name, "").strip()

    def all(self, *tags: str) -> Iterator[Node]:
        """The descendants with these tags, in document order."""
        for child in self.children:
            if isinstance(child, Node):
                if child.tag in tags:
                    yield child
                yield from child.all(*tags)

    @property
    def classes(self) -> list[str]:
        return self.get("class").split()


def clean(text: str) -> str:
    """`text` without control characters, which articles may not hold, and with `\\n` as its only line end."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").translate(_INSTEAD))


def parse(html: str) -> tuple[Node, bool]:
    """The tree, and whether all markup was kept: HTML that nests too deep or multiplies becomes plain text."""
    marked = without(clean(html), _SCRIPT_START, _SCRIPT_END, lambda _: f'<embed class="{SCRIPT}">')
    marked = without(marked, _STYLE_START, _STYLE_END, _of_style)
    if html_limits.too_much(marked, marked, "", 1):
        shown = without(marked, _UNSEEN_START, _UNSEEN_ENDS)
        text = entities.unescape(_ANY_TAG.sub(" ", shown))
        return Node("div", children=[clean(text)]), False
    root = Node("div")
    open_now = [root]
    for number, token in enumerate(_SPLIT.split(in_lines(_READER.clean(in_lines(marked))))):
        if number % 2 == 0:
            if token:
                open_now[-1].children.append(clean(entities.unescape(token)))
        elif token.startswith("</"):
            open_now.pop()
        else:
            name, _, rest = token[1:-1].partition(" ")
            node = Node(name, {key: clean(entities.unescape(value)) for key, value in _ATTRIBUTE.findall(rest)})
            open_now[-1].children.append(node)
            if name not in html_limits.VOID:
                open_now.append(node)
    return root, True


def _of_style(sheet: str) -> str:
    """What stands for a style sheet: it may hide any part of the text."""
    return f'<embed class="{HIDDEN}">' if sheet_hides(sheet) else ""


def text_of(node: Node | str) -> str:
    """The visible text of a node, on one line."""
    return " ".join("".join(_texts(node)).split())


def _texts(node: Node | str) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif node.tag == "br":
        yield " "
    elif node.tag not in ("iframe", "audio", "video", "object", "select", "textarea", "rp"):
        between = " " if node.tag in BLOCKS else ""
        yield between
        for child in node.children:
            yield from _texts(child)
        yield between


def plain(html: str) -> str:
    """A headline, a name or a summary in HTML as plain text on one line."""
    if "<" in html or "&" in html:
        return text_of(parse(html)[0])
    return " ".join(clean(html).split())
