"""The text of a WordPress post as plain HTML: its shortcodes, blocks that are kept elsewhere, footnotes."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from mujaz.frozen import Value
from mujaz.importing.html import LEFT
from mujaz.importing.incoming import LARGEST
from mujaz.importing.kept_parts import has_for_some, is_field_for_some, may_keep_block
from mujaz.importing.spans import FOOTNOTE
from mujaz.importing.unseen_styles import sheet_hides
from mujaz.model.names import PICTURES, RECORDINGS, ending_of_address

_SHORTCODE = re.compile(
    r"\[(?P<end>/?)(?P<name>[a-z][a-z0-9_-]{0,50})"
    # A value holds no `[`, so each start looks as far as the next; page builders give a tag scores of values.
    r"(?P<rest>(?:\s{1,9}[A-Za-z][A-Za-z0-9_-]{0,50}="
    r"(?:\"[^\"\[]{0,9000}\"|'[^'\[]{0,9000}'|[^\s\[\]\"'][^\s\[\]]{0,8999})){0,300}+)"
    r"\s{0,9}/?\](?!\()"
)
_VALUE = re.compile(r"(?P<key>[A-Za-z][A-Za-z0-9_-]{0,50})=(?:\"(?P<two>[^\"]*)\"|'(?P<one>[^']*)'|(?P<bare>[^\s\]]+))")
MEDIA = {"audio": ("src", "mp3", "m4a", "ogg", "wav"), "video": ("src", "mp4", "m4v", "webm", "ogv")}
# Known without attributes; any other word between brackets is text unless it has some, or an end.
CORE = ("gallery", "playlist", "embed", "caption", "wp_caption", "audio", "video")
# [youtube https://…], [youtube=https://…&w=640], [vimeo 123]: a page elsewhere, by its address or number.
_PAGE = re.compile(
    r"\[(?P<site>youtube|vimeo|wpvideo|videopress|tweet|twitter|soundcloud|dailymotion|instagram|facebook|tiktok)"
    r"(?:=|\s{1,9})(?:(?:id|url|v|link|tweet)=)?[\"']?(?P<page>https?://[^\s\]\"'<>]{1,500}|[A-Za-z0-9_-]{5,20})"
    r"[^\[\]<>]{0,300}\](?:[ \t]{0,9}\[/(?P=site)\])?"
)
PAGES = {
    "youtube": (re.compile(r"[A-Za-z0-9_-]{11}"), "https://www.youtube.com/watch?v="),
    "vimeo": (re.compile(r"[0-9]{4,12}"), "https://vimeo.com/"),
    "wpvideo": (re.compile(r"[A-Za-z0-9]{8}"), "https://videopress.com/v/"),
    "videopress": (re.compile(r"[A-Za-z0-9]{8}"), "https://videopress.com/v/"),
    "tweet": (re.compile(r"[0-9]{2,20}"), "https://x.com/i/status/"),
    "twitter": (re.compile(r"[0-9]{2,20}"), "https://x.com/i/status/"),
}
# [audio https://…]: a file by its address alone.
_FILE = re.compile(
    r"\[(?P<name>audio|video)\s{1,9}(?P<src>https?://[^\s\]\"'<>]{1,500})\s{0,9}/?\](?:\s{0,9}\[/(?P=name)\])?"
)
# [[gallery]] or [[caption]…[/caption]]: a shortcode that is shown as it is written, without the outer brackets.
_WRITTEN = re.compile(
    r"\[(?P<whole>\[(?P<name>gallery|playlist|embed|caption|wp_caption|audio|video)(?:\s[^\[\]<>]{0,500})?\]"
    r"(?:[^\[\]]{0,2000}\[/(?P=name)\])?)\]"
)
# HTML in a tag of a page builder, written in letters that no reader saw.
_CODED = re.compile(
    r"(?P<tag>\[(?P<name>vc_raw_html|vc_raw_js|fusion_code)(?:\s[^\[\]]{0,2000})?\])"
    r"(?P<code>[A-Za-z0-9+/=\s]+)(?=\[/(?P=name)\])"
)
# A style sheet of a post of its own, in the name of a field, or in a field of many values.
_SHEET = re.compile("(?:custom|page|post)[_-]?css", re.I)
_BLOCK = re.compile(r"<!--\s{1,9}wp:(?P<name>[a-z][a-z0-9_/-]{0,100})\s")
# Blocks that are kept whole in their comment and say nothing by themselves.
SILENT = frozenset(("more", "nextpage", "spacer", "separator", "post-content", "paragraph"))
_NOTE_MARK = re.compile(r"<sup\s[^<>]{0,500}?data-fn=[\"'](?P<id>[^\"'<>]{1,100})[\"'][^<>]{0,500}>", re.I)
MOST = 2_000_000  # characters that blocks kept elsewhere may add to a text


class Attachment(Value):
    """A file of the old site, as its own item describes it. Galleries show none that is in the bin or private."""

    url: str
    is_shown: bool = True
    title: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    parent: str = ""
    order: int = 0


class Kept(Value):
    """What texts refer to by an id: files, and blocks that several posts share."""

    files: Mapping[str, Attachment]
    blocks: Mapping[str, str]

    def pictures_of(self, post: str) -> list[str]:
        """The ids of the pictures that were uploaded to a post, in its order."""
        ids = [
            id
            for id, file in self.files.items()
            if post and file.is_shown and file.parent == post and ending_of_address(file.url) in PICTURES
        ]
        return sorted(ids, key=lambda id: (self.files[id].order, len(id), id))


def plain_html(text: str, post: str, kept: Kept, footnotes: Iterable[str]) -> str:
    """The text of a post; what has no place here is a mark where it stood. `footnotes` are JSON of WordPress."""
    text = with_shared(text, kept.blocks)
    return _with_media(text, post, kept) + _footnotes(text, footnotes)


def decoded(text: str) -> str:
    """With the HTML that page builders wrote in code."""

    def read(found: re.Match[str]) -> str:
        try:
            made = base64.b64decode("".join(found["code"].split()), validate=True).decode("utf-8")
        except ValueError:
            return found[0]
        return found["tag"] + (unquote(made) if found["name"].startswith("vc_") else made)

    return _CODED.sub(read, text)


# ---------------------------------------------------------------- blocks


def with_shared(text: str, blocks: Mapping[str, str]) -> str:
    """With the blocks that are kept elsewhere in their places; each other one that is a comment alone is marked."""
    added = 0

    def made(name: str, values: Any, depth: int) -> str:
        nonlocal added
        shared = blocks.get(str(values.get("ref"))) if name == "block" and isinstance(values, dict) else None
        own = left("block", " ".join((name, *_words_in(values))))
        if shared is not None and depth < 3 and added + len(shared) <= MOST:
            added += len(shared)
            whole = _each_block(shared, lambda name, values: made(name, values, depth + 1))
            return whole + own if values.get("content") else whole  # words of this post in the place of the block's
        return "" if name in SILENT or name == "footnotes" else own

    return _each_block(text, lambda name, values: made(name, values, 0))


def _each_block(text: str, made: Callable[[str, Any], str]) -> str:
    """`text` with each block that is a comment alone (`<!-- wp:latest-posts {…} /-->`) put through `made`."""
    parts: list[str] = []
    at = 0
    for start, end, name, written in _blocks(text):
        if start >= at and (written.endswith("/") or name.startswith("acf/")):  # whose words are its values
            parts += text[at:start], made(name, _values(written.removesuffix("/")))
            at = end
    return "".join((*parts, text[at:]))


def _blocks(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Where the comment that begins a block starts and ends, the name of the block and what is written behind it."""
    for opening in _BLOCK.finditer(text):
        end = text.find("-->", opening.end() - 1)
        if end < 0:
            return
        yield opening.start(), end + 3, opening["name"], text[opening.end() - 1 : end].strip()


