"""config.yaml to a checked `Config`: which keys there are, what each may hold, and its default."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from mujaz.config import folders, look
from mujaz.config.sections import sections_of
from mujaz.frozen import Value, names_of, replace
from mujaz.messages.errors import Problem, SiteError, UsageError, did_you_mean, reason
from mujaz.messages.message import Message, say
from mujaz.model.fingerprint import file_digest
from mujaz.model.names import LANGUAGE, language_code
from mujaz.model.settings import MOST_ENTRIES, Config, FeedSettings, Policy, Publisher, RelatedSettings
from mujaz.yaml_values.encoding import decode
from mujaz.yaml_values.form import Form, Mapping, loose
from mujaz.yaml_values.loader import load

GROUPS = {
    "site": ("title", "tagline", "base_url", "language", "timezone", "tag", "publisher"),
    "look": look.KEYS,
    "policy": names_of(Policy),
    "paths": ("content", "layouts", "output"),
    "dates": ("months", "week", "digits", "hijri"),
    "home": ("count",),
    "related": ("count", "newer", "same_section", "within_days"),
    "feed": ("limit", "content", "tags", "authors", "archive", "websub"),
    "editions": ("day", "week", "email"),
    "most_read": ("source", "count"),
    "pictures": ("widths", "formats"),
}
# Keys whose values are addresses, ids or names of files: a bidi control could disguise them.
NAMES = frozenset(
    "base_url language timezone tag logo principles profiles content layouts output source iframes websub".split()
)
KEYS = (
    *("site", "sections", "look", "params", "policy", "paths", "dates", "quotes", "home", "related", "feed"),
    *("editions", "most_read", "iframes", "pictures", "cards", "search", "precompress", "hosting", "max_shrink"),
    "names",
)
MONTHS = ("dual", "gulf", "levant", "maghreb")
WEEKS = ("saturday", "sunday", "monday")
DIGITS = ("western", "arabic")
QUOTES = ("guillemets", "curly", "as-is")
FORMATS = ("webp", "avif")
HOSTING = ("github-pages", "netlify", "cloudflare", "nginx", "caddy")
MOST_STORIES_AT_HOME = 32  # more cards do not fit into the first round trip of 14 kB

OF_THE_MACHINE = ("localtime", "posixrules", "Factory")  # in the zone database of many systems, each another zone
LABELS = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*"
HOST = re.compile(rf"(?=.{{1,253}}\Z){LABELS}")
# RFC 4151, taggingEntity. The host stands in the Message-ID of editions too.
TAG = re.compile(rf"(?=[^,]{{1,253}},)([a-z0-9._-]{{1,64}}@)?{LABELS},[0-9]{{4}}(-[0-9]{{2}}){{0,2}}")
SUB_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)*")


class Loaded(Value):
    """A config, its warnings, and the digest of the bytes that it was made from."""

    config: Config
    warnings: tuple[Problem, ...]
    digest: str = ""


def load_config(path: Path, *, base_url: str | None = None) -> Loaded:
    """The settings of the site whose config.yaml is `path`; `base_url` overrides its own.

    Raises `SiteError` with every problem of the file, and `UsageError` for a wrong `base_url`.
    """
    if base_url is not None and (trouble := base_url_trouble(base_url)):
        raise UsageError(say("base-url-wrong", address=base_url, why=trouble))
    raw = _raw(path)
    form = _form(raw, path.name)
    config = _config(form, path.parent, base_url)
    errors = [problem for problem in form.problems if not problem.warning]
    if errors:
        raise SiteError(form.problems)
    return Loaded(config=config, warnings=tuple(form.problems), digest=file_digest(raw))


def completed(config: Config, strings: dict[str, Any]) -> Config:
    """`config` with the digits and quotes of the language where config.yaml sets none."""
    return replace(config, digits=config.digits or strings["digits"], quotes=config.quotes or strings["quotes"])


def load_despite_problems(path: Path) -> tuple[Config | None, tuple[Problem, ...]]:
    """The settings, with the default for each wrong one, and every problem; None where the file cannot be read.

    Never raises SiteError.
    """
    try:
        form = _form(_raw(path), path.name)
    except SiteError as error:
        return None, error.problems
    config = _config(form, path.parent, None)
    return config, tuple(form.problems)


def _raw(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        name = path.name
        message = say("not-there", path=name) if missing else say("cannot-be-read", path=name, why=reason(error))
        raise SiteError([Problem(path=name, message=message, help=say("what-a-site-is"))]) from None


def _form(raw: bytes, name: str) -> Form:
    text, wrong = decode(raw, name)
    if wrong:
        raise SiteError([wrong])
    mapping, problems = load(text, path=name, names=NAMES)
    if mapping is None:
        raise SiteError(problems)
    return Form(mapping=mapping, path=name, problems=problems)


def _config(form: Form, root: Path, base_url: str | None) -> Config:
    form.refuse_unknown(KEYS)
    below = {name: _below(form, name, known) for name, known in GROUPS.items()}
    site, dates, editions = below["site"], below["dates"], below["editions"]
    written = _base_url(site)
    address = _tidy(base_url) if base_url is not None else written
    title = site.line("title", required=True)
    content, layouts, output = folders.paths(below["paths"], root)
    return Config(
        title=title,
        tagline=site.line("tagline"),
        base_url=address,
        base_path=urlsplit(address).path,
        language=_language(site),
        timezone=_timezone(site),
        tag=_tag(site, written),
        publisher=_publisher(site, title),
        sections=sections_of(form),
        look=look.look_of(below["look"]),
        params=_params(form),
        content=content,
        layouts=layouts,
        output=output,
        months=dates.choice("months", MONTHS, "dual"),
        week=dates.choice("week", WEEKS, ""),
        digits=dates.choice("digits", DIGITS, ""),
        hijri=dates.boolean("hijri", False),
        quotes=form.choice("quotes", QUOTES, ""),
        home_count=below["home"].integer("count", 24, 1, MOST_STORIES_AT_HOME),
        related=_related(below["related"]),
        feed=_feed(below["feed"]),
        edition_day=editions.boolean("day", True),
        edition_week=editions.boolean("week", True),
        edition_email=editions.boolean("email", True),
        most_read_source=folders.hits_file(below["most_read"], root),
        most_read_count=below["most_read"].integer("count", 5, 1, 20),
        iframes=_hosts(form, "iframes"),
        policy=Policy(**{kind: _hosts(below["policy"], kind) for kind in names_of(Policy)}),
        picture_widths=_widths(below["pictures"]),
        picture_formats=_chosen(below["pictures"], "formats", FORMATS, ("webp",)),
        cards=form.boolean("cards", True),
        search=form.boolean("search", True),
        precompress=form.boolean("precompress", False),
        hosting=_chosen(form, "hosting", HOSTING, ()),
        max_shrink=form.integer("max_shrink", 20, 0, 100),
        names=_names(form),
    )


def _below(form: Form, name: str, known: tuple[str, ...]) -> Form:
    """The mapping of a group of settings; an empty one where it is missing, so that its defaults apply."""
    found = form.form(name, known, f"{name}: {{{known[0]}: …}}")
    empty = Mapping(values={}, keys={}, place=form.place(name))
    return found or Form(mapping=empty, path=form.path, problems=form.problems, inside=f"{name}.")


# ---------------------------------------------------------------- the site


def base_url_trouble(url: str) -> Message | None:
    """Why `url` cannot be the address of a site; None if it can."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return say("no-web-address")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return say("no-https-and-host")
    if not parts.hostname.isascii():
        return say("host-not-latin")
    if parts.username is not None or parts.password is not None:
        return say("holds-password")
    if not HOST.fullmatch(parts.hostname) or port == 0:
        return say("host-wrong", host=parts.netloc)
    if parts.query or parts.fragment or "?" in url or "#" in url:
        return say("holds-query")
    path = parts.path.rstrip("/")
    if not SUB_PATH.fullmatch(path) or any(segment in (".", "..") for segment in path.split("/")):
        return say("path-not-plain")
    if "/." in path:  # web servers and hosts answer nothing below a hidden name
        return say("path-hidden")
    return None


