"""The keys of an article and of a standing page: what each may hold, and the problem when it holds something else.

A key is checked within its own file. Whether an id is used twice or a picture exists is checked later, with all files.
"""

from __future__ import annotations

from typing import Any

from mujaz.content import key_values
from mujaz.content.options import Options, TypeSetter
from mujaz.messages.message import say
from mujaz.model import urls
from mujaz.model.content import Article, Standing
from mujaz.model.names import (
    LAYOUT,
    below_content,
    default_id,
)
from mujaz.yaml_values.form import Form

KEYS = (
    *("title", "date", "updated", "expires", "section", "tags", "summary", "author", "authors", "source", "sources"),
    *("image", "label", "slug", "id", "aliases", "related", "unrelated", "series", "corrections", "withdrawn"),
    *("draft", "weight", "lead", "breaking_until", "live_until", "live_order", "layout", "lang", "translation_of"),
    *("extra", "data"),
)
STANDING_KEYS = ("title", "weight", "layout", "lang", "extra", "data")
NAMED_KEYS = ("title", "lang", "extra")  # of an author's and a tag's file, which have no `weight`
# Keys whose values are names, ids or addresses, in an article, a standing page and the mappings within them.
NAMES = frozenset(
    "slug id aliases related unrelated tags author authors source sources name url src series layout lang"
    " translation_of".split()
)
# The words of Hugo, Zola, Pelican, Jekyll and WordPress exports for our keys.
SYNONYMS = {
    "categories": "section",
    "category": "section",
    "cover": "image",
    "description": "summary",
    "excerpt": "summary",
    "expirydate": "expires",
    "featured_image": "image",
    "images": "image",
    "keywords": "tags",
    "language": "lang",
    "lastmod": "updated",
    "modified": "updated",
    "permalink": "slug",
    "picture": "image",
    "published": "date",
    "publishdate": "date",
    "redirect_from": "aliases",
    "taxonomies": "tags",
    "template": "layout",
    "url": "slug",
    "العنوان": "title",
    "التاريخ": "date",
    "القسم": "section",
    "الوسوم": "tags",
    "الملخص": "summary",
}
HEAVIEST = 1_000_000
LAYOUT_FORM = say("form-of-layout")


def language(form: Form) -> str | None:
    """The language that the file sets with `lang`."""
    return key_values.language(form, "lang")


def article(form: Form, options: Options, lang: str | None) -> Article | None:
    """The article that the front matter describes, without its body; None where a required key is missing."""
    form.refuse_unknown(KEYS, synonyms=SYNONYMS)
    key_values.refuse_too_many(form)
    typed = TypeSetter(options, lang)
    title = typed(form.line("title", required=True), form, "title")
    published = form.moment("date", options.timezone, required=True)
    section = key_values.section(form, options)
    segment = key_values.segment(form, title)
    identity = key_values.identity(form)
    address = urls.article(published.date(), segment) if published and segment else ""
    values: dict[str, Any] = {
        "summary": typed(" ".join(form.text("summary").split("\n")), form, "summary"),
        "updated": key_values.moment_after(form, "updated", options, published),
        "days": tuple(key for key in ("date", "updated") if form.is_day(key)),
        "expires": key_values.moment_after(form, "expires", options, published),
        "tags": key_values.once(text for text, _ in form.texts("tags")),
        "authors": key_values.once(key_values.one_or_many(form, "author", "authors", key_values.author)),
        "sources": key_values.one_or_many(form, "source", "sources", key_values.credit),
        "picture": key_values.picture(form, options, typed),
        "label": key_values.label(form, options),
        "aliases": key_values.aliases(form, address, identity),
        "related": key_values.references(form, "related"),
        "unrelated": key_values.references(form, "unrelated"),
        "translation_of": key_values.reference(form, "translation_of"),
        "series": form.line("series") or None,
        "corrections": key_values.corrections(form, options, typed, published),
        "withdrawn": typed(key_values.withdrawn(form), form, "withdrawn") or None,
        "draft": form.boolean("draft", False),
        "weight": form.integer("weight", 0, -HEAVIEST, HEAVIEST),
        "lead": key_values.moment_after(form, "lead", options, published),
        "breaking_until": key_values.breaking_until(form, options, published),
        "live_until": key_values.moment_after(form, "live_until", options, published),
        "live_order": key_values.live_order(form),
        "layout": key_values.shaped(form, "layout", LAYOUT, LAYOUT_FORM),
        "extra": key_values.extra(form),
        "data": key_values.data(form),
    }
    if not (title and published and section and segment):
        return None
    return Article(
        id=identity or default_id(below_content(form.path, options.content)),
        explicit_id=identity is not None,
        source=form.path,
        slug=segment,
        title=title,
        published=published,
        section=section,
        lang=lang,
        straight=tuple(typed.straight),
        places=key_values.places(form),
        **values,
    )


def standing(form: Form, options: Options, lang: str | None, *, kind: str, name: str) -> Standing | None:
    """The standing page, author or tag that the front matter describes. Only a page needs a title."""
    form.refuse_unknown(STANDING_KEYS if kind == "page" else NAMED_KEYS, synonyms=SYNONYMS, elsewhere=KEYS)
    title = form.line("title", name.replace("-", " ") if kind != "page" else "", required=kind == "page")
    weight = form.integer("weight", 0, -HEAVIEST, HEAVIEST) if kind == "page" else 0
    extra = key_values.extra(form)
    if not title:
        return None
    typed = TypeSetter(options, lang)
    return Standing(
        kind=kind,
        name=name,
        source=form.path,
        title=typed(title, form, "title"),
        weight=weight,
        lang=lang,
        straight=tuple(typed.straight),
        extra=extra,
        layout=key_values.shaped(form, "layout", LAYOUT, LAYOUT_FORM) if kind == "page" else None,
        data=key_values.data(form) if kind == "page" else (),
        places=key_values.places(form),
    )