def is_for_some(text: str, meta: Mapping[str, Sequence[str]]) -> bool:
    """Whether the post, or a part of its text, was hidden from readers, or not for all."""
    if has_for_some(text) or any(is_field_for_some(key, value) for key, values in meta.items() for value in values):
        return True
    sheets = (one for key, values in meta.items() for one in values if _SHEET.search(key) or _SHEET.search(one))
    if any(map(sheet_hides, sheets)):
        return True
    return any(_is_hidden(name, written) for _, _, name, written in _blocks(text))


def _is_hidden(name: str, written: str) -> bool:
    """Whether the editor hid a block, or it may show what is in it to some."""
    if may_keep_block(name, encloses=not written.endswith("/")):
        return True
    values = _values(written.removesuffix("/"))
    inner = values if isinstance(values, dict) else {}
    metadata = inner.get("metadata")
    if isinstance(metadata, dict) and (metadata.get("blockVisibility", True) is not True or _is_bound(metadata)):
        return True
    return any(is_field_for_some(key, value) for key, value in inner.items())


def _is_bound(metadata: dict[str, Any]) -> bool:
    """Whether readers saw the value of a field in the place of what stands in a block."""
    bound = metadata.get("bindings")
    sources = (one.get("source") for one in bound.values() if isinstance(one, dict)) if isinstance(bound, dict) else ()
    return any(source != "core/pattern-overrides" for source in sources)


def _values(written: str) -> Any:
    try:
        return json.loads(written) if written.strip() else {}
    except (ValueError, RecursionError):
        return {}


def _words_in(values: Any) -> list[str]:
    """The texts among the values of a block that may be words of the article, and no settings."""
    found: list[str] = []
    waiting = [values]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict | list):
            waiting += reversed(list(one.values()) if isinstance(one, dict) else one)
        elif isinstance(one, str) and (not one.isascii() or any(c.isspace() for c in one.strip())):
            found.append(" ".join(one.split()))
    return found


