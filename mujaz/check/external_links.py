"""Visits links to other sites: slowly, with a user agent of its own, and not again within a week.

A host gets one request a second at most, and only where its robots.txt allows it: HEAD, and GET where HEAD is refused.
One that does not answer again and again is not waited for any more.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import socket
import threading
import time
import urllib.error
import urllib.request
import urllib.robotparser
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from mujaz.files.whole import write_whole
from mujaz.frozen import Value, asdict
from mujaz.importing import web
from mujaz.messages.message import say

AGENT = "mujaz-check/1 (link checker; asks for a page once a week at most)"
HOSTS = 8  # visited at the same time
PAUSE_SECONDS = 1.0  # between two requests to one host
TIMEOUT_SECONDS = 15.0  # for a whole response, with its redirects
SILENT = 3  # addresses of one host that wait so long, one after another, before the rest is not waited for
ROBOTS_BYTES = 500_000  # of a robots.txt that are read (RFC 9309)
RULE = re.compile(r"\s*+(?:user-agent|allow|disallow)\s*+:(.*)", re.I)  # a line of it that says where we may go
FRESH = timedelta(days=7)  # how long a good verdict is cached; a bad one is not
REFUSES_HEAD = frozenset((400, 401, 403, 404, 405, 406, 410, 429, 500, 501, 502, 503))
GONE = frozenset((404, 410))
URL = re.compile(r"https?://(?:\([^\s()]*\)|\\[_*~]|[^\s<>()\[\]{}\"'«»“”،؛|\\^`])+", re.I)
ESCAPED = re.compile(r"\\(?=[_*~])")  # the mark before a letter that Markdown would take for its own

NO_HOST, TOO_LONG = "no-such-host", "takes-too-long"
REASONS = {one: say(one) for one in (NO_HOST, TOO_LONG, "host-refuses")}


class Verdict(Value):
    """The result for one address. `status` is HTTP's, 0 without a response; `asked` is an ISO datetime."""

    status: int
    reason: str = ""  # one of REASONS, or the words of a library
    malformed: str = ""  # why it is not an address
    moved: str = ""  # the target of a permanent redirect
    forbidden: bool = False  # by robots.txt: not visited
    asked: str = ""

    @property
    def good(self) -> bool:
        return self.forbidden or 200 <= self.status < 300

    @property
    def gone(self) -> bool:
        return self.status in GONE or self.reason == NO_HOST


def urls(text: str) -> Iterator[tuple[int, int, str]]:
    """(line, column, address) of each web address in a text, as its page has it.

    A mark that ends the sentence is none of it.
    """
    for number, row in enumerate(text.split("\n"), 1):
        for match in URL.finditer(row):
            address = ESCAPED.sub("", match[0]).replace("&amp;", "&")
            yield number, match.start() + 1, address.rstrip(".,;:!?*_…؟")


def ask(
    addresses: Iterable[str],
    cache: Path,
    now: datetime,
    *,
    on_progress: Callable[[int, int], None] = lambda done, of: None,
    pause: float = PAUSE_SECONDS,
    timeout: float = TIMEOUT_SECONDS,
) -> dict[str, Verdict]:
    """A verdict on each address; the file `cache` keeps the good ones. `on_progress` is called with (done, of).

    `pause` and `timeout` are seconds.
    """
    known = _known(cache)
    fresh = {url: held for url, held in known.items() if held.good and _age(held, now) < FRESH}
    asked = sorted(set(addresses) - fresh.keys())
    hosts: defaultdict[str, list[str]] = defaultdict(list)
    for url in asked:
        hosts[_host(url)].append(url)
    found: dict[str, Verdict] = {}
    guard = threading.Lock()

    def visit(host: str) -> None:
        visitor = _Visitor(now.isoformat(), pause, timeout)
        for url in hosts[host]:
            verdict = visitor.visit(url)
            with guard:
                found[url] = verdict
                on_progress(len(found), len(asked))

    with ThreadPoolExecutor(HOSTS) as pool:
        list(pool.map(visit, sorted(hosts)))
    _keep(cache, {**fresh, **{url: verdict for url, verdict in found.items() if verdict.good}})
    return {**fresh, **found}


def _host(url: str) -> str:
    """The host of an address, whatever its port and its user; empty for an invalid one, which is reported when it is
    visited.
    """
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def _rules(text: str) -> Iterator[str]:
    """The lines of a robots.txt that say where we may go, and its blank ones, which end a group.

    The library takes every number for one of Python's and every path for an address, and stops at those that are not.
    """
    for line in text.splitlines():
        rule = RULE.match(line)
        with contextlib.suppress(ValueError):
            if rule:
                urlsplit(unquote(rule[1].partition("#")[0].strip()))
            if rule or not line:
                yield line


