"""Which files a layout names, read from its text; and how all layouts are parsed.

A page must be rendered again when any file of its layout's closure changes, so every name must be a constant.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeAlias

import jinja2
from jinja2 import meta, nodes
from jinja2.parser import Parser

CARD, FIGURE, PLAYER, ENTRY = (f"partials/{name}.html" for name in ("card", "figure", "player", "entry"))
EMAIL_TEXT = "email.txt"  # the one layout that is no HTML
# Functions that render a partial: a layout that names one has that partial in its closure.
PARTIAL_OF = {"card": CARD, "render_figure": FIGURE}
SHARED = "shared"  # shared("partials/footer.html", chrome): rendered once for all pages
BLANKS: dict[str, Any] = {"trim_blocks": True, "lstrip_blocks": True}  # what decides how a layout is parsed
COMPILED = 512  # layouts that are remembered, parsed and compiled: a site has forty, `serve` builds it again and again

References: TypeAlias = tuple[tuple[str | None, ...], tuple[str, ...]]


@lru_cache(maxsize=COMPILED)
def references_of(name: str, source: str) -> References:
    """The files that the layout `name` with the text `source` includes, None for each that is not a constant; and the
    partials that its functions render. Raises TemplateSyntaxError.
    """
    parser = Parser(jinja2.Environment(**BLANKS), source, name)
    try:
        tree = parser.parse()
    except (RecursionError, ValueError) as error:  # it nests too deep, or a number has too many digits
        raise jinja2.TemplateSyntaxError(str(error), parser.stream.current.lineno, name) from error
    others = list(meta.find_referenced_templates(tree))
    others += [_shared_name(call) for call in tree.find_all(nodes.Call) if _calls(call, SHARED)]
    used = {PARTIAL_OF[variable.name] for variable in tree.find_all(nodes.Name) if variable.name in PARTIAL_OF}
    return tuple(others), tuple(sorted(used))


def _calls(call: nodes.Call, name: str) -> bool:
    return isinstance(call.node, nodes.Name) and call.node.name == name


def _shared_name(call: nodes.Call) -> str | None:
    """The partial that a call of `shared` names; None where it is not a constant."""
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, nodes.Const) and isinstance(first.value, str) else None