def _footnotes(text: str, written: Iterable[str]) -> str:
    """The texts of the footnotes that the post refers to, as the converter takes them."""
    meant = {found["id"] for found in _NOTE_MARK.finditer(text)}
    made = []
    for one in written:
        values = _values(one)
        for note in values if isinstance(values, list) else ():
            if isinstance(note, dict) and str(note.get("id")) in meant:
                id, said = html.escape(str(note["id"])), str(note.get("content") or "")
                made.append(f'<div {FOOTNOTE}="{id}">{said}</div>')
    return "\n\n".join(("", *made)) if made else ""


def left(kind: str, name: str) -> str:
    """The mark of a shortcode or a block that was left out."""
    return f'<embed class="{LEFT}" data-kind="{kind}" data-name="{html.escape(name)}">'


# ---------------------------------------------------------------- shortcodes


def _with_media(text: str, post: str, kept: Kept) -> str:
    """With `[caption]`, `[gallery]` and the like as HTML."""
    ends = {found["name"] for found in _SHORTCODE.finditer(text) if found["end"]}
    room = LARGEST  # a gallery of few letters may show captions of many: without room for more the text is too long
    uploaded = lru_cache(maxsize=1_000)(kept.pictures_of)

    def made(found: re.Match[str]) -> str:
        nonlocal room
        name, end = found["name"], bool(found["end"])
        written = _VALUE.finditer(found["rest"])
        values = {one["key"].lower(): one["two"] or one["one"] or one["bare"] or "" for one in written}
        if name in ("caption", "wp_caption"):
            said = f"<figcaption>{values['caption']}</figcaption>" if values.get("caption") else ""
            return "</figure>\n\n" if end else f"\n\n<figure>{said}"
        if name == "embed":
            return f"\n\n{_address(values.get('src', ''))}\n\n"
        if name not in (*CORE, *ends) and not found["rest"]:
            return found[0]  # [كذا] and [sic] are words
        if end:
            return ""
        if name in MEDIA and (src := next((values[key] for key in MEDIA[name] if values.get(key)), "")):
            poster = f' poster="{_address(values["poster"])}"' if values.get("poster") else ""
            return f'\n\n<{name} src="{_address(src)}"{poster}></{name}>\n\n'
        is_shown = name in ("gallery", "playlist") and room >= 0
        if is_shown and (shown := "\n".join(_shown(name, values, post, kept, uploaded))):
            room -= len(shown)
            return f'\n\n<div class="wp-block-gallery">{shown}</div>\n\n' if name == "gallery" else f"\n\n{shown}\n\n"
        whole = " ".join(found[0].strip("[]/").split())  # its values may be words: the speaker of a quotation
        return "" if _is_in_tag(text, found.start()) else left("shortcode", whole)

    text = _WRITTEN.sub(lambda one: one["whole"].replace("[", "&#91;").replace("]", "&#93;"), text)
    text = _FILE.sub(lambda file: f'\n\n<{file["name"]} src="{file["src"]}"></{file["name"]}>\n\n', text)
    return _SHORTCODE.sub(made, _PAGE.sub(_page, text))


def _address(written: str) -> str:
    """An address of a shortcode, which editors wrote as HTML or as it is, as HTML."""
    return html.escape(written.replace("&amp;", "&"))


def _page(found: re.Match[str]) -> str:
    page, site = found["page"], found["site"]
    if page.startswith("http"):
        address = page.partition("&w=")[0].partition("&amp;w=")[0]
    elif site in PAGES and PAGES[site][0].fullmatch(page):
        address = PAGES[site][1] + page
    else:
        return found[0]
    return f"\n\n<figure>{address}</figure>\n\n"


def _shown(
    name: str, values: Mapping[str, str], post: str, kept: Kept, uploaded: Callable[[str], list[str]]
) -> Iterator[str]:
    """What a gallery or a playlist shows, by its ids; a gallery without ids what was uploaded to its post."""
    ids = dict.fromkeys(re.findall(r"\d+", values.get("ids") or values.get("include") or ""))
    if not ids and name == "gallery":
        gone = set(re.findall(r"\d+", values.get("exclude", "")))
        ids = dict.fromkeys(id for id in uploaded(values.get("id") or post) if id not in gone)
    if kept.files.keys().isdisjoint(ids):
        return
    # One that is not in the export is told as a picture that is not here.
    files = (kept.files.get(id) or Attachment(url=f"?attachment_id={id}") for id in ids)
    for file in (one for one in files if one.is_shown):
        if name == "gallery":
            said = " | ".join(filter(None, (file.caption, html.escape(file.credit))))
            caption = f"<figcaption>{said}</figcaption>" if said else ""
            yield f'<figure><img src="{html.escape(file.url)}" alt="{html.escape(file.alt)}">{caption}</figure>'
        else:
            kind = RECORDINGS.get(ending_of_address(file.url), "audio").partition("/")[0]
            said = file.caption or file.title  # what WordPress lists
            caption = f"<figcaption>{said}</figcaption>" if said else ""
            yield f'<figure><{kind} src="{html.escape(file.url)}"></{kind}>{caption}</figure>'


def _is_in_tag(text: str, at: int) -> bool:
    """Whether a place is within a tag of HTML, where no other may stand."""
    start = max(0, at - 3_000)
    return text.rfind("<", start, at) > text.rfind(">", start, at)
