"""The addresses of articles on a site of Hugo, Jekyll or Pelican: by its settings, else by the system's default."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from mujaz.frozen import Value
from mujaz.importing.addresses import HOLE
from mujaz.model.normal_forms import normalized
from mujaz.yaml_values.datetimes import zone


class Named(Value):
    """The parts of an address. `folders` are those between the content folder and the file."""

    folders: tuple[str, ...]
    stem: str  # the file's name, without date and ending
    slug: str  # from the front matter; "" if it is not there
    title: str
    categories: tuple[str, ...]
    moment: str  # ISO
    author: str = ""
    language: str = ""

    @property
    def when(self) -> datetime | None:
        try:
            return datetime.fromisoformat(self.moment)
        except ValueError:
            return None


def _filled(pattern: str, token: re.Pattern[str], value: Callable[[re.Match[str]], str | None]) -> str | None:
    """The pattern with the value of each of its tokens; None where one is not understood."""
    values = [value(found) for found in token.finditer(pattern)]
    known = [one for one in values if one is not None]
    rest = iter(known)
    return token.sub(lambda _: next(rest), pattern) if len(known) == len(values) else None


# ---------------------------------------------------------------- Hugo

_HUGO_TOKEN = re.compile(r":(?P<token>\w+)(?P<range>\[[^\]]{0,200}\])?")
MONTHS = "january february march april may june july august september october november december".split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()


def hugo(named: Named, settings: Mapping[str, Any]) -> str:
    """By `permalinks` of the section, else folders and name; in lower case, with hyphens for blanks.

    A pattern that is not understood comes back between braces.
    """
    given = settings.get("permalinks")
    patterns: dict[str, Any] = given if isinstance(given, dict) else {}
    of_pages = patterns.get("page")
    pages: dict[str, Any] = of_pages if isinstance(of_pages, dict) else {}
    section = named.folders[0] if named.folders else ""
    pattern = pages.get(section) or patterns.get(section)
    if isinstance(pattern, str) and (named.when or not re.search(r":(?:year|month|day|week|yearday)", pattern)):
        filled = _filled(pattern, _HUGO_TOKEN, lambda token: _hugo_value(token, named))
        if filled is None:
            return HOLE + pattern + "}"
        path = filled
    else:
        path = "/".join(("", *named.folders, named.slug or named.stem, ""))
    ugly = settings.get("uglyurls")
    if (ugly.get(section) if isinstance(ugly, dict) else ugly) is True and path.endswith("/"):
        path = path.rstrip("/") + ".html"
    return _hugo_path(path, lower=settings.get("disablepathtolower") is not True)


def _hugo_value(token: re.Match[str], named: Named) -> str | None:
    """The value of a token; None for one that is not understood, such as a time in the letters of Go."""
    name, when = token["token"], named.when
    if token["range"]:
        return None
    if name == "sections":
        return "/".join(named.folders)
    if when is not None and name in ("year", "month", "monthname", "day", "weekday", "weekdayname", "yearday"):
        return {
            "year": f"{when.year:04}",
            "month": f"{when.month:02}",
            "monthname": MONTHS[when.month - 1],
            "day": f"{when.day:02}",
            "weekday": str((when.weekday() + 1) % 7),
            "weekdayname": WEEKDAYS[when.weekday()],
            "yearday": str(when.timetuple().tm_yday),
        }[name]
    known = {
        "section": named.folders[0] if named.folders else "",
        "title": named.title,
        "slug": named.slug or named.title,
        "filename": named.stem,
        "contentbasename": named.stem,
        "slugorfilename": named.slug or named.stem,
        "slugorcontentbasename": named.slug or named.stem,
    }
    return known[name].replace("/", "-") if name in known else None


def _hugo_path(path: str, *, lower: bool) -> str:
    """A path as Hugo cleans it: letters, digits, marks and a few signs stay, each run of blanks becomes a hyphen."""
    kept = "".join(
        c if c in "./_#+~-@" or unicodedata.category(c)[0] in "LNM" else " " if c.isspace() else ""
        for c in normalized("NFC", path)
    )
    kept = re.sub(r"\s+", "-", kept.strip())
    kept = re.sub(r"/{2,}", "/", kept)
    return "/" + (kept.lower() if lower else kept).lstrip("/")


# ---------------------------------------------------------------- Jekyll

STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_JEKYLL_TOKEN = re.compile(r":([a-z]+(?:_[a-z]+)*)")  # a bar behind it is no part of its name


def jekyll(named: Named, settings: Mapping[str, Any], own: str = "") -> str:
    """By `permalink` of the file, else of the settings: a style or a pattern. The day is that of their `timezone`.

    A pattern that is not understood comes back between braces.
    """
    collections = settings.get("collections")
    posts = collections.get("posts") if isinstance(collections, dict) else None
    pattern = own or (posts.get("permalink") if isinstance(posts, dict) else "") or settings.get("permalink") or "date"
    pattern = STYLES.get(str(pattern), str(pattern))
    when = named.when
    with contextlib.suppress(ValueError, KeyError, OSError, OverflowError):  # no zone of this machine, no day in it
        when = when and (when.astimezone(zone(str(settings["timezone"]))) if when.tzinfo else when)
    path = _filled(pattern, _JEKYLL_TOKEN, lambda token: _jekyll_value(token, named, when))
    if path is None:
        return HOLE + pattern + "}"
    return re.sub(r"/{2,}", "/", "/" + path.lstrip("/"))


def _jekyll_value(token: re.Match[str], named: Named, when: datetime | None) -> str | None:
    """The value of a token; None for one that is not understood."""
    name = token[1]
    if name in ("categories", "slugified_categories"):
        blank = "-" if name.startswith("slug") else " "
        return "/".join(dict.fromkeys(category.lower().replace(" ", blank) for category in named.categories))
    if name in ("title", "slug"):
        return named.slug or named.stem
    if name == "output_ext":
        return ".html"
    if when is None:
        return None
    week = when.isocalendar()
    known = {
        "year": f"{when.year:04}", "month": f"{when.month:02}", "day": f"{when.day:02}", "i_month": str(when.month),
        "i_day": str(when.day), "short_year": f"{when.year % 100:02}", "y_day": f"{when.timetuple().tm_yday:03}",
        "hour": f"{when.hour:02}", "minute": f"{when.minute:02}", "second": f"{when.second:02}",
        "short_month": MONTHS[when.month - 1][:3].capitalize(), "long_month": MONTHS[when.month - 1].capitalize(),
        "short_day": WEEKDAYS[when.weekday()][:3].capitalize(), "long_day": WEEKDAYS[when.weekday()].capitalize(),
        "week": f"{week.week:02}", "w_year": f"{week.year:04}", "w_day": str(week.weekday),
    }  # fmt: skip
    return known.get(name)


# ---------------------------------------------------------------- Pelican

_PELICAN_HOLE = re.compile(r"\{(?P<name>[a-z_]+)(?::(?P<form>[^{}]*))?\}")
_DATE_LETTER = re.compile(r"%-?([YymdHMSjbB])")
# Its settings that make slugs otherwise than it does by itself.
OTHER_SLUGS = tuple(
    f"{kind}_{end}" for kind in ("SLUG", "CATEGORY", "AUTHOR") for end in ("REGEX_SUBSTITUTIONS", "SUBSTITUTIONS")
)


def pelican(named: Named, settings: Mapping[str, Any]) -> Iterator[str]:
    """By ARTICLE_URL, ARTICLE_SAVE_AS too where it is another; the slug is the whole title.

    What is not in the language of the site has settings of its own. What is not known stays between braces.
    """
    default = str(settings.get("DEFAULT_LANG") or "en")
    language = named.language or default
    source = named.stem if settings.get("SLUGIFY_SOURCE") == "basename" else named.title or named.stem
    values = {
        "slug": named.slug or _pelican_slug(source, settings),
        "category": _pelican_slug(named.categories[0], settings) if named.categories else "misc",
        "author": _pelican_slug(named.author, settings),
        "lang": language,
    }

    def value(hole: re.Match[str]) -> str:
        form = hole["form"] or "%Y-%m-%d"
        if hole["name"] == "date" and (when := named.when) and not _DATE_LETTER.sub("", form).count("%"):
            return _DATE_LETTER.sub(lambda letter: _date_part(letter, when), form)
        return values.get(hole["name"]) or f"{HOLE}{hole['name']}}}"

    kind, usual = ("ARTICLE", "{slug}.html") if language == default else ("ARTICLE_LANG", "{slug}-{lang}.html")
    url = _pelican_pattern(settings, f"{kind}_URL", usual)
    for pattern in dict.fromkeys((url, _pelican_pattern(settings, f"{kind}_SAVE_AS", url))):
        path = "/" + _PELICAN_HOLE.sub(value, pattern).lstrip("/")
        yield re.sub(r"/index\.html$", "/", path)


def _pelican_pattern(settings: Mapping[str, Any], key: str, usual: str) -> str:
    """The pattern of a setting; its name between braces where that is no text, as an expression, which is not run."""
    given = settings.get(key) or usual
    return given if isinstance(given, str) else f"{HOLE}{key}}}"


def _date_part(letter: re.Match[str], when: datetime) -> str:
    text = {
        "Y": f"{when.year:04}", "y": f"{when.year % 100:02}", "m": f"{when.month:02}", "d": f"{when.day:02}",
        "H": f"{when.hour:02}", "M": f"{when.minute:02}", "S": f"{when.second:02}",
        "j": f"{when.timetuple().tm_yday:03}", "b": MONTHS[when.month - 1][:3].capitalize(),
        "B": MONTHS[when.month - 1].capitalize(),
    }[letter[1]]  # fmt: skip
    return text.lstrip("0") if letter[0].startswith("%-") else text


def _pelican_slug(text: str, settings: Mapping[str, Any]) -> str | None:
    """The slug that Pelican makes of a text; None where that is not known: it spells other letters in Latin ones."""
    if settings.get("SLUGIFY_USE_UNICODE") is not True:
        parts = normalized("NFKD", text)
        text = "".join(c for c in parts if unicodedata.category(c) not in ("Mn", "Pi", "Pf"))
    is_known = settings.get("SLUGIFY_USE_UNICODE") is True or text.isascii()
    return pelican_slug(text) if is_known and settings.keys().isdisjoint(OTHER_SLUGS) else None


def pelican_slug(text: str) -> str:
    """All words in lower case, joined by hyphens."""
    kept = "".join(
        c if c.isalnum() or c in "_-" or unicodedata.category(c)[0] == "M" else " " if c.isspace() else "" for c in text
    )
    return re.sub(r"[-\s]+", "-", kept.strip().lower()).strip("-")
