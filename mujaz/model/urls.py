"""Where things stand: paths of output files, urls for an href, permalinks. Every address of the site is made here."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from urllib.parse import quote, urlsplit

from mujaz.model.settings import Config

# First segments that belong to the site itself; no section, alias or standing page may take one.
RESERVED = frozenset(
    "archive assets authors cards corrections editions feeds fragments most-read pages s search series sitemaps"
    " tags".split()
)
FEEDS = {"feed.xml": "application/rss+xml", "atom.xml": "application/atom+xml", "feed.json": "application/feed+json"}
ARCHIVED = "atom.xml"  # an archive's file in the folder of its day
STAMP = ".mujaz-build.json"  # what monitors ask for


def day(when: date) -> str:
    return f"{when.year:04}/{when.month:02}/{when.day:02}/"


def month(year: int, number: int) -> str:
    return f"{year:04}/{number:02}/"


def week(year: int, number: int) -> str:
    """Of a week, by the number of the ISO week that most of its days are in."""
    return f"{year:04}/w{number:02}/"


def article(when: date, slug: str) -> str:
    return f"{day(when)}{slug}/"


def file_of(address: str) -> str:
    """The output file that answers `address`: `2021/10/` is `2021/10/index.html`, `feed.xml` is itself."""
    return address + "index.html" if address.endswith("/") or not address else address


def url(config: Config, address: str) -> str:
    """An href: percent-encoded, with the base path. The address "" is the home page."""
    return f"{config.base_path}/{_encoded(address)}"


def permalink(config: Config, address: str) -> str:
    return f"{config.base_url}/{_encoded(address)}"


@lru_cache(maxsize=1 << 12)  # a page needs its href and its permalink, and those of the lists that it is in
def _encoded(address: str) -> str:
    return quote(address, safe="/")


def origin_of(config: Config) -> str:
    """`https://example.org`, without the base path."""
    parts = urlsplit(config.base_url)
    return f"{parts.scheme}://{parts.netloc}"
