"""The HTML that a body may hold: elements, their attributes and classes. The one sanitiser; all else is taken out."""

from __future__ import annotations

import nh3

from mujaz.markdown_body import removed
from mujaz.markdown_body.placeholders import INLINE

_BLOCK_NAMES = (
    "audio blockquote caption col colgroup dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr iframe li ol p "
    "pre source summary table tbody td tfoot th thead tr ul video"
)
_CELL = {"colspan", "rowspan"}
# `picture`, `srcset` and sizes are not in the list: the build makes every size itself, from the `img` that is left.
_TAGS = {*INLINE, *_BLOCK_NAMES.split(), "img"}
_WHOLE = {"script", "style", "noscript", "template", "title", "textarea", "svg", "math", "object"}
_ATTRIBUTES = {
    "*": {"id", "lang", "dir", "title"},
    "a": {"href"},
    "audio": {"src", "controls", "loop", "muted", "preload"},
    "col": {"span"},
    "colgroup": {"span"},
    "details": {"open"},
    "iframe": {"src", "width", "height", "allowfullscreen"},
    "img": {"src", "alt"},
    "li": {"value"},
    "ol": {"start", "reversed"},
    "source": {"src", "type"},
    "td": _CELL,
    "th": _CELL | {"scope"},
    "time": {"datetime"},
    "video": {"src", "controls", "loop", "muted", "preload", "width", "height"},
}
_CLASSES = {
    "a": {"footnote-ref", "footnote-backref"},
    "blockquote": {"pull"},
    "div": {"footnote"},
    "figure": {"quote"},
    "ol": {"arabic", "persian"},
    "td": {"start", "center", "end"},
    "th": {"start", "center", "end"},
    "ul": {"gallery"},
}
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags=_WHOLE,
    attributes=_ATTRIBUTES,
    allowed_classes=_CLASSES,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
    strip_comments=True,
)
ALLOWED = removed.Allowed(_TAGS, _ATTRIBUTES, _CLASSES, _WHOLE)


def clean(unsafe: str) -> str:
    """`unsafe` without what is not allowed, each of its tags closed."""
    return _CLEANER.clean(unsafe)
