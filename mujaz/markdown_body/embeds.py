"""Addresses of films, sounds and posts at other sites: the page to link to, and the frame that shows it when asked."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, urlsplit

from mujaz.frozen import Value
from mujaz.model.names import RECORDINGS, ending_of

_YOUTUBE = re.compile(
    r"(?=\S++\Z)https?://"  # a blank behind one `v=` would else be met again from each
    r"(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:watch\?(?:[^\s#]*?&)?v=|shorts/|live/|embed/)|youtu\.be/)"
    r"((?!videoseries|live_stream)[A-Za-z0-9_-]{11})(?:[/?&#]\S*)?",  # these two are players of no one film
    re.I,
)
_VIMEO = re.compile(
    r"https?://(?:www\.)?(?:player\.vimeo\.com/video|vimeo\.com)/([0-9]{4,12})(?:/([0-9a-f]{6,20}))?/?(?:[?#]\S*)?",
    re.I,
)
_SOUNDCLOUD = re.compile(
    r"https?://(?:www\.|m\.)?soundcloud\.com(/[a-z0-9_-]{1,80}/(?:sets/)?[a-z0-9_-]{1,200})/?(?:[?#]\S*)?", re.I
)
_X = re.compile(
    r"https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/([a-z0-9_]{1,15})/status/([0-9]{2,20})(?:[/?#]\S*)?", re.I
)
_FRAMED = re.compile(r"https?://(?:www\.|m\.)?youtube\.com/embed/", re.I)
_START = re.compile(r"(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,5})s?)?")
_LONE = re.compile(r"^ {0,3}(<?)(https?://[^\s<>\\]+)(>?) *$", re.M)
NOCOOKIE_HOST = "www.youtube-nocookie.com"
NOCOOKIE = f"https://{NOCOOKIE_HOST}/embed/"


class Embed(Value):
    """`kind` is video, audio or post; `url` the page at the provider, `frame` what shows it within a page of ours."""

    provider: str  # youtube | vimeo | soundcloud | x
    kind: str
    url: str
    frame: str

    @property
    def host(self) -> str:
        """The host that a page asks for the frame."""
        return urlsplit(self.frame).netloc


def embed_of(address: str) -> Embed | None:
    """What can be shown of the page at `address`; None where it is no film, sound or post that we know."""
    if found := _YOUTUBE.fullmatch(address):
        start = _start(address)
        return Embed(
            provider="youtube",
            kind="video",
            url=f"https://www.youtube.com/watch?v={found[1]}" + (f"&t={start}s" if start else ""),
            frame=f"{NOCOOKIE}{found[1]}?autoplay=1&rel=0" + (f"&start={start}" if start else ""),
        )
    if found := _VIMEO.fullmatch(address):
        secret = found[2] or next(iter(parse_qs(urlsplit(address).query).get("h", [])), "")
        secret = secret if re.fullmatch("[0-9a-f]{6,20}", secret) else ""
        return Embed(
            provider="vimeo",
            kind="video",
            url=f"https://vimeo.com/{found[1]}" + (f"/{secret}" if secret else ""),
            frame=f"https://player.vimeo.com/video/{found[1]}?autoplay=1&dnt=1" + (f"&h={secret}" if secret else ""),
        )
    if found := _SOUNDCLOUD.fullmatch(address):
        url = f"https://soundcloud.com{found[1]}"
        frame = f"https://w.soundcloud.com/player/?url={quote(url, safe='')}&auto_play=true&show_teaser=false"
        return Embed(provider="soundcloud", kind="audio", url=url, frame=frame)
    if found := _X.fullmatch(address):
        frame = f"https://platform.twitter.com/embed/Tweet.html?id={found[2]}&dnt=true"
        return Embed(provider="x", kind="post", url=f"https://x.com/{found[1]}/status/{found[2]}", frame=frame)
    return None


def without_cookies(frame: str) -> str:
    """The address of a frame; of YouTube's that which sets no cookie before the film plays."""
    return _FRAMED.sub(NOCOOKIE, frame, count=1) if _FRAMED.match(frame) else frame


def is_player(source: str) -> bool:
    """Whether what is written as a picture is a file of film or sound, or the address of an embed."""
    return ending_of(source) in RECORDINGS or embed_of(source) is not None


def lone_address(block: str) -> tuple[str, str, str] | None:
    """The first line of `block` that is the address of an embed and nothing else: what is above, it, what is below."""
    for line in _LONE.finditer(block):
        if bool(line[1]) == bool(line[3]) and embed_of(line[2]):
            return block[: line.start()].rstrip("\n"), line[2], block[line.end() :].lstrip("\n")
    return None


def _start(address: str) -> int:
    """The second that a YouTube address begins at: `t=90`, `t=1m30s`, `start=90`."""
    parts = urlsplit(address)
    query = parse_qs(parts.query)
    written = next(iter(query.get("t", query.get("start", []))), "")
    found = _START.fullmatch(written)
    if not found:
        return 0
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds
