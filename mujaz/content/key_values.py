"""One key of a front matter to its checked value, and the problem when it holds something else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar

from mujaz.arabic.slugs import name_key, path_key, slug
from mujaz.content.options import Options, TypeSetter
from mujaz.messages.errors import did_you_mean
from mujaz.messages.message import Message, say
from mujaz.model.content import Correction, Credit, PictureReference, Place, Reference
from mujaz.model.names import (
    ID,
    LANGUAGE,
    file_name_trouble,
    language_code,
    picture_trouble,
    site_path,
    site_path_trouble,
    slug_trouble,
)
from mujaz.yaml_values.datetimes import day_after
from mujaz.yaml_values.form import TEXTS, Form, Mapping, Scalar, Sequence, Value, key_of, loose

ENDS = ("expires", "lead", "breaking_until", "live_until")  # keys whose date is the end of something
DATA_ENDINGS = (".csv", ".json", ".yaml", ".yml")
DATA_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
ORDERS = ("newest", "oldest")
# Entries of a list. Each makes pages, feeds, files of its own: 12,000 tags in 60 kB take minutes and half a gigabyte.
MOST_IN_LIST = {
    **dict.fromkeys(("tags", "authors", "sources", "related", "unrelated"), 100),
    "aliases": 1_000,
}
LONGEST_ALT = 1_000  # characters; a screen reader cannot skip within an alt
T = TypeVar("T")
WEB = re.compile(r"https?://[^\s/]++\S*+")
CORRECTIONS = say("list-of-corrections")
LANGUAGE_FORM, ID_FORM = say("form-of-language"), say("form-of-id")


def places(form: Form) -> dict[str, Place]:
    """Key → the place of its value."""
    return {key: value.place for key, value in form.mapping.values.items()}


def refuse_too_many(form: Form) -> None:
    """Reports each list that has more entries than an article may have."""
    for key, most in MOST_IN_LIST.items():
        value = form.value(key)
        if isinstance(value, Sequence) and len(value.values) > most:
            count = len(value.values)
            form.report(value.place, say("entries-too-many", key=form.name(key), n=count, most=most), say("keep-fewer"))


def shaped(form: Form, key: str, shape: re.Pattern[str], wanted: Message) -> str | None:
    """The text of `key` if `shape` matches all of it; `wanted` describes the form in the help."""
    text = form.line(key)
    if not text or shape.fullmatch(text):
        return text or None
    form.report(form.place(key), say("form-wrong", key=form.name(key), value=text), say("write-it", what=wanted))
    return None


def language(form: Form, key: str) -> str | None:
    """The code of a language at `key`."""
    code = shaped(form, key, LANGUAGE, LANGUAGE_FORM)
    return language_code(code) if code else None


def identity(form: Form) -> str | None:
    """The id, which is the name of a folder and of a file in the output."""
    id = shaped(form, "id", ID, ID_FORM)
    trouble = file_name_trouble(id) if id else None
    if trouble and id:
        form.report(
            form.place("id"), say("value-refused", key="id", value=id, why=trouble), say("write-it", what=ID_FORM)
        )
    return id


def section(form: Form, options: Options) -> str:
    """The key of the section; empty, and reported, where config.yaml does not have it."""
    section = form.line("section", required=True)
    if not section or section in options.sections:
        return section
    listed = say("sections-are", keys=tuple(options.sections))
    near = did_you_mean(section.lower(), options.sections)
    help = say("near-or-listed", near=near, listed=listed) if near else listed
    meant = key_of(section, options.sections, options.section_names)
    form.report(form.place("section"), say("unknown-section", section=section), meant or help)
    return ""


def segment(form: Form, title: str) -> str:
    """The last segment of the address: `slug`, or made from `title`; empty, and reported, where neither is valid."""
    written = form.line("slug")
    made = slug(title) if title else ""
    trouble = slug_trouble(written or made)
    if written and trouble:
        advice = slug(written)
        mend = (
            say("write-slug", line=f"slug: {advice}") if advice and not slug_trouble(advice) else say("write-segment")
        )
        form.report(form.place("slug"), say("value-refused", key=form.name("slug"), value=written, why=trouble), mend)
        return ""
    if title and not written and (trouble or not made):
        reason = say("made-slug-refused", slug=made, why=trouble) if trouble and made else say("no-letter-or-digit")
        form.report(form.place("title"), say("title-without-address", why=reason), say("add-slug"))
        return ""
    return written or made


def moment_after(form: Form, key: str, options: Options, published: datetime | None) -> datetime | None:
    """The datetime of `updated` or of one of ENDS. A date without a time is a whole day: an end is the end of it."""
    moment = form.moment(key, options.timezone)
    if moment is None:
        return None
    end = day_after(moment, options.timezone) if form.is_day(key) else None
    if published and (end <= published if end else moment < published):
        form.report(form.place(key), say("before-date", key=form.name(key)), say("check-both-dates"))
        return None
    if end is None:
        return moment
    return end if key in ENDS else _within(moment, end, published)


def label(form: Form, options: Options) -> str | None:
    """The label as written; a live story has the label `live` even if it is not written."""
    written = form.choice("label", options.labels, "", names=options.label_names)
    if not written and form.has("live_until") and "live" in options.labels:
        return "live"
    return written or None


def live_order(form: Form) -> str:
    """The order of live entries, one of ORDERS; reported where the story is not live."""
    if form.has("live_order") and not form.has("live_until"):
        form.report(form.place("live_order"), say("order-without-live"), say("add-live-until"))
    return form.choice("live_order", ORDERS, ORDERS[0])


def breaking_until(form: Form, options: Options, published: datetime | None) -> datetime | None:
    """The end of `label: breaking`; reported where the story has another label."""
    if form.has("breaking_until") and form.line("label") != "breaking":
        form.report(form.place("breaking_until"), say("until-without-label"), say("add-breaking-label"))
    return moment_after(form, "breaking_until", options, published)


def _within(day: datetime, end: datetime, published: datetime | None) -> datetime:
    """The start of a day, or the time of publication if the story is published on that day."""
    return published if published and day < published < end else day


def once(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts without repeated names, each as first written."""
    found: dict[str, str] = {}
    for text in texts:
        found.setdefault(name_key(text), text)
    return tuple(found.values())


def one_or_many(form: Form, one: str, many: str, read: Callable[[Form, str, Value], T | None]) -> tuple[T, ...]:
    """The values of the list `many`, or the single value `one`."""
    if form.has(one) and form.has(many):
        form.report(
            form.place(one), say("both-given", key=form.name(one), other=form.name(many)), say("keep-key", key=many)
        )
        return ()
    single = form.value(one)
    values = form.listed(many, TEXTS) if single is None else (single,)
    key = many if single is None else one
    return tuple(found for value in values if (found := read(form, key, value)) is not None)


def author(form: Form, key: str, value: Value) -> str | None:
    """The name of an author."""
    return form.one_text(key, value) or None


def credit(form: Form, key: str, value: Value) -> Credit | None:
    """A source, written as a name or as a mapping of name and url."""
    if not isinstance(value, Mapping):
        name = form.one_text(key, value)
        return Credit(name=name) if name else None
    inner = form.inner(value, key, ("name", "url"), "{name: الجزيرة, url: https://…}")
    if inner is None:
        return None
    name, url = inner.line("name", required=True), inner.line("url")
    if url and not WEB.fullmatch(url):
        trouble = say("no-web-url", key=inner.name("url"), value=url)
        inner.report(inner.place("url"), trouble, say("write-from-https"))
    return Credit(name=name, url=url or None) if name else None


def picture(form: Form, options: Options, typed: TypeSetter) -> PictureReference | None:
    """The lead picture; None where `src` or `alt` is missing or invalid."""
    example = "image: {src: picture.jpg, alt: …}"
    inner = form.form("image", ("src", "alt", "caption", "credit", "alt_lang"), example)
    if inner is None:
        return None
    src, alt = inner.line("src", required=True), inner.text("alt", required=True)
    trouble = picture_trouble(src, form.path, options.content) if src else None
    if trouble:
        mend = say("export-heic") if trouble.id == "picture-is-heic" else say("name-a-picture-file")
        inner.report(inner.place("src"), say("picture-wrong", picture=src, why=trouble), mend)
    if len(alt) > LONGEST_ALT:
        long = say("text-too-long", key=inner.name("alt"), n=len(alt), most=LONGEST_ALT)
        inner.report(inner.place("alt"), long, say("shorten-to-caption"), warning=True)
    alt_lang = language(inner, "alt_lang")
    caption, credit = typed(inner.text("caption"), inner, "caption"), inner.text("credit")
    if not src or not alt or trouble:
        return None
    return PictureReference(
        src=src,
        alt=alt if alt_lang else typed(alt, inner, "alt"),
        alt_lang=alt_lang,
        caption=caption,
        credit=credit,
        place=inner.place("src"),
    )