def _tidy(url: str) -> str:
    """A valid base URL in its canonical form: scheme and host in lower case, no slash at its end."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}"


def _base_url(site: Form) -> str:
    written = site.line("base_url", required=True)
    trouble = base_url_trouble(written) if written else None
    if trouble:
        text = say("value-refused", key=site.name("base_url"), value=written, why=trouble)
        site.report(site.place("base_url"), text, say("write-address"))
    return "" if trouble or not written else _tidy(written)


def _language(site: Form) -> str:
    code = site.line("language", "ar")
    if LANGUAGE.fullmatch(code):
        return language_code(code)
    text = say("no-language-code", key=site.name("language"), value=code)
    site.report(site.place("language"), text, say("write-language-code"))
    return "ar"


def _timezone(site: Form) -> str:
    zone = site.line("timezone", "UTC")
    try:
        if zone in OF_THE_MACHINE:
            raise KeyError(zone)
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError
        near = did_you_mean(zone, sorted(available_timezones()))
        text = say("no-time-zone", key=site.name("timezone"), value=zone)
        site.report(site.place("timezone"), text, near or say("write-time-zone"))
        return "UTC"
    return zone


def _tag(site: Form, written: str) -> str:
    """The site's name in feeds (RFC 4151). It depends on the address in the file alone: a preview is the same site."""
    tag = site.line("tag")
    if not tag and not written:
        return ""  # the missing address is reported elsewhere
    if not tag:
        made = f"{urlsplit(written).hostname},2000"
        text = say("tag-missing", key=site.name("tag"), tag=made)
        help = say("write-tag-down", line=f"tag: {made}")
        site.report(site.place("tag"), text, help, warning=True)
        return made
    if not TAG.fullmatch(tag):
        text = say("no-host-and-year", key=site.name("tag"), value=tag)
        site.report(site.place("tag"), text, say("write-host-and-year"))
    return tag


