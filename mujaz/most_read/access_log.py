"""How often each story was read, counted from access logs or from a CSV of hits. Nothing about a reader is kept.

A hit is a page that a reader got (GET; 200, or 304 from the cache). It weighs a half after each half-life, counted back
from the newest hit and not from the clock, so that the same logs give the same file on any day and in any order.
Within one half hour a reader counts once for a story: a reload, or the page that leads on from an old address, is no
second hit. For that the address and the program are digested in memory; the digests end with the count.
"""

from __future__ import annotations

import csv
import gzip
import io
import ipaddress
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from hashlib import blake2b
from typing import IO
from urllib.parse import unquote, urlsplit

from mujaz.arabic.slugs import address_key, path_key
from mujaz.model import urls
from mujaz.model.content import Article
from mujaz.model.settings import Config
from mujaz.site.groups import local_day

# Apache and nginx's «combined», with or without the host in front (`vhost_combined`).
COMBINED = re.compile(
    r'(?:\S+:\d++ )?(?P<client>\S++) \S++ [^\[]*+\[(?P<time>[^\]]++)\] "(?P<method>[A-Z]++) '
    r'(?P<uri>(?:[^\s"]|"(?! \d{3} ))++)[^"]*+" (?P<status>\d{3}) \S++'
    r'(?: "(?P<referer>(?:[^"\\]|\\.)*+)" "(?P<agent>(?:[^"\\]|\\.)*+)")?'
)
ROBOTS = re.compile(
    r"bot\b|bot[/;_-]|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|feed|rss|reader/|fetch|monitor|uptime"
    r"|check|scan|curl|wget|python|httpx|aiohttp|go-http|java/|okhttp|libwww|perl|ruby|php|node|axios|headless"
    r"|phantom|lighthouse|pagespeed|archiv|validator|scrap|gpt|claude|bytespider|dataprovider|^-?$",
    re.I,
)
READ = ("200", "304")
LONGEST_LINE = 65_536  # letters; servers take a request of some thousand
FIRST, LAST = 0.0, 32_503_680_000.0  # moments of a log, until the year 3000: with others no age can be told
BUCKET = 1800  # seconds within which a reader counts once
HOUR, DAY = 3600, 86400
MOST_HITS = 10**12  # of a row, and of a story: a build reads no more
MOST_KEPT = 200  # stories in the hits file: the page of the most read shows 48
PATHS = ("path", "page", "url", "uri", "address", "name", "id", "story")
COUNTS = ("count", "hits", "views", "pageviews", "visits", "visitors", "number")
TIMES = ("date", "day", "time", "timestamp", "datetime")


