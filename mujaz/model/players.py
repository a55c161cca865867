"""What a layout sees of film and sound."""

from __future__ import annotations

from mujaz.frozen import Value


class Track(Value):
    """Captions of a film: a WebVTT file and its language."""

    url: str
    lang: str


class Player(Value):
    """Film or sound in a text: a file of the site's; or, with a `provider`, a card that leads to a page elsewhere."""

    kind: str  # video | audio | post
    url: str  # of the file, or of the page elsewhere
    title: str = ""
    caption: str = ""
    credit: str = ""
    provider: str = ""  # youtube | vimeo | soundcloud | x
    frame: str = ""  # what shows the page elsewhere once it is asked for; empty: the card is a link
    type: str = ""  # MIME, of a file, as are the next
    size: int = 0  # bytes
    seconds: int = 0  # 0: unknown
    width: int = 0  # pixels
    height: int = 0
    poster: str = ""  # url
    tracks: tuple[Track, ...] = ()
