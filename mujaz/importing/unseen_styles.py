"""Styles by which a page shows nothing of a part of its text."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"/\*[^*]{0,1000}\*/")
_BLANK = re.compile(r"\s|!important")
_ZERO = r"(?:0++(?:\.0*+)?|\.0++)(?:[a-z]{1,4}|%)?"
# A declaration without blanks, in small letters, by which an element shows nothing.
_NOTHING = re.compile(
    r"display:none|(?:content-)?visibility:(?:hidden|collapse)|color:transparent"
    rf"|(?:font-size|opacity):{_ZERO}|filter:opacity\({_ZERO}\)|transform:(?:.*\))?scale\({_ZERO}\).*"
    r"|(?:bottom|left|right|top|text-indent):-(?:\d{3}|\d\d(?:r?em|v[hw])).*|margin(?:-[a-z]+)?:-(?:[2-9]\d{3}|\d{5}).*"
    r"|clip:rect\(.*|clip-path:(?:inset\((?:50|100)%|circle\(0).*"
)
_FLAT = re.compile(rf"(?:max-)?(?:height|width):(?:{_ZERO}|1px)")
_CUT = re.compile(r"overflow(?:-[xy])?:(?:hidden|clip)")


def hides(style: str) -> bool:
    """Whether declarations show nothing of the text of their element.

    A box without a height that has a padding is that of a film, which keeps its shape so.
    """
    said = [_BLANK.sub("", one) for one in _COMMENT.sub("", style.lower()).split(";")]
    if any(map(_NOTHING.fullmatch, said)):
        return True
    is_film = any(one.startswith("padding") for one in said)
    return not is_film and any(map(_FLAT.fullmatch, said)) and any(map(_CUT.fullmatch, said))


def sheet_hides(sheet: str) -> bool:
    """Whether a style sheet shows nothing of some part of a page."""
    return any(map(hides, re.split(r"[{}<>]+", _COMMENT.sub("", sheet))))