@dataclass(kw_only=True)
class Tally:
    """Hits by story and hour (since 1970), and how many lines were left out, and why."""

    story_of: Callable[[str], str | None]  # path or address → id
    own: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...] = ()
    hits: Counter[tuple[str, int]] = field(default_factory=Counter)
    undated: Counter[str] = field(default_factory=Counter)  # of a CSV without a date
    left_out: Counter[str] = field(default_factory=Counter)
    first_bad: str = ""
    lines: int = 0
    _seen: set[bytes] = field(default_factory=set)

    # ---- reading

    def read(self, file: IO[bytes], name: str) -> None:
        """Count a file: a log, or a CSV, packed by gzip or not.

        Raises OSError, EOFError or zlib.error for a broken archive.
        """
        raw = io.BufferedReader(file) if isinstance(file, io.RawIOBase) else file
        start = raw.read(2)
        joined = _Joined(start, raw)
        lines = io.TextIOWrapper(
            gzip.GzipFile(fileobj=joined) if start == b"\x1f\x8b" else io.BufferedReader(joined),
            encoding="utf-8-sig", errors="replace", newline="\n",
        )  # fmt: skip
        rows: _Csv | None = None
        # A longer line is none of a log: it is read, and not understood, in parts.
        for number, line in enumerate(iter(lambda: lines.readline(LONGEST_LINE), ""), 1):
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            self.lines += 1
            match = COMBINED.match(line)
            is_entry = match is not None or line.startswith("{")
            if number == 1 and not is_entry:
                rows = _Csv.of(line)
                if rows is not None and rows.has_header:
                    continue
            try:
                # Each line by its own form: a log may begin with the noise of a stranger, which looks like a CSV.
                if rows is not None and not is_entry:
                    self._row(rows, line)
                else:
                    self._entry(_combined(match) if match else json.loads(line))
            except (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError, csv.Error):
                self.left_out["log-not-understood"] += 1
                self.first_bad = self.first_bad or f"{name}:{number}"

    def _entry(self, entry: dict[str, object]) -> None:
        """One request, of Caddy's JSON or of a combined line in the same form."""
        request = entry["request"]
        if not isinstance(request, dict):
            raise ValueError("no request")
        agents = request.get("headers", {}).get("User-Agent", [""])
        client = str(request.get("client_ip") or request.get("remote_ip") or request.get("remote_addr") or "")
        if request["method"] != "GET" or str(entry["status"]) not in READ:
            self.left_out["log-no-page"] += 1
        elif ROBOTS.search(agents[0] if agents else ""):
            self.left_out["log-robots"] += 1
        elif self._is_own(client):
            self.left_out["log-own-hosts"] += 1
        elif (story := self.story_of(str(request["uri"]))) is None:
            self.left_out["log-other-pages"] += 1
        else:
            moment = _seconds(entry["ts"])
            self._count(story, moment, f"{client}\n{agents[0]}")

    def _count(self, story: str, moment: float, reader: str) -> None:
        mark = blake2b(f"{story}\n{reader}\n{moment // BUCKET:.0f}".encode(), digest_size=10).digest()
        if mark in self._seen:
            self.left_out["log-again"] += 1
            return
        self._seen.add(mark)
        self.hits[story, int(moment // HOUR)] += 1

    def _is_own(self, client: str) -> bool:
        try:
            address = ipaddress.ip_address(client.strip("[]").partition("%")[0])
        except ValueError:
            return False
        address = getattr(address, "ipv4_mapped", None) or address  # ::ffff:192.0.2.7, of a server that hears both
        return any(address.version == network.version and address in network for network in self.own)

    def _row(self, rows: _Csv, line: str) -> None:
        path, count, moment = rows.read(line)
        story = self.story_of(path)
        if story is None:
            self.left_out["log-other-pages"] += 1
        elif moment is None:
            self.undated[story] += count
        else:
            self.hits[story, int(moment // HOUR)] += count

    # ---- the result

    def newest(self) -> int | None:
        """The hour of the newest hit."""
        return max((hour for _, hour in self.hits), default=None)

    def weights(self, *, half_life: float, window: float) -> list[tuple[str, float]]:
        """(id, weight) of the most read, the heaviest first, ties by id. Both spans are in days."""
        newest = self.newest() or 0
        weights: dict[str, float] = {story: float(count) for story, count in sorted(self.undated.items())}
        for (story, hour), count in sorted(self.hits.items()):
            age = (newest - hour) * HOUR / DAY
            if age <= window:
                weights[story] = weights.get(story, 0.0) + count * 0.5 ** (age / half_life)
        shown = [(story, round(min(weight, MOST_HITS), 3)) for story, weight in weights.items() if round(weight, 3) > 0]
        return sorted(shown, key=lambda pair: (-pair[1], pair[0]))[:MOST_KEPT]


class _Joined(io.RawIOBase):
    """A stream with the bytes that were read to know it put back."""

    def __init__(self, start: bytes, rest: IO[bytes]) -> None:
        self.start, self.rest = start, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self.start or self.rest.read(len(buffer))
        self.start = b""
        buffer[: len(data)] = data
        return len(data)


def _combined(match: re.Match[str]) -> dict[str, object]:
    headers = {"User-Agent": [match["agent"] or ""]}
    request = {"remote_ip": match["client"], "method": match["method"], "uri": match["uri"], "headers": headers}
    moment = datetime.strptime(match["time"], "%d/%b/%Y:%H:%M:%S %z").timestamp()
    return {"request": request, "status": match["status"], "ts": moment}


def _seconds(value: object) -> float:
    """A moment of Caddy's: seconds since 1970, or an ISO text; without an offset it is UTC."""
    if isinstance(value, int | float):
        seconds = float(value)
    else:
        moment = datetime.fromisoformat(str(value).replace("/", "-", 2))
        seconds = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    if not FIRST <= seconds <= LAST:
        raise ValueError(value)
    return seconds


@dataclass(frozen=True, kw_only=True)
class _Csv:
    """Which column of a CSV is what; `time` may be missing."""

    separator: str
    path: int
    count: int
    time: int | None
    has_header: bool

    @classmethod
    def of(cls, line: str) -> _Csv | None:
        """From the first line: a header, or a row of address, number and perhaps a date."""
        separator = max(",;\t", key=line.count)
        try:
            names = [name.strip().lower() for name in next(csv.reader([line], delimiter=separator))]
        except csv.Error:
            return None
        if len(names) < 2:
            return None
        path, count, time = (next((n for n, name in enumerate(names) if name in known), None)
                             for known in (PATHS, COUNTS, TIMES))  # fmt: skip
        if path is not None and count is not None:
            return cls(separator=separator, path=path, count=count, time=time, has_header=True)
        return cls(separator=separator, path=0, count=1, time=2 if len(names) > 2 else None, has_header=False)

    def read(self, line: str) -> tuple[str, int, float | None]:
        row = next(csv.reader([line], delimiter=self.separator, skipinitialspace=True))
        count = int(row[self.count].replace(",", ""))
        if not 0 <= count <= MOST_HITS:
            raise ValueError(line)
        try:
            when = row[self.time].strip() if self.time is not None else ""
        except IndexError:
            raise ValueError(line) from None
        return (
            row[self.path],
            count,
            _seconds(float(when) if re.fullmatch(r"\d{9,}(\.\d+)?", when) else when) if when else None,
        )


def networks(names: Iterable[str]) -> Iterator[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """The networks of addresses like 192.0.2.7 or 2001:db8::/32. Raises ValueError."""
    for name in names:
        yield ipaddress.ip_network(name, strict=False)


def paths_of(articles: Iterable[Article], zone: tzinfo, config: Config) -> Callable[[str], str | None]:
    """Addresses, old addresses, short links and bare ids of all that is published; None for any other path."""
    known: dict[str, str] = {}
    for article in articles:
        known[article.id] = article.id
        starts = [f"s/{article.id}", *(alias.target for alias in article.aliases)]
        for start in (urls.article(local_day(article, zone), article.slug), *starts):
            known[path_key(start)] = article.id
    base = address_key(config.base_path.strip("/"))

    def story_of(path: str) -> str | None:
        if path in known:
            return known[path]
        try:
            key = path_key(unquote(urlsplit(path).path, errors="strict"))
        except ValueError:
            return None
        return known.get(key.removeprefix(base + "/") if base else key)

    return story_of