def _publisher(site: Form, title: str) -> Publisher:
    inner = site.form("publisher", ("name", "logo", "principles", "profiles"), "publisher: {name: …}")
    if inner is None:
        return Publisher(name=title)
    logo, principles = inner.line("logo"), inner.line("principles")
    if logo and not _is_https(logo) and folders.path_trouble(logo):
        text = say("logo-no-file", key=inner.name("logo"), value=logo)
        inner.report(inner.place("logo"), text, say("write-static-path"))
    if principles and not _is_https(principles) and not re.fullmatch(r"/[^/\s?#\\][^\s?#\\]*", principles):
        text = say("principles-no-page", key=inner.name("principles"), value=principles)
        inner.report(inner.place("principles"), text, say("write-site-path"))
    profiles = []
    for profile, place in inner.texts("profiles"):
        if not _is_https(profile):
            inner.report(
                place, say("profile-no-https", key=inner.name("profiles"), value=profile), say("write-in-full")
            )
        profiles.append(profile)
    return Publisher(
        name=inner.line("name", title), logo=logo or None, principles=principles or None, profiles=tuple(profiles)
    )


def _is_https(text: str) -> bool:
    return re.fullmatch(r"https://[^\s/]+(/\S*)?", text) is not None


# ---------------------------------------------------------------- lists and groups


def _related(related: Form) -> RelatedSettings:
    return RelatedSettings(
        count=related.integer("count", 5, 0, 20),
        newer=related.boolean("newer", True),
        same_section=related.boolean("same_section", False),
        within_days=related.integer("within_days", 1, 1, 100_000) if related.has("within_days") else None,
    )


def _feed(feed: Form) -> FeedSettings:
    websub = feed.line("websub")
    if websub and not _is_https(websub):
        text = say("no-https-address", key=feed.name("websub"), value=websub)
        feed.report(feed.place("websub"), text, say("write-hub"))
    return FeedSettings(
        limit=feed.integer("limit", 60, 1, MOST_ENTRIES),
        content=feed.choice("content", ("full", "summary"), "full"),
        tags=feed.boolean("tags", False),
        authors=feed.boolean("authors", False),
        archive=feed.boolean("archive", False),
        websub=websub or None,
    )


def _params(form: Form) -> dict[str, Any]:
    value = form.value("params")
    if value is None or isinstance(value, Mapping):
        return loose(value) if value else {}
    form.report(value.place, say("params-no-mapping", key=form.name("params")), say("write-free-keys"))
    return {}


def _hosts(form: Form, key: str) -> tuple[str, ...]:
    hosts = []
    for text, place in form.texts(key):
        if HOST.fullmatch(text.lower()) and "." in text:
            hosts.append(text.lower())
        else:
            trouble = say("no-host-name", key=form.name(key), value=text)
            form.report(place, trouble, say("write-host"))
    return tuple(dict.fromkeys(hosts))


def _names(form: Form) -> tuple[tuple[str, str], ...] | None:
    """Latin names and how the paper writes them; with an empty mapping `check` still warns about Latin names."""
    value = form.value("names")
    if value is None:
        return None
    if not isinstance(value, Mapping):
        example = "names: {Reuters: رويترز}"
        form.report(value.place, say("no-mapping-of-names", key="names"), say("write-like", example=example))
        return None
    spellings = Form(mapping=value, path=form.path, problems=form.problems, inside="names.")
    return tuple((key.strip(), text) for key in value.keys if (text := spellings.line(key, required=True)))


def _widths(pictures: Form) -> tuple[int, ...]:
    if not pictures.has("widths"):
        return (480, 960, 1440)
    values = pictures.listed("widths", say("list-of-numbers"))
    widths = {pictures.number("widths", value, 16, 16, 4000) for value in values}
    if not widths:
        pictures.report(pictures.place("widths"), say("no-width", key=pictures.name("widths")), say("write-one"))
    return tuple(sorted(widths))


def _chosen(form: Form, key: str, known: tuple[str, ...], default: tuple[str, ...]) -> tuple[str, ...]:
    """The entries of a list, each one of `known`; the default where the key is missing."""
    if not form.has(key):
        return default
    chosen = [form.chosen(key, value, known, "") for value in form.listed(key, say("list-of-texts"))]
    return tuple(name for name in dict.fromkeys(chosen) if name)
