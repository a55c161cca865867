"""The sections of config.yaml: their keys, which are parts of addresses, and their names."""

from __future__ import annotations

import re

from mujaz.messages.message import Message, say
from mujaz.model.content import Place
from mujaz.model.names import DEVICES, LANGUAGE, language_code
from mujaz.model.settings import Section
from mujaz.model.urls import RESERVED
from mujaz.yaml_values.form import Form, Mapping

ROW = 8  # stories of a section on the home page, at most
SECTION_KEY = re.compile(r"[a-z][a-z0-9-]{0,62}")


def key_trouble(key: str) -> tuple[Message, Message] | None:
    """Why a section cannot have this key, and what to do; None if it can."""
    if not SECTION_KEY.fullmatch(key):
        return say("section-key-wrong", key=key), say("key-is-an-address")
    if key in RESERVED or key in DEVICES:
        return say("section-key-taken", key=key), say("choose-another-key", keys=tuple(sorted(RESERVED)))
    return None


def sections_of(form: Form) -> tuple[Section, ...]:
    """The sections in the order of config.yaml; wrong ones are reported and left out."""
    value = form.value("sections")
    if value is None:
        form.missing("sections")
        return ()
    example = "sections: {politics: {name: سياسة}}"
    if not isinstance(value, Mapping) or not value.values:
        form.report(
            value.place, say("no-mapping-of-names", key=form.name("sections")), say("write-like", example=example)
        )
        return ()
    sections = Form(mapping=value, path=form.path, problems=form.problems, inside="sections.")
    return tuple(_one_section(sections, key, place) for key, place in value.keys.items())


def _one_section(sections: Form, key: str, place: Place) -> Section:
    if trouble := key_trouble(key):
        sections.report(place, *trouble)
    inner = sections.form(key, ("name", "definite", "description", "count", "names"), f"{key}: {{name: …}}")
    if inner is None:
        if not sections.has(key):
            sections.report(
                place, say("section-without-name", key=key), say("write-like", example=f"{key}: {{name: …}}")
            )
        return Section(key=key, name=key)
    name, texts = inner.line("name", required=True), {one: inner.line(one) for one in ("description", "definite")}
    count = inner.integer("count", ROW, 0, ROW) if inner.has("count") else None
    return Section(key=key, name=name, count=count, names=_names(inner), **texts)


def _names(section: Form) -> tuple[tuple[str, str], ...]:
    """(language, name) for pages in other languages than the site's."""
    value = section.value("names")
    names = section.form("names", value.keys if isinstance(value, Mapping) else (), "names: {en: Politics}")
    if names is None:
        return ()
    for language, place in names.mapping.keys.items():
        if not LANGUAGE.fullmatch(language):
            text = say("form-wrong", key=section.name("names"), value=language)
            names.report(place, text, say("write-it", what=say("form-of-language")))
    found = ((language_code(language), names.line(language, required=True)) for language in names.mapping.keys)
    return tuple(sorted(found))
