"""Who may ask a local server for what: hosts, origins, sizes and a password, before any page is looked up.

A name that leads to this machine may be another site's trick (DNS rebinding), and so may a form that another site
sends: both are refused here. Where the server listens to other machines it asks for a password.
"""

from __future__ import annotations

import asyncio
import hmac
import html
import ipaddress
import secrets
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from starlette.datastructures import FormData, Headers
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.types import Message as Event

from mujaz.messages.message import Message, say
from mujaz.paths import data_file

OWN_HOSTS = ("127.0.0.1", "localhost")
SAFE = ("GET", "HEAD")
LOGIN = "/.mujaz/login"  # no page of a site can have this address
STYLE = "/.mujaz/login.css"
COOKIE = "mujaz-session"
SESSION_SECONDS = 12 * 3600.0
LEAST_PASSWORD = 10  # letters
TRIES, TRIES_OF_ALL, WINDOW_SECONDS = 5, 50, 600.0  # wrong passwords from one address, from all, in so long
MOST_SENT = 40_000_000  # bytes of one request
MOST_LOGIN = 4_000
SLOWEST_LOGIN = 20.0  # seconds
# A form that comes when the session has ended is shown again: bytes of one, and how many are read at once.
MOST_SHOWN, MOST_READ = 2_000_000, 4
MOST_FIELDS, MOST_FILES = 3_000, 2  # of one form
NOT_TYPED = ("token", "path", "base", "number", "language")  # what a form sends of itself
POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
HEADERS = {"x-content-type-options": "nosniff", "referrer-policy": "same-origin", "cache-control": "no-store"}


