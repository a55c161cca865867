"""What is known of a layout from its text: which files it names, and what is the same in all pages.

The site's words and the addresses of its assets are put into the parsed layout as constants: so they are escaped and
joined with the markup around them once, when it is compiled, instead of once a page.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, TypeAlias

import jinja2
from jinja2 import meta, nodes
from jinja2.visitor import NodeTransformer

CARD, FIGURE = "partials/card.html", "partials/figure.html"
# Functions that render a partial: a layout that names one has that partial in its closure.
PARTIAL_OF = {"card": CARD, "render_figure": FIGURE}
SHARED = "shared"  # shared("partials/footer.html", chrome): rendered once for all pages
WORDS, ASSET = "t", "asset"
BLANKS: dict[str, Any] = {"trim_blocks": True, "lstrip_blocks": True}  # what decides how a layout is parsed
COMPILED = 512  # layouts that are remembered, parsed and compiled: a site has forty, `serve` builds it again and again

References: TypeAlias = tuple[tuple[str | None, ...], tuple[str, ...]]


def known_ahead(tree: nodes.Template, known: Mapping[str, Any]) -> nodes.Template:
    """`tree` with each text `t.…` and each `asset("…")` of the globals `known` as a constant.

    Unless the layout gives these names to something of its own.
    """
    taken = {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"} | set(_imported(tree))
    folded: nodes.Template = _Folding(known[WORDS], known[ASSET], taken).visit(tree)
    return folded


def _imported(tree: nodes.Template) -> list[str]:
    names = [each.target for each in tree.find_all(nodes.Import)]
    for each in tree.find_all(nodes.FromImport):
        names += [name if isinstance(name, str) else name[1] for name in each.names]
    return names + [macro.name for macro in tree.find_all(nodes.Macro)]


class _Folding(NodeTransformer):
    def __init__(self, words: Mapping[str, Any], asset: Callable[[str], str], taken: set[str]) -> None:
        self._words, self._asset, self._taken = words, asset, taken

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:
        found = self._said(node)
        return nodes.Const(found, lineno=node.lineno) if isinstance(found, str) else self.generic_visit(node)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        if ASSET not in self._taken and _calls(node, ASSET):
            match node:
                case nodes.Call(args=[nodes.Const(value=str(name))], kwargs=[], dyn_args=None, dyn_kwargs=None):
                    with contextlib.suppress(jinja2.TemplateError):  # told when a page is rendered, with the line
                        return nodes.Const(self._asset(name), lineno=node.lineno)
        return self.generic_visit(node)

    def _said(self, node: nodes.Expr) -> Any:
        """What `t`, `t.a`, `t.a.b` … is; None where it is none of these, or not there."""
        if isinstance(node, nodes.Name):
            return self._words if node.name == WORDS and WORDS not in self._taken else None
        if not isinstance(node, nodes.Getattr):
            return None
        inner = self._said(node.node)
        # An attribute of a dict goes before its key, in Jinja.
        return inner.get(node.attr) if type(inner) is dict and not hasattr(inner, node.attr) else None


@lru_cache(maxsize=COMPILED)
def references_of(name: str, source: str) -> References:
    """Files that it names, None for no constant; partials that its functions render. Raises TemplateSyntaxError."""
    tree = jinja2.Environment(**BLANKS).parse(source, name)
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
