"""The addresses of articles on a site of Hugo, Jekyll or Pelican: by its settings, else by the system's default."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from mujaz.frozen import Value
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


# ---------------------------------------------------------------- Hugo

_HUGO_TOKEN = re.compile(r":(?P<token>[a-z]+)(?:\[(?P<range>[^\]]{0,200})\])?")
MONTHS = "january february march april may june july august september october november december".split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()


def hugo(named: Named, settings: Mapping[str, Any]) -> str:
    """By `permalinks` of the section, else folders and name; in lower case, with hyphens for blanks."""
    given = settings.get("permalinks")
    patterns: dict[str, Any] = given if isinstance(given, dict) else {}
    of_pages = patterns.get("page")
    pages: dict[str, Any] = of_pages if isinstance(of_pages, dict) else {}
    section = named.folders[0] if named.folders else ""
    pattern = pages.get(section) or patterns.get(section)
    if isinstance(pattern, str) and (named.when or not re.search(r":(?:year|month|day|week|yearday)", pattern)):
        path = _HUGO_TOKEN.sub(lambda token: _hugo_value(token, named), pattern)
    else:
        path = "/".join(("", *named.folders, named.slug or named.stem, ""))
    if settings.get("uglyurls") is True and path.endswith("/"):
        path = path.rstrip("/") + ".html"
    return _hugo_path(path, lower=settings.get("disablepathtolower") is not True)


def _hugo_value(token: re.Match[str], named: Named) -> str:
    name, when = token["token"], named.when
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
    return known.get(name, token[0]).replace("/", "-") if name in known else token[0]


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
_JEKYLL_TOKEN = re.compile(r":([a-z_]+)")


def jekyll(named: Named, settings: Mapping[str, Any], own: str = "") -> str:
    """By `permalink` of the file, else of the settings: a style or a pattern. The day is that of their `timezone`."""
    collections = settings.get("collections")
    posts = collections.get("posts") if isinstance(collections, dict) else None
    pattern = own or (posts.get("permalink") if isinstance(posts, dict) else "") or settings.get("permalink") or "date"
    pattern = STYLES.get(str(pattern), str(pattern))
    when = named.when
    with contextlib.suppress(ValueError, KeyError, OSError, OverflowError):  # no zone of this machine, no day in it
        when = when and (when.astimezone(zone(str(settings["timezone"]))) if when.tzinfo else when)
    path = _JEKYLL_TOKEN.sub(lambda token: _jekyll_value(token, named, when), pattern)
    return re.sub(r"/{2,}", "/", "/" + path.lstrip("/"))


def _jekyll_value(token: re.Match[str], named: Named, when: datetime | None) -> str:
    name = token[1]
    if name in ("categories", "slugified_categories"):
        blank = "-" if name.startswith("slug") else " "
        return "/".join(dict.fromkeys(category.lower().replace(" ", blank) for category in named.categories))
    if name in ("title", "slug"):
        return named.slug or named.stem
    if name == "output_ext":
        return ".html"
    if when is None:
        return token[0]
    week = when.isocalendar()
    known = {
        "year": f"{when.year:04}", "month": f"{when.month:02}", "day": f"{when.day:02}", "i_month": str(when.month),
        "i_day": str(when.day), "short_year": f"{when.year % 100:02}", "y_day": f"{when.timetuple().tm_yday:03}",
        "hour": f"{when.hour:02}", "minute": f"{when.minute:02}", "second": f"{when.second:02}",
        "short_month": MONTHS[when.month - 1][:3].capitalize(), "long_month": MONTHS[when.month - 1].capitalize(),
        "short_day": WEEKDAYS[when.weekday()][:3].capitalize(), "long_day": WEEKDAYS[when.weekday()].capitalize(),
        "week": f"{week.week:02}", "w_year": f"{week.year:04}", "w_day": str(week.weekday),
    }  # fmt: skip
    return known.get(name, token[0])


# ---------------------------------------------------------------- Pelican

_PELICAN_HOLE = re.compile(r"\{(?P<name>[a-z_]+)(?::(?P<form>[^{}]*))?\}")
_DATE_LETTER = re.compile(r"%-?([YymdHMSj])")


def pelican(named: Named, settings: Mapping[str, Any]) -> Iterator[str]:
    """By ARTICLE_URL, ARTICLE_SAVE_AS too where it is another; the slug is the whole title.

    What is not in the language of the site has settings of its own.
    """
    default = str(settings.get("DEFAULT_LANG") or "en")
    language = named.language or default
    source = named.stem if settings.get("SLUGIFY_SOURCE") == "basename" else named.title or named.stem
    values = {
        "slug": named.slug or pelican_slug(source),
        "category": pelican_slug(named.categories[0]) if named.categories else "misc",
        "author": pelican_slug(named.author),
        "lang": language,
    }

    def value(hole: re.Match[str]) -> str:
        if hole["name"] == "date":
            return _DATE_LETTER.sub(lambda letter: _date_part(letter, named.when), hole["form"] or "%Y-%m-%d")
        return values.get(hole["name"], hole[0])

    kind, usual = ("ARTICLE", "{slug}.html") if language == default else ("ARTICLE_LANG", "{slug}-{lang}.html")
    url = str(settings.get(f"{kind}_URL") or usual)
    for pattern in dict.fromkeys((url, str(settings.get(f"{kind}_SAVE_AS") or url))):
        path = "/" + _PELICAN_HOLE.sub(value, pattern).lstrip("/")
        yield re.sub(r"/index\.html$", "/", path)


def _date_part(letter: re.Match[str], when: datetime | None) -> str:
    if when is None:
        return letter[0]
    text = {
        "Y": f"{when.year:04}", "y": f"{when.year % 100:02}", "m": f"{when.month:02}", "d": f"{when.day:02}",
        "H": f"{when.hour:02}", "M": f"{when.minute:02}", "S": f"{when.second:02}",
        "j": f"{when.timetuple().tm_yday:03}",
    }[letter[1]]  # fmt: skip
    return text.lstrip("0") if letter[0].startswith("%-") else text


def pelican_slug(text: str) -> str:
    """All words in lower case, joined by hyphens."""
    kept = "".join(
        c if c.isalnum() or c in "_-" or unicodedata.category(c)[0] == "M" else " " if c.isspace() else "" for c in text
    )
    return re.sub(r"[-\s]+", "-", kept.strip().lower()).strip("-")
