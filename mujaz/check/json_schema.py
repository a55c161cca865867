"""JSON Schemas (draft 2020-12) of front matters and of config.yaml, for text editors.

They describe the keys and the form of each value, not what needs a second file (does the picture exist?) or a second
key (is `expires` before `date`?): that is for `check`. Where YAML has a number and we read text, both are valid.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from mujaz.config import look, sections, settings
from mujaz.content import front_matter, key_values
from mujaz.model import settings as model_settings
from mujaz.model.names import DEVICES, ID, LANGUAGE, LAYOUT
from mujaz.model.settings import Config
from mujaz.model.urls import RESERVED
from mujaz.paths import DOCS
from mujaz.yaml_values.datetimes import ISO

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _shaped(shape: str) -> Schema:
    """Texts that the expression `shape` matches as a whole; groups get no names, which ECMA-262 writes differently."""
    return {"type": "string", "pattern": "^(?:" + re.sub(r"\(\?P<\w+>", "(?:", shape) + ")$"}


def _whole(low: int, high: int) -> Schema:
    return {"type": "integer", "minimum": low, "maximum": high}


def _list(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items, **more}


def _mapping(properties: Schema, required: Iterable[str] = ()) -> Schema:
    """An object with these keys only; the value of a key that is not required may be empty (null)."""
    return {
        "type": "object",
        "properties": {key: value if key in required else _optional(value) for key, value in properties.items()},
        "required": list(required),
        "additionalProperties": False,
    }


def _optional(schema: Schema) -> Schema:
    """`schema`, or an empty value (null)."""
    explained = {key: value for key, value in schema.items() if key == "description"}
    shape = {key: value for key, value in schema.items() if key not in explained}
    return explained | {"anyOf": [shape, {"type": "null"}]}


def _ending(kinds: Iterable[str]) -> Schema:
    """Paths of files with one of these endings."""
    return {"type": "string", "pattern": rf"^[^/].*({'|'.join(map(re.escape, kinds))})$"}


COLOUR: Schema = {"type": "string", "pattern": "^#[0-9A-Fa-f]{6}$"}
HOSTS = _list({"type": "string", "pattern": r"^[^\s/:]+\.[^\s/:]+$"})
DATA_FILE = rf"({'|'.join(map(re.escape, key_values.DATA_ENDINGS))})$"
TEXT: Schema = {"type": ["string", "number"]}
WORDS: Schema = {"type": ["string", "number"], "minLength": 1}
TEXTS = _list(WORDS)
FLAG: Schema = {"type": "boolean"}
# As in `mujaz.yaml_values.datetimes.parse_moment`: Arabic and Persian digits too.
DATE = _shaped(ISO.pattern.replace(r"\d", "[0-9٠-٩۰-۹]"))
LANG = _shaped(LANGUAGE.pattern)
WEB = _shaped(key_values.WEB.pattern)
HTTPS: Schema = {"type": "string", "pattern": r"^https://[^\s/]+(/\S*)?$"}
CREDIT: Schema = {"anyOf": [WORDS, _mapping({"name": WORDS, "url": WEB}, ("name",))]}

ARTICLE: dict[str, Schema] = {  # except section and label, whose values depend on the site
    **dict.fromkeys(("title", "withdrawn", "author", "series", "slug", "summary", "translation_of"), WORDS),
    **dict.fromkeys(("date", "updated", "expires", "lead", "breaking_until", "live_until"), DATE),
    "live_order": {"enum": list(key_values.ORDERS)},
    **{key: {**TEXTS, "maxItems": key_values.MOST_IN_LIST[key]} for key in ("tags", "authors", "related", "unrelated")},
    "source": CREDIT,
    "sources": _list(CREDIT, maxItems=key_values.MOST_IN_LIST["sources"]),
    "image": _mapping({"src": WORDS, "alt": WORDS, "caption": TEXT, "credit": TEXT, "alt_lang": LANG}, ("src", "alt")),
    "id": {**_shaped(ID.pattern), "type": ["string", "number"]},
    "aliases": _list({"type": "string", "pattern": r"^/(?!/)[^?#]+$"}, maxItems=key_values.MOST_IN_LIST["aliases"]),
    "corrections": _list(_mapping({"date": DATE, "text": WORDS}, ("date", "text"))),
    "draft": FLAG,
    "weight": _whole(-front_matter.HEAVIEST, front_matter.HEAVIEST),
    "layout": _shaped(LAYOUT.pattern),
    "lang": LANG,
    "extra": {"type": "object"},
    "data": {"type": "object", "additionalProperties": {"type": "string", "pattern": DATA_FILE}},
}
STANDING_WEIGHT = "a whole number; decides the order in the footer, the lowest first"
NEEDED = {"site": ("title", "base_url")}
SECTION_NAMES: Schema = {"type": "object", "propertyNames": LANG, "additionalProperties": WORDS}
SECTION = _mapping(
    {"name": WORDS, "definite": TEXT, "description": TEXT, "count": _whole(0, sections.ROW), "names": SECTION_NAMES},
    ("name",),
)
SETTINGS: dict[str, Schema] = {
    "site.title": WORDS,
    "site.base_url": {"type": "string", "pattern": r"^https?://[^\s/?#]+[^\s?#]*$"},
    "site.language": LANG,
    "site.tag": _shaped(settings.TAG.pattern),
    "site.publisher": _mapping({"name": TEXT, "logo": TEXT, "principles": TEXT, "profiles": _list(HTTPS)}),
    "sections": {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {**_shaped(sections.SECTION_KEY.pattern), "not": {"enum": sorted(RESERVED | DEVICES)}},
        "additionalProperties": SECTION,
    },
    **dict.fromkeys(("look.accent", "look.paper", "look.ink"), COLOUR),
    "look.dark": _mapping(dict.fromkeys(look.COLOUR_KEYS, COLOUR)),
    **{
        f"look.{key}": _ending(kinds)
        for key, kinds in (("logo", look.LOGOS), ("logo_dark", look.LOGOS), ("icon", look.ICONS))
    },
    "look.faces": _mapping(
        {key: {"anyOf": [{"enum": list(known)}, _ending(look.FONTS)]} for key, known in look.FACES.items()}
    ),
    "look.footer": TEXT,
    "params": {"type": "object"},
    **dict.fromkeys(("site.tagline", "site.timezone", "most_read.source"), TEXT),
    **dict.fromkeys(("paths.content", "paths.layouts", "paths.output"), TEXT),
    "dates.months": {"enum": list(settings.MONTHS)},
    "dates.week": {"enum": list(settings.WEEKS)},
    "dates.digits": {"enum": list(settings.DIGITS)},
    "quotes": {"enum": list(settings.QUOTES)},
    "home.count": _whole(1, settings.MOST_STORIES_AT_HOME),
    "related.count": _whole(0, 20),
    "related.within_days": _whole(1, 100_000),
    "feed.limit": _whole(1, model_settings.MOST_ENTRIES),
    "feed.content": {"enum": ["full", "summary"]},
    "feed.websub": HTTPS,
    "most_read.count": _whole(1, 20),
    **dict.fromkeys(("iframes", *(f"policy.{kind}" for kind in settings.GROUPS["policy"])), HOSTS),
    "pictures.widths": _list(_whole(16, 4000), minItems=1),
    "pictures.formats": _list({"enum": list(settings.FORMATS)}),
    "names": {"type": "object", "additionalProperties": TEXT},
    "hosting": _list({"enum": list(settings.HOSTING)}),
    "max_shrink": _whole(0, 100),
    **dict.fromkeys(("dates.hijri", "related.newer", "related.same_section", "cards", "search", "precompress"), FLAG),
    **dict.fromkeys(("feed.tags", "feed.authors", "feed.archive"), FLAG),
    **dict.fromkeys(("editions.day", "editions.week", "editions.email"), FLAG),
}


def of_front_matter(site: Config, labels: Iterable[str]) -> Schema:
    """The front matter of an article of `site`; `labels` are the keys of `labels` in its strings."""
    explained = _explained("content.md")
    own = {"section": {"enum": [section.key for section in site.sections]}, "label": {"enum": list(labels)}}
    shapes = ARTICLE | own
    properties = {key: explained.get(key, {}) | shapes[key] for key in front_matter.KEYS}
    title = f"Front matter of an article: {site.title}"
    return {"$schema": DIALECT, "title": title, **_mapping(properties, ("title", "date", "section"))}


def of_standing_page() -> Schema:
    """The front matter of a file in content/pages."""
    explained = _explained("content.md")
    properties = {key: explained.get(key, {}) | ARTICLE[key] for key in front_matter.STANDING_KEYS}
    properties["weight"]["description"] = STANDING_WEIGHT
    return {"$schema": DIALECT, "title": "Front matter of a standing page", **_mapping(properties, ("title",))}


def of_named(kind: str) -> Schema:
    """The front matter of a file in content/authors or content/tags; `kind` is "author" or "tag"."""
    explained = _explained("content.md")
    properties = {key: explained.get(key, {}) | ARTICLE[key] for key in front_matter.NAMED_KEYS}
    title = f"Front matter of the line about {'an author' if kind == 'author' else 'a tag'}"
    return {"$schema": DIALECT, "title": title, **_mapping(properties)}


def of_config() -> Schema:
    """The whole of config.yaml."""
    explained = _explained("config.md")
    shapes = {key: explained.get(key, {}) | shape for key, shape in SETTINGS.items()}
    groups = {
        group: _mapping({key: shapes[f"{group}.{key}"] for key in keys}, NEEDED.get(group, ()))
        for group, keys in settings.GROUPS.items()
    }
    properties = {key: groups.get(key) or shapes[key] for key in settings.KEYS}
    return {"$schema": DIALECT, "title": "config.yaml of Mujaz", **_mapping(properties, ("site", "sections"))}


def _explained(document: str) -> dict[str, Schema]:
    """Key → description: the last cell of its row in docs/, or the one before where that is empty."""
    found = {}
    for line in (DOCS / document).read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) == 5 and cells[1].startswith("`"):
            words = re.sub(r"\[([^][]*)\]\([^()]*\)", r"\1", cells[3] or cells[2]).replace("`", "")
            found.update({key: {"description": words} for key in re.findall(r"`([^`]+)`", cells[1])})
    return found