class _Redirects(web.WebRedirects):
    """Follows redirects as a browser does, and remembers where a permanent one leads."""

    def __init__(self) -> None:
        self.moved = ""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        self.moved = newurl if code in (301, 308) else self.moved
        new = super().redirect_request(req, fp, code, msg, headers, newurl)
        if new is not None and req.get_method() == "HEAD":
            new.method = "HEAD"
        return new


class _Visitor:
    """Visits addresses of one host, with a pause before each request except the first."""

    def __init__(self, moment: str, pause: float, timeout: float) -> None:
        self.moment, self.pause, self.timeout = moment, pause, timeout
        self.robots: dict[str, urllib.robotparser.RobotFileParser] = {}  # by origin
        self.began = False
        self.silent = 0  # addresses one after another that waited too long

    def visit(self, url: str) -> Verdict:
        if self.silent == SILENT:
            return Verdict(status=0, reason=TOO_LONG, asked=self.moment)
        try:
            address = web.encoded(url)
            if not self._allowed(address):
                return Verdict(status=0, forbidden=True, asked=self.moment)
        except ValueError as error:
            return Verdict(status=0, malformed=str(error), asked=self.moment)
        verdict = self._question(address, "HEAD")
        if verdict.status in REFUSES_HEAD:  # some hosts do not support HEAD
            verdict = self._question(address, "GET")
        self.silent = self.silent + 1 if verdict.reason == TOO_LONG else 0
        return verdict

    def _allowed(self, address: str) -> bool:
        """Whether the robots.txt of the address's origin lets us in. One that cannot be had forbids nothing."""
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self.robots:
            self.robots[origin] = rules = urllib.robotparser.RobotFileParser()
            request = urllib.request.Request(f"{origin}/robots.txt", headers={"User-Agent": AGENT})
            text = ""
            with contextlib.suppress(OSError, http.client.HTTPException, ValueError), self._open(request) as answer:
                text = answer.read(ROBOTS_BYTES).decode("utf-8", "replace")
            rules.parse(_rules(text))
        return self.robots[origin].can_fetch(AGENT, address)

    def _open(self, request: urllib.request.Request, *handlers: Any) -> Any:
        if self.began:
            time.sleep(self.pause)
        self.began = True
        return web.ask(request, web.Limits(self.timeout, 2 * ROBOTS_BYTES), *handlers)

    def _question(self, address: str, method: str) -> Verdict:
        redirects = _Redirects()
        headers = {"User-Agent": AGENT, "Accept": "text/html,*/*;q=0.8"}
        request = urllib.request.Request(address, headers=headers, method=method)
        try:
            with self._open(request, redirects) as answer:
                return Verdict(status=answer.status, moved=redirects.moved, asked=self.moment)
        except urllib.error.HTTPError as error:
            error.close()
            return Verdict(status=error.code, reason=str(error.reason or ""), asked=self.moment)
        except urllib.error.URLError as error:
            return Verdict(status=0, reason=_reason(error.reason), asked=self.moment)
        except (OSError, http.client.HTTPException) as error:
            return Verdict(status=0, reason=_reason(error), asked=self.moment)


def _reason(error: object) -> str:
    if isinstance(error, socket.gaierror):
        return NO_HOST
    if isinstance(error, TimeoutError):
        return TOO_LONG
    if isinstance(error, ConnectionRefusedError):
        return "host-refuses"
    return str(error)


# ---------------------------------------------------------------- the cache


def _known(cache: Path) -> dict[str, Verdict]:
    try:
        raw = cache.read_bytes() if cache.is_file() else b""  # a pipe would never end
        held = {str(url): Verdict(**verdict) for url, verdict in json.loads(raw).items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}
    return {url: verdict for url, verdict in held.items() if _is_sound(verdict)}


def _is_sound(verdict: Verdict) -> bool:
    """Whether each field is of its kind: a garbled cache may hold anything."""
    texts = (verdict.reason, verdict.malformed, verdict.moved, verdict.asked)
    words = all(isinstance(one, str) for one in texts)
    return words and type(verdict.status) is int and type(verdict.forbidden) is bool


def _age(verdict: Verdict, now: datetime) -> timedelta:
    try:
        age = now - datetime.fromisoformat(verdict.asked)
    except (ValueError, TypeError):
        return timedelta.max
    return age if age >= timedelta(0) else timedelta.max


def _keep(cache: Path, verdicts: Mapping[str, Verdict]) -> None:
    text = json.dumps({url: asdict(verdict) for url, verdict in sorted(verdicts.items())})
    with contextlib.suppress(OSError):  # where it cannot be written, the next check visits them again
        cache.parent.mkdir(parents=True, exist_ok=True)
        write_whole(cache, text.encode())