@dataclass(kw_only=True)
class Door:
    """What the servers of one command share. `hosts` are names that a browser may call them by; with `any_address`
    also every number of the machine, which no name can be made to stand for.
    """

    hosts: tuple[str, ...] = OWN_HOSTS
    any_address: bool = False
    password: str = ""  # empty: none is asked for
    language: str = "ar"
    _sessions: dict[str, float] = field(default_factory=dict)
    _wrong: dict[str, deque[float]] = field(default_factory=dict)
    clock: Callable[[], float] = time.monotonic

    def knows(self, host: str) -> bool:
        """Whether a request for this Host is for us."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
            _ = urlsplit(f"//{host}").port
        except ValueError:
            return False
        if name in self.hosts:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return self.any_address

    def is_in(self, cookies: dict[str, str]) -> bool:
        if not self.password:
            return True
        since = self._sessions.get(cookies.get(COOKIE, ""))
        return since is not None and self.clock() - since < SESSION_SECONDS

    def is_barred(self, client: str) -> bool:
        """Whether so many wrong passwords came that no other is looked at for a while."""
        now = self.clock()
        for name in list(self._wrong):
            times = self._wrong[name]
            while times and now - times[0] > WINDOW_SECONDS:
                times.popleft()
            if not times:
                del self._wrong[name]
        return len(self._wrong.get(client, ())) >= TRIES or sum(map(len, self._wrong.values())) >= TRIES_OF_ALL

    def enter(self, client: str, password: str) -> str | None:
        """The name of a new session, or None for a wrong password, which is counted."""
        if not self.password or not hmac.compare_digest(password.encode(), self.password.encode()):
            self._wrong.setdefault(client, deque()).append(self.clock())
            return None
        now = self.clock()
        self._sessions = {name: since for name, since in self._sessions.items() if now - since < SESSION_SECONDS}
        name = secrets.token_urlsafe(32)
        self._sessions[name] = now
        return name

    def leave(self, cookies: dict[str, str]) -> None:
        self._sessions.pop(cookies.get(COOKIE, ""), None)


class Guard:
    """Stands before an application. `headers` are sent with every answer of it."""

    def __init__(self, app: ASGIApp, door: Door, headers: Iterable[tuple[str, str]] = ()) -> None:
        self.app, self.door, self.headers = app, door, tuple(headers)
        self._reading = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        answer = await self._refusal(Request(scope, receive))
        if answer is not None:
            await answer(scope, receive, send)
            return
        await self.app(scope, _bounded(receive), self._with_headers(send))

    async def _refusal(self, request: Request) -> Response | None:
        """The answer to what may not pass."""
        headers, language = request.headers, self.door.language
        if len(headers.getlist("host")) != 1 or not self.door.knows(headers["host"]):
            return _page(say("desk-foreign-host"), 400, language)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MOST_SENT:
            return _page(say("desk-too-large"), 413, language)
        if request.method not in SAFE and not own_origin(headers):
            return _page(say("desk-foreign-origin"), 403, language)
        if request.url.path == STYLE:
            return FileResponse(data_file("serve/login.css"), media_type="text/css", headers=HEADERS)
        if request.url.path == LOGIN and self.door.password:
            return await self._login(request)
        if self.door.is_in(cookies_of(request)):
            return None
        if request.method not in SAFE:
            return _page(say("desk-log-in-first"), 403, language, await self._left(request))
        return RedirectResponse(LOGIN, 303, HEADERS)

    async def _login(self, request: Request) -> Response:
        language = self.door.language
        client = request.client.host if request.client else ""
        if request.method in SAFE:
            return _form(language)
        try:
            sent = await _read(request, MOST_LOGIN)
        except HTTPException:
            return _page(say("desk-too-large"), 413, language)
        except TimeoutError:
            return _page(say("desk-torn-form"), 408, language)
        if self.door.is_barred(client):  # asked when all is read: a thousand may be sent at once, and slowly
            return _form(language, say("desk-too-many-tries"), 429)
        fields = dict(parse_qsl(sent.decode(errors="replace")))
        name = self.door.enter(client, fields.get("password", ""))
        if name is None:
            return _form(language, say("desk-wrong-password"), 403)
        answer = RedirectResponse("/", 303, HEADERS)
        answer.set_cookie(COOKIE, name, max_age=int(SESSION_SECONDS), path="/", httponly=True, samesite="strict")
        return answer

    async def _left(self, request: Request) -> str:
        """What was typed into a form whose session has ended, and the way to the page that asks for the password."""
        language = self.door.language
        way = f'<p><a href="{LOGIN}">{html.escape(say("desk-log-in-to").text(language))}</a></p>'
        kind = request.headers.get("content-type", "")
        if not self.door.password or "charset" in kind.lower() or self._reading >= MOST_READ:
            return way
        self._reading += 1
        try:
            sent = await _read(request, MOST_SHOWN)
            form = await Request(request.scope, _again(sent)).form(
                max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=MOST_SHOWN
            )
            typed = typed_in(form)
            await form.close()
        except (TimeoutError, HTTPException, ClientDisconnect):
            typed = ""
        finally:
            self._reading -= 1
        if not typed:
            return way
        label = html.escape(say("desk-typed").text(language))
        text = f'<textarea id="typed" rows="14" dir="auto" readonly>\n{html.escape(typed)}</textarea>'
        return f'{way}<label for="typed">{label}</label>{text}'

    def _with_headers(self, send: Send) -> Send:
        async def send_with(message: Event) -> None:
            if message["type"] == "http.response.start":
                there = {name for name, _ in message["headers"]}
                new = [(name.encode(), value.encode()) for name, value in self.headers]
                message["headers"] = [*message["headers"], *(pair for pair in new if pair[0] not in there)]
            await send(message)

        return send_with


def cookies_of(request: Request) -> dict[str, str]:
    """The cookies of a request, as they were sent: ours have no quotes, and to take those off took Python a time that
    grew with the square of the length (before 3.11.10).
    """
    pairs = (part.strip().partition("=") for part in request.headers.get("cookie", "").split(";"))
    return {name: value for name, _, value in pairs}


def own_origin(headers: Headers) -> bool:
    """Whether a form comes from a page of this very server. Browsers tell that with each form that they send."""
    try:
        parts = urlsplit(headers.get("origin", ""))
    except ValueError:  # brackets that no address has
        return False
    own = parts.scheme in ("http", "https") and parts.netloc.lower() == headers.get("host", "").lower()
    return own and headers.get("sec-fetch-site", "same-origin") == "same-origin"


def typed_in(form: FormData) -> str:
    """Each filled control of a form by its name, with its text."""
    pairs = [(key, text) for key, text in form.multi_items() if isinstance(text, str) and text]
    rows = [f"{key}: {text}" for key, text in pairs if key not in NOT_TYPED and not key.endswith(".here")]
    return "\n".join(rows).replace("\r\n", "\n")


async def _read(request: Request, most: int) -> bytes:
    """The body of a request of somebody who has not shown yet who it is. Raises HTTPException where it is longer than
    `most`, TimeoutError where it is slow.
    """
    sent = bytearray()
    async with asyncio.timeout(SLOWEST_LOGIN):
        async for part in request.stream():
            sent += part
            if len(sent) > most:
                raise HTTPException(413)
    return bytes(sent)


def _again(sent: bytes) -> Receive:
    """A body that was read, to be read once more."""

    async def receive() -> Event:
        return {"type": "http.request", "body": sent, "more_body": False}

    return receive


def _bounded(receive: Receive) -> Receive:
    size = 0

    async def receive_some() -> Event:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > MOST_SENT:
            raise HTTPException(413)
        return message

    return receive_some


def _page(text: Message, status: int, language: str, inside: str = "") -> HTMLResponse:
    """A page of one sentence."""
    words = html.escape(text.text(language))
    direction = "rtl" if language == "ar" else "ltr"
    page = (
        f'<!doctype html><html lang="{language}" dir="{direction}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
        f'<link rel="stylesheet" href="{STYLE}"><title>{words}</title>'
        f"<body><main><h1>{words}</h1>{inside}</main>"
    )
    return HTMLResponse(page, status, {**HEADERS, "content-security-policy": POLICY})


def _form(language: str, trouble: Message | None = None, status: int = 200) -> HTMLResponse:
    alert = f'<p role="alert">{html.escape(trouble.text(language))}</p>' if trouble else ""
    label, button = (html.escape(message.text(language)) for message in (say("desk-password"), say("desk-log-in")))
    inside = (
        f'{alert}<form method="post" action="{LOGIN}"><label for="password">{label}</label>'
        '<input type="password" id="password" name="password" autocomplete="current-password" required autofocus>'
        f"<button>{button}</button></form>"
    )
    return _page(say("desk-log-in-to"), status, language, inside)