def aliases(form: Form, address: str, id: str | None) -> tuple[Reference, ...]:
    """The old addresses of a story whose address is `address`."""
    own = {path_key(address), path_key(f"s/{id}/")} if id else {path_key(address)}
    found: dict[str, Reference] = {}
    for text, place in form.texts("aliases"):
        if trouble := site_path_trouble(text):
            form.report(place, say("alias-wrong", alias=text, why=trouble), say("write-old-path"))
            continue
        reference = Reference(target=site_path(text), place=place)
        key = path_key(reference.target)
        if key in own:
            form.report(place, say("alias-is-own-address", alias=text), say("take-it-out"), warning=True)
        elif key in found:
            form.report(place, say("alias-twice", alias=text), say("take-it-out"), warning=True)
        else:
            found[key] = reference
    return tuple(found.values())


def references(form: Form, key: str) -> tuple[Reference, ...]:
    """The texts of a list, each with its place."""
    return tuple(Reference(target=text, place=place) for text, place in form.texts(key))


def reference(form: Form, key: str) -> Reference | None:
    """The text of `key` with its place."""
    target = form.line(key)
    return Reference(target=target, place=form.place(key)) if target else None


def corrections(form: Form, options: Options, typed: TypeSetter, published: datetime | None) -> tuple[Correction, ...]:
    """The corrections of a story, in the order written; without a time each is of the whole day."""
    found = []
    for value in form.listed("corrections", CORRECTIONS):
        inner = form.inner(value, "corrections", ("date", "text"), "{date: 2021-10-19, text: …}")
        if inner is None:
            continue
        date = inner.moment("date", options.timezone, required=True)
        text = typed(inner.text("text", required=True), inner, "text")
        if date and text:
            is_day = inner.is_day("date")
            if is_day:
                date = _within(date, day_after(date, options.timezone), published)
            found.append(Correction(date=date, text=text, is_day=is_day))
    return tuple(found)


def withdrawn(form: Form) -> str:
    """Why the story is withdrawn; empty if it is not."""
    value = form.value("withdrawn")
    if isinstance(value, Scalar) and value.plain and value.text.lower() in ("true", "false", "yes", "no", "نعم", "لا"):
        trouble = say("no-reason", key=form.name("withdrawn"), value=value.text)
        form.report(value.place, trouble, say("write-reason"))
        return ""
    return form.text("withdrawn")


def extra(form: Form) -> dict[str, Any]:
    """The free values of `extra`: text, bool, int, float, None, tuple or dict."""
    value = form.value("extra")
    if value is None or isinstance(value, Mapping):
        return loose(value) if value else {}
    form.report(value.place, say("extra-no-mapping", key=form.name("extra")), say("write-free-keys"))
    return {}


def data(form: Form) -> tuple[tuple[str, Reference], ...]:
    """(name in layouts, path) of each data file."""
    value = form.value("data")
    if value is None:
        return ()
    if not isinstance(value, Mapping):
        form.report(
            value.place,
            say("data-no-mapping", key=form.name("data")),
            say("write-data-like", example="data: {table: results.csv}"),
        )
        return ()
    inner = Form(mapping=value, path=form.path, problems=form.problems, inside="data.")
    found = []
    for name, place in value.keys.items():
        target = inner.line(name)
        if not DATA_NAME.fullmatch(name):
            inner.report(
                place, say("data-name-wrong", name=name), say("write-data-like", example="data: {table: results.csv}")
            )
        elif target and not target.lower().endswith(DATA_ENDINGS):
            text = say("data-wrong-kind", key=inner.name(name), value=target, kinds=DATA_ENDINGS)
            inner.report(inner.place(name), text, say("write-data-like", example="data: {table: results.csv}"))
        elif target:
            found.append((name, Reference(target=target, place=inner.place(name))))
    return tuple(sorted(found, key=lambda pair: pair[0]))
